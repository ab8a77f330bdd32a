"""What no volume can save more than."""

from __future__ import annotations

from landbridge.optimization.book_problem import BookProblem


def ceiling_cost(problem: BookProblem) -> float:
    """A cost in cents that no plan goes below, however many more of the same shipments there are.

    Each shipment pays its part of trains that are full, has every rebate on all of its volume, pays nothing for room, and saves at each end
    of its way half of what a box or vehicle used again saves: a turn has two ends.
    """
    credit: dict[int, float] = {}
    for yard in problem.yards:
        for end in (*yard.freed, *yard.needed):
            credit[end.way] = credit.get(end.way, 0.0) + yard.saving * end.units / 2
    least: dict[int, float] = {}
    for number, way in enumerate(problem.ways):
        train = None if way.train is None else problem.trains[way.train]
        cost = way.cost - credit.get(number, 0.0) - sum(problem.tiers[tier].amount for tier in way.volumes) * way.teu
        cost += 0.0 if train is None else train.cost * way.teu / train.capacity
        least[way.shipment] = min(cost, least.get(way.shipment, cost))
    return sum(least.values())
