"""The same shipment asked on two days, side by side in a few lines."""

from __future__ import annotations

from landbridge.domain.dataset import Dataset
from landbridge.domain.plan import Itinerary, Plan, Rejected
from landbridge.report.figures import date_text, days_text, money_text
from landbridge.report.legend import Legend
from landbridge.report.page import BLANK, NO_BREAK, Cell, Column, Line, Span, heading, paragraph, table_lines

LABELS = ("cheapest", "fastest", "cleanest", "balanced")
_MOST_CLOSURES = 6


def render_replay(plan_now: Plan, plan_then: Plan, dataset: Dataset | None = None, *, width: int = 100) -> tuple[Line, ...]:
    """Two answers side by side: what each label cost, how long it took and which way it went, and what has closed or opened since.

    Parameters
    ----------
    plan_now, plan_then
        Answers to the same question, asked on two days.
    dataset
        The feed, for names; without it ids stand.
    width
        Columns of the page.
    """
    legend = Legend(dataset)
    now, then = plan_now.query, plan_then.query
    columns = (
        Column(title="", style="bold"),
        Column(title=f"ready {date_text(now.ready_on)}, asked as of {date_text(now.as_of)}", min_width=24),
        Column(title=f"ready {date_text(then.ready_on)}, asked as of {date_text(then.as_of)}", min_width=24),
    )
    rows: list[list[Cell]] = [["plans", _count(plan_now), _count(plan_then)]]
    rows += [[label, _label_text(plan_now, label, legend), _label_text(plan_then, label, legend)] for label in LABELS]
    lines = [*heading("REPLAY", f"the same shipment as it looked on {date_text(then.as_of)}", width), BLANK]
    lines += table_lines(columns, rows, width)
    for label, text, style in (
        ("shut since", _changed(plan_now, plan_then, legend), "red"),
        ("open since", _changed(plan_then, plan_now, legend), "green"),
    ):
        lines += paragraph(Span(text, style), width, indent=2, label=label, label_width=12) if text else ()
    return tuple(lines)


def _count(plan: Plan) -> str:
    return str(len(plan.itineraries)) + ("" if plan.is_complete else " and maybe more: the search stopped at its bound")


def _label_text(plan: Plan, label: str, legend: Legend) -> str:
    itinerary = next((one for one in plan.itineraries if label in one.labels), None)
    if itinerary is None:
        return "-"
    figures = f"{itinerary.currency} {money_text(itinerary.cost_cents)}, {days_text(itinerary.duration_min)} days,".replace(" ", NO_BREAK)
    return f"{figures} {way_text(itinerary, legend)}"


def way_text(itinerary: Itinerary, legend: Legend) -> str:
    """Where a way goes through, in a few words: ``by Novorossiysk, Jebel Ali and Karachi``."""
    passed: list[str] = []
    for leg in itinerary.legs:
        passed += [] if leg.is_scheduled else leg.borders
        passed.append(leg.to_id)
    names = list(dict.fromkeys(legend.name(one) for one in passed[:-1]))
    return "by " + ", ".join(names) if names else "straight through"


def _changed(plan: Plan, other: Plan, legend: Legend) -> str:
    """Ways rejected in one answer that the other plans or compares."""
    usable = {leg.to_id for one in other.itineraries for leg in one.legs} | {one.gateway for one in other.compared}
    usable |= {border for one in other.itineraries for leg in one.legs for border in leg.borders}
    closed: dict[str, Rejected] = {}
    for rejected in plan.rejected:
        if rejected.gateway in usable:
            closed.setdefault(rejected.gateway or "", rejected)
    parts = [f"{legend.name(gateway)}: {one.reason}" for gateway, one in closed.items()]
    more = f"; and {len(parts) - _MOST_CLOSURES} more" if len(parts) > _MOST_CLOSURES else ""
    return "; ".join(parts[:_MOST_CLOSURES]) + more
