"""Compare scenarios of a feed: what the joint plan of its book costs in each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from landbridge.domain.book import BookPlan
from landbridge.domain.comparison import Case, Comparison
from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import DataError
from landbridge.domain.finding import Finding
from landbridge.domain.headway import Headway, Hear, Stage
from landbridge.domain.scenario import Change, Scenario, apply_scenario
from landbridge.planner.book.candidates import BookQuestion, list_lanes
from landbridge.planner.book.joint_plan import plan_book
from landbridge.planner.book.kinds import KindWays
from landbridge.planner.book.ways import EachWays, Lanes, Search, Ways, route_candidates
from landbridge.planner.plan_record import demand_same_gate, stamp_gate
from landbridge.planner.sweep import Crew, Sweep, check_crew, run_sweep, stand_by

BASE = "base"
BOOK_TABLES = frozenset(
    {"block_offers", "volume_tiers", "allotments", "quotas", "reuses", "empty_moves", "empty_stocks", "stuffings", "separations"}
)
"""Tables that change what is joined, not which ways there are: candidates are those of the feed as it is."""


def load_scenarios(names: Sequence[str], location: str) -> tuple[Scenario, ...]:
    """Load scenarios by name or path.

    Raises
    ------
    DataError
        With everything that is wrong with any of them.
    """
    from landbridge.sources.scenario import load_scenario

    found: list[Scenario] = []
    findings: list[Finding] = []
    for name in dict.fromkeys(names):
        try:
            found.append(load_scenario(name, location))
        except DataError as error:
            findings += error.findings
    if findings:
        raise DataError(findings)
    return tuple(found)


def list_scenario_names(location: str) -> tuple[str, ...]:
    """Scenarios that a feed brings."""
    from landbridge.sources.scenario import list_scenarios

    return list_scenarios(location)


def vary_dataset(dataset: Dataset, scenario: Scenario) -> Dataset:
    """The dataset of a scenario, its references checked.

    Raises
    ------
    DataError
        If the scenario would vary a sanction, is about no row, or leads nowhere.
    """
    from landbridge.sources.check import check_guards
    from landbridge.sources.scenario import check_scenario

    changed = apply_scenario(dataset, scenario)
    findings = check_scenario(changed, scenario) or check_guards(changed)
    if findings:
        raise DataError(findings)
    return changed


def join_scenarios(scenarios: Sequence[Scenario]) -> Scenario:
    """Several scenarios at once: their changes one after another; policy if one of them is."""
    digest = hashlib.sha256(" ".join(one.digest for one in scenarios).encode()).hexdigest()
    return replace(
        scenarios[0], name=" + ".join(one.name for one in scenarios), title="; ".join(one.title for one in scenarios),
        dated_on=max(one.dated_on for one in scenarios), source=" ".join(one.source for one in scenarios),
        is_policy=any(one.is_policy for one in scenarios), digest=digest,
        changes=tuple(change for one in scenarios for change in one.changes),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """What all scenarios of a comparison share: feed, question, lanes of all of them, and the lists and decisions of whoever asks."""

    dataset: Dataset
    question: BookQuestion
    lanes: Lanes
    stamp: tuple[str, ...]
    search_of: Callable[[Dataset], Search] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePart:
    """One scenario (None: the feed as it is), without the shipments that some scenario does not carry."""

    scenario: Scenario | None
    left_out: frozenset[str] = frozenset()


_kept_ways: dict[str, Ways] = {}
_kept_for: list[Cases] = []
"""Ways of the scenarios of the last comparison of this process, and that comparison."""


def plan_case(cases: Cases, part: CasePart, tell: Hear | None = None) -> BookPlan:
    """The joint plan of the book in one scenario.

    Raises
    ------
    ClusterError
        On a worker whose lists or decisions are others than those of whoever asks.
    """
    demand_same_gate(cases.stamp)
    if tell is not None:
        tell(Headway(stage=Stage.SCENARIO, subject=BASE if part.scenario is None else part.scenario.name))
    dataset = cases.dataset if part.scenario is None else vary_dataset(cases.dataset, part.scenario)
    return plan_book(_without(dataset, part.left_out), cases.question, search=_ways_of(cases, dataset, part.scenario), tell=tell)


def _ways_of(cases: Cases, dataset: Dataset, scenario: Scenario | None) -> Ways:
    if not _kept_for or _kept_for[0] is not cases:
        _forget()
        _kept_for.append(cases)
    name = _name_ways(scenario)
    if name not in _kept_ways:
        _kept_ways[name] = _make_ways(cases, cases.dataset if name == BASE else dataset)
    return _kept_ways[name]


def _forget() -> None:
    _kept_for.clear()
    _kept_ways.clear()


def _make_ways(cases: Cases, dataset: Dataset) -> Ways:
    if cases.search_of is not None:
        return EachWays(cases.search_of(dataset))
    return EachWays(route_candidates(dataset, cases.lanes)) if cases.question.is_exact else KindWays(dataset, cases.lanes)


def _name_ways(scenario: Scenario | None) -> str:
    return BASE if scenario is None or _keeps_ways(scenario) else scenario.digest


def compare_scenarios(
    dataset: Dataset, scenarios: Sequence[Scenario], question: BookQuestion, *, tell: Hear | None = None,
    search_of: Callable[[Dataset], Search] | None = None, crew: Crew | None = None,
) -> Comparison:  # fmt: skip
    """Plan the book in the feed as it is and in each scenario.

    Parameters
    ----------
    question
        Its levers, shares and draws are not worked out. Where time is too short to look at all later starts in some case, every shipment
        starts on its ready date in all of them: the cases would have different choices.
    search_of
        Makes the search for candidates of one dataset; None: routing.
    crew
        Who works, a scenario each; None: this process. Joint plans that are not proven best within the time asked for depend on the speed
        of whoever works.

    Returns
    -------
    Comparison
        Over the shipments that every case carries, so that costs are of the same goods; what a case does not carry is told with the reason.

    Raises
    ------
    DataError, QueryError
        If a scenario or the crew cannot be.
    ClusterError
        If machines that share the work go away.
    """
    crew = crew or Crew()
    check_crew(crew)
    asked = replace(question, levers_seconds=0, shares_seconds=0, all_ways_seconds=0, draws=0, crew=Crew())
    lanes = tuple(
        dict.fromkeys(lane for one in (None, *scenarios) for lane in list_lanes(dataset if one is None else vary_dataset(dataset, one)))
    )
    cases = Cases(dataset=dataset, question=asked, lanes=lanes, stamp=stamp_gate(), search_of=search_of)
    try:
        with stand_by(crew):
            plans = _plan_cases(cases, scenarios, crew, tell)
            if any(plan.has_unlooked_starts for plan in plans):
                cases = replace(cases, question=replace(asked, is_waiting=False))
                plans = _plan_cases(cases, scenarios, crew, tell)
            reasons = [tuple((row.shipment_id, row.reason) for row in plan.shipments if row.reason is not None) for plan in plans]
            left_out = frozenset(one for rows in reasons for one, _ in rows)
            if left_out:
                plans = _plan_cases(cases, scenarios, crew, tell, left_out)
    finally:
        _forget()
    heads = [(BASE, "the feed as it is", dataset.info.as_of, "", False)]
    heads += [(one.name, one.title, one.dated_on, one.source, one.is_policy) for one in scenarios]
    found = tuple(
        Case(scenario=name, title=title, dated_on=on, source=source, is_policy=is_policy, plan=plan, reasons=why)
        for (name, title, on, source, is_policy), plan, why in zip(heads, plans, reasons, strict=True)
    )
    return Comparison(cases=found, left_out=tuple(sorted(left_out)), is_waiting=cases.question.is_waiting)


def _plan_cases(
    cases: Cases, scenarios: Sequence[Scenario], crew: Crew, tell: Hear | None, left_out: frozenset[str] = frozenset()
) -> list[BookPlan]:
    work = partial(plan_case, tell=tell) if crew.is_alone else plan_case
    sweep = Sweep(
        name="compare", digest=f"{cases.dataset.digest} {cases.question!r}", work=work, form=BookPlan,
        shared=cases, near=lambda part: _name_ways(part.scenario),
    )  # fmt: skip
    parts = [CasePart(scenario=one, left_out=left_out) for one in (None, *scenarios)]
    far = None if tell is None or crew.is_alone else lambda done, total: tell(Headway(stage=Stage.SCENARIOS, done=done, total=total))
    return run_sweep(sweep, parts, crew, tell=far)


def _keeps_ways(scenario: Scenario) -> bool:
    return all(change.table in BOOK_TABLES or _is_hold(change) for change in scenario.changes)


def _is_hold(change: Change) -> bool:
    """Whether a change says nothing but how long shipments may be held."""
    return change.table == "shipments" and change.action == "set" and {name for name, _ in change.values} == {"max_hold_days"}


def _without(dataset: Dataset, left_out: frozenset[str]) -> Dataset:
    return replace(dataset, shipments=tuple(row for row in dataset.shipments if row.shipment_id not in left_out))
