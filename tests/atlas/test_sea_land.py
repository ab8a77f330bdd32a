"""Lanes keep off the land: no stretch of open sea passes a town far from any coast."""

from __future__ import annotations

import numpy as np

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


def test_ferries_alone_carry_trucks_over_water(world):
    road = world.network("road")
    assert set(np.unique(road.kind)) <= {0, 1, 2}
    assert (road.country[road.kind == 1] == -1).mean() > 0.9


def unit(lon, lat):
    x, y = np.radians(lon), np.radians(lat)
    return np.column_stack((np.cos(y) * np.cos(x), np.cos(y) * np.sin(x), np.sin(y)))
