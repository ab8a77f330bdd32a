"""Exact multi-criteria label search over one planning graph for one question.

Labels are partial itineraries. Two labels are compared only where everything that later terms depend on agrees (the key), so that a
label that is no better in arrival, cost, CO2e and number of legs cannot lead to a better itinerary: Martins' algorithm on an
extended state. See docs/model.md for the state, and docs/routing.md for why each part of it is there.

References
----------
Martins, E. Q. V. (1984). On a multicriteria shortest path problem. European Journal of Operational Research 16(2), 236-245.
https://doi.org/10.1016/0377-2217(84)90077-8
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from landbridge.domain.event import Event
from landbridge.domain.haulage import Haulage
from landbridge.domain.plan import Item
from landbridge.domain.query import Query
from landbridge.domain.rule import Document
from landbridge.domain.tariff import ThroughLeg, ThroughRate
from landbridge.graph.planning_graph import Boarding, DirectedLink, PlanningGraph
from landbridge.graph.timetable import Timetable
from landbridge.routing.floor import FloorNetwork, Floors, Node, rest_node, run_node, touched_by
from landbridge.routing.label import Box, ChangeMove, Label, LinkMove, Run, SailMove, Through
from landbridge.routing.travel import Travel
from landbridge.terms.change import Carrier, ChangeTerms, handled_at
from landbridge.terms.clock import MINUTES_PER_DAY, local_minute
from landbridge.terms.leg import LegTerms
from landbridge.terms.terms import DESTINATION, ORIGIN, Terms

Values = tuple[float, float, float]
SPARE_DAYS = 3
"""Days of storage by which an earlier label must be cheaper beyond those that it is ahead."""
NEAR_WEIGHT = 1.5
"""How much a search with tolerances trusts its floors: more finds itineraries sooner."""
MAX_IDLE_MIN = 14 * MINUTES_PER_DAY
"""An order of haulage waits at most this long for other terms."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A complete itinerary as the search knows it: cost, minute of arrival, CO2e, and how it ends."""

    cost: int
    minute: int
    emission: int
    legs: int
    label: Label
    change: ChangeTerms
    handling_starts_at: int
    box_items: tuple[Item, ...]
    duty_items: tuple[Item, ...]

    def tie_break(self) -> tuple[int, tuple[str, ...]]:
        return self.legs, tuple(_move_id(move) for move in self.label.moves())


def _move_id(move: SailMove | LinkMove) -> str:
    return move.boarding.service.service_id if isinstance(move, SailMove) else move.link.link.link_id


class Scene:
    """What all searches of one question share: terms, timetable, floors, travel."""

    def __init__(self, graph: PlanningGraph, terms: Terms) -> None:
        self.graph, self.terms, query = graph, terms, terms.query
        self.places = graph.dataset.place_by_id
        self.timetable = Timetable(
            graph.dataset, query.ready_on - timedelta(days=60), query.ready_on + timedelta(days=query.horizon_days + 1)
        )
        self.last_departure = self.ready_minute(query) + query.horizon_days * MINUTES_PER_DAY
        self.travel = Travel(terms)
        self.ready_at = self.ready_minute(query)
        last_day = query.ready_on + timedelta(days=query.horizon_days + 2)
        self._last_day = last_day
        self._networks: dict[bool, FloorNetwork] = {}
        self._floors: dict[tuple[bool, str | None], Floors] = {}
        self.due_at = None if query.due_on is None else local_minute(self.places[query.destination_id].zone, query.due_on, MINUTES_PER_DAY)
        self.avoid = frozenset(query.avoid)
        self.ports = frozenset(row.place_id for row in graph.dataset.places if row.kind == "port")
        self.has_returns = {row.place_id for row in graph.dataset.returns}
        self.detention = {(row.operator_id, row.place_id) for row in graph.dataset.detention}
        self.carriers: dict[str, Carrier] = {}
        self.first_legs: dict[tuple[str, str], list[ThroughRate]] = {}
        for rate in terms.throughs:
            legs = graph.through_legs.get(rate.through_id, ())
            if legs:
                self.first_legs.setdefault((legs[0].service_id or legs[0].haulage_id or "", legs[0].from_place_id), []).append(rate)
        self.document_cents: dict[str, int] = {
            row.document_id: item.cost_cents for row in graph.dataset.documents if (item := terms.document_item(row))
        }
        self.dearest_storage = terms.choice.dearest_storage_cents(terms.market)
        self.dearest_of_all = max(self.dearest_storage.values(), default=0)
        law, fees = terms.shipment()
        self.shipment_law, self.shipment_fees = law, fees

    def network(self, with_unconfirmed: bool) -> FloorNetwork:
        """The network of least values, of confirmed legs only or of all."""
        if with_unconfirmed not in self._networks:
            self._networks[with_unconfirmed] = FloorNetwork(
                self.graph, self.terms, self.travel, self._last_day, with_unconfirmed=with_unconfirmed
            )
        return self._networks[with_unconfirmed]

    def floors(self, with_unconfirmed: bool, via: str | None = None) -> Floors:
        """Bounds to the destination, worked out once."""
        key = (with_unconfirmed, via)
        if key not in self._floors:
            self._floors[key] = Floors(self.network(with_unconfirmed), self.terms.query.destination_id, via)
        return self._floors[key]

    def ready_minute(self, query: Query) -> int:
        return local_minute(self.places[query.origin_id].zone, query.ready_on, 0)

    def carrier(self, carrier_id: str, mode: str, operator_id: str | None) -> Carrier:
        found = self.carriers.get(carrier_id)
        if found is None:
            found = self.carriers[carrier_id] = Carrier(carrier_id=carrier_id, mode=mode, operator_id=operator_id)
        return found

    def is_avoided(self, place_id: str) -> bool:
        return place_id in self.avoid or self.places[place_id].country in self.avoid


class Search:
    """One search: all non-dominated itineraries, or the one of least generalised cost.

    Parameters
    ----------
    scene
        What the question's searches share.
    vias
        Ids of places, borders or passages that must all be used.
    with_unconfirmed
        Whether unconfirmed services and offers may be used.
    cents_per_day
        None: the Pareto set. Else: the one itinerary of least cost plus this much per day of transit.
    """

    def __init__(
        self,
        scene: Scene,
        *,
        vias: tuple[str, ...] = (),
        with_unconfirmed: bool = False,
        cents_per_day: Decimal | None = None,
        max_labels: int | None = None,
    ) -> None:
        self._scene, self._terms, self._graph = scene, scene.terms, scene.graph
        self._via_bits = {via: 1 << index for index, via in enumerate(dict.fromkeys(vias))}
        self._all_vias = (1 << len(self._via_bits)) - 1
        self._with_unconfirmed = with_unconfirmed
        self._per_day = cents_per_day
        self._rank_per_day = float(cents_per_day) if cents_per_day else 1000.0
        query = scene.terms.query
        self._query = query
        self._max_labels = max_labels or query.max_labels
        self._fronts: dict[tuple[object, ...], list[Label]] = {}
        self._heap: list[tuple[float, int, int, Label]] = []
        self._count = 0
        self.arrivals: list[Arrival] = []
        self.is_complete = True
        self._network = scene.network(with_unconfirmed)
        self._floors = scene.floors(with_unconfirmed)
        only_via = next(iter(self._via_bits)) if len(self._via_bits) == 1 else None
        self._floor_via = scene.floors(with_unconfirmed, only_via) if only_via and cents_per_day is None else None
        self._bound_via = self._via_bounds(only_via) if only_via and cents_per_day is not None else None
        self._near = self._tolerances()

    def _tolerances(self) -> Values:
        """Cents, minutes and grams within which labels count as alike; zeros for an exact search."""
        percent, start = self._query.tolerance_percent, rest_node(self._query.origin_id, ORIGIN.mode)
        if not percent or not self._floors.reaches(start):
            return (0, 0, 0)
        return (
            int(self._floors.cost[start]) * percent // 100,
            percent * MINUTES_PER_DAY // 2,
            int(self._floors.emission.get(start, 0)) * percent // 40,
        )

    def _via_bounds(self, via: str) -> dict[Node, float]:
        """Least generalised cost to the destination through the one via."""
        weights = (1.0, self._rank_per_day / MINUTES_PER_DAY, 0.0)
        return self._network.bounds(self._query.destination_id, weights, via)

    # --- the search ----------------------------------------------------------------------------------------------------------

    def run(self) -> list[Arrival]:
        """Search to the end or to ``max_labels``; arrivals sorted by cost, then time, then CO2e."""
        start = self._start()
        if start is not None:
            self._push(start)
        while self._heap:
            rank, _, _, label = heapq.heappop(self._heap)
            if label.is_dead or self._is_hopeless(label):
                continue
            if self._per_day is not None and self.arrivals and rank >= self._generalised(self.arrivals[0]):
                break
            self._expand(label)
            if self._count > self._max_labels:
                self.is_complete = False
                break
        self.arrivals.sort(key=lambda arrival: (arrival.cost, arrival.minute, arrival.emission, arrival.tie_break()))
        return self.arrivals

    def _start(self) -> Label | None:
        law, fees = self._scene.shipment_law, self._scene.shipment_fees
        if law.blocks or not self._floors.reaches(rest_node(self._query.origin_id, ORIGIN.mode)):
            return None
        documents = frozenset(document.document_id for document, _ in law.documents)
        cost = sum(item.cost_cents for item in fees) + self._document_cost([document for document, _ in law.documents], frozenset())
        vias = self._bits(self._unless_port(self._query.origin_id))
        return Label(self._query.origin_id, ORIGIN, self._scene.ready_at, cost, 0, 0, documents=documents, vias=vias)

    def _expand(self, label: Label) -> None:
        if label.place_id == self._query.destination_id and label.move is not None:
            self._finish(label)
        if label.through is not None:
            self._follow_through(label, label.through)
            return
        if label.run is not None:
            for link in self._graph.links.get(label.place_id, ()):
                if label.run.haulage in link.offers and not self._was_passed(label, link.to_id):
                    self._continue_run(label, label.run, link)
        if label.legs >= self._query.max_legs:
            return
        if not _may_end_run(label):
            return
        self._start_runs(label)
        for boarding in self._graph.boardings.get(label.place_id, ()):
            self._board(label, boarding)

    def _follow_through(self, label: Label, through: Through) -> None:
        leg = self._graph.through_legs[through.rate.through_id][through.position]
        at_start = leg.from_place_id == label.place_id
        if at_start and not _may_end_run(label):
            return
        if leg.service_id:
            for boarding in self._graph.boardings.get(label.place_id, ()):
                if boarding.service.service_id == leg.service_id and at_start:
                    self._board(label, boarding, through=through)
        elif label.run is not None and label.run.haulage.haulage_id == leg.haulage_id and label.place_id != leg.from_place_id:
            for link in self._graph.links.get(label.place_id, ()):
                if label.run.haulage in link.offers and not self._was_passed(label, link.to_id):
                    self._continue_run(label, label.run, link)
        elif at_start:
            self._start_runs(label, through=through)

    # --- changes ---------------------------------------------------------------------------------------------------------------

    def _lead(self, lead_days: int, extra_min: int = 0) -> int:
        return self._terms.asked_at + lead_days * MINUTES_PER_DAY + extra_min

    def _document_cost(self, documents: list[Document], had: frozenset[str]) -> int:
        total, seen = 0, set(had)
        for document in documents:
            if document.document_id not in seen:
                seen.add(document.document_id)
                item = self._terms.document_item(document)
                total += item.cost_cents if item else 0
        return total

    def _shipment_lead(self, label: Label) -> int:
        if label.move is not None:
            return 0
        return max((document.lead_days for document, _ in self._scene.shipment_law.documents), default=0)

    def _storage(self, label: Label, gate_in: int, departs_at: int) -> tuple[Item, ...]:
        if label.move is None or label.place_id not in self._terms.choice.storage_places:
            return ()
        on = self._terms.local_date(label.place_id, gate_in)
        return self._terms.changes.storage_items(label.place_id, label.carrier.mode, departs_at - gate_in, on)

    @staticmethod
    def _change_cost(label: Label, change: ChangeTerms, includes: frozenset[str], *, is_inside_through: bool) -> tuple[int, bool]:
        covered = label.includes or "handling_origin" in includes or is_inside_through
        return change.cost_cents + (0 if covered else change.moving_cents), covered

    # --- runs ----------------------------------------------------------------------------------------------------------------

    def _start_runs(self, label: Label, through: Through | None = None) -> None:
        scene = self._scene
        for link in self._graph.links.get(label.place_id, ()):
            if scene.is_avoided(link.to_id) or link.link.mode in scene.avoid or self._was_passed(label, link.to_id):
                continue
            for offer in link.offers:
                if label.run is not None and label.run.haulage.haulage_id == offer.haulage_id:
                    continue
                if through is None:
                    self._start_run(label, link, offer, None, None)
                    for rate in scene.first_legs.get((offer.haulage_id, label.place_id), ()):
                        self._start_run(label, link, offer, rate, 0)
                elif self._leg_of(through).haulage_id == offer.haulage_id:
                    self._start_run(label, link, offer, through.rate, through.position)

    def _leg_of(self, through: Through) -> ThroughLeg:
        return self._graph.through_legs[through.rate.through_id][through.position]

    def _start_run(self, label: Label, link: DirectedLink, offer: Haulage, rate: ThroughRate | None, position: int | None) -> None:
        scene, terms = self._scene, self._terms
        if offer.haulage_id in scene.avoid:
            return
        carrier = scene.carrier(offer.haulage_id, offer.mode, offer.operator_id)
        came_on = terms.local_date(label.place_id, label.minute)
        change = terms.change(label.place_id, label.carrier, carrier, came_on)
        if change.blocks:
            return
        handled = handled_at(terms.openings, scene.places[label.place_id], change, label.minute)
        if handled is None:
            return
        lead = max((document.lead_days for document, _ in change.documents), default=0)
        base = max(handled[1], self._lead(0, offer.lead_min), self._lead(max(lead, self._shipment_lead(label))))
        for earliest in (base, *terms.turning_minutes(label.place_id, base, base + MAX_IDLE_MIN)):
            self._order_run(label, link, offer, carrier, change, earliest, rate, position)

    def _order_run(
        self,
        label: Label,
        link: DirectedLink,
        offer: Haulage,
        carrier: Carrier,
        change: ChangeTerms,
        earliest: int,
        rate: ThroughRate | None,
        position: int | None,
    ) -> None:
        """Start a run at ``earliest``, or when the papers of its first link are there."""
        terms = self._terms
        if earliest > self._scene.last_departure:
            return
        ordered_on = terms.local_date(label.place_id, earliest)
        leg = terms.link(offer, link.link, link.from_id, link.to_id, ordered_on)
        if self._lead(leg.lead_days) > earliest:
            earliest = self._lead(leg.lead_days)
            ordered_on = terms.local_date(label.place_id, earliest)
            leg = terms.link(offer, link.link, link.from_id, link.to_id, ordered_on)
        if leg.blocks or not (leg.is_confirmed or self._with_unconfirmed):
            return
        gate_in = label.minute
        if label.run is not None and label.run.is_gate_free:
            place = self._scene.places[label.place_id]
            late = terms.openings.last_open(
                place.place_id, place, earliest - change.duration_min, needs_working_day=change.needs_working_day
            )
            if late is not None and late > gate_in:
                gate_in = late
                change = terms.change(label.place_id, label.carrier, carrier, terms.local_date(label.place_id, gate_in))
                handled = handled_at(terms.openings, place, change, gate_in)
                if change.blocks or handled is None or handled[1] > earliest:
                    return
        storage = self._storage(label, gate_in, earliest)
        inside = rate is not None and (position or 0) > 0 and "handling" in rate.includes
        change_cost, covered = self._change_cost(label, change, frozenset(), is_inside_through=inside)
        through_item = terms.through_item(rate, ordered_on) if rate is not None and position == 0 else None
        if rate is not None and position == 0 and through_item is None:
            return
        is_free = label.move is None or label.place_id not in terms.choice.storage_places
        run = Run(offer, carrier, ordered_on, terms.epoch(ordered_on), 0, frozenset(), is_free, self._is_home(offer, label.place_id))
        at_change = ChangeMove(change, label.minute, gate_in, storage, covered)
        cost = label.cost + change_cost + sum(item.cost_cents for item in storage) + (through_item.cost_cents if through_item else 0)
        self._drive(
            label,
            run,
            link,
            leg,
            earliest,
            cost,
            label.emission + change.emission_g,
            at_change,
            through_item,
            None if rate is None else Through(rate, position or 0),
            [document for document, _ in change.documents],
        )

    def _continue_run(self, label: Label, run: Run, link: DirectedLink) -> None:
        scene = self._scene
        if scene.is_avoided(link.to_id):
            return
        leg = self._terms.link(run.haulage, link.link, link.from_id, link.to_id, run.ordered_on)
        if leg.blocks or not (leg.is_confirmed or self._with_unconfirmed):
            return
        self._drive(label, run, link, leg, label.minute, label.cost, label.emission, None, None, label.through, [])

    def _drive(
        self,
        label: Label,
        run: Run,
        link: DirectedLink,
        leg: LegTerms,
        minute: int,
        cost: int,
        emission: int,
        at_change: ChangeMove | None,
        through_item: Item | None,
        through: Through | None,
        documents: list[Document],
    ) -> None:
        if link.link.border_id in self._scene.avoid:
            return
        driven = self._scene.travel.drive(run.haulage, link, leg, minute, run.driven_min)
        if driven is None or isinstance(driven, Event):
            return
        in_through = through.rate if through else None
        items, once = through_items(leg, in_through, self._terms.choice.surcharge_kinds)
        new_once = tuple(item for item in once if item.row_id not in run.once_ids)
        needed = documents + [document for document, _ in leg.documents]
        cost += sum(item.cost_cents for item in items) + sum(item.cost_cents for item in new_once)
        cost += self._document_cost(needed, label.documents)
        after = None
        if through is not None:
            legs = self._graph.through_legs[through.rate.through_id]
            ends = legs[through.position].to_place_id == link.to_id
            after = through if not ends else Through(through.rate, through.position + 1) if through.position + 1 < len(legs) else None
        self._push(
            Label(
                link.to_id,
                run.carrier,
                driven[0],
                cost,
                emission + leg.emission_g,
                label.legs + (at_change is not None),
                parent=label,
                move=LinkMove(link, run.haulage, leg, new_once, minute, at_change, through_item, in_through),
                run=replace(
                    run,
                    driven_min=driven[1],
                    is_home=run.is_home or self._is_home(run.haulage, link.to_id),
                    once_ids=run.once_ids | {item.row_id for item in new_once},
                ),
                box=label.box,
                documents=label.documents | {document.document_id for document in needed},
                through=after,
                vias=label.vias | self._bits(self._unless_port(link.to_id), link.link.border_id),
            )
        )

    def _is_home(self, offer: Haulage, place_id: str) -> bool:
        home = offer.registration
        return offer.mode != "road" or home is None or self._scene.places[place_id].country == home

    @staticmethod
    def _was_passed(label: Label, place_id: str) -> bool:
        """Whether the goods were at a place before: an itinerary comes to no place twice."""
        step: Label | None = label
        while step is not None:
            if step.place_id == place_id:
                return True
            step = step.parent
        return False

    # --- scheduled legs --------------------------------------------------------------------------------------------------------

    def _board(self, label: Label, boarding: Boarding, through: Through | None = None) -> None:
        scene, service, stop = self._scene, boarding.service, boarding.stops[0]
        if service.service_id in scene.avoid or service.mode in scene.avoid or service.operator_id in scene.avoid:
            return
        carrier = scene.carrier(service.service_id, service.mode, service.operator_id)
        last = scene.last_departure - stop.depart_min
        for first_at, _ in scene.timetable.departures(service.service_id, label.minute - stop.depart_min, last):
            departs_at = first_at + stop.depart_min
            at_change = self._gate_in(label, carrier, departs_at - stop.gate_cutoff_min, departs_at)
            if at_change is None:
                continue
            self._ride(label, boarding, carrier, first_at, at_change, through)

    def _gate_in(self, label: Label, carrier: Carrier, cutoff: int, departs_at: int) -> ChangeMove | None:
        """The change before a departure: handled by its cut-off, gated in late if the run before may wait for nothing."""
        terms, place = self._terms, self._scene.places[label.place_id]
        change = terms.change(label.place_id, label.carrier, carrier, terms.local_date(label.place_id, label.minute))
        handled = handled_at(terms.openings, place, change, label.minute)
        if handled is None or handled[1] > cutoff:
            return None
        gate_in = label.minute
        if label.run is not None and label.run.is_gate_free:
            late = terms.openings.last_open(place.place_id, place, cutoff - change.duration_min, needs_working_day=change.needs_working_day)
            if late is not None and late > gate_in:
                gate_in = late
                change = terms.change(label.place_id, label.carrier, carrier, terms.local_date(label.place_id, gate_in))
                handled = handled_at(terms.openings, place, change, gate_in)
                if handled is None or handled[1] > cutoff:
                    return None
        if change.blocks:
            return None
        return ChangeMove(change, label.minute, gate_in, self._storage(label, gate_in, departs_at), covers_moving=False)

    def _ride(
        self, label: Label, boarding: Boarding, carrier: Carrier, first_at: int, at_change: ChangeMove, through: Through | None
    ) -> None:
        terms, stop = self._terms, boarding.stops[0]
        departs_at = first_at + stop.depart_min
        on = terms.local_date(label.place_id, departs_at)
        for position in range(1, len(boarding.stops)):
            end = boarding.stops[position]
            if (
                self._scene.is_avoided(end.place_id)
                or any(self._scene.is_avoided(via) for via in end.via)
                or self._scene.avoid & set(end.passages)
            ):
                return
            if not end.alight or self._was_passed(label, end.place_id):
                continue
            leg = terms.scheduled_leg(boarding.service, boarding.stops[: position + 1], on)
            if not (leg.is_confirmed or self._with_unconfirmed):
                continue
            documents = [document for document, _ in (*at_change.change.documents, *leg.documents)]
            lead = max((document.lead_days for document in documents), default=0)
            if self._lead(max(lead, self._shipment_lead(label))) > departs_at - stop.document_cutoff_min:
                continue
            if self._scene.travel.closure_of_leg(boarding, position, first_at) is not None:
                continue
            for option, index in self._through_options(boarding, position, through):
                self._alight(label, boarding, position, carrier, first_at, on, at_change, leg, documents, option, index)

    def _through_options(self, boarding: Boarding, position: int, through: Through | None) -> Iterator[tuple[ThroughRate | None, int]]:
        start, end = boarding.stops[0].place_id, boarding.stops[position].place_id
        if through is not None:
            leg = self._leg_of(through)
            if leg.to_place_id == end:
                yield through.rate, through.position
            return
        yield None, 0
        for rate in self._scene.first_legs.get((boarding.service.service_id, start), ()):
            if self._graph.through_legs[rate.through_id][0].to_place_id == end:
                yield rate, 0

    def _alight(
        self,
        label: Label,
        boarding: Boarding,
        position: int,
        carrier: Carrier,
        first_at: int,
        on: date,
        at_change: ChangeMove,
        leg: LegTerms,
        documents: list[Document],
        rate: ThroughRate | None,
        index: int,
    ) -> None:
        terms = self._terms
        if any(block.status != "no_price" for block in leg.blocks) or (leg.blocks and rate is None):
            return
        stop, end = boarding.stops[0], boarding.stops[position]
        departs_at = first_at + stop.depart_min
        delay = self._scene.travel.delay_of_leg(boarding, position, departs_at)
        arrives_at = first_at + end.arrive_min.typical + delay
        through_item = terms.through_item(rate, on) if rate is not None and index == 0 else None
        if rate is not None and index == 0 and through_item is None:
            return
        includes = leg.includes if rate is None else rate_includes(rate)
        inside = rate is not None and index > 0 and "handling" in rate.includes
        change_cost, covered = self._change_cost(label, at_change.change, includes, is_inside_through=inside)
        items, _ = through_items(leg, rate, terms.choice.surcharge_kinds)
        cost = label.cost + change_cost + sum(item.cost_cents for item in at_change.storage) + sum(item.cost_cents for item in items)
        cost += (through_item.cost_cents if through_item else 0) + self._document_cost(documents, label.documents)
        after = None
        if rate is not None and index + 1 < len(self._graph.through_legs[rate.through_id]):
            after = Through(rate, index + 1)
        passed = list(touched_by(boarding, position, self._scene.ports))
        self._push(
            Label(
                end.place_id,
                carrier,
                arrives_at,
                cost,
                label.emission + at_change.change.emission_g + leg.emission_g,
                label.legs + 1,
                parent=label,
                move=SailMove(
                    boarding,
                    position,
                    departs_at,
                    on,
                    leg,
                    replace(at_change, covers_moving=covered),
                    through_item,
                    rate,
                    delay,
                ),
                box=self._box_after(label, boarding, end.place_id, arrives_at, includes),
                documents=label.documents | {document.document_id for document in documents},
                through=after,
                vias=label.vias | self._bits(*passed),
                includes="handling_destination" in includes,
            )
        )

    def _box_after(self, label: Label, boarding: Boarding, place_id: str, minute: int, includes: frozenset[str]) -> Box | None:
        if boarding.service.mode != "sea":
            return label.box
        if "box" in includes:
            return label.box
        operator_id = boarding.service.operator_id
        if (operator_id, place_id) not in self._scene.detention:
            return Box(operator_id, None, None, None)
        return Box(operator_id, place_id, minute, self._terms.local_date(place_id, minute))

    # --- the end -----------------------------------------------------------------------------------------------------------------

    def _finish(self, label: Label) -> None:
        if label.through is not None or label.vias != self._all_vias or not _may_end_run(label):
            return
        terms, place = self._terms, self._scene.places[label.place_id]
        came_on = terms.local_date(label.place_id, label.minute)
        change = terms.change(label.place_id, label.carrier, DESTINATION, came_on)
        handled = handled_at(terms.openings, place, change, label.minute)
        if handled is None or change.blocks or (self._scene.due_at is not None and handled[1] > self._scene.due_at):
            return
        delivered_on = terms.local_date(label.place_id, handled[1])
        box_items: tuple[Item, ...] = ()
        if label.box is not None:
            box = label.box
            returned, minutes = terms.boxes.return_of(box.operator_id, label.place_id, delivered_on)
            box_items = returned
            if box.place_id is not None and box.discharged_at is not None and box.discharged_on is not None:
                kept = handled[1] + minutes - box.discharged_at
                box_items += terms.boxes.detention_items(box.operator_id, box.place_id, kept, box.discharged_on)
        duties = terms.duties(delivered_on)
        change_cost, _ = self._change_cost(label, change, frozenset(), is_inside_through=False)
        cost = label.cost + change_cost + sum(item.cost_cents for item in box_items)
        if self._query.is_landed:
            cost += sum(item.cost_cents for item in duties)
        self._arrive(
            Arrival(cost, handled[1], label.emission + change.emission_g, label.legs, label, change, handled[0], box_items, duties)
        )

    def _generalised(self, arrival: Arrival) -> float:
        return arrival.cost + self._rank_per_day * (arrival.minute - self._scene.ready_at) / MINUTES_PER_DAY

    def _arrive(self, new: Arrival) -> None:
        if self._per_day is not None:
            key = (self._generalised(new), new.minute, new.emission, new.tie_break())
            if not self.arrivals:
                self.arrivals = [new]
            else:
                old = self.arrivals[0]
                if key < (self._generalised(old), old.minute, old.emission, old.tie_break()):
                    self.arrivals = [new]
            return
        values = (new.cost, new.minute, new.emission)
        for old in self.arrivals:
            others = (old.cost, old.minute, old.emission)
            if others == values and new.tie_break() < old.tie_break():
                self.arrivals[self.arrivals.index(old)] = new
                return
            if _is_no_worse(others, values):
                return
        self.arrivals = [old for old in self.arrivals if not _is_no_worse(values, (old.cost, old.minute, old.emission))]
        self.arrivals.append(new)

    # --- labels ------------------------------------------------------------------------------------------------------------------

    def _unless_port(self, place_id: str) -> str | None:
        return None if place_id in self._scene.ports else place_id

    def _bits(self, *ids: str | None) -> int:
        bits = 0
        if self._via_bits:
            for one in ids:
                bits |= self._via_bits.get(one or "", 0)
        return bits

    def _is_hopeless(self, label: Label) -> bool:
        floor = self._floor(label)
        if floor is None:
            return True
        cost, minute, emission = label.cost + floor[0], label.minute + floor[1], label.emission + floor[2]
        if self._scene.due_at is not None and minute > self._scene.due_at:
            return True
        if self._per_day is not None:
            return bool(self.arrivals) and self._rank(label) > self._generalised(self.arrivals[0])
        if self._near[0]:
            cost, minute, emission = cost + self._near[0], minute + self._near[1], emission + self._near[2]
        return any(
            arrival.cost <= cost
            and arrival.minute <= minute
            and arrival.emission <= emission
            and (arrival.cost, arrival.minute, arrival.emission) != (cost, minute, emission)
            for arrival in self.arrivals
        )

    def _floor_to_destination(self, label: Label) -> Values | None:
        """Least cost, minutes and CO2e that a label still needs; None if it cannot reach the destination."""
        node, floors = _node_of(label), self._floors
        paid_to = node
        if label.through is not None:
            last = self._graph.through_legs[label.through.rate.through_id][-1]
            paid_to = rest_node(last.to_place_id, self._network.mode_of(last.service_id, last.haulage_id))
        cost, minutes = floors.cost.get(paid_to), floors.minutes.get(node)
        if cost is None or minutes is None:
            return None
        return cost, minutes, floors.emission[node]

    def _floor(self, label: Label) -> Values | None:
        """What a label still needs at least, through the via that is still to come if there is only one."""
        floor = self._floor_to_destination(label)
        if floor is None or label.through is not None or label.vias == self._all_vias:
            return floor
        node, via = _node_of(label), self._floor_via
        if self._bound_via is not None:
            return floor if node in self._bound_via else None
        if via is None:
            return floor
        if not via.reaches(node) or node not in via.minutes:
            return None
        return via.cost[node], via.minutes[node], via.emission[node]

    def _rank(self, label: Label) -> float:
        spent = label.cost + self._rank_per_day * (label.minute - self._scene.ready_at) / MINUTES_PER_DAY
        weight = NEAR_WEIGHT if self._near[0] else 1
        if self._bound_via is not None and label.vias != self._all_vias and label.through is None:
            return spent + weight * self._bound_via.get(_node_of(label), 0)
        floor = self._floor(label) or (0, 0, 0)
        return spent + weight * (floor[0] + self._rank_per_day * floor[1] / MINUTES_PER_DAY)

    def _push(self, label: Label) -> None:
        if self._is_hopeless(label):
            return
        key = self._key(label)
        front = self._fronts.setdefault(key, [])
        pays_by_time = self._pays_by_time(label)
        beats = self._nearly_beats if self._near[0] else self._beats
        if any(beats(old, label, pays_by_time) for old in front):
            return
        kept = []
        for old in front:
            if self._beats(label, old, pays_by_time):
                old.is_dead = True
            else:
                kept.append(old)
        kept.append(label)
        self._fronts[key] = kept
        self._count += 1
        heapq.heappush(self._heap, (self._rank(label), label.minute, self._count, label))

    def _pays_by_time(self, label: Label) -> bool:
        """Whether storage may be due that a later arrival would not pay."""
        if label.move is None or (self._near[0] and label.run is not None):
            return False
        return label.place_id in self._terms.choice.storage_places or (label.run is not None and not label.run.is_gate_free)

    def _beats(self, one: Label, other: Label, pays_by_time: bool) -> bool:
        """Whether whatever follows the other could follow the one, no dearer, no later and no dirtier.

        Where storage may be due, an earlier arrival may pay for more days: it must be cheaper by the dearest storage for them, and for
        ``SPARE_DAYS`` more, since a closed border may let the earlier one get further ahead. An order of haulage waits at most
        ``MAX_IDLE_MIN`` for other terms, so labels further apart are compared only under the same terms.
        """
        ahead = other.minute - one.minute
        if ahead < 0 or one.emission > other.emission or one.legs > other.legs or one.cost > other.cost:
            return False
        if not other.documents <= one.documents and one.cost + self._cost_of(other.documents - one.documents) > other.cost:
            return False
        if ahead == 0:
            return True
        extra = 0 if other.documents <= one.documents else self._cost_of(other.documents - one.documents)
        if pays_by_time and one.cost + extra + self._allowance(other, ahead) > other.cost:
            return False
        if ahead <= MAX_IDLE_MIN:
            return True
        return self._epoch_of(one) == self._epoch_of(other)

    def _nearly_beats(self, one: Label, other: Label, pays_by_time: bool) -> bool:
        """Whether one label is as good as another within the tolerances."""
        cost = other.cost + self._near[0]
        ahead = other.minute - one.minute
        if one.cost > cost or -ahead > self._near[1] or one.emission > other.emission + self._near[2] or one.legs > other.legs + 1:
            return False
        return not pays_by_time or ahead <= 0 or one.cost + self._allowance(other, ahead) <= cost

    def _allowance(self, label: Label, ahead_min: int) -> int:
        """The most that storage can cost a label that is earlier by so many minutes."""
        if self._near[0]:
            return self._scene.dearest_storage.get(label.place_id, 0) * -(-ahead_min // MINUTES_PER_DAY)
        return self._scene.dearest_of_all * (ahead_min // MINUTES_PER_DAY + SPARE_DAYS)

    def _cost_of(self, document_ids: frozenset[str]) -> int:
        """What documents cost that one label has and another has not."""
        return sum(self._scene.document_cents.get(one, 0) for one in document_ids)

    def _epoch_of(self, label: Label) -> int:
        return self._terms.epoch(self._terms.local_date(label.place_id, label.minute))

    def _key(self, label: Label) -> tuple[object, ...]:
        through = (label.through.rate.through_id, label.through.position) if label.through else None
        if self._near[0]:
            offer = (label.run.haulage.haulage_id, label.run.is_home) if label.run else None
            return (label.place_id, label.carrier.mode, offer, label.box is not None, through, label.vias)
        box = (label.box.operator_id, label.box.place_id, label.box.discharged_at) if label.box else None
        run = label.run.key() if label.run else None
        return (label.place_id, label.carrier.carrier_id, run, box, through, label.vias, label.includes)


def _may_end_run(label: Label) -> bool:
    """Whether the goods may leave the vehicle here: a truck carries between two other countries only through its own."""
    return label.run is None or label.run.is_home


def _node_of(label: Label) -> Node:
    if label.run is not None:
        return run_node(label.place_id, label.run.haulage.haulage_id)
    return rest_node(label.place_id, label.carrier.mode)


def _is_no_worse(one: Values, other: Values) -> bool:
    return one[0] <= other[0] and one[1] <= other[1] and one[2] <= other[2]


def rate_includes(rate: ThroughRate) -> frozenset[str]:
    """Inclusions of the legs of a through rate."""
    return frozenset(rate.includes)


def through_items(leg: LegTerms, rate: ThroughRate | None, kinds: dict[str, str]) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """Items of a leg, and those due once per run; under a through rate without freight and what the rate includes."""
    if rate is None:
        return leg.items, leg.once
    included = frozenset(rate.includes)
    return tuple(item for item in leg.items if _is_beside(item, included, kinds)), tuple(
        item for item in leg.once if _is_beside(item, included, kinds)
    )


def _is_beside(item: Item, included: frozenset[str], kinds: dict[str, str]) -> bool:
    """Whether an item is charged beside a through rate."""
    if item.kind == "surcharge":
        return item.per != "percent" and kinds[item.row_id] not in included
    return item.kind not in ("freight", "fixed", "event")
