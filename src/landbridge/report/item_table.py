"""Every amount of one itinerary, with its row, grade and source."""

from __future__ import annotations

from landbridge.domain.dataset import Dataset
from landbridge.domain.plan import Item, Itinerary, Plan
from landbridge.domain.source import Source
from landbridge.report.figures import amount_text, exact_money_text, month_text, price_amount_text, range_text
from landbridge.report.itinerary_table import label_text
from landbridge.report.legend import Legend
from landbridge.report.page import BLANK, Cell, Column, Line, Span, heading, table_lines

GRADE_WORDS = "A tariff or official, B trade press, C single mention, D assumption"
_COUNTED = {"unit": "", "shipment": "", "tonne": " t", "km": " km", "unit and day": " box-days"}


def render_items(itinerary: Itinerary, dataset: Dataset | None = None, *, width: int = 100, number: int | None = None) -> tuple[Line, ...]:
    """Every amount of one itinerary with quantity, price, grade and source; they sum to the total exactly.

    Parameters
    ----------
    itinerary
        A plan, or one that was compared.
    dataset
        The feed, for the titles of sources; without it their ids stand.
    width
        Columns of the page.
    number
        The plan's number, from 1, for the heading.
    """
    legend = Legend(dataset)
    columns = (
        Column(title="leg", align="right"),
        Column(title="kind", rank=3, style="dim"),
        Column(title="item", min_width=24),
        Column(title="quantity and price", rank=1),
        Column(title=itinerary.currency, align="right", style="bold"),
        Column(title="low to high", align="right", rank=4),
        Column(title="grade"),
        Column(title="source", min_width=19, rank=2, style="dim"),
        Column(title="row", rank=5, style="dim"),
    )
    rows = [_item_row(item, legend) for item in itinerary.items]
    spread = range_text(itinerary.cost_low_cents, itinerary.cost_high_cents)
    rows.append(["", "", Span("total", "bold"), "", exact_money_text(itinerary.cost_cents), spread, "", "", ""])
    apart = [item for item in itinerary.duty_items if item not in itinerary.items]
    if apart:
        rows += [_item_row(item, legend) for item in apart]
        rows.append(["", "", Span("duties, not in the total", "bold"), "", exact_money_text(itinerary.duty_cents), "", "", "", ""])
    title = "ITEMS" if number is None else f"ITEMS OF PLAN {number}"
    return (*heading(title, f"{label_text(itinerary)}; grades: {GRADE_WORDS}", width), *table_lines(columns, rows, width))


def render_items_of_plan(plan: Plan, dataset: Dataset | None = None, *, width: int = 100) -> tuple[Line, ...]:
    """Every amount of each plan that has a label; of the first where none has."""
    labelled = [index for index, itinerary in enumerate(plan.itineraries) if itinerary.labels] or list(range(len(plan.itineraries[:1])))
    lines: list[Line] = []
    for index in labelled:
        lines += [*render_items(plan.itineraries[index], dataset, width=width, number=index + 1), BLANK]
    return tuple(lines[:-1])


def _item_row(item: Item, legend: Legend) -> list[Cell]:
    source = legend.find_source(item.source_id)
    carried = f" (carried forward from {item.carried_from})" if item.carried_from else ""
    return [
        "" if item.leg is None else str(item.leg + 1),
        item.kind.replace("_", " "),
        legend.reworded(item.name) + carried,
        price_text(item),
        exact_money_text(item.cost_cents),
        range_text(item.cost_low_cents, item.cost_high_cents) if item.cost_low_cents != item.cost_high_cents else "",
        Span(item.grade, "yellow" if item.grade == "D" else ""),
        _source_text(source) if source else item.source_id,
        item.row,
    ]


def _source_text(source: Source) -> str:
    return f"{source.publisher}, {month_text(source.published_on)}" if source.published_on else source.publisher


def price_text(item: Item) -> str:
    """Quantity and price of an item as its row states them: ``2 x BYN 4,054.80 at 3.27``."""
    if "percent" in item.per:
        return f"{amount_text(item.amount)} % of {item.currency} {amount_text(item.quantity)}"
    price = f"{item.currency} {price_amount_text(item.amount)}"
    count = f"{amount_text(item.quantity)}{_COUNTED.get(item.per, ' ' + item.per)}"
    times = price if item.per == "shipment" and item.quantity == 1 else f"{count} x {price}"
    return f"{times} at {amount_text(item.rate)}" if item.rate != 1 else times


def reckoned_text(item: Item) -> str:
    """The same for reports and pages, which write the price first: ``4,054.80 BYN × 2 units at 3.27``."""
    if "percent" in item.per:
        told = f"{amount_text(item.amount)} % of {amount_text(item.quantity)} {item.currency}"
    else:
        plain = item.per in ("unit", "shipment")
        noun = f" {item.per}{'' if item.quantity == 1 else 's'}" if plain else _COUNTED.get(item.per, f" {item.per}")
        told = f"{price_amount_text(item.amount)} {item.currency} × {amount_text(item.quantity)}{noun}"
    return f"{told} at {amount_text(item.rate)}" if item.rate != 1 else told
