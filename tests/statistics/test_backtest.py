"""The backtest of trade estimates: multipliers from other exporters, each of the same weight; the shipped figures."""

import math
from dataclasses import replace

import pytest
from benchmarks.trade import Cell, binomial_interval, draw_alike, fit_multiplier, fit_pooled, hide_figures, hold_out, load_books


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
