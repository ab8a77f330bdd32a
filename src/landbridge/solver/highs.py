"""Words of HiGHS in ours: loading a program, statuses, limits."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from landbridge.domain.errors import SolverError
from landbridge.solver.program import Limits, Program
from landbridge.solver.solution import Status

if TYPE_CHECKING:
    import highspy

_STATUS_NAMES = {
    "kOptimal": Status.OPTIMAL,
    "kModelEmpty": Status.OPTIMAL,
    "kInfeasible": Status.INFEASIBLE,
    "kUnbounded": Status.UNBOUNDED,
    "kUnboundedOrInfeasible": Status.UNBOUNDED_OR_INFEASIBLE,
    "kObjectiveBound": Status.BOUND_REACHED,
    "kObjectiveTarget": Status.TARGET_REACHED,
    "kTimeLimit": Status.TIME_LIMIT,
    "kIterationLimit": Status.ITERATION_LIMIT,
    "kSolutionLimit": Status.SOLUTION_LIMIT,
    "kMemoryLimit": Status.MEMORY_LIMIT,
    "kInterrupt": Status.INTERRUPTED,
    "kHighsInterrupt": Status.INTERRUPTED,
    "kUnknown": Status.UNKNOWN,
    "kNotset": Status.UNKNOWN,
}
_FAILURES = frozenset({"kLoadError", "kModelError", "kPresolveError", "kSolveError", "kPostsolveError"})


def open_highs(limits: Limits) -> highspy.Highs:
    """A silent HiGHS with these limits; a fixed seed and thread count, so that the same program gives the same answer."""
    highs = _silent_highs()
    options: dict[str, Any] = {
        "threads": limits.threads,
        "random_seed": limits.seed,
        "mip_rel_gap": limits.relative_gap,
        "mip_abs_gap": 1e-6,
    }
    if limits.seconds is not None:
        options["time_limit"] = max(0.0, limits.seconds)
    if limits.max_nodes is not None:
        options["mip_max_nodes"] = limits.max_nodes
    for name, value in options.items():
        highs.setOptionValue(name, value)
    return highs


def _silent_highs() -> highspy.Highs:
    """HiGHS with its output off before its constructor, which otherwise writes a banner on standard output, has said anything."""
    import highspy

    class Silent(highspy.Highs):
        def enableCallbacks(self) -> None:
            self.setOptionValue("output_flag", False)
            super().enableCallbacks()  # type: ignore[no-untyped-call]

    return Silent()  # type: ignore[no-untyped-call]


def load_program(highs: highspy.Highs, program: Program) -> None:
    """Give a program to HiGHS; SolverError if it does not take it."""
    import highspy

    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(program.cost), len(program.row_names)
    model.col_cost_, model.col_lower_, model.col_upper_ = list(program.cost), _bounds(program.lower), _bounds(program.upper)
    model.row_lower_, model.row_upper_ = _bounds(program.row_lower), _bounds(program.row_upper)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = list(program.starts), list(program.index), list(program.value)
    model.offset_ = program.offset
    if program.has_integers:
        kinds = highspy.HighsVarType
        model.integrality_ = [kinds.kInteger if whole else kinds.kContinuous for whole in program.is_integer]
    if highs.passModel(model) == highspy.HighsStatus.kError:
        raise SolverError("HiGHS does not take the program: a number is not finite or a row is malformed")


def run_highs(highs: highspy.Highs) -> None:
    """Solve what was loaded; SolverError if HiGHS does not run at all.

    HiGHS has one scheduler a thread, and does not run where somebody else in the process left it with another number of threads. It is
    then taken down and made anew with ours, so that the answer does not depend on who solved before.
    """
    import highspy

    if _is_run(highs):
        return
    highspy.Highs.resetGlobalScheduler(True)
    if not _is_run(highs):
        raise SolverError("HiGHS did not run: something else in this process uses it with other settings; solve in a process of its own")


def _is_run(highs: highspy.Highs) -> bool:
    import highspy

    return not (highs.run() == highspy.HighsStatus.kError and highs.getModelStatus() == highspy.HighsModelStatus.kNotset)


def status_of(name: str) -> Status:
    """The status of HiGHS with this name in our words; SolverError for a failure and for one that is not in the table."""
    if name in _FAILURES:
        raise SolverError(f"HiGHS failed with {name}; scale the figures of the model or report it")
    try:
        return _STATUS_NAMES[name]
    except KeyError:
        raise SolverError(f"HiGHS ended with {name}, which landbridge does not know") from None


def _bounds(values: tuple[float, ...]) -> list[float]:
    import highspy

    return [math.copysign(highspy.kHighsInf, value) if math.isinf(value) else value for value in values]
