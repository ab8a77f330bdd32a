"""From the open sea to canals, rivers and ports: the parts of the sea network that a line of sight does not reach."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components, dijkstra

from atlas_build import sight
from atlas_build.corrections import rows
from atlas_build.countries import Countries
from atlas_build.geometry import EARTH_RADIUS_M, great_circle_m, unit_vectors
from atlas_build.land import Net
from atlas_build.sea import CELL, Coast, frame, thin

OPEN, CANAL, RIVER, APPROACH = 0, 1, 2, 3
LARGE_NODES, STRAIGHT_M, NEAR_M = 300, 60_000, 50_000
LANE_HOPS, LANE_PIECE_M = 8, 60_000
PORT_SIGHT_M, LANE_SIGHT_M = 1_500_000, 300_000
WATER_CELLS, RASTER_CELLS = 60, 220
"""How far from a port water is looked for, and how far a way over the raster may lead; cells of 0.01 degree."""


@dataclass(slots=True)
class Draft:
    """A sea network that grows."""

    lon: list[float] = field(default_factory=list)
    lat: list[float] = field(default_factory=list)
    tail: list[int] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    kind: list[int] = field(default_factory=list)
    lane_edges: list[tuple[int, ...]] = field(default_factory=list)
    stretch: dict[tuple[int, int], float] = field(default_factory=dict)

    def node(self, lon: float, lat: float) -> int:
        self.lon.append(float(lon))
        self.lat.append(float(lat))
        return len(self.lon) - 1

    def edge(self, tail: int, head: int, kind: int) -> None:
        if tail != head:
            self.tail.append(int(tail))
            self.head.append(int(head))
            self.kind.append(kind)

    def lengths(self) -> np.ndarray:
        lon, lat = np.array(self.lon), np.array(self.lat)
        return great_circle_m(lon[self.tail], lat[self.tail], lon[self.head], lat[self.head])

    def label(self) -> np.ndarray:
        size = len(self.lon)
        return connected_components(coo_matrix((np.ones(len(self.tail)), (self.tail, self.head)), shape=(size, size)), directed=False)[1]


def build_sea(coast: Coast, edges: tuple[np.ndarray, np.ndarray], lanes: Path, ports: dict[str, tuple], countries: Countries):
    """The sea network, and the node of each port by its code."""
    draft = Draft()
    for lon, lat in coast.corners:
        draft.node(lon, lat)
    for tail, head in zip(*edges, strict=True):
        draft.edge(tail, head, OPEN)
    corners = len(draft.lon)
    lane_nodes = _add_canals(draft, coast, read_lanes(lanes))
    meets = {(round(draft.lon[node], 5), round(draft.lat[node], 5)): node for node in lane_nodes}
    for row in rows("waterways.csv"):
        lane_nodes += _add_waterway(draft, row, meets)
    _connect(draft, coast, corners, np.array(sorted(set(lane_nodes))), LANE_SIGHT_M)
    vectors = unit_vectors(np.array(draft.lon), np.array(draft.lat))
    for a, b in draft.lane_edges:
        if sight.sees(vectors[a], vectors[b], coast.bits, coast.clear):
            draft.edge(a, b, OPEN)
    port_nodes, water_nodes = _add_ports(draft, coast, ports, np.array(sorted(set(lane_nodes))))
    _connect(draft, coast, corners, np.array(water_nodes), PORT_SIGHT_M)
    _reach_by_raster(draft, coast, np.array(sorted({*lane_nodes, *water_nodes})))
    _reach_straight(draft, np.array(sorted(port_nodes.values())))
    return _finished(draft, countries), port_nodes


def read_lanes(folder: Path) -> list[tuple[np.ndarray, str]]:
    """The lines of the lane package and the passage that each names."""
    path = next(folder.rglob("marnet_searoute.geojson"))
    found = []
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        shape = feature["geometry"]
        for line in [shape["coordinates"]] if shape["type"] == "LineString" else shape["coordinates"]:
            points = np.array(line, float)
            points[:, 0] = (points[:, 0] + 180) % 360 - 180
            found.append((points, feature["properties"].get("passage") or ""))
    return found


def _add_canals(draft: Draft, coast: Coast, lanes: list[tuple[np.ndarray, str]]) -> list[int]:
    """Stretches of lanes that lead over the land of the polygons: canals, rivers, lakes and narrow straits, but no short cuts of capes."""
    pieces = []
    for line, _ in lanes:
        vectors = unit_vectors(line[:, 0], line[:, 1])
        for k in range(len(line) - 1):
            if (
                abs(line[k, 0] - line[k + 1, 0]) < 180
                and not sight.sees(vectors[k], vectors[k + 1], coast.bits, coast.clear)
                and line[k, 1] < 66
            ):
                pieces.append((tuple(np.round(line[k], 5)), tuple(np.round(line[k + 1], 5))))
    known: dict[tuple[float, float], int] = {}
    for piece in pieces:
        for point in piece:
            if point not in known:
                known[point] = len(known)
    points = np.array(list(known))
    tail, head = np.array([known[a] for a, _ in pieces]), np.array([known[b] for _, b in pieces])
    kept = _kept_pieces(draft, coast, points, tail, head)
    node = {tuple(points[k]): draft.node(*points[k]) for k in sorted({*tail[kept], *head[kept]})}
    for a, b in zip(tail[kept], head[kept], strict=True):
        draft.edge(node[tuple(points[a])], node[tuple(points[b])], CANAL)
    _add_lanes_between(draft, lanes, node)
    return list(node.values())


def _add_lanes_between(draft: Draft, lanes: list[tuple[np.ndarray, str]], node: dict[tuple[float, ...], int]) -> None:
    """Stretches over water that continue a canal or river: as lanes give them, up to ``LANE_HOPS`` from it."""
    follows: dict[tuple[float, ...], set[tuple[float, ...]]] = {}
    for line, _ in lanes:
        for a, b in pairwise(map(tuple, np.round(line, 5))):
            if abs(a[0] - b[0]) < 180:
                follows.setdefault(a, set()).add(b)
                follows.setdefault(b, set()).add(a)
    known = {tuple(sorted((a, b))) for a, b in zip(draft.tail, draft.head, strict=True)}
    front = sorted(node)
    for _ in range(LANE_HOPS):
        following = []
        for point in front:
            for there in sorted(follows.get(point, ())):
                if great_circle_m(*map(np.array, (*point, *there))) > LANE_PIECE_M:
                    continue
                if there not in node:
                    node[there] = draft.node(*there)
                    following.append(there)
                pair = tuple(sorted((node[point], node[there])))
                if pair not in known:
                    known.add(pair)
                    draft.lane_edges.append(pair)
        front = following


def _kept_pieces(draft: Draft, coast: Coast, points: np.ndarray, tail: np.ndarray, head: np.ndarray) -> np.ndarray:
    """A connected group of stretches is a short cut over land if the open sea joins its wet ends by a way that is not much longer."""
    length = great_circle_m(points[tail, 0], points[tail, 1], points[head, 0], points[head, 1])
    graph = coo_matrix((length, (tail, head)), shape=(len(points), len(points))).tocsr()
    label = connected_components(graph, directed=False)[1]
    wet = np.array([_is_ocean(coast, lon, lat) for lon, lat in points])
    size = len(draft.lon)
    corner_lon, corner_lat = np.array(draft.lon), np.array(draft.lat)
    sea = coo_matrix((draft.lengths(), (draft.tail, draft.head)), shape=(size, size)).tocsr()
    corner_vectors = unit_vectors(corner_lon, corner_lat)
    kept = np.ones(len(tail), bool)
    for group in np.unique(label):
        ends = np.flatnonzero((label == group) & wet)
        if len(ends) < 2:
            continue
        inside = dijkstra(graph, directed=False, indices=ends)[:, ends]
        near = [_seen_nearest(points[end], corner_vectors, coast) for end in ends]
        if any(one is None for one in near):
            continue
        at = [one[0] for one in near]
        outside = dijkstra(sea, directed=False, indices=at, limit=3e6)[:, at]
        gap = np.array([one[1] for one in near])
        around = outside + gap[:, None] + gap[None, :]
        pairs = np.triu(np.ones_like(around, bool), 1)
        if np.all(around[pairs] <= 1.6 * inside[pairs] + 30_000):
            kept[label[tail] == group] = False
    return kept


def _is_ocean(coast: Coast, lon: float, lat: float) -> bool:
    return bool(sight.is_land(int((90 - lat) / CELL), int((lon + 180) / CELL) % sight.COLUMNS, coast.ocean))


def _seen_nearest(point: np.ndarray, vectors: np.ndarray, coast: Coast) -> tuple[int, float] | None:
    own = unit_vectors(point[:1], point[1:])[0]
    far = np.linalg.norm(vectors - own, axis=1)
    for index in np.argsort(far, kind="stable")[:25]:
        if sight.sees(own, vectors[index], coast.bits, coast.clear):
            return int(index), float(far[index] * EARTH_RADIUS_M)
    return None


def _add_waterway(draft: Draft, row: dict[str, str], meets: dict[tuple[float, ...], int]) -> list[int]:
    """A line of the table; it meets lanes and lines before it at the points that both name, which ``meets`` holds."""
    points = [tuple(map(float, point.split())) for point in row["line"].split("|")]
    nodes = []
    for point in points:
        if point not in meets:
            meets[point] = draft.node(*point)
        nodes.append(meets[point])
    straight = sum(float(great_circle_m(*map(np.array, (*one, *other)))) for one, other in pairwise(points))
    for a, b in pairwise(nodes):
        draft.edge(a, b, CANAL if row["kind"] == "canal" else RIVER)
        if row["km"]:  # the bends of a river between the points of its line
            draft.stretch[a, b] = max(1.0, float(row["km"]) * 1000 / straight)
    return nodes


def _connect(draft: Draft, coast: Coast, corners: int, nodes: np.ndarray, reach_m: float) -> None:
    """Lines of sight from free nodes to corners."""
    lon, lat = np.array(draft.lon), np.array(draft.lat)
    points, east, north = frame(lon[:corners], lat[:corners])
    wet = np.array([node for node in nodes if _is_ocean(coast, lon[node], lat[node])])
    some = unit_vectors(lon[wet], lat[wet])
    tail, head = sight.cross_edges(some, points, east, north, coast.before, coast.after, coast.bits, coast.clear, reach_m / EARTH_RADIUS_M)
    for a, b in zip(tail, head, strict=True):
        draft.edge(wet[a], b, OPEN)


def _add_ports(draft: Draft, coast: Coast, ports: dict[str, tuple], lane_nodes: np.ndarray) -> tuple[dict[str, int], list[int]]:
    """A node for each port, joined to the nearest water, or to the canal, river or lake that is nearer."""
    lane_lon, lane_lat = np.array(draft.lon)[lane_nodes], np.array(draft.lat)[lane_nodes]
    port_nodes, water_nodes = {}, []
    by_cell: dict[tuple[int, int], int] = {}
    for code, (_, lon, lat, _) in sorted(ports.items()):
        row, column = int((90 - lat) / CELL), int((lon + 180) / CELL) % sight.COLUMNS
        at = sight.nearest_water(row, column, WATER_CELLS, coast.ocean, max(0.05, math.cos(math.radians(lat))))
        wet = math.inf
        if at[0] >= 0:
            x, y = (at[1] + 0.5) * CELL - 180, 90 - (at[0] + 0.5) * CELL
            wet = float(great_circle_m(np.array(lon), np.array(lat), np.array(x), np.array(y)))
        gap = great_circle_m(np.full(len(lane_nodes), lon), np.full(len(lane_nodes), lat), lane_lon, lane_lat)
        near = int(np.argmin(gap))
        if min(wet, gap[near]) > 66_000:
            continue
        port_nodes[code] = node = draft.node(lon, lat)
        if gap[near] < wet - 8_000:
            draft.edge(node, int(lane_nodes[near]), APPROACH)
            continue
        if at not in by_cell:
            by_cell[at] = draft.node(x, y)
            water_nodes.append(by_cell[at])
        draft.edge(node, by_cell[at], APPROACH)
    return port_nodes, water_nodes


def _reach_by_raster(draft: Draft, coast: Coast, nodes: np.ndarray) -> None:
    """Nodes that no line of sight joins to the open sea are led there over water cells, and the way is pulled taut."""
    shut_in = set(_shut_in(draft).tolist())
    for number in range(3):
        label = draft.label()
        sizes = np.bincount(label)
        lon, lat = np.array(draft.lon), np.array(draft.lat)
        large = sizes[label] >= LARGE_NODES
        open_nodes = np.flatnonzero(large)
        goal_row, goal_column = _cells(lon[open_nodes], lat[open_nodes])
        shut = shut_in if number == 0 else set()
        lost = [node for node in nodes if (not large[node] or node in shut) and _is_ocean(coast, lon[node], lat[node])]
        before = len(draft.tail)
        for node in lost:
            row, column = _cells(lon[node : node + 1], lat[node : node + 1])
            close = np.abs(goal_row - row[0]) <= RASTER_CELLS
            close &= open_nodes != node
            some = open_nodes[close]
            cells, ends, found = sight.raster_ways(
                int(row[0]), int(column[0]), RASTER_CELLS, coast.bits, goal_row[close], goal_column[close], 3
            )
            start = 0
            for end, goal in zip(ends, found, strict=True):
                _add_taut(draft, coast, cells[start:end][::-1], int(node), int(some[goal]))
                start = end
        if len(draft.tail) == before:
            return


def _shut_in(draft: Draft) -> np.ndarray:
    """Nodes from which nothing near is seen: in a bay whose mouth shows the far sea alone."""
    tail, head, length = np.array(draft.tail), np.array(draft.head), draft.lengths()
    is_open = np.array(draft.kind) == OPEN
    shortest = np.full(len(draft.lon), np.inf)
    np.minimum.at(shortest, tail[is_open], length[is_open])
    np.minimum.at(shortest, head[is_open], length[is_open])
    return np.flatnonzero(np.isfinite(shortest) & (shortest > NEAR_M))


def _reach_straight(draft: Draft, ports: np.ndarray) -> None:
    """Ports behind a bar or on a river that the polygons do not show are joined to the nearest node of the open sea, as an approach."""
    label = draft.label()
    large = np.bincount(label)[label] >= LARGE_NODES
    lon, lat = np.array(draft.lon), np.array(draft.lat)
    open_nodes = np.flatnonzero(large)
    for port in ports[~large[ports]]:
        gap = great_circle_m(np.full(len(open_nodes), lon[port]), np.full(len(open_nodes), lat[port]), lon[open_nodes], lat[open_nodes])
        best = int(np.argmin(gap))
        if gap[best] <= STRAIGHT_M:
            draft.edge(int(port), int(open_nodes[best]), APPROACH)


def _cells(lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return ((90 - lat) / CELL).astype(np.int64), ((lon + 180) / CELL).astype(np.int64) % sight.COLUMNS


def _add_taut(draft: Draft, coast: Coast, cells: list[tuple[int, int]], start: int, goal: int) -> None:
    """A chain of edges along the cells, with as few corners as sight allows."""
    lon = np.array([draft.lon[start], *((column + 0.5) * CELL - 180 for _, column in cells[1:-1]), draft.lon[goal]])
    lat = np.array([draft.lat[start], *(90 - (row + 0.5) * CELL for row, _ in cells[1:-1]), draft.lat[goal]])
    vectors = unit_vectors(lon, lat)
    at, previous = 0, start
    while at < len(lon) - 1:
        step = len(lon) - 1
        while step > at + 1 and not sight.sees(vectors[at], vectors[step], coast.bits, coast.clear):
            step = at + 1 + (step - at - 1) // 2 if step - at > 3 else step - 1
        node = goal if step == len(lon) - 1 else draft.node(lon[step], lat[step])
        draft.edge(previous, node, OPEN)
        previous, at = node, step


def _finished(draft: Draft, countries: Countries) -> Net:
    lon, lat = np.array(draft.lon), np.array(draft.lat)
    tail, head, kind = np.array(draft.tail), np.array(draft.head), np.array(draft.kind)
    is_open = kind == OPEN
    kept_tail, kept_head = thin(lon, lat, tail[is_open], head[is_open])
    tail, head = np.concatenate((kept_tail, tail[~is_open])), np.concatenate((kept_head, head[~is_open]))
    kind = np.concatenate((np.full(len(kept_tail), OPEN), kind[~is_open]))
    bends = np.array([draft.stretch.get(pair, 1.0) for pair in zip(tail.tolist(), head.tolist(), strict=True)])
    length = np.maximum(1, np.rint(great_circle_m(lon[tail], lat[tail], lon[head], lat[head]) * bends)).astype(np.int64)
    x = lon[tail] + ((lon[head] - lon[tail] + 180) % 360 - 180) / 2
    country = countries.find((x + 180) % 360 - 180, (lat[tail] + lat[head]) / 2, 0.05)
    country[kind == OPEN] = -1
    return Net(
        lon=lon,
        lat=lat,
        tail=tail,
        head=head,
        length=length,
        country=country,
        kind=kind.astype(np.int16),
        bridged=np.zeros(len(tail), bool),
    )


def crossed(net: Net) -> tuple[np.ndarray, np.ndarray]:
    """Edges that cross the line of a passage, and the number of the passage in ``passages.csv``."""
    points = unit_vectors(net.lon, net.lat)
    a, b = points[net.tail], points[net.head]
    edges, passages = [], []
    for number, row in enumerate(rows("passages.csv")):
        ends = np.array([tuple(map(float, point.split())) for point in row["line"].split("|")])
        c, d = unit_vectors(ends[:, 0], ends[:, 1])
        plane = np.cross(c, d)
        normal = np.cross(a, b)
        one, other = np.einsum("ij,j->i", a, plane), np.einsum("ij,j->i", b, plane)
        first, second = normal @ c, normal @ d
        meets = np.where((one * other < 0)[:, None], np.cross(normal, plane), 0)
        near = np.abs(np.einsum("ij,j->i", meets, (c + d))) > 0
        same_side = np.einsum("ij,ij->i", meets, a + b) * np.einsum("ij,j->i", meets, c + d) > 0
        found = np.flatnonzero((one * other < 0) & (first * second < 0) & near & same_side)
        edges += found.tolist()
        passages += [number] * len(found)
    return np.array(edges, np.int32), np.array(passages, np.int16)
