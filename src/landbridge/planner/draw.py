"""Drawn lines from the atlas, of the legs of a plan or of the services and links of a feed: asked for where a map is made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar, get_args

from landbridge.domain.dataset import Dataset
from landbridge.domain.identity import PlaceId
from landbridge.domain.plan import Leg, Plan
from landbridge.domain.way import AtlasPlace, Way, WayMode, WayQuery

if TYPE_CHECKING:
    from landbridge.atlas.measure import Measurer
    from landbridge.atlas.world import World
    from landbridge.domain.place import Place

    Point = tuple[float, float]

Drawn = TypeVar("Drawn", bound=Plan)
_MODE_OF: dict[str, WayMode] = {"ferry": "sea"}
_CANALS = frozenset({"suez", "panama", "kiel"})
_LONGEST_DETOUR = 1.6
"""A way of the atlas this much longer than the leg says it goes another way: then the line is straight."""
_COARSE_DEG = 0.05


def draw_plan(plan: Drawn, dataset: Dataset, numbers: Collection[int] | None = None) -> Drawn:
    """The plan with ``Leg.path`` on every leg, or on those of some itineraries: along the atlas, straight where it knows no way.

    Parameters
    ----------
    plan
        An answer.
    dataset
        The feed that it was made from, with the places of the question joined.
    numbers
        Numbers of the itineraries that are drawn, from 1; None: all.
    """
    from landbridge.atlas.world import load_world

    drawer = _Drawer(load_world(), dataset)
    itineraries = tuple(
        replace(itinerary, legs=tuple(replace(leg, path=drawer.path(leg)) for leg in itinerary.legs))
        if numbers is None or number in numbers
        else itinerary
        for number, itinerary in enumerate(plan.itineraries, start=1)
    )
    return replace(plan, itineraries=itineraries)


def draw_network(dataset: Dataset) -> dict[str, tuple[Point, ...]]:
    """The drawn line of each service and link of a feed, by its id; coarse enough for a map of the whole corridor.

    Parameters
    ----------
    dataset
        A feed.
    """
    from landbridge.atlas.world import load_world

    drawer = _Drawer(load_world(), dataset)
    lines = {str(link.link_id): drawer.line((link.from_place_id, link.to_place_id), link.mode) for link in dataset.links}
    for service in dataset.services:
        stops = dataset.stops_by_service.get(service.service_id, ())
        passages = {str(one) for stop in stops for one in stop.passages}
        lines[str(service.service_id)] = drawer.line([stop.place_id for stop in stops], service.mode, passages)
    return {name: thin_line(line, _COARSE_DEG) for name, line in lines.items()}


def thin_line(points: Sequence[Point], least_deg: float) -> tuple[Point, ...]:
    """A line without the points that lie nearer than some degrees to the last that was kept; both ends stay."""
    kept = list(points[:1])
    for lon, lat in points[1:-1]:
        if abs(lon - kept[-1][0]) + abs(lat - kept[-1][1]) >= least_deg:
            kept.append((lon, lat))
    return (*kept, *points[-1:]) if len(points) > 1 else tuple(kept)


class _Drawer:
    def __init__(self, world: World, dataset: Dataset) -> None:
        from landbridge.atlas.measure import Measurer

        self._world, self._dataset = world, dataset
        self._measurer: Measurer = Measurer(world)
        self._links = {link.link_id: link for link in dataset.links}
        self._passages = {str(passage["id"]) for passage in world.passages}
        self._known: dict[tuple[str, str, WayQuery], tuple[Point, ...]] = {}

    def path(self, leg: Leg) -> tuple[Point, ...]:
        """The line of a leg from call to call, without repeated points."""
        calls = leg.calls if len(leg.calls) >= 2 else (leg.from_id, leg.to_id)
        return self.line(calls, leg.mode, leg.passages)

    def line(self, calls: Iterable[str], mode: str, passages: Iterable[str] = ()) -> tuple[Point, ...]:
        """The line through some places by one mode; of a ship through no canal but those named."""
        used = frozenset(str(one) for one in passages)
        places = [self._dataset.place_by_id[PlaceId(call)] for call in calls if call in self._dataset.place_by_id]
        points: list[Point] = []
        for one, other in pairwise(places):
            for point in self._stretch(one, other, mode, used):
                if not points or points[-1] != point:
                    points.append(point)
        return tuple(points)

    def _stretch(self, one: Place, other: Place, told: str, used: frozenset[str]) -> tuple[Point, ...]:
        straight = ((one.lon, one.lat), (other.lon, other.lat))
        mode = _MODE_OF.get(told) or next((known for known in get_args(WayMode) if known == told), None)
        if mode is None:
            return straight
        allow = self._passages if mode == "waterway" else self._passages & used  # a feed that has a vessel there has its canals open
        query = WayQuery(mode=mode, avoid=_CANALS - used if mode == "sea" else frozenset(), allow=frozenset(allow))
        key = (one.place_id, other.place_id, query)
        if key not in self._known:
            self._known[key] = self._way(one, other, query) or straight
        return self._known[key]

    def _way(self, one: Place, other: Place, query: WayQuery) -> tuple[Point, ...]:
        from landbridge.atlas.route import find_way

        found = find_way(self._world, _atlas_place(one), _atlas_place(other), query, self._measurer)
        own = self._own_distance(one, other, query.mode)
        if not isinstance(found, Way) or (own and found.distance_m > _LONGEST_DETOUR * own):
            return ()
        return ((one.lon, one.lat), *found.path, (other.lon, other.lat))

    def _own_distance(self, one: Place, other: Place, mode: str) -> int:
        ends = {one.place_id, other.place_id}
        return next(
            (link.distance_m for link in self._links.values() if link.mode == mode and {link.from_place_id, link.to_place_id} == ends), 0
        )


def _atlas_place(place: Place) -> AtlasPlace:
    """A port keeps its UN/LOCODE, by which the atlas knows its berth."""
    code = place.place_id.removesuffix("-PORT")
    return AtlasPlace(place_id=code, name=place.name, country=place.country, kind=place.kind, lon=place.lon, lat=place.lat)
