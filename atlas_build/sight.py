"""Compiled loops for the sea: lines of sight over a raster of land, tangents, thinning, ways over the raster."""

from __future__ import annotations

import heapq
import math

import numpy as np
from numba import njit

COLUMNS, ROWS = 36_000, 18_000
"""Cells of 0.01 degree."""
STEP = 0.7 / 6371.0
"""Samples of a line are 700 m apart, in radians."""
BLOCK, ROOM = 10, 1e-4
"""How far the land is, is kept for blocks of so many cells, in units of so many radians (640 m)."""


@njit(cache=True)
def is_land(row, column, bits):
    return (bits[row, column >> 3] >> (7 - (column & 7))) & 1


@njit(cache=True)
def sees(a, b, bits, clear):
    """Whether the great circle between two unit vectors touches no land cell.

    Samples are ``STEP`` apart; a few of the whole line come first, since most lines meet a continent. Where the land is farther away than
    some steps, they are passed over: what is skipped is water, so that the answer is that of all samples.
    """
    d = min(1.0, max(-1.0, a[0] * b[0] + a[1] * b[1] + a[2] * b[2]))
    angle = math.acos(d)
    if angle < 1e-7:
        return True
    s = math.sin(angle)
    ux, uy, uz = (b[0] - d * a[0]) / s, (b[1] - d * a[1]) / s, (b[2] - d * a[2]) / s
    n = int(angle / STEP) + 1
    stride = n // 2
    while stride > n // 17 and stride > 8:
        i = stride
        while i < n:
            if _water(angle * i / n, a, ux, uy, uz, bits, clear) < 0:
                return False
            i += 2 * stride
        stride //= 2
    i = 1
    while i < n:
        room = _water(angle * i / n, a, ux, uy, uz, bits, clear)
        if room < 0:
            return False
        i += 1 + int(room * n / angle)
    return True


@njit(cache=True)
def _water(t, a, ux, uy, uz, bits, clear):
    """Radians from a point of a line within which there is no land; -1 on land."""
    c, q = math.cos(t), math.sin(t)
    lat = math.asin(min(1.0, max(-1.0, a[2] * c + uz * q)))
    lon = math.atan2(a[1] * c + uy * q, a[0] * c + ux * q)
    row = min(17_999, int((math.pi / 2 - lat) * (18_000 / math.pi)))
    column = int((lon + math.pi) * (18_000 / math.pi)) % 36_000
    if is_land(row, column, bits):
        return -1.0
    return clear[row // BLOCK, column // BLOCK] * ROOM


@njit(cache=True)
def grazes(a, east, north, b, before, after):
    """Whether a taut line that leaves corner ``a`` for ``b`` can bend there: both sides of the coast lie on one side of it."""
    if before[0] == 0.0 and before[1] == 0.0:
        return True
    e = b[0] * east[0] + b[1] * east[1]
    n = b[0] * north[0] + b[1] * north[1] + b[2] * north[2]
    size = math.sqrt(e * e + n * n)
    if size < 1e-12:
        return True
    e, n = e / size, n / size
    one, other = e * before[1] - n * before[0], e * after[1] - n * after[0]
    return not (one > 0.09 and other < -0.09) and not (one < -0.09 and other > 0.09)


@njit(cache=True)
def sight_edges(first, count, points, east, north, before, after, bits, clear, reach):
    """Pairs (i, j) with ``first <= i < count`` and j > i that see each other and graze both corners, within ``reach`` radians."""
    tails, heads = [], []
    near = math.cos(reach)
    for i in range(first, count):
        for j in range(i + 1, len(points)):
            d = points[i, 0] * points[j, 0] + points[i, 1] * points[j, 1] + points[i, 2] * points[j, 2]
            if d < near:
                continue
            if not grazes(points[i], east[i], north[i], points[j], before[i], after[i]):
                continue
            if not grazes(points[j], east[j], north[j], points[i], before[j], after[j]):
                continue
            if sees(points[i], points[j], bits, clear):
                tails.append(i)
                heads.append(j)
    return np.array(tails, dtype=np.int32), np.array(heads, dtype=np.int32)


@njit(cache=True)
def cross_edges(some, points, east, north, before, after, bits, clear, reach):
    """Pairs (k, j): free points that see corners which they graze, within ``reach`` radians; near by, all that they see.

    From a port on the coast the way out to a corner, which stands off the coast, bends the other way.
    """
    tails, heads = [], []
    near, close = math.cos(reach), math.cos(250.0 / 6371.0)
    for k in range(len(some)):
        for j in range(len(points)):
            d = points[j, 0] * some[k, 0] + points[j, 1] * some[k, 1] + points[j, 2] * some[k, 2]
            if (
                d >= near
                and (d > close or grazes(points[j], east[j], north[j], some[k], before[j], after[j]))
                and sees(some[k], points[j], bits, clear)
            ):
                tails.append(k)
                heads.append(j)
    return np.array(tails, dtype=np.int32), np.array(heads, dtype=np.int32)


@njit(cache=True)
def thinned(order, tail, head, length, first, edge_of, other, slack):
    """Which edges to keep: one is dropped if two kept ones that are shorter go the same way with at most ``slack`` more."""
    kept = np.ones(len(tail), np.bool_)
    nodes = len(first) - 1
    via = np.full(nodes, -1.0)
    for k in range(len(order)):
        edge = order[k]
        a, b = tail[edge], head[edge]
        bound = length[edge] * (1.0 + slack)
        for slot in range(first[a], first[a + 1]):
            if kept[edge_of[slot]] and length[edge_of[slot]] < length[edge]:
                via[other[slot]] = length[edge_of[slot]]
        for slot in range(first[b], first[b + 1]):
            there = other[slot]
            if via[there] >= 0 and kept[edge_of[slot]] and via[there] + length[edge_of[slot]] <= bound:
                kept[edge] = False
                break
        for slot in range(first[a], first[a + 1]):
            via[other[slot]] = -1.0
    return kept


@njit(cache=True)
def raster_ways(  # noqa: C901
    row, column, reach, bits, goal_row, goal_column, most
):
    """Shortest ways over water cells from one cell to up to ``most`` goals within ``reach`` cells: cells, and where each way ends.

    Eight neighbours; a cell of land is entered by none. The way to a goal does not go on through that goal.
    """
    size = 2 * reach + 1
    far = np.full((size, size), np.inf, np.float32)
    back = np.full((size, size), -1, np.int8)
    goal = np.full((size, size), -1, np.int32)
    for k in range(len(goal_row)):
        y, x = goal_row[k] - row + reach, (goal_column[k] - column + 18_000) % 36_000 - 18_000 + reach
        if 0 <= y < size and 0 <= x < size:
            goal[y, x] = k
    dy = np.array([-1, -1, -1, 0, 0, 1, 1, 1])
    dx = np.array([-1, 0, 1, -1, 1, -1, 0, 1])
    narrow = math.cos(math.radians(90.0 - row * 0.01))
    far[reach, reach] = 0.0
    queue = [(np.float32(0.0), reach, reach)]
    cells, ends, found = [(0, 0)], [0], [0]
    cells.pop()
    ends.pop()
    found.pop()
    while len(queue):
        d, y, x = heapq.heappop(queue)
        if d > far[y, x]:
            continue
        if goal[y, x] >= 0:
            found.append(goal[y, x])
            yy, xx = y, x
            while True:
                cells.append((yy - reach + row, (xx - reach + column) % 36_000))
                k = back[yy, xx]
                if k < 0:
                    break
                yy, xx = yy - dy[k], xx - dx[k]
            ends.append(len(cells))
            goal[y, x] = -1
            if len(found) >= most:
                break
            continue
        for k in range(8):
            yy, xx = y + dy[k], x + dx[k]
            if yy < 0 or xx < 0 or yy >= size or xx >= size:
                continue
            r, c = yy - reach + row, (xx - reach + column) % 36_000
            if r < 0 or r >= 18_000 or is_land(r, c, bits):
                continue
            step = math.sqrt(dy[k] * dy[k] + dx[k] * dx[k] * narrow * narrow)
            there = np.float32(d + step)
            if there < far[yy, xx]:
                far[yy, xx] = there
                back[yy, xx] = k
                heapq.heappush(queue, (there, yy, xx))
    return cells, ends, found


@njit(cache=True)
def nearest_water(row, column, reach, ocean, narrow):
    """The nearest cell of the ocean (a raster of bits) within ``reach`` cells, as (row, column); (-1, -1) if there is none."""
    best, at = 1e18, (-1, -1)
    for dy in range(-reach, reach + 1):
        r = row + dy
        if r < 0 or r >= 18_000:
            continue
        for dx in range(-int(reach / narrow), int(reach / narrow) + 1):
            c = (column + dx) % 36_000
            if is_land(r, c, ocean):
                d = dy * dy + dx * dx * narrow * narrow
                if d < best:
                    best, at = d, (r, c)
    return at
