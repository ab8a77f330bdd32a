"""The money and the documents of one way: every amount with its row, source and grade."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from landbridge.domain.dataset import Dataset
from landbridge.domain.plan import Item, Itinerary, Plan
from landbridge.report.checklist import ChecklistRow, list_documents
from landbridge.report.item_table import reckoned_text
from landbridge.report.legend import Legend
from landbridge.report.markup import Markup, Part, el, icon, join, link
from landbridge.report.quote import INCOTERMS
from landbridge.report.source_table import grade_shares
from landbridge.web.figures import date_text, exact_money_text, money_text, range_text
from landbridge.web.tables import render_table
from landbridge.web.texts import country_name, say, say_count, word


def render_money(itinerary: Itinerary, dataset: Dataset, legend: Legend) -> Markup:
    """The total, then the items by kind, the dearest kind first; haulage is told by country."""
    countries = {row.rate_id: row.country for row in dataset.haulage_rates}
    groups: dict[str, list[Item]] = {}
    for item in join_stretches(itinerary.items):
        groups.setdefault(item.kind, []).append(item)
    order = sorted(groups, key=lambda kind: -sum(item.cost_cents for item in groups[kind]))
    total = el(
        "div",
        el(
            "span",
            say("money.total"),
            " ",
            el(
                "span",
                say("plan.range", low=money_text(itinerary.cost_low_cents), high=money_text(itinerary.cost_high_cents)),
                cls="lb-muted lb-small",
            ),
        ),
        el("span", f"{itinerary.currency} {exact_money_text(itinerary.cost_cents)}"),
        cls="lb-total",
    )
    shares = [f"{grade} {share}" for grade, share in zip("ABCD", grade_shares(itinerary), strict=True) if share != "-"]
    parts = [
        _group(word("kind", kind), groups[kind], itinerary.currency, countries, legend, is_open=number == 0)
        for number, kind in enumerate(order)
    ]
    if itinerary.duty_items and not any(item in itinerary.items for item in itinerary.duty_items):
        parts.append(_group(say("money.duties"), itinerary.duty_items, itinerary.currency, countries, legend, is_open=False))
    return join(total, *parts, el("p", f"{say('money.note')} {', '.join(shares)}.", cls="lb-muted lb-small"))


def join_stretches(items: Iterable[Item]) -> tuple[Item, ...]:
    """Items of one leg that one row prices by distance, such as the links of a run within a country, as one item; their sums stay."""
    joined: dict[object, Item] = {}
    for item in items:
        same = replace(item, cost_cents=0, cost_low_cents=0, cost_high_cents=0, quantity=Decimal(0))
        if not item.per.endswith("km"):
            joined[len(joined)] = item
            continue
        before = joined.get(same, same)
        joined[same] = replace(
            item,
            cost_cents=before.cost_cents + item.cost_cents,
            cost_low_cents=before.cost_low_cents + item.cost_low_cents,
            cost_high_cents=before.cost_high_cents + item.cost_high_cents,
            quantity=before.quantity + item.quantity,
        )
    return tuple(joined.values())


def _group(title: str, items: Iterable[Item], currency: str, countries: Mapping[str, str], legend: Legend, *, is_open: bool) -> Markup:
    rows = list(items)
    whole = sum(item.cost_cents for item in rows)
    head = el(
        "summary", el("span", f"{title} ", el("span", f"({len(rows)})", cls="lb-muted lb-small")), el("span", exact_money_text(whole))
    )
    titles = (say("money.item"), say("money.reckoned"), say("money.amount", currency=currency), say("money.range"), say("money.source"))
    table = render_table(titles, [_row(item, countries.get(item.row_id), legend) for item in rows], title, (2, 3))
    return el("details", head, table, cls="lb-group", open=is_open)


def _row(item: Item, country: str | None, legend: Legend) -> tuple[Part, ...]:
    where = f", {country_name(country)}" if country else ""
    old = f" (carried from {item.carried_from})" if item.carried_from else ""
    spread = range_text(item.cost_low_cents, item.cost_high_cents) if item.cost_low_cents != item.cost_high_cents else ""
    return (
        legend.reworded(item.name) + where + old, el("span", reckoned_text(item), cls="lb-muted"), exact_money_text(item.cost_cents),
        el("span", spread, cls="lb-muted") if spread else None, render_source(item.source_id, item.grade, item.row, legend),
    )  # fmt: skip


def render_source(source_id: str, grade: str, row: str, legend: Legend) -> Markup:
    """The grade and the source; opening it shows title, publisher, date, address and row."""
    source = legend.find_source(source_id)
    if source is None:
        return join(_grade(grade), " ", source_id)
    short = source.publisher if len(source.publisher) <= 34 else source.publisher[:33] + "…"
    about = el(
        "div",
        el("div", link(source.address, source.title)),
        el("div", f"{source.publisher}, {date_text(source.published_on) if source.published_on else 'undated'}"),
        el("div", say("money.row", row=row)) if row else None,
    )
    return el("details", el("summary", _grade(grade), short), about, cls="lb-source")


def _grade(grade: str) -> Markup:
    return el("span", grade, cls=f"lb-grade {grade}", title=f"grade {grade}")


def render_papers(plan: Plan, dataset: Dataset, number: int, legend: Legend, address: str | None) -> Markup:
    """The documents of one way by their last day to apply."""
    rows = list_documents(plan, dataset, number)
    if not rows:
        return el("p", say("papers.none"), cls="lb-muted")
    titles = (say("papers.by"), say("papers.what"), say("papers.from"), say("papers.lead"), say("papers.for"), say("money.source"))
    table = render_table(titles, [_paper(row, plan.itineraries[number - 1], legend) for row in rows], say("tab.papers"))
    calendar = el("a", icon("event"), say("papers.calendar"), href=address, cls="lb-button lb-bare", download=True) if address else None
    return join(table, calendar)


def _paper(row: ChecklistRow, itinerary: Itinerary, legend: Legend) -> tuple[Part, ...]:
    days = row.days_left
    tag = el(
        "span",
        say_count("papers.late", -days) if days < 0 else say_count("papers.left", days),
        cls=f"lb-tag {'bad' if days < 0 else 'warn' if days <= 3 else ''}",
    )
    legs = _legs_text(row.need.legs, itinerary, legend)
    lead = say_count("papers.days", row.need.lead_days)
    cost = f"{row.cost} {row.currency} a {row.per}" if row.cost else ""
    return (
        el("span", date_text(row.apply_by), el("br"), tag, cls="lb-nowrap"),
        el("span", el("b", row.need.name), el("span", el("br"), cost, cls="lb-muted lb-small") if cost else None),
        legend.name(row.need.issuer),
        el("span", lead, cls="lb-nowrap"),
        el("span", legs, cls="lb-muted") if legs else None,
        render_source(row.need.source_id, _grade_of(row.need.source_id, legend), "", legend),
    )


def _legs_text(numbers: tuple[int, ...], itinerary: Itinerary, legend: Legend) -> str:
    legs = [itinerary.legs[number] for number in numbers if number < len(itinerary.legs)]
    told = [f"{legend.name(leg.from_id)} – {legend.name(leg.to_id)} ({word('mode', leg.mode)})" for leg in legs]
    return ", ".join(told) or say("papers.shipment")


def _grade_of(source_id: str, legend: Legend) -> str:
    source = legend.find_source(source_id)
    return source.grade if source is not None else "D"


def render_quote_form(plan_id: str, itinerary: Itinerary, number: int, legend: Legend, as_of: date) -> Markup:
    """What a quote for a customer is made of; it opens in a page of its own."""
    address = f"/v1/plans/{plan_id}/quote"
    stops = list(dict.fromkeys([itinerary.legs[0].from_id, *(leg.to_id for leg in itinerary.legs)]))
    rules = [
        el("option", say("quote.no_rule"), value=""),
        *(el("option", f"{one.letters}, {one.name}", value=one.letters) for one in INCOTERMS.values()),
    ]
    places = [el("option", legend.name(one), value=one, selected=one == stops[-1]) for one in stops]
    margin = el("input", type="number", id="lb-margin", name="margin", min="0", max="1000", step="0.1", value="10", required=True)
    until = el("input", type="date", id="lb-until-day", name="valid_until", value=(as_of + timedelta(days=14)).isoformat())
    fields = el(
        "div", _quote_field("margin", margin), _quote_field("incoterm", el("select", *rules, id="lb-incoterm", name="incoterm")),
        _quote_field("named", el("select", *places, id="lb-named", name="named")), _quote_field("until-day", until),
        el("input", type="hidden", name="itinerary", value=f"{number}"), cls="lb-more",
    )  # fmt: skip
    buttons = [
        el("button", title, type="submit", formaction=f"{address}.{form}", cls=f"lb-button {cls}")
        for form, title, cls in (("pdf", "PDF", "lb-primary"), ("html", "HTML", "lb-quiet"))
    ]
    body = el(
        "form", fields, el("div", *buttons, cls="lb-row", style="margin-top:12px"), method="get", action=f"{address}.pdf", target="_blank"
    )
    head = el("summary", el("span", say("quote.title")))
    return el(
        "details", head, el("div", el("p", say("quote.text"), cls="lb-muted lb-small"), body), cls="lb-group", style="margin-top:16px"
    )


def _quote_field(name: str, control: Markup) -> Markup:
    return el("div", el("label", say(f"quote.{name.replace('-', '_')}"), for_=f"lb-{name}"), control, cls="lb-field")
