"""The moves from one label to the next: run on, order haulage, board a departure, follow a through rate."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from landbridge.domain.event import Event
from landbridge.domain.haulage import Haulage
from landbridge.domain.plan import Item
from landbridge.domain.rule import Document
from landbridge.domain.tariff import ThroughLeg, ThroughRate
from landbridge.graph.planning_graph import Boarding, DirectedLink
from landbridge.routing.arrival import rate_includes, through_items
from landbridge.routing.label import MAX_IDLE_MIN, Box, ChangeMove, Label, LinkMove, Run, SailMove, Through
from landbridge.routing.scene import Scene, touched_by
from landbridge.terms.change import Carrier, ChangeTerms, handled_at
from landbridge.terms.clock import MINUTES_PER_DAY
from landbridge.terms.leg import LegTerms


class Expansion(ABC):
    """All moves that docs/model.md allows from a label; what becomes of the labels made is the search's affair."""

    def __init__(self, scene: Scene, vias: tuple[str, ...], *, with_unconfirmed: bool) -> None:
        self.scene = self._scene = scene
        self._terms, self._graph, self._query = scene.terms, scene.graph, scene.terms.query
        self._via_bits = {via: 1 << index for index, via in enumerate(dict.fromkeys(vias))}
        self._with_unconfirmed = with_unconfirmed

    @abstractmethod
    def _push(self, label: Label) -> None:
        """Take a label that a move has made."""

    def _move_on(self, label: Label) -> None:
        """Make every move from a label."""
        if label.through is not None:
            self._follow_through(label, label.through)
            return
        if label.run is not None:
            for link in self._graph.links.get(label.place_id, ()):
                if label.run.haulage in link.offers and not self._was_passed(label, link.to_id):
                    self._continue_run(label, label.run, link)
        if label.legs >= self._query.max_legs or not may_end_run(label):
            return
        self._start_runs(label)
        for boarding in self._graph.boardings.get(label.place_id, ()):
            self._board(label, boarding)

    def _follow_through(self, label: Label, through: Through) -> None:
        leg = self._graph.through_legs[through.rate.through_id][through.position]
        at_start = leg.from_place_id == label.place_id
        if at_start and not may_end_run(label):
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

    def _lead(self, lead_days: int, extra_min: int = 0) -> int:
        return self._terms.asked_at + lead_days * MINUTES_PER_DAY + extra_min

    def document_cost(self, documents: list[Document], had: frozenset[str]) -> int:
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
        for earliest in (base, *scene.turning_minutes(offer, label.place_id, base, base + MAX_IDLE_MIN)):
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
            if earliest > self._scene.last_departure:
                return
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
        run = Run(offer, carrier, ordered_on, terms.epoch(ordered_on), 0, frozenset(), is_free, self._scene.is_home(offer, label.place_id))
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
        tracks = self._graph.dataset.list_infrastructure(run.haulage.haulage_id, link.link)
        if link.link.border_id in self._scene.avoid or tracks & self._scene.avoid:
            return
        driven = self._scene.travel.drive(run.haulage, link, leg, minute, run.driven_min)
        if driven is None or isinstance(driven, Event):
            return
        in_through = through.rate if through else None
        items, once = through_items(leg, in_through, self._terms.choice.surcharge_kinds)
        new_once = tuple(item for item in once if item.row_id not in run.once_ids)
        needed = documents + [document for document, _ in leg.documents]
        cost += sum(item.cost_cents for item in items) + sum(item.cost_cents for item in new_once)
        cost += self.document_cost(needed, label.documents)
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
                    is_home=run.is_home or self._scene.is_home(run.haulage, link.to_id),
                    once_ids=run.once_ids | {item.row_id for item in new_once},
                ),
                box=label.box,
                documents=label.documents | {document.document_id for document in needed},
                through=after,
                vias=label.vias
                | self.bits(self._unless_port(link.to_id), link.link.border_id, run.haulage.haulage_id, run.haulage.operator_id),
            )
        )

    @staticmethod
    def _was_passed(label: Label, place_id: str) -> bool:
        """Whether the goods were at a place before: an itinerary comes to no place twice."""
        step: Label | None = label
        while step is not None:
            if step.place_id == place_id:
                return True
            step = step.parent
        return False

    def _board(self, label: Label, boarding: Boarding, through: Through | None = None) -> None:
        scene, service, stop = self._scene, boarding.service, boarding.stops[0]
        if service.service_id in scene.avoid or service.mode in scene.avoid or service.operator_id in scene.avoid:
            return
        carrier = scene.carrier(service.service_id, service.mode, service.operator_id)
        last = scene.last_departure - stop.depart_min
        departures = [at for at, _ in scene.timetable.departures(service.service_id, label.minute - stop.depart_min, last)]
        for position in range(1, len(boarding.stops)):
            end = boarding.stops[position]
            if scene.is_avoided(end.place_id) or any(scene.is_avoided(via) for via in end.via) or scene.avoid & set(end.passages):
                return
            if end.alight and not self._was_passed(label, end.place_id) and not scene.avoids_terminal(stop, end):
                for rate, index in self._through_options(boarding, position, through):
                    self._board_first(label, boarding, position, carrier, departures, rate, index)

    def _board_first(
        self,
        label: Label,
        boarding: Boarding,
        position: int,
        carrier: Carrier,
        departures: list[int],
        rate: ThroughRate | None,
        index: int,
    ) -> None:
        """Ride with the first departure that can be met, and with the first of each later stretch of days that makes the ride better."""
        taken: int | None = None
        offset = boarding.stops[0].depart_min
        for first_at in departures:
            on = self._terms.local_date(label.place_id, first_at + offset)
            epoch = self._terms.epoch(on)
            if taken is not None and (
                epoch == taken or not self._scene.is_ride_better(boarding, position, on, rate if index == 0 else None)
            ):
                continue
            if self.ride(label, boarding, position, carrier, first_at, rate, index):
                taken = epoch

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

    def ride(
        self, label: Label, boarding: Boarding, position: int, carrier: Carrier, first_at: int, rate: ThroughRate | None, index: int
    ) -> bool:
        """Ride with one departure to one stop, if it can be met and is not closed."""
        terms, stop = self._terms, boarding.stops[0]
        departs_at = first_at + stop.depart_min
        at_change = self._gate_in(label, carrier, departs_at - stop.gate_cutoff_min, departs_at)
        if at_change is None:
            return False
        on = terms.local_date(label.place_id, departs_at)
        leg = terms.scheduled_leg(boarding.service, boarding.stops[: position + 1], on)
        if any(block.status != "no_price" for block in leg.blocks) or (leg.blocks and rate is None):
            return False
        if not (leg.is_confirmed or self._with_unconfirmed):
            return False
        documents = [document for document, _ in (*at_change.change.documents, *leg.documents)]
        lead = max((document.lead_days for document in documents), default=0)
        if self._lead(max(lead, self._shipment_lead(label))) > departs_at - stop.document_cutoff_min:
            return False
        if self._scene.travel.closure_of_leg(boarding, position, first_at) is not None:
            return False
        through_item = terms.through_item(rate, on) if rate is not None and index == 0 else None
        if rate is not None and index == 0 and through_item is None:
            return False
        self._alight(label, boarding, position, carrier, first_at, on, at_change, leg, documents, rate, index, through_item)
        return True

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
        through_item: Item | None,
    ) -> None:
        terms = self._terms
        stop, end = boarding.stops[0], boarding.stops[position]
        departs_at = first_at + stop.depart_min
        delay = self._scene.travel.delay_of_leg(boarding, position, departs_at)
        arrives_at = first_at + end.arrive_min.typical + delay
        includes = leg.includes if rate is None else rate_includes(rate)
        inside = rate is not None and index > 0 and "handling" in rate.includes
        change_cost, covered = self._change_cost(label, at_change.change, includes, is_inside_through=inside)
        items, _ = through_items(leg, rate, terms.choice.surcharge_kinds)
        cost = label.cost + change_cost + sum(item.cost_cents for item in at_change.storage) + sum(item.cost_cents for item in items)
        cost += (through_item.cost_cents if through_item else 0) + self.document_cost(documents, label.documents)
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
                vias=label.vias | self.bits(*passed),
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

    def _unless_port(self, place_id: str) -> str | None:
        return None if place_id in self._scene.ports else place_id

    def bits(self, *ids: str | None) -> int:
        bits = 0
        if self._via_bits:
            for one in ids:
                bits |= self._via_bits.get(one or "", 0)
        return bits


def may_end_run(label: Label) -> bool:
    """Whether the goods may leave the vehicle here: a truck carries between two other countries only through its own."""
    return label.run is None or label.run.is_home
