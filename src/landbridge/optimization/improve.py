"""Search for better designs: dives, neighborhoods of good designs, recombination of two, kicks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from landbridge.optimization import kernel
from landbridge.optimization.flow import FlowProgram
from landbridge.optimization.kernel import FREE, OPEN, SHUT
from landbridge.optimization.race import Race
from landbridge.optimization.relaxation import Point, Relaxation

_ELITES = 6
_FIRST_DIVES = 6
_SIZES = (20, 35, 50, 70)
"""How many arcs a neighborhood frees; found by trial: 40 beats 20 and 60 is needed at times."""
_IDLE = 30
"""So many neighborhoods without a gain, and another design is worked on."""
_PACES = ((100, 30, 0.1), (60, 20, 0.05), (150, 60, 0.1))
"""Iterations of the first and of later ascents of a dive, and the portion that it decides at once."""


_Elite = tuple[float, NDArray[np.bool_]]
"""A design and what it costs."""


class Improver:
    """Improves the best plan of a race until that is over.

    All arcs but some tens are kept as in a good design; the others are decided anew by a dive, which ends as soon as the bound says that
    nothing better is left; what survives is priced exactly by the flow program.
    """

    def __init__(self, relaxation: Relaxation, root: Point, race: Race, seed: int) -> None:
        self.relaxation, self.root, self.race = relaxation, root, race
        self.design = relaxation.design
        self.flow = FlowProgram(self.design)
        self.draw = np.random.default_rng(seed)
        kernel.seed_noise(seed)
        self.current: _Elite | None = None
        self.elites: list[_Elite] = []
        self.alike = max(2, self.design.n_arcs // 60)
        self.points: dict[bytes, Point] = {}
        self.seen: set[bytes] = set()
        self.n_tried = self.n_priced = self.idle = 0
        self.is_infeasible = False
        ends = np.zeros((self.design.n_nodes, self.design.n_arcs), bool)
        ends[self.design.tail, np.arange(self.design.n_arcs)] = True
        ends[self.design.head, np.arange(self.design.n_arcs)] = True
        self.ends = ends

    def work(self) -> None:
        """Open everything, which proves that there is a plan; dive from the root; then improve until the race is over."""
        if not self.open_everything():
            self.race.end()
            return
        for turn in range(_FIRST_DIVES):
            if self.race.is_over:
                return
            self._dive_from_root(noise=0.0 if turn == 0 else 0.4)
        while not self.race.is_over:
            self.step()

    def open_everything(self) -> bool:
        """Whether all arcs together carry everything: if so that is a first plan, if not there is none."""
        plan = self.flow.can_carry(np.ones(self.design.n_arcs, bool))
        if plan is None:
            self.is_infeasible = True
            return False
        self._keep((plan.objective, np.array(plan.is_open)))
        self.race.offer_plan(plan)
        return True

    def step(self) -> None:
        """One neighborhood of the current design; a new current one when that has led nowhere for a while."""
        self._adopt()
        if self.current is None or self.idle >= _IDLE:
            self.idle = 0
            self._change()
            return
        value, is_open = self.current
        self.idle += 1
        if self._try(value, is_open, self._choose_arcs(is_open)):
            self.idle = 0

    def _adopt(self) -> None:
        """Take up the best plan of the race where another search found it."""
        plan = self.race.plan
        if plan is not None and (not self.elites or plan.objective < self.elites[0][0] - 1e-6):
            self._keep((plan.objective, np.array(plan.is_open)))

    def _change(self) -> None:
        """Another design to work on: two elites recombined, one kicked, a new dive, or the best one again."""
        luck = self.draw.random()
        self.current = None
        if len(self.elites) < 2 or luck < 0.1:
            self._dive_from_root(noise=0.6)
        elif luck < 0.5:
            self._recombine()
        elif luck < 0.8:
            self._kick()
        if self.current is None and self.elites:
            self.current = self.elites[0 if self.draw.random() < 0.5 else int(self.draw.integers(len(self.elites)))]

    def _keep(self, found: _Elite) -> None:
        """Put a design among the elites if it is better than the worst; of two that are much alike only the better one stays."""
        alike = [other for other in self.elites if np.count_nonzero(other[1] != found[1]) <= self.alike]
        if any(other[0] <= found[0] for other in alike):
            return
        self.elites = sorted([other for other in self.elites if all(other is not one for one in alike)] + [found], key=lambda row: row[0])
        for _, dropped in self.elites[_ELITES:]:
            self.points.pop(dropped.tobytes(), None)
        del self.elites[_ELITES:]

    def _choose_arcs(self, is_open: NDArray[np.bool_]) -> NDArray[np.intp]:
        """The arcs that a neighborhood frees: around nodes, where root or another elite disagree, or around an open arc."""
        n = self.design.n_arcs
        size = _SIZES[int(self.draw.integers(len(_SIZES)))]
        likely = self._likely(is_open)
        luck = self.draw.random(n)
        kind = int(self.draw.integers(4))
        if kind == 0:
            score = np.zeros(n)
            for rank, node in enumerate(self.draw.permutation(self.design.n_nodes)):
                score = np.maximum(score, self.ends[node] * (self.design.n_nodes - rank) * (luck < likely))
                if (score > 0).sum() >= size:
                    break
        elif kind == 1:
            score = likely * (np.abs(self.root.share - is_open) + 0.02 + 0.5 * luck)
        elif kind == 2 and len(self.elites) > 1:
            other = self.elites[int(self.draw.integers(len(self.elites)))][1]
            score = 2.0 * (other != is_open) * (luck < 0.9) + likely * luck
        else:
            arc = int(self.draw.choice(np.flatnonzero(is_open)))
            near = self.ends[self.design.tail[arc]] * 1.0 + self.ends[self.design.head[arc]]
            score = likely * luck * (near + 0.3)
        order = np.argsort(-score)[:size]
        return order[score[order] > 0]

    def _try(self, value: float, is_open: NDArray[np.bool_], free: NDArray[np.intp]) -> bool:
        """Decide the free arcs anew; whether a plan better than ``value`` came of it."""
        self.n_tried += 1
        state = np.where(is_open, OPEN, SHUT).astype(np.int8)
        state[free] = FREE
        point = self._point_of(is_open, value).copy()
        first, later, portion = _PACES[int(self.draw.integers(len(_PACES)))]
        return self._dive(
            point, state, stop_at=value * (1 - 1e-7), target=value, first=first, later=later, portion=portion, noise=0.15, is_warm=False
        )

    def _dive(
        self, point: Point, state: NDArray[np.int8], *, stop_at: float, target: float, first: int, later: int, portion: float, noise: float,
        is_warm: bool = True, fixed: NDArray[np.float64] | None = None,
    ) -> bool:  # fmt: skip
        """Dive, price the outcome, and make it the current design if it costs less than ``stop_at``."""
        allowed = state != SHUT
        bound = self.relaxation.dive(
            point,
            state,
            stop_at=stop_at,
            target=target,
            first=first,
            later=later,
            portion=portion,
            noise=noise,
            is_warm=is_warm,
            fixed=fixed,
        )
        chosen = state == OPEN
        key = chosen.tobytes()
        if bound >= stop_at or key in self.seen:
            return False
        self.seen.add(key)
        self.n_priced += 1
        plan = self.flow.complete(chosen, allowed)
        if plan is None or plan.objective >= stop_at:
            return False
        self.current = (plan.objective, np.array(plan.is_open))
        self._keep(self.current)
        self.race.offer_plan(plan)
        return True

    def _point_of(self, is_open: NDArray[np.bool_], value: float) -> Point:
        """Multipliers that fit a design, so that a dive near it needs few iterations; kept with the elite."""
        key = is_open.tobytes()
        if key not in self.points:
            point = self.root.copy()
            state = np.where(is_open, OPEN, SHUT).astype(np.int8)
            self.relaxation.climb(point, state, 400, target=value, stop_at=np.inf, stall=60)
            self.points[key] = point
        return self.points[key]

    def _dive_from_root(self, noise: float) -> None:
        self._dive(
            self.root.copy(), self.relaxation.all_free.copy(), stop_at=self._ceiling(1.2), target=1.03 * self.root.bound, first=120,
            later=80,
            portion=0.08, noise=noise,
        )  # fmt: skip

    def _ceiling(self, factor: float) -> float:
        """A new design may cost so much more than the best one, since it is going to be improved."""
        return factor * self.elites[0][0] if self.elites else np.inf

    def _recombine(self) -> None:
        """What two elites agree on stays, but for some of it; the rest is decided anew."""
        one, other = self.draw.choice(len(self.elites), 2, replace=False)
        mine, theirs = self.elites[int(one)][1], self.elites[int(other)][1]
        state = np.where(mine & theirs, OPEN, SHUT).astype(np.int8)
        state[(mine != theirs) | (self.draw.random(self.design.n_arcs) < 0.1 * self._likely(mine))] = FREE
        self._dive(
            self._point_of(mine, self.elites[int(one)][0]).copy(), state, stop_at=self._ceiling(1.03), target=self.elites[0][0], first=100,
            later=30, portion=0.1, noise=0.2, is_warm=False,
        )  # fmt: skip

    def _likely(self, is_open: NDArray[np.bool_]) -> NDArray[np.float64]:
        """How likely an arc is worth a thought: those open, and those whose worth at the root is not hopeless."""
        return np.where(is_open, 1.0, np.exp(-np.maximum(self.root.worth, 0.0) / (0.01 * self.elites[0][0])))

    def _kick(self) -> None:
        """A dive with half of an elite free, under disturbed fixed costs."""
        is_open = self.elites[int(self.draw.integers(len(self.elites)))][1]
        keep = self.draw.random(self.design.n_arcs) < self.draw.uniform(0.3, 0.8)
        free = self.draw.random(self.design.n_arcs) < self._likely(is_open)
        state = np.where(keep & is_open, OPEN, np.where(free, FREE, SHUT)).astype(np.int8)
        self._dive(
            self.root.copy(), state, stop_at=self._ceiling(1.1), target=1.03 * self.root.bound, first=100, later=40, portion=0.1, noise=0.3,
            fixed=self.design.fixed * self.draw.uniform(0.85, 1.2, self.design.n_arcs),
        )  # fmt: skip
