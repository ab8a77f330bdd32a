"""Scenarios of a feed switched on and off, with what is so before and after: of one shipment, or of the joint plan of the book."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from nicegui import ui
from nicegui.events import GenericEventArguments

from landbridge import planner
from landbridge.api.caller import Caller
from landbridge.api.desk import Desk, problem_of
from landbridge.api.problem import ProblemError
from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import LandbridgeError
from landbridge.domain.scenario import Scenario
from landbridge.report.legend import Legend
from landbridge.report.markup import Markup, Part, el, icon, join
from landbridge.web import notices, plan_form
from landbridge.web.book_results import percents_text
from landbridge.web.figures import date_text, days_text, integer_text, mass_text, money_text
from landbridge.web.frame import show
from landbridge.web.texts import say

_READ_FORM = (
    "(event) => { event.preventDefault(); const told = new FormData(event.target); "
    "emit({...Object.fromEntries(told), scenarios: told.getAll('scenarios')}); }"
)
_BEST = ("cheapest", "fastest", "cleanest")


class ScenarioPanel:
    """The part of the corridor page that asks what if."""

    def __init__(self, desk: Desk, caller: Caller, location: str, dataset: Dataset) -> None:
        self._desk, self._caller, self._location, self._dataset = desk, caller, location, dataset
        self._legend = Legend(dataset)

    def build(self) -> None:
        """Lay the part out, where the feed brings scenarios and the caller may plan."""
        if not self._caller.may("plan"):
            return
        try:
            scenarios = planner.load_scenarios(planner.list_scenario_names(self._location), self._location)
        except LandbridgeError as error:
            show(notices.fault(error)).style("margin-top:16px")
            return
        if not scenarios:
            return
        has_book = bool(self._dataset.shipments) and self._caller.may("book")
        with ui.element("section").classes("lb-panel").style("margin-top:16px"):
            examples = plan_form.example_values(self._dataset)
            names = {name: self._legend.name(examples[0][1][name]) for name in ("origin", "destination")} if examples else {}
            show(_form(scenarios, examples, names, has_book=has_book), tag="form").on("submit", self._compare, js_handler=_READ_FORM)
            self._found = show(Markup("")).style("margin-top:12px")

    async def _compare(self, event: GenericEventArguments) -> None:
        told = dict(event.args or {})
        try:
            request = self._request(told)
            job = await asyncio.to_thread(self._desk.submit, self._caller, "compare", request)
            async for now in self._desk.follow(job.job_id, self._caller):
                if now is None:
                    continue
                if now.is_open:
                    text = str(json.loads(now.progress or "{}").get("text", ""))
                    self._found.set_content(notices.progress(say("whatif.running"), text))
                elif now.state == "done":
                    self._found.set_content(self._answer(json.loads(now.result or "{}"), job.job_id))
                else:
                    raise problem_of(now)
        except (LandbridgeError, ProblemError) as error:
            self._found.set_content(notices.fault(error))

    def _request(self, told: Mapping[str, Any]) -> dict[str, Any]:
        scenarios = [str(one) for one in told.get("scenarios") or ()]
        if not scenarios:
            raise ProblemError(422, say("whatif.none"))
        request: dict[str, Any] = {"scenarios": scenarios, "together": True, "feed": self._location, "question": None}
        if told.get("of") == "book":
            self._caller.demand("book")
            return request | {"seconds": 60.0}
        values = {name: str(told.get(name, "")) for name in ("origin", "destination", "count", "unit", "goods", "ready")}
        request["question"] = plan_form.request_of(values) | {"feed": self._location}
        self._desk.answers.ask(request["question"])
        return request

    def _answer(self, result: Mapping[str, Any], job_id: str) -> Markup:
        before, after = result["cases"][0], result["cases"][-1]
        rows = _book_rows(before, after) if result["format"].startswith("landbridge.compare/") else _lane_rows(before, after)
        titles = (say("whatif.figure"), say("whatif.before"), say("whatif.after"), say("whatif.change"))
        top = el("tr", *(el("th", one, scope="col", cls="lb-num" if at else None) for at, one in enumerate(titles)))
        lines = [el("tr", el("th", row[0], scope="row"), *(el("td", one, cls="lb-num") for one in row[1:])) for row in rows]
        table = el(
            "div", el("table", el("thead", top), el("tbody", *lines), cls="lb-table"), cls="lb-scroll", tabindex="0", role="region",
            aria_label=say("whatif.title"),
        )  # fmt: skip
        about = el(
            "p", f"{after['title']} ({date_text(date.fromisoformat(after['dated_on']))}). {after['source']}", cls="lb-muted lb-small"
        )
        policy = el("p", say("whatif.policy"), cls="lb-notice") if after["policy"] else None
        raw = el("a", icon("download"), "JSON", href=f"/v1/jobs/{job_id}", download="compare.json", cls="lb-button lb-bare")
        return join(
            el("h3", f"{self._subject(result)} ({result['currency']})", role="status"),
            table,
            policy,
            about,
            self._closed(before, after),
            raw,
        )

    def _subject(self, result: Mapping[str, Any]) -> str:
        if "from" not in result:
            return say("whatif.of_book")
        ends = f"{self._legend.name(result['from'])} – {self._legend.name(result['to'])}"
        return f"{ends}, {integer_text(result['units'])} × {result['unit_type']}"

    def _closed(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> Markup | None:
        """What stands in the way in one case and not in the other."""
        if "closed" not in before:
            lost = [el("li", f"{one['shipment_id']}: {one['reason']}") for one in after["not_carried"]]
            return join(el("h3", say("whatif.not_carried")), el("ul", *lost, cls="lb-list")) if lost else None
        known = {(one["way"], one["reason"]) for one in before["closed"]}
        new = [one for one in after["closed"] if (one["way"], one["reason"]) not in known]
        lines = [el("li", el("b", self._legend.name(one["way"])), ": ", self._legend.reworded(one["reason"])) for one in new]
        return join(el("h3", say("whatif.closed")), el("ul", *lines, cls="lb-list")) if lines else None


def _form(
    scenarios: tuple[Scenario, ...], examples: tuple[tuple[str, dict[str, str]], ...], names: dict[str, str], *, has_book: bool
) -> Markup:
    switches = [
        el(
            "li",
            el(
                "label", el("input", type="checkbox", name="scenarios", value=one.name, role="switch"), el("span", one.title),
                el("span", say("whatif.policy_tag"), cls="lb-tag") if one.is_policy else None, cls="lb-check",
            ),
        )
        for one in scenarios
    ]  # fmt: skip
    values = examples[0][1] | names if examples else {}

    def field(name: str, label: str, ask: str = "") -> Markup:
        combo: dict[str, Any] = {}
        if ask:
            combo = {
                "data_ask": ask, "role": "combobox", "aria_autocomplete": "list", "aria_expanded": "false",
                "aria_controls": f"lb-if-{name}-list", "spellcheck": "false",
            }  # fmt: skip
        told = {"type": "text", "id": f"lb-if-{name}", "name": name, "value": values.get(name, ""), "autocomplete": "off"}
        return el(
            "div", el("label", label, for_=f"lb-if-{name}"), el("input", **told, **combo), cls="lb-field", style="flex:1;min-width:120px"
        )

    hidden = [el("input", type="hidden", name=one, value=values.get(one, "")) for one in ("count", "unit", "goods", "ready")]
    choice: list[Part] = [
        el("label", el("input", type="radio", name="of", value="lane", checked=True), say("whatif.lane"), cls="lb-check"),
        el("label", el("input", type="radio", name="of", value="book"), say("whatif.book"), cls="lb-check") if has_book else None,
    ]
    go = el("button", icon("compare_arrows"), say("whatif.go"), type="submit", cls="lb-button lb-primary", style="align-self:end")
    ends = el("div", field("origin", say("plan.from"), "place"), field("destination", say("plan.to"), "place"), *hidden, go, cls="lb-row")
    return join(
        el("h2", say("whatif.title")),
        el("p", say("whatif.text"), cls="lb-muted lb-small", style="margin:4px 0 8px"),
        el("ul", *switches, cls="lb-switches"),
        el("fieldset", el("legend", say("whatif.of"), cls="lb-sr"), el("div", *choice, cls="lb-row"), cls="lb-fieldset"),
        ends,
    )


def _lane_rows(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, str, str, str]]:
    rows = [(say("whatif.plans"), integer_text(before["plans"]), integer_text(after["plans"]), _ways(after))]
    for name in _BEST:
        pair = [one["best"].get(name) for one in (before, after)]
        key, write = {
            "cheapest": ("cost_cents", money_text),
            "fastest": ("duration_min", days_text),
            "cleanest": ("emission_g_co2e", mass_text),
        }[name]
        told = ["–" if one is None else write(one[key]) for one in pair]
        change = "" if None in pair else _signed(pair[1][key] - pair[0][key], write)
        rows.append((say(f"whatif.{name}"), told[0], told[1], change))
    return rows


def _ways(after: Mapping[str, Any]) -> str:
    return say("whatif.ways", new=integer_text(after["ways_new"]), gone=integer_text(after["ways_gone"]))


def _signed(number: int, write: Any) -> str:  # noqa: ANN401  # a function of figures
    return "=" if number == 0 else f"+{write(number)}" if number > 0 else str(write(number))


def _book_rows(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, str, str, str]]:
    """Figures of the joint plan before and after, over the shipments that both carry."""
    difference = after["difference"]
    sure = "" if difference["distinguishable"] else f" ({say('whatif.unsure')})"
    rows = [
        (
            say("book.together"), money_text(before["objective_cents"]), money_text(after["objective_cents"]),
            _signed(difference["cents"], money_text) + sure,
        )
    ]  # fmt: skip
    savings = ["–" if one["saving"] is None else percents_text(one["saving"]) for one in (before, after)]
    rows.append((say("book.proven"), savings[0], savings[1], ""))
    masses = [one["emission_g_co2e"] for one in (before, after)]
    rows.append((say("whatif.mass"), mass_text(masses[0]), mass_text(masses[1]), _signed(masses[1] - masses[0], mass_text)))
    days = [round(1440 * one["transit_days"]) for one in (before, after)]
    rows.append((say("whatif.days"), days_text(days[0]), days_text(days[1]), _signed(days[1] - days[0], days_text)))
    carried = [one["carried"] for one in (before, after)]
    rows.append((say("whatif.carried"), integer_text(carried[0]), integer_text(carried[1]), ""))
    return rows
