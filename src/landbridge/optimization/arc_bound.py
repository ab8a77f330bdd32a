"""Bounds of small designs by HiGHS on the textbook model: its cuts are worth more there than more branching of our own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from landbridge.optimization.arc_model import make_arc_model
from landbridge.optimization.design import Design, DesignPlan
from landbridge.optimization.flow import FlowProgram
from landbridge.optimization.race import Race
from landbridge.optimization.relaxation import Point, Relaxation
from landbridge.solver import Limits, Program, Progress, Status, solve_program

MOST_PAIRS = 10_000
"""With more pairs of arc and commodity the textbook model is too slow to be of use (measured: 58,400 pairs bring nothing in two
minutes, 18,400 nothing in 48 s)."""
_PATIENCE = 0.15
_MOST_PATIENCE = 10.0
"""It is left again when it has not raised the bound in this part of the time that is left, or in so many seconds."""
_GAIN = 1e-4
"""Less than this part of the bound is no gain."""
_HALF = 0.5


def solve_arc_model(relaxation: Relaxation, root: Point, race: Race, seed: int) -> None:
    """Solve the textbook model from the race's best plan until the race is over, or as long as it raises the bound; offer its bounds as
    they rise, and its plan at the end.

    Arcs that the root's bound decides against the best plan are fixed first, so what is proven is that nothing is better than the smaller
    of
    its bound and that plan, which is what the race keeps.
    """
    design = relaxation.design
    program = _with_fixed(design, make_arc_model(design), relaxation.exact_bound(root, relaxation.all_free), root, race)
    start = None if race.plan is None else _point(design, program, race.plan)

    seconds = None if race.seconds_left == float("inf") else max(0.0, race.seconds_left)
    patience = float("inf") if seconds is None else min(_MOST_PATIENCE, _PATIENCE * seconds)  # without a limit it is solved to its end
    best: float = race.bound
    last_gain: float | None = None  # of the first word on

    def hear(progress: Progress) -> bool:
        nonlocal best, last_gain
        if np.isfinite(progress.bound):
            race.offer_bound(progress.bound)
        if last_gain is None or race.bound > best + _GAIN * abs(best):
            best, last_gain = race.bound, race.seconds
        return race.is_over or race.seconds - last_gain > patience

    found = solve_program(program, Limits(seconds=seconds, seed=seed), start=start, on_progress=hear)
    if found.has_point:
        plan = FlowProgram(design).evaluate(np.array(found.values[: design.n_arcs]) > _HALF)
        if plan is not None:
            race.offer_plan(plan)
    if found.status in (Status.OPTIMAL, Status.INFEASIBLE):
        race.offer_bound(min(found.bound, race.objective) if found.status is Status.OPTIMAL else race.objective)


def _with_fixed(design: Design, program: Program, bound: float, root: Point, race: Race) -> Program:
    """The program with the arcs fixed that no better plan than the best one has otherwise."""
    lower, upper = list(program.lower), list(program.upper)
    margin = race.objective - bound
    for arc in range(design.n_arcs):
        if abs(root.worth[arc]) > margin + 1e-6 * abs(bound):
            lower[arc] = upper[arc] = float(root.worth[arc] < 0)
    return replace(program, lower=tuple(lower), upper=tuple(upper))


def _point(design: Design, program: Program, plan: DesignPlan) -> list[float]:
    """A plan as a point of the program; arcs that are fixed open are open in it, though nothing flows."""
    flows: dict[str, float] = {}
    for flow in plan.flows:
        for arc in flow.arcs:
            name = f"flow({arc},{flow.commodity})"
            flows[name] = flows.get(name, 0.0) + flow.amount
    opened = [max(float(is_open), program.lower[arc]) for arc, is_open in enumerate(plan.is_open)]
    return [*opened, *(flows.get(name, 0.0) for name in program.column_names[design.n_arcs :])]
