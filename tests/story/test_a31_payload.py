"""A country lets a box weigh only so much on its roads.

AA --truck-- AP ~~ ship ~~ BP --truck in BB: at most 11 t a box-- BB
"""

from dataclasses import replace

from landbridge.domain.goods import PayloadLimit
from tests.corridor import S, tiny_corridor
from tests.story.line import answer, lines

LIMIT = PayloadLimit(limit_id="axle", country="BB", mode="road", max_payload_kg=11_000, **S)


def limited(*rows):
    return replace(tiny_corridor(), payload_limits=rows)


def test_a_box_that_is_too_heavy_finds_no_way():
    assert lines(limited(LIMIT)) == []
    assert answer(limited(LIMIT)).rejected


def test_a_lighter_box_does():
    assert lines(limited(LIMIT), mass_kg=11_000)[0] == (
        "AA ~ road ha 12-03T04:00>12-03T06:00 ~ AP ~ sea ship 12-04T12:00>12-14T12:00 ~ BP ~ road hb 12-15T12:00>12-15T14:00 ~ BB"
        " [840.00 USD 14d 14h 00m 331 kg]"
    )


def test_so_does_the_same_mass_in_two_boxes():
    assert len(lines(limited(LIMIT), mass_kg=12_000, units=2)) == 2


def test_a_limit_for_the_unit_goes_before_one_for_all():
    special = replace(LIMIT, limit_id="special", unit_type_id="40HC", max_payload_kg=20_000)
    assert len(lines(limited(LIMIT, special))) == 2
