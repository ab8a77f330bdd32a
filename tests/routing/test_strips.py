"""Tables of links, taken from another load of the same memory."""

from dataclasses import replace

import numpy as np

from landbridge.graph.planning_graph import compile_graph
from landbridge.routing import arc_tables
from landbridge.routing.groundwork import lay_groundwork
from landbridge.routing.scene import Scene
from landbridge.terms.memory import Memory
from landbridge.terms.terms import Terms
from tests.properties.random_feed import random_dataset, random_question


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
