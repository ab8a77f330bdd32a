"""A linear or mixed-integer program to be minimized, and its maker."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

INFINITY = math.inf


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """When to stop. ``relative_gap`` is (objective - bound) / objective; ``seconds`` None: no limit."""

    seconds: float | None = None
    relative_gap: float = 0.0
    threads: int = 1
    seed: int = 0
    max_nodes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Minimize ``cost . x`` with rows and bounds.

    Rows are stored by row: row *r* has the entries ``starts[r]`` to ``starts[r + 1]`` of ``index`` (columns) and ``value``.
    Names are those of docs/math.md: ``family(what,which)``.
    """

    cost: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    is_integer: tuple[bool, ...]
    column_names: tuple[str, ...]
    row_lower: tuple[float, ...]
    row_upper: tuple[float, ...]
    row_names: tuple[str, ...]
    starts: tuple[int, ...]
    index: tuple[int, ...]
    value: tuple[float, ...]
    offset: float = 0.0

    @property
    def has_integers(self) -> bool:
        return any(self.is_integer)


@dataclass(slots=True)
class ProgramMaker:
    """Collects columns and rows; ``make`` gives the finished program."""

    cost: list[float] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    is_integer: list[bool] = field(default_factory=list)
    column_names: list[str] = field(default_factory=list)
    row_lower: list[float] = field(default_factory=list)
    row_upper: list[float] = field(default_factory=list)
    row_names: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    index: list[int] = field(default_factory=list)
    value: list[float] = field(default_factory=list)

    def add_column(self, name: str, cost: float = 0.0, lower: float = 0.0, upper: float = INFINITY, *, is_integer: bool = False) -> int:
        """Add one column and give its index."""
        self.cost.append(float(cost))
        self.lower.append(float(lower))
        self.upper.append(float(upper))
        self.is_integer.append(is_integer)
        self.column_names.append(name)
        return len(self.cost) - 1

    def add_row(
        self, name: str, entries: Mapping[int, float] | Iterable[tuple[int, float]], lower: float = -INFINITY, upper: float = INFINITY
    ) -> int:
        """Add the row ``lower <= sum of value * column <= upper`` and give its index; a column named twice counts twice."""
        summed: dict[int, float] = {}
        for column, value in entries.items() if isinstance(entries, Mapping) else entries:
            summed[column] = summed.get(column, 0.0) + value
        self.index.extend(summed)
        self.value.extend(summed.values())
        self.starts.append(len(self.index))
        self.row_lower.append(float(lower))
        self.row_upper.append(float(upper))
        self.row_names.append(name)
        return len(self.row_names) - 1

    def make(self) -> Program:
        """The program; ValueError if an entry names a column that is not there, a bound is crossed or a number is none."""
        width = len(self.cost)
        if not all(map(math.isfinite, (*self.cost, *self.value))):
            raise ValueError("a cost or an entry of the program is not a finite number")
        if any(not 0 <= column < width for column in self.index):
            raise ValueError(f"a row names a column outside 0 to {width - 1}")
        if any(low > high for low, high in (*zip(self.lower, self.upper, strict=True), *zip(self.row_lower, self.row_upper, strict=True))):
            raise ValueError("a lower bound lies above its upper bound")
        return Program(
            cost=tuple(self.cost), lower=tuple(self.lower), upper=tuple(self.upper), is_integer=tuple(self.is_integer),
            column_names=tuple(self.column_names), row_lower=tuple(self.row_lower), row_upper=tuple(self.row_upper),
            row_names=tuple(self.row_names), starts=tuple(self.starts), index=tuple(self.index), value=tuple(self.value),
        )  # fmt: skip
