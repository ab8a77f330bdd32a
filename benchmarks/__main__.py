"""``python -m benchmarks [--json]``: every figure beside its goal; a goal that is not reached is printed as such.

The table first, then the parts that are commands of their own, each with its own budget; a part whose file is not there says so.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict

from benchmarks.measure import Row, describe_machine, measure_all

WIDTH = 100
PARTS = (
    ("search on a generated continent", "routing --terminals 500 --queries 20 --seconds 60 --check 10"),
    ("atlas", "atlas"),
    ("screening: labelled pairs that were never used for tuning", "screening"),
    ("screening: speed", "screening_speed"),
    ("generated book", "book --shipments 1000 --companies 50 --weeks 26 --seconds 120"),
    ("uncertainty", "uncertainty"),
    ("trade", "trade"),
)
"""Parts of their own, by what ``python -m benchmarks.`` is followed by."""
ELSEWHERE = """\
not run here, each a command of its own
  python -m benchmarks.canad FILE.dow --seconds 60     published instances, not part of the project
  python -m benchmarks.atlas --sea-pairs FILE.csv      a table of sea distances, not part of the project
  python -m benchmarks.routing --terminals 5000        takes long to prepare
  python -m benchmarks.growth --plot FILE.svg          how the search grows with size, criteria and threads
  python -m benchmarks.server, .kill, .leak, .sweep    start servers and processes of their own
  make bench-peers                                     peers"""
COLUMNS = ("what", "ours", "unit", "goal", "reached", "how")


def main() -> int:
    """Measure, print, and end with 0: a missed goal is told, not a failure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure landbridge against its goals.")
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    asked = parser.parse_args()
    rows = measure_all(note=lambda text: print(text, file=sys.stderr, flush=True))
    if asked.json:
        print(json.dumps({"machine": describe_machine(), "rows": [asdict(row) | {"reached": row.reached} for row in rows]}, indent=2))
        return 0
    print(table_text(rows), flush=True)
    for name, command in PARTS:
        print(f"\n{name}: python -m benchmarks.{command}\n", flush=True)
        ended = subprocess.run([sys.executable, "-m", f"benchmarks.{command.split()[0]}", *command.split()[1:]], check=False)
        if ended.returncode:
            print(f"ended with {ended.returncode}")
    print(f"\n{ELSEWHERE}")
    return 0


def table_text(rows: tuple[Row, ...]) -> str:
    """Align the rows in plain text, at most 100 columns; the last column says how each was measured."""
    cells = [COLUMNS, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(COLUMNS) - 1)]
    lines = [_line(line, widths) for line in cells]
    lines.insert(1, "-" * max(len(line) for line in lines))
    missed = sum(row.reached is False for row in rows)
    told = f"{missed} {'goal' if missed == 1 else 'goals'} not reached" if missed else "every goal reached"
    return "\n".join([*lines, "", *describe_machine(), told])


def _cells(row: Row) -> tuple[str, ...]:
    reached = {None: "-", True: "yes", False: "no"}[row.reached]
    return row.name, _number(row.value), row.unit, "-" if row.goal is None else _number(row.goal), reached, row.how


def _number(value: float) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:.2f}" if value < 100 else f"{value:.0f}"


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    """Numbers to the right, words to the left."""
    parts = [cell.rjust(width) if column in (1, 3) else cell.ljust(width) for column, (cell, width) in enumerate(_pairs(cells, widths))]
    return "  ".join([*parts, cells[-1]]).rstrip()[:WIDTH]


def _pairs(cells: tuple[str, ...], widths: list[int]) -> Iterator[tuple[str, int]]:
    return zip(cells[:-1], widths, strict=True)


if __name__ == "__main__":
    sys.exit(main())
