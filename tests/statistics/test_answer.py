"""The whole answer: intervals, books beside each other, the same seed the same answer."""

from datetime import date
from decimal import Decimal

import pytest

from landbridge.statistics.answer import answer_trade
from landbridge.statistics.weigh import find_quantiles

DAY = date(2025, 1, 1)
X22, X23 = ("AA", "export", 2022), ("AA", "export", 2023)


def answer(world, **more):
    return answer_trade(world.build(), as_of=DAY, draws=20_000, **more)


def of_year(found, year):
    return next(one for one in found.estimates if one.from_on.year == year and one.exporter == "AA")


def test_an_empty_feed_has_an_empty_answer(world):
    found = answer(world)
    assert (found.estimates, found.ledger, found.compared) == ((), (), ())


def test_the_same_seed_gives_the_same_answer(world):
    world.record("AA", "export", 2020, 10**7).claim("up", [(0, 0, {X23: 1, X22: -3})])
    assert answer(world, seed=5) == answer(world, seed=5)
    assert answer(world, seed=5) != answer(world, seed=6)


def test_the_interval_holds_the_middle_and_widens_away_from_figures(world):
    world.record("AA", "export", 2020, 10**7).claim("any", [(1, None, {X23: 1})])
    found = answer(world)
    widths = [float(of_year(found, year).before_claims.high) / of_year(found, year).before_claims.low for year in (2020, 2021, 2022, 2023)]
    assert widths[0] == pytest.approx(1, abs=0.01)
    assert widths == sorted(widths)


def test_a_claim_moves_the_estimate_but_never_rules_out(world):
    """Said: 2023 was about 100 million. The middle moves up, the lower end stays where the records have it."""
    world.record("AA", "export", 2022, 10**7).claim("much", [(9 * 10**7, 11 * 10**7, {X23: 1})])
    one = of_year(answer(world), 2023)
    assert one.value.typical > one.before_claims.typical
    assert one.value.low < 5 * 10**7


def test_a_year_is_at_least_what_was_reported_of_it(world):
    world.record("AA", "export", 2020, 10**6).record("AA", "export", 2021, 8 * 10**6, months=8)
    one = of_year(answer(world), 2021)
    assert one.kind == "part"
    assert one.before_claims.low >= 8 * 10**6 * 0.99


def test_books_beside_each_other(world):
    """Imports 20 % above exports; 6 to 10 % of freight leave 9 to 13 %."""
    world.record("AA", "export", 2022, 100_000_000).record("BB", "import", 2022, 120_000_000).margin(6, 8, 10)
    (row,) = answer(world).compared
    assert row.percent == Decimal("20.0")
    assert (row.left_percent.low, row.left_percent.high) == (Decimal("9.1"), Decimal("13.2"))
    assert row.is_usual


def test_goods_through_third_countries_and_timing_are_taken_off_too(world):
    """Imports 32 % above exports: 10 % of freight and 20 % that come through a third country leave nothing."""
    world.record("AA", "export", 2022, 100_000_000).record("BB", "import", 2022, 132_000_000)
    (row,) = answer(world.margin(10, 10, 10).margin(20, 20, 20, kind="re_export").margin(-5, 0, 5, kind="timing")).compared
    assert row.left_percent.typical == 0
    assert row.left_percent.low < 0 < row.left_percent.high


def test_weighted_quantiles():
    import numpy as np

    values = np.array([3.0, 1.0, 2.0])
    assert find_quantiles(values, np.array([0.0, 1.0, 0.0]), (0.05, 0.5, 0.95)) == (1.0, 1.0, 1.0)
    assert find_quantiles(values, np.array([1, 1, 1]) / 3, (0.1, 0.5, 0.9)) == (1.0, 2.0, 3.0)


def test_a_large_export_without_claims_is_cut_and_it_is_told(world):
    """Thirty flows: those with most figures are answered for."""
    for number in range(30):
        country = f"{chr(65 + number // 26)}{chr(65 + number % 26)}"
        for year in (2020, 2021) if number == 29 else (2020,):
            world.record("ZZ", "export", year, 10**6, partner=country)
    found = answer(world)
    assert len({one.importer for one in found.estimates}) == 20
    assert "BD" in {one.importer for one in found.estimates}
    assert not found.is_complete
