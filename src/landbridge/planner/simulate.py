"""Simulate one itinerary of a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache, partial
from typing import TYPE_CHECKING

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import QueryError
from landbridge.domain.finding import Finding
from landbridge.domain.plan import Itinerary, Plan
from landbridge.domain.query import Query
from landbridge.domain.simulation import RiskComparison, Simulation
from landbridge.planner.sound_plan import find_altered
from landbridge.planner.sweep import Crew, Sweep, check_crew, run_sweep, stand_by

if TYPE_CHECKING:
    from landbridge.uncertainty.comparison import Field, Heat
    from landbridge.uncertainty.engine import Block, BlockPart, Job, Outcome

MOST_RUNS = 10_000_000
_SHARDS = 8
"""Heats of the first 1,000 runs of all itineraries where several processes share them."""
POLICIES = ("next", "replan")
REPLAN_DAYS = 60
"""Days beyond the question's own within which ways found under way may depart."""


def simulate_plan(
    dataset: Dataset,
    plan: Plan,
    *,
    itinerary: int | None = None,
    policy: str = "next",
    runs: int = 10_000,
    seed: int = 1,
    family: str = "pert",
    crew: Crew | None = None,
) -> Simulation:
    """Run one itinerary of a plan many times.

    Parameters
    ----------
    dataset, plan
        The feed, and a plan made from it.
    itinerary
        Number of the itinerary, from 1 as the page counts them; None: the balanced one.
    policy
        ``next``: a missed departure waits for the next one; ``replan``: the best new way from where the goods are, if it pays.
    runs, seed
        How often, and the seed.
    family
        ``pert``, ``triangular`` or ``lognormal``.
    crew
        Who runs the blocks of 1,000 runs; None: this process. The answer is the same.

    Raises
    ------
    QueryError
        With everything that is wrong with the question, at once.
    ClusterError
        If machines that share the work go away.
    """
    from landbridge.uncertainty.simulate import simulate_itinerary

    number, wrong = check_question(dataset, plan, itinerary=itinerary, runs=runs, seed=seed, family=family)
    if policy not in POLICIES:
        _say(wrong, "POLICY-UNKNOWN", f"--policy {policy[:40]!r} is none of {', '.join(POLICIES)}")
    crew = crew or Crew()
    try:
        check_crew(crew)
    except QueryError as error:
        wrong += error.findings
    wrong += [] if wrong else find_altered(dataset, plan, (number,))
    if wrong:
        raise QueryError(wrong)
    if policy == "replan":
        return _simulate_replanned(dataset, plan, number, crew, runs=runs, seed=seed, family=family)
    return simulate_itinerary(dataset, plan, number, runs=runs, seed=seed, family=family, run=partial(_run_blocks, crew, plan))


def _run_blocks(crew: Crew, plan: Plan, job: Job, parts: Sequence[BlockPart]) -> list[Block]:
    from landbridge.uncertainty.engine import Block, run_part

    return run_sweep(Sweep(name="simulate", digest=plan.dataset_digest, work=run_part, form=Block, shared=job), parts, crew)


def _simulate_replanned(dataset: Dataset, plan: Plan, number: int, crew: Crew, *, runs: int, seed: int, family: str) -> Simulation:
    from landbridge.planner.shipment import gated_graph
    from landbridge.routing.best_way import BestWays
    from landbridge.uncertainty.simulate import simulate_replanned

    query = replace(plan.query, horizon_days=plan.query.horizon_days + REPLAN_DAYS, due_on=None)
    ways = BestWays(gated_graph(dataset, plan.query), query)

    @cache
    def find(place_id: str, ready_at: datetime, closed: tuple[str, ...]) -> Itinerary | None:
        return ways.find(avoid=closed, origin_id=place_id, ready_at=ready_at)

    return simulate_replanned(
        dataset, plan, number, find, value_per_day_cents=ways.value_per_day_cents, runs=runs, seed=seed, family=family,
        run=partial(_run_blocks, crew, plan),
    )  # fmt: skip


def check_question(dataset: Dataset, plan: Plan, *, itinerary: int | None, runs: int, seed: int, family: str) -> tuple[int, list[Finding]]:
    """Number of the itinerary meant, from 0, and everything that is wrong with a question about one."""
    wrong = _check(dataset, plan, runs=runs, seed=seed, family=family)
    if plan.itineraries and itinerary is not None and not 1 <= itinerary <= len(plan.itineraries):
        _say(wrong, "ITINERARY-UNKNOWN", f"--itinerary {itinerary}: the plan has 1 to {len(plan.itineraries)}")
    balanced = next((number for number, one in enumerate(plan.itineraries) if "balanced" in one.labels), 0)
    return (balanced if itinerary is None else itinerary - 1), wrong


def compare_risks(
    dataset: Dataset, plan: Plan, *, runs: int = 10_000, seed: int = 1, family: str = "pert", crew: Crew | None = None
) -> RiskComparison:
    """Simulate every itinerary of a plan and find the best for each attitude to risk.

    Raises
    ------
    QueryError
        With everything that is wrong with the question, at once.
    ClusterError
        If machines that share the work go away.
    """
    from landbridge.uncertainty.comparison import compare_itineraries

    wrong = _check(dataset, plan, runs=runs, seed=seed, family=family)
    crew = crew or Crew()
    try:
        check_crew(crew)
    except QueryError as error:
        wrong += error.findings
    if wrong:
        raise QueryError(wrong)
    shards = 1 if crew.is_alone else _SHARDS
    with stand_by(crew):
        return compare_itineraries(dataset, plan, runs=runs, seed=seed, family=family, run=partial(_run_heats, crew, plan), shards=shards)


def _run_heats(crew: Crew, plan: Plan, field: Field, heats: Sequence[Heat]) -> list[tuple[Outcome, ...]]:
    from landbridge.uncertainty.comparison import run_heat

    return run_sweep(Sweep(name="risks", digest=plan.dataset_digest, work=run_heat, form=tuple, shared=field), heats, crew)


CRITERIA = ("on-time", "p90", "cvar")


def check_by(by: str, query: Query) -> None:
    """Refuse a criterion that there is not, or that the question gives nothing for.

    Raises
    ------
    QueryError
        Before anything is planned or simulated.
    """
    wrong: list[Finding] = []
    if by not in CRITERIA:
        _say(wrong, "BY-UNKNOWN", f"--by {by[:40]!r} is none of {', '.join(CRITERIA)}")
    elif by == "on-time" and query.due_on is None:
        _say(wrong, "DUE-MISSING", "--by on-time needs a plan with a due date")
    if wrong:
        raise QueryError(wrong)


def choose_by(comparison: RiskComparison, by: str) -> int:
    """Number of the itinerary, from 1, that is best by ``on-time``, ``p90`` or ``cvar``.

    Raises
    ------
    QueryError
        If there is no such criterion.
    """
    wrong: list[Finding] = []
    if by not in CRITERIA:
        _say(wrong, "BY-UNKNOWN", f"--by {by[:40]!r} is none of {', '.join(CRITERIA)}")
        raise QueryError(wrong)
    chosen = dict(zip(CRITERIA, (comparison.by_on_time, comparison.by_p90, comparison.by_cvar), strict=True))[by]
    if chosen is None:
        _say(wrong, "DUE-MISSING", "--by on-time needs a plan with a due date")
        raise QueryError(wrong)
    return chosen + 1


def _check(dataset: Dataset, plan: Plan, *, runs: int, seed: int, family: str) -> list[Finding]:
    from landbridge.uncertainty.spread import FAMILIES

    wrong: list[Finding] = []
    if plan.dataset_digest != dataset.digest:
        _say(wrong, "PLAN-OTHER-FEED", f"the plan was made from {plan.dataset_name} {plan.dataset_digest[:12]}, not from this feed")
    if not plan.itineraries:
        _say(wrong, "PLAN-WITHOUT-WAY", "the plan holds no itinerary, so there is nothing to simulate")
    if family not in FAMILIES:
        _say(wrong, "FAMILY-UNKNOWN", f"--family {family[:40]!r} is none of {', '.join(FAMILIES)}")
    if not 100 <= runs <= MOST_RUNS:
        _say(wrong, "RUNS", f"--runs {runs} is not between 100 and {MOST_RUNS}")
    if seed < 0:
        _say(wrong, "SEED", f"--seed {seed} is negative")
    return wrong


_FIXES = {
    "PLAN-OTHER-FEED": "Give the feed with --feed, or plan again.",
    "PLAN-WITHOUT-WAY": "Plan again with another question.",
    "ITINERARY-UNKNOWN": "Count the plans on the page of landbridge plan from 1.",
    "POLICY-UNKNOWN": "Write next or replan.",
    "FAMILY-UNKNOWN": "Write pert, triangular or lognormal.",
    "BY-UNKNOWN": "Write on-time, p90 or cvar.",
    "DUE-MISSING": "Plan with --due, or choose by p90 or cvar.",
    "RUNS": "Give a number in this range; 10000 is usual.",
    "SEED": "Give a whole number from 0 up.",
}


def _say(wrong: list[Finding], code: str, message: str) -> None:
    wrong.append(Finding(code=code, severity="error", file="", row=None, column="", message=message, fix=_FIXES[code]))
