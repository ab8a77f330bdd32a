"""What the server is told at its start."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1", "[::1]", "testserver")


_REQUESTS_PER_MINUTE = 1_200
MOST_PLANNERS = 4
"""Processes that plan, unless more are asked for: each holds the feed and the tables of some loads, half a gigabyte and more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerSettings:
    """Settings of one server.

    Attributes
    ----------
    feed
        Location of the feed that questions are asked of where they name none.
    host, port
        Address to listen on.
    needs_key
        Whether every request has to bring an API key; always so on an address that others can reach.
    planners
        Processes that plan; one more does books and files of names.
    max_body_bytes, max_upload_bytes
        Largest request, and largest uploaded feed or file of names.
    max_list_bytes
        Largest upload of published lists, which are kept on the disk while they are read.
    requests_per_minute
        Of one caller to ``/v1``; None: 1,200 where callers bring keys, no limit for whoever sits at the machine.
    plan_seconds, long_seconds
        A plan, or a book or file of names, that takes longer is stopped.
    max_waiting
        Jobs that may wait at once; of one caller half of them.
    lease_seconds
        A server that was not heard of for so long is taken for dead by others on the same database, which then do its jobs.
    """

    feed: str
    host: str = "127.0.0.1"
    port: int = 8080
    needs_key: bool = False
    planners: int = max(1, min(MOST_PLANNERS, os.cpu_count() or 1))
    max_body_bytes: int = 1_000_000
    max_upload_bytes: int = 30_000_000
    max_list_bytes: int = 300_000_000
    requests_per_minute: int | None = None
    plan_seconds: int = 300
    long_seconds: int = 3_600
    max_waiting: int = 200
    lease_seconds: float = 60.0

    @property
    def most_requests(self) -> int | None:
        """Requests a minute of one caller; None: not counted."""
        return self.requests_per_minute or (_REQUESTS_PER_MINUTE if self.needs_key else None)

    @property
    def is_local(self) -> bool:
        return is_loopback(self.host)


def is_loopback(host: str) -> bool:
    """Whether an address can be reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
