"""A feed's own distances held against the atlas; the only check that needs arrays, so nothing else here imports this module."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, get_args

from landbridge.atlas.measure import Measurer
from landbridge.domain.dataset import Dataset
from landbridge.domain.finding import Finding
from landbridge.domain.place import Place
from landbridge.domain.record import Record
from landbridge.domain.way import AtlasPlace, WayMode, WayQuery
from landbridge.sources.provenance import make_row_finding

if TYPE_CHECKING:
    from landbridge.atlas.world import World

TOLERATED_PERCENT = 15
SHORTEST_M = 30_000
"""Below this the ends count for more than the way."""
NEAR_M = {"road": 15_000, "rail": 15_000, "sea": 40_000, "waterway": 15_000}
"""A place this far from the network is not compared: the way to it is unknown."""
_CANALS = frozenset({"suez", "panama", "kiel"})
"""A ship that names its passages goes around those of these that it does not name."""


def check_distances(dataset: Dataset, world: World) -> Iterator[Finding]:
    """DISTANCE-ATLAS: a link or a service goes more than 15 percent farther or less far than the atlas says."""
    measurer = Measurer(world)
    known = frozenset(str(passage["id"]) for passage in world.passages)
    for link in dataset.links:
        gauge = link.gauge_mm if link.mode == "rail" else None
        opened = known if link.mode == "waterway" else frozenset()  # a feed that has a vessel there has its canals open
        query = WayQuery(mode=_mode(link.mode), gauge_mm=gauge, allow=opened) if link.mode in get_args(WayMode) else None
        yield from _compare(measurer, link, query, dataset.place_by_id.get(link.from_place_id), dataset.place_by_id.get(link.to_place_id))
    for service_id, stops in dataset.stops_by_service.items():
        service = dataset.service_by_id.get(service_id)
        for before, stop in pairwise(stops):
            if service is None or service.mode not in get_args(WayMode):
                continue
            closed = _CANALS - set(stop.passages) if stop.passages else frozenset()
            query = WayQuery(
                mode=_mode(service.mode), gauge_mm=service.gauge_mm if service.mode == "rail" else None,
                avoid=frozenset(closed), allow=known if service.mode == "waterway" else known & frozenset(stop.passages),
            )  # fmt: skip
            yield from _compare(measurer, stop, query, dataset.place_by_id.get(before.place_id), dataset.place_by_id.get(stop.place_id))


def _mode(mode: str) -> WayMode:
    return next(one for one in get_args(WayMode) if one == mode)


def _compare(measurer: Measurer, record: Record, query: WayQuery | None, start: Place | None, goal: Place | None) -> Iterator[Finding]:
    own = int(getattr(record, "distance_m", 0))
    if query is None or start is None or goal is None or own < SHORTEST_M:
        return
    found = measurer.measure(_atlas_place(start), _atlas_place(goal), query)
    if found is None or found.snap_m > NEAR_M[query.mode] or found.distance_m < SHORTEST_M:
        return
    percent = 100 * (own / found.distance_m - 1)
    if abs(percent) > TOLERATED_PERCENT:
        ends = f"{start.place_id} to {goal.place_id}"
        shown = f"{ends}: {own / 1000:.0f} km, {percent:+.0f} % against the {found.distance_m / 1000:.0f} km of the atlas"
        yield make_row_finding("DISTANCE-ATLAS", record, "distance_km", f"{shown} by {query.mode}")


def _atlas_place(place: Place) -> AtlasPlace:
    return AtlasPlace(place_id=place.place_id, name=place.name, country=place.country, kind=place.kind, lon=place.lon, lat=place.lat)
