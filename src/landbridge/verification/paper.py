"""Papers: the documents and permits that rules call for, when they are there, and what they cost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from landbridge.domain.plan import DocumentNeed
from landbridge.domain.rule import Document
from landbridge.verification.calendar import local_day
from landbridge.verification.case import Case
from landbridge.verification.difference import Difference, compare, demand
from landbridge.verification.law import Hit
from landbridge.verification.money import Charge, cents_of

REQUIRING = frozenset({"require_document", "require_permit"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A document that an itinerary needs.

    Attributes
    ----------
    legs
        Legs that need it; the shipment's documents are there before the first.
    rule_ids
        Rules that ask for it.
    inherited_ids
        Rules that ask for a document which needs this one.
    is_for_shipment
        Whether a rule on the shipment as a whole asks for it.
    """

    document_id: str
    legs: frozenset[int] = frozenset()
    rule_ids: frozenset[str] = frozenset()
    inherited_ids: frozenset[str] = frozenset()
    is_for_shipment: bool = False

    @property
    def first_leg(self) -> int:
        return min(self.legs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """When a leg needs a document.

    Attributes
    ----------
    day
        Date of the leg.
    zone
        Clock of the place where the leg begins, by which the day to apply counts.
    at, latest_at
        When the document has to be there: the cut-off of a departure; a run may need it when it leaves (``at``), or only when it
        enters the link that asks for it (``latest_at``).
    """

    day: date
    zone: str
    at: datetime
    latest_at: datetime


def find_document(case: Case, document_id: str) -> Document | None:
    """Find a document by its id, if it was known on the day of asking."""
    return next((row for row in case.dataset.documents if row.document_id == document_id and case.is_known(row)), None)


def list_needs(case: Case, hits: Iterable[Hit]) -> tuple[Need, ...]:
    """List the documents that hits call for, with those that these need in turn, by id."""
    needs: dict[str, Need] = {}
    for hit in hits:
        document_id = hit.rule.document_id
        if hit.rule.effect in REQUIRING and hit.parts and document_id is not None and find_document(case, document_id) is not None:
            leg, is_for_shipment = (0, True) if hit.matter.leg is None else (hit.matter.leg, False)
            need = Need(
                document_id=document_id,
                legs=frozenset({leg}),
                rule_ids=frozenset({hit.rule.rule_id}),
                is_for_shipment=is_for_shipment,
            )
            _add(needs, need)
    open_ids = list(needs)
    while open_ids:
        open_ids += _spread(case, needs, needs[open_ids.pop()])
    return tuple(needs[document_id] for document_id in sorted(needs))


def _add(needs: dict[str, Need], need: Need) -> bool:
    """Add a need to those known; tell whether that changed anything."""
    old = needs.get(need.document_id, Need(document_id=need.document_id))
    needs[need.document_id] = replace(
        old,
        legs=old.legs | need.legs,
        rule_ids=old.rule_ids | need.rule_ids,
        inherited_ids=old.inherited_ids | need.inherited_ids,
        is_for_shipment=old.is_for_shipment or need.is_for_shipment,
    )
    return needs[need.document_id] != old


def _spread(case: Case, needs: dict[str, Need], need: Need) -> list[str]:
    """Pass a need on to the documents that it needs; give those that changed."""
    document = find_document(case, need.document_id)
    passed = [
        replace(need, document_id=other, rule_ids=frozenset(), inherited_ids=need.rule_ids | need.inherited_ids)
        for other in (document.needs if document else ())
        if find_document(case, other) is not None
    ]
    return [other.document_id for other in passed if _add(needs, other)]


def papers_at(case: Case, hits: Iterable[Hit]) -> datetime:
    """Give when all documents that are waited for are there: the day of asking plus the longest way from paper to paper."""
    waited = (hit for hit in hits if hit.rule.short_lead != "warn")
    known: dict[str, Document] = {row.document_id: row for row in case.dataset.documents if case.is_known(row)}
    days = count_days(known)
    return case.asked_at + timedelta(days=max((days[need.document_id] for need in list_needs(case, waited)), default=0))


def count_days(documents: Mapping[str, Document]) -> dict[str, int]:
    """Count the days from asking for each document until it is there, after what it needs before; a circle is gone once."""
    days: dict[str, int] = {}
    found = 1
    while found:  # first those that need nothing that is not counted yet
        ready = [one for one in documents if one not in days and all(other in days for other in documents[one].needs if other in documents)]
        found = len(ready)
        days |= {one: documents[one].lead_days + max((days.get(other, 0) for other in documents[one].needs), default=0) for one in ready}
    return {one: _walk_circle(documents, days, one, ()) for one in documents}


def _walk_circle(documents: Mapping[str, Document], days: Mapping[str, int], document_id: str, above: tuple[str, ...]) -> int:
    """Count the days of a document that lies on a circle or needs one that does."""
    if document_id in days or document_id not in documents:
        return days.get(document_id, 0)
    above = (*above, document_id)
    needs = (other for other in documents[document_id].needs if other not in above)
    return documents[document_id].lead_days + max((_walk_circle(documents, days, other, above) for other in needs), default=0)


def is_unwaited(case: Case, rule_ids: Iterable[str]) -> bool:
    """Tell whether one of the rules that call for a document lets the goods go without it."""
    asking = frozenset(rule_ids)
    return any(rule.rule_id in asking and rule.short_lead == "warn" for rule in case.dataset.rules)


def find_fault(case: Case, need: Need, day: date) -> str | None:
    """Find why a document cannot be had on the date of the rule: of the first leg that needs it, or of the shipment; None if it can."""
    document = find_document(case, need.document_id)
    if document is None:
        return "not in the dataset"
    if not case.applies(document, day):
        return f"no row applies on {day}"
    if document.amount is not None and case.find_rate(document.currency) is None:
        return f"no exchange rate for {document.currency}"
    if document.quota_left is not None and document.quota_left < case.query.units:
        return f"{document.quota_left} left for {case.query.units} units"
    return None


def list_paper_charges(case: Case, needs: Iterable[Need]) -> Iterator[Charge]:
    """List what documents cost, each once for the itinerary."""
    for need in needs:
        document = find_document(case, need.document_id)
        rate = case.find_rate(document.currency) if document else None
        if document is not None and document.amount is not None and rate is not None:
            cents = cents_of(document.amount, case.quantity_of(document.per), rate)
            yield Charge(kind="document", row_id=document.document_id, leg=need.first_leg, cents=cents)


def compare_papers(
    case: Case, stated: tuple[DocumentNeed, ...], needs: tuple[Need, ...], deadline_of: Callable[[Need], Deadline], where: str
) -> Iterator[Difference]:
    """Compare the documents of an itinerary: which, for which legs, by which rules, and by when they have to be applied for."""
    by_id = {paper.document_id: (index, paper) for index, paper in enumerate(stated)}
    ids = {need.document_id for need in needs}
    yield from demand(f"{where}.documents", len(by_id) == len(stated), "a document twice", "each once", "5 Money")
    for document_id in sorted(by_id.keys() - ids):
        yield Difference(where=f"{where}.documents[{by_id[document_id][0]}]", stated=document_id, recomputed="not needed", rule="7 Rules")
    last_days = _find_last_days(case, stated, {one.document_id: deadline_of(one) for one in needs})
    for need in needs:
        deadline = deadline_of(need)
        fault = find_fault(case, need, case.query.ready_on if need.is_for_shipment else deadline.day)
        yield from demand(f"{where}.documents", fault is None, need.document_id, f"cannot be had: {fault}", "7 Rules")
        if need.document_id not in by_id:
            yield Difference(where=f"{where}.documents", stated="missing", recomputed=need.document_id, rule="7 Rules")
            continue
        index, paper = by_id[need.document_id]
        yield from _compare_paper(case, paper, need, last_days[need.document_id], f"{where}.documents[{index}]")


def _find_last_days(case: Case, stated: tuple[DocumentNeed, ...], deadlines: dict[str, Deadline]) -> dict[str, tuple[date, date]]:
    """Find the last day to apply for each document by its leg and by the documents that need it, at the earliest and at the latest."""
    rows = {document_id: find_document(case, document_id) for document_id in deadlines}
    above = {one: [other for other, row in rows.items() if row is not None and one in row.needs] for one in rows}
    days: dict[str, tuple[date, date]] = {}

    def walk(document_id: str, below: tuple[str, ...]) -> tuple[date, date]:
        if document_id in days:
            return days[document_id]
        document, deadline = rows[document_id], deadlines[document_id]
        below = (*below, document_id)
        spans = [tuple(local_day(deadline.zone, at) for at in (deadline.at, deadline.latest_at))]
        spans += [walk(other, below) for other in above[document_id] if other not in below]
        rule_ids = [rule_id for paper in stated if paper.document_id == document_id for rule_id in paper.rule_ids]
        earliest = date.min if is_unwaited(case, rule_ids) else case.query.as_of
        lead = timedelta(days=document.lead_days if document else 0)
        first, last = (max(earliest, min(ends) - lead) for ends in zip(*spans, strict=True))
        return first, last

    found = True
    while found:  # first those that nothing needs which is not counted yet
        ready = [one for one in rows if one not in days and all(other in days for other in above[one])]
        found = bool(ready)
        days |= {one: walk(one, ()) for one in ready}
    return {one: walk(one, ()) for one in rows}


def _compare_paper(case: Case, stated: DocumentNeed, need: Need, days: tuple[date, date], where: str) -> Iterator[Difference]:
    document = find_document(case, need.document_id)
    if document is None:
        return
    yield from compare(f"{where}.lead_days", stated.lead_days, document.lead_days, "7 Rules")
    yield from compare(f"{where}.kind", stated.kind, document.kind, "7 Rules")
    first, last = days
    found = str(last) if first == last else f"{first} to {last}"
    yield from demand(f"{where}.apply_by", first <= stated.apply_by <= last, stated.apply_by, found, "4.1 Scheduled legs; 4.2 Runs")
    if need.is_for_shipment:
        yield from compare(f"{where}.legs", min(stated.legs, default=None), need.first_leg, "7 Rules")
    else:
        yield from compare(f"{where}.legs", frozenset(stated.legs), need.legs, "7 Rules")
    rule_ids = frozenset(stated.rule_ids)
    is_right = need.rule_ids <= rule_ids <= need.rule_ids | need.inherited_ids
    yield from demand(f"{where}.rule_ids", is_right, rule_ids, need.rule_ids | need.inherited_ids, "7 Rules")
