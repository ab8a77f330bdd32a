"""Scheduled services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from landbridge.domain.identity import HaulageId, PartyId, PassageId, PlaceId, ServiceId, TerminalId, UnitTypeId
from landbridge.domain.record import Range, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(Record):
    """Scheduled services: one row of `services`."""

    service_id: ServiceId
    name: str
    operator_id: PartyId
    mode: str
    unit_types: tuple[UnitTypeId, ...]
    gauge_mm: int | None = None
    vessel_id: PartyId | None = None
    flag: str | None = None
    capacity_teu: int | None = None
    includes: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    known_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceStatus(Record):
    """What is known of whether a service or haulage runs, with dates and evidence: one row of `statuses`."""

    status_id: str
    service_id: ServiceId | None = None
    haulage_id: HaulageId | None = None
    status: str
    valid_from: date | None = None
    valid_to: date | None = None
    evidence_on: date | None = None
    known_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop(Record):
    """Stops of scheduled services, in order: one row of `stops`."""

    service_id: ServiceId
    seq: int
    place_id: PlaceId
    terminal_id: TerminalId | None = None
    arrive_min: Range[int]
    depart_min: int
    gate_cutoff_min: int = 0
    document_cutoff_min: int = 0
    distance_m: int
    passages: tuple[PassageId, ...] = ()
    via: tuple[PlaceId, ...] = ()
    board: bool = True
    alight: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar(Record):
    """When scheduled services depart from their first stop: one row of `calendars`."""

    calendar_id: str
    service_id: ServiceId
    kind: str
    weekdays: tuple[int, ...] = ()
    every_days: int | None = None
    anchor_on: date | None = None
    month_days: tuple[int, ...] = ()
    dates: tuple[date, ...] = ()
    departs_min: int
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarException(Record):
    """Departures added or taken away: one row of `calendar_exceptions`."""

    service_id: ServiceId
    on: date
    exception: str
