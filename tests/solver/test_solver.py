from __future__ import annotations

import math
import subprocess
import sys

import pytest

from landbridge.domain.errors import SolverError
from landbridge.solver import Limits, LiveProgram, ProgramMaker, Progress, Status, render_lp, solve_program
from landbridge.solver.highs import status_of


def small_maker(*, is_integer: bool = False) -> ProgramMaker:
    maker = ProgramMaker()
    x = maker.add_column("x", cost=-1, upper=4, is_integer=is_integer)
    y = maker.add_column("y", cost=-2)
    maker.add_row("both", {x: 1, y: 1}, upper=5.5)
    maker.add_row("little", {y: 1}, lower=0.5, upper=3)
    return maker


def knapsack(size: int = 40) -> ProgramMaker:
    maker = ProgramMaker()
    columns = [maker.add_column(f"take({n})", cost=-(17 * n % 29 + 5), upper=1, is_integer=True) for n in range(size)]
    maker.add_row("room", [(column, (13 * column) % 31 + 3 + column / 7) for column in columns], upper=97)
    maker.add_row("other", [(column, (7 * column) % 23 + 2) for column in columns], upper=83)
    return maker


def test_a_linear_program_gives_point_bound_and_prices():
    found = solve_program(small_maker().make())
    assert found.status is Status.OPTIMAL
    assert found.objective == pytest.approx(-8.5)
    assert found.bound == found.objective
    assert found.values == pytest.approx((2.5, 3))
    assert found.prices == pytest.approx((-1, -1))


def test_integers_are_whole():
    found = solve_program(small_maker(is_integer=True).make())
    assert found.values == pytest.approx((2, 3))
    assert found.objective == pytest.approx(-8) == found.bound
    assert found.prices == ()


@pytest.mark.parametrize("is_integer", [False, True])
def test_infeasible_is_an_answer(is_integer):
    maker = ProgramMaker()
    x = maker.add_column("x", cost=1, upper=1, is_integer=is_integer)
    maker.add_row("much", {x: 1}, lower=2)
    found = solve_program(maker.make())
    assert found.status is Status.INFEASIBLE
    assert (found.objective, found.bound, found.values) == (None, math.inf, ())


def test_unbounded_is_an_answer():
    maker = ProgramMaker()
    maker.add_row("some", {maker.add_column("x", cost=-1): 1}, lower=2)
    found = solve_program(maker.make())
    assert found.status in (Status.UNBOUNDED, Status.UNBOUNDED_OR_INFEASIBLE)
    assert (found.objective, found.bound) == (None, -math.inf)


def test_a_program_without_columns_costs_nothing():
    assert solve_program(ProgramMaker().make()).objective == 0


def test_the_time_limit_keeps_an_honest_bound():
    found = solve_program(knapsack(200).make(), Limits(seconds=0.0))
    best = solve_program(knapsack(200).make())
    assert found.status is Status.TIME_LIMIT
    assert found.bound <= best.objective + 1e-6


def test_progress_is_heard_and_can_end_the_solve():
    heard: list[Progress] = []

    def hear(progress: Progress) -> bool:
        heard.append(progress)
        return True

    found = solve_program(knapsack().make(), on_progress=hear)
    assert heard
    assert found.status in (Status.INTERRUPTED, Status.OPTIMAL)
    assert found.bound <= solve_program(knapsack().make()).objective + 1e-6


def test_points_are_heard_on_the_way():
    heard: list[list[float]] = []
    program = knapsack().make()
    found = solve_program(program, on_point=heard.append)
    values = [sum(cost * one for cost, one in zip(program.cost, point, strict=True)) for point in heard]
    assert values == sorted(values, reverse=True)
    assert values[-1] == pytest.approx(found.objective)


def test_a_start_is_taken_up():
    program = knapsack().make()
    best = solve_program(program)
    found = solve_program(program, Limits(max_nodes=0), start=best.values)
    assert found.objective == pytest.approx(best.objective)


def test_the_same_program_gives_the_same_point():
    assert solve_program(knapsack().make()).values == solve_program(knapsack().make()).values


def test_gap_is_a_fraction_of_the_objective():
    assert Progress(objective=200, bound=150, seconds=1).gap == 0.25
    assert Progress(objective=None, bound=150, seconds=1).gap is None


@pytest.mark.parametrize("name", ["kModelError", "kSolveError", "kSomethingNew"])
def test_failures_and_unmapped_statuses_raise(name):
    with pytest.raises(SolverError, match=name):
        status_of(name)


def test_every_status_of_highs_is_mapped_or_a_failure():
    import highspy

    for name in highspy.HighsModelStatus.__members__:
        try:
            assert isinstance(status_of(name), Status)
        except SolverError as error:
            assert "failed with" in str(error)  # noqa: PT017  # a failure is as good as a status here


@pytest.fixture
def others_threads():
    """Somebody else in this process solved with two threads before."""
    import highspy

    highspy.Highs.resetGlobalScheduler(True)
    other = highspy.Highs()
    other.setOptionValue("output_flag", False)
    other.setOptionValue("threads", 2)
    other.addVar(0, 1)
    assert other.run() == highspy.HighsStatus.kOk
    yield
    highspy.Highs.resetGlobalScheduler(True)


@pytest.mark.usefixtures("others_threads")
def test_threads_that_somebody_else_set_change_no_answer():
    assert solve_program(small_maker(is_integer=True).make()).status is Status.OPTIMAL


@pytest.mark.usefixtures("others_threads")
@pytest.mark.parametrize("ask", ["solve", "solve_arrays"])
def test_threads_that_somebody_else_set_change_no_living_program(ask):
    live = LiveProgram(small_maker().make())
    found = getattr(live, ask)()
    assert (found.objective if ask == "solve" else found[0]) == pytest.approx(-8.5)


def test_a_solver_that_does_not_run_is_an_error(monkeypatch):
    import highspy

    monkeypatch.setattr(highspy.Highs, "run", lambda _: highspy.HighsStatus.kError)
    with pytest.raises(SolverError, match="did not run"):
        solve_program(small_maker().make())


def test_what_is_not_finite_is_refused():
    maker = ProgramMaker()
    maker.add_row("bad", {maker.add_column("x"): math.nan}, lower=1)
    with pytest.raises(ValueError, match="not a finite number"):
        maker.make()
    live = LiveProgram(small_maker().make())
    with pytest.raises(SolverError, match="not a finite number"):
        live.add_columns([1], [0], [1], [[(0, math.inf)]])


def test_crossed_bounds_and_unknown_columns_are_refused():
    maker = ProgramMaker()
    maker.add_column("x", lower=2, upper=1)
    with pytest.raises(ValueError, match="above its upper"):
        maker.make()
    maker = ProgramMaker()
    maker.add_row("far", {3: 1.0}, upper=1)
    with pytest.raises(ValueError, match="names a column"):
        maker.make()


def test_a_live_program_grows():
    maker = ProgramMaker()
    x = maker.add_column("x", cost=1)
    maker.add_row("need", {x: 1}, lower=2, upper=math.inf)
    live = LiveProgram(maker.make())
    assert live.solve().objective == pytest.approx(2)
    live.add_columns([0.5], [0], [1], [[(0, 1.0)]])
    assert live.solve().objective == pytest.approx(1.5)
    live.add_rows([0], [0.25], [[(1, 1.0)]])
    objective, values, prices = live.solve_arrays()
    assert objective == pytest.approx(1.875)
    assert values == pytest.approx([1.75, 0.25])
    assert prices == pytest.approx([1, -0.5])
    live.set_row_bounds(0, 3, math.inf)
    live.set_column_bounds(1, 0, 0)
    assert live.solve().objective == pytest.approx(3)


def test_a_live_program_that_cannot_be_solved_raises_only_where_an_optimum_is_needed():
    maker = ProgramMaker()
    maker.add_row("much", {maker.add_column("x", upper=1): 1}, lower=2)
    assert LiveProgram(maker.make()).solve().status is Status.INFEASIBLE
    with pytest.raises(SolverError, match="kInfeasible"):
        LiveProgram(maker.make()).solve_arrays()


def test_the_text_of_a_program():
    assert render_lp(small_maker(is_integer=True).make()).splitlines() == [
        "Minimize", " obj: - 1 x - 2 y", "Subject To", " both: 1 x + 1 y <= 5.5", " little.low: 1 y >= 0.5",
        " little.high: 1 y <= 3", "Bounds",
        " 0 <= x <= 4", " 0 <= y <= inf", "Generals", " x", "End",
    ]  # fmt: skip


def test_nothing_is_written_on_standard_output():
    script = (
        "from landbridge.solver import *; m = ProgramMaker(); m.add_column('x', is_integer=True); solve_program(m.make(), on_progress=bool)"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert (run.stdout, run.stderr) == ("", "")
