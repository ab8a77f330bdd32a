"""What the countries of origin and destination change in the terms of a load."""

from __future__ import annotations

from landbridge.domain.dataset import Dataset
from landbridge.domain.event import Event
from landbridge.domain.rule import Rule


def fits_ends(row: Event | Rule, origin_country: str, destination_country: str) -> bool:
    """Whether a row is meant for goods from one country to another, as far as it names countries of origin or destination."""
    if row.origin_countries and origin_country not in row.origin_countries:
        return False
    if row.destination_countries and destination_country not in row.destination_countries:
        return False
    if isinstance(row, Event):
        return True
    return origin_country not in row.not_origin_countries and destination_country not in row.not_destination_countries


def names_ends(row: Event | Rule) -> bool:
    """Whether the ends of a shipment make a difference to a row."""
    named = (*row.origin_countries, *row.destination_countries)
    return bool(named) or (
        isinstance(row, Rule) and bool(row.not_origin_countries or row.not_destination_countries or row.transit_countries)
    )


def mark_ends(dataset: Dataset, origin_country: str, destination_country: str) -> tuple[object, ...]:
    """What the terms of legs, changes and rates see of two countries: loads whose marks are equal share all these terms.

    Duties see the countries themselves and are no part of it.
    """
    ends = frozenset((origin_country, destination_country))
    rules = tuple(fits_ends(row, origin_country, destination_country) for row in dataset.rules)
    transits = tuple(ends.intersection(row.transit_countries) for row in dataset.rules if row.transit_countries)
    events = tuple(fits_ends(row, origin_country, destination_country) for row in dataset.events)
    return rules, transits, events
