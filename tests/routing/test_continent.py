"""Generated continents: the same for the same seed, valid feeds, with every feature, and ways across."""

import pytest
from benchmarks.continent import LEGS_PER_TERMINAL, count_legs, draw_queries, generate_continent, strip_continent

from landbridge.planner import plan_shipment, verify_plan
from landbridge.sources.check import check_dataset

SIZE = 60


@pytest.fixture(scope="module")
def continent():
    return generate_continent(SIZE)


def test_the_same_seed_gives_the_same_continent(continent):
    assert generate_continent(SIZE) == continent
    assert generate_continent(SIZE, seed=2).stops != continent.stops


def test_it_has_its_size_and_every_feature(continent):
    assert len(continent.places) == SIZE
    assert abs(count_legs(continent) - LEGS_PER_TERMINAL * SIZE) < 20
    features = (
        "borders", "crossings", "hours", "holidays", "storage", "detention", "returns", "through_rates", "rules", "documents", "events",
        "surcharges", "calendar_exceptions", "watchlist", "exchange_rates",
    )  # fmt: skip
    assert [name for name in features if not getattr(continent, name)] == []
    assert {row.kind for row in continent.calendars} == {"weekdays", "interval", "month_days"}
    assert any(row.mass_to_kg for row in continent.tariffs)
    assert any(row.minimum for row in continent.tariffs)
    assert any(row.valid_to for row in continent.tariffs)


def test_it_is_a_valid_feed(continent):
    assert [one for one in check_dataset(continent) if one.severity == "error"] == []


def test_a_plan_across_it_is_verified(continent):
    bare = strip_continent(continent)
    assert not bare.storage + bare.through_rates + bare.rules
    query = draw_queries(bare, 1, least_km=500.0)[0]
    plan = plan_shipment(bare, query)
    assert len(plan.itineraries) > 1
    assert not verify_plan(bare, plan)
