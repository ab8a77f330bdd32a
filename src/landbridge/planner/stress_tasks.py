"""The parts of a stress test that can be worked out apart from each other: one shipment at a time, on any machine."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from landbridge.domain.dataset import Dataset
from landbridge.domain.event import Event
from landbridge.domain.plan import Itinerary
from landbridge.domain.query import Query
from landbridge.domain.shipment import Shipment
from landbridge.domain.stress import Detour, ReplayedLane, ShipmentStress, WayLeg
from landbridge.graph.planning_graph import PlanningGraph
from landbridge.routing.best_way import BestWays
from landbridge.terms.money import Market

MOST_LABELS = 60_000
"""Bound on one search. Most searches of the shipped book make some hundreds, those with two closures up to 30,000; one that hits the bound
is told as unknown."""
_KEPT = 32
Graphs = Mapping[date, PlanningGraph]
"""Compiled feeds behind the gate of each day of asking: what all parts share. The gate is passed where the question is asked, once."""
_kept: OrderedDict[tuple[int, Query], tuple[PlanningGraph, BestWays]] = OrderedDict()
"""Tables of the last questions of this process; each entry holds its graph, so that its identity stays its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StressPart:
    """One shipment: everything on its best way closed in turn, or, with ``pairs``, only these pairs."""

    shipment_id: str
    as_of: date
    pairs: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayPart:
    """One shipment on the day after some events became known: with them, and without."""

    shipment_id: str
    event_ids: tuple[str, ...]
    as_of: date
    ready_on: date


News = Mapping[tuple[str, ...], tuple[PlanningGraph, PlanningGraph]]
"""Compiled feeds by the events that are replayed: without them, and with them, behind the gate of the same day."""


def stress_shipment(graphs: Graphs, part: StressPart) -> ShipmentStress:
    """Best way of one shipment, and what is left of it with things closed.

    Parameters
    ----------
    graphs
        That of the day of asking, with the shipment in its feed.
    part
        Which shipment, and what to close.
    """
    graph = graphs[part.as_of]
    shipment = _get_shipment(graph, part.shipment_id)
    ways = _ways_of(graph, shipment_query(graph.dataset, shipment, part.as_of))
    best = ways.find()
    if best is None:
        return ShipmentStress(
            shipment_id=part.shipment_id, has_way=False, is_confirmed=False, cost_cents=0, cost_low_cents=0, cost_high_cents=0,
            duration_min=0,
            per_day_cents=round(ways.value_per_day_cents),
            way=(), things=(), detours=(),
        )  # fmt: skip
    things = list_things(best)
    ends: set[str] = {shipment.from_place_id, shipment.to_place_id}
    closed = part.pairs or tuple((thing,) for thing in things)
    return ShipmentStress(
        shipment_id=part.shipment_id, has_way=True, is_confirmed=best.is_confirmed, cost_cents=best.cost_cents,
        cost_low_cents=best.cost_low_cents,
        cost_high_cents=best.cost_high_cents, duration_min=best.duration_min,
        per_day_cents=round(ways.value_per_day_cents), way=legs_of(best), things=things,
        detours=tuple(_go_around(ways, best, ends, one, has_due=shipment.due_on is not None) for one in closed),
    )  # fmt: skip


def _go_around(ways: BestWays, best: Itinerary, ends: set[str], closed: tuple[str, ...], *, has_due: bool) -> Detour:
    ids = tuple(thing.split(" ", 1)[1] for thing in closed)
    found, status = None, "lost"
    if not ends & set(ids):
        found, status = ways.find(avoid=ids), "detour"
        if found is None and has_due:
            found, status = ways.find(avoid=ids, is_due=False), "late"
        if found is None:
            status = "lost" if ways.is_complete else "unknown"
    if found is None:
        return Detour(closed=closed, status=status, extra_cost_cents=0, extra_min=0, way=(), things=(), is_confirmed=False)
    return Detour(
        closed=closed, status=status, extra_cost_cents=found.cost_cents - best.cost_cents, extra_min=found.duration_min - best.duration_min,
        way=legs_of(found), things=list_things(found), is_confirmed=found.is_confirmed,
    )  # fmt: skip


def replay_shipment(news: News, part: ReplayPart) -> ReplayedLane:
    """The best way of one shipment with what was known the day before some events became known, and with these events.

    Both are asked on the same day, so that nothing but the news differs: no clock of a permit, no tariff that runs out. Where no event lies
    on the way found without them, that way stays the best: closures and delays make no other way better.
    """
    without, with_them = news[part.event_ids]
    before = _find_way(without, part)
    events = [row for row in with_them.dataset.events if row.event_id in part.event_ids]
    is_touched = before is not None and any(_may_touch(event, before) for event in events)
    after = _find_way(with_them, part) if is_touched else before
    return ReplayedLane(
        shipment_id=part.shipment_id, cost_before_cents=None if before is None else before.cost_cents,
        cost_after_cents=None if after is None else after.cost_cents, duration_before_min=None if before is None else before.duration_min,
        duration_after_min=None if after is None else after.duration_min, way_before=legs_of(before), way_after=legs_of(after),
        is_confirmed_before=before is not None and before.is_confirmed, is_confirmed_after=after is not None and after.is_confirmed,
    )  # fmt: skip


def _find_way(graph: PlanningGraph, part: ReplayPart) -> Itinerary | None:
    query = shipment_query(graph.dataset, _get_shipment(graph, part.shipment_id), part.as_of)
    return _ways_of(graph, replace(query, ready_on=part.ready_on, due_on=None)).find()


def _may_touch(event: Event, way: Itinerary) -> bool:
    """Whether an event lies on a way, as far as its own ids tell; one of a whole country or operator may."""
    named = [one for one in (event.place_id, event.border_id, event.passage_id, event.service_id) if one is not None]
    ids = {thing.split(" ", 1)[1] for thing in list_things(way)}
    return not named or not ids.isdisjoint(named)


def shipment_query(dataset: Dataset, shipment: Shipment, as_of: date) -> Query:
    """One shipment of a book as a question of its own."""
    return Query(
        origin_id=shipment.from_place_id, destination_id=shipment.to_place_id, unit_type_id=shipment.unit_type_id, units=shipment.units,
        hs=shipment.hs, mass_kg=shipment.mass_kg, value=_value(dataset, shipment, as_of), ready_on=max(shipment.ready_on, as_of),
        due_on=shipment.due_on, as_of=as_of, shipper_id=shipment.shipper_id, consignee_id=shipment.consignee_id,
    )  # fmt: skip


def _value(dataset: Dataset, shipment: Shipment, as_of: date) -> Decimal | None:
    market = Market(dataset, as_of)
    if shipment.value is None or not market.has_rate(shipment.currency):
        return None
    return shipment.value / market.rate(shipment.currency)


def legs_of(itinerary: Itinerary | None) -> tuple[WayLeg, ...]:
    return () if itinerary is None else tuple(WayLeg(service_id=leg.service_id, to_id=leg.to_id) for leg in itinerary.legs)


def list_things(itinerary: Itinerary) -> tuple[str, ...]:
    """Everything on a way that can close, as ``kind id``: places touched, borders, passages, services and haulage offers."""

    def found() -> Iterator[str]:
        for leg in itinerary.legs:
            yield f"{'service' if leg.is_scheduled else 'haulage'} {leg.service_id}"
            yield from (f"place {one}" for one in (leg.from_id, *leg.calls, leg.to_id))
            yield from (f"border {one}" for one in leg.borders)
            yield from (f"passage {one}" for one in leg.passages)

    return tuple(sorted(set(found())))


def _get_shipment(graph: PlanningGraph, shipment_id: str) -> Shipment:
    return next(row for row in graph.dataset.shipments if row.shipment_id == shipment_id)


def _ways_of(graph: PlanningGraph, query: Query) -> BestWays:
    key = (id(graph), query)
    if key not in _kept:
        _kept[key] = (graph, BestWays(graph, query, max_labels=MOST_LABELS))
        while len(_kept) > _KEPT:
            _kept.popitem(last=False)
    _kept.move_to_end(key)
    return _kept[key][1]


def days_of(shipments: Sequence[Shipment]) -> int:
    """Days over which the shipments of a book are ready, thirty at least."""
    days = [row.ready_on for row in shipments]
    return max((max(days) - min(days) + timedelta(days=1)).days, 30) if days else 30
