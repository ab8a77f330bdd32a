"""One shipment before and after scenarios of a feed: its plans in each."""

from __future__ import annotations

from collections.abc import Sequence

from landbridge.domain.dataset import Dataset
from landbridge.domain.headway import Headway, Hear, Stage
from landbridge.domain.plan import Plan
from landbridge.domain.scenario import Scenario
from landbridge.planner.compare import vary_dataset
from landbridge.planner.question import Question, ask
from landbridge.planner.shipment import plan_shipment


def compare_lane(
    dataset: Dataset, scenarios: Sequence[Scenario], question: Question, *, tell: Hear | None = None
) -> tuple[tuple[Scenario | None, Plan], ...]:
    """Plan one shipment in the feed as it is, then in each scenario.

    Returns
    -------
    tuple
        Pairs of scenario and plan; the scenario of the first is None.

    Raises
    ------
    DataError, QueryError
        If a scenario would vary a sanction or leads nowhere, or the question is wrong.
    """
    found: list[tuple[Scenario | None, Plan]] = []
    for one in (None, *scenarios):
        if tell is not None:
            tell(Headway(stage=Stage.SCENARIO, subject="base" if one is None else one.name))
        changed = dataset if one is None else vary_dataset(dataset, one)
        found.append((one, plan_shipment(changed, ask(changed, question))))
    return tuple(found)
