"""What a changed question changed: the best ways before and now; and the due date as something to drag."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from landbridge.domain.plan import Itinerary, Plan
from landbridge.report.itinerary_table import arrival_of
from landbridge.report.legend import Legend
from landbridge.report.markup import Markup, el
from landbridge.web.figures import date_text, days_text, integer_text, mass_text, money_text
from landbridge.web.texts import say

_BEST: tuple[tuple[str, Callable[[Itinerary], int], Callable[[int], str]], ...] = (
    ("cheapest", lambda one: one.cost_cents, money_text),
    ("fastest", lambda one: one.duration_min, days_text),
    ("cleanest", lambda one: one.emission_g_co2e, mass_text),
)


def is_same_load(before: Plan, now: Plan) -> bool:
    """Whether two plans are of the same ends and load, so that their figures can be set beside each other."""
    first, second = before.query, now.query
    return before.query != now.query and (first.origin_id, first.destination_id, first.units, first.unit_type_id) == (
        second.origin_id, second.destination_id, second.units, second.unit_type_id,
    )  # fmt: skip


def render_change(before: Plan, now: Plan) -> Markup:
    """The best of each kind before the change of the question and now."""
    parts = [el("b", say("change.title"))]
    for name, key, write in _BEST:
        if not before.itineraries or not now.itineraries:
            continue
        old, new = (min(key(one) for one in plan.itineraries) for plan in (before, now))
        same = say("change.same") if old == new else f"{write(old)} → {write(new)} ({'+' if new > old else ''}{write(new - old)})"
        parts.append(el("span", f"{say(f'whatif.{name}')}: {same}"))
    parts.append(el("span", say("change.ways", old=integer_text(len(before.itineraries)), new=integer_text(len(now.itineraries)))))
    return el("div", *parts, cls="lb-notice lb-change", role="status")


def render_due(plan: Plan, legend: Legend) -> Markup:
    """A slider over the days of arrival; letting go of it asks again with that due date."""
    days = sorted({arrival_of(one, legend).date() for one in plan.itineraries})
    first, last = days[0], max(days[-1], days[0] + timedelta(days=1))
    due = plan.query.due_on
    at = min(max((due or last) - first, timedelta(0)), last - first).days
    shown = date_text(due) if due else say("change.no_due")
    slider = el(
        "input", type="range", id="lb-due-slide", min="0", max=str((last - first).days), value=str(at), data_first=first.isoformat(),
        data_act="due-slide", aria_describedby="lb-due-told",
    )  # fmt: skip
    return el(
        "div", el("label", say("plan.due"), for_="lb-due-slide"), el("span", date_text(first), cls="lb-muted lb-small lb-nowrap"), slider,
        el("span", date_text(last), cls="lb-muted lb-small lb-nowrap"), el("output", shown, id="lb-due-told", for_="lb-due-slide"),
        cls="lb-due",
    )  # fmt: skip
