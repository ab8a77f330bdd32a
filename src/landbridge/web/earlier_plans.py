"""The plans that somebody made before, and the questions that are being answered still."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from landbridge.api.caller import Caller
from landbridge.domain.dataset import Dataset
from landbridge.planner import saved
from landbridge.report.markup import Markup, el
from landbridge.web import plan_form
from landbridge.web.figures import local_text, moment_text
from landbridge.web.texts import say, word

_MOST_JOBS = 20


def render_earlier(caller: Caller, location: str, feed: Dataset, *, is_served: bool) -> Markup:
    """Questions that are being answered, and the plans that were made."""
    found = saved.list_plans(caller.owner, limit=8)
    rows = _list_open(caller, location, feed, is_served=is_served)
    rows += [
        el(
            "li",
            el("span", el("a", one.title, href=f"/plan/{one.plan_id}"), " ", _tell_wishes(json.loads(one.request))),
            el("span", moment_text(one.created_at), cls="lb-muted lb-small lb-nowrap"),
        )
        for one in found
    ]
    body = el("ul", *rows, cls="lb-earlier") if rows else el("p", say("plan.earlier_none"), cls="lb-muted")
    return el("section", el("h2", say("plan.earlier")), body, cls="lb-panel", style="margin-top:16px")


def _tell_wishes(request: Mapping[str, Any]) -> Markup:
    """What tells questions of the same ends and units apart."""
    names = (("goods", "plan.goods"), ("ready", "plan.ready"), ("due", "plan.due"), ("mass", "plan.mass"), ("as_of", "plan.as_of"))
    told = [f"{say(text)} {local_text(str(request[name]))}" for name, text in names if request.get(name)]
    told += [f"{say(f'plan.{name}')} {', '.join(map(str, request[name]))}" for name in ("avoid", "via") if request.get(name)]
    return el("span", " · ".join(told), cls="lb-muted lb-small")


def _list_open(caller: Caller, location: str, feed: Dataset, *, is_served: bool) -> list[Markup]:
    """Questions that are being answered still, each by the address that follows it."""
    jobs = [one for one in saved.list_jobs(caller.owner, limit=_MOST_JOBS, kind="plan") if one.is_open]
    rows = []
    for one in jobs:
        request = json.loads(one.request)
        if request.get("feed") == location:
            values = plan_form.values_of(request, feed)
            address = urlencode({name: value for name, value in values.items() if value})
            of_feed = "" if is_served else f"&feed={feed.digest}"
            link = el("a", f"{values.get('origin', '')} – {values.get('destination', '')}", href=f"/?{address}{of_feed}")
            rows.append(el("li", link, el("span", word("state", one.state), cls="lb-tag info")))
    return rows
