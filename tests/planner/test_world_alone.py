"""The feed ``world`` alone is screened as beside the shipped feed: the same regimes, lists, sanctions, policy and verdicts."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from atlas_build.world_law import cited_sources, law_tables, told_columns

import landbridge as lb
from landbridge.domain.query import Query
from landbridge.domain.rule import SANCTION
from landbridge.planner.gate import gate_dataset
from landbridge.planner.held_lists import make_screener
from landbridge.planner.screening import ask_party
from landbridge.planner.world.chain import load_world_feed
from landbridge.planner.world.places import join_world_places

BUILD = Path(__file__).parents[2] / "atlas_build" / "world"
SHIPPED = Path(lb.__file__).parent / "data" / "world"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def filled(records) -> list[dict[str, str]]:
    return [{name: value for name, value in row.items() if value} for row in records]


def test_law_and_sources_are_the_rows_of_the_shipped_feed_and_of_the_build():
    """What is written again from both is what ships: a row changed at one place alone fails here."""
    corridor = {row["party_id"] for row in rows(SHIPPED.parent / "belarus-pakistan" / "parties.csv")}
    build = {row["party_id"] for name in ("carriers.csv", "railways.csv") for row in rows(BUILD / name)}
    parties = rows(SHIPPED / "parties.csv")
    assert {row["party_id"] for row in parties} <= corridor | build
    own = {table: rows(BUILD / f"{table}.csv") for table in ("regimes", "rules", "ownership")}
    own["parties"] = [row for row in parties if row["party_id"] in build]
    made = law_tables(own, [row["place_id"] for row in rows(SHIPPED / "places.csv")])
    for table, records in made.items():
        assert filled(records) == filled(rows(SHIPPED / f"{table}.csv")), table
    cited = {row["source_id"] for row in rows(SHIPPED / "sources.csv")}
    assert filled(cited_sources(rows(BUILD / "sources.csv"), cited)) == filled(rows(SHIPPED / "sources.csv"))


def test_a_column_that_the_first_row_lacks_is_written_too():
    """A condition of one rule that goes missing makes it another rule."""
    table = told_columns([{"rule_id": "a", "hs": ""}, {"rule_id": "b", "flags": "RU"}])
    assert table == [{"rule_id": "a", "flags": ""}, {"rule_id": "b", "flags": "RU"}]


def designations(dataset, parties):
    query = Query(origin_id="x", destination_id="y", unit_type_id="40HC", units=1, ready_on=dataset.info.as_of, as_of=dataset.info.as_of)
    gated = gate_dataset(dataset, query)
    return {
        (row.party_id, row.regime_id, row.measure, row.listed_on, row.delisted_on) for row in gated.watchlist if row.party_id in parties
    }


def test_each_party_of_the_world_is_designated_as_beside_the_shipped_feed():
    world, shipped = load_world_feed(), lb.load("belarus-pakistan")
    joined = join_world_places(shipped, ("Riga", "Almaty"))
    parties = world.party_by_id.keys() & joined.party_by_id.keys()
    assert {"rzd", "belavia", "sasco", "irisl"} <= parties
    alone = designations(world, parties)
    assert ("rzd", "UK") in {row[:2] for row in alone}
    assert alone == designations(joined, parties)
    assert world.info.gates == shipped.info.gates


def test_every_sanction_and_ban_on_trade_of_the_shipped_feed_that_can_touch_a_place_of_the_world_is_there():
    world, shipped = load_world_feed(), lb.load("belarus-pakistan")
    told = {row.rule_id for row in shipped.rules if row.rule_class == SANCTION or (row.rule_class, row.effect) == ("trade", "prohibit")}
    assert "in-pk-bound" in told
    assert told - {row.rule_id for row in world.rules} == {"eu-port-astrakhan", "eu-port-ust-luga"}  # ports that the world does not have
    (novorossiysk,) = [row for row in world.rules if row.rule_id == "eu-port-novorossiysk"]
    assert novorossiysk.place_ids == ("RUNVS-PORT",)


@pytest.mark.parametrize(("origin", "destination"), [("Karachi", "Kathmandu"), ("Kathmandu", "Karachi")])
def test_no_goods_of_pakistan_and_none_for_it_pass_india(origin, destination):
    """India's ban of 2025 holds for transit too, which no rule on goods between the two tells."""
    world = lb.load("world")
    free = replace(world, rules=tuple(row for row in world.rules if not row.rule_id.startswith("in-pk-")))
    passed = [
        {one[:2] for way in lb.plan(feed, origin, destination, ready="2026-12-01").itineraries for leg in way.legs for one in leg.calls}
        for feed in (world, free)
    ]
    assert ["IN" in one for one in passed] == [False, True]


@pytest.mark.parametrize("gate", [(), ("UK",)])
def test_a_question_alone_has_the_ways_and_exposures_that_it_has_beside_the_shipped_feed(gate):
    def verdicts(name):
        plan = lb.plan(lb.load(name), "Yerevan", "Tbilisi", ready="2026-12-01", gate=gate)
        ways = (*plan.itineraries, *(one.itinerary for one in plan.compared))
        told = {
            tuple((leg.service_id, leg.infrastructure_ids) for leg in way.legs): {
                (one.regime, one.rule_id, one.since, one.what) for one in way.exposures
            }
            for way in ways
        }
        return told, {(cell.regime, cell.state, cell.since) for cell in plan.matrix}

    told, matrix = verdicts("world")
    assert (told, matrix) == verdicts("belarus-pakistan")
    assert any(exposures for exposures in told.values()) is not bool(gate)


@pytest.mark.parametrize(
    "name", ["Российские железные дороги", "BELAVIA", "Irano Hind", "Khazar Shipping", "Maersk", "Sakhalin Shipping Company"]
)
def test_a_name_is_screened_alike(name):
    alone, beside = (make_screener(feed).screen(ask_party(name, None, None)) for feed in ("world", "belarus-pakistan"))
    assert alone.verdict == beside.verdict
    assert [(one.entry_id, one.score) for one in alone.matches] == [(one.entry_id, one.score) for one in beside.matches]
