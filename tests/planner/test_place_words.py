"""The text that a suggestion puts into a form means the place that was suggested."""

from __future__ import annotations

import pytest

from landbridge import planner
from landbridge.planner import tasks


@pytest.fixture(scope="module")
def feed():
    return planner.load_feed("belarus-pakistan")[0]


@pytest.mark.parametrize("text", ["Alexandria", "Варшава", "Springfield", "Astara", "Minsk", "Medina"])
def test_what_is_suggested_is_what_is_planned(feed, text):
    own = planner.find_places(feed, text, 5)
    asks = {planner.word_place(feed, one): one.place_id for one in own}
    asks |= {planner.word_atlas_place(feed, one.place): one.place.place_id for one in planner.find_atlas_places(text, 6)}
    for asked, place_id in asks.items():
        _, query = tasks.ask_kept("belarus-pakistan", planner.Question(origin=asked, destination="Lahore"))
        assert query.origin_id == place_id


def test_a_town_of_the_atlas_is_asked_for_by_name_and_country(feed):
    egypt = next(one.place for one in planner.find_atlas_places("Alexandria", 6) if one.place.country == "EG")
    assert planner.word_atlas_place(feed, egypt) == "Alexandria, EG"


def test_a_town_that_the_feed_has_is_asked_for_by_its_id(feed):
    other = next(one.place for one in planner.find_atlas_places("Minsk", 6) if one.place.country == "BY")
    assert planner.word_atlas_place(feed, other) == other.place_id
