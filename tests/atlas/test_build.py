"""How the atlas is made: sight over water, and links that cities lack."""

from __future__ import annotations

import math

import numpy as np
import pytest
from atlas_build import sight
from atlas_build.corrections import rows
from atlas_build.geometry import great_circle_m


def unit(lon, lat):
    x, y = math.radians(lon), math.radians(lat)
    return np.array([math.cos(y) * math.cos(x), math.cos(y) * math.sin(x), math.sin(y)])


@pytest.fixture(scope="module")
def island():
    """A raster of water with one square of land around 10 E 20 N, and two clearances: none known, and what is true."""
    land = np.zeros((sight.ROWS, sight.COLUMNS // 8), np.uint8)
    row, column = ((90 - 20) * 100), ((10 + 180) * 100)
    land[row : row + 8, column // 8 : column // 8 + 2] = 255
    unknown = np.zeros((sight.ROWS // sight.BLOCK, sight.COLUMNS // sight.BLOCK), np.uint16)
    known = unknown.copy()
    lat, lon = 90 - (np.arange(known.shape[0]) + 0.5) / 10, (np.arange(known.shape[1]) + 0.5) / 10 - 180
    x, y = np.radians(lon)[None, :], np.radians(lat)[:, None]
    towards = np.cos(y) * np.cos(math.radians(20)) * np.cos(x - math.radians(10)) + np.sin(y) * math.sin(math.radians(20))
    known[:] = np.maximum(0, (np.arccos(np.clip(towards, -1, 1)) - math.radians(0.5)) / sight.ROOM)
    return land, unknown, known


def test_what_is_passed_over_is_water(island):
    land, unknown, known = island
    random = np.random.default_rng(3)
    seen = {True: 0, False: 0}
    for _ in range(300):
        start = 10 + random.uniform(-6, 6), 20 + random.uniform(-6, 6)
        end = 20 - start[0] + random.normal(0, 0.2), 40 - start[1] + random.normal(0, 0.2)
        lines = [sight.sees(unit(*start), unit(*end), land, clear) for clear in (unknown, known)]
        assert lines[0] == lines[1]
        seen[lines[0]] += 1
    assert min(seen.values()) > 30


def test_a_link_is_made_where_cities_are_joined_by_a_detour_alone():
    pytest.importorskip("scipy")
    pytest.importorskip("shapely")
    from atlas_build.land import Net
    from atlas_build.links import LinkBound, missing_links

    class Dry:
        def find(self, lon, lat, reach=0.5):
            return np.zeros(len(lon), np.int16)

    # west ---- a    b ---- east on one parallel, 15 km apart at a and b; a way round of 500 km joins the far ends
    size = 400
    west, east = np.linspace(0.0, 0.9, size), np.linspace(1.03, 1.93, size)
    north = np.linspace(0.0, 1.93, size)
    lon, lat = np.concatenate((west, east, north)), np.concatenate((np.zeros(2 * size), np.full(size, 2.0)))
    chain = [np.column_stack((np.arange(k * size, (k + 1) * size - 1), np.arange(k * size + 1, (k + 1) * size))) for k in range(3)]
    edges = np.concatenate((*chain, [[0, 2 * size], [2 * size - 1, 3 * size - 1]]))
    metres = np.hypot(lon[edges[:, 0]] - lon[edges[:, 1]], lat[edges[:, 0]] - lat[edges[:, 1]]) * 111_195
    none = np.zeros(len(edges), np.int16)
    net = Net(
        lon=lon, lat=lat, tail=edges[:, 0], head=edges[:, 1], length=metres.astype(np.int64), country=none, kind=none, bridged=none > 0
    )  # fmt: skip
    bound = LinkBound(gap_m=25_000, detour=1.4, detour_m=10_000, gain=0.8, dearer=2.5, dearer_m=1_000, bends=1.25)
    cities, group = np.array([[0.8, 0.0], [1.13, 0.0], [0.0, 0.0]]), np.zeros(len(lon), np.int8)
    pairs, lengths = missing_links(net, cities, group, Dry(), bound)
    assert pairs.tolist() == [[size - 1, size]]
    assert lengths[0] == pytest.approx(0.13 * 111_195 * 1.25, rel=0.01)
    assert len(missing_links(net, cities[[0, 2]], group, Dry(), bound)[0]) == 0
    group[size:] = 1  # another gauge is not joined
    assert len(missing_links(net, cities, group, Dry(), bound)[0]) == 0


def test_a_short_tear_of_a_trunk_line_is_found_by_far_cities_alone():
    pytest.importorskip("scipy")
    pytest.importorskip("shapely")
    from atlas_build.far import far_links
    from atlas_build.land import Net
    from atlas_build.links import LinkBound

    class Dry:
        def find(self, lon, lat, reach=0.5):
            return np.zeros(len(lon), np.int16)

    # a line of 20 degrees that is torn in its middle, and a way round by ten degrees north that joins its ends
    size = 400
    west, east, north = np.linspace(20.0, 29.99, size), np.linspace(30.09, 40.0, size), np.linspace(20.0, 40.0, size)
    lon, lat = np.concatenate((west, east, north)), np.concatenate((np.zeros(2 * size), np.full(size, 10.0)))
    chain = [np.column_stack((np.arange(k * size, (k + 1) * size - 1), np.arange(k * size + 1, (k + 1) * size))) for k in range(3)]
    edges = np.concatenate((*chain, [[0, 2 * size], [2 * size - 1, 3 * size - 1]]))
    metres = np.hypot(lon[edges[:, 0]] - lon[edges[:, 1]], lat[edges[:, 0]] - lat[edges[:, 1]]) * 111_195
    none = np.zeros(len(edges), np.int16)
    net = Net(
        lon=lon, lat=lat, tail=edges[:, 0], head=edges[:, 1], length=metres.astype(np.int64), country=none, kind=none, bridged=none > 0
    )  # fmt: skip
    bound = LinkBound(gap_m=25_000, detour=1.0, detour_m=0, gain=0.93, dearer=4.0, dearer_m=3_000, bends=1.05, is_abroad=True)
    cities, group = np.array([[21.0, 0.0], [39.0, 0.0]]), np.zeros(len(lon), np.int8)
    pairs, lengths = far_links(net, cities, group, Dry(), bound)
    assert pairs.tolist() == [[size - 1, size]]
    assert lengths[0] == pytest.approx(0.1 * 111_195 * 1.05, rel=0.01)
    group[size : 2 * size] = 1
    assert len(far_links(net, cities, group, Dry(), bound)[0]) == 0


def test_an_end_of_a_track_that_is_added_far_from_its_gauge_stays_free():
    pytest.importorskip("shapely")
    from atlas_build.land import Net
    from atlas_build.rail import _added

    class Dry:
        def find(self, lon, lat, reach=0.5):
            return np.zeros(len(lon), np.int16)

    none = np.zeros(1, np.int16)
    net = Net(
        lon=np.array([0.0, 0.1]), lat=np.zeros(2), tail=np.array([0]), head=np.array([1]), length=np.array([11_120]), country=none,
        kind=np.array([1000], np.int16), bridged=none > 0,
    )  # fmt: skip
    after = _added(net, {"gauge_mm": "1000", "line": "0.2 0|1.0 0", "km": ""}, Dry())
    assert len(after.tail) == 3  # the track, and one joint of two


@pytest.mark.parametrize("table", ["ferries.csv", "road_corrections.csv", "rail_corrections.csv"])
def test_a_length_that_no_address_gives_has_a_range(table):
    """Low is the drawn line, which nothing undercuts; high what bends may add (docs/accuracy.md)."""
    for row in rows(table):
        if row.get("action", "add") != "add" or (row["km"] and not row["km_low"]):
            continue
        line = np.array([tuple(map(float, point.split())) for point in row["line"].split("|")])
        drawn_km = great_circle_m(line[:-1, 0], line[:-1, 1], line[1:, 0], line[1:, 1]).sum() / 1000
        assert int(row["km_low"]) <= max(drawn_km, float(row["km"] or 0)) <= int(row["km_high"])
        assert not row["km"] or int(row["km_low"]) <= float(row["km"]) <= int(row["km_high"])
        assert int(row["km_high"]) >= 1.1 * int(row["km_low"])


def test_lines_of_waterways_meet_at_a_point_that_both_name_and_keep_their_lengths():
    pytest.importorskip("scipy")
    from atlas_build.harbour import CANAL, RIVER, Draft, _add_waterway

    draft, meets = Draft(), {}
    lane = draft.node(9.5, 54.0)
    meets[9.5, 54.0] = lane
    river = _add_waterway(draft, {"line": "9.5 54.0|9.6 54.1|9.7 54.1", "kind": "river", "km": "40"}, meets)
    canal = _add_waterway(draft, {"line": "9.7 54.1|9.8 54.2", "kind": "canal", "km": ""}, meets)
    assert river[0] == lane
    assert canal[0] == river[-1]
    assert draft.kind == [RIVER, RIVER, CANAL]
    bends = [draft.stretch.get(pair, 1.0) for pair in zip(draft.tail, draft.head, strict=True)]
    assert (draft.lengths()[:2] * bends[:2]).sum() == pytest.approx(40_000)
    assert bends[2] == 1.0


def test_every_passage_of_the_table_is_crossed_by_an_edge_and_told_as_the_table_says(world):
    _, numbers = world.passage_edges
    assert set(numbers.tolist()) == set(range(len(world.passages)))
    for row, passage in zip(rows("passages.csv"), world.passages, strict=True):
        assert passage["id"] == row["passage_id"]
        assert passage["closed"] == (row["closed_by_default"] == "yes")
        assert passage.get("inland", False) == (row["closed_by_default"] == "sea")
        assert passage.get("longest_m", 0) == int(row["longest_km"] or 0) * 1000
