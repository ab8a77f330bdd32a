"""Shipments that stand for the part of a yearly flow that no known shipment stands for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from landbridge.domain.shipment import Shipment


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowGoods:
    """One kind of goods in a flow: share of the value, boxes made of it, and what a box is worth, low, typical and high."""

    hs: str
    unit_type_id: str
    share_percent: Decimal
    units: int
    per_unit_cents: int
    per_unit_low_cents: int
    per_unit_high_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowBook:
    """One direction: the flow of a year at a ``point`` of its interval, what known shipments are of it, and shipments for the rest."""

    exporter: str
    importer: str
    from_on: date
    to_on: date
    point: str
    value_cents: int
    known_cents: int
    rest_cents: int
    is_seasonal: bool
    goods: tuple[FlowGoods, ...]
    shipments: tuple[Shipment, ...]
    companies: tuple[str, ...]
