"""A due date means the end of that day at the destination.

ship: there on 15 December 14:00        truck: there on 2 December 19:33
"""

from datetime import date

from tests.corridor import tiny_corridor
from tests.story.line import lines

TRUCK = "AA ~ road ha 12-01T00:00>12-02T19:33 ~ BB [1252.00 USD 1d 19h 33m 1154 kg]"


def test_what_is_late_is_no_plan():
    assert len(lines(tiny_corridor(), due_on=date(2026, 12, 15))) == 2
    assert lines(tiny_corridor(), due_on=date(2026, 12, 14)) == [TRUCK]
    assert lines(tiny_corridor(), due_on=date(2026, 12, 2)) == [TRUCK]
    assert lines(tiny_corridor(), due_on=date(2026, 12, 1)) == []
