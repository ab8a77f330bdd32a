"""Local time, and when a place is open."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from landbridge.domain.place import Holiday, Hours
from landbridge.terms.clock import Openings, local_date, local_minute, to_datetime, to_minute
from tests.corridor import S, place, tiny_corridor


def utc(text):
    return to_minute(datetime.fromisoformat(text).replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("zone", "on", "minute", "expected"),
    [
        ("UTC", date(2026, 12, 1), 0, "2026-12-01T00:00"),
        ("Europe/Minsk", date(2026, 12, 1), 0, "2026-11-30T21:00"),
        ("Asia/Karachi", date(2026, 12, 1), 1440, "2026-12-01T19:00"),
        ("Asia/Tehran", date(2026, 12, 1), 30, "2026-11-30T21:00"),
        ("Europe/Warsaw", date(2027, 3, 28), 150, "2027-03-28T01:00"),  # does not exist: the minute after the gap
        ("Europe/Warsaw", date(2026, 10, 25), 150, "2026-10-25T00:30"),  # exists twice: the first
    ],
)
def test_a_clock_time_is_one_instant(zone, on, minute, expected):
    assert local_minute(zone, on, minute) == utc(expected)


def test_there_and_back():
    assert to_minute(to_datetime(12_345_678)) == 12_345_678
    assert local_date("Asia/Karachi", utc("2026-12-01T19:00")) == date(2026, 12, 2)
    assert local_date("Asia/Karachi", utc("2026-12-01T18:59")) == date(2026, 12, 1)


PORT = place("P", "port", working_days=(1, 2, 3, 4, 5))
DAY = Hours(hours_id="h", place_id="P", weekdays=(1, 2, 3, 4, 5, 6), opens_min=480, closes_min=1080, **S)


def openings(*hours, holidays=()):
    return Openings(replace(tiny_corridor(), hours=hours, holidays=holidays))


def test_without_hours_a_place_is_always_open():
    assert openings().next_open("P", PORT, utc("2026-12-06T03:00")) == utc("2026-12-06T03:00")


@pytest.mark.parametrize(
    ("asked", "opens"),
    [
        ("2026-12-01T03:00", "2026-12-01T08:00"),
        ("2026-12-01T08:00", "2026-12-01T08:00"),
        ("2026-12-01T17:59", "2026-12-01T17:59"),
        ("2026-12-01T18:00", "2026-12-02T08:00"),
        ("2026-12-05T18:00", "2026-12-07T08:00"),  # over Sunday
    ],
)
def test_the_next_open_minute(asked, opens):
    assert openings(DAY).next_open("P", PORT, utc(asked)) == utc(opens)


@pytest.mark.parametrize(
    ("asked", "opens"),
    [("2026-12-01T12:00", "2026-12-01T12:00"), ("2026-12-01T23:00", "2026-12-01T17:59"), ("2026-12-06T12:00", "2026-12-05T17:59")],
)
def test_the_last_open_minute(asked, opens):
    assert openings(DAY).last_open("P", PORT, utc(asked)) == utc(opens)


def test_customs_rest_on_holidays_and_at_the_weekend():
    shut = Holiday(country="AA", on=date(2026, 12, 7), name="h", **S)
    found = openings(holidays=(shut,)).next_open("P", PORT, utc("2026-12-05T12:00"), needs_working_day=True)
    assert found == utc("2026-12-08T00:00")


def test_what_never_opens_is_none():
    ended = replace(DAY, valid_to=date(2020, 1, 1))
    assert openings(ended).next_open("P", PORT, utc("2026-12-01T12:00")) is None
    assert openings(ended).last_open("P", PORT, utc("2026-12-01T12:00")) is None


@pytest.mark.parametrize("zone", ["Asia/Tehran", "Europe/Berlin", "America/Santiago", "Asia/Karachi"])
def test_open_intervals_of_many_days_are_those_of_each_day(zone):
    """Across the days on which clocks change, in spring and autumn."""
    here = replace(PORT, zone=zone)
    hours = tuple(
        Hours(hours_id=f"h{day}", place_id="P", weekdays=(day,), opens_min=0 if day == 7 else 120, closes_min=1440, **S)
        for day in (1, 3, 6, 7)
    )
    openings = Openings(replace(tiny_corridor(), hours=hours))
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    found = openings.intervals("P", here, first, last)
    days = [first + timedelta(days=offset) for offset in range(365)]
    wanted = [
        (local_minute(zone, day, row.opens_min), local_minute(zone, day, row.closes_min))
        for day in days
        for row in hours
        if day.isoweekday() in row.weekdays
    ]
    assert found == wanted
