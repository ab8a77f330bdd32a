"""The clock, read at this door alone."""

from __future__ import annotations

from datetime import UTC, datetime


def read_clock() -> str:
    """The time in UTC, ISO 8601 with microseconds."""
    return datetime.now(UTC).isoformat(timespec="microseconds")  # noqa: TID251  # a door
