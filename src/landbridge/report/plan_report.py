"""A plan as one HTML file to pass on: no script, nothing from elsewhere, light and dark, made to be printed."""

from __future__ import annotations

from collections.abc import Sequence

from landbridge.domain.dataset import Dataset
from landbridge.domain.plan import Item, Itinerary, Plan, Rejected
from landbridge.report.checklist import list_documents
from landbridge.report.explanation import explain_itinerary
from landbridge.report.far_way import far_compared_text, far_rejected_text, group_ways, part_rejected, part_ways
from landbridge.report.figures import (
    count_text,
    date_text,
    days_text,
    distance_text,
    exact_money_text,
    mass_text,
    money_text,
    range_text,
    time_text,
)
from landbridge.report.item_table import reckoned_text
from landbridge.report.itinerary_table import arrival_of, choose_plans, exposure_texts, label_text, render_question
from landbridge.report.legend import Legend
from landbridge.report.markup import Markup, Part, el, join, link
from landbridge.report.page import plain_text
from landbridge.report.plan_map import Country, draw_itinerary
from landbridge.report.quote import Incoterm, Quote
from landbridge.report.report_form import make_page, section, table, tiles
from landbridge.report.source_table import grade_shares
from landbridge.report.verdict_table import group_rejected, obstacle_text, why_text

_KINDS = {
    "document": "papers",
    "duty": "duties and taxes",
    "fee": "fees",
    "fixed": "fixed costs of each run",
    "surcharge": "surcharges",
    "event": "price changes",
    "through": "through rates",
}


_MOST_WAYS = 12
"""Other ways that a report shows: those that stand for the rest."""


def render_plan_report(plan: Plan, dataset: Dataset, countries: Sequence[Country], number: int = 1, quote: Quote | None = None) -> str:
    """One itinerary of a plan as a page for those who decide: summary, map, journey, money, documents, risks, assumptions, digest.

    Parameters
    ----------
    plan, dataset
        The answer and the feed that it was made from.
    countries
        Outlines for the map.
    number
        Which itinerary, from 1.
    quote
        Where given, the money is told as sell price and its split, without the costs behind it.
    """
    legend = Legend(dataset)
    head = plain_text(render_question(plan, legend, 10_000)).splitlines()
    body: list[Part] = [el("h1", head[0]), *(el("p", one, cls="muted") for one in head[1:])]
    if not plan.itineraries:
        body.append(el("p", "No way is open, confirmed and in time.", cls="warn"))
    else:
        itinerary = plan.itineraries[number - 1]
        body += [_tiles(itinerary, legend, quote), draw_itinerary(itinerary, dataset, countries)]
        body += [section("Journey", _journey(itinerary, legend))]
        body += [section("Price", _quote(quote, itinerary, legend)) if quote else section("Money", _money(itinerary, legend))]
        body += [
            section("Documents", _documents(plan, dataset, number)),
            section("Risks", _risks(plan, dataset, number, legend, has_costs=quote is None)),
        ]
        if quote is None:
            body += [section("Other ways", _others(plan, legend))]
    body += [section("Assumptions and sources", _assumptions(plan, legend, has_sources=quote is None)), _stamp(plan)]
    return make_page(head[0], *body)


def _tiles(itinerary: Itinerary, legend: Legend, quote: Quote | None) -> Markup:
    price = exact_money_text(quote.sell_cents) if quote else money_text(itinerary.cost_cents)
    spread = "" if quote else range_text(itinerary.cost_low_cents, itinerary.cost_high_cents)
    return tiles(
        (f"{itinerary.currency} {price}", spread or "sell price"),
        (f"{days_text(itinerary.duration_min)} days", f"arrives {date_text(arrival_of(itinerary, legend).date())}"),
        (f"{mass_text(itinerary.emission_g_co2e)} kg", "CO2e, well to wake"),
        (label_text(itinerary), "among the ways compared"),
    )


def _journey(itinerary: Itinerary, legend: Legend) -> Markup:
    rows = [
        (
            time_text(legend.local(leg.from_id, leg.departs_at)).strip(),
            legend.name(leg.from_id),
            f"{leg.mode}: {legend.name(leg.service_id)}" + ("" if leg.is_confirmed else " (unconfirmed)"),
            ", ".join(legend.name(one) for one in (*leg.borders, *leg.passages)),
            legend.name(leg.to_id),
            time_text(legend.local(leg.to_id, leg.arrives_at)).strip(),
            distance_text(leg.distance_m),
        )
        for leg in itinerary.legs
    ]
    note = el("p", "Times are local at each place.", cls="muted")
    return join(table(("leaves", "from", "by", "via", "to", "arrives", "km"), rows, frozenset({6})), note)


def _money(itinerary: Itinerary, legend: Legend) -> Markup:
    rows = [_item_row(item, legend) for item in itinerary.items]
    sums = ("Total", "", exact_money_text(itinerary.cost_cents), range_text(itinerary.cost_low_cents, itinerary.cost_high_cents), "", "")
    listed = table(("item", "reckoned", itinerary.currency, "low to high", "grade", "source"), rows, frozenset({2, 3}), sums)
    shares = ", ".join(f"{grade} {share}" for grade, share in zip("ABCD", grade_shares(itinerary), strict=True) if share != "-")
    note = "Low and high are an envelope of all ranges, not a probability. Grades: A official, B trade press, C single mention, D assumed"
    return join(listed, el("p", f"{note}; of the money {shares}.", cls="muted"))


def _item_row(item: Item, legend: Legend) -> tuple[Part, ...]:
    source = legend.find_source(item.source_id)
    spread = range_text(item.cost_low_cents, item.cost_high_cents) if item.cost_low_cents != item.cost_high_cents else ""
    cited = link(source.address, source.title) if source else item.source_id
    return legend.reworded(item.name), reckoned_text(item), exact_money_text(item.cost_cents), spread, item.grade, cited


def _quote(quote: Quote, itinerary: Itinerary, legend: Legend) -> Markup:
    terms, currency = quote.terms, itinerary.currency
    rows: list[tuple[Part, ...]] = []
    if terms.incoterm is not None:
        stop = legend.name(itinerary.legs[quote.ends_after_leg].to_id if quote.ends_after_leg >= 0 else itinerary.legs[0].from_id)
        rows = [
            (f"paid by the seller, up to {stop}", exact_money_text(quote.seller_cents)),
            ("paid by the buyer, from there", exact_money_text(quote.buyer_cents)),
        ]
    rule = f"{terms.incoterm.letters} {stop} (Incoterms 2020, {terms.incoterm.name}). " if terms.incoterm is not None else ""
    valid = f"Valid until {date_text(terms.valid_until)}. " if terms.valid_until else "Without obligation until confirmed. "
    listed = table(("", currency), rows, frozenset({1}), ("Price", exact_money_text(quote.sell_cents)))
    return join(listed, el("p", rule + valid + _included_text(itinerary, terms.incoterm)))


def _included_text(itinerary: Itinerary, incoterm: Incoterm | None) -> str:
    """What the price holds and what not, and what of the latter is the seller's under the rule."""
    kinds = {item.kind for item in itinerary.items}
    left = ["insurance", "storage beyond the free time stated", "delays"]
    left = left if "duty" in kinds else ["duties and taxes", *left]
    text = f"Included: {', '.join(sorted(_KINDS.get(kind, kind.replace('_', ' ')) for kind in kinds))}. Not included: {', '.join(left)}."
    if incoterm is None:
        return text
    if incoterm.seller_insures:
        text += f" Under {incoterm.letters} the seller insures the goods: the premium comes on top of this price."
    if incoterm.seller_clears_import and "duty" not in kinds:
        text += f" Under {incoterm.letters} the seller pays duties and taxes: they come on top of this price."
    return text


def _documents(plan: Plan, dataset: Dataset, number: int) -> Markup:
    rows = [
        (
            date_text(row.apply_by),
            row.need.name,
            row.need.issuer,
            f"{row.need.lead_days}",
            f"{row.cost} {row.currency}".strip(),
            str(row.days_left),
        )
        for row in list_documents(plan, dataset, number)
    ]
    titles = ("apply by", "document", "from", "days it takes", "cost", "days left")
    return table(titles, rows, frozenset({3, 5})) if rows else el("p", "None that the feed knows.")


def _risks(plan: Plan, dataset: Dataset, number: int, legend: Legend, *, has_costs: bool) -> Markup:
    itinerary = plan.itineraries[number - 1]
    found = explain_itinerary(plan, number, dataset)
    lines = [legend.reworded(one) for one in exposure_texts(itinerary)]
    lines += [f"{legend.name(leg.service_id)}: no recent evidence that it runs" for leg in itinerary.legs if not leg.is_confirmed]
    lines += [one.text for one in found.bindings if one.kind in ("border", "wait", "cutoff", "due")]
    unsure = found.uncertainties if has_costs else ()
    lines += [f"{one.name}: {money_text(one.spread_cents)} {found.currency} between low and high (grade {one.grade})" for one in unsure]
    return join(el("p", plan.policy_text + ".", cls="muted"), el("ul", *(el("li", one) for one in lines)))


def _stops(one: Itinerary, legend: Legend) -> str:
    """Where a way goes and by what, in a row."""
    return " – ".join((legend.name(one.legs[0].from_id), *(f"{legend.name(leg.to_id)} ({leg.mode})" for leg in one.legs)))


def _others(plan: Plan, legend: Legend) -> Markup:
    shown = choose_plans(plan.itineraries, _MOST_WAYS)
    rows = [
        (
            str(at + 1), _stops(one, legend), label_text(one), money_text(one.cost_cents), days_text(one.duration_min),
            mass_text(one.emission_g_co2e),
        )
        for at in shown
        for one in (plan.itineraries[at],)
    ]  # fmt: skip
    ways = table(("", "way", "best for", plan.itineraries[0].currency, "days", "kg CO2e"), rows, frozenset({3, 4, 5}))
    more = len(plan.itineraries) - len(shown)
    rest = el("p", f"{count_text(more, 'more way')} that no other beats; the workbook lists all.", cls="muted") if more else None
    (near, far), (shut, far_shut) = part_ways(plan), part_rejected(plan, legend)
    lost = [el("li", el("b", name), ": ", legend.reworded(why_text(one))) for name, one in group_ways(near, legend)]
    lost += [el("li", far_compared_text(far), cls="muted")] if far else []
    closed = [_closed(ways, one, legend) for ways, one in group_rejected(shut)]
    closed += [el("li", far_rejected_text(far_shut), cls="muted")] if far_shut else []
    parts = [el("h3", "Compared and not taken"), el("ul", *lost)] if lost else []
    parts += [el("h3", "Closed"), el("ul", *closed)] if closed else []
    return join(ways, rest, *parts)  # an empty heading would say that nothing is closed


def _closed(ways: Sequence[str], one: Rejected, legend: Legend) -> Markup:
    """What closes some ways, each of which is named, and since when."""
    since = f", since {date_text(one.since)}" if one.since else ""
    return el("li", el("b", ", ".join(legend.name(way) for way in ways)), ": ", obstacle_text(one, ways, legend) + since)


def _assumptions(plan: Plan, legend: Legend, *, has_sources: bool) -> Markup:
    """Notices, and the sources of the costs where the costs are told."""
    notes = [el("li", one.message) for one in plan.findings]
    cited = dict.fromkeys(item.source_id for itinerary in plan.itineraries for item in itinerary.items)
    sources = [source for one in cited if (source := legend.find_source(one)) is not None]
    rows = [
        (one.grade, link(one.address, one.title), one.publisher, date_text(one.published_on) if one.published_on else "undated")
        for one in sorted(sources, key=lambda one: (one.grade, one.title))
    ]
    listed = table(("grade", "source", "publisher", "date"), rows) if has_sources else None
    return join(el("ul", *notes) if notes else None, listed)


def _stamp(plan: Plan) -> Markup:
    verify = "To verify: landbridge verify PLAN.json with the feed of this digest."
    text = f"Feed {plan.dataset_name} as of {date_text(plan.dataset_as_of)}, landbridge {plan.code_version}. {verify} Not legal advice."
    return el("footer", el("p", text, cls="muted"), el("p", el("code", plan.dataset_digest)))
