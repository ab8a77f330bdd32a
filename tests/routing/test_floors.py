"""Bounds held to a plain search: whatever the order in which nodes are looked at, the sums are the same."""

import numpy as np
from benchmarks.continent import draw_queries, generate_continent

from landbridge.graph.planning_graph import compile_graph
from landbridge.routing import label_search, terrain
from landbridge.routing.floors import floors_from, floors_to, floors_with_risk, in_order
from landbridge.routing.front import find_front
from landbridge.routing.label_search import LabelSearch
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


def test_sums_from_a_node_are_those_of_a_plain_search(monkeypatch):
    for edges, source, weights, order in calls(monkeypatch, "floors_from", terrain):
        plain = edges.is_through == 0  # of a through rate only its price is a move
        assert plain.any()
        found = floors_from(edges, source, weights, order)
        ends = np.repeat(np.arange(len(edges.first) - 1), np.diff(edges.first))
        least = np.full(found.shape, np.inf)
        least[source] = 0.0
        for c in range(len(weights)):
            usable = plain & (np.isfinite(edges.values[:, 0]) | (weights[c, 0] == 0))
            step = np.where(np.isfinite(edges.values), edges.values, 0.0) @ weights[c]
            by_price = ~plain & (weights[c, 0] > 0)
            step[by_price] = weights[c, 0] * edges.values[by_price, 0]
            usable |= by_price
            while True:
                before = least[:, c].copy()
                np.minimum.at(least[:, c], ends[usable], least[edges.start[usable], c] + step[usable])
                if (before == least[:, c]).all():
                    break
        np.testing.assert_allclose(found, least, rtol=1e-12)


def test_no_order_changes_a_sum(monkeypatch):
    draw = np.random.default_rng(2)
    for *rest, order in calls(monkeypatch, "floors_to", terrain):
        wanted = floors_to(*rest, order)
        assert np.isfinite(wanted).any()
        for _ in range(3):
            np.testing.assert_array_equal(floors_to(*rest, draw.permutation(order)), wanted)
    for *rest, order in calls(monkeypatch, "floors_from", terrain):
        np.testing.assert_array_equal(floors_from(*rest, draw.permutation(order)), floors_from(*rest, order))


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
