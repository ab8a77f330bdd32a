"""Everything that is shared out gives on two worker processes of a real scheduler what it gives in this process."""

import json
from dataclasses import replace

import pytest

from landbridge.domain.errors import ClusterError
from landbridge.domain.scenario import Change, Scenario
from landbridge.planner import (
    BatchQuestion,
    Crew,
    Question,
    SharedPairs,
    compare_scenarios,
    find_distances,
    find_matrix,
    init_feed,
    load_feed,
    plan_batch,
    plan_shipment,
    share_distances,
)
from landbridge.planner.book.candidates import BookQuestion
from landbridge.planner.book.joint_plan import plan_book
from landbridge.planner.plan_record import demand_same_gate
from landbridge.planner.question import ask
from landbridge.planner.simulate import compare_risks
from landbridge.planner.whole_trade import TradeDraw, TradeWork, book_draw
from landbridge.report.way_document import pair_document
from tests.corridor import AS_OF
from tests.planner.test_batch import ROWS, write
from tests.planner.test_book import book_of, charter, shipment
from tests.planner.test_sweep import SCHEDULER, WORKER, alarm, started

__all__ = ["alarm"]
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("alarm")]
pytest.importorskip("distributed")
LOAD = {"units": "1x40HC", "ready": "2026-12-01"}


@pytest.fixture
def cluster():
    """Started after the test's own store is named, so that workers look into the same one."""
    with (
        started(SCHEDULER) as scheduler,
        started(WORKER, scheduler.first_line),
        started(WORKER, scheduler.first_line),
    ):
        yield Crew(cluster=scheduler.first_line)


@pytest.fixture(scope="module")
def location(tmp_path_factory):
    folder = tmp_path_factory.mktemp("feeds") / "small"
    init_feed(str(folder))
    return str(folder)


@pytest.fixture(scope="module")
def feed(location):
    return load_feed(location)[0]


def test_a_matrix_and_a_batch(feed, location, cluster, tmp_path):
    question = Question(origin="", destination="", **LOAD)
    asked = (feed, question, ("Varna", "Yerevan"), ("Varna", "Yerevan", "Poti"))
    alone, shared = find_matrix(*asked), find_matrix(*asked, crew=cluster)
    assert any(one.itinerary is not None for one in alone.relations)
    assert alone == shared
    lines = []
    for name, more in (("alone", {"workers": 1}), ("shared", {"cluster": cluster.cluster})):
        out = tmp_path / name
        batch = BatchQuestion(
            shipments=write(tmp_path, ROWS), out=str(out), feed=location, rates=None, defaults=Question(origin="", destination=""), **more
        )
        result = plan_batch(feed, batch, at="2026-11-26T00:00:00+00:00")
        assert (result.planned, result.wrong) == (4, 1)
        lines.append([json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()])
    assert lines[0] == lines[1]


def test_scenarios_shares_draws_and_risks(feed, cluster):
    dataset = book_of(shipment(1, "one"), shipment(2, "two"), shipment(3, "buyer", units=5), block_offers=(charter(),))
    book = BookQuestion(as_of=AS_OF, seconds=20, draws=4, levers_seconds=0)
    without = Change(action="remove", table="block_offers")
    scenarios = (Scenario(name="without", title="Without", dated_on=AS_OF, source="nobody", digest="x", changes=(without,)),)
    compared = compare_scenarios(dataset, scenarios, book)
    assert compared.cases[0].plan.together != compared.cases[1].plan.together
    assert told(compare_scenarios(dataset, scenarios, book, crew=cluster)) == told(compared)
    alone, shared = plan_book(dataset, book), plan_book(dataset, replace(book, crew=cluster))
    assert len(alone.alone_by_payer) == 3
    assert alone.spread == shared.spread is not None
    assert {one.method: one.shares for one in alone.sharings} == {one.method: one.shares for one in shared.sharings} != {}
    plan = plan_shipment(feed, ask(feed, Question(origin="Varna", destination="Yerevan", **LOAD)))
    assert compare_risks(feed, plan, runs=2_500, seed=4) == compare_risks(feed, plan, runs=2_500, seed=4, crew=cluster)


def told(comparison):
    return [(one.scenario, one.reasons, replace(one.plan, joint_seconds=0)) for one in comparison.cases]


def test_a_worker_with_other_lists_or_decisions_works_for_nobody(feed, cluster):
    demand_same_gate(())
    with pytest.raises(ClusterError, match="are not those here"):
        demand_same_gate(("OFAC:of another day",))
    work = TradeWork(dataset=feed, estimates=(), as_of=AS_OF, seconds=1, companies=None, seed=1, stamp=("OFAC:of another day",))
    with pytest.raises(ClusterError, match="are not those here"):
        book_draw(work, TradeDraw(number=0, flows=()))


def test_sampled_shares_of_many_payers_are_those_of_as_many_orders():
    """Which coalitions are worked out ahead is told by the same orders as the sampling uses."""
    from landbridge.planner.book.crew import _list_joined
    from landbridge.sharing import CostGame, sample_shapley
    from landbridge.sharing.shapley import draw_orders

    payers = tuple("abcdefghijklmn")
    orders = draw_orders(len(payers), 5)
    ahead = {one for _ in range(8) for one in _list_joined(payers, next(orders))}
    asked = set()
    sample_shapley(CostGame(payers, lambda members: asked.add(members) or len(members) ** 2), pairs=8, seed=5)
    assert asked - {payers} <= ahead | {(one,) for one in payers}
    assert ahead <= asked


def test_distances_of_pairs(cluster, tmp_path, monkeypatch):
    path = tmp_path / "pairs.csv"
    path.write_text("from,to\nMinsk,Brest\nMinsk,Nowhereville\nMinsk,Gomel\nMinsk\n", encoding="utf-8")
    monkeypatch.setattr("landbridge.planner.distance_share.PART_ROWS", 2)
    shared = share_distances(str(path), mode="road", crew=cluster)
    assert isinstance(shared, SharedPairs)
    alone = find_distances(str(path), mode="road")
    assert [pair_document(*one) for one in shared.answers()] == [pair_document(*one) for one in alone.answers()]
