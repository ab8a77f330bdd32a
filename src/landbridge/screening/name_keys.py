"""What a name is found by in an index: sounds, meanings, given names, initials, Chinese syllables, identifiers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product

from landbridge.screening.acronym import initial_letters, initial_texts
from landbridge.screening.chinese import joined_pinyins
from landbridge.screening.sound import plain_key, without_long_vowels
from landbridge.screening.token import ParsedName, Token

_PREFIX = 4
_SPELLED = 3
_MOST_INITIALS, _MOST_PINYINS = 4, 4


def name_keys(parsed: ParsedName) -> Iterator[str]:
    """What a name can be found by, in each of its readings."""
    for one in (parsed, *parsed.variants):
        yield from _reading_keys(one)
    for kind, number in parsed.identifiers:
        yield f"#{kind}:{number}"


def _reading_keys(parsed: ParsedName) -> Iterator[str]:
    content = [token for token in parsed.tokens if token.weight >= 0.2 and token.number is None]
    for token in content:
        yield from _keys_of(token)
    if 2 <= len(content) <= 5:
        yield from _sound_keys("".join(token.sounds[0] for token in content), "", is_abjad=any(token.is_abjad for token in content))
        yield "+" + "+".join(min(token.concepts, default="?") for token in content)
    if 1 <= len(content) <= 5:
        yield from (f"p{reading}" for reading in islice(sorted(joined_pinyins(content)), _MOST_PINYINS))
    if parsed.kind != "person":
        yield from _initial_keys([token for token in parsed.tokens if token.weight >= 0.15 and token.number is None])


@lru_cache(maxsize=100_000)
def _keys_of(token: Token) -> tuple[str, ...]:
    return tuple(_token_keys(token))


def _token_keys(token: Token) -> Iterator[str]:
    for name in token.names:
        yield f"n{name}"
    for concept in token.concepts:
        yield f"c{concept}"
    if not token.senses or token.weight >= 0.5:
        for units in token.sounds[:4]:
            yield from _sound_keys(units, token.folded, is_abjad=token.is_abjad)
        yield from _slip_keys(token)
    if token.parts:
        yield "+" + "+".join(token.parts)


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
    """Consonants of a word, hushing as hissing; in Arabic script also without what may be long vowels, elsewhere w also as v."""
    for one in dict.fromkeys((units, without_long_vowels(units) if is_abjad else units.replace("w", "v"))):
        key = plain_key(one).replace("S", "s")
        yield f"s{key}" if len(key) > 1 else f"s{key}{folded[:3]}"
        if folded and len(key) > _PREFIX:
            yield f"~{key[:_PREFIX]}"


def _initial_keys(tokens: list[Token]) -> Iterator[str]:
    """Initials of a name of several words, as acronyms give them; of an acronym, its letters, and what is left without legal forms."""
    for token in tokens:
        yield from (f"a{text}" for text in initial_texts(token))
    if 2 <= len(tokens) <= 6:
        for way in initial_letters(tokens):
            yield from (f"a{''.join(letters)}" for letters in islice(product(*way), _MOST_INITIALS))
