"""In a file of pairs, as for two places, the other end tells which of several places of a name is meant."""

from __future__ import annotations

import pytest

import landbridge
from landbridge.domain.way import Way
from landbridge.planner.distance import find_distances


@pytest.mark.parametrize(
    ("origin", "destination", "country"),
    [("Valencia", "Madrid", "ES"), ("Valencia", "Maracay", "VE"), ("Madrid", "Valencia", "ES"), ("Valencia, VE", "Maracay", "VE")],
)
def test_the_other_end_tells_which_of_several_places_is_meant(tmp_path, origin, destination, country):
    path = tmp_path / "pairs.csv"
    path.write_text(f'from,to\n"{origin}","{destination}"\n', encoding="utf-8")
    ((_, _, way),) = find_distances(str(path), mode="road").answers()
    alone = landbridge.distance(origin, destination, mode="road")
    assert isinstance(way, Way)
    assert isinstance(alone, Way)
    assert (way.origin.country, way.destination.country) == (country, country)
    assert way.distance_m == alone.distance_m
