"""Trade statistics as published, and statements about them as constraints that a program can hold against each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from landbridge.domain.record import Range, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeRecord(Record):
    """Figures of trade that a statistical office published: one row of `trade_records`.

    Attributes
    ----------
    value
        With the width of its rounding: 33 million without more digits is 32.5 to 33.5.
    hs
        Goods; None for all goods together.
    """

    record_id: str
    reporter: str
    partner: str
    flow: str
    hs: str | None = None
    from_on: date
    to_on: date
    value: Range[Decimal]
    currency: str
    basis: str = "unknown"
    mass_kg: int | None = None
    quantity: Decimal | None = None
    quantity_unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeClaim(Record):
    """Statements about trade that somebody made: one row of `claims`."""

    claim_id: str
    title: str
    speaker: str
    said_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimReading(Record):
    """What a statement may mean: one row of `claim_readings`.

    A reading holds if all of its parts hold. A part says that the sum of its terms lies between ``floor`` and ``ceiling``.
    """

    claim_id: str
    reading: str
    part: int = 1
    words: str
    floor: Decimal | None = None
    ceiling: Decimal | None = None
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimTerm(Record):
    """Figures that a reading adds up: one row of `claim_terms`: a factor times what one country reports for one period."""

    claim_id: str
    reading: str
    part: int = 1
    seq: int
    reporter: str
    partner: str
    flow: str
    hs: str | None = None
    from_on: date
    to_on: date
    factor: Range[Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeMargin(Record):
    """What lies between the figures of the two countries for one flow: one row of `trade_margins`.

    Kinds: ``cif_fob`` (freight and insurance that imports hold and exports do not), ``re_export`` (goods that come through a third
    country), ``timing`` (goods that leave in one year and arrive in the next); each in percent of the exporter's figure.
    """

    margin_id: str
    kind: str
    from_country: str | None = None
    to_country: str | None = None
    hs: str | None = None
    percent: Range[Decimal]
