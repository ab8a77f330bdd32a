"""Which ports the feed ``world`` sails from: those of the list of 2014 and those that have regular container services since."""

from __future__ import annotations

import pytest

from landbridge.atlas.world import load_world
from landbridge.planner.world.chain import load_world_feed
from landbridge.planner.world.places import join_world_places

SINCE = "world-ports-2025"


def test_ports_of_the_index_have_a_berth_in_the_atlas_and_vladivostok_is_none_of_them():
    feed, berths = load_world_feed(), load_world().port_nodes
    added = {place.place_id.removesuffix("-PORT") for place in feed.places if place.source_id == SINCE}
    assert {"INMUN", "MXZLO", "PTSIE", "QAHMD", "IQUQR", "CAHAL", "MZBEW", "AEKHL"} <= added
    assert added <= set(berths)
    assert "RUVVO" not in added
    assert feed.source_by_id[SINCE].grade == "B"


@pytest.mark.parametrize(
    ("one", "other", "ports"),
    [
        ("Delhi", "Lisbon", {"INMUN", "PTSIE"}),
        ("Mexico City", "Shanghai", {"MXLZC"}),
        ("Guadalajara, MX", "Shanghai", {"MXZLO"}),
        ("Doha", "Hamburg", {"QAHMD"}),
    ],
)
def test_a_way_over_sea_begins_at_the_near_port(one, other, ports):
    joined = join_world_places(load_world_feed(), (one, other))
    called = {stop.place_id for service in joined.services for stop in joined.stops_by_service[service.service_id]}
    assert {f"{code}-PORT" for code in ports} <= called


def test_goods_of_pakistan_are_not_moved_between_ships_at_mundra_either():
    rules = {rule.rule_id: rule for rule in load_world_feed().rules}
    assert "INMUN-PORT" in rules["in-pk-origin-transfer"].place_ids
