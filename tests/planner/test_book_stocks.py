"""Empty boxes that payers hold at the beginning."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import QueryError
from landbridge.domain.offer import EmptyStock
from landbridge.planner import BookQuestion, plan_book
from landbridge.report.book_document import book_document
from landbridge.report.book_page import render_book
from landbridge.report.page import plain_text
from landbridge.verification.book import check_book
from tests.corridor import AS_OF, READY, S
from tests.planner.test_book import back, by_road, empties, empty_move, shipment

QUESTION = BookQuestion(as_of=AS_OF, seconds=30, levers_seconds=0, shares_seconds=5, draws=0)
NEEDED = READY + timedelta(days=20)


def stock(**more: object) -> EmptyStock:
    values = {"stock_id": "depot", "reuse_id": "empties", "unit_type_id": "40HC", "units": 5, "party_id": "two", "from_on": READY, **S}
    return EmptyStock(**(values | more))


def book(**more: object) -> Dataset:
    """Four boxes of `one` come free in BB before `two` needs six there; fetching and returning cost 150 each."""
    rows = shipment(1, "one", units=4), back(2, "two", NEEDED, units=6)
    return by_road(*rows, **({"reuses": (empties(),), "empty_stocks": (stock(),)} | more))


def test_a_stock_saves_fetching_and_no_return():
    dataset = book()
    plan = plan_book(dataset, QUESTION)
    assert check_book(dataset, plan) == ()
    assert plan.together.bound_cents == plan.together.cost_cents
    turned = {one.stock_id: one for one in plan.turns}
    assert (turned[None].units, turned["depot"].units) == (4, 2)  # a box that comes free saves its return as well
    assert (turned["depot"].from_shipment_id, turned["depot"].to_shipment_id, turned["depot"].cost_cents) == (None, "s2", -2 * 15_000)
    (balance,) = plan.empties
    assert (balance.stock_units, balance.drawn_units, balance.staying_units, balance.fetched_units) == (5, 2, 3, 0)
    alone = dict(plan.alone_by_payer)["two"].cost_cents
    assert alone == dict(plan_book(book(empty_stocks=()), QUESTION).alone_by_payer)["two"].cost_cents - 5 * 15_000
    document = book_document(plan, seconds=1.0)
    assert document["empties"][0]["stock_left"] == 3
    assert "2 taken from stocks of their area" in " ".join(plain_text(render_book(plan, dataset, width=120)).split())


def test_alone_each_payer_has_its_own_stock():
    free = plan_book(book(empty_stocks=()), QUESTION)
    others = plan_book(book(empty_stocks=(stock(party_id="one"),)), QUESTION)
    assert dict(others.alone_by_payer)["two"].cost_cents == dict(free.alone_by_payer)["two"].cost_cents
    assert others.together.cost_cents == free.together.cost_cents - 2 * 15_000


def test_boxes_of_somebody_who_pays_for_no_shipment_are_not_used():
    free = plan_book(book(empty_stocks=()), QUESTION)
    others = plan_book(book(empty_stocks=(stock(party_id="three"),)), QUESTION)
    assert others.together.cost_cents == free.together.cost_cents
    assert check_book(book(empty_stocks=(stock(party_id="three"),)), others) == ()
    (balance,) = others.empties
    assert balance.stock_units == 0
    taken = plan_book(book(), QUESTION)
    assert any("no such stock" in fault for fault in check_book(book(empty_stocks=(stock(party_id="three"),)), taken))


@pytest.mark.parametrize(
    "more",
    [
        {"from_on": NEEDED + timedelta(days=40)}, {"unit_type_id": "20GP"}, {"known_from": date(2027, 1, 1)}, {"reuse_id": "elsewhere"},
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_used(more):
    areas = (empties(), empties(reuse_id="elsewhere", name="Elsewhere", place_ids=("BX",)))
    dataset = book(reuses=areas, empty_stocks=(stock(**more),))
    plan = plan_book(dataset, QUESTION)
    assert check_book(dataset, plan) == ()
    assert [one.stock_id for one in plan.turns] == [None]


def test_a_stock_is_moved_to_where_boxes_are_needed():
    rows = (replace(back(2, "two", NEEDED, units=6), from_place_id="BX"),)
    areas = (empties(), empties(reuse_id="border", name="Empties at the border", place_ids=("BX",)))
    dataset = by_road(*rows, reuses=areas, empty_moves=(empty_move(),), empty_stocks=(stock(),))
    plan = plan_book(dataset, QUESTION)
    assert check_book(dataset, plan) == ()
    (turn,) = plan.turns
    assert (turn.kind, turn.stock_id, turn.units, turn.kept_days, turn.cost_cents) == ("reposition", "depot", 5, 0, -5 * 3_000)
    balance = {one.reuse_id: one for one in plan.empties}
    assert (balance["empties"].sent_units, balance["empties"].moved_out_units, balance["empties"].returned_units) == (5, 0, 0)
    assert (balance["border"].moved_in_units, balance["border"].fetched_units) == (5, 1)


def test_every_change_of_a_stock_is_found():
    dataset = book()
    plan = plan_book(dataset, QUESTION)
    other, turn = sorted(plan.turns, key=lambda one: one.stock_id or "")
    (balance,) = plan.empties
    spoiled = {
        "no such stock": replace(turn, stock_id="none"),
        "saves": replace(turn, cost_cents=turn.cost_cents - 100),
        "boxes, 6 are taken": replace(turn, units=6),
        "is not in the feed": replace(turn, kind="reposition", move_id="move"),
    }
    for said, wrong in spoiled.items():
        assert any(said in fault for fault in check_book(dataset, replace(plan, turns=(other, wrong)))), said
    wrong_balance = replace(plan, empties=(replace(balance, stock_units=6),))
    assert any("another balance" in fault for fault in check_book(dataset, wrong_balance))
    late = replace(dataset, empty_stocks=(stock(from_on=NEEDED + timedelta(days=40)),))
    assert any("cannot use what stands there" in fault for fault in check_book(late, plan))


def test_a_hire_takes_nothing_from_a_stock():
    rows = (replace(back(2, "two", NEEDED, units=6), from_place_id="BX"),)
    areas = (empties(), empties(reuse_id="border", name="Empties at the border", place_ids=("BX",)))
    hire = empty_move(move_id="hire", kind="one_way_hire", from_reuse_id="border", to_reuse_id="empties")
    dataset = by_road(*rows, reuses=areas, empty_moves=(empty_move(), hire), empty_stocks=(stock(),))
    plan = plan_book(dataset, QUESTION)
    (turn,) = plan.turns
    wrong = replace(plan, turns=(replace(turn, kind="one_way_hire", move_id="hire"),))
    assert any("a one_way_hire takes nothing from a stock" in fault for fault in check_book(dataset, wrong))


def test_a_cap_holds_where_boxes_are_moved():
    """The least that a book can emit is worked out without yards, and so without the moves between them."""
    rows = (replace(back(2, "two", NEEDED, units=6), from_place_id="BX"),)
    areas = (empties(), empties(reuse_id="border", name="Empties at the border", place_ids=("BX",)))
    dataset = by_road(*rows, reuses=areas, empty_moves=(empty_move(),), empty_stocks=(stock(),))
    free = plan_book(dataset, replace(QUESTION, frontier=2))
    assert free.frontier
    emitted = free.frontier[0].emission_g_co2e
    capped = plan_book(dataset, replace(QUESTION, most_emission_g=emitted))
    assert capped.together.cost_cents == free.together.cost_cents
    with pytest.raises(QueryError, match="none can emit less"):
        plan_book(dataset, replace(QUESTION, most_emission_g=1))
