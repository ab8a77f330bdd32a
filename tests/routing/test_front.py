"""The front, its extremes asked for at once or one after another."""

from dataclasses import replace

import pytest

from landbridge.domain.rule import Document, Rule
from landbridge.graph.planning_graph import compile_graph
from landbridge.routing import front
from landbridge.routing.answer import search_plans
from landbridge.routing.front import find_front, front_of
from landbridge.routing.label_search import LabelSearch
from landbridge.routing.scene import Scene
from landbridge.routing.steps import Answer
from landbridge.terms.terms import Terms
from tests.corridor import AS_OF, S, question, tiny_corridor
from tests.properties.random_feed import random_dataset, random_question


def searches(count):
    for seed in range(count):
        dataset = random_dataset(seed)
        yield LabelSearch(Scene(compile_graph(dataset), Terms(dataset, random_question(seed))))


def test_searches_side_by_side_find_what_they_find_one_after_another(monkeypatch):
    fronts = 0
    for search in searches(60):
        found = find_front(search)
        with monkeypatch.context() as patch:
            patch.setattr(front, "_ask_abreast", front._ask_one_by_one)
            assert find_front(search) == found
        fronts += len(found[0]) > 1
    assert fronts > 10


def test_near_enough_is_part_of_the_front():
    for search in searches(30):
        whole, _ = find_front(search)
        near, _ = find_front(search, is_near_enough=True)
        values = {(one.cost, one.minute, one.emission) for one in whole}
        assert {(one.cost, one.minute, one.emission) for one in near} <= values
        assert bool(near) == bool(whole)


def test_what_another_beats_is_not_of_the_front():
    rows = [Answer(1, 5, 5, 1, b""), Answer(2, 5, 5, 1, b""), Answer(3, 1, 5, 1, b""), Answer(1, 5, 5, 2, b"")]
    assert front_of(rows) == [rows[0], rows[3], rows[2]]


def test_an_error_in_a_search_is_not_lost(monkeypatch):
    search = next(searches(1))

    def fail(**_):
        raise ZeroDivisionError

    monkeypatch.setattr(search, "search", fail)
    with pytest.raises(ZeroDivisionError):
        find_front(search)


def test_a_search_that_stops_at_its_bound_does_not_say_that_there_is_no_way():
    stopped = 0
    for search in searches(40):
        whole, _ = find_front(search)
        for is_near_enough in (False, True):
            found, is_complete = find_front(search, max_labels=1, is_near_enough=is_near_enough)
            assert not is_complete or bool(found) == bool(whole)
            stopped += not is_complete
    assert stopped > 10


def test_near_enough_is_complete_only_if_each_search_was(monkeypatch):
    search = next(one for one in searches(10) if len(find_front(one)[0]) > 1)
    mixed = [list(one) for one in search.mixed_weights(find_front(search)[0])]
    ask = search.search

    def stopping(**asked):
        found, is_done = ask(**asked)
        return found, is_done and list(asked.get("weights", ())) != mixed[0]

    monkeypatch.setattr(search, "mixed_weights", lambda _: [tuple(one) for one in mixed])
    monkeypatch.setattr(search, "search", stopping)
    assert find_front(search, is_near_enough=True)[1] is False


def test_a_truck_that_waits_for_papers_beyond_the_last_departure_does_not_leave():
    known = {"regime_id": "BB", "status": "in_force", "rule_class": "transport", "scope": "leg", "title": "t", **S}
    need = Rule(rule_id="need", effect="require_document", document_id="p", modes=("road",), **known)
    paper = Document(document_id="p", name="Paper", kind="document", issuer="x", lead_days=12, **S)
    graph = compile_graph(replace(tiny_corridor(), rules=(need,), documents=(paper,)))
    asked = question(ready_on=AS_OF, tolerance_percent=0)
    assert search_plans(graph, replace(asked, horizon_days=1)) == ((), True)
    assert search_plans(graph, asked)[0]


def test_near_enough_asks_for_no_more_sums_after_one_that_stopped(monkeypatch):
    search = next(one for one in searches(30) if len(find_front(one)[0]) > 1)
    asked, ask = [], search.search

    def stop(**how):
        asked.append(how["weights"])
        found, is_done = ask(**how)
        return found, is_done and how["weights"] in search.first_weights()

    monkeypatch.setattr(search, "search", stop)
    found, is_complete = find_front(search, is_near_enough=True)
    assert found
    assert not is_complete
    assert sum(weights not in search.first_weights() for weights in asked) == 1
