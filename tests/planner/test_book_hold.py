"""For how long a shipment may be held to travel with others: in the book, and in scenarios beside each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from landbridge.domain.scenario import Change
from landbridge.planner import compare
from landbridge.planner.book.joint_plan import plan_book
from landbridge.planner.compare import compare_scenarios
from landbridge.report.comparison import comparison_document, render_comparison
from landbridge.report.page import plain_text
from tests.corridor import READY
from tests.planner.test_book import QUESTION, book_of, charter, shipment
from tests.planner.test_compare import scenario

HELD = scenario(Change(action="set", table="shipments", values=(("max_hold_days", 0),)), name="at-once")


def three_days_apart(hold_days):
    """Two shipments that fill a charter together if the first is held for three days."""
    later = READY + timedelta(days=3)
    return book_of(shipment(1, "one", max_hold_days=hold_days), shipment(2, "two", ready_on=later), block_offers=(charter(),))


@pytest.mark.parametrize(("hold_days", "is_together"), [(None, True), (14, True), (3, True), (2, False), (0, False)])
def test_a_shipment_is_held_no_longer_than_it_tells(hold_days, is_together):
    plan = plan_book(three_days_apart(hold_days), QUESTION)
    assert (plan.shipments[0].starts_on == READY + timedelta(days=3)) == is_together
    assert (plan.saving_cents > 0) == is_together


def test_scenarios_hold_shipments_as_the_book_does():
    dataset = three_days_apart(None)
    comparison = compare_scenarios(dataset, [HELD], QUESTION)
    base, at_once = (case.plan for case in comparison.cases)
    assert base.together == plan_book(dataset, QUESTION).together
    assert at_once.together == plan_book(three_days_apart(0), QUESTION).together
    assert at_once.together.cost_cents > base.together.cost_cents
    assert comparison.is_waiting


def test_where_time_is_short_no_scenario_holds_any(monkeypatch):
    """Later starts that were looked at in one scenario and not in the other would be what tells the two apart."""
    dataset, plan = three_days_apart(None), compare.plan_book

    def plan_in_haste(dataset, question, **more):
        found = plan(dataset, question, **more)
        return replace(found, has_unlooked_starts=question.is_waiting and not dataset.block_offers)

    monkeypatch.setattr(compare, "plan_book", plan_in_haste)
    no_trains = scenario(Change(action="remove", table="block_offers"), name="no-trains")
    comparison = compare_scenarios(dataset, [no_trains], QUESTION)
    assert not comparison_document(comparison, seconds=1.0)["later_starts"]
    assert [case.plan.together for case in comparison.cases] == [plan_book(three_days_apart(0), QUESTION).together] * 2
    assert "Each shipment starts on its ready date here" in " ".join(plain_text(render_comparison(comparison)).split())
