"""Rules and events of a feed on a time line: what holds when, and where today stands."""

from __future__ import annotations

from datetime import date, timedelta

from landbridge.domain.dataset import Dataset
from landbridge.report.feed_view import Span, list_spans
from landbridge.report.legend import Legend
from landbridge.report.markup import Markup, el, join
from landbridge.web.figures import date_text, month_text
from landbridge.web.plan_money import render_source
from landbridge.web.texts import say, say_count, word

_BEFORE_DAYS, _AFTER_DAYS = 550, 400
_SHARPEST = 2.0
"""The least width of a bar, in percent of the line."""


def render_time_line(dataset: Dataset, legend: Legend) -> Markup:
    """The rules and events that begin or end near the day of the feed, each with its bar, days and source."""
    as_of = dataset.info.as_of
    first, last = as_of - timedelta(days=_BEFORE_DAYS), as_of + timedelta(days=_AFTER_DAYS)
    spans = list_spans(dataset, as_of, first, last)
    head = el("h2", say("corridor.changes"))
    if not spans:
        return join(head, el("p", say("corridor.no_changes"), cls="lb-muted"))
    rows = el("ol", *(_row(one, as_of, first, last, legend) for one in spans), cls="lb-spans")
    note = el("p", say_count("corridor.spans", len(spans), first=month_text(first), last=month_text(last)), cls="lb-muted lb-small")
    box = el("div", rows, cls="lb-scroll lb-spanbox", tabindex="0", role="region", aria_label=say("corridor.changes"))
    return join(head, note, _scale(as_of, first, last), box)


def _share(on: date, first: date, last: date) -> float:
    return max(0.0, min(100.0, 100 * (on - first).days / (last - first).days))


def _scale(as_of: date, first: date, last: date) -> Markup:
    """Half years along the line, and today."""
    marks = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in (1, 7) if first <= date(year, month, 1) <= last]
    ticks = [el("span", month_text(one), style=f"inset-inline-start:{_share(one, first, last):.2f}%") for one in marks]
    today = el("b", say("corridor.today"), style=f"inset-inline-start:{_share(as_of, first, last):.2f}%")
    return el("div", *ticks, today, cls="lb-scale", aria_hidden="true")


def _row(one: Span, as_of: date, first: date, last: date, legend: Legend) -> Markup:
    begin, end = (_share(one.since, first, last) if one.since else 0.0), (_share(one.until, first, last) if one.until else 100.0)
    width = max(_SHARPEST, end - begin)
    state = "ahead" if one.since and one.since > as_of else "over" if one.until and one.until < as_of else "now"
    bar = el("i", cls=f"{state} k-{one.kind}", style=f"margin-inline-start:{min(begin, 100 - width):.2f}%;width:{width:.2f}%")
    today = el("u", style=f"inset-inline-start:{_share(as_of, first, last):.2f}%")
    tag = "bad" if one.kind == "closure" else "warn" if one.kind in ("delay", "price_factor") else ""
    source = legend.find_source(one.source_id)
    return el(
        "li",
        el("div", el("span", word("event", one.kind) if tag else word("rule", one.kind), cls=f"lb-tag {tag}"), " ", one.title),
        el("div", bar, today, cls="lb-span", aria_hidden="true"),
        el(
            "div", el("span", _days(one), cls="lb-muted lb-small"),
            render_source(one.source_id, source.grade if source else "D", "", legend), cls="lb-row lb-between lb-small",
        ),
    )  # fmt: skip


def _days(one: Span) -> str:
    if one.since and one.until:
        return say("corridor.from_to", since=date_text(one.since), until=date_text(one.until))
    if one.since:
        return say("corridor.from_on", since=date_text(one.since))
    return say("corridor.until", until=date_text(one.until)) if one.until else ""
