from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from landbridge.domain.dataset import Dataset
from landbridge.domain.headway import Stage
from landbridge.planner import plan_book
from landbridge.planner.book import kinds as module
from landbridge.planner.book.candidates import ENDED, list_lanes, query_of
from landbridge.planner.book.kinds import KindWays
from landbridge.planner.book.ways import route_candidates
from landbridge.report.headway import headway_text
from landbridge.routing.trail import splice_trails
from landbridge.verification.book import check_book
from tests.corridor import READY
from tests.planner.test_book import QUESTION, book_of, charter, shipment


def queries(dataset: Dataset):
    return [query_of(dataset, QUESTION, row, row.ready_on) for row in dataset.shipments]


@pytest.fixture(scope="module")
def book() -> Dataset:
    rows = [shipment(number, "one", units=1 + number, ready_on=READY + timedelta(days=5 * number)) for number in range(4)]
    rows += [shipment(8, "two", hs="0402", mass_kg=250_000), shipment(9, "two", units=2, mass_kg=8_000)]
    return book_of(*rows, block_offers=(charter(),))


def test_ways_by_kind_hold_the_cheapest_way_of_an_exact_search(book: Dataset):
    ways, exact = KindWays(book, list_lanes(book)), route_candidates(book, list_lanes(book))
    list(ways.prepare(queries(book)))
    for query in queries(book):
        found, known = ways.find(query)[0], exact(query)[0]
        assert min(found, key=lambda one: one.cost_cents) == min(known, key=lambda one: one.cost_cents)


@pytest.mark.parametrize("values", [(500_000, 1_000, 500_000), (1_000, 1_000, 500_000)])
def test_a_fee_by_the_value_sends_dear_goods_another_way(values: tuple[int, ...]):
    """The border asks 3 % of the value. The ship is dearer, slower and dirtier, so that nobody would take it but for that."""
    from landbridge.domain.rule import Rule
    from tests.corridor import S, usd

    cess = Rule(
        rule_id="cess", title="Cess", effect="fee", rule_class="trade", regime_id="BB", status="in_force", scope="crossing",
        border_ids=("x",), amount=usd(3), per="value_percent", **S,
    )  # fmt: skip
    rows = [shipment(n, "one", mass_kg=100_000 + 5_000 * n, value=value, currency="USD") for n, value in enumerate(values)]
    corridor = book_of(*rows)
    dataset = replace(
        corridor, rules=(*corridor.rules, cess), tariffs=tuple(replace(row, amount=usd(1_000)) for row in corridor.tariffs),
        emission_factors=tuple(replace(row, amount_g=usd(5_000)) if row.mode == "sea" else row for row in corridor.emission_factors),
    )  # fmt: skip
    ways, exact = KindWays(dataset), route_candidates(dataset)
    list(ways.prepare(queries(dataset)))
    for value, query in zip(values, queries(dataset), strict=True):
        best = min(ways.find(query)[0], key=lambda one: one.cost_cents)
        assert best == min(exact(query)[0], key=lambda one: one.cost_cents)
        assert any(leg.mode == "sea" for leg in best.legs) == (value > 1_000)


def test_tables_are_made_once_a_kind(book: Dataset, monkeypatch: pytest.MonkeyPatch):
    made = []
    monkeypatch.setattr(module, "lay_groundwork", lambda scene: made.append(scene) or lay(scene))
    ways = KindWays(book)
    list(ways.prepare(queries(book)))
    assert len(made) == 3  # 25 t, 10 t and 4 t a box
    assert all(ways.knows(query) for query in queries(book))


lay = module.lay_groundwork


def test_processes_find_what_one_finds(book: Dataset, monkeypatch: pytest.MonkeyPatch):
    alone, forked = KindWays(book, list_lanes(book)), KindWays(book, list_lanes(book))
    list(alone.prepare(queries(book)))
    monkeypatch.setattr(module, "_may_fork", lambda tasks, questions: True)
    assert len(list(forked.prepare(queries(book)))) == 3
    assert [forked.find(query) for query in queries(book)] == [alone.find(query) for query in queries(book)]


@pytest.mark.skipif(sys.platform != "linux", reason="ways are looked for in other processes on Linux alone")
def test_processes_end_with_the_one_that_asked():
    """It is killed while they work, so that it cannot end them."""
    code = """
import os, time
from landbridge.planner.book import kinds as module
def work(number):
    os.write(1, f"{os.getpid()}\\n".encode())  # a line at once, whatever the other one writes
    time.sleep(300)
module._run_number = work
list(module._in_processes(None, [None, None], 300.0))
"""
    asking = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert asking.stdout is not None
    working = [int(asking.stdout.readline()) for _ in range(2)]
    asking.kill()
    asking.wait()
    end = time.monotonic() + 60
    while any(Path(f"/proc/{one}").exists() for one in working) and time.monotonic() < end:
        time.sleep(0.2)
    left = [one for one in working if Path(f"/proc/{one}").exists()]
    for one in left:
        os.kill(one, signal.SIGKILL)
    asking.stdout.close()
    assert left == []


@pytest.mark.skipif(sys.platform != "linux", reason="ways are looked for in other processes on Linux alone")
def test_what_a_killed_process_was_to_find_is_found_by_the_one_that_asked(book: Dataset, monkeypatch: pytest.MonkeyPatch):
    """Its answer was waited for until the time was over, and its shipments were left out."""
    asking, real = os.getpid(), KindWays._run

    def run(ways, task):
        if os.getpid() != asking and len(task.first) == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(ways, task)

    monkeypatch.setattr(KindWays, "_run", run)
    monkeypatch.setattr(module, "_may_fork", lambda tasks, questions: True)
    ways, begin = KindWays(book, list_lanes(book)), time.monotonic()
    told = list(ways.prepare(queries(book), (), 300.0))
    assert len([one for one in told if one.stage is Stage.KINDS]) == 3
    (killed,) = [one for one in told if one.stage is Stage.KILLED]
    assert f"one process alone looks for the other {killed.total} kinds of load" in headway_text(killed)
    assert time.monotonic() - begin < 100
    assert all(ways.knows(query) for query in queries(book))


def test_what_may_not_go_the_way_of_its_kind_is_searched_by_itself(book: Dataset):
    """The only way by sea is forbidden for one of the goods: it goes by road, as an exact search says."""
    from landbridge.domain.rule import Rule
    from tests.corridor import S

    ban = Rule(
        rule_id="no-milk-by-sea", title="No milk by sea", effect="prohibit", rule_class="transport", regime_id="UN", status="in_force",
        scope="leg", hs=("0402",), modes=("sea",), **S,
    )  # fmt: skip
    dataset = replace(book, rules=(*book.rules, ban))
    ways, exact = KindWays(dataset), route_candidates(dataset)
    milk = next(query for query in queries(dataset) if query.hs == "0402")
    assert ways.find(milk)[0] == exact(milk)[0]
    assert not any(leg.mode == "sea" for one in ways.find(milk)[0] for leg in one.legs)


def test_what_is_late_is_told(book: Dataset):
    dataset = replace(book, shipments=(shipment(1, "one", due_on=READY),))
    plan = plan_book(dataset, QUESTION)
    assert plan.shipments[0].itinerary is None
    assert "arrives by" in (plan.shipments[0].reason or "")


def test_ctrl_c_while_ways_are_looked_for_ends_with_what_is_there(book: Dataset):
    class Stopped(KindWays):
        def prepare(self, queries, later=(), seconds=0.0):
            yield from super().prepare(list(queries)[:1], (), seconds)
            raise KeyboardInterrupt

    plan = plan_book(book, QUESTION, search=Stopped(book))
    assert check_book(book, plan) == ()
    assert [row.reason for row in plan.shipments if row.reason] == [ENDED] * 5
    assert plan.levers == plan.sharings == ()
    assert "the run was ended before levers" in plan.notes


def test_trails_are_spliced_at_transfers_only(book: Dataset):
    ways = KindWays(book)
    list(ways.prepare(queries(book)))
    trails = [trail for kind in ways._kinds.values() for rows in kind.trails.values() for trail in rows.values()]
    spliced = list(splice_trails(trails, trails))
    assert spliced
    for trail in spliced:
        places = [trail[0].from_id, *(move.to_id for move in trail)]
        assert len(set(places)) == len(places)
        assert all(one.to_id == other.from_id for one, other in pairwise(trail))
