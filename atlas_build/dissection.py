"""The order of the nodes of the road network: nested dissection, so that the hierarchy of the atlas stays small.

George, A. (1973). Nested dissection of a regular finite element mesh. SIAM Journal on Numerical Analysis 10(2), 345-363. Cuts are straight:
of seven directions, and of the positions that leave at least a third on each side, the one with the fewest edges across.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from atlas_build.geometry import unit_vectors
from landbridge.atlas.kernel import graph_by_tail

LEAF = 12
_DIRECTIONS = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, -1, 0], [1, 0, 1], [0, 1, 1]], float)


def dissection_order(lon: np.ndarray, lat: np.ndarray, tail: np.ndarray, head: np.ndarray) -> np.ndarray:
    """Nodes from the first to be contracted to the last; the separators of large parts stand last."""
    first, _, other = graph_by_tail(len(lon), tail.astype(np.int32), head.astype(np.int32))
    return _dissect(unit_vectors(lon, lat) @ _DIRECTIONS.T, first, other)


@njit(cache=True)
def _dissect(  # noqa: C901
    along, first, other
):
    size = len(along)
    order = np.arange(size)
    side = np.zeros(size, np.int64)  # number of the part that a node lies in
    result = np.empty(size, np.int64)
    last = size  # results are filled from the end
    stack = [(0, size)]
    part = 0
    while len(stack):
        low, high = stack.pop()
        count = high - low
        if count <= 0:
            continue
        nodes = order[low:high].copy()
        if count <= LEAF:
            for node in nodes:
                last -= 1
                result[last] = node
                side[node] = -1
            continue
        part += 1
        for node in nodes:
            side[node] = part
        best_cost, best_direction, best_at = 1e18, 0, count // 2
        for direction in range(along.shape[1]):
            ranked = nodes[np.argsort(along[nodes, direction], kind="mergesort")]
            cost, at = _cheapest(ranked, side, part, first, other)
            if cost < best_cost:
                best_cost, best_direction, best_at = cost, direction, at
        ranked = nodes[np.argsort(along[nodes, best_direction], kind="mergesort")]
        part += 1
        for k in range(best_at):
            side[ranked[k]] = part
        # the separator: of the cut edges, greedily the ends that cover most
        left, right = ranked[:best_at], ranked[best_at:]
        separator = _cover(left, right, side, part, part - 1, first, other)
        for node in separator:
            side[node] = -1
            last -= 1
            result[last] = node
        at = low
        for node in left:
            if side[node] >= 0:
                order[at] = node
                at += 1
        middle = at
        for node in right:
            if side[node] >= 0:
                order[at] = node
                at += 1
        stack.append((low, middle))
        stack.append((middle, at))
    return result


@njit(cache=True)
def _cheapest(ranked, side, part, first, other):
    """The position with the fewest edges across, weighed by the balance of the two sides."""
    count = len(ranked)
    change = np.zeros(count + 1, np.int64)
    place = {ranked[0]: 0}
    for k in range(count):
        place[ranked[k]] = k
    for k in range(count):
        node = ranked[k]
        for slot in range(first[node], first[node + 1]):
            there = np.int64(other[slot])
            if side[there] == part:
                j = place[there]
                if j > k:
                    change[k + 1] += 1
                    change[j + 1] -= 1
    best, at, across = 1e18, count // 2, 0
    for k in range(1, count):
        across += change[k]
        share = min(k, count - k) / count
        if share >= 0.33:
            cost = (across + 0.5) / share
            if cost < best:
                best, at = cost, k
    return best, at


@njit(cache=True)
def _cover(left, right, side, left_part, right_part, first, other):
    """Nodes that touch every cut edge: a matching is grown by augmenting paths, its cover follows (Konig 1931)."""
    match = {np.int64(-1): np.int64(-1)}
    for node in left:
        _augment(node, side, right_part, first, other, match)
    # alternate from unmatched left nodes
    reached = {-1: True}
    stack = [-1]
    stack.pop()
    for node in left:
        if node not in match and _touches(node, side, right_part, first, other):
            stack.append(node)
            reached[node] = True
    while len(stack):
        node = stack.pop()
        for slot in range(first[node], first[node + 1]):
            there = np.int64(other[slot])
            if side[there] == right_part and there not in reached:
                reached[there] = True
                back = match[there] if there in match else -1  # noqa: SIM401  # get gives an optional in numba
                if back >= 0 and back not in reached:
                    reached[back] = True
                    stack.append(back)
    found = [-1]
    found.pop()
    for node in left:
        if node not in reached and node in match:
            found.append(node)
    for node in right:
        if node in reached:
            found.append(node)
    return found


@njit(cache=True)
def _touches(node, side, part, first, other):
    for slot in range(first[node], first[node + 1]):  # noqa: SIM110  # numba
        if side[other[slot]] == part:
            return True
    return False


@njit(cache=True)
def _augment(start, side, right_part, first, other, match):
    """One augmenting path from a left node, breadth first."""
    if not _touches(start, side, right_part, first, other):
        return False
    came = {np.int64(-1): np.int64(-1)}
    queue = [start]
    at = 0
    while at < len(queue):
        node = queue[at]
        at += 1
        for slot in range(first[node], first[node + 1]):
            there = np.int64(other[slot])
            if side[there] != right_part or there in came:
                continue
            came[there] = node
            back = match[there] if there in match else -1  # noqa: SIM401  # get gives an optional in numba
            if back < 0:
                while True:  # turn the path over
                    previous = came[there]
                    following = match[previous] if previous in match else -1  # noqa: SIM401  # get gives an optional in numba
                    match[there] = previous
                    match[previous] = there
                    if previous == start:
                        return True
                    there = following
            queue.append(back)
    return False
