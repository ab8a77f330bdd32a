"""Where ways of the world stand beside those of a feed, confirmed services that lead far round are not the only plans."""

from dataclasses import replace

import pytest

from landbridge.domain.source import WORLD_SOURCE_ID, Source
from landbridge.graph.planning_graph import compile_graph
from landbridge.planner.shipment import plan_shipment
from landbridge.routing import answer, far_round
from landbridge.routing.answer import search_best, search_plans
from landbridge.routing.best_way import BestWays
from landbridge.routing.scene import Scene
from landbridge.terms.terms import Terms
from tests.corridor import minutes, question, tiny_corridor, usd
from tests.properties.random_feed import random_dataset, random_question
from tests.routing.reference import Enumeration

CHUNKS, PER_CHUNK = 4, 150
WORLD = Source(source_id=WORLD_SOURCE_ID, row="", title="Ways of the world", publisher="landbridge", grade="D")


def beside_world(dataset):
    """A feed as if some of its ways were made from the atlas."""
    return replace(dataset, sources=(*dataset.sources, WORLD))


def values_of(itineraries):
    return [(one.cost_cents, one.duration_min, one.emission_g_co2e) for one in itineraries]


def enumerate_ways(scene, query, *, with_unconfirmed):
    found = Enumeration(scene, vias=query.via, with_unconfirmed=with_unconfirmed).run()
    return [(row.cost, row.minute - scene.ready_at, row.emission) for row in found]


def is_beaten(all_ways, sure):
    cents, minutes = (min(row[i] for row in sure) for i in (0, 1))
    return any(row[0] <= cents and row[1] <= minutes for row in all_ways)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_plans_are_what_enumeration_finds(chunk, monkeypatch):
    """As if once as much, not twice, were far round, which is so in many random feeds."""
    monkeypatch.setattr(far_round, "TIMES_ROUND", 1)
    far = 0
    for seed in range(chunk * PER_CHUNK, (chunk + 1) * PER_CHUNK):
        alone, query = random_dataset(seed), replace(random_question(seed), tolerance_percent=0)
        graph = compile_graph(beside_world(alone))
        scene = Scene(graph, Terms(graph.dataset, query))
        sure, every = (enumerate_ways(scene, query, with_unconfirmed=one) for one in (False, True))
        is_far = bool(sure) and is_beaten(every, sure)
        expected = every if is_far or not sure else sure
        assert values_of(search_plans(graph, query)[0]) == expected, seed
        assert values_of(search_plans(compile_graph(alone), query)[0]) == (sure or every), f"seed {seed}: a feed alone"
        for by, index in (("cost", 0), ("time", 1), ("co2e", 2)):
            best, _ = search_best(graph, query, by)
            assert (best and values_of([best])[0][index]) == min((row[index] for row in expected), default=None), (seed, by)
        best = BestWays(graph, query).find()
        assert (best is None) == (not expected)
        assert best is None or values_of([best])[0] in expected, seed
        far += is_far
    assert far > 5


def ask_tiny(wait_days, fee, *, is_beside=True):
    """A truck over a slow and dear border, and a ship of which nobody knows whether it runs, for 840 USD in 14.6 days."""
    dataset = tiny_corridor()
    crossings = tuple(replace(row, wait_min=minutes(wait_days * 1440), fee=usd(fee)) for row in dataset.crossings)
    dataset = replace(dataset, crossings=crossings, statuses=dataset.statuses[1:])
    return plan_shipment(beside_world(dataset) if is_beside else dataset, question(tolerance_percent=0))


@pytest.mark.parametrize(("wait_days", "fee", "cents", "days"), [(29, 0, "1,202", "29.9"), (14, 478, "1,680", "14.9")])
def test_at_half_of_one_the_way_without_evidence_is_a_plan(wait_days, fee, cents, days):
    plan = ask_tiny(wait_days, fee)
    assert [(one.cost_cents, one.is_confirmed) for one in plan.itineraries] == [(84_000, False)]
    (told,) = [row.message for row in plan.findings if row.code == "CONFIRMED-FAR-ROUND"]
    assert f"at least {cents} USD" in told
    assert f"at least {days} days" in told
    assert not {"ONLY-UNCONFIRMED", "UNCONFIRMED-BETTER"} & {row.code for row in plan.findings}


@pytest.mark.parametrize(
    "asked",
    [
        {"wait_days": 28, "fee": 477},
        {"wait_days": 13, "fee": 478},
        {"wait_days": 29, "fee": 478, "is_beside": False},
    ],
    ids=["half of neither", "faster", "a feed alone"],
)
def test_it_is_compared_elsewhere(asked):
    plan = ask_tiny(**asked)
    assert [one.is_confirmed for one in plan.itineraries] == [True]
    assert [row.itinerary.cost_cents for row in plan.compared] == [84_000]
    assert "CONFIRMED-FAR-ROUND" not in {row.code for row in plan.findings}


def test_a_second_search_that_finds_nothing_within_its_bound_leaves_the_confirmed_plans(monkeypatch):
    ask = answer.find_front
    monkeypatch.setattr(answer, "find_front", lambda *one, **asked: ([], False) if asked.get("with_unconfirmed") else ask(*one, **asked))
    plan = ask_tiny(29, 478)
    assert [one.is_confirmed for one in plan.itineraries] == [True]
    assert not plan.is_complete
    assert "CONFIRMED-FAR-ROUND" not in {row.code for row in plan.findings}


def test_plans_of_confirmed_services_that_lead_far_round_are_not_looked_for(monkeypatch):
    """From Kunduz to Mumbai they cost 15,900 USD and take 55 days; to find them all took minutes, to be thrown away."""
    asked = []
    ask = answer.find_front
    monkeypatch.setattr(answer, "find_front", lambda *one, **how: asked.append(how.get("with_unconfirmed", False)) or ask(*one, **how))
    assert "CONFIRMED-FAR-ROUND" in {row.code for row in ask_tiny(29, 478).findings}
    assert asked == [True]
    ask_tiny(13, 478)
    assert asked == [True, False]
