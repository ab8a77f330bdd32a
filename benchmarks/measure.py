"""What is measured, and how. Whole processes by the clock of the caller, the rest in this process after a warm-up; medians throughout."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

RUNS = 5
_SCRIPT = Path(sys.executable).with_name("landbridge")
LANDBRIDGE = (str(_SCRIPT),) if _SCRIPT.exists() else (sys.executable, "-m", "landbridge")
QUESTION = ("Minsk", "Lahore", "--units", "2x40HC", "--goods", "8701", "--ready", "2026-12-01")
_PEAK = """
import contextlib, io, resource, sys
from landbridge.cli.app import run_app
with contextlib.redirect_stdout(io.StringIO()):
    run_app()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(peak if sys.platform == "darwin" else peak * 1024)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure; ``goal`` is an upper bound, None where there is none."""

    name: str
    value: float
    unit: str
    goal: float | None = None
    how: str

    @property
    def reached(self) -> bool | None:
        return None if self.goal is None else self.value <= self.goal


def measure_all(note: Callable[[str], None]) -> tuple[Row, ...]:
    """Measure everything; ``note`` hears what is going on, since it takes a minute."""
    rows: list[Row] = []
    for measure in (_help, _plan_process, _load, _queries, _verify, _sharing, _memory):
        note(f"measuring: {(measure.__doc__ or '').strip()}")
        rows.extend(measure())
    return tuple(rows)


def describe_machine() -> tuple[str, ...]:
    """Platform, cores and Python, since a figure without its machine says nothing."""
    return (
        f"{platform.system()} {platform.release().split('-')[0]} {platform.machine()}, {_processor()}, {os.cpu_count()} cores",
        f"Python {platform.python_version()} ({platform.python_implementation()})",
    )


def _processor() -> str:
    try:
        with Path("/proc/cpuinfo").open(encoding="utf-8") as lines:
            return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.processor())
    except OSError:
        return platform.processor() or "processor unknown"


def _median_seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    work()  # the first run warms caches
    times = []
    for _ in range(runs):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return statistics.median(times)


def _process(*arguments: str) -> None:
    subprocess.run([*LANDBRIDGE, *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _help() -> list[Row]:
    """landbridge --help as a process."""
    seconds = _median_seconds(lambda: _process("--help"))
    return [Row(name="landbridge --help", value=seconds, unit="s", goal=0.2, how=f"whole process, median of {RUNS}")]


def _plan_process() -> list[Row]:
    """landbridge plan as a process."""
    seconds = _median_seconds(lambda: _process("plan", *QUESTION))
    return [Row(name="landbridge plan Minsk Lahore", value=seconds, unit="s", goal=1.0, how=f"whole process, median of {RUNS}")]


def _load() -> list[Row]:
    """load of the shipped feed."""
    import landbridge

    seconds = _median_seconds(landbridge.load)
    rows = _count_rows(landbridge.load())
    return [Row(name="load the shipped feed", value=seconds * 1000, unit="ms", how=f"in process, {rows:,} rows")]


def _count_rows(dataset: object) -> int:
    return sum(len(table) for name, table in vars(dataset).items() if isinstance(table, tuple) and not name.startswith("_"))


def _queries() -> list[Row]:
    """one question in process, with and without the compared ways."""
    import landbridge
    from landbridge.graph.planning_graph import compile_graph
    from landbridge.planner import Question, ask, plan_shipment
    from landbridge.routing.label_search import LabelSearch
    from landbridge.routing.scene import Scene
    from landbridge.terms.terms import Terms

    feed = landbridge.load()
    query = ask(feed, Question(origin="BYMSQ", destination="PKLHE", units="2x40HC", goods="8701", ready="2026-12-01"))
    graph = compile_graph(feed)
    search = LabelSearch(Scene(graph, Terms(feed, query)))
    known = [one for weights in search.first_weights() for one in search.search(weights=weights)[0]]
    weights = [*search.first_weights(), *search.mixed_weights(known)]
    tables = _median_seconds(lambda: LabelSearch(Scene(graph, Terms(feed, query))))
    single = _median_seconds(lambda: [search.search(weights=one, known=known) for one in weights]) / len(weights)
    exact = _median_seconds(lambda: search.search(known=known), runs=1)
    plans, made = len(search.search(known=known)[0]), search.made
    whole = _median_seconds(lambda: plan_shipment(feed, query))
    return [
        Row(name="query: terms as tables", value=tables * 1000, unit="ms", how="in process"),
        Row(name="query: best by one weighing", value=single * 1000, unit="ms", goal=5.0, how="in process, mean of 29, exact"),
        Row(name="query: all plans", value=exact * 1000, unit="ms", how=f"in process, exact, {plans} plans, {made:,} labels"),
        Row(name="query: plans, compared, rejected", value=whole * 1000, unit="ms", goal=200.0, how="in process, whole answer"),
    ]


def _verify() -> list[Row]:
    """verify of a plan with all that was compared."""
    import landbridge
    from landbridge.planner import verify_plan

    feed = landbridge.load()
    plan = landbridge.plan(feed, "BYMSQ", "PKLHE", units="2x40HC", goods="8701", ready="2026-12-01")
    seconds = _median_seconds(lambda: verify_plan(feed, plan), runs=3)
    count = len(plan.itineraries) + len(plan.compared)
    return [Row(name="verify a plan", value=seconds * 1000, unit="ms", how=f"in process, {count} itineraries")]


def _sharing() -> list[Row]:
    """shares from given coalition values."""
    import random

    from landbridge.sharing import CostGame, allocate_nucleolus, sample_shapley

    def game(size: int) -> CostGame:
        draw = random.Random(7)
        teu = [draw.randint(1, 40) for _ in range(size)]
        return CostGame(
            [f"{number:03}" for number in range(size)], lambda members: 100_000 * -(-sum(teu[int(one)] for one in members) // 50)
        )

    few, many = game(12), game(60)
    few.table()
    nucleolus = _median_seconds(lambda: allocate_nucleolus(few), runs=1)
    shapley = _median_seconds(lambda: sample_shapley(many, pairs=200), runs=1)
    return [
        Row(name="nucleolus, 12 companies", value=nucleolus, unit="s", goal=60.0, how="exact, in process"),
        Row(name="Shapley, 60 companies", value=shapley, unit="s", goal=300.0, how="200 pairs of orders, 95 % intervals"),
    ]


def _memory() -> list[Row]:
    """peak memory of a plan as a process."""
    try:
        import resource  # noqa: F401  # only where the child can be asked
    except ImportError:
        return []
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(
            [sys.executable, "-c", _PEAK, "plan", *QUESTION], check=True, capture_output=True, text=True, encoding="utf-8", cwd=folder
        )
    peak = int(run.stdout.split()[-1])
    return [Row(name="peak memory of a plan", value=peak / 1e6, unit="MB", how="getrusage of the process")]
