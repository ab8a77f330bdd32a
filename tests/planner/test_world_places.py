"""Places of the atlas joined to a feed."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass, replace

import pytest
from typer.testing import CliRunner

import landbridge as lb
from landbridge import planner
from landbridge.cli.app import app
from landbridge.domain.errors import QueryError
from landbridge.planner.place_search import choose_place, find_places
from landbridge.planner.world.places import SOURCE_ID, join_world_places
from tests.corridor import READY, tiny_corridor


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


@pytest.mark.parametrize("text", ["Орша", "Orsha, BY", "orša"])
def test_a_town_is_known_by_the_spelling_that_asked_for_it(text):
    after = join_world_places(belarus(), (text,))
    meant = choose_place(find_places(after, text))
    assert meant is not None
    assert meant.name == "Orsha"


def test_so_are_the_ends_of_a_chain_of_the_world():
    texts = ("Ulaanbaatar", "Мюнхен")  # the atlas calls them Ulan Bator and Munich
    after = join_world_places(belarus(), texts)
    meant = [choose_place(find_places(after, text)) for text in texts]
    assert [place and place.country for place in meant] == ["MN", "DE"]


def test_a_road_that_cuts_through_another_country_is_replaced_by_one_that_does_not():
    """The shortest road from Novosibirsk to Moscow leads through Kazakhstan."""
    before = tiny_corridor()
    moscow = replace(before.places[0], country="RU", lon=37.62, lat=55.75)
    after = join_world_places(replace(before, places=(moscow, *before.places[1:])), ("Novosibirsk",))
    (link,) = [link for link in after.links if link.source_id == SOURCE_ID]
    assert link.country == "RU"
    assert 3_200_000 < link.distance_m < 3_700_000


def test_two_towns_of_one_country_have_a_road_to_each_other():
    before = belarus()
    after = join_world_places(before, ("Orsha", "Polotsk"))
    new = {place.place_id for place in after.places if place not in before.places}
    (direct,) = [link for link in after.links if {link.from_place_id, link.to_place_id} == new]
    assert 150_000 < direct.distance_m < 250_000


def test_a_town_has_a_road_to_the_other_end_though_places_of_the_feed_are_nearer():
    before = belarus()
    far = max(before.places, key=lambda place: (abs(place.lon - 30.4) + abs(place.lat - 54.5), place.place_id))
    assert far.place_id not in {link.to_place_id for link in join_world_places(before, ("Orsha",)).links if link.source_id == SOURCE_ID}
    after = join_world_places(before, ("Orsha", far.place_id))
    assert far.place_id in {link.to_place_id for link in after.links if link.source_id == SOURCE_ID}
    assert after.digest != join_world_places(before, ("Orsha",)).digest


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


def exporting_belarus():
    """The tiny corridor with Belarus in the place of country AA."""
    dataset = tiny_corridor()
    tables = {table.name: getattr(dataset, table.name) for table in fields(dataset) if isinstance(getattr(dataset, table.name), tuple)}
    moved = replace(dataset, **{name: tuple(map(in_belarus, rows)) for name, rows in tables.items()})
    spots = {"AA": (27.56, 53.90), "AP": (30.34, 53.91), "AX": (31.0, 52.44)}
    return replace(
        moved,
        places=tuple(
            replace(place, lon=spots[place.place_id][0], lat=spots[place.place_id][1]) if place.place_id in spots else place
            for place in moved.places
        ),
    )


def in_belarus(row):
    countries = ("country", "from_country", "to_country", "registration")
    named = {one.name for one in fields(row)} if is_dataclass(row) else set()
    changed = {name: "BY" for name in countries if name in named and getattr(row, name) == "AA"}
    return replace(row, **changed) if changed else row


def test_a_plan_from_a_joined_town_is_verified_and_simulated_by_the_feed_as_it_is():
    feed = exporting_belarus()
    plan = lb.plan(feed, "Orsha", "BB", goods="8701", ready=str(READY))
    assert plan.itineraries
    assert plan.dataset_digest != feed.digest
    assert planner.verify_plan(feed, plan) == ()
    assert lb.simulate(feed, plan, runs=100).runs == 100


def test_commands_about_a_saved_plan_know_its_joined_town(tmp_path, monkeypatch):
    feed = exporting_belarus()
    monkeypatch.setattr(planner, "load_feed", lambda *_, **__: (feed, ()))
    saved = str(tmp_path / "plan.json")
    runner = CliRunner()
    asked = ["plan", "Orsha", "BB", "--goods", "8701", "--ready", str(READY), "--out", saved]
    assert runner.invoke(app, asked).exit_code == 0
    simulated = runner.invoke(app, ["simulate", saved, "--runs", "100", "--json"])
    assert simulated.exit_code == 0, simulated.output
    assert json.loads(simulated.stdout)["runs"] == 100
    assert runner.invoke(app, ["documents", saved, "--json"]).exit_code == 0
    assert "another edition" not in runner.invoke(app, ["explain", saved]).output


def test_ships_of_a_feed_that_go_round_the_world_do_not_keep_the_world_out():
    from landbridge.planner.world.places import is_joined

    dataset = lb.load("belarus-pakistan")
    assert is_joined(dataset, "BYMSQ", "PKLHE")
    assert not is_joined(dataset, "DEHAM", "KZALA")  # by Jeddah, Ningbo, Vladivostok and Minsk alone
    ended = next(row for row in dataset.statuses if row.status == "ended" and row.service_id is not None)
    stops = [row.place_id for row in sorted(dataset.stops, key=lambda row: row.seq) if row.service_id == ended.service_id]
    alone = replace(dataset, links=(), stops=tuple(row for row in dataset.stops if row.service_id == ended.service_id))
    assert len(stops) >= 2
    assert not is_joined(alone, stops[0], stops[1])


@pytest.mark.parametrize("text", ["Jordan", "Lebanon", "Pakistan", "Иран"])
def test_the_name_of_a_country_is_no_town_of_another(text):
    """There are towns called Jordan in Hong Kong and Lebanon in Pennsylvania."""
    feed = tiny_corridor()
    assert join_world_places(feed, (text, "Milan")) is feed
    with pytest.raises(QueryError, match="name of a country"):
        lb.distance(text, "Paris", mode="road")
    with pytest.raises(QueryError, match="name of a country"):
        lb.plan(feed, text, "Milan")


@pytest.mark.parametrize(
    ("text", "country"), [("Luxembourg", "LU"), ("Malta", "MT"), ("Singapore", "SG"), ("Djibouti", "DJ"), ("Mexico", "MX")]
)
def test_a_town_may_bear_the_name_of_its_own_country(text, country):
    after = join_world_places(tiny_corridor(), (text, "Paris" if text != "Mexico" else "Chicago"))
    meant = choose_place(find_places(after, text))
    assert meant is not None
    assert meant.country == country
