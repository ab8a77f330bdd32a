"""A border makes wait, and may be shut until the morning.

    AA --600 km-- AX | border x: 10 h, 50 USD | BX --600 km-- BB

The truck comes to the border at 11:14 on the first day, with 74 minutes of rest for the tenth hour.
"""

from dataclasses import replace

from landbridge.domain.place import Hours
from tests.corridor import S, tiny_corridor
from tests.story.line import answer, lines

DAY = (Hours(hours_id="day", border_id="x", weekdays=(1, 2, 3, 4, 5, 6, 7), opens_min=480, closes_min=660, **S),)


def test_an_open_border_takes_its_ten_hours():
    dataset = tiny_corridor()
    assert lines(dataset, avoid=("sea",)) == ["AA ~ road ha 12-01T00:00>12-02T19:33 ~ BB [1252.00 USD 1d 19h 33m 1154 kg]"]
    border = [stage for stage in answer(dataset, avoid=("sea",)).itineraries[0].legs[0].stages if stage.kind == "border"]
    assert [(f"{one.starts_at:%m-%dT%H:%M}", f"{one.ends_at:%m-%dT%H:%M}") for one in border] == [("12-01T11:14", "12-01T21:14")]


def test_a_border_shut_since_eleven_is_waited_for_until_the_morning():
    dataset = replace(tiny_corridor(), hours=DAY)
    assert lines(dataset, avoid=("sea",)) == ["AA ~ road ha 12-01T00:00>12-03T16:19 ~ BB [1252.00 USD 2d 16h 19m 1154 kg]"]


def test_a_border_without_a_crossing_row_is_no_way():
    dataset = tiny_corridor()
    assert lines(replace(dataset, crossings=dataset.crossings[1:]), avoid=("sea",)) == []
