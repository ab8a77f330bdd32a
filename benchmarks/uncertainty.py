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
from landbridge.uncertainty.calibration import LATENESS

FILE = Path(__file__).with_name("transit_times.csv")
LEVEL = 0.8
Interval = Callable[[Sequence[float]], tuple[float, float]]


def main() -> int:
    """Print both tables; 0 whatever they show."""
    print(render_coverage(read_ratios()))
    print(render_speed())
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


def _points(ratios: Sequence[float]) -> tuple[float, float, float]:
    low, high = quantile_interval(ratios)
    return math.exp(low), math.exp(median(ratios)), math.exp(high)


def render_speed() -> str:
    """Seconds for 10,000 runs of the balanced plan of the shipped corridor; goal 2."""
    feed = lb.load()
    plan = lb.plan(feed, "Minsk", "Lahore", units="2x40HC", goods="8701", ready="2026-12-01")
    times = []
    for seed in range(1, 6):
        begun = perf_counter()
        lb.simulate(feed, plan, seed=seed)
        times.append(perf_counter() - begun)
    reached = "reached" if median(times) <= 2 else "not reached"
    return f"10,000 runs of the balanced plan Minsk - Lahore: {median(times):.2f} s (goal 2.00 s: {reached})"


if __name__ == "__main__":
    sys.exit(main())
