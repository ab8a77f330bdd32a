"""The part of the network that one search needs: the nodes through which an itinerary that is asked for may lead.

A node is left out only if every itinerary through it is worse than what is known: if the least from the origin to it and from it to the
destination together are.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray


def within_limit(is_kept: NDArray[np.int8], source: int, least: NDArray[np.float64], limit: float) -> NDArray[np.int8]:
    """(nodes,) 1 where a weighted sum of a way through a node, at ``least`` (nodes,), is no more than ``limit``.

    The source is always in, and nodes where goods under an open through rate may be: what these have cost is not the sum of their legs.
    """
    inside: NDArray[np.int8] = ((least <= limit) | (is_kept == 1)).astype(np.int8)
    inside[source] = 1
    return inside


@njit(cache=True, nogil=True)
def in_open_region(
    is_kept: NDArray[np.int8],
    source: int,
    fore: NDArray[np.float64],
    back: NDArray[np.float64],
    weights: NDArray[np.float64],
    corners: NDArray[np.float64],
) -> NDArray[np.int8]:
    """(nodes,) 1 where a way through a node may be better in all three than one of the corners of what known ways leave open.

    Parameters
    ----------
    fore
        (nodes, 3 or more) the least of each criterion from the origin.
    back
        (nodes, sums) the least of each sum to the destination: those of the corners, the one behind the three criteria is not looked at.
    weights
        (sums, 3)
    """
    nodes, sums = back.shape
    inside = np.empty(nodes, np.int8)
    total = np.empty(sums)
    for node in range(nodes):
        inside[node] = 1 if is_kept[node] or node == source else 0
        if inside[node] or fore[node, 0] == np.inf or fore[node, 1] == np.inf or fore[node, 2] == np.inf:
            continue
        for m in range(sums):
            total[m] = back[node, m] + weights[m, 0] * fore[node, 0] + weights[m, 1] * fore[node, 1] + weights[m, 2] * fore[node, 2]
        for i in range(len(corners)):
            is_open = True
            for m in range(sums):
                if m != 3 and total[m] >= corners[i, m]:
                    is_open = False
                    break
            if is_open:
                inside[node] = 1
                break
    return inside
