"""Heaps of labels, where one may stand more than once."""

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
