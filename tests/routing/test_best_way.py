"""One set of tables for many closures and positions gives what a question of its own gives."""

from dataclasses import replace
from datetime import timedelta

from landbridge.domain.rule import Rule
from landbridge.graph.planning_graph import compile_graph
from landbridge.planner.shipment import plan_shipment
from landbridge.routing.best_way import BestWays
from tests.corridor import S, question, tiny_corridor
from tests.properties.random_feed import random_dataset, random_question

FEEDS = range(700_000, 700_030)


def things_of(way):
    return {one for leg in way.legs for one in (leg.service_id, *leg.calls, *leg.borders, *leg.passages)}


def test_each_closure_is_answered_as_a_question_of_its_own():
    """Random feeds: everything on the best way closed in turn; the same itinerary comes out as from tables made with it closed."""
    asked = 0
    for seed in FEEDS:
        dataset = random_dataset(seed)
        query, graph = random_question(seed), compile_graph(dataset)
        ways = BestWays(graph, query)
        best = ways.find()
        for one in sorted(things_of(best)) if best is not None else ():
            if one not in (query.origin_id, query.destination_id):
                asked += 1
                assert ways.find(avoid=(one,)) == BestWays(graph, replace(query, avoid=(*query.avoid, one))).find(), (seed, one)
        assert ways.find() == best
    assert asked > 50


def test_the_best_is_the_balanced_plan():
    plan = plan_shipment(tiny_corridor(), question())
    (balanced,) = (one for one in plan.itineraries if "balanced" in one.labels)
    assert BestWays(compile_graph(tiny_corridor()), question()).find() == replace(balanced, labels=())


def test_goods_under_way_go_on_from_where_they_are():
    ways = BestWays(compile_graph(tiny_corridor()), question())
    whole = ways.find()
    begin = whole.departs_at + timedelta(days=3, minutes=7)
    rest = ways.find(origin_id="AX", ready_at=begin)
    assert rest.legs[0].from_id == "AX"
    assert rest.legs[-1].to_id == question().destination_id
    assert rest.departs_at >= begin


def test_the_law_stays_that_of_where_the_goods_come_from():
    """Trucks B may not carry goods of AA: goods of AA that stand in BB by now are still goods of AA, and go no other way."""
    ban = Rule(
        rule_id="ban", title="no goods of AA", effect="prohibit", rule_class="transport", regime_id="BB", status="in_force", scope="leg",
        origin_countries=("AA",), haulage_ids=("hb",), **S,
    )  # fmt: skip
    begin = BestWays(compile_graph(tiny_corridor()), question()).find().departs_at
    free, banned = (BestWays(compile_graph(replace(tiny_corridor(), rules=rules)), question()) for rules in ((), (ban,)))
    assert free.find(origin_id="BX", ready_at=begin).legs[0].service_id == "hb"
    assert banned.find(origin_id="BX", ready_at=begin) is None
