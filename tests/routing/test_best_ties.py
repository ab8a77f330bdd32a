"""Of ways that are equally fast or clean, the best by time or CO2e is the cheapest, as among plans."""

from dataclasses import replace

import pytest

from landbridge.graph.planning_graph import compile_graph
from landbridge.routing.answer import search_best, search_plans
from tests.properties.random_feed import random_dataset, random_question

SEEDS = 250
ORDERS = {
    "cost": lambda row: (row.cost_cents, row.duration_min, row.emission_g_co2e),
    "time": lambda row: (row.duration_min, row.cost_cents, row.emission_g_co2e),
    "co2e": lambda row: (row.emission_g_co2e, row.cost_cents),
}


@pytest.mark.parametrize("by", ORDERS)
def test_the_best_of_a_pair_is_beaten_by_no_plan(by):
    """On small random corridors, many of whose ways tie."""
    compared = 0
    for seed in range(SEEDS):
        feed = random_dataset(seed)
        graph, query = compile_graph(feed), replace(random_question(seed), tolerance_percent=0)
        best, is_complete = search_best(graph, query, by)
        plans = search_plans(graph, query)[0]
        assert (best is None) == (not plans)
        if best is not None:
            compared += 1
            assert is_complete
            assert ORDERS[by](best) == min(map(ORDERS[by], plans)), f"seed {seed}"
    assert compared > SEEDS // 4
