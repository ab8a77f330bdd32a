"""Points, lines and polygons on the globe: chords, great circles, TopoJSON, simplified rings."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

EARTH_RADIUS_M = 6_371_009
"""Mean radius of the WGS 84 ellipsoid, (2a + b) / 3; the same as in landbridge.atlas."""


def unit_vectors(lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Points on the unit sphere, shape (n, 3), from degrees."""
    x, y = np.radians(lon), np.radians(lat)
    return np.column_stack((np.cos(y) * np.cos(x), np.cos(y) * np.sin(x), np.sin(y)))


def great_circle_m(lon: np.ndarray, lat: np.ndarray, other_lon: np.ndarray, other_lat: np.ndarray) -> np.ndarray:
    """Great circles between points in degrees, metres."""
    half_lat, half_lon = np.radians(other_lat - lat) / 2, np.radians(other_lon - lon) / 2
    chord = np.sin(half_lat) ** 2 + np.cos(np.radians(lat)) * np.cos(np.radians(other_lat)) * np.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(1.0, chord)))


def read_topojson(path: Path, name: str) -> list[tuple[list[np.ndarray], str, str]]:
    """Polygons of one object: its rings (lon, lat; the outer one first), the id and the name of the feature that it belongs to."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [np.cumsum(np.array(arc, float), axis=0) * scale + translate for arc in topology["arcs"]]

    def ring(indices: list[int]) -> np.ndarray:
        parts = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
        return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])

    found = []
    for feature in topology["objects"][name]["geometries"]:
        polygons = feature["arcs"] if feature["type"] == "MultiPolygon" else [feature["arcs"]]
        properties = feature.get("properties") or {}
        found += [([ring(one) for one in polygon], str(feature.get("id", "")), properties.get("name", "")) for polygon in polygons]
    return found


def unwrapped(ring: np.ndarray) -> np.ndarray:
    """A ring whose longitudes do not jump; it may lead beyond the antimeridian."""
    step = np.diff(ring[:, 0])
    found = ring.copy()
    found[1:, 0] += np.cumsum(np.where(step > 180, -360, np.where(step < -180, 360, 0)))
    return found


def morton_order(lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """An order in which neighbours on the globe stand near each other (Z-order curve), ties by longitude, then latitude."""
    x = ((lon + 180) / 360 * 65535).astype(np.uint64)
    y = ((lat + 90) / 180 * 65535).astype(np.uint64)
    return np.lexsort((lat, lon, _spread(x) | (_spread(y) << np.uint64(1))))


def _spread(value: np.ndarray) -> np.ndarray:
    for shift, mask in ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
        value = (value | (value << np.uint64(shift))) & np.uint64(mask)
    return value
