"""A feed as it is looked at: its network as GeoJSON, what is in force on a day, what changes when, its tables as rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from landbridge.domain.dataset import Dataset
from landbridge.domain.event import Event
from landbridge.domain.place import Place
from landbridge.domain.rule import Rule
from landbridge.report.geojson import line_geometry

_LAST = ("source_id", "row", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One day on which something begins or ends."""

    on: date
    what: str
    title: str
    source_id: str


def feed_geojson(dataset: Dataset, as_of: date) -> dict[str, Any]:
    """Services from stop to stop and links as lines, places as points, places closed on the day as points too."""
    places = dataset.place_by_id
    features = [
        *_links(dataset, places),
        *_services(dataset, places),
        *(_point(place, place.kind) for place in dataset.places),
        *(_point(place, "closed", event.title) for event in list_events(dataset, as_of) for place in _closed(event, dataset)),
    ]
    return {"type": "FeatureCollection", "features": features}


def list_events(dataset: Dataset, as_of: date) -> tuple[Event, ...]:
    """Events known and going on on a day."""
    return tuple(one for one in dataset.events if _is_known(one, as_of) and _holds(one.valid_from, one.valid_to, as_of))


def list_rules(dataset: Dataset, as_of: date) -> tuple[Rule, ...]:
    """Rules known and in force on a day."""
    return tuple(
        one for one in dataset.rules if one.status == "in_force" and _is_known(one, as_of) and _holds(one.valid_from, one.valid_to, as_of)
    )


def list_changes(dataset: Dataset, as_of: date, before: int = 120, after: int = 400) -> tuple[Change, ...]:
    """What begins or ends within some days before and after a day, as known on it, by date."""
    first, last = as_of - timedelta(days=before), as_of + timedelta(days=after)
    records: tuple[Rule | Event, ...] = (*dataset.rules, *dataset.events)
    found = [
        Change(on=day, what=what, title=one.title, source_id=one.source_id)
        for one in records
        if _is_known(one, as_of)
        for day, what in ((one.valid_from, "begins"), (one.valid_to, "ends"))
        if day is not None and first <= day <= last
    ]
    return tuple(sorted(found, key=lambda one: (one.on, one.title, one.what)))


def table_names(dataset: Dataset) -> tuple[str, ...]:
    """Tables that have rows, in the order of the feed."""
    return tuple(one.name for one in fields(dataset) if isinstance(getattr(dataset, one.name), tuple) and getattr(dataset, one.name))


def table_rows(dataset: Dataset, name: str, wanted: str = "", limit: int = 200) -> tuple[tuple[str, ...], list[tuple[str, ...]], int]:
    """Columns and rows of one table as text, those that hold a text; and how many there are in all."""
    records = getattr(dataset, name) if name in table_names(dataset) else ()
    if not records:
        return (), [], 0
    names = [one.name for one in fields(records[0]) if one.name not in _LAST]
    columns = tuple(one for one in (*names, "source_id", "row", "note") if any(_text(getattr(row, one, None)) for row in records))
    rows = [tuple(_text(getattr(row, column, None)) for column in columns) for row in records]
    word = wanted.casefold().strip()
    found = [row for row in rows if not word or any(word in cell.casefold() for cell in row)]
    return columns, found[:limit], len(found)


def _is_known(one: Rule | Event, as_of: date) -> bool:
    return one.known_from is None or one.known_from <= as_of


def _holds(since: date | None, until: date | None, as_of: date) -> bool:
    return (since is None or since <= as_of) and (until is None or as_of <= until)


def _closed(event: Event, dataset: Dataset) -> Iterator[Place]:
    """Places where a closure is drawn: the place itself, or both ends of the border."""
    if event.kind != "closure":
        return
    wanted = {event.place_id}
    for border in dataset.borders:
        if event.border_id == border.border_id:
            wanted |= {getattr(border, "from_place_id", None), getattr(border, "to_place_id", None)}
    yield from (dataset.place_by_id[one] for one in sorted(str(one) for one in wanted if one) if one in dataset.place_by_id)


def _links(dataset: Dataset, places: dict[str, Place]) -> Iterator[dict[str, Any]]:
    for link in dataset.links:
        ends = [places[one] for one in (link.from_place_id, link.to_place_id) if one in places]
        if len(ends) == 2:
            yield _line(ends, link.mode, link.link_id)


def _services(dataset: Dataset, places: dict[str, Place]) -> Iterator[dict[str, Any]]:
    for service in dataset.services:
        stops = [places[stop.place_id] for stop in dataset.stops_by_service.get(service.service_id, ()) if stop.place_id in places]
        if len(stops) >= 2:
            yield _line(stops, service.mode, service.name)


def _line(places: list[Place], mode: str, name: str) -> dict[str, Any]:
    geometry = line_geometry([(place.lon, place.lat) for place in places])
    return {"type": "Feature", "geometry": geometry, "properties": {"mode": mode, "name": name}}


def _point(place: Place, kind: str, title: str = "") -> dict[str, Any]:
    properties = {"place_id": place.place_id, "name": place.name, "kind": kind, "title": title}
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]}, "properties": properties}


def _text(value: object) -> str:
    if value is None or value == ():
        return ""
    if isinstance(value, tuple):
        return "; ".join(_text(one) for one in value)
    typical = getattr(value, "typical", None)
    if typical is not None:
        low, high = getattr(value, "low", typical), getattr(value, "high", typical)
        return f"{typical}" if low == high else f"{typical} ({low} to {high})"
    return str(value)
