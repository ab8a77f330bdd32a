"""Trucks of the world by registration: which may go, which rule forbids the others, and that the answer says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

import landbridge as lb
from landbridge import planner
from landbridge.planner.world.chain import load_world_feed
from landbridge.planner.world.places import join_world_places
from landbridge.planner.world.registrations import offer_trucks
from landbridge.verification import verify as verification
from tests.corridor import tiny_corridor


@pytest.fixture(scope="module")
def world():
    return load_world_feed()


def by_road(plan):
    return {leg.service_id for one in plan.itineraries for leg in one.legs if leg.mode == "road" and leg.borders}


def told(plan):
    return " ".join(row.message for row in plan.findings if row.code == "WORLD-REGISTRATION")


def test_where_both_sides_forbid_the_trucks_of_the_other_no_truck_goes_and_a_rule_says_why(world):
    plan = lb.plan(world, "Riga", "Moscow", ready="2026-12-01")
    assert by_road(plan) == set()
    assert {row.rule_id for row in plan.rejected} & {"world-ru-no-eu-trucks", "eu-no-by-ru-hauliers"}
    assert "LV: Russia: no trucks of the EU" in told(plan)
    assert "RU: EU: no carriage by road" in told(plan)
    assert planner.verify_plan(world, plan) == ()


def test_before_the_bans_the_truck_goes(world):
    """The rules of the EU are of April 2022, that of Russia of October."""
    plan = lb.plan(world, "Riga", "Moscow", as_of="2022-03-01", ready="2022-03-01")
    assert "world-truck-LV" in by_road(plan) or "world-truck-RU" in by_road(plan)
    assert told(plan) == ""


@pytest.fixture(scope="module")
def by_georgia(world):
    return lb.plan(world, "Istanbul", "Moscow", ready="2026-12-01")


def test_a_truck_of_turkey_or_russia_goes_where_none_of_the_eu_does(world, by_georgia):
    assert by_road(by_georgia)
    assert by_road(by_georgia) <= {"world-truck-TR", "world-truck-RU"}
    assert planner.verify_plan(world, by_georgia) == ()


def test_the_other_code_holds_the_rule_against_the_registration_by_itself(world, by_georgia):
    """The truck that goes to Moscow, put under a plate of Norway, of the EU or of Kazakhstan: of the latter no rule says anything."""
    one = next(one for one in by_georgia.itineraries if any(leg.mode == "road" and leg.borders for leg in one.legs))
    used = {leg.service_id for leg in one.legs}
    joined = join_world_places(world, ("Istanbul", "Moscow"))
    found = {}
    for code in ("NO", "DE", "KZ"):
        plated = tuple(replace(row, registration=code) if row.haulage_id in used and row.mode == "road" else row for row in joined.haulage)
        differences = verification.verify_plan(replace(joined, haulage=plated), replace(by_georgia, itineraries=(one,)))
        found[code] = any("world-ru-no-eu-trucks" in f"{row.stated} {row.recomputed}" for row in differences)
    assert found == {"NO": True, "DE": True, "KZ": False}


def test_where_no_rule_asks_for_a_registration_any_carrier_drives(world):
    for ends in (("Berlin", "Madrid"), ("Nairobi", "Kampala")):
        joined = join_world_places(world, ends)
        assert {row.haulage_id for row in joined.haulage if row.mode == "road"} == {"world-truck"}
        assert not {row.rule_id for row in joined.rules} - {row.rule_id for row in world.rules}


def test_rules_and_bodies_of_law_of_the_world_come_only_where_they_bind(world):
    feed = tiny_corridor()
    near, far = join_world_places(feed, ("Nairobi", "Kampala")), join_world_places(feed, ("Riga", "Moscow"))
    assert {row.rule_class for row in set(near.rules) - set(feed.rules)} == {"sanction", "trade"}, "not what is said of trucks elsewhere"
    added = set(far.rules) - set(feed.rules)
    assert {row.rule_id for row in added} >= {"eu-no-by-ru-hauliers", "world-ru-no-eu-trucks"}
    assert {row.regime_id for row in added} <= {row.regime_id for row in far.regimes}


def test_which_trucks_are_offered_depends_on_the_ends_and_on_no_law(world):
    """A rule more or less, of whatever class, offers no truck of a third country; which rule forbids what is told, never gone around."""
    group = frozenset(("DE", "PL", "LT", "BY", "RU", "KZ"))
    offers, rates = offer_trucks(world.haulage, world.haulage_rates, world.rules, (group,), ("DE", "RU"))
    assert {row.registration for row in offers if row.registration} == {"DE", "RU"}
    for rule in world.rules:
        some = [row for row in world.rules if row.rule_id != rule.rule_id]
        assert offer_trucks(world.haulage, world.haulage_rates, some, (group,), ("DE", "RU"))[0] == offers
        assert offer_trucks(world.haulage, world.haulage_rates, [rule], (group,), ("DE", "RU"))[0] in (offers, list(world.haulage))
    open_market = {row.country for row in rates if row.haulage_id == "world-truck"}
    assert not open_market & {"DE", "PL", "LT", "BY", "RU"}
    assert {"KZ", "FR"} <= open_market
    assert {row.country for row in rates if row.haulage_id == "world-truck-DE"} == group
    alone = offer_trucks(world.haulage, world.haulage_rates, world.rules, (frozenset(("KE", "UG")),), ("KE", "UG"))
    assert alone == (list(world.haulage), list(world.haulage_rates))
