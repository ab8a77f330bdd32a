"""Time on the way: links with borders, rests, closures and delays; scheduled legs with closures and delays."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from landbridge.domain.event import Event
from landbridge.domain.haulage import Haulage
from landbridge.domain.service import Stop
from landbridge.graph.planning_graph import Boarding, DirectedLink
from landbridge.terms.clock import MINUTES_PER_DAY
from landbridge.terms.law import Facts
from landbridge.terms.leg import LegTerms
from landbridge.terms.terms import Terms, event_end, event_start

Record = Callable[[str, str, int, int], None]
"""Called with (kind, place id, start, end) for each stretch of time."""


class Travel:
    """Works out when goods arrive; what it needs of events is looked up once for each link and leg."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._places = terms.dataset.place_by_id
        memory, fitting = terms.memory, terms.choice.events_by_ends
        self._link_events: dict[tuple[str, str, str], tuple[tuple[Event, ...], tuple[Event, ...]]] = memory.events(("link", fitting))
        self._leg_events: dict[tuple[str, int, int], tuple[Event, ...]] = memory.events(("leg", fitting))
        self._stretch_events: dict[tuple[str, int], tuple[tuple[Event, str], ...]] = memory.events(("stretch", fitting))

    def drive(
        self, haulage: Haulage, link: DirectedLink, terms: LegTerms, minute: int, driven_min: int, record: Record | None = None
    ) -> tuple[int, int] | Event | None:
        """Drive one link.

        Returns
        -------
        tuple[int, int] | Event | None
            Arrival and minutes driven since the last rest; or the closure without a known end that shuts the way; or None if the
            border does not open.
        """
        closures, delays = self.events_of_link(haulage, link)
        papers = self._terms.asked_at + terms.lead_days * MINUTES_PER_DAY
        opened = self._wait_until_open(link, closures, max(minute, papers))
        if not isinstance(opened, int):
            return opened
        delay = _delay_of(delays, opened)
        wait = terms.border.wait_min.typical if terms.border else 0
        start = opened + delay + wait
        if record:
            _record_wait(record, link.from_id, minute, opened + delay, start)
        if terms.border and haulage.rest_min is not None and wait >= haulage.rest_min:
            driven_min = 0
        return self._drive_with_rests(haulage, link.from_id, terms.drive_min, start, driven_min, record)

    def closure_of_leg(self, boarding: Boarding, position: int, first_at: int) -> Event | None:
        """The closure that keeps a departure from being used between boarding and the stop at ``position``."""
        stops = boarding.stops
        for index in range(position):
            leaves, reaches = first_at + stops[index].depart_min, first_at + stops[index + 1].arrive_min.typical
            for event, where in self.events_of_stretch(boarding, index):
                start, end = event_start(event), event_end(event)
                first, last = (leaves, leaves) if where == "start" else (reaches, reaches) if where == "end" else (leaves, reaches)
                if start <= last and (end is None or first < end):
                    return event
        return None

    def delay_of_leg(self, boarding: Boarding, position: int, leaves_at: int) -> int:
        """The greatest typical delay of the events that are on when the leg leaves."""
        events = self.delays_of_leg(boarding, position)
        on = [event.delay_min.typical for event in events if event.delay_min and _is_on(event, leaves_at)]
        return max(on, default=0)

    def delays_of_leg(self, boarding: Boarding, position: int) -> tuple[Event, ...]:
        """Events that may delay a leg from boarding to the stop at ``position``."""
        key = (boarding.service.service_id, boarding.stops[0].seq, boarding.stops[position].seq)
        events = self._leg_events.get(key)
        if events is None:
            stops = boarding.stops[: position + 1]
            facts = self._facts(
                boarding, [place for stop in stops[1:] for place in stop.via] + [stop.place_id for stop in stops], stops[1:]
            )
            start_country = self._places[stops[0].place_id].country
            events = self._leg_events[key] = self._terms.events_of("delay", facts, start_country)
        return events

    def is_undisturbed(self, boarding: Boarding, position: int) -> bool:
        """Whether no event can close or delay a leg from boarding to the stop at ``position``."""
        return not self.delays_of_leg(boarding, position) and not any(self.events_of_stretch(boarding, index) for index in range(position))

    def _facts(self, boarding: Boarding, places: Sequence[str], stops: Sequence[Stop]) -> Facts:
        service = boarding.service
        return Facts(
            what=service.service_id,
            modes=frozenset((service.mode,)),
            places=frozenset(places),
            passages=frozenset(passage for stop in stops for passage in stop.passages),
            countries=frozenset(self._places[place].country for place in places),
            operators=frozenset((service.operator_id,)),
            services=frozenset((service.service_id,)),
        )

    def events_of_stretch(self, boarding: Boarding, index: int) -> tuple[tuple[Event, str], ...]:
        before, after = boarding.stops[index], boarding.stops[index + 1]
        key = (boarding.service.service_id, before.seq)
        found = self._stretch_events.get(key)
        if found is None:
            facts = self._facts(boarding, [before.place_id, *after.via, after.place_id], (after,))
            start_country = self._places[before.place_id].country
            events = self._terms.events_of("closure", facts, start_country)
            found = self._stretch_events[key] = tuple((event, _where(event, before.place_id, after.place_id)) for event in events)
        return found

    def events_of_link(self, haulage: Haulage, link: DirectedLink) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
        key = (haulage.haulage_id, link.link.link_id, link.from_id)
        found = self._link_events.get(key)
        if found is None:
            countries = (self._places[link.from_id].country, self._places[link.to_id].country)
            facts = Facts(
                what=haulage.haulage_id,
                modes=frozenset((haulage.mode,)),
                places=frozenset((link.from_id, link.to_id)),
                borders=frozenset((link.link.border_id,)) if link.link.border_id else frozenset(),
                countries=frozenset(countries),
                operators=frozenset((haulage.operator_id,)) if haulage.operator_id else frozenset(),
                haulage=frozenset((haulage.haulage_id,)),
            )
            found = (self._terms.events_of("closure", facts, countries[0]), self._terms.events_of("delay", facts, countries[0]))
            self._link_events[key] = found
        return found

    def _wait_until_open(self, link: DirectedLink, closures: tuple[Event, ...], minute: int) -> int | Event | None:
        border_id, place = link.link.border_id, self._places[link.from_id]
        while True:
            before = minute
            for event in closures:
                end = event_end(event)
                if _is_on(event, minute):
                    if end is None:
                        return event
                    minute = end
            if border_id:
                opened = self._terms.openings.next_open(border_id, place, minute)
                if opened is None:
                    return None
                minute = opened
            if minute == before:
                return minute

    @staticmethod
    def _drive_with_rests(
        haulage: Haulage, place_id: str, left: int, minute: int, driven_min: int, record: Record | None
    ) -> tuple[int, int]:
        limit = haulage.drive_min
        rest = 0
        if limit is None:
            driven_min = 0
        else:
            rest, driven_min = _rest_of(limit, haulage.rest_min or 0, driven_min, left)
        if record:
            record("drive", place_id, minute, minute + left)
            if rest:
                record("rest", place_id, minute + left, minute + left + rest)
        return minute + left + rest, driven_min


def _rest_of(limit: int, rest_min: int, driven_min: int, left: int) -> tuple[int, int]:
    """Rest due for a stretch of driving, in proportion to what goes beyond the hours; and minutes driven, at most the hours."""
    over = max(0, driven_min + left - limit)
    return -(-over * rest_min // limit), min(limit, driven_min + left)


def _is_on(event: Event, minute: int) -> bool:
    end = event_end(event)
    return event_start(event) <= minute and (end is None or minute < end)


def _delay_of(events: tuple[Event, ...], minute: int) -> int:
    """The greatest over events of min(delay, rest of the event), so that nobody overtakes by leaving later."""
    found = 0
    for event in events:
        if event.delay_min and _is_on(event, minute):
            end = event_end(event)
            delay = event.delay_min.typical
            found = max(found, delay if end is None else min(delay, end - minute))
    return found


def _record_wait(record: Record, place_id: str, came: int, border_from: int, border_to: int) -> None:
    if border_from > came:
        record("wait", place_id, came, border_from)
    if border_to > border_from:
        record("border", place_id, border_from, border_to)


def _where(event: Event, start_id: str, end_id: str) -> str:
    """Where on a stretch an event acts: at its start, at its end, or all along."""
    if event.place_id == start_id:
        return "start"
    return "end" if event.place_id == end_id else "along"
