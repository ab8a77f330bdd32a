"""The plans as GeoJSON (RFC 7946): legs as lines, places as points, positions lon, lat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from landbridge.domain.dataset import Dataset
from landbridge.domain.plan import Itinerary, Leg, Plan
from landbridge.report.document_form import encode

Point = tuple[float, float]


def plan_geojson(plan: Plan, dataset: Dataset, itinerary: int | None = None) -> dict[str, Any]:
    """Draw the legs of all itineraries, or of one, and the places that they touch.

    A leg is drawn along its path; where it has none, straight from place to place. Lines that cross the 180th meridian are cut there,
    as RFC 7946 asks.

    Parameters
    ----------
    plan
        The answer to a question.
    dataset
        The feed, for names and positions of places.
    itinerary
        Number of one itinerary, from 1; None: all.
    """
    chosen = [(number, one) for number, one in enumerate(plan.itineraries, start=1) if itinerary in (None, number)]
    features: list[dict[str, Any]] = []
    for number, one in chosen:
        features += (_leg_feature(number, one, index, leg, dataset) for index, leg in enumerate(one.legs))
    features += _place_features(plan, [one for _, one in chosen], dataset)
    return {"type": "FeatureCollection", "features": features}


def _leg_feature(number: int, itinerary: Itinerary, index: int, leg: Leg, dataset: Dataset) -> dict[str, Any]:
    service = dataset.service_by_id.get(leg.service_id) or dataset.haulage_by_id.get(leg.service_id)
    return {
        "type": "Feature",
        "geometry": line_geometry(_points(leg, dataset)),
        "properties": {
            "itinerary": number,
            "labels": list(itinerary.labels),
            "leg": index,
            "mode": leg.mode,
            "service_id": leg.service_id,
            "service": service.name if service else leg.service_id,
            "from": leg.from_id,
            "to": leg.to_id,
            "departs_at": encode(leg.departs_at),
            "arrives_at": encode(leg.arrives_at),
            "distance_m": leg.distance_m,
            "emission_g_co2e": leg.emission_g_co2e,
            "is_confirmed": leg.is_confirmed,
        },
    }


def _points(leg: Leg, dataset: Dataset) -> Sequence[Point]:
    if len(leg.path) >= 2:
        return leg.path
    calls = leg.calls or (leg.from_id, leg.to_id)
    places = (dataset.place_by_id[call] for call in calls if call in dataset.place_by_id)
    return [(place.lon, place.lat) for place in places]


def line_geometry(points: Sequence[Point]) -> dict[str, Any] | None:
    """A line, or several where it crosses the 180th meridian; None without two points, which GeoJSON calls unlocated."""
    parts = [part for part in _cut_at_meridian(points) if len(part) >= 2]
    if not parts:
        return None
    if len(parts) == 1:
        return {"type": "LineString", "coordinates": parts[0]}
    return {"type": "MultiLineString", "coordinates": parts}


def _cut_at_meridian(points: Sequence[Point]) -> list[list[list[float]]]:
    if not points:
        return []
    inside = [(_wrapped(lon), lat) for lon, lat in points]
    parts = [[list(inside[0])]]
    for (lon, lat), (next_lon, next_lat) in pairwise(inside):
        if abs(next_lon - lon) > 180:
            edge = 180.0 if lon > 0 else -180.0
            unrolled = next_lon + 2 * edge
            share = (edge - lon) / (unrolled - lon) if unrolled != lon else 0.0
            middle = round(lat + share * (next_lat - lat), 6)
            parts[-1].append([edge, middle])
            parts.append([[-edge, middle]])
        parts[-1].append([next_lon, next_lat])
    return parts


def _wrapped(lon: float) -> float:
    """A longitude between -180 and 180."""
    if -180 <= lon <= 180:
        return lon
    return (lon + 180) % 360 - 180


def _place_features(plan: Plan, itineraries: Sequence[Itinerary], dataset: Dataset) -> Iterator[dict[str, Any]]:
    roles: dict[str, str] = {}
    for leg in (leg for itinerary in itineraries for leg in itinerary.legs):
        for call in leg.calls:
            roles.setdefault(call, "passed")
        roles[leg.from_id] = roles[leg.to_id] = "change"
    roles |= {plan.query.origin_id: "origin", plan.query.destination_id: "destination"}
    for place_id, role in roles.items():
        place = dataset.place_by_id.get(place_id)
        if place is not None:
            yield {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
                "properties": {"place_id": place_id, "name": place.name, "country": place.country, "kind": place.kind, "role": role},
            }
