"""``python -m benchmarks.sweep``: a stress test of the first shipments of the shipped book on 1, 2, ... worker processes; same numbers."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter, process_time

import landbridge as lb
from landbridge.planner import Crew, ask_stress, stress_book


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 0 whatever it shows, 1 if numbers differ."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sweep", description="Scaling of a sweep over worker processes.")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="most worker processes")
    parser.add_argument("--shipments", type=int, default=8, help="shipments of the book")
    asked = parser.parse_args(arguments)
    feed = lb.load()
    feed = replace(feed, shipments=feed.shipments[: asked.shipments])
    print(f"{len(feed.shipments)} shipments, what their best ways use closed in turn; {os.cpu_count()} cores, load {_load()} before")
    print("workers  seconds  times as fast  CPU here  CPU of workers  on idle cores  same numbers")
    first, seconds, alone, is_same = None, 0.0, 0.0, True
    for workers in range(1, asked.workers + 1):
        begun, here, there = perf_counter(), process_time(), _spent_by_workers()
        answer = stress_book(feed, ask_stress(feed, paired=0, crew=Crew(workers=workers)))
        took = perf_counter() - begun
        if first is None:
            first, seconds = answer, took
        is_same = is_same and answer == first
        here, there = process_time() - here, _spent_by_workers() - there
        least = here + there / workers
        alone = alone or least
        print(
            f"{workers:>7}  {took:>7.1f}  {seconds / took:>13.2f}  {here:>8.1f}  {there:>14.1f}  "
            f"{alone / least:>13.2f}  {'yes' if answer == first else 'NO'}"
        )
    print("on idle cores: CPU seconds of one process, over those here plus an equal part of those of the workers")
    return 0 if is_same else 1


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
