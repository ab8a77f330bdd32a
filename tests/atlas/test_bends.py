"""What simplified lines have lost, on a plain of straight roads and in mountains of winding ones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("scipy")

from atlas_build.bends import read_winding, with_bends, with_bends_around, without_bends
from atlas_build.geometry import EARTH_RADIUS_M, great_circle_m, unit_vectors
from atlas_build.land import Net

EDGES = 40


def roads(lat, winding):
    """Edges of some 22 km one after the other, each second one a chord, the others longer by a share of their great circle."""
    lon = np.arange(EDGES + 1) * 0.2
    lat = np.full(EDGES + 1, float(lat))
    tail, head = np.arange(EDGES), np.arange(EDGES) + 1
    straight = great_circle_m(lon[tail], lat[tail], lon[head], lat[head])
    length = np.ceil(straight * np.where(np.arange(EDGES) % 2, 1 + winding, 1.0)).astype(np.int64)
    none = np.zeros(EDGES, np.int16)
    return Net(lon=lon, lat=lat, tail=tail, head=head, length=length, country=none, kind=none, bridged=np.zeros(EDGES, bool))


def both(one, other):
    joined = {
        name: np.concatenate((getattr(one, name), getattr(other, name))) for name in ("lon", "lat", "length", "country", "kind", "bridged")
    }
    ends = {name: np.concatenate((getattr(one, name), getattr(other, name) + len(one.lon))) for name in ("tail", "head")}
    return Net(**joined, **ends)


def test_what_a_factor_gave_can_be_taken_back():
    net = both(roads(0, 0.1), roads(30, 0.5))
    assert np.abs(without_bends(with_bends(net, "road"), "road") - net.length).max() <= 2


def test_a_chord_among_winding_roads_has_lost_more_than_one_on_a_plain():
    net = both(roads(0, 0.004), roads(30, 0.2))
    found = with_bends_around(with_bends(net, "road"), "road", read_winding(net), np.ones(2 * EDGES, bool))
    gained = found.length / net.length
    plain, mountain = gained[0:EDGES:2], gained[EDGES::2]
    assert 1.0 < plain.max() < 1.05
    assert mountain.min() > plain.max() + 0.04
    assert np.allclose(gained[1:EDGES:2], plain, atol=0.001)


def test_edges_that_have_their_length_from_elsewhere_keep_it():
    net = roads(30, 0.2)
    found = with_bends_around(net, "road", read_winding(net), np.zeros(EDGES, bool))
    assert (found.length == net.length).all()


def test_no_edge_becomes_shorter_than_its_great_circle():
    net = roads(10, 0.0)
    shorter = replace(net, length=net.length - 500)
    found = with_bends_around(shorter, "road", read_winding(net), np.ones(EDGES, bool))
    straight = great_circle_m(net.lon[net.tail], net.lat[net.tail], net.lon[net.head], net.lat[net.head])
    assert (found.length >= straight).all()


def test_roads_near_by_tell_more_than_those_further_off():
    plain = roads(0, 0.0)
    middle = unit_vectors(plain.lon[20:21], plain.lat[20:21]) * EARTH_RADIUS_M
    near, far = (read_winding(both(plain, roads(lat, 0.2))).at(middle)[0] for lat in (1.2, 2.4))
    assert near > 2 * far > 0
