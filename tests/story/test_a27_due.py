"""A due date means the end of that day at the destination.

ship: there on 15 December 14:00        truck: there on 2 December 19:33
"""

from datetime import date, timedelta

from landbridge.planner.shipment import plan_shipment
from tests.corridor import question, tiny_corridor
from tests.story.line import answer, lines

TRUCK = "AA ~ road ha 12-01T00:00>12-02T19:33 ~ BB [1252.00 USD 1d 19h 33m 1154 kg]"


def test_what_is_late_is_no_plan():
    assert len(lines(tiny_corridor(), due_on=date(2026, 12, 15))) == 2
    assert lines(tiny_corridor(), due_on=date(2026, 12, 14)) == [TRUCK]
    assert lines(tiny_corridor(), due_on=date(2026, 12, 2)) == [TRUCK]
    assert lines(tiny_corridor(), due_on=date(2026, 12, 1)) == []


def test_a_due_date_before_the_earliest_arrival_is_told_with_that_day():
    dataset = tiny_corridor()
    earliest = min(one.arrives_at for one in answer(dataset).itineraries).date()
    early = plan_shipment(dataset, question(due_on=earliest - timedelta(days=1)))
    assert early.itineraries == ()
    told = [row for row in early.findings if row.code == "DUE-TOO-EARLY"]
    assert [row.message for row in told] == [
        f"nothing arrives by {earliest - timedelta(days=1)}: the earliest way arrives on {earliest}, 1 day later"
    ]
    assert f"from {earliest} on" in told[0].fix
    in_time = plan_shipment(dataset, question(due_on=earliest))
    assert in_time.itineraries
    assert "DUE-TOO-EARLY" not in {row.code for row in in_time.findings}
