"""Whether two part loads may lie in one unit."""

from __future__ import annotations

from landbridge.domain.dataset import Dataset
from landbridge.domain.segregation import APART_FROM_FOOD, DANGER_CLASSES, FOOD_CHAPTERS, SEGREGATION
from landbridge.domain.shipment import Shipment
from landbridge.terms.load import find_goods

_SAME_ROW = {"1.2": "1.1", "1.5": "1.1", "1.6": "1.3"}


def why_apart(dataset: Dataset, one: Shipment, other: Shipment) -> str | None:
    """Why two part loads may not share a unit; None if they may."""
    if one.unit_type_id != other.unit_type_id:
        return f"{one.unit_type_id} and {other.unit_type_id} are asked for"
    if one.temperature_c != other.temperature_c:
        return f"carried at {_temperature(one)} and at {_temperature(other)}"
    goods = [find_goods(dataset, row.hs) for row in (one, other)]
    if one.temperature_c is None and any(row is not None and row.temperature_controlled for row in goods):
        return "goods under temperature control, and no temperature is told"
    told = [None if row is None else row.dangerous_class for row in goods]
    return _dangerous(told[0], told[1], one.hs, other.hs) or _separated(dataset, one.hs, other.hs)


def _temperature(row: Shipment) -> str:
    return "any temperature" if row.temperature_c is None else f"{row.temperature_c} degrees"


def _dangerous(one: str | None, other: str | None, hs: str, other_hs: str) -> str | None:
    for mine, theirs in ((one, other_hs), (other, hs)):
        if mine in APART_FROM_FOOD and theirs[:2] in FOOD_CHAPTERS:
            return f"class {mine} is kept apart from food and feed (IMDG 7.3.4.2, ADR 7.5.4)"
    if one is None or other is None:
        return None
    first, second = (_SAME_ROW.get(name, name) for name in (one, other))
    if first not in DANGER_CLASSES or second not in DANGER_CLASSES:
        return f"class {one if first not in DANGER_CLASSES else other} is not known"
    if "1" in (first[0], second[0]):
        return f"class {one} and class {other}: explosives share a unit with nothing dangerous here (ADR 7.5.2)"
    cell = SEGREGATION[DANGER_CLASSES.index(first)][DANGER_CLASSES.index(second)]
    return None if cell == "X" else f"class {one} and class {other} have to be segregated (IMDG 7.2.4: {cell})"


def _separated(dataset: Dataset, hs: str, other_hs: str) -> str | None:
    for row in dataset.separations:
        if any(a.startswith(row.hs) and b.startswith(row.other_hs) for a, b in ((hs, other_hs), (other_hs, hs))):
            return row.name
    return None
