"""The search itself: labels over arrays, compiled by numba.

What a label is stands in :mod:`landbridge.routing.search_state`. The moves are those of docs/model.md, section 4; the
rules by which one label makes another needless are those of docs/routing.md, with their proof.

References
----------
Martins, E. Q. V. (1984). On a multicriteria shortest path problem. European Journal of Operational Research 16(2), 236-245.
https://doi.org/10.1016/0377-2217(84)90077-8

Mandow, L., Pérez de la Cruz, J. L. (2010). Multiobjective A* search with consistent heuristics. Journal of the ACM 57(5), 27.
https://doi.org/10.1145/1754399.1754400
"""

from __future__ import annotations

import numpy as np
from numba import njit  # type: ignore[import-untyped]
from numpy.typing import NDArray

from landbridge.routing.compiled import bare, cell, lean
from landbridge.routing.haulage_moves import drive_on, follow_orders, order_runs, order_through
from landbridge.routing.heap import pop_label, push_label
from landbridge.routing.region import is_hopeless, list_open, most_rank, note_answer
from landbridge.routing.ride_moves import take_rides, take_through
from landbridge.routing.rows import mark_way, may_end
from landbridge.routing.search_state import (
    AT_ORIGIN,
    BOUND,
    CLASS,
    COST,
    DAY,
    DEAD,
    DETENTION,
    DONE,
    EMISSION,
    FULL,
    INCLUDES,
    IS_FULL,
    KIND,
    LANDED,
    LANDED_EPOCH,
    LEGS,
    LINE,
    MINUTE,
    N_HEAP,
    N_LABELS,
    N_MADE,
    N_OLD,
    N_ORDER,
    OFFER,
    OPENS,
    PARENT,
    PLACE,
    REF,
    START,
    THROUGH,
    VARIANT,
    Moves,
    State,
)
from landbridge.routing.tables import (
    CHANGE_BLOCKED,
    CHANGE_COST,
    CHANGE_DURATION,
    CHANGE_EMISSION,
    CHANGE_MOVING,
    DETENTION_COST,
    DETENTION_DAYS,
    EPOCHS,
    I64,
    IN_FIRST,
    OUT_COUNT,
    Q_BY_ORDER,
    Q_DESTINATION,
    Q_DUE_AT,
    Q_DUTY_COST,
    Q_IS_SINGLE,
    Q_MAX_LEGS,
    Q_RETURN_COST,
    Q_RETURN_MIN,
    THROUGH_FROM,
    THROUGH_IS_RUN,
)
from landbridge.routing.waiting import change_row, epoch_at, handled_from


@lean
def _expand(t: I64, q: I64, s: State, x: int) -> None:
    """Make every move from a label; driving on has been done where labels are compared order by order."""
    row = s.labels[x]
    place, offer, through = row[PLACE], row[OFFER], row[THROUGH]
    if place == q[Q_DESTINATION] and row[KIND] != AT_ORIGIN:
        _finish(t, q, s, x)
        return
    if offer >= 0 and not q[Q_BY_ORDER]:
        drive_on(t, q, s, x)
    if through >= 0 and cell(t, THROUGH_FROM, through) != place:
        return
    if not may_end(s, x) or (through < 0 and row[LEGS] >= q[Q_MAX_LEGS]):
        return
    mark_way(s, x)
    if through >= 0 and not cell(t, THROUGH_IS_RUN, through):
        take_through(t, q, s, x, through)
        return
    at = -1 if through >= 0 else s.local[cell(t, IN_FIRST, place) + row[CLASS]]
    if through < 0:
        take_rides(t, q, s, x, at)
        if s.counters[IS_FULL]:
            return
    s.counters[N_ORDER] += 1
    first = s.counters[N_LABELS]
    if through >= 0:
        order_through(t, q, s, x, through)
    else:
        order_runs(t, q, s, x, at)
    if q[Q_BY_ORDER]:
        follow_orders(t, q, s, first)


@lean
def _finish(t: I64, q: I64, s: State, x: int) -> None:
    """Deliver at the destination."""
    row = s.labels[x]
    place = row[PLACE]
    if row[THROUGH] >= 0 or not may_end(s, x):
        return
    change = change_row(t, place, row[CLASS], cell(t, OUT_COUNT, place) - 1, row[MINUTE])
    handled = handled_from(t, place, change, row[MINUTE])
    if handled < 0 or cell(t, CHANGE_BLOCKED, change):
        return
    minute = handled + cell(t, CHANGE_DURATION, change)
    if minute > q[Q_DUE_AT]:
        return
    k = epoch_at(t, place, minute)
    cost = row[COST] + cell(t, CHANGE_COST, change)
    if not row[INCLUDES]:
        cost += cell(t, CHANGE_MOVING, change)
    if row[LINE] >= 0:
        cost += cell(q, Q_RETURN_COST, row[LINE] * t[EPOCHS] + k)
        if row[DETENTION] >= 0:
            kept = minute + cell(q, Q_RETURN_MIN, row[LINE] * t[EPOCHS] + k) - row[LANDED]
            days = (kept + DAY - 1) // DAY
            table = row[DETENTION] * t[EPOCHS] + row[LANDED_EPOCH]
            cost += cell(t, DETENTION_COST, table * t[DETENTION_DAYS] + min(days, t[DETENTION_DAYS] - 1))
    cost += cell(q, Q_DUTY_COST, k)
    note_answer(q, s, x, cost, minute, row[EMISSION] + cell(t, CHANGE_EMISSION, change), row[LEGS])


@njit(cache=True)
def way_of(labels: NDArray[np.int64], x: int) -> NDArray[np.int64]:
    """(moves, 5) kind, ref, start, opens and variant of each move on the way of a label, the first one first."""
    count, at = 0, x
    while labels[at, KIND] != AT_ORIGIN:
        count, at = count + 1, labels[at, PARENT]
    way = np.empty((count, 5), np.int64)
    while count > 0:
        count -= 1
        for column, name in enumerate((KIND, REF, START, OPENS, VARIANT)):
            way[count, column] = labels[x, name]
        x = labels[x, PARENT]
    return way


@njit(cache=True, nogil=True)
def search_labels(tables: I64, ask: I64, owned: State, max_labels: int) -> int:
    """Follow labels, most promising first, until none is left.

    Returns
    -------
    int
        DONE; FULL if the arrays must grow before the search can go on; BOUND if more than ``max_labels`` labels were made.
    """
    t, q = bare(tables), bare(ask)
    s = State(
        bare(owned.labels),
        bare(owned.bits),
        bare(owned.keys),
        bare(owned.heads),
        bare(owned.heap_key),
        bare(owned.heap_label),
        bare(owned.found),
        bare(owned.counters),
        bare(owned.weights),
        bare(owned.floors),
        bare(owned.layers),
        bare(owned.local),
        bare(owned.corners),
        bare(owned.cuts),
        bare(owned.marks),
        bare(owned.least),
        bare(owned.run_key),
        bare(owned.run_label),
        bare(owned.run_heads),
        bare(owned.open_corners),
        Moves(
            bare(owned.moves.first),
            bare(owned.moves.runs),
            bare(owned.moves.ref),
            bare(owned.moves.end),
            bare(owned.moves.touch),
            bare(owned.moves.values),
        ),
    )
    c = s.counters
    while c[N_HEAP] > 0:
        if len(s.heap_key) - c[N_HEAP] < 2:
            return FULL
        key, x = s.heap_key[0], s.heap_label[0]
        c[N_HEAP] = pop_label(s.heap_key, s.heap_label, c[N_HEAP])
        c[N_OLD] = len(s.labels)
        if s.labels[x, DEAD] or is_hopeless(t, q, s, x):
            continue
        if q[Q_IS_SINGLE] and key > most_rank(q, s) + 1e-6:
            break
        if not q[Q_IS_SINGLE]:
            list_open(t, q, s, x)
            c[N_OLD] = c[N_LABELS]
        _expand(t, q, s, x)
        if c[IS_FULL]:
            c[IS_FULL] = 0
            c[N_HEAP] = push_label(s.heap_key, s.heap_label, c[N_HEAP], key, x)
            return FULL
        if c[N_MADE] > max_labels:
            return BOUND
    return DONE
