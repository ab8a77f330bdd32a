"""Answers to questions beyond one plan: departures of a window, best values between many places, alternatives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from landbridge.domain.plan import Itinerary
from landbridge.domain.query import Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """One useful way of a window: ready on ``ready_on`` at the latest it can still be taken."""

    ready_on: date
    itinerary: Itinerary


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """All useful departures of goods that may be ready on any day of a window.

    A departure is useful if none that leaves no earlier arrives no later, costs no more and emits no more. ``query`` is the question as
    asked for the first day. ``is_complete`` is False if a search hit its bound.
    """

    query: Query
    first_on: date
    last_on: date
    departures: tuple[Departure, ...]
    is_complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """The best way between two places by one measure; ``itinerary`` is None where there is none, ``reason`` says why."""

    origin_id: str
    destination_id: str
    itinerary: Itinerary | None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """A way that shares little with those before it.

    ``shared_percent`` is the share of its cost, whole percent rounded up, that it spends on stretches that an earlier one uses too: the
    greatest over all of them, 0 for the first.
    """

    itinerary: Itinerary
    shared_percent: int
    is_plan: bool
