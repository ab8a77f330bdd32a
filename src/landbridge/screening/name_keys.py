"""What a name is found by in an index: sounds, meanings, given names, initials, Chinese syllables, identifiers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product

from landbridge.screening.acronym import initial_letters, initial_texts
from landbridge.screening.chinese import joined_pinyins
from landbridge.screening.foreign_match import meant_concepts
from landbridge.screening.han import pinyin_concepts
from landbridge.screening.sound import plain_key, sound, without_long_vowels
from landbridge.screening.token import ParsedName, Token

_PREFIX = 4
_SPELLED = 3
_MOST_INITIALS, _MOST_PINYINS, _SYLLABLE_WORDS = 4, 12, 3


def name_keys(parsed: ParsedName) -> Iterator[str]:
    """What a name can be found by, in each of its readings."""
    for keys in grouped_keys(parsed, is_asked=False).values():
        yield from keys
    for kind, number in parsed.identifiers:
        yield f"#{kind}:{number}"


def grouped_keys(parsed: ParsedName, *, is_asked: bool = True) -> dict[str, tuple[str, ...]]:
    """The keys by what they stand for: one word of the name, in whatever reading, the whole of it, or its initials.

    Keys of one word tell one thing several times: by its meaning, its spelling, its sound. Initials are no name: of a name that is asked
    for they are looked up among acronyms alone, and the letters of an acronym among both.
    """
    groups: dict[str, dict[str, None]] = {}
    for one in (parsed, *parsed.variants):
        content = [token for token in one.tokens if token.weight >= 0.2 and token.number is None] or list(one.tokens)  # 777 LLC
        for token in content:
            groups.setdefault(token.folded, {}).update(dict.fromkeys(_keys_of(token)))
        groups.setdefault(WHOLE, {}).update(dict.fromkeys(_whole_keys(content)))
        if one.kind != "person":
            tokens = [token for token in one.tokens if token.weight >= 0.15 and token.number is None]
            groups.setdefault(_INITIALS, {}).update(dict.fromkeys(_initial_keys(tokens, is_asked=is_asked)))
    return {group: tuple(keys) for group, keys in groups.items()}


WHOLE, _INITIALS = "", " "


def _whole_keys(content: list[Token]) -> Iterator[str]:
    """All words together: their sounds written as one, their concepts, their Chinese syllables."""
    if 2 <= len(content) <= 5:
        yield from _sound_keys("".join(token.sounds[0] for token in content), "", is_abjad=any(token.is_abjad for token in content))
        yield "+" + "+".join(min(token.concepts, default="?") for token in content)
    said = [token.parts or tuple(sorted(token.concepts)[:1]) for token in content]
    if all(said) and (parts := sorted({part for one in said for part in one} - _PLANT))[1:]:
        yield "&" + "+".join(parts)
    if 1 <= len(content) <= 5:
        orders = (content, [content[-1], *content[:-1]]) if 2 <= len(content) <= _SYLLABLE_WORDS else (content,)
        for order in orders:
            yield from (f"p{reading}" for reading in islice(sorted(joined_pinyins(order)), _MOST_PINYINS))


_PLANT = frozenset(("plant",))
"""What a compound such as Gomelliftmash leaves out; its other parts stand in whatever order."""


@lru_cache(maxsize=100_000)
def _keys_of(token: Token) -> tuple[str, ...]:
    return tuple(_token_keys(token))


def _token_keys(token: Token) -> Iterator[str]:
    for name in token.names:
        yield f"n{name}"
    for concept in token.concepts:
        yield f"c{concept}"
    if not token.senses and token.script == "latin":
        yield from (f"c{concept}" for concept in sorted(pinyin_concepts(token.folded)))
    if not token.senses and not token.names:
        yield from (f"c{concept}" for concept in meant_concepts(token.folded))
    if not token.senses or token.weight >= 0.5:
        for units in _heard(token):
            yield from _sound_keys(units, token.folded, is_abjad=token.is_abjad)
        yield from _slip_keys(token)
    if token.parts:
        yield "+" + "+".join(token.parts)


def _heard(token: Token) -> tuple[str, ...]:
    """Sounds of a word; one that ends as Belarusian writes -ov in Latin letters is heard so too (Kubrakou), and j as in English (Fauji)."""
    if token.script != "latin":
        return token.sounds[:4]
    ends = token.folded[-2:] in _SHORT_U and len(token.folded) > _SPELLED
    said = (sound(token.folded.replace("j", "dzh")),) if "j" in token.folded else ()
    return (*token.sounds[:4], *([sound(f"{token.folded[:-1]}v")] if ends else []), *said)


_SHORT_U = ("ou", "au", "eu")
_SILENT_END = sound("\u0647")
"""The h that Arabic and Persian write at the end of a word for -a: السافلية is Al Safliya."""


def _slip_keys(token: Token) -> Iterator[str]:
    """A word as it is spelled, so that it comes before those that only sound so; and what slips of the hand leave of its consonants."""
    if len(token.folded) >= _SPELLED and token.script in ("latin", "cyrillic"):
        yield f"w{token.folded}"
        key = plain_key(token.sounds[0])
        if len(key) >= _PREFIX:
            yield f"z{''.join(sorted(key))}"
        if len(key) > _PREFIX:
            yield f"${key[-_PREFIX:]}"


def _sound_keys(units: str, folded: str, *, is_abjad: bool) -> Iterator[str]:
    """Consonants of a word, hushing as hissing; in Arabic script also without long vowels and a silent end (-a), elsewhere w also as v."""
    ways = (
        (units, without_long_vowels(units), without_long_vowels(units).rstrip(_SILENT_END))
        if is_abjad
        else (units, units.replace("w", "v"))
    )
    for one in dict.fromkeys(ways):
        key = plain_key(one).replace("S", "s")
        yield f"s{key}" if len(key) > 1 else f"s{key}{folded[:3]}"
        if folded and "ss" in key:
            yield f"s{key.replace('ss', 's')}"  # ts is one letter in Cyrillic
        if folded and len(key) > _PREFIX:
            yield f"~{key[:_PREFIX]}"


def _initial_keys(tokens: list[Token], *, is_asked: bool) -> Iterator[str]:
    """Letters of an acronym (a), and what is left of them without legal forms; initials of a name of several words (i)."""
    for token in tokens:
        for text in initial_texts(token):
            yield f"a{text}"
            if is_asked:
                yield f"i{text}"
    if 2 <= len(tokens) <= 6:
        sign = "a" if is_asked else "i"
        for way in initial_letters(tokens):
            yield from (f"{sign}{''.join(letters)}" for letters in islice(product(*way), _MOST_INITIALS))
