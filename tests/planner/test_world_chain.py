"""Chains of the feed ``world`` where a feed holds nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

import landbridge as lb
from landbridge import planner
from landbridge.planner.place_search import find_places
from landbridge.planner.sea_lanes import fit_lanes
from landbridge.planner.world_chain import load_world_feed
from landbridge.planner.world_places import join_world_places
from landbridge.planner.world_rows import SOURCE_ID
from tests.corridor import tiny_corridor


@pytest.fixture(scope="module")
def plan():
    return lb.plan(lb.load("world"), "Shanghai", "Nairobi")


def test_two_towns_that_no_table_names_are_joined_by_ship_and_train(plan):
    cheapest = min(plan.itineraries, key=lambda one: one.cost_cents)
    assert [leg.mode for leg in cheapest.legs][1] == "sea"
    assert cheapest.legs[1].to_id == "KEMBA-PORT"
    assert 20 * 1440 < cheapest.duration_min < 60 * 1440
    assert 1_500_00 < cheapest.cost_low_cents <= cheapest.cost_cents <= cheapest.cost_high_cents < 20_000_00
    assert plan.query.unit_type_id == "40HC"
    assert plan.query.units == 1
    assert plan.query.hs is None
    assert plan.query.ready_on == plan.dataset_as_of


def test_the_answer_says_that_it_rests_on_estimates(plan):
    assert {"WORLD-FEED", "ONLY-UNCONFIRMED"} <= {one.code for one in plan.findings}
    assert not any(leg.is_confirmed for itinerary in plan.itineraries for leg in itinerary.legs)
    assert {item.grade for itinerary in plan.itineraries for item in itinerary.items} == {"D"}
    assert all(
        item.cost_low_cents < item.cost_high_cents for itinerary in plan.itineraries for item in itinerary.items if item.kind == "freight"
    )


def test_a_saved_plan_is_verified_by_other_code(plan):
    assert planner.verify_plan(lb.load("world"), plan) == ()


def test_the_same_ends_give_the_same_feed_whether_named_or_by_id(plan):
    feed = lb.load("world")
    named, by_id = (
        join_world_places(feed, ("Shanghai", "Nairobi")),
        join_world_places(feed, (plan.query.origin_id, plan.query.destination_id)),
    )
    assert named.digest == by_id.digest == plan.dataset_digest != feed.digest
    assert named.links == by_id.links


def test_a_gauge_changes_at_a_terminal_and_each_country_is_entered_over_a_border():
    joined = join_world_places(tiny_corridor(), ("Hamburg", "Almaty"))
    links = [link for link in joined.links if link.source_id == SOURCE_ID]
    places = joined.place_by_id
    assert {link.mode for link in links} == {"road", "rail"}
    for link in links:
        is_border = places[link.from_place_id].country != places[link.to_place_id].country
        assert is_border == (link.border_id is not None)
        assert link.border_id is None or link.border_id in {row.border_id for row in joined.crossings}
    changes = {place_id for place_id in places if place_id.endswith("-change")}
    assert changes
    assert changes <= {row.place_id for row in joined.handling if row.kind == "gauge_change"}


@pytest.mark.parametrize(
    ("text", "port_id"),
    [("Reykjavik", "ISREY-PORT"), ("Port Moresby", "PGPOM-PORT"), ("Vladivostok", "RUVVO-PORT")],
)
def test_an_end_from_which_no_port_of_the_feed_is_reached_has_one_of_the_atlas(text, port_id):
    assert port_id not in load_world_feed().place_by_id
    joined = join_world_places(tiny_corridor(), (text, "Seattle"))
    assert any(link.to_place_id == port_id and link.mode == "road" for link in joined.links)
    assert any(stop.place_id == port_id for stop in joined.stops)
    assert not any("has no road" in link.note for link in joined.links if link.source_id == SOURCE_ID)
    assert any(row.place_id == port_id for row in joined.handling)


def test_on_an_island_without_a_road_streets_lead_to_the_port():
    joined = join_world_places(tiny_corridor(), ("Malé", "Colombo"))
    (street,) = [link for link in joined.links if link.country == "MV"]
    assert street.to_place_id == "MVMLE-PORT"
    assert "the atlas has no road" in street.note
    assert street.distance_m < 10_000
    assert any(rate.country == "MV" for rate in joined.haulage_rates)


def test_a_region_that_bears_the_name_of_a_country_is_a_region_where_the_atlas_knows_the_whole_name():
    joined = join_world_places(tiny_corridor(), ("Atlanta, Georgia", "Batumi, Georgia"))
    found = [find_places(joined, text)[0] for text in ("Atlanta, Georgia", "Batumi, Georgia")]
    assert [(one.country, one.score) for one in found] == [("US", 100.0), ("GE", 100.0)]


def test_two_towns_that_the_feed_joins_by_a_great_way_round_have_ways_of_the_world_too():
    """The shipped feed knows places in Russia and China, and leads from one to the other through Kazakhstan alone."""
    joined = join_world_places(lb.load("belarus-pakistan"), ("Vladivostok", "Harbin"))
    assert any(link.mode == "rail" and link.border_id == "rail-CN-RU" for link in joined.links)


def test_every_port_that_is_joined_is_reached_by_land():
    joined = join_world_places(tiny_corridor(), ("Vladivostok", "Seattle"))
    linked = {place_id for link in joined.links for place_id in (link.from_place_id, link.to_place_id)}
    assert {stop.place_id for stop in joined.stops if stop.service_id not in tiny_corridor().service_by_id} <= linked


def test_no_chain_crosses_a_border_that_is_shut():
    shut = {event.border_id for event in load_world_feed().events}
    for ends in (("Delhi", "Lahore"), ("Kyiv", "Moscow")):
        joined = join_world_places(tiny_corridor(), ends)
        assert not shut & {link.border_id for link in joined.links}


def test_rules_and_designations_of_the_asked_feed_stay():
    feed = tiny_corridor()
    joined = join_world_places(feed, ("Hamburg", "Almaty"))
    assert joined.rules == feed.rules
    assert joined.watchlist == feed.watchlist
    assert joined.info == feed.info


def test_an_end_that_nobody_knows_changes_nothing():
    feed = tiny_corridor()
    assert join_world_places(feed, ("Hamburg", "qqqq zzzz")) is feed


def test_a_lane_costs_more_the_farther_it_leads_and_lies_within_its_range():
    lanes = fit_lanes(load_world_feed())
    near, far = lanes.price("40HC", 2_000_000), lanes.price("40HC", 20_000_000)
    assert near.typical < far.typical
    assert near.low <= near.typical <= near.high
    assert lanes.price("20GP", 20_000_000).typical < far.typical
    low, typical, high = lanes.minutes(12_000_000)
    assert 15 * 1440 < low < typical < high < 30 * 1440


def test_the_fit_of_two_lanes_is_the_line_through_them():
    base = load_world_feed()
    kept = ("lane-sha-rtm", "lane-sha-sin")
    two = replace(
        base,
        stops=tuple(row for row in base.stops if row.service_id in kept),
        tariffs=tuple(row for row in base.tariffs if row.service_id in kept and row.unit_type_id == "40HC"),
    )
    lanes = fit_lanes(two)
    for service_id in kept:
        far = two.stops_by_service[service_id][1].distance_m
        price = next(row.amount.typical for row in two.tariffs if row.service_id == service_id)
        assert lanes.price("40HC", far).typical == price


def test_a_port_is_chosen_by_the_road_to_it_and_not_by_the_straight_line():
    """Shendi in Sudan is nearest to Jeddah, over the Red Sea; by road that is 3,500 km around it."""
    joined = join_world_places(tiny_corridor(), ("Reykjavik, IS", "Shendi, SD"))
    ships = {row.place_id for row in joined.stops if row.seq > 1}
    assert "SDPZU-PORT" in ships
    assert "SAJED-PORT" not in ships


def test_no_truck_drives_through_gaza():
    joined = join_world_places(tiny_corridor(), ("Kiryat Gat, IL", "Nyala, SD"))
    assert "road-EG-PS" not in {link.border_id for link in joined.links}
    assert "road-EG-IL" in {link.border_id for link in joined.links}


def test_a_town_without_roads_is_told_by_its_name():
    """San Juan, a part of Iquitos, is reached by river and by air alone."""
    told = [row.message for row in lb.plan(lb.load("world"), "geonames:3692462", "Rotterdam, NL").findings if row.code == "PLACE-ISLAND"]
    assert any("San Juan (geonames:3692462)" in text and "no road and no railway of the atlas" in text for text in told)
    assert not any("Rotterdam" in text and "no road and no railway" in text for text in told)


def test_a_ship_from_afar_goes_round_jutland_and_a_feeder_by_the_kiel_canal():
    def passages(one, other):
        joined = join_world_places(tiny_corridor(), (one, other))
        return [set(row.passages) for row in joined.stops if row.service_id.startswith("ship-") and row.seq > 1]

    far = passages("Busan", "Gdansk")
    assert any("oresund" in one for one in far)
    assert not any("kiel" in one for one in far)
    assert any("kiel" in one for one in passages("Dublin, IE", "Klaipeda"))
