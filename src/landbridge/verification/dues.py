"""Dues: handling, storage, the line's box, fees by law, and duties; sections 4.3, 4.4 and 5."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from landbridge.domain.terminal import BoxReturn, DetentionStep, StorageStep
from landbridge.verification.calendar import MINUTE, days_begun, local_day
from landbridge.verification.case import Case
from landbridge.verification.choice import choose_duties, find_return, list_detention, list_storage
from landbridge.verification.freight import Freight
from landbridge.verification.law import Hit
from landbridge.verification.money import Cents, Charge, cents_of, round_half_up, share_of, sum_cents
from landbridge.verification.stay import MOVES, Stay
from landbridge.verification.step import Step, Way, operator_of


def list_handling_charges(case: Case, way: Way, freights: Sequence[Freight]) -> Iterator[Charge]:
    """List the handling at origin, at each change and at the destination, less what freight and through rates include."""
    last = len(way.steps) - 1
    for index, stay in enumerate((*(step.stay for step in way.steps), way.delivery)):
        is_covered = _is_covered(way, freights, index)
        for row in stay.rows:
            rate = case.find_rate(row.currency)
            if row.amount is None or rate is None or (is_covered and row.kind in MOVES):
                continue
            cents = cents_of(row.amount, case.quantity_of(row.per), rate)
            yield Charge(kind="handling", row_id=row.handling_id, leg=min(index, last), cents=cents)


def _is_covered(way: Way, freights: Sequence[Freight], index: int) -> bool:
    """Tell whether the moves before a leg are paid by the leg before, by the leg itself, or by a through rate over both."""
    if index > 0 and freights[index - 1].has_at_end("handling_destination"):
        return True
    if index < len(freights) and freights[index].has_at_start("handling_origin"):
        return True
    bundle = way.find_bundle(index)
    return bundle is not None and bundle.first < index and "handling" in bundle.rate.includes


def list_storage_charges(case: Case, step: Step) -> Iterator[Charge]:
    """List the storage before a leg, from gate-in to departure; none at the origin."""
    stay = step.stay
    if stay.is_change:
        days = days_begun(stay.gate_in_at, step.leg.departs_at)
        steps = list_storage(case, stay.place.place_id, stay.modes[0], stay.day)
        yield from _list_step_charges(case, steps, days, step.index)


def _list_step_charges(case: Case, steps: Sequence[StorageStep | DetentionStep], days: int, leg: int) -> Iterator[Charge]:
    """List one item per step, for the days that it holds."""
    held = [next((row for row in steps if row.from_day <= day <= (row.to_day or day)), None) for day in range(1, days + 1)]
    for row in steps:
        count = sum(one is row for one in held)
        rate = case.find_rate(row.currency)
        if count and rate is not None:
            cents = cents_of(row.per_day, case.quantity_of("day", days=count), rate)
            kind, row_id = ("storage", row.storage_id) if isinstance(row, StorageStep) else ("detention", row.detention_id)
            yield Charge(kind=kind, row_id=row_id, leg=leg, cents=cents)


# the line's box


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """The line's box: whose it is, where and when it was discharged."""

    operator_id: str
    place_id: str
    discharged_at: datetime
    day: date


def find_box(case: Case, way: Way, freights: Sequence[Freight]) -> Box | None:
    """Find the line's box: of the last sea leg whose price does not include it."""
    for step, freight in reversed(tuple(zip(way.steps, freights, strict=True))):
        operator_id = operator_of(step.part)
        if step.mode == "sea" and operator_id is not None and not freight.has_at_start("box"):
            zone = case.dataset.get_place(step.leg.to_id).zone
            at = step.leg.arrives_at
            return Box(operator_id=operator_id, place_id=step.leg.to_id, discharged_at=at, day=local_day(zone, at))
    return None


def list_box_charges(case: Case, way: Way, freights: Sequence[Freight]) -> Iterator[Charge]:
    """List the empty return of the line's box, and its detention until it is back."""
    box, last, arrives_at = find_box(case, way, freights), len(way.steps) - 1, way.arrives_at
    if box is None or arrives_at is None:
        return
    back = find_return(case, box.operator_id, local_day(case.destination.zone, arrives_at))
    days = days_begun(box.discharged_at, arrives_at + _return_min(back) * MINUTE)
    yield from _list_step_charges(case, list_detention(case, box.operator_id, box.place_id, box.day), days, last)
    rate = case.find_rate(back.currency) if back is not None else None
    if back is not None and back.amount is not None and rate is not None:
        cents = cents_of(back.amount, case.quantity_of("unit"), rate)
        yield Charge(kind="box_return", row_id=back.return_id, leg=last, cents=cents)


def _return_min(back: BoxReturn | None) -> int:
    return 0 if back is None else back.unloading_min + back.duration_min


# fees and duties


def list_crossing_fees(case: Case, step: Step) -> Iterator[Charge]:
    """List the fees of the borders that a run crosses, one item per border link."""
    for row in step.rows:
        rate = case.find_rate(row.crossing.currency) if row.crossing is not None else None
        if row.crossing is not None and row.crossing.fee is not None and rate is not None:
            cents = cents_of(row.crossing.fee, case.quantity_of(row.crossing.per), rate)
            yield Charge(kind="fee", row_id=row.crossing.crossing_id, leg=step.index, cents=cents)


def list_fees(case: Case, hits: Sequence[Hit]) -> Iterator[Charge]:
    """List the fees that rules ask for: once per matter met, by km for each link of a run."""
    for hit in hits:
        rule = hit.rule
        if rule.effect != "fee" or not hit.parts or rule.amount is None:
            continue
        if rule.per == "value_percent":
            cents = cents_of(rule.amount, (case.value_told or Fraction(0)) / 100, Fraction(1))
        else:
            rate = case.find_rate(rule.currency)
            if rate is None:
                continue
            if rule.per == "km":
                for facts in hit.parts:
                    cents = cents_of(rule.amount, case.quantity_of("km", distance_m=facts.distance_m), rate)
                    yield Charge(kind="fee", row_id=rule.rule_id, leg=hit.matter.leg, cents=cents)
                continue
            cents = cents_of(rule.amount, case.quantity_of(rule.per), rate)
        yield Charge(kind="fee", row_id=rule.rule_id, leg=hit.matter.leg, cents=cents)


def list_duties(case: Case, stay: Stay) -> tuple[Charge, ...]:
    """List the duties on import, if a value is told, as on the local date of arrival."""
    if case.value_told is None or stay.handled_at is None:
        return ()
    rows = choose_duties(case, local_day(stay.place.zone, stay.handled_at))
    plain = [
        Charge(kind="duty", row_id=row.duty_id, leg=None, cents=cents_of(row.percent, case.value_told / 100, Fraction(1)))
        for row in rows
        if row.base == "value"
    ]
    value = cents_of_value(case.value_told)
    base = value + sum_cents(plain)
    later = [
        Charge(kind="duty", row_id=row.duty_id, leg=None, cents=share_of(base, row.percent, per=100)) for row in rows if row.base != "value"
    ]
    return (*plain, *later)


def cents_of_value(value: Fraction) -> Cents:
    """Give the cargo value in cents, which has no range."""
    cents = round_half_up(value * 100)
    return Cents(cost=cents, low=cents, high=cents)
