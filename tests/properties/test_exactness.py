"""The search finds what an enumeration without dominance and without bounds finds."""

from __future__ import annotations

import heapq

import pytest

from landbridge.graph.planning_graph import compile_graph
from landbridge.routing.extreme import ExtremeSearch
from landbridge.routing.itinerary import ItineraryMaker
from landbridge.routing.label import Label
from landbridge.routing.scene import Scene
from landbridge.routing.search import Search
from landbridge.terms.terms import Terms
from tests.properties.random_feed import random_dataset, random_question

CHUNKS, PER_CHUNK = 24, 100


class Enumeration(Search):
    """The same moves, but every label is kept and followed: nothing is compared before the destination."""

    def _push(self, label: Label) -> None:
        self._count += 1
        heapq.heappush(self._heap, (0.0, 0, self._count, label))

    def _is_hopeless(self, label: Label) -> bool:
        return False


def _values(arrivals):
    return [(row.cost, row.minute, row.emission) for row in arrivals]


def _least(arrivals, weights):
    return min((sum(weight * value for weight, value in zip(weights, values, strict=True)) for values in _values(arrivals)), default=None)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_search_equals_enumeration(chunk):
    """On thousands of random feeds both give the same Pareto set over cost, arrival and CO2e, and the same best by one sum."""
    found = 0
    for seed in range(chunk * PER_CHUNK, (chunk + 1) * PER_CHUNK):
        graph, query = compile_graph(random_dataset(seed)), random_question(seed)
        for unconfirmed in (False, True):
            scene = Scene(graph, Terms(graph.dataset, query))
            quick = Search(scene, vias=query.via, with_unconfirmed=unconfirmed).run()
            slow = Enumeration(scene, vias=query.via, with_unconfirmed=unconfirmed).run()
            assert _values(quick) == _values(slow), f"seed {seed}, unconfirmed {unconfirmed}"
            for weights in ((1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 0.7, 0)):
                best = ExtremeSearch(scene, weights, vias=query.via, with_unconfirmed=unconfirmed).run()
                assert _least(best, weights) == _least(slow, weights), f"seed {seed}, weights {weights}"
            found += len(quick)
            maker = ItineraryMaker(scene)
            for arrival in quick:
                itinerary = maker.make(arrival)
                assert sum(item.cost_cents for item in itinerary.items) == itinerary.cost_cents
                assert sum(leg.emission_g_co2e for leg in itinerary.legs) == itinerary.emission_g_co2e
    assert found > PER_CHUNK // 2  # the feeds are not all without a way
