"""Lower bounds: the least cost, time and CO2e from where the goods are to a target, whatever the day.

The network has a node for goods at rest at a place, by the mode that brought them, and one for goods in a run at a place, by haulage
offer. A bound is a shortest path in one criterion, each arc at the least that any day of the horizon can make it. Bounds never exceed
what an itinerary really takes, so that cutting by them loses nothing.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from landbridge.domain.event import Event
from landbridge.domain.haulage import Haulage
from landbridge.domain.record import Range
from landbridge.domain.tariff import Tariff
from landbridge.domain.terminal import Handling
from landbridge.graph.planning_graph import Boarding, DirectedLink, PlanningGraph
from landbridge.routing.travel import Travel
from landbridge.terms.choice import MOVING_KINDS
from landbridge.terms.leg import LegTerms
from landbridge.terms.terms import Terms

_MILLION = Decimal(1_000_000)
_MODES = ("road", "rail", "sea", "ferry", "waterway")

Node = tuple[str, str]
Values = tuple[int, int, int]
_NEVER = 1 << 60


class Floors:
    """Bounds to one target by node, through one via if one is named; a node that cannot reach the target so has none."""

    def __init__(self, network: FloorNetwork, target_id: str, via: str | None = None) -> None:
        self.cost = network.bounds(target_id, (1, 0, 0), via)
        self.minutes = network.bounds(target_id, (0, 1, 0), via)
        self.emission = network.bounds(target_id, (0, 0, 1), via)

    def reaches(self, node: Node) -> bool:
        return node in self.cost


def rest_node(place_id: str, mode: str) -> Node:
    """Goods at rest at a place, brought by a mode."""
    return place_id, mode


def run_node(place_id: str, haulage_id: str) -> Node:
    """Goods in a run of a haulage offer at a place."""
    return place_id, f"run {haulage_id}"


class FloorNetwork:
    """All arcs that a question could use within its horizon, reversed, at their least values."""

    def __init__(self, graph: PlanningGraph, terms: Terms, travel: Travel, last: date, *, with_unconfirmed: bool) -> None:
        self._graph, self._terms, self._load, self._travel = graph, terms, terms.load, travel
        first = terms.query.ready_on
        self._first, self._last, self._with_unconfirmed = first, last, with_unconfirmed
        self._days = (first, *terms.turning_days(first, last))
        factors = [row.factor.typical for row in terms.choice.events if row.kind == "price_factor" and row.factor and self._overlaps(row)]
        self._factor = Decimal(1)
        for factor in factors:
            self._factor *= min(factor, Decimal(1))
        self._grams = self._least_grams()
        self._covered = self._covered_places()
        self._changes: dict[tuple[str, str, str], Values | None] = {}
        self._arcs: dict[Node, list[tuple[Node, Values, frozenset[str]]]] = defaultdict(list)
        self._came_by = self._modes_by_place()
        self._ports = frozenset(row.place_id for row in graph.dataset.places if row.kind == "port")
        self._add_services()
        self._add_links()
        self._add_throughs()

    def bounds(self, target_id: str, weights: tuple[float, float, float], via: str | None = None) -> dict[Node, float]:
        """Shortest weighted values from each node to a target, through one place, border or passage if one is named.

        Dijkstra over reversed arcs in two layers: past the via, and before it. An arc that uses the via leads from one to the other.
        """
        starts = [rest_node(target_id, mode) for mode in (*_MODES, "origin")]
        starts += [run_node(target_id, row.haulage_id) for row in self._graph.dataset.haulage]
        cost_weight, time_weight, emission_weight = weights
        past: dict[Node, float] = dict.fromkeys(starts, 0)
        before: dict[Node, float] = {}
        layers = (before, past)
        heap: list[tuple[float, int, Node]] = [(0, 1, node) for node in starts]
        while heap:
            value, layer, node = heapq.heappop(heap)
            if value > layers[layer][node]:
                continue
            for other, values, touched in self._arcs.get(node, ()):
                total = value
                if cost_weight:
                    total += cost_weight * values[0]
                if time_weight:
                    total += time_weight * values[1]
                if emission_weight:
                    total += emission_weight * values[2]
                if total >= _NEVER:
                    continue
                for into in (1, 0) if layer == 1 and via in touched else (layer,):
                    best = layers[into]
                    if total < best.get(other, _NEVER):
                        best[other] = total
                        heapq.heappush(heap, (total, into, other))
        return past if via is None else before

    # --- arcs ------------------------------------------------------------------------------------------------------------------

    def _modes_by_place(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, set[str]] = defaultdict(set)
        found[self._terms.query.origin_id].add("origin")
        for boardings in self._graph.boardings.values():
            for boarding in boardings:
                for stop in boarding.stops[1:]:
                    found[stop.place_id].add(boarding.service.mode)
        for links in self._graph.links.values():
            for link in links:
                found[link.to_id].add(link.link.mode)
        return {place_id: tuple(sorted(modes)) for place_id, modes in found.items()}

    def _add_services(self) -> None:
        unit = self._load.unit_type.unit_type_id
        for place_id, boardings in self._graph.boardings.items():
            for boarding in boardings:
                if unit not in boarding.service.unit_types or not self._runs_sometime(boarding.service.service_id):
                    continue
                for position in range(1, len(boarding.stops)):
                    if boarding.stops[position].alight:
                        self._add_ride(place_id, boarding, position)

    def _add_ride(self, place_id: str, boarding: Boarding, position: int) -> None:
        mode, end = boarding.service.mode, boarding.stops[position]
        stretches = (self._travel.events_of_stretch(boarding, index) for index in range(position))
        if any(self._is_shut(event) for found in stretches for event, _ in found):
            return
        usable = [leg for leg in self._rides(boarding, position) if all(block.status == "no_price" for block in leg.blocks)]
        if not usable:
            return
        cents = min((leg.cost_cents for leg in usable if not leg.blocks), default=_NEVER)
        values = (cents, end.arrive_min.typical - boarding.stops[0].depart_min, min(leg.emission_g for leg in usable))
        touched = frozenset(touched_by(boarding, position, self._ports))
        for before in self._came_by.get(place_id, ()):
            change = self._change(place_id, before, mode)
            if change is not None:
                self._arcs[rest_node(end.place_id, mode)].append((rest_node(place_id, before), _plus(values, change), touched))

    def _rides(self, boarding: Boarding, position: int) -> Iterable[LegTerms]:
        stops = boarding.stops[: position + 1]
        for day in self._days:
            leg = self._terms.scheduled_leg(boarding.service, stops, day)
            if leg.is_confirmed or self._with_unconfirmed:
                yield leg

    def _add_links(self) -> None:
        dataset, unit = self._graph.dataset, self._load.unit_type.unit_type_id
        offers = {row.haulage_id for row in dataset.haulage if unit in row.unit_types and self._runs_sometime(row.haulage_id)}
        joined: set[Node] = set()
        for place_id, links in self._graph.links.items():
            for link in links:
                for offer in link.offers:
                    if offer.haulage_id in offers:
                        self._add_link(place_id, link, offer, joined)

    def _add_link(self, place_id: str, link: DirectedLink, offer: Haulage, joined: set[Node]) -> None:
        closures, _ = self._travel.events_of_link(offer, link)
        if any(self._is_shut(event) for event in closures):
            return
        values, first_cents = self._link_values(link, offer)
        if values[0] >= _NEVER:
            return
        end = run_node(link.to_id, offer.haulage_id)
        used = (None if link.to_id in self._ports else link.to_id, link.link.border_id)
        touched = frozenset(one for one in used if one is not None)
        self._arcs[end].append((run_node(place_id, offer.haulage_id), values, touched))
        for before in self._came_by.get(place_id, ()):
            change = self._change(place_id, before, offer.mode)
            if change is not None:
                self._arcs[end].append((rest_node(place_id, before), _plus((first_cents, values[1], values[2]), change), touched))
        if end not in joined:
            joined.add(end)
            self._arcs[rest_node(link.to_id, offer.mode)].append((end, (0, 0, 0), frozenset()))

    def _link_values(self, link: DirectedLink, offer: Haulage) -> tuple[Values, int]:
        """The least of one offer on one link, and its cents where the run begins there."""
        places, choice, load = self._graph.dataset.place_by_id, self._terms.choice, self._load
        start, end = places[link.from_id].country, places[link.to_id].country
        country = start if link.link.border_id else link.link.country
        cents, first_cents, minutes = _NEVER, _NEVER, _NEVER
        fixed = (
            0
            if offer.fixed is None or not self._terms.market.has_rate(offer.currency)
            else self._cents(offer.fixed, offer.currency, Decimal(load.units))
        )
        for day in self._days:
            if not self._terms.may_run(offer.haulage_id, day, self._with_unconfirmed) or self._terms.is_link_blocked(
                offer, link.link, link.from_id, link.to_id, day
            ):
                continue
            rate = choice.find_rate(offer.haulage_id, country, day)
            if rate is None:
                continue
            lane = choice.find_lane(offer.haulage_id, link.from_id, link.to_id, day)
            crossing = choice.find_crossing(link.link.border_id, link.link.mode, start, end, day) if link.link.border_id else None
            if link.link.border_id and crossing is None:
                continue
            driving = -(-60 * link.link.distance_m // (link.link.speed_m_per_h or rate.speed_m_per_h))
            rests = (-(-driving // offer.drive_min) - 1) * (offer.rest_min or 0) if offer.drive_min and driving else 0
            minutes = min(minutes, driving + rests + (crossing.wait_min.typical if crossing else 0))
            if lane is not None:
                price = self._tariff_cents(lane)
                cents, first_cents = min(cents, price), min(first_cents, price)
            else:
                price = self._cents(rate.per_km, rate.currency, Decimal(load.units) * link.link.distance_m / 1000)
                cents, first_cents = min(cents, price), min(first_cents, price + fixed)
        return (cents, minutes, self._emission(link.link.mode, link.link.distance_m)), first_cents

    def _add_throughs(self) -> None:
        """A through rate is one arc of cost; in time and CO2e its legs are arcs already."""
        for rate in self._terms.throughs:
            legs = self._graph.through_legs.get(rate.through_id, ())
            if not legs or not self._overlaps(rate):
                continue
            quantity = Decimal(self._load.units if rate.per == "unit" else 1)
            last = self.mode_of(legs[-1].service_id, legs[-1].haulage_id)
            values = (self._cents(rate.amount, rate.currency, quantity), _NEVER, _NEVER)
            for before in self._came_by.get(legs[0].from_place_id, ()):
                self._arcs[rest_node(legs[-1].to_place_id, last)].append((rest_node(legs[0].from_place_id, before), values, frozenset()))

    def mode_of(self, service_id: str | None, haulage_id: str | None) -> str:
        dataset = self._graph.dataset
        return dataset.service_by_id[service_id].mode if service_id else dataset.haulage_by_id[haulage_id or ""].mode

    # --- changes ----------------------------------------------------------------------------------------------------------------

    def _change(self, place_id: str, before: str, after: str) -> Values | None:
        """The least of a change of mode at a place; None if there is none."""
        if before == "origin":
            return (0, 0, 0)
        key = (place_id, before, after)
        if key not in self._changes:
            self._changes[key] = self._least_change(place_id, before, after)
        return self._changes[key]

    def _least_change(self, place_id: str, before: str, after: str) -> Values | None:
        rows = [row for row in self._terms.choice.handling_rows(place_id, before, after) if self._overlaps(row)]
        moving = [row for row in rows if row.kind in MOVING_KINDS]
        if not moving:
            return None
        cents = 0 if place_id in self._covered else min(self._handling_cents(row) for row in moving)
        minutes = min(row.duration_min.typical for row in moving)
        steady: dict[str, list[Handling]] = defaultdict(list)
        for row in rows:
            if row.kind not in MOVING_KINDS and (row.valid_from is None or row.valid_from <= self._first) and row.valid_to is None:
                steady[row.kind].append(row)
        for kind, found in steady.items():
            if len([row for row in rows if row.kind == kind]) == len(found):
                cents += min(self._handling_cents(row) for row in found)
                minutes += min(row.duration_min.typical for row in found)
        return cents, minutes, 0

    def _handling_cents(self, row: Handling) -> int:
        if row.amount is None or not self._terms.market.has_rate(row.currency):
            return 0
        amount = row.amount.typical * self._terms.legs.quantity(row.per, Decimal(0))
        return int(amount / self._terms.market.rate(row.currency) * 100)

    def _covered_places(self) -> frozenset[str]:
        """Places where some price includes the handling."""
        found: set[str] = set()
        dataset = self._graph.dataset
        whole_services = {row.service_id for row in dataset.services if any(part.startswith("handling") for part in row.includes)}
        for row in dataset.tariffs:
            if row.service_id in whole_services or any(part.startswith("handling") for part in row.includes):
                found.update((row.from_place_id, row.to_place_id))
        for leg in dataset.through_legs:
            found.update((leg.from_place_id, leg.to_place_id))
        return frozenset(found)

    # --- least values ------------------------------------------------------------------------------------------------------------

    def _is_shut(self, event: Event) -> bool:
        """Whether a closure is on from before the horizon and ends, if ever, after it."""
        return event.valid_from < self._first and (event.valid_to is None or event.valid_to > self._last)

    def _runs_sometime(self, subject_id: str) -> bool:
        return any(self._terms.may_run(subject_id, day, self._with_unconfirmed) for day in self._days)

    def _overlaps(self, row: object) -> bool:
        valid_from, valid_to = getattr(row, "valid_from", None), getattr(row, "valid_to", None)
        return (valid_from is None or valid_from <= self._last) and (valid_to is None or valid_to >= self._first)

    def _tariff_cents(self, row: Tariff) -> int:
        assert row.amount is not None  # Choice keeps priced rows only
        return self._cents(row.amount, row.currency, self._terms.legs.quantity(row.per, Decimal(0)))

    def _cents(self, amount: Range[Decimal], currency: str | None, quantity: Decimal) -> int:
        return int(amount.typical * quantity * self._factor / self._terms.market.rate(currency) * 100)

    def _least_grams(self) -> dict[str, Decimal]:
        grams: dict[str, Decimal] = {}
        for row in self._graph.dataset.emission_factors:
            if row.basis == "move":
                continue
            quantity = Decimal(self._load.mass_kg) / _MILLION if row.basis == "tkm" else self._load.units * self._load.unit_type.teu / 1000
            for mode in _modes_of(row.mode):
                value = row.amount_g.typical * quantity
                grams[mode] = min(value, grams.get(mode, value))
        return grams

    def _emission(self, mode: str, distance_m: int) -> int:
        return int(self._grams.get(mode, Decimal(0)) * distance_m)


def touched_by(boarding: Boarding, position: int, ports: frozenset[str]) -> Iterator[str]:
    """What a scheduled leg uses of places and passages; a port counts only by a ship that calls there."""
    is_ship = boarding.service.mode in ("sea", "ferry")
    for index, stop in enumerate(boarding.stops[: position + 1]):
        places = (stop.place_id,) if index == 0 else (*stop.via, *stop.passages, stop.place_id)
        for one in places:
            if is_ship or one not in ports:
                yield one


def _plus(one: Values, other: Values) -> Values:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


def _modes_of(mode: str | None) -> Iterable[str]:
    return (mode,) if mode else _MODES
