"""Rows that are typed: places as a question understands them, names instead of ids, faults by row and column."""

import pytest

from landbridge import planner
from landbridge.domain.errors import DataError
from landbridge.planner import tasks
from landbridge.planner.question import Question, ask
from landbridge.planner.shipment_rows import name_rows, show_rows, take_rows


@pytest.fixture(scope="module")
def feed():
    return tasks.keep_feed("belarus-pakistan")


@pytest.mark.parametrize("text", ["BYMSQ", "Минск", "Mnisk", "minsk", "Babruysk"])
def test_a_place_means_what_it_means_in_a_question(feed, text):
    row = show_rows(feed)[0] | {"from_place_id": text}
    joined = planner.join_world_places(feed, (text, "PKLHE"))
    assert take_rows(feed, [row]).shipments[0].from_place_id == ask(joined, Question(origin=text, destination="PKLHE")).origin_id


def test_a_place_that_nobody_knows_is_told_with_the_closest(feed):
    rows = [show_rows(feed)[0] | {"from_place_id": "Xyzzyville", "to_place_id": "Qqqqq"}]
    with pytest.raises(DataError) as caught:
        take_rows(feed, rows)
    assert {(one.row, one.column) for one in caught.value.findings} == {(1, "from_place_id"), (1, "to_place_id")}
    assert all("the closest are" in one.fix for one in caught.value.findings)


def test_rows_by_name_are_the_same_shipments(feed):
    rows = show_rows(feed)
    named = name_rows(feed, rows)
    assert named[0]["from_place_id"] == "Minsk"
    assert named != rows
    assert [row.shipment_id for row in take_rows(feed, named).shipments] == [row["shipment_id"] for row in rows]
    assert show_rows(take_rows(feed, named)) == show_rows(take_rows(feed, rows))
