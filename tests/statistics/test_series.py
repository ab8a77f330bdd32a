"""Books, parts of years and neighbours."""

import math
from datetime import date

import pytest

from landbridge.statistics.calibration import SPREAD_BY_SIZE
from landbridge.statistics.figure import count_years, list_figures
from landbridge.statistics.lean import find_lean
from landbridge.statistics.level import find_spread
from landbridge.statistics.series import estimate_flow, list_growth, see_figure

DAY = date(2025, 1, 1)


def test_a_part_of_a_year_is_a_rate_and_less_sure(world):
    (figure,) = list_figures(world.record("AA", "export", 2021, 8_000_000, months=8).build(), DAY)
    seen = see_figure(figure)
    assert math.exp(seen.log_value) == pytest.approx(8_000_000 * 365 / 243)
    assert seen.sd > 0.2
    assert 2021.3 < seen.at_year < 2021.4


@pytest.mark.parametrize("year", [2019, 2020])
def test_a_reported_year_is_what_was_reported(world, year):
    """Not a year of 365.25 days: 25 million reported had come out as 25.013 to 25.021, in a leap year as 24.95."""
    figures = list_figures(world.record("AA", "export", year, 25_000_000).build(), DAY)
    assert math.exp(see_figure(figures[0]).log_value) == pytest.approx(25_000_000, rel=1e-9)
    (found,) = estimate_flow(figures, ("AA", "BB"), [year]).years
    assert found.kind == "reported"
    assert math.exp(found.mean) == pytest.approx(25_000_000, rel=1e-6)


def test_years_are_counted_by_their_own_days():
    assert count_years(date(2020, 1, 1), date(2020, 12, 31)) == 1.0
    assert count_years(date(2021, 1, 1), date(2021, 12, 31)) == 1.0
    assert count_years(date(2021, 7, 1), date(2022, 6, 30)) == pytest.approx(1.0)
    assert count_years(date(2020, 2, 1), date(2020, 2, 29)) == pytest.approx(29 / 366)


def test_kinds_by_what_is_reported(world):
    world.record("AA", "export", 2019, 10**7).record("AA", "export", 2020, 10**7, months=8).record("BB", "import", 2022, 10**7)
    figures = list_figures(world.build(), DAY)
    found = estimate_flow(figures, ("AA", "BB"), [2018, 2019, 2020, 2021, 2022, 2023])
    assert [one.kind for one in found.years] == ["beyond", "reported", "part", "between", "mirror", "beyond"]


def test_nobody_reports(world):
    assert estimate_flow(list_figures(world.build(), DAY), ("AA", "BB"), [2020]) is None


def test_growth_of_three_neighbours_moves_the_estimate(world):
    """The importer buys twice as much from three others: the missing year moves with them; two others are too few."""
    world.record("AA", "export", 2020, 10**7)
    for other in ("CC", "DD"):
        world.record(other, "export", 2020, 10**7, partner="BB").record(other, "export", 2021, 2 * 10**7, partner="BB")
    assert list_growth(list_figures(world.build(), DAY), ("AA", "BB")) == {}
    world.record("EE", "export", 2020, 10**7, partner="BB").record("EE", "export", 2021, 2 * 10**7, partner="BB")
    figures = list_figures(world.build(), DAY)
    assert list_growth(figures, ("AA", "BB")) == {2021: pytest.approx(math.log(2))}
    (found,) = estimate_flow(figures, ("AA", "BB"), [2021]).years
    assert math.exp(found.mean) == pytest.approx(10**7 * 2**0.96, rel=5e-3)


def test_what_was_published_later_is_not_known(world):
    assert list_figures(world.record("AA", "export", 2021, 5).build(), date(2021, 6, 1)) == ()


def test_neighbours_whose_books_agree_move_what_is_expected_of_the_pair(world):
    """Only the importer reports; the exporter's books with five other countries say more than half of what theirs do."""
    world.record("BB", "import", 2020, 10**7, partner="AA")
    alone = list_figures(world.build(), DAY)
    assert find_lean(alone, ("AA", "BB")) == 0.0
    usual = find_spread(10**7, SPREAD_BY_SIZE).bias
    for other in ("CC", "DD", "EE", "FF", "GG"):
        world.record("AA", "export", 2019, 10**7, partner=other).record(other, "import", 2019, 10**7, partner="AA")
    figures = list_figures(world.build(), DAY)
    assert find_lean(figures, ("AA", "BB")) == pytest.approx(-usual / 2), "five pairs count as much as what is usual"
    before, after = (estimate_flow(rows, ("AA", "BB"), [2020]).years[0] for rows in (alone, figures))
    assert after.mean - before.mean == pytest.approx(usual / 2, abs=0.05)


def test_a_pair_says_nothing_of_its_own_lean(world):
    world.record("AA", "export", 2019, 10**7).record("BB", "import", 2019, 3 * 10**7)
    assert find_lean(list_figures(world.build(), DAY), ("AA", "BB")) == 0.0
