"""Places, their hours and holidays, passages between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from landbridge.domain.identity import BorderId, PassageId, PlaceId
from landbridge.domain.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Record):
    """Places: terminals, ports, cities, border towns: one row of `places`."""

    place_id: PlaceId
    name: str
    kind: str
    country: str
    lon: float
    lat: float
    zone: str
    working_days: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7)
    gateway: bool = False
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday(Record):
    """Public holidays on which customs and warehouses are shut: one row of `holidays`."""

    country: str
    on: date
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours(Record):
    """Opening hours of terminals and border crossings; without a row: always open: one row of `hours`."""

    hours_id: str
    place_id: PlaceId | None = None
    border_id: BorderId | None = None
    weekdays: tuple[int, ...]
    opens_min: int
    closes_min: int
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage(Record):
    """Straits and canals that services use: one row of `passages`."""

    passage_id: PassageId
    name: str
    gateway: bool = False
