"""What plans are compared with, held to enumeration; no way is looked for where bounds say that it is far round."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import pytest

from landbridge import planner
from landbridge.graph.planning_graph import compile_graph
from landbridge.routing import elsewhere
from landbridge.routing.answer import search_itineraries
from landbridge.routing.gateway import list_gateways
from landbridge.routing.groundwork import set_scene
from landbridge.routing.label_search import LabelSearch
from landbridge.routing.scene import Scene
from landbridge.terms.terms import Terms
from tests.corridor import question, tiny_corridor
from tests.properties.random_feed import random_dataset, random_question
from tests.routing.reference import Enumeration

CHUNKS, PER_CHUNK = 4, 60


def cases(chunk):
    for seed in range(chunk * PER_CHUNK, (chunk + 1) * PER_CHUNK):
        yield seed, compile_graph(random_dataset(seed)), replace(random_question(seed), tolerance_percent=0)


def enumerate_through(graph, query, gateway):
    scene = Scene(graph, Terms(graph.dataset, query))
    return [
        (row.cost, row.minute - scene.ready_at, row.emission)
        for row in Enumeration(scene, vias=(*query.via, gateway), with_unconfirmed=True).run()
    ]


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_no_way_is_less_than_its_bounds(chunk):
    tight = 0
    for seed, graph, query in cases(chunk):
        scene, groundwork = set_scene(graph, query)
        search = LabelSearch(scene, groundwork)
        for gateway in list_gateways(graph):
            ways = enumerate_through(graph, query, gateway)
            bounds = search.least_sums((*query.via, gateway))
            for criterion, bound in enumerate(bounds):
                least = min((row[criterion] for row in ways), default=math.inf)
                assert bound <= least * (1 + 1e-9), (seed, gateway, criterion)
                tight += bound > least * 0.9 and not math.isinf(least)
    assert tight > 20, "bounds that say nothing would hold too"


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_what_is_far_round_is_so_by_enumeration(chunk, monkeypatch):
    """As if once as much, not twice, were far round, which is so in many random feeds."""
    monkeypatch.setattr(elsewhere, "TIMES_ROUND", 1)
    far = 0
    for seed, graph, query in cases(chunk):
        result = search_itineraries(graph, query)
        shown = {row.gateway for row in result.compared}
        for row in result.rejected:
            if row.status == "far_round":
                plans = [(one.cost_cents, one.duration_min, one.emission_g_co2e) for one in result.itineraries]
                least = [min(values) for values in zip(*plans, strict=True)]
                ways = enumerate_through(graph, query, row.gateway)
                assert all(all(way[i] >= least[i] for i in range(3)) for way in ways), (seed, row)
                assert row.gateway not in shown
                far += 1
    assert far > 5


def test_a_search_that_stops_says_so(monkeypatch):
    find = elsewhere.find_best_through
    tiny = tiny_corridor()
    graph = compile_graph(replace(tiny, statuses=tiny.statuses[1:]))
    (whole,) = search_itineraries(graph, question()).compared
    monkeypatch.setattr(elsewhere, "find_best_through", lambda *asked: (find(*asked)[0], False))
    (stopped,) = search_itineraries(graph, question()).compared
    assert stopped == replace(whole, reason=whole.reason + "; the search stopped at 30,000 labels, there may be a better way through it")


def test_st_petersburg_is_far_round_between_lahore_and_islamabad():
    feed = planner.load_feed("belarus-pakistan")[0]
    plan = planner.plan_shipment(feed, planner.ask(feed, planner.Question(origin="Lahore", destination="Islamabad", exact=False)))
    assert not any(row.gateway == "RUULU" for row in (*plan.compared, *plan.matrix))
    (told,) = [row for row in plan.rejected if row.gateway == "RUULU"]
    found = re.fullmatch(
        r"far round: no way costs less than ([\d.]+) times the cheapest plan or takes less than ([\d.]+) times the fastest", told.reason
    )
    assert told.status == "far_round"
    assert all(float(times) >= elsewhere.TIMES_ROUND for times in found.groups())


def test_want_of_evidence_is_no_reason_where_plans_have_none_either():
    beside = {}
    for name, ends in (("confirmed", ("Minsk", "Lahore")), ("unconfirmed", ("Shanghai", "Nairobi"))):
        feed = planner.load_feed("belarus-pakistan")[0]
        feed, query = planner.join_question(feed, planner.Question(origin=ends[0], destination=ends[1], exact=False))
        plan = planner.plan_shipment(feed, query)
        assert {one.is_confirmed for one in plan.itineraries} == {name == "confirmed"}
        beside[name] = [row for row in plan.compared if not row.itinerary.is_confirmed]
    assert all("unconfirmed: " in row.reason for row in beside["confirmed"])
    assert not any("unconfirmed" in row.reason for row in beside["unconfirmed"])
    assert all(beside.values())
