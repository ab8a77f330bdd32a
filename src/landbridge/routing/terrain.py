"""The network of one question, and the part of it that its itineraries may use, with bounds."""

from __future__ import annotations

from functools import partial
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landbridge.routing.abreast import abreast
from landbridge.routing.bounds import ALIGHTS, Edges, floor_edges, restrict
from landbridge.routing.corridor import Outline, draw_outline, narrow, nearness, reach
from landbridge.routing.floors import floors_from, floors_to, in_order
from landbridge.routing.groundwork import Groundwork
from landbridge.routing.living import between_living, stand_ins
from landbridge.routing.scene import EASTMOST_MIN, Scene
from landbridge.routing.search_state import DAY
from landbridge.routing.tables import I64, Q_FIRST_EPOCH, Q_LAST_DEPARTURE, Q_READY_AT, Ask

_KEPT_NETWORKS = 6


class Terrain:
    """Moves at their least values, and an outline of them with the least of each criterion to and from each place."""

    def __init__(self, scene: Scene, groundwork: Groundwork) -> None:
        self._scene, self._groundwork = scene, groundwork
        self._reaches: dict[bool, np.ndarray] = {}
        self._lock = Lock()

    def network(self, flat: I64, *, with_unconfirmed: bool) -> tuple[Edges, Outline]:
        """Moves at their least values and their outline; shared by all questions about a load that begin on one day, in most zones.

        What a question bans is left out later, and it may look at departures of some hours more than it asks for: bounds on a network
        that has more are no more than those on what is left of it.
        """
        kept, tables = self._groundwork.networks, self._groundwork.tables
        begin = (int(flat[Q_READY_AT]) + EASTMOST_MIN) // DAY * DAY - EASTMOST_MIN  # of the day at the earliest place on earth
        end = -(-int(flat[Q_LAST_DEPARTURE]) // DAY) * DAY
        key = begin, end, int(flat[Q_FIRST_EPOCH]), with_unconfirmed
        with self._groundwork.lock:
            network = kept.get(key)
            if network is None:
                whole = flat.copy()
                whole[[Q_READY_AT, Q_LAST_DEPARTURE]] = begin, end
                edges = floor_edges(self._groundwork.flat, whole)
                stands_in = stand_ins(edges, tables.in_first)
                edges = between_living(edges, stands_in)
                network = edges, draw_outline(tables, edges, stands_in)
                if len(kept) >= _KEPT_NETWORKS:
                    kept.clear()
                kept[key] = network
        return network

    def reach(self, outline: Outline, ask: Ask, *, with_unconfirmed: bool) -> np.ndarray:
        """(2, 3, outline) the least of each criterion from the origin, and to the destination."""
        with self._lock:
            if with_unconfirmed not in self._reaches:
                fore = reach(outline.fore_first, outline.fore_end, outline.fore_values, ask.origin)
                back = reach(outline.back_first, outline.back_start, outline.back_values, ask.destination)
                self._reaches[with_unconfirmed] = np.stack([fore, back])
            return self._reaches[with_unconfirmed]

    def least_through(
        self, ask: Ask, bits: dict[str, int], edges: Edges, outline: Outline, ways: np.ndarray, weights: np.ndarray
    ) -> list[float]:
        """For each via the least weighted sum of the ways that use it, by the outline; infinite where no way does."""
        if not bits:
            return []
        touch = np.zeros(len(edges.ref), np.int64)
        arcs, rides = edges.ref >= 0, edges.ref < ALIGHTS
        touch[arcs], touch[rides] = ask.arc_touch[edges.ref[arcs]], ask.ride_touch[-2 - edges.ref[rides]]
        end, least = np.repeat(outline.of_node, np.diff(edges.first)), []
        for via, bit in bits.items():
            if via == self._scene.terms.query.origin_id and via not in self._scene.ports:
                continue
            by = np.flatnonzero((touch & bit != 0) | (edges.is_through == 1))  # any place may lie within a through rate
            step = np.where(np.isfinite(edges.values[by]), edges.values[by], 0.0).T  # what a through rate alone prices costs nothing here
            sums = ways[0][:, outline.of_node[edges.start[by]]] + step + ways[1][:, end[by]]
            used = weights > 0
            least.append(float((weights[used] @ sums[used]).min(initial=np.inf)))
        return least


class Field(NamedTuple):
    """Some nodes of a network, numbered anew, with the edges between them and bounds to the destination."""

    inside: NDArray[np.int8]
    """(all nodes,) 1 where a node is one of them."""
    edges: Edges
    local: NDArray[np.int32]
    """(all nodes,) new number of each node or of the one that stands for it; -1 outside."""
    refs: NDArray[np.int32]
    """What each edge is."""
    fore: NDArray[np.float64]
    """(nodes, sums) least weighted sums from the origin, whatever vias are used."""
    plain: NDArray[np.float64]
    """(masks, nodes, sums) least weighted sums to the destination."""


def bound_field(
    tables: I64,
    ask: I64,
    edges: Edges,
    outline: Outline,
    inside: NDArray[np.int8],
    source: int,
    weights: np.ndarray,
    ways: NDArray[np.float64],
) -> Field:
    """A field of the nodes that are ``inside``; ``ways`` as :meth:`Terrain.reach` gives them."""
    local_edges, local, refs = restrict(ask, edges, inside, outline.stands_in)
    by_start, by_end = (in_order(nearness(least)[outline.of_node[inside > 0]]) for least in ways)
    fore, back = abreast(
        (
            partial(floors_from, local_edges, int(local[source]), weights, by_start),
            partial(floors_to, tables, ask, local_edges, local, weights, by_end),
        )
    )
    return Field(inside, local_edges, local, refs, fore, back)


def narrow_field(field: Field, outline: Outline, corners: NDArray[np.float64]) -> NDArray[np.int8]:
    """(all nodes,) 1 at those of a field through which a way may lead into the open region that has these corners."""
    return narrow(field.inside, outline.is_kept, outline.stands_in, outline.rests, field.fore, field.plain[-1], field.local, corners)
