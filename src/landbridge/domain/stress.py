"""What closures cost a book: each thing closed alone and in pairs, what is lost, what measures are worth, and what real events changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from landbridge.domain.finding import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class WayLeg:
    """One leg in short: by what, to where."""

    service_id: str
    to_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Detour:
    """One shipment with some things closed.

    ``status`` is ``detour`` (another way that is in time), ``late`` (a way, but not by the due date) ``lost`` (no way) or
    ``unknown`` (none was found within the bound of a search). Costs and minutes are those beyond the best way with nothing closed; 0 where
    there is no way. Confirmed ways go before others, so that a way that is not (``is_confirmed``) may cost less than the best one.
    """

    closed: tuple[str, ...]
    status: str
    extra_cost_cents: int
    extra_min: int
    way: tuple[WayLeg, ...]
    things: tuple[str, ...]
    is_confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipmentStress:
    """One shipment: its best way, everything on it as ``kind id``, and what happens when that is closed.

    ``per_day_cents`` is the capital in the goods for a day, ``cost_low_cents`` and ``cost_high_cents`` the cost of the best way with all
    prices at their low and at their high. ``is_confirmed``: all services of the best way are. Without a way there are no detours.
    """

    shipment_id: str
    has_way: bool
    is_confirmed: bool
    cost_cents: int
    cost_low_cents: int
    cost_high_cents: int
    duration_min: int
    per_day_cents: int
    way: tuple[WayLeg, ...]
    things: tuple[str, ...]
    detours: tuple[Detour, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """Some things closed for the whole book.

    ``extra_days`` is the mean over the shipments that it touches and that still have a way. ``closed_days`` and ``closures_per_year`` say
    how long and how often the thing closes; ``expected_year_cents`` is what closures cost the book then, each shipment going around or
    waiting, whichever is cheaper; None for pairs. ``unconfirmed``: shipments whose best way is confirmed and whose way around is not.
    ``is_end``: some shipment begins or ends there. ``best_way`` is that of the shipment
    with the most units among those that find one.
    """

    things: tuple[str, ...]
    name: str
    touched: int
    lost: tuple[str, ...]
    late: tuple[str, ...]
    unknown: tuple[str, ...]
    unconfirmed: tuple[str, ...]
    extra_cost_cents: int
    extra_days: float
    is_end: bool
    closures_per_year: float | None
    closed_days: float | None
    expected_year_cents: int | None
    best_way: tuple[WayLeg, ...]

    @property
    def has_way_around(self) -> bool | None:
        """None: not known."""
        return False if self.lost else None if self.unknown else True


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureWorth:
    """What a measure brings in a year: ``usual_cents`` on ordinary days, ``closure_cents`` where something is closed.

    Nine chances in ten that both together lie between ``low_cents`` and ``high_cents``, as far as prices and the number of closures go.
    ``is_held``: the measure is in force already, so that the worth is what would be lost without it.
    """

    measure: str
    usual_cents: int
    closure_cents: int
    low_cents: int
    high_cents: int
    is_held: bool
    new_ways: int

    @property
    def worth_cents(self) -> int:
        return self.usual_cents + self.closure_cents


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayedLane:
    """One shipment asked the day before an event was known and the day after; None: no way.

    Confirmed ways go before others: where only others are left, the way after may cost less than the one before.
    """

    shipment_id: str
    cost_before_cents: int | None
    cost_after_cents: int | None
    duration_before_min: int | None
    duration_after_min: int | None
    way_before: tuple[WayLeg, ...]
    way_after: tuple[WayLeg, ...]
    is_confirmed_before: bool
    is_confirmed_after: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtedDay:
    """A day of a replayed event that was taken and not told: ``day`` is valid_to, end_known_from or expected_to.

    ``is_felt``: with the earliest or the latest day in its place another end would have been known on the day of asking.
    """

    event_id: str
    day: str
    taken_on: date
    low_on: date
    high_on: date
    source_id: str
    is_felt: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayedEvent:
    """Events that were known on one day, and what they changed for goods ready on ``ready_on``.

    ``ends`` are their last days as they were known when both ways were asked for; None: nobody knew an end. ``doubts`` are the days
    among theirs that nobody told.
    """

    known_from: date
    ready_on: date
    event_ids: tuple[str, ...]
    titles: tuple[str, ...]
    ends: tuple[date | None, ...]
    lanes: tuple[ReplayedLane, ...]
    doubts: tuple[DoubtedDay, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StressAnswer:
    """The answer of a stress test; ``closures`` and ``pairs`` by what they cost the book, the worst first.

    ``unused`` are the things that no best way uses, as ``kind id``: closed alone they change nothing. ``book_days`` is the time over which
    the book's shipments are ready; a year holds ``365 / book_days`` such books. Without ``is_swept`` only the replays were
    asked, and nothing was closed.
    """

    dataset_name: str
    dataset_digest: str
    as_of: date
    currency: str
    book_days: int
    shipments: tuple[ShipmentStress, ...]
    closures: tuple[Closure, ...]
    pairs: tuple[Closure, ...]
    unused: tuple[str, ...]
    expected_year_cents: int
    measures: tuple[MeasureWorth, ...]
    replays: tuple[ReplayedEvent, ...]
    findings: tuple[Finding, ...]
    is_swept: bool = True
