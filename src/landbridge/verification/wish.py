"""Wishes of the question: due date, what to avoid, what to go by, how many legs."""

from __future__ import annotations

from collections.abc import Iterator

from landbridge.domain.plan import Itinerary
from landbridge.verification.case import Case
from landbridge.verification.difference import Difference, demand
from landbridge.verification.facts import Facts, Names, join_facts, owners_of
from landbridge.verification.matter import list_places
from landbridge.verification.scheduled import Scheduled, terminals_of
from landbridge.verification.step import Way


def touched_by(way: Way) -> frozenset[str]:
    """Give the ids of everything that a way uses: places, services, haulage offers, operators, tracks, borders,
    passages, countries, modes.
    """
    facts = join_facts(part for step in way.steps for part in step.facts)
    places = frozenset(place for step in way.steps for place in list_places(step.part))
    return places | facts.services | facts.haulages | facts.borders | facts.passages | facts.countries | facts.modes | _list_carriers(facts)


def _list_carriers(facts: Facts) -> Names:
    return facts.operators | facts.infrastructure


def _list_terminals(case: Case, way: Way) -> Names:
    """Give the terminals at which the goods board and alight, and who operates them."""
    called = frozenset(one for step in way.steps if isinstance(step.part, Scheduled) for one in terminals_of(step.part.stops))
    return called | owners_of(case, called)


def gateways_of(case: Case, way: Way) -> frozenset[str]:
    """Give what a way goes by: as :func:`touched_by`, but a port only by a ship that calls there."""
    ports = {place.place_id for place in case.dataset.places if place.kind == "port"}
    found = touched_by(way) - ports
    for step in way.steps:
        if step.leg.mode in ("sea", "ferry"):
            found |= frozenset(list_places(step.part))
    return found


def _list_arrivals(way: Way) -> tuple[str, ...]:
    """List the places that the goods come to: all of a run, of a scheduled leg the last."""
    found = [way.steps[0].leg.from_id]
    for step in way.steps:
        places = list_places(step.part)
        found.extend(places[-1:] if step.leg.is_scheduled else places[1:])
    return tuple(found)


def _list_homeless(case: Case, way: Way) -> tuple[str, ...]:
    """List the trucks that carry between other countries and never touch their own."""
    found = []
    for step in way.steps:
        offer = case.dataset.haulage_by_id.get(step.leg.service_id)
        if offer is None or step.leg.is_scheduled or offer.mode != "road" or offer.registration is None:
            continue
        countries = {case.dataset.get_place(place).country for place in list_places(step.part)}
        if offer.registration not in countries:
            found.append(offer.haulage_id)
    return tuple(found)


def compare_wishes(case: Case, way: Way, itinerary: Itinerary, where: str) -> Iterator[Difference]:
    """Compare an itinerary with the wishes of the question."""
    touched, query = touched_by(way) | _list_terminals(case, way), case.query
    for name in query.avoid:
        yield from demand(where, name not in touched, f"uses {name}", f"avoid {name}", "query.avoid")
    gateways = gateways_of(case, way)
    for name in query.via:
        yield from demand(where, name in gateways, f"does not use {name}", f"via {name}", "query.via")
    in_time = case.due_at is None or itinerary.arrives_at <= case.due_at
    yield from demand(f"{where}.arrives_at", in_time, itinerary.arrives_at, f"due by {case.due_at}", "1 Time")
    arrivals = _list_arrivals(way)
    yield from demand(where, len(set(arrivals)) == len(arrivals), " ".join(arrivals), "comes to no place twice", "4.2 Runs")
    for name in _list_homeless(case, way):
        yield from demand(where, False, name, "touches the country of its registration", "4.2 Runs")
    count = len(way.steps)
    yield from demand(f"{where}.legs", count <= query.max_legs, count, f"at most {query.max_legs}", "query.max_legs")
