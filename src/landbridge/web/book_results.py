"""What comes out of a joint plan, as parts of the page: figures, departures, the way of each shipment, what saves, who bears what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from landbridge.report.book_report import sum_shared, waterfall
from landbridge.report.book_words import exactness_of, leaving_of, stability_of
from landbridge.report.legend import Legend
from landbridge.report.markup import Markup, Part, el, icon, join
from landbridge.web.figures import date_text, local_text, money_text, number_text
from landbridge.web.tables import render_table
from landbridge.web.texts import say, say_count, word

Book = Mapping[str, Any]
REPORTS = (("pdf", "PDF"), ("html", "HTML"), ("xlsx", "Excel"), ("json", "JSON"))


def render_summary(book: Book, job_id: str) -> Markup:
    currency, base = str(book["currency"]), book["baselines"]
    proven = book["saving"]["of_alone"]["proven"]
    saving = percents_text(proven) if proven else say("book.unknown")
    is_point = bool(proven) and " – " not in saving
    tiles = (
        (f"{currency} {money_text(base['together']['cents'])}", say("book.together")),
        (f"{currency} {money_text(base['alone']['cents'])}", say("book.alone")),
        (saving, say("book.proven_point" if is_point else "book.proven")),
        (_percent(book["gap"], 2), say("book.gap")),
        *([(_percent(book["all_ways"]["most_saved"], 1), say("book.most_saved"))] if book.get("all_ways") else []),
    )
    found = [el("div", str(one["message"]), cls=f"lb-notice {one['severity']}") for one in book["findings"]]
    notes = el("p", " · ".join(str(one)[:1].upper() + str(one)[1:] for one in book["notes"]), cls="lb-notes") if book["notes"] else None
    links = [el("a", title, href=f"/v1/jobs/{job_id}/report.{form}", download=f"book.{form}") for form, title in REPORTS]
    raw = el("details", el("summary", icon("download"), say("plan.download"), cls="lb-button lb-quiet"), el("div", *links), cls="lb-menu")
    boxes = [el("div", el("b", value), el("span", note, cls="lb-muted lb-small"), cls="lb-tile") for value, note in tiles]
    return join(el("div", el("h2", say("book.result")), raw, cls="lb-row lb-between"), el("div", *boxes, cls="lb-tiles"), *found, notes)


def percents_text(proven: Mapping[str, float]) -> str:
    """A range of fractions in percent; one figure where both ends read the same."""
    low, high = (_percent(proven[end], 1) for end in ("low", "high"))
    return low if low == high else f"{low.removesuffix(' %')} – {high}"


def _percent(fraction: float, places: int) -> str:
    return f"{number_text(f'{100 * fraction:.{places}f}')} %"


def render_departures(book: Book, legend: Legend) -> Markup:
    rows: list[tuple[Part, ...]] = []
    for one in book["departures"]:
        fill = max(0, min(100, round(100 * one["fill"])))
        bar = el("span", el("span", el("i", style=f"width:{fill}%"), cls="lb-fill"), f" {fill} %", cls="lb-nowrap")
        rows.append(
            (
                _day(one["leaves_on"]),
                legend.name(str(one["name"])),
                f"{legend.name(one['from'])} – {legend.name(one['to'])}",
                bar,
                money_text(one["cost_cents"]),
            )
        )
    rows += [
        ("", legend.name(name), word("shared", what.replace(" ", "_")), "", money_text(cents))
        for (name, what), cents in sum_shared(book).items()
    ]
    titles = [say("book.leaves"), say("book.departure"), say("book.way"), say("book.fill"), str(book["currency"])]
    body = (
        render_table(titles, rows, say("book.departures"), frozenset({4})) if rows else el("p", say("book.no_departures"), cls="lb-muted")
    )
    return join(el("h2", say("book.departures")), body)


def render_carried(book: Book, legend: Legend) -> Markup:
    rows = []
    for one in book["shipments"]:
        itinerary = one["itinerary"]
        way = (
            say("book.not_carried", reason=one["reason"] or "")
            if itinerary is None
            else " → ".join(legend.name(place) for place in (itinerary["legs"][0]["from"], *(leg["to"] for leg in itinerary["legs"])))
        )
        cost = "" if itinerary is None else money_text(one["cost_cents"])
        days = _day(one.get("starts_on") or ""), _arrival(one, legend)
        rows.append((_tight(one["shipment_id"]), legend.name(str(one["payer_id"])), *days, way, cost))
    titles = [say("book.shipment"), say("book.payer"), say("book.starts"), say("book.arrives"), say("book.way"), str(book["currency"])]
    return join(el("h2", say("book.shipments")), render_table(titles, rows, say("book.shipments"), frozenset({5})))


def _arrival(one: Book, legend: Legend) -> Markup | None:
    """The local day on which a shipment is handed over, and how many days late; nothing where it is not carried."""
    itinerary = one["itinerary"]
    if itinerary is None:
        return None
    at = datetime.fromisoformat(one.get("delivered_at") or itinerary["arrives_at"])
    day = _tight(date_text(legend.local(itinerary["legs"][-1]["to"], at).date()))
    late = itinerary.get("late_days", 0)
    return join(day, el("div", say_count("papers.late", late), cls="lb-muted lb-small")) if late else day


def _day(text: str) -> Markup:
    return _tight(date_text(date.fromisoformat(text)) if text else "")


def _tight(text: object) -> Markup:
    """A code or a date that is not broken over lines."""
    return el("span", str(text), cls="lb-nowrap")


def render_payers(book: Book, legend: Legend, job_id: str) -> Markup:
    """What each bears under each method, with its statement to download."""
    methods = list(book["shares"])
    has_statements = bool(book.get("statements"))
    rows = [
        (
            legend.name(payer), money_text(one["cents"]), *(money_text(book["shares"][method].get(payer, 0)) for method in methods),
            *([_statement(job_id, payer, legend)] if has_statements else []),
        )
        for payer, one in book["alone_by_payer"].items()
    ]  # fmt: skip
    titles = [say("book.payer"), say("book.alone_short"), *(word("method", one) for one in methods)]
    numbers = frozenset(range(1, len(titles)))
    stable = [el("li", f"{word('method', method)}: {_stability(book, method, legend)}") for method in methods]
    stable += [el("li", say("book.exactness", text=local_text(one))) for one in exactness_of(book)]
    table = render_table([*titles, *([say("book.statement")] if has_statements else [])], rows, say("book.shares_title"), numbers)
    return join(el("h2", say("book.shares_title")), table, el("ul", *stable, cls="lb-list") if stable else None)


def _stability(book: Book, method: str, legend: Legend) -> str:
    """Whether a group would leave under a method: who, and what they would save; or that none was found, but not all were proven."""
    group, cents = leaving_of(book, method)
    found = stability_of(book, method)
    if found != "unstable" or not group:
        return say(f"book.{found}")
    names = ", ".join(legend.name(one) for one in group)
    return say("book.leaving", names=names, currency=str(book["currency"]), amount=money_text(cents))


def _statement(job_id: str, payer: str, legend: Legend) -> Markup:
    address = f"/v1/jobs/{job_id}/statements/{payer}"
    links = [
        el("a", form.upper(), href=f"{address}.{form}", download=True, aria_label=f"{say('book.statement')}: {legend.name(payer)}, {form}")
        for form in ("csv", "xlsx")
    ]
    return el("span", links[0], " ", links[1], cls="lb-nowrap lb-small")


def render_waterfall(book: Book) -> Markup:
    """From each alone to all together, lever by lever, as bars that hang on each other."""
    steps = waterfall(book)
    if len(steps) <= 2:
        return join(el("h2", say("book.levers_title")), el("p", say("book.no_levers"), cls="lb-muted"))
    known = {str(one["lever"]): one for one in book["levers"]}
    levels, at = [], 0
    for number, (name, cents) in enumerate(steps):
        is_total = number in (0, len(steps) - 1)
        begin, at = (0, cents) if is_total else (at, at + cents)
        levels.append((name, cents, begin, at, is_total))
    ends = [end for _, _, begin, end, _ in levels[:-1] for end in (begin, end) if end] + [levels[-1][3]]
    low, high = min(ends), max(ends)
    floor = low - max(1, (high - low) // 4)
    rows = [_step(*level, floor=floor, span=max(1, high - floor), lever=known.get(level[0])) for level in levels]
    note = el(
        "p",
        say("book.waterfall_note", floor=money_text(floor), currency=str(book["currency"])),
        cls="lb-muted lb-small",
        style="margin-top:10px",
    )
    return join(el("h2", say("book.levers_title")), el("div", *rows, cls="lb-shares lb-waterfall"), note)


def _step(
    name: str, cents: int, begin: int, end: int, is_total: bool, *, floor: int, span: int, lever: Mapping[str, Any] | None
) -> Markup:  # fmt: skip
    first, last = sorted((max(begin, floor), max(end, floor)))
    left, width = 100 * (first - floor) / span, max(0.6, 100 * (last - first) / span)
    kind = "total" if is_total else "down" if cents < 0 else "up"
    bar = el("span", el("i", cls=kind, style=f"margin-inline-start:{left:.2f}%;width:{min(width, 100 - left):.2f}%"), cls="bar")
    doubt = " ?" if lever is not None and not lever["distinguishable"] else ""
    shown = money_text(cents) if is_total or cents < 0 else f"+{money_text(cents)}"
    return join(el("span", word("lever", name)), bar, el("span", shown + doubt, cls="lb-num"))


def render_partners(book: Book, legend: Legend) -> Markup | None:
    """With whom a payer would gain most, and why; None where nobody asked."""
    if not book.get("partners"):
        return None
    rows = [
        (legend.name(one["payer_id"]), money_text(one["saving_cents"]), _why(one["why"], legend) or say("book.partner_none"))
        for one in book["partners"]
    ]
    titles = [say("book.partner_with"), say("book.partner_saves"), say("tab.why")]
    return join(el("h2", say("book.partner_title")), render_table(titles, rows, say("book.partner_title"), frozenset({1})))


def _why(reasons: Iterable[str], legend: Legend) -> Markup | None:
    told = [el("li", local_text(legend.reworded(one))) for one in reasons]
    return el("ul", *told, cls="lb-list lb-tight") if told else None


def render_settlements(book: Book, legend: Legend) -> Markup:
    parts = []
    for method, payments in book["settlements"].items():
        lines = [el("li", f"{legend.name(one['from'])} → {legend.name(one['to'])}: {money_text(one['cents'])}") for one in payments]
        head = el("summary", el("span", word("method", method)), el("span", f"{len(lines)}", cls="lb-muted"))
        parts.append(el("details", head, el("div", el("ul", *lines, cls="lb-list")), cls="lb-group"))
    return join(
        el("h2", say("book.settlements"), style="margin-bottom:8px"), *(parts or [el("p", say("book.no_settlements"), cls="lb-muted")])
    )
