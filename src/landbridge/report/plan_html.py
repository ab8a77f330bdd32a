"""The plan as a standalone HTML fragment for notebooks: no script, no style sheet, nothing from outside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape

from landbridge.domain.dataset import Dataset
from landbridge.domain.plan import Itinerary, Plan
from landbridge.report.far_way import far_compared_text, far_rejected_text, group_ways, part_rejected, part_ways
from landbridge.report.figures import date_text, days_text, distance_text, mass_text, money_text, range_text, span_text, time_text
from landbridge.report.itinerary_table import arrival_of, chain_text, choose_plans, label_text, render_question
from landbridge.report.legend import Legend
from landbridge.report.page import clean_text, plain_text
from landbridge.report.source_table import grade_shares
from landbridge.report.verdict_table import UNNAMED, group_rejected, obstacle_text, why_text

_MOST_ROWS = 12
_CELL = "padding:2px 10px 2px 0;text-align:{align};vertical-align:top"


def plan_html(plan: Plan, dataset: Dataset | None = None) -> str:
    """A compact view of a plan: the question, the plans, their legs, what was compared and what is rejected; all text escaped.

    Parameters
    ----------
    plan
        The answer to a question.
    dataset
        The feed, for names and local dates; without it ids stand and times are UTC.
    """
    legend = Legend(dataset)
    parts = [_question(plan, legend), _plans(plan, legend)]
    parts += [_legs(index, plan.itineraries[index], legend) for index in _shown(plan)]
    parts += [f"<p>Policy: {_text(plan.policy_text)}.</p>" if plan.policy_text else "", _compared(plan, legend), _rejected(plan, legend)]
    return '<div class="landbridge">' + "".join(parts) + "</div>"


def _question(plan: Plan, legend: Legend) -> str:
    first, *rest = plain_text(render_question(plan, legend, 10_000)).splitlines()
    return f"<p><b>{_text(first)}</b><br>{'<br>'.join(_text(line) for line in rest)}</p>"


def _plans(plan: Plan, legend: Legend) -> str:
    if not plan.itineraries:
        return "<p><b>No plan:</b> no way is open, confirmed and in time.</p>"
    currency = plan.itineraries[0].currency
    titles = ("", "plan", f">{currency}", ">low to high", ">days", ">arrives", ">kg CO2e", "way", "money by grade")
    shown = _shown(plan)
    hidden = len(plan.itineraries) - len(shown)
    table = _table(titles, [_plan_row(index, plan.itineraries[index], legend) for index in shown])
    return table + (f"<p>These stand for {hidden} more plans, which lie between them.</p>" if hidden else "")


def _shown(plan: Plan) -> list[int]:
    return choose_plans(plan.itineraries, _MOST_ROWS) if plan.itineraries else []


def _plan_row(index: int, itinerary: Itinerary, legend: Legend) -> tuple[str, ...]:
    shares = zip("ABCD", grade_shares(itinerary), strict=True)
    return (
        str(index + 1),
        label_text(itinerary),
        money_text(itinerary.cost_cents),
        range_text(itinerary.cost_low_cents, itinerary.cost_high_cents),
        days_text(itinerary.duration_min),
        date_text(arrival_of(itinerary, legend).date()),
        mass_text(itinerary.emission_g_co2e),
        chain_text(itinerary, legend),
        ", ".join(f"{grade} {share}" for grade, share in shares if share != "-"),
    )


def _legs(index: int, itinerary: Itinerary, legend: Legend) -> str:
    rows = [
        (
            time_text(legend.local(leg.from_id, leg.departs_at)),
            legend.name(leg.from_id),
            leg.mode,
            legend.name(leg.service_id) + ("" if leg.is_confirmed else " (unconfirmed)"),
            legend.name(leg.to_id),
            time_text(legend.local(leg.to_id, leg.arrives_at)),
            distance_text(leg.distance_m),
        )
        for leg in itinerary.legs
    ]
    notes = [f"{one.regime}: {one.text} {span_text(one.since, one.until)}" for one in itinerary.exposures]
    papers = ", ".join(one.name for one in itinerary.documents)
    unnamed = ", ".join(dict.fromkeys(legend.name(leg.service_id) for leg in itinerary.legs if not legend.is_named(leg)))
    extra = "".join(f"<p>Exposed: {_text(note)}</p>" for note in notes)
    extra += f"<p>{_text(unnamed)}: {UNNAMED}</p>" if unnamed else ""
    extra += f"<p>Papers: {_text(papers)}</p>" if papers else ""
    table = _table((">leaves", "from", "mode", "by", "to", ">arrives", ">km"), rows)
    return _folded(f"Plan {index + 1}: {label_text(itinerary)}", table + extra)


def _compared(plan: Plan, legend: Legend) -> str:
    near, far = part_ways(plan)
    rows = [
        (
            name,
            money_text(one.itinerary.cost_cents),
            days_text(one.itinerary.duration_min),
            mass_text(one.itinerary.emission_g_co2e),
            legend.reworded(why_text(one)),
        )
        for name, one in group_ways(near, legend)
    ]
    table = _table(("way", ">cost", ">days", ">kg CO2e", "why not"), rows) if rows else ""
    rest = f"<p>{_text(far_compared_text(far))}</p>" if far else ""
    return _folded(f"Compared and lost: {len(rows)}", table + rest) if plan.compared else ""


def _rejected(plan: Plan, legend: Legend) -> str:
    near, far = part_rejected(plan, legend)
    rows = []
    for ways, one in group_rejected(near):
        names, obstacle = ", ".join(legend.name(way) for way in ways), obstacle_text(replace(one, until=None), ways, legend)
        rows.append((names, span_text(one.since, one.until), obstacle))
    table = _table(("way", "when", "what stands in the way"), rows) if rows else ""
    rest = f"<p>{_text(far_rejected_text(far))}</p>" if far else ""
    return _folded(f"Rejected: {len(near)}", table + rest) if plan.rejected else ""


def _folded(title: str, content: str) -> str:
    return f"<details><summary>{_text(title)}</summary>{content}</details>"


def _table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; a title that begins with ``>`` stands over figures, to the right."""
    aligns = ["right" if title.startswith(">") else "left" for title in titles]
    head = "".join(_cell("th", title.lstrip(">"), align) for title, align in zip(titles, aligns, strict=True))
    body = "".join(f"<tr>{''.join(_cell('td', text, align) for text, align in zip(row, aligns, strict=True))}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(tag: str, text: str, align: str) -> str:
    return f'<{tag} style="{_CELL.format(align=align)}">{_text(text)}</{tag}>'


def _text(text: str) -> str:
    return escape(clean_text(text))
