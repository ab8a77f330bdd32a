"""A feed as it is looked at: its network as GeoJSON, what is in force on a day, what changes when, its tables as rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from landbridge.domain.dataset import Dataset
from landbridge.domain.event import Event, as_known
from landbridge.domain.place import Place
from landbridge.domain.rule import Rule
from landbridge.report.geojson import line_geometry

_LAST = ("source_id", "row", "note")
Lines = Mapping[str, Sequence[tuple[float, float]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From when to when a rule or an event holds; ``kind`` is the kind of an event or the class of a rule."""

    title: str
    kind: str
    since: date | None
    until: date | None
    source_id: str


def feed_geojson(dataset: Dataset, as_of: date, lines: Lines | None = None) -> dict[str, Any]:
    """Services and links as lines, places as points, places closed on the day as points too.

    Parameters
    ----------
    dataset
        A feed.
    as_of
        Day whose closures are shown.
    lines
        Drawn lines by id of service or link; what has none is drawn straight from stop to stop.
    """
    places, drawn = dataset.place_by_id, lines or {}
    features = [
        *_links(dataset, places, drawn),
        *_services(dataset, places, drawn),
        *(
            point_feature((place.lon, place.lat), place_id=str(place.place_id), name=place.name, kind=place.kind)
            for place in dataset.places
        ),
        *closure_features(dataset, as_of),
    ]
    return {"type": "FeatureCollection", "features": features}


def closure_features(dataset: Dataset, as_of: date) -> tuple[dict[str, Any], ...]:
    """A point with the title of the event at each place and border that is closed on a day."""
    borders, names = border_points(dataset), {str(one.border_id): one.name for one in dataset.borders}
    found = []
    for event in list_events(dataset, as_of):
        place = dataset.place_by_id.get(event.place_id) if event.place_id is not None else None
        at = borders.get(str(event.border_id))
        if event.kind == "closure" and place is not None:
            found.append(point_feature((place.lon, place.lat), role="closed", name=place.name, text=event.title))
        elif event.kind == "closure" and at is not None:
            found.append(point_feature(at, role="closed", name=names.get(str(event.border_id), ""), text=event.title))
    return tuple(found)


def point_feature(at: tuple[float, float], **properties: str) -> dict[str, Any]:
    """A point with its properties."""
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": list(at)}, "properties": properties}


def list_events(dataset: Dataset, as_of: date) -> tuple[Event, ...]:
    """Events known and going on on a day."""
    known = (as_known(one, as_of) for one in dataset.events if _is_known(one, as_of))
    return tuple(one for one in known if _holds(one.valid_from, one.valid_to, as_of))


def list_rules(dataset: Dataset, as_of: date) -> tuple[Rule, ...]:
    """Rules known and in force on a day."""
    return tuple(
        one for one in dataset.rules if one.status == "in_force" and _is_known(one, as_of) and _holds(one.valid_from, one.valid_to, as_of)
    )


def list_spans(dataset: Dataset, as_of: date, first: date, last: date) -> tuple[Span, ...]:
    """Rules and events, as known on a day, that begin or end within two days; those that change next come first.

    Parameters
    ----------
    dataset
        A feed.
    as_of
        Day of asking.
    first, last
        The time that is looked at, both included.
    """
    known: list[tuple[Rule | Event, str]] = [
        *((as_known(one, as_of), one.kind) for one in dataset.events),
        *((one, one.rule_class) for one in dataset.rules if one.status in ("in_force", "signed", "announced")),
    ]
    found = [
        Span(title=one.title, kind=kind, since=one.valid_from, until=one.valid_to, source_id=str(one.source_id))
        for one, kind in known
        if _is_known(one, as_of) and any(day is not None and first <= day <= last for day in (one.valid_from, one.valid_to))
    ]

    def when(one: Span) -> tuple[bool, int, str]:
        days = [(day - as_of).days for day in (one.since, one.until) if day is not None]
        ahead = [gap for gap in days if gap > 0]
        return (not ahead, min(ahead) if ahead else min(-gap for gap in days), one.title)

    return tuple(sorted(found, key=when))


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


def border_points(dataset: Dataset) -> dict[str, tuple[float, float]]:
    """Where each border lies: halfway along the first link that crosses it."""
    found: dict[str, tuple[float, float]] = {}
    for link in dataset.links:
        ends = [dataset.place_by_id[one] for one in (link.from_place_id, link.to_place_id) if one in dataset.place_by_id]
        if link.border_id is not None and len(ends) == 2:
            middle = (round((ends[0].lon + ends[1].lon) / 2, 5), round((ends[0].lat + ends[1].lat) / 2, 5))
            found.setdefault(str(link.border_id), middle)
    return found


def _links(dataset: Dataset, places: Mapping[str, Place], lines: Lines) -> Iterator[dict[str, Any]]:
    for link in dataset.links:
        ends = [places[one] for one in (link.from_place_id, link.to_place_id) if one in places]
        if len(ends) == 2:
            name = f"{ends[0].name} – {ends[1].name}"
            yield _line(lines.get(str(link.link_id)) or _straight(ends), link.mode, name)


def _services(dataset: Dataset, places: Mapping[str, Place], lines: Lines) -> Iterator[dict[str, Any]]:
    for service in dataset.services:
        stops = [places[stop.place_id] for stop in dataset.stops_by_service.get(service.service_id, ()) if stop.place_id in places]
        if len(stops) >= 2:
            yield _line(lines.get(str(service.service_id)) or _straight(stops), service.mode, service.name)


def _straight(places: Sequence[Place]) -> list[tuple[float, float]]:
    return [(place.lon, place.lat) for place in places]


def _line(points: Sequence[tuple[float, float]], mode: str, name: str) -> dict[str, Any]:
    return {"type": "Feature", "geometry": line_geometry(points), "properties": {"mode": mode, "name": name}}


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
