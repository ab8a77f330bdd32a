"""An explanation as a page."""

from __future__ import annotations

from collections.abc import Sequence

from landbridge.domain.dataset import Dataset
from landbridge.domain.plan import Itinerary, Rejected
from landbridge.report.explanation import Explanation
from landbridge.report.figures import days_text, mass_text, money_text, range_text, shares_text
from landbridge.report.itinerary_table import chain_text
from landbridge.report.legend import Legend
from landbridge.report.page import BLANK, MIN_WIDTH, Cell, Column, Line, Span, heading, paragraph, table_lines
from landbridge.report.verdict_table import rejected_table

_BAR_WIDTH = 24
_BULLET = "- "


def render_explanation(explanation: Explanation, *, width: int = 100) -> tuple[Line, ...]:
    """Where days and money go, what binds, what is least certain."""
    columns = max(width, MIN_WIDTH)
    labels = ", ".join(explanation.labels) or "in between"
    figures = f"{explanation.currency} {money_text(explanation.cost_cents)}, {days_text(explanation.duration_min)} days"
    return (
        *heading(f"PLAN {explanation.number}", f"{labels}: {figures}", columns),
        BLANK,
        *heading("DAYS", "where they go", columns),
        *_time_table(explanation, columns),
        BLANK,
        *heading("MONEY", "where it goes", columns),
        *_money_table(explanation, columns),
        *_binding_lines(explanation, columns),
        *_uncertainty_table(explanation, columns),
    )


def _time_table(explanation: Explanation, width: int) -> tuple[Line, ...]:
    columns = (
        Column(title="kind"),
        Column(title="days", align="right", style="bold"),
        Column(title="share", align="right"),
        Column(title="", rank=1, style="cyan"),
    )
    shares = shares_text([one.duration_min for one in explanation.times])
    rows: list[list[Cell]] = [
        [one.kind, days_text(one.duration_min), share, _bar(one.share)] for one, share in zip(explanation.times, shares, strict=True)
    ]
    return table_lines(columns, rows, width)


def _money_table(explanation: Explanation, width: int) -> tuple[Line, ...]:
    columns = (
        Column(title="kind"),
        Column(title=explanation.currency, align="right", style="bold"),
        Column(title="low to high", align="right", rank=2),
        Column(title="share", align="right"),
        Column(title="", rank=1, style="cyan"),
    )
    shares = shares_text([one.cost_cents for one in explanation.money])
    rows: list[list[Cell]] = [
        [
            one.kind.replace("_", " "),
            money_text(one.cost_cents),
            range_text(one.cost_low_cents, one.cost_high_cents),
            share,
            _bar(one.share),
        ]
        for one, share in zip(explanation.money, shares, strict=True)
    ]
    return table_lines(columns, rows, width)


def _bar(share: float) -> str:
    return "█" * max(round(min(share, 1.0) * _BAR_WIDTH), 0)


def _binding_lines(explanation: Explanation, width: int) -> tuple[Line, ...]:
    if not explanation.bindings:
        return ()
    lines: list[Line] = [BLANK, *heading("WHAT BINDS", "waits, cut-offs and papers", width)]
    for binding in explanation.bindings:
        lines += paragraph(binding.text, width, indent=2, label=_BULLET, label_width=2)
    return tuple(lines)


def _uncertainty_table(explanation: Explanation, width: int) -> tuple[Line, ...]:
    if not explanation.uncertainties:
        return ()
    columns = (
        Column(title="item", min_width=20),
        Column(title="kind", rank=1, style="dim"),
        Column(title=explanation.currency, align="right"),
        Column(title="high - low", align="right", style="bold"),
        Column(title="grade"),
        Column(title="source", min_width=16, rank=2, style="dim"),
    )
    rows: list[list[Cell]] = [
        [
            one.name,
            one.kind.replace("_", " "),
            money_text(one.cost_cents),
            money_text(one.spread_cents),
            Span(one.grade, "yellow" if one.grade == "D" else ""),
            one.source_id,
        ]
        for one in explanation.uncertainties
    ]
    return (BLANK, *heading("LEAST CERTAIN", "items by the width of their range", width), *table_lines(columns, rows, width))


def render_why_not(
    place_id: str,
    text: Sequence[str],
    itinerary: Itinerary | None,
    rejected: Sequence[Rejected],
    dataset: Dataset | None = None,
    *,
    width: int = 100,
) -> tuple[Line, ...]:
    """Why no plan goes through a place.

    Parameters
    ----------
    place_id
        The place.
    text
        The answer in sentences.
    itinerary
        The best way through it, if there is one.
    rejected
        What stands in the way.
    dataset
        The feed, for names and local time.
    width
        Columns of the page.
    """
    legend, columns = Legend(dataset), max(width, MIN_WIDTH)
    lines = list(heading("WHY NOT", legend.name_and_id(place_id), columns))
    for sentence in text:
        if not any(sentence.startswith(one.reason) for one in rejected):  # the table below says it
            lines += paragraph(legend.reworded(sentence), columns, indent=2)
    if itinerary is not None:
        figures = f"{itinerary.currency} {money_text(itinerary.cost_cents)}, {days_text(itinerary.duration_min)} days, "
        figures += f"{mass_text(itinerary.emission_g_co2e)} kg CO2e{'' if itinerary.is_confirmed else ', unconfirmed'}"
        lines += paragraph(Span(figures, "bold"), columns, indent=2, label="best way ", label_width=10)
        lines += paragraph(Span(chain_text(itinerary, legend), "cyan"), columns, indent=12)
    if rejected:
        lines += [BLANK, *rejected_table(rejected, legend, columns)]
    return tuple(lines)
