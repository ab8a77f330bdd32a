"""Statements that can be held against each other: records, claims with all their readings, and what links two countries' books."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from landbridge.domain.dataset import Dataset
from landbridge.domain.trade import ClaimReading, ClaimTerm, TradeRecord
from landbridge.statistics.calibration import MIRROR_RANGE, SPREAD_BY_SIZE
from landbridge.statistics.figure import Figure, Series, Timeline, count_years, find_rate, name_series
from landbridge.statistics.level import find_spread
from landbridge.statistics.linear import Bound, at_least, at_most

_MIRROR = {"export": "import", "import": "export"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way in which a statement can be true: all of these bounds. ``books`` are the countries whose books it means."""

    reading: str
    words: str
    bounds: tuple[Bound, ...]
    books: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A record, a claim or a link; true if one of its ways is. ``kind`` is ``record``, ``claim``, ``link`` or ``part``."""

    name: str
    kind: str
    ways: tuple[Way, ...]
    row: str


def build_timeline(dataset: Dataset, figures: Sequence[Figure], as_of: date) -> Timeline:
    """Quantities for all records and claims, cut at the turns of years as well."""
    periods: list[tuple[Series, date, date]] = [(figure.series, figure.from_on, figure.to_on) for figure in figures]
    periods += [(name_series(term), term.from_on, term.to_on) for term in dataset.claim_terms]
    by_series: dict[Series, list[date]] = {}
    for series, from_on, to_on in periods:
        by_series.setdefault(series, []).extend((from_on, to_on))
    for series, days in by_series.items():
        first, last = min(days).year, min(max(days).year, as_of.year)
        periods += [(series, date(year, 1, 1), date(year, 12, 31)) for year in range(first, last + 1)]
    return Timeline(periods)


def list_statements(dataset: Dataset, figures: Sequence[Figure], timeline: Timeline, as_of: date) -> tuple[Statement, ...]:
    """Every record, every claim made by a day, the links between mirrored books of one year, and goods as parts of all goods."""
    return (
        *(_state_record(figure, timeline) for figure in figures),
        *_state_links(dataset, figures, timeline),
        *_state_parts(timeline),
        *_state_claims(dataset, timeline, as_of),
    )


def _state_record(figure: Figure, timeline: Timeline) -> Statement:
    factors = dict.fromkeys(timeline.list_quantities(figure.series, figure.from_on, figure.to_on), Fraction(1))
    bounds = (at_least(factors, figure.low), at_most(factors, figure.high))
    way = Way(reading="", words="", bounds=bounds, books=frozenset())
    return Statement(name=figure.record_id, kind="record", ways=(way,), row=figure.row)


def _state_claims(dataset: Dataset, timeline: Timeline, as_of: date) -> Iterable[Statement]:
    for claim in dataset.claims:
        if claim.said_on > as_of:
            continue
        parts = [row for row in dataset.claim_readings if row.claim_id == claim.claim_id]
        names = list(dict.fromkeys(row.reading for row in parts))
        ways = (_read_way(dataset, [row for row in parts if row.reading == name], timeline) for name in names)
        found = tuple(way for way in ways if way is not None)
        if found:  # else it is in a currency without a rate, which a finding of the feed tells
            yield Statement(name=claim.claim_id, kind="claim", ways=found, row=claim.row)


def _read_way(dataset: Dataset, parts: Sequence[ClaimReading], timeline: Timeline) -> Way | None:
    """A reading as bounds; a factor with a range lets the sum take any value that some factor in it gives."""
    bounds: list[Bound] = []
    books: set[str] = set()
    for part in parts:
        terms = list_terms(dataset, part)
        rate = find_rate(dataset, part.currency, max(term.to_on for term in terms))
        if rate is None:
            return None
        books |= {term.reporter for term in terms}
        if part.ceiling is not None:
            bounds.append(at_most(_sum_terms(terms, timeline, "low"), Fraction(part.ceiling) / rate))
        if part.floor is not None:
            bounds.append(at_least(_sum_terms(terms, timeline, "high"), Fraction(part.floor) / rate))
    return Way(reading=parts[0].reading, words="; ".join(part.words for part in parts), bounds=tuple(bounds), books=frozenset(books))


def list_terms(dataset: Dataset, part: ClaimReading) -> list[ClaimTerm]:
    """Terms of one part of a reading."""
    key = (part.claim_id, part.reading, part.part)
    return [term for term in dataset.claim_terms if (term.claim_id, term.reading, term.part) == key]


def find_repeated(dataset: Dataset, claim_id: str) -> tuple[str, ...]:
    """Records that a claim only repeats: those of its own source that hold every figure of one of its readings, and agree with what the
    reading says of them; none if it says more, or otherwise.

    Such a claim is borne out by itself. It is judged, but counts neither as evidence of its own nor in conflicts: its records do.
    """
    claim = next(row for row in dataset.claims if row.claim_id == claim_id)
    records = [row for row in dataset.trade_records if row.source_id == claim.source_id]
    held: dict[tuple[object, ...], TradeRecord] = {(*name_series(row), row.from_on, row.to_on): row for row in records}
    parts = [row for row in dataset.claim_readings if row.claim_id == claim_id]
    for name in dict.fromkeys(row.reading for row in parts):
        found = [_find_records(dataset, row, held) for row in parts if row.reading == name]
        if all(found):
            return tuple(dict.fromkeys(record.record_id for records in found for record in records))
    return ()


def _find_records(dataset: Dataset, part: ClaimReading, held: Mapping[tuple[object, ...], TradeRecord]) -> list[TradeRecord]:
    """The records of all terms of a part, in their order; none if one is missing, or if they say otherwise."""
    terms = list_terms(dataset, part)
    found = [record for term in terms if (record := held.get((*name_series(term), term.from_on, term.to_on))) is not None]
    return found if len(found) == len(terms) and _agrees(dataset, part, terms, found) else []


def _agrees(dataset: Dataset, part: ClaimReading, terms: Sequence[ClaimTerm], records: Sequence[TradeRecord]) -> bool:
    """Whether the sum of a part's terms, by their records and the rounding of these, can lie where the part says."""
    stated = find_rate(dataset, part.currency, max(term.to_on for term in terms))
    rates = [find_rate(dataset, record.currency, record.to_on) for record in records]
    if stated is None:
        return False
    low = high = Fraction(0)
    for term, record, rate in zip(terms, records, rates, strict=True):
        if rate is None:
            return False
        ends = [
            Fraction(factor) * Fraction(value) / rate
            for factor in (term.factor.low, term.factor.high)
            for value in (record.value.low, record.value.high)
        ]
        low, high = low + min(ends), high + max(ends)
    return (part.floor is None or high >= Fraction(part.floor) / stated) and (
        part.ceiling is None or low <= Fraction(part.ceiling) / stated
    )


def list_telling(dataset: Dataset, statements: Sequence[Statement]) -> list[Statement]:
    """Statements without the claims that only repeat records."""
    return [one for one in statements if one.kind != "claim" or not find_repeated(dataset, one.name)]


def _sum_terms(terms: Sequence[ClaimTerm], timeline: Timeline, end: str) -> dict[int, Fraction]:
    total: dict[int, Fraction] = {}
    for term in terms:
        factor = Fraction(getattr(term.factor, end))
        for quantity in timeline.list_quantities(name_series(term), term.from_on, term.to_on):
            total[quantity] = total.get(quantity, Fraction(0)) + factor
    return total


def _state_links(dataset: Dataset, figures: Sequence[Figure], timeline: Timeline) -> Iterable[Statement]:
    """The importer's figure of a year lies within the range of the exporter's in which nine of ten pairs of countries have it."""
    known = set(timeline.list_series())
    for reporter, partner, flow, hs in sorted(known, key=lambda series: tuple(part or "" for part in series)):
        mirrored: Series = (partner, reporter, "import", hs)
        if flow != "export" or mirrored not in known:
            continue
        series: Series = (reporter, partner, flow, hs)
        low, high = find_mirror_range(figures, series)
        for year in _list_common_years(timeline, series, mirrored):
            begin, end = date(year, 1, 1), date(year, 12, 31)
            exports = timeline.list_quantities(series, begin, end)
            imports = timeline.list_quantities(mirrored, begin, end)
            bounds = (
                at_least(dict.fromkeys(imports, Fraction(1)) | dict.fromkeys(exports, -low), Fraction(0)),
                at_most(dict.fromkeys(imports, Fraction(1)) | dict.fromkeys(exports, -high), Fraction(0)),
            )
            words = f"imports of {partner} are {float(low):.2g} to {float(high):.2g} times the exports of {reporter}"
            way = Way(reading="", words=words, bounds=bounds, books=frozenset())
            yield Statement(name=f"mirror {reporter}>{partner} {year}", kind="link", ways=(way,), row="statistics/calibration.py")


def find_mirror_range(figures: Sequence[Figure], series: Series) -> tuple[Fraction, Fraction]:
    """Importer's over exporter's figure of a year: where nine of ten pairs of countries of this size have it."""
    reporter, partner, _, hs = series
    ours = [figure for figure in figures if figure.series in (series, (partner, reporter, "import", hs))]
    rates = sorted(float(figure.typical) / count_years(figure.from_on, figure.to_on) for figure in ours if figure.typical)
    spread = find_spread(rates[len(rates) // 2] if rates else 1.0, SPREAD_BY_SIZE)
    sd = math.hypot(spread.bias_sd, spread.error_sd) * MIRROR_RANGE
    return Fraction(math.exp(spread.bias - sd)).limit_denominator(10**6), Fraction(math.exp(spread.bias + sd)).limit_denominator(10**6)


def _list_common_years(timeline: Timeline, first: Series, second: Series) -> list[int]:
    """Years that both series cover whole."""
    years: list[set[int]] = []
    for series in (first, second):
        stretches = timeline.list_stretches(series)
        years.append({year for year in range(stretches[0][0].year, stretches[-1][1].year + 1) if stretches[0][0] <= date(year, 1, 1)})
    return sorted(years[0] & years[1])


def _state_parts(timeline: Timeline) -> Iterable[Statement]:
    """Goods named by a code are a part of all goods of the same books and year."""
    known = set(timeline.list_series())
    for reporter, partner, flow, hs in sorted(known, key=lambda series: tuple(part or "" for part in series)):
        whole: Series = (reporter, partner, flow, None)
        if hs is None or whole not in known:
            continue
        part: Series = (reporter, partner, flow, hs)
        for year in _list_common_years(timeline, part, whole):
            begin, end = date(year, 1, 1), date(year, 12, 31)
            factors = dict.fromkeys(timeline.list_quantities(part, begin, end), Fraction(1))
            factors |= dict.fromkeys(timeline.list_quantities(whole, begin, end), Fraction(-1))
            way = Way(reading="", words=f"goods {hs} are a part of all goods", bounds=(at_most(factors, Fraction(0)),), books=frozenset())
            yield Statement(name=f"{hs} of {reporter}>{partner} {flow} {year}", kind="part", ways=(way,), row="")
