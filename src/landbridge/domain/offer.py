"""What only pays for many boxes at once: whole trains, charters, volume rebates, allotted room, quotas, boxes and vehicles used again; and
units that part loads share.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from landbridge.domain.identity import HaulageId, PartyId, PlaceId, ServiceId, UnitTypeId
from landbridge.domain.record import Range, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockOffer(Record):
    """Whole departures that can be bought: block trains, part charters, extra calls: one row of `block_offers`."""

    offer_id: str
    name: str
    kind: str
    service_id: ServiceId | None = None
    haulage_ids: tuple[HaulageId, ...] = ()
    from_place_id: PlaceId
    to_place_id: PlaceId
    capacity_teu: int
    min_fill_teu: int = 0
    amount: Range[Decimal]
    currency: str
    lead_days: int = 0
    valid_from: date | None = None
    valid_to: date | None = None
    known_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeTier(Record):
    """Rebates for the volume of one payer or of payers together: one row of `volume_tiers`."""

    tier_id: str
    name: str
    service_id: ServiceId | None = None
    haulage_id: HaulageId | None = None
    operator_id: PartyId | None = None
    kind: str
    from_teu: int
    amount: Range[Decimal]
    currency: str
    valid_from: date | None = None
    valid_to: date | None = None
    known_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Allotment(Record):
    """Room on each departure that the payers of a book are allotted, and what more costs on the open market: one row of `allotments`."""

    allotment_id: str
    name: str
    service_id: ServiceId | None = None
    allotted_teu: int
    amount: Range[Decimal]
    currency: str
    valid_from: date | None = None
    valid_to: date | None = None
    known_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota(Record):
    """How many units may pass a place or a border in a period, and what more costs where more is to be had: one row of `quotas`."""

    quota_id: str
    name: str
    place_id: PlaceId | None = None
    border_id: str | None = None
    modes: tuple[str, ...] = ()
    per: str
    units: int
    amount: Range[Decimal] | None = None
    currency: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    known_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reuse(Record):
    """Empty boxes or vehicles that one shipment sets free in an area and another may use: one row of `reuses`."""

    reuse_id: str
    name: str
    kind: str
    place_ids: tuple[PlaceId, ...]
    unit_types: tuple[UnitTypeId, ...] = ()
    haulage_ids: tuple[HaulageId, ...] = ()
    turn_min: int = 0
    amount: Range[Decimal]
    per_day: Decimal
    currency: str
    valid_from: date | None = None
    valid_to: date | None = None
    known_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyMove(Record):
    """Empty boxes moved from one area of `reuses` to another, or hired one way between them: one row of `empty_moves`."""

    move_id: str
    name: str
    kind: str
    from_reuse_id: str
    to_reuse_id: str
    unit_types: tuple[UnitTypeId, ...] = ()
    move_days: int = 0
    amount: Range[Decimal]
    currency: str
    valid_from: date | None = None
    valid_to: date | None = None
    known_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyStock(Record):
    """Empty boxes that a payer of the book holds in an area of `reuses` before any shipment sets one free: one row of `empty_stocks`."""

    stock_id: str
    reuse_id: str
    unit_type_id: UnitTypeId
    units: int
    party_id: PartyId
    from_on: date
    known_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stuffing(Record):
    """A place at which part loads are put into units that they share, or taken out: one row of `stuffings`."""

    stuffing_id: str
    name: str
    place_id: PlaceId
    serves: tuple[PlaceId, ...] = ()
    unit_types: tuple[UnitTypeId, ...]
    work_days: int = 0
    amount: Range[Decimal]
    minimum: Decimal | None = None
    currency: str
    valid_from: date | None = None
    valid_to: date | None = None
    known_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Separation(Record):
    """Goods that may not share a unit: one row of `separations`."""

    separation_id: str
    name: str
    hs: str
    other_hs: str
