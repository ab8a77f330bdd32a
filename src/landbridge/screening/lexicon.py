"""What words mean, whatever the language: concepts, places, given names, legal forms, numbers.

Read from ``tables/lexicon.json``, which ``python -m tools.lexicon`` makes of the other tables (:mod:`landbridge.screening.lexicon_source`):
to index them takes a second of every process, to read the file a few hundredths.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Generic, TypeVar

from landbridge.screening.lacinka import read_lacinka
from landbridge.screening.script import has_han, name_script, strip_marks
from landbridge.screening.sorted_table import find_row
from landbridge.screening.sound import first_sounds, is_abjad, plain_key, sound, sound_similarity

T = TypeVar("T")
_OWNERS = frozenset(("trade", "place", "country"))
SHORT_STEM = 5
_ATTACHED = ("وال", "بال", "لل", "ال", "و", "ل", "ب")
_ENDINGS = ("های", "ها", "یی", "ی", "ات")
MIN_NAME = 5
MIN_SOUND = 4
MIN_KEY = 5
MIN_ENGLISH = 5
ENGLISH_KINDS = frozenset(("trade", "generic", "legal", "direction"))
"""Classes of English words that other scripts write by their sound."""
TRADE_KINDS = frozenset(("trade", "direction", "generic"))
"""Classes of what a firm does or calls itself by: no name, place, form or number."""
_MAX_KNOWN = 200_000
_ENGLISH = 0.91
"""Likeness of sound from which a word is a transcription of an English one."""

_CYRILLIC_END = (
    "(?:(?<=[вжкнш])ага|(?<=н)яга|аму|яму|ому|ему|ыми|ими|ымі|імі|ым|им|ім"
    "|ый|ий|ой|ая|яя|ое|ее|ые|ие|ого|его|ей|ом|ых|их|ы|і|а|я|е|и|о|ь|у|ю|ую|ае|ыя|ія|ій|ього|ам|ям|ах|ях|ами|ями|амі|ямі|ў|ів|оў|ов|ев)"
)
_CYRILLIC_TAIL = re.compile(r"[нсцкьўоваеёіиытлчйяіїющ']{0,11}" + _CYRILLIC_END + "?")
_CYRILLIC_SHORT_TAIL = re.compile(r"(?:[нсцкьўоваеёя]{0,4}" + _CYRILLIC_END + ")?")
_LATIN_END = "(?:yi|iy|yy|ii|y|i|oi|oy|aya|aia|aja|oe|oye|oje|ye|ie|a|o|e|ykh|ikh|ogo|ago|ov|ev|u)"
_LATIN_TAIL = re.compile(r"[nskcviojaeytl'h]{0,9}" + _LATIN_END + "?")
_LATIN_SHORT_TAIL = re.compile(r"(?:[nskvoae]{0,4}" + _LATIN_END + ")?")

_POSSESSED = re.compile(
    r"^(.{3,}[aeiouəöüı])(?:s[ıiuü])$|^(.{4,}?)(?:lar|ler|lər)?[ıiuü]$|^(.{3,}[аәеёиоөуүұыіэюя])с[ыі]$|^(.{4,}?)(?:[лдт][ае]р)?[ыіи]$|^([a-z]{4,}[^s])s$"
)
"""How Turkic languages end the second of two nouns, Tajik the first, and English the plural."""
_OF_NOUN = re.compile(r"^(.{4,}?)(?:[лдт][ыі][қк]|l[ıiuü][kq]?|[cç][ıiuü](?:l[ıiuü]k)?)$")
"""How they make words of a noun: with it, of it, and who deals in it: коммуналдық, pamuklu, balıkçılık."""
_OWNER = re.compile(r"^(.{4,}?)(?:n[ıiuüy][nň]|[ıiuüy]ň|ning|n[ıiuü]n|[ндт]ың|[ндт]ің|нинг|нын|нин)$")
"""How they end the first of them, whose the other is: Türkmenbaşynyň."""


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a word: its class (legal, generic, trade, place, country, direction, number, ...) and the concept."""

    kind: str
    concept: str


class Table(Generic[T]):
    """Forms and what they give; forms that give the same share it."""

    __slots__ = ("_numbers", "_values")

    def __init__(self, numbers: dict[str, int], values: list[T]) -> None:
        self._numbers = numbers
        self._values = values

    def get(self, form: str) -> T | None:
        """What a form gives; None if it is not in the table."""
        number = self._numbers.get(form)
        return None if number is None else self._values[number]

    def __contains__(self, form: str) -> bool:
        return form in self._numbers

    def items(self) -> Iterator[tuple[str, T]]:
        return ((form, self._values[number]) for form, number in self._numbers.items())


@dataclass(slots=True)
class Lexicon:
    """Every table of the room, indexed by form, by stem and by sound."""

    words: Table[frozenset[Sense]]
    phrases: Table[tuple[tuple[tuple[str, ...], Sense], ...]]
    stems: Table[frozenset[Sense]]
    sounds: Table[frozenset[Sense]]
    sound_stems: Table[frozenset[Sense]]
    keys: Table[frozenset[Sense]]
    han: Table[frozenset[Sense]]
    letters: Table[tuple[str, ...]]
    names: Table[frozenset[int]]
    name_sounds: Table[frozenset[int]]
    name_stems: Table[frozenset[int]]
    english: dict[str, list[str]]
    morphemes: dict[str, str]
    surnames: dict[str, list[str]]
    _known: dict[str, frozenset[Sense]] = field(default_factory=dict)
    _known_names: dict[str, frozenset[int]] = field(default_factory=dict)

    def find_word(self, word: str) -> frozenset[Sense]:
        """Senses of one folded word: as written, by its stem, by its sound in another script."""
        found = self._known.get(word)
        if found is None:
            if len(self._known) > _MAX_KNOWN:
                self._known.clear()
            found = self._known[word] = self._find_word(word)
        return found

    def _find_word(self, word: str) -> frozenset[Sense]:
        found = self.words.get(word)
        if found:
            return found
        if is_abjad(word):
            found = self._find_attached(word)
            if found:
                return found
        return (
            self._find_stem(word)
            or self._find_sound(word)
            or self._find_lacinka(word)
            or self._find_english(word)
            or self._find_possessed(word)
        )

    def _find_possessed(self, word: str) -> frozenset[Sense]:
        """A trade in the form that Turkic languages give to what is another's, or in the English plural: metrosi, terminalı, waters."""
        found = _POSSESSED.match(word) or _OF_NOUN.match(word)
        base = found[found.lastindex or 1] if found else ""
        senses = self.words.get(base) or (self._find_stem(base) if base[:1] >= "\u0400" else None)
        kept = frozenset(sense for sense in senses or () if sense.kind in ("trade", "generic"))
        return kept or frozenset(sense for sense in self.words.get(owner_base(word)) or () if sense.kind in _OWNERS)

    def _find_lacinka(self, word: str) -> frozenset[Sense]:
        """A Belarusian word in Latin letters, read as it stands in Cyrillic ones: miedycynskich."""
        if len(word) < MIN_ENGLISH or name_script(word) != "latin":
            return frozenset()
        cyrillic = read_lacinka(word)
        return self.words.get(cyrillic) or self._find_stem(cyrillic)

    def _find_attached(self, word: str) -> frozenset[Sense]:
        """A word behind and, for, in and the article, as Arabic writes them, or before the ending of Persian adjectives and plurals."""
        for prefix in _ATTACHED:
            rest = word[len(prefix) :]
            if word.startswith(prefix) and len(rest) >= 3:
                found = self.words.get(rest) or self.words.get("ال" + rest)
                if found:
                    return found
        for ending in _ENDINGS:
            rest = word[: -len(ending)]
            if word.endswith(ending) and len(rest) >= 3:
                found = self.words.get(rest)
                if found:
                    return found
        return frozenset()

    def _find_english(self, word: str) -> frozenset[Sense]:
        """An English word of the tables written by its sound in Cyrillic or Arabic letters: Фертилайзер, ٹیکسٹائل."""
        if len(word) < MIN_ENGLISH or word.isascii() or has_han(word):
            return frozenset()
        units = sound(word)
        key = plain_key(units)
        best: tuple[float, frozenset[Sense]] = (_ENGLISH, frozenset())
        for length in (len(key) - 1, len(key), len(key) + 1):
            for form in self.english.get(f"{key[:1]}{length}", ()):
                if abs(len(form) - len(word)) > 4:
                    continue
                heard = form[:-1] if form[-1] == "e" else form  # not said in English
                likeness = sound_similarity(units, sound(heard), is_abjad(word), False, _ENGLISH)
                if likeness > best[0]:
                    best = (likeness, frozenset(sense for sense in self.words.get(form) or () if sense.kind in ENGLISH_KINDS))
        return best[1]

    def _find_stem(self, word: str) -> frozenset[Sense]:
        is_cyrillic = "\u0400" <= word[:1] <= "\u04ff"
        for length in range(len(word), 2, -1):
            found = self.stems.get(word[:length])
            if found:
                tail = word[length:]
                shape = (
                    (_CYRILLIC_SHORT_TAIL if length < SHORT_STEM else _CYRILLIC_TAIL)
                    if is_cyrillic
                    else (_LATIN_SHORT_TAIL if length < SHORT_STEM else _LATIN_TAIL)
                )
                if shape.fullmatch(tail):
                    return found
        return frozenset()

    def _find_sound(self, word: str) -> frozenset[Sense]:
        units = sound(word)
        if is_abjad(word):
            key = plain_key(units)
            return (self.keys.get(key) if len(key) >= MIN_KEY else None) or frozenset()
        for reading in readings(word):
            if len(reading) < MIN_SOUND:
                continue
            found = self.sounds.get(reading)
            if found:
                return found
            for length in range(len(reading), SHORT_STEM - 1, -1):
                found = self.sound_stems.get(reading[:length])
                if found and re.fullmatch(r"[nskTtviajlCywuS]{0,9}", reading[length:]):
                    return found
        return frozenset()

    def find_names(self, word: str) -> frozenset[int]:
        """Given names that a folded word may be."""
        known = self._known_names.get(word)
        if known is None:
            if len(self._known_names) > _MAX_KNOWN:
                self._known_names.clear()
            known = self._known_names[word] = self._find_names(word)
        return known

    def _find_names(self, word: str) -> frozenset[int]:
        found = self.names.get(word) or self.names.get(find_row("name_forms.tsv", word)) or self.names.get(strip_marks(word))
        if found:
            return found
        if is_abjad(word):
            return frozenset()
        for reading in readings(word):
            if len(reading) >= MIN_NAME:
                found = self.name_sounds.get(reading)
                if found:
                    return found
        return frozenset()

    def find_father(self, stem: str) -> frozenset[int]:
        """Given names that the stem of a patronymic may come from."""
        for reading in readings(stem):
            key = reading.rstrip("aiuyw")
            for candidate in (reading, key):
                found = self.name_stems.get(candidate)
                if found:
                    return found
        return frozenset()


@lru_cache(maxsize=100_000)
def readings(word: str) -> tuple[str, ...]:
    """Plain ways to read a word, most likely first; vowels that are confused are made one."""
    lowered = word.casefold()
    first = plain_reading(lowered)
    if not lowered.isascii() and "\u0400" <= lowered[:1] <= "\u04ff":
        return (first,)
    variants = (
        re.sub(r"c(?![hkz])", "ts", lowered.replace("sch", "sh").replace("ck", "tsk").replace("ch", "kh")).replace("j", "y"),
        lowered.replace("sh", "ш").replace("zh", "ж").replace("ch", "ч").replace("kh", "х").replace("h", "g")
        if "h" in lowered
        else lowered,
        lowered.replace("ts", "t's"),
        lowered.replace("h", "g"),
    )
    return tuple(dict.fromkeys((first, *(plain_reading(variant) for variant in variants if variant != lowered))))


_PLAIN = {"o": "a", "e": "i", "w": "v"}


@lru_cache(maxsize=100_000)
def plain_reading(word: str) -> str:
    text = "".join(_PLAIN.get(char, char) for char in first_sounds(sound(word)))
    text = re.sub(r"(.)\1+", r"\1", text.replace("yi", "i").replace("y", "i"))
    return re.sub(r"i(?=[au])", "", text)


def owner_base(word: str) -> str:
    """A word of a Turkic language without the ending of whose another thing is; empty if it has none."""
    found = _OWNER.match(word)
    return found[1] if found else ""


def find_concepts(table: Table[frozenset[Sense]], form: str) -> frozenset[Sense]:
    """Senses of a form; empty if it has none."""
    return table.get(form) or frozenset()


@cache
def get_lexicon() -> Lexicon:
    """Read the file of the tables, once in a process."""
    text = (resources.files("landbridge.screening") / "tables" / "lexicon.json").read_text(encoding="utf-8")
    return unpack_lexicon(json.loads(text))


@lru_cache(maxsize=50_000)
def trade_concepts(word: str) -> frozenset[str]:
    """What a folded word that the tables hold as it stands says of the trade of a firm."""
    return frozenset(sense.concept for sense in get_lexicon().words.get(word) or () if sense.kind in TRADE_KINDS)


def unpack_lexicon(packed: dict[str, Any]) -> Lexicon:
    """The lexicon of what :func:`landbridge.screening.lexicon_source.pack_lexicon` made."""
    senses = [Sense(*one) for one in packed["senses"]]

    def table(name: str, make: Callable[[list[Any]], Any]) -> Table[Any]:
        return Table(packed[name], [make(row) for row in packed[f"{name} values"]])

    def meanings(row: list[int]) -> frozenset[Sense]:
        return frozenset(senses[number] for number in row)

    def phrases(row: list[list[Any]]) -> tuple[tuple[tuple[str, ...], Sense], ...]:
        return tuple((tuple(words), senses[number]) for number, *words in row)

    by_meaning = [meanings(row) for row in packed["meanings"]]
    return Lexicon(
        words=Table(packed["words"], by_meaning),
        phrases=table("phrases", phrases),
        stems=Table(packed["stems"], by_meaning),
        sounds=Table(packed["sounds"], by_meaning),
        sound_stems=Table(packed["sound stems"], by_meaning),
        keys=Table(packed["keys"], by_meaning),
        han=Table(packed["han"], by_meaning),
        letters=table("letters", tuple),
        names=table("names", frozenset),
        name_sounds=table("name sounds", frozenset),
        name_stems=table("name stems", frozenset),
        english=packed["english"],
        morphemes=packed["morphemes"],
        surnames=packed["surnames"],
    )


def table_rows(name: str) -> list[list[str]]:
    """Rows of one of the room's tables, without comments."""
    text = (resources.files("landbridge.screening") / "tables" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
