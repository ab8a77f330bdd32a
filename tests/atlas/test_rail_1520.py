"""The network of 1520 mm is one."""

from __future__ import annotations

import numpy as np

from landbridge.atlas import matrix
from landbridge.domain.way import WayQuery

COUNTRIES = frozenset(["RU", "BY", "UA", "KZ", "UZ", "TM", "TJ", "KG", "AZ", "AM", "GE", "MD", "LV", "LT", "EE", "MN", "FI"])
WITHOUT = frozenset({"Khanty-Mansiysk", "Kyzyl", "Norilsk", "Petropavlovsk-Kamchatsky", "Yuzhno-Sakhalinsk"})
"""No railway, one that nothing joins (Norilsk), or one on an island (Sakhalin)."""


def test_every_large_city_of_the_network_of_1520_mm_is_reached_from_moscow(world):
    gazetteer = world.gazetteer
    large = np.flatnonzero((gazetteer._population >= 100_000) & (gazetteer._kind == 0)).tolist()
    cities = [place for place in map(gazetteer.place, large) if place.country in COUNTRIES and place.name not in WITHOUT]
    assert len(cities) > 380
    moscow = next(place for place in cities if place.name == "Moscow")
    found = matrix.measure_distances(world, [moscow], cities, WayQuery(mode="rail", gauge_mm=1520))[0]
    assert [place.name for place, length in zip(cities, found.tolist(), strict=True) if length < 0] == []
