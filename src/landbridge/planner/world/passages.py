"""Straits and canals of the feed ``world`` as the asked feed has them, so that what it says of them holds for ships of the world."""

from __future__ import annotations

from collections.abc import Iterable

from landbridge.domain.dataset import Dataset
from landbridge.domain.identity import PassageId
from landbridge.planner.passage_names import find_passage

_PART_OF = {
    "oresund": "Danish Straits",
    "great-belt": "Danish Straits",
    "bosporus": "Turkish Straits",
    "dardanelles": "Turkish Straits",
    "suez": "Red Sea",
    "bab-el-mandeb": "Red Sea",
}
"""What a feed may know as one passage where the atlas has several."""


class FeedPassages:
    """Passages of a feed by those of the feed ``world``."""

    def __init__(self, dataset: Dataset, base: Dataset) -> None:
        known = [(row.passage_id, row.name) for row in dataset.passages]
        self._own: dict[PassageId, list[PassageId]] = {}
        for row in base.passages:
            texts = (row.passage_id, row.name, _PART_OF.get(row.passage_id, ""))
            found = (find_passage(known, text) for text in texts if text)
            self._own[row.passage_id] = [PassageId(one) for one in dict.fromkeys(found) if one is not None]

    def name(self, passages: Iterable[PassageId]) -> tuple[PassageId, ...]:
        """The passages of the feed through which a ship goes; those that it does not have, by their own ids."""
        return tuple(dict.fromkeys(own for one in passages for own in self._own.get(one) or [one]))
