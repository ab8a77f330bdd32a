"""The way of an answer without its times and prices, gone again by another load or on another day: every term worked out anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from landbridge.domain.haulage import Haulage
from landbridge.domain.tariff import ThroughRate
from landbridge.graph.planning_graph import Boarding, DirectedLink
from landbridge.routing.arrival import Arrival
from landbridge.routing.expansion import Expansion, may_end_run
from landbridge.routing.label import Label
from landbridge.routing.replay import finish_label, start_label
from landbridge.routing.scene import Scene
from landbridge.routing.steps import Answer
from landbridge.routing.tabulation import Tabulation
from landbridge.terms.change import handled_at


@dataclass(frozen=True, slots=True, eq=False)
class Ride:
    """A scheduled leg: from the first stop of a boarding to the one at ``position``, at a through rate's leg ``index`` if at one."""

    boarding: Boarding
    position: int
    rate: ThroughRate | None
    index: int

    @property
    def opens(self) -> bool:
        return True

    @property
    def from_id(self) -> str:
        return self.boarding.stops[0].place_id

    @property
    def to_id(self) -> str:
        return self.boarding.stops[self.position].place_id

    @property
    def key(self) -> tuple[object, ...]:
        return self.boarding.service.service_id, self.boarding.stops[0].seq, self.position, _rate_key(self.rate, self.index)


@dataclass(frozen=True, slots=True, eq=False)
class Drive:
    """One link by one offer; ``opens``: a run begins with it."""

    link: DirectedLink
    offer: Haulage
    opens: bool
    rate: ThroughRate | None
    index: int

    @property
    def from_id(self) -> str:
        return self.link.from_id

    @property
    def to_id(self) -> str:
        return self.link.to_id

    @property
    def key(self) -> tuple[object, ...]:
        return self.offer.haulage_id, self.link.link.link_id, self.link.from_id, self.opens, _rate_key(self.rate, self.index)


Trail = tuple[Ride | Drive, ...]


def _rate_key(rate: ThroughRate | None, index: int) -> tuple[str, int]:
    return ("", 0) if rate is None else (rate.through_id, index)


def trail_key(trail: Trail) -> tuple[object, ...]:
    """Equal for trails that go the same way at the same rates."""
    return tuple(move.key for move in trail)


def splice_trails(starts: Iterable[Trail], ends: Iterable[Trail]) -> Iterator[Trail]:
    """Trails that begin as one of the first and end as one of the second, changed over where both have a transfer at the same place.

    None comes to a place twice, and none changes within a through rate.
    """
    tails: dict[str, dict[tuple[object, ...], Trail]] = {}
    for trail in ends:
        for cut in _cuts(trail):
            tails.setdefault(trail[cut].from_id, {}).setdefault(trail_key(trail[cut:]), trail[cut:])
    for trail in starts:
        for cut in _cuts(trail):
            for tail in tails.get(trail[cut].from_id, {}).values():
                joined = (*trail[:cut], *tail)
                places = [joined[0].from_id, *(move.to_id for move in joined)]
                if len(set(places)) == len(places):
                    yield joined


def _cuts(trail: Trail) -> Iterator[int]:
    """Numbers of the moves before which a trail can be cut."""
    for number, move in enumerate(trail):
        if number and move.opens and (move.rate is None or move.index == 0):
            yield number


def trail_of(tabulation: Tabulation, answer: Answer) -> Trail:
    """The moves of an answer."""
    moves: list[Ride | Drive] = []
    for step in answer.steps:
        rate, index, _ = tabulation.through_legs[step.through] if step.through >= 0 else (None, 0, None)
        if step.is_ride:
            ride = tabulation.rides[step.ref]
            moves.append(Ride(ride.boarding, ride.position, rate, index))
        else:
            link, slot = tabulation.arcs[step.ref]
            moves.append(Drive(link, tabulation.offers[slot], step.opens, rate, index))
    return tuple(moves)


class TrailPricer(Expansion):
    """Goes trails for the load and from the day of its scene, each move as early as it can be made.

    Only what lies on a trail is priced: no tables are needed.
    """

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene, (), with_unconfirmed=False)
        self._made: list[Label] = []
        self._labels: dict[tuple[object, ...], Label | None] = {(): start_label(self)}

    def arrival(self, trail: Trail) -> Arrival | None:
        """The arrival at the end of a trail; None where this load cannot go it: forbidden, unconfirmed, missed, or too late."""
        if self._scene.shipment_law.blocks:
            return None
        label: Label | None = self._labels[()]
        key: tuple[object, ...] = ()
        for move in trail:
            key = (*key, move.key)
            if key not in self._labels and label is not None:
                self._labels[key] = self._take(label, move)
            label = self._labels.get(key)
            if label is None:
                return None
        return None if label is None or label.through is not None or not may_end_run(label) else finish_label(self, label)

    def _push(self, label: Label) -> None:
        self._made.append(label)

    def _take(self, label: Label, move: Ride | Drive) -> Label | None:
        self._made = []
        if isinstance(move, Ride):
            self._board_early(label, move)
        elif move.opens:
            self._start_early(label, move)
        elif label.run is not None:
            self._continue_run(label, label.run, move.link)
        return self._made[0] if self._made else None

    def _board_early(self, label: Label, move: Ride) -> None:
        scene, boarding = self._scene, move.boarding
        service, offset = boarding.service, boarding.stops[0].depart_min
        if not may_end_run(label):
            return
        carrier = scene.carrier(service.service_id, service.mode, service.operator_id)
        for at, _ in scene.timetable.departures(service.service_id, label.minute - offset, scene.last_departure - offset):
            if self.ride(label, boarding, move.position, carrier, at, move.rate, move.index):
                return

    def _start_early(self, label: Label, move: Drive) -> None:
        scene, terms, offer = self._scene, self._terms, move.offer
        if not may_end_run(label):
            return
        carrier = scene.carrier(offer.haulage_id, offer.mode, offer.operator_id)
        change = terms.change(label.place_id, label.carrier, carrier, terms.local_date(label.place_id, label.minute))
        handled = None if change.blocks else handled_at(terms.openings, scene.places[label.place_id], change, label.minute)
        if handled is None:
            return
        lead = max((document.lead_days for document, _ in change.documents), default=0)
        earliest = max(handled[1], self._lead(0, offer.lead_min), self._lead(max(lead, self._shipment_lead(label))))
        self._order_run(label, move.link, offer, carrier, change, earliest, move.rate, None if move.rate is None else move.index)
