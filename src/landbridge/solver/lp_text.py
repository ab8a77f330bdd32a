"""A program in the LP format, in a fixed order and form, so that it can be read and compared."""

from __future__ import annotations

import math

from landbridge.solver.program import Program


def render_lp(program: Program) -> str:
    """The program as text in CPLEX LP format; names are kept, so they must be free of spaces."""
    lines = ["Minimize", f" obj: {_sum([(column, cost) for column, cost in enumerate(program.cost) if cost], program)}", "Subject To"]
    for row in range(len(program.row_names)):
        lines += _row_lines(program, row)
    lines += ["Bounds", *(_bound_line(program, column) for column in range(len(program.cost)))]
    integers = [name for name, whole in zip(program.column_names, program.is_integer, strict=True) if whole]
    if integers:
        lines += ["Generals", *(f" {name}" for name in integers)]
    return "\n".join([*lines, "End", ""])


def _row_lines(program: Program, row: int) -> list[str]:
    begin, end = program.starts[row], program.starts[row + 1]
    left = _sum(list(zip(program.index[begin:end], program.value[begin:end], strict=True)), program)
    low, high, name = program.row_lower[row], program.row_upper[row], program.row_names[row]
    if low == high:
        return [f" {name}: {left} = {_number(low)}"]
    lines = []
    if low > -math.inf:
        lines.append(f" {name}{'.low' if high < math.inf else ''}: {left} >= {_number(low)}")
    if high < math.inf:
        lines.append(f" {name}{'.high' if low > -math.inf else ''}: {left} <= {_number(high)}")
    return lines


def _sum(entries: list[tuple[int, float]], program: Program) -> str:
    parts = [f"{'-' if value < 0 else '+'} {_number(abs(value))} {program.column_names[column]}" for column, value in entries]
    return " ".join(parts).removeprefix("+ ") or "0"


def _bound_line(program: Program, column: int) -> str:
    return f" {_number(program.lower[column])} <= {program.column_names[column]} <= {_number(program.upper[column])}"


def _number(value: float) -> str:
    if math.isinf(value):
        return "-inf" if value < 0 else "inf"
    return f"{value:.12g}"
