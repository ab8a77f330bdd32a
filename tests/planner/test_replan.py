"""Goods under way on the tiny corridor: what is known by now counts, and every figure can be worked out by hand."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from landbridge.domain.event import Event
from landbridge.domain.milestone import Milestone
from landbridge.domain.party import Party, WatchlistEntry
from landbridge.domain.rule import Rule
from landbridge.domain.terminal import Terminal
from landbridge.graph.planning_graph import compile_graph
from landbridge.planner.replan import list_deadlines, replan_goods
from landbridge.planner.shipment import plan_shipment
from landbridge.report.replan_report import render_replan
from landbridge.routing.best_way import BestWays
from landbridge.sources.milestones import read_milestones
from landbridge.uncertainty.position import check_milestones, list_points
from tests.corridor import S, question, tiny_corridor, usd

BY_TRUCK = 137_200
"""AP - AA - AX - BX - BB at 1 USD a km, and 50 at the border."""
NEWS = date(2026, 12, 2)


def feed(**more):
    """The corridor as it came to be known: ships sail on Fridays at noon, and take goods until noon of the day before."""
    return replace(tiny_corridor(), info=replace(tiny_corridor().info, as_of=date(2026, 12, 31)), **more)


def closure(**more):
    return Event(event_id="news", title="News", kind="closure", valid_from=NEWS, known_from=NEWS, **S, **more)


def ask(tmp_path, dataset, *told, itinerary=1, **more):
    plan = plan_shipment(dataset, question(**more))
    path = tmp_path / "events.json"
    names = ("transportEventTypeCode", "UNLocationCode", "eventDateTime")
    path.write_text(json.dumps([{"eventClassifierCode": "ACT", **dict(zip(names, one, strict=True))} for one in told]), encoding="utf-8")
    return replan_goods(dataset, plan, str(path), itinerary=itinerary, runs=100)[0]


def test_a_closure_that_came_to_be_known_under_way_counts(tmp_path):
    """The ship is laid up the day before the goods are at the port: its arrival cannot be told, and the truck that came goes on."""
    dataset = feed(events=(closure(service_id="ship"),))
    answer = ask(tmp_path, dataset, ("ARRI", "AP", "2026-12-03T06:00:00Z"))
    assert (answer.as_of, [one.event_id for one in answer.shut]) == (date(2026, 12, 3), ["news"])
    assert answer.expected_at is None
    assert [leg.service_id for leg in answer.alternative.legs] == ["ha"]
    assert (answer.change_cents, answer.open_cents, answer.saving_cents) == (BY_TRUCK, 72_000, None)
    assert answer.decide_by == datetime(2026, 12, 3, 6, tzinfo=UTC)
    assert "which is past" not in str(render_replan(answer, dataset))
    assert "which is past" in str(render_replan(replace(answer, decide_by=answer.decide_by - timedelta(hours=1)), dataset, width=1_000))
    assert sum(item.cost_cents for item in answer.alternative.items) == answer.alternative.cost_cents


def test_what_is_not_known_yet_does_not_count(tmp_path):
    """The same news a day later than the milestone: nobody can act on it."""
    dataset = feed(events=(replace(closure(service_id="ship"), valid_from=date(2026, 12, 4), known_from=date(2026, 12, 4)),))
    answer = ask(tmp_path, dataset, ("ARRI", "AP", "2026-12-03T06:00:00Z"))
    assert (answer.shut, answer.alternative, answer.has_searched) == ((), None, True)
    assert answer.expected_at == datetime(2026, 12, 15, 14, tzinfo=UTC)


def test_a_closure_with_a_known_end_is_waited_for(tmp_path):
    """Shut until 6 December: the ship of the 11th is taken, a week after the one planned."""
    dataset = feed(events=(closure(service_id="ship", valid_to=date(2026, 12, 6), end_known_from=NEWS),))
    answer = ask(tmp_path, dataset, ("ARRI", "AP", "2026-12-03T06:00:00Z"))
    assert answer.expected_at == datetime(2026, 12, 22, 14, tzinfo=UTC)


@pytest.mark.parametrize(("worth", "pays"), [(5_000, False), (50_000, True)])
def test_a_missed_ship_costs_the_days_until_the_next(tmp_path, worth, pays):
    """Twelve hours late at the port the goods come a week later by ship, not twelve hours; by truck they are there sooner."""
    goods = (replace(tiny_corridor().goods[0], value_per_t=usd(worth)),)
    answer = ask(tmp_path, feed(goods=goods), ("ARRI", "AP", "2026-12-03T18:00:00Z"))
    assert answer.position.late_min == 12 * 60
    assert answer.expected_at == datetime(2026, 12, 22, 14, tzinfo=UTC)
    assert (answer.alternative is not None) == pays
    if pays:
        sooner = (answer.expected_at - answer.alternative.arrives_at).total_seconds() / 86_400
        per_day = 12 * worth * 100 * answer_percent(goods) / 100 / 365
        assert answer.saving_cents == pytest.approx(72_000 - BY_TRUCK + sooner * per_day, abs=1)
        assert answer.alternative.arrives_at > datetime(2026, 12, 4, tzinfo=UTC)


def answer_percent(goods):
    return float(plan_shipment(feed(goods=goods), question()).capital_percent)


def test_a_run_that_cannot_end_is_left_where_the_goods_were_last_seen(tmp_path):
    """A truck to BB has left when the border on its way shuts: it turns to the port, since the line still sails."""
    answer = ask(tmp_path, feed(events=(closure(border_id="x"),)), ("DEPA", "AA", "2026-12-02T00:00:00Z"), itinerary=2)
    assert answer.from_id == "AA"
    assert [leg.service_id for leg in answer.alternative.legs] == ["ha", "ship", "hb"]
    assert answer.saving_cents is None


def test_a_terminal_ahead_whose_operator_is_listed_under_way_blocks_the_way_planned(tmp_path):
    """The goods are on the ship: where they were loaded lies behind them, where they are to be discharged ahead."""
    parties = tuple(Party(party_id=one, name=one, kind="company", country="BB", **S) for one in ("behind", "ahead"))
    listed = {"regime_id": "UN", "list_name": "List", "name": "x", "measure": "freeze", "listed_on": NEWS, **S}
    base = feed()
    dataset = replace(
        base,
        parties=(*base.parties, *parties),
        terminals=tuple(
            Terminal(terminal_id=one, place_id=where, name=one, operator_id=one, **S) for one, where in (("behind", "AP"), ("ahead", "BP"))
        ),
        stops=tuple(replace(stop, terminal_id=one) for stop, one in zip(base.stops, ("behind", "ahead"), strict=True)),
    )
    for party_id, blocked in (("behind", ()), ("ahead", ("entry: x on List (freeze)",))):
        changed = replace(dataset, watchlist=(WatchlistEntry(entry_id="entry", party_id=party_id, **listed),))
        assert ask(tmp_path, changed, ("DEPA", "AP", "2026-12-04T12:00:00Z")).blocked == blocked


def test_a_ship_under_way_cannot_be_left(tmp_path):
    answer = ask(tmp_path, feed(), ("DEPA", "AP", "2026-12-04T12:00:00Z"))
    assert (answer.from_id, answer.has_searched) == ("BP", True)
    last = ask(tmp_path, feed(), ("ARRI", "BB", "2026-12-15T15:00:00Z"))
    assert (last.expected_at, last.has_searched) == (datetime(2026, 12, 15, 15, tzinfo=UTC), False)


def test_a_rule_that_came_into_force_under_way_blocks_the_way_planned(tmp_path):
    ban = Rule(
        rule_id="ban", title="no trucks B", effect="prohibit", rule_class="transport", regime_id="BB", status="in_force", scope="leg",
        haulage_ids=("hb",), valid_from=NEWS, known_from=NEWS, **S,
    )  # fmt: skip
    answer = ask(tmp_path, feed(rules=(ban,)), ("ARRI", "AP", "2026-12-03T06:00:00Z"))
    assert answer.blocked == ("ban: no trucks B",)
    assert (answer.expected_at, answer.saving_cents) == (None, None)
    assert [leg.service_id for leg in answer.alternative.legs] == ["ha"]


def test_a_way_point_that_is_still_ahead_is_kept(tmp_path):
    """The question asked for the port of BB, which no truck passes on its way."""
    told = ("ARRI", "AP", "2026-12-03T06:00:00Z")
    answer = ask(tmp_path, feed(events=(closure(service_id="ship"),)), told, via=("BP",))
    assert (answer.alternative, answer.has_searched) == (None, True)


def test_the_change_to_the_next_leg_is_paid_and_takes_its_time():
    """The planned rest is found again, to the cent and the minute; a way from a door would know no lift at the port."""
    plan = plan_shipment(feed(), question())
    way = plan.itineraries[0]
    ways = BestWays(compile_graph(feed()), question())
    came = way.legs[0].arrives_at
    found = ways.find_onward(way.legs[0], "AP", came)
    assert (found.cost_cents, found.arrives_at) == (72_000, way.arrives_at)
    assert ways.find(origin_id="AP", ready_at=came).cost_cents == 62_000
    assert found.legs[0].stages[0].kind == "handling"
    late = ways.find_onward(way.legs[0], "AP", came.replace(hour=8))  # six hours of lift end after the cut-off
    assert late.legs[0].departs_at == datetime(2026, 12, 11, 12, tzinfo=UTC)


def test_it_has_to_be_decided_by_the_cut_off():
    way = plan_shipment(feed(), question()).itineraries[0]
    assert min(list_deadlines(feed(), replace(way, legs=way.legs[1:]))) == datetime(2026, 12, 3, 12, tzinfo=UTC)


def test_a_milestone_of_another_year_is_told():
    """Nobody is a year early: it is taken, but told."""
    way = plan_shipment(feed(), question()).itineraries[0]
    _, place, kind, at = list_points(way)[1]
    for days, codes in ((0, []), (59, []), (-365, ["MILESTONE-FAR"])):
        told = (Milestone(where=place, kind=kind, at=at + timedelta(days=days), row=1),)
        assert [one.code for one in check_milestones(way, told)] == codes


def test_a_code_as_the_list_of_codes_prints_it(tmp_path):
    path = tmp_path / "events.csv"
    path.write_text(
        "eventClassifierCode,eventDateTime,transportEventTypeCode,UNLocationCode\nACT,2026-12-03T06:00:00Z,ARRI,BY MSQ\n", encoding="utf-8"
    )
    assert read_milestones(path)[0][0].where == "BYMSQ"


def test_two_events_of_one_moment_contradict_nothing():
    """Arrived and left within a minute, or a day told to midnight: the order in the file says nothing."""
    way = plan_shipment(feed(), question()).itineraries[0]
    at = way.legs[0].arrives_at
    left, came = (Milestone(where="AP", kind=kind, at=at, row=row) for row, kind in ((1, "depart"), (2, "arrive")))
    assert check_milestones(way, (left, came)) == ()
