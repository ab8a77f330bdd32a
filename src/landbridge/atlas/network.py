"""One network in memory: nodes, edges, the graph by tail, its islands, and a grid to find the nodes near a point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from landbridge.atlas import kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from landbridge.atlas.container import Container

DEGREES = 100_000
"""Coordinates are stored as whole numbers of 1/100,000 degree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A network of one mode. Read only.

    Attributes
    ----------
    lon, lat
        float64 of shape (n_nodes,), degrees.
    tail, head
        int32 of shape (n_edges,); each edge once, both ways may be used.
    length_m
        int32 of shape (n_edges,), metres; at least the great circle between the ends.
    country
        int16, index into the codes of the atlas; -1 is no country.
    kind
        int16: of road, 0 road, 1 ferry, 2 shuttle; of rail, the gauge in mm, 1 a change of gauge; of sea, 0 open sea, 1 canal or strait,
        2 river, 3 the approach of a port.
    is_bridged
        bool: an edge that mends a gap of the data.
    first, edge_of, other
        The graph by tail: slots ``first[v]`` to ``first[v + 1]`` hold the edges of node v and the node at their other end.
    gauge
        int16 of shape (n_nodes,): of rail, the gauge of the tracks at each node; 0 elsewhere.
    island
        int32 of shape (n_nodes,): nodes of the same number reach each other.
    cell_first, cell_node
        Nodes by cells of a quarter of a degree.
    """

    mode: str
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    length_m: NDArray[np.int32]
    country: NDArray[np.int16]
    kind: NDArray[np.int16]
    is_bridged: NDArray[np.bool_]
    first: NDArray[np.int32]
    edge_of: NDArray[np.int32]
    other: NDArray[np.int32]
    gauge: NDArray[np.int16]
    island: NDArray[np.int32]
    cell_first: NDArray[np.int32]
    cell_node: NDArray[np.int32]

    @property
    def size(self) -> int:
        """Number of nodes."""
        return len(self.lon)


def read_network(container: Container, mode: str) -> Network:
    """Unpack one network of the file and build its graph."""
    x = np.cumsum(container.array(f"{mode}.lon"), dtype=np.int32)
    y = np.cumsum(container.array(f"{mode}.lat"), dtype=np.int32)
    degree = container.array(f"{mode}.degree")
    tail = np.repeat(np.arange(len(x), dtype=np.int32), degree)
    head = tail + container.array(f"{mode}.head")
    lon, lat = x / DEGREES, y / DEGREES
    length = np.floor(kernel.great_circles_m(lon, lat, tail, head)).astype(np.int32) + container.array(f"{mode}.excess")
    is_bridged = np.zeros(len(tail), np.bool_)
    is_bridged[container.array(f"{mode}.bridged")] = True
    first, edge_of, other = kernel.graph_by_tail(len(x), tail, head)
    kind = container.array(f"{mode}.kind")
    gauge = np.zeros(len(x), np.int16)
    if mode == "rail":
        tracks = np.flatnonzero(kind > 1)
        gauge[tail[tracks]] = gauge[head[tracks]] = kind[tracks]
    cell_first, cell_node = kernel.cells(lon, lat)
    arrays: dict[str, NDArray[Any]] = {
        "lon": lon, "lat": lat, "tail": tail, "head": head, "length_m": np.maximum(length, 1),
        "country": container.array(f"{mode}.country"), "gauge": gauge, "kind": kind, "is_bridged": is_bridged,
        "first": first, "edge_of": edge_of, "other": other, "island": kernel.islands(first, edge_of, other, np.ones(len(tail), np.bool_)),
        "cell_first": cell_first, "cell_node": cell_node,
    }  # fmt: skip
    for array in arrays.values():
        array.flags.writeable = False
    return Network(mode=mode, **arrays)
