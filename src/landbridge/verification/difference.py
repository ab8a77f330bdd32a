"""A difference: what a plan states and what the walk found instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing in which a plan and the walk of it differ.

    Attributes
    ----------
    where
        Path into the plan, e.g. ``itineraries[0].legs[2].arrives_at``.
    stated, recomputed
        What the plan says, and what the walk found; in words where there is no value.
    rule
        Section of docs/model.md that decides.
    """

    where: str
    stated: str
    recomputed: str
    rule: str


def text_of(value: object) -> str:
    """Write a value the way differences show it: instants to the minute, UTC."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, frozenset | set):
        return "{" + ", ".join(sorted(str(part) for part in value)) + "}"
    return str(value)


def compare(where: str, stated: object, recomputed: object, rule: str) -> Iterator[Difference]:
    """Yield one difference if the two values are not equal."""
    if stated != recomputed:
        yield Difference(where=where, stated=text_of(stated), recomputed=text_of(recomputed), rule=rule)


def demand(where: str, holds: bool, stated: object, recomputed: object, rule: str) -> Iterator[Difference]:
    """Yield one difference if a condition does not hold."""
    if not holds:
        yield Difference(where=where, stated=text_of(stated), recomputed=text_of(recomputed), rule=rule)
