"""A freight by the tonne has a least amount.

AP ~~ ship: 20 USD a tonne, at least 300 USD ~~ BP
"""

from dataclasses import replace

from tests.corridor import tiny_corridor, usd
from tests.story.line import cheapest


def test_the_minimum_is_charged_until_the_tonnes_cost_more():
    dataset = tiny_corridor()
    dataset = replace(dataset, tariffs=(replace(dataset.tariffs[0], amount=usd(20), per="tonne", minimum=usd(300).low),))
    assert cheapest(dataset) == (
        "AA ~ road ha 12-03T04:00>12-03T06:00 ~ AP ~ sea ship 12-04T12:00>12-14T12:00 ~ BP ~ road hb 12-15T12:00>12-15T14:00 ~ BB"
        " [740.00 USD 14d 14h 00m 360 kg]"
    )
    assert "[740.00 USD" in cheapest(dataset, mass_kg=15_000)
    assert "[800.00 USD" in cheapest(dataset, mass_kg=18_000)
