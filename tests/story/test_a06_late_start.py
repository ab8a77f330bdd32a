"""Goods wait at the factory, where it costs nothing, and not at the port.

    AA --truck 2 h-- AP (lift 6 h, storage 50 USD a day) ~~ ship, Friday 4 December 12:00, gate closes a day before ~~ BP --truck-- BB

The truck could leave on Tuesday; it leaves at the latest minute that makes the gate: two days of storage instead of four.
"""

from dataclasses import replace

from landbridge.domain.terminal import StorageStep
from tests.corridor import S, tiny_corridor, usd
from tests.story.line import amounts, answer, cheapest


def test_the_truck_leaves_late_enough_to_save_storage():
    storage = (StorageStep(storage_id="port", place_id="AP", from_day=1, per_day=usd(50), currency="USD", **S),)
    dataset = replace(tiny_corridor(), storage=storage)
    assert cheapest(dataset) == (
        "AA ~ road ha 12-03T04:00>12-03T06:00 ~ AP ~ sea ship 12-04T12:00>12-14T12:00 ~ BP ~ road hb 12-15T12:00>12-15T14:00 ~ BB"
        " [940.00 USD 14d 14h 00m 360 kg]"
    )
    assert amounts(answer(dataset).itineraries[0])["port"] == 2 * 5000
