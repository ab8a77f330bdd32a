"""Check a plan of a network design from the problem alone: nothing of what found it is used here."""

from __future__ import annotations

from collections import defaultdict

from landbridge.optimization.design import Design, DesignPlan

_CLOSE = 1e-6


def list_faults(design: Design, plan: DesignPlan) -> tuple[str, ...]:
    """What is wrong with a plan, in words: demands, paths, capacities, closed arcs, cost. Empty: nothing."""
    faults: list[str] = []
    carried: dict[int, float] = defaultdict(float)
    load: dict[int, float] = defaultdict(float)
    cost = 0.0
    for flow in plan.flows:
        faults += _path_faults(design, flow.commodity, flow.arcs)
        if flow.amount < 0:
            faults.append(f"commodity {flow.commodity}: a flow of {flow.amount}")
        carried[flow.commodity] += flow.amount
        for arc in flow.arcs:
            load[arc] += flow.amount
            cost += flow.amount * (_unit_cost(design, flow.commodity, arc) or 0.0)
    for commodity in range(design.n_commodities):
        wanted = float(design.demand[commodity])
        if abs(carried[commodity] - wanted) > _CLOSE * max(1.0, wanted):
            faults.append(f"commodity {commodity}: {carried[commodity]:.6g} of {wanted:.6g} is carried")
    for arc, amount in sorted(load.items()):
        if not plan.is_open[arc]:
            faults.append(f"arc {arc}: carries {amount:.6g} and is not open")
        if amount > float(design.capacity[arc]) * (1 + _CLOSE) + _CLOSE:
            faults.append(f"arc {arc}: carries {amount:.6g} of {float(design.capacity[arc]):.6g}")
    cost += sum(float(design.fixed[arc]) for arc, is_open in enumerate(plan.is_open) if is_open)
    if abs(cost - plan.objective) > _CLOSE * max(1.0, abs(cost)):
        faults.append(f"the plan costs {cost:.6f} and states {plan.objective:.6f}")
    return tuple(faults)


def _path_faults(design: Design, commodity: int, arcs: tuple[int, ...]) -> list[str]:
    at = int(design.source[commodity])
    for arc in arcs:
        if int(design.tail[arc]) != at:
            return [f"commodity {commodity}: its path is torn before arc {arc}"]
        if _unit_cost(design, commodity, arc) is None:
            return [f"commodity {commodity}: may not use arc {arc}"]
        at = int(design.head[arc])
    return [] if at == int(design.sink[commodity]) else [f"commodity {commodity}: its path ends at node {at}"]


def _unit_cost(design: Design, commodity: int, arc: int) -> float | None:
    for pair in range(int(design.start[arc]), int(design.start[arc + 1])):
        if int(design.commodity[pair]) == commodity:
            return float(design.cost[pair])
    return None
