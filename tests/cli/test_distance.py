"""``landbridge distance`` with odd input, and what else a name could mean."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from landbridge.cli.app import app


def run(*words):
    return CliRunner().invoke(app, ["distance", *words])


def test_a_point_in_the_west_is_no_option():
    found = run("-30 40", "Lisbon")
    assert found.exit_code == 0
    assert "no road of the atlas lies within 60 km of -30 40" in found.output
    way = json.loads(run("-3.7 40.4", "-9.14 38.72", "--json").output)
    assert 550_000 < way["distance_m"] < 720_000


@pytest.mark.parametrize(
    ("words", "told"),
    [(("51.5 -0.12", "Minsk"), "longitude comes first"), (("200 100", "Minsk"), "is no point"), (("0 0", "Minsk"), "within 60 km of 0 0")],
)
def test_points_that_are_swapped_out_of_range_or_at_sea_are_told(words, told):
    assert told in " ".join(run(*words).output.split())


def test_what_else_a_name_could_mean_stands_in_the_text_and_in_the_document():
    assert "it could also mean Tripoli (LB" in " ".join(run("Tripoli", "Tunis").output.split())
    notices = json.loads(run("Tripoli", "Tunis", "--json").output)["notices"]
    assert [(one["code"], one["end"]) for one in notices] == [("PLACE-NAMESAKE", "FROM")]
    assert json.loads(run("Tripoli, LY", "Tunis", "--json").output)["notices"] == []


def test_a_broken_row_of_pairs_is_told_and_the_rest_answered(tmp_path):
    path = tmp_path / "pairs.csv"
    path.write_text("from,to\nMinsk,Moscow\nMinsk\n,Riga\nXyzzyq,Riga\nMinsk,Minsk\n", encoding="utf-8")
    rows = json.loads(run("--pairs", str(path), "--json").output)
    assert [("distance_m" in row, "error" in row) for row in rows] == [(True, False), *[(False, True)] * 3, (True, False)]
    assert rows[4]["distance_m"] == 0
    assert "notices" not in rows[0]


def test_the_ports_near_a_place_are_those_to_which_ships_come():
    near = CliRunner().invoke(app, ["place", "27.5 53.9", "--near", "port", "--json"]).output
    found = [one["place_id"] for one in json.loads(near)["nearest"]]
    assert len(found) == 5
    assert found[0] == "LVRIX"
    assert not {"BYMSQ", "LTVNO", "PLWAS", "BYBQT"} & set(found)


def test_a_ferry_is_told_and_a_river_is_no_high_sea():
    told = run("Baku", "Turkmenbashi").output
    assert "of it by ferry: 313 km" in told
    assert "high seas" not in told
    assert "on water" in told


def test_the_same_place_twice_has_no_empty_lines_to_tell():
    told = run("Berlin", "Berlin").output
    assert "countries" not in told
    assert "(x" not in told


def test_a_point_is_told_with_the_country_in_which_it_lies():
    assert "27.56 53.9 (BY) - 37.62 55.75 (RU) by road" in run("27.56 53.9", "37.62 55.75").output
    assert "53.9 27.56 (IR)" in run("53.9 27.56", "Moscow").output  # Minsk with its numbers swapped lies in Iran


@pytest.mark.parametrize("mode", ["sea", "waterway"])
def test_a_passage_that_is_closed_by_default_is_told_with_the_option_that_opens_it(tmp_path, mode):
    assert "add --allow volga-don" in " ".join(run("Astrakhan", "Rostov-on-Don", "--mode", mode).output.split())
    path = tmp_path / "pairs.csv"
    path.write_text("from,to\nAstrakhan,Rostov-on-Don\nAstrakhan,Amirabad\n", encoding="utf-8")
    shut = json.loads(run("--pairs", str(path), "--mode", mode, "--json").output)
    assert "add --allow volga-don" in shut[0]["error"]
    opened = json.loads(run("--pairs", str(path), "--mode", mode, "--allow", "volga-don", "--json").output)
    assert [one["id"] for one in opened[0]["passages"]] == ["volga-don"]
    assert opened[1] == shut[1]
