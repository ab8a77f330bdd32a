"""What every row of a feed has in common, and the range of an uncertain figure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from landbridge.domain.identity import SourceId

Number = TypeVar("Number", int, Decimal)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One row of a table.

    Attributes
    ----------
    source_id
        Source that the row cites.
    row
        Where the row stands: ``feed/table.csv:line``.
    note
        Free text of the feed's author.
    """

    source_id: SourceId
    row: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Range(Generic[Number]):
    """Low, typical and high of one figure; equal where the feed states one figure only."""

    low: Number
    typical: Number
    high: Number

    def __post_init__(self) -> None:
        if not self.low <= self.typical <= self.high:
            raise ValueError(f"a range runs low <= typical <= high, not {self.low}, {self.typical}, {self.high}")
