"""Every itinerary that the search finds on a random feed stands the independent walk."""

from __future__ import annotations

import pytest

from landbridge.planner.shipment import plan_shipment
from landbridge.verification import verify_plan
from tests.properties.random_feed import random_dataset, random_question


@pytest.mark.parametrize("chunk", range(8))
def test_plans_of_random_feeds_verify(chunk):
    """Two implementations that share nothing but docs/model.md agree on every date, cent, gram and paper."""
    for seed in range(chunk * 60, (chunk + 1) * 60):
        dataset = random_dataset(seed)
        plan = plan_shipment(dataset, random_question(seed))
        found = verify_plan(dataset, plan)
        assert not found, f"seed {seed}: {found[:5]}"
