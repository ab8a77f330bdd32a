"""Places of the atlas joined to a feed."""

from __future__ import annotations

from dataclasses import replace

from landbridge.planner.world_places import SOURCE_ID, join_world_places
from tests.corridor import tiny_corridor


def belarus():
    """The tiny corridor, moved so that its places lie in Belarus."""
    dataset = tiny_corridor()
    spots = [(27.56, 53.90), (23.70, 52.10), (31.0, 52.44), (30.34, 53.91), (25.3, 53.9), (29.2, 53.2)]
    places = tuple(
        replace(place, country="BY", lon=spots[index % 6][0], lat=spots[index % 6][1]) for index, place in enumerate(dataset.places)
    )
    return replace(dataset, places=places)


def test_a_town_that_no_table_names_gets_roads_to_the_nearest_places_of_its_country():
    before = belarus()
    after = join_world_places(before, ("Orsha",))
    new = [place for place in after.places if place not in before.places]
    assert [(place.name, place.country) for place in new] == [("Orsha", "BY")]
    links = [link for link in after.links if link.source_id == SOURCE_ID]
    assert 1 <= len(links) <= 4
    assert all(link.from_place_id == new[0].place_id and link.mode == "road" and link.distance_m >= 1_000 for link in links)
    assert SOURCE_ID in after.source_by_id


def test_the_same_feed_and_places_give_the_same_digest_and_the_feed_stays_as_it_is():
    before = belarus()
    one, other = join_world_places(before, ("Orsha", "Polotsk")), join_world_places(before, ("Polotsk", "Orsha"))
    assert one.digest == other.digest != before.digest
    assert one.links == other.links
    assert not [link for link in before.links if link.source_id == SOURCE_ID]


def test_what_the_feed_names_itself_or_nobody_knows_changes_nothing():
    before = belarus()
    assert join_world_places(before, (before.places[0].place_id, "qqqq zzzz", "")) is before


def test_a_place_of_a_country_that_the_feed_does_not_know_changes_nothing():
    before = belarus()
    assert join_world_places(before, ("Nairobi",)) is before
