"""What stands in the way: the way through a gateway with the fewest obstacles, and those obstacles."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator
from dataclasses import dataclass

from landbridge.domain.event import Event
from landbridge.domain.plan import Rejected
from landbridge.graph.planning_graph import Boarding, DirectedLink
from landbridge.routing.scene import Scene, touched_by
from landbridge.terms.change import PSEUDO_MODES, Carrier
from landbridge.terms.leg import LegTerms
from landbridge.terms.terms import ORIGIN, event_end, rejected_by_event

_SHOWN = ("no_price", "no_handling", "no_emission_factor", "unit_type")
_STANDING_DAYS = 60
_LATER_WEIGHT = 3


@dataclass(frozen=True, slots=True)
class _Step:
    place_id: str
    carrier: Carrier
    change: tuple[Rejected, ...]
    obstacles: tuple[Rejected, ...]
    parent: _Step | None
    is_past: bool


@dataclass(frozen=True, slots=True)
class _Exit:
    """One leg that starts at a place, whoever brought the goods there."""

    to_id: str
    carrier: Carrier
    obstacles: tuple[Rejected, ...]
    weight: float
    touched: frozenset[str]
    is_ride: bool


class Obstacles:
    """Finds, for a gateway that no plan uses, what forbids it on the day the goods are ready.

    The way is searched without times: every leg that the feed names may be used, at the price of its obstacles; the fewest win, data gaps
    weighing more than law, status and events, so that the answer is a reason and not a hole in the feed.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene, self._terms = scene, scene.terms
        self._on = scene.terms.query.ready_on
        self._exits: dict[str, tuple[_Exit, ...]] = {}
        self._cache: dict[tuple[str, str, str], tuple[Rejected, ...]] = {}
        self._change_cache: dict[tuple[str, str, str], tuple[tuple[Rejected, ...], float]] = {}
        self._ride_cache: dict[tuple[str, int], tuple[Rejected, ...]] = {}

    def through(self, gateway: str) -> tuple[Rejected, ...] | None:
        """Obstacles on the way through a gateway with the fewest; None if the feed names no such way at all."""
        query = self._terms.query
        start = _Step(query.origin_id, ORIGIN, (), (), None, gateway == query.origin_id and gateway not in self._scene.ports)
        best: dict[tuple[str, str, bool], float] = {(start.place_id, start.carrier.carrier_id, start.is_past): 0.0}
        heap: list[tuple[float, int, _Step]] = [(0.0, 0, start)]
        count = 0
        while heap:
            weight, _, step = heapq.heappop(heap)
            if step.place_id == query.destination_id and step.is_past and step.parent is not None:
                return _distinct(step)
            if best[step.place_id, step.carrier.carrier_id, step.is_past] < weight:
                continue
            for way in self._exits_of(step.place_id):
                change, added = ((), 0.0) if way.carrier is step.carrier and not way.is_ride else self._of_change(step, way.carrier)
                is_past = step.is_past or gateway in way.touched
                key = (way.to_id, way.carrier.carrier_id, is_past)
                total = weight + added + way.weight
                if total < best.get(key, math.inf):
                    best[key] = total
                    count += 1
                    heapq.heappush(heap, (total, count, _Step(way.to_id, way.carrier, change, way.obstacles, step, is_past)))
        return None

    def _exits_of(self, place_id: str) -> tuple[_Exit, ...]:
        found = self._exits.get(place_id)
        if found is None:
            found = self._exits[place_id] = (*self._runs_from(place_id), *self._rides_from(place_id))
        return found

    def _runs_from(self, place_id: str) -> Iterator[_Exit]:
        scene = self._scene
        for link in scene.graph.links.get(place_id, ()):
            touched = {link.link.border_id or ""} | ({link.to_id} - scene.ports)
            for offer in link.offers:
                carrier = scene.carrier(offer.haulage_id, offer.mode, offer.operator_id)
                obstacles = self._of_link(link, offer.haulage_id)
                yield _Exit(link.to_id, carrier, obstacles, _weight(obstacles, link.link.distance_m), frozenset(touched), is_ride=False)

    def _rides_from(self, place_id: str) -> Iterator[_Exit]:
        scene = self._scene
        for boarding in scene.graph.boardings.get(place_id, ()):
            carrier = scene.carrier(boarding.service.service_id, boarding.service.mode, boarding.service.operator_id)
            metres = 0
            for position in range(1, len(boarding.stops)):
                stop = boarding.stops[position]
                metres += stop.distance_m
                if stop.alight:
                    obstacles, touched = self._of_ride(boarding, position), frozenset(touched_by(boarding, position, scene.ports))
                    yield _Exit(stop.place_id, carrier, obstacles, _weight(obstacles, metres), touched, is_ride=True)

    def _of_change(self, step: _Step, carrier: Carrier) -> tuple[tuple[Rejected, ...], float]:
        """What forbids a change, and its weight."""
        if step.carrier.mode in PSEUDO_MODES:
            return (), 0.0
        key = (step.place_id, step.carrier.carrier_id, carrier.carrier_id)
        found = self._change_cache.get(key)
        if found is None:
            blocks = self._terms.change(step.place_id, step.carrier, carrier, self._on).blocks
            found = self._change_cache[key] = (blocks, _weight(blocks, 0))
        return found

    def _of_link(self, link: DirectedLink, haulage_id: str) -> tuple[Rejected, ...]:
        key = (haulage_id, link.link.link_id, link.from_id)
        found = self._cache.get(key)
        if found is None:
            offer = next(row for row in link.offers if row.haulage_id == haulage_id)
            leg = self._terms.link(offer, link.link, link.from_id, link.to_id, self._on)
            closures, _ = self._scene.travel.events_of_link(offer, link)
            blocks = [*leg.blocks, *(rejected_by_event(_where(event, haulage_id), event) for event in closures if self._stands(event))]
            blocks += self._of_avoid(link.to_id, haulage_id, offer.mode, offer.operator_id, link.link.border_id)
            found = self._cache[key] = tuple(blocks)
        return found

    def _of_ride(self, boarding: Boarding, position: int) -> tuple[Rejected, ...]:
        key = (boarding.service.service_id, boarding.stops[0].seq * 1000 + position)
        found = self._ride_cache.get(key)
        if found is None:
            leg: LegTerms = self._terms.scheduled_leg(boarding.service, boarding.stops[: position + 1], self._on)
            blocks = list(leg.blocks)
            for index in range(position):
                for event, _ in self._scene.travel.events_of_stretch(boarding, index):
                    if self._stands(event):
                        blocks.append(rejected_by_event(_where(event, boarding.service.service_id), event))
            service = boarding.service
            for stop in boarding.stops[1 : position + 1]:
                blocks += self._of_avoid(stop.place_id, service.service_id, service.mode, service.operator_id, *stop.via, *stop.passages)
            if not self._departs(boarding):
                blocks.append(Rejected(what=service.service_id, reason=f"{service.name}: no departure in time", status="no_departure"))
            found = self._ride_cache[key] = tuple(dict.fromkeys(blocks))
        return found

    def _departs(self, boarding: Boarding) -> bool:
        return bool(self._scene.timetable.departures(boarding.service.service_id, self._scene.ready_at, self._scene.last_departure))

    def _of_avoid(self, place_id: str, *others: str | None) -> list[Rejected]:
        avoid = self._scene.avoid
        country = self._scene.places[place_id].country
        return [
            Rejected(what=one, reason=f"{one} is to be avoided, as asked", status="avoided")
            for one in (place_id, country, *others)
            if one is not None and one in avoid
        ]

    def _stands(self, event: Event) -> bool:
        """Whether a closure is on when the goods are ready and does not end within two months."""
        start, end = self._scene.ready_at, event_end(event)
        return event.valid_from <= self._on and (end is None or end > start + _STANDING_DAYS * 1440)


def _weight(obstacles: tuple[Rejected, ...], metres: int) -> float:
    weight = metres / 1e9
    for obstacle in obstacles:
        weight += _LATER_WEIGHT if obstacle.status in _SHOWN else 1
    return weight


def _where(event: Event, fallback: str) -> str:
    return event.border_id or event.place_id or event.passage_id or event.service_id or event.haulage_id or fallback


def _distinct(step: _Step) -> tuple[Rejected, ...]:
    steps = []
    current: _Step | None = step
    while current is not None:
        steps.append(current)
        current = current.parent
    return tuple(dict.fromkeys(obstacle for one in reversed(steps) for obstacle in (*one.change, *one.obstacles)))
