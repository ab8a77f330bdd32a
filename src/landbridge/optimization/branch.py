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

_CANDIDATES = 8
_TRIAL_ITERATIONS = 25
_NODE_ITERATIONS = 120
_MOST_BYTES = 1_500_000_000
"""Memory for multipliers of open nodes; beyond it the worst half of them is kept as a bound only."""


@dataclass(order=True, slots=True)
class _Node:
    bound: float
    serial: int
    state: NDArray[np.int8] = field(compare=False)
    point: Point = field(compare=False)


class Brancher:
    """Best-bound-first search over which arcs are open.

    At each node the multipliers of its parent climb on; arcs that the plan's cost decides by their worth are fixed; and the arc to branch
    on
    is the one, of those the averaged design is undecided about, whose two sides gain most in a short trial.
    """

    def __init__(self, relaxation: Relaxation, root: Point, race: Race) -> None:
        self.relaxation, self.race = relaxation, race
        self.flow = FlowProgram(relaxation.design)
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
            gains = [max(1e-6 * abs(cutoff), self._trial(node, int(arc), side, cutoff)) for side in (SHUT, OPEN)]
            if gains[0] * gains[1] > best_gain:
                best, best_gain = int(arc), gains[0] * gains[1]
        if best is None:
            free = np.flatnonzero(node.state == FREE)
            return int(free[np.argmax(np.abs(node.point.worth[free]))]) if len(free) else None
        return best

    def _trial(self, node: _Node, arc: int, side: int, cutoff: float) -> float:
        """How much the bound gains in a few iterations if the arc is decided; no more than to the cutoff."""
        state = node.state.copy()
        state[arc] = side
        point = node.point.copy()
        bound = self.relaxation.climb(point, state, _TRIAL_ITERATIONS, target=min(cutoff, node.bound * 1.02 + 1), stop_at=cutoff, step=0.05)
        return min(bound, cutoff) - node.bound

    def _add_child(self, node: _Node, arc: int, side: int, cutoff: float) -> None:
        state = node.state.copy()
        state[arc] = side
        point = node.point.copy()
        self.relaxation.climb(point, state, _NODE_ITERATIONS, target=min(cutoff, node.bound * 1.01 + 1), stop_at=cutoff, step=0.05)
        bound = max(node.bound, self.relaxation.exact_bound(point, state))
        if bound < cutoff:
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
