"""Wishes of the question: due date, what to avoid, what to go by, how many legs."""

from __future__ import annotations

from collections.abc import Iterator

from landbridge.domain.plan import Itinerary
from landbridge.verification.case import Case
from landbridge.verification.difference import Difference, demand
from landbridge.verification.facts import join_facts
from landbridge.verification.matter import list_places
from landbridge.verification.step import Way


def touched_by(way: Way) -> frozenset[str]:
    """Give the ids of everything that a way uses: places, services, haulage offers, borders, passages, countries, modes."""
    facts = join_facts(part for step in way.steps for part in step.facts)
    places = frozenset(place for step in way.steps for place in list_places(step.part))
    return places | facts.services | facts.haulages | facts.borders | facts.passages | facts.countries | facts.modes


def compare_wishes(case: Case, way: Way, itinerary: Itinerary, where: str) -> Iterator[Difference]:
    """Compare an itinerary with the wishes of the question."""
    touched, query = touched_by(way), case.query
    for name in query.avoid:
        yield from demand(where, name not in touched, f"uses {name}", f"avoid {name}", "query.avoid")
    for name in query.via:
        yield from demand(where, name in touched, f"does not use {name}", f"via {name}", "query.via")
    in_time = case.due_at is None or itinerary.arrives_at <= case.due_at
    yield from demand(f"{where}.arrives_at", in_time, itinerary.arrives_at, f"due by {case.due_at}", "1 Time")
    count = len(way.steps)
    yield from demand(f"{where}.legs", count <= query.max_legs, count, f"at most {query.max_legs}", "query.max_legs")
