"""Goods under way: what was reported of them, where they stand, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from landbridge.domain.event import Event
from landbridge.domain.plan import Itinerary
from landbridge.domain.simulation import Simulation


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """One event that happened, in the words of DCSA Track & Trace: ``kind`` is ``arrive`` or ``depart``; ``where`` as it was told.

    ``event`` is its code, such as ``DISC``; empty: not told.
    """

    where: str
    kind: str
    at: datetime
    row: int
    event: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where the goods stand on an itinerary: the leg (from 0), the place, whether they arrived or left, when, and how late that is."""

    leg: int
    place_id: str
    kind: str
    at: datetime
    late_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Replan:
    """Goods under way planned anew, as known on the day ``as_of``.

    ``shut`` are closures, and ``blocked`` rules and listings, that stand in what is left of the way planned; ``expected_at`` is its arrival
    at typical times, None: nobody knows when it opens, or it may not be used any more. ``alternative`` is another way from ``from_id`` that
    pays, or that is left; None if none does or none was looked for. ``change_cents`` of it (with the line's box, if that is out already)
    and ``open_cents`` of the way planned are what is not spent yet. ``saving_cents`` counts the capital in the goods too, None where the
    way planned leads nowhere. The other way has to be chosen by ``decide_by``.
    """

    position: Position
    simulation: Simulation
    as_of: date
    shut: tuple[Event, ...]
    blocked: tuple[str, ...]
    expected_at: datetime | None
    open_cents: int
    from_id: str | None = None
    alternative: Itinerary | None = None
    change_cents: int = 0
    saving_cents: int | None = 0
    decide_by: datetime | None = None
    has_searched: bool = False
