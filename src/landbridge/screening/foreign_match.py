"""Whether a word of one language means what another says, as dictionaries have it: by itself, or part by part."""

from __future__ import annotations

from functools import lru_cache

from landbridge.screening.foreign_word import (
    CONCEPT,
    begins_phrase,
    foreign_meanings,
    foreign_parts,
    is_business,
    phrase_meanings,
    said_in_words,
)
from landbridge.screening.lexicon import TRADE_KINDS, get_lexicon, trade_concepts
from landbridge.screening.meaning import english_meanings, english_stem
from landbridge.screening.script import fold_word
from landbridge.screening.token import Token

_SURE, _STEP, _LEAST = 0.88, 0.04, 0.72
"""How surely a word is the first English one of its dictionary entry, and less for each later one."""
SAID = 0.82
"""How surely a foreign phrase or compound is the words that say what it means."""


def foreign_likeness(one: Token, other: Token) -> float:
    """How surely either of two words of firms is a foreign word for the other: Hafen is port; 0 where both are words of the tables."""
    if one.names and other.names:
        return 0.0
    return max(_means(one, other), _means(other, one), _OF_PLACE if _is_of(one, other) or _is_of(other, one) else 0.0)


_OF_PLACE, _PLACE = 0.5, 4
"""How surely a word with the ending -er is the place without it, as German says it, and letters of that place at least."""
_PLACES = frozenset(("place", "town", "country"))


def _is_of(one: Token, other: Token) -> bool:
    """Whether a word that means nothing else is of another, a place or a name: Rostocker is of Rostock."""
    if len(one.folded) != len(other.folded) + 2 or one.folded[-2:] != "er" or len(other.folded) < _PLACE or one.script != "latin":
        return False
    if not one.folded.startswith(other.folded):
        return False
    return all(sense.kind in _PLACES for sense in (*one.senses, *other.senses)) and not one.names


def _means(one: Token, other: Token) -> float:
    found = foreign_meanings(one.folded)
    if not found:
        return 0.0
    is_held = one.senses and other.senses and one.folded in get_lexicon().words
    return 0.0 if is_held and not is_business(one.folded) else _rank(found, other)


def _rank(found: tuple[str, ...], other: Token) -> float:
    """How surely one of some English words is another word or the concept of it, the surer the sooner it stands."""
    if any(word[1:] in other.concepts for word in found if word[0] == CONCEPT):
        return _SURE
    theirs = english_meanings(other.folded) if other.script != "latin" else (english_stem(other.folded),)
    ranks = [found.index(word) + theirs.index(word) for word in found if word in theirs]
    ranks += [rank for rank, word in enumerate(found) if other.senses and trade_concepts(word) & other.concepts]
    return max(_LEAST, _SURE - _STEP * min(ranks)) if ranks else 0.0


@lru_cache(maxsize=50_000)
def meant_concepts(folded: str) -> tuple[str, ...]:
    """Concepts of the tables that a word which they do not hold may mean, by the likeliest of its English words."""
    return tuple(dict.fromkeys(concept for word in foreign_meanings(folded)[:_LIKELIEST] for concept in sorted(trade_concepts(word))))


@lru_cache(maxsize=50_000)
def said_concepts(folded: str) -> tuple[str, ...]:
    """Concepts that a word which the tables do not hold says by the words of its dictionary entry, or as a compound by its parts."""
    words = [word for meaning in said_in_words(folded)[:_LIKELIEST] for word in meaning.split("_")]
    words += [word for part in foreign_parts(folded) for word in part[:_LIKELIEST]]
    found = (((word[1:],) if word[0] == CONCEPT else sorted(trade_concepts(word))) for word in words if word)
    return tuple(dict.fromkeys(concept for concepts in found for concept in concepts))


@lru_cache(maxsize=50_000)
def meant_words(folded: str) -> tuple[str, ...]:
    """English words that a word may mean by either kind of dictionary, the likeliest of each."""
    found = (*english_meanings(folded)[:_LIKELY], *foreign_meanings(folded)[:_LIKELY])
    return tuple(dict.fromkeys(word for word in found if word[0] != CONCEPT))


@lru_cache(maxsize=50_000)
def phrase_concepts(words: tuple[str, ...]) -> tuple[str, ...]:
    """Concepts of the tables that several folded words of another language mean together."""
    if not begins_phrase(words[0]):
        return ()
    meanings = [word for meaning in phrase_meanings(words) for word in meaning.split("_")]
    return tuple(dict.fromkeys(concept for word in meanings for concept in sorted(trade_concepts(word))))


_LIKELIEST, _LIKELY = 2, 3
_WITH_COMPOUNDS = frozenset(("latin", "cyrillic"))


@lru_cache(maxsize=50_000)
def may_say(run: tuple[Token, ...]) -> bool:
    """Whether a word or phrase means anything in several words, or is a compound, so that :func:`find_said` may find it."""
    words = tuple(fold_word(word) for token in run for word in token.text.split())
    if len(words) > 1:
        return begins_phrase(words[0]) and bool(phrase_meanings(words))
    return bool(said_in_words(words[0]) or (run[0].script in _WITH_COMPOUNDS and foreign_parts(run[0].folded)))


def find_said(run: tuple[Token, ...], many: list[Token]) -> list[Token]:
    """Words that say what a foreign word or phrase means in several words, or what the parts of a compound do; empty if none do.

    Chemin de fer is railway, электростанция power plant, Stahlwerk steel works.
    """
    words = tuple(fold_word(word) for token in run for word in token.text.split())
    if len(words) > 1:
        return _say(phrase_meanings(words), many) if begins_phrase(words[0]) else []
    return _say(said_in_words(words[0]), many) or _say_parts(run[0], many)


def _say_parts(one: Token, many: list[Token]) -> list[Token]:
    if one.script not in _WITH_COMPOUNDS or one.folded in get_lexicon().words:
        return []
    parts = foreign_parts(one.folded)
    whole = next((other for other in many if parts and _is_phrase_of(other, parts)), None)
    if whole is not None:
        return [whole]
    said: list[Token] = []
    for part in parts if len(many) > 1 else ():
        found = _say(part, [other for other in many if other not in said])
        if not found:
            return []
        said += found
    return said


def _is_phrase_of(other: Token, parts: tuple[tuple[str, ...], ...]) -> bool:
    """Whether a phrase of the tables consists of words that say the parts of a compound: пахтасаноат is Cotton Industry."""
    words = [english_stem(fold_word(word)) for word in other.text.split()]
    if len(words) < len(parts):
        return False
    known = get_lexicon().words
    senses = [{f"{CONCEPT}{sense.concept}" for sense in known.get(word) or ()} | {word} for word in words]
    return all(any(told & set(part) for told in senses) for part in parts)


def _say(meanings: tuple[str, ...], many: list[Token]) -> list[Token]:
    """Those of some words that say one of some meanings, all that it takes; of several meanings the longest."""
    best: list[Token] = []
    for meaning in meanings:
        words = [word for word in meaning.split("_") if len(word) > _JOINING]
        said: list[Token] = []
        for word in words:
            said += [other for other in many if other not in said and _rank((word,), other)][:1]
        if not words or len(said) < len(words):
            said = [other for other in many if _is_phrase_for(other, meaning, words)][:1]
        best = said if len(said) > len(best) else best
    return best


def _is_phrase_for(other: Token, meaning: str, words: list[str]) -> bool:
    """Whether one token says a meaning of several words: it is that phrase, or has its concept."""
    if len(words) < _SEVERAL:
        return False
    if {english_stem(fold_word(word)) for word in other.text.split()} >= set(words):
        return True
    return bool(other.concepts & _phrase_concepts(meaning))


@lru_cache(maxsize=20_000)
def _phrase_concepts(meaning: str) -> frozenset[str]:
    """Concepts of an English phrase of the tables, whose last word may stand in the plural."""
    first, *others = meaning.split("_")
    return frozenset(
        sense.concept
        for phrase, sense in get_lexicon().phrases.get(first) or ()
        if sense.kind in TRADE_KINDS and [english_stem(word) for word in phrase[1:]] == others
    )


_JOINING, _SEVERAL = 2, 2
"""Letters at most of a word that joins others, and words of a phrase at least."""
