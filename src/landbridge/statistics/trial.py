"""Whether statements can all be true: some way of each, all bounds at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from landbridge.statistics.linear import Bound, find_point, guess_point
from landbridge.statistics.statement import Statement, Way


class Trial:
    """Holds statements against each other; remembers what it has found out.

    ``books`` narrows each claim to its readings of one country's books, where it has such readings. ``is_exact`` decides in fractions,
    for a few statements; without it in floating point, for many.
    """

    def __init__(self, statements: Sequence[Statement], books: str | None = None, *, is_exact: bool = False) -> None:
        self._is_exact = is_exact
        self.statements = tuple(statements)
        self._ways = tuple(narrow_ways(statement, books) for statement in self.statements)
        self._known: dict[frozenset[int], bool] = {}
        self._hint = [0] * len(self._ways)
        self._point: Mapping[int, Fraction] | Mapping[int, float] = {}

    def can_hold(self, chosen: frozenset[int]) -> bool:
        """Whether the statements of these numbers can all be true."""
        if chosen not in self._known:
            self._known[chosen] = self._try(chosen)
        return self._known[chosen]

    def _try(self, chosen: frozenset[int]) -> bool:
        order = sorted(chosen, key=lambda number: (len(self._ways[number]), number))
        if all(any(_keeps(self._point, way.bounds) for way in self._ways[number]) for number in order):
            return True
        hinted = [bound for number in order if self._ways[number] for bound in self._ways[number][self._hint[number]].bounds]
        if all(self._ways[number] for number in order) and self._meet(hinted):
            return True
        return self._search(order, [])

    def _search(self, order: Sequence[int], bounds: list[Bound]) -> bool:
        """Take the ways of one statement after the other; statements with one way all at once."""
        single = [number for number in order if len(self._ways[number]) == 1]
        rest = [number for number in order if len(self._ways[number]) != 1]
        bounds = bounds + [bound for number in single for bound in self._ways[number][0].bounds]
        if not self._meet(bounds):
            return False
        if not rest:
            return True
        for index, way in enumerate(self._ways[rest[0]]):
            before = self._hint[rest[0]]
            self._hint[rest[0]] = index
            if self._search(rest[1:], [*bounds, *way.bounds]):
                return True
            self._hint[rest[0]] = before
        return False

    def _meet(self, bounds: Sequence[Bound]) -> bool:
        if _keeps(self._point, bounds):
            return True
        point = find_point(bounds) if self._is_exact else guess_point(bounds)
        if point is not None:
            self._point = point
        return point is not None


def narrow_ways(statement: Statement, books: str | None) -> tuple[Way, ...]:
    """Ways of a statement that mean one country's books; all of them if none does or no country is named."""
    if books is None:
        return statement.ways
    return tuple(way for way in statement.ways if way.books <= {books}) or statement.ways


def _keeps(point: Mapping[int, Fraction] | Mapping[int, float], bounds: Sequence[Bound]) -> bool:
    """Whether a point keeps all bounds, to the last digit: a point in floating point that misses by a hair is not taken."""
    exact = {key: Fraction(value) for key, value in point.items()}
    return all(sum((factor * exact[key] for key, factor in bound.factors if key in exact), Fraction(0)) <= bound.limit for bound in bounds)
