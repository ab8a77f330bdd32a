"""The search itself: labels over arrays, compiled by numba.

A label is a row of ``labels`` (see the column names below) and a row of paper bits. The moves are those of docs/model.md, section 4; the
rules by which one label makes another needless are those of docs/routing.md, with their proof.

References
----------
Martins, E. Q. V. (1984). On a multicriteria shortest path problem. European Journal of Operational Research 16(2), 236-245.
https://doi.org/10.1016/0377-2217(84)90077-8

Mandow, L., Pérez de la Cruz, J. L. (2010). Multiobjective A* search with consistent heuristics. Journal of the ACM 57(5), 27.
https://doi.org/10.1145/1754399.1754400
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit  # type: ignore[import-untyped]
from numba.core import cgutils, types  # type: ignore[import-untyped]
from numba.extending import intrinsic  # type: ignore[import-untyped]
from numpy.typing import NDArray

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
    ARRIVE_AT,
    ARRIVE_FIRST,
    BETTER,
    BIT_COST,
    BLOCKED,
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
    CHANGE_FIRST,
    CHANGE_LEAD,
    CHANGE_MOVING,
    CHANGE_WORKING,
    CLOSE_END,
    CLOSE_FIRST,
    CLOSE_START,
    DAY_START,
    DAYS,
    DELAY_END,
    DELAY_FIRST,
    DELAY_MIN,
    DELAY_START,
    DEPART_AT,
    DEPART_EPOCH,
    DEPART_FIRST,
    DETENTION_COST,
    DETENTION_DAYS,
    DETENTION_SLOPE,
    EPOCH_START,
    EPOCHS,
    FIRST_SLOPE,
    HANDLES_DESTINATION,
    HANDLES_ORIGIN,
    HAS_BOX,
    HAS_STORAGE,
    I64,
    IN_FIRST,
    MOST_RISK,
    OFFER_LEAD,
    OFFER_LIMIT,
    OFFER_REST,
    OFFER_TURNS,
    OPEN_END,
    OPEN_FIRST,
    OPEN_START,
    OUT_COUNT,
    PAPER_MASK,
    PLACE_OPEN,
    PLACES,
    Q_ALL_VIAS,
    Q_ARC_BANNED,
    Q_ARC_TOUCH,
    Q_ASKED_AT,
    Q_BETTER_AT_END,
    Q_BY_ORDER,
    Q_DESTINATION,
    Q_DUE_AT,
    Q_DUTY_COST,
    Q_FIRST_LEAD,
    Q_IS_SINGLE,
    Q_LAST_DEPARTURE,
    Q_LEAST_COST,
    Q_MAX_IDLE,
    Q_MAX_LEGS,
    Q_MIXES,
    Q_MOST_UNBOUND,
    Q_READY_AT,
    Q_RETURN_COST,
    Q_RETURN_MIN,
    Q_RIDE_BANNED,
    Q_RIDE_TOUCH,
    Q_RISK_UNIT,
    Q_RISKS,
    Q_WITH_UNCONFIRMED,
    RIDE_BITS,
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
    STORAGE_COST,
    STORAGE_DAYS,
    STORAGE_ROW,
    THROUGH_COST,
    THROUGH_COVERS,
    THROUGH_END,
    THROUGH_FIRST,
    THROUGH_FROM,
    THROUGH_IS_RUN,
    THROUGH_LEG,
    THROUGH_NEXT,
    THROUGH_REF,
    THROUGH_ROW,
    THROUGH_TO,
    THROUGH_TURNS,
    UNCONFIRMED,
    WORDS,
    ZONE,
)

DAY = 1440
NEVER = 1 << 60
ZONES_APART = 26 * 60
"""The local dates of two places differ by less than this."""
SEARCHED_DAYS = 60
RISK_SUMS = 4
"""Sums for which bounds tell what a lead may cost: the three criteria and the order of the search."""
LEVELS = 3
"""Steps in which bounds tell how much of the hours a driver has used; at the last one they are used up."""
RUN_NODES = 2 * (LEVELS + 1)
"""Nodes for each slot: by level, and by whether the vehicle was at home."""

# columns of a label
(
    PLACE, CLASS, MINUTE, COST, EMISSION, LEGS, PARENT, KIND, REF, START, OFFER, EPOCH, DRIVEN, FREE, HOME, LINE, DETENTION, LANDED,
    LANDED_EPOCH, THROUGH, VIAS, INCLUDES, DEAD, VARIANT, NODE, HASH, OPENS, BOUND_AT, RISK, HINT, ORDER,
) = range(31)  # fmt: skip
COLUMNS = 31

# columns of what is compared first
K_COST, K_MINUTE, K_EMISSION, K_HASH, K_NEXT = range(5)
AT_ORIGIN, BY_RIDE, BY_RUN = 0, 1, 2

# counters
N_LABELS, N_HEAP, N_FOUND, N_MADE, IS_FULL, N_CORNERS, N_MARK, N_INSIDE, N_RUN_HEAP, N_ORDER = range(10)
COUNTERS = 10

# columns of what was found
F_COST, F_MINUTE, F_EMISSION, F_LEGS, F_LABEL = range(5)

DONE, FULL, BOUND = 0, 1, 2


class State(NamedTuple):
    """Everything that a search has made so far; grown between calls."""

    labels: NDArray[np.int64]
    bits: NDArray[np.int64]
    keys: NDArray[np.int64]
    """(room, 8): what is compared first, close together; chains of labels of one hash, the cheapest first."""
    heads: NDArray[np.int32]
    heap_key: NDArray[np.float64]
    heap_label: NDArray[np.int64]
    found: NDArray[np.int64]
    counters: NDArray[np.int64]
    floors: NDArray[np.float64]
    """Weights of a cent, a minute and a gram, (mixes, 3); the least of each sum to the destination, (masks, nodes inside, mixes);
    and that of the first sums on ways on which a lead may cost so many units, (units, masks, nodes inside, RISK_SUMS)."""
    local: NDArray[np.int32]
    """(nodes,) number of a node among those inside; -1: no itinerary that is asked for comes there."""
    corners: NDArray[np.float64]
    """(room, mixes): every itinerary that none of the found ones beats is better than one of these in all three; behind the three, the
    sum that last put the corner out of a label's reach, then the weighted sums of the corner."""
    marks: NDArray[np.int64]
    """(places,) the last expansion of a label whose way leads through a place."""
    least: NDArray[np.float64]
    """(mixes,) room for the bounds of one label."""
    run_key: NDArray[np.float64]
    run_label: NDArray[np.int64]
    """A heap of the labels of the orders that are being followed, by minute."""
    run_heads: NDArray[np.int64]
    """(places, 2) the expansion that last had labels of its orders at a place, and the last of them."""


def _bare(_typing: Any, array: types.Array) -> Any:
    """The same array without an owner.

    Each use of an array that has one counts it up and down, atomically; that was half the time of a search. For arguments alone: the
    caller keeps their owner, while an array made here would be freed after its last use by name.
    """

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        found = context.make_array(signature.args[0])(context, builder, args[0])
        found.meminfo = cgutils.get_null_value(found.meminfo.type)  # type: ignore[no-untyped-call]
        found.parent = cgutils.get_null_value(found.parent.type)  # type: ignore[no-untyped-call]
        return found._getvalue()

    return array(array), generate


bare: Any = intrinsic(_bare)


@njit(cache=True)
def cell(t: I64, table: int, index: int) -> int:
    """One value of a table, the tables lying one behind the other with their places in front."""
    return t[t[table] + index]


@njit(cache=True)
def _floor(q: I64, s: State, mask: int, criterion: int, node: int) -> float:
    at = s.local[node]
    if at < 0:
        return np.inf
    inside, masks = s.counters[N_INSIDE], q[Q_ALL_VIAS] + 1
    if mask < masks:
        return s.floors[3 * q[Q_MIXES] + (mask * inside + at) * q[Q_MIXES] + criterion]
    return s.floors[(3 + masks * inside) * q[Q_MIXES] + ((mask - masks) * inside + at) * RISK_SUMS + criterion]


@njit(cache=True)
def _starts(t: I64, place: int) -> I64:
    """Local midnights at which the later epochs begin at a place."""
    first = t[EPOCH_START] + cell(t, ZONE, place) * (t[EPOCHS] - 1)
    return t[first : first + t[EPOCHS] - 1]


@njit(cache=True)
def _epoch(t: I64, place: int, minute: int) -> int:
    return np.searchsorted(_starts(t, place), minute, side="right")


@njit(cache=True)
def _next_open(t: I64, subject: int, zone: int, minute: int) -> int:
    """The first open minute at or after ``minute``; -1 if there is none within 60 days."""
    if subject < 0:
        return minute
    first, last = cell(t, OPEN_FIRST, subject), cell(t, OPEN_FIRST, subject + 1)
    at = first + np.searchsorted(t[t[OPEN_END] + first : t[OPEN_END] + last], minute, side="right")
    if at >= last:
        return -1
    days = t[t[DAY_START] + zone * t[DAYS] : t[DAY_START] + (zone + 1) * t[DAYS]]
    day = np.searchsorted(days, minute, side="right") - 1
    if day + SEARCHED_DAYS < len(days) and cell(t, OPEN_START, at) >= days[day + SEARCHED_DAYS]:
        return -1
    return max(minute, cell(t, OPEN_START, at))


@njit(cache=True)
def _last_open(t: I64, subject: int, zone: int, minute: int) -> int:
    """The last open minute at or before ``minute``; -1 if there is none within 60 days."""
    if subject < 0:
        return minute
    first, last = cell(t, OPEN_FIRST, subject), cell(t, OPEN_FIRST, subject + 1)
    at = first + np.searchsorted(t[t[OPEN_START] + first : t[OPEN_START] + last], minute, side="right") - 1
    if at < first:
        return -1
    days = t[t[DAY_START] + zone * t[DAYS] : t[DAY_START] + (zone + 1) * t[DAYS]]
    day = np.searchsorted(days, minute, side="right") - 1
    if day - SEARCHED_DAYS + 1 >= 0 and cell(t, OPEN_START, at) < days[day - SEARCHED_DAYS + 1]:
        return -1
    return min(minute, cell(t, OPEN_END, at) - 1)


@njit(cache=True)
def _change_row(t: I64, place: int, came: int, goes: int, minute: int) -> int:
    return cell(t, CHANGE_FIRST, place) + (came * cell(t, OUT_COUNT, place) + goes) * (t[EPOCHS]) + _epoch(t, place, minute)


@njit(cache=True)
def _handled_from(t: I64, place: int, row: int, gate_in: int) -> int:
    return _next_open(t, cell(t, PLACE_OPEN, place * 2 + cell(t, CHANGE_WORKING, row)), cell(t, ZONE, place), gate_in)


@njit(cache=True)
def _storage(t: I64, labels: NDArray[np.int64], x: int, gate_in: int, until: int) -> int:
    place = labels[x, PLACE]
    if labels[x, KIND] == AT_ORIGIN or not cell(t, HAS_STORAGE, place):
        return 0
    epochs = t[EPOCHS]
    row = cell(t, STORAGE_ROW, (cell(t, IN_FIRST, place) + labels[x, CLASS]) * epochs + _epoch(t, place, gate_in))
    if row < 0:
        return 0
    days = (until - gate_in + DAY - 1) // DAY
    return cell(t, STORAGE_COST, row * t[STORAGE_DAYS] + min(days, t[STORAGE_DAYS] - 1))


@njit(cache=True)
def _bits_cost(t: I64, missing: int, word: int) -> int:
    total = 0
    bit = word * 64
    while missing != 0:
        if missing & 1:
            total += cell(t, BIT_COST, bit)
        missing = (missing >> 1) & 0x7FFFFFFFFFFFFFFF
        bit += 1
    return total


@njit(cache=True)
def _add_bits(t: I64, s: State, n: int, at_word: int) -> int:
    """Add papers to the label in the making; what they cost that it had not."""
    cost = 0
    for word in range(s.bits.shape[1]):
        new = t[at_word + word] & ~s.bits[n, word]
        if new != 0:
            cost += _bits_cost(t, new, word)
            s.bits[n, word] |= new
    return cost


@njit(cache=True)
def _mark_way(s: State, x: int) -> None:
    """Mark the places that a label has come through, for :func:`_was_passed`."""
    s.counters[N_MARK] += 1
    while x >= 0:
        s.marks[s.labels[x, PLACE]] = s.counters[N_MARK]
        x = s.labels[x, PARENT]


@njit(cache=True)
def _was_passed(s: State, place: int) -> bool:
    return s.marks[place] == s.counters[N_MARK]


@njit(cache=True)
def _may_end(s: State, x: int) -> bool:
    return s.labels[x, OFFER] < 0 or s.labels[x, HOME] == 1


@njit(cache=True)
def _bounds(t: I64, q: I64, s: State, x: int) -> tuple[float, float, float]:
    """Least cost, minutes and CO2e that a label still needs."""
    node, mask = s.labels[x, NODE], s.labels[x, VIAS]
    through = s.labels[x, THROUGH]
    cost = _floor(q, s, mask, 0, node) if through < 0 else _floor(q, s, q[Q_ALL_VIAS], 0, cell(t, THROUGH_END, through))
    return cost, _floor(q, s, mask, 1, node), _floor(q, s, mask, 2, node)


@njit(cache=True)
def _rank(t: I64, q: I64, s: State, x: int) -> float:
    """Least weighted sum of the itineraries that a label may become."""
    w, row = s.floors[9:12], s.labels[x]
    spent = w[0] * row[COST] + w[1] * (row[MINUTE] - q[Q_READY_AT]) + w[2] * row[EMISSION]
    if row[THROUGH] < 0:
        return spent + _floor(q, s, row[VIAS], 3, row[NODE])
    cost, minutes, emission = _bounds(t, q, s, x)
    return spent + w[0] * cost + w[1] * minutes + w[2] * emission


@njit(cache=True)
def _is_hopeless(t: I64, q: I64, s: State, x: int) -> bool:
    """Whether nothing that a label may become can be among the answers."""
    cost, minutes, emission = _bounds(t, q, s, x)
    if cost == np.inf or minutes == np.inf or emission == np.inf:
        return True
    row = s.labels[x]
    if row[MINUTE] + minutes > q[Q_DUE_AT]:
        return True
    if q[Q_IS_SINGLE]:
        rank = _rank(t, q, s, x)
        return rank == np.inf or (s.counters[N_FOUND] > 0 and rank > _found_rank(q, s, 0) + 1e-6)
    return not _may_beat(q, s, x, row[VIAS], row[COST] + cost, row[MINUTE] + minutes, row[EMISSION] + emission)


@njit(cache=True)
def _may_beat(q: I64, s: State, x: int, mask: int, cost: float, minute: float, emission: float) -> bool:
    """Whether a label that must cost, last and emit at least so much may become an itinerary that none of the found ones beats.

    Such an itinerary is better in all three than one of the corners of the region that the found ones leave open. A corner is out of
    reach if one of the three bounds, or the bound of one weighted sum, lies beyond it.
    """
    row, mixes = s.labels[x], q[Q_MIXES]
    minutes = minute - q[Q_READY_AT]
    least = s.least
    many = 0
    if row[THROUGH] < 0 and mask <= q[Q_ALL_VIAS]:
        many = mixes
        first = 3 * mixes + (mask * s.counters[N_INSIDE] + s.local[row[NODE]]) * mixes
        spent_minutes = row[MINUTE] - q[Q_READY_AT]
        for m in range(4, mixes):
            least[m] = (
                s.floors[first + m]
                + s.floors[3 * m] * row[COST]
                + s.floors[3 * m + 1] * spent_minutes
                + s.floors[3 * m + 2] * row[EMISSION]
            )
    corners, count, hint = s.corners, s.counters[N_CORNERS], row[HINT]
    for x in range(-1 if hint < count else 0, count):
        i = hint if x < 0 else x
        if cost >= corners[i, 0] or minutes >= corners[i, 1] or emission >= corners[i, 2]:
            continue
        if many <= 4 or not _is_beyond(corners, least, i, many):  # no sums beside the three pure ones and that of the order
            row[HINT] = i
            return True
    return False


@njit(cache=True)
def _is_beyond(corners: NDArray[np.float64], least: NDArray[np.float64], i: int, many: int) -> bool:
    """Whether the bound of some weighted sum lies beyond a corner; the sum is asked first the next time."""
    last = int(corners[i, 3])
    if least[last] >= corners[i, last]:
        return True
    for m in range(4, many):
        if least[m] >= corners[i, m]:
            corners[i, 3] = m
            return True
    return False


@njit(cache=True)
def _cut_corners(q: I64, s: State, cost: int, minute: int, emission: int) -> None:
    """Take from the open region what a new itinerary beats.

    Klamroth, K., Lacour, R., Vanderpooten, D. (2015). On the representation of the search region in multi-objective optimization.
    European Journal of Operational Research 245(3), 767-778. https://doi.org/10.1016/j.ejor.2015.03.031
    """
    z = np.array([cost, minute - q[Q_READY_AT], emission], np.float64)
    count = s.counters[N_CORNERS]
    new = np.empty((3 * count, q[Q_MIXES]))
    kept, made = 0, 0
    for i in range(count):
        if z[0] < s.corners[i, 0] and z[1] < s.corners[i, 1] and z[2] < s.corners[i, 2]:
            for c in range(3):
                if z[c] <= q[Q_LEAST_COST + c]:
                    continue
                new[made] = s.corners[i]
                new[made, c] = z[c]
                for m in range(4, q[Q_MIXES]):
                    new[made, m] = s.floors[3 * m] * new[made, 0] + s.floors[3 * m + 1] * new[made, 1] + s.floors[3 * m + 2] * new[made, 2]
                made += 1
        else:
            s.corners[kept] = s.corners[i]
            kept += 1
    old = kept
    for i in range(made):
        is_needless = False
        for j in range(old):
            if (new[i, :3] <= s.corners[j, :3]).all():
                is_needless = True
                break
        for j in range(made):
            if not is_needless and j != i and (new[i, :3] <= new[j, :3]).all() and ((new[i, :3] < new[j, :3]).any() or j < i):
                is_needless = True
        if not is_needless:
            if kept >= len(s.corners) - 1:
                s.counters[IS_FULL] = 1
                break
            s.corners[kept] = new[i]
            kept += 1
    s.counters[N_CORNERS] = kept


@njit(cache=True)
def _found_rank(q: I64, s: State, i: int) -> float:
    w, one = s.floors[9:12], s.found[i]
    return w[0] * one[F_COST] + w[1] * (one[F_MINUTE] - q[Q_READY_AT]) + w[2] * one[F_EMISSION]


@njit(cache=True)
def _key_of(s: State, x: int) -> int:
    row = s.labels[x]
    key = row[PLACE]
    for column in (OFFER, EPOCH, FREE, LINE, DETENTION, LANDED_EPOCH, THROUGH, VIAS, INCLUDES, CLASS):
        key = (key * 1_000_003 + row[column]) & 0x3FFFFFFFFFFF
    return key


@njit(cache=True)
def _is_same_kind(one: NDArray[np.int64], other: NDArray[np.int64]) -> bool:
    if one[HASH] != other[HASH]:
        return False
    for column in (PLACE, OFFER, EPOCH, FREE, LINE, DETENTION, LANDED_EPOCH, THROUGH, VIAS, INCLUDES, CLASS):
        if one[column] != other[column]:
            return False
    return True


@njit(cache=True)
def _lead_cost(t: I64, q: I64, s: State, a: int, b: int, ahead: int) -> int:
    """The most that label ``a`` may pay for waiting beyond label ``b`` that comes ``ahead`` minutes later (docs/routing.md, rule D)."""
    units = s.labels[b, RISK]
    if units < 0:
        units = s.labels[b, RISK] = _risk_of(t, q, s, b)
    if units == 0:
        return 0
    if units == q[Q_RISKS]:
        return 2 * (q[Q_MAX_LEGS] + t[PLACES]) * t[t[MOST_RISK]]
    days = (ahead + DAY - 1) // DAY
    return days * cell(t, FIRST_SLOPE, s.labels[a, PLACE]) + (units - 1) * q[Q_RISK_UNIT]


@njit(cache=True)
def _risk_of(t: I64, q: I64, s: State, b: int) -> int:
    """Units of the most that a lead over label ``b`` may cost on a way that is not beaten already, and one for the first wait."""
    row, masks = s.labels[b], q[Q_ALL_VIAS] + 1
    if row[THROUGH] >= 0:
        return q[Q_RISKS]
    for units in range(1, q[Q_RISKS] + 1):
        if _is_risk_vain(q, s, b, row[VIAS] + units * masks):
            return units - 1
    return q[Q_RISKS]


@njit(cache=True)
def _is_risk_vain(q: I64, s: State, b: int, mask: int) -> bool:
    row, count = s.labels[b], s.counters[N_FOUND]
    node = row[NODE]
    if q[Q_IS_SINGLE]:
        least = _floor(q, s, mask, 3, node)
        w = s.floors[9:12]
        least += w[0] * row[COST] + w[1] * (row[MINUTE] - q[Q_READY_AT]) + w[2] * row[EMISSION]
        return least == np.inf or (count > 0 and least > _found_rank(q, s, 0))
    cost, minute = row[COST] + _floor(q, s, mask, 0, node), row[MINUTE] + _floor(q, s, mask, 1, node)
    emission = row[EMISSION] + _floor(q, s, mask, 2, node)
    if cost == np.inf or minute == np.inf or emission == np.inf:
        return True
    return not _may_beat(q, s, b, mask, cost, minute, emission)


@njit(cache=True)
def _is_late_hope_vain(t: I64, q: I64, s: State, b: int, from_minute: int) -> bool:
    """Whether every itinerary of label ``b`` that uses what gets better after ``from_minute`` is beaten already.

    The first betterment after it is at an epoch start, and the itinerary cannot arrive before that.
    """
    row = s.labels[b]
    starts = _starts(t, row[PLACE])
    at = np.searchsorted(starts, from_minute, side="right")
    if at >= len(starts):
        return True
    cost, minutes, emission = _bounds(t, q, s, b)
    minute = max(starts[at] - ZONES_APART, row[MINUTE] + minutes)
    cost += row[COST]
    emission += row[EMISSION]
    if q[Q_IS_SINGLE]:
        least = s.floors[9] * cost + s.floors[10] * (minute - q[Q_READY_AT]) + s.floors[11] * emission
        return s.counters[N_FOUND] > 0 and least > _found_rank(q, s, 0)
    return not _may_beat(q, s, b, row[VIAS], cost, minute, emission)


@njit(cache=True)
def _is_behind(q: I64, s: State, one: NDArray[np.int64], other: NDArray[np.int64], extra: int) -> bool:
    """Whether a label that pays ``extra`` cents more is worse in something that the search asks for."""
    cost, minutes, emission = one[COST] + extra - other[COST], one[MINUTE] - other[MINUTE], one[EMISSION] - other[EMISSION]
    if q[Q_IS_SINGLE]:
        return s.floors[9] * cost + s.floors[10] * minutes + s.floors[11] * emission > 0
    return cost > 0 or emission > 0


@njit(cache=True)
def _beats(t: I64, q: I64, s: State, a: int, b: int) -> bool:
    """Whether whatever follows label ``b`` could follow ``a``, and be no worse (docs/routing.md, rule D)."""
    one, other = s.labels[a], s.labels[b]
    if one[MINUTE] > other[MINUTE] or one[LEGS] > other[LEGS] or one[HOME] < other[HOME] or _is_behind(q, s, one, other, 0):
        return False
    extra = 0
    for word in range(s.bits.shape[1]):
        missing = s.bits[b, word] & ~s.bits[a, word]
        if missing != 0:
            extra += _bits_cost(t, missing, word)
    if one[DRIVEN] > other[DRIVEN]:
        return False
    if one[OFFER] >= 0 and one[ORDER] == other[ORDER] and _is_detour(t, s, b, a):
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


@njit(cache=True)
def _gets_better(t: I64, q: I64, one: NDArray[np.int64], other: NDArray[np.int64]) -> bool:
    """Whether something may get better after the first label comes and before both could next board the same departure."""
    starts, place = _starts(t, one[PLACE]), one[PLACE]
    until = other[BOUND_AT] + q[Q_MOST_UNBOUND] + ZONES_APART
    for k in range(_epoch(t, place, one[MINUTE]) + 1, t[EPOCHS]):
        if starts[k - 1] > until:
            return False
        if cell(t, BETTER, place * t[EPOCHS] + k) or cell(q, Q_BETTER_AT_END, k):
            return True
    return False


@njit(cache=True)
def _is_first_no_worse(one: I64, other: I64, by_cost: bool) -> bool:
    if one[K_MINUTE] > other[K_MINUTE]:
        return False
    return not by_cost or (one[K_COST] <= other[K_COST] and one[K_EMISSION] <= other[K_EMISSION])


@njit(cache=True)
def _is_promising(t: I64, q: I64, s: State, n: int) -> bool:
    """Whether the label in the making, at row ``n``, may become an answer; if so it gets what it is compared by."""
    row = s.labels[n]
    if row[PLACE] == q[Q_DESTINATION] and row[VIAS] != q[Q_ALL_VIAS]:
        return False
    row[RISK], row[DEAD] = -1, 0
    if _is_hopeless(t, q, s, n):
        return False
    row[HASH] = _key_of(s, n)
    key = s.keys[n]
    key[K_HASH], key[K_COST], key[K_MINUTE], key[K_EMISSION] = row[HASH], row[COST], row[MINUTE], row[EMISSION]
    return True


@njit(cache=True)
def _settle(t: I64, q: I64, s: State) -> None:
    """Keep the label in the making, at row ``n``, unless it is hopeless or beaten."""
    n = s.counters[N_LABELS]
    if _is_promising(t, q, s, n) and _enter(t, q, s, n):
        s.counters[N_LABELS] = n + 1
        s.counters[N_MADE] += 1


@njit(cache=True)
def _enter(t: I64, q: I64, s: State, n: int) -> bool:
    """Put a label among those of its kind, to be followed, unless one of them beats it; those that it beats are dead.

    Where all itineraries are asked for, labels of one kind lie in order of cost, and only those that are no dearer are looked at: one
    that is dearer and beaten is rare, and does no harm but its moves. Where runs are not followed to their end, dearer ones in a run are
    looked at as well, since some went a detour.
    """
    row, key = s.labels[n], s.keys[n]
    bucket = row[HASH] % len(s.heads)
    by_cost = not q[Q_IS_SINGLE]
    x, before = s.heads[bucket], -1
    while x >= 0:
        other = s.keys[x]
        after = other[K_NEXT]
        if by_cost and other[K_COST] > key[K_COST]:
            break
        gone = False
        if other[K_HASH] == key[K_HASH]:
            if _is_first_no_worse(other, key, by_cost) and _is_same_kind(s.labels[x], row) and _beats(t, q, s, x, n):
                return False
            if _is_first_no_worse(key, other, by_cost):
                gone = _is_same_kind(s.labels[x], row) and _beats(t, q, s, n, x)
        if gone:
            _unlink(s, bucket, before, x)
        else:
            before = x
        x = after
    if by_cost and row[OFFER] >= 0 and not q[Q_BY_ORDER]:
        _drop_detours(t, q, s, n, before, x)
    if before < 0 or not by_cost:
        key[K_NEXT] = s.heads[bucket]
        s.heads[bucket] = n
    else:
        key[K_NEXT] = s.keys[before, K_NEXT]
        s.keys[before, K_NEXT] = n
    s.counters[N_HEAP] = _heap_push(s.heap_key, s.heap_label, s.counters[N_HEAP], _rank(t, q, s, n), n)
    return True


@njit(cache=True)
def _unlink(s: State, bucket: int, before: int, x: int) -> None:
    """Take a label, now dead, out of its chain, where it stands behind ``before``."""
    s.labels[x, DEAD] = 1
    if before < 0:
        s.heads[bucket] = s.keys[x, K_NEXT]
    else:
        s.keys[before, K_NEXT] = s.keys[x, K_NEXT]


@njit(cache=True)
def _drop_detours(t: I64, q: I64, s: State, n: int, last: int, first: int) -> None:
    """Take from a chain the labels from ``first`` on, behind ``last``, that label ``n`` beats."""
    bucket = s.labels[n, HASH] % len(s.heads)
    x, before = first, last
    while x >= 0:
        after = s.keys[x, K_NEXT]
        if _is_first_no_worse(s.keys[n], s.keys[x], True) and _is_same_kind(s.labels[x], s.labels[n]) and _beats(t, q, s, n, x):
            _unlink(s, bucket, before, x)
        else:
            before = x
        x = after


@njit(cache=True)
def _is_detour(t: I64, s: State, b: int, a: int) -> bool:
    """Whether label ``b`` of an order went a way that is in nothing better than that of label ``a`` of the same order."""
    one, other = s.labels[a], s.labels[b]
    if one[MINUTE] > other[MINUTE] or one[EMISSION] > other[EMISSION] or one[DRIVEN] > other[DRIVEN] or one[HOME] < other[HOME]:
        return False
    extra = one[COST] - other[COST]
    for word in range(s.bits.shape[1]):
        missing = s.bits[b, word] & ~s.bits[a, word]
        if extra <= 0 and missing != 0:
            extra += _bits_cost(t, missing, word)
    return extra <= 0


@njit(cache=True)
def _keep_in_run(t: I64, q: I64, s: State) -> None:
    """Keep the label in the making among those of the orders that are being followed, unless it is hopeless or went a detour."""
    c = s.counters
    n = c[N_LABELS]
    if not _is_promising(t, q, s, n):
        return
    row, head = s.labels[n], s.run_heads[s.labels[n, PLACE]]
    if head[0] != c[N_ORDER]:
        head[0], head[1] = c[N_ORDER], -1
    x = head[1]
    while x >= 0:
        if not s.labels[x, DEAD] and _is_same_kind(s.labels[x], row):
            if _is_detour(t, s, n, x):
                return
            if _is_detour(t, s, x, n):
                s.labels[x, DEAD] = 1
        x = s.keys[x, K_NEXT]
    s.keys[n, K_NEXT] = head[1]
    head[1] = n
    c[N_LABELS] = n + 1
    c[N_MADE] += 1
    c[N_RUN_HEAP] = _heap_push(s.run_key, s.run_label, c[N_RUN_HEAP], row[MINUTE], n)


@njit(cache=True)
def _drive_on(t: I64, q: I64, s: State, x: int) -> None:
    """Make the next moves of the run in which a label is."""
    place, through, offer = s.labels[x, PLACE], s.labels[x, THROUGH], s.labels[x, OFFER]
    if through >= 0 and (
        cell(t, THROUGH_IS_RUN, through) == 0 or cell(t, THROUGH_REF, through) != offer or cell(t, THROUGH_FROM, through) == place
    ):
        return
    _mark_way(s, x)
    for a in range(cell(t, ARC_FIRST, place), cell(t, ARC_FIRST, place + 1)):
        if cell(t, ARC_OFFER, a) == offer and not _was_passed(s, cell(t, ARC_TO, a)):
            _continue_run(t, q, s, x, a)


@njit(cache=True)
def _follow_orders(t: I64, q: I64, s: State, first: int) -> None:
    """Drive on with all labels from ``first`` on, just ordered, to wherever their vehicles may come; then let them enter the search.

    All ways of an order are known before any of its labels is compared with those of others, so that none is beaten by a detour.
    """
    c = s.counters
    while c[N_RUN_HEAP] > 0 and not c[IS_FULL]:
        x = s.run_label[0]
        c[N_RUN_HEAP] = _heap_pop(s.run_key, s.run_label, c[N_RUN_HEAP])
        if not s.labels[x, DEAD] and s.labels[x, PLACE] != q[Q_DESTINATION]:
            _drive_on(t, q, s, x)
    if c[IS_FULL]:
        c[N_MADE] -= c[N_LABELS] - first
        c[N_LABELS], c[N_RUN_HEAP] = first, 0
        return
    for x in range(first, c[N_LABELS]):
        if not s.labels[x, DEAD] and not _enter(t, q, s, x):
            s.labels[x, DEAD] = 1


@njit(cache=True)
def _heap_push(keys: NDArray[np.float64], ones: I64, count: int, key: float, label: int) -> int:
    """Put a label into a heap, the least key first; gives the size of the heap."""
    at = count
    while at > 0:
        up = (at - 1) >> 1
        if keys[up] < key or (keys[up] == key and ones[up] < label):
            break
        keys[at], ones[at] = keys[up], ones[up]
        at = up
    keys[at], ones[at] = key, label
    return count + 1


@njit(cache=True)
def _heap_pop(keys: NDArray[np.float64], ones: I64, size: int) -> int:
    """Take the first label out of a heap; gives the size of the heap."""
    count = size - 1
    last_key, last = keys[count], ones[count]
    at = 0
    while True:
        down = 2 * at + 1
        if down >= count:
            break
        if down + 1 < count and (keys[down + 1] < keys[down] or (keys[down + 1] == keys[down] and ones[down + 1] < ones[down])):
            down += 1
        if last_key < keys[down] or (last_key == keys[down] and last < ones[down]):
            break
        keys[at], ones[at] = keys[down], ones[down]
        at = down
    keys[at], ones[at] = last_key, last
    return count


@njit(cache=True)
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
            minute = _next_open(t, cell(t, ARC_OPEN, a), zone, minute)
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


@njit(cache=True)
def _copy(s: State, x: int, n: int) -> None:
    s.labels[n] = s.labels[x]
    s.labels[n, PARENT] = x
    for word in range(s.bits.shape[1]):
        s.bits[n, word] = s.bits[x, word]


@njit(cache=True)
def _run_node(t: I64, row: I64) -> int:
    """Node of goods in a run; a vehicle that was not yet home may not unload, and a tired driver rests for each minute."""
    limit = cell(t, OFFER_LIMIT, row[OFFER])
    level = row[DRIVEN] * LEVELS // limit if limit > 0 else 0
    return cell(t, IN_FIRST, t[PLACES]) + RUN_NODES * cell(t, ARC_SLOT_TO, row[REF]) + 2 * level + row[HOME]


@njit(cache=True)
def _go(t: I64, q: I64, s: State, x: int, a: int, k: int, minute: int, n: int, variant: int) -> None:
    """Drive arc ``a`` with the label in the making; cost so far, papers and run state stand in its row."""
    arrives, driven = _drive(t, q, a, k, minute, s.labels[n, DRIVEN])
    if arrives < 0:
        return
    row = s.labels[n]
    price = k + t[EPOCHS] * (a if variant == 0 else cell(t, THROUGH_ROW, variant - 1) + cell(t, ARC_RANK, a))
    row[COST] += cell(t, ARC_COST, price) + _add_bits(t, s, n, t[ARC_BITS] + price * t[WORDS])
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
        _settle(t, q, s)


@njit(cache=True)
def _continue_run(t: I64, q: I64, s: State, x: int, a: int) -> None:
    k = s.labels[x, EPOCH]
    if cell(q, Q_ARC_BANNED, a) or not _may_use(q, cell(t, ARC_STATE, a * t[EPOCHS] + k)):
        return
    n = s.counters[N_LABELS]
    if n >= len(s.labels) - 1:
        s.counters[IS_FULL] = 1
        return
    _copy(s, x, n)
    s.labels[n, OPENS] = 0
    s.labels[n, START] = s.labels[x, MINUTE]
    _go(t, q, s, x, a, k, s.labels[x, MINUTE], n, s.labels[x, THROUGH] + 1)


@njit(cache=True)
def _may_use(q: I64, state: int) -> bool:
    return state != BLOCKED and (state != UNCONFIRMED or q[Q_WITH_UNCONFIRMED])


@njit(cache=True)
def _start_run(t: I64, q: I64, s: State, x: int, a: int, through: int) -> None:
    """Order haulage at label ``x`` for a run that begins with arc ``a``, as leg ``through`` of a through rate if >= 0."""
    row, place = s.labels[x], s.labels[x, PLACE]
    offer = cell(t, ARC_OFFER, a)
    change = _change_row(t, place, row[CLASS], cell(t, ARC_OUT, a), row[MINUTE])
    if cell(t, CHANGE_BLOCKED, change):
        return
    handled = _handled_from(t, place, change, row[MINUTE])
    if handled < 0:
        return
    handled += cell(t, CHANGE_DURATION, change)
    lead = cell(t, CHANGE_LEAD, change)
    if row[KIND] == AT_ORIGIN:
        lead = max(lead, q[Q_FIRST_LEAD])
    base = max(handled, q[Q_ASKED_AT] + cell(t, OFFER_LEAD, offer), q[Q_ASKED_AT] + lead)
    _order_run(t, q, s, x, a, through, base)
    starts = _starts(t, place)
    for k in range(_epoch(t, place, base) + 1, len(starts) + 1):
        if starts[k - 1] > base + q[Q_MAX_IDLE]:
            break
        if cell(t, OFFER_TURNS, offer * t[EPOCHS] + k):
            _order_run(t, q, s, x, a, through, starts[k - 1])


@njit(cache=True)
def _order_run(t: I64, q: I64, s: State, x: int, a: int, through: int, earliest: int) -> None:
    """Start a run at ``earliest``, or when the papers of its first arc are there."""
    if earliest > q[Q_LAST_DEPARTURE]:
        return
    row, place, offer = s.labels[x], s.labels[x, PLACE], cell(t, ARC_OFFER, a)
    k = _epoch(t, place, earliest)
    if q[Q_ASKED_AT] + cell(t, ARC_LEAD, a * t[EPOCHS] + k) > earliest:
        earliest = q[Q_ASKED_AT] + cell(t, ARC_LEAD, a * t[EPOCHS] + k)
        k = _epoch(t, place, earliest)
    if not _may_use(q, cell(t, ARC_STATE, a * t[EPOCHS] + k)):
        return
    n = s.counters[N_LABELS]
    if n >= len(s.labels) - 1:
        s.counters[IS_FULL] = 1
        return
    came, goes = row[CLASS], cell(t, ARC_OUT, a)
    change = _change_row(t, place, came, goes, row[MINUTE])
    gate_in = row[MINUTE]
    if row[FREE] == 1:
        late = _last_open(
            t,
            cell(t, PLACE_OPEN, place * 2 + cell(t, CHANGE_WORKING, change)),
            cell(t, ZONE, place),
            earliest - cell(t, CHANGE_DURATION, change),
        )
        if late > gate_in:
            gate_in = late
            change = _change_row(t, place, came, goes, gate_in)
            handled = _handled_from(t, place, change, gate_in)
            if cell(t, CHANGE_BLOCKED, change) or handled < 0 or handled + cell(t, CHANGE_DURATION, change) > earliest:
                return
    price = 0
    if through >= 0:
        price = cell(t, THROUGH_COST, through * t[EPOCHS] + k)
        if price < 0:
            return
    cost = cell(t, CHANGE_COST, change) + _storage(t, s.labels, x, gate_in, earliest) + price
    if not (row[INCLUDES] or (through >= 0 and cell(t, THROUGH_COVERS, through))):
        cost += cell(t, CHANGE_MOVING, change)
    _copy(s, x, n)
    new = s.labels[n]
    for word in range(s.bits.shape[1]):
        s.bits[n, word] &= cell(t, PAPER_MASK, word)
    new[COST] += cost + _add_bits(t, s, n, t[CHANGE_BITS] + change * t[WORDS])
    new[EMISSION] += cell(t, CHANGE_EMISSION, change)
    new[LEGS] += 1
    new[OFFER], new[EPOCH], new[DRIVEN] = offer, k, 0
    new[FREE] = 1 if row[KIND] == AT_ORIGIN or not cell(t, HAS_STORAGE, place) else 0
    new[HOME] = cell(t, ARC_HOME_FROM, a)
    new[THROUGH] = through
    new[OPENS], new[START], new[ORDER] = 1, earliest, x
    _go(t, q, s, x, a, k, earliest, n, through + 1)


@njit(cache=True)
def _board(t: I64, q: I64, s: State, x: int, b: int, through: int) -> None:
    """Board a service for every stop after; ``through`` is the open leg of a through rate, or -1."""
    row, place = s.labels[x], s.labels[x, PLACE]
    first, last = cell(t, DEPART_FIRST, b), cell(t, DEPART_FIRST, b + 1)
    early = _change_row(t, place, row[CLASS], cell(t, BOARD_OUT, b), row[MINUTE])
    handled = _handled_from(t, place, early, row[MINUTE])
    if handled < 0:
        return
    handled += cell(t, CHANGE_DURATION, early)
    departs = t[t[DEPART_AT] + first : t[DEPART_AT] + last]
    d = first + np.searchsorted(departs, handled + cell(t, BOARD_CUTOFF, b))
    last = first + np.searchsorted(departs, q[Q_LAST_DEPARTURE], side="right")
    if d >= last:
        return
    for r in range(cell(t, RIDE_FIRST, b), cell(t, RIDE_FIRST, b + 1)):
        if cell(q, Q_RIDE_BANNED, r) or _was_passed(s, cell(t, RIDE_TO, r)):
            continue
        if through >= 0:
            if cell(t, THROUGH_TO, through) == cell(t, RIDE_TO, r):
                _ride(t, q, s, x, b, r, d, last, early, through)
            continue
        _ride(t, q, s, x, b, r, d, last, early, -1)
        for i in range(cell(t, THROUGH_FIRST, place), cell(t, THROUGH_FIRST, place + 1)):
            g = cell(t, THROUGH_LEG, i)
            if (
                not cell(t, THROUGH_IS_RUN, g)
                and cell(t, THROUGH_REF, g) == cell(t, BOARD_SERVICE, b)
                and cell(t, THROUGH_TO, g) == cell(t, RIDE_TO, r)
            ):
                _ride(t, q, s, x, b, r, d, last, early, g)


@njit(cache=True)
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
        if arrives < 0 or not _may_use(q, cell(t, RIDE_STATE, r * t[EPOCHS] + k)):
            continue
        if through < 0 and not cell(t, RIDE_PRICED, r * t[EPOCHS] + k):
            continue
        if through >= 0 and cell(t, THROUGH_COST, through * t[EPOCHS] + k) < 0:
            continue
        if row[FREE] == 1:
            opening = cell(t, PLACE_OPEN, place * 2 + cell(t, CHANGE_WORKING, change))
            late = _last_open(t, opening, cell(t, ZONE, place), cutoff - cell(t, CHANGE_DURATION, change))
            if late > gate_in:
                gate_in = late
                change = _change_row(t, place, row[CLASS], cell(t, BOARD_OUT, b), gate_in)
                ready = _handled_from(t, place, change, gate_in)
                if ready < 0 or ready + cell(t, CHANGE_DURATION, change) > cutoff:
                    continue
        lead = max(cell(t, CHANGE_LEAD, change), cell(t, RIDE_LEAD, r * t[EPOCHS] + k))
        if row[KIND] == AT_ORIGIN:
            lead = max(lead, q[Q_FIRST_LEAD])
        if cell(t, CHANGE_BLOCKED, change) or q[Q_ASKED_AT] + lead > departs - cell(t, BOARD_PAPERS, b):
            continue
        _alight(t, q, s, x, b, r, k, departs, arrives, change, _storage(t, s.labels, x, gate_in, departs), through)
        if s.counters[IS_FULL]:
            return
        is_first, taken = False, k


@njit(cache=True)
def _turns(t: I64, r: int, k: int, through: int) -> bool:
    if cell(t, RIDE_TURNS, r * t[EPOCHS] + k):
        return True
    return through >= 0 and cell(t, THROUGH_TURNS, through * t[EPOCHS] + k) == 1


@njit(cache=True)
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
    _copy(s, x, n)
    row = s.labels[n]
    for word in range(s.bits.shape[1]):
        s.bits[n, word] &= cell(t, PAPER_MASK, word)
    row[COST] += (
        cost + _add_bits(t, s, n, t[CHANGE_BITS] + change * t[WORDS]) + _add_bits(t, s, n, t[RIDE_BITS] + (r * t[EPOCHS] + k) * t[WORDS])
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
            row[LANDED], row[LANDED_EPOCH] = arrives, _epoch(t, place, arrives)
    row[VIAS] |= cell(q, Q_RIDE_TOUCH, r)
    row[THROUGH] = -1 if through < 0 else cell(t, THROUGH_NEXT, through)
    row[NODE] = cell(t, IN_FIRST, place) + row[CLASS]
    _settle(t, q, s)


@njit(cache=True)
def _finish(t: I64, q: I64, s: State, x: int) -> None:
    """Deliver at the destination."""
    row = s.labels[x]
    place = row[PLACE]
    if row[THROUGH] >= 0 or not _may_end(s, x):
        return
    change = _change_row(t, place, row[CLASS], cell(t, OUT_COUNT, place) - 1, row[MINUTE])
    handled = _handled_from(t, place, change, row[MINUTE])
    if handled < 0 or cell(t, CHANGE_BLOCKED, change):
        return
    minute = handled + cell(t, CHANGE_DURATION, change)
    if minute > q[Q_DUE_AT]:
        return
    k = _epoch(t, place, minute)
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
def note_answer(q: I64, s: State, x: int, cost: int, minute: int, emission: int, legs: int) -> None:
    """Keep an itinerary, made by label ``x``, unless one that is known beats it; those that it beats are dropped."""
    c = s.counters
    if q[Q_IS_SINGLE]:
        rank = s.floors[9] * cost + s.floors[10] * (minute - q[Q_READY_AT]) + s.floors[11] * emission
        if c[N_FOUND] > 0:
            old = s.found[0]
            best = _found_rank(q, s, 0)
            if rank > best or (rank == best and (minute, emission, legs) >= (old[F_MINUTE], old[F_EMISSION], old[F_LEGS])):
                return
        c[N_FOUND] = 0
    kept = 0
    for i in range(c[N_FOUND]):
        one = s.found[i]
        if one[F_COST] <= cost and one[F_MINUTE] <= minute and one[F_EMISSION] <= emission:
            same = one[F_COST] == cost and one[F_MINUTE] == minute and one[F_EMISSION] == emission
            if not same or one[F_LEGS] <= legs:
                return
    for i in range(c[N_FOUND]):
        one = s.found[i]
        if not (cost <= one[F_COST] and minute <= one[F_MINUTE] and emission <= one[F_EMISSION]):
            if kept != i:
                s.found[kept] = one
            kept += 1
    if kept >= len(s.found) - 1:
        c[IS_FULL] = 1
        c[N_FOUND] = kept
        return
    new = s.found[kept]
    new[F_COST], new[F_MINUTE], new[F_EMISSION], new[F_LEGS], new[F_LABEL] = cost, minute, emission, legs, x
    c[N_FOUND] = kept + 1
    if not q[Q_IS_SINGLE]:
        _cut_corners(q, s, cost, minute, emission)


@njit(cache=True)
def _expand(t: I64, q: I64, s: State, x: int) -> None:
    """Make every move from a label; driving on has been done where labels are compared order by order."""
    row = s.labels[x]
    place, offer, through = row[PLACE], row[OFFER], row[THROUGH]
    if place == q[Q_DESTINATION] and row[KIND] != AT_ORIGIN:
        _finish(t, q, s, x)
        return
    if offer >= 0 and not q[Q_BY_ORDER]:
        _drive_on(t, q, s, x)
    if through >= 0 and cell(t, THROUGH_FROM, through) != place:
        return
    if not _may_end(s, x) or (through < 0 and row[LEGS] >= q[Q_MAX_LEGS]):
        return
    _mark_way(s, x)
    if through < 0 or cell(t, THROUGH_IS_RUN, through) == 0:
        for b in range(cell(t, BOARD_FIRST, place), cell(t, BOARD_FIRST, place + 1)):
            if through < 0 or cell(t, BOARD_SERVICE, b) == cell(t, THROUGH_REF, through):
                _board(t, q, s, x, b, through)
    if s.counters[IS_FULL] or (through >= 0 and cell(t, THROUGH_IS_RUN, through) == 0):
        return
    s.counters[N_ORDER] += 1
    first = s.counters[N_LABELS]
    for a in range(cell(t, ARC_FIRST, place), cell(t, ARC_FIRST, place + 1)):
        if cell(t, ARC_OFFER, a) == offer or cell(q, Q_ARC_BANNED, a) or _was_passed(s, cell(t, ARC_TO, a)):
            continue
        if through >= 0:
            if cell(t, THROUGH_REF, through) == cell(t, ARC_OFFER, a):
                _start_run(t, q, s, x, a, through)
            continue
        _start_run(t, q, s, x, a, -1)
        for i in range(cell(t, THROUGH_FIRST, place), cell(t, THROUGH_FIRST, place + 1)):
            g = cell(t, THROUGH_LEG, i)
            if cell(t, THROUGH_IS_RUN, g) == 1 and cell(t, THROUGH_REF, g) == cell(t, ARC_OFFER, a):
                _start_run(t, q, s, x, a, g)
    if q[Q_BY_ORDER]:
        _follow_orders(t, q, s, first)


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
        bare(owned.floors),
        bare(owned.local),
        bare(owned.corners),
        bare(owned.marks),
        bare(owned.least),
        bare(owned.run_key),
        bare(owned.run_label),
        bare(owned.run_heads),
    )
    c = s.counters
    while c[N_HEAP] > 0:
        if len(s.heap_key) - c[N_HEAP] < 2:
            return FULL
        key, x = s.heap_key[0], s.heap_label[0]
        c[N_HEAP] = _heap_pop(s.heap_key, s.heap_label, c[N_HEAP])
        if s.labels[x, DEAD] or _is_hopeless(t, q, s, x):
            continue
        if q[Q_IS_SINGLE] and c[N_FOUND] > 0 and key > _found_rank(q, s, 0) + 1e-6:
            break
        _expand(t, q, s, x)
        if c[IS_FULL]:
            c[IS_FULL] = 0
            c[N_HEAP] = _heap_push(s.heap_key, s.heap_label, c[N_HEAP], key, x)
            return FULL
        if c[N_MADE] > max_labels:
            return BOUND
    return DONE
