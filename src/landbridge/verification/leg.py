"""Each leg as stated, compared with the leg as walked; section 4."""

from __future__ import annotations

from collections.abc import Iterator

from landbridge.domain.haulage import Haulage
from landbridge.domain.service import Service
from landbridge.verification.calendar import DAY_MIN, MINUTE, local_day
from landbridge.verification.case import Case
from landbridge.verification.choice import find_limit
from landbridge.verification.difference import Difference, compare, demand
from landbridge.verification.emission import emission_of
from landbridge.verification.facts import join_facts
from landbridge.verification.matter import list_places
from landbridge.verification.run import Run, can_be_driven
from landbridge.verification.scheduled import Scheduled, list_closures, terminals_of
from landbridge.verification.status import standing_of
from landbridge.verification.step import Step, Way, operator_of
from landbridge.verification.walk import papers_of_step

SCHEDULED = "4.1 Scheduled legs"
RUNS = "4.2 Runs"
CHANGES = "4.3 Changing at a place"


def compare_leg(case: Case, way: Way, step: Step, where: str) -> Iterator[Difference]:
    """Compare one leg; ``where`` is its path in the plan."""
    yield from _compare_stay(step, where)
    yield from _compare_offer(case, step, where)
    yield from _compare_terminals(way, step, where)
    yield from _compare_touched(step, where)
    yield from _compare_payload(case, step, where)
    if isinstance(step.part, Scheduled):
        yield from _compare_scheduled(case, way, step, step.part, where)
    else:
        yield from _compare_run(way, step, step.part, where)
    last_at = case.ready_at + case.query.horizon_days * DAY_MIN * MINUTE
    yield from demand(
        f"{where}.departs_at", step.leg.departs_at <= last_at, step.leg.departs_at, f"not after {last_at}", "8 What is a plan"
    )
    zone = case.dataset.get_place(step.leg.from_id).zone
    rule = SCHEDULED if step.leg.is_scheduled else RUNS
    yield from compare(f"{where}.departure_on", step.leg.departure_on, local_day(zone, step.leg.departs_at), rule)
    yield from compare(f"{where}.arrives_at", step.leg.arrives_at, "shut" if step.arrives_at is None else step.arrives_at, rule)
    yield from compare(f"{where}.emission_g_co2e", step.leg.emission_g_co2e, emission_of(case, way, step.index), "6 CO2e")


def _compare_stay(step: Step, where: str) -> Iterator[Difference]:
    stay = step.stay
    yield from demand(
        where,
        stay.can_change,
        f"{stay.modes[0]} to {stay.modes[1]}",
        f"no lift, transship or gauge_change at {stay.place.place_id}",
        CHANGES,
    )
    yield from demand(where, stay.handled_at is not None, "handled", f"{stay.place.place_id} does not open", CHANGES)


def _compare_offer(case: Case, step: Step, where: str) -> Iterator[Difference]:
    """Compare who carries: mode, operator, validity, unit and status."""
    leg, offer = step.leg, offer_of(step)
    rule = SCHEDULED if leg.is_scheduled else RUNS
    yield from compare(f"{where}.mode", leg.mode, offer.mode, rule)
    yield from compare(f"{where}.operator_id", leg.operator_id, operator_of(step.part), rule)
    tracks = tuple(sorted(frozenset().union(*(facts.infrastructure for facts in step.facts))))
    yield from compare(f"{where}.infrastructure_ids", leg.infrastructure_ids or (), tracks, rule)
    yield from demand(
        f"{where}.service_id", case.applies(offer, step.day), leg.service_id, f"does not apply on {step.day}, or was not known", "1 Time"
    )
    takes = case.query.unit_type_id in offer.unit_types
    yield from demand(f"{where}.service_id", takes, leg.service_id, f"does not take {case.query.unit_type_id}", rule)
    standing = standing_of(case, leg.service_id, leg.is_scheduled, step.day)
    yield from demand(f"{where}.status", standing.runs, leg.status, standing.status, SCHEDULED)
    is_told = leg.status == standing.status or (not standing.is_confirmed and leg.status == "unconfirmed")
    yield from demand(f"{where}.status", is_told or not standing.runs, leg.status, standing.status, SCHEDULED)
    yield from compare(f"{where}.is_confirmed", leg.is_confirmed, standing.is_confirmed, SCHEDULED)


def _compare_terminals(way: Way, step: Step, where: str) -> Iterator[Difference]:
    """Compare the terminals at which the goods board, alight and are handled before the leg; after the last leg too."""
    found = set(step.stay.terminals)
    if isinstance(step.part, Scheduled):
        found |= terminals_of(step.part.stops)
    if step.index == len(way.steps) - 1:
        found |= way.delivery.terminals
    yield from compare(f"{where}.terminal_ids", step.leg.terminal_ids or (), tuple(sorted(found)), "7 Rules")


def offer_of(step: Step) -> Service | Haulage:
    """Give the service or haulage offer of a leg."""
    return step.part.service if isinstance(step.part, Scheduled) else step.part.haulage


def _compare_touched(step: Step, where: str) -> Iterator[Difference]:
    """Compare the places called at, borders, passages and distance."""
    facts = join_facts(step.facts)
    part = step.part
    yield from compare(f"{where}.calls", step.leg.calls, list_places(part), "4 Legs")
    yield from compare(f"{where}.borders", frozenset(step.leg.borders), facts.borders, "7 Rules")
    yield from compare(f"{where}.passages", frozenset(step.leg.passages), facts.passages, "4 Legs")
    yield from compare(f"{where}.distance_m", step.leg.distance_m, facts.distance_m, "4 Legs")


def _compare_payload(case: Case, step: Step, where: str) -> Iterator[Difference]:
    facts = join_facts(step.facts)
    for country in sorted(facts.countries):
        limit = find_limit(case, country, step.leg.mode, step.day)
        if limit is not None and case.unit_mass_kg > limit.max_payload_kg:
            found = f"{limit.limit_id}: {limit.max_payload_kg} kg per unit in {country}"
            yield Difference(where=where, stated=f"{case.unit_mass_kg} kg per unit", recomputed=found, rule="2 Load")


def _compare_scheduled(case: Case, way: Way, step: Step, part: Scheduled, where: str) -> Iterator[Difference]:
    """Compare a departure: in the calendar, boarded in time with papers, not closed."""
    leg, handled_at, papers_at = step.leg, step.stay.handled_at, papers_of_step(case, way, step)
    found = "no such departure by calendar"
    yield from demand(f"{where}.departs_at", part.has_departure, leg.departs_at, found, SCHEDULED)
    yield from demand(f"{where}.from_id", part.stops[0].board, leg.from_id, "does not board there", SCHEDULED)
    yield from demand(f"{where}.to_id", part.stops[-1].alight, leg.to_id, "does not alight there", SCHEDULED)
    in_time = handled_at is None or handled_at <= part.gate_cutoff_at
    found = f"goods handled at {handled_at}, gate cut-off {part.gate_cutoff_at}"
    yield from demand(f"{where}.departs_at", in_time, leg.departs_at, found, SCHEDULED)
    found = f"documents there at {papers_at}, cut-off {part.document_cutoff_at}"
    yield from demand(f"{where}.departs_at", papers_at <= part.document_cutoff_at, leg.departs_at, found, SCHEDULED)
    yield from compare(f"{where}.ordered_on", leg.ordered_on, None, SCHEDULED)
    yield from compare(f"{where}.link_ids", leg.link_ids, (), SCHEDULED)
    for event in list_closures(case, part):
        yield Difference(where=where, stated=leg.service_id, recomputed=f"closed by {event.event_id}: {event.title}", rule=SCHEDULED)


def _compare_run(way: Way, step: Step, run: Run, where: str) -> Iterator[Difference]:
    """Compare a run: links it may drive, day of ordering, and the minute at which it leaves."""
    leg, sent = step.leg, step.dispatch
    if sent is None:
        return
    yield from compare(f"{where}.ordered_on", leg.ordered_on, sent.ordered_on, RUNS)
    yield from demand(f"{where}.link_ids", can_be_driven(run, sent.rows), ", ".join(leg.link_ids), "no rate or crossing for a link", RUNS)
    yield from compare(f"{where}.departs_at", leg.departs_at, "shut" if sent.departs_at is None else sent.departs_at, f"{RUNS}: start")
    for hop in run.hops:
        name = f"{where}.link_ids"
        yield from demand(name, hop.link.mode == run.haulage.mode, hop.link.link_id, f"not for {run.haulage.mode}", RUNS)
        has_gauge = hop.link.mode != "rail" or hop.link.gauge_mm == run.haulage.gauge_mm
        yield from demand(name, has_gauge, hop.link.link_id, f"gauge {hop.link.gauge_mm}, offer {run.haulage.gauge_mm}", RUNS)
    is_home = run.haulage.mode != "road" or run.haulage.registration in {None, *run.facts.countries}
    yield from demand(f"{where}.service_id", is_home, leg.service_id, f"does not touch {run.haulage.registration}", RUNS)
    yield from demand(f"{where}.calls", len(set(run.places)) == len(run.places), leg.calls, "a place passed twice", RUNS)
    before = way.steps[step.index - 1].part if step.index else None
    is_same = isinstance(before, Run) and before.haulage.haulage_id == run.haulage.haulage_id
    yield from demand(f"{where}.service_id", not is_same, leg.service_id, "two runs of one offer in a row", RUNS)
