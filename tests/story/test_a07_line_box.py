"""The box is the line's: it charges detention until the empty box is back, and bringing it back costs too.

    ~~ ship ~~> BP (discharge 14 December 12:00; detention 30 USD a day from day 2) --truck--> BB (unload 8 h, return 24 h, 60 USD)

Discharge to empty return takes 58 hours, so 3 days, two of which are charged.
"""

from dataclasses import replace

from landbridge.domain.terminal import BoxReturn, DetentionStep
from tests.corridor import S, tiny_corridor, usd
from tests.story.line import amounts, answer, cheapest

BOX = {
    "detention": (DetentionStep(detention_id="late", operator_id="line", place_id="BP", from_day=2, per_day=usd(30), currency="USD", **S),),
    "returns": (
        BoxReturn(
            return_id="empty", place_id="BB", depot_id="BP", amount=usd(60), currency="USD", unloading_min=480, duration_min=1440, **S
        ),
    ),
}


def test_detention_and_return_are_paid():
    dataset = replace(tiny_corridor(), **BOX)
    assert cheapest(dataset) == (
        "AA ~ road ha 12-03T04:00>12-03T06:00 ~ AP ~ sea ship 12-04T12:00>12-14T12:00 ~ BP ~ road hb 12-15T12:00>12-15T14:00 ~ BB"
        " [960.00 USD 14d 14h 00m 360 kg]"
    )
    found = amounts(answer(dataset).itineraries[0])
    assert (found["late"], found["empty"]) == (6000, 6000)


def test_a_freight_that_includes_the_box_owes_neither():
    dataset = tiny_corridor()
    dataset = replace(dataset, **BOX, tariffs=(replace(dataset.tariffs[0], includes=("box",)),))
    assert "[840.00 USD" in cheapest(dataset)


def test_a_truck_all_the_way_has_no_line_box():
    assert "[1252.00 USD" in cheapest(replace(tiny_corridor(), **BOX), avoid=("sea",))
