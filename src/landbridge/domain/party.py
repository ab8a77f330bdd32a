"""Regimes, parties and their designations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from landbridge.domain.identity import PartyId, RegimeId
from landbridge.domain.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime(Record):
    """Bodies of law: whose measures, and where they have jurisdiction: one row of `regimes`."""

    regime_id: RegimeId
    name: str
    countries: tuple[str, ...] = ()
    ownership_percent: Decimal | None = None


UNNAMED = "unnamed"
"""Kind of a party that stands for whoever is asked to carry: nobody is named, so nobody can be screened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party(Record):
    """Companies, people, authorities and vessels that the feed names: one row of `parties`."""

    party_id: PartyId
    name: str
    kind: str
    country: str | None = None
    names: tuple[str, ...] = ()
    imo: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchlistEntry(Record):
    """Designations and listings, with their dates: one row of `watchlist`."""

    entry_id: str
    regime_id: RegimeId
    list_name: str
    program: str | None = None
    name: str
    names: tuple[str, ...] = ()
    party_id: PartyId | None = None
    measure: str
    listed_on: date
    delisted_on: date | None = None


class Listed(Protocol):
    """What stands on a list: an entry, or a match with one; the day of listing is None where no list tells it."""

    @property
    def listed_on(self) -> date | None: ...
    @property
    def delisted_on(self) -> date | None: ...


def is_listed(row: Listed, on: date) -> bool:
    """Whether something stands on its list on a day: from the day of listing to the day before the removal."""
    return (row.listed_on is None or row.listed_on <= on) and (row.delisted_on is None or on < row.delisted_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ownership(Record):
    """Who owns how much of whom, and since when: one row of `ownership`."""

    ownership_id: str
    owner_id: PartyId
    owned_id: PartyId
    share_percent: Decimal
    valid_from: date | None = None
    valid_to: date | None = None
