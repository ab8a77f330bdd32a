"""The way between two points by one mode: the question and the answer of the atlas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

WayMode = Literal["road", "rail", "sea", "waterway"]
WAY_MODES: tuple[WayMode, ...] = ("road", "rail", "sea", "waterway")


@dataclass(frozen=True, slots=True, kw_only=True)
class AtlasPlace:
    """A place of the atlas.

    Attributes
    ----------
    place_id
        UN/LOCODE where one is known, else ``geonames:`` and the number of GeoNames, ``station:`` and a code, or the coordinates.
    kind
        ``city``, ``port``, ``station``, ``locode`` or ``point``.
    population
        Inhabitants; 0 where not known.
    """

    place_id: str
    name: str
    country: str
    kind: str
    lon: float
    lat: float
    population: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WayQuery:
    """What is asked of the atlas; all that varies with a question.

    Attributes
    ----------
    avoid
        ISO alpha-2 codes of countries and ids of passages that are closed for this question only, and ``ferry`` for all ferries.
    avoid_borders
        Pairs of country codes, each in the order of the alphabet, between which no way crosses the border.
    avoid_points
        Points (lon, lat) that the way keeps at least 25 km away from.
    posts
        Borders, each by its two countries in the order of the alphabet, that are crossed within 12 km of certain points (lon, lat) alone.
    border_m
        By such a pair of countries, how many metres of detour a way makes to spare itself that border.
    allow
        Passages that are closed by default, or to the ships of long ways, and open for this question.
    gauge_mm
        Rail only: tracks of this gauge alone; None: any, changing at terminals that can do it.
    """

    mode: WayMode
    avoid: frozenset[str] = frozenset()
    avoid_borders: frozenset[tuple[str, str]] = frozenset()
    avoid_points: tuple[tuple[float, float], ...] = ()
    posts: tuple[tuple[tuple[str, str], tuple[tuple[float, float], ...]], ...] = ()
    border_m: tuple[tuple[tuple[str, str], int], ...] = ()
    allow: frozenset[str] = frozenset()
    gauge_mm: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WayPart:
    """A stretch of one kind in one country; ``kind`` is ``road``, ``ferry``, ``rail``, ``sea``, ``canal`` or ``river``."""

    kind: str
    country: str
    distance_m: int
    duration_min: int
    gauge_mm: int | None = None
    path: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryShare:
    """How much of a way lies in one country; water outside its borders (the sea, a river under a ferry) has the country ``""``."""

    country: str
    distance_m: int
    percent: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WayCrossing:
    """A border, a passage, a change of gauge or a bridged gap on the way; ``distance_m`` from its start."""

    kind: str
    crossing_id: str
    name: str
    lon: float
    lat: float
    distance_m: int
    length_m: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The shortest way by one mode between the snapped ends.

    ``distance_m`` and ``duration_min`` are those between the snapped ends; ``from_snap_m`` and ``to_snap_m`` are the straight distances
    from the places to the network.
    """

    mode: WayMode
    origin: AtlasPlace
    destination: AtlasPlace
    distance_m: int
    great_circle_m: int
    duration_min: int
    from_snap_m: int
    to_snap_m: int
    from_snap: tuple[float, float]
    to_snap: tuple[float, float]
    parts: tuple[WayPart, ...]
    countries: tuple[CountryShare, ...]
    passages: tuple[WayCrossing, ...]
    border_crossings: tuple[WayCrossing, ...]
    gauge_changes: tuple[WayCrossing, ...]
    bridged_gaps: tuple[WayCrossing, ...]

    @property
    def path(self) -> tuple[tuple[float, float], ...]:
        """The drawn line, lon and lat in degrees, without repeated points."""
        points: list[tuple[float, float]] = []
        for part in self.parts:
            points.extend(point for point in part.path if not points or point != points[-1])
        return tuple(points)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoWay:
    """Why there is no way, in words, and the nearest thing that could be asked instead."""

    origin: AtlasPlace | None
    destination: AtlasPlace | None
    reason: str
    nearest: str = ""
