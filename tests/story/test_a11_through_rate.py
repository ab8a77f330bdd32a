"""A through rate is one price for several legs: all of them, or none.

AA --truck-- AP ~~ ship ~~ BP --truck-- BB
             `---- 450 USD in all ----'          in place of 400 for the ship and 120 for the truck
"""

from dataclasses import replace

from landbridge.domain.tariff import ThroughLeg, ThroughRate
from tests.corridor import S, tiny_corridor, usd
from tests.story.line import amounts, answer, cheapest

WAY = "AA ~ road ha 12-03T04:00>12-03T06:00 ~ AP ~ sea ship 12-04T12:00>12-14T12:00 ~ BP ~ road hb 12-15T12:00>12-15T14:00 ~ BB"


def through(haulage_id="hb", includes=(), price=450):
    rate = ThroughRate(through_id="all", name="All in", amount=usd(price), currency="USD", includes=includes, **S)
    legs = (
        ThroughLeg(through_id="all", seq=1, service_id="ship", from_place_id="AP", to_place_id="BP", **S),
        ThroughLeg(through_id="all", seq=2, haulage_id=haulage_id, from_place_id="BP", to_place_id="BB", **S),
    )
    return replace(tiny_corridor(), through_rates=(rate,), through_legs=legs)


def test_it_stands_in_place_of_the_freight_of_its_legs():
    assert cheapest(through()) == WAY + " [770.00 USD 14d 14h 00m 360 kg]"
    found = answer(through()).itineraries[0]
    assert amounts(found) == {"ha-AA": 12000, "h1": 10000, "all": 45000, "h2": 10000}
    assert [leg.through_id for leg in found.legs] == [None, "all", "all"]


def test_it_may_include_the_handling_between_its_legs():
    assert cheapest(through(includes=("handling",))) == WAY + " [670.00 USD 14d 14h 00m 360 kg]"


def test_with_another_truck_than_the_named_one_nothing_of_it_holds():
    assert cheapest(through(haulage_id="ha")) == WAY + " [840.00 USD 14d 14h 00m 360 kg]"


def test_a_dear_one_is_not_taken():
    assert cheapest(through(price=900)) == WAY + " [840.00 USD 14d 14h 00m 360 kg]"
