"""What the planner makes of a solver that runs out of time."""

from dataclasses import replace

import pytest

from landbridge.optimization.book_problem import BookProblem, Way
from landbridge.planner import book_solve
from landbridge.planner.book_solve import solve_all

WAYS = (Way(shipment=0, cost=100.0, teu=2.0), Way(shipment=0, cost=300.0, teu=2.0))
PROBLEM = BookProblem(shipments=("s1",), payers=("A",), ways=WAYS)


def test_a_plan_that_is_known_is_never_given_up_for_a_dearer_one(monkeypatch):
    start = solve_all(PROBLEM, 5.0)
    assert start.objective == 100
    dearer = replace(start, objective=300.0, bound=90.0, ways=(1,))
    monkeypatch.setattr(book_solve, "solve_book", lambda *_, **__: dearer)
    found = solve_all(PROBLEM, 5.0, start=start)
    assert found.objective == 100
    assert found.ways == (0,)
    assert found.bound == pytest.approx(100.0), "everybody's cheapest way needs no solver"
