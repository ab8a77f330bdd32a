"""``python -m tools.public_pairs BRANDS POLITICIANS``: write ``benchmarks/data/screening_public.tsv`` again.

BRANDS is the folder ``data`` of github.com/osmlab/name-suggestion-index (BSD-3-Clause), POLITICIANS the folder ``data`` of
github.com/everypolitician/everypolitician-data, of which the names come from Wikidata (CC0). Of both only the half whose hash is odd is
taken, and of the languages with the most names a part, by the same hash; the other half was for tuning. The twin of a name is the name of
the same language whose English form is most like its own.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from rapidfuzz import fuzz

OUT = Path(__file__).parents[1] / "benchmarks" / "data" / "screening_public.tsv"
LANGUAGES = ("ru", "be", "uk", "ar", "fa", "ur", "zh")
PREFIXES = ("brand", "operator", "network", "name")
A_LANGUAGE = 220
_ENGLISH = re.compile(r"[A-Za-zÀ-žŁ' .-]+")
Names = dict[str, dict[str, str]]


def list_brands(folder: Path) -> Names:
    """Names of each brand, operator or network by language."""
    found: Names = {}
    for path in sorted(folder.rglob("*.json")):
        for item in json.loads(path.read_text(encoding="utf-8")).get("items", ()):
            tags = item.get("tags") or {}
            for prefix in PREFIXES:
                names = {language: tags[f"{prefix}:{language}"] for language in (*LANGUAGES, "en") if tags.get(f"{prefix}:{language}")}
                if len(names) > 1 and re.search("[A-Za-z]", names.get("en", "")):
                    found.setdefault(tags.get(f"{prefix}:wikidata") or names["en"], {}).update(names)
                    break
    return found


def list_politicians(folder: Path) -> Names:
    found: Names = {}
    for path in sorted(folder.rglob("morph/wikidata.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                names = {language: row.get(f"name__{language}") or "" for language in (*LANGUAGES, "en")}
                if _ENGLISH.fullmatch(names["en"]):
                    found[row.get("id") or row.get("wikidata") or row["name"]] = names
    return found


def choose(source: str, kind: str, names: Names) -> Iterator[tuple[str, ...]]:
    for language in LANGUAGES:
        rows = [(key, own["en"], own[language]) for key, own in names.items() if own.get(language) and own[language] != own["en"]]
        rows = [row for row in rows if not re.search("[A-Za-z]{3}" if kind == "company" else "[A-Za-z]", row[2])]
        rows.sort(key=lambda row: hash_of(row[0]))
        rows = rows[:A_LANGUAGE]
        for key, english, own in rows:
            others = [row for row in rows if row[0] != key and row[2] != own and fuzz.token_set_ratio(row[1], english) < 100]
            if others and hash_of(source + key)[0] % 2:
                twin = max(others, key=lambda row: (fuzz.token_sort_ratio(row[1], english), row[0]))
                yield source, kind, language, english, own, twin[2]


def hash_of(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def main() -> None:
    brands, politicians = (Path(one) for one in sys.argv[1:3])
    rows = [*choose("nsi", "company", list_brands(brands)), *choose("ep", "person", list_politicians(politicians))]
    header = (
        "# source, kind, language, English name, name in that language, name of the most similar other: name-suggestion-index, Wikidata"
    )
    lines = ["\t".join(" ".join(cell.split()) for cell in row) for row in rows]
    OUT.write_text("\n".join((header, *lines, "")), encoding="utf-8")
    print(f"{OUT.name}: {len(rows)} names")


if __name__ == "__main__":
    main()
