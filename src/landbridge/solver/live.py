"""A linear program that stays: columns and rows are added, bounds moved, and each solve starts from the last basis."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from landbridge.domain.errors import SolverError
from landbridge.solver.highs import load_program, open_highs, run_highs
from landbridge.solver.program import Limits, Program
from landbridge.solver.solution import Solution
from landbridge.solver.solve import read_solution

if TYPE_CHECKING:
    import numpy as np


class LiveProgram:
    """A linear program under change; not for integer columns.

    Parameters
    ----------
    program
        What it begins as.
    """

    def __init__(self, program: Program, limits: Limits | None = None) -> None:
        self._highs = open_highs(limits or Limits())
        load_program(self._highs, program)
        self.n_columns = len(program.cost)
        self.n_rows = len(program.row_names)

    def solve(self) -> Solution:
        """Solve from where the last solve ended."""
        run_highs(self._highs)
        return read_solution(self._highs, is_mixed=False)

    def solve_arrays(self) -> tuple[float, np.ndarray, np.ndarray]:
        """Solve, and give objective, column values and row prices as arrays; SolverError unless optimal."""
        import numpy as np

        run_highs(self._highs)
        if self._highs.getModelStatus().name != "kOptimal":
            self._highs.clearSolver()  # a basis that went bad is not worth a failure
            run_highs(self._highs)
        if self._highs.getModelStatus().name != "kOptimal":
            raise SolverError(f"a restricted program ended {self._highs.getModelStatus().name}")
        found = self._highs.getSolution()
        return self._highs.getInfo().objective_function_value, np.array(found.col_value), np.array(found.row_dual)

    def add_columns(
        self, cost: Sequence[float], lower: Sequence[float], upper: Sequence[float], entries: Sequence[Sequence[tuple[int, float]]]
    ) -> None:
        """Add columns, each with its (row, value) entries."""
        starts, index, value = _packed(entries)
        self._highs.addCols(len(cost), list(cost), list(lower), list(upper), len(index), starts, index, value)
        self.n_columns += len(cost)

    def add_rows(self, lower: Sequence[float], upper: Sequence[float], entries: Sequence[Sequence[tuple[int, float]]]) -> None:
        """Add rows, each with its (column, value) entries."""
        starts, index, value = _packed(entries)
        self._highs.addRows(len(lower), list(lower), list(upper), len(index), starts, index, value)
        self.n_rows += len(lower)

    def set_row_bounds(self, row: int, lower: float, upper: float) -> None:
        self._highs.changeRowBounds(row, lower, upper)

    def set_column_bounds(self, column: int, lower: float, upper: float) -> None:
        self._highs.changeColBounds(column, lower, upper)

    def set_cost(self, column: int, cost: float) -> None:
        self._highs.changeColCost(column, cost)

    def forget_basis(self) -> None:
        """Start the next solve from nothing, so that it does not depend on what was solved before."""
        self._highs.clearSolver()


def _packed(entries: Sequence[Sequence[tuple[int, float]]]) -> tuple[list[int], list[int], list[float]]:
    starts: list[int] = []
    index: list[int] = []
    value: list[float] = []
    for part in entries:
        starts.append(len(index))
        for where, amount in part:
            if not math.isfinite(amount):
                raise SolverError("an entry of the program is not a finite number")
            index.append(where)
            value.append(amount)
    return starts, index, value
