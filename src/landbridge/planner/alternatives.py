"""Ways that are truly different: each spends little on what the ones before it use.

Greedy: the first is the balanced plan; each further one is the way of least generalised cost, among all that are at hand, that shares at
most ``MOST_SHARED`` percent of its cost with each one before. At hand are the plans, the compared ways through gateways, and, for each
chosen one, the best ways without one of its borders, passages or services. The idea of limiting overlap is that of Chondrogiannis et al.
(2020), Finding k-shortest paths with limited overlap, VLDB Journal 29, https://doi.org/10.1007/s00778-020-00604-x; the choice here is not
proven to be the best.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import QueryError
from landbridge.domain.finding import Finding
from landbridge.domain.inquiry import Alternative
from landbridge.domain.plan import Itinerary, Leg, Plan
from landbridge.planner.shipment import gated_graph
from landbridge.routing.answer import search_best
from landbridge.terms.load import load_of

MOST_SHARED = 50
MOST_ALTERNATIVES = 10
Stretch = tuple[str, str, str]


def find_alternatives(dataset: Dataset, plan: Plan, count: int) -> tuple[Alternative, ...]:
    """Choose up to ``count`` ways for the question of a plan, none of which is a small variant of another.

    Raises
    ------
    QueryError
        If the number is out of range.
    """
    if not 1 <= count <= MOST_ALTERNATIVES:
        text = f"{count} alternatives cannot be had"
        raise QueryError([Finding(code="ALTERNATIVES", column="--alternatives", message=text, fix=f"give 1 to {MOST_ALTERNATIVES}")])
    per_minute = float(load_of(dataset, plan.query).value_per_day_cents) / 1440
    is_confirmed = any(one.is_confirmed for one in plan.itineraries)
    pool = [*plan.itineraries, *(one.itinerary for one in plan.compared if one.itinerary.is_confirmed or not is_confirmed)]
    chosen: list[Alternative] = []
    while len(chosen) < count:
        if chosen and len(chosen) < count:
            pool += [one for one in _detours(dataset, plan, chosen[-1].itinerary) if one.is_confirmed or not is_confirmed]
        best = _choose(dataset, pool, [one.itinerary for one in chosen], per_minute)
        if best is None:
            break
        shared = max((shared_percent(dataset, best, one.itinerary) for one in chosen), default=0)
        chosen.append(Alternative(itinerary=best, shared_percent=shared, is_plan=best in plan.itineraries))
    return tuple(chosen)


def shared_percent(dataset: Dataset, one: Itinerary, other: Itinerary) -> int:
    """Share of the cost of one way, percent rounded up, on stretches that another uses too, by whatever vehicle of the same mode."""
    used = {stretch for leg in other.legs for stretch in _stretches(leg)}
    shared = 0.0
    for number, leg in enumerate(one.legs):
        cost = sum(item.cost_cents for item in one.items if item.leg == number)
        parts = [(stretch, _length(dataset, stretch)) for stretch in _stretches(leg)]
        total = sum(length for _, length in parts)
        shared += cost * sum(length for stretch, length in parts if stretch in used) / total if total else 0.0
    whole = sum(item.cost_cents for item in one.items if item.leg is not None)
    return math.ceil(round(100 * shared / whole, 6)) if whole else 0


def _choose(dataset: Dataset, pool: list[Itinerary], chosen: list[Itinerary], per_minute: float) -> Itinerary | None:
    fit = [one for one in pool if all(shared_percent(dataset, one, other) <= MOST_SHARED for other in chosen)]
    return min(fit, key=lambda one: (one.cost_cents + per_minute * one.duration_min, one.duration_min, one.emission_g_co2e), default=None)


def _detours(dataset: Dataset, plan: Plan, way: Itinerary) -> Iterator[Itinerary]:
    """The best ways without one thing that a way uses."""
    graph = gated_graph(dataset, plan.query)
    things = dict.fromkeys(
        one for leg in way.legs for one in (*leg.borders, *leg.passages, *([leg.service_id] if leg.is_scheduled else []))
    )
    for one in things:
        if one in plan.query.via:
            continue
        found, _ = search_best(graph, replace(plan.query, avoid=(*plan.query.avoid, one)), "balanced")
        if found is not None:
            yield found


def _stretches(leg: Leg) -> Iterator[Stretch]:
    calls = leg.calls or (leg.from_id, leg.to_id)
    yield from ((leg.mode, a, b) for a, b in pairwise(calls))


def _length(dataset: Dataset, stretch: Stretch) -> float:
    """Distance as the crow flies, by which the cost of a leg is shared out over its stretches; a metre at least."""
    one, other = dataset.get_place(stretch[1]), dataset.get_place(stretch[2])
    x = ((other.lon - one.lon + 180) % 360 - 180) * math.cos(math.radians((one.lat + other.lat) / 2))
    return max(math.hypot(x, other.lat - one.lat), 1e-5)
