"""Where goods under way stand on an itinerary, and what is left of its course."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import DataError
from landbridge.domain.event import Event
from landbridge.domain.finding import Finding, Severity
from landbridge.domain.milestone import Milestone, Position
from landbridge.domain.plan import Itinerary, Leg, Plan
from landbridge.uncertainty.course import Course, Mark
from landbridge.verification.calendar import minutes_between
from landbridge.verification.case import Case
from landbridge.verification.event import is_on_between, list_events, touches
from landbridge.verification.facts import owners_of
from landbridge.verification.law import list_judgements
from landbridge.verification.scheduled import Scheduled
from landbridge.verification.step import Way
from landbridge.verification.walk import resolve_part, walk_way


def find_position(itinerary: Itinerary, milestones: Sequence[Milestone]) -> Position:
    """Find the furthest milestone on an itinerary; told twice, the later counts.

    Raises
    ------
    DataError
        If a milestone names a place that is not on the way, or one further on was passed earlier: with all of them.
    """
    found, wrong = _place_milestones(itinerary, milestones)
    if any(one.severity == "error" for one in wrong):
        raise DataError(wrong)
    place, milestone = max(found, key=lambda one: (one[0], one[1].at))
    leg, where, kind, planned = list_points(itinerary)[place]
    return Position(leg=leg, place_id=where, kind=kind, at=milestone.at, late_min=minutes_between(planned, milestone.at))


def check_milestones(itinerary: Itinerary, milestones: Sequence[Milestone]) -> tuple[Finding, ...]:
    """Milestones, in order of time, that are not on an itinerary or contradict each other."""
    return tuple(_place_milestones(itinerary, milestones)[1])


def _place_milestones(itinerary: Itinerary, milestones: Sequence[Milestone]) -> tuple[list[tuple[int, Milestone]], list[Finding]]:
    """The point of the way of each milestone, and what is wrong."""
    wrong: list[Finding] = []
    points = list_points(itinerary)
    found: list[tuple[int, Milestone]] = []
    for milestone in milestones:
        place = next(
            (number for number, (_, where, kind, _) in enumerate(points) if (where, kind) == (milestone.where, milestone.kind)), None
        )
        if place is None:
            verb = "arrive at" if milestone.kind == "arrive" else "leave"
            wrong.append(_say("MILESTONE-OFF-WAY", milestone, f"the plan does not {verb} {milestone.where}"))
        else:
            found.append((place, milestone))
    found.sort(key=lambda one: (one[1].at, one[0]))  # of what is told at one moment, what comes first on the way came first
    for (before, earlier), (after, later) in pairwise(found):
        if after < before:
            message = f"{_DOING[later.kind]} {later.where} comes before {_DOING[earlier.kind]} {earlier.where}, but is told to be after it"
            wrong.append(_say("MILESTONE-ORDER", later, message))
    return found, [*wrong, *_list_twice(found), *_list_far(points, found)]


FAR_DAYS = 60
"""A milestone so far from its planned time is likely one of another shipment, or has another year (assumed)."""


def _list_far(points: Sequence[tuple[int, str, str, datetime]], found: Sequence[tuple[int, Milestone]]) -> Iterator[Finding]:
    for place, milestone in found:
        days = (milestone.at - points[place][3]) / timedelta(days=1)
        if abs(days) > FAR_DAYS:
            how = f"{abs(days):.0f} days {'after' if days > 0 else 'before'} the plan"
            yield _say("MILESTONE-FAR", milestone, f"{_DOING[milestone.kind]} {milestone.where} is told {how}", severity="warning")


_DOING = {"arrive": "arriving at", "depart": "leaving"}


def _list_twice(found: Sequence[tuple[int, Milestone]]) -> list[Finding]:
    """Points that are told at two moments: several units may pass one after the other, or one of the events is wrong."""
    first: dict[tuple[int, str], Milestone] = {}
    twice: list[Finding] = []
    for place, milestone in found:
        before = first.setdefault((place, milestone.event), milestone)
        if milestone.at != before.at:
            message = (
                f"{milestone.where} ({milestone.kind}) is told at {before.at.isoformat()} and {milestone.at.isoformat()}: the later counts"
            )
            twice.append(_say("MILESTONE-TWICE", milestone, message, severity="warning"))
    return twice


def list_points(itinerary: Itinerary) -> list[tuple[int, str, str, datetime]]:
    """Leg, place, ``arrive`` or ``depart`` and the time planned, of all points that can be reported, in order."""
    points: list[tuple[int, str, str, datetime]] = []
    for index, leg in enumerate(itinerary.legs):
        points.append((index, leg.from_id, "depart", leg.departs_at))
        if not leg.is_scheduled:
            points += [(index, place, "arrive", _reach(leg, number)) for number, place in enumerate(leg.calls[1:-1], 1)]
        points.append((index, leg.to_id, "arrive", leg.arrives_at))
    return points


def leave_rest(course: Course, position: Position, itinerary: Itinerary) -> Course:
    """What is left of a course from a position on; clocks that run already keep their beginning."""
    if position.kind == "depart":
        name = f"left {position.leg}"
    elif position.place_id == itinerary.legs[position.leg].to_id:
        name = f"reached {position.leg}"
    else:
        name = f"at {position.leg} {position.place_id}"
    place = next(number for number, one in enumerate(course.elements) if isinstance(one, Mark) and one.name == name)
    begun: list[tuple[str, float]] = []
    shift = position.late_min
    for one in course.elements[:place]:
        if isinstance(one, Mark) and one.name == "discharge" and course.discharged is not None:
            begun.append((one.name, course.discharged + shift))
    start = float(minutes_between(course.zero_at, position.at))
    return replace(course, start=start, elements=course.elements[place:], begun=tuple(begun))


def list_obstacles(dataset: Dataset, plan: Plan, itinerary: Itinerary, position: Position) -> tuple[tuple[Event, ...], tuple[str, ...]]:
    """What is known on the day of asking to stand in what is left of an itinerary: closures that are on when it was planned to pass, or
    later than that by the goods' delay, and rules and listings that block legs ahead, or who operates the terminals at which the goods
    come off the ship that they are on, or are delivered.
    """
    case = Case(dataset=dataset, query=plan.query)
    parts = tuple(part for leg in itinerary.legs if (part := resolve_part(case, leg)) is not None)
    late = timedelta(minutes=max(position.late_min, 0))
    shut: dict[str, Event] = {}
    for index in range(position.leg, len(parts)):
        part, leg = parts[index], itinerary.legs[index]
        hops = [part.facts] if isinstance(part, Scheduled) else [hop.facts for hop in part.hops]
        if index == position.leg:
            hops = [] if isinstance(part, Scheduled) else hops[_count_passed(leg, position) :]
        for event in (one for facts in hops for one in list_events(case, "closure") if touches(one, facts)):
            if is_on_between(event, max(leg.departs_at, position.at), leg.arrives_at + late):
                shut[event.event_id] = event
    way = walk_way(case, itinerary.legs, parts)
    ahead = _list_ahead(case, way, position.leg)
    blocks = (
        one
        for one in list_judgements(case, way.matters)
        if one.blocks and (one.leg is None or one.leg > position.leg or (one.leg == position.leg and one.parties & ahead))
    )
    return tuple(shut.values()), tuple(dict.fromkeys(one.text for one in blocks))


def _list_ahead(case: Case, way: Way, leg: int) -> frozenset[str]:
    """Who operates the terminals that are still ahead of goods on a leg: where they alight from it, and after the last where they go."""
    part = way.steps[leg].part
    found = set(way.delivery.terminals) if leg == len(way.steps) - 1 else set[str]()
    if isinstance(part, Scheduled) and part.stops[-1].terminal_id:
        found.add(part.stops[-1].terminal_id)
    return owners_of(case, frozenset(found))


def _count_passed(leg: Leg, position: Position) -> int:
    """How many links of a run are behind the goods."""
    if position.kind == "depart":
        return 0
    return len(leg.link_ids) if position.place_id == leg.to_id else leg.calls.index(position.place_id)


def _reach(leg: Leg, number: int) -> datetime:
    """When a run reaches the end of one of its links: where the stage that begins there begins, else its arrival."""
    place = leg.calls[number]
    return next((stage.starts_at for stage in leg.stages if stage.place_id == place and stage.starts_at >= leg.departs_at), leg.arrives_at)


def _say(code: str, milestone: Milestone, message: str, severity: Severity = "error") -> Finding:
    fix = {
        "MILESTONE-OFF-WAY": "Give the events of this shipment, or choose the plan it follows with --itinerary.",
        "MILESTONE-ORDER": "Correct the times or the places.",
        "MILESTONE-FAR": "Look whether it is of this shipment, and of this year.",
        "MILESTONE-TWICE": "Remove the wrong one, if one is wrong.",
    }[code]
    return Finding(code=code, severity=severity, file="", row=milestone.row, column="", message=message, fix=fix)
