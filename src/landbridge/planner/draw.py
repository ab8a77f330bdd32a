"""The drawn line of every leg of a plan, from the atlas: asked for where a map is made, not with every plan."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar, get_args

from landbridge.domain.dataset import Dataset
from landbridge.domain.plan import Leg, Plan
from landbridge.domain.way import AtlasPlace, Way, WayMode, WayQuery

if TYPE_CHECKING:
    from landbridge.atlas.measure import Measurer
    from landbridge.atlas.world import World
    from landbridge.domain.place import Place

    Point = tuple[float, float]

Drawn = TypeVar("Drawn", bound=Plan)
_MODE_OF: dict[str, WayMode] = {"ferry": "sea"}
_CANALS = frozenset({"suez", "panama"})
_LONGEST_DETOUR = 1.6
"""A way of the atlas this much longer than the leg says it goes another way: then the line is straight."""


def draw_plan(plan: Drawn, dataset: Dataset) -> Drawn:
    """The plan with ``Leg.path`` on every leg: along roads, tracks and lanes of the atlas, straight where it knows none.

    Parameters
    ----------
    plan
        An answer.
    dataset
        The feed that it was made from, with the places of the question joined.
    """
    from landbridge.atlas.world import load_world

    drawer = _Drawer(load_world(), dataset)
    itineraries = tuple(
        replace(itinerary, legs=tuple(replace(leg, path=drawer.path(leg)) for leg in itinerary.legs)) for itinerary in plan.itineraries
    )
    return replace(plan, itineraries=itineraries)


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
        places = [self._dataset.place_by_id[call] for call in calls if call in self._dataset.place_by_id]
        points: list[Point] = []
        for one, other in pairwise(places):
            for point in self._stretch(one, other, leg):
                if not points or points[-1] != point:
                    points.append(point)
        return tuple(points)

    def _stretch(self, one: Place, other: Place, leg: Leg) -> tuple[Point, ...]:
        straight = ((one.lon, one.lat), (other.lon, other.lat))
        mode = _MODE_OF.get(leg.mode) or next((known for known in get_args(WayMode) if known == leg.mode), None)
        if mode is None:
            return straight
        query = WayQuery(
            mode=mode,
            avoid=_CANALS - set(leg.passages) if mode == "sea" else frozenset(),
            allow=frozenset(self._passages & set(leg.passages)),
        )
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
