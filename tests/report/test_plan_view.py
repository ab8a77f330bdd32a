from datetime import date

from landbridge import planner
from landbridge.planner import tasks
from landbridge.report.feed_view import closure_features, feed_geojson
from landbridge.report.plan_view import plan_view


def roles(view):
    return [one["properties"]["role"] for one in view["features"]]


def test_a_map_shows_one_way_whole_and_the_others_thinly(plan, dataset):
    view = plan_view(plan, dataset, 1, [1, 2, 3])
    assert roles(view).count("leg") == len(plan.itineraries[0].legs)
    assert {one["properties"]["itinerary"] for one in view["features"] if one["properties"]["role"] == "leg"} == {1}
    mine = {leg.path for leg in plan.itineraries[0].legs}
    others = {leg.path for way in plan.itineraries[1:3] for leg in way.legs} - mine
    assert roles(view).count("other") == len(others) > 0


def test_closures_stand_at_places_and_borders_on_their_day_alone():
    feed = tasks.keep_feed("belarus-pakistan")
    told = {one["properties"]["name"]: one["properties"]["text"] for one in closure_features(feed, date(2026, 11, 24))}
    assert told["Torkham"] == "Torkham closed to trade"
    assert "Torkham" not in {one["properties"]["name"] for one in closure_features(feed, date(2025, 10, 11))}


def test_a_network_is_drawn_along_the_lines_that_are_told(dataset):
    service = next(one for one in dataset.services if len(dataset.stops_by_service.get(one.service_id, ())) >= 2)
    line = ((1.0, 2.0), (3.0, 4.0), (5.0, 6.0))
    lines = [one["geometry"]["coordinates"] for one in feed_geojson(dataset, dataset.info.as_of, {service.service_id: line})["features"]]
    assert [list(point) for point in line] in lines


def test_lines_of_ships_are_thinned_but_keep_their_ends():
    from landbridge.planner.draw import thin_line

    line = tuple((0.01 * step, 0.0) for step in range(101))
    thin = thin_line(line, 0.1)
    assert (thin[0], thin[-1]) == (line[0], line[-1])
    assert 8 <= len(thin) <= 12


def test_the_network_of_a_feed_follows_the_atlas(tmp_path):
    planner.init_feed(str(tmp_path / "small"))
    feed = tasks.keep_feed(str(tmp_path / "small"))
    lines = planner.draw_network(feed)
    assert set(lines) == {*(one.link_id for one in feed.links), *(one.service_id for one in feed.services)}
    assert max(len(line) for line in lines.values()) > 5
