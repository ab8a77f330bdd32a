"""Dated events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from landbridge.domain.identity import BorderId, HaulageId, PartyId, PassageId, PlaceId, ServiceId
from landbridge.domain.record import Range, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    """Closures, delays and price changes with dates: one row of `events`."""

    event_id: str
    title: str
    kind: str
    place_id: PlaceId | None = None
    border_id: BorderId | None = None
    passage_id: PassageId | None = None
    service_id: ServiceId | None = None
    haulage_id: HaulageId | None = None
    operator_id: PartyId | None = None
    country: str | None = None
    modes: tuple[str, ...] = ()
    from_country: str | None = None
    origin_countries: tuple[str, ...] = ()
    destination_countries: tuple[str, ...] = ()
    valid_from: date
    valid_to: date | None = None
    known_from: date | None = None
    delay_min: Range[int] | None = None
    factor: Range[Decimal] | None = None
