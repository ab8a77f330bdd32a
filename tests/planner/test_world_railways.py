"""Over whose tracks trains of the world go: screened as operators are."""

from __future__ import annotations

from dataclasses import replace

import pytest

import landbridge as lb
from landbridge import planner
from landbridge.planner.world.chain import load_world_feed
from landbridge.planner.world.places import join_world_places
from tests.corridor import tiny_corridor

RAIL = "world-rail-1520"


@pytest.fixture(scope="module")
def plan():
    return lb.plan(lb.load("belarus-pakistan"), "Riga", "Almaty")


def test_a_train_of_the_world_is_exposed_to_what_is_said_of_whose_tracks_it_uses(plan):
    ways = [*plan.itineraries, *(one.itinerary for one in plan.compared)]
    over = [way for way in ways if any("rzd" in (leg.infrastructure_ids or ()) for leg in way.legs if leg.service_id == RAIL)]
    assert over
    for way in over:
        assert {("UK", "uk-rzd"), ("US", "us-rzd"), ("EU", "eu-833-xiii-rzd")} <= {(one.regime, one.rule_id) for one in way.exposures}
    assert planner.verify_plan(lb.load("belarus-pakistan"), plan) == ()


def test_where_another_regime_gates_no_train_goes_over_the_tracks_that_it_froze():
    gated = lb.plan(lb.load("belarus-pakistan"), "Riga", "Almaty", gate=("UK",))
    ways = [*gated.itineraries, *(one.itinerary for one in gated.compared)]
    assert not any("rzd" in (leg.infrastructure_ids or ()) for way in ways for leg in way.legs)
    assert any(one.rule_id == "uk-rzd" for one in gated.rejected)


def test_a_railway_is_the_party_that_the_feed_has_under_any_of_its_names():
    feed = tiny_corridor()
    known = replace(load_world_feed().party_by_id["rzd"], party_id="my-railway", names=())
    joined = join_world_places(replace(feed, parties=(*feed.parties, known)), ("Riga", "Almaty"))
    assert joined.infrastructure[RAIL, "RU"] == {"my-railway"}
    assert "rzd" not in joined.party_by_id
    assert {party for row in joined.infrastructure.values() for party in row} <= joined.party_by_id.keys()


def test_who_is_not_named_is_not_called_free(plan):
    """Trucks of the open market are anybody's: a way by one is not free under a regime that says nothing of it."""
    feed = lb.load("belarus-pakistan")
    joined = join_world_places(feed, ("Riga", "Almaty"))
    ways = {one.gateway: one.itinerary for one in plan.compared} | {f"plan {i + 1}": way for i, way in enumerate(plan.itineraries)}
    named = {way: all(joined.is_named(leg) for leg in found.legs) for way, found in ways.items()}
    states = {(cell.gateway, cell.state) for cell in plan.matrix if cell.gateway in ways}
    assert not {way for way, state in states if state == "free"} - {way for way, is_named in named.items() if is_named}
    assert {way for way, state in states if state == "unnamed"} <= {way for way, is_named in named.items() if not is_named}
    assert False in named.values()


def test_the_placeholder_of_the_open_market_is_nobody():
    base = load_world_feed()
    assert base.party_by_id["any-line"].kind == "unnamed"
    railways = {party_id for found in base.infrastructure.values() for party_id in found}
    assert railways <= base.party_by_id.keys()
    assert "any-line" not in railways


def test_a_railway_owned_by_a_designated_one_is_designated():
    """South Caucasus Railway is wholly owned by Russian Railways, which the United Kingdom froze."""
    feed = lb.load("belarus-pakistan")
    joined = join_world_places(feed, ("Yerevan", "Tbilisi"))
    assert [(row.owner_id, row.owned_id) for row in joined.ownership if row not in feed.ownership] == [("rzd", "south-caucasus-railway")]
    assert not [row for row in join_world_places(feed, ("Riga", "Almaty")).ownership if row not in feed.ownership]
    plan = lb.plan(feed, "Yerevan", "Tbilisi")
    (rail,) = [one for one in plan.itineraries if {leg.mode for leg in one.legs} == {"rail"}]
    assert {one.what for one in rail.exposures if one.regime == "UK"} == {"south-caucasus-railway"}
    gated = lb.plan(feed, "Yerevan", "Tbilisi", gate=["UK"])
    assert not any("south-caucasus-railway" in (leg.infrastructure_ids or ()) for one in gated.itineraries for leg in one.legs)
