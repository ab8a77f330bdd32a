"""Law of the feed ``world`` beside ways of the world: a small feed of one's own, written by docs/feed.md, is screened as that one alone."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date

import pytest

import landbridge as lb
from landbridge import planner
from landbridge.domain.errors import DataError
from landbridge.domain.party import Ownership, Party
from landbridge.domain.rule import Rule
from landbridge.planner.gate import find_gate_findings, gate_dataset
from landbridge.planner.screening import feed_editions, feed_entries
from landbridge.planner.world.chain import load_world_feed
from landbridge.planner.world.held_law import hold_law
from landbridge.planner.world.law_findings import say_own_copies
from landbridge.planner.world.places import join_world_places
from tests.corridor import S, place, question, tiny_corridor

WATCHLIST = "entry_id,regime_id,list_name,name,party_id,measure,listed_on,delisted_on,source_id\n"
REGIMES = "regime_id,name,countries,source_id\nEU,European Union,BG,own\nUK,United Kingdom,GB,own\n"
TABLES = {
    "sources": "source_id,title,publisher,grade\nown,Own notes,Me,C\n",
    "places": "place_id,name,kind,country,lon,lat,zone,source_id\n"
    "PTI,Poti,port,GE,41.65,42.15,Asia/Tbilisi,own\nEVN,Yerevan,city,AM,44.5,40.2,Asia/Yerevan,own\n",
    "links": "link_id,mode,from_place_id,to_place_id,distance_km,country,source_id\nl,road,PTI,EVN,500,GE,own\n",
    "parties": "party_id,name,kind,country,source_id\nmy-railway,Russian Railways,company,RU,own\n",
    "unit_types": "unit_type_id,name,iso_6346,teu,tare_kg,max_payload_kg,source_id\n40HC,Box,45G1,2,3900,26500,own\n",
}


def write(folder, gates=("EU",), as_of="2026-11-24", **tables):
    folder.mkdir(exist_ok=True)
    settings = {"as_of": as_of} | ({} if gates is None else {"gates": list(gates)})
    (folder / "datapackage.json").write_text(json.dumps({"name": "mine", "landbridge": settings}), encoding="utf-8")
    for table, text in ({"regimes": REGIMES} | TABLES | tables).items():
        (folder / f"{table}.csv").write_text(text, encoding="utf-8")
    return folder


def read(folder, *args, **tables):
    return lb.load(str(write(folder, *args, **tables)))


def ways(plan):
    return [*plan.itineraries, *(one.itinerary for one in plan.compared)]


def over_its_tracks(plan):
    return [way for way in ways(plan) if any("my-railway" in (leg.infrastructure_ids or ()) for leg in way.legs)]


def say(plan, code):
    return [one for one in plan.findings if one.code == code]


@pytest.fixture(scope="module")
def feed(tmp_path_factory):
    return read(tmp_path_factory.mktemp("own") / "mine")


@pytest.fixture(scope="module")
def plan(feed):
    return lb.plan(feed, "Tashkent", "Minsk", ready="2026-12-01")


def test_a_way_over_a_railway_that_lists_of_the_world_name_is_exposed(feed, plan):
    over = over_its_tracks(plan)
    assert over
    for way in over:
        found = {(one.regime, one.rule_id) for one in way.exposures if one.what == "my-railway"}
        assert found == {("UK", "uk-rzd"), ("US", "us-rzd"), ("EU", "eu-833-xiii-rzd")}
    assert ("UK", "exposed") in {(cell.regime, cell.state) for cell in plan.matrix}
    assert planner.verify_plan(feed, plan) == ()


def test_the_answer_says_from_which_feed_and_of_which_day_the_lists_are_and_which_of_them_block(plan):
    (said,) = say(plan, "WORLD-LAW")
    assert "the feed world of 2026-11-24" in said.message
    assert "UK: UK Sanctions List" in said.message
    assert "designations of EU block" in said.message
    assert "those of UK, US, CH, UN are shown as exposures" in said.message


def test_a_regime_of_the_question_blocks_by_lists_of_the_world(feed):
    gated = lb.plan(feed, "Tashkent", "Minsk", ready="2026-12-01", gate=["UK"])
    assert gated.itineraries
    assert over_its_tracks(gated) == []


def test_without_a_policy_all_regimes_block_those_of_the_world_too(tmp_path):
    plan = lb.plan(read(tmp_path / "mine", None), "Tashkent", "Minsk", ready="2026-12-01")
    assert over_its_tracks(plan) == []
    assert {"UN", "US", "EU", "UK", "CH"} <= set(plan.policy_gates)


def test_goods_for_pakistan_do_not_go_over_india(feed):
    """India let no cargo for Pakistan through its ports from 3 May 2025 on; a feed that knows nothing of it went by Kolkata."""
    plan = lb.plan(feed, "Kathmandu", "Karachi", ready="2026-12-01")
    assert not [leg for way in ways(plan) for leg in way.legs for one in (leg.from_id, leg.to_id, *leg.calls) if one.startswith("IN")]
    assert ("IN", "in-pk-bound") in {(one.regime, one.rule_id) for one in plan.rejected}


def test_a_list_of_which_the_feed_has_an_entry_is_its_own_and_what_it_lacks_is_said(tmp_path):
    own = f"{WATCHLIST}a,UK,uk sanctions list,Somebody Else,,freeze,2020-01-01,,own\n"
    feed = read(tmp_path / "mine", watchlist=own)
    joined = join_world_places(feed, ("Tashkent", "Minsk"))
    assert [row.entry_id for row in joined.watchlist if row.regime_id == "UK"] == ["a"]
    assert {row.entry_id for row in joined.watchlist} > {"us-rzd", "eu-rus-fesco"}
    said = [one for one in say_own_copies(joined, load_world_feed()) if "uk sanctions list" in one.message]
    assert len(said) == 1
    assert said[0].severity == "warning"
    assert (said[0].file, said[0].row) == ("mine/watchlist.csv", 2)
    assert "nobody is screened here against Russian Railways" in said[0].message
    assert said[0] in planner.check_feed(str(tmp_path / "mine"), with_atlas=False)


def test_an_own_entry_or_rule_with_an_id_of_the_world_counts_and_a_difference_is_said(tmp_path):
    own = f"{WATCHLIST}uk-rzd,UK,UK Sanctions List,Russian Railways,my-railway,freeze,2022-03-24,2026-01-01,own\n"
    rule = "rule_id,title,effect,class,regime_id,status,scope,modes,countries,destination_countries,valid_from,valid_to,source_id\n"
    rule += "in-pk-bound,India,prohibit,trade,EU,in_force,leg,sea,IN,PK,2025-05-03,2026-01-01,own\n"
    joined = join_world_places(read(tmp_path / "mine", watchlist=own, rules=rule), ("Tashkent", "Minsk"))
    assert [row.delisted_on for row in joined.watchlist if row.entry_id == "uk-rzd"] == [date(2026, 1, 1)]
    assert [row.valid_to for row in joined.rules if row.rule_id == "in-pk-bound"] == [date(2026, 1, 1)]
    text = " ".join(one.message for one in say_own_copies(joined, load_world_feed()))
    assert "measure or dates differ of uk-rzd" in text
    assert "the rule in-pk-bound counts; the feed world has another one: regime_id, modes, valid_to" in text


def test_an_id_that_means_somebody_else_hides_nobody(tmp_path):
    """The same id on another list, and on the same one: who is meant by the world is screened, or it is said that nobody is."""
    own = f"{WATCHLIST}uk-rzd,UK,Own notes,Somebody Else,,freeze,2020-01-01,,own\nus-rzd,US,SDN,Another,,freeze,2020-01-01,,own\n"
    base = load_world_feed()
    (us,) = [row for row in base.watchlist if row.entry_id == "us-rzd"]
    feed = read(tmp_path / "mine", watchlist=own.replace(",SDN,", f',"{us.list_name}",'), regimes=f"{REGIMES}US,United States,US,own\n")
    joined = join_world_places(feed, ("Tashkent", "Minsk"))
    assert {row.entry_id: row.party_id for row in joined.watchlist if row.entry_id.startswith("uk-rzd")} == {
        "uk-rzd": None,
        "uk-rzd-of-world": "my-railway",
    }
    (said,) = [one for one in say_own_copies(joined, base) if f"{us.list_name} counts" in one.message]
    assert us.name in said.message
    assert "differ" not in said.message


def test_an_own_entry_that_says_less_on_a_list_of_another_name_or_under_another_id_is_said(tmp_path):
    own = f"{WATCHLIST}uk-rzd,UK,Own notes,Russian Railways,,freeze,2022-03-24,2026-01-01,own\n"
    joined = join_world_places(read(tmp_path / "mine", watchlist=own), ("Tashkent", "Minsk"))
    assert [row.entry_id for row in joined.watchlist if row.entry_id.startswith("uk-rzd")] == ["uk-rzd"]
    (said,) = [one for one in say_own_copies(joined, load_world_feed()) if "entry uk-rzd" in one.message]
    assert "the feed world has another one on UK: UK Sanctions List: delisted_on" in said.message
    for measure, day, is_said in (("freeze", "", False), ("freeze", "2026-01-01", True), ("sectoral", "", True)):
        own = f"{WATCHLIST}a,UK,UK Sanctions List,Russian Railways,,{measure},2022-03-01,{day},own\n"
        feed = read(tmp_path / "mine", watchlist=own)
        assert any("differ of uk-rzd" in one.message for one in say_own_copies(feed, load_world_feed())) == is_said


def test_a_regime_that_reaches_less_far_is_said(feed):
    (said,) = [one for one in say_own_copies(feed, load_world_feed()) if "regime" in one.message]
    assert "the regime EU counts: it has no jurisdiction in AT, BE, CY, CZ, DE and 21 more" in said.message
    own = replace(feed, regimes=tuple(replace(row, countries=(), ownership_percent=75) for row in feed.regimes))
    assert all("counts what is owned from 75 percent" in one.message for one in say_own_copies(own, load_world_feed()))


def test_an_empty_list_keeps_nothing_out(tmp_path, feed):
    joined = join_world_places(read(tmp_path / "mine", watchlist=WATCHLIST), ("Tashkent", "Minsk"))
    assert len(joined.watchlist) == len(load_world_feed().watchlist)


def test_all_that_is_wrong_with_a_list_is_told_before_anything_is_joined(tmp_path):
    broken = f"{WATCHLIST}a,XX,L,Name,nobody,freeze,2020-13-01,,own\nb,UK,L,Name,,frozen,2020-01-01,2019-01-01,own\n"
    with pytest.raises(DataError) as caught:
        read(tmp_path / "mine", watchlist=broken)
    assert {(one.row, one.column) for one in caught.value.findings} >= {(2, "regime_id"), (2, "party_id"), (2, "listed_on"), (3, "measure")}


def test_a_list_of_the_world_is_of_the_day_of_that_feed(tmp_path):
    """A feed of a later day does not make it younger: it is stale when that day is asked for."""
    feed = read(tmp_path / "mine", as_of="2027-03-01")
    joined = join_world_places(feed, ("Tashkent", "Minsk"))
    assert {(one.published_on, one.origin) for one in feed_editions(joined)} == {(date(2026, 11, 24), "feed world")}
    query = lb.plan(feed, "Tashkent", "Minsk", ready="2027-03-01").query
    assert any(one.code == "LIST-STALE" and "of 2026-11-24" in one.message for one in find_gate_findings(joined, query, frozenset()))


def test_a_feed_alone_is_held_against_the_lists_of_the_world(feed):
    """Whichever door: a name is screened against the same lists as its plan is held against, with no way of the world beside it."""
    asked = planner.Question(origin="Poti", destination="Yerevan", ready="2026-12-01", exact=False, feed_alone=True, gate=("UK",))
    plan = planner.plan_shipment(*planner.join_question(feed, asked))
    codes = [one.code for one in plan.findings]
    assert ("NO-LIST" in codes, codes.count("WORLD-LAW")) == (False, 1)
    gated = gate_dataset(feed, plan.query)
    assert {row.entry_id for row in load_world_feed().watchlist} <= {row.entry_id for row in gated.watchlist}
    assert {row.regime_id for row in load_world_feed().watchlist} <= {row.regime_id for row in gated.regimes}
    assert gate_dataset(feed, plan.query) is gated


def test_a_service_of_russian_railways_is_closed_in_a_feed_of_ones_own_by_the_gate_of_the_question():
    tiny = tiny_corridor()
    named = load_world_feed().party_by_id["rzd"].name
    parties = (*tiny.parties, Party(party_id="mine", name=named, kind="company", country="RU", **S))
    own = replace(tiny, parties=parties, services=tuple(replace(row, operator_id="mine") for row in tiny.services))
    own = replace(own, places=tuple(replace(row, gateway=False) for row in own.places))
    for gates, told in (((), []), (("UK",), [("ship", "ship", "UK", date(2022, 3, 24))])):
        query = question(gates=gates, is_feed_alone=True, tolerance_percent=0)
        plan = planner.plan_shipment(own, query)
        assert [(row.gateway, row.what, row.regime, row.since) for row in plan.rejected if row.regime] == told
        assert any(leg.service_id == "ship" for way in plan.itineraries for leg in way.legs) != bool(told)
        assert ("blocked" in {cell.state for cell in plan.matrix if cell.gateway == "ship"}) == bool(told)
        assert planner.verify_plan(own, plan) == ()


def test_rules_of_the_world_hold_at_ports_of_a_feed_alone():
    feed = tiny_corridor()
    feed = replace(feed, places=(*feed.places, place("NOVO", kind="port", country="RU", lon=37.78, lat=44.72)))
    held = hold_law(feed)
    (rule,) = [row for row in held.rules if row.rule_id == "eu-port-novorossiysk"]
    assert rule.place_ids == ("NOVO",)
    assert not [row for row in held.rules if not set(row.place_ids) <= held.place_by_id.keys()]


def test_an_answer_without_any_list_says_that_nobody_was_screened():
    bare = replace(load_world_feed(), watchlist=())
    query = planner.ask(bare, planner.Question(origin="RUNVS-PORT", destination="TRMER-PORT", ready="2026-12-01", exact=False))
    codes = [one.code for one in find_gate_findings(bare, query, frozenset())]
    assert codes.count("NO-LIST") == 1


def test_a_rule_on_a_port_of_the_world_holds_at_the_port_of_the_feed():
    feed = tiny_corridor()
    feed = replace(feed, places=(*feed.places, place("NOVO", kind="port", country="RU", lon=37.78, lat=44.72)))
    joined = join_world_places(feed, ("Mombasa", "Krasnodar"))
    (rule,) = [row for row in joined.rules if row.rule_id == "eu-port-novorossiysk"]
    assert rule.place_ids == ("NOVO",)
    assert not [row for row in joined.rules if not set(row.place_ids) <= joined.place_by_id.keys()]


def test_rules_of_the_world_name_nothing_but_places_by_ids():
    """What they name by an id would have to be found in the asked feed, as places are."""
    ids = ("border_ids", "passage_ids", "operator_ids", "service_ids", "haulage_ids", "party_ids", "unless_rule_ids", "allows_rule_ids",
           "allows_entry_ids", "document_id")  # fmt: skip
    assert set(ids) <= {one.name for one in fields(Rule)}
    assert not [(row.rule_id, name) for row in load_world_feed().rules for name in ids if getattr(row, name)]


def test_who_owns_a_party_of_the_feed_is_known_and_an_own_share_is_not_counted_twice():
    feed = tiny_corridor()
    sasco = Party(party_id="my-line", name="SASCO", kind="company", country="RU", **S)
    named = load_world_feed().party_by_id["sasco"]
    assert "SASCO" in (named.name, *named.names)
    feed = replace(feed, parties=(*feed.parties, sasco))
    joined = join_world_places(feed, ("Tashkent", "Minsk"))
    assert ("transcontainer", "my-line") in {(row.owner_id, row.owned_id) for row in joined.ownership}
    owner = Party(party_id="tk", name="TransContainer", kind="company", country="RU", **S)
    assert "TransContainer" in (
        load_world_feed().party_by_id["transcontainer"].name,
        *load_world_feed().party_by_id["transcontainer"].names,
    )
    share = Ownership(ownership_id="o", owner_id="tk", owned_id="my-line", share_percent=10, **S)
    joined = join_world_places(replace(feed, parties=(*feed.parties, owner), ownership=(share,)), ("Tashkent", "Minsk"))
    assert [row.share_percent for row in joined.ownership if row.owned_id == "my-line"] == [10]


def test_owners_hold_beside_a_feed_that_has_all_lists_and_rules_itself():
    """The shipped feed with lists and rules of its own and nobody's owners: the 50 % rule needs them all the same."""
    bare = replace(hold_law(lb.load("belarus-pakistan")), ownership=())
    held = hold_law(bare)
    assert held.watchlist == bare.watchlist
    assert ("delo-group", "transcontainer") in {(row.owner_id, row.owned_id) for row in held.ownership}
    assert hold_law(held) is held


def test_somebody_else_under_the_id_of_a_listed_party_is_not_taken_for_it():
    feed = tiny_corridor()
    other = Party(party_id="fesco", name="Far Eastern Bakeries", kind="company", country="AA", **S)
    joined = join_world_places(replace(feed, parties=(*feed.parties, other)), ("Tashkent", "Minsk"))
    (entry,) = [row for row in joined.watchlist if row.entry_id == "eu-rus-fesco"]
    assert entry.party_id == "fesco-of-world"
    assert joined.party_by_id["fesco"].name == "Far Eastern Bakeries"


def test_names_are_screened_against_the_same_entries_that_plans_are(feed):
    """A decision is bound to the entry as it stands: of a plan and of `landbridge screen --feed` it has to be the same one."""
    joined = join_world_places(feed, ("Tashkent", "Minsk"))
    held = hold_law(feed)
    assert {one.entry_id: one.content_hash for one in feed_entries(held)} == {
        one.entry_id: one.content_hash for one in feed_entries(joined)
    }
    assert {one.origin for one in planner.show_lists(feed)} >= {"feed world"}


def test_the_shipped_feed_holds_that_law_itself():
    feed = lb.load("belarus-pakistan")
    joined = join_world_places(feed, ("Riga", "Almaty"))
    assert joined.watchlist == feed.watchlist
    assert joined.info == feed.info
    assert {row.rule_class for row in joined.rules if row not in feed.rules and not row.place_ids} <= {"transport"}
    held = hold_law(feed)
    assert (held.watchlist, held.parties, held.info) == (feed.watchlist, feed.parties, feed.info)
    assert held.regimes[: len(feed.regimes)] == feed.regimes
    assert all(row.origin_countries and row.destination_countries for row in held.rules if row not in feed.rules)
    assert list(say_own_copies(feed, load_world_feed())) == []
