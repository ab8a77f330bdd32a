"""What the planner makes of a solver that runs out of time."""

import math
from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import given, settings

from landbridge.domain.book import Proven
from landbridge.optimization.book_model import price_choice
from landbridge.optimization.book_problem import BookProblem, Choice, End, Way, Yard
from landbridge.planner.book import cap, crew, solve
from landbridge.planner.book.crew import BookDraws, DrawPart, cost_draw
from landbridge.planner.book.solve import solve_all, union_of
from tests.optimization.test_book_model import enumerated, problems

WAYS = (Way(shipment=0, cost=100.0, teu=2.0), Way(shipment=0, cost=300.0, teu=2.0))
PROBLEM = BookProblem(shipments=("s1",), payers=("A",), ways=WAYS)


def test_a_plan_that_is_known_is_never_given_up_for_a_dearer_one(monkeypatch):
    start = solve_all(PROBLEM, 5.0)
    assert start.objective == 100
    dearer = replace(start, objective=300.0, bound=90.0, ways=(1,))
    monkeypatch.setattr(solve, "solve_book", lambda *_, **__: dearer)
    found = solve_all(PROBLEM, 5.0, start=start)
    assert found.objective == 100
    assert found.ways == (0,)
    assert found.bound == pytest.approx(100.0), "everybody's cheapest way needs no solver"


@settings(max_examples=40, deadline=None)
@given(problems())
def test_what_each_does_alone_is_a_plan_of_all_that_costs_no_more(problem):
    """So a joint plan that is begun from it is never dearer than the sum of alone, however little time it has."""
    payers = sorted(set(problem.payers))
    try:
        each = [solve_all(problem.only([payer]), 5.0) for payer in payers]
    except solve.NoRoomError:
        return
    together = union_of(problem, each)
    assert together is not None
    assert together.objective <= sum(one.objective for one in each) + 1e-6


@settings(max_examples=150, deadline=None)
@given(problems())
def test_the_bound_that_needs_no_solver_is_one(problem):
    """Of any choice, boxes used again, moved and hired, trains and rebates included."""
    least = enumerated(problem)
    if math.isinf(least):
        return
    dear = Choice(objective=math.inf, bound=-math.inf, ways=(), trains=(), rebates=())
    assert solve._with_bound(problem, dear).bound <= least + 1e-6


def test_the_bound_knows_that_dearer_ways_may_use_boxes_again():
    ways = tuple(Way(shipment=number, cost=cost, teu=2.0) for number in range(2) for cost in (100.0, 110.0))
    yard = Yard(
        name="y", kind="shared_empties", saving=100.0, per_day=0.0,
        freed=(End(way=1, day=0, units=1),), needed=(End(way=3, day=1, units=1),),
    )  # fmt: skip
    problem = BookProblem(shipments=("a", "b"), payers=("A", "B"), ways=ways, yards=(yard,))
    start = price_choice(problem, (0, 2))
    assert (start.objective, solve_all(problem, 5.0).objective) == (200, 120)
    assert solve._with_bound(problem, replace(start, bound=0.0)).bound <= 120


def test_a_draw_that_runs_out_of_time_is_no_worse_than_each_alone(monkeypatch):
    """Neither a solver without a plan, nor one with a dear plan, nor the plan for typical figures takes away what each does alone."""
    ways = tuple(Way(shipment=number, cost=cost, teu=2.0) for number in range(2) for cost in (100.0, 300.0))
    problem = BookProblem(shipments=("s", "t"), payers=("A", "B"), ways=ways)
    dear = solve_all(replace(problem, ways=tuple(replace(way, cost=300.0) for way in ways)), 5.0)
    dear = replace(dear, ways=(1, 3), objective=600.0)
    monkeypatch.setattr(crew, "draw_problem", lambda *_: problem)
    real = solve.solve_book
    for found in (None, dear):

        def solved(one, *more, found=found, **keys):
            return found if len({way.shipment for way in one.ways}) > 1 else real(one, *more, **keys)

        monkeypatch.setattr(solve, "solve_book", solved)
        for known in (None, dear):
            costs = cost_draw(BookDraws(pool=SimpleNamespace(problem=problem), together=known, has_ceiling=False), DrawPart(number=1))
            assert (costs.base, costs.joint) == (200.0, 200.0)


def test_a_lower_cap_on_co2e_never_costs_less_where_time_runs_out(monkeypatch):
    """The search under the middle cap ends with the plan that it began from, which emits least and is dear, and with no bound."""
    ways = tuple(
        Way(shipment=number, cost=cost, teu=2.0, emission_g=grams)
        for number in range(2)
        for cost, grams in ((100.0, 1_000), (130.0, 400), (300.0, 400))
    )
    problem = BookProblem(shipments=("s", "t"), payers=("A", "B"), ways=ways)
    real = solve.solve_book

    def solved(one, limits, **keys):
        found = real(one, limits, **keys)
        if one.most_emission_g != 1_400:
            return found
        return replace(price_choice(one, (2, 5)), bound=0.0)

    monkeypatch.setattr(solve, "solve_book", solved)
    monkeypatch.setattr(cap, "solve_book", solved)
    least = cap.LeastEmission(choice=price_choice(problem, (2, 5)), found_g=800, bound_g=800)
    monkeypatch.setattr(cap, "find_least_emission", lambda _: least)
    points = cap.frontier_of(
        problem, 3, 5.0,
        lambda choice: (Proven(cost_cents=round(choice.objective), bound_cents=round(choice.bound)), cap.emission_of(problem, choice)),
    )  # fmt: skip
    assert [point.cap_g_co2e for point in points] == [2_000, 1_400, 800]
    assert [point.cost_cents for point in points] == [200, 260, 260]
    assert [point.emission_g_co2e for point in points] == [2_000, 800, 800]
    assert [point.bound_cents for point in points] == [200, 200, 260]
