"""Documents that need others before: how long it takes until each can be there."""

from __future__ import annotations

from collections.abc import Iterable

from landbridge.domain.rule import Document


def count_days_until_there(documents: Iterable[Document]) -> dict[str, int]:
    """Days from asking for a document until it is there: its own lead time, after the longest of those that it needs before.

    Documents that need each other in a circle are there after the circle was gone once. What is needed and not among them is no document.
    """
    by_id = {row.document_id: row for row in documents}
    found: dict[str, int] = {}

    def count(row: Document, asked: frozenset[str]) -> tuple[int, bool]:
        """The days, and whether no circle was cut on the way: then they are the same from wherever they are asked for."""
        if row.document_id in found:
            return found[row.document_id], True
        asked |= {row.document_id}
        known = [by_id[need] for need in row.needs if need in by_id]
        before = [count(need, asked) for need in known if need.document_id not in asked]
        days = row.lead_days + max((one for one, _ in before), default=0)
        is_whole = len(before) == len(known) and all(whole for _, whole in before)
        if is_whole:
            found[row.document_id] = days
        return days, is_whole

    return {row.document_id: count(row, frozenset())[0] for row in by_id.values()}
