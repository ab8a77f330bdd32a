"""The case: one question put to one dataset, with the load, the days and the rows known on the day of asking."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from fractions import Fraction
from functools import cached_property
from typing import Any, Protocol, TypeVar

from landbridge.domain.dataset import Dataset
from landbridge.domain.event import Event, as_known
from landbridge.domain.goods import Goods, GoodsMass, UnitType
from landbridge.domain.haulage import Link
from landbridge.domain.place import Place
from landbridge.domain.query import Query
from landbridge.domain.rule import Rule
from landbridge.domain.tariff import Tariff
from landbridge.verification.calendar import DAY_MIN, Valid, instant_of, is_valid

Row = TypeVar("Row")
Key = TypeVar("Key", bound=Hashable)


class Told(Valid, Protocol):
    """A row with validity bounds that was not known before a day."""

    @property
    def known_from(self) -> date | None: ...

    @property
    def source_id(self) -> str: ...


def group(rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, tuple[Row, ...]]:
    """Sort rows into shelves by a key, keeping their order."""
    shelves: dict[Key, list[Row]] = {}
    for row in rows:
        shelves.setdefault(key(row), []).append(row)
    return {name: tuple(shelf) for name, shelf in shelves.items()}


@dataclass(frozen=True, kw_only=True)
class Case:
    """What every step of the walk asks: the load, the days, and whether a row counts."""

    dataset: Dataset
    query: Query

    @cached_property
    def origin(self) -> Place:
        return self.dataset.get_place(self.query.origin_id)

    @cached_property
    def destination(self) -> Place:
        return self.dataset.get_place(self.query.destination_id)

    @cached_property
    def unit(self) -> UnitType:
        return next(unit for unit in self.dataset.unit_types if unit.unit_type_id == self.query.unit_type_id)

    # time

    @cached_property
    def ready_at(self) -> datetime:
        """00:00 of the ready day at the origin."""
        return instant_of(self.origin.zone, self.query.ready_on, 0)

    @cached_property
    def due_at(self) -> datetime | None:
        """24:00 of the due day at the destination."""
        return None if self.query.due_on is None else instant_of(self.destination.zone, self.query.due_on, DAY_MIN)

    @cached_property
    def asked_at(self) -> datetime:
        """00:00 UTC of the day of asking, from which notice and lead times count."""
        return datetime.combine(self.query.as_of, time(), tzinfo=UTC)

    def known_on(self, row: Told) -> date | None:
        """Give the first day on which a row could be known; None: always."""
        if row.known_from is not None:
            return row.known_from
        source = self.dataset.source_by_id.get(row.source_id)
        days = [day for day in (row.valid_from, source.published_on if source else None) if day is not None]
        return min(days, default=None)

    def is_known(self, row: Told) -> bool:
        """Tell whether a row was known on the day of asking."""
        known_on = self.known_on(row)
        return known_on is None or known_on <= self.query.as_of

    def applies(self, row: Told, day: date) -> bool:
        """Tell whether a row applies on a day, and was known on the day of asking."""
        return is_valid(row, day) and self.is_known(row)

    # load

    @cached_property
    def goods_mass(self) -> GoodsMass | None:
        rows = [row for row in self.dataset.goods_masses if row.unit_type_id == self.query.unit_type_id and self.is_of_goods(row.hs)]
        return max(rows, key=lambda row: len(row.hs), default=None)

    @cached_property
    def goods(self) -> Goods | None:
        return max((row for row in self.dataset.goods if self.is_of_goods(row.hs)), key=lambda row: len(row.hs), default=None)

    @cached_property
    def mass_kg(self) -> int:
        """Cargo mass of all units: as asked, else typical, else 60 % of the payload."""
        if self.query.mass_kg is not None:
            return self.query.mass_kg
        if self.goods_mass is not None:
            return self.query.units * self.goods_mass.mass_kg.typical
        return self.query.units * (self.unit.max_payload_kg * 60 // 100)

    @cached_property
    def mass_grade(self) -> str | None:
        """Grade of the mass; None if it was asked for."""
        if self.query.mass_kg is not None:
            return None
        source = self.dataset.source_by_id.get(self.goods_mass.source_id) if self.goods_mass else None
        return source.grade if source else "D"

    @cached_property
    def unit_mass_kg(self) -> int:
        return -(-self.mass_kg // self.query.units)

    @cached_property
    def value_told(self) -> Fraction | None:
        return None if self.query.value is None else Fraction(self.query.value)

    @cached_property
    def value_guessed(self) -> Fraction:
        """Value for the cost of capital: as told, else typical, else 0; settlement currency."""
        if self.value_told is not None:
            return self.value_told
        rate = self.find_rate("USD")
        if self.goods is None or self.goods.value_per_t is None or rate is None:
            return Fraction(0)
        return Fraction(self.goods.value_per_t.typical) * self.mass_kg / 1000 / rate

    def is_of_goods(self, hs: str | None) -> bool:
        """Tell whether an HS prefix of a row, empty for any, covers the goods asked for."""
        return hs is None or (self.query.hs is not None and self.query.hs.startswith(hs))

    def is_of_unit(self, unit_type_id: str | None) -> bool:
        """Tell whether a unit type of a row, empty for any, is the one asked for."""
        return unit_type_id is None or unit_type_id == self.query.unit_type_id

    # money

    @cached_property
    def rates(self) -> dict[str, Fraction]:
        """Latest rate of each currency on or before the day of asking."""
        rows = sorted((row for row in self.dataset.exchange_rates if row.on <= self.query.as_of), key=lambda row: row.on)
        return {row.currency: Fraction(row.rate) for row in rows} | {self.dataset.info.settlement_currency: Fraction(1)}

    def find_rate(self, currency: str | None) -> Fraction | None:
        """Find units of a currency for one of the settlement currency; None if no rate is known."""
        return self.rates.get(currency or self.dataset.info.settlement_currency)

    def quantity_of(self, per: str, *, distance_m: int = 0, days: int = 0) -> Fraction:
        """Give the quantity of a basis, section 5."""
        units = Fraction(self.query.units)
        quantities: dict[str, Fraction] = {
            "unit": units,
            "shipment": Fraction(1),
            "tonne": Fraction(self.mass_kg, 1000),
            "km": units * Fraction(distance_m, 1000),
            "day": units * days,
        }
        return quantities[per]

    # law

    @cached_property
    def gates(self) -> frozenset[str]:
        """Regimes whose designations block: the feed's policy and the question's own."""
        if self.dataset.info.gates is None:
            return frozenset(str(regime.regime_id) for regime in self.dataset.regimes)
        return frozenset(self.dataset.info.gates) | frozenset(self.query.gates)

    def has_gate(self, regime_id: str) -> bool:
        """Tell whether a regime's designations block; without a policy those of all regimes do."""
        return self.dataset.info.gates is None or regime_id in self.gates

    # shelves

    @cached_property
    def met_rules(self) -> dict[Hashable, tuple[Any, ...]]:
        """What :mod:`landbridge.verification.law` found about a scope, a day and facts, filled as it is asked."""
        return {}

    @cached_property
    def met_papers(self) -> dict[Hashable, datetime]:
        """When the papers are there that matters call for, filled as :mod:`landbridge.verification.walk` asks."""
        return {}

    @cached_property
    def events_by_kind(self) -> dict[str, tuple[Event, ...]]:
        """Events that were known on the day of asking and that can touch this shipment at all."""
        known = (as_known(row, self.query.as_of) for row in self.dataset.events if self.is_known(row) and self._is_for_shipment(row))
        return group(known, lambda row: row.kind)

    def _is_for_shipment(self, event: Event) -> bool:
        origins, destinations = event.origin_countries, event.destination_countries
        return (not origins or self.origin.country in origins) and (not destinations or self.destination.country in destinations)

    @cached_property
    def rules_by_scope(self) -> dict[str, tuple[Rule, ...]]:
        return group((row for row in self.dataset.rules if row.effect != "agreement"), lambda row: row.scope)

    @cached_property
    def tariffs_by_ends(self) -> dict[tuple[str, str], tuple[Tariff, ...]]:
        return group(self.dataset.tariffs, lambda row: (str(row.from_place_id), str(row.to_place_id)))

    @cached_property
    def link_by_id(self) -> dict[str, Link]:
        return {link.link_id: link for link in self.dataset.links}

    @cached_property
    def holidays_by_country(self) -> dict[str, frozenset[date]]:
        return {
            country: frozenset(row.on for row in rows) for country, rows in group(self.dataset.holidays, lambda row: row.country).items()
        }

    def country_of(self, place_id: str) -> str:
        """Give the country of a place that is in the dataset."""
        return self.dataset.get_place(place_id).country
