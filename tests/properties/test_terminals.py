"""Terminals and who operates them, on random feeds: exact against the enumeration, verified, and a frozen terminal is a closed call."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from landbridge.domain.party import WatchlistEntry
from landbridge.graph.planning_graph import compile_graph
from landbridge.planner.shipment import plan_shipment
from landbridge.routing.groundwork import set_scene
from landbridge.routing.label_search import LabelSearch
from landbridge.routing.scene import Scene
from landbridge.terms.terms import Terms
from landbridge.verification import verify_plan
from tests.corridor import S
from tests.properties.harder_feed import harder_dataset, harder_questions
from tests.properties.random_feed import random_dataset, random_question
from tests.properties.terminal_feed import with_terminals
from tests.properties.test_harder_feeds import DailyTerms
from tests.routing.reference import Enumeration

CHUNKS = 3


def values_of(answers):
    return [(row.cost, row.minute, row.emission) for row in answers]


def front(dataset, query):
    scene = Scene(compile_graph(dataset), Terms(dataset, query))
    return values_of(LabelSearch(scene).search(vias=query.via, with_unconfirmed=True)[0])


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_fronts_equal_enumeration(chunk):
    """Questions one after the other, which share tables, against terms of each day alone; lists, licences and terminals in all of them."""
    found = changed = 0
    for seed in range(chunk * 30, (chunk + 1) * 30):
        plain = harder_dataset(seed, most_rules=2)
        graph, without = compile_graph(with_terminals(plain, seed)), compile_graph(plain)
        for number, query in enumerate(harder_questions(seed, 5)):
            scene, groundwork = set_scene(graph, query)
            quick, is_complete = LabelSearch(scene, groundwork).search(vias=query.via, with_unconfirmed=True)
            slow = Enumeration(Scene(graph, DailyTerms(graph.dataset, query)), vias=query.via, with_unconfirmed=True).run()
            assert is_complete
            assert values_of(quick) == values_of(slow), f"seed {seed}, question {number}"
            old = LabelSearch(*set_scene(without, query)).search(vias=query.via, with_unconfirmed=True)[0]
            found, changed = found + len(quick), changed + (values_of(old) != values_of(quick))
    assert found > 15
    assert changed > 2  # lists close some ways, so that the test tests something


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_plans_verify(chunk):
    """The checker, which shares no code with the search, agrees on what blocks, on exposures and on the terminals of each leg."""
    seen: Counter[str] = Counter()
    for seed in range(chunk * 80, (chunk + 1) * 80):
        dataset = with_terminals(random_dataset(seed), seed)
        plan = plan_shipment(dataset, random_question(seed))
        found = verify_plan(dataset, plan)
        assert not found, f"seed {seed}: {found[:5]}"
        ways = (*plan.itineraries, *(row.itinerary for row in plan.compared))
        seen["named"] += sum(leg.terminal_ids is not None for way in ways for leg in way.legs)
        seen["exposed"] += sum(row.rule_id.startswith("port") for way in ways for row in way.exposures)
        seen["rejected"] += sum((row.rule_id or "").startswith("port") for row in plan.rejected)
    assert seen["named"] > 8
    assert seen["exposed"] > 1
    assert seen["rejected"] > 1


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_a_frozen_terminal_is_a_closed_call(chunk):
    """Freezing who operates terminals of calls does what not boarding and not alighting there does; a call on the way stays free."""
    changed = 0
    for seed in range(chunk * 60, (chunk + 1) * 60):
        base = with_terminals(random_dataset(seed), seed, most_entries=0)
        base = replace(base, handling=tuple(replace(row, terminal_id=None) for row in base.handling))
        theirs = {row.terminal_id for row in base.terminals if row.operator_id == "harbour"}
        entry = WatchlistEntry(
            entry_id="listed", regime_id="UN", list_name="l", name="x", party_id="harbour", measure="freeze",
            listed_on=date(2025, 1, 1), **S,
        )  # fmt: skip
        shut = tuple(replace(row, board=False, alight=False) if row.terminal_id in theirs else row for row in base.stops)
        query = random_question(seed)
        frozen = front(replace(base, watchlist=(entry,)), query)
        assert frozen == front(replace(base, stops=shut), query), f"seed {seed}"
        changed += frozen != front(base, query)
    assert changed > 1
