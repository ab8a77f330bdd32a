"""Periods of validity: empty bounds are open."""

from __future__ import annotations

from datetime import date
from typing import Protocol


class Dated(Protocol):
    """A record with a period of validity."""

    @property
    def valid_from(self) -> date | None: ...

    @property
    def valid_to(self) -> date | None: ...


def begin(record: Dated) -> date:
    """First day of a period, ``date.min`` if it is open."""
    return record.valid_from or date.min


def end(record: Dated) -> date:
    """Last day of a period, ``date.max`` if it is open."""
    return record.valid_to or date.max


def overlap(first: Dated, second: Dated) -> bool:
    """Tell whether two periods share a day."""
    return begin(first) <= end(second) and begin(second) <= end(first)
