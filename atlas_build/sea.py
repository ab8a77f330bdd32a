"""Sea lanes: taut ways around the land, canals and straits of the lane package, approaches of ports."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw
from scipy import ndimage
from scipy.spatial import cKDTree

from atlas_build import sight
from atlas_build.geometry import great_circle_m, read_topojson, unit_vectors, unwrapped

CELL = 0.01
SOUTHERN_LIMIT = -60.0
"""Ships on ocean passages keep north of the ice; a limit of the contributors."""
TOLERANCE_KM, OFFING_KM = 5.0, 7.0
"""Coasts are simplified by the first; corners of lanes keep the second away from land where there is room."""
OCEAN_CELLS = 3_000
SLACK = 0.0006


@dataclass(frozen=True, slots=True, kw_only=True)
class Coast:
    """The land as a raster of bits and the corners around which taut ways bend."""

    bits: np.ndarray
    clear: np.ndarray
    ocean: np.ndarray
    corners: np.ndarray
    before: np.ndarray
    after: np.ndarray


def read_coast(path: Path, extra_land: list[np.ndarray]) -> Coast:
    """Rasterize the land polygons and find the corners of the coasts."""
    polygons = [[unwrapped(ring) for ring in rings] for rings, _, _ in read_topojson(path, "land")]
    land = _raster(polygons, extra_land)
    land[int((90 - SOUTHERN_LIMIT) / CELL) :] = 1
    corners, before, after = _corners(polygons + [[ring] for ring in extra_land], land)
    label, count = ndimage.label(land == 0)
    sizes = np.bincount(label.ravel(), minlength=count + 1)
    is_ocean = sizes > OCEAN_CELLS
    is_ocean[0] = False
    return Coast(
        bits=np.packbits(land, axis=1), clear=clearance(land), ocean=np.packbits(is_ocean[label], axis=1),
        corners=corners, before=before, after=after,
    )  # fmt: skip


def clearance(land: np.ndarray) -> np.ndarray:
    """How far the nearest land is from any point of a block of cells at least, in units of ``sight.ROOM`` radians, uint16.

    From centre to centre, less half the diagonals of both blocks; 0 where that is nothing.
    """
    size = sight.BLOCK
    rows, columns = land.shape[0] // size, land.shape[1] // size
    solid = land.reshape(rows, size, columns, size).any(axis=(1, 3))
    shore = solid & ~ndimage.binary_erosion(solid, np.ones((3, 3)), border_value=1)
    shore[:, [0, -1]] |= solid[:, [0, -1]]
    lat, lon = 90 - (np.arange(rows) + 0.5) * CELL * size, (np.arange(columns) + 0.5) * CELL * size - 180
    tree = cKDTree(unit_vectors(lon[np.nonzero(shore)[1]], lat[np.nonzero(shore)[0]]))
    row, column = np.nonzero(~solid)
    chord = tree.query(unit_vectors(lon[column], lat[row]), workers=-1)[0]
    angle = 2 * np.arcsin(np.minimum(1, chord / 2)) - 2 * math.radians(CELL * size) * math.sqrt(0.5)
    found = np.zeros(solid.shape, np.uint16)
    found[row, column] = np.maximum(0, angle / sight.ROOM).astype(np.uint16)
    return found


def _raster(polygons: list[list[np.ndarray]], extra_land: list[np.ndarray]) -> np.ndarray:
    image = Image.new("L", (sight.COLUMNS, sight.ROWS), 0)
    draw = ImageDraw.Draw(image)
    for rings in polygons:
        _fill(draw, rings[0], 1)
    for rings in polygons:
        for hole in rings[1:]:
            _fill(draw, hole, 0)
    for rings in polygons:  # islands that lie in lakes and inland seas
        if len(rings[0]) < 3_000:
            _fill(draw, rings[0], 1)
    for ring in extra_land:
        _fill(draw, ring, 1)
    return np.array(image)


def _fill(draw: ImageDraw.ImageDraw, ring: np.ndarray, value: int) -> None:
    if abs(ring[0, 0] - ring[-1, 0]) > 300:  # around the pole
        ring = np.concatenate([ring, [[ring[-1, 0], -90], [ring[0, 0], -90]]])
    for shift in (-360, 0, 360):
        if ring[:, 0].max() + shift > -180 and ring[:, 0].min() + shift < 180:
            points = [((x + 180 + shift) / CELL, (90 - y) / CELL) for x, y in ring]
            draw.polygon(points, fill=value, outline=value or None)


def simplified(ring: np.ndarray, tolerance_km: float) -> np.ndarray:
    """Douglas and Peucker 1973 on a closed ring; distances in the plane that touches the globe at each piece."""
    kept = np.zeros(len(ring), bool)
    last = len(ring) - 1
    farthest = int(np.argmax(np.abs(ring[:last] - ring[0]).sum(axis=1)))
    kept[[0, farthest, last]] = True
    stack = [(0, farthest), (farthest, last)]
    while stack:
        a, b = stack.pop()
        if b - a < 2:
            continue
        scale = np.array([math.cos(math.radians((ring[a, 1] + ring[b, 1]) / 2)) * 111.19, 111.19])
        line, points = (ring[b] - ring[a]) * scale, (ring[a + 1 : b] - ring[a]) * scale
        along = np.clip(points @ line / max(line @ line, 1e-12), 0, 1)
        gap = np.linalg.norm(points - along[:, None] * line, axis=1)
        worst = int(np.argmax(gap))
        if gap[worst] > tolerance_km:
            kept[a + 1 + worst] = True
            stack += [(a, a + 1 + worst), (a + 1 + worst, b)]
    return ring[kept]


def _corners(polygons: list[list[np.ndarray]], land: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    found: list[tuple[float, ...]] = []
    for rings in polygons:
        for hole, ring in enumerate(rings):
            if ring[:, 1].max() < SOUTHERN_LIMIT or abs(ring[0, 0] - ring[-1, 0]) > 300:
                continue
            found += _corners_of(ring, hole > 0, land)
    found += [(float(lon), SOUTHERN_LIMIT + 0.06, 0.0, 0.0, 0.0, 0.0) for lon in range(-180, 180, 3)]
    table = np.array(found)
    return table[:, :2], table[:, 2:4], table[:, 4:6]


def _corners_of(ring: np.ndarray, is_hole: bool, land: np.ndarray) -> list[tuple[float, ...]]:
    width = np.ptp(ring[:, 0]) * 111 * max(0.05, math.cos(math.radians(ring[:, 1].mean())))
    extent = max(width, np.ptp(ring[:, 1]) * 111)
    corners = simplified(ring, min(TOLERANCE_KM, max(0.3, extent / 6)))
    if len(corners) < 4:
        return []
    area = np.sum(corners[:-1, 0] * corners[1:, 1] - corners[1:, 0] * corners[:-1, 1])
    if (area < 0) != is_hole:
        corners = corners[::-1]
    points = corners[:-1]
    found = []
    for i, at in enumerate(points):
        corner = _pushed(points[i - 1], at, points[(i + 1) % len(points)], extent, is_hole, land)
        if corner is not None:
            found.append(corner)
    return found


def _pushed(previous: np.ndarray, at: np.ndarray, following: np.ndarray, extent: float, is_hole: bool, land: np.ndarray):
    """A convex corner of the coast, moved out to sea; None if it is concave or there is no water."""
    narrow = math.cos(math.radians(at[1]))
    one, other = (previous - at) * [narrow, 1], (following - at) * [narrow, 1]
    lengths = np.hypot(*one), np.hypot(*other)
    if min(lengths) == 0:
        return None
    one, other = one / lengths[0], other / lengths[1]
    if -(one[0] * other[1] - one[1] * other[0]) <= 0.02:
        return None
    out = -(one + other)
    size = np.hypot(*out)
    out = np.array([other[1], -other[0]]) if size < 1e-6 else out / size
    half = math.sqrt(max(0.0, (1 - one @ other) / 2))
    push = min(OFFING_KM / max(half, 0.5), 1.6 * OFFING_KM)
    if not is_hole and extent < 60:
        push = min(push, max(2.0, extent / 3))
    for share in (1, 0.7, 0.45, 0.25):
        lat = at[1] + out[1] * push * share / 111.19
        lon = (at[0] + out[0] * push * share / 111.19 / narrow + 180) % 360 - 180
        if abs(lat) < 89 and not land[int((90 - lat) / CELL), int((lon + 180) / CELL) % sight.COLUMNS]:
            return float(lon), float(lat), *map(float, one), *map(float, other)
    return None


def frame(lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Unit vectors of points, and of east and north there."""
    x, y = np.radians(lon), np.radians(lat)
    zero = np.zeros(len(lon))
    east = np.column_stack((-np.sin(x), np.cos(x), zero))
    north = np.column_stack((-np.sin(y) * np.cos(x), -np.sin(y) * np.sin(x), np.cos(y)))
    return unit_vectors(lon, lat), east, north


def open_sea(coast: Coast) -> tuple[np.ndarray, np.ndarray]:
    """Edges between corners that see each other, thinned."""
    lon, lat = coast.corners.T
    points, east, north = frame(lon, lat)
    tail, head = sight.sight_edges(0, len(lon), points, east, north, coast.before, coast.after, coast.bits, coast.clear, math.pi)
    return thin(lon, lat, tail, head)


def thin(lon: np.ndarray, lat: np.ndarray, tail: np.ndarray, head: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    from landbridge.atlas.kernel import graph_by_tail

    length = great_circle_m(lon[tail], lat[tail], lon[head], lat[head])
    order = np.lexsort((head, tail, -np.rint(length)))
    first, edge_of, other = graph_by_tail(len(lon), tail.astype(np.int32), head.astype(np.int32))
    kept = sight.thinned(order, tail, head, length, first, edge_of, other, SLACK)
    return tail[kept], head[kept]
