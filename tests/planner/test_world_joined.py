"""What joins two places of a feed: what runs, whatever law forbids; a border that is shut for long joins nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

import landbridge
from landbridge import planner
from landbridge.planner.world.places import is_joined
from landbridge.planner.world.shut import list_shut


def test_law_is_no_reason_to_look_for_other_ways():
    """Where the only ship of the feed is that of a frozen company, its places stay joined by it: the answer is that it is blocked."""
    feed = landbridge.load()
    lone = replace(feed, services=tuple(row for row in feed.services if row.service_id != "newnew-fareast"))
    assert is_joined(lone, "RUVVO", "CNSHA")
    assert not is_joined(replace(lone, services=tuple(row for row in lone.services if row.operator_id != "fesco")), "RUVVO", "CNSHA")


def test_a_border_that_is_shut_for_long_joins_nothing():
    feed = landbridge.load()
    standing = list_shut(feed, feed, None).standing
    assert {"af-torkham-2025", "af-chaman-2025"} <= standing
    assert is_joined(feed, "AFKBL", "PKKHI")
    assert not is_joined(feed, "AFKBL", "PKKHI", standing)
    assert is_joined(feed, "BYMSQ", "PKLHE", standing)


@pytest.mark.parametrize(
    ("ends", "asked", "is_beside"),
    [
        (("Kabul", "Karachi"), "2026-11-24", True),  # Torkham and Chaman are shut: by Iran, not by Uzbekistan and Turkmenistan alone
        (("Kabul", "Karachi"), "2025-09-20", False),
        (("Minsk", "Lahore"), "2026-11-24", False),  # the trade of the feed's shipments
        (("Karachi", "Almaty"), "2026-11-24", False),  # one end in it, and a way of less than three times the straight line
    ],
)
def test_ways_of_the_world_stand_beside_those_that_lead_round_what_is_shut(ends, asked, is_beside):
    feed = landbridge.load()
    question = planner.Question(origin=ends[0], destination=ends[1], as_of=asked, ready=asked, exact=False)
    joined, query = planner.join_question(feed, question)
    assert ("landbridge-world" in joined.source_by_id) == is_beside
    if is_beside:
        plan = planner.plan_shipment(joined, query)
        assert {"road-AF-IR"} <= {border for leg in plan.itineraries[0].legs for border in leg.borders}
        assert plan.itineraries[0].duration_min < 12 * 1440
        assert planner.join_query_places(feed, query).digest == joined.digest
