"""One way as a time line: stops, legs, waits, borders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from landbridge.domain.plan import Itinerary, Leg, Stage
from landbridge.report.legend import Legend
from landbridge.report.markup import Markup, el, icon, join
from landbridge.web.figures import date_text, days_text, distance_text, duration_text, mass_text, time_text
from landbridge.web.plan_cards import ICONS
from landbridge.web.texts import say, word

_MINUTE_S = 60
_MOVING = ("drive", "ride", "sail")


def render_journey(itinerary: Itinerary, legend: Legend) -> Markup:
    """How the days are spent, then stop by stop."""
    return join(
        _bar(itinerary), el("ol", *_stops(itinerary, legend), cls="lb-line"), el("p", say("journey.local"), cls="lb-muted lb-small")
    )


def _bar(itinerary: Itinerary) -> Markup:
    minutes: Counter[str] = Counter()
    parts = []
    for kind, spent in _stretches(itinerary):
        minutes[kind] += spent
        parts.append(el("span", cls=f"t-{kind}", style=f"flex-grow:{spent}", title=f"{word('stage', kind)}: {duration_text(spent)}"))
    legend = [
        el("span", el("i", cls=f"t-{kind}"), f"{word('stage', kind)} {duration_text(spent)}") for kind, spent in minutes.most_common()
    ]
    title = say("journey.bar", days=days_text(itinerary.duration_min))
    return join(
        el("h3", title),
        el("div", *parts, cls="lb-bar", style="margin-top:8px", role="img", aria_label=title),
        el("div", *legend, cls="lb-legend"),
    )


def _stretches(itinerary: Itinerary) -> Iterator[tuple[str, int]]:
    """What is done how long, one after another; moving is told by its mode."""
    for leg in itinerary.legs:
        yield from ((leg.mode if one.kind in _MOVING else one.kind, _minutes(one)) for one in leg.stages if _minutes(one))
    yield from ((one.kind, _minutes(one)) for one in itinerary.delivery if _minutes(one))


def _stops(itinerary: Itinerary, legend: Legend) -> Iterator[Markup]:
    for number, leg in enumerate(itinerary.legs):
        at = legend.local(leg.from_id, leg.ready_at if number == 0 else itinerary.legs[number - 1].arrives_at)
        before = [one for one in leg.stages if one.ends_at <= leg.departs_at and one.kind not in _MOVING]
        name = _place(leg.from_id, legend, is_end=number == 0)
        yield _stop(name, at.strftime("%H:%M"), date_text(at.date()), _waits(before, legend), is_last=False)
        yield _leg(leg, legend)
    if itinerary.legs:
        last = itinerary.legs[-1]
        at = legend.local(last.to_id, last.arrives_at)
        yield _stop(
            _place(last.to_id, legend, is_end=True),
            at.strftime("%H:%M"),
            date_text(at.date()),
            _waits(itinerary.delivery, legend),
            is_last=True,
        )


def _place(place_id: str, legend: Legend, *, is_end: bool) -> Markup:
    """The name of a stop; one on the way can be dragged onto the fields for places to avoid or to go by."""
    if is_end:
        return el("span", legend.name(place_id), cls="stop")
    return el("span", legend.name(place_id), cls="stop", draggable="true", data_value=place_id, title=say("journey.drag"))


def _stop(name: Markup, clock: str, day: str, notes: list[str], *, is_last: bool) -> Markup:
    told = el("ul", *(el("li", one) for one in notes), cls="notes") if notes else None
    rod = el("div", el("b"), None if is_last else el("span", cls="lb-muted"), cls="rod", aria_hidden="true")
    return el("li", el("div", day, el("br"), clock, cls="at"), rod, el("div", name, told, cls="what"))


def _waits(stages: tuple[Stage, ...] | list[Stage], legend: Legend) -> list[str]:
    return [say("journey.wait", time=duration_text(_minutes(one)), what=word("stage", one.kind)) for one in stages if _minutes(one) >= 30]


def _leg(leg: Leg, legend: Legend) -> Markup:
    hours = (leg.arrives_at - leg.departs_at).total_seconds() / _MINUTE_S
    facts = (
        f"{duration_text(round(hours))} · {say('journey.km', km=distance_text(leg.distance_m))} · {mass_text(leg.emission_g_co2e)} kg CO2e"
    )
    head = el("div", icon(ICONS.get(leg.mode, "arrow_forward")), " ", el("b", legend.name(leg.service_id)), cls=f"m-{leg.mode}")
    notes = []
    if leg.departs_at != leg.ready_at:
        notes.append(f"{say('journey.leaves')} {time_text(legend.local(leg.from_id, leg.departs_at)).strip()}")
    spent = Counter[tuple[str, str]]()
    for stage in leg.stages:
        if stage.kind in ("border", "rest", "call") and stage.starts_at >= leg.departs_at:
            spent[stage.kind, legend.name(stage.place_id) if stage.kind == "border" else ""] += _minutes(stage)
    for (kind, place), minutes in spent.items():
        time = duration_text(minutes)
        notes.append(
            say("journey.border", time=time, place=place) if kind == "border" else say("journey.wait", time=time, what=word("stage", kind))
        )
    crossed = dict.fromkeys(legend.name(one) for one in (*leg.borders, *leg.passages))
    if crossed:
        notes.append("via " + ", ".join(crossed))
    tag = None if leg.is_confirmed else el("span", say("journey.unconfirmed"), cls="lb-tag warn")
    chips = [_wish(field, one, legend) for one in tuple(dict.fromkeys(leg.borders))[:3] for field in ("avoid", "via")]
    body = el(
        "div",
        head,
        el("div", facts, " ", tag, cls="lb-muted lb-small"),
        el("ul", *(el("li", one) for one in notes), cls="notes"),
        el("div", *chips, cls="lb-chips", style="margin-top:6px") if chips else None,
        cls="leg",
    )
    return el("li", el("div", cls="at"), el("div", el("span", cls=f"m-{leg.mode}"), cls="rod", aria_hidden="true"), body)


def _wish(field: str, one: str, legend: Legend) -> Markup:
    """A constraint to click, or to drag onto the question."""
    text = say(f"journey.{field}", name=legend.name(one))
    sign = icon("block" if field == "avoid" else "alt_route")
    return el(
        "button", sign, text, type="button", cls="lb-chip", draggable="true", data_act="wish", data_field=field, data_value=one,
        title=say("journey.drag"),
    )  # fmt: skip


def _minutes(stage: Stage) -> int:
    return round((stage.ends_at - stage.starts_at).total_seconds() / _MINUTE_S)
