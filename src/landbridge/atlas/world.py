"""The atlas as a whole: places, ends of a way, the shortest way, distances, nearest terminals."""

from __future__ import annotations

import threading
from functools import cache, cached_property
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from landbridge.atlas.container import Container

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from landbridge.atlas.gazetteer import Gazetteer
    from landbridge.atlas.hierarchy import Topology
    from landbridge.atlas.namesakes import Namesakes
    from landbridge.atlas.network import Network
    from landbridge.domain.way import WayMode

FILE = Path(__file__).parents[1] / "data" / "world.atlas"
NETWORKS = ("road", "rail", "sea")


class World:
    """The world of one atlas file. Read only; sections are unpacked when they are first needed, and kept.

    What a question closes travels in its ``WayQuery``; nothing of it is stored here, so that questions asked at once do not meet.
    """

    def __init__(self, container: Container) -> None:
        self.container = container
        self.countries: tuple[str, ...] = tuple(container.header["countries"])
        self.passages: tuple[dict[str, Any], ...] = tuple(container.header["passages"])
        self._networks: dict[str, Network] = {}
        self._island_sizes: dict[str, NDArray[np.int64]] = {}
        self._topologies: dict[str, Topology] = {}
        self._border_edges: dict[str, dict[tuple[str, str], NDArray[np.int64]]] = {}
        self._lock = threading.Lock()

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """All places."""
        from landbridge.atlas.gazetteer import Gazetteer

        return Gazetteer(self.container, self.countries)

    @cached_property
    def namesakes(self) -> Namesakes:
        """Names that several towns have."""
        from landbridge.atlas.namesakes import Namesakes

        return Namesakes(self.container)

    def network(self, mode: WayMode) -> Network:
        """The network of a mode; waterways are part of the sea network."""
        from landbridge.atlas.network import read_network

        name = "sea" if mode == "waterway" else mode
        with self._lock:
            if name not in self._networks:
                self._networks[name] = read_network(self.container, name)
            return self._networks[name]

    def island_sizes(self, mode: WayMode) -> NDArray[np.int64]:
        """Number of nodes on each island of a network."""
        name = "sea" if mode == "waterway" else mode
        network = self.network(mode)
        with self._lock:
            if name not in self._island_sizes:
                self._island_sizes[name] = np.bincount(network.island)
            return self._island_sizes[name]

    def border_edges(self, mode: WayMode) -> dict[tuple[str, str], NDArray[np.int64]]:
        """Edges that have to be closed so that no way crosses a border, by the two countries in the order of the alphabet."""
        name = "sea" if mode == "waterway" else mode
        network = self.network(mode)
        with self._lock:
            if name not in self._border_edges:
                self._border_edges[name] = _border_edges(network, self.countries)
            return self._border_edges[name]

    def topology(self, mode: WayMode) -> Topology:
        """The contracted network of roads or railways, the same for every question; made when it is first needed."""
        from landbridge.atlas.hierarchy import compile_topology

        network = self.network(mode)
        with self._lock:
            if mode not in self._topologies:
                self._topologies[mode] = compile_topology(network)
            return self._topologies[mode]

    @cached_property
    def port_nodes(self) -> dict[str, int]:
        """Node of the sea network of each port, by UN/LOCODE."""
        codes = self.container.text("ports.code").split("\n")
        return dict(zip(codes, self.container.array("ports.node").tolist(), strict=True))

    @cached_property
    def passage_edges(self) -> tuple[NDArray[np.int32], NDArray[np.int16]]:
        """Edges of the sea network that cross the line of a passage, and the number of that passage."""
        return self.container.array("sea.passage_edge"), self.container.array("sea.passage_of")

    def passages_on(self, edges: NDArray[np.int32]) -> frozenset[str]:
        """Ids of the passages that edges of the sea network cross."""
        crossed, numbers = self.passage_edges
        return frozenset(str(self.passages[number]["id"]) for number in np.unique(numbers[np.isin(crossed, edges)]).tolist())


def _border_edges(network: Network, countries: tuple[str, ...]) -> dict[tuple[str, str], NDArray[np.int64]]:
    inside, met = network.country >= 0, np.flatnonzero(np.diff(network.first) > 1)
    country = network.country[network.edge_of].astype(np.int32)
    starts = network.first[met]  # edges of a node that is left out count for the one before: more are looked at, none is missed
    least = np.minimum.reduceat(np.where(country < 0, len(countries), country), starts) if len(met) else met
    most = np.maximum.reduceat(country, starts) if len(met) else met
    found: dict[tuple[str, str], list[int]] = {}
    for node in met[least < most].tolist():
        here = network.edge_of[network.first[node] : network.first[node + 1]]
        here = here[inside[here]]
        codes = sorted({countries[code] for code in network.country[here]})
        for one, other in combinations(codes, 2):
            found.setdefault((one, other), []).extend(int(one_edge) for one_edge in here if countries[network.country[one_edge]] == other)
    return {codes: np.unique(edges) for codes, edges in found.items()}


@cache
def load_world(path: Path = FILE) -> World:
    """The atlas of a file; by default the one that is shipped.

    Raises
    ------
    DataError
        If the file is missing, broken or foreign.
    """
    return World(Container(path))
