"""Draw the background of the maps: borders of all countries as one small GeoJSON file.

    npm pack world-atlas@2.0.2 && python -m tools.make_borders world-atlas-2.0.2.tgz

The lines are those of Natural Earth 4.1 at 1:50 million (public domain, naturalearthdata.com), as the npm package world-atlas 2.0.2 (ISC)
carries them. Arcs are shared between neighbors, so simplifying each arc once leaves no gaps. Natural Earth draws lines as they are held
on the ground; that is no opinion about whose a place is.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
import tarfile
from itertools import pairwise
from pathlib import Path

SHA256 = "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97"
FILE = "package/countries-50m.json"
OUT = Path(__file__).parents[1] / "src" / "landbridge" / "data" / "borders.json"
TOLERANCE_DEG = 0.045
LEFT_OUT = ("Antarctica",)
"""Its outline goes around the pole, which no flat map can close, and nothing is carried there."""
SMALLEST_DEG2 = 0.02
"""Rings smaller than this are islets that no map of a corridor shows; the largest ring of a country always stays."""


def make_borders(archive: Path) -> None:
    data = archive.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != SHA256:
        sys.exit(f"{archive} is not world-atlas 2.0.2 as pinned: sha256 {found}")
    with tarfile.open(archive) as package:
        member = package.extractfile(FILE)
        topology = json.load(member) if member else {}
    arcs = [_simplified(arc) for arc in _positions(topology)]
    shown = [one for one in topology["objects"]["countries"]["geometries"] if one.get("type") and one["properties"]["name"] not in LEFT_OUT]
    features = [_feature(one, arcs) for one in shown]
    document = {
        "type": "FeatureCollection",
        "source": "Natural Earth 4.1, 1:50m (public domain), by way of world-atlas 2.0.2",
        "features": sorted((one for one in features if one["geometry"]["coordinates"]), key=lambda one: one["properties"]["name"]),
    }
    OUT.write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{OUT.name}: {len(document['features'])} countries, {OUT.stat().st_size:,} bytes")


def _positions(topology: dict) -> list[list[tuple[float, float]]]:
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            line.append((x * scale_x + move_x, y * scale_y + move_y))
        lines.append(line)
    return lines


def _simplified(line: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Ramer (1972), Douglas and Peucker (1973): the fewest of its points that stay within the tolerance."""
    keep = {0, len(line) - 1}
    open_parts = [(0, len(line) - 1)]
    while open_parts:
        first, last = open_parts.pop()
        gaps = [(_gap(line[index], line[first], line[last]), index) for index in range(first + 1, last)]
        if gaps and max(gaps)[0] > TOLERANCE_DEG:
            middle = max(gaps)[1]
            keep.add(middle)
            open_parts += [(first, middle), (middle, last)]
    return [(round(line[index][0], 2), round(line[index][1], 2)) for index in sorted(keep)]


def _gap(point: tuple[float, float], start: tuple[float, float], end: tuple[float, float]) -> float:
    wide = math.cos(math.radians(point[1]))
    px, py = (point[0] - start[0]) * wide, point[1] - start[1]
    ex, ey = (end[0] - start[0]) * wide, end[1] - start[1]
    length = ex * ex + ey * ey
    share = max(0.0, min(1.0, (px * ex + py * ey) / length)) if length else 0.0
    return math.hypot(px - share * ex, py - share * ey)


def _feature(geometry: dict, arcs: list) -> dict:
    shapes = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    rings = [part for shape in shapes for part in _cut([_unrolled(_ring(ring, arcs)) for ring in shape])]
    rings = [shape for shape in rings if len(shape[0]) >= 4]
    largest = max((abs(_area(shape[0])) for shape in rings), default=0.0)
    kept = [
        [shape[0], *(hole for hole in shape[1:] if len(hole) >= 4)]
        for shape in rings
        if abs(_area(shape[0])) >= min(SMALLEST_DEG2, largest)
    ]
    label = _middle(max((shape[0] for shape in kept), key=lambda ring: abs(_area(ring)), default=[]))
    properties = {"name": geometry["properties"]["name"], "label": label, "area": round(largest, 1)}
    return {"type": "Feature", "properties": properties, "geometry": {"type": "MultiPolygon", "coordinates": kept}}


def _ring(indices: list[int], arcs: list) -> list[list[float]]:
    ring: list[list[float]] = []
    for index in indices:
        line = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += [list(point) for point in (line[1:] if ring else line)]
    return ring


def _unrolled(ring: list[list[float]]) -> list[list[float]]:
    """A ring without a jump at the 180th meridian: it goes on beyond it."""
    found, turns = [ring[0]], 0
    for before, (lon, lat) in pairwise(ring):
        turns += round((before[0] - lon) / 360)
        found.append([round(lon + 360 * turns, 2), lat])
    return found


def _cut(shape: list[list[list[float]]]) -> list[list[list[list[float]]]]:
    """A shape as parts that each lie within -180 and 180."""
    lons = [lon for ring in shape for lon, _ in ring]
    if min(lons) >= -180 and max(lons) <= 180:
        return [shape]
    edge = 180.0 if max(lons) > 180 else -180.0
    inner, outer = (1, -1) if edge > 0 else (-1, 1)
    stays = [_clipped(ring, edge, inner) for ring in shape]
    moves = [[[round(lon - 2 * edge, 2), lat] for lon, lat in _clipped(ring, edge, outer)] for ring in shape]
    return [part for part in ([ring for ring in rings if len(ring) >= 4] for rings in (stays, moves)) if part]


def _clipped(ring: list[list[float]], edge: float, keep: int) -> list[list[float]]:
    """The part of a ring west (1) or east (-1) of a meridian; Sutherland and Hodgman (1974), one edge."""
    found: list[list[float]] = []
    for (a_lon, a_lat), (b_lon, b_lat) in pairwise(ring):
        is_in, comes_in = keep * (edge - a_lon) >= 0, keep * (edge - b_lon) >= 0
        if is_in:
            found.append([a_lon, a_lat])
        if is_in != comes_in:
            share = (edge - a_lon) / (b_lon - a_lon)
            found.append([edge, round(a_lat + share * (b_lat - a_lat), 2)])
    return [*found, found[0]] if found else []


def _area(ring: list[list[float]]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def _middle(ring: list[list[float]]) -> list[float]:
    """The center of mass of a ring, where a name is written."""
    area = _area(ring)
    if not area:
        return list(ring[0]) if ring else [0.0, 0.0]
    pairs = list(pairwise(ring))
    x = sum((a[0] + b[0]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (6 * area)
    y = sum((a[1] + b[1]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (6 * area)
    return [round(x, 2), round(y, 2)]


if __name__ == "__main__":
    make_borders(Path(sys.argv[1]))
