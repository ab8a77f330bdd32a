"""Names that several towns have: one line a name, so that a plan can tell what else a name could mean without reading all places."""

from __future__ import annotations

import numpy as np

from atlas_build.geometry import great_circle_m
from landbridge.domain.spelling import fold

LEAST_POPULATION, SAME_PLACE_M = 5_000, 40_000.0
"""Towns with fewer people are not mentioned; records of one country nearer than this are one place."""


def shared_names(rows: dict[str, list]) -> str:
    """Lines in the order of the folded names: name, then its towns (id, name, country, longitude, latitude, population), the largest first.

    Fields are parted by tabs, those of a town by bars.
    """
    named: dict[str, list[int]] = {}
    for index, (name, population) in enumerate(zip(rows["name"], rows["population"], strict=True)):
        if population >= LEAST_POPULATION and rows["country"][index]:
            named.setdefault(fold(name), []).append(index)
    lines = []
    for key in sorted(named, key=lambda key: key.encode()):
        towns = _apart(rows, sorted(named[key], key=lambda index: (-rows["population"][index], _place_id(rows, index))))
        if key and len(towns) > 1:
            lines.append("\t".join([key, *(_town(rows, index) for index in towns)]))
    return "\n".join(lines)


def _apart(rows: dict[str, list], towns: list[int]) -> list[int]:
    """Of records of one place the first."""
    kept: list[int] = []
    for index in towns:
        same = [one for one in kept if rows["country"][one] == rows["country"][index]]
        lon, lat = np.array([rows["lon"][one] for one in same]), np.array([rows["lat"][one] for one in same])
        if not same or great_circle_m(lon, lat, rows["lon"][index], rows["lat"][index]).min() >= SAME_PLACE_M:
            kept.append(index)
    return kept


def _place_id(rows: dict[str, list], index: int) -> str:
    """As ``Gazetteer.place`` has it."""
    return rows["code"][index] or f"geonames:{rows['number'][index]}"


def _town(rows: dict[str, list], index: int) -> str:
    name = rows["name"][index].replace("|", " ").replace("\t", " ").replace("\n", " ")
    where = f"{rows['lon'][index]:.4f}|{rows['lat'][index]:.4f}"
    return f"{_place_id(rows, index)}|{name}|{rows['country'][index]}|{where}|{rows['population'][index]}"
