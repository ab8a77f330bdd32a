"""Compare scenarios of a feed: what the joint plan of its book costs in each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace

from landbridge.domain.book import BookPlan
from landbridge.domain.comparison import Case, Comparison
from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import DataError
from landbridge.domain.finding import Finding
from landbridge.domain.scenario import Scenario, apply_scenario
from landbridge.planner.book import plan_book
from landbridge.planner.book_candidates import BookQuestion, list_lanes
from landbridge.planner.book_kinds import KindWays
from landbridge.planner.book_ways import EachWays, Search, Ways, route_candidates

BASE = "base"
BOOK_TABLES = frozenset({"block_offers", "volume_tiers", "allotments", "quotas", "reuses", "stuffings", "separations"})
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


def compare_scenarios(
    dataset: Dataset, scenarios: Sequence[Scenario], question: BookQuestion, *, tell: Callable[[str], None] | None = None,
    search_of: Callable[[Dataset], Search] | None = None,
) -> Comparison:  # fmt: skip
    """Plan the book in the feed as it is and in each scenario.

    Parameters
    ----------
    question
        Its levers, shares and draws are not worked out, and every shipment starts on its ready date: later starts are looked for as far as
        time allows, which would give scenarios different choices.
    search_of
        Makes the search for candidates of one dataset; None: routing.

    Returns
    -------
    Comparison
        Over the shipments that every case carries, so that costs are of the same goods; what a case does not carry is told with the reason.
    """
    asked = replace(question, levers_seconds=0, shares_seconds=0, draws=0, is_waiting=False)
    datasets = [dataset, *(vary_dataset(dataset, scenario) for scenario in scenarios)]
    lanes = tuple(dict.fromkeys(lane for one in datasets for lane in list_lanes(one)))

    def make(one: Dataset) -> Ways:
        if search_of is not None:
            return EachWays(search_of(one))
        return EachWays(route_candidates(one, lanes)) if question.is_exact else KindWays(one, lanes)

    first = make(dataset)
    searches = [first, *(first if _keeps_ways(one) else make(changed) for one, changed in zip(scenarios, datasets[1:], strict=True))]

    def plan_all(left_out: frozenset[str]) -> list[BookPlan]:
        plans = []
        for name, changed, search in zip([BASE, *(one.name for one in scenarios)], datasets, searches, strict=True):
            if tell is not None:
                tell(f"scenario {name}")
            plans.append(plan_book(_without(changed, left_out), asked, search=search, tell=tell))
        return plans

    plans = plan_all(frozenset())
    reasons = [tuple((row.shipment_id, row.reason) for row in plan.shipments if row.reason is not None) for plan in plans]
    left_out = frozenset(one for rows in reasons for one, _ in rows)
    if left_out:
        plans = plan_all(left_out)
    heads = [(BASE, "the feed as it is", dataset.info.as_of, "", False)]
    heads += [(one.name, one.title, one.dated_on, one.source, one.is_policy) for one in scenarios]
    cases = tuple(
        Case(scenario=name, title=title, dated_on=on, source=source, is_policy=is_policy, plan=plan, reasons=why)
        for (name, title, on, source, is_policy), plan, why in zip(heads, plans, reasons, strict=True)
    )
    return Comparison(cases=cases, left_out=tuple(sorted(left_out)))


def _keeps_ways(scenario: Scenario) -> bool:
    return all(change.table in BOOK_TABLES for change in scenario.changes)


def _without(dataset: Dataset, left_out: frozenset[str]) -> Dataset:
    return replace(dataset, shipments=tuple(row for row in dataset.shipments if row.shipment_id not in left_out))
