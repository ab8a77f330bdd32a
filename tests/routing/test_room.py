"""Room for labels, answers and corners grows as it must: little room at first changes nothing."""

import pytest
from benchmarks.continent import draw_queries, generate_continent

from landbridge.graph.planning_graph import compile_graph
from landbridge.routing import label_search
from landbridge.routing.answer import search_plans
from tests.properties.random_feed import random_dataset, random_question


@pytest.mark.parametrize("seed", range(30))
def test_a_search_with_little_room_finds_the_same(seed, monkeypatch):
    graph, query = compile_graph(random_dataset(seed)), random_question(seed)
    wanted = search_plans(graph, query)
    monkeypatch.setattr(label_search, "_FIRST_ROOM", 2)
    monkeypatch.setattr(label_search, "_FIRST_FOUND", 1)
    assert search_plans(graph, query) == wanted


def test_so_does_a_search_with_many_answers(monkeypatch):
    dataset = generate_continent(60)
    graph = compile_graph(dataset)
    for query in draw_queries(dataset, 3):
        wanted = search_plans(graph, query)
        assert len(wanted[0]) > 5
        with monkeypatch.context() as little:
            little.setattr(label_search, "_FIRST_ROOM", 2)
            little.setattr(label_search, "_FIRST_FOUND", 1)
            assert search_plans(graph, query) == wanted
