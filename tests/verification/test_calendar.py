from datetime import UTC, date, datetime

import pytest

from landbridge.domain.service import Calendar
from landbridge.verification.calendar import days_begun, instant_of, is_in_season, local_day, runs_on


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "minute", "expected"),
    [
        ("Asia/Karachi", date(2026, 2, 2), 0, utc(2026, 2, 1, 19)),
        ("Asia/Karachi", date(2026, 2, 2), 1440, utc(2026, 2, 2, 19)),
        ("Europe/Riga", date(2026, 3, 29), 210, utc(2026, 3, 29, 1)),  # 03:30 is skipped: 04:00
        ("Europe/Riga", date(2026, 3, 29), 180, utc(2026, 3, 29, 1)),  # 03:00 as well
        ("Europe/Riga", date(2026, 3, 29), 240, utc(2026, 3, 29, 1)),
        ("Europe/Riga", date(2026, 10, 25), 210, utc(2026, 10, 25, 0, 30)),  # 03:30 comes twice: the first
        ("Africa/Cairo", date(2026, 4, 24), 0, utc(2026, 4, 23, 22)),  # a day without 00:00
        ("Africa/Cairo", date(2026, 4, 23), 1440, utc(2026, 4, 23, 22)),
    ],
)
def test_instant_of(zone, day, minute, expected):
    assert instant_of(zone, day, minute) == expected


def test_local_day_is_that_of_the_zone():
    assert local_day("Asia/Karachi", utc(2026, 2, 1, 19)) == date(2026, 2, 2)
    assert local_day("Asia/Karachi", utc(2026, 2, 1, 18, 59)) == date(2026, 2, 1)


def test_a_begun_day_is_a_day():
    start = utc(2026, 2, 1)
    assert [days_begun(start, end) for end in (start, utc(2026, 2, 1, 0, 1), utc(2026, 2, 2), utc(2026, 2, 2, 0, 1))] == [0, 1, 1, 2]


@pytest.mark.parametrize(
    ("season", "day", "expected"),
    [
        (((4, 1), (11, 30)), date(2026, 4, 1), True),
        (((4, 1), (11, 30)), date(2026, 12, 1), False),
        (((11, 1), (3, 31)), date(2026, 1, 5), True),
        (((11, 1), (3, 31)), date(2026, 4, 1), False),
        ((None, None), date(2026, 4, 1), True),
        (((6, 1), (6, 1)), date(2026, 6, 1), True),
        (((6, 1), (6, 1)), date(2026, 6, 2), False),
        (((6, 1), None), date(2026, 5, 31), False),
    ],
)
def test_is_in_season(season, day, expected):
    assert is_in_season(day, *season) == expected


def calendar(kind, **more):
    return Calendar(source_id="s", calendar_id="k", service_id="S", kind=kind, departs_min=0, **more)


@pytest.mark.parametrize(
    ("row", "days"),
    [
        (calendar("weekdays", weekdays=(1, 7)), [1, 2, 8, 9]),
        (calendar("weekdays", weekdays=(1, 7), valid_from=date(2026, 2, 2), valid_to=date(2026, 2, 7)), [2]),
        (calendar("interval", every_days=4, anchor_on=date(2026, 2, 6)), [2, 6, 10]),
        (calendar("month_days", month_days=(1, 11)), [1, 11]),
        (calendar("dates", dates=(date(2026, 2, 5),)), [5]),
        (calendar("other"), []),
    ],
)
def test_runs_on(row, days):
    assert [day for day in range(1, 12) if runs_on(row, date(2026, 2, day))] == days
