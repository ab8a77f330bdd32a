"""Trade records as figures in one currency, and quantities: the stretches of time into which all periods of a series are cut."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from landbridge.domain.dataset import Dataset
from landbridge.domain.trade import ClaimTerm, TradeRecord

_DAY = timedelta(days=1)

Series = tuple[str, str, str, str | None]
"""Reporter, partner, flow and goods: whose books, and which page of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One published figure in the settlement currency: its range of rounding in whole units."""

    series: Series
    from_on: date
    to_on: date
    low: Fraction
    typical: Fraction
    high: Fraction
    record_id: str
    row: str
    source_id: str
    grade: str


def list_figures(dataset: Dataset, as_of: date) -> tuple[Figure, ...]:
    """Records that were known on a day, in the settlement currency; those in a currency without a rate are left out.

    A foreign figure is converted at the last rate on or before the end of its period, or, if all rates are later, at the first.
    """
    figures: list[Figure] = []
    for record in dataset.trade_records:
        source = dataset.source_by_id[record.source_id]
        rate = find_rate(dataset, record.currency, record.to_on)
        if rate is None or (source.published_on or record.to_on) > as_of or record.to_on > as_of:
            continue
        low, typical, high = (Fraction(end) / rate for end in (record.value.low, record.value.typical, record.value.high))
        figures.append(
            Figure(
                series=name_series(record), from_on=record.from_on, to_on=record.to_on, low=low, typical=typical, high=high,
                record_id=record.record_id, row=record.row, source_id=record.source_id, grade=source.grade,
            )
        )  # fmt: skip
    return tuple(figures)


def count_years(from_on: date, to_on: date) -> float:
    """How many years a period is long, each day counting as a part of its own year: a calendar year is exactly one, leap or not."""
    years = 0.0
    for year in range(from_on.year, to_on.year + 1):
        first, last = max(from_on, date(year, 1, 1)), min(to_on, date(year, 12, 31))
        years += ((last - first).days + 1) / (366 if isleap(year) else 365)
    return years


def name_series(record: TradeRecord | ClaimTerm) -> Series:
    return record.reporter, record.partner, record.flow, record.hs


def find_rate(dataset: Dataset, currency: str, on: date) -> Fraction | None:
    """Units of a currency for one of the settlement currency on a day."""
    if currency == dataset.info.settlement_currency:
        return Fraction(1)
    rates = sorted((rate.on, rate.rate) for rate in dataset.exchange_rates if rate.currency == currency)
    if not rates:
        return None
    return Fraction(max((rate for rate in rates if rate[0] <= on), default=rates[0])[1])


class Timeline:
    """Numbers the quantities: for each series, each stretch between two days on which any period of it begins or has ended."""

    def __init__(self, periods: Iterable[tuple[Series, date, date]]) -> None:
        self._cuts: dict[Series, list[date]] = {}
        for series, from_on, to_on in periods:
            self._cuts.setdefault(series, []).extend((from_on, to_on + _DAY))
        self._number: dict[tuple[Series, date], int] = {}
        for series, cuts in sorted(self._cuts.items(), key=lambda item: tuple(part or "" for part in item[0])):
            self._cuts[series] = sorted(set(cuts))
            for begin in self._cuts[series][:-1]:
                self._number[series, begin] = len(self._number)

    def list_quantities(self, series: Series, from_on: date, to_on: date) -> tuple[int, ...]:
        """Numbers of the quantities that make up a period of a series."""
        return tuple(self._number[series, begin] for begin in self._cuts[series][:-1] if from_on <= begin <= to_on)

    def list_series(self) -> tuple[Series, ...]:
        return tuple(self._cuts)

    def list_stretches(self, series: Series) -> tuple[tuple[date, date], ...]:
        """First and last day of each quantity of a series."""
        cuts = self._cuts[series]
        return tuple((begin, end - _DAY) for begin, end in pairwise(cuts))
