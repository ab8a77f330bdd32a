"""A payer's own statement: its items and aggregates, as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from landbridge.domain.book import BookPlan, BookShipment
from landbridge.domain.dataset import Dataset
from landbridge.report.figures import count_text
from landbridge.report.legend import Legend
from landbridge.report.plan_sheets import Cell, Sheet

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


_LEAST_MEMBERS = 3
"""With fewer the joint total less what one bears would tell what the other bears."""

_Row = tuple[object, ...]


def rows_text(rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV."""
    return "".join(",".join(_cell(cell) for cell in line) + "\n" for line in rows)


def statement_rows(plan: BookPlan, payer_id: str, dataset: Dataset) -> list[_Row]:
    """The statement of one payer, heads of columns first: its shipments with every item, what it bears by each method, payments.

    Days of a shipment are local ones: those of its first place for what it costs on the way, those of its last for what ends with it.

    Of the other payers it holds nothing but the joint total, and that only where there are three payers or more. Items, capital, hire,
    CO2e, days late, stuffing, what is replaced and what is shared sum to what is paid; paid less borne is the balance.
    """
    lines: list[_Row] = [("what", "of", "name", "cents", "currency", "date", "row", "source")]
    legend = Legend(dataset)
    for shipment in plan.shipments:
        if shipment.payer_id == payer_id:
            lines += _shipment_rows(plan, shipment, legend)
    lines += _paid_rows(plan, payer_id)
    lines += _share_rows(plan, payer_id)
    if len(plan.alone_by_payer) >= _LEAST_MEMBERS:
        lines.append(("joint", "", "all together", plan.together.cost_cents, plan.currency, plan.as_of, "", ""))
    return lines


_ITEMS = ("what", "shipment", "name", "amount", "currency", "date", "row", "source")
_TOTALS = ("what", "by", "name", "amount", "currency", "date")
_BELOW = ("paid", "alone", "borne", "balance", "joint")
"""Rows that are no part of what is paid, but tell what it is or what becomes of it."""


def statement_sheets(rows: Sequence[Sequence[object]]) -> tuple[Sheet, ...]:
    """The rows of a statement as sheets: totals, and items that sum to what is paid.

    They are taken as :func:`statement_rows` gives them or as JSON keeps them. Amounts are in whole units of the currency with two decimals.
    """
    totals = tuple(_amounts(row)[: len(_TOTALS)] for row in rows[1:] if row[0] in _BELOW)
    items = tuple(_amounts(row) for row in rows[1:] if row[0] not in _BELOW)
    sums = (3,) if items else ()
    return Sheet(title="Statement", columns=_TOTALS, rows=totals), Sheet(title="Items", columns=_ITEMS, rows=items, sums=sums)


def _amounts(row: Sequence[object]) -> tuple[Cell, ...]:
    """A row with its cents as an amount and its day as a date; what is empty stays so."""
    what, of, name, cents, currency, day, *rest = row
    amount = Decimal(str(cents)) / 100 if cents != "" else None
    on = day if isinstance(day, date) else date.fromisoformat(str(day)) if day else None
    return str(what), str(of), str(name), amount, str(currency), on, *(str(one) for one in rest)


def _paid_rows(plan: BookPlan, payer_id: str) -> Iterator[_Row]:
    """What it pays its carriers before settlement, and which part of that is of what is shared: trains, room, quotas, rebates, turns."""
    paid = next((row.paid_cents for one in plan.settlements for row in one.balances if row.party_id == payer_id), None)
    if paid is not None:
        own = sum(one.cost_cents for one in plan.shipments if one.payer_id == payer_id)
        text = "trains, room, quotas, rebates and boxes used again that it pays for or is paid for"
        yield ("shared", "", text, paid - own, plan.currency, plan.as_of, "", "")
        yield ("paid", "", "paid before settlement", paid, plan.currency, plan.as_of, "", "")


def _shipment_rows(plan: BookPlan, one: BookShipment, legend: Legend) -> Iterator[_Row]:
    itinerary, name, currency = one.itinerary, one.shipment_id, plan.currency
    if itinerary is None:
        yield ("not carried", name, one.reason or "", "", "", "", "", "")
        return
    begins = legend.local(itinerary.legs[0].from_id, itinerary.departs_at).date()
    ends = legend.local(itinerary.legs[-1].to_id, one.arrives_at or itinerary.arrives_at).date()
    for item in itinerary.items:
        yield ("item", name, legend.reworded(item.name), item.cost_cents, currency, begins, item.row_id, item.source_id)
    yield ("capital", name, "capital in the goods until arrival", one.capital_cents, currency, ends, "", "")
    if one.carbon_cents:
        yield ("carbon", name, "CO2e at the price that was asked for", one.carbon_cents, currency, ends, "", "")
    if one.stuffing_ids:
        text = "putting it into a unit that is shared, and taking it out"
        yield ("stuffing", name, text, one.stuffing_cents, currency, begins, "", "")
    if one.late_cents:
        yield ("late", name, f"{count_text(one.late_days, 'day')} after the due date", one.late_cents, currency, ends, "", "")
    if one.hire_cents:
        yield ("hire", name, "hire of boxes that no carrier provides", one.hire_cents, currency, begins, "", "")
    if one.replaced_cents:
        text = f"freight that {legend.reworded(one.train_id or '')} takes the place of"
        yield ("replaced", name, text, -one.replaced_cents, currency, begins, "", "")


def _share_rows(plan: BookPlan, payer_id: str) -> Iterator[_Row]:
    currency, day = plan.currency, plan.as_of
    for payer, proven in plan.alone_by_payer:
        if payer == payer_id:
            yield ("alone", "", "what it would cost alone", proven.cost_cents, currency, day, "", "")
    for sharing in plan.sharings:
        for share in sharing.shares:
            if share.party_id == payer_id:
                yield ("borne", sharing.method, "share of the joint cost", share.cost_cents, currency, day, "", "")
    for settlement in plan.settlements:
        for row in settlement.balances:
            if row.party_id == payer_id:
                text = "received (or, negative, paid) in settlement"
                yield ("balance", settlement.method, text, row.balance_cents, currency, settlement.settled_on, "", "")


def _cell(value: object) -> str:
    """A cell of a CSV file; a text that a spreadsheet would take for a formula stands behind an apostrophe, numbers stay numbers."""
    text = f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else str(value)
    return '"' + text.replace('"', '""') + '"' if any(one in text for one in ',"\n\r') else text
