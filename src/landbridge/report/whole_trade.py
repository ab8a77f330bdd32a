"""The whole trade booked, as a page and as a document: what the saving is over draws of what nobody knows."""

from __future__ import annotations

from typing import Any

from landbridge.domain.flow_book import DrawnBook, WholeTrade
from landbridge.report.figures import money_text
from landbridge.report.page import Column, Line, heading, line_of, paragraph, table_lines


def render_whole_trade(whole: WholeTrade, *, width: int = 100) -> tuple[Line, ...]:
    """The saving over all draws, then each draw: flows, boxes, saving at typical prices and at drawn ones."""
    low, middle, high = whole.saving_percent
    head = heading("The whole trade booked", f"{whole.from_on.year}, {len(whole.books)} draws of flows, worth of goods and prices", width)
    told = paragraph(
        f"Together all senders save {middle:.1f} % against each planning alone (eight chances in ten: {low:.1f} to {high:.1f} %). "
        f"{whole.target_percent:g} % is reached in {whole.reached_units} of {len(whole.books)} draws.",
        width,
    )
    lost = sum(one.left_out_units for one in whole.books)
    if lost:
        told = (*told, *paragraph(f"{lost} shipments of all draws have no way and are left out.", width))
    columns = (
        Column(title="draw"),
        Column(title="flows, million", min_width=12),
        Column(title="boxes", align="right", rank=2),
        Column(title="payers", align="right", rank=3),
        Column(title="alone", align="right", rank=1),
        Column(title="together", align="right", rank=1),
        Column(title="proven", align="right"),
        Column(title="drawn prices", align="right"),
    )
    return (*head, *told, line_of(""), *table_lines(columns, [_row(one) for one in whole.books], width))


def _row(one: DrawnBook) -> tuple[str, ...]:
    flows = ", ".join(f"{flow.exporter} > {flow.importer} {flow.value_cents / 1e8:.1f}" for flow in one.flows)
    return (
        one.draw_id.removeprefix("draw "), flows, f"{sum(flow.box_units for flow in one.flows):,}", str(one.payer_units),
        money_text(one.alone.cost_cents), money_text(one.together.cost_cents), _between(one), f"{one.drawn_percent:.1f} %",
    )  # fmt: skip


def _between(one: DrawnBook) -> str:
    low, high = f"{one.low_percent:.1f}", f"{one.high_percent:.1f}"
    return f"{low} %" if low == high else f"{low} to {high} %"


def whole_trade_document(whole: WholeTrade) -> dict[str, Any]:
    """The same as JSON; money in cents of the settlement currency, savings in percent."""
    low, middle, high = whole.saving_percent
    return {
        "year": whole.from_on.year,
        "currency": whole.currency,
        "seed": whole.seed,
        "target_percent": whole.target_percent,
        "saving_percent": {"p10": round(low, 3), "p50": round(middle, 3), "p90": round(high, 3)},
        "reached": whole.reached_units,
        "draws": [_document(one) for one in whole.books],
    }


def _document(one: DrawnBook) -> dict[str, Any]:
    return {
        "draw": one.draw_id,
        "flows": [
            {"exporter": flow.exporter, "importer": flow.importer, "value_cents": flow.value_cents, "boxes": flow.box_units}
            for flow in one.flows
        ],
        "shipments": one.shipment_units,
        "payers": one.payer_units,
        "left_out": one.left_out_units,
        "alone": {"cost_cents": one.alone.cost_cents, "bound_cents": one.alone.bound_cents},
        "together": {"cost_cents": one.together.cost_cents, "bound_cents": one.together.bound_cents},
        "saving_percent": {
            "low": round(one.low_percent, 3),
            "high": round(one.high_percent, 3),
            "drawn_prices": round(one.drawn_percent, 3),
        },
    }
