"""CO2e of the transport of a leg and of the moves at places; section 6."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from landbridge.verification.case import Case
from landbridge.verification.choice import Emitter, find_factor
from landbridge.verification.matter import Part
from landbridge.verification.money import round_half_up
from landbridge.verification.run import Run
from landbridge.verification.stay import MOVES, Stay
from landbridge.verification.step import Step, Way, mode_of

ORIGIN_MODE = "road"
END_MOVES = MOVES | {"stuffing", "stripping"}


def emission_of(case: Case, way: Way, index: int) -> int:
    """Give the CO2e of a leg in g: transport, the move before it, and at the end of the way the move at the destination."""
    step = way.steps[index]
    before = way.steps[index - 1].part if index else None
    total = transport_of(case, step) + _move_of(case, step.stay, before)
    if index == len(way.steps) - 1:
        total += _move_of(case, way.delivery, step.part)
    return total


def transport_of(case: Case, step: Step) -> int:
    """Give the CO2e of transport in g, rounded per scheduled leg and per link of a run."""
    if isinstance(step.part, Run):
        haulage = step.part.haulage
        return sum(
            _carried(case, Emitter(mode=haulage.mode, haulage_id=haulage.haulage_id, country=hop.country), hop.link.distance_m, step.day)
            for hop in step.part.hops
        )
    service = step.part.service
    return _carried(case, Emitter(mode=service.mode, service_id=service.service_id), step.part.facts.distance_m, step.day)


def _carried(case: Case, emitter: Emitter, distance_m: int, day: date) -> int:
    factor = find_factor(case, emitter, ("tkm", "teukm"), day)
    if factor is None:
        return 0
    if factor.basis == "tkm":
        quantity = Fraction(case.mass_kg * distance_m, 10**6)
    else:
        quantity = case.query.units * Fraction(case.unit.teu) * distance_m / 1000
    return round_half_up(quantity * Fraction(factor.amount_g.typical))


def _move_of(case: Case, stay: Stay, before: Part | None) -> int:
    """Give the CO2e of the move at a place; at the two ends only where the boxes are moved there."""
    if not stay.is_change and not any(row.kind in END_MOVES for row in stay.rows):
        return 0
    if before is None:
        emitter = Emitter(mode=ORIGIN_MODE)
    elif isinstance(before, Run):
        emitter = Emitter(mode=mode_of(before), haulage_id=before.haulage.haulage_id)
    else:
        emitter = Emitter(mode=mode_of(before), service_id=before.service.service_id)
    factor = find_factor(case, emitter, ("move",), stay.day)
    return 0 if factor is None else round_half_up(case.query.units * Fraction(factor.amount_g.typical))
