"""The ways of a plan as cards, and as points of a chart."""

from __future__ import annotations

from typing import Any

from landbridge.api.routes_reports import MOST_SHOWN
from landbridge.domain.plan import Itinerary, Plan
from landbridge.report.itinerary_table import arrival_of, choose_plans
from landbridge.report.legend import Legend
from landbridge.report.markup import Markup, el, icon, join
from landbridge.web.figures import date_text, days_text, mass_text, money_text
from landbridge.web.texts import say, say_count, word

ICONS = {
    "road": "local_shipping",
    "rail": "train",
    "sea": "directions_boat",
    "ferry": "directions_boat",
    "waterway": "sailing",
    "air": "flight",
}
MOST_CARDS = MOST_SHOWN
ORDERS = ("cost", "days", "co2e")
_TAGS = {"cheapest": "good", "fastest": "info", "cleanest": "good", "balanced": "info"}


def sort_ways(plan: Plan, order: str) -> list[int]:
    """Indexes of the itineraries that stand for all, in the order that was asked for."""
    keys = {
        "cost": lambda one: one.cost_cents,
        "days": lambda one: one.duration_min,
        "co2e": lambda one: one.emission_g_co2e,
    }
    shown = choose_plans(plan.itineraries, MOST_CARDS) if plan.itineraries else []
    return sorted(shown, key=lambda index: keys[order](plan.itineraries[index]))


def render_cards(plan: Plan, legend: Legend, chosen: int, order: str) -> Markup:
    """One card a way, in order; the chosen one is marked."""
    count = len(plan.itineraries)
    head = el(
        "div",
        el("h2", say_count("plan.ways", count)),
        el(
            "div",
            *(
                el("button", say(f"plan.sort_{one}"), type="button", data_order=one, aria_pressed="true" if one == order else "false")
                for one in ORDERS
            ),
            cls="lb-sort",
            role="group",
            aria_label=say("plan.sort"),
        ),
        cls="lb-row lb-between",
    )
    shown = sort_ways(plan, order)
    from_chart = [] if chosen in shown or chosen >= count else [chosen]
    cards = [el("li", _card(plan.itineraries[index], index, legend, is_chosen=index == chosen)) for index in (*from_chart, *shown)]
    note = el("p", say("plan.stand_for", shown=len(shown)), cls="lb-muted lb-small") if count > len(shown) else None
    return join(head, note, el("ul", *cards, cls="lb-cards"))


def _card(itinerary: Itinerary, index: int, legend: Legend, *, is_chosen: bool) -> Markup:
    arrives = arrival_of(itinerary, legend).date()
    price = el("span", el("small", itinerary.currency + " "), money_text(itinerary.cost_cents), cls="lb-price")
    facts = el(
        "span",
        el("span", el("b", say("plan.days", days=days_text(itinerary.duration_min)))),
        el("span", say("plan.arrives", day=date_text(arrives))),
        el("span", say("plan.co2e", mass=mass_text(itinerary.emission_g_co2e))),
        el("span", say("plan.range", low=money_text(itinerary.cost_low_cents), high=money_text(itinerary.cost_high_cents))),
        cls="lb-facts",
    )
    return el(
        "button",
        el("span", _tags(itinerary, index), price, cls="lb-card-top"),
        _chain(itinerary, legend),
        facts,
        type="button", cls="lb-card", data_way=str(index), data_spot=str(index), aria_pressed="true" if is_chosen else "false",
    )  # fmt: skip


def _tags(itinerary: Itinerary, index: int) -> Markup:
    labels = [el("span", one, cls=f"lb-tag {_TAGS.get(one, '')}") for one in itinerary.labels]
    if not itinerary.is_confirmed:
        labels.append(el("span", say("plan.unconfirmed"), cls="lb-tag warn"))
    regimes = list(dict.fromkeys(one.regime for one in itinerary.exposures))
    if regimes:
        labels.append(el("span", say("plan.exposed", regimes=", ".join(regimes)), cls="lb-tag warn"))
    return el("span", el("span", f"{index + 1}", cls="lb-tag"), *labels, cls="lb-tags")


def _chain(itinerary: Itinerary, legend: Legend) -> Markup:
    """Places with the symbol of the mode between them."""
    parts: list[Markup] = []
    for leg in itinerary.legs:
        if not parts:
            parts.append(el("span", legend.name(leg.from_id), cls="lb-stop"))
        parts += [icon(ICONS.get(leg.mode, "arrow_forward"), f"m-{leg.mode}"), el("span", word("mode", leg.mode), cls="lb-sr")]
        parts.append(el("span", legend.name(leg.to_id), cls="lb-stop"))
    return el("span", *parts, cls="lb-chain")


def chart_options(plan: Plan, legend: Legend) -> dict[str, Any]:
    """ECharts options: days across, cost up, CO2e as color; ways that lost as hollow points."""
    named = set(sort_ways(plan, "cost"))
    ways = [_point(one, str(index + 1)) | ({} if index in named else _SMALL) for index, one in enumerate(plan.itineraries)]
    lost = [point for one in plan.compared if _is_near(point := _point(one.itinerary, legend.name(one.gateway)), ways)]
    currency = plan.itineraries[0].currency if plan.itineraries else ""
    masses = [point["value"][2] for point in ways] or [0.0]
    most, least = max(masses), min(masses)
    axis = {"type": "value", "scale": True, "axisLabel": {"fontSize": 11}, "nameTextStyle": {"fontSize": 11}}
    return {
        "animation": False,
        "grid": {"left": 62, "right": 20, "top": 40, "bottom": 46},
        "tooltip": {"trigger": "item", "confine": True},
        "xAxis": {**axis, "name": say("plan.chart_days"), "nameLocation": "middle", "nameGap": 28},
        "yAxis": {**axis, "name": currency},
        "visualMap": {
            "show": most > least, "min": least, "max": most if most > least else least + 1, "dimension": 2, "seriesIndex": 0,
            "orient": "horizontal", "right": 10, "top": 2, "itemHeight": 70, "itemWidth": 10,
            "text": [f"{most:.1f} t CO2e", f"{least:.1f}"], "precision": 1,
            "textStyle": {"fontSize": 11},
        },
        "series": [
            {
                "type": "scatter", "symbolSize": 22, "data": ways, "selectedMode": "single",
                "label": {"show": True, "formatter": "{b}", "position": "right", "fontSize": 12, "fontWeight": 600, "distance": 3},
                "emphasis": {"scale": 1.35, "itemStyle": {"borderWidth": 3}}, "labelLayout": {"hideOverlap": True, "moveOverlap": "shiftY"},
            },
            {"type": "scatter", "symbolSize": 9, "data": lost, "itemStyle": {"color": "transparent", "borderWidth": 1.5}},
        ],
    }  # fmt: skip


_SMALL = {"symbolSize": 8, "label": {"show": False}}
"""A way that a card stands for: a small point without its number."""


def _is_near(point: dict[str, Any], ways: list[dict[str, Any]]) -> bool:
    """Whether a way that lost is drawn: one that costs or takes less always, another if it does not press the others together."""
    for axis in (0, 1):
        values = [way["value"][axis] for way in ways]
        room = (max(values) - min(values)) * 0.6 + 0.2 * max(values) if values else 0
        if not values or point["value"][axis] > max(values) + room:
            return False
    return True


def _point(itinerary: Itinerary, name: str) -> dict[str, Any]:
    days = round(itinerary.duration_min / 1440, 1)
    tonnes = round(itinerary.emission_g_co2e / 1_000_000, 2)
    text = f"{name}: {itinerary.currency} {money_text(itinerary.cost_cents)}, {days} d, {tonnes} t CO2e"
    return {"name": name, "value": [days, round(itinerary.cost_cents / 100), tonnes], "tooltip": {"formatter": text.replace("<", "&lt;")}}


def summary_text(plan: Plan, legend: Legend) -> str:
    """The chart in words, for those who do not see it."""
    parts = [
        f"{index + 1}: {one.currency} {money_text(one.cost_cents)}, {days_text(one.duration_min)} days, "
        f"{mass_text(one.emission_g_co2e)} kg CO2e"
        for index, one in ((index, plan.itineraries[index]) for index in sort_ways(plan, "cost"))
    ]
    return f"{say('plan.chart')}. " + "; ".join(parts)


def render_map_key(plan: Plan) -> Markup:
    """What the lines and signs of the map stand for."""
    modes = list(dict.fromkeys(leg.mode for itinerary in plan.itineraries for leg in itinerary.legs))
    signs = [el("span", el("i", cls=f"spot {sign}"), say(f"map.{sign}")) for sign in ("border", "closed", "rejected")]
    return el("div", *(el("span", el("i", cls="line"), word("mode", mode), cls=f"m-{mode}") for mode in modes), *signs, cls="lb-key")
