"""A border makes wait, and may be shut at night.

    AA --600 km-- AX | border x: 10 h, 50 USD | BX --600 km-- BB

The truck comes to the border at 21:00 on the first day.
"""

from dataclasses import replace

from landbridge.domain.place import Hours
from tests.corridor import S, tiny_corridor
from tests.story.line import answer, lines

DAY = (Hours(hours_id="day", border_id="x", weekdays=(1, 2, 3, 4, 5, 6, 7), opens_min=480, closes_min=1080, **S),)


def test_an_open_border_takes_its_ten_hours():
    dataset = tiny_corridor()
    assert lines(dataset, avoid=("sea",)) == ["AA ~ road ha 12-01T00:00>12-03T04:02 ~ BB [1252.00 USD 2d 4h 02m 1154 kg]"]
    border = [stage for stage in answer(dataset, avoid=("sea",)).itineraries[0].legs[0].stages if stage.kind == "border"]
    assert [(f"{one.starts_at:%m-%dT%H:%M}", f"{one.ends_at:%m-%dT%H:%M}") for one in border] == [("12-01T21:00", "12-02T07:00")]


def test_a_border_shut_at_night_is_waited_for_until_the_morning():
    dataset = replace(tiny_corridor(), hours=DAY)
    assert lines(dataset, avoid=("sea",)) == ["AA ~ road ha 12-01T00:00>12-03T15:02 ~ BB [1252.00 USD 2d 15h 02m 1154 kg]"]


def test_a_border_without_a_crossing_row_is_no_way():
    dataset = tiny_corridor()
    assert lines(replace(dataset, crossings=dataset.crossings[1:]), avoid=("sea",)) == []
