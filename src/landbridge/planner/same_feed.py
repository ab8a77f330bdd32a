"""A feed as a key by which something made from it is kept in a process."""

from __future__ import annotations

from dataclasses import dataclass

from landbridge.domain.dataset import Dataset


@dataclass(frozen=True, eq=False)
class SameFeed:
    """A dataset by identity, so that what is made from it is made once."""

    dataset: Dataset

    def __hash__(self) -> int:
        return id(self.dataset)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SameFeed) and other.dataset is self.dataset
