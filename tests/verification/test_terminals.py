"""The checker finds by itself whose terminals the goods pass: it refuses plans through frozen ones, of one shipment and of a book."""

from dataclasses import replace
from datetime import date

import pytest

from landbridge.planner import plan_shipment, verify_plan
from tests.corridor import question
from tests.story.test_a41_terminal import corridor

LATER = date(2027, 1, 1)


def stated(dataset, **more):
    """A plan that was made before anybody was listed, checked against the feed as it is now."""
    plan = plan_shipment(replace(dataset, watchlist=()), question(tolerance_percent=0, **more))
    return [(one.where, one.recomputed) for one in verify_plan(dataset, plan)]


@pytest.mark.parametrize("calls", [("frozen-a", "", ""), ("", "", "frozen-b")])
def test_boarding_and_alighting_at_a_frozen_terminal(calls):
    found = stated(corridor(calls))
    assert any("blocked by listed: x on List (freeze)" in recomputed for where, recomputed in found if where.endswith("legs[1]"))


def test_handling_at_a_frozen_terminal():
    found = stated(corridor(handled="frozen-b"))
    assert any("blocked by listed" in recomputed for where, recomputed in found if where.endswith("legs[2]"))


def test_calls_on_the_way_and_other_terminals_are_free():
    assert stated(corridor(("", "frozen-c", "free-b"))) == []
    assert stated(corridor(("frozen-a", "", ""), listed_on=LATER)) == []


def test_an_exposure_may_not_be_left_out():
    found = stated(corridor(("frozen-a", "", ""), regime_id="BB"))
    assert {recomputed for _, recomputed in found} == {"BB listed"}


def test_terminals_are_compared():
    dataset = corridor(("frozen-a", "", "free-b"), listed_on=LATER)
    plan = plan_shipment(dataset, question(tolerance_percent=0))
    assert verify_plan(dataset, plan) == ()
    ways = tuple(replace(way, legs=tuple(replace(leg, terminal_ids=None) for leg in way.legs)) for way in plan.itineraries)
    assert [one.where for one in verify_plan(dataset, replace(plan, itineraries=ways))] == ["itineraries[0].legs[1].terminal_ids"]
