"""A saved plan as a page shows it: with the feed that its names come from, and what was asked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from landbridge import planner
from landbridge.api.routes_plan import find_saved, open_saved
from landbridge.domain.dataset import Dataset
from landbridge.domain.finding import Finding
from landbridge.domain.identity import PlaceId
from landbridge.domain.plan import Plan
from landbridge.report.legend import Legend


@dataclass(slots=True)
class ShownPlan:
    """A plan that is shown, with the feed that its names come from."""

    plan_id: str
    plan: Plan
    dataset: Dataset
    legend: Legend
    request: Mapping[str, Any]
    namesakes: tuple[Finding, ...]

    def name_end(self, place_id: PlaceId, feed: Dataset) -> str:
        """The name of an end, with its country where it is not of the feed: the world has many places of one name."""
        place = self.dataset.place_by_id.get(place_id)
        name = self.legend.name(place_id)
        return name if place is None or place_id in feed.place_by_id else f"{name}, {place.country}"


def load_plan(plan_id: str) -> ShownPlan:
    found = find_saved(plan_id)
    plan, dataset = open_saved(found)
    request = json.loads(found.request)
    return ShownPlan(found.plan_id, plan, dataset, Legend(dataset), request, tuple(_list_namesakes(request, plan, dataset)))


def _list_namesakes(request: Mapping[str, Any], plan: Plan, dataset: Dataset) -> Iterator[Finding]:
    """What else the words that were asked could mean, for each end."""
    for column, place_id in (("origin", plan.query.origin_id), ("destination", plan.query.destination_id)):
        place = dataset.place_by_id.get(place_id)
        found = None if place is None else planner.find_namesakes(dataset, str(request.get(column) or place_id), place, column)
        if found is not None:
            yield found
