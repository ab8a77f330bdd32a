"""Borders that a way of the world crosses, where the asked feed knows them."""

from __future__ import annotations

from collections.abc import Iterator

from landbridge.domain.dataset import Dataset
from landbridge.domain.identity import BorderId
from landbridge.domain.place import Place
from landbridge.planner.world.rows import gap_km

SAME_BORDER_KM = 40
"""A way that crosses a border so near to a crossing of the asked feed, by the same mode, crosses it there (assumed)."""


class FeedBorders:
    """Border crossings of a feed by the places on both sides: what the feed knows of them, its waits and closures, holds there."""

    def __init__(self, dataset: Dataset) -> None:
        self._crossings: dict[tuple[str, frozenset[str]], set[BorderId]] = {}
        for row in dataset.crossings:
            self._crossings.setdefault((row.mode, frozenset((row.from_country, row.to_country))), set()).add(row.border_id)
        self._told = {(row.border_id, row.mode, row.from_country, row.to_country) for row in dataset.crossings}
        self._found: dict[tuple[str, str, str], list[tuple[BorderId, tuple[Place, Place]]]] = {}
        for link in dataset.links:
            ends = dataset.place_by_id[link.from_place_id], dataset.place_by_id[link.to_place_id]
            for left, entered in (ends, ends[::-1]):
                if link.border_id is not None and link.border_id in self.list_ids(link.mode, left.country, entered.country):
                    self._found.setdefault((link.mode, left.country, entered.country), []).append((link.border_id, (left, entered)))

    def list_ids(self, mode: str, one: str, other: str) -> frozenset[BorderId]:
        """All crossings of the feed between two countries by a mode, whichever way it knows them."""
        return frozenset(self._crossings.get((mode, frozenset((one, other))), ()))

    def list_pairs(self, mode: str) -> Iterator[tuple[tuple[str, str], frozenset[BorderId]]]:
        """Pairs of countries, in the order of the alphabet, with all crossings that the feed has between them by a mode."""
        for (of, countries), known in self._crossings.items():
            if of == mode and len(countries) > 1:
                yield (min(countries), max(countries)), frozenset(known)

    def is_near(self, place: Place, mode: str, pair: tuple[str, str], border_ids: frozenset[BorderId], most_km: float) -> bool:
        """Whether one of some crossings between two countries by a mode lies near a place."""
        known = (*self._found.get((mode, *pair), ()), *self._found.get((mode, *pair[::-1]), ()))
        return any(border_id in border_ids and min(gap_km(place, end) for end in ends) <= most_km for border_id, ends in known)

    def is_told(self, border_id: BorderId, left: Place, entered: Place, mode: str) -> bool:
        """Whether the feed tells the wait at a crossing in this direction."""
        return (border_id, mode, left.country, entered.country) in self._told

    def find(self, left: Place, entered: Place, mode: str) -> tuple[BorderId, Place, Place] | None:
        """The crossing of the feed where one place is left for another, and its places on both sides; None if the feed has none there.

        Also one that the feed knows the other way alone.
        """
        known = self._found.get((mode, left.country, entered.country), ())
        near = ((min(gap_km(left, end) for end in ends), border_id, ends) for border_id, ends in known)
        first = min(near, default=None, key=lambda one: (one[0], one[1], one[2][0].place_id, one[2][1].place_id))
        return None if first is None or first[0] > SAME_BORDER_KM else (first[1], *first[2])
