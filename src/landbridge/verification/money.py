"""Money: amounts of a row made into cents of the settlement currency, low, typical and high."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from landbridge.domain.record import Range


@dataclass(frozen=True, slots=True, kw_only=True)
class Cents:
    """One amount in cents: typical, with its low and high end."""

    cost: int = 0
    low: int = 0
    high: int = 0

    def __add__(self, other: Cents) -> Cents:
        return Cents(cost=self.cost + other.cost, low=self.low + other.low, high=self.high + other.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """An item as the walk expects it; ``leg`` as in ``Item``."""

    kind: str
    row_id: str
    leg: int | None
    cents: Cents


def round_half_up(value: Fraction) -> int:
    """Round to the nearest whole number, a tie away from zero."""
    size = (2 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
    return size if value >= 0 else -size


def cents_of(amount: Range[Decimal], quantity: Fraction, rate: Fraction, minimum: Decimal | None = None) -> Cents:
    """Make a row's amount into cents.

    Parameters
    ----------
    amount
        Range in the row's currency, for one of the basis.
    quantity
        How many of the basis.
    rate
        Units of the row's currency for one of the settlement currency.
    minimum
        Least of amount times quantity, in the row's currency.
    """
    least = Fraction(minimum) if minimum is not None else None

    def convert(value: Decimal) -> int:
        total = Fraction(value) * quantity
        return round_half_up((total if least is None else max(total, least)) / rate * 100)

    return Cents(cost=convert(amount.typical), low=convert(amount.low), high=convert(amount.high))


def share_of(base: Cents, factor: Range[Decimal], *, less: int = 0, per: int = 1) -> Cents:
    """Multiply low, typical and high of an amount by (factor - less) / per of the same end."""

    def part(cents: int, value: Decimal) -> int:
        return round_half_up(cents * (Fraction(value) - less) / per)

    return Cents(cost=part(base.cost, factor.typical), low=part(base.low, factor.low), high=part(base.high, factor.high))


def sum_cents(charges: Iterable[Charge]) -> Cents:
    """Add charges up."""
    total = Cents()
    for charge in charges:
        total = total + charge.cents
    return total
