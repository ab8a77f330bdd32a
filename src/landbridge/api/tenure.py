"""The time in which a server holds its jobs: renewed while it lives, so that another on the same database takes over what it leaves."""

from __future__ import annotations

import json
from threading import Lock
from time import monotonic

from landbridge.api.clock import read_clock
from landbridge.api.problem import describe_problem
from landbridge.planner import saved

_BEATS = 4
"""A lease is renewed so many times before it would end."""
_WORN = json.dumps(describe_problem(503, "the job was begun several times, and the server ended each time"))


class Tenure:
    """The lease of one server. Used by several threads."""

    def __init__(self, seconds: float) -> None:
        self.server_id = ""
        """Empty before the lease begins."""
        self._seconds = seconds
        self._renewed = 0.0
        self._lock = Lock()

    @property
    def beat_s(self) -> float:
        """Seconds from one renewal to the next."""
        return self._seconds / _BEATS

    def begin(self) -> None:
        """Hold what is submitted from now on, by an id of its own."""
        with self._lock:
            self.server_id = saved.begin_lease(self._seconds)
            self._renewed = monotonic()

    def renew(self) -> frozenset[str] | None:
        """Hold on; ids of the open jobs that are held, None where another server took them over, which is for good."""
        with self._lock:
            begun = monotonic()
            held = saved.renew_lease(self.server_id, self._seconds)
            self._renewed = begun
            return held

    def is_held(self) -> bool:
        """Whether jobs may be begun now; a lease that was not renewed in time, as after a sleep of the machine, is renewed first."""
        return not self.server_id or monotonic() - self._renewed < self._seconds / 2 or self.renew() is not None

    def take_over(self) -> tuple[saved.Job, ...]:
        """Hold the open jobs that no living server holds."""
        return saved.take_over(self.server_id, read_clock(), _WORN)

    def end(self) -> None:
        """Give up what is held, for others to take over at once."""
        if self.server_id:
            saved.end_lease(self.server_id)
