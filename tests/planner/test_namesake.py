"""Places of one name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from landbridge.domain.way import AtlasPlace
from landbridge.planner.namesake import find_atlas_namesakes, find_namesakes, with_namesakes
from landbridge.planner.place_search import find_places
from landbridge.planner.question import Question, ask
from tests.corridor import tiny_corridor


def twins():
    """The tiny corridor with two towns of one name, 100 km apart, in two countries."""
    dataset = tiny_corridor()
    first, second, *rest = (one for one in dataset.places if one.kind == "city")
    west, east = (
        replace(one, name=f"Astara ({code})", names=("Astara",), lon=lon, lat=38.4, country=code)
        for one, code, lon in ((first, "AZ", 48.0), (second, "IR", 49.0))
    )
    others = tuple(one for one in dataset.places if one.place_id not in (first.place_id, second.place_id))
    far = replace(rest[0] if rest else others[0], lon=60.0, lat=38.4)
    return replace(dataset, places=(west, east, far, *(one for one in others if one.place_id != far.place_id))), west, east, far


def test_of_two_towns_of_one_name_the_one_near_the_other_end_is_meant():
    dataset, west, east, far = twins()
    assert find_places(dataset, "Astara", near=far)[0].place_id == east.place_id
    assert find_places(dataset, "Astara", near=replace(far, lon=40.0))[0].place_id == west.place_id
    assert ask(dataset, Question(origin="Astara", destination=far.place_id)).origin_id == east.place_id
    assert ask(dataset, Question(origin=far.place_id, destination="Astara")).destination_id == east.place_id
    assert ask(dataset, Question(origin=west.place_id, destination=far.place_id)).origin_id == west.place_id


def test_what_else_a_name_could_mean_is_told_with_its_code():
    dataset, west, east, _ = twins()
    found = find_namesakes(dataset, "Astara", east, "FROM")
    assert found is not None
    assert found.code == "PLACE-NAMESAKE"
    assert found.column == "FROM"
    assert west.place_id in found.message
    assert east.place_id in found.message


def test_a_code_or_a_name_that_nobody_else_has_needs_no_notice():
    dataset, west, _, _ = twins()
    assert find_namesakes(dataset, west.place_id, west, "FROM") is None
    orsha = AtlasPlace(place_id="BYOSH", name="Orsha", country="BY", kind="city", lon=30.42, lat=54.51, population=106_000)
    assert find_atlas_namesakes("Orsha", orsha, "TO") is None
    tripoli = AtlasPlace(place_id="geonames:2210247", name="Tripoli", country="LY", kind="city", lon=13.19, lat=32.88, population=1_150_000)
    assert find_atlas_namesakes("LYTIP", tripoli, "TO") is None


@pytest.mark.parametrize(("text", "country", "other"), [("Tripoli", "LY", "LB"), ("Vancouver", "CA", "US")])
def test_large_namesakes_of_the_atlas_are_told_and_hamlets_are_not(text, country, other):
    from landbridge.atlas.world import load_world

    taken = load_world().gazetteer.find(f"{text}, {country}", limit=1)[0].place
    found = find_atlas_namesakes(text, taken, "FROM")
    assert found is not None
    assert f"({other}, " in found.message
    milan = load_world().gazetteer.find("Milan, IT", limit=1)[0].place
    assert find_atlas_namesakes("Milan", milan, "FROM") is None
    assert find_atlas_namesakes(f"{text}, {country}", taken, "FROM") is None


@pytest.mark.parametrize("text", ["Springfield, Illinois", "Springfield, IL, US", "Tripoli, Lebanon"])
def test_who_tells_the_state_or_the_country_is_not_asked_for_it(text):
    from landbridge.atlas.world import load_world

    code = "LB" if text.startswith("Tripoli") else "US"
    taken = load_world().gazetteer.find("Tripoli, LB" if code == "LB" else text, limit=1)[0].place
    assert taken.country == code
    assert find_atlas_namesakes(text, taken, "FROM") is None
    assert find_atlas_namesakes(taken.name, taken, "FROM") is not None


def test_of_ports_too_it_is_told_what_else_the_name_could_mean():
    from landbridge.atlas.world import load_world

    taken = load_world().gazetteer.find("San Antonio, CL", limit=1, kind="port")[0].place
    assert taken.kind == "port"
    assert "(US, " in find_atlas_namesakes("San Antonio", taken, "FROM").message


def test_the_notice_needs_no_gazetteer():
    import landbridge.atlas.world as atlas

    world = atlas.World(atlas.load_world().container)
    assert {town.country for town in world.namesakes.find("TRIPOLI")} >= {"LY", "LB"}
    assert world.namesakes.find("Orsha") == ()
    assert "gazetteer" not in vars(world)


def test_the_notice_stands_with_the_answer():
    from landbridge.planner.shipment import plan_shipment

    dataset, _, east, far = twins()
    question = Question(origin="Astara", destination=far.place_id)
    answer = plan_shipment(dataset, ask(dataset, question))
    told = [one for one in with_namesakes(answer, dataset, question).findings if one.code == "PLACE-NAMESAKE"]
    assert len(told) == 1
    assert east.place_id in told[0].message
    assert with_namesakes(answer, dataset, Question(origin=east.place_id, destination=far.place_id)) is answer
