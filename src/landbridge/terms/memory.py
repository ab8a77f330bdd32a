"""What the terms of several loads have in common: loads that differ in their ends and days alone."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from typing import Any, TypeVar

from landbridge.domain.dataset import Dataset
from landbridge.terms.clock import Openings
from landbridge.terms.leg import LegTerms

_MOST = 100_000
_Found = TypeVar("_Found")


class Memory:
    """Terms of legs and links by what they depend on, kept for other loads of the same goods, units and day of asking.

    What the two ends change is told by a mark: the rules that fit them and hold here (:class:`landbridge.terms.marks.Marks`).
    """

    def __init__(self) -> None:
        self._legs: dict[Hashable, LegTerms] = {}
        self._kinds: dict[str, dict[Hashable, Any]] = {}
        self._openings: Openings | None = None
        self._events: dict[Hashable, dict[Any, Any]] = {}

    def leg(self, what: Hashable, since: int, on: date, make: Callable[[], LegTerms]) -> LegTerms:
        """Terms on the day ``since``, which are those on the day ``on``; where something blocks, of that day alone: the reasons name it."""
        found = self._legs.get((what, since)) or self._legs.get((what, since, on))
        if found is None:
            found = make()
            _put(self._legs, (what, since, on) if found.blocks else (what, since), found, _MOST)
        return found

    def openings(self, dataset: Dataset) -> Openings:
        """Opening hours, which no load changes."""
        if self._openings is None:
            self._openings = Openings(dataset)
        return self._openings

    def recall(self, kind: str, what: Hashable, make: Callable[[], _Found], most: int = _MOST) -> _Found:
        """What was made before of the same ``what``, among things of one kind; when there are ``most``, all of it is forgotten."""
        kept = self._kinds.setdefault(kind, {})
        found: _Found | None = kept.get(what)
        if found is None:
            found = make()
            _put(kept, what, found, most)
        return found

    def events(self, what: Hashable) -> dict[Any, Any]:
        """A memory of the events that touch links and legs, by which of them fit the ends."""
        return self._events.setdefault(what, {})


def _put(kept: dict[Hashable, Any], key: Hashable, value: object, most: int) -> None:
    if len(kept) >= most:
        kept.clear()
    kept[key] = value
