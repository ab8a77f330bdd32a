"""What a question avoids or asks for may need ways of the world; law never does."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

import landbridge as lb
from landbridge import planner
from landbridge.domain.errors import QueryError
from landbridge.domain.identity import RuleId, ServiceId
from landbridge.domain.party import WatchlistEntry
from landbridge.domain.rule import Rule
from landbridge.domain.service import ServiceStatus
from landbridge.domain.source import WORLD_SOURCE_ID as SOURCE_ID
from landbridge.planner.joined_question import _is_closed, join_query_places, join_question
from landbridge.planner.question import Question
from landbridge.planner.world.wishes import leaves_way
from landbridge.report.plan_document import document_text, parse_plan_document, plan_document
from tests.corridor import AS_OF, S, question, tiny_corridor


@pytest.fixture(scope="module")
def shipped():
    return lb.load("belarus-pakistan")


@pytest.fixture(scope="module")
def around(shipped):
    return lb.plan(shipped, "Baku", "Warsaw", avoid=("RU",), exact=False)


def saved(plan, dataset):
    return parse_plan_document(json.loads(document_text(plan_document(plan, dataset))))


def test_where_a_wish_leaves_the_feed_no_way_the_world_is_joined(around):
    assert any("GEPTI-PORT" in (leg.from_id, leg.to_id) for one in around.itineraries for leg in one.legs)
    assert not any("RU" in one.split("-") for way in around.itineraries for leg in way.legs for one in leg.borders)
    assert "WORLD-FEED" in {one.code for one in around.findings}


def test_without_the_wish_nothing_is_joined(shipped):
    for avoid in ((), ("TR",)):
        joined, _ = join_question(shipped, Question(origin="Baku", destination="Warsaw", avoid=avoid))
        assert SOURCE_ID not in joined.source_by_id  # Warsaw and the road to it alone
    assert join_question(shipped, Question(origin="Baku", destination="Almaty", avoid=("TR",)))[0] is shipped


def test_between_places_of_the_feed_that_it_joins_by_a_great_way_round_the_world_stands_beside(shipped):
    """From Baku to Turkmenbashi the feed leads around the Caspian; from Minsk to Lahore it is taken to tell what there is."""
    joined, query = join_question(shipped, Question(origin="Baku", destination="Turkmenbashi"))
    assert [stop.place_id for stop in joined.stops_by_service["line-alat-turkmenbashi"]] == ["AZBAK", "TMKRW"]
    assert join_query_places(shipped, query).digest == joined.digest
    for origin, destination in (("Baku", "Almaty"), ("Minsk", "Lahore"), ("Lahore", "Tashkent")):
        assert join_question(shipped, Question(origin=origin, destination=destination))[0] is shipped
    assert join_question(shipped, Question(origin="Baku", destination="Turkmenbashi", feed_alone=True))[0] is shipped


def test_what_screening_finds_closes_a_way_as_law_does():
    """Nothing but the ship of a listed carrier is left: not the wish but the list is the reason that there is no way."""
    feed = replace(tiny_corridor(), shipments=())
    border = {row.link_id for row in feed.links if row.border_id}
    alone = replace(feed, links=tuple(row for row in feed.links if row.link_id not in border))
    alone = replace(alone, parties=tuple(replace(row, name="Белтаможсервис") if row.party_id == "line" else row for row in feed.parties))
    entry = WatchlistEntry(
        entry_id="e", regime_id="UN", list_name="The List", program="P", name="RUE BELTAMOZHSERVICE", measure="freeze",
        listed_on=date(2020, 1, 1), **S,
    )  # fmt: skip
    assert not _is_closed(alone, question(avoid=("sea",)))
    assert _is_closed(replace(alone, watchlist=(entry,)), question(avoid=("sea",)))


def test_a_saved_plan_is_verified_against_the_feed_alone(shipped, around):
    read = saved(around, join_query_places(shipped, around.query))
    assert read.query == around.query
    assert planner.verify_plan(shipped, read) == ()
    assert planner.verify_plan(shipped, replace(read, query=replace(read.query, avoid=()))) != ()


def test_every_door_joins_the_same(shipped, around, tmp_path):
    from landbridge.planner import tasks

    told = {"feed": "belarus-pakistan", "origin": "Baku", "destination": "Warsaw", "avoid": ["RU"], "exact": False}
    served = json.loads(tasks.perform_task("plan", told, at="2026-11-28T00:00:00Z", tell=lambda _: None).document)
    assert served["dataset"]["digest"] == around.dataset_digest
    rows = tmp_path / "rows.csv"
    rows.write_text("from,to,avoid,exact\nBaku,Warsaw,RU,no\nBaku,Warsaw,RU,no\n", encoding="utf-8")
    asked = planner.BatchQuestion(
        shipments=str(rows), out=str(tmp_path / "out"), feed="belarus-pakistan", rates=None, workers=1,
        defaults=Question(origin="", destination=""),
    )  # fmt: skip
    planner.plan_batch(shipped, asked, at="2026-11-28T00:00:00Z")
    lines = [json.loads(line) for line in (tmp_path / "out").read_text(encoding="utf-8").splitlines()]
    assert {line["plan"]["dataset"]["digest"] for line in lines} == {around.dataset_digest}
    matrix = planner.find_matrix(shipped, Question(origin="", destination="", avoid=("RU",)), ("Baku",), ("Warsaw",))
    by_end = {one.destination_id: one for one in matrix.relations}
    assert by_end["PLWAW"].itinerary.cost_cents == min(one.cost_cents for one in around.itineraries)


def test_of_its_own_trade_a_feed_tells_what_there_is(shipped):
    for ends in (("Minsk", "Lahore"), ("Baku", "Minsk"), ("Lahore", "Warsaw")):
        wished = Question(origin=ends[0], destination=ends[1], avoid=("RU", "IR", "CN", "sea"))
        assert SOURCE_ID not in join_question(shipped, wished)[0].source_by_id, ends


def test_a_place_of_the_atlas_may_be_asked_for(shipped):
    plan = lb.plan(shipped, "Baku", "Warsaw", via=("Poti",), exact=False)
    assert plan.itineraries
    assert all(any(plan.query.via[0] in (leg.to_id, *leg.calls) for leg in one.legs) for one in plan.itineraries)
    assert planner.verify_plan(shipped, saved(plan, join_query_places(shipped, plan.query))) == ()
    for ends, alone in ((("Minsk", "Lahore"), False), (("Baku", "Warsaw"), True)):
        with pytest.raises(QueryError) as error:
            lb.plan(shipped, *ends, via=("Poti",), feed_alone=alone)
        assert [one.code for one in error.value.findings] == ["UNKNOWN-PLACE"]


def test_the_feed_alone_is_asked_where_that_is_told(shipped, around):
    plan = lb.plan(shipped, "Baku", "Warsaw", avoid=("RU",), feed_alone=True)
    assert plan.itineraries == ()
    assert plan.dataset_digest != around.dataset_digest
    assert "WORLD-FEED" not in {one.code for one in plan.findings}
    read = saved(plan, join_query_places(shipped, plan.query))
    assert read.query.is_feed_alone is True
    assert planner.verify_plan(shipped, read) == ()
    assert around.query.is_feed_alone is None


def test_a_feed_of_two_ports_may_be_asked_alone():
    feed = lb.load("world")
    two = replace(feed, info=replace(feed.info, name="own"), links=())
    assert join_question(two, Question(origin="CNSHA-PORT", destination="NLRTM-PORT", feed_alone=True))[0] is two
    assert join_question(two, Question(origin="CNSHA-PORT", destination="NLRTM-PORT"))[0].links
    roads = join_question(two, Question(origin="Shanghai", destination="Nairobi", feed_alone=True))[0]
    assert SOURCE_ID not in roads.source_by_id  # the towns are joined to the ports of the feed, at its own rates


def test_a_way_that_law_forbids_is_a_way_all_the_same():
    """Geography alone decides: where the road over the border is avoided the ship is left, whatever is said of it."""
    feed = replace(tiny_corridor(), shipments=())
    border = next(row.border_id for row in feed.links if row.border_id)
    assert leaves_way(feed, question(avoid=(border,)))
    assert not leaves_way(feed, question(avoid=(border, "sea")))
    assert not leaves_way(feed, question(via=("nowhere",)))
    assert leaves_way(feed, question(via=("ship", "AP")))
    assert not leaves_way(feed, question(via=("ship",), avoid=("AP",)))
    ended = ServiceStatus(status_id="e", service_id=ServiceId("ship"), status="ended", valid_from=AS_OF, source_id="s", row="test")
    assert not leaves_way(replace(feed, statuses=(*feed.statuses, ended)), question(avoid=(border,)))


_BAN = {
    "effect": "prohibit", "rule_class": "sanction", "regime_id": "UN", "status": "in_force", "known_from": date(2020, 1, 1),
    "valid_from": date(2020, 1, 1), "source_id": "landbridge", "row": "test",
}  # fmt: skip


def _forbidden(shipped, **scope):
    ban = Rule(rule_id=RuleId("ban"), title="nothing goes there", **_BAN, **scope)
    return replace(shipped, rules=(*shipped.rules, ban), digest="with a ban")


def test_what_a_measure_forbids_stays_forbidden_whatever_is_avoided(shipped):
    """A ban on all that comes to Poland: no wish adds a way around it, and the reason stays the ban."""
    feed = _forbidden(shipped, scope="shipment", destination_countries=("PL",))
    for avoid in ((), ("RU",), ("rail", "RU"), ("BY",)):
        joined, query = join_question(feed, Question(origin="Baku", destination="Warsaw", avoid=avoid, exact=False))
        assert SOURCE_ID not in joined.source_by_id, avoid
        answer = planner.plan_shipment(joined, query)
        assert answer.itineraries == ()
    plain = lb.plan(feed, "Baku", "Warsaw", exact=False)
    assert {row.rule_id for row in plain.rejected} & {"ban"}


def test_a_measure_on_the_way_that_is_left_adds_no_other(shipped):
    """Where Russia is avoided Almaty - Baku leads over the Caspian or Iran; a ban on both of them is the answer."""
    feed = _forbidden(shipped, scope="leg", countries=("IR", "TM"))
    joined, _ = join_question(feed, Question(origin="Almaty", destination="Baku", avoid=("RU",)))
    assert joined is feed


def test_what_nothing_touches_may_be_avoided(shipped):
    plan = lb.plan(shipped, "Minsk", "Smolensk", avoid=("JP", "Brazil", "UK", "Nairobi"), exact=False)
    assert plan.itineraries
    assert plan.query.avoid[:3] == ("JP", "BR", "GB")
    told = [one.message for one in plan.findings if one.code == "AVOID-UNTOUCHED"]
    assert len(told) == 1
    assert all(one in told[0] for one in plan.query.avoid)
    assert "AVOID-UNTOUCHED" not in {one.code for one in lb.plan(shipped, "Minsk", "Smolensk", avoid=("IR", "sea"), exact=False).findings}
    with pytest.raises(QueryError) as error:
        lb.plan(shipped, "Minsk", "Smolensk", avoid=("Narnia", "QQ", "JP"))
    assert [one.message for one in error.value.findings] == ["no place is clearly meant by 'Narnia'", "no place is clearly meant by 'QQ'"]


def test_a_feed_of_ones_own_may_be_called_world():
    corridor = tiny_corridor()
    feed = replace(corridor, info=replace(corridor.info, name="world"), services=(), stops=(), calendars=(), tariffs=())
    joined, query = join_question(feed, Question(origin="Casablanca", destination="Madrid"))
    assert {row.operator_id for row in joined.services}
    assert query.origin_id in joined.place_by_id
