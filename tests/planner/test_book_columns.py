"""New itineraries by the prices of what is scarce: the next departure where one is full, and nothing where nothing is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings

from landbridge.domain.dataset import Dataset
from landbridge.domain.offer import Allotment
from landbridge.domain.shipment import Shipment
from landbridge.optimization.book_model import make_book_program
from landbridge.optimization.book_prices import list_scarce, price_problem, reduced_costs
from landbridge.planner import BookQuestion, plan_book
from landbridge.planner.book import columns
from landbridge.verification.book import check_book
from tests.corridor import AS_OF, READY, S, link, place, usd
from tests.optimization.test_book_model import problems
from tests.planner.test_book import book_of, border, charter, shipment

QUESTION = BookQuestion(as_of=AS_OF, seconds=30, levers_seconds=0, shares_seconds=0, draws=0)


def by_ship(*rows, room: int = 25, **more: object) -> Dataset:
    """The tiny corridor without its road: a weekly ship with room for so many TEU."""
    dataset = book_of(*rows, **more)
    services = tuple(replace(one, capacity_teu=room) for one in dataset.services)
    to_ports = tuple(one for one in dataset.links if not {"AX", "BX"} & {one.from_place_id, one.to_place_id})
    return replace(dataset, services=services, links=to_ports)


def test_what_does_not_fit_goes_by_the_next_ship():
    """Two shipments of 20 TEU and room for 25 a week: before, the second was told that its payer had too little room."""
    dataset = by_ship(shipment(1, "one"), shipment(2, "one"))
    plan = plan_book(dataset, QUESTION)
    assert check_book(dataset, plan) == ()
    assert [one.reason for one in plan.shipments] == [None, None]
    first, second = sorted(one.itinerary.departs_at for one in plan.shipments if one.itinerary)
    assert timedelta(days=6) <= second - first <= timedelta(days=8)
    assert any("further itineraries were added" in note for note in plan.notes)


def test_a_fourth_goes_by_the_fourth_ship():
    dataset = by_ship(*(shipment(number, "one") for number in range(1, 5)))
    plan = plan_book(dataset, QUESTION)
    assert check_book(dataset, plan) == ()
    assert [one.reason for one in plan.shipments] == [None] * 4
    assert len({one.itinerary.departs_at.date() for one in plan.shipments if one.itinerary}) == 4


def test_a_due_date_is_kept_and_told():
    rows = (shipment(1, "one"), shipment(2, "one"))
    due = max(one.itinerary.arrives_at.date() for one in plan_book(by_ship(rows[0]), QUESTION).shipments if one.itinerary)
    plan = plan_book(by_ship(*(replace(row, due_on=due) for row in rows)), QUESTION)
    assert sum(one.reason is not None for one in plan.shipments) == 1


def test_each_alone_has_the_later_ships_too():
    """What each has room for is half; so that together is not made out to save what nobody alone was asked about."""
    dataset = by_ship(shipment(1, "one", units=6), shipment(2, "two", units=6), shipment(3, "one", units=6), shipment(4, "two", units=6))
    plan = plan_book(dataset, QUESTION)
    assert check_book(dataset, plan) == ()
    assert plan.together.cost_cents <= plan.alone.cost_cents
    assert [one.reason for one in plan.shipments] == [None] * 4


def test_a_train_that_only_all_together_fill_takes_no_later_ship_from_anybody():
    """Alone nobody fills the charter: each must have the later ships that it needs without it, dear market or none."""
    rows = [shipment(number, ("one", "two")[number % 2], units=10) for number in range(1, 5)]
    market = Allotment(allotment_id="al", name="al", allotted_teu=45, amount=usd(3000), currency="USD", **S)
    for more in ({}, {"allotments": (market,)}):
        without = plan_book(by_ship(*rows, room=45, **more), QUESTION)
        offers = (charter(capacity_teu=100, min_fill_teu=70, amount=usd(1)),)
        plan = plan_book(by_ship(*rows, room=45, block_offers=offers, **more), QUESTION)
        assert [one.reason for one in plan.shipments] == [None] * 4, "an offer more leaves nobody behind"
        assert plan.together.cost_cents < without.together.cost_cents
        assert plan.alone == without.alone, "an offer that nobody can fill alone changes nothing for those who are alone"


def test_later_ships_need_no_lever():
    dataset = by_ship(shipment(1, "one"), shipment(2, "one"))
    levers = plan_book(dataset, replace(QUESTION, levers_seconds=5)).levers
    assert "common_timing" not in {one.lever for one in levers}


def two_roads(*rows: Shipment, **more: object) -> Dataset:
    """Two roads between the same countries, no ship: over X, which four a week may pass, and over Y, dearer, slower and dirtier."""
    dataset = book_of(*rows, quotas=(border(units=4, amount=None, currency=None),), services=(), stops=(), calendars=(), **more)
    ends = tuple(place(name, "border", country, lon=lon, lat=9) for name, country, lon in (("AY", "AA", 5.0), ("BY", "BB", 5.1)))
    links = (link("y1", "AA", "AY", 900), link("y2", "AY", "BY", 2, "AA", border_id="y"), link("y3", "BY", "BB", 900, "BB"))
    crossings = tuple(replace(one, crossing_id=f"y-{one.crossing_id}", border_id="y") for one in dataset.crossings)
    return replace(
        dataset, places=(*dataset.places, *ends), links=(*dataset.links, *links), crossings=(*dataset.crossings, *crossings),
        borders=(*dataset.borders, replace(dataset.borders[0], border_id="y")),
        handling=(*dataset.handling, replace(dataset.handling[-1], handling_id="h-y", place_id="BY")),
    )  # fmt: skip


def test_a_way_around_is_searched_where_waiting_is_too_late():
    """It is in nothing better than the way over X, so that no search of one shipment tells it."""
    due = READY + timedelta(days=5)
    dataset = two_roads(*(shipment(number, "one", units=4, due_on=due) for number in (1, 2)))
    plan = plan_book(dataset, QUESTION)
    assert check_book(dataset, plan) == ()
    assert [one.reason for one in plan.shipments] == [None, None]
    assert {one.itinerary.legs[-1].borders or one.itinerary.legs[0].borders for one in plan.shipments if one.itinerary} == {("x",), ("y",)}
    only_x = replace(dataset, links=tuple(one for one in dataset.links if one.border_id != "y"))
    assert sum(one.reason is not None for one in plan_book(only_x, QUESTION).shipments) == 1


def test_a_border_that_lets_nobody_pass_is_gone_around():
    dataset = two_roads(shipment(1, "one", units=4, due_on=READY + timedelta(days=5)))
    dataset = replace(dataset, quotas=(border(units=0, amount=None, currency=None),))
    plan = plan_book(dataset, QUESTION)
    assert check_book(dataset, plan) == ()
    assert plan.shipments[0].reason is None


def test_what_is_found_around_pays_no_price_of_what_is_scarce():
    dataset = two_roads(*(shipment(number, "one", units=4, due_on=READY + timedelta(days=5)) for number in (1, 2)))
    plan = plan_book(dataset, QUESTION)
    assert {item.kind for one in plan.shipments if one.itinerary for item in one.itinerary.items if item.name.startswith("quota")} == set()


def test_nothing_is_asked_where_there_is_room_for_all(monkeypatch: pytest.MonkeyPatch):
    asked = []
    monkeypatch.setattr(columns, "retrace", lambda *_: asked.append(1))
    plan = plan_book(by_ship(shipment(1, "one"), shipment(2, "two"), room=200), QUESTION)
    assert not asked
    assert not any("further itineraries" in note for note in plan.notes)


@settings(max_examples=60, deadline=None)
@given(problems())
def test_at_the_optimum_of_the_relaxation_no_way_is_worth_more_than_it_costs(problem):
    prices = price_problem(problem, 10.0)
    assert prices is not None
    costs, program = reduced_costs(problem, prices, range(len(problem.ways))), make_book_program(problem)
    fixed = dict(zip(program.column_names, program.upper, strict=True))
    assert all(cost > -0.01 or fixed[f"way({number})"] == 0 for number, cost in costs.items())
    assert prices.rent >= -1e-6
    assert all(problem.ways[number].departures or problem.ways[number].uses for number, *_ in list_scarce(problem, prices))
