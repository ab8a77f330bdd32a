"""Exact multi-criteria label search over one planning graph for one question.

Labels are partial itineraries. Two labels are compared only where everything that later terms depend on agrees (the key), so that a
label that is no better in arrival, cost, CO2e and number of legs cannot lead to a better itinerary: Martins' algorithm on an
extended state. See docs/model.md for what the state holds.

References
----------
Martins, E. Q. V. (1984). On a multicriteria shortest path problem. European Journal of Operational Research 16(2), 236-245.
https://doi.org/10.1016/0377-2217(84)90077-8
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from decimal import Decimal

from landbridge.domain.plan import Item
from landbridge.routing.arrival import Arrival
from landbridge.routing.expansion import Expansion, may_end_run
from landbridge.routing.floor import Node, rest_node, run_node
from landbridge.routing.front import Fronts, Values, tolerances_of
from landbridge.routing.label import Label
from landbridge.routing.scene import Scene
from landbridge.terms.change import handled_at
from landbridge.terms.clock import MINUTES_PER_DAY
from landbridge.terms.terms import DESTINATION, ORIGIN

NEAR_WEIGHT = 1.5
"""How much a search with tolerances trusts its floors: more finds itineraries sooner."""


class Search(Expansion):
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
        super().__init__(scene, vias, with_unconfirmed=with_unconfirmed)
        self._all_vias = (1 << len(self._via_bits)) - 1
        self._per_day = cents_per_day
        self._rank_per_day = float(cents_per_day) if cents_per_day else 1000.0
        self._max_labels = max_labels or self._query.max_labels
        self._heap: list[tuple[float, int, int, Label]] = []
        self._count = 0
        self.arrivals: list[Arrival] = []
        self.is_complete = True
        self._network = scene.network(with_unconfirmed)
        self._floors = scene.floors(with_unconfirmed)
        only_via = next(iter(self._via_bits)) if len(self._via_bits) == 1 else None
        self._floor_via = scene.floors(with_unconfirmed, only_via) if only_via and cents_per_day is None else None
        self._bound_via = self._via_bounds(only_via) if only_via and cents_per_day is not None else None
        self._near = tolerances_of(scene, self._floors)
        self._fronts = Fronts(scene, self._near)

    def _via_bounds(self, via: str) -> dict[Node, float]:
        """Least generalised cost to the destination through the one via."""
        weights = (1.0, self._rank_per_day / MINUTES_PER_DAY, 0.0)
        return self._network.bounds(self._query.destination_id, weights, via)

    def run(self, known: Iterable[Arrival] = ()) -> list[Arrival]:
        """Search to the end or to ``max_labels``, from what is known already; arrivals sorted by cost, then time, then CO2e."""
        for arrival in known:
            self._arrive(arrival)
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
            self._finish(label)  # nothing leads back here: an itinerary comes to no place twice
        else:
            self._move_on(label)

    def _finish(self, label: Label) -> None:
        if label.through is not None or label.vias != self._all_vias or not may_end_run(label):
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
        node, floors = node_of(label), self._floors
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
        node, via = node_of(label), self._floor_via
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
            return spent + weight * self._bound_via.get(node_of(label), 0)
        floor = self._floor(label) or (0, 0, 0)
        return spent + weight * (floor[0] + self._rank_per_day * floor[1] / MINUTES_PER_DAY)

    def _push(self, label: Label) -> None:
        if label.place_id == self._query.destination_id and label.vias != self._all_vias:
            return
        if self._is_hopeless(label) or not self._fronts.add(label):
            return
        self._count += 1
        heapq.heappush(self._heap, (self._rank(label), label.minute, self._count, label))


def node_of(label: Label) -> Node:
    """The node of the floor network at which a label is."""
    if label.run is not None:
        return run_node(label.place_id, label.run.haulage.haulage_id)
    return rest_node(label.place_id, label.carrier.mode)


def _is_no_worse(one: Values, other: Values) -> bool:
    return one[0] <= other[0] and one[1] <= other[1] and one[2] <= other[2]
