from dataclasses import replace

from landbridge.report.legend import Legend
from landbridge.report.page import plain_text
from landbridge.report.source_table import MOST_SOURCES, grade_shares, render_grades, render_sources


def test_shares_by_grade_sum_to_a_hundred(plan):
    assert grade_shares(plan.itineraries[0]) == ("29 %", "52 %", "7 %", "12 %")
    assert "by grade" in plain_text(render_grades(plan, 100))


def test_sources_that_carry_most_money_stand_first(plan, dataset):
    lines = plain_text(render_sources(plan, Legend(dataset), 100)).splitlines()
    assert "Estimates of this feed" in lines[4]
    assert "1 Sep 2026" in lines[4]


def test_a_source_that_the_feed_does_not_know_stands_with_its_id(plan):
    assert "kommersant-8138913" in plain_text(render_sources(plan, Legend(), 100))


def test_many_sources_are_shortened(plan, dataset):
    first = plan.itineraries[0]
    items = tuple(replace(first.items[0], source_id=f"s{number}") for number in range(40))
    many = replace(plan, itineraries=(replace(first, items=items, documents=()),), mass_source_id=None)
    assert f"and {40 - MOST_SOURCES} more" in plain_text(render_sources(many, Legend(dataset), 100))


def test_no_plan_has_no_sources(plan, dataset):
    none = replace(plan, itineraries=())
    assert render_sources(none, Legend(dataset), 100) == ()
    assert render_grades(none, 100) == ()
