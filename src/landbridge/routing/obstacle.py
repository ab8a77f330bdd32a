"""What stands in the way: the way through a gateway with the fewest obstacles, and those obstacles."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from landbridge.domain.event import STANDING_DAYS, Event
from landbridge.domain.haulage import Haulage
from landbridge.domain.identity import TerminalId
from landbridge.domain.plan import Exposure, Rejected
from landbridge.graph.planning_graph import Boarding, DirectedLink
from landbridge.routing.scene import Scene, touched_by
from landbridge.terms.change import Carrier
from landbridge.terms.leg import LegTerms
from landbridge.terms.terms import DESTINATION, ORIGIN, event_end, rejected_by_event

_SHOWN = ("no_price", "no_handling", "no_emission_factor", "unit_type")
_LATER_WEIGHT = 3
Sums = tuple[int, int, int]
"""Cents, minutes and grams of a leg by itself, at the terms of the day on which the goods are ready: no change, wait or paper with them."""
_MOST_WAYS = 2_000
"""So many beginnings of ways are looked at for one that comes to no place twice, where the lightest does."""


@dataclass(frozen=True, slots=True)
class Step:
    """One link or scheduled leg, or the end of a run, from state to state.

    A state is a place and either the haulage that is there with the goods, and whether its vehicle was in the country where it is
    registered, or the mode by which they came, or the carrier where transfer rules name carriers.
    """

    start: int
    end: int
    weight: float
    change: tuple[Rejected, ...]
    obstacles: tuple[Rejected, ...]
    touched: frozenset[str]
    sums: Sums
    exposures: tuple[Exposure, ...] = ()
    """Of the leg and of the change before it."""
    is_named: bool = True
    """Whether somebody is named who carries, so that he was screened."""


_Beginning = tuple[float, int, float, int, frozenset[str], bool, tuple[Step, ...]]
"""A way begun: least weight of the whole, number, weight so far, state, places, whether it was through the gateway, steps."""


@dataclass(frozen=True, slots=True)
class Web:
    """All steps that lead on from the origin, the least weight from it to each state, and from each state to the destination."""

    steps: list[Step]
    fore: list[float]
    back: list[float]
    came: list[Step | None]
    """The last step on the lightest way to a state."""
    goes: list[Step | None]
    """The first step on the lightest way from a state."""
    ends: list[int]
    places: list[str]
    """Where each state is."""
    from_state: list[list[Step]]


class _Net:
    """The states that have been met, and the steps between them."""

    def __init__(self) -> None:
        self._index: dict[tuple[str, str, bool, bool], int] = {}
        self.places: list[tuple[str, Carrier, bool, bool]] = []
        self.fore: list[float] = []
        self.came: list[Step | None] = []
        self.to_state: list[list[Step]] = []
        self.steps: list[Step] = []

    def state(self, place_id: str, carrier: Carrier, *, is_run: bool, by_carrier: bool, is_home: bool = True) -> int:
        """Number of a state; a new one if it has not been met before."""
        key = (place_id, carrier.carrier_id if is_run or by_carrier else carrier.mode, is_run, is_home)
        found = self._index.setdefault(key, len(self._index))
        if found == len(self.places):
            self.places.append((place_id, carrier, is_run, is_home))
            self.fore.append(math.inf)
            self.came.append(None)
            self.to_state.append([])
        return found


@dataclass(frozen=True, slots=True)
class _Exit:
    """One leg that starts at a place, whoever brought the goods there."""

    to_id: str
    carrier: Carrier
    obstacles: tuple[Rejected, ...]
    weight: float
    touched: frozenset[str]
    is_ride: bool
    sums: Sums
    exposures: tuple[Exposure, ...]
    is_named: bool
    is_home: bool = True
    """Whether one of its ends lies where the vehicle is registered, or it need not be registered anywhere."""


@dataclass(frozen=True, slots=True)
class _Change:
    """What the law says of a change at a place."""

    blocks: tuple[Rejected, ...]
    exposures: tuple[Exposure, ...]
    weight: float


_NO_CHANGE = _Change((), (), 0.0)


class Obstacles:
    """Finds, for a gateway that no plan uses, what forbids it on the day the goods are ready.

    The way is searched without times: every leg that the feed names may be used, at the price of its obstacles; the fewest win, data gaps
    weighing more than law, status and events, so that the answer is a reason and not a hole in the feed.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene, self._terms = scene, scene.terms
        self._on = scene.terms.query.ready_on
        self._by_carrier = scene.terms.law.transfers_by_carrier
        self._ways: dict[str, list[Step] | None] = {}
        self._exits: dict[str, dict[str, list[_Exit]]] = scene.kept("exits", scene.avoid, self._on, scene.ready_at)
        self._change_cache: dict[tuple[str, str, str], _Change] = scene.kept("changes", self._on)

    def through(self, gateway: str) -> tuple[Rejected, ...] | None:
        """Obstacles on the way through a gateway with the fewest; None if the feed names no such way at all."""
        way = self.find_way(gateway)
        return None if way is None else _distinct(way)

    def find_way(self, gateway: str) -> list[Step] | None:
        """The way through a gateway with the fewest obstacles, remembered; None if the feed names no such way at all."""
        if gateway not in self._ways:
            self._ways[gateway] = self._find_way(gateway)
        return self._ways[gateway]

    def _find_way(self, gateway: str) -> list[Step] | None:
        web = self.web
        if gateway == self._terms.query.origin_id and gateway not in self._scene.ports:
            return self._lightest()
        using = [step for step in web.steps if gateway in step.touched and web.back[step.end] < math.inf]
        if not using:
            return None
        best = min(using, key=lambda step: web.fore[step.start] + step.weight + web.back[step.end])
        return _unlooped(web, [*_way_to(web, best.start), best, *_way_from(web, best.end)], gateway)

    def anyhow(self) -> tuple[Rejected, ...] | None:
        """Obstacles on the way with the fewest, wherever it leads; None if the feed names no way at all."""
        way = self._lightest()
        return None if way is None else _distinct(way)

    def _lightest(self) -> list[Step] | None:
        web = self.web
        end = min(web.ends, key=lambda state: web.fore[state], default=None)
        return None if end is None else _unlooped(web, _way_to(web, end), None)

    @cached_property
    def web(self) -> Web:
        """All legs: Dijkstra from the origin over all legs, and back from the destination over the same."""
        query, net = self._terms.query, _Net()
        net.state(query.origin_id, ORIGIN, is_run=False, by_carrier=True)
        heap, done = [(0.0, 0)], set()
        net.fore[0] = 0.0
        while heap:
            weight, state = heapq.heappop(heap)
            if state in done:
                continue
            done.add(state)
            for step in self._steps_from(net, state):
                net.steps.append(step)
                net.to_state[step.end].append(step)
                if weight + step.weight < net.fore[step.end]:
                    net.fore[step.end], net.came[step.end] = weight + step.weight, step
                    heapq.heappush(heap, (net.fore[step.end], step.end))
        ends = [state for state, (_, carrier, *_) in enumerate(net.places) if carrier is DESTINATION]
        back, goes = _spread_back(net.to_state, ends)
        from_state: list[list[Step]] = [[] for _ in net.places]
        for step in net.steps:
            from_state[step.start].append(step)
        return Web(net.steps, net.fore, back, net.came, goes, ends, [place_id for place_id, *_ in net.places], from_state)

    def _steps_from(self, net: _Net, state: int) -> Iterator[Step]:
        """The steps from a state: a run goes on or ends; goods at rest leave by any leg, or are delivered."""
        place_id, carrier, is_run, is_home = net.places[state]
        if carrier is DESTINATION:
            return
        if place_id == self._terms.query.destination_id and not is_run and carrier is not ORIGIN:
            change = self._of_change(place_id, carrier, DESTINATION)
            end = net.state(place_id, DESTINATION, is_run=False, by_carrier=True)
            yield Step(state, end, change.weight, change.blocks, (), frozenset(), (0, 0, 0), change.exposures)
        if is_run:
            foreign = () if is_home else (self._of_registration(carrier.carrier_id),)
            end = net.state(place_id, carrier, is_run=False, by_carrier=self._by_carrier)
            yield Step(state, end, _weight(foreign, 0), (), foreign, frozenset(), (0, 0, 0))
            exits = self._exits_of(place_id).get(carrier.carrier_id, [])
        else:
            exits = [way for ways in self._exits_of(place_id).values() for way in ways]
        for way in exits:
            change = _NO_CHANGE if is_run else self._of_change(place_id, carrier, way.carrier)
            home = way.is_home or (is_run and is_home)
            end = net.state(way.to_id, way.carrier, is_run=not way.is_ride, by_carrier=self._by_carrier, is_home=home)
            weight, exposures = change.weight + way.weight, (*change.exposures, *way.exposures)
            yield Step(state, end, weight, change.blocks, way.obstacles, way.touched, way.sums, exposures, way.is_named)

    def _exits_of(self, place_id: str) -> dict[str, list[_Exit]]:
        """Legs that start at a place, by carrier."""
        found = self._exits.get(place_id)
        if found is None:
            found = {}
            for way in (*self._runs_from(place_id), *self._rides_from(place_id)):
                found.setdefault(way.carrier.carrier_id, []).append(way)
            self._exits[place_id] = found  # whole, since searches side by side share it
        return found

    def _runs_from(self, place_id: str) -> Iterator[_Exit]:
        scene = self._scene
        for link in scene.graph.links.get(place_id, ()):
            touched = {link.link.border_id or ""} | ({link.to_id} - scene.ports)
            for offer in link.offers:
                carrier = scene.carrier(offer.haulage_id, offer.mode, offer.operator_id)
                leg = self._terms.link(offer, link.link, link.from_id, link.to_id, self._on)
                obstacles, sums = self._of_link(leg, link, offer), (leg.cost_cents, leg.drive_min, leg.emission_g)
                is_home = scene.is_home(offer, place_id) or scene.is_home(offer, link.to_id)
                weight, told = _weight(obstacles, link.link.distance_m), (sums, leg.exposures, self._is_named(offer.operator_id))
                yield _Exit(link.to_id, carrier, obstacles, weight, frozenset(touched), False, *told, is_home=is_home)

    def _rides_from(self, place_id: str) -> Iterator[_Exit]:
        scene = self._scene
        for boarding in scene.graph.boardings.get(place_id, ()):
            carrier = scene.carrier(boarding.service.service_id, boarding.service.mode, boarding.service.operator_id)
            metres = 0
            for position in range(1, len(boarding.stops)):
                stop = boarding.stops[position]
                metres += stop.distance_m
                if stop.alight:
                    leg = self._terms.scheduled_leg(boarding.service, boarding.stops[: position + 1], self._on)
                    sums = (leg.cost_cents, stop.arrive_min.typical - boarding.stops[0].depart_min, leg.emission_g)
                    obstacles, touched = self._of_ride(leg, boarding, position), frozenset(touched_by(boarding, position, scene.ports))
                    told = (sums, leg.exposures, self._is_named(boarding.service.operator_id))
                    yield _Exit(stop.place_id, carrier, obstacles, _weight(obstacles, metres), touched, True, *told)

    def _is_named(self, operator_id: str | None) -> bool:
        return self._scene.graph.dataset.is_operator_named(operator_id)

    def _of_registration(self, haulage_id: str) -> Rejected:
        """That a run never touches the country in which its vehicles are registered."""
        offer = self._scene.graph.dataset.haulage_by_id[haulage_id]
        country = offer.registration
        reason = f"{offer.name} are registered in {country}: they carry from, to or through {country} and not between other places"
        return Rejected(what=haulage_id, reason=reason, status="cabotage")

    def _of_change(self, place_id: str, before: Carrier, after: Carrier) -> _Change:
        key = (place_id, before.carrier_id, after.carrier_id) if self._by_carrier else (place_id, before.mode, after.mode)
        found = self._change_cache.get(key)
        if found is None:
            terms = self._terms.change(place_id, before, after, self._on)
            found = self._change_cache[key] = _Change(terms.blocks, terms.exposures, _weight(terms.blocks, 0))
        return found

    def _of_link(self, leg: LegTerms, link: DirectedLink, offer: Haulage) -> tuple[Rejected, ...]:
        closures, _ = self._scene.travel.events_of_link(offer, link)
        standing = (rejected_by_event(_where(event, offer.haulage_id), event) for event in closures if self._stands(event))
        tracks = self._scene.graph.dataset.list_infrastructure(offer.haulage_id, link.link)
        avoided = self._of_avoid(link.to_id, offer.haulage_id, offer.mode, offer.operator_id, link.link.border_id, *sorted(tracks))
        return (*leg.blocks, *standing, *avoided)

    def _of_ride(self, leg: LegTerms, boarding: Boarding, position: int) -> tuple[Rejected, ...]:
        blocks = list(leg.blocks)
        for index in range(position):
            for event, _ in self._scene.travel.events_of_stretch(boarding, index):
                if self._stands(event):
                    blocks.append(rejected_by_event(_where(event, boarding.service.service_id), event))
        service = boarding.service
        for stop in boarding.stops[1 : position + 1]:
            blocks += self._of_avoid(stop.place_id, service.service_id, service.mode, service.operator_id, *stop.via, *stop.passages)
        terminals = [stop.terminal_id for stop in (boarding.stops[0], boarding.stops[position]) if stop.terminal_id]
        blocks += self._of_avoid(boarding.stops[position].place_id, *terminals, *self._operate(terminals))
        if not self._departs(boarding):
            blocks.append(Rejected(what=service.service_id, reason=f"{service.name}: no departure in time", status="no_departure"))
        return tuple(dict.fromkeys(blocks))

    def _operate(self, terminals: list[TerminalId]) -> list[str]:
        return sorted(self._scene.graph.dataset.list_terminal_operators(terminals)) if self._scene.avoid else []

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
        return event.valid_from <= self._on and (end is None or end > start + STANDING_DAYS * 1440)


def _weight(obstacles: tuple[Rejected, ...], metres: int) -> float:
    weight = metres / 1e9
    for obstacle in obstacles:
        weight += _LATER_WEIGHT if obstacle.status in _SHOWN else 1
    return weight


def _where(event: Event, fallback: str) -> str:
    return event.border_id or event.place_id or event.passage_id or event.service_id or event.haulage_id or fallback


def _spread_back(to_state: list[list[Step]], ends: list[int]) -> tuple[list[float], list[Step | None]]:
    """The least weight from each state to the ends, and the first step of it."""
    back = [math.inf] * len(to_state)
    goes: list[Step | None] = [None] * len(to_state)
    for end in ends:
        back[end] = 0.0
    heap, done = [(0.0, end) for end in ends], set()
    while heap:
        weight, state = heapq.heappop(heap)
        if state in done:
            continue
        done.add(state)
        for step in to_state[state]:
            if weight + step.weight < back[step.start]:
                back[step.start], goes[step.start] = weight + step.weight, step
                heapq.heappush(heap, (back[step.start], step.start))
    return back, goes


def _way_to(web: Web, state: int) -> list[Step]:
    way = []
    while (step := web.came[state]) is not None:
        way.append(step)
        state = step.start
    return way[::-1]


def _way_from(web: Web, state: int) -> list[Step]:
    way = []
    while (step := web.goes[state]) is not None:
        way.append(step)
        state = step.end
    return way


def _unlooped(web: Web, way: list[Step], gateway: str | None) -> list[Step]:
    """A way if it comes to no place twice, else the lightest that does not, the way itself if none is found soon."""
    moves = [step for step in way if web.places[step.start] != web.places[step.end]]
    stations = [web.places[step.start] for step in moves[:1]] + [web.places[step.end] for step in moves]
    if len(set(stations)) == len(stations):
        return way
    ends, count = set(web.ends), 0
    heap: list[_Beginning] = [(web.back[0], count, 0.0, 0, frozenset({web.places[0]}), gateway is None, ())]
    while heap and count < _MOST_WAYS:
        _, _, weight, state, seen, is_used, steps = heapq.heappop(heap)
        if state in ends and is_used:
            return list(steps)
        for step in web.from_state[state]:
            place_id = web.places[step.end]
            if web.back[step.end] < math.inf and (place_id == web.places[state] or place_id not in seen):
                count, sum_ = count + 1, weight + step.weight
                used = is_used or gateway in step.touched
                heapq.heappush(heap, (sum_ + web.back[step.end], count, sum_, step.end, seen | {place_id}, used, (*steps, step)))
    return way


def _distinct(way: list[Step]) -> tuple[Rejected, ...]:
    return tuple(dict.fromkeys(obstacle for step in way for obstacle in (*step.change, *step.obstacles)))
