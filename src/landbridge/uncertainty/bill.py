"""Prices as draws: every item between its low and high, items of one kind and currencies together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from landbridge.domain.dataset import Dataset
from landbridge.domain.plan import Itinerary
from landbridge.domain.simulation import PRICE_CAUSE

if TYPE_CHECKING:
    from landbridge.uncertainty.spread import Draws

METERED = frozenset({"storage", "detention"})
"""Kinds of items that depend on how long the goods wait: worked out anew in every run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """Items of one cause together: cents low, typical, high, and the currency whose rate moves them; None: the settlement currency."""

    cause: str
    low_cents: float
    typical_cents: float
    high_cents: float
    currency: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RateRisk:
    """How much a currency moves in a year, on the log scale, from the feed's own rates."""

    currency: str
    yearly_sd: float


def list_prices(itinerary: Itinerary, settlement: str) -> tuple[Price, ...]:
    """Items that do not depend on waiting, summed by kind, name and currency."""
    sums: dict[tuple[str, str | None], list[float]] = {}
    for item in itinerary.items:  # duties are among them for a landed cost, and nothing otherwise
        if item.kind in METERED:
            continue
        currency = None if item.currency == settlement else item.currency
        total = sums.setdefault((f"{PRICE_CAUSE}{item.kind}: {item.name}", currency), [0.0, 0.0, 0.0])
        low, high = sorted((item.cost_low_cents, item.cost_high_cents))
        for place, cents in enumerate((min(low, item.cost_cents), item.cost_cents, max(high, item.cost_cents))):
            total[place] += cents
    return tuple(
        Price(cause=cause, low_cents=low, typical_cents=typical, high_cents=high, currency=currency)
        for (cause, currency), (low, typical, high) in sums.items()
    )


def list_rate_risks(dataset: Dataset, currencies: Sequence[str]) -> tuple[RateRisk, ...]:
    """Yearly spread of each currency from the changes between its rates in the feed; with fewer than three rates it is taken as fixed."""
    found = []
    for currency in sorted(set(currencies)):
        rates = sorted((row.on, float(row.rate)) for row in dataset.exchange_rates if row.currency == currency)
        changes = [math.log(after / before) / math.sqrt((later - day).days / 365.25) for (day, before), (later, after) in pairwise(rates)]
        if len(changes) >= 2:
            found.append(RateRisk(currency=currency, yearly_sd=math.sqrt(sum(change * change for change in changes) / len(changes))))
    return tuple(found)


def list_price_risks(dataset: Dataset, prices: Sequence[Price]) -> tuple[RateRisk, ...]:
    """The currencies that some prices move with."""
    return list_rate_risks(dataset, [price.currency for price in prices if price.currency is not None])


def draw_normal_mix(shared: Draws, cause: Draws, own: Draws, shares: tuple[float, float]) -> Draws:
    """Mix what is shared, what a cause has in common and what is its own into standard normal draws."""
    first, second = shares
    return math.sqrt(first) * shared + math.sqrt(second) * cause + math.sqrt(1 - first - second) * own
