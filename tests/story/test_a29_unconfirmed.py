"""Only when no way is confirmed are unconfirmed ones plans, and each says so.

AP ~~ ship, unconfirmed ~~ BP; border x closed for good
"""

from dataclasses import replace

from tests.corridor import status, tiny_corridor
from tests.story.line import answer, line_of


def test_an_unconfirmed_way_is_better_than_none():
    dataset = tiny_corridor()
    dataset = replace(dataset, statuses=(status("ship", "unconfirmed"), *dataset.statuses[1:]))
    found = answer(dataset, avoid=("x",))
    assert [line_of(row) for row in found.itineraries] == [
        "AA ~ road ha 12-03T04:00>12-03T06:00 ~ AP ~ sea ship 12-04T12:00>12-14T12:00 ~ BP ~ road hb 12-15T12:00>12-15T14:00 ~ BB"
        " [840.00 USD 14d 14h 00m 360 kg]",
    ]
    assert [row.is_confirmed for row in found.itineraries] == [False]
    assert [(leg.service_id, leg.is_confirmed, leg.status) for leg in found.itineraries[0].legs] == [
        ("ha", True, "operating"),
        ("ship", False, "unconfirmed"),
        ("hb", True, "operating"),
    ]
    assert [row.is_confirmed for row in answer(dataset).itineraries] == [True]  # with the border open the truck is confirmed
