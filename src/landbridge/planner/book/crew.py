"""The parts of what a joint plan is worth that can be worked out apart: costs of coalitions, and of draws of the uncertain figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, islice

from landbridge.optimization.book_model import price_choice
from landbridge.optimization.book_pool import Pool, draw_problem
from landbridge.optimization.book_problem import BookProblem, Choice
from landbridge.optimization.growth import ceiling_cost
from landbridge.planner.book.solve import solve_all, union_of
from landbridge.planner.sweep import Crew, Sweep, run_sweep
from landbridge.sharing.shapley import draw_orders

DRAW_SECONDS = 5.0
PROVEN_CENTS = 1.0
_PAIRS_AT_ONCE = 8
"""Pairs of orders whose coalitions are asked for together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coalition:
    """Payers that plan together without the others, and the time for it."""

    members: tuple[str, ...]
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CoalitionCost:
    """What a coalition pays in whole cents, and whether no less is possible over the candidates."""

    cents: int
    is_proven: bool


def cost_coalition(problem: BookProblem, part: Coalition) -> CoalitionCost:
    """What some payers would pay together."""
    choice = solve_all(problem.only(part.members), part.seconds)
    return CoalitionCost(cents=round(choice.objective), is_proven=choice.objective - choice.bound <= PROVEN_CENTS)


def list_coalitions(payers: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Every coalition but that of nobody and that of all, members in the order of the payers."""
    return [members for size in range(1, len(payers)) for members in combinations(payers, size)]


def cost_coalitions(
    problem: BookProblem, coalitions: Iterable[tuple[str, ...]], seconds: float, crew: Crew
) -> dict[tuple[str, ...], CoalitionCost]:
    """What each of many coalitions would pay, each with so much time; the same whoever works, where it is proven."""
    parts = [Coalition(members=one, seconds=seconds) for one in coalitions]
    sweep = Sweep(name="coalitions", digest="", work=cost_coalition, form=CoalitionCost, shared=problem)
    return dict(zip((one.members for one in parts), run_sweep(sweep, parts, crew), strict=True))


def cost_sampled(
    problem: BookProblem, payers: tuple[str, ...], seconds: float, crew: Crew, *, seed: int, pairs: int, is_over: Callable[[], bool]
) -> tuple[int, dict[tuple[str, ...], CoalitionCost]]:
    """Coalitions of sampled orders of joining, eight pairs of orders at a time until the time is over, and how many pairs there were."""
    known: dict[tuple[str, ...], CoalitionCost] = {}
    orders = draw_orders(len(payers), seed)
    count = 0
    while count < pairs and not (count and is_over()):
        chosen = list(islice(orders, min(_PAIRS_AT_ONCE, pairs - count)))
        wanted = {one for order in chosen for one in _list_joined(payers, order)}
        known |= cost_coalitions(problem, sorted(wanted - known.keys()), seconds, crew)
        count += len(chosen)
    return count, known


def _list_joined(payers: tuple[str, ...], order: tuple[int, ...]) -> Iterator[tuple[str, ...]]:
    """Those who have joined after each step of an order and of its reverse, without nobody and all."""
    for way in (order, order[::-1]):
        for size in range(1, len(payers)):
            joined = set(way[:size])
            yield tuple(payer for index, payer in enumerate(payers) if index in joined)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookDraws:
    """What all draws share: the ways with their uncertain figures, a plan to begin from, and whether the joint plan or what no volume could
    do better is asked for.
    """

    pool: Pool
    together: Choice | None
    has_ceiling: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawPart:
    """One draw of all uncertain figures, told by its number."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnCosts:
    """What payers pay alone, all of them, and what they pay together (or at least, however great the volume)."""

    base: float
    joint: float


def cost_draw(book: BookDraws, part: DrawPart) -> DrawnCosts:
    """Costs under one draw, the same figures for all payers and for all together."""
    drawn = draw_problem(book.pool, part.number)
    each = [solve_all(drawn.only([payer]), DRAW_SECONDS) for payer in sorted(set(book.pool.problem.payers))]
    joint = ceiling_cost(drawn) if book.has_ceiling else _joint_of(drawn, each, book.together).objective
    return DrawnCosts(base=sum(one.objective for one in each), joint=joint)


def _joint_of(drawn: BookProblem, each: list[Choice], together: Choice | None) -> Choice:
    """The joint plan of a draw, begun from the better of what each does alone and what is planned under the typical figures."""
    known = [union_of(drawn, each), None if together is None else price_choice(drawn, together.ways)]
    start = min((one for one in known if one is not None), key=lambda one: one.objective, default=None)
    return solve_all(drawn, DRAW_SECONDS, start=start)


def cost_draws(book: BookDraws, numbers: Iterable[int], crew: Crew) -> list[DrawnCosts]:
    """Costs under each draw."""
    sweep = Sweep(name="draws", digest="", work=cost_draw, form=DrawnCosts, shared=book)
    return run_sweep(sweep, [DrawPart(number=number) for number in numbers], crew)
