"""Part loads in units that they share: what stuffing costs each, and how candidates of riders find the ways that they ride in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import combinations

from landbridge.domain.dataset import Dataset
from landbridge.domain.offer import Stuffing
from landbridge.domain.plan import FREIGHT_KINDS
from landbridge.domain.shipment import Shipment
from landbridge.optimization.book_problem import Holds
from landbridge.terms.stowage import why_apart

Part = tuple[str, float, float, float]
"""A row of the feed, and the cents that are paid by it where the row is at its low, typical and high end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPart:
    """What a unit costs more or less by the mass in it, by one row; ``leg`` and ``kind`` as in ``Item``."""

    leg: int | None
    kind: str
    part: Part

    def is_replaced(self, train_leg: int | None) -> bool:
        """Whether a train that the unit goes by on a leg takes its place."""
        return train_leg is not None and self.leg == train_leg and self.kind in FREIGHT_KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Stowed:
    """How a part load goes in a unit that it may share.

    Attributes
    ----------
    unit_key
        Names the unit: what its leader and all that may ride in it have in common.
    lead_id
        The shipment that leads the unit and pays for it.
    from_row, to_row
        Where it is put in and taken out.
    delivered_at
        When the part load is handed over after that.
    holds
        For the leader: what the unit holds.
    parts, emission_g
        Beside the itinerary: what the unit costs and emits more by the mass of a rider; for a leader what it costs less where its
        itinerary is for more mass than its own.
    """

    unit_key: str
    lead_id: str
    from_row: Stuffing
    to_row: Stuffing
    delivered_at: datetime
    holds: Holds | None = None
    parts: tuple[UnitPart, ...] = ()
    emission_g: int = 0


def volume_of(shipment: Shipment) -> int:
    """Litres of a part load, rounded up."""
    return -int(-(1000 * (shipment.volume_m3 or Decimal(0))) // 1)


def stuffing_parts(
    rows: Sequence[Stuffing], shipment: Shipment, cents: Callable[[Decimal, str], int]
) -> tuple[tuple[str, int, int, int], ...]:
    """What putting a part load in and taking it out cost: by the tonne or the cubic metre, whichever there are more of."""
    quantity = max(Decimal(shipment.mass_kg or 0) / 1000, shipment.volume_m3 or Decimal(0))

    def priced(row: Stuffing, amount: Decimal) -> int:
        return cents(max(amount * quantity, row.minimum or Decimal(0)), row.currency)

    return tuple(
        (row.stuffing_id, priced(row, row.amount.low), priced(row, row.amount.typical), priced(row, row.amount.high)) for row in rows
    )


def pairs_apart(dataset: Dataset, shipments: Sequence[Shipment]) -> frozenset[tuple[int, int]]:
    """Numbers of part loads that may not share a unit."""
    numbers = [number for number, row in enumerate(shipments) if row.is_part_load]
    return frozenset((a, b) for a, b in combinations(numbers, 2) if why_apart(dataset, shipments[a], shipments[b]) is not None)
