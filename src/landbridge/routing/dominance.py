"""Whether one label makes another needless: rule D of docs/routing.md, and detours."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from landbridge.routing.compiled import cell, lean
from landbridge.routing.heap import push_label
from landbridge.routing.region import bounds_of, floor, is_hopeless, may_beat, most_rank, rank_of, weigh
from landbridge.routing.rows import bits_cost
from landbridge.routing.search_state import (
    BOUND_AT,
    CLASS,
    COST,
    DAY,
    DEAD,
    DETENTION,
    DRIVEN,
    EMISSION,
    EPOCH,
    FREE,
    HASH,
    HOME,
    INCLUDES,
    K_COST,
    K_EMISSION,
    K_HASH,
    K_MINUTE,
    K_NEXT,
    LANDED,
    LANDED_EPOCH,
    LEGS,
    LINE,
    MINUTE,
    N_HEAP,
    N_LABELS,
    N_MADE,
    NODE,
    OFFER,
    ORDER,
    ORDER_SUM,
    PARENT,
    PLACE,
    RISK,
    THROUGH,
    VIAS,
    ZONES_APART,
    State,
)
from landbridge.routing.tables import (
    BETTER,
    DETENTION_SLOPE,
    EPOCHS,
    FIRST_SLOPE,
    I64,
    MOST_RISK,
    OFFER_LIMIT,
    OFFER_REST,
    PLACES,
    Q_ALL_VIAS,
    Q_BETTER_AT_END,
    Q_BY_ORDER,
    Q_DESTINATION,
    Q_IS_SINGLE,
    Q_MAX_LEGS,
    Q_MOST_UNBOUND,
    Q_READY_AT,
    Q_RISK_UNIT,
    Q_RISKS,
)
from landbridge.routing.waiting import epoch_at, epoch_start


@lean
def _key_of(s: State, x: int) -> int:
    row = s.labels[x]
    key = row[PLACE]
    for column in (OFFER, EPOCH, FREE, LINE, DETENTION, LANDED_EPOCH, THROUGH, VIAS, INCLUDES, CLASS):
        key = (key * 1_000_003 + row[column]) & 0x3FFFFFFFFFFF
    return key


@lean
def is_same_kind(one: NDArray[np.int64], other: NDArray[np.int64]) -> bool:
    if one[HASH] != other[HASH]:
        return False
    for column in (PLACE, OFFER, EPOCH, FREE, LINE, DETENTION, LANDED_EPOCH, THROUGH, VIAS, INCLUDES, CLASS):
        if one[column] != other[column]:
            return False
    return True


@lean
def _lead_cost(t: I64, q: I64, s: State, a: int, b: int, ahead: int) -> int:
    """The most that label ``a`` may pay for waiting beyond label ``b`` that comes ``ahead`` minutes later (docs/routing.md, rule D)."""
    units = s.labels[b, RISK]
    if units < 0:
        units = s.labels[b, RISK] = _risk_of(t, q, s, b)
    if units == q[Q_RISKS]:
        return 2 * (q[Q_MAX_LEGS] + t[PLACES]) * t[t[MOST_RISK]]
    if units == 0:
        return 0
    days = (ahead + DAY - 1) // DAY
    return days * cell(t, FIRST_SLOPE, s.labels[a, PLACE]) + (units - 1) * q[Q_RISK_UNIT]


@lean
def _risk_of(t: I64, q: I64, s: State, b: int) -> int:
    """Units of the most that a lead over label ``b`` may cost on a way that is not beaten already, and one for the first wait."""
    row, masks = s.labels[b], q[Q_ALL_VIAS] + 1
    if row[THROUGH] >= 0:
        return q[Q_RISKS]
    for units in range(1, q[Q_RISKS] + 1):
        if _is_risk_vain(q, s, b, row[VIAS] + units * masks):
            return units - 1
    return q[Q_RISKS]


@lean
def _is_risk_vain(q: I64, s: State, b: int, mask: int) -> bool:
    row = s.labels[b]
    node = row[NODE]
    if q[Q_IS_SINGLE]:
        spent = weigh(q, s, row[COST], row[MINUTE] - q[Q_READY_AT], row[EMISSION])
        return spent + floor(q, s, mask, ORDER_SUM, node) > most_rank(q, s)
    cost, minute = row[COST] + floor(q, s, mask, 0, node), row[MINUTE] + floor(q, s, mask, 1, node)
    emission = row[EMISSION] + floor(q, s, mask, 2, node)
    if cost == np.inf or minute == np.inf or emission == np.inf:
        return True
    return not may_beat(q, s, b, mask, cost, minute, emission)


@lean
def _is_late_hope_vain(t: I64, q: I64, s: State, b: int, from_minute: int) -> bool:
    """Whether every itinerary of label ``b`` that uses what gets better after ``from_minute`` is beaten already.

    The first betterment after it is at an epoch start, and the itinerary cannot arrive before that.
    """
    row = s.labels[b]
    later = epoch_at(t, row[PLACE], from_minute) + 1
    if later >= t[EPOCHS]:
        return True
    cost, minutes, emission = bounds_of(t, q, s, b)
    minute = max(epoch_start(t, row[PLACE], later) - ZONES_APART, row[MINUTE] + minutes)
    cost += row[COST]
    emission += row[EMISSION]
    if q[Q_IS_SINGLE]:
        return weigh(q, s, cost, minute - q[Q_READY_AT], emission) > most_rank(q, s)
    return not may_beat(q, s, b, row[VIAS], cost, minute, emission)


@lean
def _is_behind(q: I64, s: State, one: NDArray[np.int64], other: NDArray[np.int64], extra: int) -> bool:
    """Whether a label that pays ``extra`` cents more is worse in something that the search asks for."""
    cost, minutes, emission = one[COST] + extra - other[COST], one[MINUTE] - other[MINUTE], one[EMISSION] - other[EMISSION]
    if q[Q_IS_SINGLE]:
        return weigh(q, s, cost, minutes, emission) > 0
    return cost > 0 or emission > 0


@lean
def _beats(t: I64, q: I64, s: State, a: int, b: int) -> bool:
    """Whether whatever follows label ``b`` could follow ``a``, and be no worse (docs/routing.md, rule D)."""
    one, other = s.labels[a], s.labels[b]
    if one[MINUTE] > other[MINUTE] or one[LEGS] > other[LEGS] or one[HOME] < other[HOME] or _is_behind(q, s, one, other, 0):
        return False
    extra = 0
    for word in range(s.bits.shape[1]):
        missing = s.bits[b, word] & ~s.bits[a, word]
        if missing != 0:
            extra += bits_cost(t, missing, word)
    if one[DRIVEN] > other[DRIVEN] or (q[Q_ALL_VIAS] > 0 and _is_barred(q, s, a, b)):
        return False
    if one[OFFER] >= 0 and one[ORDER] == other[ORDER] and is_detour(t, s, b, a):
        return True
    ahead = other[MINUTE] - one[MINUTE]
    if one[DRIVEN] < other[DRIVEN]:
        limit, rest = cell(t, OFFER_LIMIT, one[OFFER]), cell(t, OFFER_REST, one[OFFER])
        ahead += (other[DRIVEN] - one[DRIVEN]) * rest // limit + t[PLACES]
    if one[LANDED] < other[LANDED]:
        extra += cell(t, DETENTION_SLOPE, one[DETENTION]) * ((other[LANDED] - one[LANDED] + DAY - 1) // DAY)
    if ahead > 0:
        extra += _lead_cost(t, q, s, a, b, ahead)
    if extra > 0 and _is_behind(q, s, one, other, extra):
        return False
    return ahead == 0 or not _gets_better(t, q, one, other) or _is_late_hope_vain(t, q, s, b, one[MINUTE])


@lean
def _is_barred(q: I64, s: State, a: int, b: int) -> bool:
    """Whether label ``a``, before it had used all vias, was at a place where ``b`` was not: ``b`` may still go there, not so ``a``.

    Once all vias are used, going on from there as ``a`` did would be better still (docs/routing.md, premise ii).
    """
    x = s.labels[a, PARENT]
    while x >= 0:
        if s.labels[x, VIAS] != q[Q_ALL_VIAS]:
            y = s.labels[b, PARENT]
            while y >= 0 and s.labels[y, PLACE] != s.labels[x, PLACE]:
                y = s.labels[y, PARENT]
            if y < 0:
                return True
        x = s.labels[x, PARENT]
    return False


@lean
def _gets_better(t: I64, q: I64, one: NDArray[np.int64], other: NDArray[np.int64]) -> bool:
    """Whether something may get better after the first label comes and before both could next board the same departure."""
    place = one[PLACE]
    until = other[BOUND_AT] + q[Q_MOST_UNBOUND] + ZONES_APART
    for k in range(epoch_at(t, place, one[MINUTE]) + 1, t[EPOCHS]):
        if epoch_start(t, place, k) > until:
            return False
        if cell(t, BETTER, place * t[EPOCHS] + k) or cell(q, Q_BETTER_AT_END, k):
            return True
    return False


@lean
def _is_first_no_worse(one: I64, other: I64) -> bool:
    return one[K_MINUTE] <= other[K_MINUTE] and one[K_COST] <= other[K_COST] and one[K_EMISSION] <= other[K_EMISSION]


@lean
def is_promising(t: I64, q: I64, s: State, n: int) -> bool:
    """Whether the label in the making, at row ``n``, may become an answer; if so it gets what it is compared by."""
    row = s.labels[n]
    if row[PLACE] == q[Q_DESTINATION] and row[VIAS] != q[Q_ALL_VIAS]:
        return False
    row[RISK], row[DEAD] = -1, 0
    if is_hopeless(t, q, s, n):
        return False
    row[HASH] = _key_of(s, n)
    key = s.keys[n]
    key[K_HASH], key[K_COST], key[K_MINUTE], key[K_EMISSION] = row[HASH], row[COST], row[MINUTE], row[EMISSION]
    if q[Q_IS_SINGLE]:
        spent = weigh(q, s, row[COST], row[MINUTE] - q[Q_READY_AT], row[EMISSION])
        key[K_COST], key[K_EMISSION] = int(spent), 0
    return True


@lean
def settle(t: I64, q: I64, s: State) -> None:
    """Keep the label in the making, at row ``n``, unless it is hopeless or beaten."""
    n = s.counters[N_LABELS]
    if is_promising(t, q, s, n) and enter(t, q, s, n):
        s.counters[N_LABELS] = n + 1
        s.counters[N_MADE] += 1


@lean
def enter(t: I64, q: I64, s: State, n: int) -> bool:
    """Put a label among those of its kind, to be followed, unless one of them beats it; those that it beats are dead.

    Labels of one kind lie in order of cost, or of the sum that is asked for, and only those that are no dearer may beat it. Where all
    itineraries are asked for, only they are looked at: one that is dearer and beaten is rare, and does no harm but its moves. Where runs
    are not followed to their end, dearer ones in a run are looked at as well, since some went a detour.
    """
    row, key = s.labels[n], s.keys[n]
    bucket = row[HASH] % len(s.heads)
    x, before = s.heads[bucket], -1
    while x >= 0:
        other = s.keys[x]
        after = other[K_NEXT]
        if other[K_COST] > key[K_COST]:
            break
        gone = False
        if other[K_HASH] == key[K_HASH]:
            if _is_first_no_worse(other, key) and is_same_kind(s.labels[x], row) and _beats(t, q, s, x, n):
                return False
            if _is_first_no_worse(key, other):
                gone = is_same_kind(s.labels[x], row) and _beats(t, q, s, n, x)
        if gone:
            _unlink(s, bucket, before, x)
        else:
            before = x
        x = after
    if q[Q_IS_SINGLE] or (row[OFFER] >= 0 and not q[Q_BY_ORDER]):
        _drop_beaten(t, q, s, n, before, x)
    if before < 0:
        key[K_NEXT] = s.heads[bucket]
        s.heads[bucket] = n
    else:
        key[K_NEXT] = s.keys[before, K_NEXT]
        s.keys[before, K_NEXT] = n
    s.counters[N_HEAP] = push_label(s.heap_key, s.heap_label, s.counters[N_HEAP], rank_of(t, q, s, n), n)
    return True


@lean
def _unlink(s: State, bucket: int, before: int, x: int) -> None:
    """Take a label, now dead, out of its chain, where it stands behind ``before``."""
    s.labels[x, DEAD] = 1
    if before < 0:
        s.heads[bucket] = s.keys[x, K_NEXT]
    else:
        s.keys[before, K_NEXT] = s.keys[x, K_NEXT]


@lean
def _drop_beaten(t: I64, q: I64, s: State, n: int, last: int, first: int) -> None:
    """Take from a chain the labels from ``first`` on, behind ``last``, that label ``n`` beats."""
    bucket = s.labels[n, HASH] % len(s.heads)
    x, before = first, last
    while x >= 0:
        after = s.keys[x, K_NEXT]
        if _is_first_no_worse(s.keys[n], s.keys[x]) and is_same_kind(s.labels[x], s.labels[n]) and _beats(t, q, s, n, x):
            _unlink(s, bucket, before, x)
        else:
            before = x
        x = after


@lean
def is_detour(t: I64, s: State, b: int, a: int) -> bool:
    """Whether label ``b`` of an order went a way that is in nothing better than that of label ``a`` of the same order."""
    one, other = s.labels[a], s.labels[b]
    if one[MINUTE] > other[MINUTE] or one[EMISSION] > other[EMISSION] or one[DRIVEN] > other[DRIVEN] or one[HOME] < other[HOME]:
        return False
    extra = one[COST] - other[COST]
    for word in range(s.bits.shape[1]):
        missing = s.bits[b, word] & ~s.bits[a, word]
        if extra <= 0 and missing != 0:
            extra += bits_cost(t, missing, word)
    return extra <= 0
