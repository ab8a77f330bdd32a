"""The way of an itinerary gone again by another load: what it is made of is looked up in the graph, and every term is worked out anew."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from landbridge.domain.plan import Itinerary, Leg
from landbridge.domain.query import Query
from landbridge.domain.tariff import ThroughRate
from landbridge.graph.planning_graph import PlanningGraph
from landbridge.routing.itinerary import ItineraryMaker
from landbridge.routing.scene import Scene
from landbridge.routing.trail import Drive, Ride, Trail, TrailPricer
from landbridge.terms.terms import Terms


def retrace(graph: PlanningGraph, itinerary: Itinerary) -> Trail | None:
    """The moves of an itinerary as they stand in a graph; None where one of them is not there."""
    rates: dict[str, ThroughRate] = {row.through_id: row for row in graph.dataset.through_rates}
    moves: list[Ride | Drive] = []
    before, index = None, 0
    for leg in itinerary.legs:
        index = index + 1 if leg.through_id is not None and leg.through_id == before else 0
        before = leg.through_id
        rate = None if leg.through_id is None else rates.get(leg.through_id)
        found: list[Ride | Drive] = [*(_ride(graph, leg, rate, index) if leg.is_scheduled else _drives(graph, leg, rate, index))]
        if not found or (leg.through_id is not None and rate is None):
            return None
        moves += found
    return tuple(moves)


def _ride(graph: PlanningGraph, leg: Leg, rate: ThroughRate | None, index: int) -> Iterator[Ride]:
    for boarding in graph.boardings.get(leg.from_id, ()):
        if boarding.service.service_id == leg.service_id:
            for position, stop in enumerate(boarding.stops):
                if position and stop.place_id == leg.to_id:
                    yield Ride(boarding, position, rate, index)
                    return


def _drives(graph: PlanningGraph, leg: Leg, rate: ThroughRate | None, index: int) -> Iterator[Drive]:
    found: list[Drive] = []
    for number, link_id in enumerate(leg.link_ids):
        at = leg.calls[number]
        link = next((one for one in graph.links.get(at, ()) if one.link.link_id == link_id), None)
        offer = None if link is None else next((one for one in link.offers if one.haulage_id == leg.service_id), None)
        if link is None or offer is None:
            return
        found.append(Drive(link, offer, number == 0, rate, index))
    yield from found


class Retracer:
    """Goes trails for one load from one day; None where that load may not go one, or misses something on it."""

    def __init__(self, graph: PlanningGraph, query: Query) -> None:
        self._graph, self._query = graph, query

    @cached_property
    def _scene(self) -> Scene:
        return Scene(self._graph, Terms(self._graph.dataset, self._query))

    @cached_property
    def _pricer(self) -> TrailPricer:
        return TrailPricer(self._scene)

    def go(self, trail: Trail) -> Itinerary | None:
        """The itinerary by a trail, each move as early as it can be made."""
        arrival = self._pricer.arrival(trail)
        return None if arrival is None else ItineraryMaker(self._scene).make(arrival)
