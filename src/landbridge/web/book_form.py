"""The shipments of a book as a grid that is edited and pasted into, and how long the plan may take."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from landbridge.domain.dataset import Dataset
from landbridge.domain.finding import Finding
from landbridge.planner.book.candidates import payer_of
from landbridge.planner.shipment_rows import COLUMNS
from landbridge.report.legend import Legend
from landbridge.report.markup import Markup, el, icon, join
from landbridge.report.quote import INCOTERMS
from landbridge.web.figures import integer_text, money_text, number_text
from landbridge.web.texts import say

_WIDTHS = {
    "from_place_id": 16,
    "to_place_id": 16,
    "shipper_id": 24,
    "consignee_id": 24,
    "units": 5,
    "unit_type_id": 6,
    "hs": 6,
    "mass_kg": 9,
    "volume_m3": 6,
    "temperature_c": 5,
    "value": 10,
    "currency": 5,
    "incoterm": 6,
    "ready_on": 10,
    "due_on": 10,
}
_MOST_SUGGESTED = 1_000
_LOGGED = 12
FORM = {"seconds": 60, "levers": 20, "shares": 20, "draws": 0, "all_ways": 30}
"""What the form asks for where nobody said anything."""


def render_form(dataset: Dataset, legend: Legend, asked: Mapping[str, Any]) -> Markup:
    """How long it may take, and for whom partners are looked for; as it was asked for last."""

    def number(name: str) -> Markup:
        value = f"{float(asked.get(name, FORM[name])):g}"
        control = el(
            "input", type="number", min="0", max="3000", id=f"lb-{name}", name=name, value=value, aria_describedby=f"lb-{name}-hint"
        )
        hint = el("span", say(f"book.{name}_hint"), cls="lb-hint", id=f"lb-{name}-hint")
        return el("div", el("label", say(f"book.{name}"), for_=f"lb-{name}"), control, hint, cls="lb-field", style="width:150px")

    payers = dict.fromkeys(payer_of(row) for row in dataset.shipments)
    options = [
        el("option", say("book.partner_off"), value=""),
        *(el("option", legend.name(one), value=str(one), selected=str(one) == asked.get("partner")) for one in payers),
    ]
    partner = el(
        "div", el("label", say("book.partner"), for_="lb-partner"),
        el("select", *options, name="partner", id="lb-partner", aria_describedby="lb-partner-hint"),
        el("span", say("book.partner_hint"), cls="lb-hint", id="lb-partner-hint"), cls="lb-field", style="max-width:230px",
    )  # fmt: skip
    go = el("button", icon("play_arrow"), say("book.go"), type="submit", cls="lb-button lb-primary", style="margin-top:22px")
    title = el("div", el("h2", say("book.title")), el("p", say("book.text"), cls="lb-muted lb-small"))
    fields = el(
        "div",
        *map(number, FORM),
        partner,
        go,
        cls="lb-row",
        style="align-items:flex-start",
    )
    return join(title, el("div", fields, style="margin-top:12px"))


def request_of(told: Mapping[str, str]) -> dict[str, Any]:
    """The request of a job; figures that are no numbers become those of the form."""

    def amount(name: str, default: float) -> float:
        try:
            return max(0.0, min(3_000.0, float(told.get(name) or default)))
        except ValueError:
            return default

    found: dict[str, Any] = {
        "seconds": amount("seconds", FORM["seconds"]) or 1.0, "levers": amount("levers", FORM["levers"]),
        "shares": amount("shares", FORM["shares"]), "draws": int(amount("draws", FORM["draws"])), "partner": told.get("partner") or None,
        "all_ways": amount("all_ways", FORM["all_ways"]),
    }  # fmt: skip
    if told.get("rows"):
        found["shipments"] = rows_of(told["rows"])
    return found


def rows_of(text: str) -> list[dict[str, str]]:
    """Rows of the grid from what the browser sends."""
    try:
        rows = json.loads(text)
    except ValueError:
        return []
    return [{str(name): str(value) for name, value in row.items()} for row in rows if isinstance(row, dict)]


def render_grid(dataset: Dataset, rows: Sequence[Mapping[str, str]], *, is_open: bool = False) -> Markup:
    """The grid; cells are written as in the table ``shipments`` of a feed, names instead of ids are understood and suggested."""
    ends = el("td", el("span", say("grid.number"), cls="lb-sr")), el("td", el("span", say("grid.drop_head"), cls="lb-sr"))
    top = el("tr", ends[0], *(el("th", say(f"grid.{one}"), scope="col") for one in COLUMNS), ends[1])
    lines = [_line(number, row) for number, row in enumerate(rows, start=1)]
    table = el("table", el("thead", top), el("tbody", *lines), cls="lb-table lb-grid", data_columns=json.dumps(list(COLUMNS)))
    box = el("div", table, cls="lb-scroll", tabindex="0", role="region", aria_label=say("book.shipments"))
    buttons = el(
        "div",
        el("button", icon("add"), say("grid.add"), type="button", cls="lb-button lb-quiet", data_act="grid-add"),
        el("button", icon("delete_sweep"), say("grid.clear"), type="button", cls="lb-button lb-bare", data_act="grid-clear"),
        el("span", say("grid.hint"), cls="lb-muted lb-small"),
        cls="lb-row", style="margin-top:10px",
    )  # fmt: skip
    head = el("summary", el("span", say("book.shipments")), el("span", integer_text(len(rows)), cls="lb-muted"))
    return el("details", head, el("div", box, buttons, *_suggestions(dataset)), cls="lb-group", open=is_open)


_LISTS = {
    "from_place_id": "places", "to_place_id": "places", "shipper_id": "parties", "consignee_id": "parties", "unit_type_id": "types",
    "incoterm": "rules",
}  # fmt: skip


def _suggestions(dataset: Dataset) -> list[Markup]:
    """What the browser suggests in the cells: places and parties of the feed by name, its units, the Incoterms."""
    words = {
        "places": sorted({one.name for one in dataset.places}),
        "parties": sorted({one.name for one in dataset.parties}),
        "types": [str(one.unit_type_id) for one in dataset.unit_types],
        "rules": list(INCOTERMS),
    }
    return [
        el("datalist", *(el("option", value=one) for one in some[:_MOST_SUGGESTED]), id=f"lb-list-{name}") for name, some in words.items()
    ]


def _line(number: int, row: Mapping[str, str]) -> Markup:
    cells = [
        el(
            "td",
            el(
                "input", type="text", value=row.get(name, ""), data_col=name, size=str(_WIDTHS.get(name, 14)), autocomplete="off",
                spellcheck="false", title=row.get(name) or None, list=f"lb-list-{_LISTS[name]}" if name in _LISTS else None,
                aria_label=f"{say(f'grid.{name}')}, {number}",
            ),
        )
        for name in COLUMNS
    ]  # fmt: skip
    drop = el("button", icon("close"), type="button", cls="lb-round", data_act="grid-drop", aria_label=say("grid.drop", number=number))
    return el("tr", el("th", f"{number}", scope="row", cls="lb-muted"), *cells, el("td", drop))


def cell_faults(found: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings that stand in a cell of the grid."""
    return [
        {"row": one.row, "column": one.column, "text": f"{one.message}; {one.fix}" if one.fix else one.message}
        for one in found
        if one.row is not None and one.column in COLUMNS
    ]


def render_progress(lines: Sequence[str], told: Mapping[str, Any]) -> Markup:
    """Live figures of a run: for how many kinds of load ways are found, the plan, its bound and the gap between them; then its log.

    ``told`` is what the job says of itself: values, of which the page may have missed some that came before.
    """
    done, plan = told.get("candidates") or {}, told.get("plan") or {}
    gap = plan.get("gap")
    shown = (
        (say("book.candidates"), f"{integer_text(done['done'])} / {integer_text(done['of'])}" if done else "–"),
        (say("book.plan_now"), _money_or_dash(plan.get("cost_cents"))),
        (say("book.bound_now"), _money_or_dash(plan.get("bound_cents"))),
        (say("book.gap_now"), "–" if gap is None else f"{number_text(f'{100 * gap:.2f}')} %"),
    )
    tiles = [el("div", el("b", value), el("span", name, cls="lb-muted lb-small"), cls="lb-tile") for name, value in shown]
    log = el(
        "details", el("summary", say("book.log")),
        el("code", *(join(one, el("br")) for one in lines[-_LOGGED:]), cls="lb-code", style="margin-top:8px"), cls="lb-log",
    )  # fmt: skip
    now = el("p", lines[-1][:1].upper() + lines[-1][1:], cls="lb-muted lb-small") if lines else None
    return join(el("div", *tiles, cls="lb-tiles"), now, log if lines else None)


def _money_or_dash(cents: int | None) -> str:
    return "–" if cents is None else money_text(cents)
