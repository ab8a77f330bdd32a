"""Labels of the search: partial itineraries at a place, and how each was made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from landbridge.domain.haulage import Haulage
from landbridge.domain.plan import Item
from landbridge.domain.tariff import ThroughRate
from landbridge.graph.planning_graph import Boarding, DirectedLink
from landbridge.terms.change import Carrier, ChangeTerms
from landbridge.terms.clock import MINUTES_PER_DAY
from landbridge.terms.leg import LegTerms

NO_DOCUMENTS: frozenset[str] = frozenset()
MAX_IDLE_MIN = 14 * MINUTES_PER_DAY
"""An order of haulage waits at most this long for better terms."""


@dataclass(frozen=True, slots=True)
class Run:
    """State of a run: what later links of it depend on."""

    haulage: Haulage
    carrier: Carrier
    ordered_on: date
    epoch: int
    driven_min: int
    once_ids: frozenset[str]
    is_gate_free: bool
    """Waiting where it starts costs nothing, so that it may leave late for a cut-off."""
    is_home: bool
    """Whether it touched the country where its vehicles are registered, or need not."""

    def key(self) -> tuple[object, ...]:
        return (self.haulage.haulage_id, self.epoch, self.driven_min, self.once_ids, self.is_gate_free, self.is_home)


@dataclass(frozen=True, slots=True)
class Box:
    """The line's box: whose it is, and since when its detention runs."""

    operator_id: str
    place_id: str | None
    discharged_at: int | None
    discharged_on: date | None


@dataclass(frozen=True, slots=True)
class Through:
    """An open through rate: the next of its legs to be used, by position."""

    rate: ThroughRate
    position: int


@dataclass(frozen=True, slots=True)
class ChangeMove:
    """A change at a place before a leg: handling, storage and the wait."""

    change: ChangeTerms
    came_at: int
    gate_in: int
    storage: tuple[Item, ...]
    covers_moving: bool


@dataclass(frozen=True, slots=True)
class SailMove:
    """A scheduled leg."""

    boarding: Boarding
    position: int
    """Index in ``boarding.stops`` of the stop where it alights."""
    departs_at: int
    departs_on: date
    terms: LegTerms
    at_change: ChangeMove
    through_item: Item | None
    in_through: ThroughRate | None
    delay_min: int


@dataclass(frozen=True, slots=True)
class LinkMove:
    """One link of a run; ``at_change`` is set at its first link."""

    link: DirectedLink
    haulage: Haulage
    terms: LegTerms
    once: tuple[Item, ...]
    starts_at: int
    at_change: ChangeMove | None
    through_item: Item | None
    in_through: ThroughRate | None


Move = SailMove | LinkMove


class Label:
    """A partial itinerary at a place. Ordered by nothing; the search keeps the order."""

    __slots__ = (
        "box",
        "carrier",
        "cost",
        "documents",
        "emission",
        "includes",
        "is_dead",
        "legs",
        "minute",
        "move",
        "parent",
        "place_id",
        "run",
        "through",
        "vias",
    )

    def __init__(
        self,
        place_id: str,
        carrier: Carrier,
        minute: int,
        cost: int,
        emission: int,
        legs: int,
        *,
        parent: Label | None = None,
        move: Move | None = None,
        run: Run | None = None,
        box: Box | None = None,
        documents: frozenset[str] = NO_DOCUMENTS,
        through: Through | None = None,
        vias: int = 0,
        includes: bool = False,
    ) -> None:
        self.place_id, self.carrier, self.minute, self.cost, self.emission, self.legs = place_id, carrier, minute, cost, emission, legs
        self.parent, self.move, self.run, self.box, self.documents = parent, move, run, box, documents
        self.through, self.vias, self.includes, self.is_dead = through, vias, includes, False

    def moves(self) -> list[Move]:
        """All moves from the origin to here, in order."""
        found: list[Move] = []
        label: Label | None = self
        while label is not None and label.move is not None:
            found.append(label.move)
            label = label.parent
        return found[::-1]
