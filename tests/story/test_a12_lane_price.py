"""A price for a lane goes before the price by the kilometre, and before the fixed part.

AA --truck: 30 USD and 1 USD a km, or 95 USD for the lane AA > AP-- AP ~~ ship ~~ BP --truck-- BB
"""

from dataclasses import replace

from landbridge.domain.tariff import Tariff
from tests.corridor import S, tiny_corridor, usd
from tests.story.line import cheapest

WAY = "AA ~ road ha 12-03T04:00>12-03T06:00 ~ AP ~ sea ship 12-04T12:00>12-14T12:00 ~ BP ~ road hb 12-15T12:00>12-15T14:00 ~ BB"


def priced(*lanes):
    dataset = tiny_corridor()
    rows = tuple(
        Tariff(tariff_id=f"lane{a}", haulage_id="ha", from_place_id=a, to_place_id=b, amount=usd(95), currency="USD", **S) for a, b in lanes
    )
    haulage = (replace(dataset.haulage[0], fixed=usd(30), currency="USD"), dataset.haulage[1])
    return replace(dataset, haulage=haulage, tariffs=(*dataset.tariffs, *rows))


def test_by_the_kilometre_with_a_fixed_part():
    assert cheapest(priced()) == WAY + " [870.00 USD 14d 14h 00m 360 kg]"


def test_the_lane_has_its_own_price():
    assert cheapest(priced(("AA", "AP"))) == WAY + " [815.00 USD 14d 14h 00m 360 kg]"


def test_the_lane_back_is_another_lane():
    assert cheapest(priced(("AP", "AA"))) == WAY + " [870.00 USD 14d 14h 00m 360 kg]"
