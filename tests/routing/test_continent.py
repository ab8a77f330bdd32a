"""Generated continents: the same for the same seed, valid feeds, with every feature, and ways across."""

import pytest
from benchmarks.continent import LEGS_PER_TERMINAL, ROADS, count_legs, draw_queries, generate_continent, strip_continent

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


@pytest.mark.parametrize("roads", ROADS)
def test_it_is_a_valid_feed(roads):
    assert [one for one in check_dataset(generate_continent(SIZE, roads=roads)) if one.severity == "error"] == []


def test_access_roads_stay_about_a_hub_or_cross_a_border():
    assert not joins_of_hubs(generate_continent(200))
    assert joins_of_hubs(generate_continent(200, roads="everywhere"))


def joins_of_hubs(continent):
    """Roads within a country from one hub to another."""
    hubs = {row.place_id for row in continent.places if row.kind != "dry_port"}
    return [row for row in continent.links if row.border_id is None and {row.from_place_id, row.to_place_id} <= hubs]


def test_roads_of_another_kind_are_refused():
    with pytest.raises(ValueError, match="access, everywhere"):
        generate_continent(SIZE, roads="nowhere")


def test_a_plan_across_it_is_verified(continent):
    bare = strip_continent(continent)
    assert not bare.storage + bare.through_rates + bare.rules
    query = draw_queries(bare, 1, least_km=500.0)[0]
    plan = plan_shipment(bare, query)
    assert len(plan.itineraries) > 1
    assert not verify_plan(bare, plan)
