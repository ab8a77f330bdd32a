"""The bounds themselves: least sums from every node to the destination, all sums of a node followed at once.

What :mod:`landbridge.routing.bounds` knows of moves is spread backwards from the destination, label correcting: a move adds a vector of
sums, and a node is looked at again when one of its sums has become less.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from landbridge.routing.bounds import Edges, least_change, units_of
from landbridge.routing.compiled import bare, cell, lean
from landbridge.routing.heap import pop, relax
from landbridge.routing.tables import (
    CHANGE_FIRST,
    END_RISK,
    EPOCHS,
    I64,
    IN_FIRST,
    OUT_COUNT,
    PLACE_GAIN,
    Q_ALL_VIAS,
    Q_DESTINATION,
    Q_RISKS,
)

LACKING = 1e300
"""Stands for a value where there is no way while sums are worked out: unlike infinity it may be multiplied by 0."""
FAR = 1e200
"""Whatever is more is lacking."""


def floors_to(
    tables: I64, ask: I64, edges: Edges, local: NDArray[np.int32], weights: NDArray[np.float64], scale: NDArray[np.float64]
) -> NDArray[np.float64]:
    """(masks, nodes, sums) least weighted values to the destination over edges that :func:`restrict` gave; infinite where there is no way.

    There is a layer for each set of vias already used. All sums are followed at once, label correcting: a node is looked at again when one
    of them has become less, first the one whose sums, each times its ``scale`` (sums,), are the least.
    """
    masks, nodes = int(ask[Q_ALL_VIAS]) + 1, len(edges.first) - 1
    found = np.full((masks, nodes, len(weights)), LACKING)
    _spread(tables, ask, edges, local, np.ascontiguousarray(weights.T).ravel(), scale, found.ravel(), _empty_queue(masks * nodes))
    found[found > FAR] = np.inf
    return found


def floors_from(edges: Edges, source: int, weights: NDArray[np.float64], scale: NDArray[np.float64]) -> NDArray[np.float64]:
    """(nodes, sums) least weighted values from a node, whatever vias are used."""
    nodes = len(edges.first) - 1
    found = np.full((nodes, len(weights)), LACKING)
    found[source] = 0.0
    _spread_from(_turned(edges), source, np.ascontiguousarray(weights.T).ravel(), scale, found.ravel(), _empty_queue(nodes))
    found[found > FAR] = np.inf
    return found


@njit(cache=True, nogil=True)
def _turned(edges: Edges) -> Edges:
    """The same edges by the node where they start, ``start`` being where they end; they use no vias."""
    nodes, count = len(edges.first) - 1, len(edges.start)
    first = np.zeros(nodes + 1, np.int64)
    for x in range(count):
        first[edges.start[x] + 1] += 1
    for node in range(nodes):
        first[node + 1] += first[node]
    at = first[:-1].copy()
    end, values, whole = np.empty(count, np.int32), np.empty((count, 3)), np.empty(count, np.int8)
    for node in range(nodes):
        for x in range(edges.first[node], edges.first[node + 1]):
            y = at[edges.start[x]]
            at[edges.start[x]] += 1
            end[y], whole[y] = node, edges.is_through[x]
            values[y, 0], values[y, 1], values[y, 2] = edges.values[x, 0], edges.values[x, 1], edges.values[x, 2]
    return Edges(first, end, values, np.zeros(count, np.int32), edges.risk, edges.waits, whole)


@njit(cache=True, nogil=True)
def _spread_from(
    edges: Edges, source: int, weights: NDArray[np.float64], scaled: NDArray[np.float64], values: NDArray[np.float64], queue: _Queue
) -> None:
    sums = len(scaled)
    heap = _bare_queue(queue)
    count = relax(heap.heap, heap.place, heap.rank, 0, 0.0, source)
    _follow(_bare_edges(edges), bare(weights), bare(scaled), bare(values), heap, np.empty(sums), np.zeros(sums), 1, count)


def floors_with_risk(
    tables: I64, ask: I64, edges: Edges, local: NDArray[np.int32], weights: NDArray[np.float64], plain: NDArray[np.float64]
) -> NDArray[np.float64]:
    """(J, masks, nodes, sums) least weighted values of the ways on which a lead may cost 1 ... J units or more; infinite without one.

    ``plain`` (masks, nodes, sums) are those of all ways. A way is in one of three phases: until its first wait, after it, after it with a
    line's box ashore.
    """
    most, (masks, nodes, sums) = int(ask[Q_RISKS]), plain.shape
    found = np.full((masks, nodes, 3, most, sums), LACKING)
    if masks * nodes:
        highest = np.where(np.isfinite(plain), plain, 0.0).max(axis=(0, 1))
        scale = np.tile(1.0 / np.maximum(highest, 1.0), most)
        near = np.where(np.isfinite(plain), plain, LACKING).ravel()
        columns = np.ascontiguousarray(weights.T).ravel()
        _spread_risk(tables, ask, edges, local, columns, scale, near, found.ravel(), _empty_queue(masks * nodes))
    found[found > FAR] = np.inf
    return np.ascontiguousarray(np.moveaxis(found[:, :, 0], 2, 0))


class _Queue(NamedTuple):
    """States to be looked at, each once, the least rank first."""

    heap: I64
    place: I64
    rank: NDArray[np.float64]


def _empty_queue(states: int) -> _Queue:
    return _Queue(np.empty(states, np.int64), np.full(states, -1, np.int64), np.full(states, np.inf))


@njit(cache=True)
def _bare_edges(edges: Edges) -> Edges:
    return Edges(
        bare(edges.first),
        bare(edges.start),
        bare(edges.values),
        bare(edges.ref),
        bare(edges.risk),
        bare(edges.waits),
        bare(edges.is_through),
    )


@njit(cache=True)
def _bare_queue(queue: _Queue) -> _Queue:
    return _Queue(bare(queue.heap), bare(queue.place), bare(queue.rank))


@lean
def _weigh(w: NDArray[np.float64], cents: float, minutes: float, grams: float, is_through: bool, step: NDArray[np.float64]) -> None:
    """Weighted sums of one move, repeated to the end of ``step``; ``w`` holds the weights of all cents, of all minutes, of all grams."""
    sums = len(w) // 3
    if is_through or cents == np.inf:
        for m in range(sums):
            if w[m] > 0:
                step[m] = LACKING if cents == np.inf else w[m] * cents
            else:
                step[m] = LACKING if is_through else w[sums + m] * minutes + w[2 * sums + m] * grams
    else:
        for m in range(sums):
            step[m] = w[m] * cents + w[sums + m] * minutes + w[2 * sums + m] * grams
    for m in range(sums, len(step)):
        step[m] = step[m - sums]


@lean
def _rank(found: NDArray[np.float64], first: int, scale: NDArray[np.float64], sums: int) -> float:
    total = 0.0
    for m in range(sums):
        if found[first + m] < FAR:
            total += scale[m] * found[first + m]
    return total


@lean
def _lower(found: NDArray[np.float64], first: int, old: NDArray[np.float64], at: int, step: NDArray[np.float64], size: int) -> bool:
    """Lower ``size`` values from ``first`` on to those of ``old`` from ``at`` on, each with its step; whether one became less."""
    less = 0
    for m in range(size):
        value, before = old[at + m] + step[m], found[first + m]
        less |= value < before
        found[first + m] = value if value < before else before
    return less != 0


@njit(cache=True, nogil=True)
def _spread(
    tables: I64,
    ask: I64,
    edges: Edges,
    local: NDArray[np.int32],
    weights: NDArray[np.float64],
    scaled: NDArray[np.float64],
    values: NDArray[np.float64],
    queue: _Queue,
) -> None:
    sums = len(scaled)
    _spread_on(
        bare(tables), bare(ask), _bare_edges(edges), bare(local), bare(weights), bare(scaled), bare(values), _bare_queue(queue),
        np.empty(sums), np.zeros(sums),
    )  # fmt: skip


@lean
def _spread_on(
    t: I64,
    q: I64,
    e: Edges,
    local: NDArray[np.int32],
    w: NDArray[np.float64],
    scale: NDArray[np.float64],
    found: NDArray[np.float64],
    queue: _Queue,
    step: NDArray[np.float64],
    old: NDArray[np.float64],
) -> None:
    sums, nodes, masks, p, count = len(scale), len(e.first) - 1, q[Q_ALL_VIAS] + 1, q[Q_DESTINATION], 0
    base = cell(t, CHANGE_FIRST, p) // t[EPOCHS]
    for i in range(cell(t, IN_FIRST, p + 1) - cell(t, IN_FIRST, p)):
        node = local[cell(t, IN_FIRST, p) + i]
        cents, minutes, grams = least_change(t, base + i * cell(t, OUT_COUNT, p) + cell(t, OUT_COUNT, p) - 1)
        if minutes < np.inf and node >= 0:
            _weigh(w, cents, minutes, grams, False, step)
            at = (masks - 1) * nodes + node
            if _lower(found, at * sums, old, 0, step, sums):
                count = relax(queue.heap, queue.place, queue.rank, count, _rank(found, at * sums, scale, sums), at)
    _follow(e, w, scale, found, queue, step, old, masks, count)


@lean
def _follow(
    e: Edges,
    w: NDArray[np.float64],
    scale: NDArray[np.float64],
    found: NDArray[np.float64],
    queue: _Queue,
    step: NDArray[np.float64],
    old: NDArray[np.float64],
    masks: int,
    count: int,
) -> None:
    """Follow edges from the states in the queue until no sum becomes less."""
    heap, place, rank, sums, nodes = queue.heap, queue.place, queue.rank, len(scale), len(e.first) - 1
    while count > 0:
        state = heap[0]
        count = pop(heap, place, rank, count)
        rank[state] = np.inf
        mask, node = state // nodes, state % nodes
        for m in range(sums):
            old[m] = found[state * sums + m]
        for x in range(e.first[node], e.first[node + 1]):
            _weigh(w, e.values[x, 0], e.values[x, 1], e.values[x, 2], e.is_through[x] == 1, step)
            for before in range(masks):
                at = before * nodes + e.start[x]
                if (before | e.ref[x]) == mask and _lower(found, at * sums, old, 0, step, sums):
                    count = relax(heap, place, rank, count, _rank(found, at * sums, scale, sums), at)


@lean
def _lower_ranked(
    found: NDArray[np.float64],
    first: int,
    old: NDArray[np.float64],
    at: int,
    step: NDArray[np.float64],
    scale: NDArray[np.float64],
    size: int,
) -> float:
    """The same; gives the least scaled value that became less, infinite if none did."""
    least = np.inf
    for m in range(size):
        value, before = old[at + m] + step[m], found[first + m]
        ranked = scale[m] * value if value < before else np.inf
        least = ranked if ranked < least else least
        found[first + m] = value if value < before else before
    return least


@njit(cache=True, nogil=True)
def _spread_risk(
    tables: I64,
    ask: I64,
    edges: Edges,
    local: NDArray[np.int32],
    weights: NDArray[np.float64],
    scaled: NDArray[np.float64],
    plain: NDArray[np.float64],
    values: NDArray[np.float64],
    queue: _Queue,
) -> None:
    size = len(scaled)
    _spread_risk_on(
        bare(tables), bare(ask), _bare_edges(edges), bare(local), bare(weights), bare(scaled), bare(plain), bare(values),
        _bare_queue(queue), np.empty(size), np.empty(3 * size), np.zeros(size),
    )  # fmt: skip


@lean
def _spread_risk_on(
    t: I64,
    q: I64,
    e: Edges,
    local: NDArray[np.int32],
    w: NDArray[np.float64],
    scale: NDArray[np.float64],
    near: NDArray[np.float64],
    found: NDArray[np.float64],
    queue: _Queue,
    step: NDArray[np.float64],
    old: NDArray[np.float64],
    none: NDArray[np.float64],
) -> None:
    heap, place, rank, count = queue.heap, queue.place, queue.rank, 0
    most = q[Q_RISKS]
    size = len(scale)
    sums, nodes, masks = size // most, len(e.first) - 1, q[Q_ALL_VIAS] + 1
    p = q[Q_DESTINATION]
    base = cell(t, CHANGE_FIRST, p) // t[EPOCHS]
    for i in range(cell(t, IN_FIRST, p + 1) - cell(t, IN_FIRST, p)):
        node = local[cell(t, IN_FIRST, p) + i]
        if node < 0 or least_change(t, base + i * cell(t, OUT_COUNT, p) + cell(t, OUT_COUNT, p) - 1)[1] == np.inf:
            continue
        at = (masks - 1) * nodes + node
        for m in range(size):
            old[m] = near[at * sums + m % sums]
        gain = cell(t, PLACE_GAIN, p)
        for phase in range(3):
            units = units_of(q, gain + (cell(t, END_RISK, p) if phase == 2 else 0))
            least = _lower_ranked(found, (3 * at + phase) * size, old, 0, none, scale, units * sums)
            if least < np.inf:
                count = relax(heap, place, rank, count, least, at)
    for node in range(nodes):
        for x in range(e.first[node], e.first[node + 1]):
            units = max(e.risk[x, 0], e.risk[x, 1], e.risk[x, 2])
            if units == 0:
                continue
            _weigh(w, e.values[x, 0], e.values[x, 1], e.values[x, 2], e.is_through[x] == 1, step)
            for before in range(masks):
                at, end = before * nodes + e.start[x], (before | e.ref[x]) * nodes + node
                for m in range(size):
                    old[m] = near[end * sums + m % sums]
                for one in range(3):
                    least = _lower_ranked(found, (3 * at + one) * size, old, 0, step, scale, e.risk[x, one] * sums)
                    if least < np.inf:
                        count = relax(heap, place, rank, count, least, at)
    while count > 0:
        state = heap[0]
        count = pop(heap, place, rank, count)
        rank[state] = np.inf
        mask, node = state // nodes, state % nodes
        for m in range(3 * size):
            old[m] = found[state * 3 * size + m]
        for x in range(e.first[node], e.first[node + 1]):
            _weigh(w, e.values[x, 0], e.values[x, 1], e.values[x, 2], e.is_through[x] == 1, step)
            for before in range(masks):
                if (before | e.ref[x]) != mask:
                    continue
                at = before * nodes + e.start[x]
                for one in range(3):
                    after = one if not e.waits[x] else 2 if e.waits[x] == 2 else max(one, 1)
                    more = e.risk[x, one] * sums
                    least = _lower_ranked(found, (3 * at + one) * size + more, old, after * size, step, scale, size - more)
                    if least < np.inf:
                        count = relax(heap, place, rank, count, least, at)
