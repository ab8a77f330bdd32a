"""Distances of many pairs, one after the other: the weights of a question are made once, and by road the hierarchy serves."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from landbridge.atlas import hierarchy, kernel
from landbridge.atlas.closure import FERRY, GAUGE_CHANGE, edge_weights, is_plain, narrow_passages
from landbridge.atlas.snap import common_ends, find_ends

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from landbridge.atlas.network import Network
    from landbridge.atlas.snap import End, Ends
    from landbridge.atlas.world import World
    from landbridge.domain.way import AtlasPlace, WayMode, WayQuery

MANY = 60
"""From this many questions with the same closures on, preparing the hierarchy pays (it takes about as long as 60 searches)."""
_ORDERED: tuple[str, ...] = ("road", "rail")
"""Networks whose nodes are stored in the order of a nested dissection."""
_KEPT_ENDS, _KEPT_TRAVELLERS, _MOST_WEIGHTS = 20_000, 3, 8
_FIRST_PARTED = 2
"""From this question on with the same closures the parts that they leave are known: finding them takes as long as a tenth of a search."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A distance between snapped ends, with the larger of both snaps, metres."""

    distance_m: int
    snap_m: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A shortest way: its snapped ends, its edges in order, int32 of shape (n,), and its length, metres."""

    ends: tuple[End, End]
    edges: NDArray[np.int32]
    distance_m: int


class Measurer:
    """Answers many questions; not shared between threads.

    ``questions``: how many will be asked, if that is known; without ``may_prepare`` no hierarchy is made, however many they are: a process
    that ends with its answer would wait for it (some 5 s by road).
    """

    def __init__(self, world: World, questions: int = 0, *, may_prepare: bool = True) -> None:
        self._world = world
        self._least: float = math.inf if not may_prepare else 0 if questions > MANY else MANY
        self._weights: dict[WayQuery, NDArray[np.int64]] = {}
        self._parts: dict[WayQuery, NDArray[np.int32]] = {}
        self._asked: dict[WayQuery, int] = {}
        self._travellers: dict[WayQuery, hierarchy.Traveller] = {}
        self._ends: dict[tuple[str, float, float, WayQuery], Ends] = {}

    def measure(self, origin: AtlasPlace, destination: AtlasPlace, query: WayQuery) -> Measured | None:
        """The shortest distance between two places; None where there is no way."""
        line = self.find_line(origin, destination, query)
        return None if line is None else Measured(distance_m=line.distance_m, snap_m=max(end.snap_m for end in line.ends))

    def find_line(self, origin: AtlasPlace, destination: AtlasPlace, query: WayQuery) -> Line | None:
        """The line of the shortest way between two places; None where there is no way."""
        pair = common_ends(self.ends(origin, query), self.ends(destination, query))
        edges = None if pair is None else self.find_edges(pair, query)
        if pair is None or edges is None:
            return None
        return Line(ends=pair, edges=edges, distance_m=int(self._world.network(query.mode).length_m[edges].sum()))

    def list_countries(self, line: Line, mode: WayMode) -> frozenset[str]:
        """Codes of the countries in which a line over land lies; where the gauge is changed it lies in none."""
        network = self._world.network(mode)
        laid = line.edges[network.kind[line.edges] != GAUGE_CHANGE] if mode == "rail" else line.edges
        return frozenset(self._world.countries[code] for code in np.unique(network.country[laid]).tolist() if code >= 0)

    def takes_ferry(self, line: Line, mode: WayMode) -> bool:
        """Whether a line by road boards a ferry."""
        return mode == "road" and bool((self._world.network(mode).kind[line.edges] == FERRY).any())

    def find_edges(self, pair: tuple[End, End], query: WayQuery) -> NDArray[np.int32] | None:
        """The edges of the shortest way between two ends of one island; None where what is closed leaves none.

        A long way by sea leads around passages that are too narrow for its ships, if anything does.
        """
        edges = self._find_shortest(pair, query)
        narrow = frozenset() if edges is None else self._too_narrow(edges, query)
        if not narrow:
            return edges
        around = self._find_shortest(pair, replace(query, avoid=query.avoid | narrow))
        return edges if around is None else around

    def _too_narrow(self, edges: NDArray[np.int32], query: WayQuery) -> frozenset[str]:
        """Passages on a way that are too narrow for the ships of a way so long."""
        limits = narrow_passages(self._world, query)
        if not limits:
            return frozenset()
        length_m = int(self._world.network(query.mode).length_m[edges].sum())
        used = self._world.passages_on(edges)
        return frozenset(code for code, longest_m in limits.items() if code in used and length_m > longest_m)

    def _find_shortest(self, pair: tuple[End, End], query: WayQuery) -> NDArray[np.int32] | None:
        network = self._world.network(query.mode)
        start, goal = pair
        if start.node == goal.node:
            return network.tail[:0]
        self._asked[query] = self._asked.get(query, 0) + 1
        if self._are_parted(network, pair, query):
            return None
        if query.mode in _ORDERED and self._asked[query] > self._least:
            cost, edges = self._traveller(network, query).find_path(start.node, goal.node)
        else:
            cost, edges = kernel.shortest_path(
                start.node, goal.node, self.weights(query), network.lon, network.lat, network.first, network.edge_of, network.other
            )
        return None if cost < 0 else edges

    def _are_parted(self, network: Network, pair: tuple[End, End], query: WayQuery) -> bool:
        """Whether what is closed leaves no way, looked up from the second question on: a search for a way that is none sees everything."""
        if query.mode not in _ORDERED or is_plain(query) or self._asked[query] < _FIRST_PARTED:
            return False
        if query not in self._parts:
            if len(self._parts) > _MOST_WEIGHTS:
                self._parts.clear()
            self._parts[query] = kernel.islands(network.first, network.edge_of, network.other, self.weights(query) >= 0)
        start, goal = pair
        return bool(self._parts[query][start.node] != self._parts[query][goal.node])

    def weights(self, query: WayQuery) -> NDArray[np.int64]:
        """Weight of every edge under a question, made once."""
        if query not in self._weights:
            if len(self._weights) > _MOST_WEIGHTS:
                self._weights.clear()
            self._weights[query] = edge_weights(self._world, self._world.network(query.mode), query)
        return self._weights[query]

    def ends(self, place: AtlasPlace, query: WayQuery) -> Ends:
        """The nodes at which a way from a place may begin, looked up once for each place, mode and gauge."""
        plain = replace(query, avoid=frozenset(), avoid_borders=frozenset(), avoid_points=(), posts=(), border_m=(), allow=frozenset())
        key = (place.place_id, place.lon, place.lat, plain)
        if key not in self._ends:
            if len(self._ends) > _KEPT_ENDS:
                self._ends.clear()
            self._ends[key] = find_ends(self._world, place, query)
        return self._ends[key]

    def _traveller(self, network: Network, query: WayQuery) -> hierarchy.Traveller:
        if query not in self._travellers:
            if len(self._travellers) >= _KEPT_TRAVELLERS:
                self._travellers.clear()
            metric = hierarchy.customize(self._world.topology(query.mode), network, self.weights(query))
            self._travellers[query] = hierarchy.Traveller(metric)
        return self._travellers[query]
