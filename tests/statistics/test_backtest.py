"""The backtest of trade estimates: multipliers from other exporters, each of the same weight; the shipped figures."""

import math
import random
from dataclasses import replace

import pytest
from benchmarks.trade import (
    Cell,
    binomial_interval,
    draw_alike,
    fit_multiplier,
    fit_new_exporter,
    fit_pooled,
    fit_shipped,
    hide_figures,
    hold_out,
    load_books,
)


def cell(exporter: str, score: float) -> Cell:
    return Cell(
        way="one side hidden", flow=(exporter, "ZZ"), year=1900, kind="one_side", actual=score, mean=0.0, sd=1.0, last=None, mirror=None
    )


def exporters(count: int, *scores: float) -> list[Cell]:
    return [cell(f"X{number}", score) for number in range(count) for score in scores]


def test_an_exporter_with_many_figures_counts_as_much_as_one_with_few():
    """18 exporters of one figure each and one of ninety: the ninety are one place of twenty, or ninety of 109."""
    cells = [*(cell(f"X{number}", number) for number in range(1, 19)), *(cell("AA", 0.5) for _ in range(90))]
    assert fit_pooled(cells) == 9
    assert fit_multiplier(cells) == 17


def test_the_multiplier_holds_the_share_wanted_of_a_new_exporter():
    """99 exporters whose scores are 1 to 99: the 90th of 100 places."""
    assert fit_multiplier([cell(f"X{number:02}", number) for number in range(1, 100)]) == 90


def test_what_is_held_out_has_no_part_in_its_multiplier():
    """One exporter far off is held by no multiplier of the others; it would be by its own."""
    found = hold_out([*exporters(30, 1.0, 2.0), cell("far", 100.0)], fit_multiplier)
    assert [is_held for _, is_held in found["far"]] == [False]
    assert all(is_held for name, ours in found.items() if name != "far" for _, is_held in ours)


def test_exporters_that_differ_widen_the_multiplier_of_a_new_one():
    """The same scores, once in every exporter and once each exporter at a scale of its own: alike, the pooled multiplier is enough."""
    steps = [step / 10 for step in range(1, 31)]
    alike = exporters(10, *steps)
    assert fit_new_exporter(alike) == pytest.approx(fit_pooled(alike), rel=0.05)
    apart = [cell(f"X{number}", score * 2.0 ** (number - 5)) for number in range(10) for score in steps]
    assert fit_new_exporter(apart) > 1.2 * fit_pooled(apart)
    assert fit_shipped(apart) == fit_new_exporter(apart)


def test_a_new_exporter_is_held_nine_times_in_ten():
    """Scales drawn from a log-normal distribution: a multiplier from ten exporters holds nine of ten figures of many others."""
    chance = random.Random(4)

    def draw(name: str) -> list[Cell]:
        scale = math.exp(chance.gauss(0, 0.5))
        return [cell(name, scale * abs(chance.gauss(0, 1))) for _ in range(40)]

    held = []
    for number in range(30):
        multiplier = fit_new_exporter([one for exporter in range(10) for one in draw(f"{number}-{exporter}")])
        held += [one.score <= multiplier for _ in range(10) for one in draw("new")]
    assert sum(held) / len(held) == pytest.approx(0.9, abs=0.025)


def test_no_exporter_gives_more_figures_than_others():
    found = hold_out([*exporters(3, *map(float, range(20))), cell("few", 1.0)], fit_multiplier)
    assert len(draw_alike(found)) == 3 * 6 + 1


def test_wilsons_interval():
    """Nine of ten: 0.596 to 0.982 (Brown, Cai, DasGupta 2001, Statistical Science 16(2), formula 4)."""
    low, high = binomial_interval(9, 10)
    assert (round(low, 3), round(high, 3)) == (0.596, 0.982)


def test_the_shipped_figures_are_both_books_of_many_exporters():
    figures = load_books()
    assert len({one.series[0] for one in figures if one.series[2] == "export"}) >= 40
    assert {one.series[2] for one in figures} == {"export", "import"}
    assert min(one.typical for one in figures) > 0


def test_a_hidden_figure_has_no_part_in_its_estimate():
    """A million times as much in the books that are hidden is held against the same estimate."""
    figures = [one for one in load_books() if {*one.series[:2]} == {"Italy", "France"}]
    swollen = [replace(one, typical=one.typical * 10**6) if one.series == ("France", "Italy", "export", None) else one for one in figures]
    plain, other = (
        [one for one in hide_figures(rows) if one.way == "one side hidden" and one.flow == ("France", "Italy")]
        for rows in (figures, swollen)
    )
    assert plain
    assert [(one.mean, one.sd) for one in plain] == [(one.mean, one.sd) for one in other]
    assert all(b.actual - a.actual == pytest.approx(math.log(10**6)) for a, b in zip(plain, other, strict=True))
