"""Names written together of the beginnings of words: Kurganmashzavod is the Kurgan machine-building plant."""

from __future__ import annotations

from functools import lru_cache

from landbridge.screening.lexicon import get_lexicon, plain_reading
from landbridge.screening.token import Token

_SHORTEST, _BEGINNING, _MOST_EXTRA = 7, 3, 4
"""Letters of a blend at least, of a beginning at least, and after a beginning at most."""


def is_blend(token: Token, others: list[Token]) -> bool:
    """Whether a word is the beginnings of all of the others, in their order, each of three letters or more."""
    if " " in token.text or not 2 <= len(others) <= 4 or token.script not in ("latin", "cyrillic") or len(token.folded) < _SHORTEST:
        return False
    parts = [_beginnings(other) for other in others]
    return all(parts) and _fits(plain_reading(token.folded), parts, is_first=True)


@lru_cache(maxsize=50_000)
def _beginnings(token: Token) -> frozenset[str]:
    """Plain readings of how a word may begin: as written, or in Russian by its meaning."""
    found = {plain_reading(token.folded)} if token.script in ("latin", "cyrillic") and " " not in token.text else set()
    table = get_lexicon().letters
    for sense in token.senses:
        found.update(plain_reading(one) for script in ("cyrillic", "latin") for one in table.get(f"{sense.concept} {script}") or ())
    return frozenset(one[:_BEGINNING] for one in found if len(one) >= _BEGINNING)


def _fits(reading: str, parts: list[frozenset[str]], *, is_first: bool) -> bool:
    if not parts:
        return len(reading) <= _MOST_EXTRA
    for extra in range(1 if is_first else min(_MOST_EXTRA, len(reading)) + 1):
        rest = reading[extra:]
        if rest[:_BEGINNING] not in parts[0]:
            continue
        if _fits(rest[_BEGINNING:], parts[1:], is_first=False):
            return True
        if parts[1:] and _fits(rest[_BEGINNING - 1 :], parts[1:], is_first=True):
            return True  # a sound that ends one and begins the next is read once: Rosseti
    return False
