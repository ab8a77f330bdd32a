"""Links in the country that they lie in: scraps that coarse borders give to a neighbour, and lines of a table."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("scipy")
pytest.importorskip("shapely")

from atlas_build import traced
from atlas_build.geometry import great_circle_m
from atlas_build.land import Net

HOME, ABROAD, THIRD = 0, 1, 2


class Countries:
    """Three countries; a point is abroad north of the equator."""

    codes = ("AA", "BB", "CC")

    def find(self, lon, lat, reach=0.5):
        return np.where(np.asarray(lat) > 0, ABROAD, HOME).astype(np.int16)


def road(country: list[int], step: float = 0.02) -> Net:
    """Links one behind the other along the equator, some two kilometres each."""
    lon = np.arange(len(country) + 1) * step
    lat = np.zeros(len(lon))
    tail, head = np.arange(len(country)), np.arange(1, len(country) + 1)
    length = np.rint(great_circle_m(lon[tail], lat[tail], lon[head], lat[head])).astype(np.int64)
    zero = np.zeros(len(country), np.int16)
    return Net(lon=lon, lat=lat, tail=tail, head=head, length=length, country=np.array(country, np.int16), kind=zero, bridged=zero > 0)


FAR = np.array([[0.1, 2.0], [0.1, -2.0]])


@pytest.fixture(autouse=True)
def _no_table(monkeypatch):
    monkeypatch.setattr(traced, "rows", lambda name: [])


def test_a_short_scrap_within_one_country_is_of_that_country():
    found = traced.with_true_country(road([0, 0, 1, 1, 0, 0]), Countries(), "road", FAR)
    assert found.country.tolist() == [0] * 6


@pytest.mark.parametrize(
    ("country", "towns"),
    [
        ([0, 1, 1, 1, 0], FAR),  # longer than six kilometres
        ([0, 0, 1, 1], FAR),  # leads on
        ([0, 1, 1, 2], FAR),  # between two countries
        ([0, 0, 1, 0, 0], np.array([[0.05, 0.01]])),  # a town of the other country is near
        ([0, 0, -1, 0, 0], FAR),  # a ferry
    ],
)
def test_what_may_be_abroad_stays_abroad(country, towns):
    assert traced.with_true_country(road(country), Countries(), "road", towns).country.tolist() == country


def test_a_line_of_the_table_gives_its_links_the_country(monkeypatch):
    row = {"line_id": "x", "mode": "road", "country": "CC", "line": "0.02 0.0|0.06 0.0", "source": ""}
    monkeypatch.setattr(traced, "rows", lambda name: [row, row | {"mode": "rail", "line": "0.0 0.0|0.1 0.0"}])
    net = road([0, 1, 1, 1, 1, 0])
    found = traced.with_true_country(replace(net, country=net.country.copy()), Countries(), "road", FAR)
    assert found.country.tolist() == [0, 2, 2, 1, 1, 0]
