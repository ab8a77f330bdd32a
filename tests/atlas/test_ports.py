"""Where ports lie: on a made table of packages, code list and towns, and in the shipped atlas."""

from __future__ import annotations

import json

import pytest
from atlas_build.parts import Parts, Town
from atlas_build.ports import _has_name_of, read_ports
from atlas_build.unlocode import Code

NORTH = [Town(name=f"North {number}", lon=10.0 + number, lat=60.0, country="ZZ", part="01") for number in range(4)]
SOUTH = [Town(name=f"South {number}", lon=10.0 + number, lat=40.0, country="ZZ", part="02") for number in range(4)]
ABROAD = [Town(name="Abroad", lon=-70.0, lat=-15.0, country="YY", part="01")]


def code(code: str, name: str, *spots: tuple[float, float], part: str = "") -> Code:
    return Code(code=code, name=name, names=frozenset({name}), spots=spots, functions=frozenset("1"), part=part)


@pytest.fixture
def parts():
    """The list calls the north N and the south S, which only the codes of its towns tell."""
    towns = [*NORTH, *SOUTH, *ABROAD]
    told = [code(f"ZZ{number:03}", town.name, (town.lon, town.lat), part=town.name[0]) for number, town in enumerate(towns[:8])]
    return Parts(towns, told)


@pytest.fixture
def settled(tmp_path, parts):
    """Positions by code, from rows of ``searoute`` and ``sea-ports`` and one code of the list."""

    def settle(told: Code, searoute: list[tuple[str, float, float]], sea_ports: tuple[str, float, float] | None = None):
        features = [
            {"properties": {"port": told.code, "name": name}, "geometry": {"coordinates": [lon, lat]}} for name, lon, lat in searoute
        ]
        (tmp_path / "ports.geojson").write_text(json.dumps({"features": features}), encoding="utf-8")
        listed = {told.code: {"name": sea_ports[0], "coordinates": sea_ports[1:]}} if sea_ports else {}
        (tmp_path / "package" / "lib").mkdir(parents=True, exist_ok=True)
        (tmp_path / "package" / "lib" / "ports.json").write_text(json.dumps(listed), encoding="utf-8")
        name, lon, lat, names = read_ports(tmp_path, tmp_path, {told.code: told}, parts)[told.code]
        return name, (lon, lat), names

    return settle


def test_two_decimals_are_degrees_and_minutes_unless_the_list_says_otherwise(settled):
    told = code("ZZPEN", "Bay", (10.5833, 60.5))
    assert settled(told, [("Bay", 10.35, 60.30)])[1] == (10.5833, 60.5)
    assert settled(code("ZZPEN", "Bay"), [("Bay", -10.35, 60.30)])[1] == (-10.5833, 60.5)
    assert settled(code("ZZPEN", "Bay", (10.36, 60.3)), [("Bay", 10.35, 60.30)])[1] == (10.35, 60.30)
    assert settled(code("ZZPEN", "Bay", (10.36, 60.7)), [("Bay", 10.35, 60.70)])[1] == (10.35, 60.70)


def test_of_two_rows_of_a_package_the_last_comes_first(settled):
    told = code("ZZDAN", "Danang", (10.0, 60.0))
    assert settled(told, [("Danang", 10.0234, 60.0123), ("Da Nang", 10.0543, 60.0321)])[:2] == ("Da Nang", (10.0543, 60.0321))
    assert settled(told, [("Danang", 10.0234, 60.0123), ("Da Nang", 30.0543, 60.0321)])[:2] == ("Da Nang", (10.0234, 60.0123))


def test_where_the_package_names_another_place_position_and_name_are_those_of_the_list(settled):
    told = code("ZZPNT", "Pangnirtung", (11.2345, 60.1))
    assert settled(told, [("Penticton", 12.2345, 40.1234)]) == ("Pangnirtung", (11.2345, 60.1), {"Pangnirtung"})
    near = code("ZZPNT", "Gqeberha", (12.25, 40.1234))
    assert settled(near, [("Port Elizabeth", 12.2345, 40.1234)])[:2] == ("Port Elizabeth", (12.2345, 40.1234))


def test_a_namesake_in_another_part_of_the_country_is_not_meant(settled):
    told = code("ZZCRM", "Crockett", (10.2345, 60.1), part="N")
    assert settled(told, [("Crockett", 12.2345, 40.1234)])[1] == (10.2345, 60.1)
    assert settled(told, [("Crockett", 12.2345, 40.1234)], ("Crockett", 11.4321, 60.4321))[1] == (11.4321, 60.4321)
    wrong = code("ZZCRM", "Crockett", (12.2345, 40.1), part="N")
    assert settled(wrong, [("Crockett", 10.2345, 60.1234)])[1] == (10.2345, 60.1234)
    unknown = code("ZZCRM", "Crockett", (10.2345, 60.1), part="W")
    assert settled(unknown, [("Crockett", 12.2345, 40.1234)])[1] == (12.2345, 40.1234)


def test_where_both_sides_put_a_port_the_part_that_the_list_names_is_wrong(settled):
    told = code("ZZKAS", "Kasko", (12.0, 40.0), (10.2, 60.2), part="S")
    assert settled(told, [("Kasko", 10.2345, 60.2345)])[1] == (10.2345, 60.2345)


def test_openstreetmap_alone_moves_no_port_and_no_place_abroad_counts(settled):
    assert settled(code("ZZSOC", "Sochi", (12.0, 40.0)), [("Sochi", 10.2345, 60.2345)])[1] == (10.2345, 60.2345)
    assert settled(code("ZZPSE", "Ponce", (-70.1, -15.1)), [("Puerto Ponce", 10.2345, 60.2345)])[1] == (10.2345, 60.2345)
    assert settled(code("ZZSOU", "Southampton", (10.2, 60.2)), [], ("Southampton", -70.1234, -15.1234))[1] == (10.2, 60.2)


def test_list_and_openstreetmap_together_move_a_port_of_either_package(settled):
    told = code("ZZBHY", "Beihai", (12.0, 40.0), (12.1, 40.1))
    assert settled(told, [("Beihai Apt", 10.2345, 60.2345)])[1] == (12.1, 40.1)
    assert settled(told, [], ("Beihai", 10.2345, 60.2345))[1] == (12.1, 40.1)
    near = code("ZZCES", "Cesme", (12.0, 40.0), (12.01, 40.01))
    assert settled(near, [("Cesme", 12.8765, 40.0987)])[1] == (12.01, 40.01)
    assert settled(code("ZZCES", "Cesme", (12.0, 40.0)), [("Cesme", 12.8765, 40.0987)])[1] == (12.8765, 40.0987)


@pytest.mark.parametrize(
    ("named", "listed", "is_same"),
    [
        ("Yantian", "Yantian Pt", True),
        ("Tanah Merah", "Tanahmerah, Kalimantan", True),
        ("San Carlos", "San Carlos/Dumaguete", True),
        ("St George", "Saint George Island", True),
        ("Sochi", "Sochino", False),
        ("Penticton", "Pangnirtung", False),
        ("Port Elizabeth", "Gqeberha", False),
    ],
)
def test_a_name_is_the_same_in_whole_words(named, listed, is_same):
    assert _has_name_of({named}, code("ZZ000", listed)) == is_same


SPOTS = {
    "PRPSE": (-66.6, 18.0), "ITAUG": (15.2, 37.2), "UAYUZ": (31.0, 46.6), "CNYTN": (114.3, 22.6), "CAPNT": (-65.7, 66.1),
    "AUMBH": (152.7, -25.5), "CNXYN": (119.5, 37.1), "SEKAG": (21.0, 64.8), "USCRM": (-122.2, 38.1), "USBUS": (-89.5, 29.4),
    "KRKAN": (127.7, 34.9), "RUBNK": (29.7, 59.9), "AEKHL": (54.7, 24.8),
}  # fmt: skip


@pytest.mark.parametrize("port", SPOTS)
def test_ports_whose_name_other_places_have_lie_in_their_own(world, port):
    network = world.network("sea")
    node = world.port_nodes[port]
    assert abs(network.lon[node] - SPOTS[port][0]) < 0.3
    assert abs(network.lat[node] - SPOTS[port][1]) < 0.3
