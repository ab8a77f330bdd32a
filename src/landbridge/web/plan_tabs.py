"""The tabs about one way: its journey, money, papers, reasons, what was not taken, and whose law touches it."""

from __future__ import annotations

from landbridge.report.markup import Markup, el, join
from landbridge.web import plan_cards, plan_journey, plan_money, plan_reasons
from landbridge.web.shown_plan import ShownPlan
from landbridge.web.texts import say

TABS = ("journey", "money", "papers", "why", "other", "law")


def render_tabs(shown: ShownPlan, number: int, order: str) -> Markup:
    """Everything about one way, a tab for each question about it."""
    plan, legend = shown.plan, shown.legend
    itinerary = plan.itineraries[number - 1]
    calendar = f"/v1/plans/{shown.plan_id}/report.ics?itinerary={number}"
    panels = {
        "journey": plan_journey.render_journey(itinerary, legend),
        "money": join(
            plan_money.render_money(itinerary, shown.dataset, legend),
            plan_money.render_quote_form(shown.plan_id, itinerary, number, legend, plan.query.as_of),
        ),
        "papers": plan_money.render_papers(plan, shown.dataset, number, legend, calendar),
        "why": plan_reasons.render_why(plan, shown.dataset, number, legend),
        "other": plan_reasons.render_other(plan, legend),
        "law": plan_reasons.render_law(plan, number, [one + 1 for one in plan_cards.sort_ways(plan, order)], legend),
    }
    tabs = [
        el(
            "button",
            say(f"tab.{name}"),
            type="button",
            role="tab",
            id=f"lb-tab-{name}",
            aria_controls=f"lb-panel-{name}",
            aria_selected="true" if name == "journey" else "false",
            tabindex="0" if name == "journey" else "-1",
        )
        for name in TABS
    ]
    bodies = [
        el(
            "div",
            panels[name],
            role="tabpanel",
            id=f"lb-panel-{name}",
            aria_labelledby=f"lb-tab-{name}",
            cls="lb-tabpanel",
            hidden=name != "journey",
            tabindex="0",
        )
        for name in TABS
    ]
    return join(el("div", *tabs, role="tablist", cls="lb-tabs", aria_label=say("plan.tabs")), *bodies)
