"""Checks of what happens at terminals: where they lie, steps of storage and detention, empty boxes, masses that units cannot carry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from landbridge.domain.dataset import Dataset
from landbridge.domain.finding import Finding
from landbridge.domain.goods import GoodsMass
from landbridge.domain.service import Stop
from landbridge.domain.shipment import Shipment
from landbridge.domain.terminal import DetentionStep, Handling, StorageStep
from landbridge.sources.period import begin, end
from landbridge.sources.provenance import make_row_finding

Step = StorageStep | DetentionStep
SHIPS = frozenset({"sea", "ferry"})
_SHOWN_PLACES = 6


def check_terminal_places(dataset: Dataset) -> Iterator[Finding]:
    """TERMINAL-ELSEWHERE: a stop or a row of handling names a terminal of another place."""
    records: tuple[Stop | Handling, ...] = (*dataset.stops, *dataset.handling)
    for record in records:
        terminal = dataset.terminal_by_id.get(record.terminal_id) if record.terminal_id else None
        if terminal is not None and terminal.place_id != record.place_id:
            message = f"the terminal {terminal.terminal_id} lies at {terminal.place_id}, this row is about {record.place_id}"
            yield make_row_finding("TERMINAL-ELSEWHERE", record, "terminal_id", message)


def check_terminals_known(dataset: Dataset) -> Iterator[Finding]:
    """TERMINAL-UNKNOWN: at some calls of ships nothing says which terminal they use; all in one finding."""
    ships = {service.service_id for service in dataset.services if service.mode in SHIPS}
    calls = [stop for stop in dataset.stops if stop.service_id in ships and (stop.board or stop.alight)]
    unknown = [stop for stop in calls if stop.terminal_id is None]
    if unknown:
        places = list(dict.fromkeys(stop.place_id for stop in unknown))
        more = f" and {len(places) - _SHOWN_PLACES} more places" if len(places) > _SHOWN_PLACES else ""
        where = ", ".join(places[:_SHOWN_PLACES]) + more
        message = f"{len(unknown)} of {len(calls)} calls of ships name no terminal, so nobody is screened for it: {where}"
        yield make_row_finding("TERMINAL-UNKNOWN", unknown[0], "terminal_id", message)


def check_step_order(dataset: Dataset) -> Iterator[Finding]:
    """STEP-REVERSED: a step of storage or detention ends before it begins."""
    steps: tuple[Step, ...] = (*dataset.storage, *dataset.detention)
    for step in steps:
        if step.to_day is not None and step.to_day < step.from_day:
            yield make_row_finding("STEP-REVERSED", step, "to_day", f"to_day {step.to_day} is before from_day {step.from_day}")


def check_step_overlaps(dataset: Dataset) -> Iterator[Finding]:
    """STEP-OVERLAP: two steps hold for the same day of stay, so its price is ambiguous."""
    for steps in _list_ladders(dataset):
        for before, step in pairwise(steps):
            if before.to_day is None or step.from_day <= before.to_day:
                message = f"day {step.from_day} lies in this step and in that of {before.row}"
                yield make_row_finding("STEP-OVERLAP", step, "from_day", message)


def check_step_gaps(dataset: Dataset) -> Iterator[Finding]:
    """STEP-GAP: days of stay after the first step have no price."""
    for steps in _list_ladders(dataset):
        for before, step in pairwise(steps):
            if before.to_day is not None and step.from_day > before.to_day + 1:
                message = f"days {before.to_day + 1} to {step.from_day - 1} have no price"
                yield make_row_finding("STEP-GAP", step, "from_day", message)
        if steps[-1].to_day is not None:
            yield make_row_finding("STEP-GAP", steps[-1], "to_day", f"days after {steps[-1].to_day} have no price")


def check_returns(dataset: Dataset) -> Iterator[Finding]:
    """RETURN-MISSING: a line charges detention, and no row says where its boxes are brought back."""
    returning = {row.operator_id for row in dataset.returns}
    seen: set[str] = set()
    for step in dataset.detention:
        if not returning & {None, step.operator_id} and step.operator_id not in seen:
            seen.add(step.operator_id)
            message = f"{step.operator_id} charges detention, but no row of returns says where its boxes go"
            yield make_row_finding("RETURN-MISSING", step, "operator_id", message)


def check_masses(dataset: Dataset) -> Iterator[Finding]:
    """MASS-ABOVE-PAYLOAD: goods weigh more than their unit may hold."""
    payloads = {unit.unit_type_id: unit.max_payload_kg for unit in dataset.unit_types}
    for row in dataset.goods_masses:
        limit = payloads.get(row.unit_type_id)
        if limit is not None and row.mass_kg.typical > limit:
            message = f"{row.mass_kg.typical} kg in a {row.unit_type_id}, which holds {limit}"
            yield make_row_finding("MASS-ABOVE-PAYLOAD", row, "mass_kg", message)
    for shipment in dataset.shipments:
        limit = payloads.get(shipment.unit_type_id)
        if limit is not None and shipment.mass_kg is not None and shipment.mass_kg > limit * shipment.units:
            message = f"{shipment.mass_kg} kg in {shipment.units} {shipment.unit_type_id}, which hold {limit} each"
            yield make_row_finding("MASS-ABOVE-PAYLOAD", shipment, "mass_kg", message)


def check_goods(dataset: Dataset) -> Iterator[Finding]:
    """GOODS-MISSING: the mass or the shipment of goods for which no goods row, not even a shorter HS prefix, exists."""
    known = tuple(row.hs for row in dataset.goods)
    records: tuple[GoodsMass | Shipment, ...] = (*dataset.goods_masses, *dataset.shipments)
    for record in records:
        if not record.hs.startswith(known):
            yield make_row_finding("GOODS-MISSING", record, "hs", f"no row of goods holds HS {record.hs} or a prefix of it")


def _list_ladders(dataset: Dataset) -> Iterator[list[Step]]:
    """Steps that hold together, in order of days: of one place (line), mode and unit, on each day on which something changes."""
    yield from _split(dataset.storage, ("place_id", "from_mode", "unit_type_id"))
    yield from _split(dataset.detention, ("operator_id", "place_id", "unit_type_id"))


def _split(steps: Iterable[Step], names: tuple[str, ...]) -> Iterator[list[Step]]:
    groups: dict[tuple[object, ...], list[Step]] = {}
    for step in steps:
        groups.setdefault(tuple([getattr(step, name) for name in names]), []).append(step)
    for group in groups.values():
        seen: set[tuple[str, ...]] = set()
        for day in sorted({begin(step) for step in group}):
            ladder = sorted((step for step in group if begin(step) <= day <= end(step)), key=lambda step: step.from_day)
            rows = tuple(step.row for step in ladder)
            if ladder and rows not in seen:
                seen.add(rows)
                yield ladder
