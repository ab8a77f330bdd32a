"""Which rows hold on a day, asked on another day."""

from __future__ import annotations

from bisect import bisect_right
from calendar import isleap
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from landbridge.domain.dataset import Dataset
from landbridge.terms.paper_chain import count_days_until_there


class Dated(Protocol):
    """A row with a validity."""

    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_to(self) -> date | None: ...


def is_valid(row: Dated, on: date) -> bool:
    """Whether a row applies on a day."""
    return (row.valid_from is None or row.valid_from <= on) and (row.valid_to is None or on <= row.valid_to)


def is_known(row: object, as_of: date) -> bool:
    """Whether a row was known on the day of asking; rows of tables without ``known_from`` always are."""
    known_from = getattr(row, "known_from", None)
    return known_from is None or known_from <= as_of


def is_in_season(start: tuple[int, int] | None, end: tuple[int, int] | None, on: date) -> bool:
    """Whether a day lies in a yearly season; without bounds it always does."""
    if start is None and end is None:
        return True
    first, last, day = start or (1, 1), end or (12, 31), (on.month, on.day)
    return first <= day <= last if first <= last else day >= first or day <= last


def latest_first(row: Dated) -> int:
    """Rank of a row by its ``valid_from``: later is greater, empty is least."""
    return row.valid_from.toordinal() if row.valid_from else 0


@dataclass(frozen=True, slots=True)
class DayOfChange:
    """A day on which something changes although no row begins or ends on it."""

    valid_from: date


class Epochs:
    """Stretches of days within which no row begins or ends to apply, so that terms need working out once for each."""

    def __init__(self, dataset: Dataset, first: date, last: date) -> None:
        days = turning_days_of(_dated_rows(dataset), first, last) | listing_days(dataset) | first_days_of_papers(dataset, first)
        self._starts = sorted(day.toordinal() for day in days)

    def turning_days(self, after: date, until: date) -> tuple[date, ...]:
        """Days in (after, until] on which some row begins or ceases to apply."""
        first, last = bisect_right(self._starts, after.toordinal()), bisect_right(self._starts, until.toordinal())
        return tuple(date.fromordinal(day) for day in self._starts[first:last])

    def day_before(self, on: date) -> date | None:
        """The last day of the stretch before the one in which a day lies."""
        index = self.index_of(on)
        return date.fromordinal(self._starts[index - 1] - 1) if index else None

    def start_of(self, on: date) -> int:
        """First day, as an ordinal, of the stretch in which a day lies; 0 for the first of all."""
        index = self.index_of(on)
        return self._starts[index - 1] if index else 0

    def index_of(self, on: date) -> int:
        """Number of the stretch in which a day lies."""
        return bisect_right(self._starts, on.toordinal())


def turning_days_of(rows: Iterable[object], first: date, last: date) -> set[date]:
    """Days on which one of some rows begins or ceases to apply; of yearly seasons those from one year to another."""
    return {day for row in rows for day in _turning_days(row, first, last)}


def listing_days(dataset: Dataset) -> set[date]:
    """Days on which somebody was put on a watchlist or taken off it."""
    return {day for entry in dataset.watchlist for day in (entry.listed_on, entry.delisted_on) if day}


def first_days_of_papers(dataset: Dataset, as_of: date) -> set[date]:
    """Days on which documents can be there that were asked for on a day, where a rule does not wait for its own."""
    if not any(rule.short_lead == "reject" for rule in dataset.rules):
        return set()
    known = (row for row in dataset.documents if is_known(row, as_of))
    return {as_of + timedelta(days=days) for days in count_days_until_there(known).values()}


def _dated_rows(dataset: Dataset) -> Iterable[object]:
    tables = (
        dataset.payload_limits,
        dataset.services,
        dataset.statuses,
        dataset.crossings,
        dataset.haulage,
        dataset.haulage_rates,
        dataset.tariffs,
        dataset.surcharges,
        dataset.through_rates,
        dataset.handling,
        dataset.storage,
        dataset.detention,
        dataset.returns,
        dataset.documents,
        dataset.rules,
        dataset.duties,
        dataset.events,
        dataset.emission_factors,
    )
    return (row for table in tables for row in table)


def _turning_days(row: object, first: date, last: date) -> Iterable[date]:
    valid_from, valid_to = getattr(row, "valid_from", None), getattr(row, "valid_to", None)
    if valid_from:
        yield valid_from
    for end in (valid_to, getattr(row, "expected_to", None)):
        if end and end < date.max:
            yield end + timedelta(days=1)
    for month_day, shift in ((getattr(row, "season_from", None), 0), (getattr(row, "season_to", None), 1)):
        if month_day:
            for year in range(first.year, last.year + 1):
                yield _day_of_year(year, month_day, shift)


def _day_of_year(year: int, month_day: tuple[int, int], days_after: int) -> date:
    """The day of a year; where it is 29 February and there is none, 1 March, whatever is asked for after it."""
    if month_day == (2, 29) and not isleap(year):
        return date(year, 3, 1)
    return date(year, *month_day) + timedelta(days=days_after)
