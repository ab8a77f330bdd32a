"""Large tables of this room, sorted by their first column and searched by halves: nothing is indexed when a process starts."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from importlib import resources

_PROBES = 2_048
"""Places at which a table is looked at once, so that what lies between two of them is short."""


def find_line(name: str, word: str) -> str:
    """What a sorted table gives for a folded word; empty if it has none."""
    text, starts, firsts = _load(name)
    wanted = f"\n{word}\t".encode()
    place = bisect_right(firsts, wanted[1:])
    begin = text.find(wanted, starts[max(place - 1, 0)] - 1, starts[place] if place < len(starts) else len(text))
    return text[begin + len(wanted) : text.find(b"\n", begin + 1)].decode() if begin >= 0 else ""


def has_beginning(name: str, beginning: str) -> bool:
    """Whether a word of a sorted table begins so."""
    text, starts, firsts = _load(name)
    wanted = f"\n{beginning}".encode()
    place = bisect_right(firsts, wanted[1:])
    return text.find(wanted, starts[max(place - 1, 0)] - 1, starts[place] + len(wanted) if place < len(starts) else len(text)) >= 0


def find_row(name: str, word: str) -> str:
    """The second column of a sorted table for a folded word; empty if it has none."""
    return find_line(name, word).split("\t", 1)[0]


def find_sorted(name: str, word: str) -> frozenset[int]:
    """Numbers that a sorted table gives for a folded word; empty if it has none."""
    return frozenset(int(number) for number in find_row(name, word).split())


@cache
def _load(name: str) -> tuple[bytes, list[int], list[bytes]]:
    """A table, some beginnings of its rows, and the first columns there, each with the tabulator behind it."""
    text = (resources.files("landbridge.screening") / "tables" / name).read_bytes()
    rows = text.find(b"\n") + 1
    step = max(1, (len(text) - rows) // _PROBES)
    starts = sorted({text.rfind(b"\n", 0, place) + 1 for place in range(rows, len(text), step)})
    return text, starts, [text[start : text.find(b"\t", start) + 1] for start in starts]
