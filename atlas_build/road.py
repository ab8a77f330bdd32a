"""Roads: country, torn ends mended, ferries that carry trucks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.spatial import cKDTree

from atlas_build.bends import read_winding, with_bends, with_bends_around
from atlas_build.bridge import Bound, bridge_gaps
from atlas_build.corrections import rows
from atlas_build.countries import Countries
from atlas_build.far import far_links
from atlas_build.gaps import Gap, GapLog
from atlas_build.geometry import EARTH_RADIUS_M, great_circle_m, unit_vectors
from atlas_build.land import Net, read_land
from atlas_build.links import LinkBound, missing_links
from atlas_build.towns import VILLAGE_NEAR_M, with_spurs, with_towns_on_edges
from atlas_build.traced import with_true_country

ROAD, FERRY, TUNNEL, LISTED = 0, 1, 2, 3
"""Kinds of edges; a road of a table is listed while the network is made, since it has its length from there."""
LINKS = LinkBound(gap_m=25_000, detour=1.4, detour_m=10_000, gain=0.8, dearer=2.5, dearer_m=1_000, bends=1.25)
LINK_REASON = "neighbouring cities are joined by a detour alone; a minor road that the data lack, within 25 km over land"
FAR_LINKS = LinkBound(gap_m=10_000, detour=1.0, detour_m=0, gain=0.93, dearer=4.0, dearer_m=3_000, bends=1.25, is_abroad=True)
FAR_REASON = "the way between two far cities becomes at least 7 % shorter; a road torn in the data, within 10 km over land"
JOIN_M = 60_000
"""An end of a line of a table that has no road within this distance is an end."""
OFF_EDGE_M, BENDS = 8_000, 1.06
"""How far a town may lie from the chord of a road that leads by it, and the least that bends add (``sinuosity.csv``)."""
DRAWN_BENDS = 1.14
"""Length of a line of a table whose length no address gives, over the line: the median of the 24 rows whose length an address gives."""
END_TOWN_M = 5_000
"""So near a village lies to the end of a line of a table that leads to it."""
PASSES = (
    Bound(gap_m=600, detour_m=5_000, detour_factor=10, ends_only=True, reason="a road ends within 600 m of another"),
    Bound(gap_m=3_000, detour_m=6_000, detour_factor=2, ends_only=True, islands_only=True, reason="an unjoined road ends within 3 km"),
)


def build_road(
    path: Path, countries: Countries, cities: np.ndarray, largest: np.ndarray, towns: np.ndarray, villages: np.ndarray
) -> tuple[Net, list[Gap]]:
    """Roads and ferries, and the log of bridged gaps.

    ``cities`` (longitude, latitude) show where a road is missing, as do ``largest``, the largest first, from afar.
    ``towns`` are joined to the network; ``villages`` divide an edge that they lie on.
    """
    net = read_land(path)
    winding = read_winding(net)
    net = _with_country(with_bends(net, "road"), countries)
    net = with_true_country(net, countries, "road", villages)
    net = with_towns_on_edges(net, _at_ends(villages), OFF_EDGE_M, BENDS, VILLAGE_NEAR_M)
    log = GapLog(countries)
    for row in rows("road_corrections.csv"):
        net = _added(net, row, countries, LISTED)
    for bound in PASSES:
        pairs, lengths = bridge_gaps(net.lon, net.lat, net.tail, net.head, net.length, _one_group(net), bound)
        net = log.bridged(net, pairs, lengths, None, bound.reason)
    for row in rows("ferries.csv"):
        net = _added(net, row, countries, FERRY if row["kind"] == "ferry" else TUNNEL)
    net = log.bridged(net, *missing_links(net, cities, _one_group(net), countries, LINKS), None, LINK_REASON)
    net = log.bridged(net, *far_links(net, largest, _one_group(net), countries, FAR_LINKS), None, FAR_REASON)
    net = with_towns_on_edges(net, towns, OFF_EDGE_M, BENDS)
    net = with_towns_on_edges(net, villages, OFF_EDGE_M, BENDS, VILLAGE_NEAR_M)  # last, so that no torn end is linked to them
    net = with_spurs(net, towns, countries, log)
    net = with_bends_around(net, "road", winding, (net.kind == ROAD) & ~net.bridged)
    return replace(net, kind=np.where(net.kind == LISTED, ROAD, net.kind).astype(net.kind.dtype)), log.gaps


def _at_ends(villages: np.ndarray) -> np.ndarray:
    """Those where a row of ``road_corrections.csv`` begins or ends: it must find a node there."""
    ends = [point.split() for row in rows("road_corrections.csv") for point in (row["line"].split("|")[0], row["line"].split("|")[-1])]
    table = np.array(ends, float)
    far = cKDTree(unit_vectors(table[:, 0], table[:, 1])).query(unit_vectors(villages[:, 0], villages[:, 1]))[0]
    return villages[far * EARTH_RADIUS_M <= END_TOWN_M]


def _one_group(net: Net) -> np.ndarray:
    return np.zeros(len(net.lon), np.int8)


def _with_country(net: Net, countries: Countries) -> Net:
    return replace(net, country=countries.of_edges(net.lon, net.lat, net.tail, net.head))


def _added(net: Net, row: dict[str, str], countries: Countries, kind: int) -> Net:
    """A line along the points given, joined to the nearest road at both ends; ferries lie in no country."""
    points = np.array([(float(x), float(y)) for x, y in (point.split() for point in row["line"].split("|"))])
    tree = cKDTree(unit_vectors(net.lon, net.lat))
    far, ends = tree.query(unit_vectors(points[[0, -1], 0], points[[0, -1], 1]))
    joined = far * EARTH_RADIUS_M <= JOIN_M
    if not joined.all():
        print(f"road {row['correction_id']}: no road within {JOIN_M / 1000:.0f} km of its ends ({far * EARTH_RADIUS_M / 1000} km)")
    new = np.arange(len(points)) + len(net.lon)
    net = replace(net, lon=np.concatenate((net.lon, points[:, 0])), lat=np.concatenate((net.lat, points[:, 1])))
    chain = np.concatenate((ends[:1][joined[:1]], new, ends[1:][joined[1:]]))
    inner = slice(int(joined[0]), int(joined[0]) + len(points) - 1)
    pairs = np.column_stack((chain[:-1], chain[1:]))
    straight = great_circle_m(net.lon[pairs[:, 0]], net.lat[pairs[:, 0]], net.lon[pairs[:, 1]], net.lat[pairs[:, 1]])
    length = np.rint(straight if kind == FERRY else straight * DRAWN_BENDS)
    if row["km"]:
        length[inner] = np.rint(straight[inner] * float(row["km"]) * 1000 / straight[inner].sum())
    length = np.maximum(np.maximum(length, np.ceil(straight)), 1).astype(np.int64)
    kinds = np.full(len(pairs), kind)
    middle = (net.lon[pairs[:, 0]] + net.lon[pairs[:, 1]]) / 2, (net.lat[pairs[:, 0]] + net.lat[pairs[:, 1]]) / 2
    place = countries.find(*middle)
    kinds[: inner.start], kinds[inner.stop :] = ROAD, ROAD
    if kind == FERRY:
        place[inner] = -1
    return net.joined(pairs, length, kinds, place, bridged=False)
