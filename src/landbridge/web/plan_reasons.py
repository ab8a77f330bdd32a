"""Why a way is as it is, what was not taken and why, and whose law touches it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from landbridge.domain.dataset import Dataset
from landbridge.domain.plan import Compared, Itinerary, Plan, RegimeState, Rejected
from landbridge.planner.plan_answer import is_alone
from landbridge.report.explanation import explain_itinerary
from landbridge.report.far_way import count_closed, count_ways, group_ways, part_rejected, part_ways
from landbridge.report.law_ways import part_law
from landbridge.report.legend import Legend
from landbridge.report.markup import Markup, Part, el, icon, join
from landbridge.report.verdict_table import group_rejected, obstacle_text, why_text
from landbridge.web.figures import date_text, days_text, duration_text, local_text, mass_text, money_text, month_text, shares_text, writer
from landbridge.web.tables import render_table, scroll_box
from landbridge.web.texts import say, say_count, word

_PLAN = re.compile(r"\bplan (\d+)")


def render_why(plan: Plan, dataset: Dataset, number: int, legend: Legend) -> Markup:
    """Where time and money go, what binds, what is least certain."""
    found = explain_itinerary(plan, number, dataset, writer())
    times = [(word("kind", one.kind), one.duration_min, duration_text(one.duration_min)) for one in found.times]
    money = [(word("kind", one.kind), one.cost_cents, money_text(one.cost_cents)) for one in found.money]
    binds = [el("li", one.text) for one in found.bindings]
    names = Counter(one.name for one in found.uncertainties)
    unsure = [
        el(
            "li",
            f"{one.name}{_kind(one.kind) if names[one.name] > 1 else ''}: ± {money_text(one.spread_cents // 2)} {found.currency}, "
            f"grade {one.grade}",
        )
        for one in found.uncertainties
    ]
    return el(
        "div",
        el("section", el("h3", say("why.time")), _shares(times)),
        el("section", el("h3", f"{say('why.money')}, {found.currency}"), _shares(money)),
        el("section", el("h3", say("why.binds")), el("ul", *binds, cls="lb-list")),
        el("section", el("h3", say("why.unsure")), el("ul", *unsure, cls="lb-list")),
        cls="lb-two",
    )


def _kind(kind: str) -> str:
    return f", {word('kind', kind).lower()}"


def _shares(parts: list[tuple[str, int, str]]) -> Markup:
    whole = max((part for _, part, _ in parts), default=1) or 1
    percents = shares_text([part for _, part, _ in parts])
    rows = [
        join(
            el("span", name),
            el("span", el("i", style=f"width:{max(1, round(100 * part / whole))}%"), cls="bar"),
            el("span", f"{text} · {percent}", cls="lb-num"),
        )
        for (name, part, text), percent in zip(parts, percents, strict=True)
    ]
    return el("div", *rows, cls="lb-shares")


def render_other(plan: Plan, legend: Legend) -> Markup:
    """What was compared and lost, then what stands in the way elsewhere."""
    if is_alone(plan):
        return el("p", say("other.pending"), cls="lb-muted")
    (near, far), (shut, far_shut) = part_ways(plan), part_rejected(plan, legend)
    compared = [_compared(name, one, legend) for name, one in group_ways(near, legend)]
    rejected = [_rejected(ways, one, legend) for ways, one in group_rejected(shut)]
    cost = f"{say('plan.sort_cost')}, {near[0].itinerary.currency}" if near else say("plan.sort_cost")
    titles = (say("law.way"), cost, say("plan.sort_days"), "kg CO2e", say("tab.why"))
    table = render_table(titles, compared, say("other.compared"), (1, 2, 3))
    return join(
        el("h3", say("other.compared")),
        table if compared else None if far else el("p", say("other.nothing"), cls="lb-muted"),
        el("p", say_count("other.far", count_ways(far)), cls="lb-muted lb-small") if far else None,
        el("h3", say("other.rejected"), style="margin-top:20px") if plan.rejected else None,
        el("ul", *rejected, cls="lb-list", style="list-style:none;padding:0") if rejected else None,
        el("p", say_count("other.far_closed", count_closed(far_shut)), cls="lb-muted lb-small") if far_shut else None,
    )


def _reword(text: str, legend: Legend) -> str:
    """A reason in the words of the page: names for ids, days as the reader writes them, ways as they are numbered on the cards."""
    return _PLAN.sub(lambda found: say("other.way", number=found[1]), local_text(legend.reworded(text)))


def _compared(name: str, one: Compared, legend: Legend) -> tuple[Part, ...]:
    way = one.itinerary
    figures = money_text(way.cost_cents), days_text(way.duration_min), mass_text(way.emission_g_co2e)
    return el("b", name), *figures, _reword(why_text(one), legend)


def _rejected(ways: Sequence[str], one: Rejected, legend: Legend) -> Markup:
    """What is said of some ways, each of which is named."""
    since = el("span", say("other.since", day=date_text(one.since)), cls="lb-muted lb-nowrap") if one.since else None
    tag = (
        el("span", one.regime, cls="lb-tag bad")
        if one.regime
        else el("span", (one.status or "closed").replace("_", " "), cls="lb-tag warn")
    )
    return el(
        "li",
        tag,
        " ",
        el("b", ", ".join(legend.name(way) for way in ways)),
        ": ",
        _reword(obstacle_text(replace(one, regime=None), ways, legend), legend),
        " ",
        since,
        style="padding:5px 0;border-bottom:1px solid var(--line)",
    )


def why_not_form() -> Markup:
    """Why no way goes through a place, asked for."""
    field = el(
        "div",
        el("label", say("why.not"), for_="lb-why"),
        el(
            "input",
            type="text",
            id="lb-why",
            name="place",
            placeholder=say("why.not_hint"),
            autocomplete="off",
            data_ask="thing",
            role="combobox",
            aria_autocomplete="list",
            aria_expanded="false",
            aria_controls="lb-why-list",
        ),
        cls="lb-field",
        style="flex:1;max-width:340px",
    )
    return el(
        "div",
        field,
        el("button", say("why.ask"), type="submit", cls="lb-button lb-quiet", style="align-self:end"),
        cls="lb-row",
        style="margin-top:18px;border-top:1px solid var(--line);padding-top:14px",
    )


def render_law(plan: Plan, number: int, shown: Collection[int], legend: Legend) -> Markup:
    """The policy, what touches this way, and the matrix of regimes by the ways that are shown and the gateways of the others."""
    itinerary = plan.itineraries[number - 1]
    exposures = [
        el(
            "li",
            el("span", one.regime, cls="lb-tag warn"),
            " ",
            _reword(one.text.removeprefix(f"{one.regime}: "), legend),
            " ",
            el("span", say("other.since", day=date_text(one.since)), cls="lb-muted") if one.since else None,
        )
        for one in {(one.regime, one.text, one.since): one for one in itinerary.exposures}.values()
    ]
    return join(
        el("p", plan.policy_text + ".", cls="lb-notice"),
        el("h3", say("law.exposures")),
        el("ul", *exposures, cls="lb-list", style="list-style:none;padding:0") if exposures else el("p", say("law.none"), cls="lb-muted"),
        el("h3", say("law.carriers"), style="margin-top:20px"),
        el("ul", *_carriers(itinerary, legend), cls="lb-list"),
        el("h3", say("law.title"), style="margin-top:20px"),
        el("p", say("other.pending"), cls="lb-muted") if is_alone(plan) else _matrix(plan, {number, *shown}, legend),
    )


def _carriers(itinerary: Itinerary, legend: Legend) -> list[Markup]:
    """Who carries on each leg and over whose tracks; of whom nobody said the name, nothing could be screened."""
    named = dict.fromkeys((leg.service_id, legend.name_carriers(leg)) for leg in itinerary.legs)
    return [
        el("li", f"{legend.name(service)}: ", el("b", carriers) if carriers else el("span", say("law.unnamed"), cls="lb-muted"))
        for service, carriers in named
    ]


def _matrix(plan: Plan, shown: Collection[int], legend: Legend) -> Markup:
    regimes = list(dict.fromkeys(cell.regime for cell in plan.matrix))
    ways, counted = part_law(plan, legend, {number - 1 for number in shown})
    left_out = sum(index + 1 not in shown for index in range(len(plan.itineraries)))
    heads = [f"{one} ({say('law.gates')})" if one in plan.policy_gates else one for one in regimes]
    top = el("tr", el("th", say("law.way"), scope="col"), *(el("th", one, scope="col") for one in heads))
    rows = [
        el("tr", el("th", _name_way(way, legend), scope="row"), *(el("td", _state(cells.get(one))) for one in regimes))
        for way, cells in ways.items()
    ]
    table = scroll_box(el("table", el("thead", top), el("tbody", *rows), cls="lb-table"), say("law.title"))
    is_unnamed = any(cell.state == "unnamed" for cells in ways.values() for cell in cells.values())
    return join(
        table,
        el("p", say("law.nobody_hint"), cls="lb-muted lb-small") if is_unnamed else None,
        el("p", say_count("law.closed", len(counted)), cls="lb-muted lb-small") if counted else None,
        el("p", say_count("law.more", left_out), cls="lb-muted lb-small") if left_out else None,
    )


def _name_way(way: str, legend: Legend) -> str:
    found = _PLAN.fullmatch(way)
    return say("law.plan", number=found[1]) if found else legend.name(way)


def _state(cell: RegimeState | None) -> Markup:
    if cell is None:
        return el("span", "–", cls="lb-muted")
    since = f" {month_text(cell.since)}" if cell.since and cell.state in ("exposed", "blocked") else ""
    return el("span", word("law", "nobody" if cell.state == "unnamed" else cell.state) + since, cls=f"lb-state {cell.state}")


def render_why_not(answer: Mapping[str, Any], legend: Legend) -> Markup:
    """The answer to the question why no way goes through a place."""
    lines = [el("li", _reword(str(one), legend)) for one in answer.get("text", ())]
    return el(
        "div",
        el("b", icon("alt_route"), " ", legend.name(str(answer.get("place_id", "")))),
        el("ul", *lines, cls="lb-list"),
        cls="lb-notice",
        role="status",
    )
