"""The part of a network that is left for a question: the answers are those of all of it."""

import numpy as np
import pytest
from benchmarks.continent import draw_queries, generate_continent
from benchmarks.routing import Load

from landbridge.graph.planning_graph import compile_graph
from landbridge.routing import label_search
from landbridge.routing.front import find_front
from landbridge.routing.label_search import LabelSearch
from landbridge.routing.scene import Scene
from landbridge.terms.terms import Terms
from tests.properties.random_feed import random_dataset, random_question


def values(found):
    return [(one.cost, one.minute, one.emission) for one in found]


@pytest.mark.parametrize("roads", ["access", "everywhere"])
def test_fewer_nodes_give_the_same_answers(roads, monkeypatch):
    dataset = generate_continent(120, roads=roads)
    asked = draw_queries(dataset, 8)
    load = Load(compile_graph(dataset), asked[0])
    sizes = []
    narrow_field = label_search.narrow_field

    def narrow(field, *rest):
        kept = narrow_field(field, *rest)
        assert set(kept.nodes) <= set(field.nodes)
        sizes.append((len(field.nodes), len(kept.nodes)))
        return kept

    def keep_all(field, *rest):
        *before, corners = rest
        return narrow_field(field, *before, np.full((1, corners.shape[1]), np.inf))

    for query in asked:
        with monkeypatch.context() as patch:
            patch.setattr(label_search, "narrow_field", narrow)
            found, is_done = find_front(load.search(query)[0])
        with monkeypatch.context() as patch:
            patch.setattr(label_search, "narrow_field", keep_all)
            patch.setattr(label_search, "in_open_region", lambda is_kept, *_: np.ones(len(is_kept), np.int8))
            wanted, _ = find_front(load.search(query)[0])
        assert is_done
        assert values(found) == values(wanted)
    before, after = np.array(sizes).sum(axis=0)
    assert after < 0.8 * before


def test_a_corner_that_is_open_to_a_side_is_bounded_by_the_sums_that_leave_it_out():
    """A weight of 0 times an infinite side is no number, and no label was ever beyond it."""
    dataset = generate_continent(60)
    query = draw_queries(dataset, 1)[0]
    search = LabelSearch(Scene(compile_graph(dataset), Terms(dataset, query)))
    seen = []
    corners_of = LabelSearch._corners

    def noting(self, *rest):
        seen.append(corners_of(self, *rest))
        return seen[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LabelSearch, "_corners", noting)
        find_front(search)
    corners = np.concatenate(seen[1:])
    assert np.isinf(corners[:, :3]).any()
    assert not np.isnan(corners).any()
    assert np.isfinite(corners[:, 4:][np.isinf(corners[:, :3]).any(axis=1)]).any()


def test_a_single_sum_that_makes_many_labels_is_bounded_by_leads_too(monkeypatch):
    for seed in range(40):
        dataset = random_dataset(seed)
        search = LabelSearch(Scene(compile_graph(dataset), Terms(dataset, random_question(seed))))
        for weights in search.first_weights():
            wanted = search.search(weights=weights)
            with monkeypatch.context() as patch:
                patch.setattr(label_search, "_SIMPLE_LABELS", 1)
                found = search.search(weights=weights)
            assert [values(found[0]), found[1]] == [values(wanted[0]), wanted[1]]


def test_a_narrowed_corridor_keeps_the_best_single_sum(monkeypatch):
    """What a search of 1,000 labels has found bounds the nodes of the second one."""
    dataset = generate_continent(120)
    asked = draw_queries(dataset, 6)
    load = Load(compile_graph(dataset), asked[0])
    within_limit, sizes, is_smaller = label_search.within_limit, [], []

    def noting(*rest):
        inside = within_limit(*rest)
        sizes.append(inside.sum())
        return inside

    for query in asked:
        wanted = [load.search(query)[0].search(weights=weights) for weights in load.search(query)[0].first_weights()]
        for weights, (best, is_done) in zip(load.search(query)[0].first_weights(), wanted, strict=True):
            sizes.clear()
            with monkeypatch.context() as patch:
                patch.setattr(label_search, "_SIMPLE_LABELS", 50)
                patch.setattr(label_search, "within_limit", noting)
                found, is_done_too = load.search(query)[0].search(weights=weights)
            assert (values(found), is_done_too) == (values(best), is_done)
            is_smaller += [later < sizes[0] for later in sizes[1:]]
    assert any(is_smaller)


def test_a_narrowed_corridor_keeps_ways_by_vias(monkeypatch):
    """In one layer for each set of vias used; without haste, which finds most of the best ways beforehand."""
    monkeypatch.setattr(LabelSearch, "_in_haste", lambda self, flat, ask, bits, chart, known, *_: known)
    runs = []
    layers_of = LabelSearch._layers
    monkeypatch.setattr(LabelSearch, "_layers", lambda self, *rest: runs.append(1) or layers_of(self, *rest))
    for seed in range(30):
        dataset = random_dataset(seed)
        search = LabelSearch(Scene(compile_graph(dataset), Terms(dataset, random_question(seed))))
        for vias in ((), ("P1",), ("P1", "P2"), *((row.haulage_id,) for row in dataset.haulage)):
            front, is_whole = search.search(vias=vias)
            for weights in (*search.first_weights(), (0.0, 1.0, 5.0), (0.5, 0.0, 1.0), (1.0, 0.3, 0.02)):
                least = min((search._weigh(one, weights) for one in front), default=None)
                for known in ((), front[-1:]):
                    with monkeypatch.context() as patch:
                        patch.setattr(label_search, "_SIMPLE_LABELS", 1 + seed % 3)
                        found, is_done = search.search(vias=vias, weights=weights, known=known)
                    assert is_whole
                    assert is_done
                    assert [search._weigh(one, weights) for one in found] == pytest.approx([] if least is None else [least])
    assert len(runs) > 50
