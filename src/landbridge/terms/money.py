"""Items: amounts of rows turned into cents of the settlement currency."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from landbridge.domain.dataset import Dataset
from landbridge.domain.plan import Item
from landbridge.domain.record import Range, Record

_HUNDRED = Decimal(100)


def round_half_up(value: Decimal) -> int:
    """The nearest integer; halves go away from zero."""
    return int(value.to_integral_value(ROUND_HALF_UP))


class Market:
    """Exchange rates as known on a day, and the making of items."""

    def __init__(self, dataset: Dataset, as_of: date) -> None:
        self.settlement_currency = dataset.info.settlement_currency
        self._grades = {source.source_id: source.grade for source in dataset.sources}
        latest: dict[str, tuple[date, Decimal]] = {}
        for row in dataset.exchange_rates:
            if row.on <= as_of and (row.currency not in latest or latest[row.currency][0] < row.on):
                latest[row.currency] = (row.on, row.rate)
        self._rates = {currency: rate for currency, (_, rate) in latest.items()}
        self._rates[self.settlement_currency] = Decimal(1)

    def has_rate(self, currency: str | None) -> bool:
        return (currency or self.settlement_currency) in self._rates

    def rate(self, currency: str | None) -> Decimal:
        """Units of a currency for one unit of the settlement currency."""
        return self._rates[currency or self.settlement_currency]

    def cents(self, amount: Decimal, currency: str | None, quantity: Decimal, minimum: Decimal | None = None) -> int:
        """``round_half_up(amount * quantity / rate * 100)``, at least ``minimum``."""
        value = amount * quantity
        if minimum is not None and minimum > value:
            value = minimum
        return round_half_up(value / self._rates[currency or self.settlement_currency] * _HUNDRED)

    def item(
        self,
        *,
        kind: str,
        name: str,
        row: Record,
        row_id: str,
        amount: Range[Decimal],
        currency: str | None,
        per: str,
        quantity: Decimal | int,
        minimum: Decimal | None = None,
        carried_from: str | None = None,
    ) -> Item:
        """Make the item of one row: ``round_half_up(amount * quantity / rate * 100)`` cents, at least ``minimum``."""
        unit = currency or self.settlement_currency
        rate, count = self._rates[unit], Decimal(quantity)
        typical = self.cents(amount.typical, unit, count, minimum)
        low = typical if amount.low == amount.typical else self.cents(amount.low, unit, count, minimum)
        high = typical if amount.high == amount.typical else self.cents(amount.high, unit, count, minimum)
        return Item(
            kind=kind,
            name=name,
            cost_cents=typical,
            cost_low_cents=low,
            cost_high_cents=high,
            amount=amount.typical,
            currency=unit,
            rate=rate,
            quantity=count,
            per=per,
            row_id=row_id,
            row=row.row,
            source_id=row.source_id,
            grade=self._grades[row.source_id],
            carried_from=carried_from,
        )

    def share_item(
        self, *, kind: str, name: str, row: Record, row_id: str, percent: Range[Decimal], base: tuple[int, int, int], per: str = "percent"
    ) -> Item:
        """Make an item that is a percentage of other cents, low of low, high of high."""
        low, typical, high = (
            round_half_up(cents * share / _HUNDRED) for cents, share in zip(base, (percent.low, percent.typical, percent.high), strict=True)
        )
        return Item(
            kind=kind,
            name=name,
            cost_cents=typical,
            cost_low_cents=low,
            cost_high_cents=high,
            amount=percent.typical,
            currency=self.settlement_currency,
            rate=Decimal(1),
            quantity=Decimal(base[1]) / _HUNDRED,
            per=per,
            row_id=row_id,
            row=row.row,
            source_id=row.source_id,
            grade=self._grades[row.source_id],
        )


def total_of(items: Iterable[Item]) -> tuple[int, int, int]:
    """Low, typical and high cents of items together."""
    low = typical = high = 0
    for item in items:
        low += item.cost_low_cents
        typical += item.cost_cents
        high += item.cost_high_cents
    return low, typical, high
