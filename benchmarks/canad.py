"""``python -m benchmarks.canad FILE.dow --seconds 60 [--seed N] [--json]``: published network design through the optimization room.

Source of the family: T. G. Crainic, A. Frangioni, B. Gendron (2001), Discrete Applied Mathematics 112, 73-99. The format: a title; nodes,
arcs, commodities; a line an arc (from, to, cost a unit, capacity, fixed cost, two unused); a line a commodity (origin, destination,
quantity).
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING

_CLOSING_SECONDS = 0.7
"""Kept back for what runs after the search: the last kernel call and the check."""

if TYPE_CHECKING:
    from landbridge.optimization.design import Design
    from landbridge.solver import Progress


class FormatError(ValueError):
    """A file is not in the format; the message says all that is wrong."""


def read_dow(text: str) -> Design:
    """A design from the text of a .dow file; FormatError with the first lines that are wrong."""
    import numpy as np

    from landbridge.optimization.design import Design

    lines = [line.split() for line in text.splitlines() if line.strip()]
    if len(lines) < 2 or len(lines[1]) < 3 or not all(word.isdigit() for word in lines[1][:3]):
        raise FormatError("line 2 must give the numbers of nodes, arcs and commodities")
    n_nodes, n_arcs, n_commodities = map(int, lines[1][:3])
    if len(lines) < 2 + n_arcs + n_commodities:
        raise FormatError(f"{n_arcs} arcs and {n_commodities} commodities are announced, {len(lines) - 2} lines follow")
    arcs, wrong = _numbers(lines[2 : 2 + n_arcs], 5, 3)
    commodities, also = _numbers(lines[2 + n_arcs : 2 + n_arcs + n_commodities], 3, 3 + n_arcs)
    if wrong or also or not n_commodities:
        raise FormatError("; ".join((wrong + also)[:20]) or "there is no commodity")
    a, k = np.array(arcs).reshape(-1, 5), np.array(commodities)
    bad = [
        f"arc {n + 1}: ends, cost or capacity out of range"
        for n, row in enumerate(arcs)
        if not _fits(row[:2], n_nodes) or min(row[2], row[4]) < 0 or row[3] <= 0
    ]
    bad += [
        f"commodity {n + 1}: ends or quantity out of range"
        for n, row in enumerate(commodities)
        if not _fits(row[:2], n_nodes) or row[0] == row[1] or row[2] <= 0
    ]
    if bad:
        raise FormatError("; ".join(bad[:20]))
    return Design.open_to_all(
        n_nodes=n_nodes, tail=a[:, 0] - 1, head=a[:, 1] - 1, cost=a[:, 2], capacity=a[:, 3], fixed=a[:, 4], source=k[:, 0] - 1,
        sink=k[:, 1] - 1, demand=k[:, 2],
    )  # fmt: skip


def _fits(ends: list[float], n_nodes: int) -> bool:
    return all(end == int(end) and 1 <= end <= n_nodes for end in ends)


def _numbers(lines: list[list[str]], width: int, first: int) -> tuple[list[list[float]], list[str]]:
    import math

    found, wrong = [], []
    for number, words in enumerate(lines, first):
        try:
            row = [float(word) for word in words[:width]]
        except ValueError:
            row = []
        if len(row) < width or not all(map(math.isfinite, row)):
            wrong.append(f"line {number}: {width} numbers are needed")
        else:
            found.append(row)
    return found, wrong


def main() -> int:
    """Solve one file and print objective, bound, gap and seconds; 1 for a file that cannot be read, 2 where no plan was found."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.canad", description="Solve a fixed-charge network design instance.")
    parser.add_argument("file", help="instance in .dow format")
    parser.add_argument("--seconds", type=float, default=60.0, help="time limit of the search and its check, once compiled code is loaded")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    asked = parser.parse_args()
    try:
        design = read_dow(Path(asked.file).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        print(f"{asked.file}: {error}", file=sys.stderr)
        return 1
    from landbridge.optimization.design_check import list_faults
    from landbridge.optimization.solve import solve_design
    from landbridge.optimization.warm import warm_kernels

    asleep = perf_counter()
    warm_kernels()
    begin = perf_counter()
    left = asked.seconds - _CLOSING_SECONDS
    result = solve_design(design, seconds=max(0.1, left), seed=asked.seed, on_progress=_tell)
    faults = list_faults(design, result.plan) if result.plan else ("no plan was found",)
    document = {
        "file": Path(asked.file).name,
        "objective": round(result.plan.objective, 4) if result.plan else None,
        "bound": round(result.bound, 4) if result.bound < float("inf") else None,
        "gap": result.gap,
        "seconds": round(perf_counter() - begin, 2),
        "warm_seconds": round(begin - asleep, 2),
        "cpu_seconds": round(process_time(), 2),
        "nodes": result.nodes,
        "seed": asked.seed,
        "checked": not faults,
        "faults": list(faults),
    }
    if asked.json:
        print(json.dumps(document))
    else:
        print("\n".join(f"{key:12} {value}" for key, value in document.items()))
    return 2 if faults else 0


def _tell(progress: Progress) -> None:
    plan = "-" if progress.objective is None else f"{progress.objective:,.1f}"
    gap = "-" if progress.gap is None else f"{100 * progress.gap:.2f} %"
    print(f"{progress.seconds:6.1f} s  plan {plan}  bound {progress.bound:,.1f}  gap {gap}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
