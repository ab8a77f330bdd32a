"""The network of one question with least sums over all of it, and the part of it that its itineraries may use, with bounds."""

from __future__ import annotations

from functools import partial
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landbridge.routing.abreast import abreast
from landbridge.routing.bounds import ALIGHTS, Edges, floor_edges, restrict
from landbridge.routing.corridor import in_open_region
from landbridge.routing.floors import floors_to, in_order
from landbridge.routing.groundwork import Groundwork
from landbridge.routing.network import BALANCED, Network, Survey, draw_network, sums_from, sums_to
from landbridge.routing.scene import EASTMOST_MIN, Scene
from landbridge.routing.search_state import DAY
from landbridge.routing.tables import I64, Q_FIRST_EPOCH, Q_LAST_DEPARTURE, Q_READY_AT, Ask
from landbridge.terms.clock import MINUTES_PER_DAY

_KEPT_NETWORKS = 6


class Terrain:
    """Moves at their least values, and the least sums of them to and from each node."""

    def __init__(self, scene: Scene, groundwork: Groundwork) -> None:
        self._scene, self._groundwork = scene, groundwork
        self._surveys: dict[bool, Survey] = {}
        self._lock = Lock()

    @property
    def per_minute(self) -> float:
        """Cents that a minute costs the capital in the goods."""
        return float(self._scene.terms.load.value_per_day_cents) / MINUTES_PER_DAY

    def network(self, flat: I64, *, with_unconfirmed: bool) -> Network:
        """Moves at their least values; shared by all questions about a load that begin on one day, in most zones.

        What a question bans is left out later, and it may look at departures of some hours more than it asks for: bounds on a network
        that has more are no more than those on what is left of it.
        """
        kept, tables = self._groundwork.networks, self._groundwork.tables
        begin = (int(flat[Q_READY_AT]) + EASTMOST_MIN) // DAY * DAY - EASTMOST_MIN  # of the day at the earliest place on earth
        end = -(-int(flat[Q_LAST_DEPARTURE]) // DAY) * DAY
        key = begin, end, int(flat[Q_FIRST_EPOCH]), with_unconfirmed, self.per_minute
        with self._groundwork.lock:
            network: Network | None = kept.get(key)
            if network is None:
                whole = flat.copy()
                whole[[Q_READY_AT, Q_LAST_DEPARTURE]] = begin, end
                network = draw_network(tables, floor_edges(self._groundwork.flat, whole), self.per_minute)
                if len(kept) >= _KEPT_NETWORKS:
                    kept.clear()
                kept[key] = network
        return network

    def survey(self, network: Network, flat: I64, source: int, *, with_unconfirmed: bool) -> Survey:
        """The least sums from the node ``source`` of the network, where the goods are, and to the destination."""
        with self._lock:
            if with_unconfirmed not in self._surveys:
                fore, back = abreast(
                    (
                        partial(sums_from, source, network.fore, network.fewer),
                        partial(sums_to, self._groundwork.flat, flat, network.rank, network.weights, network.back),
                    )
                )
                self._surveys[with_unconfirmed] = Survey(fore, back)
            return self._surveys[with_unconfirmed]

    def least_through(
        self, ask: Ask, bits: dict[str, int], network: Network, found: Survey, weights: NDArray[np.float64]
    ) -> list[NDArray[np.float64]]:
        """For each via the least weighted sums of the ways that use it, one for each row of ``weights``; infinite where no way does."""
        if not bits:
            return []
        edges = network.edges
        touch = np.zeros(len(edges.ref), np.int64)
        arcs, rides = edges.ref >= 0, edges.ref < ALIGHTS
        touch[arcs], touch[rides] = ask.arc_touch[edges.ref[arcs]], ask.ride_touch[-2 - edges.ref[rides]]
        end, least = np.repeat(np.arange(len(edges.first) - 1), np.diff(edges.first)), []
        for via, bit in bits.items():
            if via == self._scene.terms.query.origin_id and via not in self._scene.ports:
                continue
            by = np.flatnonzero((touch & bit != 0) | (edges.is_through == 1))  # any place may lie within a through rate
            step = np.where(np.isfinite(edges.values[by]), edges.values[by], 0.0)  # what a through rate alone prices costs nothing here
            sums = found.fore[edges.start[by], :BALANCED] + step + found.back[end[by], :BALANCED]
            least.append(np.array([(sums[:, row > 0] @ row[row > 0]).min(initial=np.inf) for row in weights]))
        return least


class Field(NamedTuple):
    """Some nodes of a network, numbered anew, with the edges between them and bounds to the destination."""

    nodes: NDArray[np.int64]
    """Their numbers in the network."""
    edges: Edges
    local: NDArray[np.int32]
    """(all nodes,) new number of each node or of the one that stands for it; -1 outside."""
    refs: NDArray[np.int32]
    """What each edge is."""
    plain: NDArray[np.float64]
    """(masks, nodes, sums) least weighted sums to the destination."""


def bound_field(
    tables: I64, ask: I64, network: Network, inside: NDArray[np.int8], weights: np.ndarray, found: Survey, *, has_risk: bool = False
) -> Field:
    """A field of the nodes of a network that are ``inside``."""
    edges, local, refs = restrict(ask, network.edges, inside, network.rank, has_risk)
    nodes = np.flatnonzero(inside)
    return Field(nodes, edges, local, refs, floors_to(tables, ask, edges, local, weights, in_order(found.back[nodes, BALANCED])))


def narrow_field(
    field: Field, ask: I64, network: Network, source: int, weights: np.ndarray, found: Survey, corners: NDArray[np.float64]
) -> Field:
    """The nodes of a field through which a way may lead into the open region that has these corners; the edges have risks."""
    at = int(np.searchsorted(field.nodes, source))
    kept = in_open_region(network.is_kept[field.nodes], at, found.fore[field.nodes], field.plain[-1], weights, corners) > 0
    nodes = field.nodes[kept]
    inside = np.zeros(len(network.is_kept), np.int8)
    inside[nodes] = 1
    edges, local, refs = restrict(ask, network.edges, inside, network.rank, True)
    return Field(nodes, edges, local, refs, np.ascontiguousarray(field.plain[:, kept]))
