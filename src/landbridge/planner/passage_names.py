"""Straits, canals and seas by the names that people give them."""

from __future__ import annotations

from collections.abc import Iterable

from landbridge.domain.spelling import fold

_GENERAL = frozenset({"strait", "straits", "canal", "channel", "sea", "passage", "route", "of", "the"})


def find_passage(known: Iterable[tuple[str, str]], text: str) -> str | None:
    """Id of the passage that a text means: its id or name in any case, or one of them without words such as strait and canal.

    Parameters
    ----------
    known
        Id and name of each passage.
    text
        What was asked for: ``suez``, ``Suez Canal``, ``Strait of Suez``.
    """
    passages, wanted = tuple(known), fold(text)
    spelt = {spelling: one for one, name in passages for spelling in (fold(one), fold(name))}
    if wanted in spelt:
        return spelt[wanted]
    told = {_telling(spelling): one for spelling, one in spelt.items()}
    return told.get(_telling(wanted)) if _telling(wanted) else None


def _telling(spelling: str) -> str:
    return " ".join(word for word in spelling.split() if word not in _GENERAL)
