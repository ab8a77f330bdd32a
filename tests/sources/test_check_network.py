"""Links, haulage and borders."""

import pytest


@pytest.mark.parametrize(
    ("table", "position", "km", "code"),
    [
        ("links", 0, "200", "DISTANCE-SHORT"),
        ("links", 0, "900", "DISTANCE-LONG"),
        ("links", 1, "40", None),
        ("stops", 1, "1000", "DISTANCE-SHORT"),
        ("stops", 1, "10000", "SERVICE-TOO-FAST"),
    ],
)
def test_distances(example, table, position, km, code):
    """No way is shorter than the great circle; by land none is longer than 2.5 times it, unless it is very short."""
    assert example.set(table, position, distance_km=km).codes() == ([code] if code else [])


def test_ships_may_go_round(example):
    """At sea a detour is only doubted from eight times the great circle on."""
    example.set("stops", 1, arrive_low_h="300", arrive_h="300", arrive_high_h="300", depart_h="300", distance_km="8000")
    assert example.codes() == []
    assert example.set("stops", 1, distance_km="9500").codes() == ["DISTANCE-LONG"]


@pytest.mark.parametrize(
    ("table", "position", "cells", "codes"),
    [
        ("crossings", 0, {"mode": "rail"}, ["CROSSING-MISSING"]),
        ("crossings", 1, {"mode": "rail"}, ["CROSSING-ONE-WAY"]),
        ("links", 1, {"country": "AM"}, ["LINK-COUNTRY"]),
        ("links", 2, {"country": "GE"}, ["LINK-COUNTRY", "RATE-WITHOUT-LINK"]),
        ("links", 2, {"country": "BG"}, ["LINK-COUNTRY", "LINK-WITHOUT-HAULAGE", "RATE-WITHOUT-LINK"]),
        ("haulage_rates", 1, {"country": "BG"}, ["LINK-WITHOUT-HAULAGE", "RATE-WITHOUT-LINK"]),
    ],
)
def test_links_and_their_haulage(example, table, position, cells, codes):
    """A border needs a crossing in both directions, a link a country at its end and a rate there, a rate a link."""
    assert sorted(example.set(table, position, **cells).codes()) == codes


def test_a_border_crossed_one_way(example):
    """A link that is one-way needs the crossing of that way only; a direction that no shipment needs is a notice."""
    back = example.tables["crossings"].pop()
    assert example.codes() == ["CROSSING-ONE-WAY"]
    example.tables["crossings"][:] = [back]
    assert example.codes() == ["CROSSING-MISSING"]
    example.tables["crossings"].clear()
    assert example.codes() == ["CROSSING-MISSING"] * 2
    example.tables["crossings"].append({**back, "from_country": "GE", "to_country": "AM"})
    assert example.set("links", 1, two_way="false").codes() == []


def test_rail_needs_its_gauge(example):
    """Links and wagons without gauge never meet; with the same gauge they do."""
    example.add("links", like=2, link_id="rail", mode="rail").add(
        "haulage", haulage_id="wagon", mode="rail", fixed_low="1", fixed_high="900"
    )
    example.add("haulage_rates", like=1, rate_id="wagon-am", haulage_id="wagon")
    example.add("statuses", like=1, status_id="wagon-runs", haulage_id="wagon").add("emission_factors", factor_id="rail", mode="rail")
    assert set(example.codes()) == {"GAUGE-MISSING"}
    assert "LINK-WITHOUT-HAULAGE" in example.set("haulage", 1, gauge_mm="1435").set("links", 3, gauge_mm="1520").codes()
    assert example.set("haulage", 1, gauge_mm="1520").codes() == []


def test_trucks_that_never_touch_the_country_of_their_registration(example):
    """They may carry nothing; one link with a rate there is enough, and trucks of the open market may go anywhere."""
    assert example.set("haulage", 0, registration="BG").codes() == ["HAULAGE-NEVER-HOME"]
    assert example.set("haulage", 0, registration="AM").codes() == []
    assert example.set("haulage", 0, registration="").codes() == []


def test_haulage_without_rates(example):
    """An offer without any rate may run nowhere."""
    example.add("haulage", haulage_id="none").add("statuses", like=1, status_id="none-runs", haulage_id="none")
    assert example.codes() == ["HAULAGE-WITHOUT-RATES"]


def test_a_mode_without_emissions(example):
    """Each mode that runs needs a factor for it, or one for any mode."""
    del example.tables["emission_factors"][1]
    assert example.codes() == ["EMISSION-MISSING"]
    assert example.set("emission_factors", 0, mode="").codes() == []
