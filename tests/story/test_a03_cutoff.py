"""The gate closes before the ship sails; who comes later takes the next ship.

    AA --truck 2 h-- AP (lift 6 h, gate closes a day before) ~~ ship, Fridays 12:00 ~~ BP --truck-- BB

Ready on Friday 4 December the goods miss that day's ship and take the one of the 11th.
"""

from dataclasses import replace
from datetime import date

from tests.corridor import tiny_corridor
from tests.story.line import cheapest

FRIDAY = date(2026, 12, 4)


def test_the_cutoff_is_missed_and_the_next_ship_taken():
    assert cheapest(tiny_corridor(), ready_on=FRIDAY) == (
        "AA ~ road ha 12-10T04:00>12-10T06:00 ~ AP ~ sea ship 12-11T12:00>12-21T12:00 ~ BP ~ road hb 12-22T12:00>12-22T14:00 ~ BB"
        " [840.00 USD 18d 14h 00m 360 kg]"
    )


def test_without_a_cutoff_the_ship_of_the_day_is_reached():
    dataset = tiny_corridor()
    late = replace(dataset, stops=(replace(dataset.stops[0], gate_cutoff_min=0), dataset.stops[1]))
    assert cheapest(late, ready_on=FRIDAY) == (
        "AA ~ road ha 12-04T04:00>12-04T06:00 ~ AP ~ sea ship 12-04T12:00>12-14T12:00 ~ BP ~ road hb 12-15T12:00>12-15T14:00 ~ BB"
        " [840.00 USD 11d 14h 00m 360 kg]"
    )


def test_one_minute_too_much_is_too_late():
    dataset = tiny_corridor()
    for cutoff, sails in ((240, "12-04"), (241, "12-11")):  # handled at 08:00, four hours before the ship
        stops = (replace(dataset.stops[0], gate_cutoff_min=cutoff), dataset.stops[1])
        assert f"sea ship {sails}T12:00" in cheapest(replace(dataset, stops=stops), ready_on=FRIDAY)
