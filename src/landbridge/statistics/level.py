"""A flow of trade as a level that wanders on a log scale, seen through the books of two countries.

The reporter's own figure is the level. The partner's figure of the same goods is the level plus a lasting bias (freight and insurance,
goods through third countries) plus an error of its year. A year that nobody reports is bridged from the years around it.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy.typing import NDArray

_PRIOR_VARIANCE = 25.0
"""Variance of the log level before anything was seen: wide enough to say nothing."""
_PRIOR_WEIGHT = 5
"""Years of evidence that the typical spread of flows of this size counts for beside a flow's own years."""
_MAD_TO_SD = 1.4826
"""Standard deviation of a normal distribution in units of its median absolute deviation."""
_LEAST_SD = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One published figure: the middle of its period in years, the log of its yearly rate, and what is uncertain about that alone."""

    at_year: float
    log_value: float
    sd: float
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How flows behave, on the log scale: change within a year, the partner's bias and how it differs by pair, error of a year."""

    growth_sd: float
    bias: float
    bias_sd: float
    error_sd: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """Log level of one year: mean and standard deviation before calibration; ``kind`` says what it rests on."""

    at_year: float
    mean: float
    sd: float
    kind: str


def find_spread(size: float, table: Sequence[tuple[float, Spread]]) -> Spread:
    """Typical spread of flows of a size (yearly USD): linear in log10 between the rows of the table, flat beyond them."""
    at = math.log10(max(size, 1.0))
    sizes = [row_size for row_size, _ in table]
    place = bisect_left(sizes, at)
    if place in (0, len(sizes)):
        return table[min(place, len(sizes) - 1)][1]
    (low_at, low), (high_at, high) = table[place - 1], table[place]
    part = (at - low_at) / (high_at - low_at)

    def mix(name: str) -> float:
        return float((1 - part) * getattr(low, name) + part * getattr(high, name))

    return Spread(growth_sd=mix("growth_sd"), bias=mix("bias"), bias_sd=mix("bias_sd"), error_sd=mix("error_sd"))


def adapt_spread(sightings: Sequence[Sighting], typical: Spread) -> Spread:
    """Let a flow's own years speak beside the typical spread; medians, so that one odd year does not widen every interval."""
    own = {round(one.at_year, 3): one.log_value for one in sightings if one.is_own}
    mirror = {round(one.at_year, 3): one.log_value for one in sightings if not one.is_own}
    gaps = [mirror[year] - own[year] for year in own.keys() & mirror.keys()]
    series = sorted((own if len(own) >= len(mirror) else mirror).items())
    changes = [(after - before) / math.sqrt(later - earlier) for (earlier, before), (later, after) in pairwise(series)]
    growth_sd = _shrink(changes, typical.growth_sd)
    error_sd = _shrink([gap - median(gaps) for gap in gaps], typical.error_sd) if gaps else typical.error_sd
    return replace(typical, growth_sd=growth_sd, error_sd=error_sd)


def estimate_years(sightings: Sequence[Sighting], years: Sequence[float], spread: Spread) -> tuple[Estimate, ...]:
    """Estimate the log level at points in time from all sightings.

    Gaussian conditioning for a random walk with a shared bias of the mirror figures: exact, no iteration.

    Parameters
    ----------
    sightings
        Figures of both countries; at least one.
    years
        Points in time, in years: 2022.5 is the middle of 2022.
    spread
        From :func:`adapt_spread`.

    References
    ----------
    Harvey, A. C. (1989). Forecasting, Structural Time Series Models and the Kalman Filter. Cambridge University Press, ch. 2-3.
    Durbin, J., Koopman, S. J. (2012). Time Series Analysis by State Space Methods, 2nd ed. Oxford University Press, ch. 2.
    """
    import numpy as np

    at = np.array([one.at_year for one in sightings])
    is_mirror = np.array([not one.is_own for one in sightings], dtype=float)
    start = min(at.min(), min(years)) if len(years) else at.min()
    values = np.array([one.log_value for one in sightings]) - spread.bias * is_mirror
    centre = float(np.median(values))

    def cover(first: NDArray[np.float64], second: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(_PRIOR_VARIANCE + spread.growth_sd**2 * (np.minimum.outer(first, second) - start), dtype=float)

    noise = np.array([one.sd for one in sightings]) ** 2 + is_mirror * spread.error_sd**2 + 1e-9
    seen = cover(at, at) + np.outer(is_mirror, is_mirror) * spread.bias_sd**2 + np.diag(noise)
    asked = np.array(years, dtype=float)
    across = cover(asked, at)
    weights = np.linalg.solve(seen, across.T).T
    means = centre + weights @ (values - centre)
    variances = np.diag(cover(asked, asked)) - np.einsum("ij,ij->i", weights, across)
    return tuple(
        Estimate(at_year=year, mean=float(mean), sd=math.sqrt(max(float(variance), 1e-8)), kind=name_kind(sightings, year))
        for year, mean, variance in zip(years, means, variances, strict=True)
    )


def name_kind(sightings: Sequence[Sighting], year: float) -> str:
    """What an estimate of a year rests on.

    ``mirror`` where the partner reports that year and the reporter other years, ``one_side`` where the reporter never reports,
    ``between`` and ``beyond`` where nobody reports that year and both sides of it, or only one side, are reported.
    """
    has_mirror = any(not one.is_own and abs(one.at_year - year) < 0.26 for one in sightings)
    if has_mirror:
        return "mirror" if any(one.is_own for one in sightings) else "one_side"
    earlier = any(one.at_year < year for one in sightings)
    later = any(one.at_year > year for one in sightings)
    return "between" if earlier and later else "beyond"


def _shrink(samples: Sequence[float], typical_sd: float) -> float:
    if not samples:
        return typical_sd
    own = _MAD_TO_SD * median([abs(sample) for sample in samples])
    count = len(samples)
    return max(math.sqrt((_PRIOR_WEIGHT * typical_sd**2 + count * own**2) / (_PRIOR_WEIGHT + count)), _LEAST_SD)
