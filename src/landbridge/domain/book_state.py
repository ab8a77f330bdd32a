"""What a run of a book leaves for the next one: ways that were found, and the joint plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from landbridge.domain.plan import Itinerary, Rejected
from landbridge.domain.query import Query


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSearch:
    """What routing found for one question; ``gate`` is the digest of the designations that stood before it."""

    query: Query
    gate: str
    itineraries: tuple[Itinerary, ...] = ()
    rejected: tuple[Rejected, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptWay:
    """How one shipment went in the joint plan."""

    shipment_id: str
    starts_on: date
    itinerary: Itinerary
    train_id: str | None = None
    train_leg: int | None = None
    lead_id: str | None = None
    stuffing_ids: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[object, ...]:
        """The same for the same legs at the same times by the same train."""
        legs = tuple((leg.service_id, leg.from_id, leg.to_id, leg.departs_at) for leg in self.itinerary.legs)
        return legs, self.train_id, self.lead_id


@dataclass(frozen=True, slots=True, kw_only=True)
class BookState:
    """The state of one run."""

    format: str
    dataset_digest: str
    as_of: date
    searches: tuple[KeptSearch, ...] = ()
    ways: tuple[KeptWay, ...] = ()
