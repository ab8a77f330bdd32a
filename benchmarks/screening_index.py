"""``python -m benchmarks.screening_index [--half PART ...] [--names FILE]``: which pairs that match an index never compares.

Of each pair of the same party that the comparison knows, one name is asked for among all the others, then the other way round.
``--names`` adds entries to find them among: a file of one name a line, with its kind behind a tabulator. Names are listed for parts
that were read alone.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from benchmarks.screening_pairs import PAIRS, Pair, read_pairs
from landbridge.domain.screening import ListedEntry
from landbridge.screening.index import ListIndex
from landbridge.screening.match import MATCH_SCORE, score_names

READ = ("tuning", "fresh_a", "fresh_e", "fresh_g", "fresh_c_read", "fresh_d_read", "fresh_f_read", "fresh_h_read")
"""Parts whose pairs were read: of others only counts are told."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.screening_index", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--half", action="append", help="a part of the repository's own pairs; may be given several times")
    parser.add_argument("--names", type=Path, help="further names: one a line, its kind behind a tabulator")
    asked = parser.parse_args()
    halves = tuple(asked.half or READ)
    others = read_names(asked.names) if asked.names else ()
    pairs = [pair for pair in read_pairs(PAIRS) if pair.same and pair.half in halves]
    known = [pair for pair in pairs if score_names(pair.left, pair.right, pair.kind).score >= MATCH_SCORE]
    print(f"{len(pairs)} pairs of the same party, {len(known)} of them known by the comparison")
    lost = 0
    for is_turned in (False, True):
        missing, told = find_missing(known, others, is_turned=is_turned)
        lost += len(missing)
        print(told)
        if set(halves) <= set(READ):
            for name, listed in missing:
                print(f"  {name} | {listed}", file=sys.stderr)
    print(f"{lost} of {2 * len(known)} not found")
    return 0


def read_names(path: Path) -> tuple[ListedEntry, ...]:
    """Entries of one name each."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return tuple(make_entry(f"other{number}", row[0], row[1] if len(row) > 1 else "") for number, row in enumerate(rows))


def make_entry(entry_id: str, name: str, kind: str) -> ListedEntry:
    return ListedEntry(entry_id=entry_id, list_name="pairs", regime="UN", names=(name,), kind=kind)


def find_missing(known: list[Pair], others: tuple[ListedEntry, ...], *, is_turned: bool) -> tuple[list[tuple[str, str]], str]:
    """Names that do not find what they match in an index of what all match, and a line that says how it went."""
    rows = [(pair.right, pair.left, pair.kind) if is_turned else (pair.left, pair.right, pair.kind) for pair in known]
    ids: dict[tuple[str, str], str] = {}
    for _, listed, kind in rows:
        ids.setdefault((listed, kind), str(len(ids)))
    index = ListIndex((*(make_entry(number, name, kind) for (name, kind), number in ids.items()), *others))
    asked = dict.fromkeys((name, kind) for name, _, kind in rows)
    begun = time.process_time()
    found = {one: {match.entry_id for match in index.find(*one)} for one in asked}
    spent = 1000 * (time.process_time() - begun) / max(len(asked), 1)
    missing = [(name, listed) for name, listed, kind in rows if ids[listed, kind] not in found[name, kind]]
    return missing, f"{len(missing)} of {len(rows)} not found among {len(index)} entries, {spent:.2f} ms of processor time a name"


if __name__ == "__main__":
    sys.exit(main())
