"""Phrases: words of a name that mean one thing together, as they stand, declined or inflected."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from landbridge.screening.lexicon import Sense, get_lexicon
from landbridge.screening.meaning import word_stems
from landbridge.screening.town import find_two_words


def find_phrase(folded: list[str], index: int, *, with_brands: bool = True) -> tuple[int, frozenset[Sense]]:
    """How many words from here on are one phrase, the longest, and all that it may mean."""
    best: tuple[int, frozenset[Sense]] = (1, frozenset())
    attached = _ATTACHED.match(folded[index])
    if attached and index + 1 < len(folded):
        plain = [*folded[:index], ("ال" if attached[0] == "لل" else "") + folded[index][attached.end() :], *folded[index + 1 :]]
        found = find_phrase(plain, index, with_brands=with_brands)
        if found[0] > 1:
            return found
    for phrase, sense in get_lexicon().phrases.get(folded[index]) or ():
        if (
            (with_brands or sense.kind != "brand")
            and len(phrase) >= max(best[0], 2)
            and _is_phrase(phrase, folded[index : index + len(phrase)])
        ):
            best = (len(phrase), best[1] | {sense} if len(phrase) == best[0] else frozenset({sense}))
    if not best[1] and index + 1 < len(folded):
        best = _find_declined(folded, index, with_brands=with_brands)
    if not best[1] and index + 1 < len(folded):
        best = _find_inflected(folded, index)
        town = find_two_words(folded[index], folded[index + 1]) if not best[1] else None
        best = (2, frozenset({town})) if town else best
    return best


_ATTACHED = re.compile("^(?:و(?=ال)|لل|ب(?=ال))")
"""And, for, in, as Arabic writes them to the next word."""


def _is_phrase(phrase: tuple[str, ...], words: list[str]) -> bool:
    """Whether words are those of a phrase, of which the last may be a stem: научно-производственн*."""
    if tuple(words) == phrase:
        return True
    return phrase[-1][-1] == "*" and tuple(words[:-1]) == phrase[:-1] and words[-1].startswith(phrase[-1][:-1])


def _find_declined(folded: list[str], index: int, *, with_brands: bool) -> tuple[int, frozenset[Sense]]:
    """A phrase of Cyrillic words in other endings than those of the tables: Чёрного моря."""
    best: tuple[int, frozenset[Sense]] = (1, frozenset())
    for phrase, sense in _declined_phrases().get(_stem(folded[index]), ()):
        if (with_brands or sense.kind != "brand") and len(phrase) > best[0]:
            words = folded[index : index + len(phrase)]
            if tuple(_stem(word) for word in words) == phrase:
                best = (len(phrase), frozenset({sense}))
    return best


@cache
def _declined_phrases() -> dict[str, list[tuple[tuple[str, ...], Sense]]]:
    """Phrases of Cyrillic words by the stem of the first, all words as stems."""
    found: dict[str, list[tuple[tuple[str, ...], Sense]]] = {}
    for _, rows in get_lexicon().phrases.items():
        for phrase, sense in rows:
            stems = tuple(_stem(word.removesuffix("*")) for word in phrase)
            if all(len(stem) >= _SHORTEST_STEM for stem in stems):
                found.setdefault(stems[0], []).append((stems, sense))
    return found


_SHORTEST_STEM = 3


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    """A Cyrillic word without its ending, ё as е; empty of other words."""
    stems = word_stems(word) if "\u0400" <= word[:1] <= "\u04ff" else ()
    return stems[0].replace("ё", "е") if stems else ""


def _find_inflected(folded: list[str], index: int) -> tuple[int, frozenset[Sense]]:
    """A railway in whatever case, in Cyrillic or as it is read: железной дороги, zheleznoy dorogoy."""
    if folded[index].startswith(("железн", "жалезн", "zhelezn")) and folded[index + 1].startswith(("дорог", "дарог", "dorog")):
        return 2, frozenset({Sense("trade", "railway")})
    return 1, frozenset()
