"""What a joint plan is worth: the saving under uncertain figures, what each lever brings, who bears what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

from landbridge.domain.book import Divided, Lever, Proven, Spread
from landbridge.domain.flow_book import quantile_of
from landbridge.domain.settlement import Sharing
from landbridge.optimization.book_divided import DividedChoice, divide_book
from landbridge.optimization.book_model import price_choice
from landbridge.optimization.book_pool import Pool
from landbridge.optimization.book_problem import Choice
from landbridge.optimization.levers import share_levers
from landbridge.planner.book.crew import (
    PROVEN_CENTS,
    BookDraws,
    Coalition,
    CoalitionCost,
    cost_coalition,
    cost_coalitions,
    cost_draws,
    cost_sampled,
    list_coalitions,
)
from landbridge.planner.book.solve import proven_of, solve_all
from landbridge.planner.sweep import Crew
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
_MOST_PAIRS = 100_000
_LEAST_GAIN_CENTS = 100.0
_MOST_PARTS = 8.0
"""Parts of the time left that one problem may take."""


def spread_of(
    pool: Pool, draws: int, seed: int, together: Choice | None = None, *, with_ceiling: bool = False, crew: Crew | None = None
) -> Spread | None:
    """The saving under draws of the uncertain figures, the same for all payers and for all together.

    ``together``: a plan to begin from. ``with_ceiling``: of what no volume could save more than, instead of the saving.
    """
    if not pool.problem.ways or draws < 1:
        return None
    book = BookDraws(pool=pool, together=together, has_ceiling=with_ceiling)
    found = cost_draws(book, _list_seeds(draws, seed), crew or Crew())
    return _spread([(one.base, one.joint) for one in found])


def spread_between(costs_of: Callable[[int], tuple[float, float]], draws: int, seed: int) -> Spread:
    """The saving of the second cost against the first over draws, each told by its number."""
    return _spread([costs_of(number) for number in _list_seeds(draws, seed)])


def _list_seeds(draws: int, seed: int) -> range:
    return range(seed * 1_000_003, seed * 1_000_003 + draws)


def _spread(costs: list[tuple[float, float]]) -> Spread:
    savings = sorted(100 * (1 - joint / base) if base else 0.0 for base, joint in costs)
    p10, p50, p90 = (quantile_of(savings, level) for level in (0.1, 0.5, 0.9))
    return Spread(p10_percent=p10, p50_percent=p50, p90_percent=p90, units=len(savings))


class _Budget:
    """Time for many problems: most need little of their part, so that one may take several parts of what is left."""

    def __init__(self, seconds: float, count: int, least: float) -> None:
        self.end, self.count, self.least = perf_counter() + seconds, count, least

    @property
    def is_over(self) -> bool:
        return perf_counter() > self.end

    def take(self) -> float:
        """Limit of the next problem."""
        each = (self.end - perf_counter()) / max(1, self.count)
        self.count -= 1
        return max(self.least, _MOST_PARTS * each)


def levers_of(pool: Pool, seconds: float, together: Choice | None = None) -> tuple[Lever, ...]:
    """What each lever brings; ``together``: a plan to begin from where all are there."""
    problem = pool.problem
    names = problem.levers
    if not names or seconds <= 0:
        return ()
    budget = _Budget(seconds, 2 ** len(names), _LEAST_SECONDS)
    best = None if together is None else price_choice(problem, together.ways)
    is_monotone = problem.needs_no_lever()

    def cost_of(used: tuple[str, ...]) -> Proven | None:
        if is_monotone and budget.is_over and used and used != names:
            return None
        start = best if used == names else None
        return proven_of(solve_all(problem.without(set(names) - set(used)), budget.take(), start=start))

    return share_levers(names, cost_of, is_monotone=is_monotone)


def divided_of(pool: Pool, whole: Choice, seconds: float) -> Divided | None:
    """What all together and each alone would pay if shipments could be divided over ways; None where that brings nothing beside the
    ``whole`` plan, or the time was short. ``seconds`` bound all of it.
    """
    problem, end = pool.problem, perf_counter() + seconds
    known = {origin.candidate.shipment.shipment_id: origin.candidate.shipment.units for origin in pool.origins}
    units = [known.get(name, 1) for name in problem.shipments]
    together = divide_book(problem, units, seconds)
    if together is None or not together.parts or whole.objective - together.objective < _LEAST_GAIN_CENTS:
        return None
    each = list[DividedChoice]()
    payers = sorted(set(problem.payers))
    for payer in payers:
        left = end - perf_counter()
        one = divide_book(problem.only([payer]), units, left) if left > 0 else None
        if one is None:
            break
        each.append(one)
    return Divided(
        together=_proven(together.objective, together.bound),
        alone=_proven(sum(one.objective for one in each), sum(one.bound for one in each)) if len(each) == len(payers) else None,
        part_units=tuple((problem.shipments[number], parts) for number, parts in together.parts),
    )


def _proven(cost: float, bound: float) -> Proven:
    return Proven(cost_cents=round(cost), bound_cents=min(round(cost), round(bound)))


def sharings_of(
    pool: Pool, together: Choice, seconds: float, seed: int, crew: Crew | None = None, *, slack_cents: float = 0.0
) -> tuple[Sharing, ...]:
    """All methods for up to twelve payers; beyond, proportional shares and sampled Shapley values.

    ``slack_cents``: what the costs of coalitions may differ from the prices of the units that they share.
    """
    payers = tuple(sorted(set(pool.problem.payers)))
    if not payers or seconds <= 0:
        return ()
    begin = perf_counter()
    budget = _Budget(seconds, 2 ** min(len(payers), _EXACT_PAYERS), _LEAST_COALITION_SECONDS)

    def is_over() -> bool:
        return perf_counter() - begin > seconds

    known: dict[tuple[str, ...], CoalitionCost] = {payers: _cost_joint(together, slack_cents)}
    pairs = _MOST_PAIRS
    if crew is not None and not crew.is_alone:
        each, is_exact = budget.take(), len(payers) <= _EXACT_PAYERS
        if is_exact:
            known |= cost_coalitions(pool.problem, list_coalitions(payers), each, crew)
        else:
            pairs, found_costs = cost_sampled(pool.problem, payers, each, crew, seed=seed, pairs=_MOST_PAIRS, is_over=is_over)
            known |= found_costs

    def cost_of(members: tuple[str, ...]) -> int:
        if members not in known:
            known[members] = cost_coalition(pool.problem, Coalition(members=members, seconds=budget.take()))
        return known[members].cents

    game = CostGame(payers, cost_of)
    if len(payers) <= _EXACT_PAYERS:
        found: tuple[Sharing, ...] = tuple(
            allocate(game) for allocate in (allocate_shapley, allocate_nucleolus, allocate_proportional, allocate_equal_profit)
        )
    else:
        ended = is_over if pairs == _MOST_PAIRS else None
        found = sample_shapley(game, pairs=pairs, seed=seed, is_over=ended), allocate_proportional(game)
    asked = [known[game.members(mask)] for mask, _ in game.known() if game.members(mask) in known]
    exact = f"{sum(one.is_proven for one in asked)} of {len(asked)} coalition costs proven optimal over the candidates"
    exact += f", to {2 * slack_cents / 100:.2f} for the prices of shared units" if slack_cents else ""
    return tuple(replace(one, note="; ".join(part for part in (one.note, exact) if part)) for one in found)


def _cost_joint(together: Choice, slack_cents: float) -> CoalitionCost:
    """The joint plan's cost; its price may lie so far above the program's line for it, and its bound is lower by as much."""
    gap = together.objective - together.bound
    return CoalitionCost(cents=round(together.objective), is_proven=gap <= PROVEN_CENTS + 2 * slack_cents)
