"""What drives the spread: causes of lateness by what they do to the arrival, prices by what they do to the cost."""

import numpy as np

from landbridge.uncertainty.engine import Outcome
from landbridge.uncertainty.simulate import MOST_DRIVERS, MOST_PRICES, _rank_drivers


def test_many_causes_of_lateness_leave_the_prices_on_the_page():
    random = np.random.default_rng(1)
    waits = {f"border {number}": random.normal(size=2_000) * (number + 1) for number in range(MOST_DRIVERS + 3)}
    prices = {f"price of freight: {number}": random.normal(size=2_000) * 100 * (number + 1) for number in range(MOST_PRICES + 3)}
    outcome = Outcome(arrival=sum(waits.values()), cost=sum(prices.values()), missed=[], causes=waits | prices)
    found = _rank_drivers(outcome, np.ones(2_000, bool))
    times, dear = [one for one in found if not one.is_price], [one for one in found if one.is_price]
    assert (len(times), len(dear)) == (MOST_DRIVERS, MOST_PRICES)
    assert found[: len(times)] == tuple(times)
    assert times[0].cause == f"border {MOST_DRIVERS + 2}"
    assert dear[0].cause == f"price of freight: {MOST_PRICES + 2}"
    assert dear[0].cost_low_cents < 0 < dear[0].cost_high_cents
    assert all((one.arrival_low_min, one.arrival_high_min, one.share_percent) == (0, 0, 0) for one in dear)
