"""Branch and bound on the Lagrangian relaxation: raises the proven bound above that of the root."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from landbridge.optimization.flow import FlowProgram
from landbridge.optimization.kernel import FREE, OPEN, SHUT
from landbridge.optimization.race import Race
from landbridge.optimization.relaxation import Point, Relaxation

_CANDIDATES = 16
_RELIABLE = 4
"""So many outcomes of deciding an arc either way, and no more trials are made for it: twice as many nodes in a time."""
_TRIAL_ITERATIONS = 25
_NODE_ITERATIONS = 120
_LEAST_MOVE = 0.02
_MOST_BYTES = 1_500_000_000
"""Memory for multipliers of open nodes; beyond it the worst half of them is kept as a bound only."""


@dataclass(order=True, slots=True)
class _Node:
    bound: float
    serial: int
    state: NDArray[np.int8] = field(compare=False)
    point: Point = field(compare=False)


class _Gains:
    """What shutting (row 0) or opening (row 1) each arc has gained so far, for each unit by which that moved the averaged design."""

    def __init__(self, n_arcs: int) -> None:
        self.sum = np.zeros((2, n_arcs))
        self.count = np.zeros((2, n_arcs), np.int64)

    def learn(self, arc: int, side: int, share: float, gain: float) -> None:
        """Take in that deciding an arc, whose averaged use was ``share``, has raised the bound by ``gain``."""
        row, moved = (1, 1 - share) if side == OPEN else (0, share)
        self.sum[row, arc] += max(0.0, gain) / max(_LEAST_MOVE, moved)
        self.count[row, arc] += 1

    def is_known(self, arc: int) -> bool:
        return bool(self.count[:, arc].min() >= _RELIABLE)

    def expect(self, arc: int, share: float) -> tuple[float, float]:
        """What shutting and opening an arc is going to gain, by what it has gained."""
        shut, opened = self.sum[:, arc] / self.count[:, arc]
        return float(shut) * share, float(opened) * (1 - share)


class Brancher:
    """Best-bound-first search over which arcs are open.

    At each node the multipliers of its parent climb on; arcs that the plan's cost decides by their worth are fixed; and the arc to branch
    on is the one, of those the averaged design is undecided about, whose two sides gain most: in a short trial, or by what they gained
    before where that is known well enough (reliability branching).

    References
    ----------
    Achterberg, T., Koch, T., Martin, A. (2005). Branching rules revisited. Operations Research Letters 33(1), 42-54.
    https://doi.org/10.1016/j.orl.2004.04.002
    """

    def __init__(self, relaxation: Relaxation, root: Point, race: Race) -> None:
        self.relaxation, self.race = relaxation, race
        self.flow = FlowProgram(relaxation.design)
        self.gains = _Gains(relaxation.design.n_arcs)
        self.serial = 0
        self.n_nodes = 0
        self.given_up = np.inf
        self.heap: list[_Node] = []
        self._push(relaxation.all_free.copy(), root, relaxation.exact_bound(root, relaxation.all_free))

    def work(self) -> None:
        """Branch until the race is over or nothing is left to branch on."""
        while self.heap and not self.race.is_over:
            self.step()
        if not self.heap and not self.race.is_over:
            self._tell()

    def step(self) -> None:
        """Take the node of the least bound and put its children in its place."""
        node = heapq.heappop(self.heap)
        self.n_nodes += 1
        cutoff = self.race.objective
        if node.bound >= cutoff:
            self._tell()
            return
        self._fix(node, cutoff)
        arc = self._choose(node, cutoff)
        if arc is None:
            self._settle(node)
        else:
            for side in (SHUT, OPEN):
                self._add_child(node, arc, side, cutoff)
        self._tell()

    def _tell(self) -> None:
        left = self.heap[0].bound if self.heap else self.race.objective
        self.race.offer_bound(min(left, self.given_up))

    def _fix(self, node: _Node, cutoff: float) -> None:
        """Fix the free arcs that no better plan has otherwise."""
        margin = cutoff - min(node.bound, node.point.bound)  # worth and bound must be of the same multipliers
        decided = (node.state == FREE) & (np.abs(node.point.worth) > margin + 1e-6 * abs(cutoff))
        node.state[decided] = np.where(node.point.worth[decided] < 0, OPEN, SHUT)

    def _choose(self, node: _Node, cutoff: float) -> int | None:
        """The arc to branch on; None if the averaged design is decided about all free ones."""
        share = node.point.share
        doubt = np.where(node.state == FREE, np.minimum(share, 1 - share), 0.0)
        weight = doubt * self.relaxation.design.fixed
        best, best_gain = None, -1.0
        for arc in np.argsort(-weight)[:_CANDIDATES]:
            if weight[arc] <= 1e-3 * self.relaxation.design.fixed[arc] or weight[arc] == 0:
                break
            shut, opened = (max(1e-6 * abs(cutoff), gain) for gain in self._expect(node, int(arc), cutoff))
            if shut * opened > best_gain:
                best, best_gain = int(arc), shut * opened
        if best is None:
            free = np.flatnonzero(node.state == FREE)
            return int(free[np.argmax(np.abs(node.point.worth[free]))]) if len(free) else None
        return best

    def _expect(self, node: _Node, arc: int, cutoff: float) -> tuple[float, float]:
        """How much the bound is going to gain if an arc is shut, and if it is opened; no more than to the cutoff."""
        share, most = float(node.point.share[arc]), cutoff - node.bound
        if self.gains.is_known(arc):
            shut, opened = self.gains.expect(arc, share)
            return min(shut, most), min(opened, most)
        return self._trial(node, arc, SHUT, cutoff), self._trial(node, arc, OPEN, cutoff)

    def _trial(self, node: _Node, arc: int, side: int, cutoff: float) -> float:
        """How much the bound gains in a few iterations if the arc is decided; no more than to the cutoff."""
        state = node.state.copy()
        state[arc] = side
        point = node.point.copy()
        bound = self.relaxation.climb(point, state, _TRIAL_ITERATIONS, target=min(cutoff, node.bound * 1.02 + 1), stop_at=cutoff, step=0.05)
        if bound < cutoff:
            self.gains.learn(arc, side, float(node.point.share[arc]), bound - node.bound)
        return min(bound, cutoff) - node.bound

    def _add_child(self, node: _Node, arc: int, side: int, cutoff: float) -> None:
        state = node.state.copy()
        state[arc] = side
        point = node.point.copy()
        self.relaxation.climb(point, state, _NODE_ITERATIONS, target=min(cutoff, node.bound * 1.01 + 1), stop_at=cutoff, step=0.05)
        bound = max(node.bound, self.relaxation.exact_bound(point, state))
        if bound < cutoff:
            self.gains.learn(arc, side, float(node.point.share[arc]), bound - node.bound)
            self._push(state, point, bound)

    def _settle(self, node: _Node) -> None:
        """A node without free arcs is one design: its cheapest flow is a plan, and nothing else is left in the node."""
        plan = self.flow.evaluate(node.state == OPEN)
        if plan is not None:
            self.race.offer_plan(plan)

    def _push(self, state: NDArray[np.int8], point: Point, bound: float) -> None:
        self.serial += 1
        heapq.heappush(self.heap, _Node(bound, self.serial, state, point))
        if len(self.heap) % 256 == 0 and len(self.heap) * (point.pi.nbytes + point.mean.nbytes) > _MOST_BYTES:
            self.heap.sort()
            keep = len(self.heap) // 2
            self.given_up = min(self.given_up, self.heap[keep].bound)
            del self.heap[keep:]
