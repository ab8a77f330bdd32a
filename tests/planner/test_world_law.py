"""What a feed says of its borders, ports, straits and carriers holds for ways of the world, under whatever id these know them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

import landbridge as lb
from landbridge.domain.border import Border, Crossing
from landbridge.domain.event import Event
from landbridge.domain.party import Party, WatchlistEntry
from landbridge.domain.place import Passage
from landbridge.domain.rule import Rule
from landbridge.planner.world.borders import FeedBorders
from landbridge.planner.world.chain import load_world_feed
from landbridge.planner.world.places import join_world_places
from tests.corridor import S, link, minutes, place, stop, tiny_corridor


@pytest.fixture(scope="module")
def shipped():
    return lb.load("belarus-pakistan")


def _posts(lat=53.6, **lons):
    """The tiny corridor with road crossings from Belarus to Poland at some longitudes; the road Warsaw - Moscow crosses at 52.07 N."""
    feed = tiny_corridor()
    for border_id, lon in lons.items():
        feed = replace(
            feed,
            places=(
                *feed.places,
                place(f"BY-{border_id}", country="BY", lon=lon, lat=lat),
                place(f"PL-{border_id}", country="PL", lon=lon - 0.01, lat=lat),
            ),
            borders=(*feed.borders, Border(border_id=border_id, name=border_id, **S)),
            crossings=(
                *feed.crossings,
                Crossing(
                    crossing_id=border_id, border_id=border_id, mode="road", from_country="BY", to_country="PL", wait_min=minutes(60), **S
                ),
            ),
            links=(*feed.links, link(f"over-{border_id}", f"BY-{border_id}", f"PL-{border_id}", 2, "BY", border_id=border_id)),
        )
    return feed


def _shut(border_id, first=date(2026, 11, 1), last=None, **more):
    return Event(
        event_id=f"shut-{border_id}", title="Shut", kind="closure", border_id=border_id, valid_from=first, valid_to=last, **S, **more
    )


def _borders_shut(feed):
    joined = join_world_places(feed, ("Warsaw", "Moscow"))
    assert "road-BY-PL-kukuryki" in {row.border_id for row in joined.links}
    return {row.border_id for row in joined.events if row.event_id.startswith("shut")}


def test_a_border_of_which_every_crossing_of_the_feed_is_shut_is_shut_elsewhere_too():
    assert "road-BY-PL-kukuryki" in _borders_shut(replace(_posts(kuznica=23.6), events=(_shut("kuznica"),)))
    both = replace(_posts(kuznica=23.6, bobrowniki=23.9), events=(_shut("kuznica"), _shut("bobrowniki", last=date(2027, 3, 1))))
    copies = [
        row
        for row in join_world_places(both, ("Warsaw", "Moscow")).events
        if row.border_id == "road-BY-PL-kukuryki" and row.event_id.startswith("shut")
    ]
    assert [(row.valid_from, row.valid_to) for row in copies] == [(date(2026, 11, 1), date(2027, 3, 1))]


def test_no_truck_of_the_world_goes_round_the_closure():
    feed = replace(_posts(kuznica=23.6), events=(_shut("kuznica"),))
    plan = lb.plan(feed, "Warsaw", "Moscow", ready="2026-12-01")
    crossed = {border_id for one in plan.itineraries for leg in one.legs for border_id in leg.borders}
    assert crossed
    assert "road-BY-PL-kukuryki" not in crossed


@pytest.mark.parametrize("closure", [_shut("kuznica"), _shut("kuznica", modes=("rail",))])
def test_a_border_with_an_open_crossing_stays_open(closure):
    posts = {"kuznica": 23.6} if closure.modes else {"kuznica": 23.6, "bobrowniki": 23.9}
    assert "road-BY-PL-kukuryki" not in _borders_shut(replace(_posts(**posts), events=(closure,)))


def test_a_rule_on_every_crossing_of_a_border_holds_on_the_border():
    rule = Rule(
        rule_id="r", title="Not here", effect="prohibit", rule_class="sanction", regime_id="UN", status="in_force", scope="crossing",
        border_ids=("kuznica",), **S,
    )  # fmt: skip
    one, *_ = join_world_places(replace(_posts(kuznica=23.6), rules=(rule,)), ("Warsaw", "Moscow")).rules
    assert one.border_ids == ("kuznica", "road-BY-PL-kukuryki")
    fee = replace(rule, effect="fee")
    other, *_ = join_world_places(replace(_posts(kuznica=23.6), rules=(fee,)), ("Warsaw", "Moscow")).rules
    assert other == fee
    third, *_ = join_world_places(replace(_posts(kuznica=23.6, bobrowniki=23.9), rules=(rule,)), ("Warsaw", "Moscow")).rules
    assert third == rule


def test_a_crossing_is_known_from_both_sides(shipped):
    """The feed goes from the pass of Khunjerab to Sost, 86 km beyond: from there too the border is that of the pass."""
    borders, pass_ = FeedBorders(shipped), shipped.place_by_id["CN-KHUNJERAB"]
    beyond = replace(pass_, place_id="x", country="PK")
    there, back = borders.find(pass_, beyond, "road"), borders.find(beyond, pass_, "road")
    assert there is not None
    assert back == (there[0], there[2], there[1])


def test_a_post_that_is_shut_is_shut_to_ways_of_the_world(shipped):
    """The dry port of Sost was shut by a sit-in from July to September 2025; trucks from Vietnam come by the pass above it."""
    joined = join_world_places(shipped, ("Hanoi", "Lahore"))
    crossed = [row for row in joined.links if row.border_id is not None and row.link_id.startswith("world-road") and row.country == "CN"]
    entered = {row.to_place_id for row in crossed if joined.place_by_id[row.to_place_id].country == "PK"}
    assert entered
    assert {row.place_id for row in joined.events if row.event_id.startswith("sost-2025")} == {"PK-SOST", *entered}


def test_a_crossing_that_the_feed_knows_one_way_alone_is_no_other_border_the_other_way():
    """The crossing lies where the road Warsaw - Moscow crosses; the feed tells no wait from Poland to Belarus."""
    joined = join_world_places(_posts(52.07, terespol=23.66), ("Warsaw", "Moscow"))
    assert "road-BY-PL-kukuryki" not in {row.border_id for row in joined.links}
    assert {(row.from_country, row.to_country) for row in joined.crossings if row.border_id == "terespol"} == {("BY", "PL"), ("PL", "BY")}


def test_lines_over_the_caspian_cross_it(shipped):
    """Storms of January delay what crosses it by its id; so does a feed that has the sea under an id of its own."""
    joined = join_world_places(shipped, ("Hamburg", "Almaty"))
    assert {row.passages for row in joined.stops if row.service_id.startswith("line-") and row.seq == 2} == {("caspian",)}
    feed = replace(tiny_corridor(), passages=(Passage(passage_id="sea-no-1", name="Caspian Sea", **S),))
    joined = join_world_places(feed, ("Poti, GE", "Almaty"))
    assert {row.passages for row in joined.stops if row.service_id.startswith("line-") and row.seq == 2} == {("sea-no-1",)}


def test_ships_of_the_world_pass_the_danish_straits_of_a_feed(shipped):
    joined = join_world_places(shipped, ("Mombasa", "Moscow"))
    passed = {row.passages[-1] for row in joined.stops if row.place_id == "RULED" and row.service_id.startswith("ship-")}
    assert passed == {"danish-straits"}


def test_the_carrier_of_a_line_is_that_of_the_feed_by_any_of_its_names():
    """Frozen under the id that the feed gives it, it carries nothing under that of the feed ``world`` either."""
    own = Party(party_id="azerb-casp", name="ASCO", kind="company", country="AZ", **S)
    feed = replace(tiny_corridor(), parties=(*tiny_corridor().parties, own))
    joined = join_world_places(feed, ("Poti, GE", "Almaty"))
    assert joined.service_by_id["line-alat-aktau"].operator_id == "azerb-casp"
    assert "asco" not in joined.party_by_id
    entry = WatchlistEntry(
        entry_id="e", regime_id="UN", list_name="List", name="Somebody else", party_id="azerb-casp", measure="freeze",
        listed_on=date(2026, 1, 1), **S,
    )  # fmt: skip
    for listed in (False, True):
        plan = lb.plan(replace(feed, watchlist=(entry,) if listed else ()), "Poti, GE", "Almaty", avoid=["RU", "IR"])
        lines = {leg.service_id for one in plan.itineraries for leg in one.legs if leg.operator_id == "azerb-casp"}
        assert lines == (set() if listed else {"line-alat-aktau"})


def test_another_company_under_the_id_of_a_carrier_does_not_stand_for_it():
    feed = replace(
        tiny_corridor(), parties=(*tiny_corridor().parties, Party(party_id="asco", name="Asco Bakeries", kind="company", country="AA", **S))
    )
    joined = join_world_places(feed, ("Poti, GE", "Almaty"))
    operator = joined.party_by_id[joined.service_by_id["line-alat-aktau"].operator_id]
    assert operator.name == "Azerbaijan Caspian Shipping Company"


def test_a_place_at_which_ships_of_the_feed_call_is_its_port_of_whatever_kind():
    feed = tiny_corridor()
    novo = place("NOVO", country="RU", lon=37.78, lat=44.72)
    feed = replace(feed, places=(*feed.places, novo), stops=(*feed.stops, stop("ship", 3, "NOVO", 20 * 1440, 20 * 1440, 1000)))
    joined = join_world_places(feed, ("Mombasa", "Krasnodar"))
    called = {row.place_id for row in joined.stops if row.service_id.startswith("ship-")}
    assert "NOVO" in called
    assert "RUNVS-PORT" not in called
    assert {(row.from_mode, row.to_mode) for row in joined.handling if row.place_id == "NOVO"} >= {("sea", "road"), ("sea", "rail")}


def test_what_is_said_of_a_city_with_the_code_of_a_port_holds_at_the_port():
    rule = Rule(
        rule_id="r", title="Port ban", effect="prohibit", rule_class="sanction", regime_id="UN", status="in_force", scope="leg",
        place_ids=("RUNVS",), **S,
    )  # fmt: skip
    strike = Event(event_id="strike", title="Strike", kind="closure", place_id="RUNVS", valid_from=date(2026, 11, 1), **S)
    feed = tiny_corridor()
    feed = replace(
        feed, places=(*feed.places, place("RUNVS", country="RU", lon=37.77, lat=44.72)), rules=(*feed.rules, rule), events=(strike,)
    )
    joined = join_world_places(feed, ("Mombasa", "Krasnodar"))
    assert "RUNVS-PORT" in {row.place_id for row in joined.stops}
    assert [row.place_ids for row in joined.rules if row.rule_id == "r"] == [("RUNVS", "RUNVS-PORT")]
    assert {row.place_id for row in joined.events} >= {"RUNVS", "RUNVS-PORT"}
    plan = lb.plan(feed, "Mombasa", "Krasnodar")
    assert not any("RUNVS-PORT" in leg.calls for one in plan.itineraries for leg in one.legs)


@pytest.mark.parametrize(
    ("origin", "destination", "rule_id"),
    [("Tel Aviv", "Beirut", "lb-boycott-il-lb"), ("Damascus", "Haifa", "il-enemy-from"), ("Mumbai", "Karachi", "world-pk-in-import")],
)
def test_goods_that_a_country_forbids_from_another_have_no_way(origin, destination, rule_id):
    """Around by Jordan no border is shut; the law of Lebanon and that of Israel forbid the trade itself, by land and by sea."""
    world = load_world_feed()
    plan = lb.plan(world, origin, destination, ready="2026-12-01")
    assert plan.itineraries == plan.compared == ()
    assert rule_id in {row.rule_id for row in plan.rejected}


def test_a_ban_between_two_countries_comes_for_goods_between_them_alone():
    feed = tiny_corridor()
    there, back = (join_world_places(feed, ends) for ends in (("Karachi", "Mumbai"), ("Mumbai", "Karachi")))
    assert "world-in-pk-origin" in {row.rule_id for row in there.rules}
    assert "IN" in {row.regime_id for row in there.regimes}
    assert "world-pk-in-export" in {row.rule_id for row in there.rules}
    between = {row.rule_id for row in load_world_feed().rules if row.origin_countries and row.destination_countries}
    assert {row.rule_id for row in back.rules} & between == {"world-pk-in-import"}


def test_a_road_that_is_a_ferry_says_so(shipped):
    """From Kaliningrad no road stays in Russia: the ferry Baltiysk - Ust-Luga does, over no border."""
    joined = join_world_places(shipped, ("Kaliningrad", "Moscow"))
    known = shipped.place_by_id
    made = [row for row in joined.links if row.link_id.startswith("atlas-") and known.get(row.to_place_id)]
    assert made
    assert {row.note for row in made} == {"by ferry, counted as a road"}
