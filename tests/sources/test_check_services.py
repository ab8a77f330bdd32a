"""Services that cannot run as they are written."""

import pytest


@pytest.mark.parametrize(
    ("position", "cells", "code"),
    [
        (0, {"arrive_h": "0", "depart_h": "2"}, "SERVICE-FIRST-STOP"),
        (0, {"distance_km": "5"}, "SERVICE-FIRST-STOP"),
        (1, {"depart_h": "47"}, "SERVICE-BACK-IN-TIME"),
        (1, {"place_id": "BGVAR"}, "SERVICE-LOOPS"),
        (1, {"arrive_low_h": "10", "arrive_h": "20"}, "SERVICE-TOO-FAST"),
        (1, {"arrive_low_h": "1", "arrive_h": "10", "distance_km": "100"}, "SERVICE-TOO-FAST"),
    ],
)
def test_a_service_that_cannot_run(example, position, cells, code):
    """The clock begins at the first stop, never runs back, and no ship makes more than 50 km/h, by the great circle either."""
    assert code in example.set("stops", position, **cells).codes()


def test_a_rotation_is_no_loop(example):
    """A ship may come back to a place once, as rotations do, but not twice."""
    terminals = {"BGVAR": "varna-example", "GEPTI": "poti-example"}
    for seq, place_id, hours in ((3, "BGVAR", 120), (4, "GEPTI", 200), (5, "BGVAR", 300)):
        times = {"arrive_low_h": str(hours), "arrive_h": str(hours), "arrive_high_h": str(hours), "depart_h": str(hours + 6)}
        assert example.codes() == []
        example.add("stops", like=1, seq=str(seq), place_id=place_id, terminal_id=terminals[place_id], **times)
    assert example.codes() == ["SERVICE-LOOPS"]


def test_a_stop_before_the_one_before(example):
    """A stop may not be reached before the one before it is left."""
    example.set("stops", 0, depart_h="0").add(
        "stops",
        like=1,
        seq="3",
        place_id="AMEVN",
        terminal_id="",
        arrive_low_h="50",
        arrive_h="53",
        arrive_high_h="130",
        depart_h="130",
    )
    (finding,) = [finding for finding in example.find() if finding.severity == "error"]
    assert (finding.code, finding.row) == ("SERVICE-BACK-IN-TIME", 4)


@pytest.mark.parametrize(
    ("cells", "runs"),
    [
        ({"kind": "weekdays", "weekdays": "Tue"}, True),
        ({"kind": "weekdays", "weekdays": "Tue", "valid_from": "2026-12-02", "valid_to": "2026-12-07"}, False),
        ({"kind": "weekdays", "weekdays": "Tue", "valid_from": "2026-12-29", "valid_to": "2026-12-29"}, False),
        ({"kind": "interval", "every_days": "10", "anchor_on": "2020-01-01"}, True),
        ({"kind": "interval", "every_days": "1000", "anchor_on": "2020-01-01"}, True),
        ({"kind": "interval", "every_days": "10", "anchor_on": "2026-12-01", "valid_from": "2026-12-02", "valid_to": "2026-12-10"}, False),
        ({"kind": "month_days", "month_days": "31", "valid_from": "2027-02-01", "valid_to": "2027-02-28"}, False),
        ({"kind": "dates", "dates": "2026-12-01;2027-12-01", "valid_from": "2027-01-01"}, True),
        ({"kind": "dates", "dates": "2026-12-01", "valid_from": "2027-01-01"}, False),
    ],
)
def test_calendars_that_never_run(example, cells, runs):
    """A calendar runs if one day fits it, its dates, those of its service, and is not taken away."""
    assert ("CALENDAR-NEVER-RUNS" in example.set("calendars", 0, **cells).codes()) == (not runs)


def test_a_service_that_has_ended_before_its_calendar(example):
    """The dates of the service bound those of its calendar."""
    example.set("services", 0, valid_to="2026-11-30").set("calendars", 0, valid_from="2026-12-01")
    assert example.codes() == ["CALENDAR-NEVER-RUNS"]


def test_what_a_service_lacks(example):
    """Stops, a calendar, a price and a word on whether it runs."""
    example.add("services", service_id="bare", name="Bare")
    assert sorted(example.codes()) == ["SERVICE-WITHOUT-CALENDAR", "SERVICE-WITHOUT-STOPS", "SERVICE-WITHOUT-TARIFF", "STATUS-MISSING"]


def test_a_tariff_of_the_operator_prices_its_services(example):
    """A price for any service of an operator is enough."""
    for position in range(3):
        example.set("tariffs", position, service_id="", operator_id="example-line")
    assert example.codes() == []


def test_operating_needs_evidence(example):
    """A status of operating without the day of its evidence counts as unconfirmed."""
    assert example.set("statuses", 1, evidence_on="").codes() == ["STATUS-WITHOUT-EVIDENCE"]


def test_haulage_needs_a_status(example):
    """What is true of services is true of haulage."""
    del example.tables["statuses"][1]
    assert example.codes() == ["STATUS-MISSING"]
