"""The balance of empty boxes of a joint plan, as a section of its page."""

from __future__ import annotations

from landbridge.domain.book import BookEmpties, BookPlan
from landbridge.report.figures import count_text
from landbridge.report.page import Cell, Column, Line, heading, paragraph, table_lines


def render_empties(plan: BookPlan, width: int) -> tuple[Line, ...]:
    """How many boxes are needed and set free in each area, and what using them again, moving them and one-way hire save."""
    if not plan.empties:
        return ()
    stocks = ("stock, left",) if any(one.stock_units for one in plan.empties) else ()
    titles = (*stocks, "needed", "freed", "used again", "moved in, out", "one way", "fetched", "returned")
    columns = (Column(title="area", min_width=18), Column(title="box"), *(Column(title=one, align="right") for one in titles))
    rows = [_row(one, has_stocks=bool(stocks)) for one in plan.empties]
    text = "boxes that no ship's line provides, by area"
    return (*heading("Empty boxes", text, width), *table_lines(columns, rows, width), *paragraph(_text(plan), width, indent=2))


def _row(one: BookEmpties, *, has_stocks: bool) -> list[Cell]:
    moved = f"{one.moved_in_units}, {one.moved_out_units}" if one.moved_in_units or one.moved_out_units else "-"
    hired = one.hired_units + one.left_units
    stock = [f"{one.stock_units}, {one.staying_units}" if one.stock_units else "-"] if has_stocks else []
    return [
        one.name, one.unit_type_id, *stock, f"{one.needed_units}", f"{one.freed_units}", f"{one.turned_units or '-'}", moved,
        f"{hired or '-'}", f"{one.fetched_units}", f"{one.returned_units}",
    ]  # fmt: skip


def _text(plan: BookPlan) -> str:
    areas = {one.reuse_id for one in plan.empties}
    parts = []
    for kind, is_stock, what in (
        ("turn", False, "used by the next shipment in the area where they come free (triangulation)"),
        ("turn", True, "taken from stocks of their area"),
        ("reposition", False, "moved empty from another area"),
        ("reposition", True, "moved from stocks of another area"),
        ("one_way_hire", False, "hired one way"),
    ):  # fmt: skip
        turns = [one for one in plan.turns if (one.kind, one.stock_id is not None) == (kind, is_stock) and one.reuse_id in areas]
        if is_stock and not turns:
            continue
        units, cents = sum(one.units for one in turns), -sum(one.cost_cents for one in turns)
        parts.append(f"{units} {what}" + (f", which saves {cents / 100:,.0f} {plan.currency}" if units else ""))
    needed = count_text(sum(one.needed_units for one in plan.empties), "box is", "boxes are")
    return f"{needed} needed: {'; '.join(parts)}."
