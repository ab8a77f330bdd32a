"""Shapley values of levers from plans and bounds that a search ran out of time for."""

from __future__ import annotations

import random
from math import factorial

import pytest

from landbridge.domain.book import Proven
from landbridge.optimization.book_problem import BookProblem, Train, Way
from landbridge.optimization.levers import share_levers

NAMES = ("block_train", "shared_room", "volume_tiers")


def make_costs(seed: int) -> tuple[dict[tuple[str, ...], int], dict[tuple[str, ...], Proven]]:
    """Least costs that fall with each lever, and what a hasty search says of them."""
    chance = random.Random(seed)
    gains = {name: chance.randrange(0, 200) for name in NAMES}
    least, hasty = {}, {}
    for mask in range(8):
        used = tuple(name for bit, name in enumerate(NAMES) if mask >> bit & 1)
        least[used] = 10_000 - sum(gains[name] for name in used)
        hasty[used] = Proven(cost_cents=least[used] + chance.randrange(0, 300), bound_cents=least[used] - chance.randrange(0, 300))
    return least, hasty


def true_value(least: dict[tuple[str, ...], int], name: str) -> float:
    others = [one for one in NAMES if one != name]
    total = 0.0
    for mask in range(4):
        used = {one for bit, one in enumerate(others) if mask >> bit & 1}
        weight = factorial(len(used)) * factorial(2 - len(used)) / 6
        total += weight * (least[tuple(one for one in NAMES if one in used)] - least[tuple(one for one in NAMES if one in used | {name})])
    return total


@pytest.mark.parametrize("seed", range(20))
def test_plans_of_fewer_levers_and_bounds_of_more_narrow_the_intervals(seed: int):
    least, hasty = make_costs(seed)
    wide, narrow = share_levers(NAMES, hasty.__getitem__), share_levers(NAMES, hasty.__getitem__, is_monotone=True)
    for before, after in zip(wide, narrow, strict=True):
        assert before.low_cents <= after.low_cents <= true_value(least, after.lever) <= after.high_cents <= before.high_cents
        assert 0 <= after.low_cents <= after.contribution_cents <= after.high_cents
    assert sum(one.high_cents - one.low_cents for one in narrow) < sum(one.high_cents - one.low_cents for one in wide)


@pytest.mark.parametrize("seed", range(20))
def test_sets_for_which_there_was_no_time_lie_between_the_others(seed: int):
    least, hasty = make_costs(seed)
    asked = []

    def cost_of(used: tuple[str, ...]) -> Proven | None:
        asked.append(used)
        return hasty[used] if len(asked) <= 4 else None

    found = share_levers(NAMES, cost_of, is_monotone=True)
    assert asked[:2] == [NAMES, ()]
    for one in found:
        assert 0 <= one.low_cents <= true_value(least, one.lever) <= one.high_cents
        assert one.low_cents <= one.contribution_cents <= one.high_cents
    best = min(hasty[used].cost_cents for used in asked[:4])
    assert abs(sum(one.contribution_cents for one in found) - (hasty[()].cost_cents - best)) <= 3


def test_a_shipment_that_only_a_train_carries_needs_a_lever():
    train = Train(name="t", kind="block_train", cost=100.0, capacity=10.0, min_fill=0.0)
    by_train, by_road = Way(shipment=0, cost=1.0, teu=2.0, train=0), Way(shipment=0, cost=50.0, teu=2.0)
    assert not BookProblem(shipments=("s",), payers=("p",), ways=(by_train,), trains=(train,)).needs_no_lever()
    assert BookProblem(shipments=("s",), payers=("p",), ways=(by_train, by_road), trains=(train,)).needs_no_lever()
