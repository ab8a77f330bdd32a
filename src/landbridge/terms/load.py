"""The load of a question: units, goods, mass and value as the terms need them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from landbridge.domain.dataset import Dataset
from landbridge.domain.goods import Goods, GoodsMass, UnitType
from landbridge.domain.query import Query

ASSUMED_FILL_PERCENT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What is carried.

    Attributes
    ----------
    mass_per_unit_kg
        Mass of one unit, rounded up.
    mass_grade, mass_source_id
        Where the mass comes from; ``asked`` if the question tells it.
    value_per_day_cents
        Capital cost of the goods for a day, settlement currency, for the balanced plan.
    """

    unit_type: UnitType
    units: int
    hs: str | None
    mass_kg: int
    mass_per_unit_kg: int
    mass_grade: str
    mass_source_id: str | None
    value: Decimal | None
    value_per_day_cents: Decimal
    origin_country: str
    destination_country: str
    shipper_id: str | None
    consignee_id: str | None


def load_of(dataset: Dataset, query: Query) -> Load:
    """Work out the load of a question; mass as asked, else typical for the goods, else a share of the payload."""
    unit_type = next(unit for unit in dataset.unit_types if unit.unit_type_id == query.unit_type_id)
    mass_kg, grade, source_id = _mass_of(dataset, query, unit_type)
    goods = find_goods(dataset, query.hs)
    value = query.value
    if value is None and goods is not None and goods.value_per_t is not None:
        value = goods.value_per_t.typical * mass_kg / 1000
    per_day = (value or Decimal(0)) * dataset.info.capital_percent / 365
    return Load(
        unit_type=unit_type,
        units=query.units,
        hs=query.hs,
        mass_kg=mass_kg,
        mass_per_unit_kg=-(-mass_kg // query.units),
        mass_grade=grade,
        mass_source_id=source_id,
        value=query.value,
        value_per_day_cents=per_day,
        origin_country=dataset.get_place(query.origin_id).country,
        destination_country=dataset.get_place(query.destination_id).country,
        shipper_id=query.shipper_id,
        consignee_id=query.consignee_id,
    )


def find_goods(dataset: Dataset, hs: str | None) -> Goods | None:
    """The goods row with the longest HS prefix of these goods."""
    matching = [row for row in dataset.goods if hs and hs.startswith(row.hs)]
    return max(matching, key=lambda row: len(row.hs), default=None)


def _mass_of(dataset: Dataset, query: Query, unit_type: UnitType) -> tuple[int, str, str | None]:
    if query.mass_kg is not None:
        return query.mass_kg, "asked", None
    row = _find_goods_mass(dataset, query)
    if row is not None:
        return query.units * row.mass_kg.typical, dataset.get_source(row.source_id).grade, row.source_id
    return query.units * (unit_type.max_payload_kg * ASSUMED_FILL_PERCENT // 100), "D", None


def _find_goods_mass(dataset: Dataset, query: Query) -> GoodsMass | None:
    hs = query.hs
    matching = [row for row in dataset.goods_masses if hs and hs.startswith(row.hs) and row.unit_type_id == query.unit_type_id]
    return max(matching, key=lambda row: len(row.hs), default=None)
