"""What stands in the way: the way with the fewest obstacles, held to a plain search over all legs."""

import math
from dataclasses import replace
from datetime import timedelta

import pytest

from landbridge.domain.rule import Rule
from landbridge.graph.planning_graph import compile_graph
from landbridge.routing.answer import search_itineraries
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
    """Least weight of the ways that use a gateway, by relaxing every leg until nothing changes: states are place, carrier, home and use."""
    least = {(query.origin_id, ORIGIN, None, True, False): 0.0}
    pending = list(least)
    while pending:
        state = pending.pop()
        place_id, carrier, run, is_home, has_used = state
        for way in legs_of(obstacles, place_id):
            goes_on = run == way.carrier.carrier_id and not way.is_ride
            change = 0.0 if goes_on or carrier.mode in PSEUDO_MODES else obstacles._of_change(place_id, carrier, way.carrier).weight
            home = way.is_home or (goes_on and is_home)
            end = (way.to_id, way.carrier, None if way.is_ride else way.carrier.carrier_id, home, has_used or gateway in way.touched)
            weight = least[state] + change + way.weight + (0.0 if goes_on else stays_abroad(state))
            if weight < least.get(end, math.inf) - 1e-12:
                least[end] = weight
                pending.append(end)
    ends = ((state, weight) for state, weight in least.items() if state[0] == query.destination_id and state[-1])
    return min((weight + stays_abroad(state) for state, weight in ends), default=math.inf)


def least_straight(obstacles, query, gateway):
    """Least weight of the ways that use a gateway and come to no place twice, one after the other."""

    def go_on(state, weight, seen):
        place_id, carrier, run, is_home, has_used = state
        if place_id == query.destination_id and has_used:
            yield weight + stays_abroad(state)
        for way in legs_of(obstacles, place_id):
            if way.to_id in seen:
                continue
            goes_on = run == way.carrier.carrier_id and not way.is_ride
            change = 0.0 if goes_on or carrier.mode in PSEUDO_MODES else obstacles._of_change(place_id, carrier, way.carrier).weight
            more = change + way.weight + (0.0 if goes_on else stays_abroad(state))
            home = way.is_home or (goes_on and is_home)
            end = (way.to_id, way.carrier, None if way.is_ride else way.carrier.carrier_id, home, has_used or gateway in way.touched)
            yield from go_on(end, weight + more, seen | {way.to_id})

    start = (query.origin_id, ORIGIN, None, True, False)
    return min(go_on(start, 0.0, {query.origin_id}), default=math.inf)


def stays_abroad(state):
    """What it weighs to end a run that never was in the country of its registration."""
    _, _, run, is_home, _ = state
    return 0.0 if run is None or is_home else 1.0


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
        straight = least_straight(obstacles, query, gateway)
        assert straight >= wanted - 1e-9
        assert len(found) <= straight + 1e-6, "each obstacle shown weighs one or more"


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


def by_trucks(registration, **more):
    """The tiny corridor by trucks of one registration alone."""
    dataset = tiny_corridor()
    trucks = tuple(replace(row, registration=registration) for row in dataset.haulage if row.haulage_id == "ha")
    statuses = tuple(row for row in dataset.statuses if row.haulage_id == "ha")
    return replace(dataset, services=(), stops=(), calendars=(), tariffs=(), haulage=trucks, statuses=statuses, **more)


@pytest.mark.parametrize(("registration", "reasons"), [("CC", ["cabotage"]), ("BB", []), (None, [])])
def test_trucks_that_never_touch_the_country_of_their_registration_are_told(registration, reasons):
    scene = Scene(compile_graph(by_trucks(registration)), Terms(by_trucks(registration), question()))
    assert [row.status for row in Obstacles(scene).anyhow() if row.status == "cabotage"] == reasons


def test_where_nothing_goes_the_answer_says_why_though_no_port_or_border_is_passed():
    """From BX to BB no gateway is passed: nothing was told but that there is no plan."""
    dataset = by_trucks("AA")
    plan = search_itineraries(compile_graph(dataset), question(origin_id="BX"))
    assert not plan.itineraries
    [row] = [row for row in plan.rejected if row.status == "cabotage"]
    assert row.reason == "Trucks A are registered in AA: they carry from, to or through AA and not between other places"
    lone = replace(dataset, links=tuple(link for link in dataset.links if "BB" not in (link.from_place_id, link.to_place_id)))
    [row] = search_itineraries(compile_graph(lone), question(origin_id="BX")).rejected
    assert row.reason == "no leg of the feed leads there from BX"
