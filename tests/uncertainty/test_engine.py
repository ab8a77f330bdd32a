"""Runs of small courses against exact convolution, exact chances and each other."""

import pickle
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from landbridge.uncertainty.bill import Price
from landbridge.uncertainty.calibration import STUCK_RANGE_DAYS
from landbridge.uncertainty.course import Course, Delay, Departure, Gate, Mark, Meter, Notice, Spell
from landbridge.uncertainty.engine import Job, Settings, join_outcomes, list_parts, run_course, run_part, run_parts
from landbridge.uncertainty.hazard import Hazard

ALONE = Settings(family="triangular", shares=(0.0, 0.0))
"""Nothing in common: durations are independent, so convolution is exact."""


def course(*elements, hazards=(), start=0.0):
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return Course(hazards=hazards, zero_at=at, start=start, elements=elements, planned_at=at, by_at=at, is_due=False)


def spell(low, typical, high, cause="c"):
    return Spell(cause=cause, low=low, typical=typical, high=high)


def run(one, settings=ALONE, runs=20_000, seed=1, prices=(), **more):
    return run_course(one, prices, (), settings, runs=runs, seed=seed, **more)


def triangle(low, typical, high):
    """Exact chances of a triangular time by whole minutes, from its distribution function."""

    def below(at):
        if at <= low:
            return 0.0
        if at >= high:
            return 1.0
        if at < typical:
            return (at - low) ** 2 / ((high - low) * (typical - low))
        return 1 - (high - at) ** 2 / ((high - low) * (high - typical))

    return np.array([below(minute + 0.5) - below(minute - 0.5) for minute in range(high + 1)])


SPELLS = ((60, 120, 400), (10, 30, 200), (100, 300, 500))
EXACT = np.convolve(np.convolve(triangle(*SPELLS[0]), triangle(*SPELLS[1])), triangle(*SPELLS[2]))


def test_three_times_in_a_row_are_their_convolution():
    """The chance to be there by a minute, within four standard errors of the exact one, at nine minutes."""
    outcome = run(course(*(spell(*one, cause=str(number)) for number, one in enumerate(SPELLS))))
    heights = np.cumsum(EXACT)
    for share in np.arange(0.1, 1, 0.1):
        minute = int(np.searchsorted(heights, share))
        error = np.sqrt(heights[minute] * (1 - heights[minute]) / len(outcome.arrival))
        assert abs((outcome.arrival <= minute + 0.5).mean() - heights[minute]) < 4 * error


def test_the_chance_to_miss_a_cut_off_is_exact():
    """Three times in a row against one cut-off: missed as often as the convolution says; then the next departure is taken."""
    boat = Departure(place_id="p", service_id="s", planned=800.0, leaves=(800.0, 5000.0), cutoffs=(700.0, 4900.0), subjects=())
    outcome = run(course(*(spell(*one, cause=str(number)) for number, one in enumerate(SPELLS)), boat))
    exact = 1 - float(np.cumsum(EXACT)[700])
    ((_, missed),) = outcome.missed
    assert abs(missed.mean() - exact) < 4 * np.sqrt(exact * (1 - exact) / len(missed)) + 1e-3
    assert set(outcome.arrival) == {800.0, 5000.0}
    assert (outcome.arrival == 5000.0).mean() == missed.mean()


def test_goods_that_come_early_wait_for_the_departure_booked():
    boat = Departure(place_id="p", service_id="s", planned=800.0, leaves=(300.0, 800.0), cutoffs=(200.0, 700.0), subjects=())
    assert set(run(course(boat), runs=100).arrival) == {800.0}


def test_the_same_seed_gives_the_same_answer_in_any_order_of_blocks():
    one = course(*(spell(*three) for three in SPELLS), hazards=())
    job, parts = Job(course=one, prices=(), rates=(), settings=ALONE, seed=1), list_parts(3_500)
    orders = [run_parts(job, parts), run_parts(job, parts[::-1])[::-1], [run_part(job, part) for part in parts]]
    answers = [join_outcomes([block.outcome for block in blocks]) for blocks in orders]
    assert all((answer.arrival == answers[0].arrival).all() and (answer.cost == answers[0].cost).all() for answer in answers)
    assert (run(one, seed=2, runs=3_500).arrival != answers[0].arrival).any()


def test_causes_in_common_widen_the_sum_and_leave_each_time_alone():
    """Two times of one cause: more spread together, the same middle."""
    two = (spell(100, 200, 600), spell(100, 200, 600))
    alone, together = run(course(*two)).arrival, run(course(*two), Settings(family="triangular", shares=(0.0, 0.9))).arrival
    assert together.std() > 1.25 * alone.std()
    assert together.mean() == pytest.approx(alone.mean(), rel=0.02)


def test_a_later_begin_never_arrives_earlier():
    """With the same draws: all waits keep the order."""
    gate = Gate(spans=((0.0, 600.0), (1440.0, 2040.0), (2880.0, 9000.0)), closed=((1500.0, 1600.0),))
    boat = Departure(place_id="p", service_id="s", planned=3000.0, leaves=(3000.0, 6000.0), cutoffs=(2900.0, 5900.0), subjects=())
    early, late = (run(course(spell(10, 100, 900), gate, spell(5, 20, 300), boat, start=start)).arrival for start in (0.0, 250.0))
    assert (late >= early).all()


def test_a_gate_is_passed_when_it_is_open():
    gate = Gate(spans=((0.0, 100.0), (1440.0, 1540.0)), closed=((1440.0, 1500.0),))
    for start, expected in ((50.0, 50.0), (100.0, 1500.0), (1520.0, 1520.0)):
        assert run(course(gate, start=start), runs=100).arrival[0] == expected
    assert not np.isfinite(run(course(gate, start=1540.0), runs=100).arrival[0])


def test_a_planned_start_is_waited_for_and_a_delay_holds_while_it_is_on():
    delay = Delay(spans=((0.0, 1000.0),), ranges=((300.0, 300.0, 300.0),))
    planned = Settings(is_planned=True)
    assert run(course(Notice(planned=500.0), delay), planned, runs=100).arrival[0] == 800.0
    assert run(course(delay, start=900.0), planned, runs=100).arrival[0] == 1000.0
    assert run(course(delay, start=1000.0), planned, runs=100).arrival[0] == 1000.0


def test_storage_by_begun_days():
    """Three days begun, one free, the second at 10, from the third 40 a day."""
    meter = Meter(kind="storage", since="in", extra_min=0, steps=((2, 2, 10, 10, 10), (3, None, 40, 40, 40)))
    outcome = run(course(Mark(name="in"), spell(2881, 2881, 2881), meter), runs=100)
    assert outcome.cost[0] == 50.0


def test_closures_drawn_close_as_often_as_told():
    """A subject shut for half of the time on average: a tenth of the runs at least waits, none passes while it is shut."""
    hazard = Hazard(subject="border b", rate_per_min=1 / 1000, lengths=(1000.0,))
    outcome = run(course(Gate(spans=None, subjects=("border b",)), start=1500.0, hazards=(hazard,)), runs=5_000)
    waited = (outcome.arrival > 1500.0).mean()
    assert 0.3 < waited < 0.7
    none = run(course(Gate(spans=None, subjects=("border b",)), start=1500.0, hazards=(hazard,)), Settings(has_closures=False), runs=100)
    assert (none.arrival == 1500.0).all()


def test_prices_lie_between_their_ends():
    price = Price(cause="p", low_cents=100, typical_cents=150, high_cents=400, currency=None)
    outcome = run(course(), prices=(price, price), runs=5_000)
    assert outcome.cost.min() >= 200
    assert outcome.cost.max() <= 800
    assert run(course(), Settings(is_planned=True), prices=(price,), runs=100).cost[0] == 150


def test_a_block_is_the_same_after_it_was_sent_somewhere_else():
    """What a worker of a cluster does: job and part go there as bytes, the block comes back as bytes."""
    job = Job(course=course(spell(60, 90, 400)), prices=(), rates=(), settings=ALONE, seed=3)
    parts = list_parts(2_500)
    sent, home = pickle.loads(pickle.dumps((job, parts[-1]))), run_part(job, parts[-1])
    back = pickle.loads(pickle.dumps(run_part(*sent)))
    assert [part.runs for part in parts] == [1000, 1000, 500]
    assert (back.outcome.arrival == home.outcome.arrival).all()


def test_a_run_that_is_stuck_pays_storage_for_a_year_and_its_whole_freight():
    """Cheap where it stands until it misses the only departure: then it is the dearest, and so are the worst costs."""
    boat = Departure(place_id="p", service_id="s", planned=800.0, leaves=(800.0,), cutoffs=(700.0,), subjects=())
    here, there = (Meter(kind="storage", since=f"gate-in {leg}", extra_min=0, steps=((1, None, 10, 10, 10),)) for leg in (0, 1))
    freight = (Price(cause="price of freight: f", low_cents=5_000, typical_cents=5_000, high_cents=5_000, currency=None),)
    elements = (Mark(name="gate-in 0"), spell(0, 600, 1400), boat, here, Mark(name="gate-in 1"), there)
    outcome = run(course(*elements), runs=500, prices=freight)
    stuck = ~np.isfinite(outcome.arrival)
    assert 0 < stuck.mean() < 1
    assert set(outcome.cost[stuck]) == {5_000 + 365 * 10}, "where it stands, not where it never came"
    assert set(outcome.cost[~stuck]) == {5_000 + 10}


def test_how_long_a_stuck_run_pays_is_one_setting():
    boat = Departure(place_id="p", service_id="s", planned=800.0, leaves=(800.0,), cutoffs=(700.0,), subjects=())
    storage = Meter(kind="storage", since="gate-in 0", extra_min=0, steps=((1, None, 10, 10, 10),))
    elements = course(Mark(name="gate-in 0"), spell(0, 600, 1400), boat, storage)
    costs = []
    for days in STUCK_RANGE_DAYS:
        outcome = run_course(elements, (), (), replace(ALONE, stuck_days=days), runs=500, seed=1)
        costs += set(outcome.cost[~np.isfinite(outcome.arrival)])
    assert costs == [90 * 10, 730 * 10]


def test_a_block_is_sent_without_its_draws_and_goes_on_the_same():
    block = run_part(Job(course=course(spell(10, 60, 300)), prices=(), rates=(), settings=ALONE, seed=4), list_parts(1_000)[0])
    before = block.pool.normal("own 1 c")
    sent = pickle.loads(pickle.dumps(block))
    assert len(pickle.dumps(block.pool)) < 200
    assert (sent.outcome.arrival == block.outcome.arrival).all()
    assert (sent.pool.normal("own 1 c") == before).all()
