"""How the search grows with the network, with the number of criteria and with threads.

``python -m benchmarks.growth [--terminals 60 125 250 500] [--queries 20] [--seed N] [--roads everywhere] [--plot FILE.svg] [--json]``

For each size the same questions are asked three times of one load, in this process: for the cheapest itinerary alone (one criterion), for
the exact Pareto set over cost, arrival and CO2e (three), and for these in two threads at once. The search of two criteria is not a thing
that landbridge has. Times are of one question; tables are worked out before and told apart. ``--plot`` needs
matplotlib, which ``make bench-peers`` installs.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

from benchmarks.continent import ROADS, draw_queries, generate_continent
from benchmarks.routing import Load
from landbridge.domain.query import Query
from landbridge.graph.planning_graph import compile_graph
from landbridge.routing.front import find_front

SIZES = (60, 125, 250, 500)
MOST_LABELS = 100_000
THREADS = 2


@dataclass(frozen=True, slots=True)
class Growth:
    """One size: seconds of tables, and milliseconds of a question in the median and at the 90th percentile."""

    terminals: int
    preparation_s: float
    one_criterion_ms: float
    three_criteria_ms: float
    three_criteria_p90_ms: float
    pareto_median: float
    unfinished: int
    two_threads_speedup: float


def measure(terminals: int, queries: int, seed: int, roads: str) -> Growth:
    """Ask all questions of one size."""
    dataset = generate_continent(terminals, seed, roads)
    asked = draw_queries(dataset, queries, seed)
    begin = perf_counter()
    load = Load(compile_graph(dataset), asked[0])
    preparation = perf_counter() - begin
    find_front(load.search(asked[0])[0], max_labels=MOST_LABELS)  # loads the compiled code
    fronts: list[tuple[int, bool]] = []

    def one(query: Query) -> None:
        load.search(query)[0].search(weights=(1.0, 0.0, 0.0), max_labels=MOST_LABELS)

    def three(query: Query) -> None:
        found, is_done = find_front(load.search(query)[0], max_labels=MOST_LABELS)
        fronts.append((len(found), is_done))

    singles, alls = _times(one, asked), _times(three, asked)
    sizes, unfinished = [size for size, _ in fronts], sum(not is_done for _, is_done in fronts)
    begin = perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(three, asked))
    together = perf_counter() - begin
    return Growth(
        terminals=terminals,
        preparation_s=round(preparation, 2),
        one_criterion_ms=round(statistics.median(singles), 1),
        three_criteria_ms=round(statistics.median(alls), 1),
        three_criteria_p90_ms=round(sorted(alls)[int(0.9 * (len(alls) - 1))], 1),
        pareto_median=statistics.median(sizes),
        unfinished=unfinished,
        two_threads_speedup=round(sum(alls) / 1000 / together, 2),
    )


def _times(ask: Callable[[Query], None], queries: Sequence[Query]) -> list[float]:
    found = []
    for query in queries:
        begin = perf_counter()
        ask(query)
        found.append(1000 * (perf_counter() - begin))
    return found


def draw(rows: Sequence[Growth], path: Path) -> None:
    """A picture of all sizes, both axes logarithmic."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 4.2), layout="constrained")
    sizes = [row.terminals for row in rows]
    lines = (
        ("three criteria, 90th percentile", "three_criteria_p90_ms", ":"),
        ("three criteria, median", "three_criteria_ms", "-"),
        ("one criterion, median", "one_criterion_ms", "--"),
    )
    for label, name, style in lines:
        axes.plot(sizes, [getattr(row, name) for row in rows], style, marker="o", label=label)
    axes.set(xscale="log", yscale="log", xlabel="terminals", ylabel="milliseconds a question", title="Exact search on generated continents")
    axes.set_xticks(sizes, [str(size) for size in sizes], minor=False)
    axes.minorticks_off()
    axes.grid(visible=True, alpha=0.3)
    axes.legend(frameon=False)
    figure.savefig(path)


def main(arguments: list[str] | None = None) -> int:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description="How the search grows.")
    parser.add_argument("--terminals", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--queries", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--roads", choices=ROADS, default="access", help="where trucks go: about hubs and borders, or from hub to hub")
    parser.add_argument("--plot", type=Path, help="picture to write, .svg or .png")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    rows = []
    for terminals in asked.terminals:
        print(f"{terminals:,} terminals", file=sys.stderr, flush=True)
        rows.append(measure(terminals, asked.queries, asked.seed, asked.roads))
    if asked.json:
        print(json.dumps([asdict(row) for row in rows], indent=2))
    else:
        names = list(asdict(rows[0]))
        print("  ".join(names))
        for row in rows:
            print("  ".join(f"{value:>{len(name)}}" for name, value in asdict(row).items()))
    if asked.plot:
        draw(rows, asked.plot)
    return 0


if __name__ == "__main__":
    sys.exit(main())
