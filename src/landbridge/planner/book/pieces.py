"""Pieces of a unit's price over the mass in it: straight lines, how far the price lies from them, and what more mass costs by row."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from landbridge.domain.plan import FREIGHT_KINDS, Itinerary
from landbridge.optimization.book_units import Part, UnitPart

_STRAIGHT_CENTS = 3.0
_ROUNDING_CENTS = 2.0
"""What rounding of items may add to the distance of a price from a straight line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Masses over which a unit's price is a straight line, but for ``slack_cents``: at the ends of it."""

    low_kg: int
    high_kg: int
    low: Itinerary
    high: Itinerary
    error_cents: float
    """How far the price in the middle lies from the straight line between the ends, with or without the freight of a leg."""

    @classmethod
    def between(cls, low_kg: int, high_kg: int, low: Itinerary, middle: Itinerary, high: Itinerary) -> Piece:
        """The piece with these prices at its ends and at the whole kilogram in its middle."""
        share = ((low_kg + high_kg) // 2 - low_kg) / max(1, high_kg - low_kg)
        rows = zip(_prices_of(low), _prices_of(middle), _prices_of(high), strict=True)
        error = max(abs(b - a - share * (c - a)) for a, b, c in rows)
        return cls(low_kg=low_kg, high_kg=high_kg, low=low, high=high, error_cents=error)

    @property
    def is_straight(self) -> bool:
        """Whether the price is a straight line but for trifles."""
        return self.error_cents <= _STRAIGHT_CENTS

    @property
    def slack_cents(self) -> float:
        """How far a price may lie from the straight line.

        With one bend (a least amount, a limit) the bend itself is at most twice as far from the line as the middle. Where it is not
        straight after all cuts, price and line both lie between the ends, since more mass costs no less.
        """
        spread = float(max(abs(b - a) for a, b in zip(_prices_of(self.low), _prices_of(self.high), strict=True)))
        if self.error_cents == 0 == spread:
            return 0.0
        return 2 * self.error_cents + _ROUNDING_CENTS + (0.0 if self.is_straight else spread)

    def parts_of(self, kg: int) -> tuple[UnitPart, ...]:
        """What so many kilograms more cost, by leg, kind and row of the feed; what fewer cost less with a minus."""
        if self.high_kg == self.low_kg:
            return ()
        sums: dict[tuple[int | None, str, str], list[int]] = {}
        for sign, itinerary in ((-1, self.low), (1, self.high)):
            for item in itinerary.items:
                row = sums.setdefault((item.leg, item.kind, item.row_id), [0, 0, 0])
                for place, cents in enumerate((item.cost_low_cents, item.cost_cents, item.cost_high_cents)):
                    row[place] += sign * cents
        share = kg / (self.high_kg - self.low_kg)
        return tuple(
            UnitPart(leg=leg, kind=kind, part=_scaled(row_id, row, share)) for (leg, kind, row_id), row in sums.items() if any(row)
        )

    def emission_of(self, kg: int) -> int:
        """Grams that so many kilograms more emit, rounded up."""
        if self.high_kg == self.low_kg:
            return 0
        return math.ceil((self.high.emission_g_co2e - self.low.emission_g_co2e) * kg / (self.high_kg - self.low_kg))


def _scaled(row_id: str, row: Sequence[int], share: float) -> Part:
    """A part of the cents of a row at its low, typical and high end; a difference of rounded amounts may stand a cent out of order."""
    return row_id, min(row[0], row[1]) * share, row[1] * share, max(row[1], row[2]) * share


def _prices_of(itinerary: Itinerary) -> tuple[int, ...]:
    """What is paid for a unit, and what is paid without the freight of each leg, of which a whole train might take the place."""
    freight = [0] * len(itinerary.legs)
    for item in itinerary.items:
        if item.leg is not None and item.kind in FREIGHT_KINDS:
            freight[item.leg] += item.cost_cents
    return (itinerary.cost_cents, *(itinerary.cost_cents - cents for cents in freight))
