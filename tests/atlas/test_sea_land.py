"""Lanes keep off the land: of Natural Earth (1:110 million, ``world-atlas`` 2.0.2, public domain), and of towns far from any coast."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
from atlas_build.geometry import read_topojson, unwrapped

from landbridge.atlas import kernel


def test_no_lane_of_the_open_sea_passes_an_inland_city(world):
    network = world.network("sea")
    gazetteer = world.gazetteer
    large = [gazetteer.place(int(index)) for index in np.flatnonzero(gazetteer._population >= 1_000_000)]
    cities = np.array([(place.lon, place.lat) for place in large])
    gap = np.array(
        [
            len(kernel.nodes_near(lon, lat, 100_000.0, network.lon, network.lat, network.cell_first, network.cell_node)[0])
            for lon, lat in cities
        ]
    )
    inland = cities[gap == 0]
    assert len(inland) > 100
    edges = np.flatnonzero((network.kind == 0) & (network.length_m > 200_000))
    edges = np.random.default_rng(7).choice(edges, 4_000, replace=False)
    a = unit(network.lon[network.tail[edges]], network.lat[network.tail[edges]])
    b = unit(network.lon[network.head[edges]], network.lat[network.head[edges]])
    towns = unit(inland[:, 0], inland[:, 1])
    for share in np.linspace(0, 1, 60):
        points = a * (1 - share) + b * share
        points /= np.linalg.norm(points, axis=1)[:, None]
        assert (points @ towns.T).max() < np.cos(30 / 6371)


ARMS = {
    "Kotzebue Sound": (-164, 65, -161, 68),
    "Cook Inlet": (-152, 60, -149, 62),
    "Lynn Canal": (-136, 58, -134, 60),
    "Inside Passage and Puget Sound": (-128, 46, -121, 52),
    "Prince Albert Sound": (-117, 70, -115, 73),
    "Bathurst Inlet": (-109, 66, -107, 73),
    "Mississippi": (-91, 29, -89, 31),
    "Wager Bay": (-91, 64, -88, 67),
    "Admiralty Inlet": (-87, 70, -84, 73),
    "Eureka Sound": (-87, 78, -81, 81),
    "Pond Inlet": (-80, 71, -76, 74),
    "Chesapeake Bay": (-78, 37, -75, 40),
    "Chiloe": (-74, -43, -72, -41),
    "Lake Maracaibo": (-72, 9, -70, 11),
    "Bay of Fundy": (-66, 44, -63, 47),
    "Orinoco": (-63, 8, -60, 10),
    "Lake Melville": (-61, 53, -57, 55),
    "Plate": (-60, -35, -57, -33),
    "Amazon and Para": (-53, -4, -48, 1),
    "Uummannaq Fjord": (-53, 70, -50, 72),
    "Scoresby Sound": (-30, 69, -24, 74),
    "Severn": (-4, 51, -2, 53),
    "Marmara": (26, 39, 30, 41),
    "Suez and Aqaba": (31, 27, 36, 31),
    "Sea of Azov": (37, 45, 40, 48),
    "Gulf of Kutch": (69, 22, 71, 24),
    "Gulf of Ob and Yenisei": (69, 65, 85, 73),
    "Gulf of Khambhat": (71, 21, 74, 23),
    "Khatanga": (105, 72, 110, 75),
    "Yangtze": (119, 31, 122, 33),
    "Inland Sea": (132, 33, 136, 36),
    "Spencer Gulf": (137, -35, 139, -32),
    "Penzhina Bay": (162, 61, 166, 64),
    "Anadyr": (174, 63, 178, 66),
}
"""Arms of the sea that are land at 1:110 million: west, south, east and north, degrees."""


def test_no_lane_of_the_open_sea_crosses_the_land(world):
    """The coarse polygons err by tens of kilometres: a point is on land if all around it at 100 km is land too."""
    network = world.network("sea")
    edges = np.flatnonzero((network.kind == 0) & (network.length_m > 20_000))
    edges = np.random.default_rng(11).choice(edges, 50_000, replace=False)
    a = unit(network.lon[network.tail[edges]], network.lat[network.tail[edges]])
    b = unit(network.lon[network.head[edges]], network.lat[network.head[edges]])
    share = np.linspace(0, 1, 9)[:, None, None]
    points = (a * (1 - share) + b * share).reshape(-1, 3)
    points /= np.linalg.norm(points, axis=1)[:, None]
    lon, lat = np.degrees(np.arctan2(points[:, 1], points[:, 0])), np.degrees(np.arcsin(points[:, 2]))
    kept = (lat < 80) & (lat > -45)  # the channels of Patagonia are narrower than the error, the pole is no ring
    for west, south, east, north in ARMS.values():
        kept &= ~((lon > west) & (lon < east) & (lat > south) & (lat < north))
    lon, lat = lon[kept], lat[kept]
    inside = on_land(lon, lat)
    for angle in np.arange(0, 360, 45):
        north, east = 0.9 * np.cos(np.radians(angle)), 0.9 * np.sin(np.radians(angle))
        some = np.flatnonzero(inside)
        inside[some] = on_land((lon[some] + east / np.cos(np.radians(lat[some])) + 180) % 360 - 180, lat[some] + north)
    assert not inside.any(), np.column_stack((lon[inside], lat[inside]))[:5].round(2).tolist()
    assert on_land(np.array([37.6, 100.0, -60.0]), np.array([55.7, 40.0, -10.0])).all()
    assert not on_land(np.array([-30.0, 65.0]), np.array([30.0, 15.0])).any()


def on_land(lon, lat):
    """Even-odd rule over all rings of the polygons, so that holes are water."""
    found = np.zeros(len(lon), bool)
    for rings, _, _ in read_topojson(Path(__file__).parent / "land-110m.json", "land"):
        for ring in rings:
            ring = unwrapped(ring)
            west, east, south, north = ring[:, 0].min(), ring[:, 0].max(), ring[:, 1].min(), ring[:, 1].max()
            x = np.where(lon < west, lon + 360, np.where(lon > east, lon - 360, lon))
            some = np.flatnonzero((lat >= south) & (lat <= north) & (x >= west) & (x <= east))
            x, y = x[some], lat[some]
            for (x0, y0), (x1, y1) in pairwise(ring):
                if y0 != y1:
                    found[some] ^= ((y0 > y) != (y1 > y)) & (x < (x1 - x0) * (y - y0) / (y1 - y0) + x0)
    return found


def test_ferries_alone_carry_trucks_over_water(world):
    road = world.network("road")
    assert set(np.unique(road.kind)) <= {0, 1, 2}
    assert (road.country[road.kind == 1] == -1).mean() > 0.9


def unit(lon, lat):
    x, y = np.radians(lon), np.radians(lat)
    return np.column_stack((np.cos(y) * np.cos(x), np.cos(y) * np.sin(x), np.sin(y)))
