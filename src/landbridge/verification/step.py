"""Steps: the legs of an itinerary as the walk found them, with the stay before each, and the way as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from landbridge.domain.plan import Leg
from landbridge.domain.tariff import ThroughRate
from landbridge.verification.dispatch import Dispatch
from landbridge.verification.facts import Facts
from landbridge.verification.law import Hit
from landbridge.verification.matter import Matter, Part
from landbridge.verification.run import HopRows, Run, Trip
from landbridge.verification.scheduled import Scheduled
from landbridge.verification.stay import Stay


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Legs that are sold together under one through rate: from ``first`` to before ``end``."""

    rate: ThroughRate
    first: int
    end: int

    def has(self, index: int) -> bool:
        """Tell whether a leg is one of them."""
        return self.first <= index < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One leg as walked.

    Attributes
    ----------
    leg
        As stated.
    day
        Date on which its rows and rules apply.
    stay
        The stay at its start.
    arrives_at
        As recomputed from the departure stated; None where the way is shut.
    dispatch, trip
        For a run: when it had to leave, and how it went from the departure stated.
    papers_by_hop
        For a run: the documents that each link needs.
    matters, hits
        The leg, its crossings and the transfer before it, and the rules that meet them.
    """

    index: int
    leg: Leg
    part: Part
    day: date
    stay: Stay
    arrives_at: datetime | None
    dispatch: Dispatch | None = None
    trip: Trip | None = None
    papers_by_hop: tuple[frozenset[str], ...] = ()
    matters: tuple[Matter, ...]
    hits: tuple[Hit, ...]

    def needed_at(self, document_id: str) -> datetime:
        """Give when a run needs a document: as it enters the first link that asks for it."""
        if self.trip is None:
            return self.leg.departs_at
        found = (at for at, ids in zip(self.trip.entered_at, self.papers_by_hop, strict=True) if document_id in ids)
        return next(found, self.leg.departs_at)

    @property
    def rows(self) -> tuple[HopRows, ...]:
        return self.dispatch.rows if self.dispatch is not None else ()

    @property
    def mode(self) -> str:
        return mode_of(self.part)

    @property
    def facts(self) -> tuple[Facts, ...]:
        """What the leg touches: of a run, link by link."""
        return tuple(hop.facts for hop in self.part.hops) if isinstance(self.part, Run) else (self.part.facts,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """An itinerary as walked: its steps, the stay at the destination, and its through rates."""

    steps: tuple[Step, ...]
    delivery: Stay
    delivery_matters: tuple[Matter, ...]
    shipment: Matter
    shipment_hits: tuple[Hit, ...]
    bundles: tuple[Bundle, ...] = ()

    @property
    def arrives_at(self) -> datetime | None:
        return self.delivery.handled_at

    @property
    def hits(self) -> tuple[Hit, ...]:
        return self.shipment_hits + tuple(hit for step in self.steps for hit in step.hits)

    @property
    def matters(self) -> tuple[Matter, ...]:
        return (self.shipment, *(matter for step in self.steps for matter in step.matters), *self.delivery_matters)

    def find_bundle(self, index: int) -> Bundle | None:
        """Find the through rate that a leg is sold under."""
        return next((bundle for bundle in self.bundles if bundle.has(index)), None)


def mode_of(part: Part) -> str:
    """Give the mode of a leg."""
    return part.service.mode if isinstance(part, Scheduled) else part.haulage.mode


def operator_of(part: Part) -> str | None:
    """Give the operator of a leg; None for the open market."""
    return part.service.operator_id if isinstance(part, Scheduled) else part.haulage.operator_id
