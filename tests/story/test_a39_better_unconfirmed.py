"""A ship of which nobody knows whether it runs is cheaper and faster than the truck: told beside the plan, with whose law touches it.

AA --truck 20 days at border x-- BB        AP ~~ ship, unconfirmed ~~ BP
"""

from dataclasses import replace
from datetime import date

import pytest

from landbridge.domain.party import WatchlistEntry
from landbridge.planner.shipment import plan_shipment
from tests.corridor import S, minutes, question, tiny_corridor


def feed(regime=None):
    dataset = tiny_corridor()
    crossings = tuple(replace(row, wait_min=minutes(20 * 1440)) for row in dataset.crossings)
    listed = WatchlistEntry(
        entry_id="e", regime_id=str(regime), list_name="List", name="The Line", party_id="line", measure="freeze",
        listed_on=date(2026, 1, 1), **S,
    )  # fmt: skip
    return replace(dataset, crossings=crossings, statuses=dataset.statuses[1:], watchlist=(listed,) if regime else ())


def told(dataset, **asked):
    plan = plan_shipment(dataset, question(tolerance_percent=0, **asked))
    assert plan.itineraries
    return [row.message for row in plan.findings if row.code == "UNCONFIRMED-BETTER"]


def test_it_is_told_and_that_no_law_touches_it():
    (message,) = told(feed())
    assert message.startswith("the way through AP costs 840 USD and takes 14.6 days, less of both than any plan")
    assert "exposed" not in message


def test_a_measure_that_touches_it_and_no_plan_is_told_with_it():
    (message,) = told(feed("BB"))
    assert message.endswith("it is exposed to measures of BB that touch no plan")


@pytest.mark.parametrize(("dataset", "asked"), [(feed("UN"), {}), (feed(), {"avoid": ("sea",)}), (tiny_corridor(), {})])
def test_nothing_is_told_of_what_is_blocked_avoided_or_a_plan(dataset, asked):
    assert told(dataset, **asked) == []
