"""``python -m benchmarks.sweep``: a stress test of the first shipments of the shipped book on 1, 2, ... worker processes; same numbers."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter

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
    print("workers  seconds  times as fast  same numbers")
    first, seconds, is_same = None, 0.0, True
    for workers in range(1, asked.workers + 1):
        begun = perf_counter()
        answer = stress_book(feed, ask_stress(feed, paired=0, crew=Crew(workers=workers)))
        took = perf_counter() - begun
        if first is None:
            first, seconds = answer, took
        is_same = is_same and answer == first
        print(f"{workers:>7}  {took:>7.1f}  {seconds / took:>13.2f}  {'yes' if answer == first else 'NO'}")
    return 0 if is_same else 1


if __name__ == "__main__":
    sys.exit(main())
