"""A feed's own distances held against the atlas."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.corridor import tiny_corridor

from landbridge.atlas.world import load_world
from landbridge.domain.haulage import Link
from landbridge.domain.identity import PassageId, PlaceId, SourceId
from landbridge.domain.place import Place
from landbridge.sources.check_distance import check_distances

SOURCE = SourceId("s")


def place(place_id, country, lon, lat):
    return Place(place_id=PlaceId(place_id), name=place_id, kind="city", country=country, lon=lon, lat=lat, zone="UTC", source_id=SOURCE)


def feed_with(distance_m, mode="road", gauge_mm=None):
    """Minsk - Brest, some 350 km by road and by rail."""
    link = Link(
        link_id="l", mode=mode, from_place_id=PlaceId("a"), to_place_id=PlaceId("b"), distance_m=distance_m, country="BY",
        gauge_mm=gauge_mm,
        source_id=SOURCE, row="feed/links.csv:2",
    )  # fmt: skip
    return replace(tiny_corridor(), places=(place("a", "BY", 27.56, 53.90), place("b", "BY", 23.70, 52.10)), links=(link,), stops=())


@pytest.mark.parametrize("mode", ["road", "rail"])
def test_a_figure_far_from_the_atlas_is_told_with_both(mode):
    found = list(check_distances(feed_with(500_000, mode, 1520 if mode == "rail" else None), load_world()))
    assert [(one.code, one.file, one.row, one.column) for one in found] == [("DISTANCE-ATLAS", "feed/links.csv", 2, "distance_km")]
    assert "500 km" in found[0].message
    assert "of the atlas" in found[0].message


@pytest.mark.parametrize("distance_m", [330_000, 350_000, 380_000])
def test_a_figure_within_fifteen_percent_is_not_told(distance_m):
    assert list(check_distances(feed_with(distance_m), load_world())) == []


def test_what_the_atlas_cannot_reach_is_not_compared():
    feed = feed_with(500_000)
    far = replace(feed, places=(place("a", "BY", -30.0, 0.0), place("b", "BY", 23.70, 52.10)))
    assert list(check_distances(far, load_world())) == []


@pytest.mark.parametrize(("passages", "told"), [(("kiel",), []), (("great-belt",), ["DISTANCE-ATLAS"]), ((), [])])
def test_a_ship_that_names_its_passages_but_not_the_kiel_canal_goes_around_jutland(passages, told):
    """Hamburg - Gdansk is 435 nautical miles by the canal (Pub. 151); a ship that names nothing may go by it."""
    calls = next(stops for stops in tiny_corridor().stops_by_service.values() if len(stops) > 1)[:2]
    stops = (
        replace(calls[0], place_id=PlaceId("DEHAM")),
        replace(calls[1], place_id=PlaceId("PLGDN"), distance_m=806_000, passages=tuple(map(PassageId, passages))),
    )
    services = tuple(replace(one, mode="sea") for one in tiny_corridor().services if one.service_id == stops[0].service_id)
    ends = (place("DEHAM", "DE", 9.97, 53.54), place("PLGDN", "PL", 18.66, 54.38))
    feed = replace(tiny_corridor(), places=ends, links=(), services=services, stops=stops)
    assert [one.code for one in check_distances(feed, load_world())] == told
