"""What words mean, whatever the language: concepts, places, given names, legal forms, numbers; read from this room's tables, once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources

from landbridge.screening.lacinka import read_lacinka
from landbridge.screening.script import fold_word, fold_words, has_han, name_script, strip_marks
from landbridge.screening.sorted_table import find_row
from landbridge.screening.sound import first_sounds, is_abjad, plain_key, sound, sound_similarity

_SHORT_STEM = 5
_ATTACHED = ("وال", "بال", "لل", "ال", "و", "ل", "ب")
_ENDINGS = ("های", "ها", "یی", "ی", "ات")
_MIN_NAME = 5
_MIN_SOUND = 4
_MIN_KEY = 5
_MIN_ENGLISH = 5
_LONG_BRAND = 6
_MAX_KNOWN = 200_000
_ENGLISH = 0.91
"""Likeness of sound from which a word is a transcription of an English one."""

_CYRILLIC_END = "(?:ый|ий|ой|ая|яя|ое|ее|ые|ие|ого|его|ей|ом|ых|их|ы|і|а|я|е|и|о|ь|у|ю|ую|ае|ыя|ія|ій|ього|ам|ям|ў|ів|оў|ов|ев)"
_CYRILLIC_TAIL = re.compile(r"[нсцкьўоваеёіиытлчйяіїющ']{0,11}" + _CYRILLIC_END + "?")
_CYRILLIC_SHORT_TAIL = re.compile(r"(?:[нсцкьўоваеёя]{0,4}" + _CYRILLIC_END + ")?")
_LATIN_END = "(?:yi|iy|yy|ii|y|i|oi|oy|aya|aia|aja|oe|oye|oje|ye|ie|a|o|e|ykh|ikh|ogo|ago|ov|ev|u)"
_LATIN_TAIL = re.compile(r"[nskcviojaeytl'h]{0,9}" + _LATIN_END + "?")
_LATIN_SHORT_TAIL = re.compile(r"(?:[nskvoae]{0,4}" + _LATIN_END + ")?")


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a word: its class (legal, generic, trade, place, country, direction, number, ...) and the concept."""

    kind: str
    concept: str


@dataclass(slots=True)
class Lexicon:
    """Every table of the room, indexed by form, by stem and by sound."""

    words: dict[str, frozenset[Sense]] = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[str, ...], Sense]]] = field(default_factory=dict)
    stems: dict[str, frozenset[Sense]] = field(default_factory=dict)
    sounds: dict[str, frozenset[Sense]] = field(default_factory=dict)
    sound_stems: dict[str, frozenset[Sense]] = field(default_factory=dict)
    keys: dict[str, frozenset[Sense]] = field(default_factory=dict)
    han: dict[str, frozenset[Sense]] = field(default_factory=dict)
    letters: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    names: dict[str, frozenset[int]] = field(default_factory=dict)
    name_sounds: dict[str, frozenset[int]] = field(default_factory=dict)
    name_stems: dict[str, frozenset[int]] = field(default_factory=dict)
    name_keys: dict[str, frozenset[int]] = field(default_factory=dict)
    english: dict[tuple[str, int], list[tuple[str, str, frozenset[Sense]]]] = field(default_factory=dict)
    morphemes: dict[str, str] = field(default_factory=dict)
    surnames: dict[str, tuple[str, ...]] = field(default_factory=dict)
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
        return self._find_stem(word) or self._find_sound(word) or self._find_lacinka(word) or self._find_english(word)

    def _find_lacinka(self, word: str) -> frozenset[Sense]:
        """A Belarusian word in Latin letters, read as it stands in Cyrillic ones: miedycynskich."""
        if len(word) < _MIN_ENGLISH or name_script(word) != "latin":
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
        if len(word) < _MIN_ENGLISH or word.isascii() or has_han(word):
            return frozenset()
        units = sound(word)
        key = plain_key(units)
        best: tuple[float, frozenset[Sense]] = (_ENGLISH, frozenset())
        for length in (len(key) - 1, len(key), len(key) + 1):
            for form, form_units, senses in self.english.get((key[:1], length), ()):
                if abs(len(form) - len(word)) > 4:
                    continue
                likeness = sound_similarity(units, form_units, is_abjad(word), False)
                if likeness > best[0]:
                    best = (likeness, senses)
        return best[1]

    def _find_stem(self, word: str) -> frozenset[Sense]:
        is_cyrillic = "\u0400" <= word[:1] <= "\u04ff"
        for length in range(len(word), 2, -1):
            found = self.stems.get(word[:length])
            if found:
                tail = word[length:]
                shape = (
                    (_CYRILLIC_SHORT_TAIL if length < _SHORT_STEM else _CYRILLIC_TAIL)
                    if is_cyrillic
                    else (_LATIN_SHORT_TAIL if length < _SHORT_STEM else _LATIN_TAIL)
                )
                if shape.fullmatch(tail):
                    return found
        return frozenset()

    def _find_sound(self, word: str) -> frozenset[Sense]:
        units = sound(word)
        if is_abjad(word):
            key = plain_key(units)
            return self.keys.get(key, frozenset()) if len(key) >= _MIN_KEY else frozenset()
        for reading in readings(word):
            if len(reading) < _MIN_SOUND:
                continue
            found = self.sounds.get(reading)
            if found:
                return found
            for length in range(len(reading), _SHORT_STEM - 1, -1):
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
            if len(reading) >= _MIN_NAME:
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
    first = _plain(lowered)
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
    return tuple(dict.fromkeys((first, *(_plain(variant) for variant in variants if variant != lowered))))


_PLAIN = {"o": "a", "e": "i", "w": "v"}


@lru_cache(maxsize=100_000)
def _plain(word: str) -> str:
    text = "".join(_PLAIN.get(char, char) for char in first_sounds(sound(word)))
    text = re.sub(r"(.)\1+", r"\1", text.replace("yi", "i").replace("y", "i"))
    return re.sub(r"i(?=[au])", "", text)


def _merge(table: dict[str, frozenset[Sense]], key: str, sense: Sense) -> None:
    table[key] = table.get(key, frozenset()) | {sense}


@cache
def get_lexicon() -> Lexicon:
    """Read every table, once in a process."""
    lexicon = Lexicon()
    _read_words(lexicon)
    _index_english(lexicon)
    _read_names(lexicon)
    for row in table_rows("morphemes.tsv"):
        for form in row[1].split("|"):
            lexicon.morphemes[_plain(form)] = row[0]
    for row in table_rows("romanized.tsv"):
        lexicon.surnames[row[0]] = tuple(fold_word(form) for form in row[1].split("|"))
    return lexicon


def _read_words(lexicon: Lexicon) -> None:
    for row in table_rows("words.tsv"):
        _add_forms(lexicon, Sense(row[0], row[1]), row[2])
    for row in table_rows("countries.tsv"):
        _add_forms(lexicon, Sense("country", f"c:{row[0]}"), row[1])
    for row in table_rows("cities.tsv"):
        _add_forms(lexicon, Sense("place", f"p:{row[0]}"), row[1])
    for row in table_rows("numbers.tsv"):
        _add_forms(lexicon, Sense("number", f"n:{row[0]}"), row[1], by_sound=False)


def _index_english(lexicon: Lexicon) -> None:
    for word, senses in lexicon.words.items():
        kept = frozenset(sense for sense in senses if sense.kind in ("trade", "generic", "legal", "direction"))
        if kept and word.isascii() and len(word) >= _MIN_ENGLISH:
            key = plain_key(sound(word))
            lexicon.english.setdefault((key[:1], len(key)), []).append((word, sound(word), kept))


def _add_forms(lexicon: Lexicon, sense: Sense, forms: str, *, by_sound: bool = True) -> None:
    initials: dict[str, set[str]] = {}
    for form in forms.split("|"):
        if not form or form.endswith("_"):
            continue
        if has_han(form):
            _merge(lexicon.han, fold_word(form), sense)
            continue
        words = fold_words(form.removesuffix("*"))
        if not words:
            continue
        initials.setdefault(name_script(words[0]), set()).add("".join(word[0] for word in words) if len(words) > 1 else words[0][:3])
        if len(words) > 1:
            lexicon.phrases.setdefault(words[0], []).append((words, sense))
            _merge(lexicon.words, "".join(words), sense)
        elif form.endswith("*"):
            _merge(lexicon.stems, words[0], sense)
            if by_sound and len(_plain(words[0])) >= _SHORT_STEM:
                _merge(lexicon.sound_stems, _plain(words[0]), sense)
        else:
            _merge(lexicon.words, words[0], sense)
            is_heard = sense.kind not in ("stop", "title", "ship", "legal") and (sense.kind != "brand" or len(words[0]) >= _LONG_BRAND)
            if by_sound and is_heard:
                _add_sounds(lexicon, words[0], sense)
    for script, found in initials.items():
        lexicon.letters[sense.concept, script] = lexicon.letters.get((sense.concept, script), frozenset()) | found


def _add_sounds(lexicon: Lexicon, word: str, sense: Sense) -> None:
    if not is_abjad(word) and len(_plain(word)) >= _MIN_SOUND:
        _merge(lexicon.sounds, _plain(word), sense)
    key = plain_key(sound(word))
    if len(key) >= _MIN_KEY and word.isascii():
        _merge(lexicon.keys, key, sense)


def _read_names(lexicon: Lexicon) -> None:
    for index, row in enumerate(table_rows("names.tsv")):
        for form in row[1].split("|"):
            words = fold_words(form)
            if form.endswith("_") or "*" in form or not words:
                continue
            word = "".join(words)
            lexicon.names[word] = lexicon.names.get(word, frozenset()) | {index}
            if not is_abjad(word) and not has_han(word):
                _add_name_sounds(lexicon, word, index)


def _add_name_sounds(lexicon: Lexicon, word: str, index: int) -> None:
    reading = _plain(word)
    if len(reading) >= _MIN_NAME:
        lexicon.name_sounds[reading] = lexicon.name_sounds.get(reading, frozenset()) | {index}
    for key in (reading, reading.rstrip("aiuyw")):
        if len(key) >= 2:
            lexicon.name_stems[key] = lexicon.name_stems.get(key, frozenset()) | {index}


def table_rows(name: str) -> list[list[str]]:
    """Rows of one of the room's tables, without comments."""
    text = (resources.files("landbridge.screening") / "tables" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
