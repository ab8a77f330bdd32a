"""From a name and what else is known of a party to matches with entries, and a verdict."""

from __future__ import annotations

import re

from landbridge.screening.compare import Comparison, compare_names
from landbridge.screening.name import parse_name
from landbridge.screening.script import turn_overridden

MATCH_SCORE = 0.45
"""Score from which two names are taken for one party; chosen on the tuning half of the benchmark."""
BLOCK_SCORE = 0.8
"""Score from which a name is surely that of the entry, so that a designation blocks until two people decide otherwise."""
REVIEW_SCORE = 0.4
"""Score from which a person has to look."""


def score_names(left: str, right: str, kind: str = "") -> Comparison:
    """Compare two names as written.

    Parameters
    ----------
    left, right
        Names in any script.
    kind
        ``company``, ``person``, ``vessel`` or empty if not known.
    """
    best: Comparison | None = None
    for one_text in split_names(left):
        for other_text in split_names(right):
            found = _score(one_text, other_text, kind)
            if best is None or found.score > best.score:
                best = found
    return best or Comparison(score=0.0, features=())


def split_names(text: str) -> tuple[str, ...]:
    """A text that gives several names with a stroke between them, as one or several; a text whose direction is overridden, both ways."""
    turned = turn_overridden(text)
    return _split_strokes(text) if turned == text else tuple(dict.fromkeys((*_split_strokes(text), *_split_strokes(turned))))


def _split_strokes(text: str) -> tuple[str, ...]:
    if not any(stroke in text for stroke in "/|;"):
        return (text,)
    parts = [part.strip() for part in re.split(r"\s/\s|\s\|\s|;", text) if sum(char.isalpha() for char in part) >= 3]
    return tuple(parts) if len(parts) > 1 else (text,)


def _score(left: str, right: str, kind: str) -> Comparison:
    one, other = parse_name(left, kind), parse_name(right, kind)
    if not kind and one.kind != other.kind:
        kind = next((name.kind for name in (one, other) if name.kind in ("company", "vessel", "person")), "")
        one, other = parse_name(left, kind), parse_name(right, kind)
    return compare_names(one, other)
