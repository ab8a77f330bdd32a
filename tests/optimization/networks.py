"""Small random networks, and what they cost by enumeration."""

from __future__ import annotations

import random
from itertools import product

import numpy as np

from landbridge.optimization.arc_model import make_arc_model
from landbridge.optimization.design import Design
from landbridge.solver import ProgramMaker, solve_program


def random_design(
    seed: int, n_nodes: int = 5, n_arcs: int = 9, n_commodities: int = 3, *, tightness: float = 1.0, is_dense: bool = True
) -> Design:
    """A network in which every commodity has a path: a ring, and chords."""
    draw = random.Random(seed)
    ends = [(node, (node + 1) % n_nodes) for node in range(n_nodes)]
    while len(ends) < n_arcs:
        one, other = draw.sample(range(n_nodes), 2)
        ends.append((one, other))
    pairs = [draw.sample(range(n_nodes), 2) for _ in range(n_commodities)]
    demand = [float(draw.randint(1, 9)) for _ in pairs]
    capacity = [max(sum(demand), 1.0) if arc < n_nodes else draw.randint(3, 12) * tightness for arc in range(n_arcs)]
    fixed = [float(draw.randint(0, 60)) for _ in ends]
    cost = np.array([float(draw.randint(1, 9)) for _ in ends])
    shared = {
        "n_nodes": n_nodes, "tail": np.array([a for a, _ in ends]), "head": np.array([b for _, b in ends]), "capacity": np.array(capacity),
        "fixed": np.array(fixed), "source": np.array([a for a, _ in pairs]), "sink": np.array([b for _, b in pairs]), "demand":
        np.array(demand),
    }  # fmt: skip
    if is_dense:
        return Design.open_to_all(cost=cost, **shared)
    allowed = [sorted(k for k in range(n_commodities) if arc < n_nodes or draw.random() < 0.6) for arc in range(n_arcs)]
    start = np.cumsum([0, *(len(some) for some in allowed)]).astype(np.int64)
    commodity = np.array([k for some in allowed for k in some], np.int32)
    unit = np.array([cost[arc] + draw.randint(0, 3) for arc, some in enumerate(allowed) for _ in some], float)
    types = {"tail": np.int32, "head": np.int32, "source": np.int32, "sink": np.int32}
    return Design(
        start=start,
        commodity=commodity,
        cost=unit,
        **{name: np.asarray(value, types.get(name)) if name != "n_nodes" else value for name, value in shared.items()},
    )


def enumerated(design: Design) -> float:
    """The least cost over every set of open arcs, each with its cheapest flow by the textbook model."""
    program = make_arc_model(design)
    best = float("inf")
    for opened in product((0.0, 1.0), repeat=design.n_arcs):
        maker = ProgramMaker(
            cost=list(program.cost), lower=[*opened, *program.lower[design.n_arcs :]], upper=[*opened, *program.upper[design.n_arcs :]],
            is_integer=[False] * len(program.cost), column_names=list(program.column_names), row_lower=list(program.row_lower),
            row_upper=list(program.row_upper), row_names=list(program.row_names), starts=list(program.starts), index=list(program.index),
            value=list(program.value),
        )  # fmt: skip
        if np.dot(design.fixed, opened) < best:
            found = solve_program(maker.make())
            best = min(best, found.objective if found.objective is not None else best)
    return best
