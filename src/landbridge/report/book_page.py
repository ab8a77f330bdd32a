"""The joint plan of a book as a page that a chamber of commerce can put before its members."""

from __future__ import annotations

from collections.abc import Iterator

from landbridge.domain.book import BookPlan, BookShipment
from landbridge.domain.dataset import Dataset
from landbridge.report.book_document import gap_of, proven_saving
from landbridge.report.book_empties import render_empties
from landbridge.report.book_words import group_reasons, lever_name, method_name
from landbridge.report.figures import count_text, date_text, percent_text
from landbridge.report.legend import Legend
from landbridge.report.page import BLANK, MIN_WIDTH, Cell, Column, Line, Span, heading, paragraph, table_lines

_SHOWS = 0.0005


def render_book(plan: BookPlan, dataset: Dataset, *, width: int = 100) -> tuple[Line, ...]:
    """The whole page: what it costs together and alone, the saving, trains, shipments, levers and shares."""
    columns = max(width, MIN_WIDTH)
    sections = (
        _totals(plan, columns),
        _trains(plan, dataset, columns),
        render_empties(plan, columns),
        _shipments(plan, dataset, columns),
        _left(plan, columns),
        _levers(plan, columns),
        _shares(plan, dataset, columns),
        _partners(plan, dataset, columns),
        _frontier(plan, columns),
        _notes(plan, columns),
    )
    lines: list[Line] = []
    for section in sections:
        if section:
            lines += [BLANK, *section] if lines else section
    return tuple(lines)


def _money(cents: int) -> str:
    return f"{cents / 100:,.0f}"


def _percent(fraction: float) -> str:
    return f"{percent_text(100 * fraction)} %"


def _totals(plan: BookPlan, width: int) -> tuple[Line, ...]:
    carried = sum(one.itinerary is not None for one in plan.shipments)
    shipments, payers = count_text(len(plan.shipments), "shipment"), count_text(len(plan.alone_by_payer), "payer")
    asked = f"as of {date_text(plan.as_of)}, in {plan.currency}; time at the cost of the goods' capital"
    text = f"{carried} of {shipments} of {payers}, {asked}"
    rows: list[list[Cell]] = [
        ["as today", "not told in the book" if plan.as_today is None else _money(plan.as_today.cost_cents), ""],
        ["each payer alone", _money(plan.alone.cost_cents), _money(plan.alone.bound_cents)],
        [Span("all together", "bold"), Span(_money(plan.together.cost_cents), "bold"), _money(plan.together.bound_cents)],
    ]
    if any(one.severity == "error" for one in plan.findings):
        return *heading("Joint plan", text, width), *_headline(plan, width)
    table = table_lines((Column(title=""), Column(title="plan", align="right"), Column(title="proven bound", align="right")), rows, width)
    return (
        *heading("Joint plan", text, width),
        *_headline(plan, width),
        BLANK,
        *table,
        *_saving_lines(plan, width),
        *_divided_lines(plan, width),
    )


def _headline(plan: BookPlan, width: int) -> tuple[Line, ...]:
    """The answer in one sentence; where there is none, why."""
    errors = [line for one in plan.findings if one.severity == "error" for line in paragraph(f"{one.message}. {one.fix}", width, indent=2)]
    if errors:
        return tuple(errors)
    payers = count_text(len(plan.alone_by_payer), "company pays", "companies pay")
    if not plan.alone_by_payer or not plan.alone.cost_cents:
        return ()
    start = f"Planned together, {payers} {_money(plan.together.cost_cents)} {plan.currency} for carriage"
    if plan.saving_cents <= 0:
        return paragraph(f"{start}, as much as each planning alone: nothing is gained by joining.", width, indent=2)
    share = _percent(plan.saving_cents / plan.alone.cost_cents)
    text = f"{start} instead of {_money(plan.alone.cost_cents)}: {_money(plan.saving_cents)} or {share} less."
    return paragraph(text, width, indent=2)


def _saving_lines(plan: BookPlan, width: int) -> Iterator[Line]:
    proven = proven_saving(plan)
    if proven is not None:
        low, high = (_percent(one) for one in proven)
        between = f"is {low}" if low == high else f"lies between {low} and {high}"
        gap = _percent(gap_of(plan.together))
        text = f"The saving against each alone {between}, proven over the candidates; gap of the joint plan {gap}."
        yield from paragraph(text, width, indent=2)
    if plan.all_ways is not None:
        most, most_at_any_volume = (_percent(one) for one in plan.all_ways.most_saved_of(plan.alone))
        start = "By whatever ways confirmed services allow, looked at or not,"
        text = (
            f"{start} joining saves no more than {most}; with as many such shipments as fill every train and reach every volume, no more "
            f"than {most_at_any_volume} (proven, at typical prices)."
            if len(plan.alone_by_payer) > 1
            else f"{start} no plan costs {most} less (proven, at typical prices)."
        )
        yield from paragraph(text, width, indent=2)
    if plan.spread is not None:
        one = plan.spread
        text = (
            f"Over {one.units} draws of the uncertain figures, all sides re-optimized: {percent_text(one.p10_percent)} % (p10), "
            f"{percent_text(one.p50_percent)} % (median), {percent_text(one.p90_percent)} % (p90)."
        )
        yield from paragraph(text, width, indent=2)


def _divided_lines(plan: BookPlan, width: int) -> Iterator[Line]:
    """What dividing shipments over ways would bring, where that is a figure that shows."""
    one = plan.divided
    if one is None or plan.together.cost_cents - one.together.cost_cents < _SHOWS * plan.together.cost_cents:
        return
    less = plan.together.cost_cents - one.together.cost_cents
    parts = ", ".join(f"{name} as {' + '.join(f'{units}' for units in rows)} units" for name, rows in one.part_units)
    text = (
        "Shipments go undivided here. Divided over ways, all together would pay up to "
        f"{_money(less)} ({_percent(less / plan.together.cost_cents)}) less, but for papers and fees that each part pays again: {parts}. "
    )
    if one.alone is not None and one.alone.cost_cents:
        saved = _percent(1 - one.together.cost_cents / one.alone.cost_cents)
        text += f"Each alone could divide too; joining would then save {saved}. "
    yield from paragraph(f"{text}Write the parts as shipments of their own to have them planned so.", width, indent=2)


def _trains(plan: BookPlan, dataset: Dataset, width: int) -> tuple[Line, ...]:
    if not (plan.departures or plan.rebates or plan.turns or plan.quotas or plan.shared_units):
        return ()
    legend = Legend(dataset)
    rows: list[list[Cell]] = [
        [
            f"{one.units} x {legend.name(one.name)}" if one.units > 1 else legend.name(one.name),
            date_text(one.leaves_on),
            f"{one.used_teu:g} of {one.capacity_teu:g}",
            f"{one.fill_percent:.0f} %",
            _money(one.cost_cents) if one.cost_cents else "-",
        ]
        for one in plan.departures
    ]
    rows += [[one.name, "", f"{one.used_teu:g}", "", _money(one.cost_cents)] for one in plan.rebates]
    rows += [
        [
            one.name,
            date_text(one.begins_on) if one.begins_on else "",
            f"{one.units} of {one.quota_left} units",
            "",
            _money(one.cost_cents) if one.cost_cents else "-",
        ]
        for one in plan.quotas
    ]
    for name in sorted({one.name for one in plan.turns}):
        turns = [one for one in plan.turns if one.name == name]
        rows.append([f"{sum(one.units for one in turns)} x {name}", "", "", "", _money(sum(one.cost_cents for one in turns))])
    rows += [
        [
            f"{one.unit_type_id} of {', '.join(one.shipment_ids)}", date_text(one.leaves_on),
            f"{one.mass_kg / 1000:g} t, {one.volume_m3:g} m3",
            f"{100 * one.volume_m3 / one.max_volume_m3:.0f} %", "-",
        ]
        for one in plan.shared_units
    ]  # fmt: skip
    columns = (
        Column(title="departure or rebate", min_width=20), Column(title="leaves"), Column(title="TEU", align="right"),
        Column(title="fill", align="right"), Column(title="cost", align="right"),
    )  # fmt: skip
    return (
        *heading("Shared", "whole trains bought, departures with limited room, rebates, units of part loads", width),
        *table_lines(columns, rows, width),
    )


def _shipments(plan: BookPlan, dataset: Dataset, width: int) -> tuple[Line, ...]:
    legend = Legend(dataset)
    rows = [_shipment_row(one, legend) for one in plan.shipments if one.itinerary is not None]
    if not rows:
        return ()
    columns = (
        Column(title="shipment", style="bold"), Column(title="payer", min_width=12, rank=1), Column(title="starts"),
        Column(title="arrives"),
        Column(title="way", min_width=24), Column(title="cost", align="right"),
    )  # fmt: skip
    return (
        *heading("Shipments", "local dates; cost with capital and days late, without the part of a train", width),
        *table_lines(columns, rows, width),
    )


def _shipment_row(one: BookShipment, legend: Legend) -> list[Cell]:
    itinerary = one.itinerary
    if itinerary is None:
        return []
    legs = itinerary.legs
    way = " ".join([legend.name(legs[0].from_id), *(f"{leg.mode} {legend.name(leg.to_id)}" for leg in legs)])
    mark = " (train)" if one.train_id else ""
    if one.lead_id is not None:
        mark += " (leads a shared unit)" if one.lead_id == one.shipment_id else f" (in the unit of {one.lead_id})"
    arrives = date_text(legend.local(legs[-1].to_id, one.arrives_at or itinerary.arrives_at).date())
    late = f", {one.late_days} d late" if one.late_days else ""
    starts = date_text(one.starts_on) if one.starts_on else ""
    return [one.shipment_id, legend.name(one.payer_id), starts, arrives + late, way + mark, _money(one.cost_cents)]


def _left(plan: BookPlan, width: int) -> tuple[Line, ...]:
    lines: list[Line] = []
    for shipments, reason in group_reasons((one.shipment_id, one.reason) for one in plan.shipments if one.reason):
        lines += paragraph(f"{shipments}: {reason}", width, indent=2)
    return (*heading("Not carried", "and why", width), *lines) if lines else ()


def _levers(plan: BookPlan, width: int) -> tuple[Line, ...]:
    if not plan.levers:
        return ()
    alone = plan.alone.cost_cents or 1
    rows: list[list[Cell]] = [
        [lever_name(one.lever), _money(one.contribution_cents), f"{100 * one.contribution_cents / alone:.2f} %",
        f"{_money(one.low_cents)} to {_money(one.high_cents)}", "" if one.is_distinguishable else "not distinguishable from nothing"]
        for one in sorted(plan.levers, key=lambda one: -one.contribution_cents)
    ]  # fmt: skip
    total = sum(one.contribution_cents for one in plan.levers)
    rows.append([Span("all levers", "bold"), Span(_money(total), "bold"), f"{100 * total / alone:.2f} %", "", ""])
    own = total - plan.saving_cents
    if own > 0 and not plan.committed_ids and plan.most_emission_g is None:
        for name, cents in (("of that, had by each alone already", own), ("of that, by joining", plan.saving_cents)):
            rows.append([name, _money(cents), f"{100 * cents / alone:.2f} %", "", ""])
    columns = (
        Column(title="lever"),
        Column(title="brings", align="right"),
        Column(title="of alone", align="right"),
        Column(title="interval", align="right"),
        Column(title="", min_width=12),
    )
    text = "what each brings, with what payers can already do by themselves, by Shapley value over sets of levers"
    return (*heading("Levers", text, width), *table_lines(columns, rows, width))


def _shares(plan: BookPlan, dataset: Dataset, width: int) -> tuple[Line, ...]:
    if not plan.sharings:
        return ()
    names = {payer: dataset.party_by_id[payer].name if payer in dataset.party_by_id else payer for payer, _ in plan.alone_by_payer}
    shares = [{share.party_id: share.cost_cents for share in one.shares} for one in plan.sharings]
    proposed = next((index for index, one in enumerate(plan.sharings) if one.core.is_in_core), 0)
    rows: list[list[Cell]] = [
        [names[payer], _money(alone.cost_cents), *(_money(one[payer]) for one in shares),
        _money(alone.cost_cents - shares[proposed][payer])]
        for payer, alone in plan.alone_by_payer
    ]  # fmt: skip
    rows.append([Span("all", "bold"), _money(plan.alone.cost_cents), *(_money(one.total_cents) for one in plan.sharings),
    _money(plan.saving_cents)])  # fmt: skip
    core = [
        "yes" if one.core.is_in_core and one.core.is_complete else "no violation seen" if one.core.is_in_core else "no"
        for one in plan.sharings
    ]
    rows.append(["nobody better off apart", "", *core, ""])
    columns = (
        Column(title="payer", min_width=16),
        Column(title="alone", align="right"),
        *(Column(title=method_name(one.method), align="right") for one in plan.sharings),
        Column(title=f"saves ({method_name(plan.sharings[proposed].method)})", align="right"),
    )
    lines: list[Line] = _payments(plan, plan.sharings[proposed].method, names, width)
    for text in dict.fromkeys(one.note for one in plan.sharings if one.note):
        lines += paragraph(f"How exact: {text}.", width, indent=2)
    for one in plan.sharings:
        if not one.core.is_in_core:
            coalition = ", ".join(names.get(party, party) for party in one.core.coalition)
            text = f"{method_name(one.method)}: {coalition} would pay {_money(one.core.excess_cents)} less by themselves."
            lines += paragraph(text, width, indent=2)
    return (*heading("Shares", "what each bears of the joint cost", width), *table_lines(columns, rows, width), *lines)


def _payments(plan: BookPlan, method: str, names: dict[str, str], width: int) -> list[Line]:
    """Who pays whom so that each bears its share."""
    lines: list[Line] = []
    for settlement in plan.settlements:
        if settlement.method == method and settlement.payments:
            told = "; ".join(
                f"{names.get(pay.from_id, pay.from_id)} to {names.get(pay.to_id, pay.to_id)} {pay.amount_cents / 100:,.2f}"
                for pay in settlement.payments
            )
            name = method_name(method)
            start = f"Settled on {date_text(settlement.settled_on)} in {settlement.currency} by {name}, each having paid its carriers"
            lines += [BLANK, *paragraph(f"{start}: {told}.", width, indent=2)]
    return lines


def _partners(plan: BookPlan, dataset: Dataset, width: int) -> tuple[Line, ...]:
    if not plan.partners:
        return ()
    names: dict[str, str] = {row.party_id: row.name for row in dataset.parties}
    legend = Legend(dataset)
    rows: list[list[Cell]] = [
        [
            names.get(one.payer_id, one.payer_id),
            _money(one.saving_cents),
            "; ".join(map(legend.reworded, one.why)) or "nothing that they could share",
        ]
        for one in plan.partners
    ]
    columns = (Column(title="with", min_width=16), Column(title="both save", align="right"), Column(title="why", min_width=30))
    text = f"what {names.get(plan.partner_of or '', plan.partner_of or '')} and one other save if nobody else joins them"
    return (*heading("Partners", text, width), *table_lines(columns, rows, width))


def _frontier(plan: BookPlan, width: int) -> tuple[Line, ...]:
    if not plan.frontier:
        return ()
    rows: list[list[Cell]] = [
        [f"{one.cap_g_co2e / 1e6:,.1f}", f"{one.emission_g_co2e / 1e6:,.1f}", _money(one.cost_cents), _money(one.bound_cents)]
        for one in plan.frontier
    ]
    heads = ("cap, t CO2e", "emitted, t", "cost", "proven bound")
    columns = tuple(Column(title=name, align="right") for name in heads)
    return (*heading("Cost and CO2e", "the least cost of the joint plan under each cap", width), *table_lines(columns, rows, width))


def _notes(plan: BookPlan, width: int) -> tuple[Line, ...]:
    lines: list[Line] = []
    privacy = ("each payer's statement (--out) holds its own items and the joint total alone; this page is for whoever runs the book, and "
    "competition law has to be looked at before companies share it",) if plan.sharings else ()  # fmt: skip
    for text in (*(one.message for one in plan.findings if one.severity != "error"), *plan.changes, *plan.notes, *privacy):
        lines += paragraph(text, width, indent=2)
    return (*heading("Notes", "what to know when reading this", width), *lines) if lines else ()
