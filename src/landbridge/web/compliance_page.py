"""The page of those who sign: screen a name or a file, decide a match, see how old the lists are, verify the audit log."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any

from nicegui import ui
from nicegui.events import GenericEventArguments, UploadEventArguments
from starlette.requests import Request

from landbridge import planner
from landbridge.api.caller import LOCAL, Caller
from landbridge.api.clock import read_clock
from landbridge.api.desk import Desk, problem_of
from landbridge.api.problem import ProblemError
from landbridge.api.routes_screen import screen_names
from landbridge.domain.errors import LandbridgeError
from landbridge.domain.screening import Screening, ScreeningMatch
from landbridge.planner.decided import DecidedMatch, list_decided
from landbridge.planner.party_file import read_text
from landbridge.planner.screening import KINDS, Party
from landbridge.report.audit_text import audit_text
from landbridge.report.markup import Markup, el, icon, join
from landbridge.web import notices
from landbridge.web.figures import date_text, integer_text, local_text, moment_text, number_text
from landbridge.web.frame import caller_of, desk_of, frame, show
from landbridge.web.list_panel import ListPanel
from landbridge.web.tables import render_table
from landbridge.web.texts import say, say_count, word

_READ_FORM = "(event) => { event.preventDefault(); emit(Object.fromEntries(new FormData(event.target))); }"
_MOST_DECISIONS = 30
_SHOWN_RECORDS = 20
_ICONS = {"clear": "check_circle", "review": "visibility", "blocked": "block", "unknown": "help"}


def add_pages() -> None:
    """Register the page."""
    ui.page("/compliance", title=f"{say('nav.compliance')} · {say('app.name')}", response_timeout=30)(_open)


async def _open(request: Request) -> None:
    desk, caller = desk_of(request), caller_of(request)
    with frame("compliance", desk, caller):
        ui.html(el("h1", say("nav.compliance"), cls="lb-sr"), sanitize=False)
        if not caller.may("screen"):
            show(notices.fault(ProblemError(403, f"the role {caller.role} may not screen")))
            return
        await CompliancePage(desk, caller).build()


class CompliancePage:
    """One open page."""

    def __init__(self, desk: Desk, caller: Caller) -> None:
        self._desk, self._caller = desk, caller
        self._party: Party | None = None

    async def build(self) -> None:
        """Lay the page out."""
        with ui.element("div").classes("lb-columns"):
            with ui.element("div"), ui.element("section").classes("lb-panel"):
                show(_name_form(), tag="form").on("submit", self._screen, js_handler=_READ_FORM)
                self._found = show(notices.empty("person_search", say("screen.empty_title"), say("screen.empty_text")))
                self._found.style("margin-top:14px")
                self._decision = ui.element("div")
            with ui.element("div"):
                self._build_file()
                await ListPanel(self._desk, self._caller).build()
                if self._caller.may("decide"):
                    await self._build_decisions()
                if self._caller.may("audit"):
                    self._build_audit()

    def _build_file(self) -> None:
        with ui.element("section").classes("lb-panel"):
            show(join(el("h2", say("file.title")), el("p", say("file.text"), cls="lb-muted lb-small", style="margin:4px 0 10px")))
            picker = ui.upload(
                on_upload=self._screen_file, auto_upload=True, max_file_size=self._desk.settings.max_upload_bytes, max_files=1
            )
            picker.props('accept=".csv,text/csv" flat').classes("lb-hidden-upload").style("display:none")
            pick = el("button", icon("upload_file"), say("file.pick"), type="button", cls="lb-button lb-quiet")
            ui.html(pick, sanitize=False).on("click", js_handler=f"() => getElement({picker.id}).pickFiles()")
            self._picker = picker
            self._file = show(Markup("")).style("margin-top:10px")

    async def _build_decisions(self) -> None:
        with ui.element("section").classes("lb-panel").style("margin-top:16px"):
            self._decided_list = show(Markup(""), tag="form").on(
                "submit", self._confirm_listed, js_handler=_READ_FORM.replace("event.target)", "event.target, event.submitter)")
            )
            self._confirmed = show(Markup("")).style("margin-top:8px")
        await self._list_decisions()

    async def _list_decisions(self) -> None:
        found = await asyncio.to_thread(list_decided, _MOST_DECISIONS)
        self._decided_list.set_content(_decisions(found, self._caller))

    async def _confirm_listed(self, event: GenericEventArguments) -> None:
        told = {str(name): str(value) for name, value in dict(event.args or {}).items()}
        by = told.get("by", "") if self._caller == LOCAL else self._caller.name
        try:
            done = await asyncio.to_thread(planner.confirm, told.get("match", ""), by, read_clock())
            self._confirmed.set_content(el("p", say("decide.confirmed", name=done.confirmed_by or ""), cls="lb-notice", role="status"))
            await self._list_decisions()
        except LandbridgeError as error:
            self._confirmed.set_content(notices.fault(error))

    def _build_audit(self) -> None:
        with ui.element("section").classes("lb-panel").style("margin-top:16px"):
            show(el("h2", say("audit.title")))
            ui.html(
                el("button", icon("verified"), say("audit.check"), type="button", cls="lb-button lb-quiet", style="margin-top:10px"),
                sanitize=False,
            ).on("click", self._verify)
            self._audit = show(Markup("")).style("margin-top:10px")

    async def _screen(self, event: GenericEventArguments) -> None:
        told = {str(name): str(value) for name, value in dict(event.args or {}).items()}
        self._decision.clear()
        if not told.get("name", "").strip():
            self._found.set_content(notices.empty("person_search", say("screen.empty_title"), say("screen.empty_text")))
            return
        try:
            party = planner.ask_party(told.get("name", ""), told.get("kind"), told.get("country"))
            (_, found), *_ = await asyncio.to_thread(screen_names, self._desk, [party], as_of=told.get("as_of"), gates=())
        except LandbridgeError as error:
            self._found.set_content(notices.fault(error))
            return
        self._party = party
        ids = [planner.name_match(party, match) for match in found.matches]
        self._found.set_content(_answer(found))
        if self._caller.may("decide") and found.matches:
            with self._decision:
                show(_decision_form(found, ids, self._caller), tag="form").on(
                    "submit", self._decide, js_handler=_READ_FORM.replace("event.target)", "event.target, event.submitter)")
                )
                self._decided = show(Markup("")).style("margin-top:10px")

    async def _decide(self, event: GenericEventArguments) -> None:
        told = {str(name): str(value) for name, value in dict(event.args or {}).items()}
        by = told.get("by", "") if self._caller == LOCAL else self._caller.name
        at = read_clock()
        try:
            done = await asyncio.to_thread(
                planner.decide, told.get("match", ""), told.get("verdict") or None, told.get("reason"), by, told.get("until"), at
            )
            until = date_text(done.until)
            text = say("decide.saved", until=until) if done.verdict == "clear" else say("decide.saved_blocked", until=until)
            self._decided.set_content(el("p", text, cls="lb-notice", role="status"))
            await self._list_decisions()
        except LandbridgeError as error:
            self._decided.set_content(notices.fault(error))

    async def _screen_file(self, event: UploadEventArguments) -> None:
        content = await event.file.read()
        self._picker.reset()
        try:
            text = await asyncio.to_thread(read_text, content, event.file.name[:200])
            request = {"csv": text, "file": event.file.name[:200], "feed": self._desk.shelf.locate(None)}
            job = await asyncio.to_thread(self._desk.submit, self._caller, "screen", request)
            async for now in self._desk.follow(job.job_id, self._caller):
                if now is None:
                    continue
                if now.is_open:
                    progress = json.loads(now.progress or "{}")
                    text = say("file.progress", done=progress.get("done", 0), of=progress.get("of", "…"))
                    self._file.set_content(el("p", text, cls="lb-muted", role="status"))
                elif now.state == "done":
                    self._file.set_content(_file_answer(json.loads(now.result or "{}"), job.job_id))
                else:
                    raise problem_of(now)
        except (LandbridgeError, ProblemError) as error:
            self._file.set_content(notices.fault(error))

    async def _verify(self) -> None:
        found = await asyncio.to_thread(planner.verify_audit)
        if not found.records:
            self._audit.set_content(el("p", say("audit.empty"), cls="lb-muted"))
        elif found.faults:
            self._audit.set_content(
                el(
                    "div",
                    el("b", say("audit.broken")),
                    *(el("div", notices.sentence(one)) for one in found.faults),
                    cls="lb-notice error",
                    role="alert",
                )
            )
        else:
            self._audit.set_content(
                join(
                    el("p", icon("check_circle"), " ", say_count("audit.intact", found.records), style="margin-bottom:6px"),
                    el("code", f"{found.records}:{found.head}", cls="lb-code"),
                    _records(await asyncio.to_thread(planner.list_audit, _SHOWN_RECORDS)),
                )
            )


def _begun(text: str) -> str:
    """A label with a capital, as those around it."""
    return text[:1].upper() + text[1:]


def _records(newest: Sequence[Any]) -> Markup:
    """Records of the log in words, in the language and dates of whoever looks."""
    lines = [
        (integer_text(one.seq), moment_text(one.at), _begun(one.kind), local_text(audit_text(one.kind, json.loads(one.body))))
        for one in newest
    ]
    titles = [say("audit.record"), say("audit.at"), say("audit.kind"), say("audit.what")]
    box = el("div", el("p", say("audit.why_two"), cls="lb-muted lb-small"), render_table(titles, lines, say("audit.newest")))
    return el("details", el("summary", el("span", say("audit.newest"))), box, cls="lb-group", style="margin-top:10px")


def _name_form() -> Markup:
    kinds = [el("option", say("screen.kind_any"), value=""), *(el("option", say(f"screen.kind_{one}"), value=one) for one in KINDS)]
    fields = el(
        "div",
        el(
            "div",
            el("label", say("screen.name"), for_="lb-name"),
            el("input", type="text", name="name", id="lb-name", placeholder=say("screen.name_hint"), autocomplete="off"),
            cls="lb-field",
            style="flex:3;min-width:220px",
        ),
        el(
            "div",
            el("label", say("screen.kind"), for_="lb-kind"),
            el("select", *kinds, name="kind", id="lb-kind"),
            cls="lb-field",
            style="flex:1;min-width:110px",
        ),
        el(
            "div",
            el("label", say("screen.country"), for_="lb-country"),
            el(
                "input",
                type="text",
                name="country",
                id="lb-country",
                maxlength="2",
                placeholder=say("screen.country_hint"),
                autocomplete="off",
            ),
            cls="lb-field",
            style="flex:1;min-width:100px",
        ),
        el("button", icon("search"), say("screen.go"), type="submit", cls="lb-button lb-primary", style="align-self:end"),
        cls="lb-row",
    )
    return join(el("h2", say("screen.title"), style="margin-bottom:12px"), fields)


def _answer(found: Screening) -> Markup:
    entries, owned, lists = (sum(row.entries for row in found.lists), sum(row.owned for row in found.lists), len(found.lists))
    among = say_count("lists.count", lists) + (say_count("lists.owned_count", owned) if owned else "")
    text = say(f"screen.{found.verdict}_text", entries=say_count("lists.entry_count", entries), lists=among)
    head = el(
        "div",
        icon(_ICONS[found.verdict]),
        el("div", el("b", f"{say(f'screen.{found.verdict}')}: {found.name}"), el("span", text)),
        cls=f"lb-verdict {found.verdict}",
        role="status",
    )
    warnings = [notices.warning(one) for one in found.warnings]
    note = el("p", say("screen.names_only"), cls="lb-muted lb-small")
    return el("div", head, *warnings, *(_match(one) for one in found.matches), note, style="margin-top:16px")


def _match(match: ScreeningMatch) -> Markup:
    tag = {"blocked": "bad", "review": "warn", "clear": "good"}.get(match.verdict, "")
    head = el(
        "h3",
        el("span", say(f"screen.{match.verdict}"), cls=f"lb-tag {tag}"),
        match.entry_name,
        el("span", say("screen.score", score=number_text(f"{match.score:.2f}")), cls="lb-muted lb-small"),
    )
    dates = [say("screen.listed", day=date_text(match.listed_on))] if match.listed_on else []
    dates += [say("screen.removed", day=date_text(match.delisted_on))] if match.delisted_on else []
    about = " · ".join(
        one for one in (f"{match.regime}: {match.list_name}", match.program, match.measure.replace("_", " "), *dates, match.entry_id) if one
    )
    rows = [
        el(
            "tr",
            el("th", _begun(one.feature), scope="row"),
            el("td", one.detail),
            el("td", f"× {number_text(f'{one.factor:.2f}')}", cls="lb-num"),
        )
        for one in match.features
    ]
    reasons = el(
        "div", el("table", el("tbody", *rows), cls="lb-table"), cls="lb-scroll", tabindex="0", role="region", aria_label=say("screen.why")
    )
    decision = el("p", notices.sentence(match.decision), cls="lb-notice") if match.decision else None
    return el("article", head, el("p", about, cls="lb-muted lb-small", style="margin:3px 0 8px"), decision, reasons, cls="lb-match")


def _decision_form(found: Screening, ids: list[str], caller: Caller) -> Markup:
    options = [
        el("option", f"{match.entry_name} ({match.list_name}, {number_text(f'{match.score:.2f}')})", value=one)
        for match, one in zip(found.matches, ids, strict=True)
    ]
    by = el(
        "div",
        el("label", say("decide.by"), for_="lb-by"),
        el(
            "input",
            type="text",
            name="by",
            id="lb-by",
            value="" if caller == LOCAL else caller.name,
            readonly=caller != LOCAL,
            autocomplete="name",
        ),
        cls="lb-field",
    )
    body = el(
        "div",
        el("div", el("label", say("screen.decide"), for_="lb-match"), el("select", *options, name="match", id="lb-match"), cls="lb-field"),
        by,
        el(
            "div",
            el("label", say("decide.verdict"), for_="lb-verdict"),
            el(
                "select",
                el("option", say("decide.choose"), value=""),
                el("option", say("decide.clear"), value="clear"),
                el("option", say("decide.blocked"), value="blocked"),
                name="verdict",
                id="lb-verdict",
            ),
            cls="lb-field",
        ),
        el("div", el("label", say("decide.until"), for_="lb-until"), el("input", type="date", name="until", id="lb-until"), cls="lb-field"),
        el(
            "div",
            el("label", say("decide.reason"), for_="lb-reason"),
            el("textarea", name="reason", id="lb-reason"),
            cls="lb-field",
            style="grid-column:1/-1",
        ),
        cls="lb-more",
        style="grid-template-columns:repeat(2,minmax(0,1fr))",
    )
    save = el("button", say("decide.save"), type="submit", name="act", value="decide", cls="lb-button lb-primary")
    return el(
        "details",
        el("summary", el("span", say("decide.title"))),
        el("div", body, el("div", save, cls="lb-row", style="margin:14px 0 6px")),
        cls="lb-group",
        style="margin-top:14px",
    )


def _decisions(found: tuple[DecidedMatch, ...], caller: Caller) -> Markup:
    """Decisions with their state; those that wait for a second person can be confirmed here."""
    head = el("h2", say("decisions.title"), style="margin-bottom:8px")
    if not found:
        return join(head, el("p", say("decisions.none"), cls="lb-muted"))
    rows = [_decided(one, caller) for one in found]
    waits = any(_waits(one) for one in found) and caller == LOCAL
    by = el("label", say("decisions.by"), for_="lb-second"), el("input", type="text", name="by", id="lb-second", autocomplete="name")
    return join(head, el("ul", *rows, cls="lb-decided"), el("div", *by, cls="lb-field", style="margin-top:8px") if waits else None)


def _waits(one: DecidedMatch) -> bool:
    return one.decision.confirmed_by is None and one.decision.verdict != "blocked"


def _decided(one: DecidedMatch, caller: Caller) -> Markup:
    decision = one.decision
    about = f"{one.name} ≟ {one.entry_name} ({one.list_name})" if one.name else decision.match_id
    who = say("decisions.by_whom", name=decision.decided_by, until=date_text(decision.until))
    state = (
        say("decisions.confirmed", name=decision.confirmed_by) if decision.confirmed_by else say("decisions.waits") if _waits(one) else ""
    )
    tag = {"blocked": "bad", "clear": "good"}.get(decision.verdict, "warn")
    confirm = el("button", say("decide.confirm"), type="submit", name="match", value=decision.match_id, cls="lb-button lb-quiet")
    return el(
        "li", el("div", el("span", say(f"screen.{decision.verdict}"), cls=f"lb-tag {tag}"), " ", el("b", about)),
        el("div", decision.reason, cls="lb-small"),
        el("div", f"{who} {state}", cls="lb-muted lb-small"), confirm if _waits(one) and caller.name != decision.decided_by else None,
    )  # fmt: skip


def _file_answer(result: dict[str, Any], job_id: str) -> Markup:
    counts = result.get("counts", {})
    order = {"blocked": 0, "review": 1, "unknown": 2, "clear": 3}
    answers = sorted(result.get("answers", ()), key=lambda one: order.get(one["verdict"], 4))
    tags = {"blocked": "bad", "review": "warn", "unknown": "warn", "clear": "good"}
    rows = []
    for one in answers[:200]:
        best = one["matches"][0] if one["matches"] else None
        why = f"{best['entry_name']} ({best['list']}, {number_text(format(best['score'], '.2f'))})" if best else ""
        rows.append(
            el(
                "tr",
                el("td", el("span", word("screen", one["verdict"]), cls=f"lb-tag {tags.get(one['verdict'], '')}")),
                el("td", one["name"]),
                el("td", why, cls="lb-muted"),
            )
        )
    table = el(
        "div", el("table", el("tbody", *rows), cls="lb-table"), cls="lb-scroll", tabindex="0", role="region", aria_label=say("file.title")
    )
    more = el("a", icon("download"), say("file.download"), href=f"/v1/jobs/{job_id}/answers.csv", cls="lb-button lb-bare", download=True)
    return join(el("p", say("file.done", **{name: counts.get(name, 0) for name in order}), role="status"), table, more)
