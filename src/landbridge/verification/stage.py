"""Stages: stretches of time without a gap, with the handling, driving and rest that the walk found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from landbridge.domain.plan import Itinerary, Stage
from landbridge.verification.calendar import MINUTE, minutes_between
from landbridge.verification.difference import Difference, compare, demand
from landbridge.verification.stay import Stay
from landbridge.verification.step import Step

KINDS = frozenset({"handling", "notice", "wait", "border", "drive", "rest", "sail", "ride", "call"})
TIME, CHANGES, RUNS = "1 Time", "4.3 Changing at a place", "4.2 Runs"


def compare_stages(step: Step, where: str) -> Iterator[Difference]:
    """Compare the stages of a leg: from its ready instant to its arrival, one beginning as it leaves."""
    leg = step.leg
    yield from _compare_chain(leg.stages, leg.ready_at, leg.arrives_at, where)
    starts = [stage.starts_at for stage in leg.stages]
    yield from demand(f"{where}.stages", leg.departs_at in starts, "none", f"one from {leg.departs_at}", TIME)
    yield from _compare_handling(leg.stages, step.stay, where)
    if step.trip is not None:
        yield from compare(f"{where}.stages: drive", _minutes(leg.stages, "drive"), step.trip.drive_min, RUNS)
        yield from compare(f"{where}.stages: rest", _minutes(leg.stages, "rest"), step.trip.rest_min, RUNS)


def compare_delivery(itinerary: Itinerary, stay: Stay, where: str) -> Iterator[Difference]:
    """Compare the stages after the last arrival, until the destination's handling is over."""
    yield from _compare_chain(itinerary.delivery, itinerary.legs[-1].arrives_at, itinerary.arrives_at, f"{where}.delivery")
    yield from _compare_handling(itinerary.delivery, stay, f"{where}.delivery")


def _compare_chain(stages: Sequence[Stage], start: datetime, end: datetime, where: str) -> Iterator[Difference]:
    at = start
    for index, stage in enumerate(stages):
        name = f"{where}.stages[{index}]"
        yield from compare(f"{name}.starts_at", stage.starts_at, at, TIME)
        yield from demand(f"{name}.ends_at", stage.starts_at <= stage.ends_at, stage.ends_at, f"not before {stage.starts_at}", TIME)
        yield from demand(f"{name}.kind", stage.kind in KINDS, stage.kind, "a kind of stage", TIME)
        at = stage.ends_at
    yield from compare(f"{where}.stages: end", at, end, TIME)


def _compare_handling(stages: Sequence[Stage], stay: Stay, where: str) -> Iterator[Difference]:
    yield from compare(f"{where}.stages: handling", _minutes(stages, "handling"), stay.handling_min, CHANGES)
    if stay.handled_at is None or not stay.handling_min:
        return
    spans = [(stage.starts_at, stage.ends_at) for stage in stages if stage.kind == "handling"]
    if spans:
        stated = (min(span[0] for span in spans), max(span[1] for span in spans))
        starts_at = stay.handled_at - stay.handling_min * MINUTE
        yield from compare(f"{where}.stages: handling from", stated[0], starts_at, CHANGES)
        yield from compare(f"{where}.stages: handling to", stated[1], stay.handled_at, CHANGES)


def _minutes(stages: Sequence[Stage], kind: str) -> int:
    return sum(minutes_between(stage.starts_at, stage.ends_at) for stage in stages if stage.kind == kind)
