"""Minutes, local dates and opening hours.

Instants inside terms, graph and routing are whole minutes since 1970-01-01T00:00Z.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from landbridge.domain.dataset import Dataset
from landbridge.domain.place import Hours, Place
from landbridge.terms.validity import is_valid

MINUTES_PER_DAY = 1440
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SEARCHED_DAYS = 60


def to_minute(at: datetime) -> int:
    """Minutes since the epoch of an aware datetime."""
    return int((at - _EPOCH).total_seconds() // 60)


def to_datetime(minute: int) -> datetime:
    """The aware UTC datetime of a minute since the epoch."""
    return _EPOCH + timedelta(minutes=minute)


@lru_cache(maxsize=65536)
def local_date(zone: str, minute: int) -> date:
    """The local date of an instant."""
    return to_datetime(minute).astimezone(ZoneInfo(zone)).date()


@lru_cache(maxsize=65536)
def local_minute(zone: str, on: date, minute_of_day: int) -> int:
    """The instant of a local clock time; 1440 is midnight at the end of the day."""
    if minute_of_day >= MINUTES_PER_DAY:
        return local_minute(zone, on + timedelta(days=1), minute_of_day - MINUTES_PER_DAY)
    zone_info = ZoneInfo(zone)
    wall = datetime(on.year, on.month, on.day, minute_of_day // 60, minute_of_day % 60, tzinfo=zone_info)
    instant = wall.astimezone(UTC)
    if instant.astimezone(zone_info).replace(tzinfo=None) != wall.replace(tzinfo=None):
        return local_minute(zone, on, minute_of_day + 1)  # the clock jumps over this time: the minute after the gap
    return to_minute(instant)


class Openings:
    """Opening hours of places and borders, working days and holidays."""

    def __init__(self, dataset: Dataset) -> None:
        self._hours: dict[str, list[Hours]] = {}
        for row in dataset.hours:
            self._hours.setdefault(row.place_id or row.border_id or "", []).append(row)
        self._holidays = {(row.country, row.on) for row in dataset.holidays}
        self._months: dict[tuple[str, str, bool, date], list[tuple[int, int]]] = {}

    def has_hours(self, subject_id: str) -> bool:
        return subject_id in self._hours

    def intervals(
        self, subject_id: str, place: Place, first: date, last: date, *, needs_working_day: bool = False
    ) -> list[tuple[int, int]]:
        """All open intervals from one local date to another; those of each month are kept."""
        found, month = [], first.replace(day=1)
        while month <= last:
            following = (month + timedelta(days=31)).replace(day=1)
            key = (subject_id, place.place_id, needs_working_day, month)
            open_then = self._months.get(key)
            if open_then is None:
                end = following - timedelta(days=1)
                open_then = self._months[key] = self._open_days(subject_id, place, month, end, needs_working_day=needs_working_day)
            if month < first or following > last:
                days = max(first, month), min(last + timedelta(days=1), following)
                begins, ends = (bisect_left(open_then, (local_minute(place.zone, on, 0), 0)) for on in days)
                open_then = open_then[begins:ends]
            found += open_then
            month = following
        return found

    def _open_days(self, subject_id: str, place: Place, first: date, last: date, *, needs_working_day: bool) -> list[tuple[int, int]]:
        starts, rows = _day_starts(place.zone, first, last), self._hours.get(subject_id)
        found = []
        for index in range(len(starts) - 1):
            on = first + timedelta(days=index)
            if needs_working_day and not self._is_working_day(place, on):
                continue
            start, end = starts[index], starts[index + 1]
            if rows is None:
                found.append((start, end))
            elif end - start == MINUTES_PER_DAY:  # the clock does not change on this day
                found += [(start + opens, start + closes) for opens, closes in _hours_of(rows, on)]
            else:
                found += [
                    (local_minute(place.zone, on, opens), local_minute(place.zone, on, closes)) for opens, closes in _hours_of(rows, on)
                ]
        return found

    def _is_working_day(self, place: Place, on: date) -> bool:
        return on.isoweekday() in place.working_days and (place.country, on) not in self._holidays

    def next_open(self, subject_id: str, place: Place, minute: int, *, needs_working_day: bool = False) -> int | None:
        """The first open minute at or after an instant; None if there is none within 60 days."""
        if subject_id not in self._hours and not needs_working_day:
            return minute
        on = local_date(place.zone, minute)
        for _ in range(_SEARCHED_DAYS):
            for start, end in self._intervals(subject_id, place, on, needs_working_day):
                if minute < end:
                    return max(minute, start)
            on += timedelta(days=1)
        return None

    def last_open(self, subject_id: str, place: Place, minute: int, *, needs_working_day: bool = False) -> int | None:
        """The last open minute at or before an instant; None if there is none within 60 days."""
        if subject_id not in self._hours and not needs_working_day:
            return minute
        on = local_date(place.zone, minute)
        for _ in range(_SEARCHED_DAYS):
            for start, end in reversed(self._intervals(subject_id, place, on, needs_working_day)):
                if start <= minute:
                    return min(minute, end - 1)
            on -= timedelta(days=1)
        return None

    def _intervals(self, subject_id: str, place: Place, on: date, needs_working_day: bool) -> list[tuple[int, int]]:
        if needs_working_day and not self._is_working_day(place, on):
            return []
        rows = self._hours.get(subject_id)
        spans = [(0, MINUTES_PER_DAY)] if rows is None else _hours_of(rows, on)
        return [(local_minute(place.zone, on, opens), local_minute(place.zone, on, closes)) for opens, closes in spans]


def _hours_of(rows: list[Hours], on: date) -> list[tuple[int, int]]:
    """Opening hours of a date, minutes of the local day."""
    weekday = on.isoweekday()
    return sorted((row.opens_min, row.closes_min) for row in rows if weekday in row.weekdays and is_valid(row, on))


@lru_cache(maxsize=64)
def _day_starts(zone: str, first: date, last: date) -> tuple[int, ...]:
    """The instants at which the local days from one date to another begin, and that at which the last one ends."""
    return tuple(local_minute(zone, first + timedelta(days=offset), 0) for offset in range((last - first).days + 2))
