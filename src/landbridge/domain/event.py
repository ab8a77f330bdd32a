"""Dated events."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from landbridge.domain.identity import BorderId, HaulageId, PartyId, PassageId, PlaceId, ServiceId
from landbridge.domain.record import Range, Record

STANDING_DAYS = 60
"""Goods are not kept waiting for longer: a closure that ends later stands (assumed)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    """Closures, delays and price changes with dates: one row of `events`.

    Before ``end_known_from`` nobody knew ``valid_to``: the end was taken to be ``expected_to``, as it was announced; None: none was.
    """

    event_id: str
    title: str
    kind: str
    place_id: PlaceId | None = None
    border_id: BorderId | None = None
    passage_id: PassageId | None = None
    service_id: ServiceId | None = None
    haulage_id: HaulageId | None = None
    operator_id: PartyId | None = None
    country: str | None = None
    modes: tuple[str, ...] = ()
    from_country: str | None = None
    origin_countries: tuple[str, ...] = ()
    destination_countries: tuple[str, ...] = ()
    valid_from: date
    valid_to: date | None = None
    known_from: date | None = None
    end_known_from: date | None = None
    expected_to: date | None = None
    delay_min: Range[int] | None = None
    factor: Range[Decimal] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDay(Record):
    """A day of an event that was taken and not told, with the earliest and latest that it may have been: one row of `event_days`.

    ``day`` names which: ``valid_to``, ``end_known_from`` or ``expected_to``.
    """

    event_id: str
    day: str
    low_on: date
    high_on: date


def as_known(event: Event, on: date) -> Event:
    """An event as it was known on a day: with the end that was expected then, where the true one came to be known later.

    An expected end that has passed while the event goes on is no end any more.
    """
    if event.end_known_from is None or event.end_known_from <= on:
        return event
    is_past = event.expected_to is not None and event.expected_to < on
    return replace(event, valid_to=None if is_past else event.expected_to)
