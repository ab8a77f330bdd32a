"""What may close at random: how often a thing closed, and for how long, from the dated closures of a feed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from landbridge.domain.event import Event
from landbridge.uncertainty.calibration import CLOSURE_YEARS, PRIOR_CLOSED_DAYS, PRIOR_CLOSURES
from landbridge.verification.calendar import DAY_MIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard:
    """What may close at random: closures a minute, and the minutes that closures lasted."""

    subject: str
    rate_per_min: float
    lengths: tuple[float, ...]


def list_hazards(history: Sequence[Event], subjects: Iterable[str], as_of: date) -> tuple[Hazard, ...]:
    """How often each subject closed, over at least some years, with a little added for what never did; and for how long.

    Parameters
    ----------
    history
        Closures that had begun by the day of asking.
    subjects
        Names as ``name_subject`` gives them.
    as_of
        The day of asking.
    """
    ended = [length for event in history if (length := _length_of(event)) is not None]
    years = count_years(history, as_of)
    hazards = []
    for subject in sorted(subjects):
        ours = [event for event in history if name_subject(event) == subject]
        known = [length for event in ours if (length := _length_of(event)) is not None]
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


def _length_of(event: Event) -> int | None:
    return None if event.valid_to is None else ((event.valid_to - event.valid_from).days + 1) * DAY_MIN
