"""Through rates: which legs are sold under one, and whether they are those it names; section 5."""

from __future__ import annotations

from collections.abc import Iterator

from landbridge.domain.plan import Leg
from landbridge.domain.tariff import ThroughLeg, ThroughRate
from landbridge.verification.case import Case
from landbridge.verification.difference import Difference
from landbridge.verification.money import Charge, cents_of
from landbridge.verification.step import Bundle, Step

RULE = "5 Money: through rate"


def list_bundles(case: Case, legs: tuple[Leg, ...]) -> tuple[Bundle, ...]:
    """List the through rates of an itinerary whose legs are all there, in order, each exactly as named."""
    bundles: list[Bundle] = []
    index = 0
    while index < len(legs):
        bundle = _find_bundle(case, legs, index)
        if bundle is not None:
            bundles.append(bundle)
        index = bundle.end if bundle is not None else index + 1
    return tuple(bundles)


def _find_bundle(case: Case, legs: tuple[Leg, ...], first: int) -> Bundle | None:
    through_id = legs[first].through_id
    rate = next((row for row in case.dataset.through_rates if row.through_id == through_id), None)
    named = sorted((row for row in case.dataset.through_legs if row.through_id == through_id), key=lambda row: row.seq)
    there = legs[first : first + len(named)]
    if rate is None or not named or len(there) < len(named):
        return None
    if any(leg.through_id != through_id or not _is_named(leg, row) for leg, row in zip(there, named, strict=True)):
        return None
    return Bundle(rate=rate, first=first, end=first + len(named))


def _is_named(leg: Leg, row: ThroughLeg) -> bool:
    offer_id = row.service_id if leg.is_scheduled else row.haulage_id
    return (offer_id, row.from_place_id, row.to_place_id) == (leg.service_id, leg.from_id, leg.to_id)


def compare_bundles(case: Case, steps: tuple[Step, ...], bundles: tuple[Bundle, ...], where: str) -> Iterator[Difference]:
    """Compare the through rates that legs state with those whose legs are all there, and that apply."""
    for step in steps:
        through_id = step.leg.through_id
        if through_id is not None and not any(bundle.has(step.index) for bundle in bundles):
            yield Difference(
                where=f"{where}.legs[{step.index}].through_id", stated=through_id, recomputed="not all its legs, in order", rule=RULE
            )
    for bundle in bundles:
        fault = _find_fault(case, bundle.rate, steps[bundle.first])
        if fault is not None:
            at = f"{where}.legs[{bundle.first}].through_id"
            yield Difference(where=at, stated=bundle.rate.through_id, recomputed=fault, rule=RULE)


def _find_fault(case: Case, rate: ThroughRate, first: Step) -> str | None:
    if not case.applies(rate, first.day):
        return f"does not apply on {first.day}, or was not known"
    if not case.is_of_unit(rate.unit_type_id) or not case.is_of_goods(rate.hs):
        return "not for this unit or these goods"
    return None if case.find_rate(rate.currency) is not None else f"no exchange rate for {rate.currency}"


def list_through_charges(case: Case, bundles: tuple[Bundle, ...]) -> Iterator[Charge]:
    """List one item per through rate, on its first leg."""
    for bundle in bundles:
        rate = case.find_rate(bundle.rate.currency)
        if rate is not None:
            cents = cents_of(bundle.rate.amount, case.quantity_of(bundle.rate.per), rate)
            yield Charge(kind="through", row_id=bundle.rate.through_id, leg=bundle.first, cents=cents)
