"""Distributions from a low, a typical and a high figure, as functions from standard normal draws.

PERT and triangular: low and high are the ends. Lognormal: typical is the median, low and high are what one in twenty lies beyond, on
each side with its own width. Working from normal draws lets durations be correlated without changing any of their distributions.

References
----------
Clark, C. E. (1962). The PERT model for the distribution of an activity time. Operations Research 10(3), 405-406.
Nelsen, R. B. (2006). An Introduction to Copulas, 2nd ed. Springer, ch. 2 (the Gaussian copula).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Draws = NDArray[np.float64]

FAMILIES = ("pert", "triangular", "lognormal")
_Z95 = 1.6448536269514722
_Z90 = 1.2815515655446004
_GRID = 2048


def spread_draws(normal: Draws, low: float, typical: float, high: float, family: str) -> Draws:
    """Turn standard normal draws into draws between low and high of a family."""
    import numpy as np

    if low == high:
        return np.full(normal.shape, float(typical))
    if family == "lognormal":
        return _spread_lognormal(normal, low, typical, high)
    shares = cumulate_normal(normal)
    if family == "triangular":
        return _spread_triangular(shares, low, typical, high)
    heights, places = _tabulate_pert((typical - low) / (high - low))
    return np.asarray(low + (high - low) * np.interp(shares, heights, places))


def stretch_draws(normal: Draws, tenth: float, middle: float, ninth: float) -> Draws:
    """Turn standard normal draws into factors: a lognormal whose two sides have their own width, from 10, 50 and 90 % points."""
    import numpy as np

    below, above = math.log(middle / tenth) / _Z90, math.log(ninth / middle) / _Z90
    return np.asarray(middle * np.exp(np.where(normal < 0, below, above) * normal))


def cumulate_normal(normal: Draws) -> Draws:
    """Standard normal distribution function, to seven digits.

    References
    ----------
    Abramowitz, M., Stegun, I. A. (1964). Handbook of Mathematical Functions, 26.2.17.
    """
    import numpy as np

    size = np.abs(normal)
    part = 1 / (1 + 0.2316419 * size)
    sum_ = part * (0.319381530 + part * (-0.356563782 + part * (1.781477937 + part * (-1.821255978 + part * 1.330274429))))
    tail = np.exp(-(size**2) / 2) / math.sqrt(2 * math.pi) * sum_
    return np.asarray(np.where(normal > 0, 1 - tail, tail))


def _spread_triangular(shares: Draws, low: float, typical: float, high: float) -> Draws:
    import numpy as np

    turn = (typical - low) / (high - low)
    rising = low + np.sqrt(shares * (high - low) * (typical - low))
    falling = high - np.sqrt((1 - shares) * (high - low) * (high - typical))
    return np.asarray(np.where(shares < turn, rising, falling))


def _spread_lognormal(normal: Draws, low: float, typical: float, high: float) -> Draws:
    import numpy as np

    floor = max(low, typical / 1000, 1e-9)
    middle = max(typical, floor)
    below, above = math.log(middle / floor) / _Z95, math.log(max(high, middle) / middle) / _Z95
    return np.asarray(middle * np.exp(np.where(normal < 0, below, above) * normal))


def _tabulate_pert(mode: float) -> tuple[Draws, Draws]:
    """Distribution function of the beta distribution of PERT on a grid: shape parameters 1 + 4 m and 1 + 4 (1 - m)."""
    import numpy as np

    places = np.linspace(0, 1, _GRID)
    density = places ** (4 * mode) * (1 - places) ** (4 * (1 - mode))
    heights = np.concatenate(([0.0], np.cumsum((density[1:] + density[:-1]) / 2)))
    return heights / heights[-1], places
