"""The page of a feed: its network, what is in force, what changes when, its tables with sources, its findings; up and down."""

from __future__ import annotations

import asyncio
import json

from nicegui import ui
from nicegui.events import GenericEventArguments, UploadEventArguments
from starlette.requests import Request

from landbridge import planner
from landbridge.api.caller import Caller
from landbridge.api.desk import Desk
from landbridge.api.problem import ProblemError
from landbridge.api.routes_book import own_rows
from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import LandbridgeError
from landbridge.domain.rule import Rule
from landbridge.planner import tasks
from landbridge.report.check_report import findings_text
from landbridge.report.feed_view import list_events, list_rules, table_names, table_rows
from landbridge.report.legend import Legend
from landbridge.report.markup import Markup, el, icon, join
from landbridge.web import notices
from landbridge.web.corridor_scenarios import ScenarioPanel
from landbridge.web.corridor_time import render_time_line
from landbridge.web.figures import date_text, integer_text
from landbridge.web.frame import caller_of, desk_of, find_location, frame, show
from landbridge.web.plan_money import render_source
from landbridge.web.texts import say, word

_READ_FORM = "(event) => { event.preventDefault(); emit(Object.fromEntries(new FormData(event.target))); }"
_READ_CHANGE = "(event) => emit(Object.fromEntries(new FormData(event.currentTarget)))"
_MOST = 200


def add_pages() -> None:
    """Register the page."""
    ui.page("/corridor", title=f"{say('nav.corridor')} · {say('app.name')}", response_timeout=30)(_open)


async def _open(request: Request) -> None:
    desk, caller = desk_of(request), caller_of(request)
    try:
        location = await asyncio.to_thread(find_location, request)
        dataset = await asyncio.to_thread(tasks.keep_feed, location)
    except (LandbridgeError, ProblemError) as error:
        with frame("corridor", desk, caller):
            show(notices.fault(error))
        return
    with frame("corridor", desk, caller, None if location == desk.shelf.served else location):
        CorridorPage(desk, caller, location, own_rows(dataset, caller)).build()


class CorridorPage:
    """One open page."""

    def __init__(self, desk: Desk, caller: Caller, location: str, dataset: Dataset) -> None:
        self._desk, self._caller, self._location, self._dataset = desk, caller, location, dataset
        self._legend = Legend(dataset)

    def build(self) -> None:
        """Lay the page out."""
        info, as_of = self._dataset.info, self._dataset.info.as_of
        show(self._title())
        with ui.element("div").classes("lb-columns"):
            with ui.element("div"):
                with ui.element("section").classes("lb-panel lb-view"):
                    show(el("h2", say("corridor.map"), cls="lb-h"))
                    options = {"zoomControl": True, "scrollWheelZoom": False, "minZoom": 1, "maxZoom": 9}
                    feed_map = ui.leaflet(center=(45.0, 50.0), zoom=3, options=options).classes("lb-map").style("height:430px")
                    feed_map.clear_layers()
                    feed_map.props(f'role=region aria-label="{say("corridor.map")}"')
                    show(_key(self._dataset))
                ScenarioPanel(self._desk, self._caller, self._location, self._dataset).build()
                with ui.element("section").classes("lb-panel").style("margin-top:16px"):
                    self._build_tables()
            with ui.element("div"):
                show(_events(self._dataset, self._legend), tag="section").classes("lb-panel")
                show(render_time_line(self._dataset, self._legend), tag="section").classes("lb-panel").style("margin-top:16px")
                show(_rules(list_rules(self._dataset, as_of), self._legend), tag="section").classes("lb-panel").style("margin-top:16px")
                self._build_check()
        address = f"/v1/feeds/{self._dataset.digest}/map.geojson"
        ui.timer(0.1, lambda: ui.run_javascript(f"lbFeed({feed_map.id}, '{address}', {json.dumps(say('map.drawing'))})"), once=True)
        ui.page_title(f"{info.title or info.name} · {say('app.name')}")

    def _title(self) -> Markup:
        info = self._dataset.info
        text = say("corridor.about", name=info.name, day=date_text(info.as_of), digest=self._dataset.digest[:12])
        address = f"/v1/feeds/{self._dataset.digest}/feed.zip"
        download = el("a", icon("download"), say("corridor.download"), href=address, cls="lb-button lb-quiet", download=True)
        left = el("div", el("h1", info.title or info.name), el("p", text, cls="lb-muted"))
        plan_it = el("a", icon("route"), say("corridor.plan"), href=f"/?feed={self._dataset.digest}", cls="lb-button lb-quiet")
        return el(
            "div",
            left,
            el("div", plan_it, download if self._caller.may("shipments") else None, cls="lb-row"),
            cls="lb-row lb-between",
            style="margin-bottom:16px",
        )

    def _build_tables(self) -> None:
        names = table_names(self._dataset)
        chosen = "services" if "services" in names else names[0]
        options = [
            el("option", f"{one.replace('_', ' ')} ({len(getattr(self._dataset, one))})", value=one, selected=one == chosen)
            for one in names
        ]
        fields = el(
            "div",
            el(
                "div", el("label", say("corridor.table"), for_="lb-table"),
                el("select", *options, id="lb-table", name="table"), cls="lb-field",
            ),
            el(
                "div", el("label", say("corridor.filter"), for_="lb-filter"),
                el("input", type="search", id="lb-filter", name="wanted", autocomplete="off"), cls="lb-field",
            ),
            cls="lb-row",
        )  # fmt: skip
        show(join(el("h2", say("corridor.tables"), style="margin-bottom:10px"), fields), tag="form").on(
            "submit", self._filter, js_handler=_READ_FORM
        ).on("input", self._filter, js_handler=_READ_CHANGE, throttle=0.3, leading_events=False)
        self._table = show(_table(self._dataset, chosen, "")).style("margin-top:12px")

    def _filter(self, event: GenericEventArguments) -> None:
        told = dict(event.args or {})
        self._table.set_content(_table(self._dataset, str(told.get("table", "")), str(told.get("wanted", ""))))

    def _build_check(self) -> None:
        with ui.element("section").classes("lb-panel").style("margin-top:16px"):
            show(el("h2", say("corridor.check")))
            with ui.element("div").classes("lb-row").style("margin-top:10px"):
                button = el("button", icon("fact_check"), say("corridor.check_now"), type="button", cls="lb-button lb-quiet")
                ui.html(button, sanitize=False).on("click", self._check)
                if self._caller.may("feeds"):
                    picker = ui.upload(
                        on_upload=self._upload, auto_upload=True, max_files=1, max_file_size=self._desk.settings.max_upload_bytes
                    )
                    picker.props('accept=".zip,.xlsx"').style("display:none")
                    pick = el("button", icon("upload_file"), say("corridor.upload"), type="button", cls="lb-button lb-quiet")
                    ui.html(pick, sanitize=False).on("click", js_handler=f"() => getElement({picker.id}).pickFiles()")
                    self._picker = picker
            self._found = show(Markup("")).style("margin-top:10px")

    async def _check(self) -> None:
        self._found.set_content(el("p", say("corridor.checking"), cls="lb-muted", role="status"))
        found = await asyncio.to_thread(planner.check_feed, self._location)
        head = el("p", findings_text(found), role="status", style="margin-bottom:8px")
        order = {"error": 0, "warning": 1, "info": 2}
        shown = sorted(found, key=lambda one: order[one.severity])[:_MOST]
        told = el("div", notices.findings(shown), cls="lb-findings", tabindex="0", role="region", aria_label=say("corridor.check"))
        self._found.set_content(join(head, told))

    async def _upload(self, event: UploadEventArguments) -> None:
        content = await event.file.read()
        self._picker.reset()
        try:
            dataset, findings, _ = await asyncio.to_thread(self._desk.shelf.add, content, event.file.name, self._caller)
        except (LandbridgeError, ProblemError) as error:
            self._found.set_content(notices.fault(error))
            return
        open_it = el("a", say("corridor.open", name=dataset.info.name), href=f"/corridor?feed={dataset.digest}")
        self._found.set_content(
            join(el("p", say("corridor.kept"), " ", open_it, cls="lb-notice", role="status"), notices.findings(findings[:_MOST]))
        )


def _key(dataset: Dataset) -> Markup:
    modes = list(dict.fromkeys([*(one.mode for one in dataset.services), *(one.mode for one in dataset.links)]))
    shut = el("span", el("i", cls="spot closed"), say("map.closed"))
    return el("div", *(el("span", el("i", cls="line"), word("mode", one), cls=f"m-{one}") for one in modes), shut, cls="lb-key")


def _events(dataset: Dataset, legend: Legend) -> Markup:
    rows = [
        el(
            "li", el("span", word("event", one.kind), cls=f"lb-tag {'bad' if one.kind == 'closure' else 'warn'}"), " ", one.title, " ",
            el("span", say("other.since", day=date_text(one.valid_from)), cls="lb-muted lb-small"),
            el("div", render_source(str(one.source_id), _grade(str(one.source_id), legend), "", legend), cls="lb-small"),
        )
        for one in list_events(dataset, dataset.info.as_of)
    ]  # fmt: skip
    body = el("ul", *rows, cls="lb-list", style="list-style:none;padding:0") if rows else el("p", say("corridor.no_events"), cls="lb-muted")
    return join(el("h2", say("corridor.events", day=date_text(dataset.info.as_of))), body)


def _rules(rules: tuple[Rule, ...], legend: Legend) -> Markup:
    groups: dict[str, list[Rule]] = {}
    for rule in rules:
        groups.setdefault(rule.rule_class, []).append(rule)
    parts = []
    for name, some in groups.items():
        lines = [
            el(
                "li", el("span", one.regime_id, cls="lb-tag"), " ", one.title, " ",
                el("span", say("other.since", day=date_text(one.valid_from)), cls="lb-muted lb-small") if one.valid_from else None,
                el("div", render_source(str(one.source_id), _grade(str(one.source_id), legend), "", legend), cls="lb-small"),
            )
            for one in some
        ]  # fmt: skip
        head = el("summary", el("span", word("rule", name)), el("span", f"{len(some)}", cls="lb-muted"))
        parts.append(el("details", head, el("div", el("ul", *lines, cls="lb-list", style="list-style:none;padding:0")), cls="lb-group"))
    return join(el("h2", say("corridor.rules"), style="margin-bottom:10px"), *parts)


def _table(dataset: Dataset, name: str, wanted: str) -> Markup:
    columns, rows, count = table_rows(dataset, name, wanted)
    if not rows:
        return el("p", say("corridor.no_rows"), cls="lb-muted")
    top = el("tr", *(el("th", one.replace("_", " "), scope="col") for one in columns))
    lines = [el("tr", *(el("td", cell, title=cell if len(cell) > 36 else None) for cell in row)) for row in rows]
    table = el("table", el("thead", top), el("tbody", *lines), cls="lb-table lb-raw")
    box = el("div", table, cls="lb-scroll", tabindex="0", role="region", aria_label=name, style="max-height:520px;overflow:auto")
    return join(
        box,
        el(
            "p",
            say("corridor.shown", shown=integer_text(len(rows)), count=integer_text(count)),
            cls="lb-muted lb-small",
            style="margin-top:6px",
        ),
    )


def _grade(source_id: str, legend: Legend) -> str:
    source = legend.find_source(source_id)
    return source.grade if source is not None else "D"
