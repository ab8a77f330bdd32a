"""A payer's own statement: its items and aggregates, as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from landbridge.domain.book import BookPlan, BookShipment
from landbridge.report.figures import count_text

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


_LEAST_MEMBERS = 3
"""With fewer the joint total less what one bears would tell what the other bears."""

_Row = tuple[object, ...]


def rows_text(rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV."""
    return "".join(",".join(_cell(cell) for cell in line) + "\n" for line in rows)


def statement_rows(plan: BookPlan, payer_id: str) -> list[_Row]:
    """The statement of one payer, heads of columns first: its shipments with every item, what it bears by each method, payments.

    Of the other payers it holds nothing but the joint total, and that only where there are three payers or more. Items, capital, hire,
    CO2e, days late, stuffing, what is replaced and what is shared sum to what is paid; paid less borne is the balance.
    """
    lines: list[_Row] = [("what", "of", "name", "cents", "currency", "date", "row", "source")]
    for shipment in plan.shipments:
        if shipment.payer_id == payer_id:
            lines += _shipment_rows(plan, shipment)
    lines += _paid_rows(plan, payer_id)
    lines += _share_rows(plan, payer_id)
    if len(plan.alone_by_payer) >= _LEAST_MEMBERS:
        lines.append(("joint", "", "all together", plan.together.cost_cents, plan.currency, plan.as_of, "", ""))
    return lines


def _paid_rows(plan: BookPlan, payer_id: str) -> Iterator[_Row]:
    """What it pays its carriers before settlement, and which part of that is of what is shared: trains, room, quotas, rebates, turns."""
    paid = next((row.paid_cents for one in plan.settlements for row in one.balances if row.party_id == payer_id), None)
    if paid is not None:
        own = sum(one.cost_cents for one in plan.shipments if one.payer_id == payer_id)
        text = "trains, room, quotas, rebates and boxes used again that it pays for or is paid for"
        yield ("shared", "", text, paid - own, plan.currency, plan.as_of, "", "")
        yield ("paid", "", "paid before settlement", paid, plan.currency, plan.as_of, "", "")


def _shipment_rows(plan: BookPlan, one: BookShipment) -> Iterator[_Row]:
    itinerary, name, currency = one.itinerary, one.shipment_id, plan.currency
    if itinerary is None:
        yield ("not carried", name, one.reason or "", "", "", "", "", "")
        return
    begins, ends = itinerary.departs_at.date(), itinerary.arrives_at.date()
    for item in itinerary.items:
        yield ("item", name, item.name, item.cost_cents, currency, begins, item.row_id, item.source_id)
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
        yield ("replaced", name, f"freight that {one.train_id} takes the place of", -one.replaced_cents, currency, begins, "", "")


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
