"""Which country a point lies in: Natural Earth countries, 1:10 million, and the nearest of them within half a degree."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import shapely

from atlas_build.corrections import rows
from atlas_build.geometry import read_topojson, unwrapped


class Countries:
    """ISO alpha-2 codes by point."""

    def __init__(self, topology: Path, names: dict[str, str]) -> None:
        numeric = {row["iso_n3"]: row["alpha2"] for row in rows("countries.csv") if row["iso_n3"]}
        named = {row["name"]: row["alpha2"] for row in rows("countries.csv") if row["name"]}
        shapes, codes = [], []
        for rings, number, name in read_topojson(topology, "countries"):
            code = numeric.get(number) or named.get(name, "")
            if not code or len(rings[0]) < 4:
                continue
            rings = [unwrapped(ring) for ring in rings]
            for shift in (-360, 0, 360):
                if rings[0][:, 0].max() + shift <= -180 or rings[0][:, 0].min() + shift >= 180:
                    continue
                moved = [ring + np.array([shift, 0]) for ring in rings]
                shapes.append(shapely.Polygon(moved[0], [ring for ring in moved[1:] if len(ring) >= 4]))
                codes.append(code)
        self.codes = sorted(set(codes) | set(names))
        self._index = np.array([self.codes.index(code) for code in codes])
        self._shapes = [shape if shape.is_valid else shapely.make_valid(shape) for shape in shapes]
        shapely.prepare(self._shapes)
        self._tree = shapely.STRtree(self._shapes)

    def find(self, lon: np.ndarray, lat: np.ndarray, reach: float = 0.5) -> np.ndarray:
        """Index into ``codes`` for each point; the nearest country within ``reach`` degrees, else -1."""
        found = np.full(len(lon), -1, np.int16)
        order = np.argsort(lat, kind="stable")
        ordered = lat[order]
        for shape, index in zip(self._shapes, self._index, strict=True):
            west, south, east, north = shape.bounds
            band = order[np.searchsorted(ordered, south) : np.searchsorted(ordered, north, side="right")]
            band = band[(lon[band] >= west) & (lon[band] <= east) & (found[band] < 0)]
            if len(band):
                found[band[shapely.contains_xy(shape, lon[band], lat[band])]] = index
        open_ones = np.flatnonzero(found < 0)
        if len(open_ones):
            near, shape = self._tree.query_nearest(shapely.points(lon[open_ones], lat[open_ones]), max_distance=reach, all_matches=False)
            found[open_ones[near]] = self._index[shape]
        return found

    def of_edges(self, lon: np.ndarray, lat: np.ndarray, tail: np.ndarray, head: np.ndarray) -> np.ndarray:
        """Country of each edge: that of both ends where they agree, else that of its middle."""
        node = self.find(lon, lat)
        x = lon[tail] + ((lon[head] - lon[tail] + 180) % 360 - 180) / 2
        middle = self.find((x + 180) % 360 - 180, (lat[tail] + lat[head]) / 2)
        return np.where((node[tail] == node[head]) & (node[tail] >= 0), node[tail], middle)
