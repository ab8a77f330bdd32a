"""The balance of empty boxes of a joint plan, as a section of its page."""

from __future__ import annotations

from landbridge.domain.book import BookEmpties, BookPlan
from landbridge.report.figures import count_text
from landbridge.report.page import Cell, Column, Line, heading, paragraph, table_lines


def render_empties(plan: BookPlan, width: int) -> tuple[Line, ...]:
    """How many boxes are needed and set free in each area, and what using them again, moving them and one-way hire save."""
    if not plan.empties:
        return ()
    titles = ("needed", "freed", "used again", "moved in, out", "one way", "fetched", "returned")
    columns = (Column(title="area", min_width=18), Column(title="box"), *(Column(title=one, align="right") for one in titles))
    rows = [_row(one) for one in plan.empties]
    text = "boxes that no ship's line provides, by area"
    return (*heading("Empty boxes", text, width), *table_lines(columns, rows, width), *paragraph(_text(plan), width, indent=2))


def _row(one: BookEmpties) -> list[Cell]:
    moved = f"{one.moved_in_units}, {one.moved_out_units}" if one.moved_in_units or one.moved_out_units else "-"
    hired = one.hired_units + one.left_units
    return [
        one.name, one.unit_type_id, f"{one.needed_units}", f"{one.freed_units}", f"{one.turned_units or '-'}", moved, f"{hired or '-'}",
        f"{one.fetched_units}", f"{one.returned_units}",
    ]  # fmt: skip


def _text(plan: BookPlan) -> str:
    areas = {one.reuse_id for one in plan.empties}
    parts = []
    for kind, what in (
        ("turn", "used by the next shipment in the area where they come free (triangulation)"),
        ("reposition", "moved empty from another area"),
        ("one_way_hire", "hired one way"),
    ):  # fmt: skip
        turns = [one for one in plan.turns if one.kind == kind and one.reuse_id in areas]
        units, cents = sum(one.units for one in turns), -sum(one.cost_cents for one in turns)
        parts.append(f"{units} {what}" + (f", which saves {cents / 100:,.0f} {plan.currency}" if units else ""))
    needed = count_text(sum(one.needed_units for one in plan.empties), "box is", "boxes are")
    return f"{needed} needed: {'; '.join(parts)}."
