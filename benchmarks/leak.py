"""``python -m benchmarks.leak [--queries 10000] [--json]``: whether memory grows with the number of questions.

Whole answers (plans, compared, rejected) on one small corridor, each question with another ready day, wish and number of units. After a
tenth of them, when caches are full, the peak of the process is noted; at the end it is noted again. Growth of less than ``MOST_KB`` a
question is what an allocator does; a label array, a table or a graph that stays would be far more.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
from datetime import timedelta

from tests.corridor import READY, question, tiny_corridor

from landbridge.domain.query import Query
from landbridge.planner import plan_shipment

MOST_KB = 1.0
_WISHES: tuple[dict[str, tuple[str, ...]], ...] = ({}, {"avoid": ("ship",)}, {"via": ("ship",)}, {"avoid": ("x",)}, {"via": ("x",)})


def make_query(number: int) -> Query:
    """Another question for each number, over three months of ready days."""
    wish = _WISHES[number % len(_WISHES)]
    return question(ready_on=READY + timedelta(days=number % 89), units=1 + number % 7, tolerance_percent=2 * (number % 2), **wish)


def measure(queries: int) -> dict[str, object]:
    """Peaks in kB after a tenth of the questions and after all of them."""
    dataset = tiny_corridor()
    warm = max(1, queries // 10)
    early = 0
    for number in range(queries):
        plan_shipment(dataset, make_query(number))
        if number + 1 == warm:
            early = _peak_kb()
        if (number + 1) % 1000 == 0:
            print(f"{number + 1:,} questions, peak {_peak_kb() / 1024:.1f} MB", file=sys.stderr, flush=True)
    late = _peak_kb()
    grown = (late - early) / max(1, queries - warm)
    return {
        "queries": queries, "peak_mb_early": round(early / 1024, 1), "peak_mb": round(late / 1024, 1), "kb_a_query": round(grown, 3),
        "leaks": grown > MOST_KB,
    }  # fmt: skip


def _peak_kb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 if sys.platform == "darwin" else float(peak)


def main(arguments: list[str] | None = None) -> int:
    """Print the peaks; 1 if memory grows with every question."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.leak", description="Memory over many questions.")
    parser.add_argument("--queries", type=int, default=10_000)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    document = measure(asked.queries)
    print(json.dumps(document, indent=2) if asked.json else "\n".join(f"{name:<16} {value}" for name, value in document.items()))
    return 1 if document["leaks"] else 0


if __name__ == "__main__":
    sys.exit(main())
