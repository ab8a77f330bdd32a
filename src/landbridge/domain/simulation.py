"""What comes out of running one itinerary many times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

PRICE_CAUSE = "price of "
"""How causes begin that move the cost alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferRisk:
    """One transfer to a timetable: how often the departure planned is missed, and what that costs on average when it is."""

    place_id: str
    service_id: str
    planned_at: datetime
    missed_percent: float
    standard_error_percent: float
    delay_min: int
    cost_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """One cause of spread: mean arrival and cost in the tenth of the runs in which it went best, and in the tenth in which it went worst.

    ``share_percent`` is the part of the variance of the arrival that goes with it; parts of causes that act together overlap.
    """

    cause: str
    share_percent: float
    arrival_low_min: int
    arrival_high_min: int
    cost_low_cents: int
    cost_high_cents: int

    @property
    def is_price(self) -> bool:
        """Whether it moves the cost alone."""
        return self.cause.startswith(PRICE_CAUSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Buffer:
    """Minutes after the planned arrival that make delivery as sure as ``certain_percent``."""

    certain_percent: int
    buffer_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One state in which runs stood under way, and what was chosen there.

    ``reason`` is ``missed`` or what was closed; ``service_ids`` and ``place_ids`` are the legs of the best new way, none if there was
    none; ``is_taken`` tells that it was taken. ``won_min`` and ``won_cents`` are what it brought, or would have brought, in the mean of
    these runs.
    """

    place_id: str
    leg: int
    reason: str
    ready_at: datetime
    runs: int
    service_ids: tuple[str, ...]
    place_ids: tuple[str, ...]
    is_taken: bool
    won_min: int
    won_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attitude:
    """One attitude to risk and the itinerary that is best for it.

    What counts is cost plus a price for each day, in the mean of the worst ``tail_percent`` of the runs (100: of all runs).
    """

    tail_percent: int
    day_cents: int
    itinerary: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskComparison:
    """All itineraries of a plan simulated; the best by chance to be on time, by 90 % arrival and by mean cost of the dearest twentieth.

    Without a due date nothing is best by being on time. ``like_...`` are those that the runs do not tell from the best by two standard
    errors of the difference. ``attitudes`` holds one row for each itinerary that is best for somebody: the mildest attitude for which it
    is. Itineraries that are clearly worse by every measure have fewer runs, which each simulation tells.
    """

    simulations: tuple[Simulation, ...]
    by_on_time: int | None
    by_p90: int
    by_cvar: int
    like_on_time: tuple[int, ...]
    like_p90: tuple[int, ...]
    like_cvar: tuple[int, ...]
    attitudes: tuple[Attitude, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """Distributions of one itinerary; quantiles in the order 10, 50, 90 percent.

    ``on_time_percent`` is the share of runs delivered by ``by_at``: the due date asked for, else the arrival planned (``is_due`` tells).
    ``stuck_percent`` are runs that find no departure any more; they count as late and stand outside the quantiles.
    With policy ``replan``, ``changed_percent`` of the runs changed their plan, in the states told by ``changes``; ``rare_percent`` stood in
    states too rare to look for a way, and waited.
    """

    dataset_digest: str
    itinerary: int
    policy: str
    family: str
    destination_id: str
    planned_at: datetime
    by_at: datetime
    is_due: bool
    arrival: tuple[datetime, datetime, datetime]
    arrival_standard_error_min: tuple[int, int, int]
    on_time_percent: float
    on_time_standard_error_percent: float
    stuck_percent: float
    currency: str
    planned_cost_cents: int
    cost_cents: tuple[int, int, int]
    mean_cost_cents: int
    worst_twentieth_cost_cents: int
    transfers: tuple[TransferRisk, ...]
    drivers: tuple[Driver, ...]
    buffers: tuple[Buffer, ...]
    runs: int
    seed: int
    as_of: date
    changed_percent: float = 0.0
    rare_percent: float = 0.0
    changes: tuple[Change, ...] = ()
