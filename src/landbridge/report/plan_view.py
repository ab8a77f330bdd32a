"""One way of a plan as a map shows it: its legs, ports and borders, what is closed, what stands in the way, and the other ways thinly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from landbridge.domain.dataset import Dataset
from landbridge.domain.plan import Itinerary, Plan
from landbridge.report.far_way import part_rejected
from landbridge.report.feed_view import border_points, closure_features, point_feature
from landbridge.report.geojson import line_geometry, plan_geojson
from landbridge.report.legend import Legend


def plan_view(plan: Plan, dataset: Dataset, number: int, others: Sequence[int] = ()) -> dict[str, Any]:
    """What a map of one itinerary shows, as GeoJSON.

    Parameters
    ----------
    plan
        A plan whose legs have their paths.
    dataset
        The feed, for names and positions.
    number
        Number of the itinerary, from 1.
    others
        Numbers of itineraries that are drawn thinly beside it.

    Returns
    -------
    dict
        A FeatureCollection; ``role`` of a feature is ``leg``, ``other``, ``border``, ``closed``, ``rejected``, or what a place is to
        the way.
    """
    chosen = plan.itineraries[number - 1]
    features = plan_geojson(plan, dataset, number)["features"]
    for one in features:
        one["properties"].setdefault("role", "leg")
    features += _others(chosen, [plan.itineraries[one - 1] for one in others])
    features += _borders(chosen, dataset)
    features += closure_features(dataset, plan.query.as_of)
    features += _rejected(plan, dataset)
    return {"type": "FeatureCollection", "features": features}


def _others(chosen: Itinerary, ways: Sequence[Itinerary]) -> Iterator[dict[str, Any]]:
    """Each line of the other ways once, but for those of the chosen way."""
    seen = {leg.path for leg in chosen.legs}
    for leg in (leg for way in ways for leg in way.legs):
        if leg.path not in seen:
            seen.add(leg.path)
            properties = {"role": "other", "mode": leg.mode}
            yield {"type": "Feature", "geometry": line_geometry(leg.path), "properties": properties}


def _borders(chosen: Itinerary, dataset: Dataset) -> Iterator[dict[str, Any]]:
    names = {str(one.border_id): one.name for one in dataset.borders}
    crossed = dict.fromkeys(border for leg in chosen.legs for border in leg.borders)
    places = border_points(dataset)
    return (point_feature(places[one], role="border", name=names.get(one, one)) for one in crossed if one in places)


def _rejected(plan: Plan, dataset: Dataset) -> Iterator[dict[str, Any]]:
    """Gateways that something stands in the way of, where the map knows where they are; none of another corridor."""
    legend = Legend(dataset)
    told: dict[str, list[str]] = {}
    for one in part_rejected(plan, legend)[0]:
        if one.gateway is not None:
            told.setdefault(one.gateway, []).append(legend.reworded(one.reason))
    for gateway, reasons in told.items():
        at = legend.find_point(gateway)
        if at is not None:
            yield point_feature(at, role="rejected", name=legend.name(gateway), text="; ".join(dict.fromkeys(reasons)))
