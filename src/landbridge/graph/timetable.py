"""Departures of scheduled services from their calendars."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
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
        found = {(row.departs_min, on) for row in calendars for on in self._days_of(row) if on not in exceptions}
        for on, exception in exceptions.items():
            if exception == "added" and self._first <= on <= self._last:
                found.update((row.departs_min, on) for row in [row for row in calendars if is_valid(row, on)] or calendars)
        return tuple(sorted((local_minute(zone, on, minute), on) for minute, on in found))

    def _days_of(self, calendar: Calendar) -> Iterator[date]:
        """Local dates on which a calendar row has a departure."""
        first, last = max(self._first, calendar.valid_from or self._first), min(self._last, calendar.valid_to or self._last)
        if calendar.kind == "weekdays":
            for weekday in calendar.weekdays:
                yield from _every(7, first + timedelta(days=(weekday - first.isoweekday()) % 7), last)
        elif calendar.kind == "interval":
            if calendar.every_days is not None and calendar.anchor_on is not None:
                step = calendar.every_days
                yield from _every(step, first + timedelta(days=(calendar.anchor_on - first).days % step), last)
        elif calendar.kind == "month_days":
            yield from (on for on in _every(1, first, last) if on.day in calendar.month_days)
        else:
            yield from (on for on in calendar.dates if first <= on <= last)


def _every(days: int, first: date, last: date) -> Iterator[date]:
    """Every so many days from one date to another."""
    return (date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1, days))
