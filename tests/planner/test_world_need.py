"""Which of the three causes for ways of the world holds, and where a feed is taken to tell what there is."""

from __future__ import annotations

from dataclasses import replace

import landbridge as lb
from landbridge import planner
from landbridge.domain.source import WORLD_SOURCE_ID
from landbridge.planner.joined_question import join_question
from landbridge.planner.question import Question
from landbridge.planner.world.need import tell_need


def need(feed, origin, destination, **more):
    joined, query = join_question(feed, Question(origin=origin, destination=destination, **more))
    assert WORLD_SOURCE_ID in joined.source_by_id
    return tell_need(joined, query)


def test_the_cause_that_holds_is_told():
    feed = lb.load("belarus-pakistan")
    assert need(feed, "Minsk", "Shanghai") == "no road and no railway of the feed leads to Shanghai"
    assert need(feed, "Baku", "Turkmenbashi") == "the feed leads from Baku to Turkmenbashi not at all, or by more than twice the way"
    shut = "without borders that are shut for long the feed leads from Kabul to Karachi not at all, or by more than 3 times the way"
    assert need(feed, "Kabul", "Karachi") == shut
    assert need(feed, "Baku", "Warsaw", avoid=("RU",)) == "no way of the feed from Baku to Warsaw avoids RU"


def test_ports_at_which_shipments_of_the_feed_begin_are_its_own(tmp_path):
    """Varna has no road in the small feed, but its ship and its shipments: only where it does not join them the world does."""
    planner.init_feed(str(tmp_path / "my"))
    feed = lb.load(str(tmp_path / "my"))
    question = Question(origin="Varna", destination="Yerevan", units="1x40HC")
    assert join_question(feed, question)[0] is feed
    for other in (replace(feed, shipments=()), replace(feed, services=(), stops=())):
        assert WORLD_SOURCE_ID in join_question(other, question)[0].source_by_id
