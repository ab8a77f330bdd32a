"""Blocked stays visible as blocked: whatever law alone forbids a way to use, the answer tells."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from landbridge.domain.dataset import Dataset
from landbridge.domain.party import Party, WatchlistEntry
from landbridge.domain.plan import Itinerary
from landbridge.domain.rule import Rule
from landbridge.graph.planning_graph import compile_graph
from landbridge.routing.answer import search_itineraries
from tests.corridor import AS_OF, S
from tests.properties.random_feed import random_dataset, random_question

CHUNKS, PER_CHUNK = 4, 60


def lawless(seed: int) -> Dataset:
    """A random feed with owners of tracks, in half of the cases without a gateway."""
    feed, draw = random_dataset(seed), random.Random(f"tracks {seed}")
    is_gateway = draw.random() < 0.5
    owners = tuple(Party(party_id=f"tracks {code}", name=f"Tracks {code}", kind="company", country=code, **S) for code in ("AA", "BB"))
    return replace(
        feed,
        places=tuple(replace(row, gateway=row.gateway and is_gateway) for row in feed.places),
        borders=tuple(replace(row, gateway=is_gateway) for row in feed.borders),
        parties=(*feed.parties, *owners),
        haulage_rates=tuple(replace(row, infrastructure_id=f"tracks {row.country}") for row in feed.haulage_rates),
    )


def with_law(feed: Dataset, seed: int) -> tuple[Dataset, dict[str, str]]:
    """The feed with some designations and bans, none of them dated; and what each is about, by its id."""
    draw, subjects = random.Random(f"law {seed}"), dict[str, str]()
    parties = [row.party_id for row in feed.parties]
    carriers = [("service_ids", row.service_id) for row in feed.services] + [("haulage_ids", row.haulage_id) for row in feed.haulage]
    entries, rules = [], []
    for number, party in enumerate(draw.sample(parties, draw.choice((0, 1, 1, 2)))):
        row = {"regime_id": draw.choice(("UN", "UN", "BB")), "list_name": "List", "name": f"Somebody {number}", "measure": "freeze"}
        entries.append(WatchlistEntry(entry_id=f"entry {number}", party_id=party, listed_on=AS_OF, **row, **S))
        if row["regime_id"] == "UN":
            subjects[f"entry {number}"] = party
    for number, (column, name) in enumerate(draw.sample(carriers, draw.choice((0, 1, 1, 2)))):
        row = {"title": "ban", "effect": "prohibit", "regime_id": "BB", "status": "in_force", "scope": "leg", column: (name,)}
        rules.append(Rule(rule_id=f"ban {number}", rule_class=draw.choice(("sanction", "trade")), **row, **S))
        subjects[f"ban {number}"] = name
    return replace(feed, digest=f"law {seed}", watchlist=tuple(entries), rules=(*feed.rules, *rules)), subjects


def list_forbidden(feed: Dataset, way: Itinerary, subjects: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Which service or offer of a way each measure forbids: by its own name, its operator's or that of the owner of its tracks."""
    operators = {row.service_id: row.operator_id for row in feed.services} | {row.haulage_id: row.operator_id for row in feed.haulage}
    for leg in way.legs:
        named = {leg.service_id, operators[leg.service_id], *(leg.infrastructure_ids or ())}
        for rule_id, subject in subjects.items():
            if subject in named:
                yield leg.service_id, rule_id


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_what_law_alone_forbids_is_told(chunk):
    found = beside = 0
    for seed in range(700_000 + chunk * PER_CHUNK, 700_000 + (chunk + 1) * PER_CHUNK):
        feed, query = lawless(seed), random_question(seed)
        lawful, subjects = with_law(feed, seed)
        answer = search_itineraries(compile_graph(lawful), query)
        told = {(row.what, row.rule_id): row for row in answer.rejected}
        open_ways = (*answer.itineraries, *(row.itinerary for row in answer.compared))
        assert not any(list(list_forbidden(feed, way, subjects)) for way in open_ways), f"seed {seed}: a blocked way is planned"
        for way in search_itineraries(compile_graph(feed), query, is_compared=False).itineraries:
            for what, rule_id in list_forbidden(feed, way, subjects):
                assert (what, rule_id) in told, f"seed {seed}: {rule_id} forbids {what}"
                row = told[what, rule_id]
                in_matrix = {cell.regime for cell in answer.matrix if cell.gateway == row.gateway and cell.state == "blocked"}
                assert row.gateway is None or row.regime in in_matrix, f"seed {seed}: {rule_id} is not in the matrix"
                found += 1
                beside += row.gateway in (what, None) or str(row.gateway).startswith("tracks")
    assert found > 15
    assert beside > 8, "with no gateway of its own"


def test_without_law_nothing_is_told_as_closed_by_it():
    for seed in range(700_000, 700_040):
        rows = search_itineraries(compile_graph(lawless(seed)), random_question(seed)).rejected
        assert not any(row.rule_id and row.rule_id != "ban" for row in rows), seed
