"""Choosing a row where several match: docs/model.md, section 3."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TypeVar

from landbridge.domain.border import Crossing
from landbridge.domain.dataset import Dataset
from landbridge.domain.emission import EmissionFactor
from landbridge.domain.event import Event, as_known
from landbridge.domain.goods import PayloadLimit
from landbridge.domain.haulage import HaulageRate
from landbridge.domain.service import ServiceStatus
from landbridge.domain.tariff import Surcharge, Tariff
from landbridge.domain.terminal import BoxReturn, DetentionStep, Handling, StorageStep
from landbridge.terms.ends import fits_ends, names_ends
from landbridge.terms.load import Load
from landbridge.terms.money import Market
from landbridge.terms.validity import is_in_season, is_known, is_valid, latest_first

Row = TypeVar("Row")
Step = TypeVar("Step", StorageStep, DetentionStep)

MOVING_KINDS = frozenset({"lift", "transship", "gauge_change"})
PSEUDO_MODES = frozenset({"origin", "destination"})


class Choice:
    """Rows of a dataset that fit one load and were known on the day of asking, indexed by what they are for."""

    def __init__(self, dataset: Dataset, load: Load, market: Market, as_of: date) -> None:
        self._load, self._market, self._as_of = load, market, as_of
        self._tariffs: dict[tuple[str, str, str, str], list[Tariff]] = defaultdict(list)
        for row in self._fitting(dataset.tariffs):
            subject = (
                ("service", row.service_id)
                if row.service_id
                else ("haulage", row.haulage_id)
                if row.haulage_id
                else ("operator", row.operator_id)
            )
            if row.amount is not None and self._fits_mass(row) and market.has_rate(row.currency):
                self._tariffs[subject[0], subject[1] or "", row.from_place_id, row.to_place_id].append(row)
        self._rates = self._by(dataset.haulage_rates, lambda row: (row.haulage_id, row.country))
        self._crossings = self._by(dataset.crossings, lambda row: (row.border_id, row.mode, row.from_country, row.to_country))
        self._rates_of = self._by(dataset.haulage_rates, lambda row: row.haulage_id)
        self._crossings_of = self._by(dataset.crossings, lambda row: row.border_id)
        self._handling = self._by(self._fitting(dataset.handling), lambda row: row.place_id)
        self._storage = self._by(self._fitting(dataset.storage), lambda row: row.place_id)
        self._detention = self._by(self._fitting(dataset.detention), lambda row: (row.operator_id, row.place_id))
        self._returns = self._by(self._fitting(dataset.returns), lambda row: row.place_id)
        self._statuses = self._by(dataset.statuses, lambda row: row.service_id or row.haulage_id)
        self._limits = self._by(dataset.payload_limits, lambda row: (row.country, row.mode))
        self.storage_places = frozenset(row.place_id for row in dataset.storage)
        self.surcharges = tuple(row for row in self._fitting(dataset.surcharges) if market.has_rate(row.currency))
        self._surcharges_on: dict[tuple[frozenset[str], date], tuple[Surcharge, ...]] = {}
        self.surcharge_kinds = {row.surcharge_id: row.kind for row in dataset.surcharges}
        ends = load.origin_country, load.destination_country
        known = (as_known(row, as_of) for row in dataset.events if is_known(row, as_of) and fits_ends(row, *ends))
        self.events: dict[str, list[Event]] = defaultdict(list)
        """By kind."""
        for event in known:
            self.events[event.kind].append(event)
        self.events_by_ends = tuple(event.event_id for events in self.events.values() for event in events if names_ends(event))
        """Events that fit the ends and would not fit others."""
        self.price_factors = [event for event in self.events["price_factor"] if event.factor is not None]
        self._price_factors_on: dict[date, tuple[Event, ...]] = {}
        named = {row.place_id for row in self.surcharges} | {row.place_id for row in self.price_factors}
        self.named_places = frozenset(place_id for place_id in named if place_id)
        """Places that a surcharge or a price factor names."""
        self._factors = dataset.emission_factors
        self._memory: dict[tuple[object, ...], EmissionFactor | None] = {}

    def find_tariff(self, service_id: str, operator_id: str, from_id: str, to_id: str, on: date) -> Tariff | None:
        """The tariff of a scheduled leg: of the service before of its operator."""
        rows = self._tariffs.get(("service", service_id, from_id, to_id), [])
        chosen = self._best_tariff(rows, on)
        return chosen or self._best_tariff(self._tariffs.get(("operator", operator_id, from_id, to_id), []), on)

    def list_tariffs(self, service_id: str, operator_id: str, from_id: str, to_id: str) -> list[Tariff]:
        """All tariffs of a scheduled leg, of the service and of its operator."""
        kinds = (("service", service_id), ("operator", operator_id))
        return [row for kind, name in kinds for row in self._tariffs.get((kind, name, from_id, to_id), ())]

    def list_lanes(self, haulage_id: str, from_id: str, to_id: str) -> list[Tariff]:
        """All lane prices of haulage on one link."""
        return self._tariffs.get(("haulage", haulage_id, from_id, to_id), [])

    def list_rates(self, haulage_id: str) -> list[HaulageRate]:
        """All rates of haulage, of every country."""
        return self._rates_of.get(haulage_id, [])

    def list_crossings(self, border_id: str | None) -> list[Crossing]:
        """All rows of a border, in every direction."""
        return self._crossings_of.get(border_id, [])

    def list_dated(
        self, modes: frozenset[str], countries: Iterable[str], subject_id: str
    ) -> Iterator[ServiceStatus | PayloadLimit | EmissionFactor]:
        """Statuses, payload limits and emission factors of a service or haulage in some countries, whatever their dates."""
        yield from self._statuses.get(subject_id, ())
        yield from (row for country in countries for mode in modes for row in self._limits.get((country, mode), ()))
        yield from (row for row in self._factors if row.mode is None or row.mode in modes)

    def find_lane(self, haulage_id: str, from_id: str, to_id: str, on: date) -> Tariff | None:
        """The lane price of haulage on one link."""
        return self._best_tariff(self._tariffs.get(("haulage", haulage_id, from_id, to_id), []), on)

    def find_rate(self, haulage_id: str, country: str, on: date) -> HaulageRate | None:
        rows = [row for row in self._rates.get((haulage_id, country), ()) if is_valid(row, on) and self._market.has_rate(row.currency)]
        return _best(rows, lambda row: (latest_first(row),), lambda row: row.rate_id)

    def find_crossing(self, border_id: str, mode: str, from_country: str, to_country: str, on: date) -> Crossing | None:
        rows = [
            row
            for row in self._crossings.get((border_id, mode, from_country, to_country), ())
            if is_valid(row, on) and is_in_season(row.season_from, row.season_to, on)
        ]
        return _best(rows, lambda row: (row.season_from is not None, latest_first(row)), lambda row: row.crossing_id)

    def list_handling(self, place_id: str, from_mode: str, to_mode: str, on: date) -> tuple[Handling, ...]:
        """One handling row per kind for a change of mode at a place, in order of kind."""
        by_kind: dict[str, list[Handling]] = defaultdict(list)
        for row in self._handling.get(place_id, ()):
            if _fits_mode(row.from_mode, from_mode) and _fits_mode(row.to_mode, to_mode) and is_valid(row, on):
                by_kind[row.kind].append(row)
        chosen = (
            _best(
                rows,
                lambda row: (
                    row.from_mode == from_mode,
                    row.to_mode == to_mode,
                    len(row.hs or ""),
                    row.unit_type_id is not None,
                    latest_first(row),
                ),
                lambda row: row.handling_id,
            )
            for _, rows in sorted(by_kind.items())
        )
        return tuple(row for row in chosen if row is not None)

    def list_storage(self, place_id: str, from_mode: str, on: date) -> tuple[StorageStep, ...]:
        rows = [row for row in self._storage.get(place_id, ()) if row.from_mode in ("any", from_mode) and is_valid(row, on)]
        return _steps_of_greatest_rank(rows, lambda row: (row.from_mode == from_mode, row.unit_type_id is not None))

    def list_detention(self, operator_id: str, place_id: str, on: date) -> tuple[DetentionStep, ...]:
        rows = [row for row in self._detention.get((operator_id, place_id), ()) if is_valid(row, on)]
        return _steps_of_greatest_rank(rows, lambda row: (row.unit_type_id is not None,))

    def find_return(self, operator_id: str, place_id: str, on: date) -> BoxReturn | None:
        rows = [row for row in self._returns.get(place_id, ()) if row.operator_id in (None, operator_id) and is_valid(row, on)]
        return _best(
            rows, lambda row: (row.operator_id is not None, row.unit_type_id is not None, latest_first(row)), lambda row: row.return_id
        )

    def find_status(self, subject_id: str, on: date) -> ServiceStatus | None:
        rows = [row for row in self._statuses.get(subject_id, ()) if is_valid(row, on)]
        return _best(rows, lambda row: (latest_first(row), row.known_from.toordinal() if row.known_from else 0), lambda row: row.status_id)

    def find_limit(self, country: str, mode: str, on: date) -> PayloadLimit | None:
        unit = self._load.unit_type.unit_type_id
        rows = [row for row in self._limits.get((country, mode), ()) if row.unit_type_id in (None, unit) and is_valid(row, on)]
        return _best(rows, lambda row: (row.unit_type_id is not None, latest_first(row)), lambda row: row.limit_id)

    def find_factor(
        self, *, is_move: bool, mode: str, country: str | None, service_id: str | None, haulage_id: str | None, on: date
    ) -> EmissionFactor | None:
        """The emission factor of transport or of a move; remembered, since factors change by the year."""
        key = (is_move, mode, country, service_id, haulage_id, on)
        if key not in self._memory:
            rows = [
                row
                for row in self._factors
                if (row.basis == "move") == is_move
                and row.mode in (None, mode)
                and row.country in (None, country)
                and row.service_id in (None, service_id)
                and row.haulage_id in (None, haulage_id)
                and is_valid(row, on)
            ]
            self._memory[key] = _best(
                rows,
                lambda row: (bool(row.service_id or row.haulage_id), row.country is not None, latest_first(row)),
                lambda row: row.factor_id,
            )
        return self._memory[key]

    def surcharges_on(self, modes: frozenset[str], on: date) -> tuple[Surcharge, ...]:
        """Surcharges that apply on a day to something in these modes, as far as mode and day tell; remembered."""
        key = (modes, on)
        found = self._surcharges_on.get(key)
        if found is None:
            found = self._surcharges_on[key] = tuple(
                row
                for row in self.surcharges
                if (row.mode is None or row.mode in modes) and is_valid(row, on) and is_in_season(row.season_from, row.season_to, on)
            )
        return found

    def price_factors_on(self, on: date) -> tuple[Event, ...]:
        """Events of a day that change prices; remembered."""
        found = self._price_factors_on.get(on)
        if found is None:
            found = self._price_factors_on[on] = tuple(event for event in self.price_factors if is_valid(event, on))
        return found

    def _fitting(self, rows: Iterable[Row]) -> list[Row]:
        """Rows known on the day of asking whose unit type and goods, if any, are those of the load."""
        unit, hs = self._load.unit_type.unit_type_id, self._load.hs
        return [
            row
            for row in rows
            if is_known(row, self._as_of)
            and getattr(row, "unit_type_id", None) in (None, unit)
            and _is_prefix(getattr(row, "hs", None), hs)
        ]

    def _by(self, rows: Iterable[Row], key: Callable[[Row], object]) -> dict[object, list[Row]]:
        found: dict[object, list[Row]] = defaultdict(list)
        for row in rows:
            if is_known(row, self._as_of):
                found[key(row)].append(row)
        return found

    def _fits_mass(self, row: Tariff) -> bool:
        mass = self._load.mass_per_unit_kg
        return (row.mass_from_kg is None or row.mass_from_kg <= mass) and (row.mass_to_kg is None or mass < row.mass_to_kg)

    def _best_tariff(self, rows: list[Tariff], on: date) -> Tariff | None:
        return _best(
            [row for row in rows if is_valid(row, on)],
            lambda row: (
                len(row.hs or ""),
                row.unit_type_id is not None,
                row.mass_from_kg is not None or row.mass_to_kg is not None,
                latest_first(row),
            ),
            lambda row: row.tariff_id,
        )


def _is_prefix(prefix: str | None, hs: str | None) -> bool:
    return prefix is None or (hs is not None and hs.startswith(prefix))


def _fits_mode(wanted: str, mode: str) -> bool:
    return wanted == mode or (wanted == "any" and mode not in PSEUDO_MODES)


def _best(rows: list[Row], rank: Callable[[Row], tuple[int, ...]], row_id: Callable[[Row], str]) -> Row | None:
    """The row of the greatest rank; of equal ones the one with the smallest id."""
    if len(rows) < 2:
        return rows[0] if rows else None
    greatest = max(rank(row) for row in rows)
    return min((row for row in rows if rank(row) == greatest), key=row_id)


def _steps_of_greatest_rank(rows: list[Step], rank: Callable[[Step], tuple[int, ...]]) -> tuple[Step, ...]:
    if not rows:
        return ()
    greatest = max(rank(row) for row in rows)
    return tuple(sorted((row for row in rows if rank(row) == greatest), key=lambda row: row.from_day))
