"""What must not be used, and what must.

AA --truck-- AP ~~ ship ~~ BP --truck-- BB        and        AA --truck-- AX | border x | BX --truck-- BB
"""

from dataclasses import replace

import pytest

from landbridge.domain.place import Passage
from tests.corridor import S, tiny_corridor
from tests.story.line import lines

SHIP = (
    "AA ~ road ha 12-03T04:00>12-03T06:00 ~ AP ~ sea ship 12-04T12:00>12-14T12:00 ~ BP ~ road hb 12-15T12:00>12-15T14:00 ~ BB"
    " [840.00 USD 14d 14h 00m 360 kg]"
)
TRUCK = "AA ~ road ha 12-01T00:00>12-02T19:33 ~ BB [1252.00 USD 1d 19h 33m 1154 kg]"


def corridor():
    """The tiny corridor, its ship passing a canal."""
    dataset = tiny_corridor()
    return replace(
        dataset,
        passages=(Passage(passage_id="canal", name="Canal", **S),),
        stops=(dataset.stops[0], replace(dataset.stops[1], passages=("canal",))),
    )


@pytest.mark.parametrize("avoid", ["sea", "ship", "AP", "BP", "canal", "line"])
def test_without_the_ship(avoid):
    assert lines(corridor(), avoid=(avoid,)) == [TRUCK]


@pytest.mark.parametrize("avoid", ["x", "AX", "BX"])
def test_without_the_border(avoid):
    assert lines(corridor(), avoid=(avoid,)) == [SHIP]


@pytest.mark.parametrize(("via", "line"), [("AP", SHIP), ("BP", SHIP), ("canal", SHIP), ("x", TRUCK), ("AX", TRUCK)])
def test_through_what_is_named(via, line):
    assert lines(corridor(), via=(via,)) == [line]


def test_all_that_is_named_must_be_used():
    assert lines(corridor(), via=("AP", "canal")) == [SHIP]
    assert lines(corridor(), via=("AP", "x")) == []
