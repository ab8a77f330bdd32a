"""The page that plans a shipment: a question, its ways as cards, chart and map, and everything about the chosen one."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from nicegui import ui
from nicegui.events import GenericEventArguments
from starlette.requests import Request

from landbridge.api.caller import Caller
from landbridge.api.desk import Desk, problem_of
from landbridge.api.problem import ProblemError
from landbridge.api.routes_book import own_rows
from landbridge.domain.errors import LandbridgeError
from landbridge.domain.plan import Plan
from landbridge.planner import tasks
from landbridge.planner.plan_answer import PLANS_ALONE, is_alone
from landbridge.report.check_report import ON_TOP
from landbridge.report.markup import Markup, el
from landbridge.web import notices, plan_cards, plan_form, plan_reasons
from landbridge.web.earlier_plans import render_earlier
from landbridge.web.figures import integer_text
from landbridge.web.frame import caller_of, desk_of, find_location, frame, show
from landbridge.web.plan_change import is_same_load, render_change, render_due
from landbridge.web.plan_head import offer_less, render_head
from landbridge.web.plan_tabs import render_tabs
from landbridge.web.shown_plan import ShownPlan, load_plan
from landbridge.web.texts import say, say_count

_SCROLL = "if (innerWidth < 1180) document.querySelector('.lb-views').scrollIntoView({behavior: 'smooth'})"
_READ_FORM = "(event) => { event.preventDefault(); emit(Object.fromEntries(new FormData(event.target))); }"
_READ_CLICK = (
    "(event) => { const card = event.target.closest('[data-way]'), order = event.target.closest('[data-order]'); "
    "if (card) emit({way: Number(card.dataset.way)}); else if (order) emit({order: order.dataset.order}); }"
)


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
        answer = await asyncio.to_thread(load_plan, plan_id)
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
        self._answer: ShownPlan | None = None
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
        values = plan_form.first_values(self._feed) | {name: value for name, value in told.items() if name in plan_form.FIELDS}
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
            show(render_earlier(self._caller, self._location, self._feed, is_served=self.other_feed is None))

    async def _submit(self, event: GenericEventArguments) -> None:
        await self._plan({str(name): str(value) for name, value in dict(event.args or {}).items()})

    async def _plan(self, values: Mapping[str, str]) -> None:
        """Ask, follow the job, show what comes out; a question with faults is told at once and field by field."""
        self._turn = turn = self._turn + 1  # what is still worked out for the question before is not shown any more
        await self._leave_question()
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
            if await self._is_wanted(job.job_id, turn):
                await self._follow(job.job_id)
        except (LandbridgeError, ProblemError) as error:
            self._form.set_content(plan_form.render_form(self._feed, values, notices.faulty_fields(error)))
            self._show_fault(error)

    async def _leave_question(self) -> None:
        """Stop what is still worked out for the question before: nobody waits for it, and it would hold up this one."""
        job_id, self._job_id = self._job_id, None
        if job_id is not None:
            with suppress(LandbridgeError, ProblemError):  # it is over, or will be
                await asyncio.to_thread(self._desk.cancel, job_id, self._caller)

    async def _is_wanted(self, job_id: str, turn: int) -> bool:
        """Whether the question of a job that was just entered is still the one of the page; else the job is stopped."""
        if self._turn == turn:
            self._job_id = job_id
            return True
        await asyncio.to_thread(self._desk.cancel, job_id, self._caller)
        return False

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
                if not await self._is_wanted(job.job_id, turn):
                    return
                job = await self._desk.wait(job.job_id, self._caller, self._desk.settings.long_seconds)
                if job.state != "done":
                    raise problem_of(job)
                known = str(json.loads(job.result or "{}")["plan_id"])
            whole = await asyncio.to_thread(load_plan, known)
        except (LandbridgeError, ProblemError) as error:
            if self._turn == turn:
                self._state.set_content(notices.fault(error))
            return
        if self._turn == turn and whole.plan.itineraries != answer.plan.itineraries:  # a list or a decision came in between
            await self._show_saved(known)
        elif self._turn == turn:
            self._answer = whole
            ui.run_javascript(f"if (location.pathname === '/plan/{answer.plan_id}') history.replaceState(null, '', '/plan/{known}')")
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
            before, self._answer = self._answer, await asyncio.to_thread(load_plan, plan_id)
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

    def _lay_out(self, answer: ShownPlan) -> None:
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
                show(notices.empty("block", say("plan.none_title"), say("plan.none_text"), *offer_less(answer.plan)))
                with ui.element("section").classes("lb-panel").style("margin-top:16px"):
                    show(plan_reasons.render_other(answer.plan, answer.legend))
                return
            with ui.element("div").classes("lb-answer"):
                self._cards = show(Markup(""), tag="section").on("click", self._click, js_handler=_READ_CLICK)
                self._cards.props(f'aria-label="{say_count("plan.ways", len(answer.plan.itineraries))}"')
                with ui.element("div"):
                    self._build_views(answer)
        self._tell_parts(answer)
        self._refresh()

    def _tell_parts(self, answer: ShownPlan) -> None:
        """What is the same for all ways, and becomes more when the rest of the answer comes."""
        self._head.set_content(render_head(answer, self._feed))
        first = {PLANS_ALONE, *ON_TOP}
        self._state.set_content(notices.findings(row for row in answer.plan.findings if row.code in first))
        findings = (*answer.namesakes, *(row for row in answer.plan.findings if row.code not in first))
        self._remarks.set_content(notices.remarks(findings))
        if answer.plan.itineraries:
            self._chart.options.clear()
            self._chart.options.update(plan_cards.chart_options(answer.plan, answer.legend))
            self._chart.update()

    def _build_views(self, answer: ShownPlan) -> None:
        with ui.element("div").classes("lb-views"):
            with ui.element("section").classes("lb-panel lb-view"):
                show(el("h2", say("plan.map"), cls="lb-h"))
                options = {"zoomControl": True, "scrollWheelZoom": False, "worldCopyJump": True, "minZoom": 1, "maxZoom": 9}
                self._map = ui.leaflet(center=(45.0, 50.0), zoom=3, options=options).classes("lb-map")
                self._map.clear_layers()
                self._map.props(f'role=region aria-label="{say("plan.map")}"')
                show(plan_cards.render_map_key(answer.plan))
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

    def _refresh(self) -> None:
        """Draw what depends on the chosen way."""
        answer = self._answer
        if answer is None:
            return
        number = self._chosen + 1
        self._cards.set_content(plan_cards.render_cards(answer.plan, answer.legend, self._chosen, self._order))
        self._detail.set_content(render_tabs(answer, number, self._order))
        address = f"/v1/plans/{answer.plan_id}/map.geojson?itinerary={number}"
        told = f"{self._map.id}, {json.dumps(address)}, {json.dumps(say('map.drawing'))}"
        ui.run_javascript(f"lbMap({told}); lbChart({self._chart.id}, {number}); setTimeout(lbKeepTab, 30)")

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


def _ahead(progress: Mapping[str, Any]) -> str:
    """How much goes before a question that waits."""
    ahead = int(progress.get("ahead", 0))
    return say_count("plan.ahead", ahead, seconds=integer_text(progress["seconds"])) if ahead and progress.get("seconds") else ""
