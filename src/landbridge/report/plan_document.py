"""The plan as a JSON document, and back. ``plan.schema.json`` beside this module is its JSON Schema."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import DataError
from landbridge.domain.finding import Finding
from landbridge.domain.plan import Compared, DocumentNeed, Exposure, Item, Itinerary, Leg, Plan, RegimeState, Rejected
from landbridge.domain.query import Query
from landbridge.domain.simulation import RiskComparison, Simulation
from landbridge.domain.source import Source
from landbridge.report.document_form import Trouble, decode, encode, list_values, name_kind

_POINT = re.compile(r"\[\n\s+(-?[0-9.e+-]+),\n\s+(-?[0-9.e+-]+)\n\s+\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetStamp:
    """Which edition of which feed the plan was made from."""

    name: str
    digest: str
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyStamp:
    """Whose designations block, ``text`` in words."""

    gates: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadStamp:
    """The cargo mass that was reckoned with, and where it comes from: asked or typical."""

    mass_kg: int
    mass_grade: str
    mass_source_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedSource:
    """A source that the plan cites."""

    id: str
    title: str
    publisher: str
    published_on: date | None
    address: str | None
    grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionedPlace:
    """A place that the plan mentions."""

    name: str
    country: str
    zone: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRow:
    """One itinerary, numbered from 1, simulated: when one in ten, half and nine in ten runs have arrived; ``cvar95_cost_cents`` is the mean
    cost of the dearest twentieth.
    """

    itinerary: int
    arrival_p10: datetime
    arrival_p50: datetime
    arrival_p90: datetime
    on_time_percent: float
    on_time_standard_error_percent: float
    cost_p10_cents: int
    cost_p50_cents: int
    cost_p90_cents: int
    cvar95_cost_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AttitudeRow:
    """An itinerary that is best for somebody: the mildest share of worst runs, and price of a day, for which it is."""

    itinerary: int
    worst_percent: int
    day_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskStamp:
    """Which itinerary was chosen by what, and how all of them came out."""

    by: str
    chosen: int
    runs: int
    seed: int
    itineraries: tuple[RiskRow, ...]
    attitudes: tuple[AttitudeRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDocument:
    """The document's keys, in order."""

    query: Query
    dataset: DatasetStamp
    load: LoadStamp
    policy: PolicyStamp
    capital_percent: Decimal
    itineraries: tuple[Itinerary, ...]
    compared: tuple[Compared, ...]
    rejected: tuple[Rejected, ...]
    matrix: tuple[RegimeState, ...]
    findings: tuple[Finding, ...]
    sources: tuple[CitedSource, ...]
    places: Mapping[str, MentionedPlace]
    code_version: str
    is_complete: bool
    risk: RiskStamp | None = None


_SHARED: frozenset[type] = frozenset((Leg, Item, DocumentNeed, Exposure))
"""Records that many plans share."""
_MADE_OF_SHARED: frozenset[type] = frozenset((PlanDocument, Itinerary, Compared))


def stamp_risk(compared: RiskComparison, by: str, chosen: int) -> RiskStamp:
    """What a plan's document tells of the simulations by which one itinerary was chosen."""
    first = compared.simulations[0]
    return RiskStamp(
        by=by, chosen=chosen, runs=first.runs, seed=first.seed, itineraries=tuple(_risk_row(one) for one in compared.simulations),
        attitudes=tuple(
            AttitudeRow(itinerary=one.itinerary + 1, worst_percent=one.tail_percent, day_cents=one.day_cents) for one in compared.attitudes
        ),
    )  # fmt: skip


def _risk_row(one: Simulation) -> RiskRow:
    return RiskRow(
        itinerary=one.itinerary + 1, arrival_p10=one.arrival[0], arrival_p50=one.arrival[1], arrival_p90=one.arrival[2],
        on_time_percent=round(one.on_time_percent, 4), on_time_standard_error_percent=round(one.on_time_standard_error_percent, 4),
        cost_p10_cents=one.cost_cents[0], cost_p50_cents=one.cost_cents[1], cost_p90_cents=one.cost_cents[2],
        cvar95_cost_cents=one.worst_twentieth_cost_cents,
    )  # fmt: skip


def plan_document(plan: Plan, dataset: Dataset, *, risk: RiskStamp | None = None) -> dict[str, Any]:
    """Turn a plan into values that JSON knows; :func:`plan_text` writes them.

    Times are RFC 3339 in UTC with ``Z`` and whole seconds, dates ISO 8601, amounts of money in cents, everything else that is
    decimal as text.

    Parameters
    ----------
    plan
        The answer to a question.
    dataset
        The feed that it was made from: titles of the sources that it cites, names and positions of the places that it mentions.
    risk
        By what an itinerary was chosen, if it was; the key is left out otherwise.
    """
    return cast(dict[str, Any], encode(_document_of(plan, dataset, risk)))


def plan_text(plan: Plan, dataset: Dataset) -> str:
    """What :func:`compact_text` makes of :func:`plan_document`, in a quarter of the time where there are many plans.

    What plans share, as legs, items and papers, is written once and then copied.
    """
    return _valid(_text_of(_document_of(plan, dataset, None), {}))


def _text_of(value: object, written: dict[int, str]) -> str:
    """The text of a value; ``written`` holds that of each record that may be met again, by identity."""
    form = type(value)
    if form is tuple:
        return f"[{','.join([_text_of(one, written) for one in cast(tuple[object, ...], value)])}]"
    if form in _MADE_OF_SHARED:
        pairs = [f'"{key}":{_text_of(one, written)}' for key, one in list_values(value)]
        return f"{{{','.join(pairs)}}}"
    if form not in _SHARED:
        return _compact(encode(value))
    found = written.get(id(value))
    if found is None:
        found = written[id(value)] = _compact(encode(value))
    return found


def _document_of(plan: Plan, dataset: Dataset, risk: RiskStamp | None) -> PlanDocument:
    return PlanDocument(
        query=plan.query,
        dataset=DatasetStamp(name=plan.dataset_name, digest=plan.dataset_digest, as_of=plan.dataset_as_of),
        load=LoadStamp(mass_kg=plan.mass_kg, mass_grade=plan.mass_grade, mass_source_id=plan.mass_source_id),
        policy=PolicyStamp(gates=plan.policy_gates, text=plan.policy_text),
        capital_percent=plan.capital_percent,
        itineraries=plan.itineraries,
        compared=plan.compared,
        rejected=plan.rejected,
        matrix=plan.matrix,
        findings=plan.findings,
        sources=tuple(_cited(source) for source in list_cited_sources(plan, dataset)),
        places=_mentioned_places(plan, dataset),
        code_version=plan.code_version,
        is_complete=plan.is_complete,
        risk=risk,
    )


def parse_plan_document(document: object, *, file: str = "") -> Plan:
    """Turn a document back into the plan, exactly.

    Raises
    ------
    DataError
        With everything that is wrong at once: wrong types, missing and unknown keys, impossible dates and numbers, references to
        legs or plans that are not there. ``column`` of each finding is the JSON path.
    """
    if (kind := name_kind(document)) is not None:
        message = f"this is {kind}, not the plan of one shipment"
        raise DataError([Finding(code="PLAN-OTHER-KIND", file=file, message=message, fix="give a file that landbridge plan --out wrote")])
    trouble = Trouble(file)
    parsed = decode(PlanDocument, document, "$", trouble)
    if not trouble.findings:
        _check_references(parsed, trouble)
    if trouble.findings:
        raise DataError(trouble.findings)
    return Plan(
        query=parsed.query,
        dataset_name=parsed.dataset.name,
        dataset_digest=parsed.dataset.digest,
        dataset_as_of=parsed.dataset.as_of,
        policy_gates=parsed.policy.gates,
        policy_text=parsed.policy.text,
        capital_percent=parsed.capital_percent,
        mass_kg=parsed.load.mass_kg,
        mass_grade=parsed.load.mass_grade,
        mass_source_id=parsed.load.mass_source_id,
        itineraries=parsed.itineraries,
        compared=parsed.compared,
        rejected=parsed.rejected,
        matrix=parsed.matrix,
        findings=parsed.findings,
        code_version=parsed.code_version,
        is_complete=parsed.is_complete,
    )


def document_text(document: Mapping[str, Any]) -> str:
    """A document as the text of a JSON file: indented, points on one line, a line feed at the end, always valid UTF-8."""
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2)
    return _valid(_POINT.sub(r"[\1, \2]", text)) + "\n"


def compact_text(document: Mapping[str, Any]) -> str:
    """A document as JSON without spaces, always valid UTF-8: for stores and lines."""
    return _valid(_compact(document))


_compact = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def _valid(text: str) -> str:
    """A text of JSON in which a lone surrogate has become its escape, which means the same."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def list_cited_sources(plan: Plan, dataset: Dataset) -> tuple[Source, ...]:
    """Sources of every amount, paper, service, measure and event that the plan mentions, by id."""
    known = dataset.source_by_id
    cited = {*_source_ids(plan), *_sources_of_subjects(plan, dataset)}
    return tuple(known[source_id] for source_id in sorted(cited) if source_id in known)


def _source_ids(plan: Plan) -> Iterator[str]:
    if plan.mass_source_id:
        yield plan.mass_source_id
    for itinerary in _all_itineraries(plan):
        yield from (item.source_id for item in (*itinerary.items, *itinerary.duty_items))
        yield from (document.source_id for document in itinerary.documents)


def _sources_of_subjects(plan: Plan, dataset: Dataset) -> Iterator[str]:
    """Sources of the rows that are named by id: rules, designations, events, permits, services and haulage."""
    subjects: set[str | None] = {cell.rule_id for cell in plan.matrix}
    for rejected in plan.rejected:
        subjects |= {rejected.rule_id, rejected.event_id, rejected.permit_id}
        subjects |= {rejected.what} if rejected.status else set()
    for itinerary in _all_itineraries(plan):
        subjects |= {exposure.rule_id for exposure in itinerary.exposures} | {leg.service_id for leg in itinerary.legs}
        subjects |= {rule_id for document in itinerary.documents for rule_id in document.rule_ids}
    yield from (row.source_id for row in dataset.rules if row.rule_id in subjects)
    yield from (row.source_id for row in dataset.watchlist if row.entry_id in subjects)
    yield from (row.source_id for row in dataset.events if row.event_id in subjects)
    yield from (row.source_id for row in dataset.documents if row.document_id in subjects)
    yield from (row.source_id for row in dataset.services if row.service_id in subjects)
    yield from (row.source_id for row in dataset.haulage if row.haulage_id in subjects)
    yield from (row.source_id for row in dataset.statuses if row.service_id in subjects or row.haulage_id in subjects)


def _all_itineraries(plan: Plan) -> Iterable[Itinerary]:
    return (*plan.itineraries, *(one.itinerary for one in plan.compared))


def _cited(source: Source) -> CitedSource:
    return CitedSource(
        id=source.source_id,
        title=source.title,
        publisher=source.publisher,
        published_on=source.published_on,
        address=source.address,
        grade=source.grade,
    )


def _mentioned_places(plan: Plan, dataset: Dataset) -> dict[str, MentionedPlace]:
    mentioned = {plan.query.origin_id, plan.query.destination_id, *plan.query.via, *plan.query.avoid}
    mentioned |= {one.gateway for one in plan.compared} | {cell.gateway for cell in plan.matrix}
    for rejected in plan.rejected:
        mentioned |= {rejected.what} | ({rejected.gateway} if rejected.gateway else set())
    for itinerary in _all_itineraries(plan):
        for leg in itinerary.legs:
            mentioned |= {leg.from_id, leg.to_id, *leg.calls, *(stage.place_id for stage in leg.stages)}
        mentioned |= {stage.place_id for stage in itinerary.delivery}
    return {
        place.place_id: MentionedPlace(name=place.name, country=place.country, zone=place.zone, lon=place.lon, lat=place.lat)
        for place in (dataset.place_by_id[place_id] for place_id in sorted(mentioned) if place_id in dataset.place_by_id)
    }


def _check_references(parsed: PlanDocument, trouble: Trouble) -> None:
    for index, itinerary in enumerate(parsed.itineraries):
        _check_itinerary(itinerary, f"$.itineraries[{index}]", trouble)
    for index, compared in enumerate(parsed.compared):
        path = f"$.compared[{index}]"
        _check_itinerary(compared.itinerary, f"{path}.itinerary", trouble)
        if compared.dominated_by is not None and compared.dominated_by >= len(parsed.itineraries):
            trouble.wrong_value(
                f"{path}.dominated_by", compared.dominated_by, f"below {len(parsed.itineraries)}, the number of itineraries"
            )
    for index, rejected in enumerate(parsed.rejected):
        told = [one for one in (rejected.rule_id, rejected.event_id, rejected.permit_id, rejected.status) if one is not None]
        if len(told) != 1:
            message = f"has {len(told)} of rule_id, event_id, permit_id and status, not exactly one"
            trouble.add("PLAN-VALUE", f"$.rejected[{index}]", message, "name the one thing that stands in the way")


def _check_itinerary(itinerary: Itinerary, path: str, trouble: Trouble) -> None:
    count = len(itinerary.legs)
    if not count:
        trouble.add("PLAN-VALUE", f"{path}.legs", "is empty", "an itinerary has a leg at least")
    for name, items in (("items", itinerary.items), ("duties", itinerary.duty_items)):
        for index, item in enumerate(items):
            if item.leg is not None and item.leg >= count:
                trouble.wrong_value(f"{path}.{name}[{index}].leg", item.leg, f"below {count}, the number of legs")
    for index, document in enumerate(itinerary.documents):
        for position, leg in enumerate(document.legs):
            if not 0 <= leg < count:
                trouble.wrong_value(f"{path}.documents[{index}].legs[{position}]", leg, f"below {count}, the number of legs")
