"""What the kernel reads: the terms of all legs and changes of one load, worked out once, as arrays.

P places, A arcs (one haulage offer on one link in one direction), O offers, R rides (a boarding and one stop after it), B boardings, G legs
of through rates, K epochs (stretches of days within which no row begins or ceases to apply), W words of paper bits. A price has a variant:
0 is the ordinary one, 1 + g that as leg g of a through rate; the rows of the latter stand behind the ordinary ones, A' and R' in all. Times
are minutes since 1970-01-01T00:00Z, money whole cents, CO2e whole grams. All arrays are read only.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

I64 = NDArray[np.int64]
I32 = NDArray[np.int32]
I8 = NDArray[np.int8]

CONFIRMED, UNCONFIRMED, BLOCKED = 0, 1, 2
HANDLES_ORIGIN, HANDLES_DESTINATION, HAS_BOX = 1, 2, 4
NO_END = 1 << 60


class Tables(NamedTuple):
    """Terms of one load by place, arc, ride and change; shared by all questions about that load."""

    # clock
    zone: I32
    """(P,) time zone of a place."""
    epoch_start: I64
    """(zones, K - 1) local midnights at which a later epoch begins."""
    day_start: I64
    """(zones, days) local midnights."""
    open_first: I32
    """(subjects + 1,) where the open intervals of a subject begin in the two arrays below."""
    open_start: I64
    open_end: I64
    place_open: I32
    """(P, 2) opening of a place, for handling on any day and on working days only; -1: always open."""
    # arcs
    arc_first: I32
    """(P + 1,) arcs by the place where they start."""
    arc_from: I32
    arc_to: I32
    arc_offer: I32
    arc_in: I32
    """(A,) class by which goods come in at the end, local to the place."""
    arc_out: I32
    """(A,) class by which goods go out at the start, local to the place."""
    arc_open: I32
    """(A,) opening of the border at the start of the arc; -1: always open."""
    arc_home_from: I8
    arc_home_to: I8
    arc_slot_from: I32
    arc_slot_to: I32
    """(A,) places where an offer may be under way are numbered: the slots of the start and of the end."""
    arc_rank: I32
    """(A,) number of an arc among those of its offer; its price as leg g of a through rate stands in row ``through_row[g] + arc_rank``."""
    arc_of_price: I32
    """(A',) the arc that a row prices."""
    arc_cost: I64
    """(A', K)"""
    arc_emission: I64
    arc_state: I8
    arc_drive: I64
    arc_wait: I64
    arc_fresh: I8
    """(A, K) whether the border makes the driver fresh."""
    arc_lead: I64
    """(A, K) minutes after the asking until the papers of the arc are there."""
    arc_bits: I64
    """(A', K, W) papers and prices due once per run."""
    arc_once: I64
    """(A, K) cents of the prices due once per run that the arc calls for."""
    close_first: I32
    close_start: I64
    close_end: I64
    delay_first: I32
    delay_start: I64
    delay_end: I64
    delay_min: I64
    # offers
    offer_limit: I64
    """(O,) driving time until a rest; 0: none is needed."""
    offer_rest: I64
    offer_lead: I64
    offer_turns: I8
    """(O, K) whether some arc of the offer gets better with this epoch."""
    # boardings and rides
    board_first: I32
    board_out: I32
    board_service: I32
    board_cutoff: I64
    board_papers: I64
    board_is_sea: I8
    board_line: I32
    depart_first: I32
    depart_at: I64
    depart_epoch: I32
    ride_first: I32
    ride_board: I32
    """(R,) the boarding of a ride."""
    ride_to: I32
    ride_in: I32
    ride_rank: I32
    """(R,) number of a ride among those of one service between two places; used like ``arc_rank``."""
    ride_of_price: I32
    """(R',) the ride that a row prices."""
    ride_cost: I64
    """(R', K)"""
    ride_emission: I64
    ride_state: I8
    ride_priced: I8
    ride_lead: I64
    ride_bits: I64
    """(R, K, W)"""
    ride_turns: I8
    """(R, K) whether the ride gets better with this epoch."""
    ride_includes: I8
    """(R', K)"""
    ride_detention: I32
    """(R,) detention table of the line at the end; -1: none."""
    arrive_first: I64
    arrive_at: I64
    """Arrival by ride and departure of its boarding; -1: closed on the way."""
    # through rates
    through_first: I32
    """(P + 1,) first legs of through rates by place."""
    through_leg: I32
    through_next: I32
    """(G,) the leg after; -1: none."""
    through_is_run: I8
    through_ref: I32
    """(G,) service or offer."""
    through_from: I32
    through_to: I32
    through_covers: I8
    """(G,) whether handling before this leg is in the rate."""
    through_row: I32
    """(G,) first row of the prices of arcs or rides as this leg."""
    through_cost: I64
    """(G, K) price of the rate, at its first leg; -1: does not apply, 0 at later legs."""
    through_turns: I8
    """(G, K) whether the rate gets cheaper or can be had with this epoch."""
    through_end: I32
    """(G,) rest node where the last leg of the rate ends."""
    # changes
    in_first: I32
    """(P + 1,) classes by which goods come in, by place; the first one is the origin."""
    out_count: I32
    change_first: I32
    """(P,) change of class i to j in epoch k stands at ``change_first + (i * out_count + j) * K + k``; the last j is the destination."""
    change_cost: I64
    change_moving: I64
    change_duration: I64
    change_working: I8
    change_emission: I64
    change_blocked: I8
    change_lead: I64
    change_free: I8
    """(changes,) whether some price at the place may include the lift."""
    change_bits: I64
    has_storage: I8
    storage_row: I32
    """(in-classes * K,) row of ``storage_cost``; -1: free."""
    storage_cost: I64
    """(rows, days) cents of a stay of so many days."""
    detention_cost: I64
    """(detentions, K, days)"""
    detention_slope: I64
    """(detentions,) the dearest day."""
    bit_cost: I64
    """(64 W,) cents of a paper; a price due once per run is at the bits after ``paper_bits``."""
    paper_mask: I64
    """(W,) bits that are papers of the whole itinerary."""
    # what may still be better later, and what waiting may cost
    first_slope: I64
    """(P,) the dearest day of storage at a place or at any that can be reached from it by haulage alone."""
    ride_risk: I64
    """(2, R) cents that a lead may cost by a ride that is not the first wait: without and with a line's box ashore."""
    run_risk: I64
    """(2, P) the same by haulage ordered at a place."""
    arc_risk: I64
    """(2, A) cents that a lead may cost since it grows where an arc opens and closes: by the first wait after it, by a box ashore."""
    arc_gain: I64
    """(A,) cents by which an arc may be dearer in an epoch than in a later one."""
    ride_gain: I64
    """(R,) the same of a ride and of what is done before it."""
    place_gain: I64
    """(P,) the same of what is done at a place before haulage, or at the destination."""
    end_risk: I64
    """(P,) the same by handling at a place that is the destination, with a box ashore."""
    most_risk: I64
    """(1,) the most that a lead can cost by one move."""
    better: I8
    """(P, K) whether something gets better with an epoch, from this place on."""


class Ask(NamedTuple):
    """What one search adds: ends, days and wishes."""

    nodes: int
    """Places by class of coming in, then slots of offers in a run."""
    origin: int
    destination: int
    ready_at: int
    due_at: int
    last_departure: int
    asked_at: int
    max_legs: int
    max_idle: int
    with_unconfirmed: int
    all_vias: int
    first_lead: int
    """Minutes after the asking until the papers of the shipment are there."""
    arc_banned: I8
    arc_touch: I64
    ride_banned: I8
    ride_touch: I64
    is_single: bool
    """Only the itinerary of least weighted sum is asked for."""
    return_cost: I64
    """(lines, K) empty return of a line's box at the destination."""
    return_min: I64
    """(lines, K) minutes of unloading and return."""
    duty_cost: I64
    """(K,) duties, if they are part of the total."""
    better_at_end: I8
    """(K,) whether an epoch makes duties or the return of the box cheaper or shorter."""
    mixes: int
    """Weighted sums for which there are bounds: cost, minutes, CO2e, the order of the search, and further ones."""
    most_unbound: int
    """Minutes that goods may be under way without a timetable."""
    risk_unit: int
    """Cents: in such units bounds tell what a lead may still cost on the way."""
    risks: int
    """J, the most units that they tell."""
    least_cost: int
    """No itinerary costs less cents, as far as is known; -1: nothing is known."""
    least_minutes: int
    least_emission: int
    first_epoch: int
    """The epoch in which the search begins at the earliest place on earth."""
    by_order: bool
    """All ways of an order are known before one is compared with goods of another order, so that none is beaten by a detour."""
    sum: int
    """Place of the weighted sum by which labels are followed."""
    ceiling: int
    """Where one itinerary of least weighted sum is asked for: those of a greater sum are not looked for."""


# Where things stand in the flat array that the kernel reads: numba takes long to compile functions with many arrays, and one array is one.
(
    ZONE, EPOCH_START, DAY_START, OPEN_FIRST, OPEN_START, OPEN_END, PLACE_OPEN, ARC_FIRST, ARC_FROM, ARC_TO, ARC_OFFER, ARC_IN, ARC_OUT,
    ARC_OPEN, ARC_HOME_FROM, ARC_HOME_TO, ARC_SLOT_FROM, ARC_SLOT_TO, ARC_RANK, ARC_OF_PRICE, ARC_COST, ARC_EMISSION, ARC_STATE,
    ARC_DRIVE, ARC_WAIT, ARC_FRESH, ARC_LEAD, ARC_BITS, ARC_ONCE, CLOSE_FIRST, CLOSE_START, CLOSE_END, DELAY_FIRST, DELAY_START,
    DELAY_END, DELAY_MIN, OFFER_LIMIT, OFFER_REST, OFFER_LEAD, OFFER_TURNS, BOARD_FIRST, BOARD_OUT, BOARD_SERVICE, BOARD_CUTOFF,
    BOARD_PAPERS, BOARD_IS_SEA, BOARD_LINE, DEPART_FIRST, DEPART_AT, DEPART_EPOCH, RIDE_FIRST, RIDE_BOARD, RIDE_TO, RIDE_IN, RIDE_RANK,
    RIDE_OF_PRICE, RIDE_COST, RIDE_EMISSION, RIDE_STATE, RIDE_PRICED, RIDE_LEAD, RIDE_BITS, RIDE_TURNS, RIDE_INCLUDES, RIDE_DETENTION,
    ARRIVE_FIRST, ARRIVE_AT, THROUGH_FIRST, THROUGH_LEG, THROUGH_NEXT, THROUGH_IS_RUN, THROUGH_REF, THROUGH_FROM, THROUGH_TO,
    THROUGH_COVERS, THROUGH_ROW, THROUGH_COST, THROUGH_TURNS, THROUGH_END, IN_FIRST, OUT_COUNT, CHANGE_FIRST, CHANGE_COST,
    CHANGE_MOVING, CHANGE_DURATION, CHANGE_WORKING, CHANGE_EMISSION, CHANGE_BLOCKED, CHANGE_LEAD, CHANGE_FREE, CHANGE_BITS, HAS_STORAGE,
    STORAGE_ROW, STORAGE_COST, DETENTION_COST, DETENTION_SLOPE, BIT_COST, PAPER_MASK, FIRST_SLOPE, RIDE_RISK, RUN_RISK, ARC_RISK,
    ARC_GAIN, RIDE_GAIN, PLACE_GAIN, END_RISK, MOST_RISK, BETTER, PLACES, ARCS, RIDES, OFFERS, EPOCHS, WORDS, DAYS, STORAGE_DAYS,
    DETENTION_DAYS,
) = range(117)  # fmt: skip
(
    Q_NODES, Q_ORIGIN, Q_DESTINATION, Q_READY_AT, Q_DUE_AT, Q_LAST_DEPARTURE, Q_ASKED_AT, Q_MAX_LEGS, Q_MAX_IDLE, Q_WITH_UNCONFIRMED,
    Q_ALL_VIAS, Q_FIRST_LEAD, Q_ARC_BANNED, Q_ARC_TOUCH, Q_RIDE_BANNED, Q_RIDE_TOUCH, Q_IS_SINGLE, Q_RETURN_COST, Q_RETURN_MIN,
    Q_DUTY_COST, Q_BETTER_AT_END, Q_MIXES, Q_MOST_UNBOUND, Q_RISK_UNIT, Q_RISKS,
    Q_LEAST_COST, Q_LEAST_MINUTES, Q_LEAST_EMISSION, Q_FIRST_EPOCH, Q_BY_ORDER,
    Q_SUM, Q_CEILING,
) = range(32)  # fmt: skip


def flatten_tables(tables: Tables) -> I64:
    """All tables one behind the other; in front the place of each, and their sizes."""
    sizes = (
        len(tables.zone),
        len(tables.arc_to),
        len(tables.ride_to),
        len(tables.offer_limit),
        tables.epoch_start.shape[1] + 1,
        tables.change_bits.shape[-1],
        tables.day_start.shape[1],
        tables.storage_cost.shape[1],
        tables.detention_cost.shape[2],
    )
    return _flat([np.asarray(table, np.int64).ravel() for table in tables], sizes)


def flatten_ask(ask: Ask) -> I64:
    """Numbers in front, each at its place; arrays behind, their places in front."""
    arrays = {index: np.asarray(value, np.int64).ravel() for index, value in enumerate(ask) if isinstance(value, np.ndarray)}
    head = [0 if isinstance(value, np.ndarray) else int(value) for value in ask]
    place = len(head)
    for index, values in arrays.items():
        head[index] = place
        place += len(values)
    return np.concatenate([np.array(head, np.int64), *arrays.values()])


def _flat(arrays: list[I64], sizes: tuple[int, ...]) -> I64:
    starts = np.cumsum([len(arrays) + len(sizes), *(len(values) for values in arrays)])[:-1]
    return np.concatenate([starts, np.array(sizes, np.int64), *arrays])
