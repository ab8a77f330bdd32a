"""Lower bounds for the kernel: least cost, time and CO2e from every node to the destination, whatever the day.

A node is a place with the class by which goods came, or a place with the haulage offer that carries them on. A bound is a shortest path in
one criterion, each arc at the least that any epoch can make it; with places to be used on the way (vias) the path is looked for in layers,
one for each set of vias already used. Bounds never exceed what an itinerary really takes, so that cutting by them loses nothing.

References
----------
Tung, C. T., Chew, K. L. (1992). A multicriteria Pareto-optimal path algorithm. European Journal of Operational Research 62(2), 203-209.
https://doi.org/10.1016/0377-2217(92)90248-8
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit  # type: ignore[import-untyped]
from numpy.typing import NDArray

from landbridge.routing.compiled import bare, cell, lean
from landbridge.routing.search_state import HOMES, LEVELS, NEVER, RUN_NODES, Moves
from landbridge.routing.tables import (
    ARC_COST,
    ARC_DRIVE,
    ARC_EMISSION,
    ARC_FIRST,
    ARC_FRESH,
    ARC_GAIN,
    ARC_HOME_FROM,
    ARC_HOME_TO,
    ARC_IN,
    ARC_OFFER,
    ARC_ONCE,
    ARC_OUT,
    ARC_RISK,
    ARC_SLOT_FROM,
    ARC_SLOT_TO,
    ARC_STATE,
    ARC_TO,
    ARC_WAIT,
    ARCS,
    ARRIVE_AT,
    ARRIVE_FIRST,
    BLOCKED,
    BOARD_CUTOFF,
    BOARD_FIRST,
    BOARD_OUT,
    CHANGE_BLOCKED,
    CHANGE_COST,
    CHANGE_DURATION,
    CHANGE_EMISSION,
    CHANGE_FIRST,
    CHANGE_FREE,
    CHANGE_MOVING,
    CLOSE_END,
    CLOSE_FIRST,
    CLOSE_START,
    DEPART_AT,
    DEPART_EPOCH,
    DEPART_FIRST,
    EPOCHS,
    I64,
    IN_FIRST,
    OFFER_LIMIT,
    OFFER_REST,
    OUT_COUNT,
    PLACE_GAIN,
    PLACES,
    Q_ALL_VIAS,
    Q_ARC_BANNED,
    Q_ARC_TOUCH,
    Q_FIRST_EPOCH,
    Q_LAST_DEPARTURE,
    Q_NODES,
    Q_READY_AT,
    Q_RIDE_BANNED,
    Q_RIDE_TOUCH,
    Q_RISK_UNIT,
    Q_RISKS,
    Q_WITH_UNCONFIRMED,
    RIDE_COST,
    RIDE_DETENTION,
    RIDE_EMISSION,
    RIDE_FIRST,
    RIDE_GAIN,
    RIDE_IN,
    RIDE_PRICED,
    RIDE_RISK,
    RIDE_STATE,
    RIDE_TO,
    RIDES,
    RUN_RISK,
    THROUGH_COST,
    THROUGH_END,
    THROUGH_FIRST,
    THROUGH_LEG,
    UNCONFIRMED,
)


class Edges(NamedTuple):
    """Least values between nodes, by the node where they end: ``first`` has shape (nodes + 1,)."""

    first: NDArray[np.int64]
    start: NDArray[np.int32]
    values: NDArray[np.float64]
    """(edges, 3) cents, minutes, grams."""
    ref: NDArray[np.int32]
    """The move: an arc, or ``-2 - ride``, or ALIGHTS, or in what :func:`restrict` gives the bits of the vias that it uses."""
    risk: NDArray[np.int64]
    """(edges, 3) cents, or units in what :func:`restrict` gives, of what a lead may cost by the move: until the first wait, after it, and
    after it with a line's box ashore."""
    waits: NDArray[np.int8]
    """1 if the move begins with a wait, which itself counts one unit until the first wait; 2 if it brings a line's box ashore as well."""
    is_through: NDArray[np.int8]
    """A through rate as one move of cost; in time and CO2e its legs are moves already."""


ALIGHTS = -1
MAX_CENTS = 1 << 50


@lean
def least_change(t: I64, q: I64, c: int) -> tuple[float, float, float]:
    """Least cents, minutes and grams of one change over the epochs of a search; infinite where it is never possible."""
    epochs = t[EPOCHS]
    cost, minutes, emission = np.inf, np.inf, np.inf
    for row in range(c * epochs + q[Q_FIRST_EPOCH], (c + 1) * epochs):
        if not cell(t, CHANGE_BLOCKED, row):
            cost = min(cost, float(cell(t, CHANGE_COST, row) + (0 if cell(t, CHANGE_FREE, c) else cell(t, CHANGE_MOVING, row))))
            minutes = min(minutes, float(cell(t, CHANGE_DURATION, row)))
            emission = min(emission, float(cell(t, CHANGE_EMISSION, row)))
    return cost, minutes, emission


@njit(cache=True)
def _least_changes(t: I64, q: I64) -> NDArray[np.float64]:
    """(in-classes, out-classes, 3) at each place flattened like the change rows, least over the epochs; inf where none is possible."""
    count = (t[CHANGE_MOVING] - t[CHANGE_COST]) // t[EPOCHS]
    least = np.empty((count, 3))
    for c in range(count):
        least[c] = least_change(t, q, c)
    return least


@lean
def units_of(q: I64, cents: int) -> int:
    """Cents in the units in which bounds tell what a lead may cost, rounded up."""
    return min(q[Q_RISKS], (cents + q[Q_RISK_UNIT] - 1) // q[Q_RISK_UNIT])


@lean
def _usable(state: int, with_unconfirmed: bool) -> bool:
    return state != BLOCKED and (state != UNCONFIRMED or with_unconfirmed)


@lean
def _least_arc(t: I64, q: I64, a: int, out: NDArray[np.float64]) -> float:
    """Least cost and CO2e of an arc within a run; and cents more where the run begins with it. Infinite where it can never be used."""
    out[0] = out[1] = out[2] = first = np.inf
    for i in range(cell(t, CLOSE_FIRST, a), cell(t, CLOSE_FIRST, a + 1)):
        if cell(t, CLOSE_START, i) <= q[Q_READY_AT] and cell(t, CLOSE_END, i) >= NEVER:
            return 0.0
    for k in range(q[Q_FIRST_EPOCH], t[EPOCHS]):
        at = a * t[EPOCHS] + k
        if _usable(cell(t, ARC_STATE, at), q[Q_WITH_UNCONFIRMED]):
            out[0] = min(out[0], cell(t, ARC_COST, at))
            first = min(first, cell(t, ARC_COST, at) + cell(t, ARC_ONCE, at))
            out[2] = min(out[2], cell(t, ARC_EMISSION, at))
    return first - out[0]


@lean
def _least_drive(t: I64, q: I64, a: int, level: int) -> tuple[float, int]:
    """Least minutes of an arc for a driver who has used his hours up to a level; and the least level after it."""
    limit, rest = cell(t, OFFER_LIMIT, cell(t, ARC_OFFER, a)), cell(t, OFFER_REST, cell(t, ARC_OFFER, a))
    least, after = np.inf, LEVELS
    for k in range(q[Q_FIRST_EPOCH], t[EPOCHS]):
        at = a * t[EPOCHS] + k
        if not _usable(cell(t, ARC_STATE, at), q[Q_WITH_UNCONFIRMED]):
            continue
        drive = cell(t, ARC_DRIVE, at)
        minutes = drive + cell(t, ARC_WAIT, at)
        if limit > 0:
            driven = drive
            if not cell(t, ARC_FRESH, at):
                driven += -(-level * limit // LEVELS)
            if driven > limit:
                minutes += -(-(driven - limit) * rest // limit)
            after = min(after, min(driven, limit) * LEVELS // limit)
        else:
            after = 0
        least = min(least, minutes)
    return least, after


@lean
def _least_ride(t: I64, q: I64, b: int, r: int, out: NDArray[np.float64]) -> None:
    out[0] = out[1] = out[2] = np.inf
    for i in range(cell(t, DEPART_FIRST, b), cell(t, DEPART_FIRST, b + 1)):
        if cell(t, DEPART_AT, i) < q[Q_READY_AT] or cell(t, DEPART_AT, i) > q[Q_LAST_DEPARTURE]:
            continue
        arrives = cell(t, ARRIVE_AT, cell(t, ARRIVE_FIRST, r) + i - cell(t, DEPART_FIRST, b))
        k = cell(t, DEPART_EPOCH, i)
        if arrives < 0 or not _usable(cell(t, RIDE_STATE, r * t[EPOCHS] + k), q[Q_WITH_UNCONFIRMED]):
            continue
        if cell(t, RIDE_PRICED, r * t[EPOCHS] + k):
            out[0] = min(out[0], cell(t, RIDE_COST, r * t[EPOCHS] + k))
        out[1] = min(out[1], arrives - cell(t, DEPART_AT, i) + cell(t, BOARD_CUTOFF, b))
        out[2] = min(out[2], cell(t, RIDE_EMISSION, r * t[EPOCHS] + k))


@njit(cache=True, nogil=True)
def floor_edges(tables: I64, ask: I64) -> Edges:
    """All moves between nodes at their least values, by their end; the same whatever the ends, vias and bans of a question."""
    t, q = bare(tables), bare(ask)
    places = t[PLACES]
    rests = cell(t, IN_FIRST, places)
    changes = _least_changes(t, q)
    epochs = t[EPOCHS]
    room = 0
    for p in range(places):
        classes = cell(t, IN_FIRST, p + 1) - cell(t, IN_FIRST, p)
        room += (cell(t, ARC_FIRST, p + 1) - cell(t, ARC_FIRST, p)) * (classes + RUN_NODES + LEVELS + 1)
        for b in range(cell(t, BOARD_FIRST, p), cell(t, BOARD_FIRST, p + 1)):
            room += (cell(t, RIDE_FIRST, b + 1) - cell(t, RIDE_FIRST, b)) * classes
        room += (cell(t, THROUGH_FIRST, p + 1) - cell(t, THROUGH_FIRST, p)) * classes
    start, end = np.empty(room, np.int32), np.empty(room, np.int32)
    values, ref, whole = np.empty((room, 3)), np.empty(room, np.int32), np.zeros(room, np.int8)
    risk, waits = np.zeros((room, 3), np.int64), np.zeros(room, np.int8)
    n = 0
    least, arc = np.empty(3), np.empty(3)
    joined = np.zeros(q[Q_NODES], np.int8)
    for p in range(places):
        classes = cell(t, IN_FIRST, p + 1) - cell(t, IN_FIRST, p)
        base = cell(t, CHANGE_FIRST, p) // epochs
        for a in range(cell(t, ARC_FIRST, p), cell(t, ARC_FIRST, p + 1)):
            more = _least_arc(t, q, a, arc)
            if arc[0] == np.inf:
                continue
            o, to = cell(t, ARC_OFFER, a), cell(t, ARC_TO, a)
            before, after = rests + RUN_NODES * cell(t, ARC_SLOT_FROM, a), rests + RUN_NODES * cell(t, ARC_SLOT_TO, a)
            comes_home = 1 if cell(t, ARC_HOME_TO, a) else 0
            levels = LEVELS + 1 if cell(t, OFFER_LIMIT, o) > 0 else 1
            gain = cell(t, ARC_GAIN, a)
            on_arc, ashore = cell(t, ARC_RISK, a) + gain, cell(t, ARC_RISK, t[ARCS] + a) + gain
            for level in range(levels):
                arc[1], later = _least_drive(t, q, a, level)
                for home in (0, 1):
                    start[n], end[n] = before + HOMES * level + home, after + HOMES * later + (home | comes_home)
                    ref[n], values[n] = a, arc
                    risk[n, 0], risk[n, 1], risk[n, 2] = on_arc, gain, ashore
                    n += 1
            arc[1], later = _least_drive(t, q, a, 0)
            home = comes_home | (1 if cell(t, ARC_HOME_FROM, a) else 0)
            for i in range(classes):
                change = changes[base + i * cell(t, OUT_COUNT, p) + cell(t, ARC_OUT, a)]
                if change[1] < np.inf:
                    start[n], end[n], ref[n] = cell(t, IN_FIRST, p) + i, after + HOMES * later + home, a
                    falls = gain + cell(t, PLACE_GAIN, p)
                    risk[n, 0], risk[n, 1] = falls, cell(t, RUN_RISK, p) + falls
                    risk[n, 2], waits[n] = cell(t, RUN_RISK, places + p) + cell(t, PLACE_GAIN, p) + ashore, 1
                    values[n] = arc + change
                    values[n, 0] += more
                    n += 1
            if not joined[after]:
                joined[after] = 1
                for level in range(levels):
                    start[n], end[n], ref[n] = after + HOMES * level + 1, cell(t, IN_FIRST, to) + cell(t, ARC_IN, a), ALIGHTS
                    values[n] = 0.0
                    n += 1
        for b in range(cell(t, BOARD_FIRST, p), cell(t, BOARD_FIRST, p + 1)):
            for r in range(cell(t, RIDE_FIRST, b), cell(t, RIDE_FIRST, b + 1)):
                _least_ride(t, q, b, r, least)
                if least[1] == np.inf:
                    continue
                for i in range(classes):
                    change = changes[base + i * cell(t, OUT_COUNT, p) + cell(t, BOARD_OUT, b)]
                    if change[1] < np.inf:
                        start[n], end[n] = cell(t, IN_FIRST, p) + i, cell(t, IN_FIRST, cell(t, RIDE_TO, r)) + cell(t, RIDE_IN, r)
                        ref[n], waits[n] = -2 - r, 2 if cell(t, RIDE_DETENTION, r) >= 0 else 1
                        gain = cell(t, RIDE_GAIN, r)
                        risk[n, 0], risk[n, 1] = gain, cell(t, RIDE_RISK, r) + gain
                        risk[n, 2] = cell(t, RIDE_RISK, t[RIDES] + r) + gain
                        values[n] = least + change
                        n += 1
        for x in range(cell(t, THROUGH_FIRST, p), cell(t, THROUGH_FIRST, p + 1)):
            g = cell(t, THROUGH_LEG, x)
            cost = np.inf
            for k in range(q[Q_FIRST_EPOCH], epochs):
                if cell(t, THROUGH_COST, g * t[EPOCHS] + k) >= 0:
                    cost = min(cost, cell(t, THROUGH_COST, g * t[EPOCHS] + k))
            if cost < np.inf:
                for i in range(classes):
                    start[n], end[n], ref[n] = cell(t, IN_FIRST, p) + i, cell(t, THROUGH_END, g), ALIGHTS
                    values[n, 0], values[n, 1], values[n, 2] = cost, np.inf, np.inf
                    whole[n], waits[n], risk[n] = 1, 2, MAX_CENTS
                    n += 1
    first = np.zeros(q[Q_NODES] + 1, np.int64)
    for x in range(n):
        first[end[x] + 1] += 1
    for x in range(q[Q_NODES]):
        first[x + 1] += first[x]
    at = first[:-1].copy()
    order = np.empty(n, np.int64)
    for x in range(n):
        order[at[end[x]]] = x
        at[end[x]] += 1
    return Edges(first, start[:n][order], values[:n][order], ref[:n][order], risk[:n][order], waits[:n][order], whole[:n][order])


@njit(cache=True, nogil=True)
def restrict(
    ask: I64, edges: Edges, inside: NDArray[np.int8], rank: NDArray[np.int32], has_risk: bool
) -> tuple[Edges, NDArray[np.int32], NDArray[np.int32]]:
    """The edges between nodes that are inside, these numbered anew, without banned ones.

    Further the new number of each node of all, by its ``rank`` among those of the edges, -1 outside; and what each edge is, as in ``ref``
    before.

    Moves are told by the vias that they use then; risks in units, and only if there is to be a ``has_risk``.
    """
    q = bare(ask)
    number = np.full(len(inside), -1, np.int32)
    count, room = 0, 0
    for node in range(len(inside)):
        if inside[node]:
            number[node] = count
            count += 1
            room += edges.first[node + 1] - edges.first[node]
    first, start = np.zeros(count + 1, np.int64), np.empty(room, np.int32)
    values, ref, risk = np.empty((room, 3)), np.empty(room, np.int32), np.empty((room if has_risk else 0, 3), np.int64)
    waits, whole, moves = np.empty(room, np.int8), np.empty(room, np.int8), np.empty(room, np.int32)
    n = 0
    for node in range(len(inside)):
        if not inside[node]:
            continue
        for x in range(edges.first[node], edges.first[node + 1]):
            if number[edges.start[x]] < 0:
                continue
            move = edges.ref[x]
            if (move >= 0 and cell(q, Q_ARC_BANNED, move)) or (move < ALIGHTS and cell(q, Q_RIDE_BANNED, -2 - move)):
                continue
            start[n], waits[n], whole[n], moves[n] = number[edges.start[x]], edges.waits[x], edges.is_through[x], move
            ref[n] = cell(q, Q_ARC_TOUCH, move) if move >= 0 else cell(q, Q_RIDE_TOUCH, -2 - move) if move < ALIGHTS else 0
            if whole[n]:
                ref[n] = q[Q_ALL_VIAS]
            for c in range(3):
                values[n, c] = edges.values[x, c]
            if has_risk:
                for c in range(3):
                    risk[n, c] = units_of(q, edges.risk[x, c])
                if waits[n]:
                    risk[n, 0] = min(q[Q_RISKS], risk[n, 0] + 1)
            n += 1
        first[number[node] + 1] = n
    local = np.empty(len(rank), np.int32)
    for node in range(len(rank)):
        local[node] = number[rank[node]] if rank[node] >= 0 else -1
    return Edges(first, start[:n], values[:n], ref[:n], risk[:n], waits[:n], whole[:n]), local, moves[:n]


@njit(cache=True, nogil=True)
def moves_of(edges: Edges, refs: NDArray[np.int32]) -> Moves:
    """The moves among edges that :func:`restrict` gave, by their start; those of one start lie in the order of the edges."""
    nodes = len(edges.first) - 1
    first, rides = np.zeros(nodes + 1, np.int64), np.zeros(nodes, np.int64)
    for x in range(len(refs)):
        if refs[x] != ALIGHTS:
            first[edges.start[x] + 1] += 1
            rides[edges.start[x]] += 1 if refs[x] < ALIGHTS else 0
    for node in range(nodes):
        first[node + 1] += first[node]
    runs = first[:-1] + rides
    at_ride, at_run = first[:-1].copy(), runs.copy()
    count = first[nodes]
    ref, end, touch, values = np.empty(count, np.int32), np.empty(count, np.int32), np.empty(count, np.int32), np.empty((count, 3))
    for node in range(nodes):
        for x in range(edges.first[node], edges.first[node + 1]):
            if refs[x] == ALIGHTS:
                continue
            start = edges.start[x]
            if refs[x] < ALIGHTS:
                at = at_ride[start]
                at_ride[start] += 1
            else:
                at = at_run[start]
                at_run[start] += 1
            ref[at], end[at], touch[at] = refs[x], node, edges.ref[x]
            values[at, 0], values[at, 1], values[at, 2] = edges.values[x, 0], edges.values[x, 1], edges.values[x, 2]
    return Moves(first, runs, ref, end, touch, values)
