"""The estimate of a year against what can be worked out by hand."""

import math

import pytest

from landbridge.statistics.level import Sighting, Spread, adapt_spread, estimate_years, find_spread, name_kind

SPREAD = Spread(growth_sd=0.3, bias=0.1, bias_sd=0.2, error_sd=0.4)


def own(year, value, sd=0.0):
    return Sighting(at_year=year, log_value=value, sd=sd, is_own=True)


def mirror(year, value, sd=0.0):
    return Sighting(at_year=year, log_value=value, sd=sd, is_own=False)


def test_a_reported_year_is_itself():
    (found,) = estimate_years([own(2020.5, 17.0), own(2022.5, 18.0)], [2020.5], SPREAD)
    assert found.mean == pytest.approx(17.0, abs=1e-4)
    assert found.sd < 1e-3


def test_between_two_years_lies_the_middle():
    """A random walk between two known points: the mean, and half the step's variance over two."""
    (found,) = estimate_years([own(2020.5, 17.0), own(2022.5, 18.0)], [2021.5], SPREAD)
    assert found.mean == pytest.approx(17.5, abs=1e-4)
    assert found.sd == pytest.approx(0.3 / math.sqrt(2), rel=1e-3)


def test_beyond_the_last_year_it_widens_with_the_square_root():
    found = estimate_years([own(2020.5, 17.0)], [2021.5, 2024.5], SPREAD)
    assert [one.mean for one in found] == pytest.approx([17.0, 17.0])
    assert [one.sd for one in found] == pytest.approx([0.3, 0.6], rel=1e-3)


def test_the_mirror_alone_is_moved_by_the_bias_and_no_surer_than_it():
    (found,) = estimate_years([mirror(2021.5, 17.1)], [2021.5], SPREAD)
    assert found.mean == pytest.approx(17.0, abs=1e-6)
    assert found.sd == pytest.approx(math.hypot(0.2, 0.4), rel=1e-2)
    assert found.kind == "one_side"


def test_a_second_look_never_widens():
    """More sightings never make an estimate less sure."""
    seen = [own(2020.5, 17.0)]
    before = estimate_years(seen, [2022.5], SPREAD)[0].sd
    for more in (mirror(2022.5, 17.4), own(2024.5, 17.2), mirror(2019.5, 16.8)):
        seen.append(more)
        after = estimate_years(seen, [2022.5], SPREAD)[0].sd
        assert after <= before + 1e-12
        before = after


def test_kinds():
    seen = [own(2020.5, 1.0), mirror(2022.5, 1.0), own(2024.5, 1.0)]
    assert [name_kind(seen, year) for year in (2019.5, 2021.5, 2022.5, 2025.5)] == ["beyond", "between", "mirror", "beyond"]


def test_spread_by_size_is_straight_between_rows_and_flat_beyond():
    table = ((6.0, Spread(growth_sd=1.0, bias=0.0, bias_sd=1.0, error_sd=1.0)), (8.0, SPREAD))
    assert find_spread(1e3, table) == table[0][1]
    assert find_spread(1e12, table) == SPREAD
    assert find_spread(1e7, table).growth_sd == pytest.approx(0.65)


def test_a_calm_flow_gets_a_narrower_spread_and_a_wild_one_a_wider():
    calm = adapt_spread([own(2010.5 + step, 17.0) for step in range(10)], SPREAD)
    wild = adapt_spread([own(2010.5 + step, 17.0 + step % 2) for step in range(10)], SPREAD)
    assert calm.growth_sd < SPREAD.growth_sd < wild.growth_sd
