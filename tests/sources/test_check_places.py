"""Places that do not lie where they say, or that nothing reaches."""

import pytest

from landbridge.domain.great_circle import measure_great_circle_m
from landbridge.sources.check_places import list_countries, read_zones


def test_the_open_sea(example):
    """Empty coordinates that became zero are an error."""
    assert "PLACE-NOWHERE" in example.set("places", 4, lon="0", lat="0").codes()


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        ({"country": "RO"}, {"PLACE-CODE-COUNTRY", "ZONE-COUNTRY"}),
        ({"country": "UK"}, {"PLACE-CODE-COUNTRY", "COUNTRY-UNKNOWN"}),
        ({"zone": "Europe/Bucharest"}, {"ZONE-COUNTRY"}),
        ({"zone": "Etc/UTC"}, set()),
    ],
)
def test_codes_countries_and_zones(example, cells, codes):
    """The code of a place, its country and its zone agree."""
    found = set(example.set("places", 0, **cells).codes())
    assert found & {"PLACE-CODE-COUNTRY", "COUNTRY-UNKNOWN", "ZONE-COUNTRY"} == codes


def test_swapped_coordinates(example):
    """Minsk at 53.9 east and 27.6 north lies in Iran, far from Europe/Minsk, and right if the two are exchanged."""
    example.add("places", like=4, place_id="BYMSQ", country="BY", zone="Europe/Minsk", lon="53.9", lat="27.56")
    assert "PLACE-SWAPPED" in example.codes()
    assert "PLACE-SWAPPED" not in example.set("places", 5, lon="27.56", lat="53.9").codes()


def test_codes_for_private_use(example):
    """Countries from XA to XZ are nobody's, so an invented corridor can use them."""
    example.set("places", 0, place_id="XAVAR", country="XA", zone="Etc/UTC")
    assert not {"COUNTRY-UNKNOWN", "ZONE-COUNTRY", "PLACE-CODE-COUNTRY"} & set(example.codes())


def test_a_place_that_nothing_reaches(example):
    """A place without stop and link is told; one that is only passed, or a depot, is not."""
    example.add("places", like=0, place_id="BGBOJ", name="Burgas").add("places", like=1, place_id="GEBUS", name="Batumi")
    example.set("returns", 0, depot_id="GEBUS")
    assert [(finding.code, finding.row) for finding in example.find()] == [("PLACE-UNREACHABLE", 7)]


def test_modes_that_meet_without_a_lift(example):
    """Ship and truck meet at a port, but no row lets goods change: a notice."""
    del example.tables["handling"][1]
    (finding,) = example.find()
    assert (finding.code, finding.severity) == ("PLACE-WITHOUT-CHANGE", "info")


def test_a_country_without_holidays(example):
    """Holidays of the year of the feed are looked for where work keeps to working days: not in a country of transit."""
    example.tables["holidays"] = example.tables["holidays"][:1]
    assert [(finding.code, finding.row) for finding in example.find()] == [("HOLIDAYS-MISSING", 6)]


def test_the_zone_database():
    """Countries and zones come from the database of time zones."""
    assert {"BY", "PK", "TM"} <= list_countries()
    countries, (lon, lat) = read_zones()["Asia/Karachi"]
    assert countries == {"PK"}
    assert measure_great_circle_m(lon, lat, 67.01, 24.86) < 10_000


def test_the_great_circle():
    """A quarter of a meridian is some 10,007 km; a point has no distance from itself, its antipode is half the globe away."""
    assert measure_great_circle_m(27.56, 0, 27.56, 90) == pytest.approx(10_007_500, rel=0.001)
    assert measure_great_circle_m(10, 20, 10, 20) == 0
    assert measure_great_circle_m(0, 0, 180, 0) == pytest.approx(20_015_100, rel=0.001)
