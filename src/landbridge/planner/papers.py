"""Papers that nothing waits for: their real lead time, and the plan that says that they would be late."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from landbridge.domain.dataset import Dataset
from landbridge.domain.finding import Finding
from landbridge.domain.plan import DocumentNeed, Itinerary
from landbridge.domain.query import Query
from landbridge.report.figures import count_text


def tell_leads(dataset: Dataset, itineraries: Iterable[Itinerary], as_of: date) -> tuple[Itinerary, ...]:
    """Itineraries whose papers all show the lead time of their row, those too that their legs do not wait for (``short_lead`` warn).

    What a leg waits for is there in time if it is applied for on the day of asking, though the run may have left before: no earlier day is
    told for it.
    """
    leads: dict[str, int] = {row.document_id: row.lead_days for row in dataset.documents}
    warning = frozenset(rule.rule_id for rule in dataset.rules if rule.short_lead == "warn")

    def tell(itinerary: Itinerary) -> Itinerary:
        documents = tuple(
            _tell_lead(need, leads.get(need.document_id, need.lead_days), as_of if warning.isdisjoint(need.rule_ids) else date.min)
            for need in itinerary.documents
        )
        return itinerary if documents == itinerary.documents else replace(itinerary, documents=documents)

    return tuple(tell(itinerary) for itinerary in itineraries)


def _tell_lead(need: DocumentNeed, lead_days: int, first: date) -> DocumentNeed:
    if need.lead_days >= lead_days and need.apply_by >= first:
        return need
    lead_days = max(lead_days, need.lead_days)
    return replace(need, lead_days=lead_days, apply_by=max(first, need.apply_by - timedelta(days=lead_days - need.lead_days)))


def find_late_papers(dataset: Dataset, query: Query, itineraries: Iterable[Itinerary]) -> Iterator[Finding]:
    """PAPER-LATE: a paper that no leg waits for would have to be applied for before the day of asking; each once, by its earliest day."""
    warning = {rule.rule_id for rule in dataset.rules if rule.short_lead == "warn"}
    late: dict[str, DocumentNeed] = {}
    for itinerary in itineraries:
        for need in itinerary.documents:
            known = late.get(need.document_id)
            if warning & set(need.rule_ids) and need.apply_by < query.as_of and (known is None or need.apply_by < known.apply_by):
                late[need.document_id] = need
    for need in late.values():
        ago = count_text((query.as_of - need.apply_by).days, "day")
        yield Finding(
            code="PAPER-LATE",
            severity="warning",
            message=f"{need.name} takes {count_text(need.lead_days, 'day')} and should have been applied for by {need.apply_by}, {ago} ago",
            fix=f"ask {need.issuer} whether it can be had sooner, or ship later",
        )
