"""An event may delay: the ship arrives two days later, the truck waits twelve hours more at the border.

AP ~~ ship, 10 days, delayed by 2 ~~ BP            AX | border x, delayed by 12 hours | BX
"""

from dataclasses import replace
from datetime import date

from landbridge.domain.event import Event
from tests.corridor import S, minutes, tiny_corridor
from tests.story.line import lines


def delayed(delay_min, **where):
    event = Event(event_id="slow", title="Slow", kind="delay", valid_from=date(2026, 12, 1), delay_min=minutes(delay_min), **where, **S)
    return replace(tiny_corridor(), events=(event,))


def test_the_ship_arrives_later():
    assert lines(delayed(2880, service_id="ship"))[0] == (
        "AA ~ road ha 12-03T04:00>12-03T06:00 ~ AP ~ sea ship 12-04T12:00>12-16T12:00 ~ BP ~ road hb 12-17T12:00>12-17T14:00 ~ BB"
        " [840.00 USD 16d 14h 00m 360 kg]"
    )


def test_the_truck_waits_at_the_border():
    assert lines(delayed(720, border_id="x"), avoid=("sea",)) == [
        "AA ~ road ha 12-01T00:00>12-03T07:33 ~ BB [1252.00 USD 2d 7h 33m 1154 kg]",
    ]
