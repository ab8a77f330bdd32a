"""Simulations of the shipped corridor: without chance the plan comes out to the minute and the cent."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from typer.testing import CliRunner

import landbridge as lb
from landbridge.cli.app import app
from landbridge.domain.errors import QueryError
from landbridge.uncertainty.bill import list_prices
from landbridge.uncertainty.course import chart_course
from landbridge.uncertainty.engine import Settings, run_course

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def feed():
    return lb.load()


@pytest.fixture(scope="module")
def plan(feed):
    return lb.plan(feed, "Minsk", "Karachi", units="2x40HC", goods="8701", ready="2026-12-01")


def test_without_chance_the_plan_comes_out(feed, plan):
    """Every itinerary planned or compared, by land and by sea, with storage and detention."""
    itineraries = [*plan.itineraries, *(one.itinerary for one in plan.compared)]
    assert any(leg.is_scheduled for one in itineraries for leg in one.legs)
    for one in itineraries:
        course = chart_course(feed, plan, one)
        assert list_prices(one, "USD") == list_prices(replace(one, duty_items=one.items), "USD"), "duties count only where they are items"
        outcome = run_course(course, list_prices(one, "USD"), (), Settings(is_planned=True), runs=1, seed=1)
        assert outcome.arrival[0] == (one.arrives_at - course.zero_at).total_seconds() / 60
        assert outcome.cost[0] == pytest.approx(one.cost_cents, abs=2)


def test_the_answer_holds_together(feed, plan):
    answer = lb.simulate(feed, plan, runs=2_000, seed=3)
    assert answer == lb.simulate(feed, plan, runs=2_000, seed=3)
    assert answer.arrival[0] < answer.arrival[1] < answer.arrival[2]
    assert answer.cost_cents[0] < answer.cost_cents[1] < answer.cost_cents[2] < answer.worst_twentieth_cost_cents
    buffers = [one.buffer_min for one in answer.buffers]
    assert buffers == sorted(buffers)
    assert answer.drivers


def test_a_later_due_date_is_surer(feed, plan):
    chances = []
    for days in (0, 5, 40):
        due_on = plan.itineraries[0].arrives_at.date() + timedelta(days=days)
        answer = lb.simulate(feed, replace(plan, query=replace(plan.query, due_on=due_on)), itinerary=1, runs=1_000)
        assert answer.is_due
        chances.append(answer.on_time_percent)
    assert chances == sorted(chances)
    assert chances[-1] > 90


def test_the_door(feed, plan, tmp_path):
    """The JSON has the names promised; bad questions are told all at once."""
    from landbridge.report.plan_document import document_text, plan_document

    path = tmp_path / "plan.json"
    path.write_text(document_text(plan_document(plan, feed)), encoding="utf-8")
    result = CliRunner().invoke(app, ["simulate", str(path), "--runs", "500", "--seed", "9", "--json"])
    document = json.loads(result.stdout)
    assert {"arrival", "on_time", "cost_cents", "transfers", "drivers", "seconds", "seed", "runs"} <= document.keys()
    assert document["arrival"].keys() == document["cost_cents"].keys() == {"p10", "p50", "p90"}
    assert (document["seed"], document["runs"]) == (9, 500)
    assert 0 <= document["on_time"]["chance"] <= 1
    assert "standard_error" in document["on_time"]
    assert CliRunner().invoke(app, ["simulate", str(path), "--runs", "500"]).exit_code == 0
    bad = ["--itinerary", "9999", "--policy", "hope", "--family", "normal", "--runs", "1", "--seed", "-1"]
    refused = CliRunner().invoke(app, ["simulate", str(path), *bad])
    assert refused.exit_code == 2
    for code in ("ITINERARY-UNKNOWN", "POLICY-UNKNOWN", "FAMILY-UNKNOWN", "RUNS", "SEED"):
        assert code in refused.output + refused.stderr


def test_the_best_for_each_attitude(feed, plan):
    """Who counts all runs and no days takes the plan of least mean cost; every choice is one of the plans."""
    from landbridge.planner import choose_by, compare_risks

    compared = compare_risks(feed, plan, runs=500)
    assert len(compared.simulations) == len(plan.itineraries)
    cheapest = min(compared.simulations, key=lambda one: one.mean_cost_cents)
    first = next(one for one in compared.attitudes if one.tail_percent == 100 and one.day_cents == 0)
    assert first.itinerary == cheapest.itinerary
    assert {choose_by(compared, by) for by in ("p90", "cvar")} <= set(range(1, len(plan.itineraries) + 1))
    for by, code in (("luck", "BY-UNKNOWN"), ("on-time", "DUE-MISSING")):
        with pytest.raises(QueryError) as caught:
            choose_by(compared, by)
        assert caught.value.findings[0].code == code
    due = replace(plan, query=replace(plan.query, due_on=plan.itineraries[0].arrives_at.date() + timedelta(days=3)))
    assert 1 <= choose_by(compare_risks(feed, due, runs=500), "on-time") <= len(plan.itineraries)


def test_another_feed_is_told(plan):
    with pytest.raises(QueryError) as caught:
        lb.simulate(replace(lb.load(), digest="other"), plan)
    assert caught.value.findings[0].code == "PLAN-OTHER-FEED"


def test_a_plan_that_was_changed_by_hand_is_refused_with_what_was_changed(feed, plan):
    first = plan.itineraries[0]
    dearer = replace(first.items[0], cost_high_cents=first.items[0].cost_high_cents + 100)
    for changed, where in (
        (replace(first, cost_cents=1), "itineraries[0].cost_cents: states 1"),
        (replace(first, legs=first.legs[::-1]), "itineraries[0].legs[0].from_id"),
        (replace(first, items=(dearer, *first.items[1:])), "cost_high_cents"),
    ):
        with pytest.raises(QueryError) as caught:
            lb.simulate(feed, replace(plan, itineraries=(changed, *plan.itineraries[1:])), itinerary=1, runs=100)
        assert {one.code for one in caught.value.findings} == {"PLAN-ALTERED"}
        assert any(where in one.message for one in caught.value.findings)


def test_an_altered_itinerary_is_named_by_its_own_number(feed, plan):
    altered = replace(plan.itineraries[2], emission_g_co2e=0)
    with pytest.raises(QueryError) as caught:
        lb.simulate(feed, replace(plan, itineraries=(*plan.itineraries[:2], altered)), itinerary=3, runs=100)
    assert caught.value.findings[0].message.startswith("itineraries[2].emission_g_co2e: states 0")
