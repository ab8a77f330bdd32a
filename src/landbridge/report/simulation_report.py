"""A simulation as a page and as one JSON document."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from landbridge.domain.dataset import Dataset
from landbridge.domain.simulation import PRICE_CAUSE, RiskComparison, Simulation
from landbridge.report.document_form import encode
from landbridge.report.figures import count_text, date_text, moment_text
from landbridge.report.legend import Legend
from landbridge.report.page import BLANK, MIN_WIDTH, Column, Line, heading, paragraph, table_lines

_KEYS = ("p10", "p50", "p90")


def simulation_document(answer: Simulation, *, seconds: float, compared: RiskComparison | None = None) -> dict[str, Any]:
    """Distributions of one itinerary; ``seconds`` is how long it took, all else depends on nothing but plan, feed, runs and seed."""
    return {
        "dataset": {"digest": answer.dataset_digest},
        "itinerary": answer.itinerary + 1,
        "policy": answer.policy,
        "family": answer.family,
        "planned_at": encode(answer.planned_at),
        "arrival": dict(zip(_KEYS, map(encode, answer.arrival), strict=True)),
        "arrival_standard_error_min": dict(zip(_KEYS, answer.arrival_standard_error_min, strict=True)),
        "on_time": {
            "by": encode(answer.by_at),
            "is_due": answer.is_due,
            "chance": round(answer.on_time_percent / 100, 6),
            "standard_error": round(answer.on_time_standard_error_percent / 100, 6),
        },
        "stuck": round(answer.stuck_percent / 100, 6),
        "currency": answer.currency,
        "planned_cost_cents": answer.planned_cost_cents,
        "cost_cents": dict(zip(_KEYS, answer.cost_cents, strict=True)),
        "mean_cost_cents": answer.mean_cost_cents,
        "cvar95_cost_cents": answer.worst_twentieth_cost_cents,
        "transfers": [
            {
                "place_id": one.place_id,
                "service_id": one.service_id,
                "planned_at": encode(one.planned_at),
                "missed": round(one.missed_percent / 100, 6),
                "standard_error": round(one.standard_error_percent / 100, 6),
                "delay_min": one.delay_min,
                "cost_cents": one.cost_cents,
            }
            for one in answer.transfers
        ],
        "drivers": [
            {
                "cause": one.cause,
                "share": round(one.share_percent / 100, 4),
                "arrival_min": {"best": one.arrival_low_min, "worst": one.arrival_high_min},
                "cost_cents": {"best": one.cost_low_cents, "worst": one.cost_high_cents},
            }
            for one in answer.drivers
        ],
        "buffers": [{"certain": one.certain_percent / 100, "buffer_min": one.buffer_min} for one in answer.buffers],
        "seconds": round(seconds, 3),
        "seed": answer.seed,
        "runs": answer.runs,
        **({"replan": _changes(answer)} if answer.policy == "replan" else {}),
        **({} if compared is None else {"compared": comparison_document(compared)}),
    }


def _changes(answer: Simulation) -> dict[str, Any]:
    """What the forwarder chose in each state; shares of all runs."""
    return {
        "changed": round(answer.changed_percent / 100, 6),
        "waited_unasked": round(answer.rare_percent / 100, 6),
        "states": [
            {
                "place_id": one.place_id,
                "leg": one.leg,
                "reason": one.reason,
                "ready_at": encode(one.ready_at),
                "runs": one.runs,
                "is_taken": one.is_taken,
                "way": [{"service_id": by, "to_id": to} for by, to in zip(one.service_ids, one.place_ids, strict=True)],
                "won_min": one.won_min,
                "won_cents": one.won_cents,
            }
            for one in answer.changes
        ],
    }


def comparison_document(compared: RiskComparison) -> dict[str, Any]:
    """All itineraries in short, numbers from 1, and for whom each is best."""
    return {
        "best": {
            "on_time": None if compared.by_on_time is None else compared.by_on_time + 1,
            "p90": compared.by_p90 + 1,
            "cvar": compared.by_cvar + 1,
        },
        "not_told_apart": {
            "on_time": [one + 1 for one in compared.like_on_time],
            "p90": [one + 1 for one in compared.like_p90],
            "cvar": [one + 1 for one in compared.like_cvar],
        },
        "attitudes": [
            {"itinerary": one.itinerary + 1, "worst_share": one.tail_percent / 100, "day_cents": one.day_cents}
            for one in compared.attitudes
        ],
        "itineraries": [
            {
                "itinerary": one.itinerary + 1,
                "arrival": dict(zip(_KEYS, map(encode, one.arrival), strict=True)),
                "on_time": round(one.on_time_percent / 100, 6),
                "on_time_standard_error": round(one.on_time_standard_error_percent / 100, 6),
                "cost_cents": dict(zip(_KEYS, one.cost_cents, strict=True)),
                "cvar95_cost_cents": one.worst_twentieth_cost_cents,
                "runs": one.runs,
            }
            for one in compared.simulations
        ],
    }


def render_simulation(
    answer: Simulation, dataset: Dataset, *, compared: RiskComparison | None = None, width: int = 100
) -> tuple[Line, ...]:
    """When it arrives, what it costs, what is missed, what drives the spread, what buffer buys."""
    columns, legend = max(width, MIN_WIDTH), Legend(dataset)
    parts = (
        _compared(compared, legend, columns),
        _head(answer, legend, columns),
        _quantiles(answer, legend, columns),
        _transfers(answer, dataset, legend, columns),
        _plan_changes(answer, dataset, columns),
        _drivers(answer, legend, columns),
        _price_drivers(answer, legend, columns),
    )
    return tuple(line for part in (*parts, _buffers(answer, columns)) if part for line in (*part, BLANK))[:-1]


def render_risks(compared: RiskComparison, dataset: Dataset, by: str, chosen: int, *, width: int = 100) -> tuple[Line, ...]:
    """All plans beside each other, and which was chosen by what."""
    columns = max(width, MIN_WIDTH)
    words = {"on-time": "the surest to be on time", "p90": "nine in ten arrive earliest", "cvar": "the dearest twentieth is cheapest"}
    most = compared.simulations[chosen - 1]
    fewer = [one for one in compared.simulations if one.runs < most.runs]
    text = f"by {by} the choice is plan {chosen}: {words[by]} ({most.runs} runs, seed {most.seed}"
    text += f"; {len(fewer)} plans that are clearly worse by every measure have {fewer[0].runs})" if fewer else ")"
    like = {"on-time": compared.like_on_time, "p90": compared.like_p90, "cvar": compared.like_cvar}[by]
    if like:
        text += f". So many runs do not tell it from plan {', '.join(str(one + 1) for one in like)}."
    return (*_compared(compared, Legend(dataset), columns), BLANK, *paragraph(text, columns))


def _compared(compared: RiskComparison | None, legend: Legend, width: int) -> tuple[Line, ...]:
    if compared is None:
        return ()
    best_for = {one.itinerary: one for one in compared.attitudes}
    labels: dict[int, list[str]] = {} if compared.by_on_time is None else {compared.by_on_time: ["on time"]}
    labels.setdefault(compared.by_p90, []).append("p90")
    labels.setdefault(compared.by_cvar, []).append("cvar")
    table = (
        Column(title="plan"),
        Column(title="middle", align="right"),
        Column(title="1 in 10 after", align="right"),
        Column(title="on time", align="right"),
        Column(title="cost middle", align="right"),
        Column(title="dearest twentieth", align="right"),
        Column(title="best", min_width=12),
    )
    rows = []
    for one in compared.simulations:
        attitude = best_for.get(one.itinerary)
        words = labels.get(one.itinerary, [])
        if attitude is not None:
            share = "all runs" if attitude.tail_percent == 100 else f"worst {attitude.tail_percent} %"
            words = [*words, f"{share}, {_money(attitude.day_cents)} a day"]
        moments = tuple(date_text(legend.local(one.destination_id, at).date()) for at in one.arrival[1:])
        costs = (_money(one.cost_cents[1]), _money(one.worst_twentieth_cost_cents))
        if words:
            rows.append((str(one.itinerary + 1), *moments, f"{one.on_time_percent:.0f} %", *costs, "; ".join(words)))
    others = len(compared.simulations) - len(rows)
    told = f"{count_text(others, 'other plan is', 'other plans are')} best for nobody among these; --json lists them all."
    rest = paragraph(told, width) if others else ()
    head = heading("For whom", "on time: by the due date, else by its own plan; best for whom: which runs count, what a day costs", width)
    return (*head, *table_lines(table, rows, width), *rest)


def _head(answer: Simulation, legend: Legend, width: int) -> tuple[Line, ...]:
    policy = "a missed departure waits for the next" if answer.policy == "next" else "planned anew under way where that pays"
    text = (
        f"plan {answer.itinerary + 1}, {answer.runs} runs, seed {answer.seed}, {answer.family}, {policy}: "
        f"{answer.on_time_percent:.1f} % (+- {answer.on_time_standard_error_percent:.1f}) arrive by {by_text(answer, legend)}"
    )
    late = "they count as a year late and pay storage until then"
    stuck = f"; {answer.stuck_percent:.2f} % find no way on: {late}" if answer.stuck_percent else ""
    return paragraph(text + stuck, width)


def _quantiles(answer: Simulation, legend: Legend, width: int) -> tuple[Line, ...]:
    titles = ("", "planned", "1 in 10 before", "middle", "1 in 10 after")
    table = [Column(title=title, align="left" if index == 0 else "right") for index, title in enumerate(titles)]
    rows = [
        ("arrival", *(moment_text(legend.local(answer.destination_id, one)) for one in (answer.planned_at, *answer.arrival))),
        ("+- hours", "", *(f"{one / 60:.1f}" for one in answer.arrival_standard_error_min)),
        (f"cost {answer.currency}", _money(answer.planned_cost_cents), *(_money(one) for one in answer.cost_cents)),
    ]
    return (*heading("Arrival and cost", "nine in ten arrive by the last column; local times", width), *table_lines(table, rows, width))


def _transfers(answer: Simulation, dataset: Dataset, legend: Legend, width: int) -> tuple[Line, ...]:
    table = (
        Column(title="transfer", min_width=10),
        Column(title="planned"),
        Column(title="missed", align="right"),
        Column(title="then days later", align="right"),
        Column(title=f"and {answer.currency}", align="right"),
    )
    rows = []
    for one in answer.transfers:
        service = dataset.service_by_id.get(one.service_id)
        name = service.name if service is not None else one.service_id
        missed = f"{one.missed_percent:.1f} % +- {one.standard_error_percent:.1f}"
        rows.append(
            (
                f"{dataset.get_place(one.place_id).name}: {name}",
                moment_text(legend.local(one.place_id, one.planned_at)),
                missed,
                _days(one.delay_min),
                _money(one.cost_cents),
            )
        )
    if not rows:
        text = "nothing on this way leaves by a timetable, so nothing can be missed: trucks and wagons are taken when the goods are there"
        return heading("Transfers", text, width)
    head = heading("Transfers", "departures by timetable, and what missing one costs on average", width)
    return (*head, *table_lines(table, rows, width))


def _plan_changes(answer: Simulation, dataset: Dataset, width: int) -> tuple[Line, ...]:
    if answer.policy != "replan":
        return ()
    table = (
        Column(title="stood at", min_width=10),
        Column(title="since", rank=2),
        Column(title="why", min_width=10),
        Column(title="runs", align="right"),
        Column(title="chosen", min_width=12),
        Column(title="days won", align="right"),
        Column(title=f"{answer.currency} won", align="right"),
    )
    rows = []
    for one in answer.changes:
        way = "no other way" if not one.service_ids else (", ".join(one.service_ids) if one.is_taken else "waited")
        won = (_days(one.won_min, sign=True), _money(one.won_cents)) if one.service_ids else ("", "")
        place = dataset.get_place(one.place_id).name
        reason = one.reason if one.reason == "missed" else f"closed: {Legend(dataset).reworded(one.reason)}"
        rows.append((place, date_text(one.ready_at.date()), reason, str(one.runs), way, *won))
    told = f"{answer.changed_percent:.2f} % of the runs changed their plan; what the new way brings there, or would have brought"
    rare = f"; {answer.rare_percent:.2f} % stood where too few did, and waited" if answer.rare_percent else ""
    return (*heading("Planned anew under way", told + rare, width), *(table_lines(table, rows, width) if rows else ()))


def _drivers(answer: Simulation, legend: Legend, width: int) -> tuple[Line, ...]:
    table = (
        Column(title="cause", min_width=12),
        Column(title="best tenth", align="right"),
        Column(title="worst tenth", align="right"),
        Column(title="of the spread", align="right", rank=1),
    )
    rows = [
        (
            legend.reworded(one.cause), _days(one.arrival_low_min, sign=True), _days(one.arrival_high_min, sign=True),
            f"{one.share_percent:.0f} %",
        )
        for one in answer.drivers
        if not one.is_price
    ]  # fmt: skip
    head = heading("What drives it", "days beside the mean arrival when a cause goes best and worst; causes overlap", width)
    return (*head, *table_lines(table, rows, width)) if rows else ()


def _price_drivers(answer: Simulation, legend: Legend, width: int) -> tuple[Line, ...]:
    table = (
        Column(title="cause", min_width=12),
        Column(title="best tenth", align="right"),
        Column(title="worst tenth", align="right"),
    )
    named = ((one, legend.reworded(one.cause.removeprefix(PRICE_CAUSE)).replace("box_return", "box return")) for one in answer.drivers)
    rows = [(name, f"{one.cost_low_cents / 100:+,.0f}", f"{one.cost_high_cents / 100:+,.0f}") for one, name in named if one.is_price]
    head = heading(
        "What makes it dear", f"{answer.currency} beside the mean cost when a price goes best and worst; prices move together", width
    )
    return (*head, *table_lines(table, rows, width)) if rows else ()


def _buffers(answer: Simulation, width: int) -> tuple[Line, ...]:
    table = (Column(title="to be this sure"), Column(title="promise this many days after the plan", align="right"))
    rows = [(f"{one.certain_percent} %", _days(one.buffer_min, sign=True)) for one in answer.buffers]
    return (*heading("Buffer", "how much later than planned to promise", width), *table_lines(table, rows, width))


def by_text(answer: Simulation, legend: Legend) -> str:
    """By when it is on time, as the clock at the destination has it: a due date is over at 24:00."""
    by = legend.local(answer.destination_id, answer.by_at)
    if answer.is_due:
        return f"the end of the due date, {date_text((by - timedelta(minutes=1)).date())}"
    return f"the planned arrival, {moment_text(by)}"


def _days(minutes: int, *, sign: bool = False) -> str:
    return f"{minutes / 1440:+.1f}" if sign else f"{minutes / 1440:.1f}"


def _money(cents: int) -> str:
    return f"{cents / 100:,.0f}"
