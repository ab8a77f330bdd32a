from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.optimization import arc_bound, solve
from landbridge.optimization import relaxation as module_of_relaxation
from landbridge.optimization.arc_bound import solve_arc_model
from landbridge.optimization.arc_model import make_arc_model
from landbridge.optimization.branch import Brancher
from landbridge.optimization.design import Design, DesignPlan
from landbridge.optimization.design_check import list_faults
from landbridge.optimization.flow import FlowProgram
from landbridge.optimization.kernel import OPEN, SHUT, relax_arcs
from landbridge.optimization.race import Race
from landbridge.optimization.relaxation import Point, Relaxation
from landbridge.optimization.solve import solve_design
from landbridge.solver import Progress, Status, solve_program
from tests.optimization.networks import enumerated, random_design

SEEDS = st.integers(0, 10_000)


def optimum(design: Design) -> float:
    found = solve_program(make_arc_model(design))
    return found.objective if found.objective is not None else float("inf")


@pytest.mark.parametrize("seed", range(3))
def test_the_textbook_model_is_enumeration(seed):
    design = random_design(seed, n_nodes=4, n_arcs=7, n_commodities=2)
    assert optimum(design) == pytest.approx(enumerated(design))


@settings(max_examples=25, deadline=None)
@given(SEEDS, st.booleans(), st.sampled_from([0.5, 1.0, 3.0]))
def test_solved_is_optimal(seed, is_dense, tightness):
    design = random_design(seed, tightness=tightness, is_dense=is_dense)
    result = solve_design(design, seconds=20, seed=seed)
    best = optimum(design)
    assert result.plan is not None
    assert result.plan.objective == pytest.approx(best)
    assert result.bound == pytest.approx(best, rel=1e-6)
    assert list_faults(design, result.plan) == ()


@settings(max_examples=25, deadline=None)
@given(SEEDS, st.booleans())
def test_bounds_hold_and_grow(seed, is_dense):
    design = random_design(seed, n_nodes=6, n_arcs=14, n_commodities=4, is_dense=is_dense)
    best = optimum(design)
    relaxation, race = Relaxation(design), Race(None, 0.0)
    brancher = Brancher(relaxation, relaxation.climb_root(), race)
    bounds = []
    for _ in range(5):
        if brancher.heap:
            brancher.step()
            bounds.append(race.bound)
    assert bounds == sorted(bounds)
    assert all(bound <= best * (1 + 1e-9) for bound in bounds)


@settings(max_examples=10, deadline=None)
@given(SEEDS, st.booleans())
def test_the_textbook_model_bounds_and_plans_too(seed, is_dense):
    design = random_design(seed, n_nodes=6, n_arcs=14, n_commodities=4, is_dense=is_dense)
    relaxation, race = Relaxation(design), Race(None, 0.0)
    plan = FlowProgram(design).evaluate(np.ones(design.n_arcs, bool))
    assert plan is not None
    race.offer_plan(plan)
    solve_arc_model(relaxation, relaxation.climb_root(), race, seed)
    assert race.objective == pytest.approx(optimum(design))
    assert race.bound == pytest.approx(race.objective, rel=1e-6)


def plain_relaxation(design: Design, state: np.ndarray, pi: np.ndarray) -> tuple[float, np.ndarray]:
    """The twin of the kernel: sorts where that selects."""
    total, violation = 0.0, np.zeros_like(pi)
    for arc in range(design.n_arcs):
        if state[arc] == SHUT:
            continue
        items = []
        for pair in range(design.start[arc], design.start[arc + 1]):
            k = design.commodity[pair]
            items.append((design.cost[pair] + pi[design.tail[arc], k] - pi[design.head[arc], k], k))
        left, value, taken = design.capacity[arc], design.fixed[arc], []
        for reduced, k in sorted(items):
            if reduced < 0:
                size = min(design.demand[k], left)
                value, left = value + reduced * size, left - size
                taken.append((k, size))
        if value < 0 or state[arc] == OPEN:
            total += value
            for k, size in taken:
                violation[design.tail[arc], k] += size
                violation[design.head[arc], k] -= size
    return total, violation


@settings(max_examples=50, deadline=None)
@given(SEEDS, st.booleans(), st.integers(1, 60))
def test_the_kernel_is_its_plain_twin(seed, is_dense, n_commodities):
    design = random_design(seed, n_commodities=n_commodities, is_dense=is_dense)
    draw = np.random.default_rng(seed)
    pi = draw.uniform(0, 30, (design.n_nodes, n_commodities))
    state = draw.integers(-1, 2, design.n_arcs).astype(np.int8)
    theta, room = np.zeros(design.n_arcs), np.zeros(n_commodities + 1)
    for _ in range(2):  # the second time with the prices of capacity of the first
        violation = np.zeros_like(pi)
        total = relax_arcs(
            design.tail, design.head, design.capacity, design.fixed, design.start, design.commodity, design.cost, design.is_dense,
            design.demand, state, pi, np.zeros(design.n_arcs), violation, room, room.copy(), np.zeros(n_commodities + 1, np.int32), theta,
        )  # fmt: skip
        expected, expected_violation = plain_relaxation(design, state, pi)
        assert total == pytest.approx(expected, abs=1e-9)
        np.testing.assert_allclose(violation, expected_violation, atol=1e-9)


@settings(max_examples=30, deadline=None)
@given(SEEDS, st.booleans())
def test_a_flow_is_the_cheapest(seed, is_dense):
    design = random_design(seed, n_nodes=6, n_arcs=13, n_commodities=5, is_dense=is_dense)
    program = FlowProgram(design)
    draw = np.random.default_rng(seed)
    for _ in range(4):
        is_open = draw.random(design.n_arcs) < 0.7
        plan = program.evaluate(is_open)
        shut = replace(design, fixed=np.zeros(design.n_arcs), capacity=np.where(is_open, design.capacity, 1e-9))
        least = solve_program(make_arc_model(shut))
        if plan is None:
            assert least.objective is None or least.objective == pytest.approx(0, abs=1e-3)
        else:
            assert list_faults(design, plan) == ()
            assert plan.objective - design.fixed[np.array(plan.is_open)].sum() == pytest.approx(least.objective, abs=1e-4)


def test_every_fault_is_found():
    design = random_design(1)
    plan = solve_design(design, seconds=10).plan
    assert plan is not None
    flow = plan.flows[0]
    rest = plan.flows[1:]
    assert "costs" in list_faults(design, replace(plan, objective=plan.objective - 1))[0]
    assert any("is carried" in fault for fault in list_faults(design, replace(plan, flows=rest)))
    assert any(
        "torn" in fault for fault in list_faults(design, replace(plan, flows=(replace(flow, arcs=flow.arcs[::-1] + flow.arcs), *rest)))
    )
    assert any("is not open" in fault for fault in list_faults(design, replace(plan, is_open=(False,) * design.n_arcs)))
    assert any(" of " in fault for fault in list_faults(design, replace(plan, flows=(replace(flow, amount=1e4), *rest))))
    assert any("ends at" in fault for fault in list_faults(design, replace(plan, flows=(replace(flow, arcs=()), *rest))))
    assert any("a flow of" in fault for fault in list_faults(design, replace(plan, flows=(replace(flow, amount=-1.0), *rest))))


def test_no_path_is_an_answer():
    design = replace(random_design(2), head=np.zeros(9, np.int32))
    result = solve_design(design, seconds=5)
    assert (result.plan, result.is_infeasible, result.gap) == (None, True, None)


def test_too_little_capacity_is_an_answer():
    design = replace(random_design(3), capacity=np.full(9, 0.25))
    result = solve_design(design, seconds=30)
    assert (result.plan, result.is_infeasible) == (None, True)
    assert result.seconds < 30


def test_progress_is_told_and_a_good_enough_gap_ends():
    heard: list[Progress] = []
    result = solve_design(random_design(5), seconds=20, relative_gap=0.5, on_progress=heard.append)
    assert result.gap is not None
    assert result.gap <= 0.5
    assert result.seconds < 20
    assert all(one.bound <= other.bound for one, other in pairwise(heard))


def test_interrupting_gives_the_best_so_far():
    def interrupt(progress: Progress) -> None:
        if progress.objective is not None:
            raise KeyboardInterrupt

    design = random_design(7, n_nodes=12, n_arcs=60, n_commodities=25, tightness=2.0)
    result = solve_design(design, seconds=20, on_progress=interrupt)
    assert result.plan is not None
    assert list_faults(design, result.plan) == ()
    assert result.bound <= result.plan.objective
    assert result.seconds < 20


def test_the_race_keeps_the_better():
    race = Race(None, 0.0)
    assert race.offer_plan(DesignPlan(objective=10.0, is_open=(), flows=()))
    assert not race.offer_plan(DesignPlan(objective=11.0, is_open=(), flows=()))
    race.offer_bound(4)
    race.offer_bound(3)
    assert (race.objective, race.bound, race.is_over) == (10.0, 4, False)
    race.offer_bound(12)
    assert (race.bound, race.is_over) == (10.0, True)


def test_arrays_of_a_design_are_read_only():
    design = random_design(1)
    with pytest.raises(ValueError, match="read-only"):
        design.fixed[0] = 1


def test_a_better_start_is_no_worse_bound():
    relaxation = Relaxation(random_design(9, n_nodes=8, n_arcs=30, n_commodities=10))
    root = relaxation.climb_root()
    again: Point = root.copy()
    relaxation.climb(again, relaxation.all_free, 200, target=root.bound * 1.02)
    assert again.bound >= root.bound - 1e-6 * abs(root.bound)
    assert relaxation.exact_bound(root, relaxation.all_free) == pytest.approx(root.bound, rel=1e-4)


@pytest.mark.parametrize("seed", range(4))
def test_the_root_comes_close_to_the_linear_bound(seed):
    """The bound of all linking rows, from the textbook model without whole openings."""
    design = random_design(seed, n_nodes=10, n_arcs=40, n_commodities=12)
    program = make_arc_model(design)
    linear = solve_program(replace(program, is_integer=(False,) * len(program.cost))).objective
    assert linear is not None
    relaxation = Relaxation(design)
    bound = relaxation.exact_bound(relaxation.climb_root(), relaxation.all_free)
    assert linear * 0.998 <= bound <= linear * (1 + 1e-9)


@pytest.mark.parametrize("seed", [1, 2])
def test_fine_ascents_bring_the_root_to_its_top(seed, monkeypatch):
    design = random_design(seed, n_nodes=25, n_arcs=120, n_commodities=40)
    relaxation = Relaxation(design)
    bound = relaxation.exact_bound(relaxation.climb_root(), relaxation.all_free)
    monkeypatch.setattr(module_of_relaxation, "_FINE", ())
    coarse = relaxation.exact_bound(relaxation.climb_root(), relaxation.all_free)
    assert bound >= 1.005 * coarse


def test_the_textbook_model_is_left_where_it_raises_nothing(monkeypatch):
    design = random_design(9, n_nodes=8, n_arcs=30, n_commodities=10)
    best = optimum(design)
    ended = []

    def spy(*asked, **more):
        ended.append(solve_program(*asked, **more))
        return ended[-1]

    monkeypatch.setattr(arc_bound, "solve_program", spy)
    monkeypatch.setattr(arc_bound, "_PATIENCE", -1.0)
    monkeypatch.setattr(solve, "_MOST_FIRST_SECONDS", 0.0)
    result = solve_design(design, seconds=20)
    assert [one.status for one in ended] == [Status.INTERRUPTED]
    assert result.plan is not None
    assert result.plan.objective == pytest.approx(best)
    assert result.bound == pytest.approx(best, rel=1e-6)
