"""Where ways of the world cross borders: at posts that take trucks, around what is shut, with no border more than it is worth."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from landbridge.domain.place import Place
from landbridge.planner.world.chain import load_world_feed
from landbridge.planner.world.open_borders import OpenBorders
from landbridge.planner.world.places import join_world_places
from landbridge.planner.world.shut import Days, list_shut
from tests.corridor import S, tiny_corridor


def joined_on(day, *ends):
    feed = tiny_corridor()
    return join_world_places(replace(feed, info=replace(feed.info, as_of=day)), ends)


def crossed(joined, mode="road"):
    return {link.border_id for link in joined.links if link.border_id is not None and link.link_id.startswith(f"world-{mode}")}


NOW = date(2026, 11, 24)


def open_on(day):
    """Borders of the feed ``world`` for goods that wait for what opens again soon."""
    world = load_world_feed()
    return OpenBorders(world, world, list_shut(world, world, Days(as_of=day, ready_on=day)).standing)


def test_a_truck_crosses_where_trucks_are_taken():
    """Bialystok lies 55 km from the post of Kuznica, which takes cars alone, and 50 from Bobrowniki."""
    assert "road-BY-PL-bobrowniki" in crossed(joined_on(NOW, "Białystok", "Grodno"))
    assert "road-BY-PL-kuznica" not in crossed(joined_on(NOW, "Białystok", "Grodno"))
    assert "road-BY-PL-kuznica" in crossed(joined_on(date(2021, 6, 1), "Białystok", "Grodno"))
    assert not {"road-BY-PL-kuznica", "road-BY-PL-bobrowniki"} & crossed(joined_on(date(2024, 6, 1), "Białystok", "Grodno"))


def test_a_closure_whose_end_is_not_known_yet_shuts_a_post():
    """Poland shut its border with Belarus on 12 September 2025 and said on the 23rd that it would open on the 25th."""
    days = (date(2025, 9, 20), date(2025, 9, 23))
    points = [dict(open_on(day).make_query("road", frozenset()).posts)["BY", "PL"] for day in days]
    assert [(23.57, 52.12) in one for one in points] == [False, True]


def test_narva_is_crossed_on_foot_alone():
    assert crossed(joined_on(NOW, "Tallinn", "Saint Petersburg")) == {"road-EE-RU-luhamaa"}
    assert crossed(joined_on(date(2023, 6, 1), "Tallinn", "Saint Petersburg")) >= {"road-EE-RU-narva"}


@pytest.mark.parametrize(("day", "by_ukraine"), [(NOW, False), (date(2021, 6, 1), True)])
def test_no_way_to_russia_leads_through_ukraine_since_its_posts_are_shut(day, by_ukraine):
    joined = joined_on(day, "Bucharest", "Voronezh")
    assert ("road-RU-UA" in crossed(joined)) == any(link.country == "UA" for link in joined.links) == by_ukraine


def test_goods_of_others_keep_out_of_a_country_at_war_while_there_is_another_way():
    """Chisinau - Lublin is shortest through Ukraine; Kyiv itself is reached as ever."""
    assert "road-PL-UA" not in crossed(joined_on(NOW, "Chisinau", "Lublin"))
    assert "road-PL-UA" in crossed(joined_on(date(2021, 6, 1), "Chisinau", "Lublin"))
    assert "road-PL-UA" in crossed(joined_on(NOW, "Warsaw", "Kyiv"))


def test_ukraine_is_shut_to_goods_for_russia_by_an_event_that_stays_on_the_ways_of_the_world():
    joined = joined_on(NOW, "Warsaw", "Kyiv")
    shut = [(row.origin_countries, row.destination_countries) for row in joined.events if row.country == "UA"]
    assert sorted(shut) == [((), ("BY", "RU")), (("BY", "RU"), ())]


def test_three_borders_more_are_no_way_to_save_some_kilometres():
    """Berlin - Moscow is shortest by Kaliningrad, Lithuania and Latvia."""
    assert {"road-DE-PL", "road-BY-RU"} <= crossed(joined_on(NOW, "Berlin", "Moscow"))
    assert "road-PL-RU" not in crossed(joined_on(NOW, "Berlin", "Moscow"))


def test_a_border_is_worth_its_fees_and_its_wait():
    """208 USD at 1.50 a kilometre and ten hours at 500 km a day, half of each; nearly nothing inside the EU."""
    worth = dict(open_on(NOW).make_query("road", frozenset()).border_m)
    assert worth["CN", "KZ"] == round(500 * (208 / 1.5 + 10 * 500 / 24))
    assert worth["BE", "FR"] < 10_000 < worth["KZ", "RU"] < worth["CN", "KZ"]


def test_a_post_is_found_near_where_a_border_is_crossed():
    borders = open_on(NOW)
    ends = [Place(place_id=code, name=code, kind="border", country=code, lon=23.6, lat=52.1, zone="UTC", **S) for code in ("PL", "BY")]
    assert borders.find_post("road", *ends) == borders.find_post("road", *ends[::-1]) == "road-BY-PL-kukuryki"
    assert borders.find_post("rail", *ends) is None
    assert borders.find_post("road", *(replace(one, lat=53.9) for one in ends)) is None
