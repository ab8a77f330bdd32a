"""Ways and distances: the laws that every answer keeps."""

from __future__ import annotations

import itertools

import pytest

from landbridge.atlas.kernel import great_circle_m
from landbridge.atlas.matrix import measure_distances
from landbridge.atlas.route import find_way
from landbridge.domain.way import NoWay, Way, WayQuery

SOME = {
    "road": ("Minsk", "Lahore", "Tehran", "Berlin", "Almaty", "Shanghai"),
    "rail": ("Minsk", "Moscow", "Tashkent", "Almaty", "Berlin", "Tehran"),
    "sea": ("PKKHI", "RUNVS", "RUVVO", "NLRTM", "KEMBA", "CNSHA"),
}
CASES = [(mode, a, b) for mode, names in SOME.items() for a, b in itertools.combinations(names, 2)]


def ask(world, origin, destination, mode, **wanted):
    places = [world.gazetteer.choose(text, kind="port" if mode == "sea" else "") for text in (origin, destination)]
    return find_way(world, *places, WayQuery(mode=mode, **wanted))


@pytest.mark.parametrize(("mode", "a", "b"), CASES)
def test_a_way_is_continuous_two_way_and_not_shorter_than_the_great_circle(world, mode, a, b):
    way = ask(world, a, b, mode)
    assert isinstance(way, Way)
    points = way.path
    length = sum(great_circle_m(*one, *other) for one, other in itertools.pairwise(points))
    assert length <= way.distance_m + len(points)
    assert sum(part.distance_m for part in way.parts) == way.distance_m
    for before, after in itertools.pairwise(way.parts):
        assert before.path[-1] == after.path[0]
    assert way.distance_m + way.from_snap_m + way.to_snap_m >= way.great_circle_m
    assert ask(world, b, a, mode).distance_m == way.distance_m
    assert abs(sum(one.percent for one in way.countries) - 100) < 0.1 * len(way.countries)


@pytest.mark.parametrize("mode", ["road", "sea"])
def test_the_triangle_inequality_holds_between_snapped_ends(world, mode):
    names = SOME[mode]
    places = [world.gazetteer.choose(text, kind="port" if mode == "sea" else "") for text in names]
    table = measure_distances(world, places, places, WayQuery(mode=mode))
    for a, b, c in itertools.permutations(range(len(names)), 3):
        assert table[a, c] <= table[a, b] + table[b, c]


@pytest.mark.parametrize("mode", sorted(SOME))
def test_a_matrix_equals_single_questions(world, mode):
    names = SOME[mode]
    places = [world.gazetteer.choose(text, kind="port" if mode == "sea" else "") for text in names]
    table = measure_distances(world, places, places, WayQuery(mode=mode))
    for a, b in itertools.permutations(range(len(names)), 2):
        assert table[a, b] == find_way(world, places[a], places[b], WayQuery(mode=mode)).distance_m


@pytest.mark.parametrize(
    ("a", "b", "mode", "closed"),
    [
        ("NLRTM", "PKKHI", "sea", "suez"),
        ("NLRTM", "PKKHI", "sea", "gibraltar"),
        ("RUNVS", "PKKHI", "sea", "bab-el-mandeb"),
        ("Minsk", "Lahore", "road", "AF"),
        ("Minsk", "Lahore", "road", "KZ"),
    ],
)
def test_closing_never_shortens_and_what_is_closed_is_not_used(world, a, b, mode, closed):
    before, after = ask(world, a, b, mode), ask(world, a, b, mode, avoid=frozenset({closed}))
    assert isinstance(after, Way)
    assert after.distance_m >= before.distance_m
    assert closed not in {one.crossing_id for one in after.passages} | {one.country for one in after.countries}
    assert ask(world, a, b, mode).distance_m == before.distance_m


def test_suez_is_used_and_avoided(world):
    assert "suez" in {one.crossing_id for one in ask(world, "RUNVS", "PKKHI", "sea").passages}
    around = ask(world, "RUNVS", "PKKHI", "sea", avoid=frozenset({"suez"}))
    assert "cape-of-good-hope" in {one.crossing_id for one in around.passages}


def test_the_arctic_is_closed_unless_it_is_allowed(world):
    usual = ask(world, "RUMMK", "RUVVO", "sea")
    assert "northern-sea-route" not in {one.crossing_id for one in usual.passages}
    allowed = ask(world, "RUMMK", "RUVVO", "sea", allow=frozenset({"northern-sea-route"}))
    assert "northern-sea-route" in {one.crossing_id for one in allowed.passages}
    assert allowed.distance_m < usual.distance_m


def test_a_landlocked_end_names_the_nearest_port(world):
    answer = ask(world, "Lahore", "PKKHI", "sea")
    assert isinstance(answer, NoWay)
    assert answer.nearest


@pytest.mark.parametrize(
    ("end", "nearest"),
    [("Zurich", "Genova"), ("Vienna, AT", "Monfalcone"), ("Minsk", "Riga"), ("Yerevan", "Batumi"), ("Dushanbe", "Amirabad")],
)
def test_a_port_of_a_river_makes_no_country_a_coast(world, end, nearest):
    answer = ask(world, end, "NLRTM", "sea")
    assert isinstance(answer, NoWay)
    assert "without a coast" in answer.reason
    assert answer.nearest.startswith(nearest)
    assert isinstance(ask(world, "Vienna, AT", "Budapest", "waterway"), Way)


def test_why_there_is_no_way_is_told_as_it_is(world):
    assert "--allow" in ask(world, "KZAAU", "TRIST", "sea").reason
    assert "inland waterways" in ask(world, "Linz", "NLRTM", "waterway").reason
    assert "999 mm" in ask(world, "Minsk", "Moscow", "rail", gauge_mm=999).reason
    assert ask(world, "Minsk", "Moscow", "road", avoid=frozenset({"BY"})).reason.startswith("what is closed")


@pytest.mark.parametrize(
    ("a", "b", "borders"),
    [
        ("Madrid", "Paris", ["ES-FR"]),
        ("Moscow", "Beijing", ["RU-KZ", "KZ-CN"]),
        ("Moscow", "Lahore", ["RU-KZ", "KZ-TM", "TM-IR", "IR-PK"]),
    ],
)
def test_a_border_at_which_the_gauge_changes_is_a_border(world, a, b, borders):
    way = ask(world, a, b, "rail")
    assert [one.crossing_id for one in way.border_crossings] == borders
    back = ask(world, b, a, "rail")
    assert [one.crossing_id for one in back.border_crossings] == ["-".join(reversed(one.split("-"))) for one in reversed(borders)]


def test_the_same_place_twice_is_no_distance(world):
    assert ask(world, "Minsk", "Minsk", "road").distance_m == 0


@pytest.mark.parametrize("text", ["-30 0", "0 0"])
def test_the_middle_of_an_ocean_has_no_road(world, text):
    assert isinstance(ask(world, text, "Minsk", "road"), NoWay)


def test_one_gauge_alone(world):
    way = ask(world, "Minsk", "Tashkent", "rail", gauge_mm=1520)
    assert {part.gauge_mm for part in way.parts} == {1520}
    assert isinstance(ask(world, "Minsk", "Berlin", "rail", gauge_mm=1520), NoWay)
    assert ask(world, "Minsk", "Berlin", "rail").gauge_changes


def test_swapped_coordinates_are_pointed_out(world):
    answer = ask(world, "54.5 30.4", "Minsk", "rail")
    assert isinstance(answer, NoWay)
    assert "longitude comes first: 30.4 54.5" in answer.reason
    assert "longitude comes first" not in ask(world, "-150 5", "Minsk", "rail").reason
