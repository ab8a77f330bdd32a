"""Nodes that are left out of the bounds: no label of a search that has all of them comes to one, and the answers are the same."""

import numpy as np
import pytest
from benchmarks.continent import draw_queries, generate_continent

from landbridge.graph.planning_graph import compile_graph
from landbridge.routing import label_search, network
from landbridge.routing.bounds import Edges
from landbridge.routing.groundwork import lay_groundwork
from landbridge.routing.label_search import LabelSearch
from landbridge.routing.living import between_living, stand_ins
from landbridge.routing.scene import Scene
from landbridge.routing.search_state import N_LABELS, NODE
from landbridge.terms.terms import Terms
from tests.properties.random_feed import random_dataset, random_question


def scenes():
    for seed in range(60):
        dataset = random_dataset(seed)
        yield Scene(compile_graph(dataset), Terms(dataset, random_question(seed)))
    for roads in ("access", "everywhere"):
        dataset = generate_continent(60, roads=roads)
        for query in draw_queries(dataset, 3):
            yield Scene(compile_graph(dataset), Terms(dataset, query))


def test_every_label_comes_to_a_node_that_another_or_itself_stands_for(monkeypatch):
    dropped, labels = 0, 0
    for scene in scenes():
        groundwork = lay_groundwork(scene)
        wanted = LabelSearch(scene, groundwork).search()
        told = {}
        groundwork.networks.clear()
        with monkeypatch.context() as patch:
            patch.setattr(network, "stand_ins", lambda edges, in_first, told=told: all_of(told, edges, in_first))
            patch.setattr(label_search, "search_labels", noting(label_search.search_labels, told))
            assert LabelSearch(scene, groundwork).search() == wanted
        if "nodes" not in told:
            continue  # the law forbids the shipment
        found = told["found"]
        assert (found[told["nodes"]] >= 0).all()
        dropped += (found < 0).sum()
        labels += len(told["nodes"])
    assert dropped > 1_000
    assert labels > 3_000


def test_a_tired_driver_is_bound_like_one_less_tired_where_only_such_a_one_must_come():
    """Places A (nodes 0) and B (1, 2); a run to B (3 to 10): from A with a third of the hours driven, at home, node 6."""
    pairs = [(0, 6), (4, 2), (6, 2), (8, 2), (10, 2)]
    ends = np.array([end for _, end in pairs])
    order = np.argsort(ends, kind="stable")
    none = np.zeros(len(pairs), np.int8)
    edges = Edges(
        first=np.searchsorted(ends[order], np.arange(12)),
        start=np.array([start for start, _ in pairs], np.int32)[order],
        values=np.zeros((len(pairs), 3)),
        ref=np.zeros(len(pairs), np.int32),
        risk=np.zeros((len(pairs), 3), np.int64),
        waits=none,
        is_through=none,
    )
    found = stand_ins(edges, np.array([0, 1, 3], np.int32))
    assert found.tolist() == [0, 1, 2, -1, -1, -1, 6, -1, 6, -1, 6]
    left, rank = between_living(edges, found)
    assert rank.tolist() == [0, 1, 2, -1, -1, -1, 3, -1, 3, -1, 3]
    assert left.first.tolist() == [0, 0, 0, 1, 2]
    assert left.start.tolist() == [3, 0]


def all_of(told, edges, in_first):
    """Every node stands for itself, as if none were left out."""
    told["found"] = stand_ins(edges, in_first)
    return np.arange(len(told["found"]), dtype=np.int32)


def noting(search_labels, told):
    def search(flat, ask, state, most):
        done = search_labels(flat, ask, state, most)
        nodes = state.labels[: state.counters[N_LABELS], NODE]
        told["nodes"] = np.concatenate((told.get("nodes", nodes[:0]), nodes))
        return done

    return search


def test_edges_between_living_nodes_are_kept_as_they_are():
    dataset = generate_continent(60)
    scene = Scene(compile_graph(dataset), Terms(dataset, draw_queries(dataset, 1)[0]))
    search = LabelSearch(scene)
    told = {}

    def between(edges, stands_in):
        told["all"], told["stands_in"] = edges, stands_in
        told["left"] = between_living(edges, stands_in)
        return told["left"]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(network, "between_living", between)
        search.search(weights=(1.0, 0.0, 0.0))
    lives = told["stands_in"] == np.arange(len(told["stands_in"]))
    whole, (left, rank) = rows(told["all"]), told["left"]
    left = rows(left)
    assert left == [(rank[row[0]], rank[row[1]], *row[2:]) for row in whole if lives[row[0]] and lives[row[1]]]
    assert 0 < len(left) < 0.7 * len(whole)


def rows(edges):
    ends = np.repeat(np.arange(len(edges.first) - 1), np.diff(edges.first))
    columns = zip(edges.start, ends, edges.ref, edges.waits, edges.is_through, edges.values, edges.risk, strict=True)
    return [(*row[:5], *row[5], *row[6]) for row in columns]
