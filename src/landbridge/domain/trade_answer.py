"""Answers about trade: books of two countries side by side, estimated years, claims and what contradicts them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from landbridge.domain.record import Range


class Verdict(StrEnum):
    """What becomes of a claim when it is held against records and other claims."""

    CONSISTENT = "consistent"
    CONTRADICTED = "contradicted"
    NOT_DECIDABLE = "not_decidable"


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeFigure:
    """One figure that a country reports or could report. ``row`` is where it stands; None if it was not disclosed."""

    reporter: str
    partner: str
    flow: str
    hs: str | None
    from_on: date
    to_on: date
    row: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BooksCompared:
    """The same goods in the books of both countries: importer's figure over exporter's, and what of it freight and insurance explain.

    ``percent`` is how far the importer's figure lies above the exporter's; ``left_percent`` what remains after the CIF/FOB margin,
    least and most. ``is_usual`` says whether pairs of countries differ by so much in nine of ten years.
    """

    exporter: str
    importer: str
    hs: str | None
    from_on: date
    to_on: date
    percent: Decimal
    left_percent: Range[Decimal]
    is_usual: bool
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeEstimate:
    """Goods from one country to another in one year, as the exporter's books have it or would have it, in the settlement currency.

    ``value`` holds the 5, 50 and 95 % points once claims were weighed, ``before_claims`` the same from records alone. ``kind`` says what
    the year rests on: ``reported``, ``part`` (a part of the year is reported), ``mirror``, ``one_side``, ``between`` or ``beyond``.
    """

    exporter: str
    importer: str
    from_on: date
    to_on: date
    kind: str
    value: Range[int]
    before_claims: Range[int]
    mirror: Range[int]
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One year over the year before: 5, 50 and 95 % points of the factor, before and after claims were weighed."""

    exporter: str
    importer: str
    from_on: date
    to_on: date
    factor: Range[Decimal]
    factor_before_claims: Range[Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """What must hold of one year over the year before if the claims named are true: the factor lies at most at ``factor``.

    Exact, no probability: it follows from bounds alone. ``factor`` is None if they set no upper bound.
    """

    reporter: str
    partner: str
    flow: str
    from_on: date
    to_on: date
    factor: Decimal | None
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Records, claims and links that cannot all be true, though they could if any one of them were dropped.

    ``books`` is the country whose books all claims are taken to mean; None: each claim may mean either country's.
    """

    statements: tuple[str, ...]
    rows: tuple[str, ...]
    books: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingVerdict:
    """One reading of a claim: whether it can be true beside the records and all other claims, and if not, the smallest set that says so."""

    reading: str
    words: str
    verdict: Verdict
    conflict: Conflict | None
    missing: tuple[TradeFigure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimVerdict:
    """One line of the ledger. ``decided_by`` is the one figure whose disclosure would decide the claim; None if no single one would.

    ``borne_out_by`` then is one whose disclosure would make it consistent if it agrees, while the claim stays open if it does not.
    ``repeats`` are records of the claim's own source that it only repeats: then it is borne out by itself.
    """

    claim_id: str
    title: str
    speaker: str
    said_on: date
    source_id: str
    grade: str
    verdict: Verdict
    readings: tuple[ReadingVerdict, ...]
    conflict: Conflict | None
    decided_by: TradeFigure | None
    borne_out_by: TradeFigure | None = None
    repeats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeAnswer:
    """All that a feed says about trade between countries, held together."""

    dataset_name: str
    dataset_digest: str
    as_of: date
    currency: str
    compared: tuple[BooksCompared, ...]
    estimates: tuple[TradeEstimate, ...]
    changes: tuple[Change, ...]
    consequences: tuple[Consequence, ...]
    ledger: tuple[ClaimVerdict, ...]
    conflicts: tuple[Conflict, ...]
    is_complete: bool
    draws: int
    seed: int
