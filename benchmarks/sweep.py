"""``python -m benchmarks.sweep``: sweeps on 1, 2, ... worker processes, and whether the numbers are the same.

A stress test of the first shipments of the shipped book, a file of shipments planned one by one, a matrix of best ways, and all plans of a
shipment simulated.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time

import landbridge as lb
from landbridge.planner import BatchQuestion, Crew, Question, ask_stress, compare_risks, find_matrix, plan_batch, stress_book

Work = Callable[[int], object]
_ENDS = ("Minsk", "Brest", "Gomel", "Vitebsk"), ("Lahore", "Karachi", "Faisalabad", "Islamabad", "Peshawar", "Sialkot")
_LOADS = ("2x40HC,8701", "1x20GP,1006", "1x40HC,4011", "3x40HC,5501")
_AT = "2026-11-27T00:00:00+00:00"


def _stress(shipments: int) -> tuple[str, Work]:
    feed = lb.load()
    feed = replace(feed, shipments=feed.shipments[:shipments])
    told = f"stress: {len(feed.shipments)} shipments, what their best ways use closed in turn"
    return told, lambda workers: stress_book(feed, ask_stress(feed, paired=0, crew=Crew(workers=workers)))


def _plans(shipments: int) -> tuple[str, Work]:
    """Each run writes into a folder of its own; the answer is what the file of lines holds."""
    feed = lb.load()
    ends = [(start, goal) for start in _ENDS[0] for goal in _ENDS[1]]
    asked = [(*pair, _LOADS[(index + turn) % len(_LOADS)]) for turn in range(len(_LOADS)) for index, pair in enumerate(ends)]
    rows = [f"{start},{goal},{load},2026-12-01" for start, goal, load in asked[: 2 * shipments]]

    def _work(workers: int) -> object:
        with tempfile.TemporaryDirectory() as folder:
            path, out = Path(folder) / "shipments.csv", Path(folder) / "out.jsonl"
            path.write_text("\n".join(("from,to,units,goods,ready", *rows)) + "\n", encoding="utf-8")
            question = BatchQuestion(
                shipments=str(path), out=str(out), feed="belarus-pakistan", rates=None, defaults=Question(origin="", destination=""),
                workers=workers, is_brief=True,
            )  # fmt: skip
            plan_batch(feed, question, at=_AT)
            return out.read_bytes()

    return f"plans: a file of {len(rows)} shipments, {len(_LOADS)} loads, in its own processes", _work


def _matrix(_shipments: int) -> tuple[str, Work]:
    feed = lb.load()
    asked = Question(origin="", destination="", units="1x40HC", goods="8701", ready="2026-12-01")
    told = f"matrix: best ways from {len(_ENDS[0])} places to {len(_ENDS[1])}"
    return told, lambda workers: find_matrix(feed, asked, _ENDS[0], _ENDS[1], crew=Crew(workers=workers))


def _simulations(_shipments: int) -> tuple[str, Work]:
    feed = lb.load()
    plan = lb.plan(feed, "Minsk", "Lahore", units="2x40HC", goods="8701", ready="2026-12-01")
    told = f"simulations: {len(plan.itineraries)} plans compared, 10,000 runs each where it takes them"
    return told, lambda workers: compare_risks(feed, plan, crew=Crew(workers=workers))


KINDS: Mapping[str, Callable[[int], tuple[str, Work]]] = {
    "stress": _stress, "plans": _plans, "matrix": _matrix, "simulations": _simulations,
}  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; 0 whatever they show, 1 if numbers differ."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sweep", description="Scaling of sweeps over worker processes.")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="most worker processes")
    parser.add_argument("--shipments", type=int, default=8, help="shipments of the book; twice as many plans")
    parser.add_argument("--only", action="append", choices=KINDS, help="of the four: this one; repeat")
    asked = parser.parse_args(arguments)
    return 0 if all([measure(kind, asked.workers, asked.shipments) for kind in asked.only or KINDS]) else 1


def measure(kind: str, most: int, shipments: int) -> bool:
    """Print one table; whether all numbers are the same."""
    told, work = KINDS[kind](shipments)
    print(f"{told}; {os.cpu_count()} cores, load {_load()} before")
    print("workers  seconds  times as fast  CPU here  CPU of workers  on idle cores  same numbers")
    first, seconds, alone, is_same = None, 0.0, 0.0, True
    for workers in range(1, most + 1):
        begun, here, there = perf_counter(), process_time(), _spent_by_workers()
        answer = work(workers)
        took = perf_counter() - begun
        if first is None:
            first, seconds = answer, took
        is_same = is_same and answer == first
        here, there = process_time() - here, _spent_by_workers() - there
        least = here + there / workers
        alone = alone or least
        print(
            f"{workers:>7}  {took:>7.1f}  {seconds / took:>13.2f}  {here:>8.1f}  {there:>14.1f}  "
            f"{alone / least:>13.2f}  {'yes' if answer == first else 'NO'}",
            flush=True,
        )
    print("on idle cores: CPU seconds of one process, over those here plus an equal part of those of the workers\n", flush=True)
    return is_same


def _spent_by_workers() -> float:
    """CPU seconds of child processes that have ended; 0 where the system does not tell."""
    try:
        from resource import RUSAGE_CHILDREN, getrusage
    except ImportError:
        return 0.0
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


if __name__ == "__main__":
    sys.exit(main())
