"""The network of a load on some days: least values of all moves, made for sums that all questions ask for.

Three criteria and one mixed sum, the cost with what the time of the goods costs, are followed over the whole network from the origin of a
question and to its destination; no part of it need be cut out for them, and no weights be multiplied.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from landbridge.routing.bounds import Edges, moves_of
from landbridge.routing.floors import least_delivery
from landbridge.routing.living import between_living, stand_ins
from landbridge.routing.search_state import HOMES, RUN_NODES, Moves
from landbridge.routing.tables import I64, IN_FIRST, Q_DESTINATION, Tables

BALANCED = 3
"""Place of the mixed sum behind cost, minutes and CO2e."""
SUMS = 4


class Ways(NamedTuple):
    """Edges by one of their ends, in the four sums alone."""

    first: I64
    other: NDArray[np.int32]
    sums: NDArray[np.float64]
    """(edges, SUMS) infinite where an edge is none in a sum: a through rate in minutes and CO2e, a leg without a price of its own."""


class Network(NamedTuple):
    """Moves at their least values between nodes where an itinerary may come and from where it may end; these are numbered anew."""

    edges: Edges
    rank: NDArray[np.int32]
    """(all nodes,) number of a node or of the one that stands for it; -1: no itinerary comes there."""
    is_kept: NDArray[np.int8]
    """(nodes,) 1 where goods under an open through rate may be: their cost so far is not that of the legs, so such nodes are always in."""
    fewer: NDArray[np.int32]
    """(nodes,) the node of the same run with fewer hours driven, -1 if there is none."""
    weights: NDArray[np.float64]
    """(SUMS, 3) of a cent, a minute and a gram."""
    back: Ways
    fore: Ways
    moves: Moves

    def column_of(self, weights: NDArray[np.float64]) -> int:
        """Which of the sums has these weights; -1: none."""
        return next((column for column, row in enumerate(self.weights) if (row == weights).all()), -1)


class Survey(NamedTuple):
    """The least sums of the whole network for one question, whatever it bans and must use."""

    fore: NDArray[np.float64]
    """(nodes, SUMS) from the origin."""
    back: NDArray[np.float64]
    """(nodes, SUMS) to the destination."""

    def along(self, network: Network, weights: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """(nodes,) the least of a sum of these weights, or less, from the origin and to the destination."""
        column, used = network.column_of(weights), np.flatnonzero(weights)
        if column >= 0:
            return self.fore[:, column], self.back[:, column]
        return self.fore[:, used] @ weights[used], self.back[:, used] @ weights[used]


def draw_network(tables: Tables, edges: Edges, per_minute: float) -> Network:
    """The network of some edges; ``per_minute``: cents that a minute costs in the mixed sum."""
    stands_in = stand_ins(edges, tables.in_first)
    edges, rank = between_living(edges, stands_in)
    nodes = np.flatnonzero(stands_in == np.arange(len(stands_in)))
    rests = int(tables.in_first[-1])
    is_later = (nodes >= rests) & ((nodes - rests) % RUN_NODES >= HOMES)
    fewer = np.where(is_later, rank[nodes - HOMES], -1).astype(np.int32)
    weights = np.concatenate([np.eye(3), [[1.0, per_minute, 0.0]]])
    sums, count = _sums_of(edges, per_minute), len(nodes)
    ends = np.repeat(np.arange(count, dtype=np.int32), np.diff(edges.first))
    order = np.argsort(edges.start, kind="stable")
    fore = Ways(np.searchsorted(edges.start[order], np.arange(count + 1)), ends[order], sums[order])
    moves = moves_of(edges._replace(ref=np.zeros(len(edges.ref), np.int32)), edges.ref)
    return Network(edges, rank, _kept_nodes(tables, len(rank))[nodes], fewer, weights, Ways(edges.first, edges.start, sums), fore, moves)


def _sums_of(edges: Edges, per_minute: float) -> NDArray[np.float64]:
    """(edges, SUMS) a through rate is one move of cost, and none of minutes and CO2e, which its legs are."""
    sums = np.empty((len(edges.start), SUMS))
    is_through = edges.is_through == 1
    sums[:, :BALANCED] = edges.values
    sums[is_through, 1:BALANCED] = np.inf
    sums[:, BALANCED] = edges.values[:, 0] + per_minute * np.where(is_through, 0.0, edges.values[:, 1])
    return sums


def _kept_nodes(tables: Tables, nodes: int) -> NDArray[np.int8]:
    kept = np.zeros(nodes, np.int8)
    rests = int(tables.in_first[-1])
    for g, place in enumerate(tables.through_to):
        kept[tables.in_first[place] + 1 : tables.in_first[place + 1]] = 1
        if tables.through_is_run[g]:
            arcs = np.flatnonzero(tables.arc_offer == tables.through_ref[g])
            for slot in np.unique(np.concatenate((tables.arc_slot_from[arcs], tables.arc_slot_to[arcs]))):
                kept[rests + RUN_NODES * slot : rests + RUN_NODES * (slot + 1)] = 1
    return kept


@njit(cache=True, nogil=True)
def sums_to(tables: I64, ask: I64, rank: NDArray[np.int32], weights: NDArray[np.float64], ways: Ways) -> NDArray[np.float64]:
    """(nodes, SUMS) the least sums to the destination of a question; infinite where there is no way."""
    found = np.full((len(ways.first) - 1, SUMS), np.inf)
    changed = np.zeros(len(found), np.int8)
    place = ask[Q_DESTINATION]
    for came in range(tables[tables[IN_FIRST] + place], tables[tables[IN_FIRST] + place + 1]):
        cents, minutes, grams = least_delivery(tables, ask, came)
        node = rank[came]
        if minutes < np.inf and node >= 0:
            for m in range(SUMS):
                found[node, m] = weights[m, 0] * cents + weights[m, 1] * minutes + weights[m, 2] * grams
            changed[node] = 1
    _spread(ways.first, ways.other, ways.sums, found, changed)
    return found


@njit(cache=True, nogil=True)
def sums_from(source: int, ways: Ways, fewer: NDArray[np.int32]) -> NDArray[np.float64]:
    """(nodes, SUMS) the least sums from a node.

    An itinerary may have driven more hours than its edges tell, so that it is at a node to which edges lead at a higher price only: the
    least of a node is that of it and of those of the same run with fewer hours.
    """
    found = np.full((len(ways.first) - 1, SUMS), np.inf)
    changed = np.zeros(len(found), np.int8)
    found[source] = 0.0
    changed[source] = 1
    _spread(ways.first, ways.other, ways.sums, found, changed)
    for node in range(len(found)):
        if fewer[node] >= 0:
            for m in range(SUMS):
                found[node, m] = min(found[node, m], found[fewer[node], m])
    return found


@njit(cache=True, nogil=True)
def _spread(
    first: I64, others: NDArray[np.int32], sums: NDArray[np.float64], found: NDArray[np.float64], changed: NDArray[np.int8]
) -> None:
    """Follow edges from the nodes that have changed, sweep by sweep, up and down in turn, until no sum becomes less."""
    nodes, goes_on, is_up = len(found), True, True
    while goes_on:
        goes_on = False
        for i in range(nodes):
            node = i if is_up else nodes - 1 - i
            if not changed[node]:
                continue
            changed[node] = 0
            a, b, c, d = found[node, 0], found[node, 1], found[node, 2], found[node, 3]
            for x in range(first[node], first[node + 1]):
                at = others[x]
                new_a, new_b, new_c, new_d = a + sums[x, 0], b + sums[x, 1], c + sums[x, 2], d + sums[x, 3]
                old_a, old_b, old_c, old_d = found[at, 0], found[at, 1], found[at, 2], found[at, 3]
                if (new_a < old_a) | (new_b < old_b) | (new_c < old_c) | (new_d < old_d):
                    found[at, 0] = new_a if new_a < old_a else old_a
                    found[at, 1] = new_b if new_b < old_b else old_b
                    found[at, 2] = new_c if new_c < old_c else old_c
                    found[at, 3] = new_d if new_d < old_d else old_d
                    changed[at] = 1
                    goes_on = True
        is_up = not is_up
