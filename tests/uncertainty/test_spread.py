"""Distributions: ends, middles and quantiles against what is known of them."""

import math
from statistics import NormalDist

import numpy as np
import pytest

from landbridge.uncertainty.spread import FAMILIES, cumulate_normal, spread_draws, stretch_draws

NORMAL = np.array([NormalDist().inv_cdf((step + 0.5) / 20_000) for step in range(20_000)])


def test_the_normal_distribution_function():
    points = np.linspace(-5, 5, 101)
    exact = np.array([NormalDist().cdf(point) for point in points])
    assert np.abs(cumulate_normal(points) - exact).max() < 1e-7


@pytest.mark.parametrize("family", ["pert", "triangular"])
def test_low_and_high_are_the_ends(family):
    drawn = spread_draws(NORMAL, 10, 20, 60, family)
    assert drawn.min() >= 10
    assert drawn.max() <= 60


def test_means_and_variances():
    """PERT: (low + 4 typical + high) / 6. Triangular: the mean of the three, and its textbook variance."""
    pert, triangular = (spread_draws(NORMAL, 10, 20, 60, family) for family in ("pert", "triangular"))
    assert pert.mean() == pytest.approx((10 + 80 + 60) / 6, rel=1e-3)
    assert triangular.mean() == pytest.approx(30, rel=1e-3)
    assert triangular.var() == pytest.approx((100 + 400 + 3600 - 200 - 600 - 1200) / 18, rel=1e-2)
    mean = (10 + 80 + 60) / 6
    assert pert.var() == pytest.approx((mean - 10) * (60 - mean) / 7, rel=1e-2)


def test_lognormal_has_its_median_and_its_tails():
    drawn = spread_draws(NORMAL, 10, 20, 60, "lognormal")
    assert np.quantile(drawn, [0.05, 0.5, 0.95]) == pytest.approx([10, 20, 60], rel=1e-2)


@pytest.mark.parametrize("family", FAMILIES)
def test_order_is_kept_and_no_range_is_no_chance(family):
    """A worse draw never gives a shorter time; one figure is that figure."""
    assert (np.diff(spread_draws(NORMAL, 10, 20, 60, family)) >= 0).all()
    assert (spread_draws(NORMAL, 7, 7, 7, family) == 7).all()
    assert np.isfinite(spread_draws(NORMAL, 0, 0, 5, family)).all()


def test_stretch_has_the_points_told():
    assert np.quantile(stretch_draws(NORMAL, 0.9, 1.14, 1.75), [0.1, 0.5, 0.9]) == pytest.approx([0.9, 1.14, 1.75], rel=1e-3)
    assert math.isfinite(stretch_draws(NORMAL, 0.9, 1.0, 1.75).max())
