"""A customizable contraction hierarchy of the road network: made once, customized for each set of closures, exact.

Dibbelt, J., Strasser, B., Wagner, D. (2016). Customizable contraction hierarchies. Journal of Experimental Algorithmics 21, 1.5.
https://doi.org/10.1145/2886843. Needs edges of positive weight that may be used both ways. The nodes of the file stand in the order of a
nested dissection, so that no order has to be found here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from landbridge.atlas import hierarchy_kernel as kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from landbridge.atlas.network import Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Topology:
    """Arcs after contraction; the same for every question.

    Attributes
    ----------
    first, up
        int64 (n_nodes + 1,) and int32 (n_arcs,): arcs to higher nodes, sorted.
    tail_of
        int32 (n_arcs,): the lower end of each arc.
    """

    first: NDArray[np.int64]
    up: NDArray[np.int32]
    tail_of: NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """Weights of all arcs for one set of closures."""

    topology: Topology
    cost: NDArray[np.int32]
    by_edge: NDArray[np.int32]
    over: NDArray[np.int32]


def compile_topology(network: Network) -> Topology:
    """Contract the nodes in the order in which they are numbered."""
    first, up = kernel.contract(network.first, network.other)
    return Topology(first=first, up=up, tail_of=np.repeat(np.arange(network.size, dtype=np.int32), np.diff(first)))


def customize(topology: Topology, network: Network, weight: NDArray[np.int64]) -> Metric:
    """Weights of the arcs, from those of the edges (-1: closed)."""
    cost, by_edge, over = kernel.customize(topology.first, topology.up, network.tail, network.head, weight)
    return Metric(topology=topology, cost=cost, by_edge=by_edge, over=over)


class Traveller:
    """Searches one after the other with the same working arrays. Not shared between threads: each makes its own."""

    def __init__(self, metric: Metric) -> None:
        size = len(metric.topology.first) - 1
        self._metric = metric
        self._reach, self._back = np.full(size, kernel.FAR), np.full(size, kernel.FAR)
        self._from_arc, self._to_arc = np.zeros(size, np.int32), np.zeros(size, np.int32)

    def find_path(self, start: int, goal: int) -> tuple[int, NDArray[np.int32]]:
        """The least weight and the edges of the way; -1 where there is none."""
        metric, tree = self._metric, self._metric.topology
        kernel.climb(start, tree.first, tree.up, metric.cost, self._reach, self._from_arc)
        kernel.climb(goal, tree.first, tree.up, metric.cost, self._back, self._to_arc)
        cost, top = kernel.meet(start, goal, tree.first, tree.up, self._reach, self._back)
        edges = np.empty(0, np.int32)
        if cost >= 0:
            edges = kernel.trace(
                start, goal, top, tree.first, tree.up, self._from_arc, self._to_arc, tree.tail_of, metric.by_edge, metric.over
            )
        kernel.clear(start, tree.first, tree.up, self._reach)
        kernel.clear(goal, tree.first, tree.up, self._back)
        return int(cost), edges


def measure_table(metric: Metric, origins: NDArray[np.int32], goals: NDArray[np.int32]) -> NDArray[np.int64]:
    """Least weights from every origin to every goal; -1 where there is no way."""
    return kernel.table(origins, goals, metric.topology.first, metric.topology.up, metric.cost)
