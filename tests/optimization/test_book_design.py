"""A book as network design: its bound is one on the book, and its trains are those that a plan of the book buys."""

from __future__ import annotations

import pytest
from benchmarks.book import generate_book
from hypothesis import given, settings

from landbridge.optimization import book_search
from landbridge.optimization.book_design import design_of
from landbridge.optimization.book_model import solve_book
from landbridge.optimization.book_problem import BookProblem, End, Tier, Train, Way, Yard
from landbridge.optimization.book_search import search_book
from landbridge.optimization.solve import DesignResult, solve_design
from tests.optimization.test_book_model import cost, problems


@settings(max_examples=40, deadline=None)
@given(problems())
def test_no_plan_costs_less_than_the_design(problem):
    book = design_of(problem)
    found = solve_design(book.design, seconds=20)
    assert found.plan is not None
    assert book.bound_of(found.bound) <= cost(problem) + 1e-6 * abs(cost(problem)) + 1


def two_ways(**more: object) -> BookProblem:
    """Three shipments of 10 TEU, each at 1,000 without a train and at 100 by one for 900 that holds 20."""
    ways = [Way(shipment=one, cost=1_000, teu=10) for one in range(3)] + [Way(shipment=one, cost=100, teu=10, train=0) for one in range(3)]
    values = {
        "shipments": ("a", "b", "c"), "payers": ("A", "B", "C"), "ways": tuple(ways),
        "trains": (Train(name="t", kind="block_train", cost=900, capacity=20, min_fill=0),),
    }  # fmt: skip
    return BookProblem(**(values | more))


def test_a_train_is_there_as_often_as_all_shipments_fill_it():
    book = design_of(two_ways())
    assert book.trains == (0, 0)
    found = solve_design(book.design)
    assert found.plan is not None
    assert book.bound_of(found.plan.objective) == pytest.approx(
        900 + 2 * 100 + 1_000
    )  # a second train for one is as dear as the way without
    assert book.opened_by(found.plan) == {0}


def test_rebates_and_boxes_are_taken_off_in_full():
    ways = tuple(Way(shipment=one, cost=1_000, teu=10, volumes=(0,)) for one in range(3))
    yard = Yard(
        name="y", kind="shared_empties", saving=60.0, per_day=1.0, freed=(End(way=0, day=1, units=2),), needed=(End(way=1, day=9, units=1),)
    )
    problem = two_ways(ways=ways, trains=(), yards=(yard,), tiers=(Tier(name="v", from_teu=100.0, amount=5.0, is_incremental=False),))
    book = design_of(problem)
    found = solve_design(book.design)
    assert book.bound_of(found.bound) == pytest.approx(3 * (1_000 - 50) - 2 * 30 - 30)


def test_a_cost_below_nothing_is_carried_by_the_constant():
    problem = two_ways(ways=tuple(Way(shipment=one, cost=-500.0 + one, teu=10) for one in range(3)), trains=())
    book = design_of(problem)
    assert book.constant == -1_497
    assert (book.design.cost >= 0).all()
    assert book.bound_of(solve_design(book.design).bound) == pytest.approx(-1_497)


def test_a_large_book_begins_with_its_trains(monkeypatch: pytest.MonkeyPatch):
    """Whatever the time allows: a plan that buys trains, no bound above the optimum, and none above a plan that is told with it."""
    problem = generate_book(50, 5, 6, 3)
    monkeypatch.setattr(book_search, "_LARGE_WAYS", 100)
    begun = []
    monkeypatch.setattr(book_search, "design_of", lambda book: begun.append(design_of(book)) or begun[-1])
    told = []
    found = search_book(problem, seconds=6, on_progress=told.append)
    assert found is not None
    assert len(begun) == 1
    whole = solve_book(problem)
    assert whole is not None
    assert whole.bound - 1 <= found.objective
    assert found.bound <= whole.objective + 1
    assert any(found.trains)
    assert all(one.objective is None or one.bound <= one.objective + 0.01 for one in told)


def test_ctrl_c_in_the_design_ends_the_search_with_what_there_is(monkeypatch: pytest.MonkeyPatch):
    problem = generate_book(60, 5, 8, 1)
    monkeypatch.setattr(book_search, "_LARGE_WAYS", 100)

    def broken_off(*_: object, **__: object) -> DesignResult:
        return DesignResult(plan=None, bound=-1.0, seconds=0.0, nodes=0, is_interrupted=True)

    monkeypatch.setattr(book_search, "solve_design", broken_off)
    heard = []
    found = search_book(problem, seconds=20, on_interrupt=lambda: heard.append(True))
    assert found is not None
    assert heard == [True]
    assert not any(found.trains)  # everybody's cheapest way


def test_what_the_design_does_not_divide_keeps_its_way():
    ways = two_ways().ways
    dear = (*ways[:5], Way(shipment=2, cost=600, teu=10, train=0))
    book = design_of(two_ways(ways=dear))
    found = solve_design(book.design)
    assert found.plan is not None
    assert book.whole_ways(found.plan) == {0: 3, 1: 4, 2: 2}


def test_a_shipment_without_ways_costs_nothing():
    """A book of some payers alone, or of which some ways are left, has shipments that no way is left for."""
    problem = two_ways().only(["A", "C"])
    book = design_of(problem)
    found = solve_design(book.design)
    assert found.plan is not None
    assert book.bound_of(found.bound) == pytest.approx(900 + 2 * 100)
    assert book.whole_ways(found.plan) == {0: 2, 2: 3}


def test_some_payers_of_a_large_book_have_a_true_bound(monkeypatch: pytest.MonkeyPatch):
    whole = generate_book(60, 5, 8, 1)
    problem = whole.only(whole.payers[:2])
    monkeypatch.setattr(book_search, "_LARGE_WAYS", 50)
    found, best = search_book(problem, seconds=6), solve_book(problem)
    assert found is not None
    assert best is not None
    assert found.bound <= best.objective + 1


def test_ctrl_c_before_the_design_has_begun_ends_the_search_with_what_there_is(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(book_search, "_LARGE_WAYS", 100)

    def broken_off(*_: object, **__: object) -> DesignResult:
        raise KeyboardInterrupt

    monkeypatch.setattr(book_search, "solve_design", broken_off)
    heard = []
    found = search_book(generate_book(60, 5, 8, 1), seconds=20, on_interrupt=lambda: heard.append(True))
    assert found is not None
    assert heard == [True]
