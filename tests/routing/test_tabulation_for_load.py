"""Tables of a load made from those of another: the same to the last bit as made alone."""

import random
from dataclasses import replace

import numpy as np
import pytest

from landbridge.domain.rule import Rule
from landbridge.graph.planning_graph import compile_graph
from landbridge.routing import arc_tables
from landbridge.routing.groundwork import lay_groundwork
from landbridge.routing.scene import Scene
from landbridge.routing.tabulation import Tabulation
from landbridge.sources.load import load_dataset
from landbridge.terms.memory import Memory
from landbridge.terms.terms import Terms
from tests.corridor import S, question, tiny_corridor
from tests.properties.random_feed import random_dataset, random_question


def hold(graph, asked, memory):
    """Tables that use the memory, after they were held to those made alone."""
    shared, alone = (lay_groundwork(Scene(graph, Terms(graph.dataset, asked, one))).tables for one in (memory, None))
    for name, table in alone._asdict().items():
        np.testing.assert_array_equal(getattr(shared, name), table, err_msg=name)
        assert getattr(shared, name).dtype == table.dtype
    return shared


@pytest.fixture
def taken(monkeypatch):
    """The loads whose tables are made from others."""
    found, make = [], Tabulation.for_load
    monkeypatch.setattr(Tabulation, "for_load", lambda self, scene: found.append(scene) or make(self, scene))
    return found


def meant_for_some(dataset, seed):
    """The feed with its rules for goods between some countries alone, and some of them at one place alone."""
    draw = random.Random(seed)
    who = ({"origin_countries": ("AA",)}, {"not_destination_countries": ("AA",)}, {"transit_countries": ("AA",)}, {})
    where = ({}, {"place_ids": (draw.choice(dataset.places).place_id,)})
    return replace(dataset, rules=tuple(replace(row, **draw.choice(who), **draw.choice(where)) for row in dataset.rules))


def test_random_feeds(taken):
    made = differ = 0
    for seed in range(24):
        dataset, asked = meant_for_some(random_dataset(seed), seed), random_question(seed)
        graph, memory, before = compile_graph(dataset), Memory(), None
        places = [row.place_id for row in dataset.places]
        for one, other in ((one, other) for one in places[:4] for other in places[-4:] if one != other):
            tables, made = hold(graph, replace(asked, origin_id=one, destination_id=other), memory), made + 1
            differ += before is not None and not all(map(np.array_equal, tables, before))
            before = tables
    assert len(taken) > made / 2
    assert differ > 20


def test_all_kinds_of_ends_of_the_shipped_feed(taken):
    """Lahore - Minsk before Lahore - Karachi: a rule that names places and only goods bound for Pakistan tells links apart then."""
    dataset, _ = load_dataset("belarus-pakistan")
    graph, day = compile_graph(dataset), dataset.info.as_of
    asked = question(origin_id="PKLHE", destination_id="BYMSQ", unit_type_id="40HC", hs="8701", as_of=day, ready_on=day)
    memory, ends = Memory(), ("PKLHE", "BYMSQ", "PKKHI", "IRBND")
    for one, other in ((one, other) for one in ends for other in ends if one != other):
        hold(graph, replace(asked, origin_id=one, destination_id=other), memory)
    assert len(taken) == 11


@pytest.mark.parametrize("where", [{}, {"countries": ("AA",)}, {"place_ids": ("AP",)}])
@pytest.mark.parametrize("who", [{"origin_countries": ("AA",)}, {"not_destination_countries": ("AA",)}, {"transit_countries": ("AA",)}])
def test_goods_that_may_change_vehicle_only_between_some_ends(taken, who, where):
    known = {"rule_class": "transport", "regime_id": "BB", "status": "in_force", **S}
    dataset = replace(
        tiny_corridor(), rules=(Rule(rule_id="stay", title="No", effect="prohibit", scope="transfer", **known, **who, **where),)
    )
    graph, memory = compile_graph(dataset), Memory()
    ends = [(one, other) for one in ("AA", "BB", "BP") for other in ("AA", "BB", "BP") if one != other]
    found = [hold(graph, question(origin_id=one, destination_id=other), memory).change_blocked for one, other in (*ends, *ends[::-1])]
    assert len(taken) == len(found) - 1
    assert any(not np.array_equal(found[0], one) for one in found)


def test_a_network_too_large_to_be_kept_is_worked_out_each_time(taken, monkeypatch):
    monkeypatch.setattr(arc_tables, "MOST_KEPT", 1)
    dataset, memory = random_dataset(1), Memory()
    graph, asked = compile_graph(dataset), random_question(1)
    for one, other in ((asked.origin_id, asked.destination_id), (asked.destination_id, asked.origin_id)):
        hold(graph, replace(asked, origin_id=one, destination_id=other), memory)
    assert not taken


def test_another_graph_of_the_same_feed_has_tables_of_its_own(taken):
    dataset, memory = random_dataset(1), Memory()
    for _ in range(2):
        hold(compile_graph(dataset), random_question(1), memory)
    assert not taken


def test_a_rule_on_transfers_that_names_a_carrier_between_some_ends_alone(taken):
    """Of other goods nothing tells carriers of one mode apart, so that their tables have fewer rows."""
    known = {"rule_class": "sanction", "regime_id": "BB", "status": "in_force", **S}
    ban = Rule(rule_id="ban", title="No", effect="prohibit", scope="transfer", operator_ids=("line",), origin_countries=("BB",), **known)
    dataset, memory = replace(tiny_corridor(), rules=(ban,)), Memory()
    graph, ends = compile_graph(dataset), (("AA", "BB"), ("BB", "AA"), ("AA", "BP"), ("BP", "AA"))
    found = [len(hold(graph, question(origin_id=one, destination_id=other), memory).change_blocked) for one, other in ends]
    assert found[0] == found[2] < found[1] == found[3]
    assert len(taken) == 2
