"""An itinerary as a course: what takes time, where one waits, which departures there are, what waiting costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from landbridge.domain.dataset import Dataset
from landbridge.domain.place import Hours
from landbridge.domain.plan import Itinerary, Leg, Plan
from landbridge.domain.terminal import DetentionStep, StorageStep
from landbridge.uncertainty.calibration import LATENESS
from landbridge.uncertainty.hazard import Hazard
from landbridge.uncertainty.survey import Span, Survey
from landbridge.verification.calendar import MINUTE, instant_of, local_day, minutes_between
from landbridge.verification.choice import find_return, list_detention, list_storage
from landbridge.verification.facts import Facts
from landbridge.verification.opening import Opening
from landbridge.verification.run import Driver, HopRows, Run
from landbridge.verification.scheduled import Scheduled, list_departures
from landbridge.verification.stay import OFFICE_WORK, Stay, stay_at
from landbridge.verification.step import mode_of
from landbridge.verification.walk import Halt, resolve_part, send_run

WINDOW_DAYS = 240
"""Days after the planned arrival for which departures and opening hours are listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """Something that takes time: minutes low, typical and high.

    Where the feed states no range, ``stretch`` holds the 10, 50 and 90 % points of the factor on the typical time.
    """

    cause: str
    low: float
    typical: float
    high: float
    stretch: tuple[float, float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Where one waits until it is open; ``spans`` sorted. ``subjects`` names what may close at random as well; empty: nothing.

    ``place_id`` is where the goods stand before it, ``leg`` the leg that they are on; empty where they cannot take another way.
    """

    spans: tuple[Span, ...] | None
    closed: tuple[Span, ...] = ()
    subjects: tuple[str, ...] = ()
    place_id: str = ""
    leg: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A run that waits for its planned minute, if it was planned to leave later than it could."""

    planned: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """Departures of a service: when each leaves, and by when the goods must be handled."""

    place_id: str
    service_id: str
    planned: float
    leaves: tuple[float, ...]
    cutoffs: tuple[float, ...]
    subjects: tuple[str, ...]
    leg: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """Dated delays: each holds while it is on, its range in minutes."""

    spans: tuple[Span, ...]
    ranges: tuple[tuple[float, float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A point to remember: gate-in at a terminal, or discharge of the line's box."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """Storage or detention from a mark to now: first day, last day (or none), cents per day for all units, low, typical, high."""

    kind: str
    since: str
    extra_min: float
    steps: tuple[tuple[int, int | None, float, float, float], ...]


Element = Spell | Gate | Notice | Departure | Delay | Mark | Meter


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One itinerary, ready to be run: minutes count from ``zero_at``.

    ``discharged`` is when the line's box is planned to be discharged; ``begun`` are marks that were passed before the start.
    """

    discharged: float | None = None
    begun: tuple[tuple[str, float], ...] = ()
    hazards: tuple[Hazard, ...]
    zero_at: datetime
    start: float
    elements: tuple[Element, ...]
    planned_at: datetime
    by_at: datetime
    is_due: bool


def chart_course(dataset: Dataset, plan: Plan, itinerary: Itinerary, *, survey: Survey | None = None) -> Course:
    """Chart an itinerary: walk it once as verification does, and note what can come otherwise.

    Parameters
    ----------
    dataset
        The feed that the plan was made from.
    plan, itinerary
        One of the plan's itineraries.
    survey
        Where several itineraries of one plan are charted: what is found out for one serves the others.
    """
    survey = survey or Survey(dataset, plan.query)
    case = survey.case
    parts = tuple(part for leg in itinerary.legs if (part := resolve_part(case, leg)) is not None)
    chart = _Chart(survey, itinerary)
    elements: list[Element] = []
    mode, gate_in_at = "origin", case.ready_at
    for index, (leg, part) in enumerate(zip(itinerary.legs, parts, strict=True)):
        stay = stay_at(case, leg.from_id, (mode, mode_of(part)), gate_in_at)
        elements += chart.list_stay(stay, index)
        if isinstance(part, Scheduled):
            gate_in_at = leg.arrives_at
            elements += chart.list_scheduled(_Stage(index=index, leg=leg, stay=stay), part)
        else:
            sent = send_run(case, Halt(legs=itinerary.legs, parts=parts, index=index, stay=stay), part)
            gate_in_at = leg.arrives_at if sent.gate_in_at is None else max(sent.gate_in_at, leg.arrives_at)
            elements += chart.list_run(_Stage(index=index, leg=leg, stay=stay, rows=sent.rows), part)
        mode = mode_of(part)
        if index == chart.box_leg:
            elements.append(Mark(name="discharge"))
        elements.append(Mark(name=f"reached {index}"))
    elements += chart.list_stay(stay_at(case, itinerary.legs[-1].to_id, (mode, "destination"), itinerary.arrives_at), len(parts))
    elements += chart.list_detention()
    by_at = case.due_at or itinerary.arrives_at
    return Course(
        hazards=survey.list_hazards(chart.subjects), zero_at=case.asked_at, start=chart.minute(case.ready_at), elements=tuple(elements),
        planned_at=itinerary.arrives_at, by_at=by_at,
        is_due=case.due_at is not None,
        discharged=None if chart.box_leg is None else chart.minute(itinerary.legs[chart.box_leg].arrives_at),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stage:
    """One leg as it is charted: the stay before it, and for a run the rows of each link."""

    index: int
    leg: Leg
    stay: Stay
    rows: tuple[HopRows, ...] = ()


class _Chart:
    def __init__(self, survey: Survey, itinerary: Itinerary) -> None:
        self.survey, self.case = survey, survey.case
        self.itinerary = itinerary
        self.subjects: set[str] = set()
        self.end_at = itinerary.arrives_at + timedelta(days=WINDOW_DAYS)
        detained = [item for item in itinerary.items if item.kind in ("detention", "box_return")]
        sea = [index for index, leg in enumerate(itinerary.legs) if leg.mode == "sea"]
        self.box_leg = sea[-1] if sea and (detained or self._has_box(sea[-1])) else None

    def minute(self, at: datetime) -> float:
        return float(minutes_between(self.case.asked_at, at))

    def list_stay(self, stay: Stay, index: int) -> Iterator[Element]:
        """Gate-in, opening, handling."""
        yield Mark(name=f"gate-in {index}")
        if not stay.rows:
            return
        needs_office = any(row.kind in OFFICE_WORK for row in stay.rows)
        hours = [row for row in self.case.dataset.hours if row.place_id == stay.place.place_id]
        if hours or needs_office:
            yield Gate(spans=self._list_open(stay.place.zone, hours, stay if needs_office else None))
        for row in stay.rows:
            span = row.duration_min
            yield Spell(cause=f"handling at {stay.place.name}", low=span.low, typical=span.typical, high=span.high)

    def list_scheduled(self, step: _Stage, part: Scheduled) -> Iterator[Element]:
        """The departures that can be taken, the passage, dated delays."""
        first, last = part.stops[0], part.stops[-1]
        leaves, cutoffs = self._list_departures(part)
        yield Departure(
            place_id=first.place_id, service_id=part.service.service_id, planned=self.minute(step.leg.departs_at), leaves=leaves,
            cutoffs=cutoffs, subjects=self._note_subjects(part.facts), leg=step.index,
        )  # fmt: skip
        yield from self._list_storage(step)
        yield Mark(name=f"left {step.index}")
        typical = last.arrive_min.typical - first.depart_min
        yield from self._list_delays(part.facts)
        if last.arrive_min.low < last.arrive_min.high:
            low, high = last.arrive_min.low - first.depart_min, last.arrive_min.high - first.depart_min
            yield Spell(cause=f"passage of {part.service.name}", low=max(low, 0), typical=typical, high=high)
        else:
            yield Spell(cause=f"passage of {part.service.name}", low=typical, typical=typical, high=typical, stretch=LATENESS)

    def list_run(self, step: _Stage, run: Run) -> Iterator[Element]:
        """The start, each border with its opening and wait, each drive with its rests."""
        handled = step.stay.handled_at
        planned, could = self.minute(step.leg.departs_at), self.minute(handled) if handled is not None else 0.0
        if planned > could:
            yield Notice(planned=planned)
        yield from self._list_storage(step)
        yield Mark(name=f"left {step.index}")
        driver = Driver(run.haulage)
        for hop, row in zip(run.hops, step.rows, strict=True):
            closed = self.survey.list_closed(hop.facts)
            hours = [one for one in self.case.dataset.hours if hop.link.border_id is not None and one.border_id == hop.link.border_id]
            subjects = self._note_subjects(hop.facts)
            if hours or closed or subjects:
                spans = self._list_open(hop.zone, hours, None) if hours else None
                yield Gate(spans=spans, closed=closed, subjects=subjects, place_id=hop.from_id, leg=step.index)
            yield from self._list_delays(hop.facts)
            if row.crossing is not None:
                wait = row.crossing.wait_min
                yield Spell(cause=f"border {hop.link.border_id}", low=wait.low, typical=wait.typical, high=wait.high)
                driver.pass_border(wait.typical)
            speed = hop.link.speed_m_per_h or (row.rate.speed_m_per_h if row.rate is not None else 1)
            took = driver.drive(-(-60 * hop.link.distance_m // speed))
            stretch = (LATENESS[0] / LATENESS[1], 1.0, LATENESS[2] / LATENESS[1])
            yield Spell(cause=f"{run.haulage.mode} in {hop.country}", low=took, typical=took, high=took, stretch=stretch)
            yield Mark(name=f"at {step.index} {hop.to_id}")

    def list_detention(self) -> Iterator[Element]:
        """The clock of the line's box, from discharge until it is back."""
        if self.box_leg is None:
            return
        leg = self.itinerary.legs[self.box_leg]
        if leg.operator_id is None:
            return
        zone = self.case.dataset.get_place(leg.to_id).zone
        back = find_return(self.case, leg.operator_id, local_day(self.case.destination.zone, self.itinerary.arrives_at))
        extra = 0 if back is None else back.unloading_min + back.duration_min
        steps = list_detention(self.case, leg.operator_id, leg.to_id, local_day(zone, leg.arrives_at))
        if steps:
            yield Meter(kind="detention", since="discharge", extra_min=extra, steps=self._price_steps(steps))

    def _list_storage(self, step: _Stage) -> Iterator[Element]:
        if step.stay.is_change:
            steps = list_storage(self.case, step.stay.place.place_id, step.stay.modes[0], step.stay.day)
            if steps:
                yield Meter(kind="storage", since=f"gate-in {step.index}", extra_min=0, steps=self._price_steps(steps))

    def _price_steps(self, steps: Sequence[StorageStep | DetentionStep]) -> tuple[tuple[int, int | None, float, float, float], ...]:
        priced = []
        for row in steps:
            rate = self.case.find_rate(row.currency)
            if rate is not None:
                units = 100 * self.case.query.units
                low, typical, high = (float(end) * units / float(rate) for end in (row.per_day.low, row.per_day.typical, row.per_day.high))
                priced.append((row.from_day, row.to_day, low, typical, high))
        return tuple(priced)

    def _has_box(self, index: int) -> bool:
        leg = self.itinerary.legs[index]
        tariffs = {item.row_id for item in self.itinerary.items if item.leg == index and item.kind == "freight"}
        includes = [tariff.includes for tariff in self.case.dataset.tariffs if tariff.tariff_id in tariffs]
        service = self.case.dataset.service_by_id.get(leg.service_id)
        return not any("box" in parts for parts in includes) and not (service is not None and "box" in service.includes)

    def _list_departures(self, part: Scheduled) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Departures from the day of asking on that no closure known then keeps in port."""
        service, stop = part.service, part.stops[0]
        first = self.case.dataset.stops_by_service[service.service_id][0]
        zone = self.case.dataset.get_place(first.place_id).zone
        day, last = local_day(zone, self.case.asked_at), local_day(zone, self.end_at)
        closed = self.survey.list_closed(part.facts)
        found: list[tuple[float, float]] = []
        while day <= last:
            for minute in list_departures(self.case, service, day):
                leaves = self.minute(instant_of(zone, day, minute) + stop.depart_min * MINUTE)
                if not any(begin <= leaves < end for begin, end in closed):
                    found.append((leaves, leaves - stop.gate_cutoff_min))
            day += timedelta(days=1)
        planned = self.minute(part.departs_at)
        if planned not in {leaves for leaves, _ in found} and not any(begin <= planned < end for begin, end in closed):
            found.append((planned, planned - stop.gate_cutoff_min))
        found.sort()
        return tuple(one[0] for one in found), tuple(one[1] for one in found)

    def _list_open(self, zone: str, hours: Sequence[Hours], office: Stay | None) -> tuple[Span, ...]:
        holidays = self.case.holidays_by_country.get(office.place.country, frozenset()) if office is not None else frozenset()
        working = office.place.working_days if office is not None else None
        opening = Opening(zone=zone, hours=tuple(hours), working_days=working, holidays=holidays)
        day, last = local_day(zone, self.case.asked_at), local_day(zone, self.end_at)
        spans: list[Span] = []
        while day <= last:
            for start, end in opening.list_windows(day):
                begin, finish = self.minute(start), self.minute(end)
                if spans and spans[-1][1] >= begin:
                    spans[-1] = (spans[-1][0], max(spans[-1][1], finish))
                elif begin < finish:
                    spans.append((begin, finish))
            day += timedelta(days=1)
        return tuple(spans)

    def _list_delays(self, facts: Facts) -> Iterator[Element]:
        delays = self.survey.list_delays(facts)
        if delays:
            yield Delay(spans=tuple(span for span, _ in delays), ranges=tuple(range_ for _, range_ in delays))

    def _note_subjects(self, facts: Facts) -> tuple[str, ...]:
        found = self.survey.list_subjects(facts)
        self.subjects |= set(found)
        return found
