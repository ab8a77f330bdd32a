"""Departures: what is worked out by the week is what each calendar row says day by day."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from landbridge.domain.service import Calendar, CalendarException
from landbridge.graph.timetable import Timetable
from landbridge.verification.calendar import is_valid, runs_on
from tests.corridor import S, tiny_corridor

FIRST, LAST = date(2026, 11, 1), date(2027, 3, 10)
DAYS = [FIRST + timedelta(days=offset) for offset in range((LAST - FIRST).days + 1)]


def draw_calendar(rng, service_id, number):
    kind = rng.choice(("weekdays", "interval", "month_days", "dates"))
    start, end = sorted(rng.sample([FIRST - timedelta(days=40), *DAYS, LAST + timedelta(days=40)], 2))
    return Calendar(
        calendar_id=f"c{number}", service_id=service_id, kind=kind, departs_min=rng.randrange(0, 1440, 60),
        weekdays=tuple(sorted(rng.sample(range(1, 8), rng.randint(1, 4)))) if kind == "weekdays" else (),
        every_days=rng.randint(1, 9) if kind == "interval" else None,
        anchor_on=rng.choice(DAYS) + timedelta(days=rng.randint(-60, 60)) if kind == "interval" else None,
        month_days=(1, 15, 31) if kind == "month_days" else (), dates=tuple(rng.sample(DAYS, 4)) if kind == "dates" else (),
        valid_from=rng.choice((None, start)), valid_to=rng.choice((None, end)), **S,
    )  # fmt: skip


def day_by_day(calendars, exceptions):
    """Every day, every row: the definition."""
    for day in DAYS:
        rows = [row for row in calendars if runs_on(row, day)]
        if exceptions.get(day) == "removed":
            rows = []
        if exceptions.get(day) == "added":
            rows = [row for row in calendars if is_valid(row, day)] or calendars
        for row in rows:
            midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
            yield int(midnight.timestamp()) // 60 + row.departs_min, day


@pytest.mark.parametrize("seed", range(40))
def test_departures_are_those_of_the_definition(seed):
    rng, dataset = random.Random(seed), tiny_corridor()
    service_id = dataset.services[0].service_id
    calendars = tuple(draw_calendar(rng, service_id, number) for number in range(rng.randint(1, 3)))
    exceptions = {day: rng.choice(("added", "removed")) for day in rng.sample(DAYS, 6)}
    rows = tuple(CalendarException(service_id=service_id, on=day, exception=kind, **S) for day, kind in exceptions.items())
    timetable = Timetable(replace(dataset, calendars=calendars, calendar_exceptions=rows), FIRST, LAST)
    assert timetable.departures(service_id, -(1 << 60), 1 << 60) == tuple(sorted(set(day_by_day(calendars, exceptions))))
