"""Gaps of the data that are bridged: each an edge and a row of the log."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from atlas_build.countries import Countries
from atlas_build.land import Net


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One bridged gap of the log; ``gauge_mm`` is 0 for roads."""

    lon: float
    lat: float
    other_lon: float
    other_lat: float
    length_m: int
    gauge_mm: int
    country: str
    reason: str


class GapLog:
    """Bridges gaps and keeps the rows of the log."""

    def __init__(self, countries: Countries) -> None:
        self._countries = countries
        self.gaps: list[Gap] = []

    def bridged(self, net: Net, pairs: np.ndarray, lengths: np.ndarray, gauges: np.ndarray | None, reason: str) -> Net:
        """With an edge for each pair of nodes, shape (n, 2); ``gauges`` (mm, by node) are the kind of an edge, without them it is 0."""
        if not len(pairs):
            return net
        place = self._countries.find(net.lon[pairs[:, 0]], net.lat[pairs[:, 0]])
        kinds = np.zeros(len(pairs), np.int16) if gauges is None else gauges[pairs[:, 0]]
        for (a, b), length, kind, code in zip(pairs, lengths, kinds, place, strict=True):
            self.gaps.append(
                Gap(
                    lon=float(net.lon[a]), lat=float(net.lat[a]), other_lon=float(net.lon[b]), other_lat=float(net.lat[b]),
                    length_m=int(length), gauge_mm=int(kind), country=self._countries.codes[code] if code >= 0 else "", reason=reason,
                )
            )  # fmt: skip
        return net.joined(pairs, lengths, kinds, place)
