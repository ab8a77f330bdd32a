"""Solve one program from beginning to end."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from landbridge.solver.highs import load_program, open_highs, run_highs, status_of
from landbridge.solver.program import Limits, Program
from landbridge.solver.solution import Progress, Solution, Status

if TYPE_CHECKING:
    import highspy

_TORN = 1e-5
_NO_POINT = 1e29
"""HiGHS says 'no bound' and 'no objective' by infinities and by numbers beyond this."""


def solve_program(
    program: Program,
    limits: Limits | None = None,
    *,
    start: Sequence[float] | None = None,
    on_progress: Callable[[Progress], bool] | None = None,
    on_point: Callable[[Sequence[float]], None] | None = None,
) -> Solution:
    """Minimize a program.

    Parameters
    ----------
    program
        Columns and rows; with integer columns it is solved by branch and bound.
    limits
        When to stop; None: when the optimum is proven.
    start
        A feasible point to begin from, one number a column; only used with integer columns.
    on_progress
        Hears of plan, bound and seconds while a mixed-integer program runs; True from it ends the solve.
    on_point
        Hears of each better point of a mixed-integer program while it runs, one number a column.

    Returns
    -------
    Solution
        Best point and proven bound. Infeasible, unbounded and stopped are statuses, not errors.

    Raises
    ------
    SolverError
        If HiGHS itself fails.
    """
    highs = open_highs(limits or Limits())
    load_program(highs, program)
    if start is not None and program.has_integers:
        _give_start(highs, start)
    if on_progress is not None and program.has_integers:
        _listen(highs, on_progress)
    if on_point is not None and program.has_integers:
        highs.cbMipImprovingSolution += lambda event: on_point(list(event.data_out.mip_solution))
    try:
        run_highs(highs)
        found = read_solution(highs, is_mixed=program.has_integers)
    finally:
        highs.clear()
    if start is not None and _is_torn(program, found):
        return solve_program(program, limits, on_progress=on_progress, on_point=on_point)
    return found


def _is_torn(program: Program, found: Solution) -> bool:
    """Whether values and objective do not belong together.

    HiGHS 1.16.0 does that at times with a start that presolve solves away: the objective of the optimum beside the values of the start.
    """
    if found.objective is None:
        return False
    value = program.offset + sum(cost * one for cost, one in zip(program.cost, found.values, strict=True))
    return abs(value - found.objective) > _TORN * (1 + abs(value))


def read_solution(highs: highspy.Highs, *, is_mixed: bool) -> Solution:
    """The state of HiGHS after a run, in our words."""
    status = status_of(highs.getModelStatus().name)
    info, found = highs.getInfo(), highs.getSolution()
    has_point = found.value_valid and info.primal_solution_status == 2 and status is not Status.UNBOUNDED
    is_empty = highs.getNumCol() == 0 and status is Status.OPTIMAL
    objective = info.objective_function_value if has_point or is_empty else None
    bound = info.mip_dual_bound if is_mixed and status is not Status.INFEASIBLE else _linear_bound(status, objective)
    prices = found.dual_valid and not is_mixed and status is Status.OPTIMAL
    return Solution(
        status=status,
        objective=objective,
        bound=bound if abs(bound) < _NO_POINT else math.copysign(math.inf, bound),
        values=tuple(found.col_value) if has_point else (),
        prices=tuple(found.row_dual) if prices else (),
        reduced_costs=tuple(found.col_dual) if prices else (),
    )


def _linear_bound(status: Status, objective: float | None) -> float:
    if status is Status.OPTIMAL and objective is not None:
        return objective
    return math.inf if status is Status.INFEASIBLE else -math.inf


def _give_start(highs: highspy.Highs, start: Sequence[float]) -> None:
    import highspy

    point = highspy.HighsSolution()
    point.col_value = list(start)
    highs.setSolution(point)


def _listen(highs: highspy.Highs, on_progress: Callable[[Progress], bool]) -> None:
    def hear(event: Any) -> None:  # noqa: ANN401  # the class of the event is not public in highspy
        out = event.data_out
        objective = out.mip_primal_bound if abs(out.mip_primal_bound) < _NO_POINT else None
        if on_progress(Progress(objective=objective, bound=out.mip_dual_bound, seconds=out.running_time)):
            event.data_in.user_interrupt = True

    highs.cbMipInterrupt += hear
