"""Towns on long edges, towns beside the roads, and names that several towns have, as the atlas is made."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("scipy")
pytest.importorskip("shapely")

from atlas_build.gaps import GapLog
from atlas_build.geometry import great_circle_m
from atlas_build.land import Net
from atlas_build.towns import NEAR_M, SPUR_REASON, VILLAGE_NEAR_M, with_spurs, with_towns_on_edges

BENDS = 1.06


class Dry:
    """One country without water."""

    codes = ("XX",)

    def find(self, lon, lat, reach=0.5):
        return np.zeros(np.shape(lon), np.int16)


class Wet(Dry):
    """The same, but for water north of the equator."""

    def find(self, lon, lat, reach=0.5):
        return np.where((np.asarray(lat) > 0.05) & (reach < 0.1), -1, 0).astype(np.int16)


def long_road():
    """300 nodes on the equator, a kilometre apart, and at the end one edge of 100 km whose line is a tenth longer than its chord."""
    lon = np.concatenate((np.arange(300) * 0.009, [299 * 0.009 + 0.9]))
    lat = np.zeros(len(lon))
    tail, head = np.arange(300), np.arange(1, 301)
    length = np.rint(great_circle_m(lon[tail], lat[tail], lon[head], lat[head]) * 1.1 * BENDS).astype(np.int64)
    zero = np.zeros(300, np.int16)
    return Net(lon=lon, lat=lat, tail=tail, head=head, length=length, country=zero, kind=zero, bridged=zero.astype(bool))


def test_a_town_on_a_long_edge_divides_it_and_the_edge_stays_as_long():
    net = long_road()
    middle = float(net.lon[-2] + 0.45)
    towns = np.array([[middle, 0.05], [middle - 0.2, -0.03], [1.0, 0.001]])
    found = with_towns_on_edges(net, towns, 8_000, BENDS)
    assert len(found.lon) == len(net.lon) + 2
    assert set(np.round(found.lat[-2:], 3)) == {0.05, -0.03}
    assert abs(int(found.length.sum()) - int(net.length.sum())) <= 2
    straight = great_circle_m(found.lon[found.tail], found.lat[found.tail], found.lon[found.head], found.lat[found.head])
    assert (found.length >= straight - 1).all()


def test_a_town_too_far_off_an_edge_lies_beside_it():
    net = long_road()
    middle = float(net.lon[-2] + 0.45)
    assert len(with_towns_on_edges(net, np.array([[middle, 0.2]]), 8_000, BENDS).lon) == len(net.lon)
    straight = Net(
        **{name: getattr(net, name) for name in ("lon", "lat", "tail", "head", "country", "kind", "bridged")},
        length=np.rint(net.length / 1.1).astype(np.int64),
    )
    assert len(with_towns_on_edges(straight, np.array([[middle, 0.05]]), 8_000, BENDS).lon) == len(net.lon)


def test_a_village_divides_an_edge_only_where_no_node_is_near():
    net = long_road()
    end = float(net.lon[-1])
    villages = np.array([[end - 0.45, 0.02], [end - 0.05, 0.01]])
    found = with_towns_on_edges(net, villages, 8_000, BENDS, VILLAGE_NEAR_M)
    assert len(found.lon) == len(net.lon) + 1
    assert round(float(found.lat[-1]), 3) == 0.02
    assert len(with_towns_on_edges(net, villages, 8_000, BENDS).lon) == len(net.lon) + 2


def test_a_town_beside_the_roads_gets_one_of_its_own_that_is_logged_and_shortens_nothing():
    net, log = long_road(), GapLog(Dry())
    middle = float(net.lon[-2] + 0.45)
    found = with_spurs(net, np.array([[middle, 0.2], [1.0, -0.1], [1.0, 3.0]]), Dry(), log)
    assert [gap.reason for gap in log.gaps] == [SPUR_REASON] * 2
    assert all(gap.length_m > NEAR_M for gap in log.gaps)
    assert len(found.lon) == len(net.lon) + 3  # two towns and the point where the long edge is left
    degree = np.bincount(np.concatenate((found.tail, found.head)))
    assert (degree[-2:] == 1).all()
    assert int(found.length[~found.bridged].sum()) == int(net.length.sum())


def test_what_lies_as_far_as_a_place_may_snap_gets_a_road_that_counts():
    """Up to 60 km a place is served (``landbridge.atlas.snap``); before, the kilometres beyond 30 were in no distance."""
    net, log = long_road(), GapLog(Dry())
    with_spurs(net, np.array([[1.0, 0.5], [1.0, 0.7]]), Dry(), log)
    assert [round(gap.length_m / 1_000) for gap in log.gaps] == [round(1.25 * 0.5 * 111.195)]


def test_no_road_of_its_own_leads_over_water():
    net, log = long_road(), GapLog(Wet())
    found = with_spurs(net, np.array([[1.0, 0.2]]), Wet(), log)
    assert not log.gaps
    assert len(found.lon) == len(net.lon)


def test_only_names_that_several_towns_have_are_kept():
    from atlas_build.namesakes import shared_names

    rows = {
        "name": ["Tripoli", "Trípoli", "Tripoli", "Orsha", "Tripoli"],
        "code": ["LYTIP", "", "", "BYOSA", ""],
        "number": [0, 7, 8, 0, 9],
        "country": ["LY", "LB", "LB", "BY", "GR"],
        "lon": [13.19, 35.84, 35.85, 30.42, 22.37],
        "lat": [32.88, 34.43, 34.44, 54.51, 37.51],
        "population": [1_100_000, 230_000, 40_000, 106_000, 900],
    }
    assert shared_names(rows) == "tripoli\tLYTIP|Tripoli|LY|13.1900|32.8800|1100000\tgeonames:7|Trípoli|LB|35.8400|34.4300|230000"
