"""Towns on the network: long edges have no node where a town lies, and some towns lie beside every road of the data.

A town that lies on an edge divides it: the way by the town is then no longer than the edge. So does a village of which no node is near:
roads and tracks of desert, taiga and pampa have edges of a hundred kilometres and more, which led by places that nobody could ask for. On
roads any other town gets a road of its own to the nearest point of the network over land, which is logged; it is an end, so that no way
through it becomes shorter.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from atlas_build.countries import Countries
from atlas_build.gaps import GapLog
from atlas_build.geometry import EARTH_RADIUS_M, great_circle_m, unit_vectors
from atlas_build.land import Net
from atlas_build.links import is_dry

TOWN_POPULATION, VILLAGE_POPULATION = 15_000, 1_000
NEAR_M, VILLAGE_NEAR_M, SPUR_M, SAMPLE_M, CANDIDATES = 3_000.0, 10_000.0, 60_000.0, 1_500.0, 12
LONG_M, OFF_SHARE = 150_000.0, 0.1
"""On an edge this long, which the data draw as its chord, a town may lie so far off as a share of it; its length must still allow that."""
BENDS = 1.25
"""Length of a spur over its great circle (grade D)."""
LARGE_NODES = 300
SPUR_REASON = "a town that no road of the data reaches; joined to the nearest point of the network, within 60 km over land"


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """New nodes on edges: edge, share of the edge before the node, longitude and latitude."""

    edge: np.ndarray
    share: np.ndarray
    lon: np.ndarray
    lat: np.ndarray


def with_towns_on_edges(net: Net, towns: np.ndarray, off_m: float, lost: float, near_m: float = NEAR_M) -> Net:
    """Edges divided where a town (longitude, latitude) lies within ``off_m`` (``OFF_SHARE`` of a long one), and no node near it.

    ``lost`` is what lost bends make of a length: the town must lie so that the way by it is no longer than the data have the edge.
    """
    found = _on_edges(net, _far_towns(net, towns, near_m), off_m, lost)
    return _divided(net, found)[0]


def with_spurs(net: Net, towns: np.ndarray, countries: Countries, log: GapLog) -> Net:
    """Towns beside the network joined to its nearest point."""
    left = _far_towns(net, towns)
    points = unit_vectors(left[:, 0], left[:, 1]) * EARTH_RADIUS_M
    nodes = _proper_nodes(net)
    node_far, node = cKDTree(unit_vectors(net.lon[nodes], net.lat[nodes]) * EARTH_RADIUS_M).query(points)
    edge, share, lon, lat = _samples(net)
    edge_far, sample = cKDTree(unit_vectors(lon, lat) * EARTH_RADIUS_M).query(points)
    on_edge = edge_far < node_far
    near = np.flatnonzero(np.where(on_edge, edge_far, node_far) <= SPUR_M)
    left, on_edge, ends, sample = left[near], on_edge[near], nodes[node[near]], sample[near]
    chosen, which = np.unique(sample[on_edge], return_inverse=True)
    net, new = _divided(net, Division(edge=edge[chosen], share=share[chosen], lon=lon[chosen], lat=lat[chosen]))
    ends[on_edge] = new[which]
    size = len(net.lon)
    net = replace(net, lon=np.concatenate((net.lon, left[:, 0])), lat=np.concatenate((net.lat, left[:, 1])))
    return _joined(net, np.column_stack((ends, np.arange(len(left)) + size)), countries, log)


def _joined(net: Net, pairs: np.ndarray, countries: Countries, log: GapLog) -> Net:
    """Spurs over land and within one country; the nodes of towns that stay alone are taken out."""
    gaps = great_circle_m(net.lon[pairs[:, 0]], net.lat[pairs[:, 0]], net.lon[pairs[:, 1]], net.lat[pairs[:, 1]])
    country, other = (countries.find(net.lon[pairs[:, side]], net.lat[pairs[:, side]], 0.1) for side in (0, 1))
    kept = np.flatnonzero((country == other) & (country >= 0))
    kept = kept[is_dry(net, pairs[kept], gaps[kept], countries)]
    size = len(net.lon) - len(pairs)
    nodes = np.concatenate((np.arange(size), pairs[kept, 1]))
    net = replace(net, lon=net.lon[nodes], lat=net.lat[nodes])
    pairs = np.column_stack((pairs[kept, 0], np.arange(len(kept)) + size))
    return log.bridged(net, pairs, np.maximum(1, np.rint(gaps[kept] * BENDS)).astype(np.int64), None, SPUR_REASON)


def _proper_nodes(net: Net) -> np.ndarray:
    graph = coo_matrix((np.ones(len(net.tail)), (net.tail, net.head)), shape=(len(net.lon), len(net.lon)))
    label = connected_components(graph, directed=False)[1]
    return np.flatnonzero(np.bincount(label)[label] >= LARGE_NODES)


def _far_towns(net: Net, towns: np.ndarray, near_m: float = NEAR_M) -> np.ndarray:
    nodes = _proper_nodes(net)
    tree = cKDTree(unit_vectors(net.lon[nodes], net.lat[nodes]) * EARTH_RADIUS_M)
    return towns[tree.query(unit_vectors(towns[:, 0], towns[:, 1]) * EARTH_RADIUS_M)[0] > near_m]


def _samples(net: Net) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Points inside the long edges on land of the network proper: edge, share of it, longitude, latitude."""
    straight = great_circle_m(net.lon[net.tail], net.lat[net.tail], net.lon[net.head], net.lat[net.head])
    proper = np.zeros(len(net.lon), bool)
    proper[_proper_nodes(net)] = True
    long = np.flatnonzero((straight > NEAR_M) & proper[net.tail] & (net.country >= 0) & ~net.bridged)
    count = np.ceil(straight[long] / SAMPLE_M).astype(np.int64)
    owner = np.repeat(long, count - 1)
    first = np.concatenate(([0], np.cumsum(count - 1)[:-1]))
    share = (np.arange(len(owner)) - np.repeat(first, count - 1) + 1) / np.repeat(count, count - 1)
    across = (net.lon[net.head[owner]] - net.lon[net.tail[owner]] + 180) % 360 - 180
    lon = (net.lon[net.tail[owner]] + across * share + 180) % 360 - 180
    return owner, share, lon, net.lat[net.tail[owner]] + (net.lat[net.head[owner]] - net.lat[net.tail[owner]]) * share


def _on_edges(net: Net, towns: np.ndarray, off_m: float, lost: float) -> Division:
    """For each town the edge that it lies nearest to, if it may lie on it; of several towns of one edge the nearest first."""
    edge, share, lon, lat = _samples(net)
    points = unit_vectors(towns[:, 0], towns[:, 1]) * EARTH_RADIUS_M
    far, near = cKDTree(unit_vectors(lon, lat) * EARTH_RADIUS_M).query(points)
    straight = great_circle_m(net.lon[net.tail], net.lat[net.tail], net.lon[net.head], net.lat[net.head])[edge[near]]
    on_it = far <= np.where(straight >= LONG_M, np.maximum(off_m, OFF_SHARE * straight), off_m)
    towns, near, far = towns[on_it], near[on_it], far[on_it]
    chains: dict[int, list[tuple[float, float, float]]] = {}
    for town in np.lexsort((towns[:, 1], towns[:, 0], far)).tolist():
        one = int(edge[near[town]])
        chain = sorted([*chains.get(one, []), (float(share[near[town]]), float(towns[town, 0]), float(towns[town, 1]))])
        if _chain_m(net, one, chain) <= net.length[one] / lost:
            chains[one] = chain
    rows = [(one, *point) for one in sorted(chains) for point in chains[one]]
    table = np.array(rows, float).reshape(-1, 4)
    return Division(edge=table[:, 0].astype(np.int64), share=table[:, 1], lon=table[:, 2], lat=table[:, 3])


def _chain_m(net: Net, edge: int, chain: list[tuple[float, float, float]]) -> float:
    """Great circles from one end of an edge by some points to the other."""
    lon = np.array([net.lon[net.tail[edge]], *(point[1] for point in chain), net.lon[net.head[edge]]])
    lat = np.array([net.lat[net.tail[edge]], *(point[2] for point in chain), net.lat[net.head[edge]]])
    return float(great_circle_m(lon[:-1], lat[:-1], lon[1:], lat[1:]).sum())


def _divided(net: Net, points: Division) -> tuple[Net, np.ndarray]:
    """With edges divided at points, and the new node of each point; the pieces of an edge are as long as the edge."""
    new = np.arange(len(points.edge)) + len(net.lon)
    net = replace(net, lon=np.concatenate((net.lon, points.lon)), lat=np.concatenate((net.lat, points.lat)))
    order = np.lexsort((points.share, points.edge))
    owner, node = points.edge[order], new[order]
    starts = np.concatenate(([True], owner[1:] != owner[:-1])) if len(owner) else np.empty(0, bool)
    lasts = np.concatenate((starts[1:], [True])) if len(owner) else np.empty(0, bool)
    tail = np.concatenate((np.where(starts, net.tail[owner], np.concatenate((node[:1], node[:-1]))), node[lasts]))
    head = np.concatenate((node, net.head[owner[lasts]]))
    parent = np.concatenate((owner, owner[lasts]))
    straight = np.maximum(great_circle_m(net.lon[tail], net.lat[tail], net.lon[head], net.lat[head]), 1.0)
    whole = np.bincount(parent, weights=straight, minlength=len(net.tail))[parent]
    length = np.maximum(1, np.rint(net.length[parent] * straight / whole)).astype(np.int64)
    kept = np.ones(len(net.tail), bool)
    kept[owner] = False
    return replace(
        net,
        tail=np.concatenate((net.tail[kept], tail)), head=np.concatenate((net.head[kept], head)),
        length=np.concatenate((net.length[kept], length)),
        **{name: np.concatenate((getattr(net, name)[kept], getattr(net, name)[parent])) for name in ("country", "kind", "bridged")},
    ), new  # fmt: skip
