"""Shipments divided over ways, against enumeration of where each unit goes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.optimization.book_divided import divide_book
from landbridge.optimization.book_problem import BookProblem, Train, Way
from tests.optimization.test_book_model import cost, enumerated, problems


@st.composite
def divisible(draw) -> tuple[BookProblem, list[int]]:
    """A tiny book of ways that no unit is shared on, and how many units each shipment has."""
    problem = draw(problems().filter(lambda one: len(one.shipments) <= 2))
    kept = [n for n, way in enumerate(problem.ways) if way.holds is None and way.inside is None]
    units = [draw(st.integers(1, 2)) for _ in problem.shipments]
    return replace(problem.keep(kept), yards=(), moves=(), apart=frozenset()), units


def by_units(problem: BookProblem, units: list[int]) -> BookProblem:
    """Each unit a shipment of its own."""
    owners = [shipment for shipment, count in enumerate(units) for _ in range(count)]
    ways = [
        replace(
            way, shipment=number, cost=way.cost / units[owner], teu=way.teu / units[owner],
            uses=tuple((quota, used / units[owner]) for quota, used in way.uses),
        )
        for number, owner in enumerate(owners)
        for way in problem.ways
        if way.shipment == owner
    ]  # fmt: skip
    return replace(
        problem, shipments=tuple(f"u{n}" for n in range(len(owners))), payers=tuple(problem.payers[owner] for owner in owners),
        ways=tuple(ways),
    )  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(divisible())
def test_units_go_where_enumeration_sends_them(case: tuple[BookProblem, list[int]]):
    problem, units = case
    found = divide_book(problem, units, 20.0)
    assert found is not None
    assert found.objective == pytest.approx(enumerated(by_units(problem, units)), abs=1)
    assert found.bound == pytest.approx(found.objective, abs=1)
    assert found.objective <= cost(problem) + 1
    for shipment, parts in found.parts:
        assert len(parts) > 1
        assert sum(parts) == units[shipment]


def test_what_fills_a_train_goes_by_it_and_the_rest_by_road():
    train = Train(name="t", kind="block_train", cost=5_000.0, capacity=10.0, min_fill=8.0)
    ways = (Way(shipment=0, cost=12_000.0, teu=12.0), Way(shipment=0, cost=1_200.0, teu=12.0, train=0))
    problem = BookProblem(shipments=("s",), payers=("p",), ways=ways, trains=(train,))
    assert cost(problem) == 12_000  # two trains would be filled too little
    found = divide_book(problem, [6], 20.0)
    assert found is not None
    assert found.parts == ((0, (5, 1)),)
    assert found.objective == pytest.approx(5_000 + 1_000 + 2_000)


def test_what_may_share_a_unit_stays_whole():
    ways = (Way(shipment=0, cost=10.0, teu=2.0), Way(shipment=0, cost=12.0, teu=2.0))
    assert divide_book(BookProblem(shipments=("s",), payers=("p",), ways=ways), [1], 5.0).parts == ()
