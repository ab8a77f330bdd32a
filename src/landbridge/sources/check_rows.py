"""Guards that look at one row at a time: cells that contradict each other or leave out what the others call for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from landbridge.domain.border import Crossing
from landbridge.domain.dataset import Dataset
from landbridge.domain.finding import Finding
from landbridge.domain.haulage import Link
from landbridge.domain.record import Record
from landbridge.domain.rule import Rule
from landbridge.domain.service import Calendar
from landbridge.domain.shipment import Shipment
from landbridge.domain.tariff import Surcharge, Tariff, ThroughLeg
from landbridge.sources.dictionary import get_tables
from landbridge.sources.provenance import make_row_finding

_PERIODS = (("valid_from", "valid_to"), ("listed_on", "delisted_on"), ("ready_on", "due_on"), ("from_on", "to_on"))
_NEEDED_BY_KIND = {
    "weekdays": ("weekdays",),
    "interval": ("every_days", "anchor_on"),
    "month_days": ("month_days",),
    "dates": ("dates",),
}


def check_periods(dataset: Dataset) -> Iterator[Finding]:
    """DATES-REVERSED: a period ends before it begins."""
    for table, spec in get_tables().items():
        for begin, end in _PERIODS:
            if {begin, end} <= spec.names:
                for record in getattr(dataset, table):
                    first, last = getattr(record, begin), getattr(record, end)
                    if first is not None and last is not None and last < first:
                        yield make_row_finding("DATES-REVERSED", record, end, f"{end} {last} is before {begin} {first}")


def check_seasons(dataset: Dataset) -> Iterator[Finding]:
    """SEASON-INCOMPLETE: a season has a first day without a last one, or the other way round."""
    records: tuple[Crossing | Surcharge, ...] = (*dataset.crossings, *dataset.surcharges)
    for record in records:
        if (record.season_from is None) != (record.season_to is None):
            yield make_row_finding("SEASON-INCOMPLETE", record, "season_to", "a season needs season_from and season_to")


def check_subjects(dataset: Dataset) -> Iterator[Finding]:
    """SUBJECT-MISSING, SUBJECT-TWICE: a row names none, or two, of the things it can be about."""
    pairs: tuple[tuple[Iterable[Record], tuple[str, ...]], ...] = (
        (dataset.hours, ("place_id", "border_id")),
        (dataset.statuses, ("service_id", "haulage_id")),
        (dataset.through_legs, ("service_id", "haulage_id")),
        (dataset.tariffs, ("service_id", "haulage_id", "operator_id")),
    )
    for records, names in pairs:
        for record in records:
            named = [name for name in names if getattr(record, name) is not None]
            if not named:
                yield make_row_finding("SUBJECT-MISSING", record, names[0], f"the row names none of {', '.join(names)}")
            elif set(names[:2]) <= set(named):
                yield make_row_finding("SUBJECT-TWICE", record, names[1], f"the row names {' and '.join(names[:2])}")


def check_currencies(dataset: Dataset) -> Iterator[Finding]:
    """CURRENCY-MISSING: an amount of money without its currency."""
    for table, name in (
        ("crossings", "fee"),
        ("haulage", "fixed"),
        ("tariffs", "amount"),
        ("surcharges", "amount"),
        ("handling", "amount"),
        ("documents", "amount"),
        ("rules", "amount"),
        ("shipments", "value"),
    ):
        for record in getattr(dataset, table):
            is_share = getattr(record, "per", "") in ("percent", "value_percent")
            if getattr(record, name) is not None and record.currency is None and not is_share:
                yield make_row_finding("CURRENCY-MISSING", record, "currency", f"{name} has no currency")


def check_opening(dataset: Dataset) -> Iterator[Finding]:
    """HOURS-REVERSED: a place closes before it opens."""
    for hours in dataset.hours:
        if hours.closes_min <= hours.opens_min:
            yield make_row_finding("HOURS-REVERSED", hours, "closes", "the closing time is not after the opening time")


def check_calendar_fields(dataset: Dataset) -> Iterator[Finding]:
    """CALENDAR-INCOMPLETE: a calendar lacks what its kind calls for. MONTH-DAY: there is no such day of the month."""
    for calendar in dataset.calendars:
        for name in _NEEDED_BY_KIND[calendar.kind]:
            if getattr(calendar, name) in (None, ()):
                message = f"a calendar of kind {calendar.kind} needs {name}"
                yield make_row_finding("CALENDAR-INCOMPLETE", calendar, name, message)
        yield from _check_month_days(calendar)


def check_driving(dataset: Dataset) -> Iterator[Finding]:
    """DRIVING-INCOMPLETE: driving hours without the rest that follows them."""
    for haulage in dataset.haulage:
        if haulage.drive_min is not None and haulage.rest_min is None:
            yield make_row_finding("DRIVING-INCOMPLETE", haulage, "rest_h", "drive_h is given, but no rest_h")


def check_rule_fields(dataset: Dataset) -> Iterator[Finding]:
    """RULE-INCOMPLETE: a rule lacks what its effect calls for."""
    for rule in dataset.rules:
        needed = _find_missing(rule)
        if needed:
            yield make_row_finding("RULE-INCOMPLETE", rule, needed, f"a rule with the effect {rule.effect} needs {needed}")


def check_event_fields(dataset: Dataset) -> Iterator[Finding]:
    """EVENT-INCOMPLETE: a delay without its length, or a price factor without the factor."""
    for event in dataset.events:
        needed = {"delay": ("delay_min", "delay_h"), "price_factor": ("factor", "factor")}.get(event.kind)
        if needed and getattr(event, needed[0]) is None:
            yield make_row_finding("EVENT-INCOMPLETE", event, needed[1], f"an event of kind {event.kind} needs {needed[1]}")


def check_event_ends(dataset: Dataset) -> Iterator[Finding]:
    """EVENT-END: what is told of when the end of an event was known contradicts its other days."""
    for event in dataset.events:
        known = event.end_known_from
        if known is not None and event.valid_to is None:
            message = f"end_known_from {known}, but there is no valid_to that could be known"
            yield make_row_finding("EVENT-END", event, "end_known_from", message)
        if known is not None and event.known_from is not None and known < event.known_from:
            message = f"the end is known on {known}, the event itself only on {event.known_from}"
            yield make_row_finding("EVENT-END", event, "end_known_from", message)
        if event.expected_to is not None and known is None:
            yield make_row_finding("EVENT-END", event, "expected_to", "expected_to holds until end_known_from, which is empty")
        if event.expected_to is not None and event.expected_to < event.valid_from:
            yield make_row_finding("EVENT-END", event, "expected_to", f"expected_to {event.expected_to} is before {event.valid_from}")


def check_event_days(dataset: Dataset) -> Iterator[Finding]:
    """EVENT-DAY: a doubtful day that the event does not have, or that lies outside its own bounds."""
    events = {event.event_id: event for event in dataset.events}
    for row in dataset.event_days:
        event = events.get(row.event_id)
        day = row.low_on if event is None else getattr(event, row.day)
        if row.low_on > row.high_on:
            yield make_row_finding("EVENT-DAY", row, "high_on", f"the latest day {row.high_on} is before the earliest {row.low_on}")
        elif day is None:
            yield make_row_finding("EVENT-DAY", row, "day", f"{row.event_id} has no {row.day}")
        elif not row.low_on <= day <= row.high_on:
            message = f"{row.day} of {row.event_id} is {day}, not from {row.low_on} to {row.high_on}"
            yield make_row_finding("EVENT-DAY", row, "day", message)
        elif event is not None and row.day == "valid_to" and row.low_on < event.valid_from:
            message = f"it would have ended on {row.low_on}, before it began on {event.valid_from}"
            yield make_row_finding("EVENT-DAY", row, "low_on", message)


def check_mass_bands(dataset: Dataset) -> Iterator[Finding]:
    """MASS-BAND-EMPTY: no mass can lie in a band."""
    for tariff in dataset.tariffs:
        if tariff.mass_to_kg is not None and tariff.mass_to_kg <= (tariff.mass_from_kg or 0):
            message = f"mass_to_kg {tariff.mass_to_kg} is not above mass_from_kg {tariff.mass_from_kg or 0}"
            yield make_row_finding("MASS-BAND-EMPTY", tariff, "mass_to_kg", message)


def check_same_place(dataset: Dataset) -> Iterator[Finding]:
    """SAME-PLACE: a way that ends where it begins."""
    records: tuple[Link | Tariff | ThroughLeg | Shipment, ...] = (
        *dataset.links,
        *dataset.tariffs,
        *dataset.through_legs,
        *dataset.shipments,
    )
    for record in records:
        if record.from_place_id == record.to_place_id:
            yield make_row_finding("SAME-PLACE", record, "to_place_id", f"the way leads from {record.from_place_id} to itself")


def _check_month_days(calendar: Calendar) -> Iterator[Finding]:
    for day in calendar.month_days:
        if not 1 <= day <= 31:
            yield make_row_finding("MONTH-DAY", calendar, "month_days", f"{day} is not a day of a month")


def _find_missing(rule: Rule) -> str | None:
    if rule.effect in ("require_document", "require_permit") and rule.document_id is None:
        return "document_id"
    if rule.effect == "licence":
        return _find_missing_of_licence(rule)
    return "amount" if rule.effect == "fee" and rule.amount is None else None


def _find_missing_of_licence(rule: Rule) -> str | None:
    if not rule.licence_number:
        return "licence_number"
    return None if rule.allows_rule_ids or rule.allows_entry_ids else "allows_rule_ids"
