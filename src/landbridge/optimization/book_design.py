"""A large book as network design: whole trains are arcs with a fixed cost, and shipments may be divided between them.

What is left out makes the book cheaper, never dearer: shipments are whole, trains have a least fill, room and quotas are scarce, rebates
ask for a volume, boxes have to be there. So a bound on the design is one on the book; and the trains that a good design opens are those
that a good plan of the book buys.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from landbridge.optimization.book_problem import BookProblem
from landbridge.optimization.design import Design, DesignPlan

_Pairs = dict[int, tuple[float, int]]
_TRIFLE = 1e-3
"""Part of a shipment that is not worth a way of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookDesign:
    """``trains``: the number of the train of each arc but the last, which stands for all ways without one. ``ways``: by arc and shipment
    the cheapest way. ``constant``: cents to add.
    """

    design: Design
    trains: tuple[int, ...]
    ways: tuple[Mapping[int, int], ...]
    constant: float

    def bound_of(self, bound: float) -> float:
        """The bound on the book, in cents, from one on the design."""
        return bound + self.constant

    def opened_by(self, plan: DesignPlan) -> frozenset[int]:
        """The trains of which a plan of the design opens at least one."""
        return frozenset(train for train, is_open in zip(self.trains, plan.is_open, strict=False) if is_open)

    def whole_ways(self, plan: DesignPlan) -> dict[int, int]:
        """By shipment the number of its way, of those that a plan of the design does not divide between trains."""
        by_shipment: dict[int, set[int]] = defaultdict(set)
        for flow in plan.flows:
            way = self.ways[flow.arcs[0]].get(flow.commodity)
            if way is not None and flow.amount > _TRIFLE * self.design.demand[flow.commodity]:
                by_shipment[flow.commodity].add(way)
        return {shipment: ways.pop() for shipment, ways in by_shipment.items() if len(ways) == 1}


def design_of(problem: BookProblem) -> BookDesign:
    """The design of a book, money in cents.

    Each train is there as often as it would take to carry every shipment that could go by it. A way costs what it costs alone less all that
    it could get: every rebate to whose volume it counts, and half of the saving at each end at which a box or vehicle may be used again.
    A shipment that has no way is left out of the book; here it goes for nothing, since a design carries every commodity.
    """
    costs = _least_costs(problem)
    demand = [0.0] * len(problem.shipments)
    for way in problem.ways:
        demand[way.shipment] = max(demand[way.shipment], way.teu)
    demand = [one or 1.0 for one in demand]
    lowest: dict[int, float] = defaultdict(float)
    pairs: dict[int | None, _Pairs] = defaultdict(dict)
    for number, way in enumerate(problem.ways):
        lowest[way.shipment] = min(lowest[way.shipment], costs[number])
        train = way.train if way.teu == demand[way.shipment] else None  # else as if it needed no train at all
        if costs[number] < pairs[train].get(way.shipment, (math.inf, 0))[0]:
            pairs[train][way.shipment] = costs[number], number
    arcs: list[tuple[int | None, float, float]] = []
    for train in sorted(one for one in pairs if one is not None):
        row, rows = problem.trains[train], pairs[train]
        count = math.ceil(sum(demand[shipment] for shipment in rows) / row.capacity)
        arcs += [(train, row.capacity, row.cost)] * max(1, count)
    arcs.append((None, sum(demand), 0.0))
    starts, shipments, units = [0], list[int](), list[float]()
    for train, _, _ in arcs:
        above = {shipment: (cost - lowest[shipment]) / demand[shipment] for shipment, (cost, _) in pairs[train].items()}
        if train is None:
            above |= {shipment: 0.0 for shipment in range(len(demand)) if shipment not in lowest}
        shipments += sorted(above)
        units += [above[shipment] for shipment in sorted(above)]
        starts.append(len(shipments))
    nodes = np.zeros(max(len(arcs), len(demand)), np.int32)
    design = Design(
        n_nodes=2,
        tail=nodes[: len(arcs)],
        head=nodes[: len(arcs)] + 1,
        capacity=np.array([room for _, room, _ in arcs]),
        fixed=np.array([cents for _, _, cents in arcs]),
        source=nodes[: len(demand)],
        sink=nodes[: len(demand)] + 1,
        demand=np.array(demand),
        start=np.array(starts),
        commodity=np.array(shipments, np.int32),
        cost=np.array(units),
    )
    return BookDesign(
        design=design, trains=tuple(train for train, _, _ in arcs if train is not None),
        ways=tuple({shipment: number for shipment, (_, number) in pairs[train].items()} for train, _, _ in arcs),
        constant=sum(lowest.values()),
    )  # fmt: skip


def _least_costs(problem: BookProblem) -> list[float]:
    """Cents of each way, less all that it could get."""
    costs = [way.cost - sum(problem.tiers[tier].amount * way.teu for tier in way.volumes) for way in problem.ways]
    for yard in problem.yards:
        for end in (*yard.freed, *yard.needed):
            costs[end.way] -= max(0.0, yard.saving) / 2 * end.units
    return costs
