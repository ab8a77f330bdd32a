"""Checks of prices: rows that compete, lanes that do not exist, currencies without a rate, prices that have expired."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain, combinations, pairwise
from typing import TypeVar

from landbridge.domain.dataset import Dataset
from landbridge.domain.finding import Finding
from landbridge.domain.record import Record
from landbridge.domain.service import Service
from landbridge.domain.tariff import Tariff, ThroughRate
from landbridge.sources.nearest import quote_text, suggest_nearest
from landbridge.sources.period import overlap
from landbridge.sources.provenance import make_row_finding

Row = TypeVar("Row", bound=Record)

OLD_DAYS = 3 * 365
_PARTS = ("handling_origin", "handling_destination", "handling", "haulage")
_SURCHARGE_KINDS = (
    "bunker",
    "war_risk",
    "congestion",
    "winter",
    "security",
    "toll",
    "peak",
    "emergency",
    "documentation",
    "box",
    "insurance",
    "other",
)
_EQUAL_RANK = {
    "haulage_rates": ("haulage_id", "country", "valid_from"),
    "crossings": ("border_id", "mode", "from_country", "to_country", "season_from", "season_to", "valid_from"),
    "handling": ("place_id", "kind", "from_mode", "to_mode", "unit_type_id", "hs", "valid_from"),
    "returns": ("place_id", "operator_id", "unit_type_id", "valid_from"),
    "payload_limits": ("country", "mode", "unit_type_id", "valid_from"),
    "emission_factors": ("basis", "mode", "country", "service_id", "haulage_id", "valid_from"),
}
"""What makes two rows of a table equally good by docs/model.md section 3."""

_LANE = ("service_id", "haulage_id", "operator_id", "from_place_id", "to_place_id", "unit_type_id", "hs", "valid_from")


def check_tariff_overlaps(dataset: Dataset) -> Iterator[Finding]:
    """TARIFF-OVERLAP: two tariffs of equal rank hold for the same shipment on the same day; the smaller id would win."""
    for tariffs in _group(dataset.tariffs, _LANE):
        for first, second in combinations(tariffs, 2):
            if _has_mass(first) == _has_mass(second) and _masses_meet(first, second) and overlap(first, second):
                message = f"{second.tariff_id} and {first.tariff_id} hold for the same shipments; the smaller id wins"
                yield make_row_finding("TARIFF-OVERLAP", second, "tariff_id", message)


def check_row_overlaps(dataset: Dataset) -> Iterator[Finding]:
    """ROW-OVERLAP: two rows of another table are equally good for the same case on the same day; the smaller id would win."""
    for table, names in _EQUAL_RANK.items():
        for records in _group(getattr(dataset, table), names):
            for first, second in combinations(records, 2):
                if overlap(first, second):
                    message = f"this row and that of {first.row} hold for the same cases; the smaller id wins"
                    yield make_row_finding("ROW-OVERLAP", second, names[0], message)


def check_rates_exist(dataset: Dataset) -> Iterator[Finding]:
    """CURRENCY-WITHOUT-RATE: no exchange rate on or before the day of the feed, so rows in that currency cannot be used."""
    rated = {rate.currency for rate in dataset.exchange_rates if rate.on <= dataset.info.as_of}
    rated.add(dataset.info.settlement_currency)
    seen: set[str] = set()
    for record in _list_priced(dataset):
        currency = getattr(record, "currency", None)
        if currency is not None and currency not in rated and currency not in seen:
            seen.add(currency)
            message = f"{currency} has no exchange rate on or before {dataset.info.as_of}: this and all rows in it cannot be used"
            yield make_row_finding("CURRENCY-WITHOUT-RATE", record, "currency", message)


def check_rates_old(dataset: Dataset) -> Iterator[Finding]:
    """RATE-OLD: the latest exchange rate of a currency is older than a year on the day of the feed."""
    latest: dict[str, date] = {}
    for rate in dataset.exchange_rates:
        latest[rate.currency] = max(rate.on, latest.get(rate.currency, rate.on))
    for rate in dataset.exchange_rates:
        if rate.on == latest[rate.currency] and (dataset.info.as_of - rate.on).days > 366:
            yield make_row_finding("RATE-OLD", rate, "on", f"the latest rate of {rate.currency} is of {rate.on}")


def check_rates_used(dataset: Dataset) -> Iterator[Finding]:
    """ROW-UNUSED: a currency that no row is in."""
    used = {getattr(record, "currency", None) for record in _list_priced(dataset)}
    seen: set[str] = set()
    for rate in dataset.exchange_rates:
        if rate.currency not in used and rate.currency not in seen:
            seen.add(rate.currency)
            yield make_row_finding("ROW-UNUSED", rate, "currency", f"no row is in {rate.currency}")


def check_includes(dataset: Dataset) -> Iterator[Finding]:
    """INCLUDES-UNKNOWN: a tariff includes a part that nothing charges."""
    known = (*_SURCHARGE_KINDS, *_PARTS)
    records: tuple[Tariff | ThroughRate | Service, ...] = (*dataset.tariffs, *dataset.through_rates, *dataset.services)
    for record in records:
        for part in record.includes:
            if part not in known:
                message = f"there is no part {quote_text(part)}{suggest_nearest(part, known)}"
                yield make_row_finding("INCLUDES-UNKNOWN", record, "includes", message)


def check_service_lanes(dataset: Dataset) -> Iterator[Finding]:
    """TARIFF-WITHOUT-LEG: a tariff prices a leg that its service, or any service of its operator, does not offer."""
    for tariff in dataset.tariffs:
        if tariff.haulage_id is not None:
            continue
        ids = [
            service.service_id
            for service in dataset.services
            if tariff.service_id == service.service_id or (tariff.service_id is None and tariff.operator_id == service.operator_id)
        ]
        if not any(_offers(dataset, service_id, tariff) for service_id in ids):
            what = f"the service {tariff.service_id}" if tariff.service_id else f"no service of {tariff.operator_id}"
            message = f"{what} {'does not carry' if tariff.service_id else 'carries'} from {tariff.from_place_id} to {tariff.to_place_id}"
            yield make_row_finding("TARIFF-WITHOUT-LEG", tariff, "from_place_id", message)


def check_haulage_lanes(dataset: Dataset) -> Iterator[Finding]:
    """TARIFF-WITHOUT-LINK: a lane price of haulage names two places that no link of its mode joins."""
    joined = {(link.mode, link.from_place_id, link.to_place_id) for link in dataset.links}
    joined |= {(link.mode, link.to_place_id, link.from_place_id) for link in dataset.links if link.two_way}
    for tariff in dataset.tariffs:
        haulage = dataset.haulage_by_id.get(tariff.haulage_id or "")
        if haulage is not None and (haulage.mode, tariff.from_place_id, tariff.to_place_id) not in joined:
            message = f"no link by {haulage.mode} leads from {tariff.from_place_id} to {tariff.to_place_id}"
            yield make_row_finding("TARIFF-WITHOUT-LINK", tariff, "from_place_id", message)


def check_expired(dataset: Dataset) -> Iterator[Finding]:
    """TARIFF-EXPIRED: every price of a lane of a running service ended before the day of the feed."""
    over = _list_services_over(dataset)
    for tariffs in _group(dataset.tariffs, _LANE[:5], least=1):
        if all(tariff.valid_to is not None and tariff.valid_to < dataset.info.as_of for tariff in tariffs):
            last = max(tariffs, key=lambda tariff: (tariff.valid_to or date.min, tariff.tariff_id))
            if (last.service_id or last.haulage_id) not in over:
                message = f"the last price from {last.from_place_id} to {last.to_place_id} ended on {last.valid_to}"
                yield make_row_finding("TARIFF-EXPIRED", last, "valid_to", message)


def check_carried_age(dataset: Dataset) -> Iterator[Finding]:
    """TARIFF-CARRIED-OLD: a price is carried forward from one that ended more than three years before the day of the feed."""
    by_id = {tariff.tariff_id: tariff for tariff in dataset.tariffs}
    for tariff in dataset.tariffs:
        basis = by_id.get(tariff.basis_tariff_id) if tariff.basis_tariff_id is not None else None
        if basis is not None and basis.valid_to is not None and (dataset.info.as_of - basis.valid_to).days > OLD_DAYS:
            message = f"{basis.tariff_id}, on which the price rests, ended on {basis.valid_to}"
            yield make_row_finding("TARIFF-CARRIED-OLD", tariff, "basis_tariff_id", message)


def check_through_legs(dataset: Dataset) -> Iterator[Finding]:
    """THROUGH-LEGS-APART: a leg of a through rate does not begin where the one before it ends."""
    for legs in _group(dataset.through_legs, ("through_id",)):
        for before, leg in pairwise(sorted(legs, key=lambda leg: leg.seq)):
            if before.to_place_id != leg.from_place_id:
                message = f"leg {leg.seq} begins at {leg.from_place_id}, leg {before.seq} ends at {before.to_place_id}"
                yield make_row_finding("THROUGH-LEGS-APART", leg, "from_place_id", message)


def check_through_rates(dataset: Dataset) -> Iterator[Finding]:
    """THROUGH-WITHOUT-LEGS: nothing says which legs a through rate covers."""
    with_legs = {leg.through_id for leg in dataset.through_legs}
    for rate in dataset.through_rates:
        if rate.through_id not in with_legs:
            yield make_row_finding("THROUGH-WITHOUT-LEGS", rate, "through_id", f"the through rate {rate.through_id} has no legs")


def _group(records: Sequence[Row], names: Sequence[str], least: int = 2) -> Iterator[list[Row]]:
    """Rows that agree in these attributes, groups of at least ``least``, in the order of the table."""
    groups: dict[tuple[object, ...], list[Row]] = {}
    for record in records:
        groups.setdefault(tuple([getattr(record, name) for name in names]), []).append(record)
    yield from (group for group in groups.values() if len(group) >= least)


def _has_mass(tariff: Tariff) -> bool:
    return tariff.mass_from_kg is not None or tariff.mass_to_kg is not None


def _masses_meet(first: Tariff, second: Tariff) -> bool:
    """Tell whether a mass lies in the bands of both; the upper bound is not part of a band."""
    return (second.mass_to_kg is None or (first.mass_from_kg or 0) < second.mass_to_kg) and (
        first.mass_to_kg is None or (second.mass_from_kg or 0) < first.mass_to_kg
    )


def _list_priced(dataset: Dataset) -> Iterator[Record]:
    return chain(
        dataset.tariffs,
        dataset.through_rates,
        dataset.haulage,
        dataset.haulage_rates,
        dataset.surcharges,
        dataset.crossings,
        dataset.handling,
        dataset.storage,
        dataset.detention,
        dataset.returns,
        dataset.documents,
        dataset.rules,
        dataset.shipments,
        dataset.trade_records,
        dataset.claim_readings,
    )


def _offers(dataset: Dataset, service_id: str, tariff: Tariff) -> bool:
    stops = dataset.stops_by_service.get(service_id, ())
    boarded = [stop.seq for stop in stops if stop.place_id == tariff.from_place_id and stop.board]
    left = [stop.seq for stop in stops if stop.place_id == tariff.to_place_id and stop.alight]
    return bool(boarded and left and min(boarded) < max(left))


def _list_services_over(dataset: Dataset) -> set[str | None]:
    """Services and haulage offers whose latest status says that they do not run."""
    latest: dict[str | None, tuple[date, date, str]] = {}
    over: set[str | None] = set()
    for status in dataset.statuses:
        subject = status.service_id or status.haulage_id
        rank = (status.valid_from or date.min, status.known_from or date.min, status.status_id)
        if rank >= latest.get(subject, rank):
            latest[subject] = rank
            (over.discard if status.status in ("operating", "unconfirmed") else over.add)(subject)
    return over
