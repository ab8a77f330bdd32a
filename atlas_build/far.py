"""Links that far cities show: a torn trunk line that no two neighbouring cities miss, since a long detour joins them as well.

Hubs are the largest city of each cell of some degrees. Where the way between two hubs becomes shorter by at least a part with candidates
(``links.py``), those on it are taken. No link is made where ``unlinked.csv`` says that a line is shut, nor over water.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from atlas_build.corrections import rows
from atlas_build.countries import Countries
from atlas_build.geometry import great_circle_m
from atlas_build.land import Net
from atlas_build.links import LinkBound, candidates, city_nodes, is_dry

HUB_POPULATION, CELL_DEGREES, LEAST_GAIN_M = 100_000, 4.0, 40_000.0
UNREACHED_M = 6_000_000.0
"""A way longer than this counts as this; so does none."""


def far_links(net: Net, cities: np.ndarray, group: np.ndarray, countries: Countries, bound: LinkBound) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of nodes of one group to be joined, shape (n, 2), and the length of each link in metres.

    ``cities`` holds longitudes and latitudes, the largest first; of ``bound`` the detours are not used.
    """
    pairs, gaps = candidates(net, group, countries, bound)
    open_to_links = _is_open(net, pairs)
    pairs, gaps = pairs[open_to_links], gaps[open_to_links]
    dry = is_dry(net, pairs, gaps, countries)
    pairs, gaps = pairs[dry], gaps[dry]
    taken = _needed(net, city_nodes(net, _largest_of_cells(cities)), pairs, gaps, bound)
    return pairs[taken], np.maximum(np.rint(gaps[taken] * bound.bends), 1).astype(np.int64)


def _is_open(net: Net, pairs: np.ndarray) -> np.ndarray:
    """Whether no row of ``unlinked.csv`` lies around an end of a link."""
    found = np.ones(len(pairs), bool)
    for row in rows("unlinked.csv"):
        lon, lat = np.full(len(pairs), float(row["lon"])), np.full(len(pairs), float(row["lat"]))
        for side in (0, 1):
            far = great_circle_m(net.lon[pairs[:, side]], net.lat[pairs[:, side]], lon, lat)
            found &= far > float(row["reach_km"]) * 1000
    return found


def _largest_of_cells(cities: np.ndarray) -> np.ndarray:
    cell = np.floor(cities / CELL_DEGREES).astype(np.int64)
    first = np.unique(cell, axis=0, return_index=True)[1]
    return cities[np.sort(first)]


def _needed(net: Net, hubs: np.ndarray, pairs: np.ndarray, gaps: np.ndarray, bound: LinkBound) -> np.ndarray:
    """Candidates on the ways of hubs that gain by them."""
    now = _graph(len(net.lon), net.tail, net.head, net.length.astype(float))
    weights = np.concatenate((net.length.astype(float), bound.dearer * gaps + bound.dearer_m))
    then = _graph(len(net.lon), np.concatenate((net.tail, pairs[:, 0])), np.concatenate((net.head, pairs[:, 1])), weights)
    number = {(int(min(pair)), int(max(pair))): index for index, pair in enumerate(pairs.tolist())}
    for tail, head in zip(net.tail.tolist(), net.head.tolist(), strict=True):
        number.pop((min(tail, head), max(tail, head)), None)
    taken: set[int] = set()
    for at, hub in enumerate(hubs[:-1].tolist()):
        goals = hubs[at + 1 :]
        before = np.minimum(dijkstra(now, directed=True, indices=hub, limit=UNREACHED_M)[goals], UNREACHED_M)
        after, back = dijkstra(then, directed=True, indices=hub, limit=UNREACHED_M, return_predecessors=True)
        gained = (after[goals] < bound.gain * before) & (before - after[goals] > LEAST_GAIN_M)
        for goal in goals[gained].tolist():
            taken.update(_links_of(hub, goal, back, number))
    return np.array(sorted(taken), np.int64)


def _links_of(hub: int, goal: int, back: np.ndarray, number: dict[tuple[int, int], int]) -> list[int]:
    found = []
    while goal != hub:
        before = int(back[goal])
        found.append(number.get((min(before, goal), max(before, goal)), -1))
        goal = before
    return [one for one in found if one >= 0]


def _graph(size: int, tail: np.ndarray, head: np.ndarray, weight: np.ndarray) -> csr_matrix:
    """Both directions of every edge, of parallel edges the shortest."""
    one, other = np.concatenate((tail, head)), np.concatenate((head, tail))
    both = np.concatenate((weight, weight))
    order = np.lexsort((both, other, one))
    one, other, both = one[order], other[order], both[order]
    first = np.concatenate(([True], (one[1:] != one[:-1]) | (other[1:] != other[:-1])))
    return csr_matrix((both[first], (one[first], other[first])), shape=(size, size))
