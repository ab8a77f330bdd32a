"""The nearest of some names, for findings about a name that is not known."""

from __future__ import annotations

from collections.abc import Iterable


def find_nearest(name: str, choices: Iterable[str]) -> str | None:
    """Find the choice that is written most like ``name``; None if none is near. Ties go to the first in alphabetical order."""
    from rapidfuzz import fuzz, process, utils

    found = process.extractOne(name[:100], sorted(choices), scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=60)
    return found[0] if found else None


def suggest_nearest(name: str, choices: Iterable[str]) -> str:
    """Make the half sentence ``, did you mean 'x'?``; empty if nothing is near."""
    nearest = find_nearest(name, choices)
    return f"; did you mean {nearest!r}?" if nearest is not None else ""


def quote_text(text: str) -> str:
    """Quote a text of unknown content for a message: short, printable, on one line."""
    shown = text if len(text) <= 60 else f"{text[:57]}..."
    return repr(shown)
