"""Simulations against the exact distribution of the same course."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from landbridge.uncertainty.convolution import convolve_course
from landbridge.uncertainty.course import Course, Delay, Departure, Gate, Notice, Spell
from landbridge.uncertainty.engine import Settings, run_course

AT = datetime(2026, 1, 1, tzinfo=UTC)
ELEMENTS = (
    Spell(cause="a", low=60, typical=120, high=900),
    Gate(spans=((0.0, 400.0), (1440.0, 1900.0), (2880.0, 9000.0)), closed=((1500.0, 1600.0),)),
    Spell(cause="b", low=500, typical=500, high=500, stretch=(0.8, 1.0, 1.7)),
    Notice(planned=1200.0),
    Departure(place_id="p", service_id="s", planned=3000.0, leaves=(3000.0, 4000.0, 8000.0), cutoffs=(1400.0, 2600.0, 7000.0), subjects=()),
    Spell(cause="c", low=100, typical=200, high=2000),
)


def course(*elements):
    return Course(hazards=(), zero_at=AT, start=5.0, elements=elements, planned_at=AT, by_at=AT, is_due=False)


@pytest.mark.parametrize("family", ["pert", "triangular", "lognormal"])
def test_every_element_moves_chances_as_it_moves_runs(family):
    """After each element: no chance of the simulation is further from the exact one than chance itself allows (Kolmogorov, 0.1 %)."""
    runs = 20_000
    for number in range(1, len(ELEMENTS) + 1):
        one = course(*ELEMENTS[:number])
        exact = convolve_course(one, family, days=20)
        arrival = run_course(one, (), (), Settings(family=family, shares=(0.0, 0.0)), runs=runs, seed=7).arrival
        found = np.searchsorted(np.sort(arrival), np.arange(len(exact)) + 0.5) / runs
        assert np.abs(found - exact).max() < 1.95 / np.sqrt(runs) + 0.003


def test_what_never_arrives_is_missing_from_the_last_chance():
    late = replace(ELEMENTS[4], leaves=(3000.0,), cutoffs=(200.0,))
    exact = convolve_course(course(ELEMENTS[0], late), "triangular", days=20)
    assert 0 < exact[-1] < 0.9


def test_dated_delays_cannot_be_convolved():
    assert convolve_course(course(Delay(spans=((0.0, 9.0),), ranges=((1.0, 2.0, 3.0),))), "pert") is None
