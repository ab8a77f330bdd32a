"""A service without evidence that passes no gateway is compared by itself."""

from __future__ import annotations

from dataclasses import replace

from landbridge.planner import verify_plan
from landbridge.planner.shipment import plan_shipment
from tests.corridor import question, status, tiny_corridor


def without_gateways(**more):
    """The tiny corridor with no port, border or passage by which ways are compared, and a ship of which nobody knows whether it runs."""
    dataset = tiny_corridor()
    places = tuple(replace(row, gateway=False) for row in dataset.places)
    return replace(dataset, places=places, statuses=dataset.statuses[1:], **more)


def test_a_ship_without_evidence_stands_under_compared_where_no_gateway_is_named():
    dataset, query = without_gateways(), question()
    plan = plan_shipment(dataset, query)
    assert all(one.is_confirmed for one in plan.itineraries)
    (ship,) = plan.compared
    assert ship.gateway == "ship"
    assert "ship" in {leg.service_id for leg in ship.itinerary.legs}
    assert ship.reason.startswith("unconfirmed: ship (no evidence)")
    assert verify_plan(dataset, plan) == ()


def test_a_ship_that_is_known_not_to_run_does_not():
    dataset = without_gateways()
    ended = replace(dataset, statuses=(*dataset.statuses, status("ship", "ended")))
    assert plan_shipment(ended, question()).compared == ()


def test_a_ship_that_a_gateway_shows_is_told_once():
    dataset = replace(tiny_corridor(), statuses=tiny_corridor().statuses[1:])
    assert [one.gateway for one in plan_shipment(dataset, question()).compared] == ["AP"]


def test_a_ship_that_is_avoided_is_not_told():
    plan = plan_shipment(without_gateways(), question(avoid=("ship",)))
    assert plan.compared == ()


def test_where_the_plans_use_services_without_evidence_all_were_in_the_search():
    dataset = without_gateways()
    alone = replace(dataset, statuses=())
    plan = plan_shipment(alone, question())
    assert not any(one.is_confirmed for one in plan.itineraries)
    assert plan.compared == ()


def test_better_than_every_plan_it_is_named_by_its_service():
    """The road takes a month at the border; the ship is cheaper and faster."""
    dataset = without_gateways()
    crossings = tuple(replace(row, wait_min=replace(row.wait_min, low=60_000, typical=60_000, high=60_000)) for row in dataset.crossings)
    plan = plan_shipment(replace(dataset, crossings=crossings), question())
    assert all(plan.compared[0].itinerary.cost_cents < one.cost_cents for one in plan.itineraries)
    (told,) = [one for one in plan.findings if one.code == "UNCONFIRMED-BETTER"]
    assert "the way by Ship costs" in told.message
