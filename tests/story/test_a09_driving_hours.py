"""A driver drives nine hours and then rests eleven for each nine more, in proportion; a border that takes as long as a rest is one.

AA --600 km, 10 h-- AX | border x | BX --500 km, 8 h 20 min-- BB
"""

from dataclasses import replace

from tests.corridor import link, minutes, tiny_corridor
from tests.story.line import lines


def corridor(border_min, **driving):
    dataset = tiny_corridor()
    return replace(
        dataset,
        links=(*dataset.links[:4], link("l5", "BX", "BB", 500, "BB")),
        crossings=(replace(dataset.crossings[0], wait_min=minutes(border_min)),),
        handling=(),
        haulage=tuple(replace(row, **driving) for row in dataset.haulage),
    )


def test_a_driver_rests_for_what_goes_beyond_nine_hours():
    assert lines(corridor(600), avoid=("sea",)) == ["AA ~ road ha 12-01T00:00>12-02T15:51 ~ BB [1152.00 USD 1d 15h 51m 1058 kg]"]


def test_another_truck_behind_the_border_has_a_fresh_driver():
    quick = tuple(replace(row, duration_min=minutes(180)) for row in tiny_corridor().handling)
    dataset = replace(corridor(600), handling=quick)
    assert lines(dataset, avoid=("sea",))[1] == (
        "AA ~ road ha 12-01T00:00>12-01T21:19 ~ BX ~ road hb 12-02T00:19>12-02T08:39 ~ BB [1182.00 USD 1d 8h 39m 1063 kg]"
    )


def test_a_border_as_long_as_a_rest_makes_the_driver_fresh():
    assert lines(corridor(660), avoid=("sea",)) == ["AA ~ road ha 12-01T00:00>12-02T06:36 ~ BB [1152.00 USD 1d 6h 36m 1058 kg]"]


def test_a_team_drives_through():
    team = corridor(600, drive_min=None, rest_min=None)
    assert lines(team, avoid=("sea",)) == ["AA ~ road ha 12-01T00:00>12-02T04:22 ~ BB [1152.00 USD 1d 4h 22m 1058 kg]"]
