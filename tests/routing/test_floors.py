"""Bounds held to a plain search: whatever the order in which nodes are looked at, the sums are the same."""

import numpy as np
from benchmarks.continent import draw_queries, generate_continent

from landbridge.graph.planning_graph import compile_graph
from landbridge.routing import label_search, terrain
from landbridge.routing.floors import floors_to, floors_with_risk, in_order
from landbridge.routing.front import find_front
from landbridge.routing.label_search import LabelSearch
from landbridge.routing.network import sums_from
from landbridge.routing.scene import Scene
from landbridge.terms.terms import Terms


def calls(monkeypatch, name, module, queries=2):
    """The arguments with which a search asks for bounds."""
    dataset = generate_continent(60)
    seen = []
    for query in draw_queries(dataset, queries):
        with monkeypatch.context() as patch:
            wanted = getattr(module, name)
            patch.setattr(module, name, lambda *rest, wanted=wanted: seen.append(rest) or wanted(*rest))
            find_front(LabelSearch(Scene(compile_graph(dataset), Terms(dataset, query))))
    assert seen
    return seen


def test_an_order_of_ranks():
    ranks = np.random.default_rng(1).random(500)
    ranks[[3, 77]] = np.inf
    order = in_order(ranks)
    assert sorted(order) == list(range(500))
    assert set(order[-2:]) == {3, 77}
    assert (np.diff(np.floor(ranks[order[:-2]] * 4095 / ranks[order[:-2]].max())) >= 0).all()
    assert list(in_order(np.zeros(3))) == [0, 1, 2]
    assert len(in_order(np.empty(0))) == 0


def least_over(ways, least):
    """The least sums over all edges, from the values at their tails on, made less until none becomes less."""
    tails = np.repeat(np.arange(len(ways.first) - 1), np.diff(ways.first))
    while True:
        before = least.copy()
        for c in range(least.shape[1]):
            np.minimum.at(least[:, c], ways.other, least[tails, c] + ways.sums[:, c])
        if (before == least).all():
            return least


def test_sums_from_a_node_are_those_of_a_plain_search(monkeypatch):
    for source, ways, fewer in calls(monkeypatch, "sums_from", terrain):
        least = np.full((len(ways.first) - 1, 4), np.inf)
        least[source] = 0.0
        least = least_over(ways, least)
        for node in np.flatnonzero(fewer >= 0):
            least[node] = np.minimum(least[node], least[fewer[node]])
        assert 0.1 < np.isfinite(least).mean() < 1
        np.testing.assert_allclose(sums_from(source, ways, fewer), least, rtol=1e-12)


def test_sums_of_the_whole_network_are_those_of_a_field_of_all_nodes(monkeypatch):
    """In the field moves are weighed one by one, and the order is another."""
    fields = calls(monkeypatch, "bound_field", label_search)
    for tables, ask, network, _, _, found in fields:
        everywhere = np.ones(len(network.is_kept), np.int8)
        field = terrain.bound_field(tables, ask, network, everywhere, network.weights, found)
        assert (network.edges.is_through == 1).any()
        assert 0.1 < np.isfinite(found.back).mean() <= 1
        np.testing.assert_allclose(found.back, field.plain[0], rtol=1e-12)


def test_no_order_changes_a_sum(monkeypatch):
    draw = np.random.default_rng(2)
    for *rest, order in calls(monkeypatch, "floors_to", terrain):
        wanted = floors_to(*rest, order)
        assert np.isfinite(wanted).any()
        for _ in range(3):
            np.testing.assert_array_equal(floors_to(*rest, draw.permutation(order)), wanted)


def test_no_order_changes_a_sum_with_risk(monkeypatch):
    from landbridge.routing import floors

    draw, finite = np.random.default_rng(3), 0
    for rest in calls(monkeypatch, "floors_with_risk", label_search):
        wanted = floors_with_risk(*rest)
        finite += np.isfinite(wanted).sum()
        with monkeypatch.context() as patch:
            patch.setattr(floors, "in_order", lambda ranks: draw.permutation(len(ranks)).astype(np.int32))
            np.testing.assert_array_equal(floors_with_risk(*rest), wanted)
        units = wanted[:, -1]
        assert (units[1:] >= units[:-1]).all()  # more units, fewer ways
    assert finite
