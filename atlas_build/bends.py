"""Bends that simplified lines have lost: first a plain factor, by which links are found, then what the roads around tell.

A line that the data draw as a chord may be straight or have lost all of its bends. The winding of an edge itself tells little, since a
third of all edges are chords, in the Andes as on the plains; that of all edges around, chords among them, tells plain from mountains.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.spatial import cKDTree

from atlas_build.corrections import rows
from atlas_build.geometry import EARTH_RADIUS_M, great_circle_m, unit_vectors
from atlas_build.land import Net

MOST_WINDING = 0.3
"""An edge whose line is longer than its great circle by more than this share counts as if by this."""
REACH_M = 150_000.0
"""Edges count for the winding around by a bell curve of this width, up to twice as far (100 to 300 km fitted alike)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Winding:
    """How far roads wind, by place: centers of cells, shape (n, 3) in metres, and what lines have beyond great circles, as a share."""

    center: np.ndarray
    share: np.ndarray

    def at(self, points: np.ndarray) -> np.ndarray:
        """The share at points, shape (n, 3) in metres: that of the nearest cell."""
        return self.share[cKDTree(self.center).query(points)[1]]


def with_bends(net: Net, mode: str) -> Net:
    """Lengths of the package with the bends that a plain factor gives back; see ``sinuosity.csv``."""
    straight = _straight(net)
    factor, of_winding = (_column(straight, mode, column) for column in ("factor", "of_winding"))
    winding = np.clip(net.length - straight, 0, MOST_WINDING * straight)
    return replace(net, length=np.rint(net.length * factor + winding * of_winding).astype(np.int64))


def without_bends(net: Net, mode: str) -> np.ndarray:
    """Lengths (m, not rounded) as the package has them, from those of ``with_bends``; of a divided edge its part."""
    straight = _straight(net)
    factor, of_winding = (_column(straight, mode, column) for column in ("factor", "of_winding"))
    some = (net.length + of_winding * straight) / (factor + of_winding)
    much = (net.length - of_winding * MOST_WINDING * straight) / factor
    return np.maximum(np.where(some > (1 + MOST_WINDING) * straight, much, some), straight)


def with_bends_around(net: Net, mode: str, winding: Winding, own: np.ndarray) -> Net:
    """Lengths with the bends that the roads around tell in place of the plain factor, on the edges ``own`` (bool) of the package."""
    factor, of_region = (_column(_straight(net), f"{mode}_around", column) for column in ("factor", "of_region"))
    length = without_bends(net, mode) * (factor + of_region * winding.at(_middles(net)))
    return replace(net, length=np.where(own, np.maximum(np.rint(length), 1), net.length).astype(np.int64))


def read_winding(net: Net) -> Winding:
    """How far the lines of the package wind, cell by cell; ``net`` has the lengths of the package."""
    straight, middle = _straight(net), _middles(net)
    winding = np.clip(net.length - straight, 0, MOST_WINDING * straight)
    cell = np.unique(np.floor(middle * 2 / REACH_M).astype(np.int64), axis=0, return_inverse=True)[1].ravel()
    whole = np.maximum(np.bincount(cell, straight), 1.0)
    beyond = np.bincount(cell, winding)
    center = np.column_stack([np.bincount(cell, middle[:, axis] * straight) for axis in range(3)]) / whole[:, None]
    share = np.empty(len(whole))
    for one, near in enumerate(cKDTree(center).query_ball_point(center, 2 * REACH_M, return_sorted=True)):
        weight = np.exp(-(((center[near] - center[one]) ** 2).sum(axis=1)) / (2 * REACH_M**2))
        share[one] = (weight * beyond[near]).sum() / (weight * whole[near]).sum()
    return Winding(center=center, share=share)


def _straight(net: Net) -> np.ndarray:
    return great_circle_m(net.lon[net.tail], net.lat[net.tail], net.lon[net.head], net.lat[net.head])


def _middles(net: Net) -> np.ndarray:
    points = unit_vectors(net.lon, net.lat) * EARTH_RADIUS_M
    return (points[net.tail] + points[net.head]) / 2


def _column(straight: np.ndarray, mode: str, column: str) -> np.ndarray:
    """A column of ``sinuosity.csv`` for edges of these great circles (m)."""
    table = [row for row in rows("sinuosity.csv") if row["mode"] == mode]
    step = np.searchsorted([float(row["below_km"]) * 1000 for row in table], straight, side="right")
    return np.array([float(row[column]) for row in table])[np.minimum(step, len(table) - 1)]
