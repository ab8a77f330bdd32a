"""What reaches a saving, as a page, as a document and as a page of docs/."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from landbridge.domain.book import Spread
from landbridge.domain.reach import LeverSet, PricePoint, Reach, VolumePoint
from landbridge.report.book_words import lever_name
from landbridge.report.figures import date_text, percent_range, percent_text
from landbridge.report.page import BLANK, MIN_WIDTH, Cell, Column, Line, heading, paragraph, table_lines

_DRAWN = "in eight of ten draws of uncertain prices"
_SHORT = "Each draw is solved for some seconds a side, so that at large volumes a low end may be of the search, not of the prices."
REACH_FORMAT = "landbridge.reach/1"


def reach_document(reach: Reach, *, seconds: float) -> dict[str, Any]:
    """The document of ``landbridge reach --json``; savings in percent."""
    reached = reach.reached
    return {
        "format": REACH_FORMAT, "dataset": {"name": reach.dataset_name, "digest": reach.dataset_digest}, "as_of": reach.as_of.isoformat(),
        "currency": reach.currency, "target_percent": reach.target_percent, "seconds": round(seconds, 2),
        "reached_at": None if reached is None else reached.copies, "curve": [_point(one) for one in reach.points],
        "all_ways_percent": reach.all_ways_percent,
        "ceiling": None if reach.ceiling is None else {
            "p10": reach.ceiling.p10_percent, "p50": reach.ceiling.p50_percent, "p90": reach.ceiling.p90_percent,
        },
        "lever_sets": [{"levers": list(one.levers), **_ends(one)} for one in reach.lever_sets],
        "train_prices": [{"factor": one.factor, **_ends(one)} for one in reach.prices],
        "whole_trade": {"days": reach.trade_days, "value_cents": reach.trade_cents, "source": reach.trade_source},
        "notes": list(reach.notes),
    }  # fmt: skip


def _ends(one: LeverSet | PricePoint) -> dict[str, float]:
    return {"low_percent": one.low_percent, "high_percent": one.high_percent}


def _point(one: VolumePoint) -> dict[str, Any]:
    spread = one.spread
    return {
        "copies": one.copies, "shipments": one.shipment_units, "payers": one.payer_units, "teu": one.used_teu,
        "value_cents": one.value_cents,
        "alone": {"cents": one.alone.cost_cents, "bound_cents": one.alone.bound_cents},
        "together": {"cents": one.together.cost_cents, "bound_cents": one.together.bound_cents},
        "low_percent": one.low_percent, "high_percent": one.high_percent,
        "inputs": None if spread is None else {
            "p10": spread.p10_percent, "p50": spread.p50_percent, "p90": spread.p90_percent, "draws": spread.units,
        },
        "ceiling_percent": one.ceiling_percent,
    }  # fmt: skip


def answer_text(reach: Reach) -> str:
    """The answer in a few sentences, with its range."""
    if not any(one.shipment_units for one in reach.points):
        return "The book has no shipment that can be carried, so that nothing can be saved."
    first, last, reached = reach.points[0], reach.points[-1], reach.reached
    begin = f"The book as it is saves {percent_range(first.low_percent, first.high_percent)}{_inputs(first)} against each planning alone"
    if reached is not None:
        return f"{begin}; {reach.target_percent:g} % is reached at {reached.copies} times its volume, surely."
    end = f"{last.copies} times as much saves {percent_range(last.low_percent, last.high_percent)}{_inputs(last)}"
    most = max(one.ceiling_percent for one in reach.points)
    is_proven = True
    if reach.all_ways_percent is not None and reach.all_ways_percent < reach.target_percent:
        rest = (
            f"at typical prices {reach.target_percent:g} % is out of reach at any volume of such shipments: no ways by confirmed services, "
            f"looked at or not, save more than {reach.all_ways_percent:.1f} %"
        )
    elif most >= reach.target_percent:
        is_proven = False
        rest = f"{reach.target_percent:g} % is not reached up to that volume, and nothing proves that more would not reach it"
    else:
        rest = f"at typical prices no volume reaches {reach.target_percent:g} %: the most that could be saved is {most:.1f} %"
    parts = (f"Not with what was assumed. {begin}, {end}; {rest}.", _ceiling_text(reach, is_proven=is_proven), _price_answer(reach))
    return " ".join(part for part in parts if part)


def _inputs(one: VolumePoint) -> str:
    if one.spread is None:
        return ""
    return f" ({percent_text(one.spread.p10_percent)} to {percent_text(one.spread.p90_percent)} % {_DRAWN})"


def _ceiling_text(reach: Reach, *, is_proven: bool) -> str:
    """What draws of the prices say of the most that could be saved; ``is_proven``: at typical prices the target is out of reach."""
    if reach.ceiling is None:
        return ""
    low, high = reach.ceiling.p10_percent, reach.ceiling.p90_percent
    start = "Where prices are drawn"
    if is_proven:
        start += " the same is found" if high < reach.target_percent else " that is not proven"
    text = f"with every train full and every rebate and turn used, the ways looked at save at most {low:.1f} to {high:.1f} % {_DRAWN}"
    return f"{start}: {text}, for the book as it is."


def _price_answer(reach: Reach) -> str:
    found = reach.cheap_enough
    if found is not None:
        text = f"would reach it if whole trains cost {100 * found.factor:g} % of the assumed price or less"
        return f"{reach.points[-1].copies} times the volume {text}."
    return "Cheaper trains alone do not reach it." if reach.prices else ""


def _quantiles(one: Spread) -> tuple[float, float, float]:
    return one.p10_percent, one.p50_percent, one.p90_percent


def _rows(reach: Reach) -> Iterator[list[Cell]]:
    for one in reach.points:
        spread = "" if one.spread is None else " / ".join(map(percent_text, _quantiles(one.spread)))
        yield [
            f"x {one.copies}", f"{one.shipment_units}", f"{one.payer_units}", f"{one.used_teu:,.0f}", f"{one.value_cents / 1e8:,.1f}",
            percent_range(one.low_percent, one.high_percent), spread, f"{one.ceiling_percent:.1f} %",
        ]  # fmt: skip


_HEADS = ("volume", "shipments", "payers", "TEU", "goods, million", "saving, proven", "p10 / p50 / p90 of inputs", "no more than")


def _set_text(one: LeverSet) -> str:
    return ", ".join(lever_name(name) for name in one.levers)


def _price_text(one: PricePoint) -> str:
    return f"whole trains at {100 * one.factor:g} % of their price"


def _trade_text(reach: Reach) -> str:
    if not any(one.shipment_units for one in reach.points):
        return ""
    if reach.trade_cents is None or not reach.points[0].value_cents:
        return "The feed holds no figures of the whole trade."
    times = reach.trade_cents / reach.points[0].value_cents
    return (
        f"The whole trade of both directions was {reach.trade_cents / 1e8:,.1f} million {reach.currency} in {reach.trade_days} "
        f"days, by the latest figures that one side gave for both ({reach.trade_source}): {times:.1f} times the book."
    )


def render_reach(reach: Reach, *, width: int = 100) -> tuple[Line, ...]:
    """The page: answer, curve, lever sets, prices of trains."""
    columns = max(width, MIN_WIDTH)
    asked = f"as of {date_text(reach.as_of)}, in {reach.currency}"
    lines: list[Line] = [*heading(f"What reaches {reach.target_percent:g} %", asked, columns)]
    lines += paragraph(answer_text(reach), columns, indent=2)
    if not any(one.shipment_units for one in reach.points):
        return tuple(lines)
    lines += paragraph(_trade_text(reach), columns, indent=2)
    lines += [BLANK, *table_lines([Column(title=name, align="right") for name in _HEADS], [list(row) for row in _rows(reach)], columns)]
    rows: list[list[Cell]] = [[_set_text(one), percent_range(one.low_percent, one.high_percent)] for one in reach.lever_sets]
    rows += [[f"all, {_price_text(one)}", percent_range(one.low_percent, one.high_percent)] for one in reach.prices]
    if rows:
        lines += [
            BLANK,
            *heading(
                "Levers and prices",
                "at the largest volume, alone and together with just these; where no set reaches it, each by itself and all",
                columns,
            ),
        ]
        lines += table_lines((Column(title="levers", min_width=30), Column(title="saving, proven", align="right")), rows, columns)
    for note in reach.notes:
        lines += paragraph(note, columns, indent=2)
    return tuple(lines)


def reach_markdown(reach: Reach, command: str) -> str:
    """The page docs/fifteen_percent.md."""
    head = f"| {' | '.join(_HEADS)} |\n|{'---|' * len(_HEADS)}\n"
    curve = "".join(f"| {' | '.join(str(cell) for cell in row)} |\n" for row in _rows(reach))
    sets = "".join(f"| {_set_text(one)} | {percent_range(one.low_percent, one.high_percent)} |\n" for one in reach.lever_sets)
    prices = "".join(
        f"| all, whole trains at {100 * one.factor:g} % of their price | {percent_range(one.low_percent, one.high_percent)} |\n"
        for one in reach.prices
    )
    notes = "".join(f"- {note}\n" for note in reach.notes)
    return f"""# What reaches {reach.target_percent:g} %?

<!-- Generated by `{command}`; do not edit. -->

{answer_text(reach)}

{_trade_text(reach)}

As of {reach.as_of}, feed {reach.dataset_name} (digest {reach.dataset_digest[:12]}), money in {reach.currency}. Prices of whole trains,
rebates, room, hire of boxes and return loads are assumptions of grade D; what they are worth is the spread beside each figure.

## By volume

The book taken that many times over: for each company of the book so many like it, their ready dates drawn from three days two weeks
apart, and each may wait for the next of them, each part load in a unit by itself (`landbridge book` looks at the ready dates of the
others instead and lets part loads share units, which brings some tenths of a percent more for the book itself). *Saving* is proven
from plan and bound over the candidate ways; *inputs* re-optimizes both sides on the same draws of the uncertain figures; *no more than*
is the saving with every train full, every rebate reached, and every box and vehicle used again, over the candidate ways. {_SHORT}
The bound over all ways, looked at or not, is told in [math.md](math.md#a-bound-over-all-ways).

{head}{curve}
## Levers and prices

At the largest volume: what joining saves where just these levers exist, for each company alone as for all together; where no set
reaches the target, each lever by itself and all of them. *Trains* at other prices are cheaper for everybody, also alone.

| levers | saving, proven |
|---|---|
{sets}{prices}
Public policy is apart: `landbridge compare belarus-pakistan --scenario without-road-agreement`.

{notes}"""
