"""The walk: an itinerary's legs gone through one after the other, from the ready instant to the delivery."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from landbridge.domain.plan import Leg
from landbridge.verification.case import Case
from landbridge.verification.dispatch import Dispatch, Papers, can_leave_late, dispatch, dispatch_late, find_start
from landbridge.verification.law import list_hits
from landbridge.verification.matter import (
    Matter,
    Part,
    list_handling_matters,
    list_hop_matters,
    list_leg_matters,
    shipment_matter,
    transfer_matter,
)
from landbridge.verification.paper import list_needs, papers_at
from landbridge.verification.run import Run, drive_run, resolve_run
from landbridge.verification.scheduled import Scheduled, arrive, resolve_scheduled
from landbridge.verification.stay import Stay, stay_at
from landbridge.verification.step import Step, Way, mode_of
from landbridge.verification.through import list_bundles


@dataclass(frozen=True, slots=True, kw_only=True)
class Halt:
    """Where the walk stands before a leg: the legs as resolved, which one comes now, and the stay at its start."""

    legs: tuple[Leg, ...]
    parts: tuple[Part, ...]
    index: int
    stay: Stay

    @property
    def leg(self) -> Leg:
        return self.legs[self.index]

    @property
    def after(self) -> Part | None:
        return self.parts[self.index + 1] if self.index + 1 < len(self.parts) else None


def resolve_part(case: Case, leg: Leg) -> Part | None:
    """Find what a leg states in the dataset; None if it is not there."""
    if not {leg.from_id, leg.to_id} <= case.dataset.place_by_id.keys():
        return None
    return resolve_scheduled(case, leg) if leg.is_scheduled else resolve_run(case, leg)


def walk_way(case: Case, legs: tuple[Leg, ...], parts: tuple[Part, ...]) -> Way:
    """Walk an itinerary from the times it states, leg by leg, so that one wrong time is one difference and not many.

    Parameters
    ----------
    case
        The question and the dataset.
    legs, parts
        The legs as stated, and what each is in the dataset.
    """
    steps: list[Step] = []
    mode, gate_in_at = "origin", case.ready_at
    for index, (leg, part) in enumerate(zip(legs, parts, strict=True)):
        stay = stay_at(case, leg.from_id, (mode, mode_of(part)), gate_in_at)
        step = _walk_leg(case, Halt(legs=legs, parts=parts, index=index, stay=stay))
        steps.append(step)
        mode, gate_in_at = mode_of(part), _gate_in_at(step)
    delivery = stay_at(case, legs[-1].to_id, (mode, "destination"), legs[-1].arrives_at)
    shipment = shipment_matter(case)
    return Way(
        steps=tuple(steps),
        delivery=delivery,
        delivery_matters=list_handling_matters(case, delivery, len(steps) - 1),
        shipment=shipment,
        shipment_hits=list_hits(case, [shipment]),
        bundles=list_bundles(case, legs),
    )


def _gate_in_at(step: Step) -> datetime:
    later = step.dispatch.gate_in_at if step.dispatch is not None else None
    return step.leg.arrives_at if later is None else max(later, step.leg.arrives_at)


def _walk_leg(case: Case, halt: Halt) -> Step:
    part = halt.parts[halt.index]
    return _walk_run(case, halt, part) if isinstance(part, Run) else _walk_scheduled(case, halt, part)


def _list_matters(case: Case, halt: Halt, day: date) -> tuple[Matter, ...]:
    part = halt.parts[halt.index]
    matters = *list_leg_matters(part, halt.index, day, case), *list_handling_matters(case, halt.stay, halt.index)
    if halt.index == 0:
        return matters
    return *matters, transfer_matter(case, halt.stay, halt.parts[halt.index - 1], part, halt.index)


def _walk_scheduled(case: Case, halt: Halt, part: Scheduled) -> Step:
    matters = _list_matters(case, halt, part.day)
    return Step(
        index=halt.index,
        leg=halt.leg,
        part=part,
        day=part.day,
        stay=halt.stay,
        arrives_at=arrive(case, part),
        matters=matters,
        hits=list_hits(case, matters),
    )


def _walk_run(case: Case, halt: Halt, run: Run) -> Step:
    sent = send_run(case, halt, run)
    trip = drive_run(case, run, sent.rows, halt.leg.departs_at)
    matters = _list_matters(case, halt, sent.ordered_on)
    return Step(
        index=halt.index,
        leg=halt.leg,
        part=run,
        day=sent.ordered_on,
        stay=halt.stay,
        arrives_at=None if trip is None else trip.arrives_at,
        dispatch=sent,
        trip=trip,
        papers_by_hop=_list_papers(case, halt, run, sent.ordered_on),
        matters=matters,
        hits=list_hits(case, matters),
    )


def _start(case: Case, halt: Halt, run: Run) -> datetime:
    handled_at = halt.stay.handled_at or halt.stay.gate_in_at
    return find_start(case, run, handled_at, _papers_of_day(case, halt, run), halt.leg.ordered_on)


def send_run(case: Case, halt: Halt, run: Run) -> Dispatch:
    """Send a run off, late if it can, for the gate cut-off of a departure or the start of the next run."""
    soon = dispatch(case, run, _start(case, halt, run), _papers_of_day(case, halt, run))
    after = halt.after
    if after is None or soon.trip is None or not can_leave_late(case, run, halt.index == 0):
        return soon
    by_at = after.gate_cutoff_at if isinstance(after, Scheduled) else _start_of_next(case, halt, after, soon.trip.arrives_at)
    return dispatch_late(case, run, soon, mode_of(after), by_at)


def _start_of_next(case: Case, halt: Halt, after: Run, arrives_at: datetime) -> datetime:
    """Find the start of the next run, were the goods gated in as soon as they may come."""
    modes = (mode_of(halt.parts[halt.index]), mode_of(after))
    stay = stay_at(case, after.ends[0], modes, arrives_at)
    return _start(case, replace(halt, index=halt.index + 1, stay=stay), after)


def _papers_of_day(case: Case, halt: Halt, run: Run) -> Papers:
    """Say for a day of ordering when the papers of each link are there."""

    def papers(day: date) -> tuple[datetime, ...]:
        return tuple(_papers_of_link(case, matters) for matters in _list_hop_matters(case, halt, run, day))

    return papers


def _papers_of_link(case: Case, matters: tuple[Matter, ...]) -> datetime:
    found = case.met_papers.get(matters)
    if found is None:
        found = case.met_papers[matters] = papers_at(case, list_hits(case, matters))
    return found


def _list_hop_matters(case: Case, halt: Halt, run: Run, day: date) -> tuple[tuple[Matter, ...], ...]:
    """List the matters of each link; to the first belongs the transfer before it, or the shipment."""
    first, *others = list_hop_matters(run, halt.index, day)
    before = shipment_matter(case) if halt.index == 0 else transfer_matter(case, halt.stay, halt.parts[halt.index - 1], run, halt.index)
    return ((*first, before), *others)


def _list_papers(case: Case, halt: Halt, run: Run, day: date) -> tuple[frozenset[str], ...]:
    """List the documents that each link of a run needs."""
    found = (list_needs(case, list_hits(case, matters)) for matters in _list_hop_matters(case, halt, run, day))
    return tuple(frozenset(need.document_id for need in needs) for needs in found)


def papers_of_step(case: Case, way: Way, step: Step) -> datetime:
    """Give when the papers of a leg are there."""
    return papers_at(case, (way.shipment_hits if step.index == 0 else ()) + step.hits)
