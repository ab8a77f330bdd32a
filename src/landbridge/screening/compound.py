"""Compounds: words written together of known stems, such as Beltransservice."""

from __future__ import annotations

import re
from functools import lru_cache

from landbridge.screening.lexicon import get_lexicon, readings

_ENDING = re.compile(r"(?:n|sk|nsk|av|iv|ST)?[aiuy]{1,2}(?:[gvmh][aiu]?)?")
"""What may follow the last stem: the ending of an adjective or a case."""


@lru_cache(maxsize=50_000)
def split_compound(text: str) -> tuple[str, ...]:
    """Concepts of a compound that consists of known stems only, such as bel + trans + service."""
    if len(text) < 6:
        return ()
    if text.isascii() and (halves := _split_english(text)):
        return halves
    for reading in readings(text):
        found = _split_reading(reading, 0, 0)
        if found is not None and len(found) > 1:
            return found
    return ()


@lru_cache(maxsize=50_000)
def split_place(text: str) -> tuple[str, ...]:
    """The concepts of a town and of what is written behind its name, such as Гомельстекло; empty where a word only begins like a town."""
    lexicon = get_lexicon()
    if len(text) < _PLACE + _BEHIND_PLACE or text in lexicon.words:
        return ()
    for end in range(len(text) - _BEHIND_PLACE, _PLACE - 1, -1):
        senses = (lexicon.words.get(text[:end]) or frozenset()) | (lexicon.stems.get(text[:end]) or frozenset())
        place = min((sense.concept for sense in senses if sense.kind == "place"), default="")
        behind = _find_trade(text[end:]) if place else ""
        if behind:
            return place, behind
    return ()


_PLACE, _BEHIND_PLACE = 4, 4
"""Letters of a town and of the trade behind it at least."""


def _find_trade(text: str) -> str:
    lexicon = get_lexicon()
    exact = min((sense.concept for sense in lexicon.words.get(text) or () if sense.kind in _HALVES), default="")
    return exact or next((lexicon.morphemes[reading] for reading in readings(text) if reading in lexicon.morphemes), "")


_HALF = 3
"""Letters of half of an English compound at least."""
_HALVES = frozenset(("trade", "direction"))


def _split_english(text: str) -> tuple[str, ...]:
    """Concepts of two English words written as one, such as seaway; empty if it is none."""
    words = get_lexicon().words
    for end in range(len(text) - _HALF, _HALF - 1, -1):
        halves = [words.get(half) or frozenset() for half in (text[:end], text[end:])]
        concepts = [min((sense.concept for sense in half if sense.kind in _HALVES), default="") for half in halves]
        if all(concepts):
            return tuple(concepts)
    return ()


def _split_reading(reading: str, start: int, depth: int) -> tuple[str, ...] | None:
    if start == len(reading) or (depth >= 2 and _ENDING.fullmatch(reading, start)):
        return ()
    if depth > 6:
        return None
    lexicon = get_lexicon()
    for end in range(len(reading), start + 1, -1):
        piece = reading[start:end]
        concept = lexicon.morphemes.get(piece)
        if concept is None and depth and len(piece) >= 5:
            senses = lexicon.sounds.get(piece) or lexicon.sound_stems.get(piece)
            concept = min((sense.concept for sense in senses), default=None) if senses else None
        if concept is None:
            continue
        if concept == "state" and depth:
            concept = "gas"  # gos and gas sound alike; state is said first
        for skip in (0, 1, -1):
            if skip < 0 and (len(piece) < 3 or reading[end - 1] in "aiu"):
                continue
            if skip > 0 and reading[end : end + 1] not in ("a", "i"):
                continue
            if skip > 0 and end + skip == len(reading) and len(piece) < 3:
                continue
            rest = _split_reading(reading, end + skip, depth + 1)
            if rest is not None:
                return (concept, *rest)
    return None
