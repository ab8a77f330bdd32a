"""Plans compared under the same draws: what they share goes the same, and only what is clearly worse is run no further."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np

from landbridge.uncertainty.bill import Price
from landbridge.uncertainty.comparison import Measures, Runner, Track, keep_promising
from landbridge.uncertainty.course import Course, Element, Spell
from landbridge.uncertainty.draws import DrawPool
from landbridge.uncertainty.engine import Settings, list_parts, run_course
from landbridge.uncertainty.hazard import Hazard

ZERO = datetime(2026, 12, 1, tzinfo=UTC)
BORDER = Spell(cause="border b", low=100, typical=500, high=5000)


def course(*elements: Element, by_days: float = 5) -> Course:
    return Course(
        hazards=(), zero_at=ZERO, start=0.0, elements=elements, planned_at=ZERO, by_at=ZERO + timedelta(days=by_days), is_due=True
    )


def runner(number: int, cents: float, *elements: Element) -> Runner:
    price = Price(cause="price of freight: f", low_cents=0.9 * cents, typical_cents=cents, high_cents=1.2 * cents, currency=None)
    return Runner(track=Track(number=number, course=course(*elements), prices=(price,), rates=()), outcomes=())


def spell(name: str, days: float) -> Spell:
    return Spell(cause=name, low=days * 1000, typical=days * 1440, high=days * 3000)


def run_all(*runners: Runner, runs: int = 1000) -> list[Runner]:
    pools = [DrawPool((3, part.number), part.runs) for part in list_parts(runs)]
    return [replace(one, outcomes=tuple(one.track.run(pool, Settings()) for pool in pools)) for one in runners]


def test_a_name_gives_the_same_draws_and_another_name_others():
    one, two, other = DrawPool((1, 0), 50), DrawPool((1, 0), 50), DrawPool((2, 0), 50)
    two.normal("first")
    assert (one.normal("x") == two.normal("x")).all()
    assert not (one.normal("x") == one.normal("y")).any()
    assert not (one.normal("x") == other.normal("x")).any()
    hazard = Hazard(subject="border b", rate_per_min=1 / 1000, lengths=(10.0, 30.0))
    assert (one.closures(hazard)[1] == two.closures(hazard)[1]).all()


def test_a_border_that_two_plans_pass_goes_the_same_for_both():
    alone = run_course(course(BORDER), (), (), Settings(), runs=1000, seed=3).causes["border b"]
    joint = run_course(course(spell("road in XX", 2), BORDER), (), (), Settings(), runs=1000, seed=3).causes["border b"]
    assert (alone == joint).all()


def test_only_what_is_clearly_worse_by_every_measure_is_dropped():
    cheap, near, fast, bad = run_all(
        runner(0, 10_000, spell("a", 4)),
        runner(1, 10_000, spell("a", 4)),
        runner(2, 90_000, spell("b", 1)),
        runner(3, 95_000, spell("c", 8)),
    )
    assert [one.track.number for one in keep_promising([cheap, near, fast, bad])] == [0, 1, 2]


def test_the_choice_names_what_the_runs_do_not_tell_apart():
    measures = Measures(run_all(runner(4, 10_000, spell("a", 4)), runner(5, 10_000, spell("a", 4)), runner(6, 20_000, spell("a", 4))))
    choice = measures.choose(measures.cvar())
    assert (choice.best, choice.like) == (4, (5,))


def test_measures_are_the_means_of_what_each_run_adds():
    measures = Measures(run_all(runner(0, 10_000, spell("a", 4)), runner(1, 12_000, spell("b", 2))))
    worst = np.sort(measures.cost, axis=1)[:, -50:].mean(axis=1)
    assert np.allclose(measures.cvar().mean(axis=1), worst)
    assert np.allclose(measures.p90().mean(axis=1), np.quantile(measures.days, 0.9, axis=1), rtol=0.01)
    assert measures.list_attitudes()[0].tail_percent == 100


def test_an_attitude_that_prices_days_highly_chooses_the_faster_plan():
    found = Measures(run_all(runner(0, 10_000, spell("a", 4)), runner(1, 12_000, spell("b", 2)))).list_attitudes()
    assert [(one.itinerary, one.tail_percent) for one in found] == [(0, 100), (1, 100)]
    assert found[0].day_cents == 0 < found[1].day_cents
