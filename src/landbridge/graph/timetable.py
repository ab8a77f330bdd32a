"""Departures of scheduled services from their calendars."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from datetime import date, timedelta

from landbridge.domain.dataset import Dataset
from landbridge.domain.service import Calendar
from landbridge.terms.clock import local_minute
from landbridge.terms.validity import is_valid


class Timetable:
    """Departures of each service from its first stop within a span of days, made when first asked for."""

    def __init__(self, dataset: Dataset, first: date, last: date) -> None:
        self._dataset, self._first, self._last = dataset, first, last
        self._calendars: dict[str, list[Calendar]] = defaultdict(list)
        for row in dataset.calendars:
            self._calendars[row.service_id].append(row)
        self._exceptions: dict[str, dict[date, str]] = defaultdict(dict)
        for exception in dataset.calendar_exceptions:
            self._exceptions[exception.service_id][exception.on] = exception.exception
        self._departures: dict[str, tuple[tuple[int, date], ...]] = {}

    def departures(self, service_id: str, from_minute: int, to_minute: int) -> tuple[tuple[int, date], ...]:
        """Departures (minute, local date) from the first stop between two instants, in order."""
        found = self._departures.get(service_id)
        if found is None:
            found = self._departures[service_id] = self._make(service_id)
        start = bisect_left(found, (from_minute, date.min))
        end = bisect_left(found, (to_minute + 1, date.min))
        return found[start:end]

    def _make(self, service_id: str) -> tuple[tuple[int, date], ...]:
        stops = self._dataset.stops_by_service.get(service_id, ())
        if not stops:
            return ()
        zone = self._dataset.get_place(stops[0].place_id).zone
        exceptions = self._exceptions.get(service_id, {})
        calendars = self._calendars.get(service_id, [])
        found: set[tuple[int, date]] = set()
        for offset in range((self._last - self._first).days + 1):
            on = self._first + timedelta(days=offset)
            if exceptions.get(on) == "removed":
                continue
            rows = [row for row in calendars if runs_on(row, on)]
            if exceptions.get(on) == "added":
                rows = [row for row in calendars if is_valid(row, on)] or calendars
            found.update((local_minute(zone, on, row.departs_min), on) for row in rows)
        return tuple(sorted(found))


def runs_on(calendar: Calendar, on: date) -> bool:
    """Whether a calendar row has a departure on a local date."""
    if not is_valid(calendar, on):
        return False
    if calendar.kind == "weekdays":
        return on.isoweekday() in calendar.weekdays
    if calendar.kind == "interval":
        return (
            calendar.every_days is not None and calendar.anchor_on is not None and (on - calendar.anchor_on).days % calendar.every_days == 0
        )
    if calendar.kind == "month_days":
        return on.day in calendar.month_days
    return on in calendar.dates
