"""Quotas of places and borders, and permits of which so many are left: what ways use of them, by period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from landbridge.domain.dataset import Dataset
from landbridge.domain.offer import Quota
from landbridge.domain.plan import Itinerary, Leg
from landbridge.domain.rule import Document
from landbridge.domain.shipment import Shipment
from landbridge.terms.validity import is_known, is_valid


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaKey:
    """A quota in one period, or a permit (``begins_on`` is None: over all days)."""

    quota_id: str
    name: str
    units: int
    begins_on: date | None = None
    row: Quota | None = None


class QuotaMaker:
    """Counts what the ways of a book use of quotas and permits.

    Parameters
    ----------
    dataset
        The feed.
    as_of
        The day of asking.
    rows
        Quotas that are known and priced.
    """

    def __init__(self, dataset: Dataset, as_of: date, rows: Sequence[Quota]) -> None:
        self._rows = rows
        permits = (row for row in dataset.documents if row.kind == "permit" and is_known(row, as_of))
        self._permits: dict[str, Document] = {row.document_id: row for row in permits if row.quota_left is not None}
        self._numbers: dict[tuple[str, date | None], int] = {}
        self.keys: list[QuotaKey] = []

    def uses(self, itinerary: Itinerary, shipment: Shipment) -> tuple[tuple[int, float], ...]:
        """Numbers of the quotas and permits that a way uses, with its units."""
        found = [self._number(key) for key in (*self._of_rows(itinerary), *self._of_permits(itinerary))]
        return tuple((number, float(shipment.units)) for number in dict.fromkeys(found))

    def _of_permits(self, itinerary: Itinerary) -> Iterator[QuotaKey]:
        for need in itinerary.documents:
            row = self._permits.get(need.document_id)
            if row is not None and row.quota_left is not None:
                yield QuotaKey(quota_id=row.document_id, name=row.name, units=row.quota_left)

    def _of_rows(self, itinerary: Itinerary) -> Iterator[QuotaKey]:
        for row in self._rows:
            for leg in itinerary.legs:
                if passes(row, leg) and is_valid(row, leg.departure_on):
                    yield QuotaKey(
                        quota_id=row.quota_id, name=row.name, units=row.units, begins_on=period_of(row.per, leg.departure_on), row=row
                    )

    def _number(self, key: QuotaKey) -> int:
        place = (key.quota_id, key.begins_on)
        if place not in self._numbers:
            self._numbers[place] = len(self.keys)
            self.keys.append(key)
        return self._numbers[place]


def passes(row: Quota, leg: Leg) -> bool:
    """Whether a leg counts to a quota."""
    if row.modes and leg.mode not in row.modes:
        return False
    if row.border_id is not None and row.border_id in leg.borders:
        return True
    return row.place_id is not None and row.place_id in (leg.from_id, leg.to_id)


def period_of(per: str, on: date) -> date:
    """The first day of the day, week, month or year that a day lies in."""
    if per == "week":
        return on - timedelta(days=on.weekday())
    if per == "month":
        return on.replace(day=1)
    return on.replace(month=1, day=1) if per == "year" else on
