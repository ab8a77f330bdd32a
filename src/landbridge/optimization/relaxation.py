"""The Lagrangian relaxation of one design: multipliers, bound, averaged design, and what each arc is worth at them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landbridge.optimization import kernel
from landbridge.optimization.design import Design

_ASCEND: Any = kernel.ascend
_DIVE: Any = kernel.dive
_ROOT = ((1.3, 0.1, 3), (1.02, 0.1, 5), (1.02, 0.05, 20))
"""Estimate of the optimum as a factor of the bound, first step, patience: three ascents from fast to fine. Found by trial on four instances
of set C."""
_FINE = (1.01, 1.005, 1.002, 1.001, 1.0005)
"""Estimates of the ascents that follow: without them the bound stays up to 0.5 % below its top (measured on c37)."""
_ROOT_ITERATIONS = 3000
_ROOT_STALL = 300
_FINE_STALL = 500


@dataclass(slots=True)
class Point:
    """Where an ascent stands: multipliers and averaged violation (n_nodes, n_commodities), averaged design and worth of arcs (n_arcs)."""

    pi: NDArray[np.float32]
    mean: NDArray[np.float32]
    share: NDArray[np.float64]
    worth: NDArray[np.float64]
    bound: float = 0.0

    def copy(self) -> Point:
        return Point(self.pi.copy(), self.mean.copy(), self.share.copy(), self.worth.copy(), self.bound)


class Relaxation:
    """Flow conservation is priced; what is left is one continuous knapsack for each arc.

    Its best bound is that of the arc model with every linking row ``flow <= demand * open``, without one of these rows being built.

    References
    ----------
    Crainic, T. G., Frangioni, A., Gendron, B. (2001). Bundle-based relaxation methods for multicommodity capacitated fixed charge network
    design. Discrete Applied Mathematics 112, 73-99. https://doi.org/10.1016/S0166-218X(00)00310-3
    Barahona, F., Anbil, R. (2000). The volume algorithm. Mathematical Programming 87, 385-399. https://doi.org/10.1007/s101070050002
    """

    def __init__(self, design: Design) -> None:
        self.design = design
        single = np.float32
        self.arrays: tuple[Any, ...] = (
            design.tail, design.head, design.capacity.astype(single), design.fixed, design.start, design.commodity,
            design.cost.astype(single), design.is_dense, design.source, design.sink, design.demand.astype(single),
        )  # fmt: skip
        self.all_free = np.zeros(design.n_arcs, np.int8)
        self.potentials = self._potentials()

    def _potentials(self) -> NDArray[np.float32]:
        """Multipliers to begin from: distances from each source where fixed costs are spread over the capacity."""
        design = self.design
        far = np.full((design.n_nodes, design.n_commodities), np.inf)
        far[design.source, np.arange(design.n_commodities)] = 0.0
        starts, arcs, cost = design.by_commodity
        kernel.spread(design.tail, design.head, starts, arcs, cost, design.fixed / design.capacity, far)
        longest = np.max(far, axis=0, where=np.isfinite(far), initial=0.0)
        return np.where(np.isfinite(far), far, longest[None, :]).astype(np.float32)

    def climb_root(self) -> Point:
        """The bound of the whole problem, with all arcs free."""
        n = self.design.n_arcs
        point = Point(self.potentials.copy(), np.zeros_like(self.potentials), np.zeros(n), np.zeros(n))
        estimate = max(1.0, self.climb(point, self.all_free, 2, target=1.0))
        for factor, step, patience in _ROOT:
            self.climb(
                point,
                self.all_free,
                _ROOT_ITERATIONS,
                target=factor * max(estimate, point.bound),
                step=step,
                patience=patience,
                stall=_ROOT_STALL,
            )
        for factor in _FINE:
            self.climb(
                point, self.all_free, _ROOT_ITERATIONS, target=factor * point.bound, step=0.05, patience=20, stall=_FINE_STALL, is_warm=True
            )
        return point

    def climb(
        self, point: Point, state: NDArray[np.int8], iterations: int, *, target: float, stop_at: float = np.inf, step: float = 0.1,
        patience: int = 3, stall: int = 100_000, is_warm: bool = False,
    ) -> float:  # fmt: skip
        """Raise the bound from the point's multipliers; the point moves to the best ones. Gives the bound. ``is_warm``: the averaged design
        goes on from that of the point.
        """
        point.bound, _, _ = _ASCEND(
            *self.arrays, state, point.pi, point.mean, point.share, point.worth, iterations, stop_at, target, step, is_warm, stall, patience
        )
        return point.bound

    def dive(
        self, point: Point, state: NDArray[np.int8], *, stop_at: float, target: float, first: int, later: int, portion: float, noise: float,
        is_warm: bool, fixed: NDArray[np.float64] | None = None,
    ) -> float:  # fmt: skip
        """Decide the free arcs in ``state`` by the averaged design; the bound of what is left. ``fixed``: other fixed costs than the
        design's.
        """
        arrays = self.arrays if fixed is None else (*self.arrays[:3], fixed, *self.arrays[4:])
        return float(
            _DIVE(*arrays, state, point.pi, point.mean, point.share, point.worth, stop_at, target, first, later, portion, noise, is_warm)
        )

    def exact_bound(self, point: Point, state: NDArray[np.int8]) -> float:
        """The bound at the point's multipliers in double precision: single precision finds them, this is what is proven."""
        design = self.design
        pi = point.pi.astype(np.float64)
        k_n = design.n_commodities
        room = np.zeros(k_n + 1)
        everyone = np.arange(k_n)
        constant = float((design.demand * (pi[design.sink, everyone] - pi[design.source, everyone])).sum())
        total = kernel.relax_arcs(
            design.tail, design.head, design.capacity, design.fixed, design.start, design.commodity, design.cost, design.is_dense,
            design.demand, state, pi, np.zeros(design.n_arcs), np.zeros_like(pi), room, room.copy(), np.zeros(k_n + 1, np.int32),
            np.zeros(design.n_arcs),
        )  # fmt: skip
        return constant + float(total)
