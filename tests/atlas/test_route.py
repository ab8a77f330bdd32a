"""Ways and distances: the laws that every answer keeps."""

from __future__ import annotations

import itertools

import pytest

from landbridge.atlas import kernel, matrix
from landbridge.atlas.kernel import great_circle_m
from landbridge.atlas.matrix import measure_distances
from landbridge.atlas.route import find_way
from landbridge.domain.way import AtlasPlace, NoWay, Way, WayQuery

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


@pytest.mark.parametrize(
    ("a", "b", "by_canal", "around"),
    [("DEHAM", "PLGDN", 435, 778), ("NLRTM", "RULED", 1102, 1288), ("DEHAM", "LTKLJ", 491, 822), ("GBLON", "LVRIX", 994, 1171)],
)
def test_short_ways_lead_through_the_kiel_canal_unless_it_is_avoided(world, a, b, by_canal, around):
    """Nautical miles of Pub. 151 (Distances Between Ports): to the east end of the canal and on, and by Skagens Odde and the Sound."""
    way = ask(world, a, b, "sea")
    assert "kiel" in {one.crossing_id for one in way.passages}
    assert way.distance_m / 1852 == pytest.approx(by_canal, rel=0.03)
    longer = ask(world, a, b, "sea", avoid=frozenset({"kiel"}))
    assert "oresund" in {one.crossing_id for one in longer.passages}
    assert longer.distance_m / 1852 == pytest.approx(around, rel=0.05)


def test_the_canal_ends_at_kiel(world):
    way = ask(world, "DEHAM", "DEKEL", "sea")
    assert way.distance_m / 1852 == pytest.approx(93.5, rel=0.04)  # 91 to Holtenau and two and a half on, Pub. 151
    assert sum(part.distance_m for part in way.parts if part.kind == "canal") > 98_000


def test_ships_of_long_ways_are_too_large_for_the_kiel_canal_unless_it_is_allowed(world):
    ports = [world.gazetteer.choose(code, kind="port") for code in ("CNSHA", "NLRTM", "PLGDN", "RULED", "DEHAM")]
    for allow in (frozenset(), frozenset({"kiel"})):
        query = WayQuery(mode="sea", allow=allow)
        table = measure_distances(world, ports, ports, query)
        for a, b in itertools.permutations(range(len(ports)), 2):
            assert table[a, b] == find_way(world, ports[a], ports[b], query).distance_m
        used = {one.crossing_id for one in find_way(world, ports[0], ports[2], query).passages}
        assert ("kiel" in used) == bool(allow)
    around = find_way(world, ports[0], ports[2], WayQuery(mode="sea"))
    assert "oresund" in {one.crossing_id for one in around.passages}
    assert around.distance_m > find_way(world, ports[0], ports[2], WayQuery(mode="sea", allow=frozenset({"kiel"}))).distance_m
    assert around.distance_m == find_way(world, ports[0], ports[2], WayQuery(mode="sea", avoid=frozenset({"kiel"}))).distance_m


def test_a_matrix_is_searched_again_only_from_where_a_way_leads_through_the_canal(world, monkeypatch):
    matrix._measure_sea.cache_clear()
    searched, search = [], kernel.distances_from
    monkeypatch.setattr(kernel, "distances_from", lambda start, *rest: searched.append(start) or search(start, *rest))
    origins, far, near = (
        [world.gazetteer.choose(code, kind="port") for code in codes]
        for codes in (("CNSHA", "SGSIN", "BRSSZ"), ("USLAX", "ZADUR"), ("PLGDN",))
    )
    measure_distances(world, origins, far, WayQuery(mode="sea"))
    once = len(searched)
    measure_distances(world, origins, [*far, *near], WayQuery(mode="sea"))
    assert len(searched) == once + len(origins)  # what was found before is kept
    assert len(set(searched)) == once


@pytest.mark.parametrize("mode", ["sea", "waterway"])
def test_the_volga_don_canal_is_closed_in_every_mode_unless_it_is_allowed(world, mode):
    shut = ask(world, "RUASF", "RURND", mode)
    assert isinstance(shut, NoWay)
    assert "--allow volga-don" in shut.reason
    assert "--allow" not in ask(world, "RUASF", "RURND", mode, avoid=frozenset({"volga-don"})).reason
    way = ask(world, "RUASF", "RURND", mode, allow=frozenset({"volga-don"}))
    assert "volga-don" in {one.crossing_id for one in way.passages}
    ports = [world.gazetteer.choose(code, kind="port") for code in ("RUASF", "RURND")]
    assert measure_distances(world, ports, ports, WayQuery(mode=mode))[0, 1] == -1


def test_inland_vessels_go_from_the_rhine_to_the_black_sea_and_ships_around_europe(world):
    """Rhine km 1,000 to 498 (Mainz), Main 384, canal 171, Danube km 2,414 to 300, canal 64: 3,235 km."""
    inland = ask(world, "NLRTM", "ROCND", "waterway")
    assert {"main-danube", "danube-black-sea"} <= {one.crossing_id for one in inland.passages}
    assert inland.distance_m == pytest.approx(3_235_000, rel=0.02)
    by_sea = ask(world, "NLRTM", "ROCND", "sea")
    assert {"gibraltar", "bosporus"} <= {one.crossing_id for one in by_sea.passages}
    assert ask(world, "NLRTM", "ROCND", "sea", allow=frozenset({"main-danube", "danube-black-sea"})).distance_m < by_sea.distance_m


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [("NLRTM", "Basel, CH", 833), ("Regensburg", "Budapest", 731), ("ROCND", "Budapest", 1411)],
)
def test_waterways_are_as_long_as_their_kilometre_marks_say(world, a, b, km):
    assert ask(world, a, b, "waterway").distance_m / 1000 == pytest.approx(km, rel=0.03)


def test_the_canal_from_cernavoda_spares_the_delta(world):
    way = ask(world, "ROCND", "ROCEV", "waterway")
    assert 64_000 < way.distance_m < 80_000  # 64 km of canal, and from its mouth to the old port of Constanta
    assert ask(world, "ROCND", "ROCEV", "waterway", avoid=frozenset({"danube-black-sea"})).distance_m > 400_000


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
    assert "--allow volga-don" in ask(world, "KZAAU", "TRIST", "sea").reason
    assert "inland waterways" in ask(world, "Linz", "CNSHA", "waterway").reason
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


def town(name, country, lon, lat):
    return AtlasPlace(place_id=f"point:{name}", name=name, country=country, kind="point", lon=lon, lat=lat)


def test_a_border_is_crossed_near_its_posts_alone(world):
    """Between Poland and Belarus the shortest way of all leads by Brest; Bobrowniki lies 110 km north of it."""
    ends = town("Warsaw", "PL", 21.01, 52.23), town("Minsk", "BY", 27.56, 53.90)
    usual = find_way(world, *ends, WayQuery(mode="road"))
    assert abs(usual.border_crossings[0].lat - 52.1) < 0.2
    by_bobrowniki = find_way(world, *ends, WayQuery(mode="road", posts=((("BY", "PL"), ((23.9, 53.12),)),)))
    assert [one.crossing_id for one in by_bobrowniki.border_crossings] == ["PL-BY"]
    assert abs(by_bobrowniki.border_crossings[0].lat - 53.12) < 0.1
    assert by_bobrowniki.distance_m > usual.distance_m
    shut = find_way(world, *ends, WayQuery(mode="road", posts=((("BY", "PL"), ()),)))
    assert "PL-BY" not in {one.crossing_id for one in shut.border_crossings}


def test_a_way_spares_itself_a_border_for_the_detour_that_this_is_worth(world):
    """Vilnius - Moscow leads by Belarus, or for the sake of its border by Latvia; what a border is worth is no length."""
    ends = town("Vilnius", "LT", 25.28, 54.69), town("Moscow", "RU", 37.62, 55.75)
    short = find_way(world, *ends, WayQuery(mode="road"))
    assert [one.country for one in short.countries] == ["LT", "BY", "RU"]
    spared = find_way(world, *ends, WayQuery(mode="road", border_m=((("BY", "LT"), 400_000),)))
    assert "BY" not in {one.country for one in spared.countries}
    assert short.distance_m < spared.distance_m < short.distance_m + 400_000
    assert find_way(world, *ends, WayQuery(mode="road", border_m=((("BY", "LT"), 10_000),))).distance_m == short.distance_m
