"""Links that the data lack between neighbouring cities: lines tear where a road changes its class or a railway its name.

Two neighbouring cities that are joined by a detour alone show where a link is missing. Between the ends of torn lines that lie within
``gap_m`` every link is a candidate, dearer than a line; where the way between two such cities becomes much shorter with candidates, those
on it are taken. So no link is made that no pair of cities needs. The rule and its bounds were chosen on the distances by road between the
provinces of Turkey (81 cities, docs/accuracy.md). Those of benchmarks/distances were not chosen on, but their errors were printed while
fits were tried, so that they are no blind test of this rule.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np
from numba import njit
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from atlas_build.countries import Countries
from atlas_build.geometry import EARTH_RADIUS_M, unit_vectors
from atlas_build.land import Net

CITY_POPULATION, NEIGHBOURS, NEIGHBOUR_M, NEAR_BY_M, SNAP_M = 50_000, 8, 900_000.0, 250_000.0, 15_000.0
FARTHEST_M = 2_500_000.0
WET_M, SCRAP_NODES, LARGE_NODES = 2_500.0, 30, 300
SECTORS, NEAR, NEAR_ENDS, FAR_NEIGHBOURS = 8, 300, 8, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkBound:
    """When a link is made.

    Attributes
    ----------
    gap_m
        The longest link; what is farther apart needs a row of a table of corrections.
    detour, detour_m
        A pair of cities asks for a link if its way is longer than both the first times the great circle and the second beyond it.
    gain
        A link is taken if it leaves at most this part of the way.
    dearer, dearer_m
        What a candidate costs in the search: times its length, and beyond it.
    bends
        Length of a link over its great circle (grade D).
    is_abroad
        Whether a link may join two countries.
    """

    gap_m: float
    detour: float
    detour_m: float
    gain: float
    dearer: float
    dearer_m: float
    bends: float
    is_abroad: bool = False


def missing_links(net: Net, cities: np.ndarray, group: np.ndarray, countries: Countries, bound: LinkBound) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of nodes of one group and country to be joined, shape (n, 2), and the length of each link in metres.

    ``cities`` holds longitudes and latitudes; ``group`` a number for each node.
    """
    pairs, gaps = candidates(net, group, countries, bound)
    nodes = city_nodes(net, cities)
    taken = _needed(net, nodes, pairs, gaps, bound)
    taken = taken[is_dry(net, pairs[taken], gaps[taken], countries)]
    return pairs[taken], np.maximum(np.rint(gaps[taken] * bound.bends), 1).astype(np.int64)


def candidates(net: Net, group: np.ndarray, countries: Countries, bound: LinkBound) -> tuple[np.ndarray, np.ndarray]:
    """From each torn end the nearest nodes all around and the nearest other ends, of the same group and, unless abroad, country."""
    size = len(net.lon)
    degree = np.bincount(np.concatenate((net.tail, net.head)), minlength=size)
    label = _labels(net)
    live = np.flatnonzero(degree)
    ends = np.flatnonzero((degree == 1) | ((degree > 0) & (np.bincount(label)[label] < SCRAP_NODES)))
    points = unit_vectors(net.lon, net.lat) * EARTH_RADIUS_M
    near = cKDTree(points[live]).query(points[ends], k=NEAR, distance_upper_bound=bound.gap_m)[1]
    near = np.append(live, size)[near]
    one, other = _around(ends, near, group, net.lon, net.lat, size)
    found = cKDTree(points[ends]).query(points[ends], k=NEAR_ENDS, distance_upper_bound=bound.gap_m)[1]
    row, column = np.nonzero(found < len(ends))
    pairs = np.column_stack((np.concatenate((one, ends[row])), np.concatenate((other, ends[found[row, column]]))))
    pairs = np.unique(np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1), axis=0)
    gaps = np.linalg.norm(points[pairs[:, 0]] - points[pairs[:, 1]], axis=1)
    country = countries.find(net.lon, net.lat, 0.1)[pairs]
    known = (country[:, 0] == country[:, 1]) | bound.is_abroad
    kept = (gaps > 1) & known & (country >= 0).all(axis=1) & (group[pairs[:, 0]] == group[pairs[:, 1]])
    return pairs[kept], gaps[kept]


def _labels(net: Net) -> np.ndarray:
    graph = coo_matrix((np.ones(len(net.tail)), (net.tail, net.head)), shape=(len(net.lon), len(net.lon)))
    return connected_components(graph, directed=False)[1]


def city_nodes(net: Net, cities: np.ndarray) -> np.ndarray:
    """The node of the network proper nearest to each city, where there is one; each once, in the order of the cities."""
    label = _labels(net)
    large = np.flatnonzero(np.bincount(label)[label] >= LARGE_NODES)
    far, near = cKDTree(unit_vectors(net.lon[large], net.lat[large])).query(unit_vectors(cities[:, 0], cities[:, 1]))
    found = large[near[far * EARTH_RADIUS_M <= SNAP_M]]
    return found[np.sort(np.unique(found, return_index=True)[1])]


def _neighbours(net: Net, nodes: np.ndarray) -> list[np.ndarray]:
    """For each city the numbers of its nearest others, and of the nearest in each sector of the compass up to six times as far."""
    lon, lat, size = net.lon[nodes], net.lat[nodes], len(nodes)
    points = unit_vectors(lon, lat) * EARTH_RADIUS_M
    far, near = cKDTree(points).query(points, k=min(size, FAR_NEIGHBOURS), distance_upper_bound=NEIGHBOUR_M)
    last = min(NEIGHBOURS, near.shape[1] - 1)
    near = np.where(far <= np.maximum(6 * far[:, last], NEAR_BY_M)[:, None], near, size)
    one, other = _around(np.arange(size), near, np.zeros(size, np.int8), lon, lat, size)
    first = np.searchsorted(one, np.arange(size + 1))
    return [np.union1d(near[city, 1 : last + 1], other[first[city] : first[city + 1]]) for city in range(size)]


def _needed(net: Net, nodes: np.ndarray, pairs: np.ndarray, gaps: np.ndarray, bound: LinkBound) -> np.ndarray:
    """Candidates on the ways of cities that gain by them."""
    points = unit_vectors(net.lon[nodes], net.lat[nodes]) * EARTH_RADIUS_M
    tail, head = np.concatenate((net.tail, pairs[:, 0])), np.concatenate((net.head, pairs[:, 1]))
    weight = np.concatenate((net.length.astype(float), bound.dearer * gaps + bound.dearer_m))
    known, joined = _adjacency(len(net.lon), net.tail, net.head), _adjacency(len(net.lon), tail, head)
    far, back = np.full(len(net.lon), np.inf), np.full(len(net.lon), -1, np.int64)
    taken: set[int] = set()
    for number, others in enumerate(_neighbours(net, nodes)):
        some = others[(others > number) & (others < len(nodes))]
        gap = np.linalg.norm(points[some] - points[number], axis=1)
        if not len(some):
            continue
        limit = min(float(gap.max()) * 4 + 50_000, FARTHEST_M)
        now = _reach(nodes[number], nodes[some], limit, *known, weight, far, back)
        poor = now > np.maximum(bound.detour * gap, gap + bound.detour_m)
        if not poor.any():
            continue
        goals = nodes[some[poor]]
        then = _reach(nodes[number], goals, limit, *joined, weight, far, back)
        for goal in goals[then < bound.gain * np.minimum(now[poor], limit)]:
            taken.update(edge - len(net.tail) for edge in _trace(nodes[number], goal, back, tail, head) if edge >= len(net.tail))
    return np.array(sorted(taken), np.int64)


def _adjacency(size: int, tail: np.ndarray, head: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    ends = np.concatenate((tail, head))
    order = np.argsort(ends, kind="stable")
    first = np.searchsorted(ends[order], np.arange(size + 1))
    number = np.concatenate((np.arange(len(tail)), np.arange(len(tail))))
    return first, np.concatenate((head, tail))[order].astype(np.int64), number[order]


def _trace(start: int, goal: int, back: np.ndarray, tail: np.ndarray, head: np.ndarray) -> list[int]:
    found = []
    while goal != start:
        edge = int(back[goal])
        found.append(edge)
        goal = int(tail[edge]) if head[edge] == goal else int(head[edge])
    return found


def is_dry(net: Net, pairs: np.ndarray, gaps: np.ndarray, countries: Countries) -> np.ndarray:
    """Whether a link leads over no more water than a river has; samples at most 500 m apart."""
    count = np.maximum(3, gaps / 500).astype(np.int64)
    owner = np.repeat(np.arange(len(pairs)), count)
    share = np.concatenate([np.linspace(0, 1, one) for one in count]) if len(pairs) else np.empty(0)
    one, other = pairs[owner].T
    lon = net.lon[one] + ((net.lon[other] - net.lon[one] + 180) % 360 - 180) * share
    lat = net.lat[one] + (net.lat[other] - net.lat[one]) * share
    wet = countries.find((lon + 180) % 360 - 180, lat, 0.01) < 0
    return np.bincount(owner, weights=wet, minlength=len(pairs)) / count * gaps <= WET_M


@njit(cache=True)
def _around(ends, near, group, lon, lat, size):
    """From each end the nearest of some nodes of its group in each sector of the compass."""
    one, other = [np.int64(0)], [np.int64(0)]
    for i in range(len(ends)):
        best = np.full(SECTORS, -1, np.int64)
        narrow = np.cos(np.radians(lat[ends[i]]))
        for k in range(near.shape[1]):  # by distance
            j = near[i, k]
            if j >= size:
                break
            if j == ends[i] or group[j] != group[ends[i]]:
                continue
            angle = np.arctan2(lat[j] - lat[ends[i]], ((lon[j] - lon[ends[i]] + 180) % 360 - 180) * narrow)
            sector = int((angle + np.pi) / (2 * np.pi) * SECTORS) % SECTORS
            if best[sector] < 0:
                best[sector] = j
        for sector in range(SECTORS):
            if best[sector] >= 0:
                one.append(ends[i])
                other.append(best[sector])
    return np.array(one[1:]), np.array(other[1:])


@njit(cache=True)
def _reach(start, goals, limit, first, other, edge, weight, far, back):
    """Distances from a node to some others, inf beyond ``limit``; ``back`` has the edge by which each node was reached."""
    queue, seen = [(0.0, start)], [start]
    far[start] = 0.0
    wanted = set(goals)
    left = len(wanted)
    while len(queue) and left:
        done, node = heapq.heappop(queue)
        if done > far[node]:
            continue
        if node in wanted:
            left -= 1
        for slot in range(first[node], first[node + 1]):
            there, new = other[slot], done + weight[edge[slot]]
            if new <= limit and new < far[there]:
                if far[there] == np.inf:
                    seen.append(there)
                far[there] = new
                back[there] = edge[slot]
                heapq.heappush(queue, (new, there))
    found = far[goals]
    for node in seen:
        far[node] = np.inf
    return found
