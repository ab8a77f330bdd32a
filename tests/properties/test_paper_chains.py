"""Papers that need each other, in chains and circles, on random feeds: the search against enumeration, and the independent walk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from landbridge.domain.rule import Document, Rule
from landbridge.graph.planning_graph import compile_graph
from landbridge.planner.shipment import plan_shipment
from landbridge.planner.verify import verify_plan
from landbridge.routing.label_search import LabelSearch
from landbridge.routing.scene import Scene
from landbridge.terms.terms import Terms
from tests.corridor import AS_OF, S, usd
from tests.properties.random_feed import random_dataset, random_question
from tests.routing.reference import Enumeration

_PAPERS = tuple(f"paper {number}" for number in range(6))
_ALWAYS_KNOWN = date(2020, 1, 1)


def _paper(draw: Random, number: int) -> Document:
    """A document that may need others, begin and end to be given, and be known late; with few left now and then."""
    begins, ends, known = (draw.random() < 0.25 for _ in range(3))
    pool = _PAPERS if draw.random() < 0.2 else _PAPERS[:number]
    return Document(
        document_id=_PAPERS[number],
        name=_PAPERS[number],
        kind=draw.choice(("document", "permit")),
        issuer="x",
        lead_days=draw.choice((0, 1, 3, 7, 12)),
        amount=draw.choice((None, usd(draw.randint(1, 40)))),
        currency="USD",
        quota_left=draw.choice((None,) * 6 + (1,)),
        needs=tuple(one for one in pool if draw.random() < 0.45),
        valid_from=AS_OF + timedelta(days=draw.randint(-5, 25)) if begins else None,
        valid_to=AS_OF + timedelta(days=draw.randint(5, 60)) if ends else None,
        known_from=AS_OF + timedelta(days=draw.choice((-30, -1, 0, 1, 3, 8))) if known else _ALWAYS_KNOWN,
        **S,
    )


def _calling_rule(draw: Random, number: int) -> Rule:
    scope = draw.choice(("leg", "leg", "crossing", "transfer", "shipment"))
    return Rule(
        rule_id=f"calls {number}",
        title="calls",
        effect=draw.choice(("require_document", "require_permit")),
        rule_class="customs",
        regime_id="BB",
        status="in_force",
        scope=scope,
        document_id=draw.choice(_PAPERS),
        short_lead=draw.choice(("wait", "wait", "warn", "reject")),
        known_from=_ALWAYS_KNOWN,
        modes=(draw.choice(("road", "rail", "sea")),) if scope in ("leg", "transfer") and draw.random() < 0.6 else (),
        enters=("BB",) if scope == "crossing" and draw.random() < 0.5 else (),
        valid_from=AS_OF + timedelta(days=draw.randint(0, 30)) if draw.random() < 0.2 else None,
        **S,
    )


@pytest.mark.parametrize("first", range(0, 400, 50))
def test_the_search_waits_for_papers_as_the_enumeration_and_the_walk_do(first):
    with_papers = 0
    for seed in range(first, first + 50):
        draw, dataset, query = Random(seed), random_dataset(seed), random_question(seed)
        papers = tuple(_paper(draw, number) for number in range(len(_PAPERS)))
        rules = tuple(_calling_rule(draw, number) for number in range(draw.randint(1, 3)))
        feed = replace(dataset, documents=dataset.documents + papers, rules=dataset.rules + rules)
        scene = Scene(compile_graph(feed), Terms(feed, query))
        found, _ = LabelSearch(scene).search(vias=query.via, with_unconfirmed=True)
        every = Enumeration(scene, vias=query.via, with_unconfirmed=True).run()
        assert [(one.cost, one.minute, one.emission) for one in found] == [(one.cost, one.minute, one.emission) for one in every], seed
        plan = plan_shipment(feed, query)
        assert verify_plan(feed, plan) == (), seed
        warned = {rule.rule_id for rule in feed.rules if rule.short_lead == "warn"}
        needs = [need for one in plan.itineraries for need in one.documents if warned.isdisjoint(need.rule_ids)]
        assert all(need.apply_by >= query.as_of for need in needs), seed
        with_papers += bool(needs)
    assert with_papers > 2
