"""Which UN/LOCODE a city has, where ports lie, and the code list that says so."""

from __future__ import annotations

import lzma

import pytest
from atlas_build.places import _give_codes
from atlas_build.unlocode import Code, read_codes

LIST = """\
,"BY",,".BELARUS",,,,,,,,
,"BY","MSQ","Minsk","Minsk","MI","-2-45---","AI","2007",,"5354N 02734E",""
,"IN","CCU","Kolkata (ex Calcutta)","Kolkata (ex Calcutta)","WB","1--45---","AA","0201",,"2234N 08821E",
,"ID","JKT","Jakarta, Java","Jakarta, Java",,"1--45---","AI","0001",,,
x,"XX","OLD","Old","Old",,"1-------","AI","0001",,"0000N 00000E",
,"BY","NEW","Asked for","Asked for",,"--3-----","RQ","2301",,"5300N 02700E",
,"BY","OSM","Known","Known",,"--3-----","RQ","2301",,"5300N 02700E",
"""


@pytest.fixture
def codes(tmp_path):
    (tmp_path / "2023-1 UNLOCODE CodeListPart1.csv").write_text(LIST, encoding="latin-1", newline="")
    with lzma.open(tmp_path / "positions.csv.xz", "wt", encoding="utf-8") as lines:
        lines.write("code,name,lon,lat\nBYMSQ,the 74th kilometre,26.5319,54.0617\nBYOSM,Known,27.01,53.02\n")
    return read_codes(tmp_path, tmp_path / "positions.csv.xz")


def test_names_are_those_of_the_code_list(codes):
    assert codes["BYMSQ"].name == "Minsk"
    assert codes["INCCU"].names == {"Kolkata", "Calcutta"}
    assert codes["IDJKT"].names == {"Jakarta, Java", "Jakarta"}


def test_a_position_far_from_that_of_the_list_is_not_taken_and_a_near_one_is_finer(codes):
    assert codes["BYMSQ"].spot == (27.5667, 53.9)
    assert codes["BYOSM"].spot == (27.01, 53.02)
    assert codes["IDJKT"].spots == ()


def test_codes_that_are_removed_or_only_asked_for_are_left_out(codes):
    assert "XXOLD" not in codes
    assert "BYNEW" not in codes


def test_a_city_has_the_code_of_its_name_and_not_of_a_quay_in_it():
    city = {"lon": 129.03, "lat": 35.10, "country": "KR", "population": 3_400_000, "name": "Busan", "names": {"Busan", "Pusan"}}
    quay = Code(code="KRKCN", name="Gamcheon/Busan", names=frozenset({"Gamcheon/Busan"}), spots=((129.0, 35.08),), functions=frozenset("1"))
    own = Code(code="KRPUS", name="Busan", names=frozenset({"Busan"}), spots=((129.05, 35.13),), functions=frozenset("1234567"))
    air = Code(code="KRPUX", name="Pusan", names=frozenset({"Pusan"}), spots=((129.0, 35.1),), functions=frozenset("12345678"))
    assert _give_codes([city], {one.code: one for one in (quay, air, own)}) == {0: "KRPUS"}
    assert _give_codes([city], {"KRKCN": quay}) == {}


def test_a_code_without_a_position_means_a_large_city_of_its_name():
    told = {"PHDVO": Code(code="PHDVO", name="Davao", names=frozenset({"Davao"}), spots=(), functions=frozenset("134"))}
    city = {"lon": 125.6, "lat": 7.07, "country": "PH", "population": 1_800_000, "name": "Davao", "names": {"Davao"}}
    assert _give_codes([city], told) == {0: "PHDVO"}
    assert _give_codes([city | {"population": 3_000}], told) == {}


CITIES = {
    "London": "GBLON", "Dublin": "IEDUB", "Istanbul": "TRIST", "Tokyo": "JPTYO", "Busan": "KRPUS", "Berlin": "DEBER", "Minsk": "BYMSQ",
    "New York City": "USNYC", "Jakarta": "IDJKT", "Sydney": "AUSYD", "Kyiv": "UAIEV", "Vienna": "ATVIE", "Johannesburg": "ZAJNB",
    "Kumasi": "GHKMS", "Kolkata": "INCCU", "Santiago, CL": "CLSCL", "Houston": "USHOU",
}  # fmt: skip


@pytest.mark.parametrize("name", CITIES)
def test_the_largest_cities_have_the_codes_that_papers_name(world, name):
    place = world.gazetteer.find(name, limit=1)[0].place
    assert (place.kind, place.place_id) == ("city", CITIES[name])
