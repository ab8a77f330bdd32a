"""Goods under way as a page and as one JSON document."""

from __future__ import annotations

from typing import Any

from landbridge.domain.dataset import Dataset
from landbridge.domain.milestone import Replan
from landbridge.report.document_form import encode
from landbridge.report.figures import date_text, moment_text
from landbridge.report.legend import Legend
from landbridge.report.page import BLANK, MIN_WIDTH, Line, paragraph
from landbridge.report.simulation_report import by_text


def replan_document(answer: Replan) -> dict[str, Any]:
    """Position, arrival from there, and the change that pays; money in cents that are not spent yet."""
    simulation = answer.simulation
    change = None
    if answer.alternative is not None:
        change = {
            "itinerary": encode(answer.alternative),
            "cost_cents": answer.change_cents,
            "arrives_at": encode(answer.alternative.arrives_at),
            "saving_cents": answer.saving_cents,
            "decide_by": encode(answer.decide_by),
        }
    return {
        "position": encode(answer.position),
        "as_of": encode(answer.as_of),
        "shut": [
            {"event": one.event_id, "title": one.title, "from": encode(one.valid_from), "to": encode(one.valid_to)} for one in answer.shut
        ],
        "blocked": list(answer.blocked),
        "planned_at": encode(simulation.planned_at),
        "expected_at": encode(answer.expected_at),
        "arrival": None if answer.expected_at is None else dict(zip(("p10", "p50", "p90"), map(encode, simulation.arrival), strict=True)),
        "on_time": {
            "by": encode(simulation.by_at),
            "is_due": simulation.is_due,
            "chance": round(simulation.on_time_percent / 100, 6),
            "standard_error": round(simulation.on_time_standard_error_percent / 100, 6),
        },
        "open_cents": answer.open_cents,
        "has_searched": answer.has_searched,
        "from": answer.from_id,
        "change": change,
        "seed": simulation.seed,
        "runs": simulation.runs,
    }


def render_replan(answer: Replan, dataset: Dataset, *, width: int = 100) -> tuple[Line, ...]:
    """Where the goods are, when they arrive, and what to do by when."""
    columns = max(width, MIN_WIDTH)
    return (
        *_stand(answer, dataset, columns),
        *_obstacles(answer, columns),
        BLANK,
        *_arrive(answer, dataset, columns),
        BLANK,
        *_change(answer, dataset, columns),
    )


def _stand(answer: Replan, dataset: Dataset, width: int) -> tuple[Line, ...]:
    position = answer.position
    verb = "arrived at" if position.kind == "arrive" else "left"
    late = f"{abs(position.late_min) / 60:.1f} hours {'late' if position.late_min >= 0 else 'early'}"
    where = dataset.get_place(position.place_id).name
    at = Legend(dataset).local(position.place_id, position.at)
    return paragraph(f"leg {position.leg + 1}: {verb} {where} on {moment_text(at)} local time, {late}", width)


def _obstacles(answer: Replan, width: int) -> tuple[Line, ...]:
    lines: list[Line] = []
    for one in answer.shut:
        end = "no end is known" if one.valid_to is None else f"until {date_text(one.valid_to)}"
        since = f"since {date_text(one.valid_from)}, {end}"
        lines += paragraph(f"ahead: {one.title} ({one.event_id}), {since}; as known on {date_text(answer.as_of)}", width)
    for text in answer.blocked:
        lines += paragraph(f"ahead, not allowed any more: {text}; as known on {date_text(answer.as_of)}", width)
    return tuple(lines)


def _arrive(answer: Replan, dataset: Dataset, width: int) -> tuple[Line, ...]:
    simulation = answer.simulation
    legend = Legend(dataset)
    if answer.expected_at is None:
        why = "it may not be used any more" if answer.blocked else "nobody knows when it opens"
        return paragraph(f"no arrival by the way planned can be told: {why}", width)
    position, last = answer.position, simulation.destination_id
    if (position.place_id, position.kind) == (last, "arrive"):
        there = legend.local(last, answer.expected_at)
        return paragraph(f"the goods have arrived; they are handed over by {moment_text(there)}, local time", width)
    early, middle, late, planned = (date_text(legend.local(last, at).date()) for at in (*simulation.arrival, simulation.planned_at))
    chance = f"{simulation.on_time_percent:.1f} % (+- {simulation.on_time_standard_error_percent:.1f})"
    text = f"arrival now {middle}; one in ten before {early}, nine in ten by {late}; planned {planned}; "
    return paragraph(text + f"{chance} arrive by {by_text(simulation, legend)}", width)


def _change(answer: Replan, dataset: Dataset, width: int) -> tuple[Line, ...]:
    currency, legend = answer.simulation.currency, Legend(dataset)
    stay = f"{answer.open_cents / 100:,.0f} {currency} of the plan are not spent yet"
    if not answer.has_searched:
        return paragraph(f"no other way was looked for; {stay}", width)
    assert answer.from_id is not None
    where, best = dataset.get_place(answer.from_id).name, answer.alternative
    if best is None or answer.decide_by is None:
        none = f"no other way from {where} pays" if answer.expected_at is not None else f"there is no other way from {where}"
        return paragraph(f"{none}; {stay}", width)
    legs = ", ".join(f"{leg.mode} to {dataset.get_place(leg.to_id).name}" for leg in best.legs)
    there = legend.local(best.legs[-1].to_id, best.arrives_at)
    decide = legend.local(answer.from_id, answer.decide_by)
    pays = "is left" if answer.saving_cents is None else f"pays {answer.saving_cents / 100:,.0f} {currency}"
    text = (
        f"another way from {where} {pays}: {legs}; {answer.change_cents / 100:,.0f} {currency}, "
        f"there on {date_text(there.date())}; {stay}; decide by {moment_text(decide)}, local time in {where}"
    )
    if answer.decide_by < answer.position.at:
        text += ", which is past: ask at once whether it can still be had"
    return paragraph(text, width)
