"""The plans of one question as tables: the question, the plans with their chains, the legs of each, the items of one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from landbridge.domain.plan import Itinerary, Leg, Plan
from landbridge.report.figures import (
    amount_text,
    date_text,
    day_text,
    days_text,
    distance_text,
    duration_text,
    list_text,
    mass_text,
    money_text,
    range_text,
    time_text,
    tonnes_text,
)
from landbridge.report.legend import Legend
from landbridge.report.page import BLANK, NO_BREAK, Cell, Column, Line, Span, heading, natural_width, paragraph, table_lines

MOST_PLANS = 10
MOST_DETAILS = 4
_MOST_AVOIDED = 6
LABEL_WIDTH = 11


def render_question(plan: Plan, legend: Legend, width: int) -> tuple[Line, ...]:
    """The question in a sentence, and the feed that it was asked of."""
    query = plan.query
    goods = legend.find_goods(query.hs) if query.hs else None
    what = f"{query.units} x {query.unit_type_id}" + (f" of {goods.lower()}" if goods else "") + (f" (HS {query.hs})" if query.hs else "")
    way = f"{legend.name_and_id(query.origin_id)} to {legend.name_and_id(query.destination_id)}"
    mass = tonnes_text(plan.mass_kg) + ("" if query.mass_kg else f" (typical mass, grade {plan.mass_grade})")
    times = [f"ready {date_text(query.ready_on)}", *([f"due {date_text(query.due_on)}"] if query.due_on else [])]
    told = [mass, *times, f"asked as of {date_text(query.as_of)}", *_wishes(plan, legend)]
    feed = (
        f"feed {plan.dataset_name} as of {date_text(plan.dataset_as_of)}, digest {plan.dataset_digest[:12]}, landbridge {plan.code_version}"
    )
    return (
        *paragraph(Span(f"{what}: {way}", "bold"), width),
        *paragraph("; ".join(told), width),
        *paragraph(Span(feed, "dim"), width),
    )


def _wishes(plan: Plan, legend: Legend) -> list[str]:
    query, wishes = plan.query, []
    if query.value is not None:
        currency = next((one.currency for one in (*plan.itineraries, *(lost.itinerary for lost in plan.compared))), "")
        wishes.append(f"goods worth {currency} {amount_text(query.value)}")
    if query.is_landed:
        wishes.append("landed cost, duties included")
    if query.via:
        wishes.append("via " + list_text([legend.name(one) for one in query.via]))
    if query.avoid:
        shown = [legend.name(one) for one in query.avoid[:_MOST_AVOIDED]]
        more = len(query.avoid) - len(shown)
        wishes.append("without " + list_text([*shown, f"{more} more"] if more else shown))
    if query.gates:
        wishes.append(list_text(query.gates) + " made to block as well")
    parties = [legend.name(one) for one in (query.shipper_id, query.consignee_id) if one]
    return [*wishes, "for " + list_text(parties)] if parties else wishes


def render_itineraries(plan: Plan, legend: Legend, width: int) -> tuple[Line, ...]:
    """All plans in one table, each with its chain; where there is none, that."""
    if not plan.itineraries:
        return heading("NO PLAN", "no way is open, confirmed and in time; what was compared and what stands in the way is below", width)
    clocks = "local dates" if legend.has_zones else "dates in UTC"
    many = "the only plan" if len(plan.itineraries) == 1 else f"{len(plan.itineraries)}, none beaten by another in cost, arrival and CO2e"
    shown = choose_plans(plan.itineraries)
    lines = [*heading("PLANS", f"{many}; {clocks}", width), BLANK]
    lines += _with_chains(shown, plan.itineraries, legend, width)
    hidden = len(plan.itineraries) - len(shown)
    if hidden:
        told = f"these stand for {hidden} more, which lie between them: landbridge plan ... --json"
        lines += paragraph(Span(told, "dim"), width, indent=2)
    if not plan.is_complete:
        lines += [BLANK, *paragraph(Span("The search hit its bound: there may be better plans.", "yellow"), width, indent=2)]
    return tuple(lines)


def choose_plans(itineraries: Sequence[Itinerary], most: int = MOST_PLANS) -> list[int]:
    """Which plans stand for all on a page: those with a label, then always the one that is least like those chosen.

    How alike two plans are is told by cost, arrival and CO2e, each measured by how far the plans lie apart (farthest-point sampling:
    Gonzalez, T. F. (1985). Clustering to minimize the maximum intercluster distance. Theoretical Computer Science 38, 293-306).
    """
    values = [(one.cost_cents, int(one.arrives_at.timestamp()), one.emission_g_co2e) for one in itineraries]
    spread: list[int] = [max(max(column) - min(column), 1) for column in zip(*values, strict=True)]
    chosen = [index for index, one in enumerate(itineraries) if one.labels] or [0]

    def apart(one: int, other: int) -> float:
        return max(abs(values[one][c] - values[other][c]) / spread[c] for c in range(3))

    nearest = [min(apart(index, other) for other in chosen) for index in range(len(itineraries))]
    while len(chosen) < most and max(nearest) > 0:
        best = max(range(len(itineraries)), key=lambda index: (nearest[index], -index))
        chosen.append(best)
        nearest = [min(value, apart(index, best)) for index, value in enumerate(nearest)]
    return sorted(set(chosen))


def _with_chains(shown: Sequence[int], itineraries: Sequence[Itinerary], legend: Legend, width: int) -> list[Line]:
    currency = itineraries[0].currency
    columns = (
        Column(title="", align="right", style="bold"),
        Column(title="plan", min_width=14, style="bold"),
        Column(title=currency, align="right", style="bold"),
        Column(title="low to high", align="right"),
        Column(title="days", align="right"),
        Column(title="arrives", align="right"),
        Column(title="kg CO2e", align="right"),
    )
    head, rule, *rows = table_lines(columns, [_figures(index, itineraries[index], legend) for index in shown], width)
    lines = [head, rule]
    starts = [position for position, row in enumerate(rows) if row[1].text.strip()] + [len(rows)]
    for position, index in enumerate(shown):
        lines += rows[starts[position] : starts[position + 1]]
        indent = 4 + len(str(shown[-1] + 1))
        lines += paragraph(Span(chain_text(itineraries[index], legend), "cyan"), width, indent=indent)
    return lines


def _figures(index: int, itinerary: Itinerary, legend: Legend) -> list[Cell]:
    return [
        str(index + 1),
        label_text(itinerary),
        money_text(itinerary.cost_cents),
        range_text(itinerary.cost_low_cents, itinerary.cost_high_cents),
        days_text(itinerary.duration_min),
        date_text(arrival_of(itinerary, legend).date()),
        mass_text(itinerary.emission_g_co2e),
    ]


def label_text(itinerary: Itinerary) -> str:
    """Labels of a plan in words."""
    words = [*itinerary.labels, *([] if itinerary.is_confirmed else ["unconfirmed"])]
    return ", ".join(words) or "in between"


def arrival_of(itinerary: Itinerary, legend: Legend) -> datetime:
    """When the goods are delivered, on the clocks of the destination."""
    place_id = itinerary.legs[-1].to_id if itinerary.legs else ""
    return legend.local(place_id, itinerary.arrives_at)


def chain_text(itinerary: Itinerary, legend: Legend) -> str:
    """Places, dates and modes in a row: ``Minsk 1 Dec ─rail→ Novorossiysk 8 Dec ─sea→ ...``; breakable before each arrow only."""
    if not itinerary.legs:
        return ""
    first = itinerary.legs[0]
    parts = [_stop_text(first.from_id, legend.local(first.from_id, first.departs_at), legend)]
    for leg in itinerary.legs:
        borders = [legend.name(border) for border in leg.borders] if not leg.is_scheduled else []
        via = " via " + ", ".join(borders) if borders else ""
        parts.append(f"─{leg.mode}{via}→{NO_BREAK}" + _stop_text(leg.to_id, legend.local(leg.to_id, leg.arrives_at), legend))
    return " ".join(parts)


def _stop_text(place_id: str, at: datetime, legend: Legend) -> str:
    return f"{legend.name(place_id)} {day_text(at)}".replace(" ", NO_BREAK)


def render_details(plan: Plan, legend: Legend, width: int) -> tuple[Line, ...]:
    """The legs of each plan that has a label; of the first where none has."""
    labelled = [index for index, itinerary in enumerate(plan.itineraries) if itinerary.labels][:MOST_DETAILS]
    lines: list[Line] = []
    for index in labelled or range(min(len(plan.itineraries), 1)):
        lines += [*render_legs(plan, index, legend, width), BLANK]
    return tuple(lines[:-1])


def render_legs(plan: Plan, index: int, legend: Legend, width: int) -> tuple[Line, ...]:
    """One plan leg by leg, with its papers and what touches it."""
    itinerary = plan.itineraries[index]
    spread = range_text(itinerary.cost_low_cents, itinerary.cost_high_cents)
    money = f"{itinerary.currency} {money_text(itinerary.cost_cents)} ({spread})"
    emission = f"{mass_text(itinerary.emission_g_co2e)} kg CO2e".replace(" ", NO_BREAK)
    text = f"{label_text(itinerary)}: {money}, {days_text(itinerary.duration_min)} days, {emission}"
    return (*heading(f"PLAN {index + 1}", text, width), *_leg_table(itinerary, legend, width), *_leg_notes(plan, itinerary, legend, width))


def _leg_table(itinerary: Itinerary, legend: Legend, width: int) -> tuple[Line, ...]:
    """Legs in one line each; where the page is too narrow for that, what carries the goods stands under the way."""
    tail = (
        Column(title="arrives", align="right"),
        Column(title="waits", align="right", rank=1, style="dim"),
        Column(title="km", align="right", rank=2, style="dim"),
        Column(title="kg CO2e", align="right", rank=3, style="dim"),
        Column(title=itinerary.currency, align="right"),
    )
    leaves = Column(title="leaves", align="right")
    wide = (leaves, Column(title="from"), Column(title="by"), Column(title="to"), *tail)
    rows = [_leg_cells(itinerary, number, leg, legend) for number, leg in enumerate(itinerary.legs)]
    if natural_width(wide, rows) <= width:
        return table_lines(wide, rows, width)
    narrow = (leaves, Column(title="way", min_width=20), *tail)
    stacked = [[row[0], f"{_plain(row[1])} → {_plain(row[3])}", *row[4:]] for row in rows]
    head, rule, *lines = table_lines(narrow, stacked, width)
    starts = [position for position, line in enumerate(lines) if line[1].text.strip()] + [len(lines)]
    found = [head, rule]
    for number, row in enumerate(rows):
        found += lines[starts[number] : starts[number + 1]]
        by = row[2] if isinstance(row[2], Span) else Span(row[2])
        found += paragraph(Span(by.text, by.style or "dim"), width, indent=18)
    return tuple(found)


def _plain(cell: Cell) -> str:
    return cell.text if isinstance(cell, Span) else cell


def _leg_cells(itinerary: Itinerary, number: int, leg: Leg, legend: Legend) -> list[Cell]:
    waits = int((leg.departs_at - leg.ready_at) / timedelta(minutes=1))
    by = f"{leg.mode}, {legend.name(leg.service_id)}" + ("" if leg.is_confirmed else " (unconfirmed)")
    return [
        time_text(legend.local(leg.from_id, leg.departs_at)),
        legend.name(leg.from_id),
        Span(by, "" if leg.is_confirmed else "yellow"),
        legend.name(leg.to_id),
        time_text(legend.local(leg.to_id, leg.arrives_at)),
        duration_text(waits) if waits else "-",
        distance_text(leg.distance_m),
        mass_text(leg.emission_g_co2e),
        money_text(sum(item.cost_cents for item in itinerary.items if item.leg == number)),
    ]


def _leg_notes(plan: Plan, itinerary: Itinerary, legend: Legend, width: int) -> list[Line]:
    lines: list[Line] = []
    for label, text in _notes(plan, itinerary, legend):
        lines += paragraph(text, width, indent=2, label=label, label_width=LABEL_WIDTH)
    return lines


def _notes(plan: Plan, itinerary: Itinerary, legend: Legend) -> list[tuple[str, Cell]]:
    arrival = arrival_of(itinerary, legend)
    delivered = f"{time_text(arrival).strip()}, ready for the consignee"
    if plan.query.due_on:
        spare = (plan.query.due_on - arrival.date()).days
        delivered += f", {spare} {'day' if spare == 1 else 'days'} before the due date" if spare else ", on the due date"
    whole = sum(item.cost_cents for item in itinerary.items if item.leg is None)
    notes: list[tuple[str, Cell]] = [("delivered", delivered)]
    if whole:
        notes.append(("shipment", f"{itinerary.currency} {money_text(whole)} for the shipment as a whole"))
    if itinerary.duty_items:
        place = "in the total" if plan.query.is_landed else "not in the total"
        notes.append(("duties", f"{itinerary.currency} {money_text(itinerary.duty_cents)} of duties and taxes, {place}"))
    if itinerary.documents:
        notes.append(("papers", "; ".join(_paper_text(one.name, one.lead_days, date_text(one.apply_by)) for one in itinerary.documents)))
    for text in exposure_texts(itinerary):
        notes.append(("exposed", Span(text, "yellow")))
    return notes


def _paper_text(name: str, lead_days: int, apply_by: str) -> str:
    return f"{name} (apply by {apply_by})" if lead_days else name


def exposure_texts(itinerary: Itinerary) -> tuple[str, ...]:
    """Each measure that touches the itinerary once, whatever it touches."""
    texts = []
    for exposure in itinerary.exposures:
        since = f", since {date_text(exposure.since)}" if exposure.since else ""
        texts.append(f"{exposure.regime}: {exposure.text.removeprefix(f'{exposure.regime}: ')}{since}")
    return tuple(dict.fromkeys(texts))
