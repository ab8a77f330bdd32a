"""What reaches a saving: the saving by volume, the sets of levers and the price that reach it, and the most that can be reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from landbridge.domain.book import Proven, Spread


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumePoint:
    """The book ``copies`` times over: that many companies for each of the book, with ready dates of their own.

    ``value_cents`` of the goods. ``ceiling_percent``: the saving that no plan of any volume exceeds at these prices,
    with every train full, every rebate reached and every box and vehicle used again.
    """

    copies: int
    shipment_units: int
    payer_units: int
    used_teu: float
    value_cents: int
    alone: Proven
    together: Proven
    spread: Spread | None
    ceiling_percent: float

    @property
    def low_percent(self) -> float:
        """Proven: 1 - plan together / bound alone."""
        return 100 * self.together.saved_of(self.alone)[0]

    @property
    def high_percent(self) -> float:
        """Proven: 1 - bound together / plan alone."""
        return 100 * self.together.saved_of(self.alone)[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeverSet:
    """The saving at the largest volume with just these levers, for each alone as for all together, proven low and high."""

    levers: tuple[str, ...]
    low_percent: float
    high_percent: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PricePoint:
    """The saving at the largest volume if whole trains cost ``factor`` times what the feed says, for everybody."""

    factor: float
    low_percent: float
    high_percent: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """The answer for one target."""

    dataset_name: str
    dataset_digest: str
    as_of: date
    currency: str
    target_percent: float
    points: tuple[VolumePoint, ...]
    lever_sets: tuple[LeverSet, ...]
    prices: tuple[PricePoint, ...]
    trade_cents: int | None
    """Value of the whole trade in ``trade_days``, by the latest figures that one country gave for both directions."""
    trade_days: int
    trade_source: str
    notes: tuple[str, ...] = ()
    ceiling: Spread | None = None
    """Of what no volume saves more than, over draws of the uncertain figures, at the smallest volume."""

    all_ways_percent: float | None = None
    """No ways of the feed save more at any volume, at typical prices; None where that was not worked out."""

    @property
    def cheap_enough(self) -> PricePoint | None:
        """The highest price of whole trains that was found to reach the target."""
        return next((one for one in self.prices if one.low_percent >= self.target_percent), None)

    @property
    def reached(self) -> VolumePoint | None:
        """The first volume whose proven low end reaches the target."""
        return next((one for one in self.points if one.low_percent >= self.target_percent), None)
