"""Documents that need others before: how long it takes until each can be there."""

from __future__ import annotations

from collections.abc import Iterable

from landbridge.domain.rule import Document


def count_days_until_there(documents: Iterable[Document]) -> dict[str, int]:
    """Days from asking for a document until it is there: its own lead time, after the longest of those that it needs before.

    Documents that need each other in a circle are there after the circle was gone once.
    """
    by_id = {row.document_id: row for row in documents}

    def count(row: Document, asked: frozenset[str]) -> int:
        asked |= {row.document_id}
        before = (by_id[need] for need in row.needs if need in by_id and need not in asked)
        return row.lead_days + max((count(need, asked) for need in before), default=0)

    return {row.document_id: count(row, frozenset()) for row in by_id.values()}
