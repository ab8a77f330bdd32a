"""An event may change prices: a quarter more for the ship while it lasts, counted on the day of sailing.

AP ~~ ship: 400 USD, times 1.25 until 10 December ~~ BP
"""

from dataclasses import replace
from datetime import date

from landbridge.domain.event import Event
from tests.corridor import S, tiny_corridor, usd
from tests.story.line import amounts, answer, cheapest, lines

DUE = date(2026, 12, 20)


def dearer(factor):
    event = Event(
        event_id="rush",
        title="Rush",
        kind="price_factor",
        service_id="ship",
        valid_from=date(2026, 12, 1),
        valid_to=date(2026, 12, 10),
        factor=usd(factor, factor, "2"),
        **S,
    )
    return replace(tiny_corridor(), events=(event,))


def test_the_factor_is_an_item_of_its_own():
    assert cheapest(dearer("1.25"), due_on=DUE) == (
        "AA ~ road ha 12-03T04:00>12-03T06:00 ~ AP ~ sea ship 12-04T12:00>12-14T12:00 ~ BP ~ road hb 12-15T12:00>12-15T14:00 ~ BB"
        " [940.00 USD 14d 14h 00m 360 kg]"
    )
    ship = answer(dearer("1.25"), due_on=DUE).itineraries[0]
    assert amounts(ship)["rush"] == 10000
    assert next(item.cost_high_cents for item in ship.items if item.row_id == "rush") == 40000


def test_a_factor_below_one_takes_off():
    assert "[740.00 USD" in cheapest(dearer("0.75"))


def test_after_its_end_the_ship_costs_what_it_did():
    assert "[840.00 USD" in cheapest(dearer("1.25"), ready_on=date(2026, 12, 8))


def test_waiting_for_the_next_ship_saves_the_rise_and_is_a_plan_too():
    assert [line.rsplit("[")[1].split(" USD")[0] for line in lines(dearer("1.25"))] == ["840.00", "940.00", "1252.00"]
