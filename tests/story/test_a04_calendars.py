"""When a service runs: weekdays, every n days, days of the month, single dates; days added and taken away.

AA --truck-- AP ~~ ship, 12:00, gate closes a day before ~~ BP --truck-- BB        ready on Tuesday 1 December 2026
"""

from dataclasses import replace
from datetime import date

import pytest

from landbridge.domain.service import Calendar, CalendarException
from tests.corridor import S, tiny_corridor
from tests.story.line import cheapest


def with_calendar(**fields):
    row = Calendar(calendar_id="c", service_id="ship", departs_min=720, **fields, **S)
    return replace(tiny_corridor(), calendars=(row,))


def with_exception(day, what):
    return replace(tiny_corridor(), calendar_exceptions=(CalendarException(service_id="ship", on=day, exception=what, **S),))


@pytest.mark.parametrize(
    ("dataset", "sails"),
    [
        (with_calendar(kind="weekdays", weekdays=(6, 7)), "12-05T12:00>12-15T12:00"),
        (with_calendar(kind="interval", every_days=5, anchor_on=date(2026, 11, 28)), "12-03T12:00>12-13T12:00"),
        (with_calendar(kind="month_days", month_days=(1, 11, 21)), "12-11T12:00>12-21T12:00"),  # the gate of the 1st is shut
        (with_calendar(kind="dates", dates=(date(2026, 11, 2), date(2026, 12, 9))), "12-09T12:00>12-19T12:00"),
        (with_calendar(kind="weekdays", weekdays=(5,), valid_from=date(2026, 12, 10)), "12-11T12:00>12-21T12:00"),
        (with_exception(date(2026, 12, 4), "removed"), "12-11T12:00>12-21T12:00"),
        (with_exception(date(2026, 12, 3), "added"), "12-03T12:00>12-13T12:00"),
    ],
)
def test_the_ship_sails_when_its_calendar_says(dataset, sails):
    assert f" ~ sea ship {sails} ~ " in cheapest(dataset)


def test_the_whole_way_with_a_ship_every_five_days():
    dataset = with_calendar(kind="interval", every_days=5, anchor_on=date(2026, 11, 28))
    assert cheapest(dataset) == (
        "AA ~ road ha 12-02T04:00>12-02T06:00 ~ AP ~ sea ship 12-03T12:00>12-13T12:00 ~ BP ~ road hb 12-14T12:00>12-14T14:00 ~ BB"
        " [840.00 USD 13d 14h 00m 360 kg]"
    )
