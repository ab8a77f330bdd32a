"""Money of a joint plan: an amount of a row in cents of the settlement currency, at the latest rate that was known."""

from __future__ import annotations

from decimal import Decimal

from landbridge.domain.book import BookPlan
from landbridge.domain.dataset import Dataset


def book_cents(dataset: Dataset, plan: BookPlan, amount: Decimal, currency: str) -> int:
    """An amount in cents of the currency of a plan."""
    if currency == plan.currency:
        return round(100 * amount)
    days = [row for row in dataset.exchange_rates if row.currency == currency and row.on <= plan.as_of]
    return round(100 * amount / max(days, key=lambda row: row.on).rate)
