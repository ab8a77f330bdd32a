"""Compiled loops of the customizable contraction hierarchy; nodes are numbered in the order in which they are contracted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from landbridge.atlas.kernel import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

FAR = np.int32(1 << 30)
"""No way: more metres than any; whole numbers of four bytes keep twice as many arcs in the cache of a processor."""


@compiled
def contract(first: NDArray[np.int32], other: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Arcs from every node to higher ones after contraction: ``up_first`` (n + 1,), ``up`` sorted within each node.

    The lowest higher neighbour of a node takes over the rest of its higher neighbours.
    """
    nodes = len(first) - 1
    up_first = np.zeros(nodes + 1, np.int64)
    capacity = len(other) * 3 + 16
    up = np.empty(capacity, np.int32)
    child_first = np.full(nodes, -1, np.int32)
    child_next = np.full(nodes, -1, np.int32)
    mark = np.full(nodes, -1, np.int32)
    size = 0
    for node in range(nodes):
        start = size
        need = first[node + 1] - first[node]
        child = child_first[node]
        while child >= 0:
            need += up_first[child + 1] - up_first[child]
            child = child_next[child]
        if size + need > capacity:
            capacity = max(2 * capacity, size + need)
            wider = np.empty(capacity, np.int32)
            wider[:size] = up[:size]
            up = wider
        mark[node] = node
        for slot in range(first[node], first[node + 1]):
            there = other[slot]
            if there > node and mark[there] != node:
                mark[there] = node
                up[size] = there
                size += 1
        child = child_first[node]
        while child >= 0:
            for slot in range(up_first[child], up_first[child + 1]):
                there = up[slot]
                if mark[there] != node:
                    mark[there] = node
                    up[size] = there
                    size += 1
            child = child_next[child]
        up[start:size].sort()
        up_first[node + 1] = size
        if size > start:
            parent = up[start]
            child_next[node] = child_first[parent]
            child_first[parent] = node
    return up_first, up[:size].copy()


@compiled
def customize(
    up_first: NDArray[np.int64],
    up: NDArray[np.int32],
    tail: NDArray[np.int32],
    head: NDArray[np.int32],
    weight: NDArray[np.int64],
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Weight of every arc, the edge it stands for (-1: none), and the node it goes over (-1: none)."""
    cost = np.full(len(up), FAR, np.int32)
    by_edge = np.full(len(up), -1, np.int32)
    over = np.full(len(up), -1, np.int32)
    for edge in range(len(tail)):
        if weight[edge] < 0:
            continue
        low, high = min(tail[edge], head[edge]), max(tail[edge], head[edge])
        arc = _arc(up_first, up, low, high)
        if weight[edge] < cost[arc]:
            cost[arc], by_edge[arc] = np.int32(weight[edge]), edge
    for node in range(len(up_first) - 1):
        start, end = up_first[node], up_first[node + 1]
        for arc in range(start, end):
            low = up[arc]
            at = up_first[low]
            for following in range(arc + 1, end):
                high = up[following]
                while up[at] < high:
                    at += 1
                through = np.int64(cost[arc]) + cost[following]
                if through < cost[at]:
                    cost[at], over[at], by_edge[at] = np.int32(through), node, -1
    return cost, by_edge, over


@compiled
def _arc(up_first: NDArray[np.int64], up: NDArray[np.int32], low: int, high: int) -> Any:  # noqa: ANN401  # an int64 of numba
    left, right = up_first[low], up_first[low + 1]
    while left < right:
        middle = (left + right) // 2
        if up[middle] < high:
            left = middle + 1
        else:
            right = middle
    return left


@compiled
def climb(
    start: int,
    up_first: NDArray[np.int64],
    up: NDArray[np.int32],
    cost: NDArray[np.int32],
    reach: NDArray[np.int32],
    by_arc: NDArray[np.int32],
) -> None:
    """Weights from a node to all above it in the elimination tree, into ``reach`` (far before), and the arcs that lead there."""
    reach[start] = 0
    node = start
    while True:
        begin, end = up_first[node], up_first[node + 1]
        if begin == end:
            break
        own = np.int64(reach[node])
        if own < FAR:
            for arc in range(begin, end):
                through = own + cost[arc]
                there = up[arc]
                if through < reach[there]:
                    reach[there], by_arc[there] = np.int32(through), np.int32(arc)
        node = up[begin]


@compiled
def clear(start: int, up_first: NDArray[np.int64], up: NDArray[np.int32], reach: NDArray[np.int32]) -> None:
    """Make the entries above a node far again."""
    node = start
    while True:
        reach[node] = FAR
        begin = up_first[node]
        if begin == up_first[node + 1]:
            break
        node = up[begin]


@compiled
def meet(
    start: int, goal: int, up_first: NDArray[np.int64], up: NDArray[np.int32], reach: NDArray[np.int32], back: NDArray[np.int32]
) -> tuple[Any, Any]:
    """The least weight over a node above both, and that node; -1 if there is none."""
    best, at = np.int64(FAR), -1
    node, other = start, goal
    while node != other:  # to the lowest node above both
        if node < other:
            begin = up_first[node]
            if begin == up_first[node + 1]:
                return -1, -1
            node = up[begin]
        else:
            begin = up_first[other]
            if begin == up_first[other + 1]:
                return -1, -1
            other = up[begin]
    while True:
        through = np.int64(reach[node]) + back[node]
        if through < best:
            best, at = through, node
        begin = up_first[node]
        if begin == up_first[node + 1]:
            break
        node = up[begin]
    return (best, at) if best < FAR else (-1, -1)


@compiled
def trace(
    start: int,
    goal: int,
    top: int,
    up_first: NDArray[np.int64],
    up: NDArray[np.int32],
    from_arc: NDArray[np.int32],
    to_arc: NDArray[np.int32],
    tail_of: NDArray[np.int32],
    by_edge: NDArray[np.int32],
    over: NDArray[np.int32],
) -> NDArray[np.int32]:
    """Edges of the way over ``top``, in order."""
    arcs = [np.int64(0)]
    ways = [True]
    arcs.pop()
    ways.pop()
    node = top
    while node != start:
        arc = from_arc[node]
        arcs.append(arc)
        ways.append(True)
        node = tail_of[arc]
    # the stack is unpacked from its end: the arc nearest to the start comes first
    edges = [np.int32(0)]
    edges.pop()
    _unpack(arcs, ways, up_first, up, tail_of, by_edge, over, edges)
    node = goal
    chain = [np.int64(0)]
    chain.pop()
    node = top
    while node != goal:
        arc = to_arc[node]
        chain.append(arc)
        node = tail_of[arc]
    arcs = [np.int64(0)]
    arcs.pop()
    ways = [True]
    ways.pop()
    for k in range(len(chain) - 1, -1, -1):
        arcs.append(chain[k])
        ways.append(False)
    _unpack(arcs, ways, up_first, up, tail_of, by_edge, over, edges)
    return np.array(edges, dtype=np.int32)


@compiled
def _unpack(
    arcs: list[Any],
    ways: list[bool],
    up_first: NDArray[np.int64],
    up: NDArray[np.int32],
    tail_of: NDArray[np.int32],
    by_edge: NDArray[np.int32],
    over: NDArray[np.int32],
    edges: list[Any],
) -> None:
    """Replace arcs from the end of the stack by edges; an arc over a node is the two arcs from that node."""
    while len(arcs):
        arc = arcs.pop()
        is_up = ways.pop()
        if over[arc] < 0:
            edges.append(by_edge[arc])
            continue
        middle, low, high = over[arc], tail_of[arc], up[arc]
        to_low, to_high = _arc(up_first, up, middle, low), _arc(up_first, up, middle, high)
        if is_up:  # low, middle, high
            arcs.append(to_high)
            ways.append(True)
            arcs.append(to_low)
            ways.append(False)
        else:  # high, middle, low
            arcs.append(to_low)
            ways.append(True)
            arcs.append(to_high)
            ways.append(False)


@compiled
def table(  # noqa: C901  # a kernel: the walks up are written out
    origins: NDArray[np.int32],
    goals: NDArray[np.int32],
    up_first: NDArray[np.int64],
    up: NDArray[np.int32],
    cost: NDArray[np.int32],
) -> NDArray[np.int64]:
    """Least weights from every origin to every goal, -1 where there is none; buckets of the goals at the nodes above them.

    Knopp, S., Sanders, P., Schultes, D., Schulz, F., Wagner, D. (2007). Computing many-to-many shortest paths using highway hierarchies.
    """
    far = np.int64(FAR)
    nodes = len(up_first) - 1
    reach = np.full(nodes, FAR, np.int32)
    by_arc = np.zeros(nodes, np.int32)
    count = np.zeros(nodes + 1, np.int64)
    for goal in goals:
        node = goal
        while True:
            count[node + 1] += 1
            if up_first[node] == up_first[node + 1]:
                break
            node = up[up_first[node]]
    for node in range(nodes):
        count[node + 1] += count[node]
    fill = count[:-1].copy()
    bucket_goal, bucket_cost = np.empty(count[-1], np.int32), np.empty(count[-1], np.int64)
    for k in range(len(goals)):
        climb(goals[k], up_first, up, cost, reach, by_arc)
        node = goals[k]
        while True:
            if reach[node] < far:
                bucket_goal[fill[node]], bucket_cost[fill[node]] = k, reach[node]
                fill[node] += 1
            if up_first[node] == up_first[node + 1]:
                break
            node = up[up_first[node]]
        clear(goals[k], up_first, up, reach)
    found = np.full((len(origins), len(goals)), far, np.int64)
    for k in range(len(origins)):
        climb(origins[k], up_first, up, cost, reach, by_arc)
        node = origins[k]
        row = found[k]
        while True:
            own = np.int64(reach[node])
            if own < far:
                for slot in range(count[node], fill[node]):
                    through = own + bucket_cost[slot]
                    if through < row[bucket_goal[slot]]:
                        row[bucket_goal[slot]] = through
            if up_first[node] == up_first[node + 1]:
                break
            node = up[up_first[node]]
        clear(origins[k], up_first, up, reach)
    for k in range(found.shape[0]):
        for j in range(found.shape[1]):
            if found[k, j] >= far:
                found[k, j] = -1
    return found
