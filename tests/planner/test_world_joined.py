"""What joins two places of a feed: a ship whose operator the gate refuses joins nothing."""

from __future__ import annotations

from dataclasses import replace

import landbridge
from landbridge.planner.world.places import is_joined


def test_a_ship_whose_operator_is_frozen_joins_nothing():
    feed = landbridge.load()
    lone = replace(feed, services=tuple(row for row in feed.services if row.service_id != "newnew-fareast"))
    free = replace(lone, watchlist=())
    elsewhere = replace(lone, info=replace(lone.info, gates=("UN",)))
    assert not is_joined(lone, "RUVVO", "CNSHA")
    assert is_joined(free, "RUVVO", "CNSHA")
    assert is_joined(elsewhere, "RUVVO", "CNSHA")
