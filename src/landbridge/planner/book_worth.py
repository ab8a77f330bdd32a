"""What a joint plan is worth: the saving under uncertain figures, what each lever brings, who bears what."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

from landbridge.domain.book import Lever, Proven, Spread
from landbridge.domain.settlement import Sharing
from landbridge.optimization.book_model import price_choice
from landbridge.optimization.book_pool import Pool, draw_problem
from landbridge.optimization.book_problem import BookProblem, Choice
from landbridge.optimization.growth import ceiling_cost
from landbridge.optimization.levers import share_levers
from landbridge.planner.book_solve import proven_of, solve_all, union_of
from landbridge.sharing import (
    CostGame,
    allocate_equal_profit,
    allocate_nucleolus,
    allocate_proportional,
    allocate_shapley,
    sample_shapley,
)

_EXACT_PAYERS = 12
_LEAST_SECONDS = 0.5
_LEAST_COALITION_SECONDS = 0.05
_PROVEN_CENTS = 1.0
_MOST_PAIRS = 100_000
_MOST_PARTS = 8.0
"""Parts of the time left that one problem may take."""
DRAW_SECONDS = 5.0


def spread_of(pool: Pool, draws: int, seed: int, together: Choice | None = None, *, with_ceiling: bool = False) -> Spread | None:
    """The saving under draws of the uncertain figures, the same for all payers and for all together.

    ``together``: a plan to begin from. ``with_ceiling``: of what no volume could save more than, instead of the saving.
    """
    if not pool.problem.ways or draws < 1:
        return None
    payers = sorted(set(pool.problem.payers))

    def costs_of(number: int) -> tuple[float, float]:
        drawn = draw_problem(pool, number)
        each = [solve_all(drawn.only([payer]), DRAW_SECONDS) for payer in payers]
        return sum(one.objective for one in each), ceiling_cost(drawn) if with_ceiling else _joint_of(drawn, each, together).objective

    return spread_between(costs_of, draws, seed)


def spread_between(costs_of: Callable[[int], tuple[float, float]], draws: int, seed: int) -> Spread:
    """The saving of the second cost against the first over draws, each told by its number."""
    costs = [costs_of(seed * 1_000_003 + number) for number in range(draws)]
    savings = sorted(100 * (1 - joint / base) if base else 0.0 for base, joint in costs)
    return Spread(
        p10_percent=_quantile(savings, 0.1), p50_percent=_quantile(savings, 0.5), p90_percent=_quantile(savings, 0.9), units=len(savings)
    )


def _joint_of(drawn: BookProblem, each: list[Choice], together: Choice | None) -> Choice:
    """The joint plan of a draw, begun from the better of what each does alone and what is planned under the typical figures."""
    known = [union_of(drawn, each), None if together is None else price_choice(drawn, together.ways)]
    start = min((one for one in known if one is not None), key=lambda one: one.objective, default=None)
    return solve_all(drawn, DRAW_SECONDS, start=start)


def _quantile(ordered: list[float], level: float) -> float:
    place = level * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


class _Budget:
    """Time for many problems: most need little of their part, so that one may take several parts of what is left."""

    def __init__(self, seconds: float, count: int, least: float) -> None:
        self.end, self.count, self.least = perf_counter() + seconds, count, least

    def take(self) -> float:
        """Limit of the next problem."""
        each = (self.end - perf_counter()) / max(1, self.count)
        self.count -= 1
        return max(self.least, _MOST_PARTS * each)


def levers_of(pool: Pool, seconds: float) -> tuple[Lever, ...]:
    names = pool.problem.levers
    if not names or seconds <= 0:
        return ()
    budget = _Budget(seconds, 2 ** len(names), _LEAST_SECONDS)

    def cost_of(used: tuple[str, ...]) -> Proven:
        return proven_of(solve_all(pool.problem.without(set(names) - set(used)), budget.take()))

    return share_levers(names, cost_of)


def sharings_of(pool: Pool, together: Choice, seconds: float, seed: int) -> tuple[Sharing, ...]:
    """All methods for up to twelve payers; beyond, proportional shares and sampled Shapley values."""
    payers = tuple(sorted(set(pool.problem.payers)))
    if not payers or seconds <= 0:
        return ()
    begin = perf_counter()
    budget = _Budget(seconds, 2 ** min(len(payers), _EXACT_PAYERS), _LEAST_COALITION_SECONDS)
    open_ones: list[tuple[str, ...]] = []

    def cost_of(members: tuple[str, ...]) -> int:
        choice = together if members == payers else solve_all(pool.problem.only(members), budget.take())
        if choice.objective - choice.bound > _PROVEN_CENTS:
            open_ones.append(members)
        return round(choice.objective)

    def is_over() -> bool:
        return perf_counter() - begin > seconds

    game = CostGame(payers, cost_of)
    if len(payers) <= _EXACT_PAYERS:
        found: tuple[Sharing, ...] = tuple(
            allocate(game) for allocate in (allocate_shapley, allocate_nucleolus, allocate_proportional, allocate_equal_profit)
        )
    else:
        found = sample_shapley(game, pairs=_MOST_PAIRS, seed=seed, is_over=is_over), allocate_proportional(game)
    count = sum(1 for _ in game.known())
    exact = f"{count - len(open_ones)} of {count} coalition costs proven optimal over the candidates"
    return tuple(replace(one, note="; ".join(part for part in (one.note, exact) if part)) for one in found)
