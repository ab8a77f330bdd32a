"""Labelled pairs of names, of ``data/screening_families.tsv``, ``_listed.tsv``, ``_public.tsv``, ``_twins.tsv``,
``_journal.tsv`` and ``_written.tsv``.

Run as a module it writes the CSV.

Each family has two sides: two parties that differ in one telling word, with the same languages in the same order. Every pair of one side
(same) has a twin across the sides in the same two languages (different), so neither script nor language nor length tells the answer.
Whole families go to one half; ``held_out``, ``fresh`` and ``listed`` are never looked at while the matcher is tuned
(names of some families of the first part are in the tables, docs/compliance.md).
The families of ``fresh`` (prefix ``h_``) were written after the matcher was committed in the state in which it was then measured on them.
``listed`` needs no hand: entries of the UN list that give a name in Latin letters and in its own script, half of them by a hash of their
number; the twin of each is the other name whose Latin form is most like its own.
``public`` holds names of brands and politicians in two languages; many Chinese ones cannot be told from the name alone.
``journal`` are parties of the annexes of the EU's Official Journal in two scripts, with the most similar other as twin: 600 of the half
that was kept away while the matcher was tuned on the other half. ``latest`` was written after that, and ``unseen`` after
the changes that followed; of both only totals were seen since, several times. ``drawn`` is the half that a lot left of 255 twins written by
kinds of variation before anything was measured; the other half (``p``) was read. The other twins are for tuning.
``fresh_a`` and ``fresh_b`` were written together from public knowledge before the matcher was read; ``fresh_a`` is for tuning, of
``fresh_b`` only totals were seen. ``fresh_c`` and ``fresh_c_read`` were written in the same manner by another session and measured before
anything was changed; ``fresh_c_read`` is for tuning, of ``fresh_c`` only totals were seen. ``fresh_d`` and ``fresh_d_read`` (a lot parted
them) were written and measured in that manner too. ``fresh_e`` was written between the mends, measured, and read: it is for tuning.
``fresh_f`` and ``fresh_f_read`` were written by a fourth session, parted by a hash of the name (first byte of its SHA-256 odd: ``fresh_f``)
and measured before anything was read; of ``fresh_f`` only totals were seen. ``fresh_g`` was written between that
session's mends, measured, and read: it is for tuning. ``fresh_h`` and ``fresh_h_read`` were written by a fifth session, parted by a hash of
the name and measured before anything was read or changed; of ``fresh_h`` only totals were seen.
The families with the prefixes ``b_`` and ``c_`` were held out once and are for tuning since their errors were read.
"""

from __future__ import annotations

import csv
import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

LISTED = Path(__file__).with_name("data") / "screening_listed.tsv"
PUBLIC = Path(__file__).with_name("data") / "screening_public.tsv"
FAMILIES = Path(__file__).with_name("data") / "screening_families.tsv"
TWINS = Path(__file__).with_name("data") / "screening_twins.tsv"
WRITTEN = Path(__file__).with_name("data") / "screening_written.tsv"
JOURNAL = Path(__file__).with_name("data") / "screening_journal.tsv"
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


def make_listed() -> Iterator[Pair]:
    """Pairs of the names of listed people and organisations in two scripts, each with its most similar twin of the same half."""
    from rapidfuzz import fuzz

    rows = [line.split("\t") for line in LISTED.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    for number, kind, name, own in rows:
        half = half_of_listed(number)
        others = [row for row in rows if row[0] != number and row[1] == kind and half_of_listed(row[0]) == half]
        twin = max(others, key=lambda row: (fuzz.token_sort_ratio(row[2], name), row[0]))
        yield Pair(name, own, kind, True, half, f"un_{number}")
        yield Pair(name, twin[3], kind, False, half, f"un_{number}")


def make_public() -> Iterator[Pair]:
    """Pairs of English and own names of brands and politicians, each with a twin, that nobody here chose (tools/public_pairs.py)."""
    for line in PUBLIC.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            source, kind, language, english, own, twin = line.split("\t")
            yield Pair(english, own, kind, True, "public", f"{source}_{language}")
            yield Pair(english, twin, kind, False, "public", f"{source}_{language}")


def make_twins() -> Iterator[Pair]:
    """Pairs written one by one, each with a twin: parts ``w``, ``n`` and ``q`` after the matcher was committed, others for tuning."""
    for line in TWINS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            part, kind, name, own, twin = line.split("\t")
            half = {"w": "latest", "n": "unseen", "q": "drawn"}.get(part, "tuning")
            yield Pair(name, own, kind, True, half, f"{part}_twin")
            yield Pair(name, twin, kind, False, half, f"{part}_twin")


def make_journal() -> Iterator[Pair]:
    """Pairs of listed parties in two scripts, as the EU's Official Journal gives them."""
    for line in JOURNAL.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            kind, script, name, own, twin = line.split("\t")
            yield Pair(name, own, kind, True, "journal", f"oj_{script}")
            yield Pair(name, twin, kind, False, "journal", f"oj_{script}")


def make_written() -> Iterator[Pair]:
    """Pairs written before the matcher was read, each with a twin: ``fresh_a``, ``fresh_e`` and those called read are for tuning."""
    for line in WRITTEN.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            part, kind, name, own, twin = line.split("\t")
            yield Pair(name, own, kind, True, f"fresh_{part}", f"{part}_written")
            yield Pair(name, twin, kind, False, f"fresh_{part}", f"{part}_written")


def half_of_listed(number: str) -> str:
    return "listed" if hashlib.sha256(f"un{number}".encode()).digest()[0] % 2 else "tuning"


def half_of(family: str) -> str:
    """``fresh`` and ``tuning`` by the prefix under which a family was entered, the first families by a hash of their name."""
    if family.startswith("h_"):
        return "fresh"
    if family.startswith(("b_", "c_", "t_", "d_", "e_", "f_", "g_")):
        return "tuning"
    return "held_out" if hashlib.sha256(family.encode()).digest()[0] % 2 else "tuning"


def main() -> None:
    with PAIRS.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(COLUMNS)
        count = 0
        for pair in (*make_pairs(), *make_listed(), *make_public(), *make_twins(), *make_journal(), *make_written()):
            writer.writerow((pair.left, pair.right, pair.kind, int(pair.same), pair.half, pair.family))
            count += 1
    print(f"wrote {count} pairs to {PAIRS}")


if __name__ == "__main__":
    main()
