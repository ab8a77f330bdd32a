"""The page of a book: its shipments, the joint plan as a job with live progress, what it saves, who bears what."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import Any

from nicegui import ui
from nicegui.events import GenericEventArguments
from starlette.requests import Request

from landbridge.api.caller import Caller
from landbridge.api.desk import Desk, problem_of
from landbridge.api.problem import ProblemError
from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import LandbridgeError
from landbridge.planner import saved
from landbridge.report.figures import date_text, money_text
from landbridge.report.legend import Legend
from landbridge.report.markup import Markup, el, icon, join
from landbridge.web import notices
from landbridge.web.frame import caller_of, desk_of, frame, show
from landbridge.web.texts import say, word

_READ_FORM = "(event) => { event.preventDefault(); emit(Object.fromEntries(new FormData(event.target))); }"
_KEPT_LINES = 8


def add_pages() -> None:
    """Register the page."""
    ui.page("/book", title=f"{say('nav.book')} · {say('app.name')}", response_timeout=30)(_open)


async def _open(request: Request) -> None:
    desk, caller = desk_of(request), caller_of(request)
    with frame("book", desk, caller):
        ui.html(el("h1", say("nav.book"), cls="lb-sr"), sanitize=False)
        if not caller.may("book"):
            show(notices.fault(ProblemError(403, f"the role {caller.role} may not plan a book")))
            return
        await BookPage(desk, caller).build(request.query_params.get("job"))


class BookPage:
    """One open page."""

    def __init__(self, desk: Desk, caller: Caller) -> None:
        self._desk, self._caller = desk, caller
        self._dataset = desk.shelf.main()
        self._legend = Legend(self._dataset)
        self._lines: list[str] = []

    async def build(self, job_id: str | None) -> None:
        """Lay the page out; a job that is named is followed, or shown with its result."""
        with ui.element("section").classes("lb-panel"):
            show(_form(), tag="form").on("submit", self._begin, js_handler=_READ_FORM)
            show(_shipments(self._dataset, self._legend)).style("margin-top:14px")
        self._body = ui.element("div").style("margin-top:20px")
        with self._body:
            if not self._dataset.shipments:
                show(notices.empty("inventory_2", say("book.none_title"), say("book.none_text")))
            else:
                show(self._earlier())
        if job_id is not None:
            ui.timer(0.1, lambda: self._follow(job_id), once=True)

    def _earlier(self) -> Markup:
        found = [one for one in saved.list_jobs(self._caller.owner, limit=60) if one.kind == "book"][:6]
        rows = [
            el(
                "li", el("a", one.created_at[:16].replace("T", " "), href=f"/book?job={one.job_id}"),
                el("span", word("state", one.state), cls=f"lb-tag {'good' if one.state == 'done' else ''}"),
            )
            for one in found
        ]  # fmt: skip
        body = el("ul", *rows, cls="lb-earlier") if rows else el("p", say("book.empty_text"), cls="lb-muted")
        return el("section", el("h2", say("book.earlier")), body, cls="lb-panel")

    async def _begin(self, event: GenericEventArguments) -> None:
        told = {str(name): str(value) for name, value in dict(event.args or {}).items()}
        try:
            request = _request(told) | {"feed": self._desk.shelf.locate(None)}
            job = await asyncio.to_thread(self._desk.submit, self._caller, "book", request)
        except (LandbridgeError, ProblemError) as error:
            self._say(notices.fault(error))
            return
        await self._follow(job.job_id)

    async def _follow(self, job_id: str) -> None:
        self._lines = []
        self._body.clear()
        with self._body:
            state = show(notices.progress(say("plan.queued"), say("book.closing")))
            with ui.element("div").classes("lb-row").style("justify-content:center"):
                stop = el("button", say("plan.cancel"), type="button", cls="lb-button lb-quiet")
                ui.html(stop, sanitize=False).on("click", lambda: asyncio.to_thread(self._desk.cancel, job_id, self._caller))
        ui.run_javascript(f"history.replaceState(null, '', '/book?job={job_id}')")
        try:
            async for job in self._desk.follow(job_id, self._caller):
                if job is None:
                    continue
                if job.is_open:
                    state.set_content(self._progress(json.loads(job.progress or "{}"), is_running=job.state == "running"))
                elif job.state == "done":
                    self._show(json.loads(job.result or "{}"), job_id)
                elif job.state == "cancelled":
                    self._say(notices.empty("cancel", say("plan.cancelled"), ""))
                else:
                    self._say(notices.fault(problem_of(job)))
        except ProblemError as error:
            self._say(notices.fault(error))

    def _progress(self, told: Mapping[str, Any], *, is_running: bool) -> Markup:
        line = str(told.get("text", ""))
        if line and line not in self._lines[-1:]:
            self._lines = [*self._lines, line][-_KEPT_LINES:]
        more = (
            el("code", *(join(one, el("br")) for one in self._lines), cls="lb-code", style="margin-top:14px;text-align:start")
            if self._lines
            else None
        )
        return notices.progress(say("book.running") if is_running else say("plan.queued"), say("book.closing"), more)

    def _say(self, markup: Markup) -> None:
        self._body.clear()
        with self._body:
            show(markup)

    def _show(self, book: Mapping[str, Any], job_id: str) -> None:
        self._body.clear()
        with self._body:
            show(_summary(book, job_id))
            with ui.element("div").classes("lb-columns").style("margin-top:16px"):
                with ui.element("div"):
                    show(_departures(book, self._legend), tag="section").classes("lb-panel")
                    show(_carried(book, self._legend), tag="section").classes("lb-panel").style("margin-top:16px")
                with ui.element("div"):
                    show(_payers(book, self._legend), tag="section").classes("lb-panel")
                    show(_levers(book), tag="section").classes("lb-panel").style("margin-top:16px")
                    show(_settlements(book, self._legend), tag="section").classes("lb-panel").style("margin-top:16px")


def _form() -> Markup:
    def number(name: str, value: str) -> Markup:
        control = el("input", type="number", min="0", max="3000", id=f"lb-{name}", name=name, value=value)
        return el("div", el("label", say(f"book.{name}"), for_=f"lb-{name}"), control, cls="lb-field", style="width:150px")

    go = el("button", icon("play_arrow"), say("book.go"), type="submit", cls="lb-button lb-primary", style="align-self:end")
    title = el("div", el("h2", say("book.title")), el("p", say("book.text"), cls="lb-muted lb-small"))
    fields = el("div", number("seconds", "60"), number("levers", "20"), number("shares", "20"), number("draws", "0"), go, cls="lb-row")
    return join(title, el("div", fields, style="margin-top:12px"))


def _request(told: Mapping[str, str]) -> dict[str, Any]:
    def amount(name: str, default: float) -> float:
        try:
            return max(0.0, min(3_000.0, float(told.get(name) or default)))
        except ValueError:
            return default

    return {
        "seconds": amount("seconds", 60) or 1.0,
        "levers": amount("levers", 20),
        "shares": amount("shares", 20),
        "draws": int(amount("draws", 0)),
    }


def _shipments(dataset: Dataset, legend: Legend) -> Markup:
    titles = ("book.shipment", "book.shipper", "plan.from", "plan.to", "plan.count", "plan.goods", "plan.ready", "plan.due")
    rows = [
        (
            one.shipment_id, legend.name(one.shipper_id), legend.name(one.from_place_id), legend.name(one.to_place_id),
            f"{one.units} × {one.unit_type_id}", legend.find_goods(one.hs) or one.hs, date_text(one.ready_on),
            date_text(one.due_on) if one.due_on else "",
        )
        for one in dataset.shipments
    ]  # fmt: skip
    head = el("summary", el("span", say("book.shipments")), el("span", f"{len(rows)}", cls="lb-muted"))
    return el("details", head, _table([say(one) for one in titles], rows, say("book.shipments")), cls="lb-group")


def _table(titles: Sequence[str], rows: Sequence[Sequence[str | Markup]], label: str, numbers: frozenset[int] = frozenset()) -> Markup:
    top = el("tr", *(el("th", one, scope="col", cls="lb-num" if at in numbers else None) for at, one in enumerate(titles)))
    lines = [el("tr", *(el("td", cell, cls="lb-num" if at in numbers else None) for at, cell in enumerate(row))) for row in rows]
    table = el("table", el("thead", top), el("tbody", *lines), cls="lb-table")
    return el("div", table, cls="lb-scroll", tabindex="0", role="region", aria_label=label)


def _summary(book: Mapping[str, Any], job_id: str) -> Markup:
    currency, base = str(book["currency"]), book["baselines"]
    proven = book["saving"]["of_alone"]["proven"]
    saving = f"{100 * proven['low']:.1f} – {100 * proven['high']:.1f} %" if proven else say("book.unknown")
    tiles = (
        (f"{currency} {money_text(base['together']['cents'])}", say("book.together")),
        (f"{currency} {money_text(base['alone']['cents'])}", say("book.alone")),
        (saving, say("book.proven")),
        (f"{100 * book['gap']:.2f} %", say("book.gap")),
    )
    found = [el("div", str(one["message"]), cls=f"lb-notice {one['severity']}") for one in book["findings"]]
    notes = el("p", " · ".join(str(one) for one in book["notes"]), cls="lb-notes") if book["notes"] else None
    raw = el("a", icon("download"), "JSON", href=f"/v1/jobs/{job_id}", cls="lb-button lb-quiet", download="book.json")
    boxes = [el("div", el("b", value), el("span", note, cls="lb-muted lb-small"), cls="lb-tile") for value, note in tiles]
    return join(el("div", el("h2", say("book.result")), raw, cls="lb-row lb-between"), el("div", *boxes, cls="lb-tiles"), *found, notes)


def _departures(book: Mapping[str, Any], legend: Legend) -> Markup:
    rows = []
    for one in book["departures"]:
        fill = max(0, min(100, round(100 * one["fill"])))
        bar = el("span", el("span", el("i", style=f"width:{fill}%"), cls="lb-fill"), f" {fill} %", cls="lb-nowrap")
        rows.append(
            (
                _tight(one["leaves_on"]),
                str(one["name"]),
                f"{legend.name(one['from'])} – {legend.name(one['to'])}",
                bar,
                money_text(one["cost_cents"]),
            )
        )
    titles = [say("book.leaves"), say("book.departure"), say("book.way"), say("book.fill"), str(book["currency"])]
    body = _table(titles, rows, say("book.departures"), frozenset({4})) if rows else el("p", say("book.no_departures"), cls="lb-muted")
    return join(el("h2", say("book.departures")), body)


def _carried(book: Mapping[str, Any], legend: Legend) -> Markup:
    rows = []
    for one in book["shipments"]:
        itinerary = one["itinerary"]
        way = (
            say("book.not_carried", reason=one["reason"] or "")
            if itinerary is None
            else " → ".join(legend.name(leg["to"]) for leg in itinerary["legs"])
        )
        cost = "" if itinerary is None else money_text(one["cost_cents"])
        rows.append((_tight(one["shipment_id"]), legend.name(str(one["payer_id"])), _tight(one.get("starts_on") or ""), way, cost))
    titles = [say("book.shipment"), say("book.payer"), say("book.starts"), say("book.way"), str(book["currency"])]
    return join(el("h2", say("book.shipments")), _table(titles, rows, say("book.shipments"), frozenset({4})))


def _tight(text: object) -> Markup:
    """A code or a date that is not broken over lines."""
    return el("span", str(text), cls="lb-nowrap")


def _payers(book: Mapping[str, Any], legend: Legend) -> Markup:
    methods = list(book["shares"])
    rows = [
        (legend.name(payer), money_text(one["cents"]), *(money_text(book["shares"][method].get(payer, 0)) for method in methods))
        for payer, one in book["alone_by_payer"].items()
    ]
    titles = [say("book.payer"), say("book.alone_short"), *(one.replace("_", " ") for one in methods)]
    stable = [
        el("li", f"{method.replace('_', ' ')}: {say('book.stable' if book['in_core'][method] else 'book.unstable')}") for method in methods
    ]
    table = _table(titles, rows, say("book.shares_title"), frozenset(range(1, len(titles))))
    return join(el("h2", say("book.shares_title")), table, el("ul", *stable, cls="lb-list") if stable else None)


def _levers(book: Mapping[str, Any]) -> Markup:
    rows = list(book["levers"])
    if not rows:
        return join(el("h2", say("book.levers_title")), el("p", say("book.no_levers"), cls="lb-muted"))
    largest = max((abs(one["contribution_cents"]) for one in rows), default=1) or 1
    lines = [
        join(
            el("span", str(one["lever"]).replace("_", " ")),
            el("span", el("i", style=f"width:{max(1, round(100 * abs(one['contribution_cents']) / largest))}%"), cls="bar"),
            el("span", money_text(one["contribution_cents"]) + ("" if one["distinguishable"] else " ?"), cls="lb-num"),
        )
        for one in rows
    ]
    return join(
        el("h2", say("book.levers_title")), el("div", *lines, cls="lb-shares"), el("p", say("book.lever_note"), cls="lb-muted lb-small")
    )


def _settlements(book: Mapping[str, Any], legend: Legend) -> Markup:
    parts = []
    for method, payments in book["settlements"].items():
        lines = [el("li", f"{legend.name(one['from'])} → {legend.name(one['to'])}: {money_text(one['cents'])}") for one in payments]
        head = el("summary", el("span", method.replace("_", " ")), el("span", f"{len(lines)}", cls="lb-muted"))
        parts.append(el("details", head, el("div", el("ul", *lines, cls="lb-list")), cls="lb-group"))
    return join(
        el("h2", say("book.settlements"), style="margin-bottom:8px"), *(parts or [el("p", say("book.no_settlements"), cls="lb-muted")])
    )
