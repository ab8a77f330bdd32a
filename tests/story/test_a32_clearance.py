"""Customs work on working days: a holiday makes wait.

~~ ship ~~> BP (Monday 14 December 12:00, a holiday; lift 24 h and clearance 4 h, 20 USD) --truck--> BB
"""

from dataclasses import replace
from datetime import date

from landbridge.domain.place import Holiday
from tests.corridor import READY, S, handling, tiny_corridor
from tests.story.line import cheapest

HOLIDAY = Holiday(country="BB", on=date(2026, 12, 14), name="Holiday", **S)


def cleared(*holidays):
    dataset = tiny_corridor()
    papers = handling("papers", "BP", "sea", "road", price=20, hours=4, kind="clearance")
    return replace(dataset, handling=(*dataset.handling, papers), holidays=holidays)


def test_clearance_begins_after_the_holiday():
    assert READY.isoweekday() == 2
    assert cheapest(cleared(HOLIDAY)) == (
        "AA ~ road ha 12-03T04:00>12-03T06:00 ~ AP ~ sea ship 12-04T12:00>12-14T12:00 ~ BP ~ road hb 12-16T04:00>12-16T06:00 ~ BB"
        " [860.00 USD 15d 6h 00m 360 kg]"
    )


def test_on_a_working_day_at_once():
    for holidays in ((), (replace(HOLIDAY, country="AA"),)):
        assert "BP ~ road hb 12-15T16:00>12-15T18:00 ~ BB" in cheapest(cleared(*holidays))


def test_cranes_work_on_holidays():
    assert "BP ~ road hb 12-15T12:00" in cheapest(replace(tiny_corridor(), holidays=(HOLIDAY,)))
