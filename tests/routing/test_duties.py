"""What every itinerary pays is no part of the search: with duties it finds the same ways as soon."""

import random
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from landbridge.domain.goods import Duty
from landbridge.domain.record import Range
from landbridge.graph.planning_graph import compile_graph
from landbridge.planner import Question, ask
from landbridge.routing.front import find_front
from landbridge.routing.label_search import LabelSearch
from landbridge.routing.replay import Replay
from landbridge.routing.scene import Scene
from landbridge.sources.load import load_dataset
from landbridge.terms.terms import Terms
from tests.corridor import READY, S
from tests.properties.random_feed import random_dataset, random_question
from tests.routing.reference import Enumeration


def duty(number, percent, **when):
    share = Range(low=Decimal(percent), typical=Decimal(percent), high=Decimal(percent))
    return Duty(duty_id=f"duty-{number}", hs="8701", destination=("AA", "BB"), kind="customs", percent=share, base="value", **when, **S)


def values_of(answers):
    return [(row.cost, row.minute, row.emission) for row in answers]


def test_a_search_equals_enumeration_where_duties_rise_or_fall_on_the_way():
    found = several = 0
    for seed in range(250):
        draw, turn = random.Random(seed), READY + timedelta(days=random.Random(seed).randint(1, 20))
        rates = draw.sample(range(5, 60), 2)
        rows = duty(1, rates[0], valid_to=turn - timedelta(days=1)), duty(2, rates[1], valid_from=turn)
        graph = compile_graph(replace(random_dataset(seed), duties=rows))
        query = replace(random_question(seed), hs="8701", value=Decimal(20_000), is_landed=True)
        scene = Scene(graph, Terms(graph.dataset, query))
        search = LabelSearch(scene)
        quick, is_complete = find_front(search, vias=query.via, with_unconfirmed=True)
        assert is_complete
        assert values_of(quick) == values_of(Enumeration(scene, vias=query.via, with_unconfirmed=True).run()), seed
        paid = {sum(item.cost_cents for item in Replay(scene, search).arrival(one).duty_items) for one in quick}
        found, several = found + len(quick), several + (len(paid) > 1)
    assert found > 200
    assert several > 5


def test_duties_make_no_search_longer():
    dataset, _ = load_dataset("belarus-pakistan")
    graph = compile_graph(dataset)
    told = {"origin": "BYMSQ", "destination": "PKLHE", "units": "1x40HC", "goods": "8701", "ready": "2026-12-10", "value": "60000"}
    made, fronts = [], []
    for landed in (False, True):
        search = LabelSearch(Scene(graph, Terms(dataset, ask(dataset, Question(**told, landed=landed)))))
        front, is_complete = find_front(search)
        assert is_complete
        made.append(search.made)
        fronts.append(front)
    cheapest = [min(one.cost for one in front) for front in fronts]
    assert cheapest[1] > 1.5 * cheapest[0]
    assert made[1] < 1.2 * made[0]
    assert [one.way for one in fronts[0]] == [one.way for one in fronts[1]]
