"""Railways: country, gauge, breaks of gauge only at terminals, torn lines mended within a bound."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import shapely
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from atlas_build.bends import with_bends
from atlas_build.bridge import Bound, bridge_gaps
from atlas_build.corrections import rows
from atlas_build.countries import Countries
from atlas_build.far import far_links
from atlas_build.gaps import Gap, GapLog
from atlas_build.geometry import EARTH_RADIUS_M, great_circle_m, unit_vectors
from atlas_build.land import Net, read_land
from atlas_build.links import LinkBound, missing_links
from atlas_build.towns import VILLAGE_NEAR_M, with_towns_on_edges
from atlas_build.traced import edges_along, with_true_country

CHANGE = 1
"""Kind of an edge on which the gauge is changed; on all others the kind is the gauge in mm."""
PASSES = (
    Bound(gap_m=300, detour_m=1_500, detour_factor=8, ends_only=False, reason="tracks within 300 m that do not touch in the data"),
    Bound(gap_m=2_000, detour_m=15_000, detour_factor=12, ends_only=True, reason="a line ends within 2 km of another"),
    Bound(gap_m=6_000, detour_m=60_000, detour_factor=15, ends_only=True, reason="a line ends within 6 km of another"),
)
LINKS = LinkBound(gap_m=13_000, detour=2.0, detour_m=40_000, gain=0.6, dearer=4.0, dearer_m=2_000, bends=1.05)
LINK_REASON = "neighbouring cities are joined by a long detour alone; a line torn in the data, within 13 km over land"
FAR_LINKS = LinkBound(gap_m=25_000, detour=1.0, detour_m=0, gain=0.93, dearer=4.0, dearer_m=3_000, bends=1.05, is_abroad=True)
OFF_TRACK_M, BENDS = 3_000, 1.01
"""How far a town may lie from the chord of a track that leads by it, and the least that bends add (``sinuosity.csv``)."""
END_REACH_M = 30_000
"""An end of a track that is added stays free if no track of its gauge is nearer."""
LINE_M = 100_000
"""Track of an island from which on a terminal may serve it."""
FAR_REASON = "the way between two far cities becomes at least 7 % shorter; a line torn in the data, within 25 km over land"
ISLAND_REACH_M, ISLAND_TRACK_M = 25_000, 15_000


def build_rail(
    path: Path, countries: Countries, cities: np.ndarray, largest: np.ndarray, towns: np.ndarray, villages: np.ndarray
) -> tuple[Net, list[Gap]]:
    """Railways with gauge as the kind of each edge, and the log of bridged gaps.

    ``cities`` (longitude, latitude) show where a track is missing, as do ``largest``, the largest first, from afar.
    ``towns`` that lie on a track divide its edge, and so do ``villages`` that are far from any node.
    """
    net = with_bends(read_land(path), "rail")
    net = with_true_country(_with_country(net, countries), countries, "rail", villages)
    net = _with_gauge(net, countries)
    net = _split_gauges(_traced(net))
    net = _corrected(net, countries)
    log = GapLog(countries)
    for bound in PASSES:
        net = _mended(net, bound, log)
    net = _islands_joined(net, log)
    gauge = _gauge_of_nodes(net)
    net = log.bridged(net, *missing_links(net, cities, gauge, countries, LINKS), gauge, LINK_REASON)
    net = log.bridged(net, *far_links(net, largest, gauge, countries, FAR_LINKS), gauge, FAR_REASON)
    net = with_towns_on_edges(net, towns, OFF_TRACK_M, BENDS)
    return _with_changes(with_towns_on_edges(net, villages, OFF_TRACK_M, BENDS, VILLAGE_NEAR_M)), log.gaps


def _with_country(net: Net, countries: Countries) -> Net:
    return replace(net, country=countries.of_edges(net.lon, net.lat, net.tail, net.head))


def _middle(net: Net) -> tuple[np.ndarray, np.ndarray]:
    lon = net.lon[net.tail] + ((net.lon[net.head] - net.lon[net.tail] + 180) % 360 - 180) / 2
    return (lon + 180) % 360 - 180, (net.lat[net.tail] + net.lat[net.head]) / 2


def _with_gauge(net: Net, countries: Countries) -> Net:
    main = {row["country"]: int(row["gauge_mm"]) for row in rows("gauges.csv")}
    by_index = np.array([main.get(code, 1435) for code in countries.codes] + [1435])
    gauge = by_index[net.country]
    lon, lat = _middle(net)
    for row in rows("gauge_regions.csv"):
        inside = shapely.contains_xy(shapely.Polygon(_points(row["polygon"])), lon, lat)
        gauge[inside & (net.country == countries.codes.index(row["country"]))] = int(row["gauge_mm"])
    return replace(net, kind=gauge.astype(np.int16))


def _traced(net: Net) -> Net:
    """Rows of ``rail_corrections.csv`` that follow tracks of the data: lines of another gauge, and lines without trains with goods."""
    for row in rows("rail_corrections.csv"):
        if row["action"] not in ("gauge", "passenger"):
            continue
        edges = edges_along(net, np.array(_points(row["line"])), row["correction_id"])
        if row["action"] == "gauge":
            net.kind[edges] = int(row["gauge_mm"])
        else:
            kept = np.ones(len(net.tail), bool)
            kept[edges] = False
            net = replace(net, **{name: getattr(net, name)[kept] for name in ("tail", "head", "length", "country", "kind", "bridged")})
    return net


def _points(text: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (point.split() for point in text.split("|"))]


def _split_gauges(net: Net) -> Net:
    """A copy of each node for each gauge that meets there."""
    ends = np.concatenate((net.tail, net.head))
    key = ends * 10_000 + np.concatenate((net.kind, net.kind)).astype(np.int64)
    known, inverse = np.unique(key, return_inverse=True)
    nodes = known // 10_000
    size = len(net.tail)
    return replace(net, lon=net.lon[nodes], lat=net.lat[nodes], tail=inverse[:size], head=inverse[size:])


def _gauge_of_nodes(net: Net) -> np.ndarray:
    gauge = np.zeros(len(net.lon), np.int16)
    gauge[net.tail], gauge[net.head] = net.kind, net.kind
    return gauge


def _mended(net: Net, bound: Bound, log: GapLog) -> Net:
    gauge = _gauge_of_nodes(net)
    pairs, lengths = bridge_gaps(net.lon, net.lat, net.tail, net.head, net.length, gauge, bound)
    return log.bridged(net, pairs, lengths, gauge, bound.reason)


def _islands_joined(net: Net, log: GapLog) -> Net:
    """Each island of some track is joined to the nearest other one of its gauge within ``ISLAND_REACH_M``."""
    gauge = _gauge_of_nodes(net)
    points = unit_vectors(net.lon, net.lat) * EARTH_RADIUS_M
    while True:
        graph = coo_matrix((np.ones(len(net.tail)), (net.tail, net.head)), shape=(len(net.lon), len(net.lon)))
        _, label = connected_components(graph, directed=False)
        track = np.bincount(label[net.tail], weights=net.length, minlength=label.max() + 1)
        found = []
        for island in np.argsort(track, kind="stable"):
            if track[island] < ISLAND_TRACK_M or track[island] > 2e7:
                continue
            mine = np.flatnonzero(label == island)
            others = np.flatnonzero((label != island) & (gauge == gauge[mine[0]]) & (track[label] >= ISLAND_TRACK_M))
            box = np.abs(net.lat[others] - np.clip(net.lat[others], net.lat[mine].min(), net.lat[mine].max())) < 0.3
            others = others[box]
            if not len(others):
                continue
            far, near = cKDTree(points[others]).query(points[mine], distance_upper_bound=ISLAND_REACH_M)
            best = int(np.argmin(far))
            if np.isfinite(far[best]):
                found.append((round(float(far[best])), int(mine[best]), int(others[near[best]])))
        taken, seen = [], set()
        for far, a, b in sorted(found):
            if label[a] not in seen and label[b] not in seen:
                taken.append((a, b, max(far, 1)))
                seen |= {label[a], label[b]}
        if not taken:
            return net
        pairs = np.array([(a, b) for a, b, _ in taken])
        lengths = np.array([far for _, _, far in taken])
        net = log.bridged(net, pairs, lengths, gauge, "a part of the network that nothing else joins, within 25 km")


def _with_changes(net: Net) -> Net:
    """Edges on which the gauge is changed: only within reach of a terminal that can do it."""
    gauge = _gauge_of_nodes(net)
    points = unit_vectors(net.lon, net.lat) * EARTH_RADIUS_M
    is_line = _on_lines(net)
    for row in rows("gauge_terminals.csv"):
        one, other = (int(text) for text in row["gauges_mm"].split())
        if one == other:
            continue
        centre = unit_vectors(np.array([float(row["lon"])]), np.array([float(row["lat"])]))[0] * EARTH_RADIUS_M
        near = np.flatnonzero(is_line & (np.linalg.norm(points - centre, axis=1) < float(row["reach_km"]) * 1000))
        first, second = near[gauge[near] == one], near[gauge[near] == other]
        if not len(first) or not len(second):
            print(f"gauge terminal {row['terminal_id']}: no tracks of both gauges within reach ({len(first)}, {len(second)})")
            continue
        far, index = cKDTree(points[second]).query(points[first])
        best = int(np.argmin(far))
        a, b = first[best], second[index[best]]
        length = max(1, round(float(far[best])))
        if length > 12_000:
            print(f"gauge terminal {row['terminal_id']}: the tracks are {length} m apart")
        net = net.joined(np.array([(a, b)]), np.array([length]), np.array([CHANGE]), np.array([net.country[0] * 0 - 1]), bridged=False)
    return net


def _on_lines(net: Net) -> np.ndarray:
    """Whether each node lies on more than a scrap of track, to which no terminal may lead."""
    graph = coo_matrix((np.ones(len(net.tail)), (net.tail, net.head)), shape=(len(net.lon), len(net.lon)))
    label = connected_components(graph, directed=False)[1]
    return np.asarray(np.bincount(label[net.tail], weights=net.length, minlength=label.max() + 1)[label] >= LINE_M)


def _corrected(net: Net, countries: Countries) -> Net:
    """Rows of ``rail_corrections.csv``: tracks that are missing, and lines that trains with goods do not use."""
    for row in rows("rail_corrections.csv"):
        if row["action"] == "add":
            net = _added(net, row, countries)
    return net


def _added(net: Net, row: dict[str, str], countries: Countries) -> Net:
    """A missing track: along the points given, joined to the nearest node of its gauge at both ends where one lies within reach."""
    gauge_mm = int(row["gauge_mm"])
    points = np.array(_points(row["line"]))
    gauge = _gauge_of_nodes(net)
    same = np.flatnonzero(gauge == gauge_mm)
    tree = cKDTree(unit_vectors(net.lon[same], net.lat[same]))
    far, near = tree.query(unit_vectors(points[[0, -1], 0], points[[0, -1], 1]))
    ends, is_joined = same[near], far * EARTH_RADIUS_M <= END_REACH_M
    new = np.arange(len(points)) + len(net.lon)
    net = replace(net, lon=np.concatenate((net.lon, points[:, 0])), lat=np.concatenate((net.lat, points[:, 1])))
    chain = np.concatenate((ends[:1][is_joined[:1]], new, ends[1:][is_joined[1:]]))
    pairs = np.column_stack((chain[:-1], chain[1:]))
    straight = great_circle_m(net.lon[pairs[:, 0]], net.lat[pairs[:, 0]], net.lon[pairs[:, 1]], net.lat[pairs[:, 1]])
    length = np.maximum(1, np.rint(straight * (float(row["km"]) * 1000 / max(1.0, straight.sum()) if row["km"] else 1.0))).astype(np.int64)
    length = np.maximum(length, np.ceil(straight)).astype(np.int64)
    middle = (net.lon[pairs[:, 0]] + net.lon[pairs[:, 1]]) / 2, (net.lat[pairs[:, 0]] + net.lat[pairs[:, 1]]) / 2
    return net.joined(pairs, length, np.full(len(pairs), gauge_mm), countries.find(*middle), bridged=False)
