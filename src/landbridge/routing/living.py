"""Nodes that matter: those where an itinerary may come and from where it may end, and which of them stands for each other one.

Bounds tell apart how much of the hours of a driver is used, and whether he was at home, at each place of each offer. To most of these nodes
no itinerary ever comes: a driver who brings goods to the next station is never tired, and one who is ordered at home was at home.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from landbridge.routing.bounds import Edges
from landbridge.routing.search_state import HOMES, LEVELS

NOWHERE = -1


def stand_ins(edges: Edges, in_first: NDArray[np.int32]) -> NDArray[np.int32]:
    """(nodes,) the node whose bounds hold for a node: itself, or the same run with fewer hours driven; NOWHERE: no itinerary comes there.

    Edges lead to the least hours that a move can take. So an itinerary may come to a node with more of them, but then there is one with
    fewer to which its edges lead, and from there on nothing is worse.
    """
    rests, nodes = int(in_first[-1]), len(edges.first) - 1
    ends = np.repeat(np.arange(nodes, dtype=np.int32), np.diff(edges.first))
    order = np.argsort(edges.start, kind="stable")
    first = np.searchsorted(edges.start[order], np.arange(nodes + 1))
    is_met = _reached(first, ends[order], in_first[:-1])
    is_living = is_met & _reached(edges.first, edges.start, np.arange(rests, dtype=np.int32))
    found = np.where(is_living, np.arange(nodes), NOWHERE).astype(np.int32)
    runs = found[rests:].reshape(-1, LEVELS + 1, HOMES)
    np.maximum.accumulate(runs, axis=1, out=runs)
    return found


@njit(cache=True)
def _reached(first: NDArray[np.int64], others: NDArray[np.int32], sources: NDArray[np.int32]) -> NDArray[np.bool_]:
    """(nodes,) whether a node is one of ``sources`` or edges lead to it from there."""
    found = np.zeros(len(first) - 1, np.bool_)
    found[sources] = True
    stack = np.empty(len(found), np.int32)
    count = len(sources)
    stack[:count] = sources
    while count > 0:
        count -= 1
        node = stack[count]
        for other in others[first[node] : first[node + 1]]:
            if not found[other]:
                found[other] = True
                stack[count] = other
                count += 1
    return found


def between_living(edges: Edges, stands_in: NDArray[np.int32]) -> tuple[Edges, NDArray[np.int32]]:
    """The edges between nodes that stand for themselves, these numbered anew; and the new number of each node or of its stand-in."""
    nodes = np.arange(len(stands_in))
    lives = stands_in == nodes
    number = (np.cumsum(lives) - 1).astype(np.int32)
    ends = np.repeat(nodes, np.diff(edges.first))
    kept = lives[edges.start] & lives[ends]
    first = np.concatenate((np.zeros(1, np.int64), np.cumsum(np.bincount(number[ends[kept]], minlength=int(lives.sum())))))
    values, ref, risk, waits, whole = (column[kept] for column in edges[2:])
    rank = np.where(stands_in >= 0, number[stands_in], NOWHERE).astype(np.int32)
    return Edges(first, number[edges.start[kept]], values, ref, risk, waits, whole), rank
