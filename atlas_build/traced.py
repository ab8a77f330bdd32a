"""Edges that a line of a table follows, and the country of links that coarse borders give to a neighbour."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import cKDTree

from atlas_build.corrections import rows
from atlas_build.countries import Countries
from atlas_build.geometry import EARTH_RADIUS_M, unit_vectors
from atlas_build.land import Net

SCRAP_M, TOWN_REACH_M = 6_000, 5_000
"""Longest scrap of links that may be of the country around it, and how far a town of its own country must be."""


def edges_along(net: Net, points: np.ndarray, name: str) -> np.ndarray:
    """Edges of the shortest ways from each point of a line to the next; a stretch that the data tear is told and left."""
    size, edges = len(net.lon), np.arange(1, len(net.tail) + 1)
    nodes = cKDTree(unit_vectors(net.lon, net.lat)).query(unit_vectors(points[:, 0], points[:, 1]))[1]
    graph = coo_matrix((net.length, (net.tail, net.head)), shape=(size, size)).tocsr()
    number = coo_matrix((edges, (net.tail, net.head)), shape=(size, size)).tocsr()
    found: list[int] = []
    for start, goal in pairwise(nodes.tolist()):
        far, back = dijkstra(graph, directed=False, indices=start, limit=200_000, return_predecessors=True)
        if not np.isfinite(far[goal]):
            print(f"{name}: no way from {net.lon[start]:.3f} {net.lat[start]:.3f} to {net.lon[goal]:.3f} {net.lat[goal]:.3f}")
            continue
        while goal != start:
            before = int(back[goal])
            found.append(int(number[before, goal] or number[goal, before]) - 1)
            goal = before
    return np.array(found, np.int64)


def with_true_country(net: Net, countries: Countries, mode: str, towns: np.ndarray) -> Net:
    """Links that coarse borders give to a neighbour in the country that they lie in: rows of ``country_lines.csv``, then short scraps.

    ``towns`` (longitude, latitude) tell where a country begins in earnest.
    """
    for row in rows("country_lines.csv"):
        if row["mode"] == mode:
            points = np.array([tuple(map(float, point.split())) for point in row["line"].split("|")])
            net.country[edges_along(net, points, row["line_id"])] = countries.codes.index(row["country"])
    return _without_scraps(net, countries, towns)


def _without_scraps(net: Net, countries: Countries, towns: np.ndarray) -> Net:
    """Joined links of one country that together have no more than ``SCRAP_M``, lie in one other and far from any town of their own."""
    scrap, around = _scraps(net)
    of_town = countries.find(towns[:, 0], towns[:, 1])
    country = net.country.copy()
    for one, other in around.items():
        edges = np.flatnonzero(scrap == one)
        own = towns[of_town == net.country[edges[0]]]
        nodes = np.unique(np.concatenate((net.tail[edges], net.head[edges])))
        if len(own):
            near = cKDTree(unit_vectors(own[:, 0], own[:, 1])).query(unit_vectors(net.lon[nodes], net.lat[nodes]))[0].min()
            if near * EARTH_RADIUS_M <= TOWN_REACH_M:
                continue
        country[edges] = other
    return replace(net, country=country)


def _scraps(net: Net) -> tuple[np.ndarray, dict[int, int]]:
    """The piece of one country that each link is of; of the short ones that two nodes or more join to one other country, that country."""
    wide = int(net.country.max()) + 2
    ends = np.concatenate((net.tail, net.head)).astype(np.int64)
    key = ends * wide + np.tile(net.country.astype(np.int64) + 1, 2)
    known, at = np.unique(key, return_inverse=True)
    count = len(net.tail)
    piece = connected_components(coo_matrix((np.ones(count), (at[:count], at[count:])), shape=(len(known), len(known))), directed=False)[1]
    of_link = piece[at[:count]]
    short = np.bincount(of_link, weights=net.length, minlength=piece.max() + 1) <= SCRAP_M
    nodes = known // wide
    joints: dict[int, dict[int, int]] = {}
    first = np.searchsorted(nodes, nodes, side="left")
    last = np.searchsorted(nodes, nodes, side="right")
    for one in np.flatnonzero(short[piece]).tolist():
        others = {int(known[other] % wide) - 1 for other in range(first[one], last[one]) if other != one}
        for other in others:
            held = joints.setdefault(int(piece[one]), {})
            held[other] = held.get(other, 0) + 1
    country_of = {int(piece[one]): int(known[one] % wide) - 1 for one in np.flatnonzero(short[piece]).tolist()}
    around = {
        one: next(iter(held))
        for one, held in joints.items()
        if len(held) == 1 and next(iter(held)) >= 0 and sum(held.values()) >= 2 and country_of[one] >= 0
    }
    return of_link, around
