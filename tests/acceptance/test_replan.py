"""Goods under way on the shipped corridor: reported as planned, they arrive as planned, from every point of every way."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from typer.testing import CliRunner

import landbridge as lb
from landbridge.cli.app import app
from landbridge.domain.errors import DataError
from landbridge.domain.milestone import Milestone
from landbridge.report.plan_document import document_text, plan_document
from landbridge.uncertainty.course import chart_course
from landbridge.uncertainty.engine import Settings, run_course
from landbridge.uncertainty.position import check_milestones, find_position, leave_rest, list_points

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def feed():
    return lb.load()


@pytest.fixture(scope="module")
def plan(feed):
    return lb.plan(feed, "Minsk", "Karachi", units="2x40HC", goods="8701", ready="2026-12-01")


def test_reported_as_planned_it_arrives_as_planned(feed, plan):
    for way in (*plan.itineraries, *(one.itinerary for one in plan.compared)):
        course = chart_course(feed, plan, way)
        for leg, place, kind, at in list_points(way):
            if kind == "arrive" and place != way.legs[leg].to_id:
                continue  # on the way of a run the planned time is that of the stage after
            position = find_position(way, [Milestone(where=place, kind=kind, at=at, row=1)])
            if (position.leg, position.place_id, position.kind) != (leg, place, kind):
                continue  # the place is left or reached twice
            assert position.late_min == 0
            rest = run_course(leave_rest(course, position, way), (), (), Settings(is_planned=True), runs=1, seed=1)
            assert rest.arrival[0] == (way.arrives_at - course.zero_at).total_seconds() / 60


def test_contradictions_are_told_all_at_once(plan):
    way = plan.itineraries[0]
    points = list_points(way)
    first, last = points[0], points[-1]
    told = [
        Milestone(where="XXNOW", kind="arrive", at=first[3], row=1),
        Milestone(where=last[1], kind=last[2], at=first[3], row=2),
        Milestone(where=first[1], kind=first[2], at=last[3], row=3),
    ]
    with pytest.raises(DataError) as caught:
        find_position(way, told)
    assert [finding.code for finding in caught.value.findings] == ["MILESTONE-OFF-WAY", "MILESTONE-ORDER"]


def test_told_twice_the_later_counts_and_is_told(plan):
    """Two units that leave one after the other; arriving and being discharged are two events."""
    way = plan.itineraries[0]
    _, place, kind, at = list_points(way)[0]
    told = [Milestone(where=place, kind=kind, at=at + timedelta(hours=hours), row=hours, event="DEPA") for hours in (1, 9)]
    assert find_position(way, told).late_min == 9 * 60
    assert [(one.code, one.severity) for one in check_milestones(way, told)] == [("MILESTONE-TWICE", "warning")]
    assert check_milestones(way, [told[0], replace(told[1], event="GTOT")]) == ()


def test_the_door(feed, plan, tmp_path):
    """A day late at the first stop: it arrives later than from the start, and the document says what was asked."""
    way = next(one for one in plan.itineraries if "balanced" in one.labels)
    paths = [tmp_path / "plan.json", tmp_path / "events.json"]
    paths[0].write_text(document_text(plan_document(plan, feed)), encoding="utf-8")
    at = way.legs[0].departs_at.isoformat()
    told = {"eventClassifierCode": "ACT", "eventDateTime": at, "transportEventTypeCode": "DEPA", "UNLocationCode": way.legs[0].from_id}
    paths[1].write_text(json.dumps([told]), encoding="utf-8")
    asked = ["replan", str(paths[0]), "--position", str(paths[1]), "--no-search", "--runs", "500"]
    document = json.loads(CliRunner().invoke(app, [*asked, "--json"]).stdout)
    assert document["position"]["late_min"] == 0
    assert document["arrival"]["p10"] < document["arrival"]["p90"]
    assert document["change"] is None
    assert "no other way was looked for" in CliRunner().invoke(app, asked).stdout
