"""A plan as sheets of a workbook: real numbers and dates, totals as formulas; values, not files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from landbridge.domain.dataset import Dataset
from landbridge.domain.plan import Itinerary, Plan
from landbridge.report.checklist import list_documents
from landbridge.report.far_way import far_compared_text, far_rejected_text, part_rejected, part_ways
from landbridge.report.itinerary_table import arrival_of, choose_plans, label_text
from landbridge.report.legend import Legend
from landbridge.report.plan_document import list_cited_sources
from landbridge.report.verdict_table import UNNAMED, why_text

Cell = str | int | Decimal | float | date | datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: titles, rows, and the columns (from 0) that a last row, called ``sum_name``, sums by a formula."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sums: tuple[int, ...] = ()
    sum_name: str = "total"


def plan_sheets(plan: Plan, dataset: Dataset) -> tuple[Sheet, ...]:
    """Ways, legs, money, documents, what was not taken, sources, and where it comes from.

    Money is in whole units of the settlement currency with two decimals; each amount is of one row of the feed.
    """
    legend = Legend(dataset)
    numbered = tuple(enumerate(plan.itineraries, start=1))
    return (
        _about(plan, legend),
        Sheet(title="Ways", columns=_WAYS, rows=tuple(_way(number, one, legend) for number, one in numbered)),
        Sheet(title="Legs", columns=_LEGS, rows=tuple(row for number, one in numbered for row in _legs(number, one, legend))),
        *(_money(index + 1, plan.itineraries[index], legend) for index in (choose_plans(plan.itineraries) if plan.itineraries else ())),
        _documents(plan, dataset),
        _others(plan, legend),
        _sources(plan, dataset),
    )


_WAYS = ("way", "labels", "cost", "low", "high", "currency", "days", "leaves", "arrives", "kg CO2e", "confirmed", "exposed to")
_LEGS = (
    "way",
    "leg",
    "mode",
    "service",
    "from",
    "to",
    "leaves (local)",
    "arrives (local)",
    "km",
    "kg CO2e",
    "confirmed",
    "borders and passages",
    "carried by",
)
_MONEY = ("item", "kind", "leg", "amount", "currency", "quantity", "per", "rate", "cost", "low", "high", "grade", "source", "row")


def _about(plan: Plan, legend: Legend) -> Sheet:
    query = plan.query
    rows: tuple[tuple[Cell, ...], ...] = (
        ("from", legend.name_and_id(query.origin_id)),
        ("to", legend.name_and_id(query.destination_id)),
        ("units", f"{query.units}x{query.unit_type_id}"),
        ("goods (HS)", query.hs or ""),
        ("mass, kg", plan.mass_kg),
        ("ready", query.ready_on),
        ("due", query.due_on),
        ("asked as of", query.as_of),
        ("policy", plan.policy_text),
        ("feed", plan.dataset_name),
        ("feed as of", plan.dataset_as_of),
        ("digest of the feed", plan.dataset_digest),
        ("landbridge", plan.code_version),
        *(("note", one.message) for one in plan.findings),
    )
    return Sheet(title="About", columns=("what", "value"), rows=rows)


def _way(number: int, one: Itinerary, legend: Legend) -> tuple[Cell, ...]:
    first = one.legs[0]
    return (
        number, label_text(one), _units(one.cost_cents), _units(one.cost_low_cents), _units(one.cost_high_cents), one.currency,
        _days(one.duration_min), legend.local(first.from_id, one.departs_at).date(), arrival_of(one, legend).date(),
        round(one.emission_g_co2e / 1000), "yes" if one.is_confirmed else "no",
        ", ".join(dict.fromkeys(row.regime for row in one.exposures)),
    )  # fmt: skip


def _legs(number: int, one: Itinerary, legend: Legend) -> list[tuple[Cell, ...]]:
    return [
        (
            number, at, leg.mode, legend.name(leg.service_id), legend.name(leg.from_id), legend.name(leg.to_id),
            legend.local(leg.from_id, leg.departs_at).replace(tzinfo=None), legend.local(leg.to_id, leg.arrives_at).replace(tzinfo=None),
            round(leg.distance_m / 1000), round(leg.emission_g_co2e / 1000), "yes" if leg.is_confirmed else "no",
            ", ".join(legend.name(border) for border in (*leg.borders, *leg.passages)),
            legend.name_carriers(leg) or UNNAMED,
        )
        for at, leg in enumerate(one.legs, start=1)
    ]  # fmt: skip


def _money(number: int, one: Itinerary, legend: Legend) -> Sheet:
    rows = tuple(
        (
            legend.reworded(item.name), item.kind, None if item.leg is None else item.leg + 1, item.amount, item.currency, item.quantity,
            item.per, item.rate, _units(item.cost_cents), _units(item.cost_low_cents), _units(item.cost_high_cents), item.grade,
            _title(item.source_id, legend), item.row,
        )
        for item in one.items
    )  # fmt: skip
    return Sheet(title=f"Money {number}", columns=_MONEY, rows=rows, sums=(8, 9, 10))


def _documents(plan: Plan, dataset: Dataset) -> Sheet:
    rows = tuple(
        (
            number,
            row.apply_by,
            row.need.name,
            row.need.issuer,
            row.need.lead_days,
            row.days_left,
            *((None, None, None) if row.amount is None else (row.amount.typical, row.amount.low, row.amount.high)),
            row.currency,
            row.per,
            "; ".join(row.legs),
        )
        for number in range(1, len(plan.itineraries) + 1)
        for row in list_documents(plan, dataset, number)
    )
    return Sheet(
        title="Documents",
        columns=("way", "apply by", "document", "from", "days it takes", "days left", "cost", "low", "high", "currency", "per", "for"),
        rows=rows,
    )


def _others(plan: Plan, legend: Legend) -> Sheet:
    """Ways that lost, then those that are closed; those of another corridor in one row each."""
    (near, far), (shut, far_shut) = part_ways(plan), part_rejected(plan, legend)
    rows: list[tuple[Cell, ...]] = [
        (
            legend.name(one.gateway),
            "compared",
            _units(one.itinerary.cost_cents),
            _days(one.itinerary.duration_min),
            None,
            legend.reworded(why_text(one)),
        )
        for one in near
    ]
    rows += [(None, "compared", None, None, None, far_compared_text(far))] if far else []
    rows += [
        (legend.name(one.gateway or one.what), one.regime or one.status or "closed", None, None, one.since, legend.reworded(one.reason))
        for one in shut
    ]
    rows += [(None, "closed", None, None, None, far_rejected_text(far_shut))] if far_shut else []
    return Sheet(title="Not taken", columns=("way", "state", "cost", "days", "since", "why"), rows=tuple(rows))


def _sources(plan: Plan, dataset: Dataset) -> Sheet:
    rows = tuple(
        (one.source_id, one.grade, one.title, one.publisher, one.published_on, one.address or "")
        for one in list_cited_sources(plan, dataset)
    )
    return Sheet(title="Sources", columns=("id", "grade", "title", "publisher", "date", "address"), rows=rows)


def _title(source_id: str, legend: Legend) -> str:
    source = legend.find_source(source_id)
    return source.title if source else source_id


def _days(minutes: int) -> float:
    return round(minutes / 1440, 2)


def _units(cents: int) -> Decimal:
    return Decimal(cents) / 100
