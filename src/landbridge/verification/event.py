"""Events: whether one is known, is on, and touches a stretch of the way."""

from __future__ import annotations

from datetime import UTC, date, datetime

from landbridge.domain.event import Event
from landbridge.verification.calendar import DAY_MIN, instant_of, is_valid
from landbridge.verification.case import Case
from landbridge.verification.facts import Facts, Names


def list_events(case: Case, kind: str) -> tuple[Event, ...]:
    """List the events of a kind that were known on the day of asking and can touch this shipment at all."""
    return case.events_by_kind.get(kind, ())


def touches(event: Event, facts: Facts) -> bool:
    """Tell whether everything that an event names is touched."""
    named: tuple[tuple[str | None, Names], ...] = (
        (event.place_id, facts.places),
        (event.border_id, facts.borders),
        (event.passage_id, facts.passages),
        (event.service_id, facts.services),
        (event.haulage_id, facts.haulages),
        (event.operator_id, facts.operators),
        (event.country, facts.countries),
        (event.from_country, facts.leaves),
    )
    return all(name is None or name in touched for name, touched in named) and (not event.modes or not facts.modes.isdisjoint(event.modes))


def is_on(event: Event, at: datetime) -> bool:
    """Tell whether an event is on at an instant: from 00:00 UTC of its first to 24:00 UTC of its last day."""
    return is_valid(event, at.astimezone(UTC).date())


def is_on_between(event: Event, start: datetime, end: datetime) -> bool:
    """Tell whether an event is on at any instant from one to another, both included."""
    first, last = start.astimezone(UTC).date(), end.astimezone(UTC).date()
    return event.valid_from <= last and (event.valid_to is None or first <= event.valid_to)


def list_on(events: tuple[Event, ...], facts: Facts, at: datetime) -> tuple[Event, ...]:
    """List the events that touch a stretch and are on at an instant."""
    return tuple(event for event in events if is_on(event, at) and touches(event, facts))


def list_on_day(events: tuple[Event, ...], facts: Facts, day: date) -> tuple[Event, ...]:
    """List the events that touch a stretch on a date."""
    return tuple(event for event in events if is_valid(event, day) and touches(event, facts))


def end_of(event: Event) -> datetime | None:
    """Give the first instant after an event; None if no end is known."""
    return None if event.valid_to is None else instant_of("UTC", event.valid_to, DAY_MIN)
