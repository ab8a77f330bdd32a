"""Large tables of this room, sorted by their first column and searched by halves: nothing is indexed when a process starts."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from importlib import resources


def find_row(name: str, word: str) -> str:
    """What a sorted table gives for a folded word; empty if it has none."""
    rows = _rows(name)
    place = bisect_left(rows, f"{word}\t")
    return rows[place].split("\t")[1] if place < len(rows) and rows[place].startswith(f"{word}\t") else ""


def find_sorted(name: str, word: str) -> frozenset[int]:
    """Numbers that a sorted table gives for a folded word; empty if it has none."""
    return frozenset(int(number) for number in find_row(name, word).split())


@cache
def _rows(name: str) -> list[str]:
    text = (resources.files("landbridge.screening") / "tables" / name).read_text(encoding="utf-8")
    return text.split("\n")[1:-1]
