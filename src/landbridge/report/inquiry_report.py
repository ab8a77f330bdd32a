"""Departures of a window, best values between many places and alternatives, as pages and as JSON documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from landbridge.domain.dataset import Dataset
from landbridge.domain.inquiry import Alternative, BorderValue, Departure, Matrix, Profile, Relation, WhatItTakes, WinningChange
from landbridge.domain.plan import Itinerary, Plan
from landbridge.report.batch_document import brief_document
from landbridge.report.document_form import encode
from landbridge.report.figures import date_text, days_text, list_text, mass_text, money_text
from landbridge.report.itinerary_table import chain_text
from landbridge.report.legend import Legend
from landbridge.report.page import BLANK, MIN_WIDTH, Cell, Column, Line, Span, heading, paragraph, table_lines

MOST_ROWS = 40
"""Rows of departures on a page; of more the page shows those with a label."""


def profile_document(profile: Profile) -> dict[str, Any]:
    """The departures with ready day, values, services and places."""
    return {
        "query": encode(profile.query),
        "first_on": profile.first_on.isoformat(),
        "last_on": profile.last_on.isoformat(),
        "departures": [
            {"ready_on": one.ready_on.isoformat(), "departs_at": encode(one.itinerary.departs_at), **brief_document(one.itinerary)}
            for one in profile.departures
        ],
        "is_complete": profile.is_complete,
    }


def render_profile(profile: Profile, dataset: Dataset, *, width: int = 100) -> tuple[Line, ...]:
    """One row for each useful departure, in order of leaving, with its chain."""
    legend, columns = Legend(dataset), max(width, MIN_WIDTH)
    rows, query = profile.departures, profile.query
    ends = f"{legend.name_and_id(query.origin_id)} to {legend.name_and_id(query.destination_id)}"
    text = f"{ends}, ready from {date_text(profile.first_on)} to {date_text(profile.last_on)}"
    lines = list(heading(f"DEPARTURES  {len(rows)}", text, columns))
    if not rows:
        return (*lines, *paragraph("no way is open, confirmed and in time on any of these days", columns, indent=2))
    shown = _departures_shown(rows)
    table = table_lines(_columns(rows[0].itinerary.currency, ("ready by", "leaves")), [_profile_row(one, legend) for one in shown], columns)
    lines += [BLANK, *table, BLANK]
    if len(shown) < len(rows):
        more = (
            f"and {len(rows) - len(shown)} between those that are the cheapest, fastest, cleanest or balanced way of a day: --json has all"
        )
        lines += paragraph(Span(more, "dim"), columns, indent=2)
    told = "a departure is left out if one that leaves no earlier arrives no later, costs no more and emits no more"
    lines += paragraph(told, columns, indent=2)
    if not profile.is_complete:
        lines += paragraph(Span("a search stopped at its bound: departures may be missing", "yellow"), columns, indent=2)
    return tuple(lines)


def _departures_shown(rows: Sequence[Departure]) -> Sequence[Departure]:
    """All rows that a page holds, else those with a label; a row of a day that kept none has none."""
    return rows if len(rows) <= MOST_ROWS else [one for one in rows if one.itinerary.labels] or rows[:MOST_ROWS]


def _profile_row(one: Departure, legend: Legend) -> list[Cell]:
    way = one.itinerary
    *values, chain = _value_cells(way, legend)
    told = Span(f"{', '.join(way.labels)}: {chain.text}", chain.style) if way.labels and isinstance(chain, Span) else chain
    return [date_text(one.ready_on), date_text(legend.local_date(way.legs[0].from_id, way.departs_at)), *values, told]


def matrix_document(matrix: Matrix, by: str) -> dict[str, Any]:
    """One entry for each pair; ``best`` is null where there is no way."""
    return {
        "query": encode(matrix.query),
        "by": by,
        "relations": [
            {
                "from": one.origin_id,
                "to": one.destination_id,
                "best": None if one.itinerary is None else brief_document(one.itinerary),
                "reason": one.reason,
            }
            for one in matrix.relations
        ],
        "findings": encode(matrix.findings),
    }


def render_matrix(matrix: Matrix, dataset: Dataset, by: str, *, width: int = 100) -> tuple[Line, ...]:
    """For each origin its destinations, the nearest by the measure first; then what was found about the places."""
    legend, columns = Legend(replace(dataset, places=(*dataset.places, *matrix.places))), max(width, MIN_WIDTH)
    lines, relations = list[Line](), matrix.relations
    for origin_id in dict.fromkeys(one.origin_id for one in relations):
        mine = sorted((one for one in relations if one.origin_id == origin_id), key=lambda one: _rank(one, by))
        reached = [one.itinerary for one in mine if one.itinerary is not None]
        lines += [BLANK] if lines else []
        lines += heading(f"FROM {legend.name_and_id(origin_id)}", f"{len(reached)} of {len(mine)} places reached; best by {by}", columns)
        currency = reached[0].currency if reached else ""
        lines += [BLANK, *table_lines(_columns(currency, ("to",)), [_relation_row(one, legend) for one in mine], columns)]
    for finding in matrix.findings:
        lines += [BLANK, *paragraph(f"{finding.message} ({finding.fix})", columns, indent=2)]
    return tuple(lines)


def _rank(one: Relation, by: str) -> tuple[float, str]:
    way = one.itinerary
    if way is None:
        return float("inf"), one.destination_id
    value = {"time": way.duration_min, "co2e": way.emission_g_co2e}.get(by, way.cost_cents)
    return float(value), one.destination_id


def _relation_row(one: Relation, legend: Legend) -> list[Cell]:
    name = legend.name_and_id(one.destination_id)
    if one.itinerary is None:
        return [name, "-", "-", "", "", Span(one.reason, "yellow")]
    return [name, *_value_cells(one.itinerary, legend)]


def alternatives_document(plan: Plan, alternatives: Sequence[Alternative]) -> dict[str, Any]:
    """The question and the ways whole, each with the greatest share of its cost that it has in common with one before."""
    return {
        "query": encode(plan.query),
        "alternatives": [
            {"shared_percent": one.shared_percent, "is_plan": one.is_plan, "itinerary": encode(one.itinerary)} for one in alternatives
        ],
    }


def render_alternatives(
    plan: Plan, alternatives: Sequence[Alternative], dataset: Dataset, *, asked: int, width: int = 100
) -> tuple[Line, ...]:
    """The ways in the order of choice, with what each shares with those before it."""
    legend, columns = Legend(dataset), max(width, MIN_WIDTH)
    ends = f"{legend.name_and_id(plan.query.origin_id)} to {legend.name_and_id(plan.query.destination_id)}"
    lines = list(heading(f"ALTERNATIVES  {len(alternatives)}", f"{ends}; each shares at most half of its cost with any before it", columns))
    for number, one in enumerate(alternatives, 1):
        way = one.itinerary
        notes = [f"{one.shared_percent} % shared"] if number > 1 else ["the balanced plan"]
        notes += [] if one.is_plan else ["beaten by a plan, but another way"]
        notes += [] if way.is_confirmed else ["unconfirmed"]
        figures = (
            f"{way.currency} {money_text(way.cost_cents)}, {days_text(way.duration_min)} days, {mass_text(way.emission_g_co2e)} kg CO2e"
        )
        lines += [
            BLANK,
            *paragraph(Span(f"{figures}; {list_text(notes)}", "bold"), columns, indent=2, label=f"{number:>2}  ", label_width=4),
        ]
        lines += paragraph(Span(chain_text(way, legend), "cyan"), columns, indent=6)
    if len(alternatives) < asked:
        lines += [BLANK, *paragraph(f"no more of the {asked} that were asked for differ enough", columns, indent=2)]
    return tuple(lines)


def _columns(currency: str, first: Iterable[str]) -> tuple[Column, ...]:
    return (
        *(Column(title=title) for title in first),
        Column(title=currency, align="right"),
        Column(title="days", align="right"),
        Column(title="arrives", align="right", rank=1),
        Column(title="kg CO2e", align="right", rank=2),
        Column(title="way", min_width=24, style="cyan"),
    )


def _value_cells(way: Itinerary, legend: Legend) -> list[Cell]:
    chain = ", ".join(f"{leg.mode} to {legend.name(leg.to_id)}" for leg in way.legs)
    return [
        money_text(way.cost_cents),
        days_text(way.duration_min),
        date_text(legend.local_date(way.legs[-1].to_id, way.arrives_at)),
        mass_text(way.emission_g_co2e),
        Span(chain + ("" if way.is_confirmed else " (unconfirmed)"), "" if way.is_confirmed else "yellow"),
    ]


def takes_document(answer: WhatItTakes) -> dict[str, Any]:
    """What a way would need, with the rows that are changed."""
    return {
        "thing": answer.thing,
        "by": answer.by,
        "state": answer.state,
        "gap": answer.gap,
        "currency": answer.currency,
        "needed": [_change_document(one) for one in answer.needed],
        "changes": [_change_document(one) for one in answer.changes],
        "held": list(answer.held),
    }


def _change_document(one: WinningChange) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "row_ids": list(one.row_ids),
        "text": one.text,
        "percent": None if one.change_percent is None else f"{one.change_percent:f}",
        "minutes": one.change_min,
        "is_enough": one.is_enough,
    }


def border_values_document(values: Sequence[BorderValue]) -> list[dict[str, Any]]:
    """What waiting less is worth at each border."""
    return [
        {
            "border_id": one.border_id,
            "wait_min": one.wait_min,
            "hour_cents": one.hour_cents,
            "hour_min": one.hour_min,
            "all_cents": one.all_cents,
            "all_min": one.all_min,
        }
        for one in values
    ]


def render_takes(answer: WhatItTakes, dataset: Dataset, *, width: int = 100) -> tuple[Line, ...]:
    """In sentences: how much is missing, what has to go, and which one change is enough."""
    legend, columns = Legend(dataset), max(width, MIN_WIDTH)
    name = legend.name_and_id(answer.thing)
    lines = list(heading("WHAT IT WOULD TAKE", f"for a way by {name} to be the best by {answer.by}", columns))
    if answer.state == "wins":
        return (*lines, *paragraph("nothing: the best way goes by it already", columns, indent=2))
    if answer.state == "held":
        lines += paragraph(
            "what stands in the way is not varied: sanctions never are, nor is what the feed does not know", columns, indent=2
        )
        return (*lines, *(line for one in answer.held for line in paragraph(legend.reworded(one), columns, indent=4)))
    if answer.needed:
        lines += paragraph("all of this, none of which can be left out:", columns, indent=2)
        lines += [line for one in answer.needed for line in paragraph(legend.reworded(one.text), columns, indent=4)]
    if answer.gap:
        lines += paragraph(
            f"{'then ' if answer.needed else ''}{_gap_text(answer)} are missing; one of these, each searched anew:", columns, indent=2
        )
        for one in answer.changes:
            lines += paragraph(legend.reworded(one.text), columns, indent=4) if one.is_enough else ()
        weak = Counter(legend.reworded(one.text).rsplit(":", 1)[0] for one in answer.changes if not one.is_enough)
        if weak:
            told = [f"{name} ({count} rows)" if count > 1 else name for name, count in weak.items()]
            text = f"not enough alone, even all of it: {list_text(told)}"
            lines += paragraph(Span(text, "dim"), columns, indent=4)
    elif answer.needed:
        lines += paragraph("with it the best way goes by it", columns, indent=2)
    return tuple(lines)


def _gap_text(answer: WhatItTakes) -> str:
    gap = answer.gap or 0
    if answer.by == "time":
        return f"{days_text(gap)} days"
    return f"{mass_text(gap)} kg CO2e" if answer.by == "co2e" else f"{answer.currency} {money_text(gap)}"


def render_border_values(values: Sequence[BorderValue], currency: str, dataset: Dataset, *, width: int = 100) -> tuple[Line, ...]:
    """A row for each border of the plans."""
    legend, columns = Legend(dataset), max(width, MIN_WIDTH)
    text = "what waiting less is worth to the balanced plan, capital of the goods included"
    lines = list(heading("BORDER WAITS", text, columns))
    if not values:
        return (*lines, *paragraph("no plan waits at a border", columns, indent=2))
    table = (
        Column(title="border", min_width=16),
        Column(title="wait h", align="right"),
        Column(title=f"{currency}, first hour", align="right"),
        Column(title="earlier h", align="right"),
        Column(title=f"{currency}, all of it", align="right"),
        Column(title="earlier h", align="right"),
    )
    rows: list[list[Cell]] = [
        [
            legend.name(one.border_id),
            f"{one.wait_min / 60:.1f}",
            money_text(one.hour_cents),
            f"{one.hour_min / 60:.1f}",
            money_text(one.all_cents),
            f"{one.all_min / 60:.1f}",
        ]
        for one in values
    ]
    return (*lines, BLANK, *table_lines(table, rows, columns))
