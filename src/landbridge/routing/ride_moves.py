"""Moves by scheduled services: departures, through rates, alighting."""

from __future__ import annotations

from landbridge.routing.compiled import cell, lean
from landbridge.routing.dominance import settle
from landbridge.routing.region import is_vain
from landbridge.routing.rows import add_bits, copy_label, may_use, was_passed
from landbridge.routing.search_state import (
    AT_ORIGIN,
    BOUND_AT,
    BY_RIDE,
    CLASS,
    COST,
    DETENTION,
    DRIVEN,
    EMISSION,
    EPOCH,
    FREE,
    HOME,
    INCLUDES,
    IS_FULL,
    KIND,
    LANDED,
    LANDED_EPOCH,
    LEGS,
    LINE,
    MINUTE,
    N_LABELS,
    NODE,
    OFFER,
    OPENS,
    PLACE,
    REF,
    START,
    THROUGH,
    VARIANT,
    VIAS,
    State,
)
from landbridge.routing.tables import (
    ARRIVE_AT,
    ARRIVE_FIRST,
    BOARD_CUTOFF,
    BOARD_FIRST,
    BOARD_IS_SEA,
    BOARD_LINE,
    BOARD_OUT,
    BOARD_PAPERS,
    BOARD_SERVICE,
    CHANGE_BITS,
    CHANGE_BLOCKED,
    CHANGE_COST,
    CHANGE_DURATION,
    CHANGE_EMISSION,
    CHANGE_LEAD,
    CHANGE_MOVING,
    CHANGE_WORKING,
    DEPART_AT,
    DEPART_EPOCH,
    DEPART_FIRST,
    EPOCHS,
    HANDLES_DESTINATION,
    HANDLES_ORIGIN,
    HAS_BOX,
    I64,
    IN_FIRST,
    PAPER_MASK,
    PLACE_OPEN,
    Q_ASKED_AT,
    Q_FIRST_LEAD,
    Q_LAST_DEPARTURE,
    Q_RIDE_BANNED,
    Q_RIDE_TOUCH,
    RIDE_BITS,
    RIDE_BOARD,
    RIDE_COST,
    RIDE_DETENTION,
    RIDE_EMISSION,
    RIDE_FIRST,
    RIDE_IN,
    RIDE_INCLUDES,
    RIDE_LEAD,
    RIDE_PRICED,
    RIDE_RANK,
    RIDE_STATE,
    RIDE_TO,
    RIDE_TURNS,
    THROUGH_COST,
    THROUGH_COVERS,
    THROUGH_FIRST,
    THROUGH_IS_RUN,
    THROUGH_LEG,
    THROUGH_NEXT,
    THROUGH_REF,
    THROUGH_ROW,
    THROUGH_TO,
    THROUGH_TURNS,
    WORDS,
    ZONE,
)
from landbridge.routing.waiting import change_row, count_until, epoch_at, handled_from, last_open, storage_cents


@lean
def take_rides(t: I64, q: I64, s: State, x: int, at: int) -> None:
    """Take every ride from a node at rest, and those that begin a through rate."""
    if at >= 0:
        for move in range(s.moves.first[at], s.moves.runs[at]):
            r = -2 - s.moves.ref[move]
            if not was_passed(s, cell(t, RIDE_TO, r)) and not is_vain(q, s, x, move):
                _board(t, q, s, x, r, -1)
    place = s.labels[x, PLACE]
    for i in range(cell(t, THROUGH_FIRST, place), cell(t, THROUGH_FIRST, place + 1)):
        g = cell(t, THROUGH_LEG, i)
        if not cell(t, THROUGH_IS_RUN, g):
            take_through(t, q, s, x, g)


@lean
def take_through(t: I64, q: I64, s: State, x: int, g: int) -> None:
    """Take the rides that are leg ``g`` of a through rate."""
    place = s.labels[x, PLACE]
    for b in range(cell(t, BOARD_FIRST, place), cell(t, BOARD_FIRST, place + 1)):
        if cell(t, BOARD_SERVICE, b) != cell(t, THROUGH_REF, g):
            continue
        for r in range(cell(t, RIDE_FIRST, b), cell(t, RIDE_FIRST, b + 1)):
            to = cell(t, RIDE_TO, r)
            if to == cell(t, THROUGH_TO, g) and not cell(q, Q_RIDE_BANNED, r) and not was_passed(s, to):
                _board(t, q, s, x, r, g)


@lean
def _board(t: I64, q: I64, s: State, x: int, r: int, through: int) -> None:
    """Wait for the departures of a ride; ``through`` is the leg of a through rate as which it is taken, or -1."""
    row, place, b = s.labels[x], s.labels[x, PLACE], cell(t, RIDE_BOARD, r)
    first, last = cell(t, DEPART_FIRST, b), cell(t, DEPART_FIRST, b + 1)
    early = change_row(t, place, row[CLASS], cell(t, BOARD_OUT, b), row[MINUTE])
    handled = handled_from(t, place, early, row[MINUTE])
    if handled < 0:
        return
    handled += cell(t, CHANGE_DURATION, early)
    departs, end = t[DEPART_AT] + first, t[DEPART_AT] + last
    d = first + count_until(t, departs, end, handled + cell(t, BOARD_CUTOFF, b) - 1)
    last = first + count_until(t, departs, end, q[Q_LAST_DEPARTURE])
    if d < last:
        _ride(t, q, s, x, b, r, d, last, early, through)


@lean
def _ride(t: I64, q: I64, s: State, x: int, b: int, r: int, d: int, last: int, early: int, through: int) -> None:
    """Ride with the first departure that can be met, and with the first of each later stretch of days that makes the ride better."""
    row, place = s.labels[x], s.labels[x, PLACE]
    offset = cell(t, ARRIVE_FIRST, r) - cell(t, DEPART_FIRST, b)
    is_first, taken = True, -1
    while d < last:
        k = cell(t, DEPART_EPOCH, d)
        if not is_first and (k == taken or not _turns(t, r, k, through)):
            d += 1
            continue
        departs, change, gate_in = cell(t, DEPART_AT, d), early, row[MINUTE]
        arrives, cutoff = cell(t, ARRIVE_AT, offset + d), departs - cell(t, BOARD_CUTOFF, b)
        d += 1
        if arrives < 0 or not may_use(q, cell(t, RIDE_STATE, r * t[EPOCHS] + k)):
            continue
        if through < 0 and not cell(t, RIDE_PRICED, r * t[EPOCHS] + k):
            continue
        if through >= 0 and cell(t, THROUGH_COST, through * t[EPOCHS] + k) < 0:
            continue
        if row[FREE] == 1:
            opening = cell(t, PLACE_OPEN, place * 2 + cell(t, CHANGE_WORKING, change))
            late = last_open(t, opening, cell(t, ZONE, place), cutoff - cell(t, CHANGE_DURATION, change))
            if late > gate_in:
                gate_in = late
                change = change_row(t, place, row[CLASS], cell(t, BOARD_OUT, b), gate_in)
                ready = handled_from(t, place, change, gate_in)
                if ready < 0 or ready + cell(t, CHANGE_DURATION, change) > cutoff:
                    continue
        lead = max(cell(t, CHANGE_LEAD, change), cell(t, RIDE_LEAD, r * t[EPOCHS] + k))
        if row[KIND] == AT_ORIGIN:
            lead = max(lead, q[Q_FIRST_LEAD])
        if cell(t, CHANGE_BLOCKED, change) or q[Q_ASKED_AT] + lead > departs - cell(t, BOARD_PAPERS, b):
            continue
        _alight(t, q, s, x, b, r, k, departs, arrives, change, storage_cents(t, s.labels, x, gate_in, departs), through)
        if s.counters[IS_FULL]:
            return
        is_first, taken = False, k


@lean
def _turns(t: I64, r: int, k: int, through: int) -> bool:
    if cell(t, RIDE_TURNS, r * t[EPOCHS] + k):
        return True
    return through >= 0 and cell(t, THROUGH_TURNS, through * t[EPOCHS] + k) == 1


@lean
def _alight(
    t: I64, q: I64, s: State, x: int, b: int, r: int, k: int, departs: int, arrives: int, change: int, storage: int, through: int
) -> None:
    n = s.counters[N_LABELS]
    if n >= len(s.labels) - 1:
        s.counters[IS_FULL] = 1
        return
    variant = through + 1
    at = k + t[EPOCHS] * (r if variant == 0 else cell(t, THROUGH_ROW, through) + cell(t, RIDE_RANK, r))
    includes = cell(t, RIDE_INCLUDES, at)
    cost = storage + cell(t, CHANGE_COST, change) + cell(t, RIDE_COST, at)
    covered = s.labels[x, INCLUDES] == 1 or (includes & HANDLES_ORIGIN) != 0
    if through >= 0:
        price = cell(t, THROUGH_COST, through * t[EPOCHS] + k)
        if price < 0:
            return
        cost += price
        covered = covered or cell(t, THROUGH_COVERS, through) == 1
    if not covered:
        cost += cell(t, CHANGE_MOVING, change)
    copy_label(s, x, n)
    row = s.labels[n]
    for word in range(s.bits.shape[1]):
        s.bits[n, word] &= cell(t, PAPER_MASK, word)
    row[COST] += (
        cost + add_bits(t, s, n, t[CHANGE_BITS] + change * t[WORDS]) + add_bits(t, s, n, t[RIDE_BITS] + (r * t[EPOCHS] + k) * t[WORDS])
    )
    row[EMISSION] += cell(t, CHANGE_EMISSION, change) + cell(t, RIDE_EMISSION, r * t[EPOCHS] + k)
    row[LEGS] += 1
    row[MINUTE], row[START], row[BOUND_AT] = arrives, departs, arrives
    place = cell(t, RIDE_TO, r)
    row[PLACE], row[CLASS] = place, cell(t, RIDE_IN, r)
    row[KIND], row[REF], row[VARIANT], row[OPENS] = BY_RIDE, r, variant, 1
    row[OFFER], row[EPOCH], row[DRIVEN], row[FREE], row[HOME] = -1, 0, 0, 0, 0
    row[INCLUDES] = 1 if includes & HANDLES_DESTINATION else 0
    if cell(t, BOARD_IS_SEA, b) and not includes & HAS_BOX:
        row[LINE], row[DETENTION] = cell(t, BOARD_LINE, b), cell(t, RIDE_DETENTION, r)
        row[LANDED], row[LANDED_EPOCH] = -1, 0
        if row[DETENTION] >= 0:
            row[LANDED], row[LANDED_EPOCH] = arrives, epoch_at(t, place, arrives)
    row[VIAS] |= cell(q, Q_RIDE_TOUCH, r)
    row[THROUGH] = -1 if through < 0 else cell(t, THROUGH_NEXT, through)
    row[NODE] = cell(t, IN_FIRST, place) + row[CLASS]
    settle(t, q, s)
