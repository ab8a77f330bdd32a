"""Duties and taxes of the destination: 5 % duty on the value, 10 % tax on the value and the duty.

60,000 USD of tractors into BB: 3,000 duty, 6,300 tax; in the total only for a landed cost
"""

from dataclasses import replace
from decimal import Decimal

from landbridge.domain.goods import Duty
from tests.corridor import S, tiny_corridor, usd
from tests.story.line import answer, cheapest


def taxed():
    duty = Duty(duty_id="duty", hs="8701", destination=("BB",), kind="duty", percent=usd(5), base="value", **S)
    wide = replace(duty, duty_id="wide", hs="87", percent=usd(50))  # the longer prefix goes before it
    tax = Duty(duty_id="tax", hs="87", destination=("BB",), kind="tax", percent=usd(10), base="value_and_duties", **S)
    elsewhere = replace(duty, duty_id="elsewhere", kind="cess", destination=("CC",))
    return replace(tiny_corridor(), duties=(duty, wide, tax, elsewhere))


def test_a_landed_cost_holds_them():
    assert cheapest(taxed(), value=Decimal(60_000), is_landed=True) == (
        "AA ~ road ha 12-03T04:00>12-03T06:00 ~ AP ~ sea ship 12-04T12:00>12-14T12:00 ~ BP ~ road hb 12-15T12:00>12-15T14:00 ~ BB"
        " [10140.00 USD 14d 14h 00m 360 kg]"
    )


def test_else_they_stand_beside_the_total():
    ship = answer(taxed(), value=Decimal(60_000)).itineraries[0]
    assert (ship.cost_cents, ship.duty_cents) == (84000, 930000)
    assert [(item.row_id, item.cost_cents) for item in ship.duty_items] == [("duty", 300000), ("tax", 630000)]


def test_without_a_value_there_is_nothing_to_tax():
    assert answer(taxed()).itineraries[0].duty_items == ()
