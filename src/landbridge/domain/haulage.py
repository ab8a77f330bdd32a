"""Haulage on demand over links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from landbridge.domain.identity import BorderId, HaulageId, PartyId, PlaceId, UnitTypeId
from landbridge.domain.record import Range, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Record):
    """Roads, tracks and waterways between places, for haulage without a timetable: one row of `links`."""

    link_id: str
    mode: str
    from_place_id: PlaceId
    to_place_id: PlaceId
    two_way: bool = True
    distance_m: int
    country: str
    gauge_mm: int | None = None
    speed_m_per_h: int | None = None
    border_id: BorderId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Haulage(Record):
    """Haulage on demand: trucks, wagons, barges: one row of `haulage`."""

    haulage_id: HaulageId
    name: str
    operator_id: PartyId | None = None
    mode: str
    registration: str | None = None
    unit_types: tuple[UnitTypeId, ...]
    gauge_mm: int | None = None
    fixed: Range[Decimal] | None = None
    currency: str | None = None
    lead_min: int = 0
    drive_min: int | None = None
    rest_min: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    known_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HaulageRate(Record):
    """Price and speed of haulage by country; it may run where it has a rate: one row of `haulage_rates`.

    ``infrastructure_id`` is over whose tracks it goes there: whoever sells the train, that party takes part.
    """

    rate_id: str
    haulage_id: HaulageId
    country: str
    per_km: Range[Decimal]
    currency: str
    speed_m_per_h: int
    infrastructure_id: PartyId | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    known_from: date | None = None
