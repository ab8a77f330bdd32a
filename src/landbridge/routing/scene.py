"""What all searches of one question share."""

from __future__ import annotations

from datetime import timedelta

from landbridge.domain.query import Query
from landbridge.domain.tariff import ThroughRate
from landbridge.graph.planning_graph import PlanningGraph
from landbridge.graph.timetable import Timetable
from landbridge.routing.floor import FloorNetwork, Floors
from landbridge.routing.travel import Travel
from landbridge.terms.change import Carrier
from landbridge.terms.clock import MINUTES_PER_DAY, local_minute
from landbridge.terms.terms import Terms


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
