"""Surcharges come on top: a percentage of the freight, an amount a unit, only in a season; unless the freight includes them.

AP ~~ ship 400 USD + 10 % bunker + 25 USD war risk a unit + 60 USD peak season (15 December to 15 January) ~~ BP
"""

from dataclasses import replace
from datetime import date

from landbridge.domain.tariff import Surcharge
from tests.corridor import S, tiny_corridor, usd
from tests.story.line import amounts, answer, cheapest

BUNKER = Surcharge(surcharge_id="baf", name="Bunker", kind="bunker", mode="sea", amount=usd(10), per="percent", **S)
WAR = Surcharge(surcharge_id="war", name="War", kind="war_risk", service_id="ship", amount=usd(25), currency="USD", per="unit", **S)
PEAK = Surcharge(
    surcharge_id="peak",
    name="Peak",
    kind="peak_season",
    operator_id="line",
    amount=usd(60),
    currency="USD",
    per="unit",
    season_from=(12, 15),
    season_to=(1, 15),
    **S,
)


def charged(*rows, includes=()):
    dataset = tiny_corridor()
    return replace(dataset, surcharges=rows, tariffs=(replace(dataset.tariffs[0], includes=includes),))


def test_percent_and_unit():
    assert cheapest(charged(BUNKER, WAR)) == (
        "AA ~ road ha 12-03T04:00>12-03T06:00 ~ AP ~ sea ship 12-04T12:00>12-14T12:00 ~ BP ~ road hb 12-15T12:00>12-15T14:00 ~ BB"
        " [905.00 USD 14d 14h 00m 360 kg]"
    )


def test_a_season_counts_on_the_day_of_sailing_over_new_year():
    for ready, is_charged in ((date(2026, 12, 1), False), (date(2026, 12, 15), True), (date(2027, 1, 9), True), (date(2027, 1, 16), False)):
        ships = answer(charged(PEAK), ready_on=ready, via=("AP",)).itineraries
        ship = min(ships, key=lambda row: row.arrives_at)  # a later one may be cheaper, out of season
        assert ("peak" in amounts(ship)) == is_charged, ready


def test_what_the_freight_includes_is_not_charged_again():
    assert "[865.00 USD" in cheapest(charged(BUNKER, WAR, includes=("bunker",)))


def test_a_surcharge_of_the_sea_is_none_of_the_truck():
    assert "[1252.00 USD" in cheapest(charged(BUNKER, WAR), avoid=("sea",))
