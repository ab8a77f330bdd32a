"""Truck, ship, truck: each change of mode is handled, which takes time and money.

    AA --truck-- AP (lift 100 USD, 6 h) ~~ ship, Fridays 12:00, 10 days, 400 USD ~~ BP (lift 100 USD, 24 h) --truck-- BB
      `------------------------------ truck over the border, 1202 km -----------------------------------------'

The ship is cheaper and cleaner, the truck faster: neither beats the other, so both are plans.
"""

from dataclasses import replace

from tests.corridor import tiny_corridor
from tests.story.line import amounts, answer, cheapest, lines

SHIP = (
    "AA ~ road ha 12-03T04:00>12-03T06:00 ~ AP ~ sea ship 12-04T12:00>12-14T12:00 ~ BP ~ road hb 12-15T12:00>12-15T14:00 ~ BB"
    " [840.00 USD 14d 14h 00m 360 kg]"
)
TRUCK = "AA ~ road ha 12-01T00:00>12-02T19:33 ~ BB [1252.00 USD 1d 19h 33m 1154 kg]"


def test_the_cheap_and_the_fast_way_are_both_plans():
    assert lines(tiny_corridor()) == [SHIP, TRUCK]


def test_every_amount_comes_from_a_row():
    ship = answer(tiny_corridor()).itineraries[0]
    assert amounts(ship) == {"ha-AA": 12000, "h1": 10000, "t": 40000, "h2": 10000, "hb-BB": 12000}
    assert (ship.cost_low_cents, ship.cost_high_cents) == (79200, 96000)  # a km costs 0.80 to 1.50


def test_labels_say_what_each_plan_is_best_at():
    # twelve days of 60,000 USD at 12 % a year are worth 245 USD, less than the 412 USD that the truck costs more
    assert [row.labels for row in answer(tiny_corridor()).itineraries] == [("cheapest", "cleanest", "balanced"), ("fastest",)]


def test_without_a_crane_nothing_changes_mode():
    dataset = tiny_corridor()
    assert lines(replace(dataset, handling=dataset.handling[1:])) == [TRUCK]


def test_the_ship_is_cheapest():
    assert cheapest(tiny_corridor()) == SHIP
