"""Goods under way: what was reported of them, where they stand, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

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
    """Goods under way planned anew.

    ``alternative`` is another way from ``from_id`` that pays, None if none does or none was looked for. Its cost, and ``open_cents`` of the
    way planned, are what is not spent yet; ``saving_cents`` counts the capital in the goods too. It has to be chosen by ``decide_by``.
    """

    position: Position
    simulation: Simulation
    from_id: str | None
    open_cents: int
    alternative: Itinerary | None
    saving_cents: int
    decide_by: datetime | None
    has_searched: bool
