"""The form that asks for a plan: the words of the asker as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from landbridge.domain.dataset import Dataset
from landbridge.domain.identity import PlaceId
from landbridge.report.markup import Markup, el, icon
from landbridge.web.texts import say

Values = Mapping[str, str]
_UNITS = re.compile(r"(\d+)x(.+)")
_AS_TOLD = ("goods", "ready", "due", "as_of", "mass", "value")
MANY = ("avoid", "via", "gate")
_YES_NO = ("landed", "feed_alone")
_WISHES = ("as_of", "mass", "value", *MANY, *_YES_NO)
FIELDS = ("origin", "destination", "count", "unit", *_AS_TOLD, *MANY, *_YES_NO)
"""The names of the fields, which the address of the page may fill in."""


def render_form(dataset: Dataset, values: Values, faulty: tuple[str, ...] = ()) -> Markup:
    """The fields with their values; those in ``faulty`` are marked."""
    types = [str(row.unit_type_id) for row in dataset.unit_types]
    swap = el("button", icon("swap_horiz"), type="button", data_act="swap", cls="lb-round lb-swap", aria_label=say("plan.swap"))
    first = el(
        "div",
        _text("origin", say("plan.from"), values, faulty, ask="place", hint=say("plan.place_hint"), cls="lb-wide", required=True),
        swap,
        _text("destination", say("plan.to"), values, faulty, ask="place", hint=say("plan.place_hint"), cls="lb-wide", required=True),
        _field(
            "count",
            say("plan.count"),
            el("input", **_told("count", values, faulty, type="number", min="1", max="10000", inputmode="numeric")),
        ),
        _select("unit", say("plan.unit"), types, values.get("unit", "40HC")),
        _text("goods", say("plan.goods"), values, faulty, ask="goods", hint=say("plan.goods_hint"), cls="lb-wide"),
        _text("ready", say("plan.ready"), values, faulty, type="date"),
        _text("due", say("plan.due"), values, faulty, type="date"),
        cls="lb-form",
    )
    is_open = any(values.get(name) for name in _WISHES)
    regimes = ", ".join(row.regime_id for row in dataset.regimes)
    more = el(
        "div",
        _text("mass", say("plan.mass"), values, faulty, inputmode="decimal"),
        _text("value", say("plan.value", currency=dataset.info.settlement_currency), values, faulty, inputmode="decimal"),
        _text("as_of", say("plan.as_of"), values, faulty, type="date"),
        _text("gate", say("plan.gate"), values, faulty, hint=regimes),
        _text("avoid", say("plan.avoid"), values, faulty, ask="thing", many=True, hint=say("plan.avoid_hint"), cls="lb-wide"),
        _text("via", say("plan.via"), values, faulty, ask="thing", many=True, hint=say("plan.via_hint"), cls="lb-wide"),
        *(
            el(
                "label",
                el("input", type="checkbox", name=name, value="yes", checked=bool(values.get(name))),
                say(f"plan.{name}"),
                cls="lb-check lb-wide",
            )
            for name in _YES_NO
        ),
        cls="lb-more",
        id="lb-wishes",
        hidden=not is_open,
    )
    toggle = el(
        "button",
        icon("tune"),
        el("span", say("plan.fewer" if is_open else "plan.more"), data_told="1"),
        type="button", cls="lb-button lb-bare", data_act="more", data_show=say("plan.more"), data_hide=say("plan.fewer"),
        aria_expanded="true" if is_open else "false", aria_controls="lb-wishes",
    )  # fmt: skip
    go = el("button", icon("search"), say("plan.find"), type="submit", cls="lb-button lb-primary lb-go")
    return el("div", first, more, el("div", toggle, go, cls="lb-row lb-between", style="margin-top:14px"))


def first_values(dataset: Dataset) -> dict[str, str]:
    """What the form shows before anything was asked."""
    return {"count": "1", "unit": "40HC", "ready": (dataset.info.as_of + timedelta(days=7)).isoformat()}


def example_values(dataset: Dataset) -> tuple[tuple[str, dict[str, str]], ...]:
    """Questions to try: the first shipments of the feed's own book, in both directions."""
    found, seen = [], set()
    names = dataset.place_by_id
    for row in dataset.shipments:
        key = names[row.from_place_id].country if row.from_place_id in names else ""
        if key in seen or row.from_place_id not in names or row.to_place_id not in names:
            continue
        seen.add(key)
        ready = max(row.ready_on, dataset.info.as_of + timedelta(days=1))
        title = f"{names[row.from_place_id].name} – {names[row.to_place_id].name}"
        values = {
            "origin": row.from_place_id, "destination": row.to_place_id, "count": str(row.units), "unit": str(row.unit_type_id),
            "goods": row.hs, "ready": ready.isoformat(),
        }  # fmt: skip
        found.append((title, values))
    return tuple(found[:2])


def request_of(values: Values) -> dict[str, Any]:
    """The request of a task from the values of the form; fields that are left empty were not told."""
    told = {name: value.strip() for name, value in values.items() if isinstance(value, str) and value.strip()}
    found: dict[str, Any] = {"origin": told.get("origin", ""), "destination": told.get("destination", "")}
    found["units"] = f"{told.get('count', '1')}x{told.get('unit', '40HC')}"
    found |= {name: told[name] for name in _AS_TOLD if name in told}
    found |= {name: [one.strip() for one in told.get(name, "").split(",") if one.strip()] for name in MANY}
    return found | {name: bool(told.get(name)) for name in _YES_NO}


def values_of(request: Mapping[str, Any], dataset: Dataset) -> dict[str, str]:
    """The values of the form from the request of a task; places by their names."""
    found = {name: str(request[name]) for name in ("origin", "destination", *_AS_TOLD) if request.get(name)}
    for end in ("origin", "destination"):
        place = dataset.place_by_id.get(PlaceId(found.get(end, "")))
        found |= {end: place.name} if place is not None and ":" not in place.place_id else {}
    match = _UNITS.fullmatch(str(request.get("units") or "1x40HC"))
    found |= {"count": match[1], "unit": match[2]} if match else {}
    found |= {name: ", ".join(request.get(name) or ()) for name in MANY}
    return found | {name: "yes" for name in _YES_NO if request.get(name)}


def _text(
    name: str, label: str, values: Values, faulty: tuple[str, ...], *, ask: str = "", hint: str = "", cls: str = "", many: bool = False,
    required: bool = False, **more: str,
) -> Markup:  # fmt: skip
    combo: dict[str, Any] = {}
    if more.get("type") == "date" and not _is_day(values.get(name, "")):
        values = {**values, name: ""}  # browsers show no other text in such a field
    if ask:
        combo = {
            "data_ask": ask,
            "role": "combobox",
            "aria_autocomplete": "list",
            "aria_expanded": "false",
            "aria_controls": f"lb-{name}-list",
        }
        combo |= {"data_none": say(f"plan.no_{ask}"), "autocomplete": "off", "data_many": True if many else None, "spellcheck": "false"}
    told = _told(name, values, faulty, type=more.pop("type", "text"), placeholder=hint, required=required, **more)
    return _field(name, label, el("input", **told, **combo), cls)


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _told(name: str, values: Values, faulty: tuple[str, ...], **more: str | bool | None) -> dict[str, Any]:
    is_faulty = name in faulty or (name in ("count", "unit") and "units" in faulty)
    return {"id": f"lb-{name}", "name": name, "value": values.get(name, ""), "aria_invalid": "true" if is_faulty else None, **more}


def _field(name: str, label: str, control: Markup, cls: str = "") -> Markup:
    return el("div", el("label", label, for_=f"lb-{name}"), control, cls=f"lb-field {cls}".strip())


def _select(name: str, label: str, options: list[str], chosen: str) -> Markup:
    parts = [el("option", one, value=one, selected=one == chosen) for one in options]
    return _field(name, label, el("select", *parts, id=f"lb-{name}", name=name))
