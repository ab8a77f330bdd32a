"""Distances by the atlas: two places, a file of pairs, a matrix."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from landbridge.domain.errors import QueryError
from landbridge.domain.finding import Finding
from landbridge.domain.way import WAY_MODES, AtlasPlace, NoWay, Way, WayMode, WayQuery
from landbridge.planner.pairs_file import PairRow, read_pairs
from landbridge.planner.passage_names import find_passage
from landbridge.planner.place_search import SURE, tell_country_alone

if TYPE_CHECKING:
    from landbridge.atlas.gazetteer import Found
    from landbridge.atlas.measure import Measurer
    from landbridge.atlas.world import World

_KEPT_PLACES = 200_000
_TERMINALS = ("port", "station", "city")
_NO_PORTS = 200
"""So many more are looked at, since UN/LOCODE calls places ports to which no ship of the atlas comes (Minsk, Brest)."""
_KIND_OF_MODE = {"sea": "port", "waterway": "port", "rail": "station", "road": ""}


def find_distance(
    origin: str, destination: str, *, mode: str, avoid: Sequence[str] = (), allow: Sequence[str] = (), gauge_mm: int | None = None
) -> Way | NoWay:
    """The shortest way between two places by one mode.

    Raises
    ------
    QueryError
        With everything that is wrong with the question, at once.
    """
    world = _world()
    findings: list[Finding] = []
    query = _query(world, mode, avoid, allow, gauge_mm, findings)
    start = _choose(world, origin, query, "FROM", findings)
    goal = _choose(world, destination, query, "TO", findings, near=start)
    if start is None or goal is None:
        raise QueryError(findings)
    start = _choose(world, origin, query, "FROM", findings, near=goal) or start
    _raise(findings)
    return _way(world, start, goal, query)


def tell_namesakes(origin: str, destination: str, way: Way) -> tuple[Finding, ...]:
    """For each end whose name other towns have as well what else it could mean."""
    from landbridge.planner.namesake import find_atlas_namesakes

    ends = (("FROM", origin, way.origin), ("TO", destination, way.destination))
    return tuple(finding for column, text, place in ends if (finding := find_atlas_namesakes(text, place, column)) is not None)


def find_distances(pairs: str, *, mode: str, avoid: Sequence[str] = (), allow: Sequence[str] = (), gauge_mm: int | None = None) -> Pairs:
    """Every row of a CSV file with the columns ``from`` and ``to``.

    Raises
    ------
    DataError
        If the file cannot be read or lacks a column.
    QueryError
        If the question is wrong.
    """
    world = _world()
    findings: list[Finding] = []
    query = _query(world, mode, avoid, allow, gauge_mm, findings)
    _raise(findings)
    return Pairs(world, query, read_pairs(pairs))


def measure_matrix(
    origins: Sequence[str], destinations: Sequence[str], *, mode: str, avoid: Sequence[str] = (), allow: Sequence[str] = (),
    gauge_mm: int | None = None,
) -> tuple[tuple[int | None, ...], ...]:  # fmt: skip
    """Metres from every origin to every destination; None where there is no way.

    Raises
    ------
    QueryError
        With everything that is wrong, at once.
    """
    world = _world()
    findings: list[Finding] = []
    query = _query(world, mode, avoid, allow, gauge_mm, findings)
    rows = [_choose(world, text, query, "origins", findings) for text in origins]
    columns = [_choose(world, text, query, "destinations", findings) for text in destinations]
    _raise(findings)
    from landbridge.atlas.matrix import measure_distances

    found = measure_distances(world, [one for one in rows if one], [one for one in columns if one], query)
    return tuple(tuple(None if value < 0 else int(value) for value in row) for row in found.tolist())


def find_atlas_places(text: str, limit: int = 5) -> tuple[Found, ...]:
    """The places of the atlas that a text may mean, best first."""
    return _world().gazetteer.find(text, limit=limit)


def find_nearest(text: str, *, kind: str = "port", limit: int = 5) -> tuple[tuple[AtlasPlace, int], ...]:
    """The places of a kind (port, station or city) nearest to a place, and their great circles in metres; the nearest first.

    Raises
    ------
    QueryError
        If the place or the kind is unknown.
    """
    world = _world()
    findings: list[Finding] = []
    place = _choose(world, text, WayQuery(mode="road"), "TEXT", findings)
    if kind not in _TERMINALS:
        fix = f"take one of {', '.join(_TERMINALS)}"
        findings.append(Finding(code="WAY-MODE", column="--near", message=f"no kind of place {kind[:20]!r}", fix=fix))
    if place is None or findings:
        raise QueryError(findings)
    from landbridge.atlas.dead_end import is_port
    from landbridge.atlas.snap import distance_m

    found = world.gazetteer.nearest(place.lon, place.lat, limit=limit + (_NO_PORTS if kind == "port" else 0), kind=kind)
    kept = (one for one in found if kind != "port" or is_port(world, one.place_id))
    return tuple(sorted(((one, distance_m(place, one)) for one in kept), key=lambda pair: (pair[1], pair[0].place_id)))[:limit]


def describe_atlas() -> dict[str, Any]:
    """Version, checksum, sizes, inputs and licences of the atlas; every section is checked.

    Raises
    ------
    DataError
        If the file is broken.
    """
    world = _world()
    container = world.container
    container.check()
    shapes = {name: section["shape"][0] for name, section in container.header["sections"].items()}
    return {
        "file": container.path.name,
        "version": container.header["version"],
        "format": container.header["format"],
        "size_bytes": container.size(),
        "sha256": container.digest(),
        "networks": {mode: {"nodes": shapes[f"{mode}.lon"], "edges": shapes[f"{mode}.head"]} for mode in ("road", "rail", "sea")},
        "bridged_gaps": {mode: shapes[f"{mode}.bridged"] for mode in ("road", "rail")},
        "places": shapes["places.lon"],
        "names": shapes["names.place"],
        "ports": shapes["ports.node"],
        "passages": [{"id": passage["id"], "name": passage["name"], "closed_by_default": passage["closed"]} for passage in world.passages],
        "inputs": container.header["inputs"],
    }


class Pairs:
    """The rows of a pairs file, each answered when it is asked for, in the order of the file."""

    def __init__(self, world: World, query: WayQuery, rows: Sequence[PairRow], measurer: Measurer | None = None) -> None:
        self._world, self.query, self.rows = world, query, rows
        self._known: dict[str, AtlasPlace | None] = {}
        self._ambiguous: dict[str, bool] = {}
        self._measurer = measurer or _measurer(world, len(rows))

    @classmethod
    def of(cls, query: WayQuery, rows: Sequence[PairRow]) -> Pairs:
        """Rows as ``find_distances`` reads them, over the atlas of this machine; a process keeps what it prepares for the next ones."""
        return cls(_world(), query, rows, _kept_measurer(query.mode))

    @property
    def digest(self) -> str:
        """Tells atlases apart."""
        return str(self._world.container.digest())

    def __len__(self) -> int:
        return len(self.rows)

    def answers(self, heard: Callable[[], None] = lambda: None) -> Iterator[tuple[str, str, Way | NoWay]]:
        """The texts and the answer of each row; ``heard`` is called after each."""
        for origin, destination, fault in self.rows:
            yield origin, destination, self._answer(origin, destination, fault)
            heard()

    def _answer(self, origin: str, destination: str, fault: str) -> Way | NoWay:
        if fault:
            return NoWay(origin=None, destination=None, reason=fault)
        ends = self._place(origin), self._place(destination)
        for text, place in zip((origin, destination), ends, strict=True):
            if place is None:
                return NoWay(origin=ends[0], destination=ends[1], reason=_unknown(self._world, text))
        start, goal = (place for place in ends if place is not None)
        goal = self._nearer(destination, goal, start)
        start = self._nearer(origin, start, goal)
        return _way(self._world, start, goal, self.query, self._measurer, is_drawn=False)

    def _nearer(self, text: str, place: AtlasPlace, other: AtlasPlace) -> AtlasPlace:
        """Of several places of a name the one that the other end tells, as for a single distance."""
        if text not in self._ambiguous:
            if len(self._ambiguous) >= _KEPT_PLACES:
                self._ambiguous.clear()
            self._ambiguous[text] = self._world.gazetteer.is_ambiguous(text)
        if not self._ambiguous[text]:
            return place
        return _meant(self._world, text, self.query, (other.lon, other.lat), self._measurer) or place

    def _place(self, text: str) -> AtlasPlace | None:
        if text not in self._known:
            if len(self._known) >= _KEPT_PLACES:
                self._known.clear()
            self._known[text] = _meant(self._world, text, self.query, measurer=self._measurer)
        return self._known[text]


def _world() -> World:
    from landbridge.atlas.world import load_world

    return load_world()


class _Kept(threading.local):
    """What a thread keeps between parts of a file; workers of a cluster may have several threads."""

    def __init__(self) -> None:
        self.measurers: dict[WayMode, Measurer] = {}


_KEPT = _Kept()


def _kept_measurer(mode: WayMode) -> Measurer:
    if mode not in _KEPT.measurers:
        _KEPT.measurers[mode] = _measurer(_world(), _KEPT_PLACES)
    return _KEPT.measurers[mode]


def _measurer(world: World, questions: int) -> Measurer:
    from landbridge.atlas.measure import Measurer

    return Measurer(world, questions=questions)


def _way(
    world: World, start: AtlasPlace, goal: AtlasPlace, query: WayQuery, measurer: Measurer | None = None, *, is_drawn: bool = True
) -> Way | NoWay:
    from landbridge.atlas.route import find_way

    return find_way(world, start, goal, query, measurer, is_drawn=is_drawn)


def _query(world: World, mode: str, avoid: Sequence[str], allow: Sequence[str], gauge_mm: int | None, findings: list[Finding]) -> WayQuery:
    if mode not in WAY_MODES:
        findings.append(
            Finding(code="WAY-MODE", column="--mode", message=f"no mode {mode[:20]!r}", fix=f"take one of {', '.join(WAY_MODES)}")
        )
        mode = "road"
    if gauge_mm is not None and mode != "rail":
        findings.append(Finding(code="WAY-GAUGE", column="--gauge", message="only railways have a gauge", fix="add --mode rail"))
    known: WayMode = next(one for one in WAY_MODES if one == mode)
    passages = {str(passage["id"]): str(passage["name"]) for passage in world.passages}
    closed, points, opened = set(), [], set()
    for text in avoid:
        wanted = text.strip()
        if (passage := find_passage(passages.items(), wanted)) is not None:
            closed.add(passage)
        elif (country := _country(world, wanted)) is not None:
            closed.add(country)
        elif wanted.casefold() in ("ferry", "ferries") and mode == "road":
            closed.add("ferry")
        elif (place := _choose(world, text, WayQuery(mode=known), "--avoid", findings)) is not None:
            points.append((place.lon, place.lat))
    for text in allow:
        passage = find_passage(passages.items(), text)
        if passage is not None:
            opened.add(passage)
        else:
            findings.append(
                Finding(
                    code="WAY-PASSAGE",
                    column="--allow",
                    message=f"no passage {text[:40]!r}",
                    fix=f"known are {', '.join(sorted(passages))}",
                )
            )
    return WayQuery(
        mode=known,
        avoid=frozenset(closed),
        avoid_points=tuple(points),
        allow=frozenset(opened),
        gauge_mm=gauge_mm if mode == "rail" else None,
    )


def _country(world: World, text: str) -> str | None:
    """The country that a code or a name means; none where a town of the country has the same name (Singapore, Djibouti)."""
    from landbridge.screening.place_words import find_country

    code = find_country(text)
    if code not in world.countries or len(text) == len(code):
        return code if code in world.countries else None
    towns = world.gazetteer.find(f"{text}, {code}", limit=1)
    return None if towns and towns[0].score >= SURE else code


def _choose(
    world: World, text: str, query: WayQuery, name: str, findings: list[Finding], near: AtlasPlace | None = None
) -> AtlasPlace | None:
    """The place that a text means; of several of one name a large one, or one near the other end, goes first."""
    place = _meant(world, text, query, None if near is None else (near.lon, near.lat))
    if place is None:
        findings.append(
            Finding(
                code="UNKNOWN-PLACE", column=name, message=_unknown(world, text), fix="take one of the closest, a UN/LOCODE, or lon lat"
            )
        )
    return place


def _meant(
    world: World, text: str, query: WayQuery, near: tuple[float, float] | None = None, measurer: Measurer | None = None
) -> AtlasPlace | None:
    """The place that a text means by a mode: of namesakes the one that the network reaches."""
    from landbridge.atlas.snap import find_ends
    from landbridge.screening.place_words import find_country

    def is_served(place: AtlasPlace) -> bool:
        return bool(measurer.ends(place, query) if measurer else find_ends(world, place, query))

    return world.gazetteer.choose(text, kind=_KIND_OF_MODE[query.mode], near=near, is_served=is_served, find_country=find_country)


def _unknown(world: World, text: str) -> str:
    from landbridge.atlas.gazetteer import is_numbers

    if is_numbers(text):
        return f"{text[:60]!r} is no point: longitude first, from -180 to 180, then latitude, from -90 to 90"
    if tell_country_alone(text):
        return f"{text[:60]!r} is the name of a country: name a town or a port of it"
    found = [one.place for one in world.gazetteer.find(text, limit=5)]
    closest = "; the closest are " + ", ".join(f"{place.name} ({place.country}, {place.place_id})" for place in found) if found else ""
    return f"no place of the atlas is clearly meant by {text[:60]!r}{closest}"


def _raise(findings: list[Finding]) -> None:
    if findings:
        raise QueryError(findings)
