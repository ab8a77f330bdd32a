"""The tables of this room indexed by form, by stem and by sound, and packed into one file: ``python -m tools.lexicon``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from landbridge.screening.lexicon import (
    ENGLISH_KINDS,
    MIN_ENGLISH,
    MIN_KEY,
    MIN_NAME,
    MIN_SOUND,
    SHORT_STEM,
    Sense,
    plain_reading,
    table_rows,
)
from landbridge.screening.romanization import romanize
from landbridge.screening.script import fold_word, fold_words, has_han, name_script, strip_marks
from landbridge.screening.sound import is_abjad, plain_key, sound

_LONG_BRAND = 6
_SHORT = 5
"""So short a word without its marks is likely another one; Turkic languages are written without them all the same."""
_INITIALS = {True: 3, False: 5}
"""Beginnings of a concept's words that acronyms may be made of: its first forms in Latin, and in Cyrillic, of three languages."""

Meanings = dict[str, frozenset[Sense]]


@dataclass(slots=True)
class _Tables:
    words: Meanings = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[str, ...], Sense]]] = field(default_factory=dict)
    stems: Meanings = field(default_factory=dict)
    sounds: Meanings = field(default_factory=dict)
    sound_stems: Meanings = field(default_factory=dict)
    keys: Meanings = field(default_factory=dict)
    han: Meanings = field(default_factory=dict)
    letters: dict[str, list[str]] = field(default_factory=dict)
    names: dict[str, frozenset[int]] = field(default_factory=dict)
    name_sounds: dict[str, frozenset[int]] = field(default_factory=dict)
    name_stems: dict[str, frozenset[int]] = field(default_factory=dict)
    english: dict[str, list[str]] = field(default_factory=dict)
    morphemes: dict[str, str] = field(default_factory=dict)
    surnames: dict[str, list[str]] = field(default_factory=dict)


def pack_lexicon() -> dict[str, Any]:
    """Every table, read and indexed, as values that JSON writes; in a fixed order, so that the same tables give the same file."""
    tables = _read_tables()
    senses = sorted(
        {sense for rows in _meanings(tables) for found in rows.values() for sense in found} | _phrase_senses(tables), key=_order
    )
    numbers = {sense: number for number, sense in enumerate(senses)}
    sets = sorted({tuple(sorted(numbers[sense] for sense in found)) for rows in _meanings(tables) for found in rows.values()})
    places = {found: place for place, found in enumerate(sets)}

    def place(rows: Meanings) -> dict[str, int]:
        return {form: places[tuple(sorted(numbers[sense] for sense in found))] for form, found in sorted(rows.items())}

    packed: dict[str, Any] = {"senses": [[sense.kind, sense.concept] for sense in senses], "meanings": [list(found) for found in sets]}
    for name, rows in zip(("words", "stems", "sounds", "sound stems", "keys", "han"), _meanings(tables), strict=True):
        packed[name] = place(rows)
    phrases = {first: [[numbers[sense], *words] for words, sense in rows] for first, rows in tables.phrases.items()}
    for name, values in (
        ("phrases", phrases),
        ("letters", tables.letters),
        ("names", tables.names),
        ("name sounds", tables.name_sounds),
        ("name stems", tables.name_stems),
    ):
        packed[name], packed[f"{name} values"] = _share(values, sorted if name != "phrases" else list)
    return packed | {"english": tables.english, "morphemes": tables.morphemes, "surnames": tables.surnames}


def _order(sense: Sense) -> tuple[str, str]:
    return sense.kind, sense.concept


def _meanings(tables: _Tables) -> tuple[Meanings, ...]:
    return tables.words, tables.stems, tables.sounds, tables.sound_stems, tables.keys, tables.han


def _phrase_senses(tables: _Tables) -> set[Sense]:
    return {sense for rows in tables.phrases.values() for _, sense in rows}


def _share(rows: dict[str, Any], make: Callable[[Iterable[Any]], list[Any]]) -> tuple[dict[str, int], list[Any]]:
    """Rows by the number of their value, each value once."""
    values: list[Any] = []
    places: dict[str, int] = {}
    numbers = {}
    for form, value in sorted(rows.items()):
        made = make(value)
        numbers[form] = places.setdefault(repr(made), len(values))
        if numbers[form] == len(values):
            values.append(made)
    return numbers, values


def _merge(table: Meanings, key: str, sense: Sense) -> None:
    table[key] = table.get(key, frozenset()) | {sense}


def _read_tables() -> _Tables:
    tables = _Tables()
    _read_words(tables)
    _index_english(tables)
    _read_names(tables)
    for row in table_rows("morphemes.tsv"):
        for form in row[1].split("|"):
            tables.morphemes[plain_reading(form)] = row[0]
    for row in table_rows("romanized.tsv"):
        tables.surnames[row[0]] = [fold_word(form) for form in row[1].split("|")]
    return tables


def _read_words(tables: _Tables) -> None:
    for row in table_rows("words.tsv"):
        _add_forms(tables, Sense(row[0], row[1]), row[2])
    for row in table_rows("pictured.tsv"):
        _add_forms(tables, Sense(row[0], row[1]), row[2])
    for kind, concept, turkic, others in table_rows("languages.tsv"):
        declined = [form for base in turkic.split("|") if base for form in decline_turkic(base)]
        spelled = declined + others.split("|")
        plain = [strip_marks(form) for form in spelled if name_script(form) == "latin" and (form in declined or len(form) > _SHORT)]
        _add_forms(tables, Sense(kind, concept), "|".join(dict.fromkeys((*spelled, *plain))), by_sound=False)
    for kind, concept, forms, turkic in table_rows("trades.tsv"):
        declined = [form for base in turkic.split("|") if base for form in decline_turkic(base)]
        plain = [strip_marks(form) for form in declined]
        _add_forms(tables, Sense(kind, concept), forms)
        _add_forms(tables, Sense(kind, concept), "|".join(dict.fromkeys((*declined, *plain))), by_sound=False)
    for row in (*table_rows("countries.tsv"), *table_rows("territories.tsv")):
        _add_forms(tables, Sense("country", f"c:{row[0]}"), row[1])
    for row in table_rows("cities.tsv"):
        _add_forms(tables, Sense("place", f"p:{row[0]}"), row[1])
    for row in table_rows("numbers.tsv"):
        _add_forms(tables, Sense("number", f"n:{row[0]}"), row[1], by_sound=False)


_BACK, _FRONT = {"a": "ı", "ı": "ı", "o": "u", "u": "u"}, {"e": "i", "ə": "i", "i": "i", "ö": "ü", "ü": "ü"}
_KAZAKH_FRONT = frozenset("әеөүіи")


def decline_turkic(base: str) -> tuple[str, ...]:
    """A noun of a Turkic language as it stands, in the plural, and as the second of two nouns, whose it is: banka, bankası, bankaları."""
    if name_script(base) == "cyrillic":
        vowel = next((char for char in reversed(base) if char in "аәеёиоөуүұыіэюя"), "а")
        harmony, wide = ("і", "е") if vowel in _KAZAKH_FRONT else ("ы", "а")
        owned = f"{base}{'с' if base[-1] in 'аәеёиоөуүұыіэюя' else ''}{harmony}"
        plurals = [f"{base}{start}{wide}р" for start in "лдт"]
        return tuple(dict.fromkeys((base, owned, *plurals, *(f"{plural}{harmony}" for plural in plurals))))
    vowel = next((char for char in reversed(base) if char in _BACK or char in _FRONT), "a")
    harmony, wides = (_BACK[vowel], ("a",)) if vowel in _BACK else (_FRONT[vowel], ("e", "ə"))
    ends_open = base[-1] in _BACK or base[-1] in _FRONT
    softened = f"{base[:-1]}ğ" if base[-1] == "k" else base
    own = [f"{base}s{harmony}", f"{base}si"] if ends_open else [f"{softened}{harmony}", f"{base}{harmony}", f"{base}i"]
    plurals = [f"{base}l{wide}r" for wide in (*wides, "a")]
    all_owned = [f"{plural}{end}" for plural in plurals for end in ("ı" if plural.endswith("ar") else "i", "i")]
    return tuple(dict.fromkeys((base, *own, *plurals, *all_owned)))


def _index_english(tables: _Tables) -> None:
    for word, senses in tables.words.items():
        if word.isascii() and any(sense.kind in ENGLISH_KINDS for sense in senses) and len(word) >= MIN_ENGLISH:
            key = plain_key(sound(word))
            tables.english.setdefault(f"{key[:1]}{len(key)}", []).append(word)


def _add_forms(tables: _Tables, sense: Sense, forms: str, *, by_sound: bool = True) -> None:
    initials: dict[str, list[str]] = {}
    for form in forms.split("|"):
        if not form or form.endswith("_"):
            continue
        if has_han(form):
            _merge(tables.han, fold_word(form), sense)
            continue
        words = fold_words(form.removesuffix("*"))
        if not words:
            continue
        initial = "".join(word[0] for word in words) if len(words) > 1 else words[0][:3]
        initials.setdefault(name_script(words[0]), []).append(initial)
        if len(words) > 1:
            is_stem = form.endswith("*")
            tables.phrases.setdefault(words[0], []).append(((*words[:-1], words[-1] + "*") if is_stem else words, sense))
            _merge(tables.stems if is_stem else tables.words, "".join(words), sense)
        elif form.endswith("*"):
            _merge(tables.stems, words[0], sense)
            if by_sound and len(plain_reading(words[0])) >= SHORT_STEM:
                _merge(tables.sound_stems, plain_reading(words[0]), sense)
        else:
            _merge(tables.words, words[0], sense)
            is_heard = sense.kind not in ("stop", "title", "ship", "legal") and (sense.kind != "brand" or len(words[0]) >= _LONG_BRAND)
            if by_sound and is_heard:
                _add_sounds(tables, words[0], sense)
    for script, found in initials.items():
        key = f"{sense.concept} {script}"
        kept = tables.letters.setdefault(key, [])
        kept += [initial for initial in dict.fromkeys(found) if initial not in kept][: max(0, _INITIALS[script == "latin"] - len(kept))]


def _add_sounds(tables: _Tables, word: str, sense: Sense) -> None:
    if not is_abjad(word) and len(plain_reading(word)) >= MIN_SOUND:
        _merge(tables.sounds, plain_reading(word), sense)
    key = plain_key(sound(word))
    if len(key) >= MIN_KEY and word.isascii():
        _merge(tables.keys, key, sense)


def _read_names(tables: _Tables) -> None:
    for index, row in enumerate(table_rows("names.tsv")):
        for form in row[1].split("|"):
            words = fold_words(form)
            if form.endswith("_") or "*" in form or not words:
                continue
            word = "".join(words)
            tables.names[word] = tables.names.get(word, frozenset()) | {index}
            if not is_abjad(word) and not has_han(word):
                _add_name_sounds(tables, word, index)
    _add_romanized(tables)


def _add_romanized(tables: _Tables) -> None:
    """Short given names as published systems romanise them: their sound alone is too little to find them by."""
    short = [(word, indices) for word, indices in tables.names.items() if name_script(word) == "cyrillic"]
    made: dict[str, frozenset[int]] = {}
    for word, indices in short:
        if len(plain_reading(word)) < MIN_NAME:
            for form in romanize(word):
                made[form] = made.get(form, frozenset()) | indices
    for form, indices in made.items():
        if form not in tables.names and form not in tables.words and len(form) >= _SHORTEST_FORM[form.isascii()]:
            tables.names[form] = indices


_SHORTEST_FORM = {True: 5, False: 4}
"""Letters of a romanised name at least, without marks and with them: shorter ones are words and syllables elsewhere (Chan)."""


def _add_name_sounds(tables: _Tables, word: str, index: int) -> None:
    reading = plain_reading(word)
    if len(reading) >= MIN_NAME:
        tables.name_sounds[reading] = tables.name_sounds.get(reading, frozenset()) | {index}
    for key in (reading, reading.rstrip("aiuyw")):
        if len(key) >= 2:
            tables.name_stems[key] = tables.name_stems.get(key, frozenset()) | {index}
