"""Solve the problems of a book for the planner: words for progress, proven costs, and a sign where there is no room."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from landbridge.domain.book import Proven
from landbridge.optimization.book_model import price_choice, solve_book
from landbridge.optimization.book_problem import BookProblem, Choice
from landbridge.solver import Limits, Progress


class NoRoomError(Exception):
    """The rooms of a problem do not hold its shipments."""


def solve_all(problem: BookProblem, seconds: float, *, start: Choice | None = None, tell: Callable[[str], None] | None = None) -> Choice:
    """A choice that carries all shipments of a problem that has one."""

    def hear(progress: Progress) -> bool:
        if tell is not None:
            tell(_progress_text(progress))
        return False

    limits = Limits(seconds=seconds, relative_gap=0.0)
    found = solve_book(problem, limits, start=start, on_progress=hear if tell is not None else None)
    if found is None:
        raise NoRoomError
    return found


def _progress_text(progress: Progress) -> str:
    plan = "none yet" if progress.objective is None else f"{progress.objective:,.0f}"
    gap = "" if progress.gap is None else f", gap {100 * progress.gap:.2f} %"
    return f"{progress.seconds:.1f} s: plan {plan}, bound {progress.bound:,.0f}{gap}"


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
