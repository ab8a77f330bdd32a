"""Verification of a plan: digest, each itinerary, and what holds between them."""

from __future__ import annotations

from collections.abc import Iterator

from landbridge.domain.dataset import Dataset
from landbridge.domain.plan import Itinerary, Leg, Plan
from landbridge.verification.bill import compare_bill, compare_totals
from landbridge.verification.calendar import minutes_between
from landbridge.verification.case import Case
from landbridge.verification.difference import Difference, compare, demand, text_of
from landbridge.verification.front import compare_front
from landbridge.verification.law import list_judgements
from landbridge.verification.leg import compare_leg
from landbridge.verification.matter import Part
from landbridge.verification.paper import Deadline, Need, compare_papers, list_needs
from landbridge.verification.scheduled import Scheduled
from landbridge.verification.stage import compare_delivery, compare_stages
from landbridge.verification.step import Step, Way
from landbridge.verification.through import compare_bundles
from landbridge.verification.walk import resolve_part, walk_way
from landbridge.verification.wish import compare_wishes, gateways_of


def verify_plan(dataset: Dataset, plan: Plan) -> tuple[Difference, ...]:
    """Walk a finished plan again, from the dataset and the question alone.

    Every itinerary, planned or compared, is walked leg by leg: rows are chosen, times driven, money, law and CO2e worked out
    from docs/model.md, and what the plan states is compared with that. Nothing is shared with the rooms that made the plan.

    Parameters
    ----------
    dataset
        The feed that the plan says it is made from.
    plan
        The answer to check.

    Returns
    -------
    tuple[Difference, ...]
        Empty if the plan is right. A plan of another feed is one difference, at ``dataset.digest``; so is a question that
        cannot be asked of the feed, at ``query``.

    Notes
    -----
    Each leg is walked from the times that the plan states for the leg before, so that one wrong figure does not make all that
    follow it wrong. That the plan holds *all* non-dominated itineraries is not checked here.
    """
    if plan.dataset_digest != dataset.digest:
        return tuple(compare("dataset.digest", plan.dataset_digest, dataset.digest, "8 What is a plan"))
    fault = _find_query_fault(dataset, plan)
    if fault is not None:
        return (fault,)
    case = Case(dataset=dataset, query=plan.query)
    return tuple(_verify(case, plan))


def _find_query_fault(dataset: Dataset, plan: Plan) -> Difference | None:
    query = plan.query
    unknown = {query.origin_id, query.destination_id} - dataset.place_by_id.keys()
    if unknown or query.unit_type_id not in {unit.unit_type_id for unit in dataset.unit_types} or query.units < 1:
        stated = f"{query.units} {query.unit_type_id} from {query.origin_id} to {query.destination_id}"
        return Difference(where="query", stated=stated, recomputed="not in the dataset", rule="2 Load")
    return None


def _verify(case: Case, plan: Plan) -> Iterator[Difference]:
    yield from _verify_load(case, plan)
    touched: dict[str, frozenset[str]] = {}
    named = [(f"itineraries[{index}]", one) for index, one in enumerate(plan.itineraries)]
    named += [(f"compared[{index}].itinerary", one.itinerary) for index, one in enumerate(plan.compared)]
    for where, itinerary in named:
        parts = tuple(resolve_part(case, leg) for leg in itinerary.legs)
        found = tuple(part for part in parts if part is not None)
        yield from _verify_chain(case, itinerary, where)
        yield from compare_totals(case, itinerary, where)
        yield from _list_unresolved(itinerary.legs, parts, where)
        if not found or len(found) < len(parts) or not _joins(itinerary.legs, case):
            continue
        way = walk_way(case, itinerary.legs, found)
        touched[where] = gateways_of(case, way)
        yield from verify_way(case, way, itinerary, where)
    yield from compare_front(case, plan, touched)


def _verify_load(case: Case, plan: Plan) -> Iterator[Difference]:
    info = case.dataset.info
    yield from compare("dataset_name", plan.dataset_name, info.name, "8 What is a plan")
    yield from compare("dataset_as_of", plan.dataset_as_of, info.as_of, "8 What is a plan")
    yield from compare("mass_kg", plan.mass_kg, case.mass_kg, "2 Load")
    if case.mass_grade is not None:
        yield from compare("mass_grade", plan.mass_grade, case.mass_grade, "2 Load")
    limit = case.unit.max_payload_kg
    yield from demand("query.mass_kg", case.unit_mass_kg <= limit, case.unit_mass_kg, f"at most {limit} kg per unit", "2 Load")
    if info.gates is not None:
        yield from compare("policy_gates", frozenset(plan.policy_gates) | frozenset(plan.query.gates), case.gates, "7 Rules: gating")


def _joins(legs: tuple[Leg, ...], case: Case) -> bool:
    """Tell whether legs go from the origin to the destination without a gap."""
    starts = [leg.from_id for leg in legs] + [case.query.destination_id]
    ends = [case.query.origin_id] + [leg.to_id for leg in legs]
    return starts == ends


def _verify_chain(case: Case, itinerary: Itinerary, where: str) -> Iterator[Difference]:
    """Compare how legs follow each other, and the times of the whole."""
    legs = itinerary.legs
    yield from demand(f"{where}.legs", bool(legs), "none", "at least one", "4 Legs")
    place_id, at = str(case.query.origin_id), case.ready_at
    for index, leg in enumerate(legs):
        name = f"{where}.legs[{index}]"
        yield from compare(f"{name}.from_id", leg.from_id, place_id, "4 Legs")
        yield from compare(f"{name}.ready_at", leg.ready_at, at, "1 Time" if index == 0 else "4 Legs")
        in_order = leg.ready_at <= leg.departs_at <= leg.arrives_at
        stated = f"{text_of(leg.ready_at)}, {text_of(leg.departs_at)}, {text_of(leg.arrives_at)}"
        yield from demand(name, in_order, stated, "ready, departs, arrives in this order", "1 Time")
        place_id, at = leg.to_id, leg.arrives_at
    if not legs:
        return
    yield from compare(f"{where}.legs[{len(legs) - 1}].to_id", place_id, case.query.destination_id, "4 Legs")
    yield from compare(f"{where}.departs_at", itinerary.departs_at, legs[0].departs_at, "4 Legs")
    yield from compare(f"{where}.duration_min", itinerary.duration_min, minutes_between(case.ready_at, itinerary.arrives_at), "1 Time")
    yield from compare(f"{where}.emission_g_co2e", itinerary.emission_g_co2e, sum(leg.emission_g_co2e for leg in legs), "6 CO2e")
    yield from compare(f"{where}.is_confirmed", itinerary.is_confirmed, all(leg.is_confirmed for leg in legs), "8 What is a plan")


def _list_unresolved(legs: tuple[Leg, ...], parts: tuple[Part | None, ...], where: str) -> Iterator[Difference]:
    for index, (leg, part) in enumerate(zip(legs, parts, strict=True)):
        if part is None:
            stated = f"{leg.service_id} from {leg.from_id} to {leg.to_id} {' '.join(leg.link_ids)}".rstrip()
            yield Difference(where=f"{where}.legs[{index}]", stated=stated, recomputed="not in the dataset", rule="4 Legs")


def verify_way(case: Case, way: Way, itinerary: Itinerary, where: str) -> Iterator[Difference]:
    """Compare an itinerary, all legs of which are in the dataset, with its walk."""
    for step in way.steps:
        name = f"{where}.legs[{step.index}]"
        yield from compare_leg(case, way, step, name)
        yield from compare_stages(step, name)
    arrives_at = "does not open" if way.arrives_at is None else way.arrives_at
    yield from compare(f"{where}.arrives_at", itinerary.arrives_at, arrives_at, "4.3 Changing at a place")
    yield from compare_delivery(itinerary, way.delivery, where)
    yield from compare_bundles(case, way.steps, way.bundles, where)
    yield from _verify_law(case, way, itinerary, where)
    needs = list_needs(case, way.hits)
    yield from compare_papers(case, itinerary.documents, needs, lambda need: _deadline_of(case, way.steps[need.first_leg], need), where)
    yield from compare_bill(case, way, itinerary, needs, where)
    yield from compare_wishes(case, way, itinerary, where)


def _deadline_of(case: Case, step: Step, need: Need) -> Deadline:
    zone = case.dataset.get_place(step.leg.from_id).zone
    if isinstance(step.part, Scheduled):
        return Deadline(day=step.day, zone=zone, at=step.part.document_cutoff_at, latest_at=step.part.document_cutoff_at)
    needed_at = step.needed_at(need.document_id)
    return Deadline(day=step.day, zone=zone, at=min(step.leg.departs_at, needed_at), latest_at=needed_at)


def _verify_law(case: Case, way: Way, itinerary: Itinerary, where: str) -> Iterator[Difference]:
    """Compare what blocks, which nothing may, and the exposures, of which none may be left out."""
    judgements = list_judgements(case, way.matters)
    for one in judgements:
        if one.blocks:
            name = where if one.leg is None else f"{where}.legs[{one.leg}]"
            yield Difference(where=name, stated="planned", recomputed=f"blocked by {one.text}", rule="7 Rules")
    due = {(one.regime_id, one.row_id) for one in judgements if not one.blocks}
    said = {(one.regime, one.rule_id) for one in itinerary.exposures}
    for regime, row_id in sorted(due - said):
        yield Difference(where=f"{where}.exposures", stated="missing", recomputed=f"{regime} {row_id}", rule="7 Rules")
    for regime, row_id in sorted(said - due):
        yield Difference(where=f"{where}.exposures", stated=f"{regime} {row_id}", recomputed="no exposure", rule="7 Rules")
