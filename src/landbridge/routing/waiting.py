"""Waiting at a place: epochs, opening hours, handling, storage."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from landbridge.routing.compiled import cell, lean
from landbridge.routing.search_state import AT_ORIGIN, CLASS, DAY, KIND, PLACE, SEARCHED_DAYS
from landbridge.routing.tables import (
    CHANGE_FIRST,
    CHANGE_WORKING,
    DAY_START,
    DAYS,
    EPOCH_START,
    EPOCHS,
    HAS_STORAGE,
    I64,
    IN_FIRST,
    OPEN_END,
    OPEN_FIRST,
    OPEN_START,
    OUT_COUNT,
    PLACE_OPEN,
    STORAGE_COST,
    STORAGE_DAYS,
    STORAGE_ROW,
    ZONE,
)


@lean
def count_until(t: I64, first: int, last: int, value: int) -> int:
    """How many of the ascending values from ``first`` to before ``last`` are no more than ``value``."""
    low, high = first, last
    while low < high:
        middle = (low + high) >> 1
        if t[middle] <= value:
            low = middle + 1
        else:
            high = middle
    return low - first


@lean
def epoch_start(t: I64, place: int, k: int) -> int:
    """Local midnight at which epoch ``k`` >= 1 begins at a place."""
    return t[t[EPOCH_START] + cell(t, ZONE, place) * (t[EPOCHS] - 1) + k - 1]


@lean
def epoch_at(t: I64, place: int, minute: int) -> int:
    first = t[EPOCH_START] + cell(t, ZONE, place) * (t[EPOCHS] - 1)
    return count_until(t, first, first + t[EPOCHS] - 1, minute)


@lean
def next_open(t: I64, subject: int, zone: int, minute: int) -> int:
    """The first open minute at or after ``minute``; -1 if there is none within 60 days."""
    if subject < 0:
        return minute
    first, last = cell(t, OPEN_FIRST, subject), cell(t, OPEN_FIRST, subject + 1)
    at = first + count_until(t, t[OPEN_END] + first, t[OPEN_END] + last, minute)
    if at >= last:
        return -1
    days = t[DAY_START] + zone * t[DAYS]
    later = count_until(t, days, days + t[DAYS], minute) - 1 + SEARCHED_DAYS
    if later < t[DAYS] and cell(t, OPEN_START, at) >= t[days + later]:
        return -1
    return max(minute, cell(t, OPEN_START, at))


@lean
def last_open(t: I64, subject: int, zone: int, minute: int) -> int:
    """The last open minute at or before ``minute``; -1 if there is none within 60 days."""
    if subject < 0:
        return minute
    first, last = cell(t, OPEN_FIRST, subject), cell(t, OPEN_FIRST, subject + 1)
    at = first + count_until(t, t[OPEN_START] + first, t[OPEN_START] + last, minute) - 1
    if at < first:
        return -1
    days = t[DAY_START] + zone * t[DAYS]
    earlier = count_until(t, days, days + t[DAYS], minute) - SEARCHED_DAYS
    if earlier >= 0 and cell(t, OPEN_START, at) < t[days + earlier]:
        return -1
    return min(minute, cell(t, OPEN_END, at) - 1)


@lean
def change_row(t: I64, place: int, came: int, goes: int, minute: int) -> int:
    return cell(t, CHANGE_FIRST, place) + (came * cell(t, OUT_COUNT, place) + goes) * (t[EPOCHS]) + epoch_at(t, place, minute)


@lean
def handled_from(t: I64, place: int, row: int, gate_in: int) -> int:
    return next_open(t, cell(t, PLACE_OPEN, place * 2 + cell(t, CHANGE_WORKING, row)), cell(t, ZONE, place), gate_in)


@lean
def storage_cents(t: I64, labels: NDArray[np.int64], x: int, gate_in: int, until: int) -> int:
    place = labels[x, PLACE]
    if labels[x, KIND] == AT_ORIGIN or not cell(t, HAS_STORAGE, place):
        return 0
    epochs = t[EPOCHS]
    row = cell(t, STORAGE_ROW, (cell(t, IN_FIRST, place) + labels[x, CLASS]) * epochs + epoch_at(t, place, gate_in))
    if row < 0:
        return 0
    days = (until - gate_in + DAY - 1) // DAY
    return cell(t, STORAGE_COST, row * t[STORAGE_DAYS] + min(days, t[STORAGE_DAYS] - 1))
