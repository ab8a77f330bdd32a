"""Scenarios beside each other: one joint plan for each, over the shipments that all of them carry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from landbridge.domain.book import BookPlan, BookShipment


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One scenario, or the feed as it is (``scenario`` is ``base``).

    ``plan`` is over the shipments that every case carries; ``reasons`` name those that this case does not carry, and why.
    """

    scenario: str
    title: str
    dated_on: date
    source: str
    is_policy: bool
    plan: BookPlan
    reasons: tuple[tuple[str, str], ...] = ()

    @property
    def emission_g_co2e(self) -> int:
        return sum(row.itinerary.emission_g_co2e for row in self.plan.shipments if row.itinerary)

    @property
    def transit_days(self) -> float:
        """Mean days from departure until the goods are handed over, each shipment counting once."""
        ends = [(row.itinerary.departs_at, row.arrives_at) for row in self.plan.shipments if row.itinerary]
        days = [(arrives - departs).total_seconds() / 86_400 for departs, arrives in ends if arrives is not None]
        return sum(days) / len(days) if days else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All cases; the first is the one that the others are compared with."""

    cases: tuple[Case, ...]
    left_out: tuple[str, ...] = ()
    """Shipments that some case cannot carry, and that no plan here therefore holds."""
    is_waiting: bool = True
    """Whether shipments may be held to travel with others; not where time was too short to look at all later starts in every case."""

    def list_changed(self, case: Case) -> tuple[tuple[BookShipment, BookShipment], ...]:
        """The shipments that go by other services, another train or on another day than in the first case: before and after."""
        before = {row.shipment_id: row for row in self.cases[0].plan.shipments}
        pairs = ((before[row.shipment_id], row) for row in case.plan.shipments if row.shipment_id in before)
        return tuple((old, new) for old, new in pairs if _way_of(old) != _way_of(new))

    def difference_cents(self, case: Case) -> tuple[int, int, int]:
        """How much more the joint plan costs than in the first case: of the plans, and low and high from plans and bounds."""
        first, other = self.cases[0].plan.together, case.plan.together
        return (
            other.cost_cents - first.cost_cents,
            other.bound_cents - first.cost_cents,
            other.cost_cents - first.bound_cents,
        )


def _way_of(row: BookShipment) -> tuple[object, ...]:
    """By what a shipment goes and when."""
    legs = () if row.itinerary is None else tuple((leg.service_id, leg.departure_on) for leg in row.itinerary.legs)
    return row.train_id, row.lead_id, legs
