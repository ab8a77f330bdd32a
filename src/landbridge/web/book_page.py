"""The page of a book: its shipments, the joint plan as a job with live progress, what it saves, who bears what."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from nicegui import ui
from nicegui.events import GenericEventArguments
from starlette.requests import Request

from landbridge.api.caller import Caller
from landbridge.api.desk import Desk, problem_of
from landbridge.api.problem import ProblemError
from landbridge.domain.errors import LandbridgeError
from landbridge.planner import saved, tasks
from landbridge.planner.shipment_rows import name_rows, show_rows
from landbridge.report.legend import Legend
from landbridge.report.markup import Markup, el
from landbridge.web import notices
from landbridge.web.book_form import cell_faults, render_form, render_grid, render_progress, request_of
from landbridge.web.book_results import (
    render_carried,
    render_departures,
    render_partners,
    render_payers,
    render_settlements,
    render_summary,
    render_waterfall,
)
from landbridge.web.figures import moment_text
from landbridge.web.frame import caller_of, desk_of, find_location, frame, show
from landbridge.web.texts import say, word

_READ_GRID = "(event) => { event.preventDefault(); emit({...Object.fromEntries(new FormData(event.target)), rows: lbGridRows()}); }"
_TO_PROGRESS = (
    "document.querySelector('.lb-grid').closest('details').open = false; "
    "document.getElementById('lb-run').scrollIntoView({block: 'center'})"
)
_KEPT_LINES = 500


def add_pages() -> None:
    """Register the page."""
    ui.page("/book", title=f"{say('nav.book')} · {say('app.name')}", response_timeout=30)(_open)


async def _open(request: Request) -> None:
    desk, caller = desk_of(request), caller_of(request)
    job_id = request.query_params.get("job")
    try:
        location = await asyncio.to_thread(_find_location, request, job_id)
        await asyncio.to_thread(tasks.keep_feed, location)
        page = BookPage(desk, caller, location)
    except (LandbridgeError, ProblemError) as error:
        with frame("book", desk, caller):
            show(notices.fault(error))
            show(el("a", say("book.title"), href="/book", cls="lb-button lb-primary")).style("margin-top:14px")
        return
    with frame("book", desk, caller, None if location == desk.shelf.served else location):
        ui.html(el("h1", say("nav.book"), cls="lb-sr"), sanitize=False)
        if not caller.may("book"):
            show(notices.fault(ProblemError(403, f"the role {caller.role} may not plan a book")))
            return
        await page.build(job_id)


def _find_location(request: Request, job_id: str | None) -> str:
    """Where the feed lies: that of the job that is named, else the one of the address."""
    if job_id is None:
        return find_location(request)
    job = desk_of(request).find_job(job_id, caller_of(request))
    return str(json.loads(job.request).get("feed") or desk_of(request).shelf.served)


class BookPage:
    """One open page."""

    def __init__(self, desk: Desk, caller: Caller, location: str) -> None:
        self._desk, self._caller, self._location = desk, caller, location
        self._dataset = tasks.keep_feed(location)
        self._legend = Legend(self._dataset)
        self._lines: list[str] = []
        self._shown: list[dict[str, str]] = []

    async def build(self, job_id: str | None) -> None:
        """Lay the page out; a job that is named is followed, or shown with its result."""
        self._shown = await asyncio.to_thread(lambda: name_rows(self._dataset, show_rows(self._dataset)))
        asked = {} if job_id is None else await asyncio.to_thread(self._asked_of, job_id)
        rows = asked.get("shipments") or self._shown
        with ui.element("section").classes("lb-panel"):
            show(render_form(self._dataset, self._legend, asked), tag="form").on("submit", self._begin, js_handler=_READ_GRID)
            show(render_grid(self._dataset, rows, is_open=job_id is None)).style("margin-top:14px")
        self._body = ui.element("div").style("margin-top:20px").props("id=lb-run")
        with self._body:
            if not self._dataset.shipments:
                show(notices.empty("inventory_2", say("book.none_title"), say("book.none_text")))
            else:
                show(self._earlier())
        if job_id is not None:
            ui.timer(0.1, lambda: self._follow(job_id), once=True)

    def _asked_of(self, job_id: str) -> dict[str, Any]:
        """What a job was asked for: its times, and its shipments where they were typed."""
        try:
            found: dict[str, Any] = json.loads(self._desk.find_job(job_id, self._caller).request)
        except ProblemError:
            return {}
        return found

    def _earlier(self) -> Markup:
        found = saved.list_jobs(self._caller.owner, limit=6, kind="book")
        rows = [
            el(
                "li", el("a", moment_text(one.created_at), href=f"/book?job={one.job_id}"),
                el("span", word("state", one.state), cls=f"lb-tag {'good' if one.state == 'done' else ''}"),
            )
            for one in found
        ]  # fmt: skip
        body = el("ul", *rows, cls="lb-earlier") if rows else el("p", say("book.empty_text"), cls="lb-muted")
        return el("section", el("h2", say("book.earlier")), body, cls="lb-panel")

    async def _begin(self, event: GenericEventArguments) -> None:
        told = {str(name): str(value) for name, value in dict(event.args or {}).items()}
        try:
            request = request_of(told) | {"feed": self._location}
            if request.get("shipments") == self._shown:
                del request["shipments"]
            await asyncio.to_thread(tasks.book_question, request)
            ui.run_javascript("lbGridFaults([])")
            job = await asyncio.to_thread(self._desk.submit, self._caller, "book", request)
        except (LandbridgeError, ProblemError) as error:
            self._say(notices.fault(error))
            ui.run_javascript(f"lbGridFaults({json.dumps(cell_faults(getattr(error, 'findings', ())))})")
            return
        ui.run_javascript(_TO_PROGRESS)
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
                    self._legend = Legend(await asyncio.to_thread(tasks.book_feed, json.loads(job.request)))
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
        title = say("book.running") if is_running else say("plan.queued")
        return notices.progress(title, say("book.closing"), render_progress(self._lines, told) if is_running else None)

    def _say(self, markup: Markup) -> None:
        self._body.clear()
        with self._body:
            show(markup)

    def _show(self, book: Mapping[str, Any], job_id: str) -> None:
        self._body.clear()
        with self._body:
            show(render_summary(book, job_id))
            with ui.element("div").classes("lb-columns").style("margin-top:16px"):
                show(render_departures(book, self._legend), tag="section").classes("lb-panel")
                show(render_waterfall(book), tag="section").classes("lb-panel").style("margin-top:0")
            show(render_payers(book, self._legend, job_id), tag="section").classes("lb-panel").style("margin-top:16px")
            with ui.element("div").classes("lb-columns").style("margin-top:16px"):
                show(render_carried(book, self._legend), tag="section").classes("lb-panel")
                with ui.element("div"):
                    partners = render_partners(book, self._legend)
                    if partners is not None:
                        show(partners, tag="section").classes("lb-panel").style("margin-bottom:16px")
                    show(render_settlements(book, self._legend), tag="section").classes("lb-panel")
