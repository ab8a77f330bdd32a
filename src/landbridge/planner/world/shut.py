"""Closures that stand in the way on the days of a question: what ways of the world are made around."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from landbridge.domain.dataset import Dataset
from landbridge.domain.event import STANDING_DAYS, Event, as_known
from landbridge.domain.identity import BorderId
from landbridge.domain.way import WayMode
from landbridge.planner.same_feed import SameFeed
from landbridge.terms.validity import is_known

LAND: tuple[WayMode, ...] = ("road", "rail")
"""Modes that cross borders by land."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The day of asking, and the day on which the goods are ready."""

    as_of: date
    ready_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Shut:
    """Closures by id that are on when the goods are ready, as known on the day of asking: ways depend on these, not on the days.

    ``standing`` have no end, or none soon; what is only ``passing`` is gone around as well as waited for.
    """

    standing: frozenset[str] = frozenset()
    passing: frozenset[str] = frozenset()

    @property
    def mark(self) -> str:
        """The same for the same closures."""
        return ",".join((*sorted(self.standing), "|", *sorted(self.passing)))


def list_shut(dataset: Dataset, base: Dataset, days: Days | None) -> Shut:
    """Closures of a feed and of the feed ``world`` on the days of a question; None: asked on the day of the feed, for that day."""
    return _list_kept(SameFeed(dataset), SameFeed(base), days or Days(as_of=dataset.info.as_of, ready_on=dataset.info.as_of))


@lru_cache(maxsize=64)
def _list_kept(feed: SameFeed, base: SameFeed, days: Days) -> Shut:
    rows = dict.fromkeys((*base.dataset.events, *feed.dataset.events))
    on = [row for row in rows if row.kind == "closure" and is_known(row, days.as_of)]
    on = [row for row in (as_known(event, days.as_of) for event in on) if _is_on(row, days.ready_on)]
    late = days.ready_on + timedelta(days=STANDING_DAYS)
    standing = frozenset(row.event_id for row in on if row.valid_to is None or row.valid_to > late)
    return Shut(standing=standing, passing=frozenset(row.event_id for row in on) - standing)


def _is_on(event: Event, day: date) -> bool:
    return event.valid_from <= day and (event.valid_to is None or event.valid_to >= day)


def list_closed(events: Iterable[Event], shut: frozenset[str]) -> list[Event]:
    """Those of some events that are among closures by id and hold for whatever is carried by whomever."""
    return [row for row in events if row.event_id in shut and not (row.service_id or row.haulage_id or row.operator_id)]


def list_shut_borders(shut: Iterable[Event], mode: str) -> frozenset[BorderId]:
    """Crossings that some closures shut for a mode, whoever carries whatever."""
    return frozenset(row.border_id for row in shut if row.border_id is not None and not has_conditions(row) and is_of_mode(row, mode))


def has_conditions(event: Event) -> bool:
    """Whether an event touches some only of those who come by."""
    return bool(event.from_country or event.service_id or event.haulage_id or event.operator_id or event.origin_countries) or bool(
        event.destination_countries
    )


def is_of_mode(event: Event, mode: str) -> bool:
    """Whether an event touches a mode."""
    return not event.modes or mode in event.modes
