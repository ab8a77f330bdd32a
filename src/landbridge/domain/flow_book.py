"""Shipments that stand for the part of a yearly flow that no known shipment stands for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from landbridge.domain.book import Proven
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


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnFlow:
    """One direction in one draw: the flow of the year, and the boxes made of what known shipments leave of it."""

    exporter: str
    importer: str
    value_cents: int
    box_units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnBook:
    """The whole trade booked in one draw: costs at typical prices, and the saving at prices that were drawn too."""

    draw_id: str
    flows: tuple[DrawnFlow, ...]
    shipment_units: int
    payer_units: int
    left_out_units: int
    alone: Proven
    together: Proven
    drawn_percent: float

    @property
    def low_percent(self) -> float:
        """What is saved at least, over the candidate ways."""
        return 100 * self.together.saved_of(self.alone)[0]

    @property
    def high_percent(self) -> float:
        """What is saved at most, over the candidate ways."""
        return 100 * self.together.saved_of(self.alone)[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeTrade:
    """Books of the whole trade of a year: draws of both flows, of what a tonne is worth and of all prices, each with the same chance."""

    dataset_name: str
    dataset_digest: str
    as_of: date
    currency: str
    from_on: date
    to_on: date
    target_percent: float
    books: tuple[DrawnBook, ...]
    seed: int

    @property
    def saving_percent(self) -> tuple[float, float, float]:
        """Points of 10, 50 and 90 % of the saving over all draws."""
        ordered = sorted(one.drawn_percent for one in self.books)
        return _point(ordered, 0.1), _point(ordered, 0.5), _point(ordered, 0.9)

    @property
    def reached_units(self) -> int:
        """Draws in which the saving reaches the target."""
        return sum(one.drawn_percent >= self.target_percent for one in self.books)


def _point(ordered: list[float], level: float) -> float:
    place = level * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])
