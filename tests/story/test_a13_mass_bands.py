"""A freight may depend on the mass of a unit: from a mass on, and below another.

    AP ~~ ship: below 10 t 300 USD, from 10 t on 550 USD, else 400 USD ~~ BP

Tractors weigh 12 t a box unless the question says otherwise; a row with a band goes before one without.
"""

from dataclasses import replace

import pytest

from tests.corridor import tiny_corridor, usd
from tests.story.line import cheapest


def banded():
    dataset = tiny_corridor()
    plain = dataset.tariffs[0]
    light = replace(plain, tariff_id="light", mass_to_kg=10_000, amount=usd(300))
    heavy = replace(plain, tariff_id="heavy", mass_from_kg=10_000, amount=usd(550))
    return replace(dataset, tariffs=(plain, light, heavy))


def test_the_typical_mass_is_heavy():
    assert cheapest(banded()) == (
        "AA ~ road ha 12-03T04:00>12-03T06:00 ~ AP ~ sea ship 12-04T12:00>12-14T12:00 ~ BP ~ road hb 12-15T12:00>12-15T14:00 ~ BB"
        " [990.00 USD 14d 14h 00m 360 kg]"
    )


@pytest.mark.parametrize(("mass_kg", "units", "cost"), [(9_999, 1, "740.00"), (10_000, 1, "990.00"), (19_999, 2, "1980.00")])
def test_bands_hold_from_and_below_for_the_mass_of_a_unit_rounded_up(mass_kg, units, cost):
    assert f"[{cost} USD" in cheapest(banded(), mass_kg=mass_kg, units=units)
