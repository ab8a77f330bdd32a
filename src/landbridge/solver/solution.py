"""What comes back from the solver."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Status(Enum):
    """How a solve ended. Every status of HiGHS is mapped; an unmapped one raises."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    UNBOUNDED = "unbounded"
    UNBOUNDED_OR_INFEASIBLE = "unbounded or infeasible"
    TIME_LIMIT = "time limit"
    ITERATION_LIMIT = "iteration limit"
    SOLUTION_LIMIT = "solution limit"
    MEMORY_LIMIT = "memory limit"
    BOUND_REACHED = "bound reached"
    TARGET_REACHED = "target reached"
    INTERRUPTED = "interrupted"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One line of a running solve: the best plan so far (None: none yet), what is proven, and the seconds since the start."""

    objective: float | None
    bound: float
    seconds: float

    @property
    def gap(self) -> float | None:
        """(objective - bound) / objective, a fraction; None without a plan."""
        if self.objective is None:
            return None
        return max(0.0, self.objective - self.bound) / abs(self.objective) if self.objective else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """The best point found, and what is proven about it.

    Attributes
    ----------
    objective
        Value of ``values``; None where no feasible point is known.
    bound
        No point is better than this; minus infinity where nothing is proven.
    values
        One number a column, in the order of the program; empty without a point.
    prices
        Dual of each row, for a linear program solved to the end; else empty. For a minimum, the change of the objective for one more unit
        of the row's active side.
    reduced_costs
        One number a column, likewise.
    """

    status: Status
    objective: float | None
    bound: float
    values: tuple[float, ...] = ()
    prices: tuple[float, ...] = ()
    reduced_costs: tuple[float, ...] = ()

    @property
    def is_optimal(self) -> bool:
        return self.status is Status.OPTIMAL

    @property
    def has_point(self) -> bool:
        return self.objective is not None
