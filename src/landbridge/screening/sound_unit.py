"""Units of sound: characters that stand for what a letter may mean, and what it costs to leave them out."""

from __future__ import annotations

VOWELS = frozenset("aeiou")
GLIDES = frozenset("yw")
"""Sounds that are no consonants."""

_SETS: dict[str, str] = {}
MEMBERS: dict[str, str] = {}
FREE: dict[str, float] = {}
"""Sounds of each unit, and the cost of leaving out those that cost otherwise than others."""
_FIRST_FREE = 0xE000


def unit(sounds: str, gap: float | None = None) -> str:
    """The character that stands for a set of sounds; ``gap`` is the cost of leaving it out, where it is not the usual one.

    Only called while :mod:`letter_sound` and then :mod:`spoken` are read, so that a character means the same in every process: units of
    names of lists are kept.
    """
    if len(sounds) == 1 and gap is None:
        MEMBERS.setdefault(sounds, sounds)
        return sounds
    key = f"{sounds}/{gap}"
    found = _SETS.get(key)
    if found is None:
        found = _SETS[key] = chr(_FIRST_FREE + len(_SETS))
        MEMBERS[found] = sounds
        if gap is not None:
            FREE[found] = gap
    return found
