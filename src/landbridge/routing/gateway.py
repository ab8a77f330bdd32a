"""The places, borders and passages by which ways are told apart."""

from __future__ import annotations

from landbridge.domain.plan import Itinerary
from landbridge.graph.planning_graph import PlanningGraph


def list_gateways(graph: PlanningGraph) -> tuple[str, ...]:
    """Ids of the places, borders and passages by which ways are compared."""
    dataset = graph.dataset
    places = [row.place_id for row in dataset.places if row.gateway]
    borders = [row.border_id for row in dataset.borders if row.gateway]
    passages = [row.passage_id for row in dataset.passages if row.gateway]
    return (*places, *borders, *passages)


def gateways_of(itinerary: Itinerary, ports: frozenset[str]) -> frozenset[str]:
    """Everything that an itinerary uses by which ways can be compared; a port counts only by a ship that calls there."""
    return frozenset(
        one
        for leg in itinerary.legs
        for one in (*leg.calls, *leg.borders, *leg.passages)
        if leg.mode in ("sea", "ferry") or one not in ports
    )
