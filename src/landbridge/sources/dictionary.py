"""The field dictionary: ``tables.csv`` and ``fields.csv``, from which reader, checks, pages and ``datapackage.json`` are made."""

from __future__ import annotations

import csv
import dataclasses
import keyword
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from landbridge.domain.border import Border, Crossing
from landbridge.domain.emission import EmissionFactor
from landbridge.domain.event import Event, EventDay
from landbridge.domain.goods import Duty, Goods, GoodsMass, PayloadLimit, UnitType, UnitVolume
from landbridge.domain.haulage import Haulage, HaulageRate, Link
from landbridge.domain.offer import Allotment, BlockOffer, EmptyMove, EmptyStock, Quota, Reuse, Separation, Stuffing, VolumeTier
from landbridge.domain.party import Ownership, Party, Regime, WatchlistEntry
from landbridge.domain.place import Holiday, Hours, Passage, Place
from landbridge.domain.record import Record
from landbridge.domain.rule import Document, Rule
from landbridge.domain.service import Calendar, CalendarException, Service, ServiceStatus, Stop
from landbridge.domain.shipment import Shipment
from landbridge.domain.source import Source
from landbridge.domain.tariff import ExchangeRate, Surcharge, Tariff, ThroughLeg, ThroughRate
from landbridge.domain.terminal import BoxReturn, DetentionStep, Handling, StorageStep, Terminal
from landbridge.domain.trade import ClaimReading, ClaimTerm, TradeClaim, TradeMargin, TradeRecord

RECORD_BY_TABLE: dict[str, type[Record]] = {
    "sources": Source,
    "places": Place,
    "holidays": Holiday,
    "hours": Hours,
    "regimes": Regime,
    "parties": Party,
    "watchlist": WatchlistEntry,
    "ownership": Ownership,
    "unit_types": UnitType,
    "unit_volumes": UnitVolume,
    "payload_limits": PayloadLimit,
    "goods": Goods,
    "goods_masses": GoodsMass,
    "passages": Passage,
    "terminals": Terminal,
    "services": Service,
    "statuses": ServiceStatus,
    "stops": Stop,
    "calendars": Calendar,
    "calendar_exceptions": CalendarException,
    "borders": Border,
    "crossings": Crossing,
    "links": Link,
    "haulage": Haulage,
    "haulage_rates": HaulageRate,
    "tariffs": Tariff,
    "surcharges": Surcharge,
    "through_rates": ThroughRate,
    "through_legs": ThroughLeg,
    "handling": Handling,
    "storage": StorageStep,
    "detention": DetentionStep,
    "returns": BoxReturn,
    "documents": Document,
    "rules": Rule,
    "duties": Duty,
    "events": Event,
    "event_days": EventDay,
    "exchange_rates": ExchangeRate,
    "emission_factors": EmissionFactor,
    "block_offers": BlockOffer,
    "volume_tiers": VolumeTier,
    "allotments": Allotment,
    "quotas": Quota,
    "reuses": Reuse,
    "empty_moves": EmptyMove,
    "empty_stocks": EmptyStock,
    "stuffings": Stuffing,
    "separations": Separation,
    "shipments": Shipment,
    "trade_records": TradeRecord,
    "claims": TradeClaim,
    "claim_readings": ClaimReading,
    "claim_terms": ClaimTerm,
    "trade_margins": TradeMargin,
}

LIST_TYPES = {
    "refs": "ref",
    "strings": "string",
    "enums": "enum",
    "hss": "hs",
    "countries": "country",
    "integers": "integer",
    "dates": "date",
    "weekdays": "weekday",
}
"""Types whose cells hold several values joined by ``;``, and the type of one value."""

_SUFFIX_BY_UNIT = {"h": ("_h", "_min"), "km": ("_km", "_m"), "km/h": ("_kmh", "_m_per_h"), "g": ("", "_g"), "time": ("", "_min")}
_UNIT_ENDINGS = ("_h", "_kg", "_m3")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """One column of one table, as ``fields.csv`` describes it."""

    table: str
    field: str
    type: str
    unit: str
    is_required: bool
    default: str
    minimum: Decimal | None
    maximum: Decimal | None
    choices: tuple[str, ...]
    references: str
    description: str
    example: str

    @property
    def is_list(self) -> bool:
        return self.type in LIST_TYPES


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeSpec:
    """One attribute of a record, and the column or the three columns (low, typical, high) that it is read from."""

    name: str
    field: FieldSpec
    low: FieldSpec | None = None
    high: FieldSpec | None = None

    @property
    def is_range(self) -> bool:
        return self.low is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSpec:
    """One table: its columns, its key and the domain class of its rows."""

    table: str
    title: str
    key: tuple[str, ...]
    fields: tuple[FieldSpec, ...]
    attributes: tuple[AttributeSpec, ...]
    record: type[Record]

    @property
    def field_by_name(self) -> dict[str, FieldSpec]:
        return {field.field: field for field in self.fields}

    @property
    def names(self) -> frozenset[str]:
        """Names of the attributes."""
        return frozenset(attribute.name for attribute in self.attributes)


def name_attribute(field: FieldSpec) -> str:
    """Name the attribute of the domain class that a column (of a range: its typical one) is read into."""
    name = field.field
    if keyword.iskeyword(name):
        return f"{field.table.removesuffix('s')}_{name}"
    old, new = _SUFFIX_BY_UNIT.get("time" if field.type == "time" else field.unit, ("", ""))
    return name.removesuffix(old) + new if old else name + new


def name_end(field: str, end: str) -> str:
    """Name the column of the low or high end of a range: ``arrive_h`` and ``low`` make ``arrive_low_h``."""
    for ending in _UNIT_ENDINGS:
        if field.endswith(ending):
            return f"{field.removesuffix(ending)}_{end}{ending}"
    return f"{field}_{end}"


@cache
def get_tables() -> dict[str, TableSpec]:
    """Read the dictionary, once: every table by its name, in the order of ``tables.csv``."""
    fields: dict[str, list[FieldSpec]] = {}
    for row in _read_rows("fields.csv"):
        fields.setdefault(row["table"], []).append(_make_field(row))
    return {row["table"]: _make_table(row, tuple(fields[row["table"]])) for row in _read_rows("tables.csv")}


def find_default(record: type[Record], attribute: str) -> object:
    """Value of an attribute whose cell is empty and whose column has no default: the domain's own default, else None."""
    for field in dataclasses.fields(record):
        if field.name == attribute and field.default is not dataclasses.MISSING:
            return field.default
    return None


def _read_rows(name: str) -> list[dict[str, str]]:
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _make_field(row: dict[str, str]) -> FieldSpec:
    return FieldSpec(
        table=row["table"],
        field=row["field"],
        type=row["type"],
        unit=row["unit"],
        is_required=row["required"] == "yes",
        default=row["default"],
        minimum=Decimal(row["minimum"]) if row["minimum"] else None,
        maximum=Decimal(row["maximum"]) if row["maximum"] else None,
        choices=tuple(row["choices"].split("|")) if row["choices"] else (),
        references=row["references"],
        description=row["description"],
        example=row["example"],
    )


def _make_table(row: dict[str, str], fields: tuple[FieldSpec, ...]) -> TableSpec:
    return TableSpec(
        table=row["table"],
        title=row["title"],
        key=tuple(row["key"].split(",")),
        fields=fields,
        attributes=_make_attributes(fields),
        record=RECORD_BY_TABLE[row["table"]],
    )


def _make_attributes(fields: tuple[FieldSpec, ...]) -> tuple[AttributeSpec, ...]:
    by_name = {field.field: field for field in fields}
    ends = {end for name in by_name for end in (name_end(name, "low"), name_end(name, "high")) if end in by_name}
    return tuple(
        AttributeSpec(
            name=name_attribute(field),
            field=field,
            low=by_name.get(name_end(field.field, "low")),
            high=by_name.get(name_end(field.field, "high")),
        )
        for field in fields
        if field.field not in ends
    )
