"""What all searches of one question share."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Hashable, Iterator
from datetime import date, timedelta
from threading import Lock
from typing import Any

from landbridge.domain.haulage import Haulage
from landbridge.domain.plan import Item
from landbridge.domain.query import Query
from landbridge.domain.service import Stop
from landbridge.domain.tariff import ThroughRate
from landbridge.graph.planning_graph import Boarding, DirectedLink, PlanningGraph
from landbridge.graph.timetable import Timetable
from landbridge.routing.travel import Travel
from landbridge.terms.change import Carrier
from landbridge.terms.clock import MINUTES_PER_DAY, local_minute
from landbridge.terms.law import LawTerms
from landbridge.terms.leg import LegTerms
from landbridge.terms.terms import Terms

_LOCK = Lock()
EASTMOST_MIN, _WESTMOST_MIN = 14 * 60, 12 * 60
"""Clocks of the world are ahead of UTC, and behind it, by no more."""
MOST_DAYS_APART = 2
"""Dates of two places differ by no more."""
_KEPT = 8
"""Memories of a load: some depend on what is to be avoided."""


class Scene:
    """What all searches of one question share: terms, timetable, floors, travel."""

    def __init__(self, graph: PlanningGraph, terms: Terms, shared: Scene | None = None) -> None:
        """``shared``: the scene of another question about the same load, from which is taken what does not depend on the question."""
        self.graph, self.terms, query = graph, terms, terms.query
        self.places = graph.dataset.place_by_id
        self.ready_at = ready_minute(graph, query)
        self.last_departure = self.ready_at + query.horizon_days * MINUTES_PER_DAY
        self.first_day, self.last_day = span_of(query)
        """What the tables of the load cover: goods that are ready on one of these days, in whatever zone."""
        self.tabled_from = local_minute("UTC", self.first_day, 0) - EASTMOST_MIN
        self.tabled_until = local_minute("UTC", self.last_day, 0) + query.horizon_days * MINUTES_PER_DAY + _WESTMOST_MIN
        self.due_at = None if query.due_on is None else local_minute(self.places[query.destination_id].zone, query.due_on, MINUTES_PER_DAY)
        self.avoid = frozenset(query.avoid)
        self.ports = frozenset(row.place_id for row in graph.dataset.places if row.kind == "port")
        self.carriers: dict[str, Carrier] = shared.carriers if shared else {}
        self.turning: dict[str, tuple[date, ...]] = shared.turning if shared else {}
        self.timetable: Timetable = shared.timetable if shared else self._make_timetable(query)
        self.travel: Travel = shared.travel if shared else Travel(terms)
        lines = frozenset((str(row.operator_id), str(row.place_id)) for row in graph.dataset.detention)
        self.detention: frozenset[tuple[str, str]] = shared.detention if shared else lines
        self.first_legs: dict[tuple[str, str], list[ThroughRate]] = shared.first_legs if shared else self._find_first_legs()
        self.document_cents: dict[str, int] = shared.document_cents if shared else self._price_documents()
        self.through_carriers: frozenset[str] = shared.through_carriers if shared else self._find_through_carriers()
        self._kept: dict[Hashable, dict[Any, Any]] = shared._kept if shared else {}
        law, fees = terms.shipment()
        self.shipment_law: LawTerms = law
        self.shipment_fees: tuple[Item, ...] = fees

    def kept(self, *what: Hashable) -> dict[Any, Any]:
        """A memory that all questions about one load share; the few that were used last."""
        with _LOCK:
            found = self._kept.pop(what, {})
            while len(self._kept) >= _KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[what] = found
        return found

    def _make_timetable(self, query: Query) -> Timetable:
        first, last = self.first_day - timedelta(days=60), self.last_day + timedelta(days=query.horizon_days + 1)
        return Timetable(self.graph.dataset, first, last)

    def _find_first_legs(self) -> dict[tuple[str, str], list[ThroughRate]]:
        found: dict[tuple[str, str], list[ThroughRate]] = {}
        for rate in self.terms.throughs:
            legs = self.graph.through_legs.get(rate.through_id, ())
            if legs:
                found.setdefault((legs[0].service_id or legs[0].haulage_id or "", legs[0].from_place_id), []).append(rate)
        return found

    def _find_through_carriers(self) -> frozenset[str]:
        """Services and offers that have a price in a through rate."""
        legs = (leg for rate in self.terms.throughs for leg in self.graph.through_legs.get(rate.through_id, ()))
        return frozenset(leg.service_id or leg.haulage_id or "" for leg in legs)

    def _price_documents(self) -> dict[str, int]:
        return {row.document_id: item.cost_cents for row in self.graph.dataset.documents if (item := self.terms.document_item(row))}

    def is_home(self, offer: Haulage, place_id: str) -> bool:
        """Whether the vehicles of an offer are registered where a place lies, or need not be registered anywhere."""
        return offer.mode != "road" or offer.registration is None or self.places[place_id].country == offer.registration

    def turning_minutes(self, offer: Haulage, place_id: str, after: int, until: int) -> tuple[int, ...]:
        """Local midnights at a place, after one instant and up to another, since which some link of an offer is better than before."""
        if offer.haulage_id not in self.turning:
            self.turning[offer.haulage_id] = self._days_of_betterment(offer)
        zone = self.places[place_id].zone
        found = (local_minute(zone, day, 0) for day in self.turning[offer.haulage_id])
        return tuple(minute for minute in found if after < minute <= until)

    def _days_of_betterment(self, offer: Haulage) -> tuple[date, ...]:
        before = self.first_day - timedelta(days=MOST_DAYS_APART)
        found = []
        links = [link for links in self.graph.links.values() for link in links if offer in link.offers]
        for day in self.terms.turning_days(before, self.last_day + timedelta(days=self.terms.query.horizon_days + MOST_DAYS_APART)):
            if any(gets_better(self._link(offer, link, before), self._link(offer, link, day)) for link in links):
                found.append(day)
            before = day
        return tuple(found)

    def is_ride_better(self, boarding: Boarding, position: int, on: date, rate: ThroughRate | None) -> bool:
        """Whether a scheduled leg, or the through rate that begins with it, is better than in the stretch of days before."""
        before = self.terms.day_before(on)
        if before is None:
            return False
        stops = boarding.stops[: position + 1]
        if gets_better(self.terms.scheduled_leg(boarding.service, stops, before), self.terms.scheduled_leg(boarding.service, stops, on)):
            return True
        if rate is None:
            return False
        old, new = self.terms.through_item(rate, before), self.terms.through_item(rate, on)
        return new is not None and (old is None or new.cost_cents < old.cost_cents)

    def _link(self, offer: Haulage, link: DirectedLink, on: date) -> LegTerms:
        return self.terms.link(offer, link.link, link.from_id, link.to_id, on)

    def avoids_terminal(self, *stops: Stop) -> bool:
        """Whether the terminal of a call, or who operates it, is to be avoided."""
        terminals = {stop.terminal_id for stop in stops}
        return bool(self.avoid & (terminals | self.graph.dataset.list_terminal_operators(terminals)))

    def carrier(self, carrier_id: str, mode: str, operator_id: str | None) -> Carrier:
        found = self.carriers.get(carrier_id)
        if found is None:
            found = self.carriers[carrier_id] = Carrier(carrier_id=carrier_id, mode=mode, operator_id=operator_id)
        return found

    def is_avoided(self, place_id: str) -> bool:
        return place_id in self.avoid or self.places[place_id].country in self.avoid


def span_of(query: Query) -> tuple[date, date]:
    """The days on which goods may be ready for which there are the same tables: a month, from the day of asking on if that is in it."""
    ready = query.ready_on
    first, last = ready.replace(day=1), ready.replace(day=monthrange(ready.year, ready.month)[1])
    return max(first, min(query.as_of, ready)), last


def ready_minute(graph: PlanningGraph, query: Query) -> int:
    """The minute at which the goods are ready."""
    return local_minute(graph.dataset.place_by_id[query.origin_id].zone, query.ready_on, 0)


def gets_better(before: LegTerms, after: LegTerms) -> bool:
    """Whether anything about a link is better than it was: allowed, confirmed, cheaper, cleaner, faster or asking for less."""
    if before is after or after.blocks:
        return False
    if before.blocks or (after.is_confirmed and not before.is_confirmed):
        return True
    return (
        any(getattr(after, name) < getattr(before, name) for name in ("cost_cents", "emission_g", "drive_min", "lead_days"))
        or _wait_of(after) < _wait_of(before)
        or not {row.document_id for row, _ in before.documents} <= {row.document_id for row, _ in after.documents}
        or not {item.row_id for item in before.once} <= {item.row_id for item in after.once}
    )


def _wait_of(leg: LegTerms) -> int:
    return leg.border.wait_min.typical if leg.border else 0


def touched_by(boarding: Boarding, position: int, ports: frozenset[str]) -> Iterator[str]:
    """What a scheduled leg uses: its service, operator, places and passages; a port counts only by a ship that calls there."""
    is_ship = boarding.service.mode in ("sea", "ferry")
    yield boarding.service.service_id
    yield boarding.service.operator_id
    for index, stop in enumerate(boarding.stops[: position + 1]):
        places = (stop.place_id,) if index == 0 else (*stop.via, *stop.passages, stop.place_id)
        for one in places:
            if is_ship or one not in ports:
                yield one
