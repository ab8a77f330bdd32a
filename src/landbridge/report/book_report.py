"""The joint plan of a book as one HTML file to pass on: what it saves, who carries what, who bears what, from which sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from landbridge.domain.dataset import Dataset
from landbridge.report.book_words import exactness_of, group_reasons, leaving_of, method_name, stability_of, step_name
from landbridge.report.figures import count_text, date_text, exact_money_text, list_text, money_text, shares_text
from landbridge.report.legend import Legend
from landbridge.report.markup import Markup, Part, el, join, link
from landbridge.report.plan_map import Country, draw_lines
from landbridge.report.report_form import make_page, section, table, tiles

Book = Mapping[str, Any]


def render_book_page(book: Book, dataset: Dataset, countries: Sequence[Country]) -> str:
    """A joint plan as a page for those who decide.

    Parameters
    ----------
    book
        The document of ``landbridge book``, checked.
    dataset
        The feed that it was made from, for names, positions and sources.
    countries
        Outlines for the map.
    """
    legend = Legend(dataset)
    carried = [one for one in book["shipments"] if one["itinerary"] is not None]
    title = f"Joint plan of {count_text(len(carried), 'shipment')}: {book['dataset']['name']}"
    companies = count_text(len(book["alone_by_payer"]), "company", "companies")
    about = f"{companies}, as of {date_text(date.fromisoformat(book['as_of']))}, in {book['currency']}"
    return make_page(
        title,
        el("h1", title),
        el("p", about, cls="muted"),
        _summary(book),
        _map(carried, dataset, countries),
        section("Shipments", _shipments(book, legend)),
        section("Trains and departures", _departures(book, legend)),
        section("What brings the saving", _waterfall(book)),
        section("Who bears what", _shares(book, legend)),
        section("Money", _money(carried, str(book["currency"]), legend)),
        section("Documents", _documents(carried)),
        section("Risks", _risks(book, carried, legend)),
        section("Assumptions and sources", _assumptions(book, carried, legend)),
        _stamp(book),
    )


def saving_text(book: Book) -> str:
    """The proven range of the saving against each going alone, in percent."""
    proven = book["saving"]["of_alone"].get("proven")
    if not proven:
        return "not known"
    low, high = (f"{100 * proven[end]:.1f}" for end in ("low", "high"))
    return f"{low} %" if low == high else f"{low} to {high} %"


def most_text(book: Book) -> str:
    """The most that any ways can save, in percent; needs the bound over all ways."""
    return f"{100 * book['all_ways']['most_saved']:.1f} %"


def waterfall(book: Book) -> tuple[tuple[str, int], ...]:
    """From each alone to all together in steps that sum exactly, in cents: what each lever takes off, and what of that payers have by
    themselves already (or what no lever explains). Steps are named by the keys of ``book_words.STEPS``.
    """
    alone, together = book["baselines"]["alone"]["cents"], book["baselines"]["together"]["cents"]
    steps = [(str(one["lever"]), -one["contribution_cents"]) for one in book["levers"]]
    rest = together - alone - sum(cents for _, cents in steps)
    name = "had_alone" if rest > 0 else "unexplained"
    return (("each_alone", alone), *steps, *(((name, rest),) if rest else ()), ("all_together", together))


def _summary(book: Book) -> Markup:
    currency, base = book["currency"], book["baselines"]
    return tiles(
        (f"{currency} {money_text(base['together']['cents'])}", "all together"),
        (f"{currency} {money_text(base['alone']['cents'])}", "each company alone"),
        (saving_text(book), "saving, proven range"),
        *([(most_text(book), "most that any ways could save")] if book.get("all_ways") else []),
        (f"{100 * book['gap']:.2f} %", "gap of the joint plan"),
    )


def _map(carried: Sequence[Book], dataset: Dataset, countries: Sequence[Country]) -> Markup:
    places = dataset.place_by_id
    legs = dict.fromkeys((leg["mode"], leg["from"], leg["to"]) for one in carried for leg in one["itinerary"]["legs"])
    lines = [
        (mode, [(places[one].lon, places[one].lat) for one in (begin, end)])
        for mode, begin, end in legs
        if begin in places and end in places
    ]
    ends = [end for one in carried for end in (one["itinerary"]["legs"][0]["from"], one["itinerary"]["legs"][-1]["to"])]
    return draw_lines(lines, ends, "Map of all ways, drawn straight from place to place", dataset, countries)


def _shipments(book: Book, legend: Legend) -> Markup:
    rows = [_shipment(one, legend) for one in book["shipments"]]
    return table(("shipment", "payer", "starts", "arrives", "way", str(book["currency"])), rows, frozenset({5}))


def _shipment(one: Book, legend: Legend) -> tuple[Part, ...]:
    itinerary = one["itinerary"]
    if itinerary is None:
        return one["shipment_id"], legend.name(one["payer_id"]), "", "", f"not carried: {one.get('reason') or ''}", ""
    legs = itinerary["legs"]
    way = legend.name(legs[0]["from"]) + "".join(f" \u2013{leg['mode']}\u2192 {legend.name(leg['to'])}" for leg in legs)
    starts, ends = date.fromisoformat(one["starts_on"]), datetime.fromisoformat(one.get("delivered_at") or itinerary["arrives_at"])
    lead = one.get("lead_id")
    way += "" if lead is None else " (leads a shared unit)" if lead == one["shipment_id"] else f" (in the unit of {lead})"
    arrives = legend.local(legs[-1]["to"], ends).date()
    late = itinerary.get("late_days", 0)
    told = date_text(arrives) + (f" ({count_text(late, 'day')} late)" if late else "")
    return one["shipment_id"], legend.name(one["payer_id"]), date_text(starts), told, way, money_text(one["cost_cents"])


def sum_shared(book: Book) -> dict[tuple[str, str], int]:
    """What payers share beside departures, by name and what it is: rebates, quotas, and boxes and vehicles that are used again.

    With shipments and departures it sums to what all pay together.
    """
    sums: dict[tuple[str, str], int] = {}
    for part, what in (("rebates", "rebate"), ("quotas", "quota"), ("turns", "used again")):
        for one in book.get(part, ()):
            key = str(one["name"]), what
            sums[key] = sums.get(key, 0) + int(one["cost_cents"])
    return sums


def _departures(book: Book, legend: Legend) -> Markup:
    rows: list[tuple[Part, ...]] = [
        (
            date_text(date.fromisoformat(one["leaves_on"])), legend.name(one["name"]),
            f"{legend.name(one['from'])} \u2013 {legend.name(one['to'])}",
            f"{one['used_teu']:g} of {one['capacity_teu']:g}", f"{100 * one['fill']:.0f} %", money_text(one["cost_cents"]),
        )
        for one in book["departures"]
    ]  # fmt: skip
    rows += [("", name, what, "", "", money_text(cents)) for (name, what), cents in sum_shared(book).items()]
    rows += [
        (
            date_text(date.fromisoformat(one["leaves_on"])), f"{one['unit_type_id']} of {', '.join(one['shipments'])}",
            f"{legend.name(one['from'])} \u2013 {legend.name(one['to'])}", f"{one['mass_kg'] / 1000:g} t, {one['volume_m3']:g} m\u00b3",
            f"{100 * one['volume_m3'] / one['max_volume_m3']:.0f} %", "",
        )
        for one in book.get("shared_units", ())
    ]  # fmt: skip
    titles = ("leaves", "departure", "way", "TEU", "fill", str(book["currency"]))
    return table(titles, rows, frozenset({3, 4, 5})) if rows else el("p", "No whole train and no departure with limited room is used.")


def _waterfall(book: Book) -> Markup:
    steps = waterfall(book)
    told = {str(one["lever"]): one for one in book["levers"]}
    rows = []
    for name, cents in steps[1:-1]:
        one = told.get(name)
        between = f"{money_text(one['low_cents'])} to {money_text(one['high_cents'])}" if one else ""
        note = "" if one is None or one["distinguishable"] else "not distinguishable from nothing"
        rows.append((step_name(name), money_text(cents), between, note))
    first, last = steps[0], steps[-1]
    lines = [(step_name(first[0]), money_text(first[1]), "", ""), *rows]
    text = "What each lever takes off, by Shapley value over sets of levers, with the interval that plans and bounds prove."
    return join(
        el("p", text if book["levers"] else "Levers were left out of this run.", cls="muted"),
        table(("", str(book["currency"]), "interval", ""), lines, frozenset({1, 2}), (step_name(last[0]), money_text(last[1]), "", "")),
    )


def _shares(book: Book, legend: Legend) -> Markup:
    methods = list(book["shares"])
    rows = [
        (legend.name(payer), money_text(one["cents"]), *(money_text(book["shares"][method].get(payer, 0)) for method in methods))
        for payer, one in book["alone_by_payer"].items()
    ]
    titles = ("payer", "alone", *map(method_name, methods))
    stable = [el("li", f"{method_name(one)}: {_stability(book, one, legend)}") for one in methods]
    stable += [el("li", f"How exact: {one}.") for one in exactness_of(book)]
    pays = [
        (method_name(method), legend.name(one["from"]), legend.name(one["to"]), exact_money_text(one["cents"]))
        for method, payments in book["settlements"].items()
        for one in payments
    ]
    listed = table(titles, rows, frozenset(range(1, len(titles))))
    payments = (
        join(el("h3", "Payments"), table(("method", "pays", "receives", str(book["currency"])), pays, frozenset({3}))) if pays else None
    )
    return join(listed, el("ul", *stable) if stable else None, payments)


def _stability(book: Book, method: str, legend: Legend) -> str:
    """Whether a group would pay less by itself under the shares of a method: which, and how much less."""
    found = stability_of(book, method)
    if found != "unstable":
        return "no group would pay less by itself" if found == "stable" else "no group was found that would pay less by itself"
    group, cents = leaving_of(book, method)
    if not group:
        return "some group would pay less by itself"
    return f"{list_text([legend.name(one) for one in group])} would pay {money_text(cents)} {book['currency']} less by themselves"


def _money(carried: Sequence[Book], currency: str, legend: Legend) -> Markup:
    """Items of all shipments by kind and grade; each single one stands in the workbook."""
    sums: dict[tuple[str, str], int] = {}
    for item in _items(carried):
        key = (item["kind"], item["grade"])
        sums[key] = sums.get(key, 0) + item["cost_cents"]
    parts = sorted(sums.items(), key=lambda one: -one[1])
    percents = shares_text([cents for _, cents in parts])
    rows = [(kind, grade, exact_money_text(cents), percent) for ((kind, grade), cents), percent in zip(parts, percents, strict=True)]
    note = (
        "Items of the ways, before rebates, trains bought whole and the capital in the goods. Grades: A official, B trade press, C single"
    )
    total = exact_money_text(sum(sums.values()))
    return join(
        table(("kind", "grade", currency, "share"), rows, frozenset({2, 3}), ("Total", "", total, "")),
        el("p", f"{note} mention, D assumed.", cls="muted"),
    )


def _items(carried: Sequence[Book]) -> Iterator[Book]:
    return (item for one in carried for item in one["itinerary"]["items"])


def _documents(carried: Sequence[Book]) -> Markup:
    rows = sorted(
        (row["apply_by"], row["name"], row["issuer"], one["shipment_id"]) for one in carried for row in one["itinerary"]["documents"]
    )
    told = [(date_text(date.fromisoformat(by)), name, issuer, shipment) for by, name, issuer, shipment in rows]
    return table(("apply by", "document", "from", "for"), told) if told else el("p", "None that the feed knows.")


def _risks(book: Book, carried: Sequence[Book], legend: Legend) -> Markup:
    touched: dict[str, list[str]] = {}
    for one in carried:
        for row in one["itinerary"]["exposures"]:
            touched.setdefault(f"{row['regime']}: {legend.reworded(row['text'])}", []).append(one["shipment_id"])
        for leg in one["itinerary"]["legs"]:
            if not leg["is_confirmed"]:
                touched.setdefault(f"{legend.name(leg['service_id'])}: no recent evidence that it runs", []).append(one["shipment_id"])
    lines = [f"{text} ({', '.join(dict.fromkeys(shipments))})" for text, shipments in touched.items()]
    left = [(one["shipment_id"], one.get("reason") or "") for one in book["shipments"] if one["itinerary"] is None]
    lines += [f"{shipments} {'are' if ', ' in shipments else 'is'} not carried: {reason}" for shipments, reason in group_reasons(left)]
    return el("ul", *(el("li", one) for one in lines)) if lines else el("p", "No measure touches these ways, and all are confirmed.")


def _assumptions(book: Book, carried: Sequence[Book], legend: Legend) -> Markup:
    notes = [el("li", str(one)) for one in (*(row["message"] for row in book["findings"]), *book["notes"])]
    cited = dict.fromkeys(item["source_id"] for item in _items(carried))
    sources = sorted((source for one in cited if (source := legend.find_source(one))), key=lambda one: (one.grade, one.title))
    rows = [
        (one.grade, link(one.address, one.title), one.publisher, date_text(one.published_on) if one.published_on else "undated")
        for one in sources
    ]
    return join(el("ul", *notes) if notes else None, table(("grade", "source", "publisher", "date"), rows))


def _stamp(book: Book) -> Markup:
    text = f"Feed {book['dataset']['name']}, landbridge {book['code_version']}, seed {book.get('seed', 0)}."
    return el(
        "footer",
        el("p", f"{text} To verify: landbridge book with the feed of this digest and the same seed. Not legal advice.", cls="muted"),
        el("p", el("code", book["dataset"]["digest"])),
    )
