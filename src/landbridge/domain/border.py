"""Border crossings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from landbridge.domain.identity import BorderId
from landbridge.domain.record import Range, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Border(Record):
    """Border crossings: one row of `borders`."""

    border_id: BorderId
    name: str
    gateway: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing(Record):
    """Crossing a border in one direction: waiting and fees: one row of `crossings`."""

    crossing_id: str
    border_id: BorderId
    mode: str
    from_country: str
    to_country: str
    wait_min: Range[int]
    fee: Range[Decimal] | None = None
    currency: str | None = None
    per: str = "unit"
    season_from: tuple[int, int] | None = None
    season_to: tuple[int, int] | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    known_from: date | None = None
