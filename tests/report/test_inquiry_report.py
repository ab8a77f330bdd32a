"""Departures of a window as a page."""

from __future__ import annotations

from dataclasses import replace

from landbridge.domain.inquiry import Departure, Profile, WhatItTakes, WinningChange
from landbridge.report.inquiry_report import MOST_ROWS, profile_document, render_profile, render_takes
from landbridge.report.page import plain_text


def profile(plan, count):
    one = plan.itineraries[0]
    rows = [replace(one, labels=("cheapest",) if number % 10 == 0 else (), cost_cents=one.cost_cents + number) for number in range(count)]
    departures = tuple(Departure(ready_on=plan.query.ready_on, itinerary=row) for row in rows)
    return Profile(query=plan.query, first_on=plan.query.ready_on, last_on=plan.query.ready_on, departures=departures, is_complete=True)


def rows_of(text):
    return [line for line in text.splitlines() if "cheapest: " in line]


def test_a_page_shows_the_best_of_each_day_and_the_document_all(plan, dataset):
    many = profile(plan, MOST_ROWS * 5)
    text = plain_text(render_profile(many, dataset))
    assert f"DEPARTURES  {MOST_ROWS * 5}" in text
    assert len(rows_of(text)) == MOST_ROWS // 2
    assert len(text.splitlines()) < MOST_ROWS * 5
    assert f"and {MOST_ROWS * 5 - MOST_ROWS // 2} between those" in text
    assert len(profile_document(many)["departures"]) == MOST_ROWS * 5


def test_a_short_page_shows_all(plan, dataset):
    text = plain_text(render_profile(profile(plan, MOST_ROWS), dataset))
    assert "between those" not in text
    assert len(rows_of(text)) == MOST_ROWS // 10


def test_rows_of_one_name_are_counted_and_not_said_over_and_over(dataset):
    weak = WinningChange(kind="price", row_ids=("a",), text="Wagons: 100 % cheaper", is_enough=False)
    answer = WhatItTakes(
        thing="RUNVS", by="cost", state="beaten", gap=100, currency="USD", needed=(), changes=(weak, replace(weak, row_ids=("b",))), held=()
    )
    text = " ".join(plain_text(render_takes(answer, dataset)).split())
    assert text.count("Wagons") == 1
    assert "Wagons (2 rows)" in text
