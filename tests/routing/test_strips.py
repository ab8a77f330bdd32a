"""Tables of links, taken from another load of the same memory."""

from dataclasses import replace

import numpy as np
import pytest

from landbridge.domain.rule import Rule
from landbridge.graph.planning_graph import compile_graph
from landbridge.routing import arc_tables
from landbridge.routing.groundwork import lay_groundwork
from landbridge.routing.scene import Scene, gets_better
from landbridge.routing.tables import BLOCKED
from landbridge.terms.memory import Memory
from landbridge.terms.terms import Terms
from tests.corridor import S, question, tiny_corridor
from tests.properties.random_feed import random_dataset, random_question

KNOWN = {"rule_class": "sanction", "regime_id": "BB", "status": "in_force", "scope": "leg", **S}
BAN = Rule(rule_id="ban", title="No", effect="prohibit", **KNOWN)
LICENCE = Rule(
    rule_id="lifts", title="Yes", effect="licence", allows_rule_ids=("ban",), licence_number="1", **(KNOWN | {"rule_class": "transport"})
)
LAWS = {
    "ban by origin": (replace(BAN, origin_countries=("AA",)),),
    "ban by destination": (replace(BAN, destination_countries=("AA",)),),
    "ban of all others": (replace(BAN, not_origin_countries=("AA",)),),
    "ban in transit": (replace(BAN, transit_countries=("AA",)),),
    "licence by origin": (BAN, replace(LICENCE, origin_countries=("BB",))),
    "licence in transit": (BAN, replace(LICENCE, transit_countries=("AA",))),
}


def states_of(dataset, ends, memory):
    """(arcs, 3 x epochs) by tables: whether links may be used, what they cost, and how long before papers are asked for."""
    terms = Terms(dataset, question(origin_id=ends[0], destination_id=ends[1]), memory)
    tables = lay_groundwork(Scene(compile_graph(dataset), terms)).tables
    return np.concatenate((tables.arc_state, tables.arc_cost[: len(tables.arc_state)], tables.arc_lead), axis=1)


@pytest.mark.parametrize("law", LAWS)
def test_the_law_of_one_load_is_never_taken_for_another(law):
    dataset, differ = replace(tiny_corridor(), rules=LAWS[law]), 0
    for ends in ((("AA", "BB"), ("BB", "AA")), (("AA", "BB"), ("BB", "BP")), (("BB", "BP"), ("BB", "AA"))):
        alone = {pair: states_of(dataset, pair, Memory()) for pair in ends}
        differ += not np.array_equal(*alone.values())
        for order in (ends, ends[::-1]):
            memory = Memory()
            for pair in order:
                np.testing.assert_array_equal(states_of(dataset, pair, memory), alone[pair])
    assert differ


def test_tables_of_links_say_what_their_terms_say_on_each_day():
    betters = 0
    for seed in range(12):
        dataset, asked = random_dataset(seed), random_question(seed)
        terms = Terms(dataset, asked)
        found = lay_groundwork(Scene(compile_graph(dataset), terms))
        tables, tabulation, cents = found.tables, found.tabulation, cents_of(found.tables)
        turns = np.zeros_like(tables.offer_turns)
        for a, (link, o) in enumerate(tabulation.arcs):
            before = None
            for k, day in enumerate(tabulation.days):
                leg = terms.links.link(tabulation.offers[o], link.link, link.from_id, link.to_id, day)
                turns[o, k] |= before is not None and gets_better(before, leg)
                before = leg
                assert bool(leg.blocks) == (tables.arc_state[a, k] == BLOCKED)
                if leg.blocks:
                    continue
                papers = sum(found.scene.document_cents.get(row.document_id, 0) for row, _ in leg.documents)
                assert tables.arc_cost[a, k] == leg.cost_cents
                assert tables.arc_emission[a, k] == leg.emission_g
                assert tables.arc_drive[a, k] == leg.drive_min
                assert tables.arc_lead[a, k] == 1440 * leg.lead_days
                assert cents[a, k] == papers + sum(item.cost_cents for item in leg.once)
        np.testing.assert_array_equal(turns, tables.offer_turns)
        betters += turns.sum()
    assert betters


def test_a_large_network_keeps_no_links(monkeypatch):
    monkeypatch.setattr(arc_tables, "MOST_KEPT", 1)
    dataset, memory = random_dataset(1), Memory()
    graph, asked = compile_graph(dataset), random_question(1)
    first, second = (lay_groundwork(Scene(graph, Terms(dataset, asked, memory))).tables for _ in range(2))
    np.testing.assert_array_equal(first.arc_cost, second.arc_cost)
    assert "strips" not in memory._kinds


def ways_through(dataset):
    """Questions between all places of a feed, from one day."""
    query = random_question(1)
    places = [row.place_id for row in dataset.places]
    return [(query, one, other) for one in places[:3] for other in places[-3:] if one != other]


def test_links_are_worked_out_once_for_loads_that_differ_in_their_ends(monkeypatch):
    made = []
    make = arc_tables.ArcTables._make_strip
    monkeypatch.setattr(arc_tables.ArcTables, "_make_strip", lambda self, *rest: made.append(rest) or make(self, *rest))
    spared = 0
    for seed in range(25):
        dataset = random_dataset(seed)
        graph, memory = compile_graph(dataset), Memory()
        for query, one, other in ways_through(dataset):
            asked = replace(query, origin_id=one, destination_id=other)
            before = len(made)
            shared = lay_groundwork(Scene(graph, Terms(dataset, asked, memory))).tables
            between = len(made)
            alone = lay_groundwork(Scene(graph, Terms(dataset, asked))).tables
            spared += (len(made) - between) - (between - before)
            for name in (
                "arc_cost",
                "arc_state",
                "arc_emission",
                "arc_drive",
                "arc_wait",
                "arc_lead",
                "arc_once",
                "arc_fresh",
                "offer_turns",
            ):
                np.testing.assert_array_equal(getattr(shared, name), getattr(alone, name))
            np.testing.assert_array_equal(cents_of(shared), cents_of(alone))
    assert spared > len(made) / 4


def cents_of(tables):
    """(prices, epochs) cents of what is paid once, whatever number it has."""
    bits = np.unpackbits(np.ascontiguousarray(tables.arc_bits).view(np.uint8), axis=-1, bitorder="little")
    return bits @ tables.bit_cost
