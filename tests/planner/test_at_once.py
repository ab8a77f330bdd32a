"""Questions asked at once never disturb each other, and a search that stops at its bound says so."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from landbridge.graph.planning_graph import compile_graph
from landbridge.planner import plan_shipment, verify_plan
from tests.corridor import question, tiny_corridor
from tests.properties.random_feed import random_dataset, random_question

CLOSURES = ((), ("P1",), ("P2",), ("sea",), ("h1",), ("BB",), ("s0",))


@pytest.mark.parametrize("seed", [5, 21, 63])
def test_threads_with_different_closures_give_what_each_gives_alone(seed):
    """Eight questions at once on one feed, and on one graph of it, three times over."""
    dataset = random_dataset(seed)
    queries = [replace(random_question(seed), via=(), due_on=None, avoid=avoid) for avoid in CLOSURES if avoid != ("BB",)]
    alone = [plan_shipment(random_dataset(seed), query) for query in queries]
    with ThreadPoolExecutor(max_workers=4) as pool:
        for _ in range(3):
            assert list(pool.map(lambda query: plan_shipment(dataset, query), queries)) == alone
    assert len({tuple(plan.itineraries) for plan in alone}) > 1  # the closures make a difference


def test_closures_of_one_question_do_not_stay_for_the_next():
    dataset = tiny_corridor()
    before = plan_shipment(dataset, question(tolerance_percent=0))
    assert plan_shipment(dataset, question(tolerance_percent=0, avoid=("ship",))) != before
    assert plan_shipment(dataset, question(tolerance_percent=0)) == before
    assert compile_graph(dataset) == compile_graph(tiny_corridor())


@pytest.mark.parametrize("most", [2, 4, 8, 12])
def test_a_search_that_stops_at_its_bound_says_so_and_its_plans_are_feasible(most):
    dataset = tiny_corridor()
    plan = plan_shipment(dataset, question(tolerance_percent=0, max_labels=most))
    codes = {one.code for one in plan.findings}
    assert plan.is_complete == ("SEARCH-BOUND" not in codes)
    if not plan.is_complete:
        assert str(most) in next(one.message for one in plan.findings if one.code == "SEARCH-BOUND")
    assert not [one for one in verify_plan(dataset, plan) if not one.where.startswith("is_complete")]


def test_the_smallest_bound_is_hit():
    assert not plan_shipment(tiny_corridor(), question(tolerance_percent=0, max_labels=2)).is_complete


def test_an_empty_network_is_told_at_once():
    bare = replace(tiny_corridor(), services=(), stops=(), links=())
    plan = plan_shipment(bare, question())
    assert not plan.itineraries
    assert [one.message for one in plan.findings if one.code == "PLACE-ISLAND"] == [
        "nothing in the feed leaves AA: no service, no haulage", "nothing in the feed reaches BB: no service, no haulage",
    ]  # fmt: skip
    assert not [one for one in plan_shipment(tiny_corridor(), question()).findings if one.code == "PLACE-ISLAND"]
