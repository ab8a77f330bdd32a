"""Network design: arcs with capacity and fixed cost, commodities that flow over the arcs open to them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]

_TYPES = {
    "tail": np.int32, "head": np.int32, "capacity": np.float64, "fixed": np.float64, "source": np.int32, "sink": np.int32,
    "demand": np.float64, "start": np.int64, "commodity": np.int32, "cost": np.float64,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Design:
    """One problem. All arrays are read only.

    Minimize the fixed cost of open arcs and the cost of flow, so that each commodity's demand flows from source to sink, no arc carries
    more
    than its capacity, and nothing flows on an arc that is not open. An arc may be a departure, a block train, a charter or a link; which
    commodities may use it, and at what cost a unit, is told for each pair.

    Attributes
    ----------
    tail, head, capacity, fixed
        Of shape (n_arcs,).
    source, sink, demand
        Of shape (n_commodities,).
    start, commodity, cost
        The pairs by arc: arc *a* may carry ``commodity[start[a] : start[a + 1]]``, in ascending order, at ``cost`` a unit, which is not
        negative.
    """

    n_nodes: int
    tail: Ints
    head: Ints
    capacity: Floats
    fixed: Floats
    source: Ints
    sink: Ints
    demand: Floats
    start: NDArray[np.int64]
    commodity: Ints
    cost: Floats

    def __post_init__(self) -> None:
        for name, kind in _TYPES.items():
            array = np.array(getattr(self, name), kind, order="C")
            array.flags.writeable = False
            object.__setattr__(self, name, array)

    @classmethod
    def open_to_all(
        cls,
        *,
        n_nodes: int,
        tail: Ints,
        head: Ints,
        capacity: Floats,
        fixed: Floats,
        cost: Floats,
        source: Ints,
        sink: Ints,
        demand: Floats,
    ) -> Design:
        """A design in which every commodity may use every arc at the same ``cost`` (n_arcs) a unit."""
        n_arcs, n_commodities = len(tail), len(source)
        return cls(
            n_nodes=n_nodes, tail=tail, head=head, capacity=capacity, fixed=fixed, source=source, sink=sink, demand=demand,
            start=np.arange(n_arcs + 1, dtype=np.int64) * n_commodities,
            commodity=np.tile(np.arange(n_commodities, dtype=np.int32), n_arcs), cost=np.repeat(cost, n_commodities),
        )  # fmt: skip

    @property
    def n_arcs(self) -> int:
        return len(self.tail)

    @property
    def n_commodities(self) -> int:
        return len(self.source)

    @cached_property
    def is_dense(self) -> bool:
        """Whether every commodity may use every arc."""
        return len(self.commodity) == self.n_arcs * self.n_commodities

    @cached_property
    def by_commodity(self) -> tuple[NDArray[np.int64], Ints, Floats]:
        """The pairs by commodity: starts (n_commodities + 1), arcs and costs."""
        arcs = np.repeat(np.arange(self.n_arcs, dtype=np.int32), np.diff(self.start))
        order = np.argsort(self.commodity, kind="stable")
        starts = np.zeros(self.n_commodities + 1, np.int64)
        np.cumsum(np.bincount(self.commodity, minlength=self.n_commodities), out=starts[1:])
        return starts, arcs[order], self.cost[order]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """One commodity's flow on one path of arcs."""

    commodity: int
    arcs: tuple[int, ...]
    amount: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignPlan:
    """A design and its flows. ``objective`` counts the fixed cost of each arc that carries something."""

    objective: float
    is_open: tuple[bool, ...]
    flows: tuple[Flow, ...]
