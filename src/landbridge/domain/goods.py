"""Load units, goods and the duties on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from landbridge.domain.identity import UnitTypeId
from landbridge.domain.record import Range, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitType(Record):
    """Load units: one row of `unit_types`."""

    unit_type_id: UnitTypeId
    iso_6346: str
    name: str
    teu: Decimal
    tare_kg: int
    max_payload_kg: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitVolume(Record):
    """Volume of goods that a load unit holds: one row of `unit_volumes`."""

    unit_type_id: UnitTypeId
    volume_m3: Range[Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class PayloadLimit(Record):
    """Payload and axle limits by country and mode: one row of `payload_limits`."""

    limit_id: str
    country: str
    mode: str
    unit_type_id: UnitTypeId | None = None
    max_payload_kg: int
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods(Record):
    """Goods by HS prefix: one row of `goods`."""

    hs: str
    name: str
    value_per_t: Range[Decimal] | None = None
    dangerous_class: str | None = None
    temperature_controlled: bool = False
    dual_use: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsMass(Record):
    """Typical cargo mass of one unit of these goods: one row of `goods_masses`."""

    hs: str
    unit_type_id: UnitTypeId
    mass_kg: Range[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty(Record):
    """Duties and taxes on import: one row of `duties`."""

    duty_id: str
    hs: str
    destination: tuple[str, ...]
    origin_countries: tuple[str, ...] = ()
    kind: str
    percent: Range[Decimal]
    base: str
    valid_from: date | None = None
    valid_to: date | None = None
    known_from: date | None = None
