"""Shipments that stand for the part of a yearly flow that no known shipment stands for."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from landbridge.domain.book import Proven
from landbridge.domain.shipment import Shipment

ENOUGH_DRAWS = 20
"""Fewer draws say nothing of chances: one in five lies outside of eight in ten."""


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
    drawn_percent: float | None
    """None where no plan at drawn prices was found in time."""

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
    def drawn_percents(self) -> tuple[float, ...]:
        """The savings that are known, the least first."""
        return tuple(sorted(one.drawn_percent for one in self.books if one.drawn_percent is not None))

    @property
    def middle_percent(self) -> float | None:
        """The saving that half of the draws do not exceed; None if none is known."""
        return quantile_of(self.drawn_percents, 0.5) if self.drawn_percents else None

    @property
    def spread_percent(self) -> tuple[float, float] | None:
        """Least and most of a few draws; of ``ENOUGH_DRAWS`` or more the points between which eight of ten of any draws lie."""
        known = self.drawn_percents
        if not known:
            return None
        if len(known) < ENOUGH_DRAWS:
            return known[0], known[-1]
        return _beyond(known, 0.1), _beyond(known, 0.9)

    @property
    def reached_units(self) -> int:
        """Draws in which the saving is known to reach the target."""
        return sum(one >= self.target_percent for one in self.drawn_percents)


def quantile_of(ordered: Sequence[float], level: float) -> float:
    """The point of a sample, the least first, between its two nearest values."""
    place = level * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def _beyond(ordered: Sequence[float], level: float) -> float:
    """The point of what was drawn from, at rank level (n + 1): one draw more lies below it with just this chance."""
    place = level * (len(ordered) + 1) - 1
    return quantile_of(ordered, min(1.0, max(0.0, place / (len(ordered) - 1))))
