"""From an answer of the kernel to labels with all their terms: the same moves, made once more with everything that is shown of them."""

from __future__ import annotations

from landbridge.domain.errors import LandbridgeError
from landbridge.domain.haulage import Haulage
from landbridge.domain.plan import Item
from landbridge.domain.tariff import ThroughRate
from landbridge.graph.planning_graph import DirectedLink
from landbridge.routing.arrival import Arrival
from landbridge.routing.expansion import Expansion
from landbridge.routing.label import Label
from landbridge.routing.label_search import LabelSearch
from landbridge.routing.scene import Scene
from landbridge.routing.steps import BYTES_OF_STEP, NO_WAY, Answer, Step
from landbridge.terms.change import handled_at
from landbridge.terms.terms import DESTINATION, ORIGIN


class Replay(Expansion):
    """Makes the moves of an answer again and checks that the kernel and the terms agree to the cent, the minute and the gram."""

    def __init__(self, scene: Scene, search: LabelSearch) -> None:
        super().__init__(scene, (), with_unconfirmed=True)
        self._terms = scene.terms.by_epoch()  # not as the tables were made
        self._search = search
        self._made: list[Label] = []
        self._labels: dict[bytes, Label] = {NO_WAY: start_label(self)}

    def arrival(self, answer: Answer) -> Arrival:
        """Make the arrival of an answer.

        Raises
        ------
        LandbridgeError
            If the terms do not give what the kernel found: a defect of the program.
        """
        steps, way = answer.steps, answer.way
        known = len(steps)
        while way[: known * BYTES_OF_STEP] not in self._labels:
            known -= 1
        label = self._labels[way[: known * BYTES_OF_STEP]]
        for index in range(known, len(steps)):
            label = self._labels[way[: (index + 1) * BYTES_OF_STEP]] = self._take(label, steps[index])
        found = finish_label(self, label)
        if found is None or (found.cost, found.minute, found.emission) != (answer.cost, answer.minute, answer.emission):
            raise LandbridgeError(f"the kernel and the terms differ on {answer}: {found}; please report this question")
        return found

    def _push(self, label: Label) -> None:
        self._made.append(label)

    def _take(self, label: Label, step: Step) -> Label:
        self._made = []
        rate, index = self._rate_of(step)
        if step.is_ride:
            self._take_ride(label, step, rate, index)
        else:
            self._take_arc(label, step, rate, index)
        if len(self._made) != 1:
            raise LandbridgeError(f"the kernel made a move that the terms do not allow: {step}; please report this question")
        return self._made[0]

    def _rate_of(self, step: Step) -> tuple[ThroughRate | None, int]:
        if step.through < 0:
            return None, 0
        rate, position, _ = self._search.tabulation.through_legs[step.through]
        return rate, position

    def _take_ride(self, label: Label, step: Step, rate: ThroughRate | None, index: int) -> None:
        ride = self._search.tabulation.rides[step.ref]
        boarding = ride.boarding
        service = boarding.service
        carrier = self._scene.carrier(service.service_id, service.mode, service.operator_id)
        self.ride(label, boarding, ride.position, carrier, step.starts_at - boarding.stops[0].depart_min, rate, index)

    def _take_arc(self, label: Label, step: Step, rate: ThroughRate | None, index: int) -> None:
        link, slot = self._search.tabulation.arcs[step.ref]
        if not step.opens and label.run is not None and label.minute == step.starts_at:
            self._continue_run(label, label.run, link)
            return
        if step.opens:
            self._order(label, link, self._search.tabulation.offers[slot], step.starts_at, rate, index)

    def _order(self, label: Label, link: DirectedLink, offer: Haulage, starts_at: int, rate: ThroughRate | None, index: int) -> None:
        terms = self._terms
        carrier = self._scene.carrier(offer.haulage_id, offer.mode, offer.operator_id)
        change = terms.change(label.place_id, label.carrier, carrier, terms.local_date(label.place_id, label.minute))
        self._order_run(label, link, offer, carrier, change, starts_at, rate, None if rate is None else index)


def start_label(expansion: Expansion) -> Label:
    """The goods at the origin, with the papers and fees of the shipment."""
    scene, query = expansion.scene, expansion.scene.terms.query
    law, fees = scene.shipment_law, scene.shipment_fees
    documents = frozenset(document.document_id for document, _ in law.documents)
    cost = sum(item.cost_cents for item in fees) + expansion.document_cost([document for document, _ in law.documents], frozenset())
    vias = expansion.bits(None if query.origin_id in scene.ports else query.origin_id)
    return Label(query.origin_id, ORIGIN, scene.ready_at, cost, 0, 0, documents=documents, vias=vias)


def finish_label(expansion: Expansion, label: Label) -> Arrival | None:
    """Deliver a label at the destination; None if it does not open, the law forbids it, or it is too late."""
    scene, terms = expansion.scene, expansion.scene.terms
    place = scene.places[label.place_id]
    came_on = terms.local_date(label.place_id, label.minute)
    change = terms.change(label.place_id, label.carrier, DESTINATION, came_on)
    handled = handled_at(terms.openings, place, change, label.minute)
    if handled is None or change.blocks or (scene.due_at is not None and handled[1] > scene.due_at):
        return None
    delivered_on = terms.local_date(label.place_id, handled[1])
    box_items = _box_items(scene, label, handled[1])
    duties = terms.duties(delivered_on)
    cost = label.cost + change.cost_cents + (0 if label.includes else change.moving_cents) + sum(item.cost_cents for item in box_items)
    if terms.query.is_landed:
        cost += sum(item.cost_cents for item in duties)
    return Arrival(cost, handled[1], label.emission + change.emission_g, label.legs, label, change, handled[0], box_items, duties)


def _box_items(scene: Scene, label: Label, delivered_at: int) -> tuple[Item, ...]:
    box, terms = label.box, scene.terms
    if box is None:
        return ()
    items, minutes = terms.boxes.return_of(box.operator_id, label.place_id, terms.local_date(label.place_id, delivered_at))
    if box.place_id is not None and box.discharged_at is not None and box.discharged_on is not None:
        kept = delivered_at + minutes - box.discharged_at
        items += terms.boxes.detention_items(box.operator_id, box.place_id, kept, box.discharged_on)
    return items
