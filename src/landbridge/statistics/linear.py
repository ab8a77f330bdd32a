"""Linear inequalities over quantities that are never negative, decided exactly: rational numbers, no tolerance.

Statements about trade give systems of some dozens of inequalities. Whether they contradict each other must not hang on a rounding, so
this is the textbook simplex method in fractions, with Bland's rule, which cannot cycle. The same method in floating point is some twenty
times faster: it looks for conflicts, the exact one confirms each that is told.

References
----------
Chvátal, V. (1983). Linear Programming. Freeman, ch. 2-3 (dictionaries, two phases).
Bland, R. G. (1977). New finite pivoting rules for the simplex method. Mathematics of Operations Research 2(2), 103-107.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

Number = TypeVar("Number", float, Fraction)

_SCALE = 1e6
_SLACK = 1e-9

Sum = Mapping[int, Fraction]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """``sum of factors times quantities <= limit``; quantities are numbered."""

    factors: tuple[tuple[int, Fraction], ...]
    limit: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """Whether quantities exist that keep all bounds; the greatest value of the sum asked for, None if it has no bound; one such point."""

    is_feasible: bool
    value: Fraction | None = None
    point: Mapping[int, Fraction] | None = None


def at_most(factors: Mapping[int, Fraction], limit: Fraction) -> Bound:
    return Bound(factors=tuple(sorted((key, value) for key, value in factors.items() if value)), limit=limit)


def at_least(factors: Mapping[int, Fraction], limit: Fraction) -> Bound:
    return at_most({key: -value for key, value in factors.items()}, -limit)


def find_point(bounds: Iterable[Bound]) -> Mapping[int, Fraction] | None:
    """Find quantities that keep all bounds; None if there are none."""
    solution = maximise({}, bounds)
    return solution.point if solution.is_feasible else None


def guess_point(bounds: Iterable[Bound]) -> Mapping[int, float] | None:
    """Find quantities that keep all bounds to about nine digits, in floating point; None if there seem to be none."""
    rows = [({key: float(value) for key, value in bound.factors}, float(bound.limit) / _SCALE) for bound in bounds]
    book: _Dictionary[float] = _Dictionary(rows, {}, zero=0.0, one=1.0, slack=_SLACK)
    return {key: value * _SCALE for key, value in book.read_point().items()} if book.make_feasible() else None


def guess_maximum(goal: Sum, bounds: Iterable[Bound]) -> Solution:
    """The same as :func:`maximise` to about nine digits, in floating point; without the point."""
    rows = [({key: float(value) for key, value in bound.factors}, float(bound.limit) / _SCALE) for bound in bounds]
    asked = {key: float(value) for key, value in goal.items()}
    book: _Dictionary[float] = _Dictionary(rows, asked, zero=0.0, one=1.0, slack=_SLACK)
    if not book.make_feasible():
        return Solution(is_feasible=False)
    return Solution(is_feasible=True, value=Fraction(book.goal_value * _SCALE) if book.improve() else None)


def maximise(goal: Sum, bounds: Iterable[Bound]) -> Solution:
    """Find the greatest value that a sum of quantities can take under all bounds."""
    rows = [(dict(bound.factors), bound.limit) for bound in bounds]
    book: _Dictionary[Fraction] = _Dictionary(rows, goal, zero=Fraction(0), one=Fraction(1), slack=Fraction(0))
    if not book.make_feasible():
        return Solution(is_feasible=False)
    is_bounded = book.improve()
    return Solution(is_feasible=True, value=book.goal_value if is_bounded else None, point=book.read_point())


class _Dictionary(Generic[Number]):
    """Basic variables as sums of the others. The slack of bound *i* is variable ``-1 - i``; the helper of phase one comes before all."""

    HELPER = -(10**9)

    def __init__(
        self, rows: Sequence[tuple[dict[int, Number], Number]], goal: Mapping[int, Number], *, zero: Number, one: Number, slack: Number
    ) -> None:
        self.zero: Number = zero
        self.one: Number = one
        self.slack: Number = slack
        self.goal_sum: dict[int, Number] = {key: value for key, value in goal.items() if value}
        self.goal_value: Number = zero
        self.rows: dict[int, dict[int, Number]] = {}
        self.constants: dict[int, Number] = {}
        for number, (factors, limit) in enumerate(rows):
            self.rows[-1 - number] = {key: -value for key, value in factors.items()}
            self.constants[-1 - number] = limit

    def make_feasible(self) -> bool:
        """Phase one: drive the helper, which loosens every bound, back to nothing."""
        if not self.constants or min(self.constants.values()) >= -self.slack:
            return True
        asked, value = self.goal_sum, self.goal_value
        for row in self.rows.values():
            row[self.HELPER] = self.one
        self.goal_sum, self.goal_value = {self.HELPER: -self.one}, self.zero
        worst = min(self.constants, key=lambda key: (self.constants[key], key))
        self._pivot(worst, self.HELPER)
        self.improve()
        if self.goal_value < -self.slack:
            return False
        self._drop_helper()
        self.goal_sum, self.goal_value = {}, value
        for key, factor in asked.items():
            self._add_to_goal(key, factor)
        return True

    def improve(self) -> bool:
        """Pivot until nothing raises the goal; False if it rises without end."""
        while True:
            entering = min((key for key, factor in self.goal_sum.items() if factor > self.slack), default=None)
            if entering is None:
                return True
            leaving = self._find_leaving(entering)
            if leaving is None:
                return False
            self._pivot(leaving, entering)

    def read_point(self) -> dict[int, Number]:
        return {key: value for key, value in self.constants.items() if key >= 0}

    def _find_leaving(self, entering: int) -> int | None:
        best: tuple[Number, int] | None = None
        for key, row in self.rows.items():
            factor = row.get(entering)
            if factor is not None and factor < -self.slack:
                step = (self.constants[key] / -factor, key)
                best = step if best is None or step < best else best
        return None if best is None else best[1]

    def _pivot(self, leaving: int, entering: int) -> None:
        row, constant = self.rows.pop(leaving), self.constants.pop(leaving)
        factor = row.pop(entering)
        fresh = {key: value / -factor for key, value in row.items()}
        fresh[leaving] = self.one / factor
        rest = constant / -factor
        for key, other in self.rows.items():
            share = other.pop(entering, None)
            if share is not None:
                _add(other, fresh, share, self.slack)
                self.constants[key] += share * rest
        share = self.goal_sum.pop(entering, None)
        if share is not None:
            _add(self.goal_sum, fresh, share, self.slack)
            self.goal_value += share * rest
        self.rows[entering], self.constants[entering] = fresh, rest

    def _drop_helper(self) -> None:
        if self.HELPER in self.rows:
            row = self.rows[self.HELPER]
            if row:
                self._pivot(self.HELPER, min(row))
            else:
                del self.rows[self.HELPER], self.constants[self.HELPER]
        for row in self.rows.values():
            row.pop(self.HELPER, None)

    def _add_to_goal(self, key: int, factor: Number) -> None:
        if key in self.rows:
            _add(self.goal_sum, self.rows[key], factor, self.slack)
            self.goal_value += factor * self.constants[key]
        else:
            _add(self.goal_sum, {key: self.one}, factor, self.slack)


def _add(target: dict[int, Number], addend: Mapping[int, Number], factor: Number, slack: Number) -> None:
    for key, value in addend.items():
        total = target[key] + factor * value if key in target else factor * value
        if abs(total) > slack / 1000:
            target[key] = total
        else:
            target.pop(key, None)
