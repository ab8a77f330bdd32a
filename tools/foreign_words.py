"""``python -m tools.foreign_words FOLDER``: write ``foreign.tsv``, words of many languages and the English ones that they may mean.

FOLDER holds, as published: ``en-*.txt`` (translations of the English Wiktionary, collected by Matthias Buchmeier, ``src`` of
open-dsl-dict/wiktionary-dict), ``en-fr.dsl``, ``en-fi.dsl`` and ``en-ru.dsl`` (the same, ``dsl/oneway``, unpacked), ``wikt-*.tab`` renamed
from ``wn-wikt-*.tab`` and ``wn-data-*.tab`` (Open Multilingual Wordnet, omwn/omw-data), ``index.noun`` and ``index.adj`` (WordNet 3.0,
Debian package wordnet-base).

Single words of languages of which ``meanings.tsv`` holds all are left out. A phrase stands under its words without their endings, joined by
_, a word that English says in several under the word with = behind it.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from landbridge.screening.foreign_word import bare_word, phrase_key
from landbridge.screening.lexicon import TRADE_KINDS, get_lexicon
from landbridge.screening.meaning import english_stem, word_stems
from landbridge.screening.script import fold_word
from tools.meaning_tables import BY_RANK, DIRECT, LEAST_POINTS, list_dsl, list_translations, read_wordnet, write
from tools.meaning_tables import read_ranks as read_single_ranks

WIKTIONARY = (
    "arb", "bg", "cmn", "cs", "da", "de", "es", "fa", "fi", "fr", "hu", "it", "nl", "no", "pl", "pt", "ro", "ru", "sh", "sv", "tr",
)  # fmt: skip
WORDNETS = {
    "ara": "arb", "arb": "arb", "aze": "az", "bel": "be", "bul": "bg", "ces": "cs", "cmn": "cmn", "dan": "da", "deu": "de",
    "est": "et", "fas": "fa", "fin": "fi", "fra": "fr", "hbs": "sh", "hrv": "sh", "hun": "hu", "ita": "it", "kaz": "kk",
    "kir": "ky", "lav": "lv", "lit": "lt", "mkd": "mk", "mon": "mn", "nld": "nl", "pes": "fa", "pol": "pl", "por": "pt",
    "pus": "ps", "ron": "ro", "rus": "ru", "slk": "sk", "slv": "sl", "spa": "es", "swe": "sv", "tat": "tt", "tgk": "tg",
    "tuk": "tk", "tur": "tr", "ukr": "uk", "urd": "ur", "uzb": "uz",
}  # fmt: skip
"""Codes of the files of the wordnets and of their languages."""
HELD = frozenset(("arb", "be", "cmn", "fa", "ru", "uk", "ur"))
"""Languages whose single words are in ``meanings.tsv``."""
COMMON, COMMON_PHRASE = 16, 3
"""Languages that have a word for an English one, unless it is one of the tables of this room, and for a phrase, at least."""
JOINING = 3
"""Letters at most of a word of a phrase that joins others."""
KINDS = TRADE_KINDS | {"country"}
MOST = 4
"""English words a word keeps."""
_SINGLE = re.compile(r"[a-z\u00df-\u024f]{3,24}|[\u0400-\u04ff]{3,24}|[\u0600-\u06ff]{3,24}|[\u4e00-\u9fff]{2,8}")


def main() -> None:
    folder = Path(sys.argv[1])
    points: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    languages: dict[str, set[str]] = defaultdict(set)
    for language, english, foreign, gained in list_all(folder):
        head = english_key(english)
        languages[head].add(language)
        word = foreign_key(foreign, is_phrase="_" in head)
        if head and word and (language not in HELD or "_" in head or "_" in word):
            points[language, word][head] += gained
    rows: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for (_, word), found in points.items():
        for english, gained in found.items():
            if is_wanted(english, len(languages[english]), is_phrase="_" in english or "_" in word):
                rows[word][english] = max(rows[word][english], gained)
    write(
        "foreign.tsv",
        "# word of another language without marks, or words without endings, sorted\tEnglish words that it may mean, the likeliest first, "
        "and under the word with = English phrases: Wiktionary and Open Multilingual Wordnet (CC BY-SA 3.0), WordNet 3.0",
        {word: " ".join(kept) for word, found in rows.items() if (kept := best(found, languages)) != [english_stem(word)]},
    )


def is_wanted(english: str, count: int, *, is_phrase: bool) -> bool:
    """Whether names of firms may say an English word that so many languages have, or a phrase, if it is of words of the tables."""
    if not is_phrase:
        return count >= COMMON or is_of_tables(english)
    return count >= COMMON_PHRASE and all(is_of_tables(word) for word in english.split("_") if len(word) > JOINING)


def is_of_tables(english: str) -> bool:
    """Whether the tables of concepts hold an English word, or its plural, as a trade or a country."""
    known = get_lexicon().words
    return any(sense.kind in KINDS for form in (english, f"{english}s") for sense in known.get(form) or ())


def english_key(english: str) -> str:
    """A word without plural, or two or three joined by _; empty of others."""
    words = english.strip().casefold().replace("-", " ").split()
    if not 1 <= len(words) <= 3 or not all(re.fullmatch("[a-z]{2,}", word) for word in words) or len(words[0]) < 3:
        return ""
    return "_".join(map(english_stem, words))


def foreign_key(foreign: str, *, is_phrase: bool) -> str:
    """What a word or phrase stands under; empty of what is longer, or no word."""
    words = [fold_word(word) for word in foreign.replace("-", " ").replace("_", " ").split()]
    if not 1 <= len(words) <= 3 or not all(word.isalpha() for word in words):
        return ""
    if len(words) > 1:
        return phrase_key(words) if min(map(len, words)) > 1 else ""
    word = bare_word(words[0])
    if not _SINGLE.fullmatch(word):
        return ""
    if not is_phrase:
        return word
    stems = word_stems(word)
    return f"{stems[0] if stems else word}="


def best(found: dict[str, float], languages: dict[str, set[str]]) -> list[str]:
    """The English words with the most points, of as many the one that more languages have a word for."""
    ranked = sorted(found.items(), key=lambda row: (-row[1], -len(languages[row[0]]), row[0]))
    return [word for word, gained in ranked if gained >= LEAST_POINTS][:MOST]


def list_all(folder: Path) -> Iterator[tuple[str, str, str, float]]:
    """Language, English word, foreign word and points of every translation."""
    for language in WIKTIONARY:
        path = folder / f"en-{language}.txt"
        listed = list_translations(path) if path.exists() else list_dsl(folder / f"en-{language}.dsl")
        yield from ((language, english, foreign.strip(), DIRECT) for english, foreign in listed)
    ranks = read_ranks(folder)
    for path in sorted(folder.glob("w*.tab")):
        language = WORDNETS.get(path.stem.rpartition("-")[2], "")
        for synset, lemma in read_wordnet(path) if language else ():
            yield from ((language, english.replace("_", " "), lemma, BY_RANK[rank]) for english, rank in ranks.get(synset, ()))


def read_ranks(folder: Path) -> dict[str, list[tuple[str, int]]]:
    """Synsets and the English words and phrases of which they are one of the first three senses."""
    return read_single_ranks(folder, with_phrases=True)


if __name__ == "__main__":
    main()
