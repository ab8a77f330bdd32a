"""``python -m benchmarks.screening_slips [--names 100]``: listed names with slips of the hand; how many still need a look.

The names are the Latin ones of the UN list and of the Official Journal in ``data``; each is damaged at one place by a dice of one seed.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable

from benchmarks.screening_pairs import JOURNAL, LISTED
from landbridge.domain.screening import ListedEntry
from landbridge.screening.index import ListIndex

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {key: row[place + 1 : place + 2] or row[place - 1] for row in _ROWS for place, key in enumerate(row)}


def read_names() -> list[tuple[str, str]]:
    """Latin names and kinds of listed parties."""
    found = []
    for path, columns in ((LISTED, (2, 1)), (JOURNAL, (2, 0))):
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        found += [(row[columns[0]], row[columns[1]]) for row in rows]
    return [(name, kind) for name, kind in dict.fromkeys(found) if name.isascii() and sum(map(str.isalpha, name)) > 8]


def _in_word(name: str, dice: random.Random, change: Callable[[str, int], str]) -> str:
    """A name with one word changed behind its first letter: the longest words are the likeliest."""
    words = name.split()
    chosen = dice.choice([number for number, word in enumerate(words) if len(word) == max(map(len, words)) or len(word) > 4] or [0])
    word = words[chosen]
    words[chosen] = change(word, dice.randrange(1, max(len(word) - 1, 2)))
    return " ".join(words)


def _slip(name: str, dice: random.Random, change: Callable[[str, int], str]) -> str:
    """A name with a slip that shows; empty where twenty throws made none."""
    return next((slipped for _ in range(20) if (slipped := _in_word(name, dice, change)) != name), "")


SLIPS: dict[str, Callable[[str, int], str]] = {
    "two letters changed places": lambda word, at: word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :],
    "a letter left out": lambda word, at: word[:at] + word[at + 1 :],
    "a letter doubled": lambda word, at: word[: at + 1] + word[at:],
    "the next key": lambda word, at: word[:at] + _BESIDE.get(word[at : at + 1].lower(), word[at : at + 1]) + word[at + 1 :],
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.screening_slips", description=__doc__.splitlines()[0])
    parser.add_argument("--names", type=int, default=100)
    asked = parser.parse_args()
    names = read_names()
    entries = (
        ListedEntry(entry_id=str(number), list_name="listed", regime="UN", names=(name,), kind=kind)
        for number, (name, kind) in enumerate(names)
    )
    index = ListIndex(entries)
    print(f"{len(names)} listed names, {asked.names} of them with each slip")
    for slip, change in SLIPS.items():
        dice = random.Random(slip)
        chosen = dice.sample(range(len(names)), min(asked.names, len(names)))
        slipped = {number: name for number in chosen if (name := _slip(names[number][0], dice, change))}
        found = sum(any(match.entry_id == str(number) for match in index.find(name)) for number, name in slipped.items())
        print(f"{slip}: {found} of {len(slipped)} found")


if __name__ == "__main__":
    main()
