"""Dispatch of a run: when it starts, the day it is ordered on, when it leaves and its box is gated in; section 4.2."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from landbridge.verification.calendar import MINUTE, instant_of, local_day, minutes_between
from landbridge.verification.case import Case
from landbridge.verification.run import HopRows, Run, Trip, drive_run, list_hop_rows
from landbridge.verification.stay import find_last_gate_in
from landbridge.verification.turning import is_turning_day

TURNING_DAYS = 14
Papers = Callable[[date], tuple[datetime, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """When a run starts and leaves.

    Attributes
    ----------
    start_at, ordered_on
        Its start, before any late start, and the local day of that; rows and rules are those of this day.
    rows
        Rows of each link.
    trip
        How it goes from its start; None if the way is shut.
    departs_at
        When it has to leave; None if the way is shut.
    gate_in_at
        When the box is gated in, where that is later than the arrival; None: on arrival.
    """

    start_at: datetime
    ordered_on: date
    rows: tuple[HopRows, ...]
    trip: Trip | None
    departs_at: datetime | None
    gate_in_at: datetime | None = None


def find_start(case: Case, run: Run, handled_at: datetime, papers: Papers, ordered_on: date | None) -> datetime:
    """Find the start of a run that states to be ordered on a day.

    Parameters
    ----------
    case
        The question and the dataset.
    run
        The links.
    handled_at
        When the goods are handled.
    papers
        Gives for a day of ordering when the documents of each link are there that rules call for on that day.
    ordered_on
        As stated.

    Returns
    -------
    datetime
        00:00 of the day stated, if that is a later turning day, soon enough, and the documents of the first link are there by then; on that
        day the minute when documents are there that are called for from an earlier turning day on; else the earliest minute.
    """
    zone = run.hops[0].zone
    earliest_at = find_earliest(case, run, handled_at, papers)
    if ordered_on is None:
        return earliest_at
    first = local_day(zone, earliest_at)
    days = (first + timedelta(days=number) for number in range(1, TURNING_DAYS + 1))
    for day in sorted((one for one in days if one <= ordered_on), reverse=True):
        if is_turning_day(case.dataset, day, case.query.as_of):
            start_at = max(instant_of(zone, day, 0), papers(day)[0])
            if local_day(zone, start_at) == ordered_on:
                return start_at
    return earliest_at


def find_earliest(case: Case, run: Run, handled_at: datetime, papers: Papers) -> datetime:
    """Find the earliest minute at which the goods are handled, the notice is over and the documents of the first link are there."""
    zone = run.hops[0].zone
    at = max(handled_at, case.asked_at + run.haulage.lead_min * MINUTE)
    while True:
        there_at = papers(local_day(zone, at))[0]
        if there_at <= at:
            return at
        at = min(there_at, instant_of(zone, local_day(zone, at) + timedelta(days=1), 0))


def dispatch(case: Case, run: Run, start_at: datetime, papers: Papers) -> Dispatch:
    """Send a run off as soon as it may."""
    ordered_on = local_day(run.hops[0].zone, start_at)
    rows = list_hop_rows(case, run, ordered_on, papers(ordered_on))
    trip = drive_run(case, run, rows, start_at)
    return Dispatch(start_at=start_at, ordered_on=ordered_on, rows=rows, trip=trip, departs_at=None if trip is None else start_at)


def can_leave_late(case: Case, run: Run, is_first: bool) -> bool:
    """Tell whether a run leaves late if it can: from the origin, or from a place that has no storage row of any date."""
    return is_first or not any(row.place_id == run.ends[0] for row in case.dataset.storage)


def dispatch_late(case: Case, run: Run, soon: Dispatch, mode_out: str, by_at: datetime) -> Dispatch:
    """Send a run off at the latest minute that still meets what follows, if its box is gated in later than it would come.

    Parameters
    ----------
    case
        The question and the dataset.
    run, soon
        The links, and the run as soon as it may leave.
    mode_out, by_at
        Mode of the next leg, and when the goods have to be handled for it.
    """
    if soon.trip is None:
        return soon
    gate_in_at = find_last_gate_in(case, run.ends[1], (run.haulage.mode, mode_out), by_at)
    if gate_in_at is None or gate_in_at <= soon.trip.arrives_at:
        return soon
    departs_at = _latest_start(case, run, soon, gate_in_at)
    return Dispatch(
        start_at=soon.start_at,
        ordered_on=soon.ordered_on,
        rows=soon.rows,
        trip=soon.trip,
        departs_at=departs_at,
        gate_in_at=gate_in_at,
    )


def _latest_start(case: Case, run: Run, soon: Dispatch, by_at: datetime) -> datetime:
    """Find the latest start that arrives in time; a later start never arrives earlier, so halving finds it."""
    good, bad = 0, minutes_between(soon.start_at, by_at) + 1
    while bad - good > 1:
        middle = (good + bad) // 2
        trip = drive_run(case, run, soon.rows, soon.start_at + middle * MINUTE)
        good, bad = (middle, bad) if trip is not None and trip.arrives_at <= by_at else (good, middle)
    return soon.start_at + good * MINUTE
