"""Heaps of labels, where one may stand more than once, and of states, where each stands once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from landbridge.routing.compiled import lean
from landbridge.routing.tables import I64


@lean
def push_label(keys: NDArray[np.float64], ones: I64, count: int, key: float, label: int) -> int:
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


@lean
def pop_label(keys: NDArray[np.float64], ones: I64, size: int) -> int:
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


@lean
def relax(heap: I64, place: I64, least: NDArray[np.float64], count: int, value: float, state: int) -> int:
    """Take a smaller value of a state into the heap, where each state stands once; gives the size of the heap."""
    if value >= least[state]:
        return count
    least[state] = value
    at = place[state]
    if at < 0:
        at = count
        count += 1
    while at > 0:
        up = (at - 1) >> 1
        other = heap[up]
        if least[other] <= value:
            break
        heap[at] = other
        place[other] = at
        at = up
    heap[at] = state
    place[state] = at
    return count


@lean
def pop(heap: I64, place: I64, least: NDArray[np.float64], count: int) -> int:
    place[heap[0]] = -1
    count -= 1
    if count == 0:
        return 0
    state = heap[count]
    value, at = least[state], 0
    while True:
        down = 2 * at + 1
        if down >= count:
            break
        if down + 1 < count and least[heap[down + 1]] < least[heap[down]]:
            down += 1
        if value <= least[heap[down]]:
            break
        heap[at] = heap[down]
        place[heap[at]] = at
        at = down
    heap[at] = state
    place[state] = at
    return count
