"""The textbook model of a network design: flow of each commodity on each arc, with strong linking rows. For small problems."""

from __future__ import annotations

from collections.abc import Sequence

from landbridge.optimization.design import Design
from landbridge.solver import Program, ProgramMaker

Pair = tuple[int, int]


def make_arc_model(design: Design) -> Program:
    """The whole mixed-integer program: families ``conservation``, ``capacity`` and ``linking`` of docs/math.md."""
    maker = ProgramMaker()
    opened = [maker.add_column(f"open({arc})", cost=float(cost), upper=1.0, is_integer=True) for arc, cost in enumerate(design.fixed)]
    flows = {
        (arc, int(design.commodity[pair])): maker.add_column(f"flow({arc},{int(design.commodity[pair])})", cost=float(design.cost[pair]))
        for arc in range(design.n_arcs)
        for pair in range(int(design.start[arc]), int(design.start[arc + 1]))
    }
    add_conservation(maker, design, flows)
    add_capacity(maker, design, flows, opened)
    add_linking(maker, design, flows, opened)
    return maker.make()


def add_conservation(maker: ProgramMaker, design: Design, flows: dict[Pair, int]) -> None:
    """Sum of flow out of a node - sum of flow into it = demand at the source, -demand at the sink, else 0: nothing is lost on the way."""
    entries: dict[Pair, list[tuple[int, float]]] = {
        (node, commodity): [] for commodity in range(design.n_commodities) for node in range(design.n_nodes)
    }
    for (arc, commodity), column in flows.items():
        entries[int(design.tail[arc]), commodity].append((column, 1.0))
        entries[int(design.head[arc]), commodity].append((column, -1.0))
    for (node, commodity), row in entries.items():
        demand = float(design.demand[commodity])
        supply = demand * (node == design.source[commodity]) - demand * (node == design.sink[commodity])
        maker.add_row(f"conservation({node},{commodity})", row, supply, supply)


def add_capacity(maker: ProgramMaker, design: Design, flows: dict[Pair, int], opened: Sequence[int]) -> None:
    """Sum of flow on an arc - capacity * open <= 0: an arc carries no more than its capacity, and nothing if it is not open."""
    entries: list[list[tuple[int, float]]] = [[] for _ in opened]
    for (arc, _), column in flows.items():
        entries[arc].append((column, 1.0))
    for arc, row in enumerate(entries):
        maker.add_row(f"capacity({arc})", [*row, (opened[arc], -float(design.capacity[arc]))], upper=0.0)


def add_linking(maker: ProgramMaker, design: Design, flows: dict[Pair, int], opened: Sequence[int]) -> None:
    """Flow - min(demand, capacity) * open <= 0: implied by whole openings, and much stronger than capacity where they are fractions."""
    for (arc, commodity), column in flows.items():
        most = min(float(design.demand[commodity]), float(design.capacity[arc]))
        maker.add_row(f"linking({arc},{commodity})", [(column, 1.0), (opened[arc], -most)], upper=0.0)
