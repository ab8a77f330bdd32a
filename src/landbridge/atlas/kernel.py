"""Compiled loops over the arrays of a network. Pure functions of their arguments; each has a plain twin in the tests."""

from __future__ import annotations

import heapq
import math
from typing import TYPE_CHECKING, TypeVar, cast

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from numpy.typing import NDArray

Loop = TypeVar("Loop")

EARTH_RADIUS_M = 6_371_009.0
"""Mean radius of the WGS 84 ellipsoid, (2a + b) / 3."""
CELLS_PER_DEGREE = 4
COLUMNS, ROWS = 360 * CELLS_PER_DEGREE, 180 * CELLS_PER_DEGREE


def compiled(loop: Loop) -> Loop:
    """Compile a loop once and keep it on disk."""
    return cast("Loop", njit(cache=True, nogil=True)(loop))


@compiled
def great_circle_m(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """The great circle between two points in degrees, metres (haversine formula)."""
    half_lat = math.radians(other_lat - lat) / 2
    half_lon = math.radians(other_lon - lon) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(math.radians(lat)) * math.cos(math.radians(other_lat)) * math.sin(half_lon) ** 2
    return 2 * 6_371_009.0 * math.asin(math.sqrt(min(1.0, chord)))


@compiled
def great_circles_m(
    lon: NDArray[np.float64], lat: NDArray[np.float64], tail: NDArray[np.int32], head: NDArray[np.int32]
) -> NDArray[np.float64]:
    """The great circle of every edge, metres."""
    found = np.empty(len(tail))
    for edge in range(len(tail)):
        found[edge] = great_circle_m(lon[tail[edge]], lat[tail[edge]], lon[head[edge]], lat[head[edge]])
    return found


@compiled
def graph_by_tail(
    nodes: int, tail: NDArray[np.int32], head: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Edges of every node: ``first`` of shape (nodes + 1,), ``edge_of`` and ``other`` of shape (2 n_edges,)."""
    first = np.zeros(nodes + 1, np.int32)
    for edge in range(len(tail)):
        first[tail[edge] + 1] += 1
        first[head[edge] + 1] += 1
    for node in range(nodes):
        first[node + 1] += first[node]
    slot = first[:-1].copy()
    edge_of, other = np.empty(2 * len(tail), np.int32), np.empty(2 * len(tail), np.int32)
    for edge in range(len(tail)):
        a, b = tail[edge], head[edge]
        edge_of[slot[a]], other[slot[a]] = edge, b
        slot[a] += 1
        edge_of[slot[b]], other[slot[b]] = edge, a
        slot[b] += 1
    return first, edge_of, other


@compiled
def islands(
    first: NDArray[np.int32], edge_of: NDArray[np.int32], other: NDArray[np.int32], is_open: NDArray[np.bool_]
) -> NDArray[np.int32]:
    """Number of the part, connected by open edges, that each node belongs to, from 0 in order of the smallest node."""
    nodes = len(first) - 1
    found = np.full(nodes, -1, np.int32)
    stack = np.empty(nodes, np.int32)
    count = 0
    for start in range(nodes):
        if found[start] >= 0:
            continue
        found[start] = count
        stack[0] = start
        size = 1
        while size:
            size -= 1
            node = stack[size]
            for slot in range(first[node], first[node + 1]):
                there = other[slot]
                if found[there] < 0 and is_open[edge_of[slot]]:
                    found[there] = count
                    stack[size] = there
                    size += 1
        count += 1
    return found


@compiled
def cell_of(lon: float, lat: float) -> int:
    """Number of the cell that a point lies in."""
    column = int((lon + 180.0) * 4) % 1440
    row = min(719, max(0, int((lat + 90.0) * 4)))
    return row * 1440 + column


@compiled
def cells(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Nodes by cell, as ``first`` and ``node``."""
    first = np.zeros(1440 * 720 + 1, np.int32)
    for node in range(len(lon)):
        first[cell_of(lon[node], lat[node]) + 1] += 1
    for cell in range(1440 * 720):
        first[cell + 1] += first[cell]
    slot = first[:-1].copy()
    found = np.empty(len(lon), np.int32)
    for node in range(len(lon)):
        cell = cell_of(lon[node], lat[node])
        found[slot[cell]] = node
        slot[cell] += 1
    return first, found


@compiled
def nodes_near(
    lon: float,
    lat: float,
    reach_m: float,
    node_lon: NDArray[np.float64],
    node_lat: NDArray[np.float64],
    cell_first: NDArray[np.int32],
    cell_node: NDArray[np.int32],
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Nodes within ``reach_m`` of a point, and how far they are, nearest first."""
    rows = int(reach_m / 27_700.0) + 1
    narrow = max(0.02, math.cos(math.radians(min(89.0, abs(lat) + reach_m / 111_000.0))))
    columns = min(720, int(reach_m / (27_700.0 * narrow)) + 1)
    row = min(719, max(0, int((lat + 90.0) * 4)))
    column = int((lon + 180.0) * 4)
    count = 0
    for step in range(2):  # count, then fill
        if step == 1:
            found, far = np.empty(count, np.int32), np.empty(count)
            count = 0
        for r in range(max(0, row - rows), min(719, row + rows) + 1):
            for c in range(column - columns, min(column + columns, column - columns + 1439) + 1):
                cell = r * 1440 + c % 1440
                for slot in range(cell_first[cell], cell_first[cell + 1]):
                    node = cell_node[slot]
                    gap = great_circle_m(lon, lat, node_lon[node], node_lat[node])
                    if gap <= reach_m:
                        if step == 1:
                            found[count], far[count] = node, gap
                        count += 1
    order = np.argsort(far, kind="mergesort")
    return found[order], far[order]


@compiled
def nodes_along(start: int, edges: NDArray[np.int32], tail: NDArray[np.int32], head: NDArray[np.int32]) -> NDArray[np.int32]:
    """Nodes of a way that begins at ``start``, in order, shape (n + 1,)."""
    nodes = np.empty(len(edges) + 1, np.int32)
    node = np.int32(start)
    nodes[0] = node
    for k in range(len(edges)):
        edge = edges[k]
        node = head[edge] if tail[edge] == node else tail[edge]
        nodes[k + 1] = node
    return nodes


@compiled
def shortest_path(  # noqa: C901  # a kernel: the heap is written out
    start: int,
    goal: int,
    weight: NDArray[np.int64],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    first: NDArray[np.int32],
    edge_of: NDArray[np.int32],
    other: NDArray[np.int32],
) -> tuple[int, NDArray[np.int32]]:
    """The least weight from ``start`` to ``goal`` and the edges of the way; -1 where there is none.

    A* (Hart, Nilsson and Raphael 1968, https://doi.org/10.1109/TSSC.1968.300136) with the great circle as bound. ``weight`` by edge: -1 is
    closed, else at least the great circle between its ends less one metre; ties are decided by node number.
    """
    nodes = len(lon)
    reach = np.full(nodes, -1, np.int64)
    by_edge = np.full(nodes, -1, np.int32)
    done = np.zeros(nodes, np.bool_)
    size = 0
    capacity = 1024
    heap_key = np.empty(capacity, np.float64)
    heap_node = np.empty(capacity, np.int32)
    reach[start] = 0
    heap_key[0], heap_node[0] = great_circle_m(lon[start], lat[start], lon[goal], lat[goal]) * 0.99999, start
    size = 1
    while size:
        node = heap_node[0]
        size -= 1
        key, last = heap_key[size], heap_node[size]
        at = 0
        while True:  # sift down
            child = 2 * at + 1
            if child >= size:
                break
            if child + 1 < size and (
                heap_key[child + 1] < heap_key[child]
                or (heap_key[child + 1] == heap_key[child] and heap_node[child + 1] < heap_node[child])
            ):
                child += 1
            if heap_key[child] < key or (heap_key[child] == key and heap_node[child] < last):
                heap_key[at], heap_node[at] = heap_key[child], heap_node[child]
                at = child
            else:
                break
        heap_key[at], heap_node[at] = key, last
        if done[node]:
            continue
        done[node] = True
        if node == goal:
            break
        for slot in range(first[node], first[node + 1]):
            edge = edge_of[slot]
            if weight[edge] < 0:
                continue
            there = other[slot]
            if done[there]:
                continue
            far = reach[node] + weight[edge]
            if reach[there] < 0 or far < reach[there]:
                reach[there] = far
                by_edge[there] = edge
                if size == capacity:
                    capacity *= 2
                    wider_key, wider_node = np.empty(capacity, np.float64), np.empty(capacity, np.int32)
                    wider_key[:size], wider_node[:size] = heap_key, heap_node
                    heap_key, heap_node = wider_key, wider_node
                key = far + great_circle_m(lon[there], lat[there], lon[goal], lat[goal]) * 0.99999
                at = size
                size += 1
                while at > 0 and (key < heap_key[(at - 1) // 2] or (key == heap_key[(at - 1) // 2] and there < heap_node[(at - 1) // 2])):
                    heap_key[at], heap_node[at] = heap_key[(at - 1) // 2], heap_node[(at - 1) // 2]
                    at = (at - 1) // 2
                heap_key[at], heap_node[at] = key, there
    if reach[goal] < 0 or not done[goal]:
        return -1, np.empty(0, np.int32)
    return reach[goal], _edges_back(start, goal, by_edge, first, edge_of, other)


@compiled
def _edges_back(
    start: int,
    goal: int,
    by_edge: NDArray[np.int32],
    first: NDArray[np.int32],
    edge_of: NDArray[np.int32],
    other: NDArray[np.int32],
) -> NDArray[np.int32]:
    count, node = 0, goal
    for step in range(2):
        if step == 1:
            found = np.empty(count, np.int32)
        node = goal
        at = count
        while node != start:
            edge = by_edge[node]
            if step == 0:
                count += 1
            else:
                at -= 1
                found[at] = edge
            for slot in range(first[node], first[node + 1]):
                if edge_of[slot] == edge:
                    node = other[slot]
                    break
    return found


@compiled
def distances_from(
    start: int,
    goals: NDArray[np.int32],
    weight: NDArray[np.int64],
    length: NDArray[np.int32],
    first: NDArray[np.int32],
    edge_of: NDArray[np.int32],
    other: NDArray[np.int32],
) -> NDArray[np.int64]:
    """Lengths of the ways of least weight from one node to others, -1 where there is none (Dijkstra 1959)."""
    nodes = len(first) - 1
    reach = np.full(nodes, -1, np.int64)
    metres = np.zeros(nodes, np.int64)
    done = np.zeros(nodes, np.bool_)
    is_goal = np.zeros(nodes, np.bool_)
    left = 0
    for goal in goals:
        if not is_goal[goal]:
            is_goal[goal] = True
            left += 1
    queue = [(np.int64(0), np.int32(start))]
    reach[start] = 0
    while len(queue) and left:
        far, node = heapq.heappop(queue)
        if done[node]:
            continue
        done[node] = True
        if is_goal[node]:
            left -= 1
        for slot in range(first[node], first[node + 1]):
            edge, there = edge_of[slot], other[slot]
            if weight[edge] < 0 or done[there]:
                continue
            further = far + weight[edge]
            if reach[there] < 0 or further < reach[there]:
                reach[there] = further
                metres[there] = metres[node] + length[edge]
                heapq.heappush(queue, (further, there))
    found = np.empty(len(goals), np.int64)
    for k in range(len(goals)):
        found[k] = metres[goals[k]] if done[goals[k]] else -1
    return found
