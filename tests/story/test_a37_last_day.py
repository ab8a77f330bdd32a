"""The last day to apply for a paper is a day of the place where it is needed: where the first leg that needs it begins.

    AA --truck-- AX | border x: permit, 5 days | BX --truck-- BB        ready on 1 December

Where the clock is ahead of UTC the day has begun when UTC still has the day before, where it is behind UTC it is still the day before.
"""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from landbridge.planner.shipment import plan_shipment
from landbridge.planner.verify import verify_plan
from landbridge.report.checklist import checklist_calendar, checklist_rows, list_documents
from tests.corridor import handling, question
from tests.story.test_a19_permit import permit


def feed(zone, *, short_lead="wait", lead_days=5):
    dataset = permit(lead_days=lead_days)
    places = tuple(replace(row, zone=zone) for row in dataset.places)
    return replace(dataset, places=places, rules=tuple(replace(row, short_lead=short_lead) for row in dataset.rules))


def plan(dataset, **asked):
    return plan_shipment(dataset, question(**{"tolerance_percent": 0, "avoid": ("sea",), **asked}))


@pytest.mark.parametrize(
    ("zone", "leaves_at"),
    [("Asia/Karachi", datetime(2026, 11, 30, 19, tzinfo=UTC)), ("America/New_York", datetime(2026, 12, 1, 5, tzinfo=UTC))],
)
def test_a_truck_that_leaves_at_the_first_minute_of_a_day_needs_its_paper_on_that_day(zone, leaves_at):
    dataset = feed(zone)
    made = plan(dataset)
    first = made.itineraries[0]
    assert first.legs[0].departs_at == leaves_at
    assert [need.apply_by for need in first.documents] == [date(2026, 11, 26)]
    assert verify_plan(dataset, made) == ()


def test_a_truck_that_leaves_on_an_evening_of_the_west_needs_its_paper_on_that_day():
    dataset = feed("America/New_York")
    dataset = replace(dataset, handling=(*dataset.handling, handling("ho", "AA", "origin", "road", hours=21)))
    made = plan(dataset)
    first = made.itineraries[0]
    assert first.legs[0].departs_at == datetime(2026, 12, 2, 2, tzinfo=UTC)  # 21:00 of 1 December there
    assert [need.apply_by for need in first.documents] == [date(2026, 11, 26)]
    assert verify_plan(dataset, made) == ()


def test_a_paper_that_is_late_and_the_checklist_count_the_same_day():
    dataset = feed("Asia/Karachi", short_lead="warn", lead_days=8)
    made = plan(dataset)
    assert [row.message for row in made.findings if row.code == "PAPER-LATE"] == [
        "Permit of BB takes 8 days and should have been applied for by 2026-11-23, 1 day ago"
    ]
    rows = list_documents(made, dataset, 1)
    assert [(row.apply_by, row.needed_on, row.days_left) for row in rows] == [(date(2026, 11, 23), date(2026, 12, 1), -1)]
    assert (checklist_rows(rows)[0][3], checklist_rows(rows)[0][6]) == ("2026-11-23", "2026-12-01")
    assert "DTSTART;VALUE=DATE:20261123" in checklist_calendar(made, rows, 1)
