"""The search finds what an enumeration without dominance and without bounds finds."""

from __future__ import annotations

import pytest

from landbridge.graph.planning_graph import compile_graph
from landbridge.routing.itinerary import ItineraryMaker
from landbridge.routing.label_search import LabelSearch
from landbridge.routing.replay import Replay
from landbridge.routing.scene import Scene
from landbridge.terms.terms import Terms
from tests.properties.random_feed import random_dataset, random_question
from tests.routing.reference import Enumeration

CHUNKS, PER_CHUNK = 24, 100
WEIGHTS = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0), (1.0, 0.7, 0.0), (1.0, 3.0, 0.2))


def values_of(answers):
    return [(row.cost, row.minute, row.emission) for row in answers]


def least(values, weights):
    return min((sum(weight * value for weight, value in zip(weights, row, strict=True)) for row in values), default=None)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_search_equals_enumeration(chunk):
    """On thousands of random feeds both give the same Pareto set over cost, arrival and CO2e, and the same best by one sum."""
    found = 0
    for seed in range(chunk * PER_CHUNK, (chunk + 1) * PER_CHUNK):
        graph, query = compile_graph(random_dataset(seed)), random_question(seed)
        scene = Scene(graph, Terms(graph.dataset, query))
        search = LabelSearch(scene)
        replay, maker = Replay(scene, search), ItineraryMaker(scene)
        for unconfirmed in (False, True):
            quick, is_complete = search.search(vias=query.via, with_unconfirmed=unconfirmed)
            slow = values_of(Enumeration(scene, vias=query.via, with_unconfirmed=unconfirmed).run())
            assert is_complete
            assert values_of(quick) == slow, f"seed {seed}, unconfirmed {unconfirmed}"
            for weights in WEIGHTS:
                best, _ = search.search(vias=query.via, with_unconfirmed=unconfirmed, weights=weights)
                assert least(values_of(best), weights) == least(slow, weights), f"seed {seed}, weights {weights}"
            known = [one for weights in WEIGHTS for one in search.search(vias=query.via, with_unconfirmed=unconfirmed, weights=weights)[0]]
            seeded, _ = search.search(vias=query.via, with_unconfirmed=unconfirmed, known=known)
            assert values_of(seeded) == slow, f"seed {seed}: what is known already changes nothing"
            found += len(quick)
            for answer in quick:
                itinerary = maker.make(replay.arrival(answer))
                assert sum(item.cost_cents for item in itinerary.items) == itinerary.cost_cents == answer.cost
                assert sum(leg.emission_g_co2e for leg in itinerary.legs) == itinerary.emission_g_co2e == answer.emission
    assert found > PER_CHUNK // 2  # the feeds are not all without a way
