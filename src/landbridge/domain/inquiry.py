"""Answers to questions beyond one plan: departures of a window, best values between many places, alternatives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from landbridge.domain.finding import Finding
from landbridge.domain.place import Place
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
    """The best way between two places by one measure; ``itinerary`` is None where there is none, ``reason`` says why.

    ``places`` are those of its ends and stops that the feed does not name itself.
    """

    origin_id: str
    destination_id: str
    itinerary: Itinerary | None
    reason: str = ""
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The best ways between many places.

    ``query`` is the question of the first pair, ``relations`` go row by row; ``places`` are those that the feed does not name itself, and
    ``findings`` what was found about the places that were named.
    """

    query: Query
    relations: tuple[Relation, ...]
    places: tuple[Place, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """A way that shares little with those before it.

    ``shared_percent`` is the share of its cost, whole percent rounded up, that it spends on stretches that an earlier one uses too: the
    greatest over all of them, 0 for the first.
    """

    itinerary: Itinerary
    shared_percent: int
    is_plan: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WinningChange:
    """A change of one row, or of what stands in the way together, with which a way wins.

    Attributes
    ----------
    kind
        ``price``, ``transit_time``, ``speed``, ``border_wait``, or of what stands in the way ``rule``, ``permit``, ``event``, ``status``.
    row_ids
        The rows that are changed.
    text
        What is changed, in words.
    change_percent
        How much lower the price, the time or the wait has to be (for ``speed``: how much higher), percent; None where a row is taken away.
    change_min
        The same in minutes, for ``transit_time`` and ``border_wait``.
    is_enough
        Whether the way wins with it, by a search on the changed feed; if not, not even the whole change is enough.
    """

    kind: str
    row_ids: tuple[str, ...]
    text: str
    change_percent: Decimal | None = None
    change_min: int | None = None
    is_enough: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatItTakes:
    """What would make a way through something win against all others.

    Attributes
    ----------
    thing, by
        What the way goes by, and by which measure it has to be no worse than the best.
    state
        ``wins``: it does already; ``beaten``: ``changes`` may make it win; ``closed``: ``needed`` has to go before; ``held``: a measure of
        class sanction, or a hole in the feed, stands in the way, and neither is ever varied.
    gap
        By how much it loses by the measure: cents, minutes (``time``) or grams (``co2e``); None where there is no way.
    needed
        The least of what stands in the way that has to go together; ``changes`` come on top.
    held
        Reasons that are not varied.
    """

    thing: str
    by: str
    state: str
    gap: int | None
    currency: str
    needed: tuple[WinningChange, ...]
    changes: tuple[WinningChange, ...]
    held: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BorderValue:
    """What waiting less at a border is worth to the best way of a question.

    ``hour_cents`` is what the first hour less saves in generalised cost, ``hour_min`` by how much the arrival comes earlier with it;
    ``all_cents`` and ``all_min`` are those of no waiting at all, when another way may be the best. A wait of less than an hour goes as a
    whole.
    """

    border_id: str
    wait_min: int
    hour_cents: int
    hour_min: int
    all_cents: int
    all_min: int
