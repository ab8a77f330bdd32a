"""The region that the found itineraries leave open, and whether a label may still come into it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from landbridge.routing.compiled import cell, lean
from landbridge.routing.search_state import (
    COST,
    EMISSION,
    F_COST,
    F_EMISSION,
    F_LABEL,
    F_LEGS,
    F_MINUTE,
    HINT,
    IS_FULL,
    MINUTE,
    N_CORNERS,
    N_FOUND,
    N_INSIDE,
    N_OLD,
    N_OPEN,
    NODE,
    RISK_SUMS,
    THROUGH,
    VIAS,
    State,
)
from landbridge.routing.tables import (
    I64,
    Q_ALL_VIAS,
    Q_CEILING,
    Q_DUE_AT,
    Q_IS_SINGLE,
    Q_LEAST_COST,
    Q_MIXES,
    Q_READY_AT,
    Q_SUM,
    THROUGH_END,
)


@lean
def floor(q: I64, s: State, mask: int, criterion: int, node: int) -> float:
    at = s.local[node]
    if at < 0:
        return np.inf
    inside, masks = s.counters[N_INSIDE], q[Q_ALL_VIAS] + 1
    if mask < masks:
        return s.floors[(mask * inside + at) * q[Q_MIXES] + criterion]
    return s.layers[((mask - masks) * inside + at) * RISK_SUMS + criterion]


@lean
def bounds_of(t: I64, q: I64, s: State, x: int) -> tuple[float, float, float]:
    """Least cost, minutes and CO2e that a label still needs."""
    node, mask = s.labels[x, NODE], s.labels[x, VIAS]
    through = s.labels[x, THROUGH]
    cost = floor(q, s, mask, 0, node) if through < 0 else floor(q, s, q[Q_ALL_VIAS], 0, cell(t, THROUGH_END, through))
    return cost, floor(q, s, mask, 1, node), floor(q, s, mask, 2, node)


@lean
def rank_of(t: I64, q: I64, s: State, x: int) -> float:
    """Least weighted sum of the itineraries that a label may become."""
    row = s.labels[x]
    spent = weigh(q, s, row[COST], row[MINUTE] - q[Q_READY_AT], row[EMISSION])
    if row[THROUGH] < 0:
        return spent + floor(q, s, row[VIAS], q[Q_SUM], row[NODE])
    cost, minutes, emission = bounds_of(t, q, s, x)
    return spent + weigh(q, s, cost, minutes, emission)


@lean
def weigh(q: I64, s: State, cost: float, minutes: float, emission: float) -> float:
    """The weighted sum by which labels are followed."""
    at = 3 * q[Q_SUM]
    return s.weights[at] * cost + s.weights[at + 1] * minutes + s.weights[at + 2] * emission


@lean
def most_rank(q: I64, s: State) -> float:
    """The greatest weighted sum of an itinerary that is asked for: that of the best one found, or what the search is bound to."""
    most = float(q[Q_CEILING])
    return min(most, found_rank(q, s)) if s.counters[N_FOUND] > 0 else most


@lean
def is_hopeless(t: I64, q: I64, s: State, x: int) -> bool:
    """Whether nothing that a label may become can be among the answers."""
    cost, minutes, emission = bounds_of(t, q, s, x)
    if cost == np.inf or minutes == np.inf or emission == np.inf:
        return True
    row = s.labels[x]
    if row[MINUTE] + minutes > q[Q_DUE_AT]:
        return True
    if q[Q_IS_SINGLE]:
        rank = rank_of(t, q, s, x)
        return rank > most_rank(q, s) + 1e-6
    return not may_beat(q, s, x, row[VIAS], row[COST] + cost, row[MINUTE] + minutes, row[EMISSION] + emission)


@lean
def may_beat(q: I64, s: State, x: int, mask: int, cost: float, minute: float, emission: float) -> bool:
    """Whether a label that must cost, last and emit at least so much may become an itinerary that none of the found ones beats.

    Such an itinerary is better in all three than one of the corners of the region that the found ones leave open. A corner is out of
    reach if one of the three bounds, or the bound of one weighted sum, lies beyond it.
    """
    row, count = s.labels[x], s.counters[N_CORNERS]
    minutes = minute - q[Q_READY_AT]
    many = _weigh_label(q, s, x, mask)
    is_new = x >= s.counters[N_OLD]
    hint = count if is_new else row[HINT]
    if is_new:
        count = s.counters[N_OPEN]
    for y in range(-1 if hint < count else 0, count):
        i = hint if y < 0 else s.open_corners[y] if is_new else y
        if _is_open(s, i, cost, minutes, emission, many):
            row[HINT] = i
            return True
    return False


@lean
def _weigh_label(q: I64, s: State, x: int, mask: int) -> int:
    """Bounds of the weighted sums of a label, left in ``least``; how many sums there are, 0 if none is known."""
    row, mixes = s.labels[x], q[Q_MIXES]
    if row[THROUGH] >= 0 or mask > q[Q_ALL_VIAS]:
        return 0
    first = (mask * s.counters[N_INSIDE] + s.local[row[NODE]]) * mixes
    _weigh(q, s, first, row[COST], row[MINUTE] - q[Q_READY_AT], row[EMISSION])
    return mixes


@lean
def _weigh(q: I64, s: State, first: int, cost: float, minutes: float, emission: float) -> None:
    for m in range(4, q[Q_MIXES]):
        s.least[m] = s.floors[first + m] + s.weights[3 * m] * cost + s.weights[3 * m + 1] * minutes + s.weights[3 * m + 2] * emission


@lean
def _is_open(s: State, i: int, cost: float, minutes: float, emission: float, many: int) -> bool:
    """Whether a corner is within reach by three bounds and those of ``many`` weighted sums in ``least``."""
    corners = s.corners
    if cost >= corners[i, 0] or minutes >= corners[i, 1] or emission >= corners[i, 2]:
        return False
    return many <= 4 or not _is_beyond(corners, s.least, i, many)  # no sums beside the three pure ones and that of the order


@lean
def list_open(t: I64, q: I64, s: State, x: int) -> None:
    """List the corners within reach of a label; what descends from it reaches no others."""
    row, count = s.labels[x], 0
    cost, minutes, emission = bounds_of(t, q, s, x)
    many = _weigh_label(q, s, x, row[VIAS])
    for i in range(s.counters[N_CORNERS]):
        if _is_open(s, i, row[COST] + cost, row[MINUTE] + minutes - q[Q_READY_AT], row[EMISSION] + emission, many):
            s.open_corners[count] = i
            count += 1
    s.counters[N_OPEN] = count


@lean
def is_vain(q: I64, s: State, x: int, move: int) -> bool:
    """Whether nothing that a label may become by a move can be among the answers, by the least that the move can take.

    Most moves are; told by bounds alone, none of their times and prices need be worked out.
    """
    row, mixes, step = s.labels[x], q[Q_MIXES], s.moves.values[move]
    mask = row[VIAS] | s.moves.touch[move]
    first = (mask * s.counters[N_INSIDE] + s.moves.end[move]) * mixes
    if step[0] == np.inf:
        return True
    cost, minutes, emission = row[COST] + step[0], row[MINUTE] - q[Q_READY_AT] + step[1], row[EMISSION] + step[2]
    if q[Q_IS_SINGLE]:
        return weigh(q, s, cost, minutes, emission) + s.floors[first + q[Q_SUM]] > most_rank(q, s) + 1e-6
    least_cost, least_minutes = cost + s.floors[first], minutes + s.floors[first + 1]
    least_emission, is_weighed = emission + s.floors[first + 2], False
    for y in range(s.counters[N_OPEN]):
        i = s.open_corners[y]
        if not _is_open(s, i, least_cost, least_minutes, least_emission, 0):
            continue
        if not is_weighed:
            _weigh(q, s, first, cost, minutes, emission)
            is_weighed = True
        if mixes <= 4 or not _is_beyond(s.corners, s.least, i, mixes):
            return False
    return True


@lean
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


@lean
def _is_cut(s: State, i: int, cost: float, minutes: float, emission: float) -> bool:
    """Whether an itinerary lies within the region of a corner."""
    return cost < s.corners[i, 0] and minutes < s.corners[i, 1] and emission < s.corners[i, 2]


@lean
def _has_room(q: I64, s: State, cost: int, minute: int, emission: int) -> bool:
    """Whether there is room for what a new itinerary leaves of the corners that it cuts."""
    cut = 0
    for i in range(s.counters[N_CORNERS]):
        if _is_cut(s, i, cost, minute - q[Q_READY_AT], emission):
            cut += 1
    return s.counters[N_CORNERS] + 2 * cut < len(s.corners)


@lean
def _cut_corners(q: I64, s: State, cost: int, minute: int, emission: int) -> None:
    """Take from the open region what a new itinerary beats.

    Klamroth, K., Lacour, R., Vanderpooten, D. (2015). On the representation of the search region in multi-objective optimization.
    European Journal of Operational Research 245(3), 767-778. https://doi.org/10.1016/j.ejor.2015.03.031
    """
    minutes, kept, made = minute - q[Q_READY_AT], 0, 0
    for i in range(s.counters[N_CORNERS]):
        if _is_cut(s, i, cost, minutes, emission):
            for c in range(3):
                value = cost if c == 0 else minutes if c == 1 else emission
                if value > q[Q_LEAST_COST + c]:
                    _copy_corner(q, s.corners, i, s.cuts, made)
                    s.cuts[made, c] = value
                    made += 1
        else:
            _copy_corner(q, s.corners, i, s.corners, kept)
            kept += 1
    old = kept
    for i in range(made):
        if not _is_needless(s, i, old, made):
            _copy_corner(q, s.cuts, i, s.corners, kept)
            for m in range(4, q[Q_MIXES]):
                total = 0.0
                for c in range(3):
                    if s.weights[3 * m + c] > 0:
                        total += s.weights[3 * m + c] * s.cuts[i, c]
                s.corners[kept, m] = total
            kept += 1
    s.counters[N_CORNERS] = kept


@lean
def _copy_corner(q: I64, source: NDArray[np.float64], i: int, target: NDArray[np.float64], j: int) -> None:
    for m in range(q[Q_MIXES]):
        target[j, m] = source[i, m]


@lean
def _is_needless(s: State, i: int, old: int, made: int) -> bool:
    """Whether the region of a new corner lies within that of an old or another new one; of equal ones the first stays."""
    for j in range(old):
        if _is_within(s.cuts, i, s.corners, j):
            return True
    for j in range(made):  # noqa: SIM110, no generators in compiled code
        if j != i and _is_within(s.cuts, i, s.cuts, j) and (j < i or not _is_within(s.cuts, j, s.cuts, i)):
            return True
    return False


@lean
def _is_within(one: NDArray[np.float64], i: int, other: NDArray[np.float64], j: int) -> bool:
    return one[i, 0] <= other[j, 0] and one[i, 1] <= other[j, 1] and one[i, 2] <= other[j, 2]


@lean
def found_rank(q: I64, s: State) -> float:
    """The weighted sum of the first itinerary that was found."""
    one = s.found[0]
    return weigh(q, s, one[F_COST], one[F_MINUTE] - q[Q_READY_AT], one[F_EMISSION])


@lean
def note_answer(q: I64, s: State, x: int, cost: int, minute: int, emission: int, legs: int) -> None:
    """Keep an itinerary, made by label ``x``, unless one that is known beats it; those that it beats are dropped."""
    c = s.counters
    if q[Q_IS_SINGLE]:
        rank = weigh(q, s, cost, minute - q[Q_READY_AT], emission)
        if c[N_FOUND] > 0:
            old = s.found[0]
            best = found_rank(q, s)
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
    if c[N_FOUND] >= len(s.found) - 1 or not (q[Q_IS_SINGLE] or _has_room(q, s, cost, minute, emission)):
        c[IS_FULL] = 1
        return
    for i in range(c[N_FOUND]):
        one = s.found[i]
        if not (cost <= one[F_COST] and minute <= one[F_MINUTE] and emission <= one[F_EMISSION]):
            for column in range(len(one)):
                s.found[kept, column] = one[column]
            kept += 1
    new = s.found[kept]
    new[F_COST], new[F_MINUTE], new[F_EMISSION], new[F_LEGS], new[F_LABEL] = cost, minute, emission, legs, x
    c[N_FOUND] = kept + 1
    if not q[Q_IS_SINGLE]:
        _cut_corners(q, s, cost, minute, emission)
