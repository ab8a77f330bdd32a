"""The part of the network that one search needs: the nodes through which an itinerary that is asked for may lead.

Bounds to the destination are worked out for these nodes alone. Which they are is found on an outline of the network with two nodes a place,
goods at rest and goods in a run: the least cost, time and CO2e from the origin to such a node and from it to the destination are never more
than what an itinerary through it really takes, so that a node is left out only if every itinerary through it is worse than what is known.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from landbridge.routing.bounds import Edges
from landbridge.routing.compiled import lean
from landbridge.routing.heap import pop, relax
from landbridge.routing.search_state import HOMES, RUN_NODES
from landbridge.routing.tables import I64, Tables


class Outline(NamedTuple):
    """A smaller network, of which each way of the real one has an image that costs, lasts and emits no more."""

    of_node: NDArray[np.int32]
    """(nodes,) a place at rest, or behind them a place in a run."""
    is_kept: NDArray[np.int8]
    """(nodes,) 1 where goods under an open through rate may be: their cost so far is not that of the legs, so such nodes are always in;
    -1 where no itinerary comes, where another node stands for this one, or where only a question begins that has this origin."""
    rests: int
    """How many nodes there are at rest, before those in a run."""
    stands_in: NDArray[np.int32]
    """(nodes,) the node whose bounds hold for a node; -1: no itinerary comes there."""
    back_first: I64
    back_start: NDArray[np.int32]
    back_values: NDArray[np.float64]
    """(edges, 3) cents, minutes, grams; by the node where they end."""
    fore_first: I64
    fore_end: NDArray[np.int32]
    fore_values: NDArray[np.float64]
    """The same by the node where they start."""


def draw_outline(tables: Tables, edges: Edges, stands_in: NDArray[np.int32]) -> Outline:
    """The outline of a network of edges between nodes that stand for themselves."""
    places, rests, nodes = len(tables.zone), int(tables.in_first[-1]), len(edges.first) - 1
    of_node = np.empty(nodes, np.int32)
    of_node[:rests] = np.repeat(np.arange(places, dtype=np.int32), np.diff(tables.in_first))
    of_slot = np.zeros((nodes - rests) // RUN_NODES, np.int32)
    of_slot[tables.arc_slot_from], of_slot[tables.arc_slot_to] = tables.arc_from, tables.arc_to
    of_node[rests:] = places + np.repeat(of_slot, RUN_NODES)
    start, end = of_node[edges.start].astype(np.int64), np.repeat(of_node, np.diff(edges.first)).astype(np.int64)
    apart = start != end
    start, end, values = start[apart], end[apart], edges.values[apart]
    back = _least_by(end, start, values, 2 * places)
    fore = _least_by(start, end, values, 2 * places)
    is_kept = _kept_nodes(tables, nodes)
    is_kept[stands_in != np.arange(nodes)] = -1
    is_kept[tables.in_first[:-1]] = -1
    return Outline(of_node, is_kept, rests, stands_in, *back, *fore)


def _least_by(one: I64, other: I64, values: NDArray[np.float64], nodes: int) -> tuple[I64, NDArray[np.int32], NDArray[np.float64]]:
    """The least values between two nodes each, by the first of them."""
    if not len(one):
        return np.zeros(nodes + 1, np.int64), np.empty(0, np.int32), np.empty((0, 3))
    key = one * nodes + other
    order = np.argsort(key, kind="stable")
    key = key[order]
    begins = np.flatnonzero(np.concatenate((np.ones(1, bool), key[1:] != key[:-1])))
    first = np.searchsorted(key[begins], np.arange(nodes + 1, dtype=np.int64) * nodes)
    return first.astype(np.int64), (key[begins] % nodes).astype(np.int32), np.minimum.reduceat(values[order], begins, axis=0)


def _kept_nodes(tables: Tables, nodes: int) -> NDArray[np.int8]:
    kept = np.zeros(nodes, np.int8)
    rests = int(tables.in_first[-1])
    for g, place in enumerate(tables.through_to):
        kept[tables.in_first[place] : tables.in_first[place + 1]] = 1
        if tables.through_is_run[g]:
            arcs = np.flatnonzero(tables.arc_offer == tables.through_ref[g])
            for slot in np.unique(np.concatenate((tables.arc_slot_from[arcs], tables.arc_slot_to[arcs]))):
                kept[rests + RUN_NODES * slot : rests + RUN_NODES * (slot + 1)] = 1
    return kept


@njit(cache=True, nogil=True)
def reach(first: I64, ends: NDArray[np.int32], values: NDArray[np.float64], source: int) -> NDArray[np.float64]:
    """(sums, nodes) the least of each sum of ``values`` (edges, sums) between a node and all others of an outline, by Dijkstra."""
    nodes, sums = len(first) - 1, values.shape[1]
    found = np.full((sums, nodes), np.inf)
    heap, place = np.empty(nodes, np.int64), np.full(nodes, -1, np.int64)
    for c in range(sums):
        _reach_one(first, ends, values, source, c, found[c], heap, place)
    return found


@lean
def _reach_one(
    first: I64,
    ends: NDArray[np.int32],
    values: NDArray[np.float64],
    source: int,
    c: int,
    least: NDArray[np.float64],
    heap: I64,
    place: I64,
) -> None:
    count = relax(heap, place, least, 0, 0.0, source)
    while count > 0:
        node = heap[0]
        count = pop(heap, place, least, count)
        for x in range(first[node], first[node + 1]):
            total = least[node] + values[x, c]
            if total < np.inf:
                count = relax(heap, place, least, count, total, ends[x])


def nearness(least: NDArray[np.float64]) -> NDArray[np.float64]:
    """(outline,) a number that is the less, the less there is of each criterion in ``least`` (3, outline), all three counting alike."""
    finite = np.where(np.isfinite(least), least, 0.0)
    found: NDArray[np.float64] = (finite / np.maximum(finite.mean(axis=1, keepdims=True), 1e-9)).sum(axis=0)
    return found


@njit(cache=True)
def _at_nodes(of_node: NDArray[np.int32], is_kept: NDArray[np.int8], is_in: NDArray[np.int8], source: int) -> NDArray[np.int8]:
    """(nodes,) what holds of the outline, told for each node; the source and nodes that are always in are in, others never."""
    inside = np.empty(len(of_node), np.int8)
    for node in range(len(of_node)):
        inside[node] = is_kept[node] >= 0 and (is_kept[node] or is_in[of_node[node]])
    inside[source] = 1
    return inside


@njit(cache=True, nogil=True)
def within_limit(
    of_node: NDArray[np.int32],
    is_kept: NDArray[np.int8],
    source: int,
    least: NDArray[np.float64],
    weights: NDArray[np.float64],
    limit: float,
) -> NDArray[np.int8]:
    """(nodes,) whether a way through a node may have a weighted sum of no more than ``limit``; ``least`` is (3, outline)."""
    is_in = np.zeros(least.shape[1], np.int8)
    for o in range(least.shape[1]):
        total, is_reached = 0.0, True
        for c in range(3):
            is_reached = is_reached and least[c, o] < np.inf
            if weights[c] > 0:
                total += weights[c] * least[c, o]
        is_in[o] = 1 if is_reached and total <= limit else 0
    return _at_nodes(of_node, is_kept, is_in, source)


@njit(cache=True, nogil=True)
def in_open_region(
    of_node: NDArray[np.int32], is_kept: NDArray[np.int8], source: int, least: NDArray[np.float64], corners: NDArray[np.float64]
) -> NDArray[np.int8]:
    """(nodes,) whether a way through a node may be better in all three than one of the corners of what known ways leave open."""
    is_in = np.zeros(least.shape[1], np.int8)
    for o in range(least.shape[1]):
        for i in range(len(corners)):
            if least[0, o] < corners[i, 0] and least[1, o] < corners[i, 1] and least[2, o] < corners[i, 2]:
                is_in[o] = 1
                break
    return _at_nodes(of_node, is_kept, is_in, source)


def below_limit(
    outline: Outline, inside: NDArray[np.int8], source: int, fore: NDArray[np.float64], back: NDArray[np.float64], limit: float
) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
    """Leave out nodes whose least sum from the origin, ``fore`` (outline,), and to the destination, ``back`` (inside,), exceeds a limit.

    Returns
    -------
    tuple[NDArray[np.int8], NDArray[np.bool_]]
        (nodes,) 1 at what is left; (nodes inside,) whether it is.
    """
    nodes = np.flatnonzero(inside)
    kept = (fore[outline.of_node[nodes]] + back <= limit) | (outline.is_kept[nodes] == 1) | (nodes == source)
    left = np.zeros_like(inside)
    left[nodes[kept]] = 1
    return left, kept


@njit(cache=True, nogil=True)
def narrow(
    inside: NDArray[np.int8],
    is_kept: NDArray[np.int8],
    stands_in: NDArray[np.int32],
    rests: int,
    fore: NDArray[np.float64],
    back: NDArray[np.float64],
    local: NDArray[np.int32],
    corners: NDArray[np.float64],
) -> NDArray[np.int8]:
    """Leave out nodes by their own bounds from the origin and to the destination, both (nodes inside, sums).

    The sums are the three criteria, one that is not looked at, and those of the corners behind it. An itinerary may have driven more hours
    than its edges tell, so that it is at a node to which edges lead at a higher price only: the least from the origin is the least of this
    node and of those of the same run with fewer hours.
    """
    kept = inside.copy()
    for node in range(rests, len(inside)):
        if (node - rests) % RUN_NODES >= HOMES and inside[node] and stands_in[node - HOMES] >= 0:
            at, lower = local[node], local[node - HOMES]
            for c in range(fore.shape[1]):
                if lower >= 0 and fore[lower, c] < fore[at, c]:
                    fore[at, c] = fore[lower, c]
    for node in range(len(inside)):
        if not inside[node] or is_kept[node]:
            continue
        at = local[node]
        kept[node] = 0
        for i in range(len(corners)):
            is_open = True
            for c in range(back.shape[1]):
                if c != 3 and fore[at, c] + back[at, c] >= corners[i, c]:
                    is_open = False
                    break
            if is_open:
                kept[node] = 1
                break
    return kept
