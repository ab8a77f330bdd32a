"""Shipments of a book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from landbridge.domain.identity import PartyId, PlaceId, UnitTypeId
from landbridge.domain.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipment(Record):
    """The book: shipments that are to be carried: one row of `shipments`."""

    shipment_id: str
    contract: str | None = None
    shipper_id: PartyId
    consignee_id: PartyId
    from_place_id: PlaceId
    to_place_id: PlaceId
    unit_type_id: UnitTypeId
    units: int
    hs: str
    mass_kg: int | None = None
    value: Decimal | None = None
    currency: str | None = None
    incoterm: str | None = None
    ready_on: date
    due_on: date | None = None
    late_per_day: Decimal | None = None
    max_late_days: int | None = None
    today_via: tuple[str, ...] = ()

    @property
    def last_on(self) -> date | None:
        """The last day on which it may arrive: the due date, or where a day late has a price, as long after it as is told; None: any."""
        if self.due_on is None or self.late_per_day is None:
            return self.due_on
        return None if self.max_late_days is None else self.due_on + timedelta(days=self.max_late_days)
