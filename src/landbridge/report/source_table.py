"""Where the figures come from: each plan's money by grade, and the sources that carry it."""

from __future__ import annotations

from collections.abc import Iterable

from landbridge.domain.identity import GRADES
from landbridge.domain.plan import Item, Itinerary, Plan
from landbridge.report.figures import date_text, money_text, shares_text
from landbridge.report.itinerary_table import label_text
from landbridge.report.legend import Legend
from landbridge.report.page import BLANK, Cell, Column, Line, Span, heading, paragraph, table_lines

MOST_SOURCES = 15
_MEANING = {"A": "official", "B": "press", "C": "mention", "D": "assumed"}


def render_grades(plan: Plan, width: int) -> tuple[Line, ...]:
    """Each plan's share of money by grade of its sources."""
    if not plan.itineraries:
        return ()
    columns = (
        Column(title="", align="right", style="bold"),
        Column(title="plan", min_width=14),
        Column(title=plan.itineraries[0].currency, align="right", style="bold"),
        *(Column(title=f"{grade} {_MEANING[grade]}", align="right", min_width=8) for grade in GRADES),
    )
    shown = [index for index, itinerary in enumerate(plan.itineraries) if itinerary.labels] or list(range(len(plan.itineraries)))
    rows = [_grade_row(index, plan.itineraries[index]) for index in shown]
    return (*heading("MONEY", "by grade of its sources", width), BLANK, *table_lines(columns, rows, width))


def _grade_row(index: int, itinerary: Itinerary) -> list[Cell]:
    return [str(index + 1), label_text(itinerary), money_text(itinerary.cost_cents), *grade_shares(itinerary)]


def grade_shares(itinerary: Itinerary) -> tuple[str, ...]:
    """Percentages of an itinerary's money by grade, A to D."""
    return shares_text([sum(item.cost_cents for item in itinerary.items if item.grade == grade) for grade in GRADES])


def render_sources(plan: Plan, legend: Legend, width: int) -> tuple[Line, ...]:
    """The sources of the plans' money and papers, those that carry most first."""
    carried = _carried_cents(plan)
    if not carried:
        return ()
    order = sorted(carried, key=lambda source_id: (-carried[source_id], source_id))
    columns = (
        Column(title="grade", style="bold"),
        Column(title="title", min_width=24),
        Column(title="publisher", min_width=12, rank=1),
        Column(title="date", align="right"),
    )
    rows = [_source_row(source_id, plan, legend) for source_id in order[:MOST_SOURCES]]
    lines = [*heading("SOURCES", "of these plans, those that carry most money first", width), BLANK, *table_lines(columns, rows, width)]
    hidden = len(order) - len(rows)
    if hidden > 0:
        lines += paragraph(Span(f"and {hidden} more: landbridge plan ... --json", "dim"), width, indent=2)
    return tuple(lines)


def _source_row(source_id: str, plan: Plan, legend: Legend) -> list[Cell]:
    source = legend.find_source(source_id)
    if source is None:
        grade = next((item.grade for item in _all_items(plan) if item.source_id == source_id), "")
        return [grade, source_id, "", ""]
    return [source.grade, source.title, source.publisher, date_text(source.published_on) if source.published_on else "undated"]


def _carried_cents(plan: Plan) -> dict[str, int]:
    """Cents of all plans by source; papers and the mass carry none."""
    carried: dict[str, int] = {}
    for item in _all_items(plan):
        carried[item.source_id] = carried.get(item.source_id, 0) + abs(item.cost_cents)
    for itinerary in plan.itineraries:
        for document in itinerary.documents:
            carried.setdefault(document.source_id, 0)
    if plan.itineraries and plan.mass_source_id:
        carried.setdefault(plan.mass_source_id, 0)
    return carried


def _all_items(plan: Plan) -> Iterable[Item]:
    return (item for itinerary in plan.itineraries for item in (*itinerary.items, *itinerary.duty_items))
