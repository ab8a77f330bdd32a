"""What may close at random: how often a thing closed, and for how long, from the dated closures of a feed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from landbridge.domain.dataset import Dataset
from landbridge.domain.event import Event
from landbridge.uncertainty.calibration import CLOSURE_YEARS, PRIOR_CLOSED_DAYS, PRIOR_CLOSURES
from landbridge.verification.calendar import DAY_MIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard:
    """What may close at random: closures a minute, and the minutes that closures lasted."""

    subject: str
    rate_per_min: float
    lengths: tuple[float, ...]


Doubts = Mapping[str, tuple[date, date]]
"""Earliest and latest last day of closures whose end was taken and not told, by event."""


def list_doubts(dataset: Dataset) -> Doubts:
    """The closures of a feed whose last day nobody told."""
    return {row.event_id: (row.low_on, row.high_on) for row in dataset.event_days if row.day == "valid_to"}


def list_hazards(history: Sequence[Event], subjects: Iterable[str], as_of: date, doubts: Doubts | None = None) -> tuple[Hazard, ...]:
    """How often each subject closed, over at least some years, with a little added for what never did; and for how long.

    Parameters
    ----------
    history
        Closures that had begun by the day of asking.
    subjects
        Names as ``name_subject`` gives them.
    as_of
        The day of asking.
    doubts
        From :func:`list_doubts`; such a closure lasted as long as was taken, or to its earliest or latest day, each as likely.
    """
    doubts = doubts or {}
    ended = _list_lengths(history, doubts)
    years = count_years(history, as_of)
    hazards = []
    for subject in sorted(subjects):
        ours = [event for event in history if name_subject(event) == subject]
        known = _list_lengths(ours, doubts)
        lengths = known or ended or [round(PRIOR_CLOSED_DAYS * DAY_MIN)]
        rate = (len(ours) + PRIOR_CLOSURES) / years / (365.25 * DAY_MIN)
        hazards.append(Hazard(subject=subject, rate_per_min=rate, lengths=tuple(float(length) for length in lengths)))
    return tuple(hazards)


def count_years(history: Sequence[Event], as_of: date) -> float:
    """Years over which closures are counted: from the first one, some years at least."""
    first = min((event.valid_from for event in history), default=as_of)
    return max((as_of - first).days / 365.25, CLOSURE_YEARS)


def name_subject(event: Event) -> str:
    """What an event closes, as one name."""
    named = (("border", event.border_id), ("passage", event.passage_id), ("place", event.place_id), ("service", event.service_id))
    found = next((f"{kind} {value}" for kind, value in named if value is not None), None)
    whose = f" for {event.operator_id}" if event.operator_id is not None else ""
    return f"{found or f'country {event.country}'}{whose}"


def _list_lengths(events: Sequence[Event], doubts: Doubts) -> list[int]:
    """Minutes of closures that ended: three of each, low, typical and high, where the end of one of them is in doubt."""
    ended = [(event, event.valid_to) for event in events if event.valid_to is not None]
    ends: list[tuple[date, ...]] = [_list_ends(day, doubts.get(event.event_id)) for event, day in ended]
    if all(len(set(days)) == 1 for days in ends):
        ends = [days[:1] for days in ends]
    return [((day - event.valid_from).days + 1) * DAY_MIN for (event, _), days in zip(ended, ends, strict=True) for day in days]


def _list_ends(day: date, doubt: tuple[date, date] | None) -> tuple[date, date, date]:
    """An end as it was known on an earlier day than today may lie outside what is in doubt now: then it stands as it was known."""
    low, high = doubt if doubt is not None and doubt[0] <= day <= doubt[1] else (day, day)
    return low, day, high
