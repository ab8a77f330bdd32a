"""Networks on land as the packages give them: nodes, edges and lengths of ``scgraph_data``."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from atlas_build.geometry import great_circle_m


@dataclass(frozen=True, slots=True, kw_only=True)
class Net:
    """A network in the making: nodes by ``lon`` and ``lat`` (degrees), edges by their ends, ``length`` (m), ``country``, ``kind``."""

    lon: np.ndarray
    lat: np.ndarray
    tail: np.ndarray
    head: np.ndarray
    length: np.ndarray
    country: np.ndarray
    kind: np.ndarray
    bridged: np.ndarray

    def joined(self, pairs: np.ndarray, lengths: np.ndarray, kinds: np.ndarray, countries: np.ndarray, *, bridged: bool = True) -> Net:
        """With more edges."""
        return replace(
            self,
            tail=np.concatenate((self.tail, pairs[:, 0])),
            head=np.concatenate((self.head, pairs[:, 1])),
            length=np.concatenate((self.length, lengths)),
            kind=np.concatenate((self.kind, kinds)).astype(self.kind.dtype),
            country=np.concatenate((self.country, countries)).astype(self.country.dtype),
            bridged=np.concatenate((self.bridged, np.full(len(pairs), bridged))),
        )


def read_land(path: Path) -> Net:
    """Parse one Python file of ``scgraph_data`` without running it; lengths are at least the great circle."""
    text = path.read_text(encoding="utf-8")
    nodes = np.array(json.loads(_value(text, "nodes")))
    graph = json.loads(re.sub(r"(\d+): ", r'"\1":', _value(text, "graph")))
    rows = [(tail, int(head), km) for tail, heads in enumerate(graph) for head, km in heads.items() if tail < int(head)]
    tail, head = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    lat, lon = nodes[:, 0], nodes[:, 1]
    straight = great_circle_m(lon[tail], lat[tail], lon[head], lat[head])
    length = np.maximum(np.rint(np.array([row[2] for row in rows]) * 1000), np.ceil(straight)).astype(np.int64)
    size = len(tail)
    return Net(
        lon=lon, lat=lat, tail=tail, head=head, length=np.maximum(length, 1), country=np.full(size, -1, np.int16),
        kind=np.zeros(size, np.int16), bridged=np.zeros(size, bool),
    )  # fmt: skip


def _value(text: str, name: str) -> str:
    found = re.search(rf"^{name}=(.*)$", text, re.MULTILINE)
    if found is None:
        raise ValueError(f"scgraph_data: no line {name}=")
    return found[1]
