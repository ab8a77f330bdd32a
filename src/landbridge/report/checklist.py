"""The documents and permits of a plan as a checklist: what, from whom, by when, after which other, at what cost; as page, CSV and JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from landbridge.domain.dataset import Dataset
from landbridge.domain.identity import DocumentId
from landbridge.domain.plan import DocumentNeed, Exposure, Itinerary, Plan
from landbridge.domain.record import Range
from landbridge.report.figures import count_text, date_text
from landbridge.report.legend import Legend

COLUMNS = (
    "document",
    "kind",
    "issuer",
    "apply_by",
    "days_left",
    "lead_days",
    "needed_on",
    "legs",
    "cost",
    "currency",
    "per",
    "needs_first",
    "quota_left",
    "status",
    "rules",
    "document_id",
    "source",
)


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """One document: ``apply_by`` is the last day to apply so that it, and what needs it, is there in time.

    ``cost`` is ``amount`` in words.
    """

    need: DocumentNeed
    apply_by: date
    needed_on: date
    days_left: int
    cost: str
    currency: str
    per: str
    needs_first: tuple[str, ...]
    quota_left: int | None
    legs: tuple[str, ...]
    amount: Range[Decimal] | None = None

    @property
    def status(self) -> str:
        return "late" if self.days_left < 0 else "now" if self.days_left <= 3 else "open"


def list_documents(plan: Plan, dataset: Dataset, number: int) -> tuple[ChecklistRow, ...]:
    """Documents of one itinerary, the most urgent first.

    Parameters
    ----------
    plan
        The plan; its ``query.as_of`` is the day from which days are counted.
    dataset
        Feed that the documents stand in, for cost, quota and what they need.
    number
        Number of the itinerary, from 1.
    """
    itinerary, legend = plan.itineraries[number - 1], Legend(dataset)
    rows = {row.document_id: row for row in dataset.documents}
    wanted = {need.document_id: need for need in itinerary.documents}
    found = []
    for need in itinerary.documents:
        row = rows.get(DocumentId(need.document_id))
        needed_on = need.apply_by + timedelta(days=need.lead_days)
        amount = row.amount if row else None
        cost = "" if amount is None else f"{amount.typical:g}" + (f" ({amount.low:g}-{amount.high:g})" if amount.low != amount.high else "")
        found.append(
            ChecklistRow(
                need,
                need.apply_by,
                needed_on,
                (need.apply_by - plan.query.as_of).days,
                cost,
                (row.currency or "") if row else "",
                row.per if row else "",
                tuple(wanted[one].name if one in wanted else one for one in (row.needs if row else ())),
                row.quota_left if row else None,
                _legs(itinerary, need, legend),
                amount,
            )
        )
    return tuple(sorted(found, key=lambda one: (one.apply_by, one.need.name)))


def list_notes(plan: Plan, dataset: Dataset, number: int) -> tuple[str, ...]:
    """What the checklist cannot tell, what the goods are controlled for, and the measures that touch the way.

    Parameters
    ----------
    plan, dataset, number
        As in :func:`list_documents`.
    """
    itinerary, legend = plan.itineraries[number - 1], Legend(dataset)
    return (
        *_tell_goods(plan, dataset, itinerary),
        *(_tell_exposure(one, legend) for one in itinerary.exposures),
        _LIMITS,
    )


_LIMITS = (
    "Only papers that a rule of the feed names are listed; contracts, insurance, export control and the buyer's bank may ask for more. "
    "No legal advice."
)


def _tell_exposure(one: Exposure, legend: Legend) -> str:
    since = f", since {one.since}" if one.since else ""
    until = f", until {one.until}" if one.until else ""
    text = one.text.removeprefix(f"{one.regime}: ")
    return f"{one.regime}: {text}{since}{until} ({legend.name(one.what)}; {one.rule_id})"


def _tell_goods(plan: Plan, dataset: Dataset, itinerary: Itinerary) -> Iterator[str]:
    goods = plan.query.hs
    if not goods:
        yield "The goods are not named (--goods): papers that they need by themselves are not looked for."
        return
    controls = sorted({one for row in dataset.goods if goods.startswith(row.hs) or row.hs.startswith(goods) for one in row.dual_use})
    if controls:
        yield f"HS {goods} is on the control list {', '.join(controls)}: ask for the export licence and the end-user's statement."
    by_id = {str(rule.rule_id): rule for rule in dataset.rules}
    named = {one for need in itinerary.documents for one in need.rule_ids if one in by_id and by_id[one].hs}
    if not named:
        yield (
            f"No rule of the feed names a paper for goods of HS {goods}: whether they need a licence, registration, "
            "certificate of conformity or health certificate is not known here. Ask the customs agents at both ends."
        )


def _legs(itinerary: Itinerary, need: DocumentNeed, legend: Legend) -> tuple[str, ...]:
    legs = [leg for number, leg in enumerate(itinerary.legs) if number in need.legs]
    return tuple(f"{legend.name(leg.from_id)} \u2013 {legend.name(leg.to_id)} ({leg.mode})" for leg in legs) or ("shipment",)


def checklist_rows(rows: tuple[ChecklistRow, ...]) -> list[tuple[str, ...]]:
    """Cells for CSV, in the order of ``COLUMNS``; none is taken for a formula."""
    from landbridge.report.screening_document import neutral_cell

    return [tuple(neutral_cell(cell) for cell in _cells(row)) for row in rows]


def _cells(row: ChecklistRow) -> tuple[str, ...]:
    need = row.need
    return (
        need.name,
        need.kind,
        need.issuer,
        row.apply_by.isoformat(),
        str(row.days_left),
        str(need.lead_days),
        row.needed_on.isoformat(),
        "; ".join(row.legs),
        row.cost,
        row.currency,
        row.per,
        "; ".join(row.needs_first),
        "" if row.quota_left is None else str(row.quota_left),
        row.status,
        "; ".join(need.rule_ids),
        need.document_id,
        need.source_id,
    )


def checklist_document(plan: Plan, rows: tuple[ChecklistRow, ...], number: int, notes: tuple[str, ...] = ()) -> dict[str, Any]:
    """The checklist as a JSON object."""
    return {
        "notes": list(notes),
        "itinerary": number,
        "as_of": plan.query.as_of.isoformat(),
        "documents": [
            {
                "document_id": row.need.document_id,
                "name": row.need.name,
                "kind": row.need.kind,
                "issuer": row.need.issuer,
                "apply_by": row.apply_by.isoformat(),
                "days_left": row.days_left,
                "lead_days": row.need.lead_days,
                "needed_on": row.needed_on.isoformat(),
                "legs": list(row.legs),
                "cost": row.cost or None,
                "currency": row.currency or None,
                "per": row.per or None,
                "needs_first": list(row.needs_first),
                "quota_left": row.quota_left,
                "status": row.status,
                "rule_ids": list(row.need.rule_ids),
                "source_id": row.need.source_id,
            }
            for row in rows
        ],
    }


def checklist_text(plan: Plan, rows: tuple[ChecklistRow, ...], number: int, notes: tuple[str, ...] = ()) -> str:
    """The checklist as plain text, the most urgent first, then what it cannot tell."""
    lines = [f"Documents of plan {number}, asked as of {date_text(plan.query.as_of)}"]
    for row in rows:
        left = f"{count_text(-row.days_left, 'day')} late" if row.days_left < 0 else f"{count_text(row.days_left, 'day')} left"
        left = "the day of asking" if row.days_left == 0 else left
        lines.append(f"  apply by {date_text(row.apply_by)}  {row.need.name} ({left})")
        cost = f"; {row.cost} {row.currency} a {row.per}" if row.cost else ""
        after = f"; after {', '.join(row.needs_first)}" if row.needs_first else ""
        quota = f"; {row.quota_left} left" if row.quota_left is not None else ""
        lines.append(f"      {row.need.issuer}, {count_text(row.need.lead_days, 'day')}; for {', '.join(row.legs)}{cost}{after}{quota}")
    if not rows:
        lines.append("  none")
    lines += [f"Note: {note}" for note in notes]
    return "\n".join(lines) + "\n"


def checklist_calendar(plan: Plan, rows: tuple[ChecklistRow, ...], number: int) -> str:
    """The checklist as an iCalendar file (RFC 5545): one whole day for each last day to apply, with an alarm three days before."""
    from icalendar import Alarm, Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//landbridge//documents//EN")
    calendar.add("version", "2.0")
    for row in rows:
        event = Event()
        event.add("uid", f"{plan.dataset_digest[:12]}-{plan.query.as_of}-{number}-{row.need.document_id}@landbridge")
        event.add("dtstamp", _stamp(plan.query.as_of))
        event.add("dtstart", row.apply_by)
        event.add("dtend", row.apply_by + timedelta(days=1))
        event.add("summary", f"Apply by today: {row.need.name}")
        lead = count_text(row.need.lead_days, "day")
        event.add(
            "description",
            f"{row.need.issuer}; {lead}; for {', '.join(row.legs)}; needed on {row.needed_on}",
        )
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", row.need.name)
        alarm.add("trigger", timedelta(days=-3))
        event.add_component(alarm)
        calendar.add_component(event)
    return str(calendar.to_ical().decode("utf-8"))


def _stamp(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)
