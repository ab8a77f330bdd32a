"""Rows that contradict themselves."""

import pytest


@pytest.mark.parametrize(
    ("table", "position", "cells", "code"),
    [
        ("tariffs", 0, {"valid_to": "2025-12-31"}, "DATES-REVERSED"),
        ("shipments", 0, {"due_on": "2026-11-30"}, "DATES-REVERSED"),
        ("crossings", 0, {"season_from": "04-01"}, "SEASON-INCOMPLETE"),
        ("hours", 0, {"place_id": ""}, "SUBJECT-MISSING"),
        ("hours", 0, {"border_id": "sadakhlo-bagratashen"}, "SUBJECT-TWICE"),
        ("statuses", 0, {"haulage_id": "ex-truck"}, "SUBJECT-TWICE"),
        ("tariffs", 0, {"service_id": ""}, "SUBJECT-MISSING"),
        ("tariffs", 0, {"haulage_id": "ex-truck"}, "SUBJECT-TWICE"),
        ("tariffs", 0, {"currency": ""}, "CURRENCY-MISSING"),
        ("crossings", 0, {"currency": ""}, "CURRENCY-MISSING"),
        ("shipments", 0, {"currency": ""}, "CURRENCY-MISSING"),
        ("hours", 0, {"closes": "07:00"}, "HOURS-REVERSED"),
        ("calendars", 0, {"weekdays": ""}, "CALENDAR-INCOMPLETE"),
        ("calendars", 0, {"kind": "interval", "every_days": "7"}, "CALENDAR-INCOMPLETE"),
        ("calendars", 0, {"kind": "month_days", "month_days": "1;32"}, "MONTH-DAY"),
        ("haulage", 0, {"rest_h": ""}, "DRIVING-INCOMPLETE"),
        ("rules", 0, {"document_id": ""}, "RULE-INCOMPLETE"),
        ("rules", 0, {"effect": "fee"}, "RULE-INCOMPLETE"),
        ("events", 0, {"delay_low_h": "", "delay_h": "", "delay_high_h": ""}, "EVENT-INCOMPLETE"),
        ("events", 0, {"kind": "price_factor"}, "EVENT-INCOMPLETE"),
        ("events", 0, {"end_known_from": "2026-11-19"}, "EVENT-END"),
        ("events", 0, {"expected_to": "2026-12-25"}, "EVENT-END"),
        ("events", 0, {"end_known_from": "2026-12-20", "expected_to": "2026-12-09"}, "EVENT-END"),
        ("event_days", 0, {"day": "expected_to"}, "EVENT-DAY"),
        ("event_days", 0, {"low_on": "2026-12-21"}, "EVENT-DAY"),
        ("event_days", 0, {"low_on": "2026-12-01"}, "EVENT-DAY"),
        ("event_days", 0, {"high_on": "2026-12-17"}, "EVENT-DAY"),
        ("event_days", 0, {"event_id": "ex-rain"}, "REFERENCE-UNKNOWN"),
        ("tariffs", 0, {"mass_from_kg": "5000", "mass_to_kg": "5000"}, "MASS-BAND-EMPTY"),
        ("links", 0, {"to_place_id": "GEPTI"}, "SAME-PLACE"),
        ("shipments", 0, {"to_place_id": "BGVAR"}, "SAME-PLACE"),
    ],
)
def test_a_row_that_contradicts_itself(example, table, position, cells, code):
    """One wrong row is one error, found in that row; the feed is not used."""
    found = [finding for finding in example.set(table, position, **cells).find() if finding.severity == "error"]
    assert [(finding.code, finding.file, finding.row) for finding in found] == [(code, f"example/{table}.csv", position + 2)]


def test_an_end_that_is_not_there_cannot_become_known(example):
    """Nor can it have an earliest and a latest day."""
    assert {"EVENT-END", "EVENT-DAY"} <= set(example.set("events", 0, valid_to="", end_known_from="2026-12-20").codes())


def test_a_percentage_needs_no_currency(example):
    """A surcharge in percent of the freight has none."""
    assert example.set("surcharges", 0, per="percent", currency="").codes() == ["ROW-UNUSED"]
