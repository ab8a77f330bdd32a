"""``python -m benchmarks.uncertainty``: are the intervals right, and how fast is a simulation.

``transit_times.csv``: services for which an announced and an achieved time were published, each with its sources; averages of days late are
left out. Each service is left out once, the interval is made from the others, and it is counted whether it held what was achieved.
"""

from __future__ import annotations

import csv
import math
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

import landbridge as lb
from benchmarks.trade import binomial_interval
from landbridge.domain.dataset import Dataset
from landbridge.domain.plan import Plan
from landbridge.uncertainty.calibration import LATENESS
from landbridge.uncertainty.convolution import convolve_course
from landbridge.uncertainty.course import chart_course
from landbridge.uncertainty.engine import Settings, run_course

FILE = Path(__file__).with_name("transit_times.csv")
LEVEL = 0.8
RUNS = 10_000
Interval = Callable[[Sequence[float]], tuple[float, float]]


def main() -> int:
    """Print both tables; 0 whatever they show."""
    print(render_coverage(read_ratios()))
    feed = lb.load()
    plan = lb.plan(feed, "Minsk", "Lahore", units="2x40HC", goods="8701", ready="2026-12-01")
    print(render_exactness(feed, plan))
    print(render_speed(feed, plan))
    return 0


def read_ratios() -> list[tuple[str, float]]:
    """Achieved over announced time of each service, middles of ranges, on the log scale."""
    with FILE.open(encoding="utf-8", newline="") as handle:
        return [(row["mode"], math.log(_middle(row, "actual") / _middle(row, "announced"))) for row in csv.DictReader(handle)]


def _middle(row: dict[str, str], what: str) -> float:
    return (float(row[f"{what}_days_low"]) + float(row[f"{what}_days_high"])) / 2


def order_interval(others: Sequence[float]) -> tuple[float, float]:
    """Between two order statistics of the others, so that a new one of the same kind lies in it with at least the level (conformal)."""
    ordered = sorted(others)
    below = math.floor((1 - LEVEL) / 2 * (len(ordered) + 1))
    return ordered[max(below - 1, 0)], ordered[len(ordered) - max(below, 1)]


def quantile_interval(others: Sequence[float]) -> tuple[float, float]:
    """Between the 10 and 90 % points, straight between order statistics at (n + 1) p."""
    points = quantiles(others, n=10, method="exclusive")
    return points[0], points[-1]


def lognormal_interval(others: Sequence[float]) -> tuple[float, float]:
    """From the middle, with the spread of each side by its median absolute deviation: hardly moved by single services."""
    middle = median(others)
    sides = ([middle - one for one in others if one <= middle], [one - middle for one in others if one >= middle])
    below, above = (median(side) / 0.6744897501960817 * 1.2815515655446004 for side in sides)
    return middle - below, middle + above


def count_held(ratios: Sequence[float], make: Interval) -> int:
    """How many services their interval held, each made from the others."""
    held = 0
    for place, ratio in enumerate(ratios):
        low, high = make([*ratios[:place], *ratios[place + 1 :]])
        held += low - 1e-12 <= ratio <= high + 1e-12
    return held


METHODS: tuple[tuple[str, Interval], ...] = (
    ("10 and 90 % points (shipped)", quantile_interval),
    ("at least 80 % (conformal)", order_interval),
    ("lognormal, robust spread", lognormal_interval),
)


def render_coverage(found: Sequence[tuple[str, float]]) -> str:
    """Coverage of 80 % intervals, each service left out once."""
    ratios = [ratio for _, ratio in found]
    lines = [f"{len(ratios)} services with an announced and an achieved time; 80 % intervals, each service left out once", ""]
    for name, make in METHODS:
        held = count_held(ratios, make)
        low, high = binomial_interval(held, len(ratios))
        ends = tuple(math.exp(end) for end in make(ratios))
        lines.append(
            f"{name:<28} {held} of {len(ratios)}, {100 * held / len(ratios):.1f} % (95 %: {100 * low:.0f} - {100 * high:.0f} %);"
            f" all: {ends[0]:.2f} - {ends[1]:.2f} times the announced time"
        )
    on_time = sum(ratio <= 0 for ratio in ratios)
    lines.append(f"{'as announced (no interval)':<28} {on_time} of {len(ratios)} arrived by then")
    lines.append(
        f"shipped points 10, 50, 90 %: {', '.join(f'{point:.2f}' for point in LATENESS)}; middle here {math.exp(median(ratios)):.2f}"
    )
    return "\n".join(lines) + "\n"


def render_exactness(feed: Dataset, plan: Plan) -> str:
    """Each plan without common causes and closures: the simulation's chances beside those of exact convolution."""
    import numpy as np

    furthest, compared = 0.0, 0
    for itinerary in plan.itineraries:
        course = chart_course(feed, plan, itinerary)
        exact = convolve_course(course, "pert")
        if exact is None:
            continue
        settings = Settings(shares=(0.0, 0.0), has_closures=False)
        arrival = run_course(course, (), (), settings, runs=RUNS, seed=1).arrival
        found = np.searchsorted(np.sort(arrival), np.arange(len(exact)) + 0.5) / RUNS
        furthest, compared = max(furthest, float(np.abs(found - exact).max())), compared + 1
    allowed = 1.95 / math.sqrt(RUNS)
    return (
        f"{compared} of {len(plan.itineraries)} plans can be convolved exactly (no dated delay); times independent, no closures:\n"
        f"chances of {RUNS:,} runs lie at most {100 * furthest:.2f} points beside the exact ones (pure chance allows {100 * allowed:.2f})\n"
    )


def render_speed(feed: Dataset, plan: Plan) -> str:
    """Seconds for 10,000 runs of the balanced plan of the shipped corridor; goals 2 and 20."""
    lines = []
    for policy, goal in (("next", 2.0), ("replan", 20.0)):
        times = []
        for seed in range(1, 4):
            begun = perf_counter()
            lb.simulate(feed, plan, policy=policy, seed=seed)
            times.append(perf_counter() - begun)
        reached = "reached" if median(times) <= goal else "not reached"
        lines.append(
            f"10,000 runs of the balanced plan Minsk - Lahore, policy {policy}: {median(times):.2f} s (goal {goal:.2f} s: {reached})"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
