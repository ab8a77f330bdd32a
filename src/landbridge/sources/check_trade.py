"""Checks of trade records and claims: figures that stand twice, claims that refer to nothing, shares above the whole."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from landbridge.domain.dataset import Dataset
from landbridge.domain.finding import Finding
from landbridge.domain.trade import ClaimTerm, TradeRecord
from landbridge.sources.provenance import make_row_finding

_UNIT_FACTORS = (1_000, 1_000_000)
_UNIT_TOLERANCE = 0.02


def check_trade_partners(dataset: Dataset) -> Iterator[Finding]:
    """TRADE-SELF: a country trades with itself."""
    rows: tuple[TradeRecord | ClaimTerm, ...] = (*dataset.trade_records, *dataset.claim_terms)
    for row in rows:
        if row.reporter == row.partner:
            yield make_row_finding("TRADE-SELF", row, "partner", f"reporter and partner are both {row.reporter}")


def check_trade_twice(dataset: Dataset) -> Iterator[Finding]:
    """TRADE-TWICE, TRADE-UNITS: one figure stands twice in a source, or once in units and once in thousands or millions."""
    groups: dict[tuple[object, ...], list[TradeRecord]] = {}
    for record in dataset.trade_records:
        key = (record.reporter, record.partner, record.flow, record.hs, record.from_on, record.to_on)
        groups.setdefault(key, []).append(record)
    for records in groups.values():
        for first, second in combinations(records, 2):
            if _differ_by_unit(first, second):
                message = f"{second.value.typical} here and {first.value.typical} in {first.record_id}: one is in thousands or millions"
                yield make_row_finding("TRADE-UNITS", second, "value", message)
            elif first.source_id == second.source_id:
                message = f"{first.record_id} is the same figure of the same source"
                yield make_row_finding("TRADE-TWICE", second, "record_id", message)


def check_claims_whole(dataset: Dataset) -> Iterator[Finding]:
    """CLAIM-EMPTY, CLAIM-TERM-LOST: a claim without readings, a reading without terms, a term without its reading."""
    parts = {(row.claim_id, row.reading, row.part) for row in dataset.claim_readings}
    terms = {(row.claim_id, row.reading, row.part) for row in dataset.claim_terms}
    read = {claim_id for claim_id, _, _ in parts}
    for claim in dataset.claims:
        if claim.claim_id not in read:
            yield make_row_finding("CLAIM-EMPTY", claim, "claim_id", f"the claim {claim.claim_id} has no reading")
    for row in dataset.claim_readings:
        if (row.claim_id, row.reading, row.part) not in terms:
            message = f"part {row.part} of the reading {row.reading} of {row.claim_id} adds up no figure"
            yield make_row_finding("CLAIM-EMPTY", row, "reading", message)
    for term in dataset.claim_terms:
        if (term.claim_id, term.reading, term.part) not in parts:
            message = f"{term.claim_id} has no reading {term.reading} with a part {term.part}"
            yield make_row_finding("CLAIM-TERM-LOST", term, "reading", message)


def check_claim_bounds(dataset: Dataset) -> Iterator[Finding]:
    """CLAIM-BOUNDS: a part of a reading says nothing, or its lower bound lies above the upper one."""
    for row in dataset.claim_readings:
        if row.floor is None and row.ceiling is None:
            yield make_row_finding("CLAIM-BOUNDS", row, "floor", "neither floor nor ceiling is given, so the part says nothing")
        elif row.floor is not None and row.ceiling is not None and row.floor > row.ceiling:
            yield make_row_finding("CLAIM-BOUNDS", row, "floor", f"the floor {row.floor} lies above the ceiling {row.ceiling}")


def check_shares(dataset: Dataset) -> Iterator[Finding]:
    """SHARE-ABOVE-WHOLE: more than the whole goes through third countries, or arrives in another year."""
    for margin in dataset.trade_margins:
        if margin.kind != "cif_fob" and margin.percent.high > 100:
            yield make_row_finding(
                "SHARE-ABOVE-WHOLE", margin, "percent", f"a share of {margin.percent.high} percent is more than the whole"
            )


def check_freight_margins(dataset: Dataset) -> Iterator[Finding]:
    """MARGIN-NEGATIVE, MARGIN-HIGH: freight and insurance that cost less than nothing, or more than the goods."""
    for margin in dataset.trade_margins:
        if margin.kind == "cif_fob" and margin.percent.low < 0:
            message = (
                f"freight and insurance of {margin.percent.low} percent: an importer's figure holds them on top, so they are not below 0"
            )
            yield make_row_finding("MARGIN-NEGATIVE", margin, "percent", message)
        if margin.kind == "cif_fob" and margin.percent.high > 100:
            message = f"freight and insurance of {margin.percent.high} percent cost more than the goods themselves"
            yield make_row_finding("MARGIN-HIGH", margin, "percent", message)


def check_claims_ahead(dataset: Dataset) -> Iterator[Finding]:
    """CLAIM-AHEAD: a claim speaks of a period that was not over when it was made."""
    said = {claim.claim_id: claim.said_on for claim in dataset.claims}
    for term in dataset.claim_terms:
        if term.claim_id in said and term.to_on > said[term.claim_id]:
            message = f"the period ends on {term.to_on}, the claim was made on {said[term.claim_id]}"
            yield make_row_finding("CLAIM-AHEAD", term, "to_on", message)


def _differ_by_unit(first: TradeRecord, second: TradeRecord) -> bool:
    low, high = sorted((first.value.typical, second.value.typical))
    if first.currency != second.currency or low == 0:
        return False
    return any(abs(float(high / low) / factor - 1) <= _UNIT_TOLERANCE for factor in _UNIT_FACTORS)
