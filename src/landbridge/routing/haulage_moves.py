"""Moves by haulage: orders, runs from place to place, and the ways of one order."""

from __future__ import annotations

from landbridge.routing.compiled import cell, lean
from landbridge.routing.dominance import enter, is_detour, is_promising, is_same_kind, settle
from landbridge.routing.heap import pop_label, push_label
from landbridge.routing.region import is_vain
from landbridge.routing.rows import add_bits, copy_label, mark_way, may_use, was_passed
from landbridge.routing.search_state import (
    AT_ORIGIN,
    BY_RUN,
    CLASS,
    COST,
    DEAD,
    DRIVEN,
    EMISSION,
    EPOCH,
    FREE,
    HOME,
    HOMES,
    INCLUDES,
    IS_FULL,
    K_NEXT,
    KIND,
    LEGS,
    LEVELS,
    MINUTE,
    N_LABELS,
    N_MADE,
    N_ORDER,
    N_RUN_HEAP,
    NEVER,
    NODE,
    OFFER,
    OPENS,
    ORDER,
    PLACE,
    REF,
    RUN_NODES,
    START,
    THROUGH,
    VARIANT,
    VIAS,
    State,
)
from landbridge.routing.tables import (
    ARC_BITS,
    ARC_COST,
    ARC_DRIVE,
    ARC_EMISSION,
    ARC_FIRST,
    ARC_FRESH,
    ARC_FROM,
    ARC_HOME_FROM,
    ARC_HOME_TO,
    ARC_IN,
    ARC_LEAD,
    ARC_OFFER,
    ARC_OPEN,
    ARC_OUT,
    ARC_RANK,
    ARC_SLOT_TO,
    ARC_STATE,
    ARC_TO,
    ARC_WAIT,
    CHANGE_BITS,
    CHANGE_BLOCKED,
    CHANGE_COST,
    CHANGE_DURATION,
    CHANGE_EMISSION,
    CHANGE_LEAD,
    CHANGE_MOVING,
    CHANGE_WORKING,
    CLOSE_END,
    CLOSE_FIRST,
    CLOSE_START,
    DELAY_END,
    DELAY_FIRST,
    DELAY_MIN,
    DELAY_START,
    EPOCHS,
    HAS_STORAGE,
    I64,
    IN_FIRST,
    OFFER_LEAD,
    OFFER_LIMIT,
    OFFER_REST,
    OFFER_TURNS,
    PAPER_MASK,
    PLACE_OPEN,
    PLACES,
    Q_ARC_BANNED,
    Q_ARC_TOUCH,
    Q_ASKED_AT,
    Q_BY_ORDER,
    Q_DESTINATION,
    Q_FIRST_LEAD,
    Q_LAST_DEPARTURE,
    Q_MAX_IDLE,
    THROUGH_COST,
    THROUGH_COVERS,
    THROUGH_FIRST,
    THROUGH_FROM,
    THROUGH_IS_RUN,
    THROUGH_LEG,
    THROUGH_NEXT,
    THROUGH_REF,
    THROUGH_ROW,
    THROUGH_TO,
    WORDS,
    ZONE,
)
from landbridge.routing.waiting import change_row, epoch_at, epoch_start, handled_from, last_open, next_open, storage_cents


@lean
def _drive(t: I64, q: I64, a: int, k: int, minute: int, driven: int) -> tuple[int, int]:
    """Drive arc ``a``: arrival, and minutes driven since the last rest; -1 if the way is shut."""
    minute = max(minute, q[Q_ASKED_AT] + cell(t, ARC_LEAD, a * t[EPOCHS] + k))
    zone = cell(t, ZONE, cell(t, ARC_FROM, a))
    while True:
        before = minute
        for i in range(cell(t, CLOSE_FIRST, a), cell(t, CLOSE_FIRST, a + 1)):
            if cell(t, CLOSE_START, i) <= minute < cell(t, CLOSE_END, i):
                if cell(t, CLOSE_END, i) >= NEVER:
                    return -1, 0
                minute = cell(t, CLOSE_END, i)
        if cell(t, ARC_OPEN, a) >= 0:
            minute = next_open(t, cell(t, ARC_OPEN, a), zone, minute)
            if minute < 0:
                return -1, 0
        if minute == before:
            break
    delay = 0
    for i in range(cell(t, DELAY_FIRST, a), cell(t, DELAY_FIRST, a + 1)):
        if cell(t, DELAY_START, i) <= minute < cell(t, DELAY_END, i):
            delay = max(delay, min(cell(t, DELAY_MIN, i), cell(t, DELAY_END, i) - minute))
    offer, left = cell(t, ARC_OFFER, a), cell(t, ARC_DRIVE, a * t[EPOCHS] + k)
    minute += delay + cell(t, ARC_WAIT, a * t[EPOCHS] + k)
    if cell(t, ARC_FRESH, a * t[EPOCHS] + k):
        driven = 0
    limit = cell(t, OFFER_LIMIT, offer)
    if limit == 0:
        return minute + left, 0
    over = driven + left - limit
    if over <= 0:
        return minute + left, driven + left
    return minute + left + -(-over * cell(t, OFFER_REST, offer) // limit), limit


@lean
def _run_node(t: I64, row: I64) -> int:
    """Node of goods in a run; a vehicle that was not yet home may not unload, and a tired driver rests for each minute."""
    limit = cell(t, OFFER_LIMIT, row[OFFER])
    level = row[DRIVEN] * LEVELS // limit if limit > 0 else 0
    return cell(t, IN_FIRST, t[PLACES]) + RUN_NODES * cell(t, ARC_SLOT_TO, row[REF]) + HOMES * level + row[HOME]


@lean
def _go(t: I64, q: I64, s: State, x: int, a: int, k: int, minute: int, n: int, variant: int) -> None:
    """Drive arc ``a`` with the label in the making; cost so far, papers and run state stand in its row."""
    arrives, driven = _drive(t, q, a, k, minute, s.labels[n, DRIVEN])
    if arrives < 0:
        return
    row = s.labels[n]
    price = k + t[EPOCHS] * (a if variant == 0 else cell(t, THROUGH_ROW, variant - 1) + cell(t, ARC_RANK, a))
    row[COST] += cell(t, ARC_COST, price) + add_bits(t, s, n, t[ARC_BITS] + price * t[WORDS])
    row[EMISSION] += cell(t, ARC_EMISSION, a * t[EPOCHS] + k)
    row[MINUTE] = arrives
    row[DRIVEN] = driven
    place = cell(t, ARC_TO, a)
    row[PLACE] = place
    row[CLASS] = cell(t, ARC_IN, a)
    row[KIND], row[REF], row[INCLUDES], row[VARIANT] = BY_RUN, a, 0, variant
    if cell(t, ARC_HOME_TO, a):
        row[HOME] = 1
    row[VIAS] |= cell(q, Q_ARC_TOUCH, a)
    through = row[THROUGH]
    if through >= 0 and cell(t, THROUGH_TO, through) == place:
        row[THROUGH] = cell(t, THROUGH_NEXT, through)
    row[NODE] = _run_node(t, row)
    if q[Q_BY_ORDER]:
        _keep_in_run(t, q, s)
    else:
        settle(t, q, s)


@lean
def _continue_run(t: I64, q: I64, s: State, x: int, a: int) -> None:
    k = s.labels[x, EPOCH]
    if cell(q, Q_ARC_BANNED, a) or not may_use(q, cell(t, ARC_STATE, a * t[EPOCHS] + k)):
        return
    n = s.counters[N_LABELS]
    if n >= len(s.labels) - 1:
        s.counters[IS_FULL] = 1
        return
    copy_label(s, x, n)
    s.labels[n, OPENS] = 0
    s.labels[n, START] = s.labels[x, MINUTE]
    _go(t, q, s, x, a, k, s.labels[x, MINUTE], n, s.labels[x, THROUGH] + 1)


@lean
def _start_run(t: I64, q: I64, s: State, x: int, a: int, through: int) -> None:
    """Order haulage at label ``x`` for a run that begins with arc ``a``, as leg ``through`` of a through rate if >= 0."""
    row, place = s.labels[x], s.labels[x, PLACE]
    offer = cell(t, ARC_OFFER, a)
    change = change_row(t, place, row[CLASS], cell(t, ARC_OUT, a), row[MINUTE])
    if cell(t, CHANGE_BLOCKED, change):
        return
    handled = handled_from(t, place, change, row[MINUTE])
    if handled < 0:
        return
    handled += cell(t, CHANGE_DURATION, change)
    lead = cell(t, CHANGE_LEAD, change)
    if row[KIND] == AT_ORIGIN:
        lead = max(lead, q[Q_FIRST_LEAD])
    base = max(handled, q[Q_ASKED_AT] + cell(t, OFFER_LEAD, offer), q[Q_ASKED_AT] + lead)
    _order_run(t, q, s, x, a, through, base)
    for k in range(epoch_at(t, place, base) + 1, t[EPOCHS]):
        start = epoch_start(t, place, k)
        if start > base + q[Q_MAX_IDLE]:
            break
        if cell(t, OFFER_TURNS, offer * t[EPOCHS] + k):
            _order_run(t, q, s, x, a, through, start)


@lean
def _order_run(t: I64, q: I64, s: State, x: int, a: int, through: int, earliest: int) -> None:
    """Start a run at ``earliest``, or when the papers of its first arc are there."""
    if earliest > q[Q_LAST_DEPARTURE]:
        return
    row, place, offer = s.labels[x], s.labels[x, PLACE], cell(t, ARC_OFFER, a)
    k = epoch_at(t, place, earliest)
    if q[Q_ASKED_AT] + cell(t, ARC_LEAD, a * t[EPOCHS] + k) > earliest:
        earliest = q[Q_ASKED_AT] + cell(t, ARC_LEAD, a * t[EPOCHS] + k)
        if earliest > q[Q_LAST_DEPARTURE]:
            return
        k = epoch_at(t, place, earliest)
    if not may_use(q, cell(t, ARC_STATE, a * t[EPOCHS] + k)):
        return
    n = s.counters[N_LABELS]
    if n >= len(s.labels) - 1:
        s.counters[IS_FULL] = 1
        return
    came, goes = row[CLASS], cell(t, ARC_OUT, a)
    change = change_row(t, place, came, goes, row[MINUTE])
    gate_in = row[MINUTE]
    if row[FREE] == 1:
        late = last_open(
            t,
            cell(t, PLACE_OPEN, place * 2 + cell(t, CHANGE_WORKING, change)),
            cell(t, ZONE, place),
            earliest - cell(t, CHANGE_DURATION, change),
        )
        if late > gate_in:
            gate_in = late
            change = change_row(t, place, came, goes, gate_in)
            handled = handled_from(t, place, change, gate_in)
            if cell(t, CHANGE_BLOCKED, change) or handled < 0 or handled + cell(t, CHANGE_DURATION, change) > earliest:
                return
    price = 0
    if through >= 0:
        price = cell(t, THROUGH_COST, through * t[EPOCHS] + k)
        if price < 0:
            return
    cost = cell(t, CHANGE_COST, change) + storage_cents(t, s.labels, x, gate_in, earliest) + price
    if not (row[INCLUDES] or (through >= 0 and cell(t, THROUGH_COVERS, through))):
        cost += cell(t, CHANGE_MOVING, change)
    copy_label(s, x, n)
    new = s.labels[n]
    for word in range(s.bits.shape[1]):
        s.bits[n, word] &= cell(t, PAPER_MASK, word)
    new[COST] += cost + add_bits(t, s, n, t[CHANGE_BITS] + change * t[WORDS])
    new[EMISSION] += cell(t, CHANGE_EMISSION, change)
    new[LEGS] += 1
    new[OFFER], new[EPOCH], new[DRIVEN] = offer, k, 0
    new[FREE] = 1 if row[KIND] == AT_ORIGIN or not cell(t, HAS_STORAGE, place) else 0
    new[HOME] = cell(t, ARC_HOME_FROM, a)
    new[THROUGH] = through
    new[OPENS], new[START], new[ORDER] = 1, earliest, x
    _go(t, q, s, x, a, k, earliest, n, through + 1)


@lean
def order_runs(t: I64, q: I64, s: State, x: int, at: int) -> None:
    """Order haulage from a node at rest wherever it may lead, and as the first leg of a through rate."""
    offer = s.labels[x, OFFER]
    if at >= 0:
        for move in range(s.moves.runs[at], s.moves.first[at + 1]):
            a = s.moves.ref[move]
            if cell(t, ARC_OFFER, a) != offer and not was_passed(s, cell(t, ARC_TO, a)) and not is_vain(q, s, x, move):
                _start_run(t, q, s, x, a, -1)
    place = s.labels[x, PLACE]
    for i in range(cell(t, THROUGH_FIRST, place), cell(t, THROUGH_FIRST, place + 1)):
        g = cell(t, THROUGH_LEG, i)
        if cell(t, THROUGH_IS_RUN, g):
            order_through(t, q, s, x, g)


@lean
def order_through(t: I64, q: I64, s: State, x: int, g: int) -> None:
    """Order the haulage that is leg ``g`` of a through rate."""
    place, offer = s.labels[x, PLACE], s.labels[x, OFFER]
    if cell(t, THROUGH_REF, g) == offer:
        return
    for a in range(cell(t, ARC_FIRST, place), cell(t, ARC_FIRST, place + 1)):
        if cell(t, ARC_OFFER, a) == cell(t, THROUGH_REF, g) and not cell(q, Q_ARC_BANNED, a) and not was_passed(s, cell(t, ARC_TO, a)):
            _start_run(t, q, s, x, a, g)


@lean
def drive_on(t: I64, q: I64, s: State, x: int) -> None:
    """Make the next moves of the run in which a label is."""
    place, through, offer = s.labels[x, PLACE], s.labels[x, THROUGH], s.labels[x, OFFER]
    if through >= 0 and (
        cell(t, THROUGH_IS_RUN, through) == 0 or cell(t, THROUGH_REF, through) != offer or cell(t, THROUGH_FROM, through) == place
    ):
        return
    mark_way(s, x)
    if through >= 0:
        for a in range(cell(t, ARC_FIRST, place), cell(t, ARC_FIRST, place + 1)):
            if cell(t, ARC_OFFER, a) == offer and not was_passed(s, cell(t, ARC_TO, a)):
                _continue_run(t, q, s, x, a)
        return
    at = s.local[s.labels[x, NODE]]  # inside, else the label were hopeless
    for move in range(s.moves.runs[at], s.moves.first[at + 1]):
        a = s.moves.ref[move]
        if not was_passed(s, cell(t, ARC_TO, a)) and not is_vain(q, s, x, move):
            _continue_run(t, q, s, x, a)


@lean
def _keep_in_run(t: I64, q: I64, s: State) -> None:
    """Keep the label in the making among those of the orders that are being followed, unless it is hopeless or went a detour."""
    c = s.counters
    n = c[N_LABELS]
    if not is_promising(t, q, s, n):
        return
    row, head = s.labels[n], s.run_heads[s.labels[n, PLACE]]
    if head[0] != c[N_ORDER]:
        head[0], head[1] = c[N_ORDER], -1
    x = head[1]
    while x >= 0:
        if not s.labels[x, DEAD] and is_same_kind(s.labels[x], row):
            if is_detour(t, s, n, x):
                return
            if is_detour(t, s, x, n):
                s.labels[x, DEAD] = 1
        x = s.keys[x, K_NEXT]
    s.keys[n, K_NEXT] = head[1]
    head[1] = n
    c[N_LABELS] = n + 1
    c[N_MADE] += 1
    c[N_RUN_HEAP] = push_label(s.run_key, s.run_label, c[N_RUN_HEAP], row[MINUTE], n)


@lean
def follow_orders(t: I64, q: I64, s: State, first: int) -> None:
    """Drive on with all labels from ``first`` on, just ordered, to wherever their vehicles may come; then let them enter the search.

    All ways of an order are known before any of its labels is compared with those of others, so that none is beaten by a detour.
    """
    c = s.counters
    while c[N_RUN_HEAP] > 0 and not c[IS_FULL]:
        x = s.run_label[0]
        c[N_RUN_HEAP] = pop_label(s.run_key, s.run_label, c[N_RUN_HEAP])
        if not s.labels[x, DEAD] and s.labels[x, PLACE] != q[Q_DESTINATION]:
            drive_on(t, q, s, x)
    if c[IS_FULL]:
        c[N_MADE] -= c[N_LABELS] - first
        c[N_LABELS], c[N_RUN_HEAP] = first, 0
        return
    for x in range(first, c[N_LABELS]):
        if not s.labels[x, DEAD] and not enter(t, q, s, x):
            s.labels[x, DEAD] = 1
