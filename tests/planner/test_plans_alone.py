"""The plans alone: the same plans as in the whole answer, said to be a part of it; what is blocked is blocked in them."""

from dataclasses import replace
from datetime import date

import pytest

from landbridge.domain.party import Party, WatchlistEntry
from landbridge.planner import plan_shipment, verify_plan
from landbridge.planner.plan_answer import PLANS_ALONE, is_alone
from landbridge.planner.plan_record import plan_record
from tests.corridor import S, question, tiny_corridor
from tests.properties.random_feed import random_dataset


@pytest.mark.parametrize("seed", range(12))
def test_the_plans_are_those_of_the_whole_answer(seed):
    dataset, query = random_dataset(seed), question()
    whole, alone = plan_shipment(dataset, query), plan_shipment(dataset, query, is_compared=False)
    assert alone.itineraries == whole.itineraries
    assert not is_alone(whole)
    if whole.itineraries:
        assert is_alone(alone)
        assert (alone.compared, alone.rejected) == ((), ())
        assert [row for row in alone.findings if row.code != PLANS_ALONE] == list(whole.findings)
        assert set(alone.matrix) <= set(whole.matrix)
        assert verify_plan(dataset, alone) == ()
    else:
        assert alone == whole


def listed(party_id):
    return WatchlistEntry(
        entry_id="listed", regime_id="UN", list_name="The List", name="Nobody", party_id=party_id, measure="freeze",
        listed_on=date(2025, 3, 1), **S,
    )  # fmt: skip


def test_a_carrier_that_is_listed_carries_nothing_in_them():
    dataset = tiny_corridor()
    sail = [
        leg for one in plan_shipment(dataset, question(), is_compared=False).itineraries for leg in one.legs if leg.operator_id == "line"
    ]
    assert sail
    found = plan_shipment(replace(dataset, watchlist=(listed("line"),)), question(), is_compared=False)
    assert not [leg for one in found.itineraries for leg in one.legs if leg.operator_id == "line"]


def test_a_shipment_that_is_blocked_gets_the_whole_answer_at_once():
    """Without a plan the reasons are the answer: who is listed, by whom and since when."""
    buyer = Party(party_id="buyer", name="The Buyer", kind="company", country="BB", **S)
    dataset = replace(tiny_corridor(), parties=(*tiny_corridor().parties, buyer), watchlist=(listed("buyer"),))
    query = question(consignee_id="buyer")
    found = plan_shipment(dataset, query, is_compared=False)
    assert found == plan_shipment(dataset, query)
    assert not found.itineraries
    assert not is_alone(found)
    assert ("shipment", "UN", date(2025, 3, 1)) in [(row.what, row.regime, row.since) for row in found.rejected]


def test_the_audit_log_tells_a_part_from_the_whole():
    dataset = tiny_corridor()
    alone, whole = (plan_record(plan_shipment(dataset, question(), is_compared=is_compared)) for is_compared in (False, True))
    assert alone["part"] == "plans"
    assert "part" not in whole
