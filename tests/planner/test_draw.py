"""Drawn lines of legs."""

from __future__ import annotations

import landbridge as lb
from landbridge import planner
from landbridge.planner.world_places import join_world_places
from landbridge.report.geojson import plan_geojson


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
