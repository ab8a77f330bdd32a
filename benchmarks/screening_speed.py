"""``python -m benchmarks.screening_speed [--entries 20000] [--names 2000]``: how long an index takes, a name, and what memory."""

from __future__ import annotations

import argparse
import os
import random
import sys
import time

from landbridge.domain.screening import ListedEntry
from landbridge.planner.list_keys import make_keys
from landbridge.screening.index import IndexedName, ListIndex

_STARTS = [
    "ba",
    "be",
    "bo",
    "da",
    "di",
    "du",
    "ga",
    "go",
    "ha",
    "ka",
    "ke",
    "ko",
    "la",
    "le",
    "li",
    "lu",
    "ma",
    "mi",
    "mo",
    "na",
    "ne",
    "ni",
    "no",
    "pa",
    "pe",
    "po",
    "ra",
    "re",
    "ro",
    "ru",
    "sa",
    "se",
    "si",
    "so",
    "ta",
    "te",
    "ti",
    "to",
    "va",
    "ve",
    "vi",
    "vo",
    "za",
    "zha",
    "sha",
]
_ENDS = [
    "nov",
    "rin",
    "tak",
    "man",
    "dar",
    "lek",
    "sky",
    "shin",
    "bek",
    "zai",
    "ron",
    "mir",
    "san",
    "tov",
    "gul",
    "chuk",
    "wan",
    "del",
    "rak",
    "vich",
]
_GIVEN = [
    "Ivan",
    "Sergei",
    "Mohammad",
    "Ali",
    "Hassan",
    "Petr",
    "Olga",
    "Anna",
    "Ahmad",
    "Wei",
    "Karim",
    "Yusuf",
    "Dmitry",
    "Elena",
    "Natalia",
    "Omar",
    "Reza",
    "Viktor",
]
_TRADES = [
    "Trading",
    "Shipping",
    "Logistics",
    "Bank",
    "Steel",
    "Oil",
    "Export",
    "Import",
    "Electronics",
    "Construction",
    "Chemical",
    "Textile",
]


def make_entries(count: int, dice: random.Random) -> tuple[ListedEntry, ...]:
    """Made-up entries, half people, half companies, two names each; no real party is meant."""
    return tuple(
        ListedEntry(
            entry_id=str(number),
            list_name="made up",
            regime="UN",
            names=(make_name(number, dice), make_name(number, dice)),
            kind=kind_of(number),
        )
        for number in range(count)
    )


def make_name(number: int, dice: random.Random) -> str:
    word = "".join(dice.choice(_STARTS) for _ in range(dice.randint(1, 3))) + dice.choice(_ENDS)
    if number % 2:
        return f"{dice.choice(_GIVEN)} {dice.choice(_GIVEN)} {word.title()}"
    return f"{word.title()} {dice.choice(_TRADES)} {dice.choice(('LLC', 'JSC', 'Co Ltd'))}"


def kind_of(number: int) -> str:
    return "person" if number % 2 else "company"


def peak_memory_mb() -> float:
    try:
        import resource
    except ImportError:  # Windows has no such module
        return float("nan")
    scale = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale / 1e6


def _spent() -> float:
    """Processor time of this process and of those it waited for, in seconds."""
    return sum(os.times()[:4])


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.screening_speed", description="Time an index and its answers.")
    parser.add_argument("--entries", type=int, default=20_000)
    parser.add_argument("--names", type=int, default=2_000)
    asked = parser.parse_args()
    dice = random.Random(7)
    entries = make_entries(asked.entries, dice)
    begun, cpu = time.perf_counter(), _spent()
    keyed = list(make_keys(entries))
    print(
        f"keys of {asked.entries} entries, once, kept by lists import: {time.perf_counter() - begun:.1f} s ({_spent() - cpu:.1f} s of processor time, all processes)"  # noqa: E501
    )
    begun = time.perf_counter()
    names = [IndexedName(number, *key) for number, (_, keys) in enumerate(keyed) for key in keys]
    index = ListIndex(entries, names)
    print(f"index from kept keys: {time.perf_counter() - begun:.2f} s")
    questions = [
        (make_name(number, dice), kind_of(number)) if number % 3 else (entries[number % len(entries)].names[0], "")
        for number in range(asked.names)
    ]
    begun, cpu, hits = time.perf_counter(), time.process_time(), 0
    for number, (name, kind) in enumerate(questions, start=1):
        hits += bool(index.find(name, kind))
        if number % 10_000 == 0:
            print(f"{number} names, {time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)
    spent = time.perf_counter() - begun
    print(
        f"{asked.names} names: {1000 * spent / asked.names:.2f} ms a name ({1000 * (time.process_time() - cpu) / asked.names:.2f} ms of processor time), {hits} with a match"  # noqa: E501
    )
    print(f"peak memory {peak_memory_mb():.0f} MB")


if __name__ == "__main__":
    main()
