"""Chances on the page: days and times as the clock at the destination has them."""

from dataclasses import replace
from datetime import UTC, date, datetime

from tests.corridor import tiny_corridor

from landbridge.domain.simulation import Driver, Simulation
from landbridge.report.page import plain_text
from landbridge.report.simulation_report import render_simulation


def at(day, hour):
    return datetime(2026, 12, day, hour, tzinfo=UTC)


def simulated(dataset, **more):
    values = {
        "dataset_digest": "x", "itinerary": 0, "policy": "next", "family": "pert", "destination_id": dataset.places[0].place_id,
        "planned_at": at(20, 20), "by_at": at(22, 19), "is_due": True, "arrival": (at(18, 20), at(22, 16), at(29, 11)),
        "arrival_standard_error_min": (60, 60, 60), "on_time_percent": 50.0, "on_time_standard_error_percent": 0.5,
        "stuck_percent": 0.0,
        "currency": "USD", "planned_cost_cents": 100, "cost_cents": (90, 100, 110), "mean_cost_cents": 100,
        "worst_twentieth_cost_cents": 120, "transfers": (), "drivers": (), "buffers": (), "runs": 100, "seed": 1,
        "as_of": date(2026, 11, 24),
    }  # fmt: skip
    return Simulation(**values | more)


def test_arrival_and_due_date_are_told_in_local_time():
    """A due date of 22 December in Pakistan had been told as 2026-12-22 19:00, and arrivals as days of UTC."""
    dataset = tiny_corridor()
    far = replace(dataset, places=tuple(replace(row, zone="Asia/Karachi") for row in dataset.places))
    page = " ".join(plain_text(render_simulation(simulated(far, planned_cost_cents=1_153_616), far)).split())
    assert "cost USD 11,536" in page  # thousands as on every other page
    assert "arrive by the end of the due date, 22 Dec 2026" in page
    assert "21 Dec 2026 01:00 19 Dec 2026 01:00 22 Dec 2026 21:00 29 Dec 2026 16:00" in page
    assert "local times" in page
    planned = " ".join(plain_text(render_simulation(simulated(far, is_due=False, by_at=at(20, 20)), far)).split())
    assert "arrive by the planned arrival, 21 Dec 2026 01:00" in planned


def test_prices_drive_the_cost_and_no_arrival():
    """They stood among what drives the days, at 0 %, and pushed causes of the arrival off the page."""
    dataset = tiny_corridor()
    times = {"share_percent": 30.0, "arrival_low_min": -1440, "arrival_high_min": 1440, "cost_low_cents": 0, "cost_high_cents": 0}
    price = {"share_percent": 0.0, "arrival_low_min": 0, "arrival_high_min": 0, "cost_low_cents": -120_000, "cost_high_cents": 150_000}
    drivers = (Driver(cause="border x", **times), Driver(cause="price of box_return: empty return to AP", **price))
    page = plain_text(render_simulation(simulated(dataset, drivers=drivers), dataset))
    first, second = page.split("What makes it dear")
    assert "-1.0" in first
    assert "box" not in first
    assert " ".join(second.split("Buffer")[0].split()).endswith("box return: empty return to AP -1,200 +1,500")
