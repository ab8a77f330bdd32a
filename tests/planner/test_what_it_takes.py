"""The smallest change with which a way wins: found, checked by searching anew, and never a measure of class sanction."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from landbridge.domain.errors import LandbridgeError, QueryError
from landbridge.domain.event import Event
from landbridge.domain.party import WatchlistEntry
from landbridge.domain.rule import Rule
from landbridge.planner import find_border_values, find_what_it_takes, plan_shipment
from landbridge.planner import what_it_takes as room
from landbridge.planner.varied_feed import keep_sanctions, lower_price, lower_wait, speed_up, without_rule
from landbridge.planner.world.held_law import hold_law
from tests.corridor import READY, S, question, status, tiny_corridor

QUERY = question(tolerance_percent=0)
LISTED = WatchlistEntry(
    entry_id="e", regime_id="UN", list_name="l", name="The Line", party_id="line", measure="freeze", listed_on=date(2025, 1, 1), **S
)


def ban(rule_class="transport", **more):
    row = {
        "rule_id": "ban", "title": "No ships at BP", "effect": "prohibit", "rule_class": rule_class, "regime_id": "UN",
        "status": "in_force", "scope": "leg", "modes": ("sea",), "known_from": date(2020, 1, 1), **S, **more,
    }  # fmt: skip
    return Rule(**row)


def takes(feed, thing, by="balanced"):
    return find_what_it_takes(feed, plan_shipment(feed, QUERY), thing, by)


def best(feed, by):
    key = {"cost": lambda one: one.cost_cents, "time": lambda one: one.duration_min}[by]
    return min(plan_shipment(feed, QUERY).itineraries, key=key)


@pytest.fixture(scope="module")
def feed():
    return tiny_corridor()


def test_the_best_way_needs_nothing(feed):
    answer = takes(feed, "ship", "cost")
    assert (answer.state, answer.gap, answer.changes) == ("wins", 0, ())


def test_prices_that_are_enough_are_the_smallest_to_a_tenth_of_a_percent(feed):
    """The road costs more than the ship; each rate that closes the gap does so at that percent and not a tenth before."""
    answer = takes(feed, "x", "cost")
    assert answer.state == "beaten"
    assert answer.gap == best_by(feed, road=True) - best_by(feed, road=False)
    enough = [one for one in answer.changes if one.is_enough]
    assert enough
    for one in answer.changes:
        with_it = best(lowered(feed, one.row_ids, one.change_percent), "cost")
        assert ([leg.mode for leg in with_it.legs] == ["road"]) == one.is_enough
        if one.is_enough:
            before = best(lowered(feed, one.row_ids, one.change_percent - Decimal("0.1")), "cost")
            assert [leg.mode for leg in before.legs] == ["road", "sea", "road"]


def lowered(feed, row_ids, percent):
    for row_id in row_ids:
        feed = lower_price(feed, row_id, percent)
    return feed


def best_by(feed, *, road):
    return min(one.cost_cents for one in plan_shipment(feed, QUERY).itineraries if (len(one.legs) == 1) == road)


def test_time_is_varied_where_time_is_the_measure(feed):
    answer = takes(feed, "ship", "time")
    assert {one.kind for one in answer.changes} == {"transit_time", "speed"}
    (ship,) = (one for one in answer.changes if one.row_ids == ("ship",))
    assert not ship.is_enough  # it leaves on Fridays only
    slow = lower_wait(feed, "x", -20_000)
    answer = takes(slow, "x", "time")
    waits = [one for one in answer.changes if one.kind == "border_wait"]
    assert [one.is_enough for one in waits] == [True]
    assert best(lower_wait(slow, "x", waits[0].change_min), "time").legs[0].borders == ("x",)


def test_a_rule_that_is_no_sanction_is_named_as_what_has_to_go(feed):
    shut = replace(feed, rules=(ban(),))
    answer = takes(shut, "ship", "cost")
    assert answer.state == "closed"
    assert [(one.kind, one.row_ids) for one in answer.needed] == [("rule", ("ban",))]
    assert answer.gap == 0
    assert len(best(without_rule(shut, "ban"), "cost").legs) == 3


def test_what_need_not_go_is_not_named(feed):
    """An event shuts the port for good, a rule forbids ships: both have to go. A service without a status that runs is confirmed."""
    event = Event(
        event_id="flood", title="Flood", kind="closure", place_id="BP", valid_from=date(2026, 11, 1), known_from=date(2020, 1, 1), **S
    )
    shut = replace(feed, rules=(ban(),), events=(event,))
    answer = takes(shut, "ship", "cost")
    assert {one.row_ids for one in answer.needed} == {("ban",), ("flood",)}
    unsure = replace(feed, statuses=(status("ship", "unconfirmed"), *feed.statuses[1:]))
    answer = takes(unsure, "ship", "cost")
    assert [(one.kind, one.row_ids) for one in answer.needed] == [("status", ("ship",))]


@pytest.mark.parametrize(
    "change",
    [
        {"rules": (ban("sanction"),)},
        {"watchlist": (LISTED,)},
        {"rules": (ban("sanction"), ban(rule_id="other"))},
    ],
)  # fmt: skip
def test_a_measure_of_class_sanction_is_never_varied(feed, change, monkeypatch):
    """The way is held, no change is told, and every feed that was searched has all its sanctions."""
    shut = replace(feed, **change)
    plan = plan_shipment(shut, QUERY)
    searched = []
    compiled = room.compile_graph
    monkeypatch.setattr(room, "compile_graph", lambda dataset: (searched.append(dataset), compiled(dataset))[1])
    answer = find_what_it_takes(shut, plan, "ship", "cost")
    assert (answer.state, answer.needed, answer.changes) == ("held", (), ())
    assert answer.held
    assert searched
    for one in searched:
        held = [row for row in hold_law(shut).rules if row.rule_class == "sanction"]
        assert [row for row in one.rules if row.rule_class == "sanction"] == held
        assert {row.entry_id for row in one.watchlist} >= {row.entry_id for row in shut.watchlist}


def test_a_feed_with_fewer_sanctions_is_not_searched(feed):
    shut = replace(feed, rules=(ban("sanction"),))
    assert without_rule(shut, "ban") == shut
    for less in (replace(shut, rules=()), replace(shut, rules=(ban("sanction", valid_to=READY),)), replace(shut, parties=())):
        with pytest.raises(LandbridgeError):
            keep_sanctions(shut, less)
    assert keep_sanctions(shut, speed_up(shut, "ha", Decimal(50)))


def test_what_cannot_be_asked_is_told(feed):
    plan = plan_shipment(feed, QUERY)
    for thing, by, code in (("ship", "weight", "MEASURE"), ("Atlantis", "cost", "UNKNOWN-PLACE")):
        with pytest.raises(QueryError) as caught:
            find_what_it_takes(feed, plan, thing, by)
        assert [one.code for one in caught.value.findings] == [code]


def test_an_hour_at_a_border_is_worth_what_searching_anew_gives(feed):
    """Without the ship the trucks wait at the border; the border makes the driver fresh only if it takes as long as his rest."""
    road = replace(feed, services=())
    plan = plan_shipment(road, QUERY)
    (value,) = find_border_values(road, plan)
    hour_less = plan_shipment(lower_wait(road, "x", 60), QUERY).itineraries[0]
    none = plan_shipment(lower_wait(road, "x", 600), QUERY).itineraries[0]
    assert (value.border_id, value.wait_min) == ("x", 600)
    assert value.hour_min == plan.itineraries[0].duration_min - hour_less.duration_min
    assert value.all_min == plan.itineraries[0].duration_min - none.duration_min
    assert value.hour_min == 60
    assert value.all_cents > value.hour_cents > 0
