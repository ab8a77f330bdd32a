"""Mending of torn lines: ends that touch in reality and not in the data, joined within a bound, each with its length and reason."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np
from numba import njit
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from atlas_build.geometry import EARTH_RADIUS_M, unit_vectors


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """One pass of mending.

    Attributes
    ----------
    gap_m
        The longest gap that is joined.
    detour_m, detour_factor
        Joined only where the way round is longer than both ``detour_m`` and ``detour_factor`` times the gap.
    ends_only
        At least one side is the end of a line.
    islands_only
        Only nodes that nothing joins as yet.
    reason
        What the log says.
    """

    gap_m: float
    detour_m: float
    detour_factor: float
    ends_only: bool
    reason: str
    islands_only: bool = False


def bridge_gaps(lon: np.ndarray, lat: np.ndarray, tail: np.ndarray, head: np.ndarray, length: np.ndarray, group: np.ndarray, bound: Bound):
    """Pairs of nodes of the same group to be joined, shape (n, 2), and their lengths in metres.

    Shortest gaps first; each is joined only if a search from one side does not meet the other within the detour, bridges already made
    counting as track.
    """
    pairs, gaps = _pairs(lon, lat, tail, head, group, bound)
    linked = _Linked(len(lon), tail, head, length, len(pairs))
    taken = _join(pairs, gaps, bound.detour_m, bound.detour_factor, linked.first, linked.follow, linked.to, linked.weight, linked.count)
    return pairs[taken], np.maximum(np.rint(gaps[taken]), 1).astype(np.int64)


def _pairs(lon, lat, tail, head, group, bound):
    points = unit_vectors(lon, lat) * EARTH_RADIUS_M
    degree = np.bincount(np.concatenate((tail, head)), minlength=len(lon))
    tree = cKDTree(points)
    if bound.ends_only:
        ends = np.flatnonzero(degree == 1)
        near = tree.query_ball_point(points[ends], bound.gap_m)
        pairs = np.array([(min(end, one), max(end, one)) for end, found in zip(ends, near, strict=True) for one in found if one != end])
        pairs = np.unique(pairs, axis=0) if len(pairs) else np.empty((0, 2), np.int64)
    else:
        pairs = tree.query_pairs(bound.gap_m, output_type="ndarray")
    pairs = pairs[group[pairs[:, 0]] == group[pairs[:, 1]]]
    if bound.islands_only:
        graph = coo_matrix((np.ones(len(tail)), (tail, head)), shape=(len(lon), len(lon)))
        label = connected_components(graph, directed=False)[1]
        pairs = pairs[label[pairs[:, 0]] != label[pairs[:, 1]]]
    gaps = np.linalg.norm(points[pairs[:, 0]] - points[pairs[:, 1]], axis=1)
    order = np.lexsort((pairs[:, 1], pairs[:, 0], np.rint(gaps)))
    return pairs[order], gaps[order]


class _Linked:
    """Adjacency as linked lists, with room for the bridges to come."""

    def __init__(self, nodes: int, tail: np.ndarray, head: np.ndarray, length: np.ndarray, extra: int) -> None:
        size = 2 * (len(tail) + extra)
        self.first = np.full(nodes, -1, np.int64)
        self.follow, self.to, self.weight = np.full(size, -1, np.int64), np.zeros(size, np.int64), np.zeros(size)
        self.count = 2 * len(tail)
        _fill(self.first, self.follow, self.to, self.weight, tail.astype(np.int64), head.astype(np.int64), length.astype(float))


@njit(cache=True)
def _fill(first, follow, to, weight, tail, head, length):
    for edge in range(len(tail)):
        for side in range(2):
            a, b = (tail[edge], head[edge]) if side == 0 else (head[edge], tail[edge])
            slot = 2 * edge + side
            to[slot], weight[slot], follow[slot] = b, length[edge], first[a]
            first[a] = slot


@njit(cache=True)
def _join(pairs, gaps, detour, factor, first, follow, to, weight, count):
    taken = np.zeros(len(pairs), np.bool_)
    distance = np.full(len(first), np.inf)
    for k in range(len(pairs)):
        a, b = pairs[k]
        bound = max(detour, factor * gaps[k])
        if _reaches(a, b, bound, distance, first, follow, to, weight):
            continue
        taken[k] = True
        for side in range(2):
            p, q = (a, b) if side == 0 else (b, a)
            to[count], weight[count], follow[count] = q, gaps[k], first[p]
            first[p] = count
            count += 1
    return taken


@njit(cache=True)
def _reaches(start, goal, bound, distance, first, follow, to, weight):
    queue = [(0.0, start)]
    seen = [start]
    distance[start] = 0.0
    reached = False
    while len(queue):
        far, node = heapq.heappop(queue)
        if node == goal:
            reached = True
            break
        if far > distance[node]:
            continue
        slot = first[node]
        while slot >= 0:
            other, there = to[slot], far + weight[slot]
            if there <= bound and there < distance[other]:
                if distance[other] == np.inf:
                    seen.append(other)
                distance[other] = there
                heapq.heappush(queue, (there, other))
            slot = follow[slot]
    for node in seen:
        distance[node] = np.inf
    return reached
