"""Everything that a search has made so far, as arrays: labels, what is found, what is open, the moves that can be made.

A label is a row of ``labels``, its columns named below, and a row of paper bits.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

DAY = 1440
NEVER = 1 << 60
ZONES_APART = 26 * 60
"""The local dates of two places differ by less than this."""
SEARCHED_DAYS = 60
RISK_SUMS = 4
"""Sums for which bounds tell what a lead may cost: the three criteria and the order of the search."""
ORDER_SUM = 3
"""Place of the sum by which labels are followed, behind cost, minutes and CO2e, unless one of these is."""
LEVELS = 3
"""Steps in which bounds tell how much of the hours a driver has used; at the last one they are used up."""
HOMES = 2
RUN_NODES = HOMES * (LEVELS + 1)
"""Nodes for each slot: by level, and by whether the vehicle was at home."""

# columns of a label
(
    PLACE, CLASS, MINUTE, COST, EMISSION, LEGS, PARENT, KIND, REF, START, OFFER, EPOCH, DRIVEN, FREE, HOME, LINE, DETENTION, LANDED,
    LANDED_EPOCH, THROUGH, VIAS, INCLUDES, DEAD, VARIANT, NODE, HASH, OPENS, BOUND_AT, RISK, HINT, ORDER,
) = range(31)  # fmt: skip
COLUMNS = 31

# columns of what is compared first; where one itinerary of least weighted sum is asked for, K_COST is the sum so far and K_EMISSION 0
K_COST, K_MINUTE, K_EMISSION, K_HASH, K_NEXT = range(5)
AT_ORIGIN, BY_RIDE, BY_RUN = 0, 1, 2

# counters
N_LABELS, N_HEAP, N_FOUND, N_MADE, IS_FULL, N_CORNERS, N_MARK, N_INSIDE, N_RUN_HEAP, N_ORDER, N_OPEN, N_OLD = range(12)
COUNTERS = 12

# columns of what was found
F_COST, F_MINUTE, F_EMISSION, F_LEGS, F_LABEL = range(5)

DONE, FULL, BOUND = 0, 1, 2


class Moves(NamedTuple):
    """The moves that a label can make, by the node where they start, at their least values: rides first, then haulage.

    Goods unload and through rates are entered by other ways; such edges are no moves.
    """

    first: NDArray[np.int64]
    """(nodes inside + 1,)"""
    runs: NDArray[np.int64]
    """(nodes inside,) where haulage begins."""
    ref: NDArray[np.int32]
    """An arc, or ``-2 - ride``."""
    end: NDArray[np.int32]
    """The node where the move ends, by its number inside."""
    touch: NDArray[np.int32]
    """Bits of the vias that it uses."""
    values: NDArray[np.float64]
    """(moves, 3) cents, minutes, grams."""


class Chart(NamedTuple):
    """What a search knows of the nodes inside before it begins; the fields are those of :class:`State`."""

    weights: NDArray[np.float64]
    floors: NDArray[np.float64]
    layers: NDArray[np.float64]
    local: NDArray[np.int32]
    moves: Moves


class State(NamedTuple):
    """Everything that a search has made so far; grown between calls."""

    labels: NDArray[np.int64]
    bits: NDArray[np.int64]
    keys: NDArray[np.int64]
    """(room, 8), five of them used, so that a row is one line of cache: what is compared first; chains of labels of one hash, the least
    K_COST first."""
    heads: NDArray[np.int32]
    heap_key: NDArray[np.float64]
    heap_label: NDArray[np.int64]
    found: NDArray[np.int64]
    counters: NDArray[np.int64]
    weights: NDArray[np.float64]
    """(mixes * 3,) of a cent, a minute and a gram in each sum."""
    floors: NDArray[np.float64]
    """(masks * nodes inside * mixes,) the least of each sum to the destination."""
    layers: NDArray[np.float64]
    """(units * masks * nodes inside * RISK_SUMS,) the least of the first sums on ways on which a lead may cost so many units."""
    local: NDArray[np.int32]
    """(nodes,) number of a node among those inside; -1: no itinerary that is asked for comes there."""
    corners: NDArray[np.float64]
    """(room, mixes): every itinerary that none of the found ones beats is better than one of these in all three; behind the three, the
    sum that last put the corner out of a label's reach, then the weighted sums of the corner."""
    cuts: NDArray[np.float64]
    """(3 * room, mixes) what a new itinerary leaves of the corners that it cuts."""
    marks: NDArray[np.int64]
    """(places,) the last expansion of a label whose way leads through a place."""
    least: NDArray[np.float64]
    """(mixes,) room for the bounds of one label."""
    run_key: NDArray[np.float64]
    run_label: NDArray[np.int64]
    """A heap of the labels of the orders that are being followed, by minute."""
    run_heads: NDArray[np.int64]
    """(places, 2) the expansion that last had labels of its orders at a place, and the last of them."""
    open_corners: NDArray[np.int64]
    """(room,) the corners that the label that is being followed may reach; those from ``N_OLD`` on descend from it and reach no others."""
    moves: Moves


def grown(state: State) -> State:
    """The same state with twice the room."""
    return state._replace(
        labels=_twice(state.labels),
        bits=_twice(state.bits),
        keys=_twice(state.keys),
        heap_key=_twice(state.heap_key),
        heap_label=_twice(state.heap_label),
        run_key=_twice(state.run_key),
        run_label=_twice(state.run_label),
        found=_twice(state.found),
        corners=_twice(state.corners),
        cuts=_twice(state.cuts),
        open_corners=_twice(state.open_corners),
    )


def _twice(values: NDArray[Any]) -> NDArray[Any]:
    room: NDArray[Any] = np.empty((2 * len(values), *values.shape[1:]), values.dtype)
    room[: len(values)] = values
    return room
