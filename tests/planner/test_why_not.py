"""How far a way is from the cheapest plan, in words."""

from dataclasses import replace
from datetime import timedelta

import pytest

from landbridge.domain.errors import QueryError
from landbridge.planner.shipment import _tell_apart, plan_shipment, why_not
from tests.corridor import question, tiny_corridor


@pytest.mark.parametrize(
    ("cents", "hours", "told"),
    [
        (66_010, 24, "costs 660 USD more than the cheapest plan and arrives 1 day later"),
        (-150_000, -36, "costs 1,500 USD less than the cheapest plan and arrives 1.5 days earlier"),
        (40, 1, "costs as much as the cheapest plan and arrives with it"),
        (0, -24, "costs as much as the cheapest plan and arrives 1 day earlier"),
    ],
)
def test_a_way_is_told_by_what_it_costs_more_and_when_it_arrives(cents, hours, told):
    best = plan_shipment(tiny_corridor(), question()).itineraries[0]
    other = replace(best, cost_cents=best.cost_cents + cents, arrives_at=best.arrives_at + timedelta(hours=hours))
    assert _tell_apart(other, best) == told


@pytest.mark.parametrize(("place", "end"), [("AA", "begins"), ("BB", "ends")])
def test_an_end_is_no_place_on_the_way(place, end):
    dataset = tiny_corridor()
    with pytest.raises(QueryError) as caught:
        why_not(dataset, plan_shipment(dataset, question()), place)
    assert [(one.code, one.column, one.message) for one in caught.value.findings] == [
        ("VIA-END", "--why-not", f"{place} is where the shipment {end}: every way goes there")
    ]
