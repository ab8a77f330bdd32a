"""Where ports lie: as the port packages say, unless the code list contradicts them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from atlas_build.corrections import rows
from atlas_build.unlocode import SAME_DEGREES, Code, is_near
from landbridge.domain.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from atlas_build.parts import Parts

Spot = tuple[float, float]
Port = tuple[str, float, float, set[str]]
"""Name, longitude, latitude, all names."""
FAR_DEGREES = 1.5
"""A port this far from its UN/LOCODE has a wrong position in the package."""
NEAR_BORDER, AT_BORDER = 0.15, 0.5
"""How near (degrees) a town of the right part must be that a position of a package and one of the list are taken to lie in that part."""
_KINDS = frozenset({"port", "ports", "pt", "harbour", "harbor", "terminal", "refinery", "island", "islands", "apt", "coal", "marine"})
"""Words of a name that say what a place is, and not which."""


def read_ports(searoute: Path, sea_ports: Path, codes: dict[str, Code], parts: Parts) -> dict[str, Port]:
    """Ports by UN/LOCODE; positions of ``searoute`` before those of ``sea-ports``, and rows of ``ports.csv`` before all."""
    found: dict[str, Port] = {}
    for code, name, readings, names in _tell(searoute, sea_ports):
        found[code] = _settle(name, readings, names, codes.get(code), parts)
    for row in rows("ports.csv"):
        found[row["code"]] = (row["name"], float(row["lon"]), float(row["lat"]), set(row["names"].split("|")))
    return {code: row for code, row in found.items() if -180 <= row[1] <= 180 and -85 < row[2] < 85}


def _tell(searoute: Path, sea_ports: Path) -> Iterator[tuple[str, str, list[list[Spot]], set[str]]]:
    """Code, name, positions in the order of trust, each as it may be read, and all names that the two packages tell.

    Where ``searoute`` has a code twice its last row comes first.
    """
    names: dict[str, dict[str, None]] = {}
    spots: dict[str, list[list[Spot]]] = {}
    path = next(searoute.rglob("ports.geojson"))
    for feature in reversed(json.loads(path.read_text(encoding="utf-8"))["features"]):
        code, name = feature["properties"].get("port"), feature["properties"].get("name")
        if code and name and len(code) == 5:
            names.setdefault(code, {})[name] = None
            spots.setdefault(code, []).append(_readings(*map(float, feature["geometry"]["coordinates"][:2])))
    for code, row in json.loads((sea_ports / "package" / "lib" / "ports.json").read_text(encoding="utf-8")).items():
        if "coordinates" in row and len(code) == 5:
            names.setdefault(code, {}).update(dict.fromkeys((row["name"], row.get("city", row["name"]), *row.get("alias", []))))
            spots.setdefault(code, []).append([(float(row["coordinates"][0]), float(row["coordinates"][1]))])
    for code, told in names.items():
        yield code, next(iter(told)), spots[code], set(told)


def _readings(lon: float, lat: float) -> list[Spot]:
    """What a position of ``searoute`` may mean: with two decimals at most it is in degrees and minutes: ``49.30`` is 49 degrees 30 minutes.

    Of 354 such ports that the code list puts within 150 km, 320 are nearer to it when read so: the median falls from 28 km to 4 m.
    The plain reading is the second one, since 27 are right as they stand.
    """
    minutes = [round(abs(value) % 1 * 100, 6) for value in (lon, lat)]
    if any(part != round(part) or part >= 60 for part in minutes):
        return [(lon, lat)]
    x, y = ((int(abs(value)) + round(part) / 60) * (1 if value >= 0 else -1) for value, part in zip((lon, lat), minutes, strict=True))
    return [(round(x, 4), round(y, 4)), (lon, lat)]


def _settle(name: str, readings: list[list[Spot]], names: set[str], told: Code | None, parts: Parts) -> Port:
    """Name and position of one port; where the packages mean another place than the code list, both are those of the list."""
    if told is None or not told.spots:
        return (name, *readings[0][0], names)
    is_same = _has_name_of(names, told)
    spots = [min(one, key=lambda spot: min(_gap(spot, told.spots), FAR_DEGREES)) for one in readings]
    spot = _believed(spots, told, parts, is_same_name=is_same)
    if spot in spots or is_same:
        return (name, *spot, names)
    return (told.name, *spot, set(told.names))


def _believed(spots: list[Spot], told: Code, parts: Parts, *, is_same_name: bool) -> Spot:
    """The first position that fits what the code list tells, else that of the code list.

    Positions outside the part of the country that the list names count for nothing, unless both sides tell them. Of the others, the
    packages are believed within ``FAR_DEGREES`` of the list, but within ``SAME_DEGREES`` where they name another place or where
    OpenStreetMap has the place where the list has it. Beyond that the list is believed where it names another place, or where
    OpenStreetMap has the place within ``FAR_DEGREES`` of it; else the packages are.
    """
    inside = [spot for spot in spots if _gap(spot, told.spots) <= SAME_DEGREES or not parts.is_outside(spot, told, NEAR_BORDER)]
    listed = [spot for spot in told.spots if _gap(spot, spots) <= SAME_DEGREES or not parts.is_outside(spot, told, AT_BORDER)]
    if not listed:
        return (inside or spots)[0]
    told_spot = told.spot if len(listed) == len(told.spots) else listed[0]
    if not inside:
        return told_spot
    is_one = len(listed) > 1 and is_near(listed[0], listed[-1], SAME_DEGREES)
    reach = SAME_DEGREES if is_one or not is_same_name else FAR_DEGREES
    fitting = [spot for spot in inside if _gap(spot, listed) <= reach]
    if fitting:
        return fitting[0]
    is_agreed = len(listed) > 1 and is_near(listed[0], listed[-1], FAR_DEGREES)
    return told_spot if is_agreed or not is_same_name else inside[0]


def _gap(spot: Spot, others: Iterable[Spot]) -> float:
    """Degrees of longitude and latitude, added, to the nearest of some positions."""
    return min(abs(spot[1] - lat) + abs((spot[0] - lon + 180) % 360 - 180) for lon, lat in others)


def _has_name_of(names: Iterable[str], told: Code) -> bool:
    """Whether one of the names is one of the code, or a part of it in whole words.

    ``Yantian`` is ``Yantian Pt``, ``Tanah Merah`` is ``Tanahmerah``; ``Sochi`` is not ``Sochino``.
    """
    return any(_is_within(one, other) or _is_within(other, one) for one in map(_words, names) for other in map(_words, told.names))


def _words(name: str) -> tuple[str, ...]:
    words = fold(name).split()
    return tuple(word for word in words if word not in _KINDS) or tuple(words)


def _is_within(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    letters = "".join(one)
    ends = range(len(other) + 1)
    return any("".join(other[start:end]) == letters for start in ends for end in ends[start + 1 :])
