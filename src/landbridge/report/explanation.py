"""Why a plan is as it is: where its days and its money go, what binds it, what is least certain about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, cast

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import UnknownIdError
from landbridge.domain.plan import Itinerary, Leg, Plan, Stage
from landbridge.domain.service import Stop
from landbridge.report.document_form import encode
from landbridge.report.figures import PLAIN, Writer, count_text
from landbridge.report.legend import Legend

TIME_KINDS = ("sailing", "riding", "driving", "rest", "waiting", "border", "terminal")
_KIND_OF_STAGE = {
    "sail": "sailing",
    "ride": "riding",
    "rest": "rest",
    "wait": "waiting",
    "notice": "waiting",
    "border": "border",
    "handling": "terminal",
    "call": "terminal",
}
_KIND_OF_DRIVE = {"rail": "riding", "waterway": "sailing", "ferry": "sailing", "sea": "sailing"}
_MOST_WAITS = 3
_MOST_UNCERTAIN = 5
_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeShare:
    """Minutes spent on one kind of thing, all over the itinerary."""

    kind: str
    duration_min: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyShare:
    """Cents of one kind of item, with their range."""

    kind: str
    cost_cents: int
    cost_low_cents: int
    cost_high_cents: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """Something that keeps the itinerary from being earlier or cheaper: a wait, a cut-off, a paper, the due date."""

    kind: str
    subject_id: str
    duration_min: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertainty:
    """An item, or all of one name on one leg, whose range is wide: ``spread_cents`` is high less low."""

    name: str
    kind: str
    leg: int | None
    cost_cents: int
    spread_cents: int
    grade: str
    source_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why one itinerary of a plan is as it is. ``number`` is that of the tables, from 1."""

    number: int
    labels: tuple[str, ...]
    currency: str
    cost_cents: int
    duration_min: int
    times: tuple[TimeShare, ...]
    money: tuple[MoneyShare, ...]
    bindings: tuple[Binding, ...]
    uncertainties: tuple[Uncertainty, ...]


def explain_itinerary(plan: Plan, number: int = 1, dataset: Dataset | None = None, writer: Writer = PLAIN) -> Explanation:
    """Explain one itinerary.

    Parameters
    ----------
    plan
        The answer to a question.
    number
        Which itinerary, as the tables count them, from 1.
    dataset
        The feed, for names, local time and cut-offs; without it ids stand, times are UTC and cut-offs are left out.
    writer
        How dates and times are written in the sentences.

    Raises
    ------
    UnknownIdError
        If the plan has no itinerary of that number.
    """
    if not 1 <= number <= len(plan.itineraries):
        raise UnknownIdError("itinerary", str(number))
    itinerary = plan.itineraries[number - 1]
    return Explanation(
        number=number,
        labels=itinerary.labels,
        currency=itinerary.currency,
        cost_cents=itinerary.cost_cents,
        duration_min=itinerary.duration_min,
        times=_time_shares(itinerary),
        money=_money_shares(itinerary),
        bindings=tuple(_bindings(plan, itinerary, dataset, writer)),
        uncertainties=_uncertainties(itinerary, Legend(dataset)),
    )


def explanation_document(explanation: Explanation) -> dict[str, Any]:
    """An explanation as values that JSON knows."""
    return cast(dict[str, Any], encode(explanation))


def _time_shares(itinerary: Itinerary) -> tuple[TimeShare, ...]:
    minutes = dict.fromkeys(TIME_KINDS, 0)
    for mode, stage in _stages(itinerary):
        kind = _KIND_OF_DRIVE.get(mode, "driving") if stage.kind == "drive" else _KIND_OF_STAGE.get(stage.kind, stage.kind)
        minutes[kind] = minutes.get(kind, 0) + _minutes(stage.starts_at, stage.ends_at)
    whole = sum(minutes.values()) or 1
    shares = [TimeShare(kind=kind, duration_min=spent, share=round(spent / whole, 4)) for kind, spent in minutes.items() if spent]
    return tuple(sorted(shares, key=lambda share: -share.duration_min))


def _stages(itinerary: Itinerary) -> Iterator[tuple[str, Stage]]:
    for leg in itinerary.legs:
        yield from ((leg.mode, stage) for stage in leg.stages)
    yield from (("", stage) for stage in itinerary.delivery)


def _money_shares(itinerary: Itinerary) -> tuple[MoneyShare, ...]:
    sums: dict[str, list[int]] = {}
    for item in itinerary.items:
        one = sums.setdefault(item.kind, [0, 0, 0])
        one[0] += item.cost_cents
        one[1] += item.cost_low_cents
        one[2] += item.cost_high_cents
    whole = itinerary.cost_cents or 1
    shares = [
        MoneyShare(kind=kind, cost_cents=cents, cost_low_cents=low, cost_high_cents=high, share=round(cents / whole, 4))
        for kind, (cents, low, high) in sums.items()
    ]
    return tuple(sorted(shares, key=lambda share: (-share.cost_cents, share.kind)))


def _uncertainties(itinerary: Itinerary, legend: Legend) -> tuple[Uncertainty, ...]:
    """The widest ranges; items of one name on one leg, such as the links of a run, count together."""
    together: dict[tuple[object, ...], Uncertainty] = {}
    for item in itinerary.items:
        one = Uncertainty(
            name=legend.reworded(item.name),
            kind=item.kind,
            leg=item.leg,
            cost_cents=item.cost_cents,
            spread_cents=item.cost_high_cents - item.cost_low_cents,
            grade=item.grade,
            source_id=item.source_id,
        )
        key = (one.name, one.kind, one.leg, one.grade, one.source_id)
        before = together.get(key)
        if before is not None:
            cost, spread = before.cost_cents + one.cost_cents, before.spread_cents + one.spread_cents
            one = replace(one, cost_cents=cost, spread_cents=spread)
        together[key] = one
    wide = sorted((one for one in together.values() if one.spread_cents > 0), key=lambda one: (-one.spread_cents, one.kind, one.name))
    return tuple(wide[:_MOST_UNCERTAIN])


def _bindings(plan: Plan, itinerary: Itinerary, dataset: Dataset | None, writer: Writer) -> Iterator[Binding]:
    legend = Legend(dataset)
    yield from _waits(itinerary, dataset, legend, writer)
    if dataset is not None:
        yield from _cutoffs(itinerary, dataset, legend, writer)
    yield from _papers(plan, itinerary, legend, writer)
    if plan.query.due_on is not None and itinerary.legs:
        arrived_on = legend.local_date(itinerary.legs[-1].to_id, itinerary.arrives_at)
        slack = (plan.query.due_on - arrived_on).days
        text = f"due {writer.date(plan.query.due_on)}, there {writer.date(arrived_on)}: {count_text(slack, 'day')} to spare"
        yield Binding(kind="due", subject_id=itinerary.legs[-1].to_id, duration_min=slack * 1440, text=text)


def _waits(itinerary: Itinerary, dataset: Dataset | None, legend: Legend, writer: Writer) -> Iterator[Binding]:
    """The longest stretches of standing still: for a departure, a haulier, an opening, at a border."""
    found = [
        (_minutes(stage.starts_at, stage.ends_at), stage, leg)
        for leg in itinerary.legs
        for stage in leg.stages
        if stage.kind in ("wait", "notice", "border")
    ]
    found.sort(key=lambda one: (-one[0], one[1].starts_at))
    for minutes, stage, leg in found[:_MOST_WAITS]:
        if minutes:
            text = f"{writer.duration(minutes)} at {legend.name(stage.place_id)} {_what_for(stage, leg, dataset, legend, writer)}"
            yield Binding(kind=stage.kind, subject_id=stage.place_id, duration_min=minutes, text=text)


def _what_for(stage: Stage, leg: Leg, dataset: Dataset | None, legend: Legend, writer: Writer) -> str:
    name = legend.name(leg.service_id)
    until = writer.time(legend.local(stage.place_id, stage.ends_at)).strip()
    if stage.kind == "border":
        return "at the border"
    if stage.kind == "notice":
        return f"for {name} to be there, until {until}"
    if stage.starts_at >= leg.departs_at and (title := _delay_title(stage, leg, dataset)) is not None:
        return f"by a delay of {name} until {until}: {title}"
    if leg.is_scheduled and stage.starts_at >= leg.departs_at:
        return f"by a delay of {name}, until {until}"
    if leg.is_scheduled and stage.ends_at >= leg.departs_at:
        return f"for the next departure of {name}, {until}"
    return f"until {until}, {name}"


def _delay_title(stage: Stage, leg: Leg, dataset: Dataset | None) -> str | None:
    """The event that holds a leg up for as long as a stage, on its day; None if the feed is not at hand or names none."""
    minutes, on = _minutes(stage.starts_at, stage.ends_at), leg.departs_at.date()
    touched = {leg.service_id, leg.operator_id, *leg.calls, *leg.borders, *leg.passages}
    for event in () if dataset is None else dataset.events:
        where = {event.place_id, event.border_id, event.passage_id, event.service_id, event.haulage_id, event.operator_id} - {None}
        lasts = event.valid_from - _DAY <= on and (event.valid_to is None or on <= event.valid_to + _DAY)
        if event.kind == "delay" and event.delay_min is not None and event.delay_min.typical == minutes and where & touched and lasts:
            return event.title
    return None


def _cutoffs(itinerary: Itinerary, dataset: Dataset, legend: Legend, writer: Writer) -> Iterator[Binding]:
    """Gate cut-offs of scheduled legs, and how long before them the box is ready."""
    for leg in itinerary.legs:
        stop = _boarding_stop(leg, dataset)
        if stop is None or not stop.gate_cutoff_min:
            continue
        closes_at = leg.departs_at - stop.gate_cutoff_min * _MINUTE
        handled_at = max((stage.ends_at for stage in leg.stages if stage.kind == "handling"), default=leg.ready_at)
        slack = _minutes(handled_at, closes_at)
        closes = writer.time(legend.local(leg.from_id, closes_at)).strip()
        where = f"{legend.name(leg.from_id)}, {legend.name(leg.service_id)}"
        text = f"{where}: gate closes {closes}, the box is ready {writer.duration(slack)} before"
        yield Binding(kind="cutoff", subject_id=leg.service_id, duration_min=slack, text=text)


def _boarding_stop(leg: Leg, dataset: Dataset) -> Stop | None:
    stops = dataset.stops_by_service.get(leg.service_id, ()) if leg.is_scheduled else ()
    return next((stop for stop in stops if stop.place_id == leg.from_id and stop.board), None)


def _papers(plan: Plan, itinerary: Itinerary, legend: Legend, writer: Writer) -> Iterator[Binding]:
    for document in itinerary.documents:
        if document.lead_days:
            days = f"{document.lead_days} {'day' if document.lead_days == 1 else 'days'}"
            late = " (before the day of asking: late)" if document.apply_by < plan.query.as_of else ""
            text = f"{document.name} from {legend.name(document.issuer)} takes {days}: apply by {writer.date(document.apply_by)}{late}"
            minutes = min(document.lead_days, 36_500) * 1440
            yield Binding(kind=document.kind, subject_id=document.document_id, duration_min=minutes, text=text)


def _minutes(start: datetime, end: datetime) -> int:
    return (end - start) // _MINUTE
