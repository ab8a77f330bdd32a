"""Papers that nothing waits for: their real lead time, and the plan that says that they would be late."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from landbridge.domain.dataset import Dataset
from landbridge.domain.finding import Finding
from landbridge.domain.plan import DocumentNeed, Itinerary
from landbridge.domain.query import Query
from landbridge.report.figures import count_text


def tell_leads(dataset: Dataset, itineraries: Iterable[Itinerary], as_of: date) -> tuple[Itinerary, ...]:
    """Itineraries whose papers all show the lead time of their row and the last day to apply for them.

    Those too that their legs do not wait for (``short_lead`` warn). A paper that another one needs has to be there when that one is
    applied for. What a leg waits for is there in time if it is applied for on the day of asking, though the run may have left before: no
    earlier day is told for it.
    """
    leads: dict[str, int] = {row.document_id: row.lead_days for row in dataset.documents}
    before: dict[str, tuple[str, ...]] = {row.document_id: row.needs for row in dataset.documents if row.needs}
    warning = frozenset(rule.rule_id for rule in dataset.rules if rule.short_lead == "warn")
    held, told = tuple(itineraries), dict[tuple[int, date], DocumentNeed]()

    def tell_need(paper: _Paper, last_day: date) -> DocumentNeed:
        """Each need once: plans share most of them."""
        key = (id(paper.need), last_day)
        if key not in told:
            told[key] = paper.told(last_day)
        return told[key]

    def tell(itinerary: Itinerary) -> Itinerary:
        needs: dict[str, _Paper] = {}
        for need in itinerary.documents:
            first = as_of if warning.isdisjoint(need.rule_ids) else date.min
            needs[need.document_id] = _Paper(need, leads.get(need.document_id, need.lead_days), first)
        days = _find_last_days(needs, before)
        documents = tuple(tell_need(paper, days[document_id]) for document_id, paper in needs.items())
        return itinerary if documents == itinerary.documents else replace(itinerary, documents=documents)

    return tuple(tell(itinerary) for itinerary in held)


@dataclass(frozen=True, slots=True)
class _Paper:
    """A paper of an itinerary, its lead time and the first day that may be told to apply for it."""

    need: DocumentNeed
    lead_days: int
    first: date

    def told(self, last_day: date) -> DocumentNeed:
        if (self.need.lead_days, self.need.apply_by) == (self.lead_days, last_day):
            return self.need
        return replace(self.need, lead_days=self.lead_days, apply_by=last_day)


def _find_last_days(papers: dict[str, _Paper], before: dict[str, tuple[str, ...]]) -> dict[str, date]:
    """The last day to apply for each, so that it is there for its leg and for every paper that needs it; a circle is gone once."""
    above = {own_id: [other for other in papers if own_id in before.get(other, ())] for own_id in papers}
    found: dict[str, date] = {}

    def find(own_id: str, asked: frozenset[str]) -> tuple[date, bool]:
        """The day, and whether no circle was cut on the way: then it is the same from wherever it is asked for."""
        if own_id in found:
            return found[own_id], True
        paper, asked = papers[own_id], asked | {own_id}
        needing = [find(other, asked) for other in above[own_id] if other not in asked]
        needed_on = min([paper.need.apply_by + timedelta(days=paper.need.lead_days), *(day for day, _ in needing)])
        day = max(paper.first, needed_on - timedelta(days=paper.lead_days))
        is_whole = len(needing) == len(above[own_id]) and all(whole for _, whole in needing)
        if is_whole:
            found[own_id] = day
        return day, is_whole

    return {own_id: find(own_id, frozenset())[0] for own_id in papers}


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
