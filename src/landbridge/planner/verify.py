"""Walk a plan again, independently of how it was made."""

from __future__ import annotations

from landbridge.domain.dataset import Dataset
from landbridge.domain.plan import Plan
from landbridge.planner.gate import gate_dataset
from landbridge.planner.joined_question import join_query_places
from landbridge.verification.difference import Difference
from landbridge.verification.verify import verify_plan as _verify


def verify_plan(dataset: Dataset, plan: Plan) -> tuple[Difference, ...]:
    """Recompute times, money, rules and CO2e of a plan; any difference is an error, as is another feed's digest."""
    joined = dataset if plan.dataset_digest == dataset.digest else join_query_places(dataset, plan.query)
    return _verify(gate_dataset(joined, plan.query), plan)
