"""The lists at hand with their age, and newer editions that come in as files."""

from __future__ import annotations

import asyncio
import json
from datetime import date
from typing import Any

from nicegui import ui
from nicegui.events import GenericEventArguments

from landbridge import planner
from landbridge.api.caller import Caller
from landbridge.api.clock import read_clock
from landbridge.api.desk import Desk, problem_of
from landbridge.api.problem import ProblemError
from landbridge.domain.errors import LandbridgeError
from landbridge.domain.finding import Finding
from landbridge.domain.screening import ListEdition
from landbridge.planner.screening import STALE_DAYS
from landbridge.report.markup import Markup, el, icon, join
from landbridge.web import notices
from landbridge.web.figures import date_text, integer_text
from landbridge.web.frame import show
from landbridge.web.tables import render_table
from landbridge.web.texts import say, say_count

_SEND = """async (event) => {
  event.preventDefault();
  const form = event.target;
  if (!form.querySelector("input[type=file]").files.length) { emit({status: -1}); return; }
  emit({status: 0});
  try {
    const answer = await fetch("/v1/lists", {method: "POST", body: new FormData(form)});
    emit({status: answer.status, body: await answer.json()});
    if (answer.ok) form.reset();
  } catch (error) { emit({status: 503, body: {}}); }
}"""
"""The files go to the API as any other client sends them; the page follows the job."""


class ListPanel:
    """Lists at hand on one open page; whoever may imports newer ones."""

    def __init__(self, desk: Desk, caller: Caller) -> None:
        self._desk, self._caller = desk, caller

    async def build(self) -> None:
        with ui.element("section").classes("lb-panel").style("margin-top:16px"):
            self._table = show(Markup(""))
            if self._caller.may("lists"):
                show(_form(), tag="form").style("margin-top:12px").on("submit", self._sent, js_handler=_SEND)
                self._told = show(Markup("")).style("margin-top:10px")
        await self._list()

    async def _list(self) -> None:
        editions = await asyncio.to_thread(lambda: planner.show_lists(self._desk.shelf.main()))
        self._table.set_content(_lists(editions, date.fromisoformat(read_clock()[:10])))

    async def _sent(self, event: GenericEventArguments) -> None:
        told: dict[str, Any] = dict(event.args or {})
        status, body = int(told.get("status", 503)), told.get("body") or {}
        if status == 0:
            self._told.set_content(el("p", say("lists.sending"), cls="lb-muted", role="status"))
        elif status == -1:
            self._told.set_content(el("p", say("lists.no_file"), cls="lb-notice error", role="alert"))
        elif status != 202:
            findings = tuple(Finding(**one) for one in body.get("findings", ()))
            self._told.set_content(notices.fault(ProblemError(status, str(body.get("detail", say("app.lost"))), findings=findings)))
        else:
            await self._follow(str(body["job_id"]))

    async def _follow(self, job_id: str) -> None:
        try:
            async for job in self._desk.follow(job_id, self._caller):
                if job is not None and job.is_open:
                    self._told.set_content(el("p", say("lists.importing"), cls="lb-muted", role="status"))
                elif job is not None and job.state == "done":
                    self._told.set_content(_imported(json.loads(job.result or "{}")["lists"]))
                    await self._list()
                elif job is not None:
                    raise problem_of(job)
        except (LandbridgeError, ProblemError) as error:
            self._told.set_content(notices.fault(error))


def _form() -> Markup:
    files = el("input", type="file", name="files", id="lb-lists", multiple=True, accept=".xml,.csv,.json,.jsonl,.txt")
    day = el("input", type="date", name="published", id="lb-published")
    return join(
        el("h3", say("lists.newer")),
        el("p", say("lists.import"), cls="lb-muted lb-small", style="margin:4px 0 10px"),
        el(
            "div",
            el("div", el("label", say("lists.files"), for_="lb-lists"), files, cls="lb-field", style="flex:2;min-width:200px"),
            el("div", el("label", say("lists.published"), for_="lb-published"), day, cls="lb-field", style="flex:1;min-width:150px"),
            el("button", icon("upload_file"), say("lists.go"), type="submit", cls="lb-button lb-quiet", style="align-self:end"),
            cls="lb-row",
        ),
    )


def _imported(lists: list[dict[str, Any]]) -> Markup:
    rows = [
        el(
            "li",
            el("b", one["list"]),
            " ",
            say_count("lists.imported", one["entries"], day=date_text(date.fromisoformat(one["published_on"]))),
        )
        for one in lists
    ]
    return el("div", el("p", icon("check_circle"), " ", say("lists.done")), el("ul", *rows), cls="lb-notice", role="status")


def _lists(editions: tuple[ListEdition, ...], today: date) -> Markup:
    titles = (say("lists.list"), say("lists.day"), say("lists.age"), say("lists.entries"))
    rows = [(one.list_name, *_age(one, today), integer_text(one.entries)) for one in editions]
    head = el("h2", say("lists.title"), style="margin-bottom:6px")
    if not rows:
        return join(head, el("p", say("lists.none"), cls="lb-muted"))
    return join(head, render_table(titles, rows, say("lists.title"), (2, 3)))


def _age(edition: ListEdition, today: date) -> tuple[Markup, Markup]:
    """The day of an edition and how old it is today."""
    if edition.published_on is None:
        return el("span", say("lists.no_day"), cls="lb-tag warn"), el("span", "–")
    age = max(0, (today - edition.published_on).days)
    told = el("span", say_count("lists.age_days", age), cls="lb-nowrap")
    stale = el("span", say("lists.stale"), cls="lb-tag warn") if age > STALE_DAYS else None
    return el("span", date_text(edition.published_on), cls="lb-nowrap"), join(told, " ", stale)
