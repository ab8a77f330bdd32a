"""Scenarios beside each other, as a page and as a document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from landbridge.domain.book import BookShipment
from landbridge.domain.comparison import Case, Comparison
from landbridge.domain.plan import Itinerary, Plan
from landbridge.domain.scenario import Scenario
from landbridge.report.book_document import gap_of, proven_saving
from landbridge.report.document_form import encode
from landbridge.report.figures import count_text, date_text, percent_range
from landbridge.report.legend import Legend
from landbridge.report.page import BLANK, MIN_WIDTH, Cell, Column, Line, Span, heading, paragraph, table_lines

COMPARE_FORMAT = "landbridge.compare/1"
LANE_FORMAT = "landbridge.compare-lane/1"

_STARTS = (
    "Each shipment starts on its ready date here, since time was too short to look at all later starts in every scenario; "
    "landbridge book looks for later starts as well, which may cost less."
)


def comparison_document(comparison: Comparison, *, seconds: float) -> dict[str, Any]:
    """The document of ``landbridge compare --json``; money in cents of ``currency``."""
    first = comparison.cases[0].plan
    return {
        "format": COMPARE_FORMAT, "dataset": {"name": first.dataset_name, "digest": first.dataset_digest}, "as_of": first.as_of.isoformat(),
        "currency": first.currency, "seconds": round(seconds, 2), "left_out": list(comparison.left_out),
        "later_starts": comparison.is_waiting,
        "cases": [_case(comparison, case) for case in comparison.cases],
    }  # fmt: skip


def lane_document(cases: Sequence[tuple[Scenario | None, Plan]], *, seconds: float) -> dict[str, Any]:
    """One shipment before and after: the plans of each case, and which ways are new, gone or closed; money in cents of ``currency``."""
    first = cases[0][1]
    before = {tuple(leg.service_id for leg in one.legs) for one in first.itineraries}
    return {
        "format": LANE_FORMAT, "dataset": {"name": first.dataset_name, "digest": first.dataset_digest},
        "as_of": first.query.as_of.isoformat(), "from": first.query.origin_id, "to": first.query.destination_id,
        "units": first.query.units, "unit_type": str(first.query.unit_type_id),
        "currency": next((one.currency for _, plan in cases for one in plan.itineraries), ""), "seconds": round(seconds, 2),
        "cases": [_lane_case(scenario, plan, before) for scenario, plan in cases],
    }  # fmt: skip


def _lane_case(scenario: Scenario | None, plan: Plan, before: set[tuple[str, ...]]) -> dict[str, Any]:
    ways = {tuple(leg.service_id for leg in one.legs) for one in plan.itineraries}
    best = {name: min(plan.itineraries, key=key) for name, key in _BEST.items()} if plan.itineraries else {}
    return {
        "scenario": "base" if scenario is None else scenario.name,
        "title": "the feed as it is" if scenario is None else scenario.title,
        "dated_on": (plan.dataset_as_of if scenario is None else scenario.dated_on).isoformat(),
        "source": "" if scenario is None else scenario.source, "policy": scenario is not None and scenario.is_policy,
        "plans": len(plan.itineraries), "ways_new": len(ways - before), "ways_gone": len(before - ways),
        "best": {name: _figures(one) for name, one in best.items()},
        "closed": [{"way": one.gateway or one.what, "reason": one.reason} for one in plan.rejected],
    }  # fmt: skip


def _figures(one: Itinerary) -> dict[str, Any]:
    return {
        "cost_cents": one.cost_cents, "duration_min": one.duration_min, "emission_g_co2e": one.emission_g_co2e,
        "stops": [one.legs[0].from_id, *(leg.to_id for leg in one.legs)],
    }  # fmt: skip


_BEST: dict[str, Callable[[Itinerary], int]] = {
    "cheapest": lambda one: one.cost_cents,
    "fastest": lambda one: one.duration_min,
    "cleanest": lambda one: one.emission_g_co2e,
}


def _case(comparison: Comparison, case: Case) -> dict[str, Any]:
    plan, proven = case.plan, proven_saving(case.plan)
    cents, low, high = comparison.difference_cents(case)
    return {
        "scenario": case.scenario, "title": case.title, "dated_on": case.dated_on.isoformat(), "source": case.source,
        "policy": case.is_policy, "digest": plan.dataset_digest, "objective_cents": plan.together.cost_cents,
        "bound_cents": plan.together.bound_cents, "gap": gap_of(plan.together),
        "alone": {"cents": plan.alone.cost_cents, "bound_cents": plan.alone.bound_cents},
        "saving": None if proven is None else {"low": proven[0], "high": proven[1]},
        "difference": {"cents": cents, "low_cents": low, "high_cents": high, "distinguishable": not low <= 0 <= high},
        "emission_g_co2e": case.emission_g_co2e, "transit_days": round(case.transit_days, 2),
        "carried": sum(row.itinerary is not None for row in plan.shipments),
        "not_carried": [{"shipment_id": one, "reason": reason} for one, reason in case.reasons],
        "gateways": _ways(case), "changed": [_changed(*pair) for pair in comparison.list_changed(case)],
    }  # fmt: skip


def _changed(before: BookShipment, after: BookShipment) -> dict[str, Any]:
    """A shipment before and after, without its part of whole trains."""
    return {
        "shipment_id": after.shipment_id, "cost_cents": [before.cost_cents, after.cost_cents],
        "arrives_at": [encode(one.arrives_at) for one in (before, after)],
        "services": [[leg.service_id for leg in one.itinerary.legs] if one.itinerary else [] for one in (before, after)],
    }  # fmt: skip


def _ways(case: Case) -> dict[str, int]:
    """How many shipments use which service or haulage offer."""
    counts: dict[str, int] = {}
    for row in case.plan.shipments:
        for service in sorted({leg.service_id for leg in row.itinerary.legs} if row.itinerary else ()):
            counts[service] = counts.get(service, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def render_comparison(comparison: Comparison, legend: Legend | None = None, *, width: int = 100) -> tuple[Line, ...]:
    """The page: a row for each scenario, then what each is and what it does not carry; places and services by the names of the legend."""
    legend = legend or Legend()
    columns = max(width, MIN_WIDTH)
    plan = comparison.cases[0].plan
    carried = sum(row.itinerary is not None for row in plan.shipments)
    asked = f"as of {date_text(plan.as_of)}, in {plan.currency}"
    text = f"joint plans of {count_text(carried, 'shipment')} that every scenario carries, {asked}"
    rows = [_row(comparison, case) for case in comparison.cases]
    table = table_lines(
        (
            Column(title="scenario", min_width=14), Column(title="alone", align="right"), Column(title="together", align="right"),
            Column(title="more than base", align="right"),
            Column(title="saving", align="right"), Column(title="t CO2e", align="right"), Column(title="days", align="right"),
        ),
        rows, columns,
    )  # fmt: skip
    lines: list[Line] = [*heading("Scenarios", text, columns), *table, *_changes(comparison, legend, columns)]
    lines += [BLANK, *heading("What they are", "dated, declared changes of the feed; sanctions are never varied", columns)]
    for case in comparison.cases[1:]:
        kind = " Public policy: not for companies to decide." if case.is_policy else ""
        lines += paragraph(f"{case.scenario} ({date_text(case.dated_on)}): {case.title}; source: {case.source}{kind}", columns, indent=2)
    lines += [] if comparison.is_waiting else paragraph(_STARTS, columns, indent=2)
    for case in comparison.cases:
        for shipment, reason in case.reasons:
            lines += paragraph(f"{case.scenario} does not carry {shipment}: {legend.reworded(reason)}", columns, indent=2)
    return tuple(lines)


def _changes(comparison: Comparison, legend: Legend, width: int) -> Iterator[Line]:
    """Before and after: by which services more and fewer shipments go, and those that go otherwise."""
    cases = [(case, comparison.list_changed(case)) for case in comparison.cases[1:]]
    if not any(changed for _, changed in cases):
        return
    yield BLANK
    yield from heading("Before and after", "what goes otherwise than in base; cost without its part of whole trains", width)
    for case, changed in cases:
        before, after = _ways(comparison.cases[0]), _ways(case)
        moves = [(name, after.get(name, 0) - before.get(name, 0)) for name in dict.fromkeys((*before, *after))]
        told = ", ".join(f"{legend.name(name)} {count:+d}" for name, count in sorted(moves, key=lambda one: (one[1], one[0])) if count)
        text = f"{len(changed)} of {len(case.plan.shipments)} shipments go otherwise" if changed else "every shipment goes as in base"
        yield from paragraph(f"{case.scenario}: {text}{'; shipments by service: ' if told else ''}{told}.", width, indent=2)
        rows = [_changed_row(*pair, legend) for pair in changed]
        heads = [Column(title="shipment", min_width=14), Column(title="by"), Column(title="before", align="right")]
        heads += [Column(title="after", align="right"), Column(title="days later", align="right")]
        yield from table_lines(tuple(heads), rows, width) if rows else ()


def _changed_row(before: BookShipment, after: BookShipment, legend: Legend) -> list[Cell]:
    first, then = (_arrival(one, legend) for one in (before, after))
    later = 0 if first is None or then is None else (then - first).days
    days = f"{later:+d}" if later else ""
    stops = [] if after.itinerary is None else [after.itinerary.legs[0].from_id, *(leg.to_id for leg in after.itinerary.legs)]
    by = " - ".join(map(legend.name, stops[1:-1])) or ("direct" if stops else "not carried")
    return [after.shipment_id, by, f"{before.cost_cents / 100:,.0f}", f"{after.cost_cents / 100:,.0f}", days]


def _arrival(row: BookShipment, legend: Legend) -> date | None:
    """The day on which the goods are handed over, by the clock of the place."""
    if row.arrives_at is None or row.itinerary is None:
        return None
    return legend.local_date(row.itinerary.legs[-1].to_id, row.arrives_at)


def _row(comparison: Comparison, case: Case) -> list[Cell]:
    cents, low, high = comparison.difference_cents(case)
    proven = proven_saving(case.plan)
    is_first = case is comparison.cases[0]
    told = "" if not low <= 0 <= high else " (not distinguishable)"
    difference = "the same" if low == high == 0 else f"{cents / 100:+,.0f}{told}"
    return [
        Span(case.scenario, "bold"), f"{case.plan.alone.cost_cents / 100:,.0f}",
        f"{case.plan.together.cost_cents / 100:,.0f}", "" if is_first else difference,
        "-" if proven is None else percent_range(*(100 * one for one in proven)), f"{case.emission_g_co2e / 1e6:,.0f}",
        f"{case.transit_days:.1f}",
    ]  # fmt: skip
