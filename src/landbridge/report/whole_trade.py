"""The whole trade booked, as a page and as a document: what the saving is over draws of what nobody knows."""

from __future__ import annotations

from typing import Any

from landbridge.domain.flow_book import ENOUGH_DRAWS, DrawnBook, WholeTrade
from landbridge.report.figures import count_text, money_text
from landbridge.report.page import Column, Line, heading, line_of, paragraph, table_lines


def render_whole_trade(whole: WholeTrade, *, width: int = 100) -> tuple[Line, ...]:
    """The saving over all draws, then each draw: flows, boxes, saving at typical prices and at drawn ones."""
    about = f"{whole.from_on.year}, {count_text(len(whole.books), 'draw')} of flows, worth of goods and prices, in {whole.currency}"
    head = heading("The whole trade booked", about, width)
    told = paragraph(_saving_text(whole), width)
    lost = sum(one.left_out_units for one in whole.books)
    if lost:
        told = (*told, *paragraph(f"Left out for want of a way: {count_text(lost, 'shipment')} of all draws.", width))
    columns = (
        Column(title="draw"),
        Column(title="flows, million", min_width=12),
        Column(title="boxes", align="right", rank=2),
        Column(title="payers", align="right", rank=3),
        Column(title="alone", align="right", rank=1),
        Column(title="together", align="right", rank=1),
        Column(title="proven", align="right"),
        Column(title="drawn", align="right"),
    )
    return (*head, *told, line_of(""), *table_lines(columns, [_row(one) for one in whole.books], width))


def _saving_text(whole: WholeTrade) -> str:
    known, spread = len(whole.drawn_percents), whole.spread_percent
    if spread is None or whole.middle_percent is None:
        return "No draw has plans at drawn prices: give more --seconds."
    low, high = spread
    chance = "eight chances in ten" if known >= ENOUGH_DRAWS else f"least and most of {count_text(known, 'draw')}, too few for chances"
    missing = "" if known == len(whole.books) else f" Of {len(whole.books) - known} no plan at drawn prices was found in time."
    return (
        f"Together all senders save {whole.middle_percent:.1f} % against each planning alone ({chance}: {low:.1f} to {high:.1f} %). "
        f"{whole.target_percent:g} % is reached in {whole.reached_units} of {count_text(known, 'draw')}.{missing} "
        f"Proven: from plan and bound at typical prices. Drawn: both sides planned again at prices that were drawn."
    )


def _row(one: DrawnBook) -> tuple[str, ...]:
    flows = ", ".join(f"{flow.exporter} > {flow.importer} {flow.value_cents / 1e8:.1f}" for flow in one.flows)
    drawn = "-" if one.drawn_percent is None else f"{one.drawn_percent:.1f} %"
    return (
        one.draw_id.removeprefix("draw "), flows, f"{sum(flow.box_units for flow in one.flows):,}", str(one.payer_units),
        money_text(one.alone.cost_cents), money_text(one.together.cost_cents), _between(one), drawn,
    )  # fmt: skip


def _between(one: DrawnBook) -> str:
    low, high = f"{one.low_percent:.1f}", f"{one.high_percent:.1f}"
    return f"{low} %" if low == high else f"{low} to {high} %"


def whole_trade_document(whole: WholeTrade) -> dict[str, Any]:
    """The same as JSON; money in cents of the settlement currency, savings in percent."""
    known, spread = whole.drawn_percents, whole.spread_percent
    names = ("p10", "p90") if len(known) >= ENOUGH_DRAWS else ("least", "most")
    saving = {"draws": len(known), "p50": _rounded(whole.middle_percent)}
    saving |= {} if spread is None else {name: round(value, 3) for name, value in zip(names, spread, strict=True)}
    return {
        "year": whole.from_on.year,
        "currency": whole.currency,
        "seed": whole.seed,
        "target_percent": whole.target_percent,
        "saving_percent": saving,
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
            "drawn_prices": _rounded(one.drawn_percent),
        },
    }


def _rounded(percent: float | None) -> float | None:
    return None if percent is None else round(percent, 3)
