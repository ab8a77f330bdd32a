from datetime import date

import pytest

from landbridge.domain.place import Hours
from landbridge.verification.opening import Opening
from tests.verification.corridor import SRC, H, at


def hours(weekdays, opens, closes, **more):
    return Hours(source_id=SRC, hours_id="h", place_id="p", weekdays=weekdays, opens_min=opens * H, closes_min=closes * H, **more)


WORKDAYS = Opening(
    zone="Asia/Karachi", hours=(hours((1, 2, 3, 4, 5), 8, 12), hours((1, 2, 3, 4, 5), 13, 17))
)  # UTC+5; 2 February 2026 is a Monday
ALWAYS = Opening(zone="Asia/Karachi")


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("02-02T05:00", "02-02T05:00", "02-02T05:00"),  # 10:00, open
        ("02-02T03:00", "02-02T03:00", "02-02T03:00"),  # 08:00, just open
        ("02-02T07:00", "02-02T08:00", "02-02T06:59"),  # 12:00, lunch
        ("02-02T12:00", "02-03T03:00", "02-02T11:59"),  # 17:00, shut
        ("02-01T12:00", "02-02T03:00", "01-30T11:59"),  # Sunday
    ],
)
def test_first_and_last_open_minute(asked, first, last):
    assert WORKDAYS.find_first(at(asked)) == at(first)
    assert WORKDAYS.find_last(at(asked)) == at(last)


def test_without_a_row_it_is_always_open():
    assert ALWAYS.find_first(at("02-02T19:30")) == ALWAYS.find_last(at("02-02T19:30")) == at("02-02T19:30")


def test_a_day_for_which_no_row_is_valid_is_open():
    opening = Opening(zone="UTC", hours=(hours((1, 2, 3, 4, 5, 6, 7), 8, 9, valid_to=date(2026, 2, 2)),))
    assert opening.find_first(at("02-02T09:00")) == at("02-03T00:00")


def test_hours_up_to_midnight_join_the_next_day():
    opening = Opening(zone="UTC", hours=(hours((1, 2), 0, 24),))
    assert opening.find_first(at("02-03T00:00")) == at("02-03T00:00")
    assert opening.find_last(at("02-04T10:00")) == at("02-03T23:59")


def test_office_work_waits_for_a_working_day():
    office = Opening(zone="UTC", working_days=(1, 2, 3, 4, 5), holidays=frozenset({date(2026, 2, 2)}))
    assert office.find_first(at("01-31T10:00")) == at("02-03T00:00")
    assert office.find_last(at("02-02T10:00")) == at("01-30T23:59")


def test_a_place_that_never_opens():
    never = Opening(zone="UTC", hours=(hours((), 8, 9),))
    assert never.find_first(at("02-02T09:00")) is None
    assert never.find_last(at("02-02T09:00")) is None
