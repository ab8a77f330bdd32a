"""Terminals and who operates them; what happens to a box there, and with the line that owns it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from landbridge.domain.identity import PartyId, PlaceId, TerminalId, UnitTypeId
from landbridge.domain.record import Range, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal(Record):
    """Terminals of ports and yards, and the company that operates each: one row of `terminals`.

    A place may have several. That company takes part wherever goods board, alight or are handled there, and is screened as of the day.
    """

    terminal_id: TerminalId
    place_id: PlaceId
    name: str
    operator_id: PartyId


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling(Record):
    """Moves between modes at a place; without a lift, transship or gauge_change row nothing can change there: one row of `handling`.

    ``terminal_id``: all goods that change so are handled at that terminal.
    """

    handling_id: str
    place_id: PlaceId
    kind: str
    from_mode: str
    to_mode: str
    terminal_id: TerminalId | None = None
    unit_type_id: UnitTypeId | None = None
    hs: str | None = None
    amount: Range[Decimal] | None = None
    currency: str | None = None
    per: str = "unit"
    duration_min: Range[int]
    valid_from: date | None = None
    valid_to: date | None = None
    known_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StorageStep(Record):
    """Storage at a place by day of stay; days before the first row are free: one row of `storage`."""

    storage_id: str
    place_id: PlaceId
    from_mode: str = "any"
    unit_type_id: UnitTypeId | None = None
    from_day: int
    to_day: int | None = None
    per_day: Range[Decimal]
    currency: str
    valid_from: date | None = None
    valid_to: date | None = None
    known_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DetentionStep(Record):
    """Line detention of its boxes, from discharge to empty return; days before the first row are free: one row of `detention`."""

    detention_id: str
    operator_id: PartyId
    place_id: PlaceId
    unit_type_id: UnitTypeId | None = None
    from_day: int
    to_day: int | None = None
    per_day: Range[Decimal]
    currency: str
    valid_from: date | None = None
    valid_to: date | None = None
    known_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxReturn(Record):
    """Bringing a line's empty box back after unloading: one row of `returns`."""

    return_id: str
    operator_id: PartyId | None = None
    place_id: PlaceId
    depot_id: PlaceId
    unit_type_id: UnitTypeId | None = None
    amount: Range[Decimal] | None = None
    currency: str
    unloading_min: int
    duration_min: int
    valid_from: date | None = None
    valid_to: date | None = None
    known_from: date | None = None
