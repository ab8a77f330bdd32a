"""From a name and what else is known of a party to matches with entries, and a verdict."""

from __future__ import annotations

from landbridge.screening.compare import Comparison, compare_names
from landbridge.screening.name import parse_name

MATCH_SCORE = 0.62
"""Score from which two names are taken for one party; chosen on the tuning half of the benchmark."""
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
    one, other = parse_name(left, kind), parse_name(right, kind)
    if not kind and one.kind != other.kind:
        kind = next((name.kind for name in (one, other) if name.kind in ("company", "vessel", "person")), "")
        one, other = parse_name(left, kind), parse_name(right, kind)
    return compare_names(one, other)
