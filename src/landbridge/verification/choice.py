"""The choice of rows: of those that match and apply, the one of greatest rank, section 3."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from landbridge.domain.border import Crossing
from landbridge.domain.emission import EmissionFactor
from landbridge.domain.goods import Duty, PayloadLimit
from landbridge.domain.haulage import HaulageRate
from landbridge.domain.record import Range
from landbridge.domain.service import Service
from landbridge.domain.tariff import Tariff
from landbridge.domain.terminal import BoxReturn, DetentionStep, Handling, StorageStep
from landbridge.verification.calendar import is_in_season, is_valid
from landbridge.verification.case import Case

Row = TypeVar("Row")
Rank = tuple[int | date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """The amount of a tariff, carried forward from its basis where it has none of its own, and its exchange rate."""

    amount: Range[Decimal]
    rate: Fraction


def find_best(rows: Iterable[Row], rank: Callable[[Row], Rank], name: Callable[[Row], str]) -> Row | None:
    """Find the row of greatest rank, of equals the one with the smaller id."""
    return max(sorted(rows, key=name), key=rank, default=None)


def since(row_from: date | None) -> date:
    """Rank a first day: an empty one is earliest."""
    return row_from or date.min


# tariffs


def find_price(case: Case, tariff: Tariff) -> Price | None:
    """Find what a tariff says: its own amount, or factor times its basis; None if it has neither, or no exchange rate."""
    amount, currency = _carry_forward(case, tariff, frozenset())
    rate = case.find_rate(currency)
    return None if amount is None or rate is None else Price(amount=amount, rate=rate)


def _carry_forward(case: Case, tariff: Tariff, passed: frozenset[str]) -> tuple[Range[Decimal] | None, str | None]:
    if tariff.amount is not None:
        return tariff.amount, tariff.currency
    basis = next((row for row in case.dataset.tariffs if row.tariff_id == tariff.basis_tariff_id), None)
    if basis is None or basis.tariff_id in passed or not case.is_known(basis):
        return None, None
    amount, currency = _carry_forward(case, basis, passed | {tariff.tariff_id})
    if amount is None or tariff.factor is None:
        return amount, tariff.currency or currency
    factor = tariff.factor
    carried = Range(low=amount.low * factor.low, typical=amount.typical * factor.typical, high=amount.high * factor.high)
    return carried, tariff.currency or currency


def _fits(case: Case, tariff: Tariff, day: date) -> bool:
    mass = case.unit_mass_kg
    return (
        case.is_of_unit(tariff.unit_type_id)
        and case.is_of_goods(tariff.hs)
        and (tariff.mass_from_kg is None or tariff.mass_from_kg <= mass)
        and (tariff.mass_to_kg is None or mass < tariff.mass_to_kg)
        and case.applies(tariff, day)
        and find_price(case, tariff) is not None
    )


def _tariff_rank(tariff: Tariff) -> Rank:
    return (
        tariff.service_id is not None or tariff.haulage_id is not None,
        len(tariff.hs or ""),
        tariff.unit_type_id is not None,
        tariff.mass_from_kg is not None or tariff.mass_to_kg is not None,
        since(tariff.valid_from),
    )


def find_tariff(case: Case, service: Service, ends: tuple[str, str], day: date) -> Tariff | None:
    """Find the tariff of a scheduled leg: of its service, or of its operator for any service."""

    def is_for(tariff: Tariff) -> bool:
        if tariff.service_id is not None or tariff.haulage_id is not None:
            return tariff.service_id == service.service_id
        return tariff.operator_id == service.operator_id

    rows = (tariff for tariff in case.tariffs_by_ends.get(ends, ()) if is_for(tariff) and _fits(case, tariff, day))
    return find_best(rows, _tariff_rank, lambda tariff: tariff.tariff_id)


def find_lane(case: Case, haulage_id: str, ends: tuple[str, str], day: date) -> Tariff | None:
    """Find the lane price of a link in the direction driven."""
    rows = (tariff for tariff in case.tariffs_by_ends.get(ends, ()) if tariff.haulage_id == haulage_id and _fits(case, tariff, day))
    return find_best(rows, _tariff_rank, lambda tariff: tariff.tariff_id)


def find_haulage_rate(case: Case, haulage_id: str, country: str, day: date) -> HaulageRate | None:
    """Find price and speed of a haulage offer in a country."""
    rows = (
        row
        for row in case.dataset.haulage_rates
        if row.haulage_id == haulage_id and row.country == country and case.applies(row, day) and case.find_rate(row.currency) is not None
    )
    return find_best(rows, lambda row: (since(row.valid_from),), lambda row: row.rate_id)


# borders and terminals


def find_crossing(case: Case, border_id: str, mode: str, countries: tuple[str, str], day: date) -> Crossing | None:
    """Find the crossing of a border by a mode in a direction, in season."""
    rows = (
        row
        for row in case.dataset.crossings
        if row.border_id == border_id
        and row.mode == mode
        and (row.from_country, row.to_country) == countries
        and is_in_season(day, row.season_from, row.season_to)
        and case.applies(row, day)
        and (row.fee is None or case.find_rate(row.currency) is not None)
    )
    return find_best(rows, _crossing_rank, lambda row: row.crossing_id)


def _crossing_rank(row: Crossing) -> Rank:
    return row.season_from is not None or row.season_to is not None, since(row.valid_from)


def choose_handling(case: Case, place_id: str, modes: tuple[str, str], day: date) -> tuple[Handling, ...]:
    """Choose the handling at a place between two modes, one row per kind; ``origin`` and ``destination`` are never ``any``."""
    from_modes = {modes[0]} if modes[0] == "origin" else {modes[0], "any"}
    to_modes = {modes[1]} if modes[1] == "destination" else {modes[1], "any"}
    rows = [
        row
        for row in case.dataset.handling
        if row.place_id == place_id
        and row.from_mode in from_modes
        and row.to_mode in to_modes
        and case.is_of_unit(row.unit_type_id)
        and case.is_of_goods(row.hs)
        and case.applies(row, day)
        and (row.amount is None or case.find_rate(row.currency) is not None)
    ]

    def rank(row: Handling) -> Rank:
        equal_from, equal_to = row.from_mode == modes[0], row.to_mode == modes[1]
        return equal_from, equal_to, len(row.hs or ""), row.unit_type_id is not None, since(row.valid_from)

    kinds = sorted({row.kind for row in rows})
    best = (find_best((row for row in rows if row.kind == kind), rank, lambda row: row.handling_id) for kind in kinds)
    return tuple(row for row in best if row is not None)


def list_storage(case: Case, place_id: str, mode: str, day: date) -> tuple[StorageStep, ...]:
    """List the steps of storage for goods that came by a mode: all rows of the greatest rank."""
    rows = [
        row
        for row in case.dataset.storage
        if row.place_id == place_id
        and row.from_mode in (mode, "any")
        and case.is_of_unit(row.unit_type_id)
        and case.applies(row, day)
        and case.find_rate(row.currency) is not None
    ]

    def rank(row: StorageStep) -> tuple[bool, bool]:
        return row.from_mode == mode, row.unit_type_id is not None

    best = max(map(rank, rows), default=None)
    return tuple(sorted((row for row in rows if rank(row) == best), key=lambda row: row.storage_id))


def list_detention(case: Case, operator_id: str, place_id: str, day: date) -> tuple[DetentionStep, ...]:
    """List the steps of a line's detention at a port: all rows of the greatest rank."""
    rows = [
        row
        for row in case.dataset.detention
        if row.operator_id == operator_id
        and row.place_id == place_id
        and case.is_of_unit(row.unit_type_id)
        and case.applies(row, day)
        and case.find_rate(row.currency) is not None
    ]
    is_named = any(row.unit_type_id is not None for row in rows)
    return tuple(sorted((row for row in rows if (row.unit_type_id is not None) == is_named), key=lambda row: row.detention_id))


def find_return(case: Case, operator_id: str, day: date) -> BoxReturn | None:
    """Find how a line's empty box is brought back from the destination."""
    rows = (
        row
        for row in case.dataset.returns
        if row.place_id == case.query.destination_id
        and row.operator_id in (None, operator_id)
        and case.is_of_unit(row.unit_type_id)
        and case.applies(row, day)
        and (row.amount is None or case.find_rate(row.currency) is not None)
    )
    return find_best(
        rows, lambda row: (row.operator_id is not None, row.unit_type_id is not None, since(row.valid_from)), lambda row: row.return_id
    )


# limits, duties, emission


def find_limit(case: Case, country: str, mode: str, day: date) -> PayloadLimit | None:
    """Find the payload limit of a country for a mode; a row for the unit type goes before one without."""
    rows = (
        row
        for row in case.dataset.payload_limits
        if row.country == country and row.mode == mode and case.is_of_unit(row.unit_type_id) and is_valid(row, day)
    )
    return find_best(rows, lambda row: (row.unit_type_id is not None, since(row.valid_from)), lambda row: row.limit_id)


def choose_duties(case: Case, day: date) -> tuple[Duty, ...]:
    """Choose the duties on import, per kind the one for the longest HS prefix; none where the goods are not told."""
    rows = [
        row
        for row in case.dataset.duties
        if case.is_of_goods(row.hs)
        and case.destination.country in row.destination
        and (not row.origin_countries or case.origin.country in row.origin_countries)
        and case.applies(row, day)
    ]
    kinds = sorted({row.kind for row in rows})
    best = (find_best((row for row in rows if row.kind == kind), lambda row: (len(row.hs),), lambda row: row.duty_id) for kind in kinds)
    return tuple(row for row in best if row is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Emitter:
    """What an emission factor is asked for."""

    mode: str
    service_id: str | None = None
    haulage_id: str | None = None
    country: str | None = None


def find_factor(case: Case, emitter: Emitter, bases: tuple[str, ...], day: date) -> EmissionFactor | None:
    """Find the emission factor of a leg, a link or a move."""
    rows = (
        row
        for row in case.dataset.emission_factors
        if row.basis in bases
        and row.mode in (None, emitter.mode)
        and row.service_id in (None, emitter.service_id)
        and row.haulage_id in (None, emitter.haulage_id)
        and row.country in (None, emitter.country)
        and is_valid(row, day)
    )
    return find_best(
        rows,
        lambda row: (row.service_id is not None or row.haulage_id is not None, row.country is not None, since(row.valid_from)),
        lambda row: row.factor_id,
    )
