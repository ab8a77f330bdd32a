"""Borders that a way of the world crosses: where the asked feed knows them, and which are shut by the feed ``world``."""

from __future__ import annotations

import math
from collections.abc import Iterator

from landbridge.domain.dataset import Dataset
from landbridge.domain.identity import BorderId
from landbridge.domain.place import Place
from landbridge.planner.world_rows import gap_km

SAME_BORDER_KM = 40
"""A way that crosses a border so near to a crossing of the asked feed, by the same mode, crosses it there (assumed)."""


class FeedBorders:
    """Border crossings of a feed by where they are left: what the feed knows of them, its waits and closures, holds there."""

    def __init__(self, dataset: Dataset) -> None:
        crossed = {(row.border_id, row.mode, row.from_country, row.to_country) for row in dataset.crossings}
        self._found: dict[tuple[str, str, str], list[tuple[BorderId, Place]]] = {}
        for link in dataset.links:
            ends = dataset.place_by_id[link.from_place_id], dataset.place_by_id[link.to_place_id]
            for left, entered in (ends, ends[::-1]) if link.two_way else (ends,):
                if link.border_id is not None and (link.border_id, link.mode, left.country, entered.country) in crossed:
                    self._found.setdefault((link.mode, left.country, entered.country), []).append((link.border_id, left))

    def find(self, left: Place, entered: Place, mode: str) -> BorderId | None:
        """The crossing of the feed from one place to another across a border; None if it has none there."""
        found = self._found.get((mode, left.country, entered.country), ())
        near = min(((gap_km(left, place), border_id) for border_id, place in found), default=(math.inf, None))
        return near[1] if near[0] <= SAME_BORDER_KM else None


def closed_borders(base: Dataset, mode: str) -> Iterator[tuple[str, str]]:
    """Pairs of countries whose whole border is shut to a mode by a feed whose borders are those of countries."""
    for event in base.events:
        if event.kind == "closure" and event.border_id and event.valid_to is None and event.border_id.startswith(f"{mode}-"):
            _, one, other = event.border_id.split("-")
            yield one, other
