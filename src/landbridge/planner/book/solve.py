"""Solve the problems of a book for the planner: how far they are, proven costs, and a sign where there is no room."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from landbridge.domain.book import Proven
from landbridge.domain.headway import Headway, Hear, Stage
from landbridge.optimization.book_model import price_choice, solve_book
from landbridge.optimization.book_problem import BookProblem, Choice, End
from landbridge.optimization.book_search import cheapest_choice, search_book
from landbridge.solver import Limits, Progress

_PATIENCE_SECONDS = 20.0


class NoRoomError(Exception):
    """The rooms of a ``problem`` do not hold its shipments."""

    def __init__(self, problem: BookProblem) -> None:
        super().__init__("the rooms do not hold all shipments")
        self.problem = problem


def solve_all(problem: BookProblem, seconds: float, *, start: Choice | None = None) -> Choice:
    """A choice that carries all shipments of a problem, begun from one that does; NoRoomError if there is none."""
    start = start or cheapest_choice(problem)
    found = solve_book(problem, Limits(seconds=seconds), start=start) or start
    if found is not None and start is not None and start.objective < found.objective:  # a search that ran out of time may lose its start
        found = replace(start, bound=found.bound)
    if found is None:  # the limit may have come before the first plan: nobody is left out for that
        found = solve_book(problem, Limits(seconds=_PATIENCE_SECONDS))
    if found is None:
        raise NoRoomError(problem)
    return _with_bound(problem, found)


def search_all(
    problem: BookProblem, seconds: float, *, seed: int, start: Choice | None = None, tell: Hear | None = None,
    on_interrupt: Callable[[], None] | None = None,
) -> Choice:  # fmt: skip
    """Like ``solve_all``, for large problems too, and telling how it goes; Ctrl-C ends with the best choice so far."""

    def hear(progress: Progress) -> None:
        if tell is not None:
            tell(_headway_at(progress))

    found = search_book(problem, seconds=seconds, seed=seed, start=start, on_progress=hear, on_interrupt=on_interrupt)
    if found is None:
        raise NoRoomError(problem)
    return _with_bound(problem, found)


def _with_bound(problem: BookProblem, choice: Choice) -> Choice:
    """The choice with at least the bound that needs no solver: everybody's cheapest way, no train paid, every rebate in full, and every box
    and vehicle used again at no cost for the wait.
    """
    largest: dict[int, float] = {}
    for way in problem.ways:
        largest[way.shipment] = max(way.teu, largest.get(way.shipment, 0.0))
    least = sum(problem.least_costs.values()) - sum(tier.amount for tier in problem.tiers) * sum(largest.values())
    least -= sum(
        max(0.0, yard.saving) / 2 * (_most_units(problem, yard.freed) + _most_units(problem, yard.needed)) for yard in problem.yards
    )
    return replace(choice, bound=min(choice.objective, max(choice.bound, least)))


def _most_units(problem: BookProblem, ends: Sequence[End]) -> int:
    """Units that any choice sets free or needs at most: a use again, a move or a hire takes one of each, and saves half of it at each."""
    of_way: dict[int, int] = {}
    for end in ends:
        of_way[end.way] = of_way.get(end.way, 0) + end.units
    most: dict[int, int] = {}
    for way, units in of_way.items():
        shipment = problem.ways[way].shipment
        most[shipment] = max(units, most.get(shipment, 0))
    return sum(most.values())


def headway_of(choice: Choice) -> Headway:
    """How good a choice is that nobody improves any more."""
    proven = proven_of(choice)
    return Headway(stage=Stage.PLAN, cost_cents=proven.cost_cents, bound_cents=proven.bound_cents)


def _headway_at(progress: Progress) -> Headway:
    """The progress of a search, which counts in whole units of the currency."""
    return Headway(
        stage=Stage.PLAN, cost_cents=None if progress.objective is None else round(100 * progress.objective),
        bound_cents=round(100 * progress.bound) if math.isfinite(progress.bound) else None, spent_seconds=progress.seconds,
    )  # fmt: skip


def union_of(problem: BookProblem, choices: Sequence[Choice]) -> Choice | None:
    """Each payer's own plan side by side, as a choice of the whole problem: the n-th way of a payer's problem is its n-th way here."""
    numbers: dict[str, list[int]] = {}
    for number, way in enumerate(problem.ways):
        numbers.setdefault(problem.payers[way.shipment], []).append(number)
    chosen: list[int | None] = [None] * len(problem.shipments)
    for payer, choice in zip(sorted(set(problem.payers)), choices, strict=True):
        for shipment, own in enumerate(choice.ways):
            if own is not None:
                chosen[shipment] = numbers[payer][own]
    return price_choice(problem, chosen)


def proven_of(choice: Choice) -> Proven:
    cents = round(choice.objective)
    return Proven(cost_cents=cents, bound_cents=min(cents, math.floor(choice.bound + 0.5)))
