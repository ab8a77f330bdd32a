"""The head of an answer: what was asked and may be dropped, the link to share, the files to download."""

from __future__ import annotations

import json
from collections.abc import Iterator

from landbridge.domain.dataset import Dataset
from landbridge.domain.plan import Plan
from landbridge.report.markup import Markup, el, icon
from landbridge.web.shown_plan import ShownPlan
from landbridge.web.texts import say

REPORTS = (("pdf", "PDF"), ("html", "HTML"), ("xlsx", "Excel"), ("json", "JSON"), ("geojson", "GeoJSON"), ("ics", "ICS"))


def render_head(shown: ShownPlan, feed: Dataset) -> Markup:
    """What was asked, the wishes to drop, the link to share and the files to download."""
    query = shown.plan.query
    goods = shown.legend.find_goods(query.hs) if query.hs else None
    head = f"{shown.name_end(query.origin_id, feed)} → {shown.name_end(query.destination_id, feed)}"
    text = ", ".join(one for one in (f"{query.units} × {query.unit_type_id}", goods, f"{shown.plan.mass_kg / 1000:g} t") if one)
    links = [el("a", title, href=f"/v1/plans/{shown.plan_id}/report.{form}", download=True) for form, title in REPORTS]
    menu = el("details", el("summary", icon("download"), say("plan.download"), cls="lb-button lb-quiet"), el("div", *links), cls="lb-menu")
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
            f"{say(f'plan.{field}')}: {shown.legend.name(value)}",
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


def offer_less(plan: Plan) -> Iterator[Markup]:
    """Questions that ask for less, to be asked at a click where no way is open."""
    query = plan.query
    for name, is_told, values in (
        ("plan.none_due", query.due_on is not None, {"due": ""}),
        ("plan.none_wishes", bool(query.avoid or query.via), {"avoid": "", "via": ""}),
    ):
        if is_told:
            yield el("button", say(name), type="button", cls="lb-chip", data_act="fill", data_values=json.dumps(values))
