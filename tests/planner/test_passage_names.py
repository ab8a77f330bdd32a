"""Passages, borders and countries by the names that people give them."""

from dataclasses import replace

import pytest

import landbridge as lb
from landbridge.domain.place import Passage
from landbridge.domain.way import NoWay
from landbridge.planner.passage_names import find_passage
from landbridge.planner.question import Question, ask
from tests.corridor import tiny_corridor

KNOWN = (("suez", "Suez Canal"), ("hormuz", "Strait of Hormuz"), ("bab-el-mandeb", "Bab el-Mandeb"), ("kiel", "Kiel Canal"))


@pytest.mark.parametrize(
    ("text", "passage_id"),
    [
        ("Suez", "suez"), ("SUEZ CANAL", "suez"), ("canal of Suez", "suez"), ("Hormuz", "hormuz"), ("Straits of Hormuz", "hormuz"),
        ("Bab el Mandeb", "bab-el-mandeb"), ("bab-el-mandeb strait", "bab-el-mandeb"), ("strait", None), ("", None), ("Sues", None),
    ],
)  # fmt: skip
def test_a_passage_is_known_with_and_without_its_general_words(text, passage_id):
    assert find_passage(KNOWN, text) == passage_id


def test_a_question_takes_borders_and_countries_by_name():
    dataset = tiny_corridor()
    border = replace(dataset.borders[0], name="Astara - Yalama")
    between = next(place for place in dataset.places if place.place_id not in ("AA", "BB"))
    places = tuple(replace(place, country="IR", name="Zahedan") if place is between else place for place in dataset.places)
    feed = replace(dataset, borders=(border, *dataset.borders[1:]), places=places)
    ends = {"origin": "AA", "destination": "BB"}
    assert ask(feed, Question(**ends, avoid=("astara yalama", "Iran"))).avoid == (border.border_id, "IR")


def test_a_place_goes_before_a_strait_that_is_called_after_it():
    dataset = tiny_corridor()
    strait = Passage(passage_id="kerch", name="Kerch Strait", source_id="s", row="s")
    between = next(place for place in dataset.places if place.place_id not in ("AA", "BB"))
    places = tuple(replace(place, name="Kerch") if place is between else place for place in dataset.places)
    feed = replace(dataset, passages=(*dataset.passages, strait), places=places)
    ends = {"origin": "AA", "destination": "BB"}
    assert ask(feed, Question(**ends, avoid=("Kerch", "Strait of Kerch"))).avoid == (between.place_id, "kerch")
    assert ask(feed, Question(**ends, avoid=("Kerch strait",))).avoid == ("kerch",)
    assert ask(replace(feed, places=dataset.places), Question(**ends, avoid=("Kerch",))).avoid == ("kerch",)


def test_distances_avoid_a_country_by_its_name_and_a_town_that_bears_one():
    by_name, by_code = (lb.distance("Baku", "Quetta", mode="road", avoid=(text,)) for text in ("Iran", "IR"))
    assert by_name.distance_m == by_code.distance_m
    assert "IR" not in {one.country for one in by_name.countries}
    country, town = (lb.distance("Kuala Lumpur", "Johor Bahru", mode="road", avoid=(text,)) for text in ("SG", "Singapore"))
    assert not isinstance(country, NoWay)
    assert isinstance(town, NoWay)  # all within 25 km of the town
