"""An answer about trade as one JSON document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from landbridge.domain.dataset import Dataset
from landbridge.domain.finding import Finding
from landbridge.domain.record import Range
from landbridge.domain.trade_answer import TradeAnswer, TradeEstimate
from landbridge.report.document_form import encode


def trade_document(answer: TradeAnswer, dataset: Dataset, findings: Sequence[Finding] = ()) -> dict[str, Any]:
    """Every figure, verdict and conflict of an answer, the sources of its rows, and what was found in files that were laid over the feed.

    Values are whole units of ``currency``; ranges hold ``p05``, ``p50`` and ``p95``.
    """
    cited = {record.source_id for record in dataset.trade_records} | {claim.source_id for claim in dataset.claims}
    sources = [source for source in dataset.sources if source.source_id in cited]
    return {
        "dataset": {"name": answer.dataset_name, "digest": answer.dataset_digest},
        "as_of": encode(answer.as_of),
        "currency": answer.currency,
        "draws": answer.draws,
        "seed": answer.seed,
        "is_complete": answer.is_complete,
        "compared": [_one(row) for row in answer.compared],
        "estimates": [_estimate(row) for row in answer.estimates],
        "changes": [_one(row) for row in answer.changes],
        "consequences": [_one(row) for row in answer.consequences],
        "ledger": [_one(row) for row in answer.ledger],
        "conflicts": [_one(row) for row in answer.conflicts],
        "findings": [encode(one) for one in findings],
        "sources": [{"source_id": one.source_id, "title": one.title, "publisher": one.publisher, "grade": one.grade} for one in sources],
    }


def _estimate(row: TradeEstimate) -> dict[str, Any]:
    return {"year": row.from_on.year, **_one(row)}


def _one(value: object) -> Any:  # noqa: ANN401  # JSON
    if isinstance(value, Range):
        return {"p05": encode(value.low), "p50": encode(value.typical), "p95": encode(value.high)}
    if isinstance(value, tuple):
        return [_one(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return {field.name: _one(getattr(value, field.name)) for field in fields(value)}  # type: ignore[arg-type]
    return encode(value)
