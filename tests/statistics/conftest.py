"""A small world of trade: two countries, a few records, claims in words of one line."""

from calendar import monthrange
from datetime import date
from decimal import Decimal

import pytest

from landbridge.domain.dataset import Dataset, DatasetInfo
from landbridge.domain.record import Range
from landbridge.domain.source import Source
from landbridge.domain.trade import ClaimReading, ClaimTerm, TradeClaim, TradeMargin, TradeRecord


def exactly(value):
    return Range(low=Decimal(value), typical=Decimal(value), high=Decimal(value))


class World:
    """Records and claims of AA and BB, all in USD."""

    def __init__(self):
        self.records, self.claims, self.readings, self.terms, self.margins = [], [], [], [], []

    def record(self, reporter, flow, year, value, months=12, hs=None, partner=None):
        other = partner or ("BB" if reporter == "AA" else "AA")
        end = date(year, months, monthrange(year, months)[1])
        self.records.append(
            TradeRecord(
                record_id=f"{reporter}-{flow}-{year}-{hs}-{other}", reporter=reporter, partner=other, flow=flow, hs=hs,
                from_on=date(year, 1, 1),
                to_on=end, value=exactly(value), currency="USD", source_id="stat", row=f"t/trade_records.csv:{len(self.records) + 2}",
            )
        )  # fmt: skip
        return self

    def claim(self, name, *readings, grade="press"):
        """Each reading is a tuple of parts: (floor, ceiling, {(reporter, flow, year): factor})."""
        self.claims.append(
            TradeClaim(claim_id=name, title=name, speaker="somebody", said_on=date(2024, 6, 1), source_id=grade, row=f"t/claims.csv:{name}")
        )
        for number, parts in enumerate(readings):
            for part, (floor, ceiling, terms) in enumerate(parts, 1):
                bounds = {"floor": None if floor is None else Decimal(floor), "ceiling": None if ceiling is None else Decimal(ceiling)}
                self.readings.append(
                    ClaimReading(claim_id=name, reading=f"r{number}", part=part, words="words", currency="USD", source_id=grade, **bounds)
                )
                for seq, ((reporter, flow, year), factor) in enumerate(terms.items(), 1):
                    other = "BB" if reporter == "AA" else "AA"
                    self.terms.append(
                        ClaimTerm(
                            claim_id=name, reading=f"r{number}", part=part, seq=seq, reporter=reporter, partner=other, flow=flow,
                            from_on=date(year, 1, 1), to_on=date(year, 12, 31), factor=exactly(factor), source_id=grade,
                        )
                    )  # fmt: skip
        return self

    def margin(self, low, typical, high, kind="cif_fob"):
        percent = Range(low=Decimal(low), typical=Decimal(typical), high=Decimal(high))
        self.margins.append(TradeMargin(margin_id="m", kind=kind, percent=percent, source_id="stat"))
        return self

    def build(self):
        return Dataset(
            info=DatasetInfo(name="t", as_of=date(2025, 1, 1)),
            sources=(
                Source(source_id="stat", title="t", publisher="p", grade="A"),
                Source(source_id="press", title="t", publisher="p", grade="B"),
            ),
            trade_records=tuple(self.records), claims=tuple(self.claims), claim_readings=tuple(self.readings),
            claim_terms=tuple(self.terms),
            trade_margins=tuple(self.margins),
        )  # fmt: skip


@pytest.fixture
def world():
    return World()
