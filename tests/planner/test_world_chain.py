"""Chains of the feed ``world`` where a feed holds nothing."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

import landbridge as lb
from landbridge import planner
from landbridge.domain.source import WORLD_SOURCE_ID as SOURCE_ID
from landbridge.planner.place_search import find_places
from landbridge.planner.world.chain import load_world_feed
from landbridge.planner.world.places import join_world_places
from landbridge.planner.world.sea_lanes import fit_lanes
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
    [("Port Moresby", "PGPOM-PORT"), ("Petropavlovsk-Kamchatsky", "RUPKC-PORT")],
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
    shut = {event.border_id for event in load_world_feed().events if event.valid_to is None} - {None}
    for ends in (("Delhi", "Lahore"), ("Kyiv", "Moscow")):
        joined = join_world_places(tiny_corridor(), ends)
        assert not shut & {link.border_id for link in joined.links}


def test_borders_of_the_world_are_named_by_countries_and_not_by_their_codes():
    names = {row.border_id: row.name for row in load_world_feed().borders}
    assert names["rail-AZ-GE"] == "Azerbaijan - Georgia by rail"
    assert not [name for name in names.values() if re.search(r"\b[A-Z]{2}\b(?! Congo)", name)]


def test_rules_and_designations_of_the_asked_feed_stay():
    feed = tiny_corridor()
    joined = join_world_places(feed, ("Hamburg", "Almaty"))
    assert joined.rules[: len(feed.rules)] == feed.rules
    assert {row.rule_id for row in joined.rules[len(feed.rules) :]} <= {row.rule_id for row in load_world_feed().rules}
    assert joined.watchlist[: len(feed.watchlist)] == feed.watchlist
    assert {row.entry_id for row in joined.watchlist[len(feed.watchlist) :]} <= {row.entry_id for row in load_world_feed().watchlist}
    assert replace(joined.info, other_days=feed.info.other_days) == feed.info


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


@pytest.fixture(scope="module")
def shipped():
    return lb.load("belarus-pakistan")


def test_ships_of_a_feed_are_no_answer_to_a_truck_or_a_train(shipped):
    """The shipped feed knows Shanghai, Hamburg, Lahore and Istanbul as ports of its lines, and no road or railway at three of them."""
    modes = {leg.mode for itinerary in lb.plan(shipped, "Shanghai", "Hamburg").itineraries for leg in itinerary.legs}
    assert {"sea", "rail", "road"} <= modes
    overland = [one for one in lb.plan(shipped, "Lahore", "Istanbul").itineraries if {leg.mode for leg in one.legs} <= {"rail", "road"}]
    assert {mode for one in overland for mode in (leg.mode for leg in one.legs)} == {"rail", "road"}
    assert all(one.duration_min < 25 * 1440 for one in overland)


def test_a_port_of_the_feed_to_which_no_road_leads_has_trains_of_the_atlas(shipped):
    """Shanghai is a port of the shipped feed, which has railways in the west of China and wagons that run there."""
    plan = lb.plan(shipped, "Shanghai", "Minsk")
    by_rail = [one for one in plan.itineraries if {leg.mode for leg in one.legs} == {"rail"}]
    assert by_rail
    assert all(15 * 1440 < one.duration_min < 35 * 1440 for one in by_rail)
    gateways = {row.gateway for row in plan.compared}
    assert "road-CN-KZ" in gateways  # by the first border of each way over land that is no plan
    assert {leg.borders[0] for one in by_rail for leg in one.legs if leg.borders} & {"altynkol-rail", "rail-CN-KZ"}


def test_ships_of_the_world_call_at_the_ports_of_the_feed_so_that_its_rules_hold(shipped):
    at_ambarli = {stop.place_id for stop in join_world_places(shipped, ("Lahore", "Istanbul")).stops if stop.place_id.startswith("TRAM")}
    assert at_ambarli == {"TRAMR"}  # the atlas calls it TRAMB
    joined = join_world_places(shipped, ("Delhi", "Moscow"))
    added = {stop.place_id for stop in joined.stops if stop.service_id not in shipped.service_by_id}
    assert {"RUNVS", "RULED"} & added
    for place_id in added:
        assert place_id.removesuffix("-PORT") == place_id or place_id.removesuffix("-PORT") not in shipped.place_by_id
    assert {(row.from_mode, row.to_mode) for row in joined.handling if row.place_id == "RULED"} >= {("sea", "rail"), ("sea", "road")}


def test_a_port_that_the_law_forbids_is_forbidden_to_ships_of_the_world(shipped):
    """Article 5ae of Regulation (EU) 833/2014 stands in the feed as a rule on its place RUNVS."""
    itineraries = lb.plan(shipped, "Delhi", "Krasnodar", avoid=["RULED"]).itineraries
    through = [one for one in itineraries if any("RUNVS" in (leg.from_id, leg.to_id) and leg.mode == "sea" for leg in one.legs)]
    assert through
    for one in through:
        assert any("Novorossiysk" in exposure.text for exposure in one.exposures)


def test_a_way_of_the_world_crosses_a_border_where_the_feed_knows_it(shipped):
    joined = join_world_places(shipped, ("Hamburg", "Almaty"))
    borders = {link.border_id for link in joined.links if link.source_id == SOURCE_ID}
    assert "by-pl-brest-rail" in borders
    assert "rail-BY-PL" not in borders
    assert {row.border_id for row in joined.crossings} >= borders - {None}


def test_a_line_over_the_caspian_is_joined_where_it_leads_to_the_other_end(shipped):
    joined = join_world_places(shipped, ("Hamburg", "Almaty"))
    lines = {row.service_id for row in joined.services if row.service_id.startswith("line-")}
    assert lines == {"line-alat-aktau", "line-alat-turkmenbashi"}
    assert {row.operator_id for row in joined.services if row.service_id in lines} <= {row.party_id for row in joined.parties}
    assert any(stop.place_id == "GEPTI-PORT" for stop in joined.stops)
    far = join_world_places(shipped, ("Hamburg", "Colombo"))
    assert not any(row.service_id.startswith("line-") for row in far.services)


def test_the_caspian_route_costs_and_takes_what_was_published(shipped):
    """Poti - Almaty: 5,350 to 5,400 USD for a 40HQ and 20 days, Report.az after Argus, November 2025."""
    plan = lb.plan(shipped, "Poti, GE", "Almaty", avoid=["RU", "IR"])
    cheapest = min(plan.itineraries, key=lambda one: one.cost_cents)
    assert any(leg.service_id is not None and leg.service_id.startswith("line-") for leg in cheapest.legs)
    assert cheapest.cost_low_cents <= 5_350_00 <= cheapest.cost_high_cents
    assert abs(cheapest.cost_cents - 5_375_00) <= 0.15 * 5_375_00
    assert abs(cheapest.duration_min / 1440 - 20) <= 4


def test_lines_of_their_own_are_no_reference_for_lanes():
    base = load_world_feed()
    lanes = replace(base, services=tuple(row for row in base.services if row.operator_id == "any-line"))
    lanes = replace(lanes, stops=tuple(row for row in base.stops if row.service_id in lanes.service_by_id))
    assert len(lanes.services) < len(base.services)
    assert fit_lanes(base) == fit_lanes(lanes)


def test_the_fastest_pair_of_ports_is_joined_beside_the_cheapest(shipped):
    """A truck from Poti or Novorossiysk to Moscow costs more than the ship around Europe, and is days faster."""
    joined = join_world_places(shipped, ("Mombasa", "Moscow"))
    ships = {row.place_id for row in joined.stops if row.seq > 1 and row.service_id.startswith("ship-KEMBA")}
    assert "RULED" in ships
    assert ships & {"RUNVS", "GEPTI-PORT"}


@pytest.mark.parametrize(("ends", "gate", "days"), [(("Busan", "Moscow"), "RUVYP-PORT", 35), (("Minsk", "Tokyo"), "RUVYP-PORT", 35)])
def test_a_land_bridge_from_a_far_port_stands_beside_ships_all_the_way(shipped, ends, gate, days):
    """From Korea and Japan to Russia and Belarus by Vostochny: ships around Asia take fifty days."""
    joined = join_world_places(shipped, ends)
    assert gate in {row.place_id for row in joined.stops if row.service_id.startswith("ship-")}
    itineraries = lb.plan(shipped, *ends).itineraries
    assert min(one.duration_min for one in itineraries) <= days * 1440
    near = {"RULED", "LTKLJ", "LVRIX-PORT"}
    assert any(near & {leg.from_id, leg.to_id} for one in itineraries for leg in one.legs)


def test_a_road_all_the_way_is_no_reason_against_a_land_bridge(shipped):
    """A truck from Minsk to Dubai costs more than twice as much as trains to Bandar Abbas and a short ship."""
    joined = join_world_places(shipped, ("Minsk", "Dubai"))
    assert "ship-IRBND-AEJEA" in joined.service_by_id


def test_no_land_bridge_is_looked_for_where_ships_are_as_fast(shipped):
    """From Sydney to Hamburg nothing is gained by a train through Asia, and none is offered."""
    joined = join_world_places(shipped, ("Sydney", "Hamburg"))
    assert not {row.country for row in joined.links if row.source_id == SOURCE_ID} & {"RU", "CN", "KZ"}


def test_no_truck_in_transit_crosses_sudan():
    joined = join_world_places(tiny_corridor(), ("Kampala", "Hamburg"))
    assert "SD" not in {link.country for link in joined.links if link.source_id == SOURCE_ID}


def test_a_better_way_without_evidence_is_told_beside_confirmed_plans(shipped):
    """Confirmed services lead from Almaty to Dubai by Taftan and Karachi; those of the world by Bandar Abbas, for less, not for half."""
    plan = lb.plan(shipped, "Almaty", "Dubai")
    assert all(one.is_confirmed for one in plan.itineraries)
    better = [
        row
        for row in plan.compared
        if row.itinerary.cost_cents < min(one.cost_cents for one in plan.itineraries)
        and row.itinerary.duration_min < min(one.duration_min for one in plan.itineraries)
    ]
    assert better
    assert not any(row.itinerary.is_confirmed for row in better)
    (told,) = [row for row in plan.findings if row.code == "UNCONFIRMED-BETTER"]
    assert f"{min(row.itinerary.cost_cents for row in better) / 100:,.0f} USD" in told.message


@pytest.mark.parametrize(("ends", "days"), [(("Tehran", "Mumbai"), 30), (("Mumbai", "Bandar Abbas"), 15), (("Tashkent", "Shanghai"), 20)])
def test_confirmed_services_that_lead_by_st_petersburg_are_not_the_only_plans(shipped, ends, days):
    plan = lb.plan(shipped, *ends)
    assert plan.itineraries
    assert all(one.duration_min < days * 1440 for one in plan.itineraries)
    assert "CONFIRMED-FAR-ROUND" in {row.code for row in plan.findings}
    assert planner.verify_plan(shipped, plan) == ()


def test_nothing_is_told_where_no_way_is_better_in_both(shipped):
    assert "UNCONFIRMED-BETTER" not in {row.code for row in lb.plan(shipped, "Minsk", "Lahore").findings}


def test_a_truck_takes_a_ferry_rather_than_drive_around_the_sea():
    """Over land alone Casablanca - Madrid leads by Senegal, Niger, Egypt and Turkey."""
    joined = join_world_places(tiny_corridor(), ("Casablanca", "Madrid"))
    assert {link.country for link in joined.links if link.source_id == SOURCE_ID} <= {"MA", "ES", "PT"}
    assert any("by ferry" in link.note for link in joined.links)
    assert "road-ES-MA" in {row.border_id for row in joined.crossings}


@pytest.mark.parametrize("border_id", ["road-FR-GB", "road-DK-SE", "road-GR-IT", "road-AZ-TM"])
def test_countries_that_a_ferry_a_tunnel_or_a_bridge_joins_have_a_border(border_id):
    base = load_world_feed()
    assert border_id in {row.border_id for row in base.borders}
    assert {(row.from_country, row.to_country) for row in base.crossings if row.border_id == border_id} == {
        tuple(border_id.split("-")[1:]),
        tuple(border_id.split("-")[:0:-1]),
    }


def test_a_way_over_land_around_a_sea_is_not_offered():
    """Nor is a port in Greece, by which it would cost many times what it does by Palermo."""
    joined = join_world_places(tiny_corridor(), ("Palermo", "Tunis"))
    assert not {"EG", "LY", "SY", "TR", "GR"} & {link.country for link in joined.links if link.source_id == SOURCE_ID}
    assert any(stop.place_id == "ITPMO-PORT" for stop in joined.stops)


def test_between_places_to_which_its_roads_and_railways_lead_a_feed_tells_what_there_is(shipped):
    """Nor is anything added where the question avoids what the feed's ways need."""
    assert join_world_places(shipped, ("Minsk", "Lahore")) is shipped
    assert join_world_places(shipped, ("Moscow", "Lahore")) is shipped
    assert lb.plan(shipped, "Minsk", "Lahore", avoid=["RU"]).itineraries == ()


def test_a_way_by_sea_that_costs_more_than_a_truck_all_the_way_is_left_out():
    joined = join_world_places(tiny_corridor(), ("Moscow", "Tashkent"))
    assert not [row for row in joined.services if row.service_id.startswith("ship-")]
    lines = {row.service_id for row in joined.services if row.service_id.startswith("line-")}
    assert "line-aktau-alat" not in lines  # it leads away from Tashkent


def test_a_ship_from_afar_goes_round_jutland_and_a_feeder_by_the_kiel_canal():
    def passages(one, other):
        joined = join_world_places(tiny_corridor(), (one, other))
        return [set(row.passages) for row in joined.stops if row.service_id.startswith("ship-") and row.seq > 1]

    far = passages("Busan", "Gdansk")
    assert any("oresund" in one for one in far)
    assert not any("kiel" in one for one in far)
    assert any("kiel" in one for one in passages("Dublin, IE", "Klaipeda"))
