"""Prices and exchange rates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from landbridge.domain.identity import HaulageId, PartyId, PassageId, PlaceId, ServiceId, TariffId, ThroughId, UnitTypeId
from landbridge.domain.record import Range, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff(Record):
    """Prices of scheduled legs, and lane prices of haulage: one row of `tariffs`."""

    tariff_id: TariffId
    service_id: ServiceId | None = None
    haulage_id: HaulageId | None = None
    operator_id: PartyId | None = None
    from_place_id: PlaceId
    to_place_id: PlaceId
    unit_type_id: UnitTypeId | None = None
    hs: str | None = None
    mass_from_kg: int | None = None
    mass_to_kg: int | None = None
    amount: Range[Decimal] | None = None
    currency: str | None = None
    per: str = "unit"
    minimum: Decimal | None = None
    includes: tuple[str, ...] = ()
    basis_tariff_id: TariffId | None = None
    factor: Range[Decimal] | None = None
    estimate: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    known_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Surcharge(Record):
    """Additions to the freight: one row of `surcharges`."""

    surcharge_id: str
    name: str
    kind: str
    service_id: ServiceId | None = None
    haulage_id: HaulageId | None = None
    operator_id: PartyId | None = None
    mode: str | None = None
    place_id: PlaceId | None = None
    at: str = "either"
    passage_id: PassageId | None = None
    country: str | None = None
    unit_type_id: UnitTypeId | None = None
    hs: str | None = None
    amount: Range[Decimal]
    currency: str | None = None
    per: str
    season_from: tuple[int, int] | None = None
    season_to: tuple[int, int] | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    known_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThroughRate(Record):
    """One price for several legs, all or nothing: one row of `through_rates`."""

    through_id: ThroughId
    name: str
    operator_id: PartyId | None = None
    unit_type_id: UnitTypeId | None = None
    hs: str | None = None
    amount: Range[Decimal]
    currency: str
    per: str = "unit"
    includes: tuple[str, ...] = ()
    estimate: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    known_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThroughLeg(Record):
    """Legs of a through rate, in order: one row of `through_legs`."""

    through_id: ThroughId
    seq: int
    service_id: ServiceId | None = None
    haulage_id: HaulageId | None = None
    from_place_id: PlaceId
    to_place_id: PlaceId


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeRate(Record):
    """Units of a currency for one unit of the settlement currency, by date: one row of `exchange_rates`."""

    currency: str
    on: date
    rate: Decimal
