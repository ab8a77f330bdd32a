# mypy: disable-error-code="assignment,return-value"
"""Compiled kernels of network design: the Lagrangian relaxation of flow conservation. Imported only by what solves a design.

Arrays are those of :class:`landbridge.optimization.design.Design`; multipliers and violations have the shape (n_nodes, n_commodities).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

Array = Any
"""An array of the kernel: its dtype and shape stand in the docstrings."""

_REDUCE = {"reassoc", "contract", "nsz"}
FREE, OPEN, SHUT = 0, 1, -1


@njit(cache=True, nogil=True, fastmath=_REDUCE)
def _fill_reduced(cost: Array, low: Array, high: Array, reduced: Array) -> None:
    for k in range(cost.shape[0]):
        reduced[k] = cost[k] + low[k] - high[k]


@njit(cache=True, nogil=True, fastmath=_REDUCE)
def _weigh(reduced: Array, demand: Array, room: float) -> tuple[float, float]:
    """What all items of negative reduced cost weigh together, and what they gain."""
    mass, gain = np.float32(0.0), np.float32(0.0)
    for k in range(demand.shape[0]):
        size = demand[k] if demand[k] < room else room
        taken = size if reduced[k] < np.float32(0.0) else np.float32(0.0)
        mass += taken
        gain += taken * reduced[k]
    return mass, gain


@njit(cache=True, nogil=True, fastmath=_REDUCE)
def _weigh_priced(reduced: Array, demand: Array, room: float, theta: float) -> float:
    """The least a knapsack can be worth at a price of ``-theta`` for each unit of room."""
    gain = np.float32(0.0)
    for k in range(demand.shape[0]):
        size = demand[k] if demand[k] < room else room
        over = reduced[k] - theta
        gain += size * (over if over < np.float32(0.0) else np.float32(0.0))
    return gain + theta * room


@njit(cache=True, nogil=True, fastmath=_REDUCE)
def relax_arcs(
    tail: Array, head: Array, capacity: Array, fixed: Array, start: Array, commodity: Array, cost: Array, is_dense: bool, demand: Array,
    state: Array, pi: Array, worth: Array, violation: Array, reduced: Array, keys: Array, order: Array, theta: Array,
) -> float:  # fmt: skip
    """Solve each arc's continuous knapsack at the multipliers, and give the sum of what the arcs are worth.

    ``worth[a]`` becomes fixed cost plus knapsack: an arc is used where that is negative or its state is open. The flow of used arcs is
    added to ``violation`` at the tail and taken from it at the head. ``reduced``, ``keys`` and ``order`` (n_commodities + 1) are room to
    work;
    ``theta`` (n_arcs, at most 0) keeps each arc's price of capacity from call to call, which saves work and changes nothing.
    ``worth`` of an arc that is not used may be any number from 0 to what it is.
    """
    total = 0.0
    for arc in range(tail.shape[0]):
        if state[arc] == SHUT:
            worth[arc] = fixed[arc]
            continue
        room = capacity[arc]
        begin = start[arc]
        count = start[arc + 1] - begin
        low, high = pi[tail[arc]], pi[head[arc]]
        mass = np.float32(0.0)
        gain = np.float32(0.0)
        if is_dense:
            _fill_reduced(cost[begin : begin + count], low, high, reduced)
        else:
            for j in range(count):
                k = commodity[begin + j]
                reduced[j] = cost[begin + j] + low[k] - high[k]
        if is_dense:
            mass, gain = _weigh(reduced, demand, room)
        else:
            for j in range(count):
                size = min(demand[commodity[begin + j]], room)
                taken = size if reduced[j] < 0 else np.float32(0.0)
                mass += taken
                gain += taken * reduced[j]
        n = -1
        if mass > room:
            if state[arc] != OPEN:  # a bound by weak duality: at this price for room it is not worth its cost
                least = fixed[arc] + gain
                if theta[arc] < 0 and is_dense:
                    least = max(least, fixed[arc] + _weigh_priced(reduced, demand, room, theta[arc]))
                if least >= 0:
                    worth[arc] = least
                    continue
            n = 0
            for j in range(count):
                order[n] = j
                keys[n] = reduced[j]
                n += 1 if reduced[j] < 0 else 0
            gain, theta[arc] = _fill(keys, order, n, demand, commodity, begin, is_dense, room)
        value = np.float64(fixed[arc]) + np.float64(gain)
        worth[arc] = value
        if value < 0 or state[arc] == OPEN:
            total += value
            out, into = violation[tail[arc]], violation[head[arc]]
            if n < 0:
                if is_dense:
                    for k in range(count):
                        flow = min(demand[k], room) if reduced[k] < 0 else np.float32(0.0)
                        out[k] += flow
                        into[k] -= flow
                else:
                    for j in range(count):
                        if reduced[j] < 0:
                            k = commodity[begin + j]
                            flow = min(demand[k], room)
                            out[k] += flow
                            into[k] -= flow
            else:
                left = room
                for r in range(n):
                    j = order[r]
                    k = j if is_dense else commodity[begin + j]
                    flow = min(min(demand[k], room), left)
                    out[k] += flow
                    into[k] -= flow
                    left -= flow
                    if left <= 0:
                        break
    return total


@njit(cache=True, nogil=True, fastmath=_REDUCE)
def _fill(
    keys: Array, order: Array, n: int, demand: Array, commodity: Array, begin: int, is_dense: bool, room: float
) -> tuple[float, float]:  # fmt: skip
    """Fill a knapsack with the best of ``n`` items, which come to stand first in ``order``; the value taken, and the key of the last.

    Quickselect by Hoare's partition: only the part in which the capacity runs out is looked at further.
    """
    low, high, left, gain, price = 0, n, room, np.float32(0.0), np.float32(0.0)
    while high - low > 12:
        pivot = keys[(low + high - 1) // 2]
        i, j = low - 1, high
        while True:
            i += 1
            while keys[i] < pivot:
                i += 1
            j -= 1
            while keys[j] > pivot:
                j -= 1
            if i >= j:
                break
            keys[i], keys[j] = keys[j], keys[i]
            order[i], order[j] = order[j], order[i]
        mass, value = np.float32(0.0), np.float32(0.0)
        for r in range(low, j + 1):
            k = order[r] if is_dense else commodity[begin + order[r]]
            size = min(demand[k], room)
            mass += size
            value += size * keys[r]
        if mass <= left:
            left -= mass
            gain += value
            low = j + 1
        else:
            high = j + 1
    for r in range(low + 1, high):
        key, item, j = keys[r], order[r], r - 1
        while j >= low and keys[j] > key:
            keys[j + 1], order[j + 1] = keys[j], order[j]
            j -= 1
        keys[j + 1], order[j + 1] = key, item
    for r in range(low, high):
        k = order[r] if is_dense else commodity[begin + order[r]]
        size = min(min(demand[k], room), left)
        gain += size * keys[r]
        left -= size
        price = keys[r]
        if left <= 0:
            break
    return gain, price


@njit(cache=True, nogil=True, fastmath=_REDUCE)
def ascend(
    tail: Array, head: Array, capacity: Array, fixed: Array, start: Array, commodity: Array, cost: Array, is_dense: bool,
    source: Array, sink: Array, demand: Array, state: Array,
    pi: Array, mean: Array, share: Array, worth: Array, iterations: int, stop_at: float, target: float, step: float, is_warm: bool,
    stall: int, patience: int,
) -> tuple[float, float, int]:  # fmt: skip
    """Raise the Lagrangian bound by the volume algorithm.

    ``pi`` (n_nodes, n_commodities) holds the multipliers to begin from, and the best ones afterwards; ``mean`` the averaged violation and
    ``share`` (n_arcs) the averaged design, both kept if ``is_warm``; ``worth`` those of the best multipliers. Ends after ``iterations``,
    after ``stall`` of them without a gain of 1e-5, or when the bound reaches ``stop_at``. ``target`` is an estimate of the optimum, for the
    step length, which shrinks after ``patience`` steps without gain: 3 climbs fast, 20 comes closer to the top. Gives the bound, the step
    factor, and the iterations made.
    """
    n_nodes, n_commodities = pi.shape
    n_arcs = tail.shape[0]
    trial = pi.copy()
    violation = np.zeros_like(pi)
    reduced = np.empty(n_commodities + 1, pi.dtype)
    keys = np.empty(n_commodities + 1, pi.dtype)
    order = np.empty(n_commodities + 1, np.int32)
    theta = np.zeros(n_arcs, pi.dtype)
    fresh = np.empty(n_arcs, np.float64)
    best = -np.inf
    anchor, anchored = -np.inf, 0
    fails, goods = 0, 0
    least = 0.15 / patience
    count = 0
    while count <= iterations:
        if count > 0:
            norm = 0.0
            for i in range(n_nodes):
                row = mean[i]
                part = np.float32(0.0)
                for k in range(n_commodities):
                    part += row[k] * row[k]
                norm += part
            if norm < 1e-9:
                break
            length = np.float32(step * max(target - best, 1e-4 * abs(target)) / norm)
            for i in range(n_nodes):
                for k in range(n_commodities):
                    trial[i, k] = pi[i, k] + length * mean[i, k]
        violation[:] = 0
        bound = 0.0
        for k in range(n_commodities):
            violation[source[k], k] -= demand[k]
            violation[sink[k], k] += demand[k]
            bound += np.float64(demand[k]) * (np.float64(trial[sink[k], k]) - np.float64(trial[source[k], k]))
        bound += relax_arcs(
            tail, head, capacity, fixed, start, commodity, cost, is_dense, demand, state, trial, fresh, violation, reduced, keys, order,
            theta,
        )  # fmt: skip
        count += 1
        if count == 1 and not is_warm:
            mean[:] = violation
            for a in range(n_arcs):
                share[a] = 1.0 if state[a] == OPEN or (state[a] == FREE and fresh[a] < 0) else 0.0
        else:
            inner, own = 0.0, 0.0
            for i in range(n_nodes):
                p1, p2 = np.float32(0.0), np.float32(0.0)
                for k in range(n_commodities):
                    difference = violation[i, k] - mean[i, k]
                    p1 += mean[i, k] * difference
                    p2 += difference * difference
                inner += p1
                own += p2
            alpha = 0.5 if own <= 0 else -inner / own
            alpha = min(0.5, max(least, alpha))
            a32 = np.float32(alpha)
            for i in range(n_nodes):
                for k in range(n_commodities):
                    mean[i, k] += a32 * (violation[i, k] - mean[i, k])
            for a in range(n_arcs):
                used = 1.0 if state[a] == OPEN or (state[a] == FREE and fresh[a] < 0) else 0.0
                share[a] += alpha * (used - share[a])
        if bound > best:
            if count > 1:
                across = 0.0
                for i in range(n_nodes):
                    p1 = np.float32(0.0)
                    for k in range(n_commodities):
                        p1 += violation[i, k] * mean[i, k]
                    across += p1
                if across > 0:
                    goods += 1
                    if goods >= 2:
                        step = min(1.0, step * 1.1)
                        goods = 0
                else:
                    goods = 0
            best = bound
            pi[:] = trial
            worth[:] = fresh
            fails = 0
        else:
            goods = 0
            fails += 1
            if fails >= patience:
                step = max(1e-3, step * 0.66)
                fails = 0
        if best >= stop_at:
            break
        if best > anchor + 1e-5 * abs(best):
            anchor, anchored = best, count
        elif count - anchored > stall:
            break
    return best, step, count


@njit(cache=True, nogil=True)
def dive(
    tail: Array, head: Array, capacity: Array, fixed: Array, start: Array, commodity: Array, cost: Array, is_dense: bool,
    source: Array, sink: Array, demand: Array, state: Array,
    pi: Array, mean: Array, share: Array, worth: Array, stop_at: float, target: float, first: int, later: int, portion: float,
    noise: float, is_warm: bool,
) -> float:  # fmt: skip
    """Decide every free arc, a few at a time by the averaged design, with the multipliers following.

    After each ascent, arcs that the bound ``stop_at`` decides are fixed; arcs used nearly always or never are opened or shut; and at least
    ``portion`` of the free ones by the greatest share, each share being disturbed by up to ``noise``. Gives the bound of the design that is
    left in ``state``, or as soon as it is known to reach ``stop_at``, that bound.
    """
    n_arcs = tail.shape[0]
    bound, _, _ = ascend(
        tail, head, capacity, fixed, start, commodity, cost, is_dense, source, sink, demand, state, pi, mean, share, worth, first, stop_at,
        target, 0.1, is_warm, first, 3,
    )  # fmt: skip
    score = np.empty(n_arcs, np.float64)
    quiet = 0
    while bound < stop_at:
        free = 0
        top = -1.0
        for a in range(n_arcs):
            score[a] = -9.0
            if state[a] != FREE:
                continue
            if bound + abs(worth[a]) >= stop_at:
                state[a] = OPEN if worth[a] < 0 else SHUT
            elif share[a] > 0.95:
                state[a] = OPEN
            else:
                free += 1
                score[a] = share[a] + noise * share[a] * (np.random.random() - 0.5)
                top = max(top, share[a])
        if free > 0 and top < 0.03:
            quiet += 1
            if quiet >= 2:
                for a in range(n_arcs):
                    if state[a] == FREE:
                        state[a] = SHUT
                free = 0
        elif free > 0:
            quiet = 0
            quota = max(1, int(portion * free))
            for turn in range(quota):
                best = np.argmax(score)
                if score[best] < (0.2 if turn > 0 else 0.0):
                    break
                state[best] = OPEN
                score[best] = -9.0
            low = 0
            for a in range(n_arcs):
                if state[a] == FREE and (share[a] < 0.02 or (share[a] < 0.1 and low < quota)):
                    state[a] = SHUT
                    low += share[a] >= 0.02
        bound, _, _ = ascend(
            tail, head, capacity, fixed, start, commodity, cost, is_dense, source, sink, demand, state, pi, mean, share, worth,
            later if free > 0 else 2 * first, stop_at, max(target, bound * 1.01), 0.1, True, 3 * first, 3,
        )  # fmt: skip
        if free == 0:
            break
    return bound


@njit(cache=True, nogil=True)
def seed_noise(seed: int) -> None:
    """Seed the random numbers of the kernels of this process."""
    np.random.seed(seed)


@njit(cache=True, nogil=True)
def price_paths(
    tail: Array, head: Array, own_start: Array, own_arc: Array, own_cost: Array, source: Array, sink: Array, price: Array, is_open: Array,
    length: Array, path_start: Array, path_arc: Array,
) -> None:  # fmt: skip
    """The cheapest path of each commodity over open arcs at cost plus price; infinite ``length`` without one.

    The arcs of commodity *k* are ``own_arc[own_start[k] : own_start[k + 1]]`` with ``own_cost``; its path comes to stand in ``path_arc``
    from
    ``path_start[k]`` to ``path_start[k + 1]``, from sink to source. Label correcting, since priced costs may be slightly negative.
    """
    n_nodes = np.int64(max(tail.max(), head.max()) + 1)
    far = np.empty(n_nodes, np.float64)
    by = np.empty(n_nodes, np.int32)
    path_start[0] = 0
    for k in range(source.shape[0]):
        far[:] = np.inf
        by[:] = -1
        far[source[k]] = 0.0
        for _ in range(n_nodes):
            changed = False
            for p in range(own_start[k], own_start[k + 1]):
                a = own_arc[p]
                if is_open[a]:
                    reached = far[tail[a]] + own_cost[p] + price[a]
                    if reached < far[head[a]] - 1e-9:
                        far[head[a]] = reached
                        by[head[a]] = a
                        changed = True
            if not changed:
                break
        length[k] = far[sink[k]]
        where = path_start[k]
        node = sink[k]
        while far[sink[k]] < np.inf and node != source[k] and where - path_start[k] < n_nodes:
            path_arc[where] = by[node]
            where += 1
            node = tail[by[node]]
        path_start[k + 1] = where


@njit(cache=True, nogil=True)
def spread(tail: Array, head: Array, own_start: Array, own_arc: Array, own_cost: Array, price: Array, far: Array) -> None:
    """Distances (n_nodes, n_commodities) at cost plus price from where ``far`` is zero; infinite where nothing leads."""
    for k in range(far.shape[1]):
        for _ in range(far.shape[0]):
            changed = False
            for p in range(own_start[k], own_start[k + 1]):
                a = own_arc[p]
                reached = far[tail[a], k] + own_cost[p] + price[a]
                if reached < far[head[a], k] - 1e-9:
                    far[head[a], k] = reached
                    changed = True
            if not changed:
                break
