"""Long vowels, which Arabic script writes: whether a name in Latin letters has them where the other has."""

from __future__ import annotations

import re
from functools import lru_cache

_CONSONANT = re.compile(r"kh|sh|gh|ch|zh|th|dh|ph|ts|dj|ck|qu|([bcdfghjklmnpqrstvxz])\1*")
_VOWELS = re.compile(r"[aeiouyw]+")
_SAID = {"ا": "aoe", "و": "ouwv", "ی": "iey"}
"""Vowels that a letter may be, in Latin ones; e for a long a as in the Maghreb."""
_LONG = frozenset(("ai", "ay", "ei", "ey", "aw", "au", "ee", "aa", "ii", "oo", "uu", "ou"))
"""What is long in Latin letters, so that Arabic script writes it."""
_AYIN, _MARKS = "ع", "ةهء"


@lru_cache(maxsize=50_000)
def differ_in_long_vowels(latin: str, arabic: str) -> bool:
    """Whether a long vowel of one of two folded words is none, or another, in the other: Salman and سليمان, Mohammad and محمود.

    Only told where both have as many consonants; what stands before the first and behind the last of them is not asked.
    """
    left, right = _latin_slots(latin), _arabic_slots(arabic)
    if len(left) != len(right):
        return False
    return any(_differ(said, written) for said, written in zip(left, right, strict=True))


def _latin_slots(word: str) -> list[str]:
    """The vowels between consonants; an h at the end is none."""
    parts = _CONSONANT.split(re.sub(r"(?<=[aeiou])h$", "", word))
    return [_VOWELS.findall(part)[0] if part and _VOWELS.match(part) else "" for part in parts[2:-1:2]]


def _arabic_slots(word: str) -> list[str]:
    slots: list[str] = []
    letters = ""
    has_begun = False
    for char in word.rstrip(_MARKS):
        if char in _SAID or char == _AYIN:
            letters += char
            continue
        if has_begun:
            slots.append(letters)
        has_begun, letters = True, ""
    return slots


def _differ(said: str, written: str) -> bool:
    if _AYIN in written:
        return False
    if not written:
        return said in _LONG
    return any(not set(_SAID[char]) & set(said) for char in written)
