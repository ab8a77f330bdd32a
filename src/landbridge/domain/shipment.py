"""Shipments of a book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from landbridge.domain.identity import PartyId, PlaceId, UnitTypeId
from landbridge.domain.record import Record

HOLD_DAYS = 14
"""So many days a shipment may be held to travel with others if it does not tell how many (assumed)."""


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
    volume_m3: Decimal | None = None
    temperature_c: int | None = None
    value: Decimal | None = None
    currency: str | None = None
    incoterm: str | None = None
    ready_on: date
    due_on: date | None = None
    late_per_day: Decimal | None = None
    max_late_days: int | None = None
    max_hold_days: int | None = None
    today_via: tuple[str, ...] = ()

    @property
    def hold_days(self) -> int:
        """Days after the ready date for which it may be held at most to travel with others."""
        return HOLD_DAYS if self.max_hold_days is None else self.max_hold_days

    @property
    def is_part_load(self) -> bool:
        """Whether it is told to be less than a unit, so that it may share one."""
        return self.units == 1 and self.mass_kg is not None and self.volume_m3 is not None

    @property
    def last_on(self) -> date | None:
        """The last day on which it may arrive: the due date, or where a day late has a price, as long after it as is told; None: any."""
        if self.due_on is None or self.late_per_day is None:
            return self.due_on
        return None if self.max_late_days is None else self.due_on + timedelta(days=self.max_late_days)
