"""Closures of a book: each thing or pair of things closed, summed over the shipments that it touches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations

from landbridge.domain.dataset import Dataset
from landbridge.domain.event import Event, as_known
from landbridge.domain.stress import Closure, Detour, ShipmentStress
from landbridge.planner.stress_tasks import days_of

DAY_MIN = 1440
YEAR_DAYS = 365
_MOST_AROUND = 2
_PAIRED_KINDS = ("border ", "passage ", "place ")


def sum_closures(dataset: Dataset, as_of: date, stressed: Sequence[ShipmentStress], opened: str = "") -> tuple[Closure, ...]:
    """Each thing closed, summed over the book, the worst first: most lost, then dearest; ``opened`` is the id of what never closes."""
    from landbridge.uncertainty.hazard import list_doubts, list_hazards

    found: dict[str, list[tuple[ShipmentStress, Detour]]] = {}
    for one in stressed:
        for detour in one.detours:
            found.setdefault(detour.closed[0], []).append((one, detour))
    hazards = {hazard.subject: hazard for hazard in list_hazards(list_history(dataset, as_of), found, as_of, list_doubts(dataset))}
    books = YEAR_DAYS / days_of(dataset.shipments)
    closures = []
    for thing, rows in found.items():
        per_year = 0.0 if opened and thing.split(" ", 1)[1] == opened else hazards[thing].rate_per_min * YEAR_DAYS * DAY_MIN
        lengths = [length / DAY_MIN for length in hazards[thing].lengths]
        closures.append(
            replace(
                sum_detours(dataset, (thing,), rows), closures_per_year=per_year, closed_days=sum(lengths) / len(lengths),
                expected_year_cents=round(books * sum(_expect(one, detour, per_year, lengths) for one, detour in rows)),
            )
        )  # fmt: skip
    return tuple(sorted(closures, key=badness))


def badness(one: Closure) -> tuple[int, int, tuple[str, ...]]:
    return -len(one.lost), -one.extra_cost_cents, one.things


def _expect(one: ShipmentStress, detour: Detour, per_year: float, lengths: Sequence[float]) -> float:
    """Expected cents for one shipment: it meets a closure with the share of time that one is on, and goes around or waits for the rest."""
    mean = sum(lengths) / len(lengths)
    rest = sum(length * length for length in lengths) / (2 * sum(lengths))
    waiting = rest * one.per_day_cents
    around = detour.extra_cost_cents + detour.extra_min / DAY_MIN * one.per_day_cents
    return min(1.0, per_year * mean / YEAR_DAYS) * (min(waiting, max(around, 0.0)) if detour.way else waiting)


def sum_detours(dataset: Dataset, things: tuple[str, ...], rows: Sequence[tuple[ShipmentStress, Detour]]) -> Closure:
    units = {row.shipment_id: row.units for row in dataset.shipments}
    ends = {f"place {place}" for row in dataset.shipments for place in (row.from_place_id, row.to_place_id)}
    going = [(one, detour) for one, detour in rows if detour.status in ("detour", "late")]
    best = max(going, key=lambda row: (units[row[0].shipment_id], row[0].shipment_id), default=None)
    return Closure(
        things=things, name=" and ".join(name_thing(dataset, thing) for thing in things), touched=len(rows),
        lost=tuple(sorted(one.shipment_id for one, detour in rows if detour.status == "lost")),
        late=tuple(sorted(one.shipment_id for one, detour in rows if detour.status == "late")),
        unknown=tuple(sorted(one.shipment_id for one, detour in rows if detour.status == "unknown")),
        unconfirmed=tuple(sorted(one.shipment_id for one, detour in going if one.is_confirmed and not detour.is_confirmed)),
        extra_cost_cents=sum(detour.extra_cost_cents for _, detour in going),
        extra_days=round(sum(detour.extra_min for _, detour in going) / DAY_MIN / len(going), 2) if going else 0.0,
        is_end=bool(ends & set(things)), closures_per_year=None, closed_days=None, expected_year_cents=None,
        best_way=() if best is None else best[1].way,
    )  # fmt: skip


def name_thing(dataset: Dataset, thing: str) -> str:
    """The name of a thing told as ``kind id``."""
    kind, _, one = thing.partition(" ")
    return name_things(dataset)[kind].get(one, one)


def name_things(dataset: Dataset) -> Mapping[str, Mapping[str, str]]:
    """Names of everything that can close, by kind and id."""
    return {
        "place": {row.place_id: row.name for row in dataset.places},
        "border": {row.border_id: row.name for row in dataset.borders},
        "passage": {row.passage_id: row.name for row in dataset.passages},
        "service": {row.service_id: row.name for row in dataset.services},
        "haulage": {row.haulage_id: row.name for row in dataset.haulage},
    }


def list_unused(dataset: Dataset, closures: Sequence[Closure]) -> tuple[str, ...]:
    """Things that no best way uses."""
    used = {thing for one in closures for thing in one.things}
    return tuple(thing for kind, names in name_things(dataset).items() for one in sorted(names) if (thing := f"{kind} {one}") not in used)


def _is_known(event: Event, as_of: date) -> bool:
    return event.known_from is None or event.known_from <= as_of


def list_history(dataset: Dataset, as_of: date) -> list[Event]:
    """Closures that had begun, as they were known on a day."""
    return [as_known(row, as_of) for row in dataset.events if row.kind == "closure" and row.valid_from <= as_of and _is_known(row, as_of)]


def choose_pairs(stressed: Sequence[ShipmentStress], closures: Sequence[Closure], most: int) -> list[tuple[str, ...]]:
    """Of things that do the same to the book when closed, the border, passage or place that comes first stands for all."""
    ranked = [one for kind in _PAIRED_KINDS for one in closures if not one.is_end and one.things[0].startswith(kind)]
    groups: dict[object, str] = {}
    for one in ranked:
        groups.setdefault((one.touched, one.lost, one.late, one.extra_cost_cents, one.extra_days), one.things[0])
    kept = set(groups.values())
    worst = [one.things[0] for one in sorted(closures, key=badness) if one.things[0] in kept][:most]
    pairs = {tuple(sorted(pair)) for pair in combinations(worst, 2)}
    for thing in worst:
        around = Counter(
            other
            for one in stressed
            for detour in one.detours
            if detour.closed == (thing,)
            for other in set(detour.things) - set(one.things)
            if other.startswith(_PAIRED_KINDS[:2])
        )
        pairs |= {tuple(sorted((thing, other))) for other, _ in sorted(around.items(), key=lambda row: (-row[1], row[0]))[:_MOST_AROUND]}
    return sorted(pairs)


def matters(one: ShipmentStress, pair: tuple[str, ...]) -> bool:
    """Whether the second closure hits the way around the first, or both hit the best way."""
    return any(
        detour.closed[0] in pair
        and detour.status != "lost"
        and bool(set(pair) - set(detour.closed))
        and set(pair) - set(detour.closed) <= set(detour.things)
        for detour in one.detours
    ) or set(pair) <= set(one.things)


def find_detour(one: ShipmentStress, tried: ShipmentStress | None, pair: tuple[str, ...]) -> Detour | None:
    """The detour of a shipment for a pair: as searched, else that of the one thing of it on the best way; None if neither is on it."""
    for detour in tried.detours if tried is not None else ():
        if detour.closed == pair:
            return detour
    return next((detour for detour in one.detours if detour.closed[0] in pair), None)
