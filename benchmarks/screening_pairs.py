"""Labelled pairs of names, made from ``data/screening_families.tsv``; ``python -m benchmarks.screening_pairs`` writes them as CSV.

Each family has two sides: two parties that differ in one telling word, with the same languages in the same order. Every pair of one side
(same) has a twin across the sides in the same two languages (different), so neither script nor language nor length tells the answer.
Whole families go to one half; the halves ``held_out`` and ``blind`` are never looked at while the matcher is tuned.
The families of ``blind`` (prefix ``b_``) were drawn by a hash from families written and labelled in one go, before the matcher was run on
any of them; the others of that go (``d_``) are for tuning.
"""

from __future__ import annotations

import csv
import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

FAMILIES = Path(__file__).with_name("data") / "screening_families.tsv"
PAIRS = Path(__file__).with_name("data") / "screening_pairs.csv"
A_FAMILY = 3
COLUMNS = ("left", "right", "kind", "same", "half", "family")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names, and whether they mean the same party."""

    left: str
    right: str
    kind: str
    same: bool
    half: str = ""
    family: str = ""


def read_pairs(path: Path) -> tuple[Pair, ...]:
    """Pairs of a CSV file with the columns left, right, kind and same (1 or 0, yes or no, true or false)."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    missing = {"left", "right", "same"} - set(rows[0] if rows else ())
    if missing:
        sys.exit(f"{path}: the columns {', '.join(sorted(missing))} are missing or there are no rows")
    truths = {"1", "yes", "true", "same", "y", "t"}
    return tuple(
        Pair(
            row["left"] or "",
            row["right"] or "",
            row.get("kind") or "",
            (row["same"] or "").strip().casefold() in truths,
            row.get("half") or "",
            row.get("family") or "",
        )
        for row in rows
    )


def make_pairs() -> Iterator[Pair]:
    """All pairs of all families, in order."""
    families: dict[tuple[str, str], dict[str, list[str]]] = {}
    for line in FAMILIES.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            family, kind, side, forms = line.split("\t")
            families.setdefault((family, kind), {})[side] = forms.split("|")
    for turn, ((family, kind), sides) in enumerate(families.items()):
        half = half_of(family)
        count = min(len(sides["a"]), len(sides["b"]))
        chosen = list(combinations(range(count), 2))
        for step in range(min(A_FAMILY, len(chosen))):
            one, other = chosen[(turn + step * 2) % len(chosen)] if len(chosen) > A_FAMILY else chosen[step]
            side, across = ("a", "b") if (turn + step) % 2 else ("b", "a")
            yield Pair(sides[side][one], sides[side][other], kind, True, half, family)
            yield Pair(sides[side][one], sides[across][other], kind, False, half, family)


def half_of(family: str) -> str:
    """``blind`` and ``tuning`` by the prefix under which a family was entered, the first families by a hash of their name."""
    if family.startswith("b_"):
        return "blind"
    if family.startswith(("t_", "d_", "e_", "f_", "g_")):
        return "tuning"
    return "held_out" if hashlib.sha256(family.encode()).digest()[0] % 2 else "tuning"


def main() -> None:
    with PAIRS.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(COLUMNS)
        count = 0
        for pair in make_pairs():
            writer.writerow((pair.left, pair.right, pair.kind, int(pair.same), pair.half, pair.family))
            count += 1
    print(f"wrote {count} pairs to {PAIRS}")


if __name__ == "__main__":
    main()
