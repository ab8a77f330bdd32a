"""Scheduled legs: the departure that a leg uses, what it touches, when it arrives, and what closes it; section 4.1."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise

from landbridge.domain.event import Event
from landbridge.domain.plan import Leg
from landbridge.domain.service import Calendar, Service, Stop
from landbridge.verification.calendar import MINUTE, instant_of, is_valid, local_day, runs_on
from landbridge.verification.case import Case
from landbridge.verification.event import is_on, is_on_between, list_events, list_on, touches
from landbridge.verification.facts import Facts, Names, join_facts, list_changes, names, owners_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheduled:
    """One departure of a service from a stop to a later one.

    Attributes
    ----------
    stops
        The stops from the one boarded at to the one alighted at.
    started_at
        When the departure left the first stop of the service; all elapsed times count from it.
    day
        Local date of leaving the stop boarded at, on which all rows and rules apply.
    has_departure
        Whether the calendar has this departure.
    sections
        What is touched between each two stops.
    """

    service: Service
    stops: tuple[Stop, ...]
    started_at: datetime
    day: date
    has_departure: bool
    sections: tuple[Facts, ...]
    facts: Facts

    @property
    def departs_at(self) -> datetime:
        return self.started_at + self.stops[0].depart_min * MINUTE

    @property
    def gate_cutoff_at(self) -> datetime:
        return self.departs_at - self.stops[0].gate_cutoff_min * MINUTE

    @property
    def document_cutoff_at(self) -> datetime:
        return self.departs_at - self.stops[0].document_cutoff_min * MINUTE

    @property
    def ends(self) -> tuple[str, str]:
        return self.stops[0].place_id, self.stops[-1].place_id


def resolve_scheduled(case: Case, leg: Leg) -> Scheduled | None:
    """Find the stops and the departure that a scheduled leg states; None if the service does not go from one to the other."""
    service = case.dataset.service_by_id.get(leg.service_id)
    stops = case.dataset.stops_by_service.get(leg.service_id, ())
    if service is None:
        return None
    ends = [
        stops[i : j + 1]
        for i in range(len(stops))
        for j in range(i + 1, len(stops))
        if (stops[i].place_id, stops[j].place_id) == (leg.from_id, leg.to_id)
    ]
    found = [_board(case, service, part, leg) for part in ends]
    return max(found, key=lambda one: (one.has_departure, arrive(case, one) == leg.arrives_at), default=None)


def _board(case: Case, service: Service, stops: tuple[Stop, ...], leg: Leg) -> Scheduled:
    first = case.dataset.stops_by_service[service.service_id][0]
    started_at = leg.departs_at - stops[0].depart_min * MINUTE
    zone = case.dataset.get_place(first.place_id).zone
    starts = [
        instant_of(zone, local_day(zone, started_at), minute) for minute in list_departures(case, service, local_day(zone, started_at))
    ]
    sections = tuple(_section(case, service, a, b) for a, b in pairwise(stops))
    return Scheduled(
        service=service,
        stops=stops,
        started_at=started_at,
        day=local_day(case.dataset.get_place(stops[0].place_id).zone, leg.departs_at),
        has_departure=started_at in starts,
        sections=sections,
        facts=replace(join_facts(sections), terminals=owners_of(case, terminals_of(stops))),
    )


def terminals_of(stops: tuple[Stop, ...]) -> Names:
    """Give the terminals of the two calls at which goods board and alight; calls between are not theirs."""
    return names(stops[0].terminal_id, stops[-1].terminal_id)


def list_departures(case: Case, service: Service, day: date) -> tuple[int, ...]:
    """List the local minutes at which a service leaves its first stop on a day: by calendar, plus added, less removed."""
    exceptions = {row.exception for row in case.dataset.calendar_exceptions if row.service_id == service.service_id and row.on == day}
    rows = [row for row in case.dataset.calendars if row.service_id == service.service_id]
    if "removed" in exceptions:
        return ()
    running = [row for row in rows if runs_on(row, day)]
    if "added" in exceptions:
        running = _added(rows, day)
    return tuple(sorted({row.departs_min for row in running}))


def _added(rows: list[Calendar], day: date) -> list[Calendar]:
    return [row for row in rows if is_valid(row, day)] or rows


def _common(service: Service) -> Facts:
    return Facts(
        modes=names(service.mode),
        operators=names(service.operator_id),
        vessels=names(service.vessel_id),
        services=names(service.service_id),
        registrations=names(service.flag),
        flags=names(service.flag),
    )


def _section(case: Case, service: Service, start: Stop, end: Stop) -> Facts:
    places = (start.place_id, *end.via, end.place_id)
    changes = list_changes(case, places)
    stretch = Facts(
        places=names(*places),
        countries=names(*(case.country_of(place) for place in places)),
        enters=names(*(entered for _, entered in changes)),
        leaves=names(*(left for left, _ in changes)),
        borders=frozenset(_list_borders(case, service.mode, end.via, changes)),
        passages=names(*end.passages),
        distance_m=end.distance_m,
    )
    return join_facts((_common(service), stretch))


def _list_borders(case: Case, mode: str, via: tuple[str, ...], changes: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """List the borders of gateways named in via: those of links of the mode that end there and make one of the changes of country."""
    gateways = {place for place in via if case.dataset.get_place(place).gateway}
    for link in case.dataset.links:
        ends = (link.from_place_id, link.to_place_id)
        if link.border_id is None or link.mode != mode or gateways.isdisjoint(ends):
            continue
        forth = (case.country_of(ends[0]), case.country_of(ends[1]))
        if forth in changes or (link.two_way and forth[::-1] in changes):
            yield link.border_id


# time


def arrive(case: Case, part: Scheduled) -> datetime:
    """Give the arrival at the last stop: typical elapsed time, and the greatest delay that is on when the leg leaves."""
    events = list_on(list_events(case, "delay"), part.facts, part.departs_at)
    delay = max((event.delay_min.typical for event in events if event.delay_min is not None), default=0)
    return part.started_at + (part.stops[-1].arrive_min.typical + delay) * MINUTE


def list_closures(case: Case, part: Scheduled) -> tuple[Event, ...]:
    """List the closures that keep a departure from being used: on between two stops, section by section."""
    sections = zip(part.sections, part.stops[:-1], part.stops[1:], strict=True)
    found = {
        event.event_id: event
        for section, start, end in sections
        for event in list_events(case, "closure")
        if touches(event, section) and _is_met(event, part, start, end)
    }
    return tuple(found.values())


def _is_met(event: Event, part: Scheduled, start: Stop, end: Stop) -> bool:
    """Tell whether a closure is on when it is met: of the stop left then, of the stop reached then, any other at any time between."""
    left_at, reached_at = part.started_at + start.depart_min * MINUTE, part.started_at + end.arrive_min.typical * MINUTE
    if event.place_id == start.place_id:
        return is_on(event, left_at)
    if event.place_id == end.place_id:
        return is_on(event, reached_at)
    return is_on_between(event, left_at, reached_at)
