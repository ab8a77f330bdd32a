"""Check the units that part loads of a joint plan share, from the feed alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

from landbridge.domain.book import BookPlan, BookShipment, BookUnit
from landbridge.domain.dataset import Dataset
from landbridge.domain.goods import Goods
from landbridge.domain.offer import Stuffing
from landbridge.domain.plan import Itinerary
from landbridge.domain.segregation import APART_FROM_FOOD, DANGER_CLASSES, FOOD_CHAPTERS, SEGREGATION
from landbridge.domain.shipment import Shipment
from landbridge.verification.book_money import book_cents

Aboard = tuple[Shipment, BookShipment, Itinerary]
_ALIKE = {"1.2": "1.1", "1.5": "1.1", "1.6": "1.3"}


def unit_faults(dataset: Dataset, plan: BookPlan, going: list[Aboard]) -> Iterator[str]:
    """What is wrong with shared units: who leads, what they hold, what lies beside what, where and when, and what stuffing costs."""
    aboard: dict[str, list[Aboard]] = {}
    for row, shipment, itinerary in going:
        if shipment.lead_id is not None:
            aboard.setdefault(shipment.lead_id, []).append((row, shipment, itinerary))
            yield from (f"{row.shipment_id}: {fault}" for fault in _stuffing(dataset, plan, row, shipment, itinerary))
        elif shipment.stuffing_ids or shipment.stuffing_cents or shipment.delivered_at:
            yield f"{row.shipment_id}: is stuffed somewhere and shares no unit"
    for lead_id, loads in aboard.items():
        yield from (f"unit of {lead_id}: {fault}" for fault in _unit(dataset, lead_id, loads))
    yield from _stated(dataset, plan, aboard)


def _stated(dataset: Dataset, plan: BookPlan, aboard: dict[str, list[Aboard]]) -> Iterator[str]:
    """What the plan says of its units against what lies in them."""
    types = {one.unit_type_id: one for one in dataset.unit_types}
    stated: dict[str, BookUnit] = {}
    for one in plan.shared_units:
        name = one.shipment_ids[0] if one.shipment_ids else ""
        if name in stated or name not in aboard:
            yield f"unit of {name or 'nobody'}: stated and not used"
        stated[name] = one
    for lead_id, loads in aboard.items():
        led, leaders = stated.get(lead_id), [way for row, _, way in loads if row.shipment_id == lead_id]
        ids = sorted(row.shipment_id for row, _, _ in loads)
        if led is None or not leaders or sorted(led.shipment_ids) != ids:
            yield f"unit of {lead_id}: holds {', '.join(ids)}, and other things are stated"
            continue
        unit, legs = types[loads[0][0].unit_type_id], leaders[0].legs
        expected = BookUnit(
            unit_type_id=unit.unit_type_id, from_id=legs[0].from_id, to_id=legs[-1].to_id, leaves_on=legs[0].departure_on,
            shipment_ids=led.shipment_ids, mass_kg=sum(row.mass_kg or 0 for row, _, _ in loads), max_payload_kg=unit.max_payload_kg,
            volume_m3=sum((row.volume_m3 or Decimal(0) for row, _, _ in loads), Decimal(0)),
            max_volume_m3=_holds(dataset, unit.unit_type_id) or Decimal(0),
        )  # fmt: skip
        for name in (one.name for one in fields(BookUnit)):
            if getattr(led, name) != getattr(expected, name):
                yield f"unit of {lead_id}: {name} is {getattr(expected, name)}, {getattr(led, name)} is stated"


def _stuffing(dataset: Dataset, plan: BookPlan, row: Shipment, shipment: BookShipment, itinerary: Itinerary) -> Iterator[str]:
    rows = {one.stuffing_id: one for one in dataset.stuffings}
    if len(shipment.stuffing_ids) != 2 or not set(shipment.stuffing_ids) <= rows.keys():
        yield "names no two stuffing places"
        return
    first, last = (rows[one] for one in shipment.stuffing_ids)
    ends = ((first, row.from_place_id, itinerary.legs[0].from_id), (last, row.to_place_id, itinerary.legs[-1].to_id))
    for stuffing, served, place in ends:
        if stuffing.place_id != place or served not in (stuffing.place_id, *stuffing.serves):
            yield f"{stuffing.stuffing_id} does not serve it"
        if row.unit_type_id not in stuffing.unit_types:
            yield f"{stuffing.stuffing_id} stuffs no {row.unit_type_id}"
        if (stuffing.known_from or date.min) > plan.as_of:
            yield f"{stuffing.stuffing_id} was not known then"
    if shipment.starts_on is None or shipment.starts_on < row.ready_on + timedelta(days=first.work_days):
        yield f"its unit starts on {shipment.starts_on}, before it is stuffed"
    if shipment.delivered_at != itinerary.arrives_at + timedelta(days=last.work_days):
        yield f"is handed over at {shipment.delivered_at}"
    paid = sum(_price(dataset, plan, stuffing, row) for stuffing in (first, last))
    if paid != shipment.stuffing_cents:
        yield f"pays {shipment.stuffing_cents} cents for stuffing where the feed says {paid}"


def _price(dataset: Dataset, plan: BookPlan, stuffing: Stuffing, row: Shipment) -> int:
    tonnes = Decimal(row.mass_kg or 0) / 1000
    amount = stuffing.amount.typical * max(tonnes, row.volume_m3 or Decimal(0))
    return book_cents(dataset, plan, max(amount, stuffing.minimum or Decimal(0)), stuffing.currency)


def _unit(dataset: Dataset, lead_id: str, loads: list[Aboard]) -> Iterator[str]:
    leaders = [one for one in loads if one[0].shipment_id == lead_id]
    if not leaders:
        yield "its leader is not in it"
        return
    (leader, _, way), mass = leaders[0], sum(row.mass_kg or 0 for row, _, _ in loads)
    unit = next(one for one in dataset.unit_types if one.unit_type_id == leader.unit_type_id)
    if mass > unit.max_payload_kg:
        yield f"holds {mass} kg of {unit.max_payload_kg}"
    volume = sum((row.volume_m3 or Decimal(0) for row, _, _ in loads), Decimal(0))
    most = _holds(dataset, unit.unit_type_id)
    if most is None or volume > most:
        yield f"holds {volume} cubic metres of {most}"
    yield from (f"{row.shipment_id} is no part load" for row, _, _ in loads if row.units != 1 or not row.mass_kg or not row.volume_m3)
    for row, _, itinerary in loads:
        if [(leg.departs_at, leg.arrives_at) for leg in itinerary.legs] != [(leg.departs_at, leg.arrives_at) for leg in way.legs]:
            yield f"{row.shipment_id} goes otherwise than {lead_id}"
        if row is not leader and any(item.kind not in ("document", "fee") for item in itinerary.items):
            yield f"{row.shipment_id} pays for a unit that {lead_id} pays for"
    if any(item.per == "tonne" and item.kind in ("freight", "through") and item.quantity * 1000 != mass for item in way.items):
        yield f"its freight is not for {mass} kg"
    for (one, _, _), (other, _, _) in combinations(loads, 2):
        yield from (f"{one.shipment_id} lies beside {other.shipment_id}: {why}" for why in _conflicts(dataset, one, other))


def _holds(dataset: Dataset, unit_type_id: str) -> Decimal | None:
    rows: dict[str, Decimal] = {row.unit_type_id: row.volume_m3.typical for row in dataset.unit_volumes}
    return rows.get(unit_type_id)


def _conflicts(dataset: Dataset, one: Shipment, other: Shipment) -> Iterator[str]:
    if one.unit_type_id != other.unit_type_id:
        yield "other units"
    if one.temperature_c != other.temperature_c:
        yield f"{one.temperature_c} and {other.temperature_c} degrees"
    goods = [_goods(dataset, row.hs) for row in (one, other)]
    if one.temperature_c is None and any(row.temperature_controlled for row in goods if row):
        yield "no temperature is told"
    classes = [row.dangerous_class if row else None for row in goods]
    for danger, food in ((classes[0], other.hs), (classes[1], one.hs)):
        if danger in APART_FROM_FOOD and food[:2] in FOOD_CHAPTERS:
            yield f"class {danger} beside food"
    if classes[0] and classes[1]:
        names = [_ALIKE.get(name, name) for name in classes if name]
        if any(name not in DANGER_CLASSES or name.startswith("1.") for name in names):
            yield f"classes {classes[0]} and {classes[1]}"
        elif SEGREGATION[DANGER_CLASSES.index(names[0])][DANGER_CLASSES.index(names[1])] != "X":
            yield f"classes {classes[0]} and {classes[1]} have to be segregated"
    for row in dataset.separations:
        first, second = (tuple(hs.startswith(prefix) for hs in (one.hs, other.hs)) for prefix in (row.hs, row.other_hs))
        if (first[0] and second[1]) or (first[1] and second[0]):
            yield row.name


def _goods(dataset: Dataset, hs: str) -> Goods | None:
    fitting = sorted((row for row in dataset.goods if hs.startswith(row.hs)), key=lambda row: len(row.hs))
    return fitting[-1] if fitting else None
