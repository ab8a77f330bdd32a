"""Distances by the atlas: two places, a file of pairs, a matrix."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from landbridge.domain.errors import DataError, QueryError
from landbridge.domain.finding import Finding
from landbridge.domain.way import WAY_MODES, AtlasPlace, NoWay, Way, WayMode, WayQuery

if TYPE_CHECKING:
    from landbridge.atlas.gazetteer import Found
    from landbridge.atlas.measure import Measurer
    from landbridge.atlas.world import World

_MAX_FIELD = 500
_TERMINALS = ("port", "station", "city")
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
    return Pairs(world, query, _read_pairs(pairs))


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
    from landbridge.atlas.snap import distance_m

    found = world.gazetteer.nearest(place.lon, place.lat, limit=limit, kind=kind)
    return tuple(sorted(((one, distance_m(place, one)) for one in found), key=lambda pair: (pair[1], pair[0].place_id)))


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

    def __init__(self, world: World, query: WayQuery, rows: Sequence[tuple[str, str, str]]) -> None:
        self._world, self.query, self.rows = world, query, rows
        from landbridge.atlas.measure import Measurer

        self._known: dict[str, AtlasPlace | None] = {}
        self._measurer = Measurer(world)

    @classmethod
    def of(cls, query: WayQuery, rows: Sequence[tuple[str, str, str]]) -> Pairs:
        """Rows as ``find_distances`` reads them, over the atlas of this machine."""
        return cls(_world(), query, rows)

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
        return _way(self._world, start, goal, self.query, self._measurer)

    def _place(self, text: str) -> AtlasPlace | None:
        if text not in self._known:
            self._known[text] = _meant(self._world, text, self.query)
        return self._known[text]


def _world() -> World:
    from landbridge.atlas.world import load_world

    return load_world()


def _way(world: World, start: AtlasPlace, goal: AtlasPlace, query: WayQuery, measurer: Measurer | None = None) -> Way | NoWay:
    from landbridge.atlas.route import find_way

    return find_way(world, start, goal, query, measurer)


def _query(world: World, mode: str, avoid: Sequence[str], allow: Sequence[str], gauge_mm: int | None, findings: list[Finding]) -> WayQuery:
    if mode not in WAY_MODES:
        findings.append(
            Finding(code="WAY-MODE", column="--mode", message=f"no mode {mode[:20]!r}", fix=f"take one of {', '.join(WAY_MODES)}")
        )
        mode = "road"
    if gauge_mm is not None and mode != "rail":
        findings.append(Finding(code="WAY-GAUGE", column="--gauge", message="only railways have a gauge", fix="add --mode rail"))
    known: WayMode = next(one for one in WAY_MODES if one == mode)
    passages = {str(passage["id"]) for passage in world.passages}
    named = {str(passage["name"]).casefold(): str(passage["id"]) for passage in world.passages}
    closed, points, opened = set(), [], set()
    for text in avoid:
        wanted = named.get(text.strip().casefold(), text.strip())
        if wanted.lower() in passages:
            closed.add(wanted.lower())
        elif wanted.upper() in world.countries:
            closed.add(wanted.upper())
        elif wanted.casefold() in ("ferry", "ferries") and mode == "road":
            closed.add("ferry")
        elif (place := _choose(world, text, WayQuery(mode=known), "--avoid", findings)) is not None:
            points.append((place.lon, place.lat))
    for text in allow:
        wanted = named.get(text.strip().casefold(), text.strip().lower())
        if wanted in passages:
            opened.add(wanted)
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


def _meant(world: World, text: str, query: WayQuery, near: tuple[float, float] | None = None) -> AtlasPlace | None:
    """The place that a text means by a mode: of namesakes the one that the network reaches."""
    from landbridge.atlas.snap import is_served

    return world.gazetteer.choose(text, kind=_KIND_OF_MODE[query.mode], near=near, is_served=lambda place: is_served(world, place, query))


def _unknown(world: World, text: str) -> str:
    from landbridge.atlas.gazetteer import is_numbers

    if is_numbers(text):
        return f"{text[:60]!r} is no point: longitude first, from -180 to 180, then latitude, from -90 to 90"
    found = [one.place for one in world.gazetteer.find(text, limit=5)]
    closest = "; the closest are " + ", ".join(f"{place.name} ({place.country}, {place.place_id})" for place in found) if found else ""
    return f"no place of the atlas is clearly meant by {text[:60]!r}{closest}"


def _raise(findings: list[Finding]) -> None:
    if findings:
        raise QueryError(findings)


def _read_pairs(path: str) -> list[tuple[str, str, str]]:
    """Texts of both ends of each row, and what is wrong with the row."""
    with Path(path).open(encoding="utf-8-sig", newline="", errors="replace") as lines:
        reader = csv.reader(lines)
        header = [name.strip().lower() for name in next(reader, [])]
        missing = [name for name in ("from", "to") if name not in header]
        if missing:
            found = Finding(
                code="PAIRS-COLUMN",
                file=path,
                row=1,
                message=f"no column {' and no column '.join(missing)}",
                fix="name the columns from and to",
            )
            raise DataError([found])
        at = header.index("from"), header.index("to")
        return [_pair(row, at, len(header)) for row in reader if row]


def _pair(row: list[str], at: tuple[int, int], width: int) -> tuple[str, str, str]:
    texts = [row[column].strip()[:_MAX_FIELD] if column < len(row) else "" for column in at]
    fault = ""
    if len(row) != width:
        fault = f"the row has {len(row)} fields, the header {width}"
    elif not all(texts):
        fault = "the row lacks a place"
    return texts[0], texts[1], fault
