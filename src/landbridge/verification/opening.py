"""Opening hours: the first open minute from an instant on, and the last one before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from landbridge.domain.place import Hours
from landbridge.verification.calendar import DAY_MIN, MINUTE, instant_of, is_valid, local_day

HORIZON_DAYS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """When a terminal or a border is open.

    Attributes
    ----------
    zone
        IANA zone of the clock that the hours are read on.
    hours
        Rows of the place or border; a day for which no row is valid is open all day.
    working_days, holidays
        Where work is needed besides an open gate: ISO weekdays, and days off; ``working_days`` None: not needed.
    """

    zone: str
    hours: tuple[Hours, ...] = ()
    working_days: tuple[int, ...] | None = None
    holidays: frozenset[date] = frozenset()

    def list_windows(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """List the stretches of a local day that are open, from the first minute to the one after the last."""
        if self.working_days is not None and (day.isoweekday() not in self.working_days or day in self.holidays):
            return ()
        valid = [row for row in self.hours if is_valid(row, day)]
        spans = [(row.opens_min, row.closes_min) for row in valid if day.isoweekday() in row.weekdays] if valid else [(0, DAY_MIN)]
        return tuple(sorted((instant_of(self.zone, day, opens), instant_of(self.zone, day, closes)) for opens, closes in spans))

    def find_first(self, at: datetime) -> datetime | None:
        """Find the first open minute at or after an instant; None if there is none within a year."""
        for day in self._days(at, 1):
            for start, end in self.list_windows(day):
                if start < end and end > at:
                    return max(start, at)
        return None

    def find_last(self, at: datetime) -> datetime | None:
        """Find the last open minute at or before an instant; None if there is none within a year."""
        for day in self._days(at, -1):
            ends = [min(at, end - MINUTE) for start, end in self.list_windows(day) if start <= at and start < end]
            if ends:
                return max(ends)
        return None

    def _days(self, at: datetime, step: int) -> Iterator[date]:
        day = local_day(self.zone, at)
        return (day + timedelta(days=step * count) for count in range(HORIZON_DAYS))
