"""Drawn lines of legs."""

from __future__ import annotations

from dataclasses import replace

import pytest

import landbridge as lb
from landbridge import planner
from landbridge.domain.identity import PassageId, PlaceId
from landbridge.planner.world.places import join_world_places
from landbridge.report.geojson import plan_geojson
from tests.corridor import tiny_corridor


def test_legs_are_drawn_along_the_atlas_from_end_to_end_and_the_plan_stays_as_it_is():
    feed = join_world_places(lb.load("world"), ("Mombasa", "Nairobi"))
    plan = lb.plan(lb.load("world"), "Mombasa", "Nairobi")
    drawn = planner.draw_plan(plan, feed)
    assert plan.itineraries
    assert max(len(leg.path) for itinerary in plan.itineraries for leg in itinerary.legs) < 20
    for itinerary in drawn.itineraries:
        for leg in itinerary.legs:
            start, goal = feed.place_by_id[leg.from_id], feed.place_by_id[leg.to_id]
            assert leg.path[0] == (start.lon, start.lat)
            assert leg.path[-1] == (goal.lon, goal.lat)
    drawn_points = max(len(leg.path) for itinerary in drawn.itineraries for leg in itinerary.legs)
    assert drawn_points > 20
    lines = [one for one in plan_geojson(drawn, feed)["features"] if one["geometry"]["type"] == "LineString"]
    assert max(len(line["geometry"]["coordinates"]) for line in lines) == drawn_points


@pytest.mark.parametrize(("passages", "north"), [((), True), (("kiel",), False)])
def test_a_ship_is_drawn_through_the_kiel_canal_if_it_names_it(passages, north):
    feed = tiny_corridor()
    service = next(one for one in feed.services if len(feed.stops_by_service[one.service_id]) > 1)
    first, second = feed.stops_by_service[service.service_id][:2]
    ends = tuple(
        replace(feed.places[0], place_id=PlaceId(code), country=code[:2], lon=lon, lat=lat)
        for code, lon, lat in (("DEHAM", 9.97, 53.54), ("PLGDN", 18.66, 54.38))
    )
    calls = (
        replace(first, place_id=ends[0].place_id),
        replace(second, place_id=ends[1].place_id, passages=tuple(map(PassageId, passages))),
    )
    line = planner.draw_network(replace(feed, places=ends, links=(), services=(replace(service, mode="sea"),), stops=calls))[
        service.service_id
    ]
    assert (max(lat for _, lat in line) > 57) == north
