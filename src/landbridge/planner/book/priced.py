"""A feed in which scarce departures, places and borders cost what they are worth to a book, so that the search looks for other ways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from landbridge.domain.dataset import Dataset
from landbridge.domain.goods import UnitType
from landbridge.domain.identity import BorderId, RegimeId, RuleId, ServiceId
from landbridge.domain.offer import Quota
from landbridge.domain.record import Range
from landbridge.domain.rule import Rule
from landbridge.optimization.book_pool import Pool
from landbridge.optimization.book_quotas import period_of
from landbridge.planner.varied_feed import keep_sanctions

_LONGEST_PERIOD_DAYS = 367


def price_scarce(dataset: Dataset, pool: Pool, rooms: Mapping[int, float], quotas: Mapping[int, float]) -> Dataset:
    """The feed with a fee for each unit on each scarce departure and through each scarce period of a quota.

    ``rooms``: cents a TEU, and ``quotas``: cents a unit, by their numbers in the pool. Nobody pays these fees: a way that is found so is
    priced anew by the feed as it is.
    """
    fees = (*_room_fees(dataset, pool, rooms), *_quota_fees(dataset, pool, quotas))
    return keep_sanctions(dataset, replace(dataset, rules=(*dataset.rules, *fees)))


def _room_fees(dataset: Dataset, pool: Pool, rooms: Mapping[int, float]) -> Iterator[Rule]:
    for room, cents in rooms.items():
        leg = pool.rooms[room]
        for unit in dataset.unit_types:
            fee = _fee(dataset, unit, f"room:{room}", cents * float(unit.teu), leg.departure_on, leg.departure_on)
            yield replace(fee, service_ids=(ServiceId(leg.service_id),))


def _quota_fees(dataset: Dataset, pool: Pool, quotas: Mapping[int, float]) -> Iterator[Rule]:
    for quota, cents in quotas.items():
        key = pool.quotas[quota]
        if key.row is None or key.begins_on is None:
            continue  # a permit: no other day or border helps
        for unit in dataset.unit_types:
            fee = _fee(dataset, unit, f"quota:{quota}", cents, key.begins_on, _last_day(key.row, key.begins_on))
            places = () if key.row.place_id is None else (key.row.place_id,)
            borders = () if key.row.border_id is None else (BorderId(key.row.border_id),)
            yield replace(fee, modes=key.row.modes, place_ids=places, border_ids=borders)


def _last_day(row: Quota, first: date) -> date:
    return max(day for number in range(_LONGEST_PERIOD_DAYS) if period_of(row.per, day := first + timedelta(days=number)) == first)


def _fee(dataset: Dataset, unit: UnitType, name: str, cents: float, first: date, last: date) -> Rule:
    amount = Decimal(round(cents)) / 100
    return Rule(
        rule_id=RuleId(f"{name}:{unit.unit_type_id}"),
        title=name, effect="fee", rule_class="transport", regime_id=next((row.regime_id for row in dataset.regimes), RegimeId("")),
        status="in_force", scope="leg", unit_types=(unit.unit_type_id,), amount=Range(low=amount, typical=amount, high=amount),
        currency=dataset.info.settlement_currency, per="unit", valid_from=first, valid_to=last, source_id=unit.source_id, row=name,
    )  # fmt: skip
