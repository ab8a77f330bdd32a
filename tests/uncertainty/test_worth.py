"""How sure the worth of a measure is."""

import numpy as np
import pytest

from landbridge.uncertainty.worth import Toll, spread_worth


def test_prices_alone_lie_between_their_ends():
    low, high = spread_worth((100.0, 200.0, 600.0), {}, {}, years=3.0)
    assert 100 < low < 200 < high < 600
    assert spread_worth((200.0, 200.0, 200.0), {}, {}, years=3.0) == (200, 200)
    assert spread_worth((600.0, 200.0, 100.0), {}, {}, years=3.0) == (low, high), "which end of the prices is worth more does not matter"


def test_what_typical_prices_make_is_the_mode_wherever_it_lies():
    """Savings at low, typical and high prices need not be in order: the typical one is the mode all the same."""
    low, high = spread_worth((100.0, 600.0, 300.0), {}, {}, years=3.0)
    other_low, other_high = spread_worth((100.0, 300.0, 600.0), {}, {}, years=3.0)
    assert low > other_low
    assert high > other_high


def test_closures_vary_as_their_number_would():
    """Nine closures in three years, without and with: the quantiles of a gamma distribution of shape 9."""
    toll = Toll(closures_per_year=3.0, closed_days=1.0, expected_cents=3_000.0)
    low, high = spread_worth((0.0, 0.0, 0.0), {"border x": toll}, {}, years=3.0)
    exact = np.quantile(np.random.default_rng(5).gamma(9.0, 1 / 3.0, 200_000), (0.05, 0.95)) * 1_000
    assert (low, high) == pytest.approx(tuple(exact), rel=0.02)


def test_what_closes_alike_in_both_cancels():
    """The same thing closes equally often without and with the measure, so that only the difference of tolls varies."""
    toll = Toll(closures_per_year=0.5, closed_days=10.0, expected_cents=5_000.0)
    assert spread_worth((7.0, 7.0, 7.0), {"border x": toll}, {"border x": toll}, years=3.0) == (7, 7)
