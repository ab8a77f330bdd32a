"""Runs planned anew under way: small courses whose best choice is known."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from landbridge.planner.shipment import plan_shipment
from landbridge.uncertainty.bill import Price
from landbridge.uncertainty.course import Course, Departure, Gate, Mark, Meter, Notice, Spell
from landbridge.uncertainty.engine import Job, Settings, list_parts, run_blocks, run_parts
from landbridge.uncertainty.forwarder import NewWay, State, loosen_course, replan_runs
from landbridge.uncertainty.hazard import Hazard
from landbridge.uncertainty.simulate import list_spent
from tests.corridor import question, tiny_corridor

AT = datetime(2026, 1, 1, tzinfo=UTC)
BOAT = Departure(place_id="p", service_id="s", planned=800.0, leaves=(800.0, 9000.0), cutoffs=(300.0, 8900.0), subjects=(), leg=1)
SPELL = Spell(cause="c", low=100, typical=200, high=600)


def course(*elements, hazards=()):
    return Course(hazards=hazards, zero_at=AT, start=0.0, elements=elements, planned_at=AT, by_at=AT, is_due=False)


def price(cents, cause="price of freight: f"):
    return Price(cause=cause, low_cents=cents, typical_cents=cents, high_cents=cents, currency=None)


TRUCK = (Mark(name="gate-in 0"), Mark(name="left 0"), Spell(cause="truck", low=500, typical=500, high=500))


def way(cents=50, spent=(), elements=TRUCK):
    return NewWay(course=course(*elements), prices=(price(cents, "price of truck: t"),), rates=(), spent=spent, legs=(("truck", "end"),))


def blocks(one, prices=(), runs=3_000, seed=1):
    return run_blocks(one, prices, (), Settings(family="triangular"), runs=runs, seed=seed)


def test_a_missed_departure_is_left_for_a_truck_where_that_pays():
    """Waiting costs more than 8000 minutes of capital, the truck 50 cents: all that missed go by truck, none of the others."""
    made = blocks(course(Mark(name="gate-in 1"), SPELL, BOAT))
    ((_, missed),) = replan_runs(made, lambda _: None, value_per_day_cents=0).outcome.missed
    done = replan_runs(made, lambda _: way(), value_per_day_cents=1440)
    assert 0 < missed.sum() < len(missed)
    assert (done.changed == missed).all()
    assert set(done.outcome.arrival[~missed]) == {800.0}
    reached = np.concatenate([block.halts[0].now for block in made])
    assert done.outcome.arrival[missed] == pytest.approx(reached + 500)
    assert (done.outcome.cost[missed] == 50).all()
    assert all(one.is_taken and one.won_min > 0 and one.won_cents == -50 for one in done.choices)


def test_what_does_not_pay_is_not_taken():
    made = blocks(course(SPELL, BOAT))
    done = replan_runs(made, lambda _: way(cents=100_000), value_per_day_cents=10)
    assert not done.changed.any()
    assert not any(one.is_taken for one in done.choices)
    assert (done.outcome.arrival == np.concatenate([block.outcome.arrival for block in made])).all()


def test_where_there_is_no_way_they_wait():
    done = replan_runs(blocks(course(SPELL, BOAT)), lambda _: None, value_per_day_cents=1440)
    assert not done.changed.any()
    assert all(one.way is None for one in done.choices)


def test_only_what_is_spent_is_paid_of_the_old_way():
    """Freight of 700 in all, 200 of it for legs that are over: runs that change pay 200 and the truck."""
    made = blocks(course(SPELL, BOAT), prices=(price(700),))
    done = replan_runs(made, lambda _: way(spent=(price(200),)), value_per_day_cents=1440)
    assert (done.outcome.cost[done.changed] == 250).all()
    assert (done.outcome.cost[~done.changed] == 700).all()
    causes = done.outcome.causes
    assert (causes["price of freight: f"][done.changed] == 200).all()
    assert (causes["price of truck: t"][~done.changed] == 0).all()


def test_storage_where_the_goods_stood_is_paid_on_the_new_way_too():
    """A truck that comes two days later: the storage of the old way's place runs until then."""
    meter = Meter(kind="storage", since="gate-in 1", extra_min=0, steps=((1, None, 10.0, 10.0, 10.0),))
    late = (Mark(name="gate-in 0"), Spell(cause="w", low=2880, typical=2880, high=2880), Mark(name="left 0"))
    made = blocks(course(SPELL, Mark(name="gate-in 1"), BOAT, meter))
    done = replan_runs(made, lambda _: way(cents=0, elements=late), value_per_day_cents=1440)
    assert done.changed.any()
    assert (done.outcome.cost[done.changed] == 20).all()


def test_a_closure_stays_closed_on_the_new_way():
    """The new way leads through the same border: nothing is won, since the same closure holds in the same run."""
    hazard = Hazard(subject="border b", rate_per_min=1 / 3000, lengths=(2000.0,))
    gate = Gate(spans=None, subjects=("border b",), place_id="p")
    made = blocks(course(SPELL, gate, hazards=(hazard,)))
    same = NewWay(course=course(gate, hazards=(hazard,)), prices=(), rates=(), spent=(), legs=())
    done = replan_runs(made, lambda _: same, value_per_day_cents=1440)
    assert done.choices
    assert {one.won_min for one in done.choices} == {0.0}
    assert {one.state.reason for one in done.choices} == {"border b"}


def test_the_same_in_any_order_of_blocks():
    one = course(SPELL, BOAT, Spell(cause="d", low=10, typical=20, high=400))
    job, parts = Job(course=one, prices=(), rates=(), settings=Settings(family="triangular"), seed=1), list_parts(3_000)
    orders = blocks(one), run_parts(job, parts[::-1])[::-1]
    answers = [replan_runs(order, lambda _: way(), value_per_day_cents=100).outcome for order in orders]
    assert (answers[0].arrival == answers[1].arrival).all()
    assert (answers[0].cost == answers[1].cost).all()


def test_states_too_rare_wait_and_are_counted():
    boat = replace(BOAT, cutoffs=(599.5, 8900.0))
    done = replan_runs(blocks(course(SPELL, boat), runs=2_000, seed=4), lambda _: way(), value_per_day_cents=1440)
    assert not done.changed.any()
    assert done.rare == sum(len(halt.runs) for block in blocks(course(SPELL, boat), runs=2_000, seed=4) for halt in block.halts)


def test_a_new_way_starts_when_the_goods_are_there():
    loose = loosen_course(course(Notice(planned=500.0), Mark(name="left 0"), Notice(planned=700.0), BOAT))
    assert [type(one) for one in loose.elements] == [Mark, Notice, Departure]
    assert loose.elements[-1].planned == 800.0


def test_what_happens_later_decides_nothing_now():
    """The border behind the boat shuts in some runs and not in others. Who missed the boat does not know: all of one state go by truck,
    also those for which the boat would have been better, and those who caught it wait at the border.
    """
    later = Hazard(subject="border b", rate_per_min=1 / 9_000, lengths=(9_000.0,))
    made = blocks(course(SPELL, BOAT, Gate(spans=None, subjects=("border b",), place_id="q", leg=2), hazards=(later,)))
    truck = way(elements=(*TRUCK[:2], Spell(cause="truck", low=9_500, typical=9_500, high=9_500)))
    waited = np.concatenate([block.outcome.arrival for block in made])
    done = replan_runs(made, lambda state: truck if state.reason == "missed" else None, value_per_day_cents=1440)
    assert all(one.is_taken for one in done.choices if one.state.reason == "missed")
    ((_, missed),) = replan_runs(made, lambda _: None, value_per_day_cents=0).outcome.missed
    assert (done.changed == missed).all()
    won = waited[missed] - done.outcome.arrival[missed]
    assert (won > 0).any()
    assert (won < 0).any()


def test_a_state_tells_nothing_that_lies_ahead():
    """Worlds with and without a closure behind the boat ask the same questions where it was missed."""
    asked = []
    for hazards in ((), (Hazard(subject="border b", rate_per_min=1 / 3_000, lengths=(9_000.0,)),)):
        states = []
        gate = Gate(spans=None, subjects=("border b",) if hazards else (), place_id="q", leg=2)
        replan_runs(
            blocks(course(SPELL, BOAT, gate, hazards=hazards)), lambda state, into=states: into.append(state), value_per_day_cents=1
        )
        asked.append([one for one in states if one.reason == "missed"])
    assert asked[0] == asked[1] != []


def test_handling_that_was_done_is_spent():
    """Goods that missed the ship were lifted for it: that is paid, the freight of the ship is not."""
    corridor = tiny_corridor()
    itinerary = plan_shipment(corridor, question()).itineraries[0]
    state = State(place_id="AP", leg=1, is_begun=False, reason="missed", ready=0.0)
    assert sum(item.cost_cents for item in list_spent(corridor, itinerary, state)) == 12_000 + 10_000
    assert sum(item.cost_cents for item in list_spent(corridor, itinerary, replace(state, is_begun=True))) == 12_000 + 50_000


def test_handling_elsewhere_is_not_spent_whatever_places_are_called():
    """Both ports have one name; the lift at the other end of the ship was not done yet."""
    corridor = tiny_corridor()
    corridor = replace(corridor, places=tuple(replace(row, name="Port") for row in corridor.places))
    itinerary = plan_shipment(corridor, question()).itineraries[0]
    state = State(place_id="AP", leg=1, is_begun=False, reason="missed", ready=0.0)
    items = tuple(replace(item, leg=1) if item.kind == "handling" else item for item in itinerary.items)
    assert sum(item.cost_cents for item in list_spent(corridor, replace(itinerary, items=items), state)) == 12_000 + 10_000
