"""What stands in the way: the way with the fewest obstacles, held to a plain search over all legs."""

import math
from dataclasses import replace
from datetime import timedelta

import pytest

from landbridge.domain.rule import Rule
from landbridge.graph.planning_graph import compile_graph
from landbridge.routing.gateway import list_gateways
from landbridge.routing.groundwork import set_scene
from landbridge.routing.obstacle import Obstacles
from landbridge.routing.scene import Scene
from landbridge.terms.change import PSEUDO_MODES
from landbridge.terms.terms import ORIGIN, Terms
from tests.corridor import READY, S, question, tiny_corridor
from tests.properties.random_feed import random_dataset, random_question


def legs_of(obstacles, place_id):
    return [way for ways in obstacles._exits_of(place_id).values() for way in ways]


def least_through(obstacles, query, gateway):
    """Least weight of the ways that use a gateway, by relaxing every leg until nothing changes: states are place, carrier and use."""
    least = {(query.origin_id, ORIGIN, None, False): 0.0}
    pending = list(least)
    while pending:
        state = pending.pop()
        place_id, carrier, run, has_used = state
        for way in legs_of(obstacles, place_id):
            goes_on = run == way.carrier.carrier_id and not way.is_ride
            change = 0.0 if goes_on or carrier.mode in PSEUDO_MODES else obstacles._of_change(place_id, carrier, way.carrier)[1]
            end = (way.to_id, way.carrier, None if way.is_ride else way.carrier.carrier_id, has_used or gateway in way.touched)
            weight = least[state] + change + way.weight
            if weight < least.get(end, math.inf) - 1e-12:
                least[end] = weight
                pending.append(end)
    return min((weight for (place_id, _, _, used), weight in least.items() if place_id == query.destination_id and used), default=math.inf)


@pytest.mark.parametrize("seed", range(60))
def test_the_way_shown_has_the_fewest_obstacles(seed):
    dataset, query = random_dataset(seed), random_question(seed)
    scene = Scene(compile_graph(dataset), Terms(dataset, query))
    obstacles = Obstacles(scene)
    for gateway in [*list_gateways(scene.graph), dataset.services[0].service_id, dataset.places[-1].place_id]:
        if gateway in (query.origin_id, query.destination_id):
            continue
        wanted, found = least_through(obstacles, query, gateway), obstacles.through(gateway)
        assert (found is None) == math.isinf(wanted)
        if found is None:
            continue
        web = obstacles.web
        using = [step for step in web.steps if gateway in step.touched]
        assert min(web.fore[step.start] + step.weight + web.back[step.end] for step in using) == pytest.approx(wanted)
        assert len(found) <= wanted + 1e-6, "each obstacle shown weighs one or more"


def test_what_is_to_be_avoided_is_not_remembered_for_the_next_question():
    dataset = tiny_corridor()
    first = Scene(compile_graph(dataset), Terms(dataset, question(avoid=("x",))))
    assert [row.status for row in Obstacles(first).through("x")] == ["avoided"]
    terms = first.terms.for_question(question())
    assert Obstacles(Scene(first.graph, terms, first)).through("x") == ()


def test_each_day_of_a_month_has_obstacles_of_its_own():
    """A ban that another one follows in the middle of a month, and no price; asked for an early day, a late one and the early one again."""
    known = {"effect": "prohibit", "rule_class": "sanction", "regime_id": "BB", "status": "in_force", "scope": "leg", **S}
    turn = READY + timedelta(days=5)
    bans = (
        Rule(rule_id="early", title="Early", service_ids=("ship",), valid_to=turn - timedelta(days=1), **known),
        Rule(rule_id="late", title="Late", service_ids=("ship",), valid_from=turn, **known),
    )
    graph = compile_graph(replace(tiny_corridor(), rules=bans, tariffs=()))
    late = turn + timedelta(days=3)
    for day, reason in ((READY, "Early"), (late, "Late"), (late + timedelta(days=1), "Late"), (READY, "Early")):
        scene, _ = set_scene(graph, question(ready_on=day))
        assert [row.reason for row in Obstacles(scene).through("AP")] == [reason, f"no price from AP to BP on {day}"]
