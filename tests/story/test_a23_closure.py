"""A closed border is waited for if its end is known; without an end it is no way.

AA --truck-- AX | border x, closed from 1 December | BX --truck-- BB
"""

from dataclasses import replace
from datetime import date

from landbridge.domain.event import Event
from tests.corridor import S, tiny_corridor
from tests.story.line import answer, lines


def closed(valid_to, **where):
    event = Event(
        event_id="shut", title="Shut", kind="closure", valid_from=date(2026, 12, 1), valid_to=valid_to, **(where or {"border_id": "x"}), **S
    )
    return replace(tiny_corridor(), events=(event,))


def test_a_truck_waits_for_the_end():
    dataset = closed(date(2026, 12, 3))
    assert lines(dataset, avoid=("sea",)) == ["AA ~ road ha 12-01T00:00>12-05T08:19 ~ BB [1252.00 USD 4d 8h 19m 1154 kg]"]


def test_without_an_end_the_way_is_rejected():
    found = answer(closed(None), avoid=("sea",))
    assert found.itineraries == ()
    assert [(row.what, row.event_id, row.since, row.until) for row in found.rejected if row.gateway == "x"] == [
        ("x", "shut", date(2026, 12, 1), None),
    ]


def test_a_ship_does_not_sail_into_a_closed_port_but_the_next_one_does():
    dataset = closed(date(2026, 12, 14), place_id="BP")
    assert "sea ship 12-11T12:00>12-21T12:00" in lines(dataset)[0]
    assert "sea ship 12-04T12:00>12-14T12:00" in lines(closed(date(2026, 12, 13), place_id="BP"))[0]
