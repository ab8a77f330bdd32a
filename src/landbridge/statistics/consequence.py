"""What follows for one year over the year before if claims are true: exact bounds, no probability."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from landbridge.domain.trade_answer import Conflict, Consequence
from landbridge.statistics.figure import Series, Timeline
from landbridge.statistics.linear import Bound, Solution, Sum, guess_maximum, maximise
from landbridge.statistics.statement import Statement, Way

_NOTHING = Fraction(1, 10)
"""A tenth of a unit of money is no difference, where the search is in floating point."""


def bound_changes(statements: Sequence[Statement], timeline: Timeline, conflicts: Sequence[Conflict]) -> tuple[Consequence, ...]:
    """Bound a year over the year before, of which something is reported, by records and readings of one or two claims.

    Parameters
    ----------
    statements
        From ``list_statements``; records always hold.
    timeline
        The quantities.
    conflicts
        Claims that are in one together are not taken together.

    Returns
    -------
    tuple
        One row for each set of one or two readings under which a year must lie below the year before; the least bound first.
    """
    records = [bound for one in statements if one.kind in ("record", "part") for way in one.ways for bound in way.bounds]
    readings = [(one, way) for one in statements if one.kind == "claim" for way in one.ways if len(way.books) == 1]
    apart = [set(conflict.statements) for conflict in conflicts]
    found: list[Consequence] = []
    for series in timeline.list_series():
        for year in _list_years(timeline, series):
            if not _is_reported(timeline, series, year - 1, records):
                continue
            ours = [(one, way) for one, way in readings if way.books == {series[0]} and _speaks_of(timeline, series, None, way)]
            near = [way for _, way in ours if _speaks_of(timeline, series, year, way)]
            for taken in _choose(ours):
                if not any(way in near for _, way in taken):
                    continue
                if not any(names <= {one.name for one, _ in taken} for names in apart):
                    found += _bound(series, year, timeline, records, taken)
    return _keep_sharpest(found)


def _is_reported(timeline: Timeline, series: Series, year: int, records: Sequence[Bound]) -> bool:
    """Whether records alone say that a year was more than nothing."""
    goal = dict.fromkeys(timeline.list_quantities(series, date(year, 1, 1), date(year, 12, 31)), Fraction(-1))
    return (guess_maximum(goal, records).value or 0) < -_NOTHING


def _choose(readings: Sequence[tuple[Statement, Way]]) -> list[tuple[tuple[Statement, Way], ...]]:
    pairs = [(first, second) for first in readings for second in readings if first[0].name < second[0].name]
    return [*((one,) for one in readings), *pairs]


def _bound(
    series: Series, year: int, timeline: Timeline, records: list[Bound], taken: tuple[tuple[Statement, Way], ...]
) -> list[Consequence]:
    bounds = [*records, *(bound for _, way in taken for bound in way.bounds)]
    this = timeline.list_quantities(series, date(year, 1, 1), date(year, 12, 31))
    before = timeline.list_quantities(series, date(year - 1, 1, 1), date(year - 1, 12, 31))
    factor = _find_most(this, before, bounds)
    if factor is None or factor >= 1:
        return []
    names = tuple(f"{one.name} ({way.reading})" for one, way in taken)
    return [
        Consequence(
            reporter=series[0], partner=series[1], flow=series[2], from_on=date(year, 1, 1), to_on=date(year, 12, 31),
            factor=Decimal(factor.numerator) / Decimal(factor.denominator) if factor else Decimal(0), statements=names,
        )
    ]  # fmt: skip


def _find_most(this: Sequence[int], before: Sequence[int], bounds: Sequence[Bound]) -> Fraction | None:
    """The least factor that the ratio cannot exceed, rounded up to a thousandth, confirmed exactly; None if nothing bounds it below one."""

    def exceeds(factor: Fraction, solve: Callable[[Sum, Sequence[Bound]], Solution]) -> bool:
        solution = solve(dict.fromkeys(this, Fraction(1)) | dict.fromkeys(before, -factor), bounds)
        return not solution.is_feasible or solution.value is None or solution.value > (0 if solve is maximise else _NOTHING)

    if exceeds(Fraction(1), guess_maximum):
        return None
    low, high = 0, 1000
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if exceeds(Fraction(middle, 1000), guess_maximum) else (low, middle)
    return None if exceeds(Fraction(high, 1000), maximise) else Fraction(high, 1000)


def _speaks_of(timeline: Timeline, series: Series, year: int | None, way: Way) -> bool:
    """Whether a reading bounds anything of the series, in a year or the one before it, or at any time."""
    begin, end = (date.min, date.max) if year is None else (date(year - 1, 1, 1), date(year, 12, 31))
    quantities = set(timeline.list_quantities(series, begin, end))
    return any(key in quantities for bound in way.bounds for key, _ in bound.factors)


def _list_years(timeline: Timeline, series: Series) -> list[int]:
    stretches = timeline.list_stretches(series)
    first, last = stretches[0][0], stretches[-1][1]
    return [year for year in range(first.year + 1, last.year + 1) if date(year - 1, 1, 1) >= first and date(year, 12, 31) <= last]


def _keep_sharpest(found: Sequence[Consequence]) -> tuple[Consequence, ...]:
    """Drop what a part of its claims already says."""

    def is_implied(one: Consequence) -> bool:
        return any(
            (other.reporter, other.partner, other.flow, other.from_on) == (one.reporter, one.partner, one.flow, one.from_on)
            and set(other.statements) < set(one.statements)
            and other.factor is not None
            and one.factor is not None
            and other.factor <= one.factor
            for other in found
        )

    kept = [replace(one) for one in found if not is_implied(one)]
    return tuple(sorted(kept, key=lambda one: (one.from_on, one.factor or Decimal(0), one.statements)))
