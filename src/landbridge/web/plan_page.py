"""The page that plans a shipment: a question, its ways as cards, chart and map, and everything about the chosen one."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from nicegui import ui
from nicegui.events import GenericEventArguments
from starlette.requests import Request

from landbridge import planner
from landbridge.api.caller import Caller
from landbridge.api.desk import Desk, problem_of
from landbridge.api.problem import ProblemError
from landbridge.api.routes_book import own_rows
from landbridge.api.routes_plan import find_saved, open_saved
from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import LandbridgeError
from landbridge.domain.finding import Finding
from landbridge.domain.identity import PlaceId
from landbridge.domain.plan import Plan
from landbridge.planner import saved, tasks
from landbridge.planner.plan_answer import PLANS_ALONE, is_alone
from landbridge.report.legend import Legend
from landbridge.report.markup import Markup, el, icon, join
from landbridge.web import notices, plan_cards, plan_form, plan_journey, plan_money, plan_reasons
from landbridge.web.figures import integer_text, moment_text
from landbridge.web.frame import caller_of, desk_of, find_location, frame, show
from landbridge.web.plan_change import is_same_load, render_change, render_due
from landbridge.web.texts import say, say_count, word

_SCROLL = "if (innerWidth < 1180) document.querySelector('.lb-views').scrollIntoView({behavior: 'smooth'})"
_MOST_JOBS = 20
TABS = ("journey", "money", "papers", "why", "other", "law")
REPORTS = (("pdf", "PDF"), ("html", "HTML"), ("xlsx", "Excel"), ("json", "JSON"), ("geojson", "GeoJSON"), ("ics", "ICS"))
_READ_FORM = "(event) => { event.preventDefault(); emit(Object.fromEntries(new FormData(event.target))); }"
_READ_CLICK = (
    "(event) => { const card = event.target.closest('[data-way]'), order = event.target.closest('[data-order]'); "
    "if (card) emit({way: Number(card.dataset.way)}); else if (order) emit({order: order.dataset.order}); }"
)


@dataclass(slots=True)
class _Answer:
    """A plan that is shown, with the feed that its names come from."""

    plan_id: str
    plan: Plan
    dataset: Dataset
    legend: Legend
    request: Mapping[str, Any]
    namesakes: tuple[Finding, ...]


def add_pages() -> None:
    """Register the page, empty and with a saved plan."""
    ui.page("/", title=f"{say('plan.title')} · {say('app.name')}", response_timeout=30)(_open)
    ui.page("/plan/{plan_id}", title=f"{say('plan.title')} · {say('app.name')}", response_timeout=30)(_open_saved)


async def _open(request: Request) -> None:
    desk, caller = desk_of(request), caller_of(request)
    try:
        location = await asyncio.to_thread(find_location, request)
        await asyncio.to_thread(tasks.keep_feed, location)
        page = PlanPage(desk, caller, location)
    except (LandbridgeError, ProblemError) as error:
        with frame("plan", desk, caller):
            show(notices.fault(error))
        return
    with frame("plan", desk, caller, page.other_feed):
        await page.build(dict(request.query_params), None)


async def _open_saved(request: Request, plan_id: str) -> None:
    desk, caller = desk_of(request), caller_of(request)
    try:
        answer = await asyncio.to_thread(_load, plan_id)
        page = PlanPage(desk, caller, str(answer.request["feed"]))
    except (LandbridgeError, ProblemError) as error:
        with frame("plan", desk, caller):
            show(notices.fault(error))
            ui.html(el("h1", say("plan.title"), cls="lb-sr"), sanitize=False)
            show(el("p", el("a", say("plan.new"), href="/", cls="lb-button lb-quiet"), style="margin-top:16px"))
        return
    with frame("plan", desk, caller, page.other_feed):
        await page.build({}, plan_id)


class PlanPage:
    """One open page: its form, the job that runs for it, the answer that it shows."""

    def __init__(self, desk: Desk, caller: Caller, location: str) -> None:
        self._desk, self._caller, self._location = desk, caller, location
        self._before: Plan | None = None
        self._feed = own_rows(tasks.keep_feed(location), caller)
        self._answer: _Answer | None = None
        self._turn = 0
        self._chosen, self._order = 0, "cost"
        self._job_id: str | None = None

    @property
    def other_feed(self) -> str | None:
        """Where the feed of the page lies, if it is not the one that the server was started with."""
        return None if self._location == self._desk.shelf.served else self._location

    async def build(self, told: Mapping[str, str], plan_id: str | None) -> None:
        """Lay the page out; show a saved plan, or begin with what the address tells."""
        ui.html(el("h1", say("plan.title"), cls="lb-sr"), sanitize=False)
        values = plan_form.first_values(self._feed) | {name: value for name, value in told.items() if name in _FIELDS}
        with ui.element("section").classes("lb-panel").props(f'aria-label="{say("plan.title")}"'):
            self._form = show(plan_form.render_form(self._feed, values), tag="form").classes("lb-question")
            self._form.props("novalidate").on("submit", self._submit, js_handler=_READ_FORM)
        self._body = ui.element("div")
        if plan_id is not None:
            await self._show_saved(plan_id)
            ui.timer(0.1, self._complete, once=True)
        elif told.get("origin") and told.get("destination"):
            ui.timer(0.1, lambda: self._plan(values), once=True)
            self._show_empty()
        else:
            self._show_empty()

    def _show_empty(self) -> None:
        self._body.clear()
        examples = [
            el("button", say("plan.try", name=title), type="button", cls="lb-chip", data_act="fill", data_values=json.dumps(values))
            for title, values in plan_form.example_values(self._feed)
        ]
        with self._body:
            show(el("div", notices.empty("route", say("plan.empty_title"), say("plan.empty_text"), *examples), style="margin-top:20px"))
            show(self._earlier())

    def _earlier(self) -> Markup:
        found = saved.list_plans(self._caller.owner, limit=8)
        rows = self._under_way()
        rows += [
            el(
                "li",
                el("a", one.title, href=f"/plan/{one.plan_id}"),
                el("span", moment_text(one.created_at), cls="lb-muted lb-small lb-nowrap"),
            )
            for one in found
        ]
        body = el("ul", *rows, cls="lb-earlier") if rows else el("p", say("plan.earlier_none"), cls="lb-muted")
        return el("section", el("h2", say("plan.earlier")), body, cls="lb-panel", style="margin-top:16px")

    def _under_way(self) -> list[Markup]:
        """Questions that are being answered still, each by the address that follows it."""
        jobs = [one for one in saved.list_jobs(self._caller.owner, limit=_MOST_JOBS, kind="plan") if one.is_open]
        rows = []
        for one in jobs:
            request = json.loads(one.request)
            if request.get("feed") == self._location:
                values = plan_form.values_of(request, self._feed)
                address = urlencode({name: value for name, value in values.items() if value})
                feed = "" if self.other_feed is None else f"&feed={self._feed.digest}"
                link = el("a", f"{values.get('origin', '')} – {values.get('destination', '')}", href=f"/?{address}{feed}")
                rows.append(el("li", link, el("span", word("state", one.state), cls="lb-tag info")))
        return rows

    async def _submit(self, event: GenericEventArguments) -> None:
        await self._plan({str(name): str(value) for name, value in dict(event.args or {}).items()})

    async def _plan(self, values: Mapping[str, str]) -> None:
        """Ask, follow the job, show what comes out; a question with faults is told at once and field by field."""
        self._job_id, self._turn = None, self._turn + 1  # what is still worked out for the question before is not shown any more
        asked = plan_form.request_of(values) | {"feed": self._location}
        try:
            self._caller.demand("plan")
            try:
                known = await asyncio.to_thread(self._desk.answers.find, self._caller, asked)
            finally:
                ui.run_javascript("lbIdle()")
            self._form.set_content(plan_form.render_form(self._feed, values))
            if known is not None:
                await self._show_saved(known)
                return
            job = await asyncio.to_thread(self._desk.submit, self._caller, "plan", asked | {"part": "plans"})
            self._job_id = job.job_id
            await self._follow(job.job_id)
        except (LandbridgeError, ProblemError) as error:
            self._form.set_content(plan_form.render_form(self._feed, values, notices.faulty_fields(error)))
            self._show_fault(error)

    async def _follow(self, job_id: str) -> None:
        self._body.clear()
        with self._body:
            state = show(notices.progress(say("plan.queued"), say("plan.closing")))
            stop = ui.element("div").classes("lb-row").style("justify-content:center")
            with stop:
                ui.html(el("button", say("plan.cancel"), type="button", cls="lb-button lb-quiet"), sanitize=False).on(
                    "click", lambda: self._cancel(job_id)
                )
        async for job in self._desk.follow(job_id, self._caller):
            if self._job_id != job_id:
                return
            if job is None:
                continue
            if job.is_open:
                told = json.loads(job.progress or "{}")
                step = told.get("step", "running") if job.state == "running" else "queued"
                state.set_content(notices.progress(say(f"plan.{step}"), f"{_ahead(told)} {say('plan.closing')}".strip()))
            elif job.state == "done":
                await self._show_saved(json.loads(job.result or "{}")["plan_id"])
                await self._complete()
                return
            elif job.state == "cancelled":
                self._show_empty()
                ui.notify(say("plan.cancelled"))
            else:
                raise problem_of(job)

    async def _complete(self) -> None:
        """Where the answer has the plans alone, have the rest worked out and show it when it is there; what is chosen stays so."""
        answer, turn = self._answer, self._turn
        if answer is None or not is_alone(answer.plan):
            return
        try:
            asked = tasks.whole_of(answer.request)
            known = await asyncio.to_thread(self._desk.answers.find, self._caller, asked)
            if known is None and not self._caller.may("plan"):
                return
            if known is None:
                self._state.set_content(notices.pending(say("plan.comparing")))
                job = await asyncio.to_thread(self._desk.submit, self._caller, "plan", asked)
                self._job_id = job.job_id
                job = await self._desk.wait(job.job_id, self._caller, self._desk.settings.long_seconds)
                if job.state != "done":
                    raise problem_of(job)
                known = str(json.loads(job.result or "{}")["plan_id"])
            whole = await asyncio.to_thread(_load, known)
        except (LandbridgeError, ProblemError) as error:
            if self._turn == turn:
                self._state.set_content(notices.fault(error))
            return
        if self._turn == turn and whole.plan.itineraries != answer.plan.itineraries:  # a list or a decision came in between
            await self._show_saved(known)
        elif self._turn == turn:
            self._answer = whole
            ui.run_javascript(f"history.replaceState(null, '', '/plan/{known}')")
            self._tell_parts(whole)
            self._refresh()

    async def _cancel(self, job_id: str) -> None:
        await asyncio.to_thread(self._desk.cancel, job_id, self._caller)

    def _show_fault(self, error: BaseException) -> None:
        self._body.clear()
        with self._body:
            show(el("div", notices.fault(error), style="margin-top:20px"))

    async def _show_saved(self, plan_id: str) -> None:
        """Show a plan that is kept, under its own address."""
        try:
            before, self._answer = self._answer, await asyncio.to_thread(_load, plan_id)
        except (LandbridgeError, ProblemError) as error:
            self._show_fault(error)
            return
        self._form.set_content(
            plan_form.render_form(
                self._feed,
                plan_form.first_values(self._feed)
                | {"ready": self._answer.plan.query.ready_on.isoformat()}
                | plan_form.values_of(self._answer.request, self._answer.dataset),
            )
        )
        ui.run_javascript(f"if (location.pathname !== '/plan/{plan_id}') history.pushState(null, '', '/plan/{plan_id}')")
        plan = self._answer.plan
        balanced = (index for index, one in enumerate(plan.itineraries) if "balanced" in one.labels)
        self._chosen = next(balanced, 0)
        self._before = before.plan if before is not None and is_same_load(before.plan, plan) else None
        self._lay_out(self._answer)

    def _lay_out(self, answer: _Answer) -> None:
        self._body.clear()
        with self._body:
            self._head, self._state = show(Markup("")), show(Markup(""))
            if self._before is not None:
                show(render_change(self._before, answer.plan))
            if answer.plan.itineraries:
                show(render_due(answer.plan, answer.legend))
            if answer.dataset.digest != answer.plan.dataset_digest:
                show(el("p", say("plan.feed_changed"), cls="lb-notice warning"))
            self._remarks = show(Markup(""))
            if not answer.plan.itineraries:
                self._tell_parts(answer)
                show(notices.empty("block", say("plan.none_title"), say("plan.none_text"), *_looser(answer.plan)))
                with ui.element("section").classes("lb-panel"):
                    show(plan_reasons.render_other(answer.plan, answer.legend))
                return
            with ui.element("div").classes("lb-answer"):
                self._cards = show(Markup(""), tag="section").on("click", self._click, js_handler=_READ_CLICK)
                self._cards.props(f'aria-label="{say_count("plan.ways", len(answer.plan.itineraries))}"')
                with ui.element("div"):
                    self._build_views(answer)
        self._tell_parts(answer)
        self._refresh()

    def _tell_parts(self, answer: _Answer) -> None:
        """What is the same for all ways, and becomes more when the rest of the answer comes."""
        self._head.set_content(self._title(answer))
        self._state.set_content(notices.findings(row for row in answer.plan.findings if row.code == PLANS_ALONE))
        findings = (*answer.namesakes, *(row for row in answer.plan.findings if row.code != PLANS_ALONE))
        self._remarks.set_content(notices.remarks(findings))
        if answer.plan.itineraries:
            self._chart.options.clear()
            self._chart.options.update(plan_cards.chart_options(answer.plan, answer.legend))
            self._chart.update()

    def _build_views(self, answer: _Answer) -> None:
        with ui.element("div").classes("lb-views"):
            with ui.element("section").classes("lb-panel lb-view"):
                show(el("h2", say("plan.map"), cls="lb-h"))
                options = {"zoomControl": True, "scrollWheelZoom": False, "worldCopyJump": True, "minZoom": 1, "maxZoom": 9}
                self._map = ui.leaflet(center=(45.0, 50.0), zoom=3, options=options).classes("lb-map")
                self._map.clear_layers()
                self._map.props(f'role=region aria-label="{say("plan.map")}"')
                show(_map_key(answer.plan))
            with ui.element("section").classes("lb-panel lb-view"):
                show(el("h2", say("plan.chart"), cls="lb-h"))
                self._chart = ui.echart(plan_cards.chart_options(answer.plan, answer.legend), on_point_click=self._click_point).classes(
                    "lb-chart"
                )
                summary = plan_cards.summary_text(answer.plan, answer.legend).replace('"', "")
                self._chart.props(f'role=img aria-label="{summary}"')
        with ui.element("section").classes("lb-panel").style("margin-top:16px"):
            self._detail = show(Markup(""))
            self._reason = show(plan_reasons.why_not_form(), tag="form").on("submit", self._why_not, js_handler=_READ_FORM)
            self._reason_answer = show(Markup("")).style("margin-top:10px")

    def _end_name(self, answer: _Answer, place_id: PlaceId) -> str:
        """The name of an end, with its country where it is not of the feed: the world has many places of one name."""
        place = answer.dataset.place_by_id.get(place_id)
        name = answer.legend.name(place_id)
        return name if place is None or place_id in self._feed.place_by_id else f"{name}, {place.country}"

    def _title(self, answer: _Answer) -> Markup:
        query = answer.plan.query
        goods = answer.legend.find_goods(query.hs) if query.hs else None
        head = f"{self._end_name(answer, query.origin_id)} → {self._end_name(answer, query.destination_id)}"
        text = ", ".join(one for one in (f"{query.units} × {query.unit_type_id}", goods, f"{answer.plan.mass_kg / 1000:g} t") if one)
        links = [el("a", title, href=f"/v1/plans/{answer.plan_id}/report.{form}", download=True) for form, title in REPORTS]
        menu = el(
            "details", el("summary", icon("download"), say("plan.download"), cls="lb-button lb-quiet"), el("div", *links), cls="lb-menu"
        )
        share = el(
            "button",
            icon("link"),
            el("span", say("plan.share"), data_told="1"),
            type="button",
            cls="lb-button lb-quiet",
            data_act="copy",
            data_told=say("plan.shared"),
        )
        wishes = [
            el(
                "button",
                f"{say(f'plan.{field}')}: {answer.legend.name(value)}",
                icon("close"),
                type="button",
                cls="lb-chip",
                data_act="wish",
                data_field=field,
                data_value=value,
            )
            for field, values in (("avoid", query.avoid), ("via", query.via))
            for value in values
        ]
        left = el("div", el("h2", head, style="font-size:1.3rem"), el("p", text, cls="lb-muted"))
        return el(
            "div",
            el("div", left, el("div", share, menu, cls="lb-row"), cls="lb-row lb-between"),
            el("div", *wishes, cls="lb-chips") if wishes else None,
            style="margin:22px 0 12px",
        )

    def _refresh(self) -> None:
        """Draw what depends on the chosen way."""
        answer = self._answer
        if answer is None:
            return
        number = self._chosen + 1
        self._cards.set_content(plan_cards.render_cards(answer.plan, answer.legend, self._chosen, self._order))
        self._detail.set_content(self._render_detail(answer, number))
        address = f"/v1/plans/{answer.plan_id}/map.geojson?itinerary={number}"
        told = f"{self._map.id}, {json.dumps(address)}, {json.dumps(say('map.drawing'))}"
        ui.run_javascript(f"lbMap({told}); lbChart({self._chart.id}, {number}); setTimeout(lbKeepTab, 30)")

    def _render_detail(self, answer: _Answer, number: int) -> Markup:
        plan, legend = answer.plan, answer.legend
        itinerary = plan.itineraries[number - 1]
        calendar = f"/v1/plans/{answer.plan_id}/report.ics?itinerary={number}"
        panels = {
            "journey": plan_journey.render_journey(itinerary, legend),
            "money": join(
                plan_money.render_money(itinerary, legend),
                plan_money.render_quote_form(answer.plan_id, itinerary, number, legend, plan.query.as_of),
            ),
            "papers": plan_money.render_papers(plan, answer.dataset, number, legend, calendar),
            "why": plan_reasons.render_why(plan, answer.dataset, number, legend),
            "other": plan_reasons.render_other(plan, legend),
            "law": plan_reasons.render_law(plan, number, [one + 1 for one in plan_cards.sort_ways(plan, self._order)], legend),
        }
        tabs = [
            el(
                "button",
                say(f"tab.{name}"),
                type="button",
                role="tab",
                id=f"lb-tab-{name}",
                aria_controls=f"lb-panel-{name}",
                aria_selected="true" if name == "journey" else "false",
                tabindex="0" if name == "journey" else "-1",
            )
            for name in TABS
        ]
        bodies = [
            el(
                "div",
                panels[name],
                role="tabpanel",
                id=f"lb-panel-{name}",
                aria_labelledby=f"lb-tab-{name}",
                cls="lb-tabpanel",
                hidden=name != "journey",
                tabindex="0",
            )
            for name in TABS
        ]
        return join(el("div", *tabs, role="tablist", cls="lb-tabs", aria_label=say("plan.tabs")), *bodies)

    async def _why_not(self, event: GenericEventArguments) -> None:
        answer = self._answer
        place = str(dict(event.args or {}).get("place", "")).strip().rstrip(",")
        if answer is None or not place:
            return
        self._reason_answer.set_content(el("p", say("why.searching") + " …", cls="lb-muted", role="status"))
        try:
            job = await asyncio.to_thread(self._desk.submit, self._caller, "why", {"plan_id": answer.plan_id, "place": place})
            job = await self._desk.wait(job.job_id, self._caller, self._desk.settings.plan_seconds)
            if job.state != "done":
                raise problem_of(job)
            self._reason_answer.set_content(plan_reasons.render_why_not(json.loads(job.result or "{}"), answer.legend))
        except (LandbridgeError, ProblemError) as error:
            self._reason_answer.set_content(notices.fault(error))

    def _click(self, event: GenericEventArguments) -> None:
        told = dict(event.args or {})
        if "way" in told:
            self._choose(int(told["way"]))
            ui.run_javascript(_SCROLL)
        elif told.get("order") in plan_cards.ORDERS:
            self._order = str(told["order"])
            self._refresh()

    def _click_point(self, event: Any) -> None:  # noqa: ANN401  # NiceGUI's own event
        if getattr(event, "series_index", 0) == 0:
            self._choose(int(event.data_index))

    def _choose(self, index: int) -> None:
        if self._answer is not None and 0 <= index < len(self._answer.plan.itineraries):
            self._chosen = index
            self._refresh()


_FIELDS = ("origin", "destination", "count", "unit", "goods", "ready", "due", "mass", "value", "as_of", "avoid", "via", "gate", "landed")


def _looser(plan: Plan) -> Iterator[Markup]:
    """Questions that ask for less, to be asked at a click where no way is open."""
    query = plan.query
    for name, is_told, values in (
        ("plan.none_due", query.due_on is not None, {"due": ""}),
        ("plan.none_wishes", bool(query.avoid or query.via), {"avoid": "", "via": ""}),
    ):
        if is_told:
            yield el("button", say(name), type="button", cls="lb-chip", data_act="fill", data_values=json.dumps(values))


def _map_key(plan: Plan) -> Markup:
    modes = list(dict.fromkeys(leg.mode for itinerary in plan.itineraries for leg in itinerary.legs))
    signs = [el("span", el("i", cls=f"spot {sign}"), say(f"map.{sign}")) for sign in ("border", "closed", "rejected")]
    return el("div", *(el("span", el("i", cls="line"), word("mode", mode), cls=f"m-{mode}") for mode in modes), *signs, cls="lb-key")


def _ahead(progress: Mapping[str, Any]) -> str:
    """How much goes before a question that waits."""
    ahead = int(progress.get("ahead", 0))
    return say_count("plan.ahead", ahead, seconds=integer_text(progress["seconds"])) if ahead and progress.get("seconds") else ""


def _load(plan_id: str) -> _Answer:
    found = find_saved(plan_id)
    plan, dataset = open_saved(found)
    request = json.loads(found.request)
    return _Answer(plan_id, plan, dataset, Legend(dataset), request, tuple(_list_namesakes(request, plan, dataset)))


def _list_namesakes(request: Mapping[str, Any], plan: Plan, dataset: Dataset) -> Iterator[Finding]:
    """What else the words that were asked could mean, for each end."""
    for column, place_id in (("origin", plan.query.origin_id), ("destination", plan.query.destination_id)):
        place = dataset.place_by_id.get(place_id)
        found = None if place is None else planner.find_namesakes(dataset, str(request.get(column) or place_id), place, column)
        if found is not None:
            yield found
