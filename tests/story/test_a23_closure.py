"""A closed border is waited for if its end is known; without an end it is no way.

AA --truck-- AX | border x, closed from 1 December | BX --truck-- BB
"""

from dataclasses import replace
from datetime import date, timedelta

import landbridge as lb
from landbridge.domain.event import Event, as_known
from landbridge.planner import verify_plan
from tests.corridor import S, tiny_corridor
from tests.story.line import answer, lines


def closed(valid_to, **where):
    return replace(tiny_corridor(), events=(shut(valid_to, **where),))


def shut(valid_to, **where):
    begin = date(2026, 12, 1)
    return Event(event_id="shut", title="Shut", kind="closure", valid_from=begin, valid_to=valid_to, **(where or {"border_id": "x"}), **S)


def known(**ends):
    """The same closure until 3 December, whose end was known later than the closure."""
    return replace(tiny_corridor(), events=(replace(shut(date(2026, 12, 3)), known_from=date(2026, 11, 1), **ends),))


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


def test_an_end_that_is_not_known_yet_is_no_end():
    """Whoever asks before the end was known has no way, or waits for the end that was announced by then; plan and check agree."""
    asked, day = tiny_corridor().info.as_of, timedelta(days=1)
    by_end = ["AA ~ road ha 12-01T00:00>12-05T08:19 ~ BB [1252.00 USD 4d 8h 19m 1154 kg]"]
    assert lines(known(end_known_from=asked), avoid=("sea",)) == by_end
    assert answer(known(end_known_from=asked + day), avoid=("sea",)).itineraries == ()
    later = known(end_known_from=asked + day, expected_to=date(2026, 12, 9))
    assert lines(later, avoid=("sea",)) == ["AA ~ road ha 12-01T00:00>12-11T08:19 ~ BB [1252.00 USD 10d 8h 19m 1154 kg]"]
    plan = lb.plan(later, "AA", "BB", units="1x40HC", goods="8701", ready="2026-12-01", avoid=("sea",))
    assert plan.itineraries
    assert verify_plan(later, plan) == ()


def test_an_announced_end_that_passed_is_no_end():
    past = date(2026, 12, 2)
    event = replace(shut(date(2026, 12, 9)), end_known_from=date(2026, 12, 8), expected_to=past)
    assert as_known(event, past).valid_to == past
    assert as_known(event, past + timedelta(days=1)).valid_to is None
    assert as_known(event, date(2026, 12, 8)).valid_to == date(2026, 12, 9)
