"""Ways over land that a truck or a train would take between two places, by the atlas, and the stretches of which they are made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from landbridge.domain.place import Place
from landbridge.domain.way import AtlasPlace, Way, WayMode, WayQuery
from landbridge.planner.world.open_borders import OpenBorders
from landbridge.planner.world.rows import gap_km
from landbridge.planner.world.shut import LAND

if TYPE_CHECKING:
    from landbridge.atlas.measure import Line
    from landbridge.atlas.world import World

STREET_KM, WINDING = 30, 1.3
"""Where the atlas has no road, as on small islands, a port so near is reached by streets, so many times as long as the straight line: both
assumed. The second ranks pairs of ports too."""
FERRY_SAVES = 1.5
"""Trucks take a ferry where the way over land alone is so many times as long (Casablanca - Madrid by the Strait, not around the sea)."""
MOST_WINDING, LEAST_GAP_KM = 4.0, 100
"""A way over land so many times as long as the straight line, of this length at least, is none that anybody would take. All assumed."""
SCRAP_M = 5_000
"""A stretch this short in a country that the way leaves for the one it came from is the line of the border, drawn too coarsely."""
RAIL_END_M = 30_000
SHORTEST_RAIL_M = 100_000
"""A train is not loaded for less."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a way in one country, by one mode and gauge."""

    country: str
    gauge_mm: int | None
    distance_m: int
    start: tuple[float, float]
    is_ferry: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """The line of a way, and the question to which it is the answer."""

    line: Line
    query: WayQuery

    @property
    def distance_m(self) -> int:
        return self.line.distance_m

    @property
    def snap_m(self) -> int:
        """The larger of the ways from the ends to the network."""
        return max(end.snap_m for end in self.line.ends)


class LandWays:
    """Ways by road and rail, each looked for once; none by a mode or through a country that is avoided."""

    def __init__(self, world: World, borders: OpenBorders, avoid: frozenset[str] = frozenset()) -> None:
        from landbridge.atlas.measure import Measurer

        self._world, self._borders, self._measurer = world, borders, Measurer(world, may_prepare=False)
        self._avoid = frozenset(one for one in avoid if one in world.countries)
        self._modes = frozenset(LAND) - avoid
        self._lines: dict[tuple[str, str, str, frozenset[str]], _Found | None] = {}
        self._ways: dict[tuple[str, str, str, frozenset[str]], Way | None] = {}

    def find(self, start: Place, goal: Place, mode: WayMode, avoid: frozenset[str] = frozenset()) -> Way | None:
        """The way that a truck or a train would take, around some countries: the shortest, a border counting as the detour that costs the
        same; None if there is none.

        Countries that are shut to goods of some ends are used for others only where no way leads around them, and not for a second way.
        """
        from landbridge.atlas.route import draw_way

        key = start.place_id, goal.place_id, mode, avoid
        if key not in self._ways:
            found = self._measure(start, goal, mode, avoid)
            ends = _atlas_place(start), _atlas_place(goal)
            self._ways[key] = None if found is None else draw_way(self._world, ends, found.line, found.query)
        return self._ways[key]

    def _measure(self, start: Place, goal: Place, mode: WayMode, avoid: frozenset[str] = frozenset()) -> _Found | None:
        """The line of that way; what lies on it is looked up for the few ways that are taken."""
        key = start.place_id, goal.place_id, mode, avoid
        if key not in self._lines:
            self._lines[key] = self._find_open(start, goal, mode, avoid) if mode in self._modes else None
        return self._lines[key]

    def _find_open(self, start: Place, goal: Place, mode: WayMode, avoid: frozenset[str]) -> _Found | None:
        found = self._search(start, goal, self._borders.make_query(mode, avoid | self._avoid))
        if found is None:
            return None
        passed = self._borders.list_at_war(mode, self._measurer.list_countries(found.line, mode), frozenset((start.country, goal.country)))
        if not passed:
            return found
        around = self._search(start, goal, self._borders.make_query(mode, avoid | self._avoid | passed))
        return around if around is not None or avoid else found

    def _search(self, start: Place, goal: Place, query: WayQuery) -> _Found | None:
        """The way under one question, by ferry where that saves enough."""
        mode, found = query.mode, self._find_line(start, goal, query)
        if found is not None and self._measurer.takes_ferry(found.line, mode):
            by_land = self._find_line(start, goal, replace(query, avoid=query.avoid | {"ferry"}))
            if by_land is not None and by_land.distance_m <= FERRY_SAVES * found.distance_m:
                found = by_land
        if found is None or found.distance_m > MOST_WINDING * 1000 * max(gap_km(start, goal), LEAST_GAP_KM):
            return None
        if found.distance_m == 0 and (mode == "rail" or start.country != goal.country):
            return None
        if mode == "rail" and (found.snap_m > RAIL_END_M or found.distance_m < SHORTEST_RAIL_M):
            return None
        return found

    def _find_line(self, start: Place, goal: Place, query: WayQuery) -> _Found | None:
        line = self._measurer.find_line(_atlas_place(start), _atlas_place(goal), query)
        return None if line is None else _Found(line, query)

    def measure_km(self, start: Place, goal: Place) -> float:
        """How far it is by land: over a gulf or around a sea it may be many times the straight line."""
        if start.place_id == goal.place_id:
            return 0.0
        found = [line for mode in LAND if (line := self._measure(start, goal, mode)) is not None]
        return min((line.distance_m / 1000 for line in found), default=WINDING * gap_km(start, goal))

    def is_reached(self, start: Place, goal: Place) -> bool:
        """Whether a truck, a train or a cart in the streets comes from one place to the other."""
        return start.place_id == goal.place_id or any(self._measure(start, goal, mode) for mode in LAND) or self.is_street(start, goal)

    def is_street(self, one: Place, other: Place) -> bool:
        """Whether two places of a country lie near each other and the atlas has no road at one of them."""
        from landbridge.atlas.snap import is_served

        return (
            one.country == other.country
            and gap_km(one, other) <= STREET_KM
            and not all(is_served(self._world, _atlas_place(place), WayQuery(mode="road")) for place in (one, other))
        )


def list_stretches(way: Way) -> Iterator[Stretch]:
    """Parts of a way without scraps: ferries lie in the country that they leave, and short returns belong to what is around them."""
    parts = [part for part in way.parts if part.distance_m > 0]
    kept: list[Stretch] = []
    for index, part in enumerate(parts):
        after = parts[index + 1].country if index + 1 < len(parts) else ""
        country = part.country or (kept[-1].country if kept else after)
        is_scrap = bool(kept) and part.distance_m < SCRAP_M and after == kept[-1].country and part.gauge_mm == kept[-1].gauge_mm
        if kept and (is_scrap or (country, part.gauge_mm) == (kept[-1].country, kept[-1].gauge_mm)):
            last = kept[-1]
            kept[-1] = replace(last, distance_m=last.distance_m + part.distance_m, is_ferry=last.is_ferry or part.kind == "ferry")
        else:
            kept.append(Stretch(country, part.gauge_mm, part.distance_m, part.path[0], part.kind == "ferry"))
    yield from kept


def _atlas_place(place: Place) -> AtlasPlace:
    return AtlasPlace(
        place_id=f"point:{place.place_id}", name=place.name, country=place.country, kind="point", lon=place.lon, lat=place.lat
    )
