"""What a book would cost if shipments of many units could be divided over ways: a bound, and who would gain by it.

The program of the joint plan with whole units of a shipment on each way in place of whole shipments. What a way costs is taken in
proportion to its units, though papers and fees of a consignment are due for each part: so no plan with divided shipments costs less over
the same ways.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from landbridge.optimization.book_model import make_book_program
from landbridge.optimization.book_problem import BookProblem
from landbridge.solver import Limits, Program, solve_program

_CENTS = 100.0
"""Programs are written in whole currency units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DividedChoice:
    """Units of each shipment by the ways that they go, of those that are divided; ``objective`` and ``bound`` in cents."""

    objective: float
    bound: float
    parts: tuple[tuple[int, tuple[int, ...]], ...]
    """Numbers of shipments, each with the units of its parts, the greatest first."""


def divide_book(problem: BookProblem, units: Sequence[int], seconds: float) -> DividedChoice | None:
    """Choose for the units of each shipment so that all together cost least.

    Parameters
    ----------
    problem
        The joint problem; part loads that may share units stay whole.
    units
        Of each shipment.
    seconds
        Time for it.

    Returns
    -------
    DividedChoice | None
        None if the time was too short for a choice.
    """
    stowed = {way.shipment for way in problem.ways if way.holds is not None or way.inside is not None}
    counts = [1 if way.shipment in stowed else units[way.shipment] for way in problem.ways]
    found = solve_program(_divide(make_book_program(problem), counts), Limits(seconds=seconds))
    if not found.has_point:
        return None
    parts: dict[int, list[int]] = {}
    for way, count, value in zip(problem.ways, counts, found.values, strict=False):  # columns of ways come first
        if count > 1 and round(value) > 0:
            parts.setdefault(way.shipment, []).append(round(value))
    assert found.objective is not None
    return DividedChoice(
        objective=_CENTS * found.objective, bound=_CENTS * min(found.bound, found.objective),
        parts=tuple((one, tuple(sorted(rows, reverse=True))) for one, rows in sorted(parts.items()) if len(rows) > 1),
    )  # fmt: skip


def _divide(program: Program, counts: Sequence[int]) -> Program:
    """The program with columns of ways that count units; rows ``joining``, which hold for whole shipments only, bind no longer."""
    scale = [1.0 / count for count in counts] + [1.0] * (len(program.cost) - len(counts))
    return replace(
        program,
        cost=tuple(cost * by for cost, by in zip(program.cost, scale, strict=True)),
        upper=tuple(upper * count for upper, count in zip(program.upper, counts, strict=False)) + program.upper[len(counts) :],
        value=tuple(value * scale[column] for value, column in zip(program.value, program.index, strict=True)),
        row_upper=tuple(
            math.inf if name.startswith("joining(") else upper for name, upper in zip(program.row_names, program.row_upper, strict=True)
        ),
    )
