"""Years of a flow: what both countries' books and the neighbours say, as an estimate with an interval for each year."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median

from landbridge.statistics.calibration import NEIGHBOUR_SHARE, PART_YEAR_SD, SPREAD_BY_SIZE
from landbridge.statistics.figure import Figure, count_years
from landbridge.statistics.lean import find_lean
from landbridge.statistics.level import Estimate, Sighting, Spread, adapt_spread, estimate_years, find_spread

_YEAR_DAYS = 365.25
_WHOLE = 0.99
_FEWEST_NEIGHBOURS = 3
_LEAST_VALUE = 1.0

Flow = tuple[str, str]
"""Exporting and importing country."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowEstimate:
    """Years of one flow on the log scale, the spread that was used, and the figures that it rests on."""

    flow: Flow
    years: tuple[Estimate, ...]
    spread: Spread
    figures: tuple[Figure, ...]


def estimate_flow(figures: Sequence[Figure], flow: Flow, years: Sequence[int]) -> FlowEstimate | None:
    """Estimate whole years of the exporter's figure from its own books, the importer's, and the growth of neighbouring flows.

    Parameters
    ----------
    figures
        All figures known; those of all goods between the two countries are sightings, those with others are neighbours.
    flow
        Exporting and importing country.
    years
        Calendar years to estimate.

    Returns
    -------
    FlowEstimate
        None if neither country reports anything.
    """
    ours = find_books(figures, flow)
    sightings = [see_figure(figure) for figure in ours if figure.typical >= 1]
    if not sightings:
        return None
    drift = _sum_growth(list_growth(figures, flow), sightings, years)
    levelled = [
        Sighting(at_year=one.at_year, log_value=one.log_value - drift(one.at_year), sd=one.sd, is_own=one.is_own) for one in sightings
    ]
    size = math.exp(median(one.log_value for one in sightings))
    typical = find_spread(size, SPREAD_BY_SIZE)
    spread = adapt_spread(levelled, replace(typical, bias=typical.bias + find_lean(figures, flow)))
    found = estimate_years(levelled, [year + 0.5 for year in years], spread)
    moved = tuple(
        Estimate(at_year=one.at_year, mean=one.mean + drift(one.at_year), sd=one.sd, kind=_name_kind(ours, flow, year) or one.kind)
        for one, year in zip(found, years, strict=True)
    )
    return FlowEstimate(flow=flow, years=moved, spread=spread, figures=tuple(ours))


def find_books(figures: Sequence[Figure], flow: Flow) -> list[Figure]:
    """Figures of all goods from one country to another in either country's books."""
    exporter, importer = flow
    wanted = ((exporter, importer, "export", None), (importer, exporter, "import", None))
    return [figure for figure in figures if figure.series in wanted]


def see_figure(figure: Figure) -> Sighting:
    """A figure as a yearly rate at the middle of its period; a part of a year leaves open how the rest of it went.

    A figure of a calendar year is its own rate, in a leap year too.
    """
    days = (figure.to_on - figure.from_on).days + 1
    share = count_years(figure.from_on, figure.to_on)
    rounding = float(figure.high - figure.low) / (2 * math.sqrt(3) * max(float(figure.typical), _LEAST_VALUE))
    part = PART_YEAR_SD * math.sqrt((1 - share) / share) if share < _WHOLE else 0.0
    middle = figure.from_on.year + (figure.from_on.timetuple().tm_yday - 1 + days / 2) / _YEAR_DAYS
    return Sighting(
        at_year=round(middle, 2),
        log_value=math.log(max(float(figure.typical), _LEAST_VALUE) / share),
        sd=math.hypot(rounding, part),
        is_own=figure.series[2] == "export",
    )


def list_growth(figures: Sequence[Figure], flow: Flow) -> dict[int, float]:
    """Log growth of neighbours into each year: the exporter's to other countries and the importer's from others.

    The median over at least three flows on either side, the mean of the two sides; years with fewer neighbours are not there.
    """
    exporter, importer = flow
    yearly: dict[tuple[str, str, str, str | None], dict[int, float]] = {}
    for figure in figures:
        if figure.from_on == date(figure.from_on.year, 1, 1) and figure.to_on == date(figure.from_on.year, 12, 31) and figure.typical >= 1:
            yearly.setdefault(figure.series, {})[figure.from_on.year] = math.log(figure.typical)
    sides: list[dict[int, list[float]]] = [{}, {}]
    for (reporter, partner, kind, hs), values in yearly.items():
        source, target = (reporter, partner) if kind == "export" else (partner, reporter)
        if hs is not None or kind == "re_export" or (source, target) == flow:
            continue
        side = 0 if source == exporter and kind == "import" else 1 if target == importer and kind == "export" else None
        for year in values if side is not None else ():
            if year - 1 in values and side is not None:
                sides[side].setdefault(year, []).append(values[year] - values[year - 1])
    found: dict[int, list[float]] = {}
    for side_values in sides:
        for year, growths in side_values.items():
            if len(growths) >= _FEWEST_NEIGHBOURS:
                found.setdefault(year, []).append(median(growths))
    return {year: sum(values) / len(values) for year, values in found.items()}


class _Drift:
    """Where the neighbours' growth alone would have taken the flow, on the log scale; straight between the middles of years."""

    def __init__(self, growth: Mapping[int, float], first: int, last: int) -> None:
        self._first = first
        self._levels = [0.0]
        for year in range(first + 1, last + 1):
            self._levels.append(self._levels[-1] + NEIGHBOUR_SHARE * growth.get(year, 0.0))

    def __call__(self, at_year: float) -> float:
        place = min(max(at_year - 0.5 - self._first, 0.0), len(self._levels) - 1.0)
        low = int(place)
        high = min(low + 1, len(self._levels) - 1)
        return self._levels[low] + (place - low) * (self._levels[high] - self._levels[low])


def _sum_growth(growth: Mapping[int, float], sightings: Sequence[Sighting], years: Sequence[int]) -> _Drift:
    first = min(int(min(one.at_year for one in sightings)) - 1, *years, 9999)
    last = max(int(max(one.at_year for one in sightings)) + 1, *years, 0)
    return _Drift(growth, first, last)


def _name_kind(figures: Sequence[Figure], flow: Flow, year: int) -> str:
    """``reported`` if the exporter's books hold the whole year, ``part`` if they hold some of it; nothing otherwise."""
    own = [figure for figure in figures if figure.series[0] == flow[0] and figure.from_on.year == year == figure.to_on.year]
    if any((figure.to_on - figure.from_on).days >= 364 for figure in own):
        return "reported"
    return "part" if own else ""
