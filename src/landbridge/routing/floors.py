"""The bounds themselves: least sums from every node to the destination, all sums of a node followed at once.

What :mod:`landbridge.routing.bounds` knows of moves is spread backwards from the destination, label correcting: a move adds a vector of
sums, and a node is looked at again when one of its sums has become less. Nodes are looked at in sweeps, always the nearest first, so that
most are looked at once or twice.

References
----------
Bellman, R. (1958). On a routing problem. Quarterly of Applied Mathematics 16(1), 87-90. https://doi.org/10.1090/qam/102435

Yen, J. Y. (1970). An algorithm for finding shortest routes from all source nodes to a given destination in general networks. Quarterly of
Applied Mathematics 27(4), 526-530 (an order of the nodes). https://doi.org/10.1090/qam/253822
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from landbridge.routing.bounds import Edges, least_change, units_of
from landbridge.routing.compiled import bare, cell, lean
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
_STEPS = 4096
"""Nodes are put in order by their rank in so many steps."""


def floors_to(
    tables: I64, ask: I64, edges: Edges, local: NDArray[np.int32], weights: NDArray[np.float64], order: NDArray[np.int32]
) -> NDArray[np.float64]:
    """(masks, nodes, sums) least weighted values to the destination over edges that :func:`restrict` gave; infinite where there is no way.

    There is a layer for each set of vias already used. ``order`` (nodes,) is that in which nodes are looked at; a poor one costs time.
    """
    masks, nodes = int(ask[Q_ALL_VIAS]) + 1, len(edges.first) - 1
    found = np.full((masks, nodes, len(weights)), LACKING)
    _spread(tables, ask, edges, local, np.ascontiguousarray(weights.T).ravel(), found.ravel(), order)
    found[found > FAR] = np.inf
    return found


@njit(cache=True, nogil=True)
def in_order(ranks: NDArray[np.float64]) -> NDArray[np.int32]:
    """The indices of ``ranks``, none of them negative, the least first, those of one step of 4,096 and infinite ones as they stand."""
    highest, steps = 0.0, np.empty(len(ranks), np.int64)
    for i in range(len(ranks)):
        if highest < ranks[i] < FAR:
            highest = ranks[i]
    by = (_STEPS - 1) / highest if highest > 0 else 0.0
    first = np.zeros(_STEPS + 2, np.int64)
    for i in range(len(ranks)):
        steps[i] = int(ranks[i] * by) if ranks[i] < FAR else _STEPS
        first[steps[i] + 1] += 1
    for step in range(_STEPS + 1):
        first[step + 1] += first[step]
    order = np.empty(len(ranks), np.int32)
    for i in range(len(ranks)):
        order[first[steps[i]]] = i
        first[steps[i]] += 1
    return order


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
        finite = np.where(np.isfinite(plain), plain, 0.0)
        ranks = (finite[-1] / np.maximum(finite.max(axis=(0, 1)), 1.0)).sum(axis=1)
        near = np.where(np.isfinite(plain), plain, LACKING).ravel()
        _spread_risk(tables, ask, edges, local, np.ascontiguousarray(weights.T).ravel(), near, found.ravel(), in_order(ranks))
    found[found > FAR] = np.inf
    return np.ascontiguousarray(np.moveaxis(found[:, :, 0], 2, 0))


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
def _lower(found: NDArray[np.float64], first: int, old: NDArray[np.float64], at: int, step: NDArray[np.float64], size: int) -> bool:
    """Lower ``size`` values from ``first`` on to those of ``old`` from ``at`` on, each with its step; whether one became less."""
    less = 0
    for m in range(size):
        value, before = old[at + m] + step[m], found[first + m]
        less |= value < before
        found[first + m] = value if value < before else before
    return less != 0


@lean
def least_delivery(t: I64, q: I64, came: int) -> tuple[float, float, float]:
    """Least cents, minutes and grams of handling at the destination for goods at the node ``came`` of it; infinite where never possible."""
    p = q[Q_DESTINATION]
    return least_change(t, q, cell(t, CHANGE_FIRST, p) // t[EPOCHS] + (came - cell(t, IN_FIRST, p) + 1) * cell(t, OUT_COUNT, p) - 1)


@njit(cache=True, nogil=True)
def _spread(
    tables: I64,
    ask: I64,
    edges: Edges,
    local: NDArray[np.int32],
    weights: NDArray[np.float64],
    values: NDArray[np.float64],
    order: NDArray[np.int32],
) -> None:
    sums = len(weights) // 3
    changed = np.zeros(len(values) // sums, np.int8)
    _spread_on(
        bare(tables), bare(ask), _bare_edges(edges), bare(local), bare(weights), bare(values), bare(order), changed,
        np.empty(sums), np.zeros(sums),
    )  # fmt: skip


@lean
def _spread_on(
    t: I64,
    q: I64,
    e: Edges,
    local: NDArray[np.int32],
    w: NDArray[np.float64],
    found: NDArray[np.float64],
    order: NDArray[np.int32],
    changed: NDArray[np.int8],
    step: NDArray[np.float64],
    old: NDArray[np.float64],
) -> None:
    sums, nodes, masks, p = len(old), len(e.first) - 1, q[Q_ALL_VIAS] + 1, q[Q_DESTINATION]
    for came in range(cell(t, IN_FIRST, p), cell(t, IN_FIRST, p + 1)):
        node = local[came]
        cents, minutes, grams = least_delivery(t, q, came)
        if minutes < np.inf and node >= 0:
            _weigh(w, cents, minutes, grams, False, step)
            at = (masks - 1) * nodes + node
            if _lower(found, at * sums, old, 0, step, sums):
                changed[at] = 1
    _sweep(e, w, found, order, changed, step, old, masks)


@lean
def _sweep(
    e: Edges,
    w: NDArray[np.float64],
    found: NDArray[np.float64],
    order: NDArray[np.int32],
    changed: NDArray[np.int8],
    step: NDArray[np.float64],
    old: NDArray[np.float64],
    masks: int,
) -> None:
    """Follow edges from the states that have changed, sweep by sweep, until no sum becomes less."""
    sums, nodes, goes_on = len(old), len(e.first) - 1, True
    while goes_on:
        goes_on = False
        for mask in range(masks - 1, -1, -1):
            for i in range(nodes):
                node = order[i]
                state = mask * nodes + node
                if not changed[state]:
                    continue
                changed[state] = 0
                for m in range(sums):
                    old[m] = found[state * sums + m]
                for x in range(e.first[node], e.first[node + 1]):
                    _weigh(w, e.values[x, 0], e.values[x, 1], e.values[x, 2], e.is_through[x] == 1, step)
                    for before in range(masks):
                        at = before * nodes + e.start[x]
                        if (before | e.ref[x]) == mask and _lower(found, at * sums, old, 0, step, sums):
                            changed[at] = 1
                            goes_on = True


@njit(cache=True, nogil=True)
def _spread_risk(
    tables: I64,
    ask: I64,
    edges: Edges,
    local: NDArray[np.int32],
    weights: NDArray[np.float64],
    plain: NDArray[np.float64],
    values: NDArray[np.float64],
    order: NDArray[np.int32],
) -> None:
    size = len(weights) // 3 * ask[Q_RISKS]
    changed = np.zeros(len(values) // (3 * size), np.int8)
    _spread_risk_on(
        bare(tables), bare(ask), _bare_edges(edges), bare(local), bare(weights), bare(plain), bare(values), bare(order), changed,
        np.empty(size), np.empty(4 * size), np.zeros(size),
    )  # fmt: skip


@lean
def _spread_risk_on(
    t: I64,
    q: I64,
    e: Edges,
    local: NDArray[np.int32],
    w: NDArray[np.float64],
    near: NDArray[np.float64],
    found: NDArray[np.float64],
    order: NDArray[np.int32],
    changed: NDArray[np.int8],
    step: NDArray[np.float64],
    old: NDArray[np.float64],
    none: NDArray[np.float64],
) -> None:
    """Sweeps as above; in the first one each edge that may itself cost a lead something begins such ways, the least of all behind it."""
    most, size = q[Q_RISKS], len(none)
    sums, nodes, masks, p = size // most, len(e.first) - 1, q[Q_ALL_VIAS] + 1, q[Q_DESTINATION]
    for came in range(cell(t, IN_FIRST, p), cell(t, IN_FIRST, p + 1)):
        node = local[came]
        if node < 0 or least_delivery(t, q, came)[1] == np.inf:
            continue
        at = (masks - 1) * nodes + node
        for m in range(size):
            old[m] = near[at * sums + m % sums]
        gain = cell(t, PLACE_GAIN, p)
        for phase in range(3):
            units = units_of(q, gain + (cell(t, END_RISK, p) if phase == 2 else 0))
            if _lower(found, (3 * at + phase) * size, old, 0, none, units * sums):
                changed[at] = 1
    begins = goes_on = True
    while goes_on:
        goes_on = False
        for mask in range(masks - 1, -1, -1):
            for i in range(nodes):
                node = order[i]
                state = mask * nodes + node
                has_changed = changed[state] == 1
                if not (has_changed or begins):
                    continue
                changed[state] = 0
                for m in range(3 * size):
                    old[m] = found[3 * state * size + m]
                if begins:
                    for m in range(size):
                        old[3 * size + m] = near[state * sums + m % sums]
                for x in range(e.first[node], e.first[node + 1]):
                    is_risky = begins and (e.risk[x, 0] > 0 or e.risk[x, 1] > 0 or e.risk[x, 2] > 0)
                    if not (is_risky or has_changed):
                        continue
                    _weigh(w, e.values[x, 0], e.values[x, 1], e.values[x, 2], e.is_through[x] == 1, step)
                    for before in range(masks):
                        at = before * nodes + e.start[x]
                        if (before | e.ref[x]) == mask and _lower_phases(
                            e, x, found, 3 * at * size, old, step, sums, is_risky, has_changed
                        ):
                            changed[at] = 1
                            goes_on = True
        begins = False


@lean
def _lower_phases(
    e: Edges,
    x: int,
    found: NDArray[np.float64],
    first: int,
    old: NDArray[np.float64],
    step: NDArray[np.float64],
    sums: int,
    is_risky: bool,
    has_changed: bool,
) -> bool:
    """Lower the values of all phases and units before edge ``x``: to ways that its own risk begins, and to those of ``old`` behind it."""
    size, less = len(step), False
    for phase in range(3):
        more = e.risk[x, phase] * sums
        if is_risky and more > 0:
            less |= _lower(found, first + phase * size, old, 3 * size, step, more)
        if has_changed:
            after = phase if not e.waits[x] else 2 if e.waits[x] == 2 else max(phase, 1)
            less |= _lower(found, first + phase * size + more, old, after * size, step, size - more)
    return less
