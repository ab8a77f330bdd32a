"""What a joint plan consists of: shipments, departures, rebates, and what each payer pays before settlement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from landbridge.domain.book import BookDeparture, BookQuota, BookRebate, BookShipment, BookUnit
from landbridge.domain.dataset import Dataset
from landbridge.domain.shipment import Shipment
from landbridge.optimization.book_pool import Pool
from landbridge.optimization.book_problem import BookProblem, Choice
from landbridge.planner.book.empties import list_turns


def list_shipments(
    chosen: Sequence[tuple[Shipment, str]], reasons: Mapping[str, str], pool: Pool, choice: Choice
) -> tuple[BookShipment, ...]:
    ways = dict(zip(pool.problem.shipments, choice.ways, strict=True))
    found = []
    for row, payer in chosen:
        number = ways.get(row.shipment_id)
        if number is None:
            reason = reasons.get(row.shipment_id, "the feed names no way for it")
            found.append(BookShipment(shipment_id=row.shipment_id, payer_id=payer, reason=reason))
            continue
        way, origin = pool.problem.ways[number], pool.origins[number]
        found.append(
            BookShipment(
                shipment_id=row.shipment_id, payer_id=payer, starts_on=origin.candidate.starts_on,
                itinerary=origin.candidate.itinerary, capital_cents=origin.capital_cents,
                train_id=None if way.train is None else pool.problem.trains[way.train].name, train_leg=origin.train_leg,
                replaced_cents=origin.replaced_cents, hire_cents=origin.hire_cents, carbon_cents=origin.carbon_cents,
                late_days=origin.late_days, late_cents=origin.late_cents, stuffing_cents=origin.stuffing_cents,
                **_shared(pool, choice, number),
            )
        )  # fmt: skip
    return tuple(found)


def _shared(pool: Pool, choice: Choice, number: int) -> dict[str, Any]:
    """Where a part load is put in and taken out, and whose unit it shares."""
    stowed = pool.origins[number].candidate.stowed
    if stowed is None:
        return {}
    rows = stowed.from_row.stuffing_id, stowed.to_row.stuffing_id
    return {"lead_id": stowed.lead_id, "stuffing_ids": rows, "delivered_at": stowed.delivered_at}


def list_units(dataset: Dataset, pool: Pool, choice: Choice) -> tuple[BookUnit, ...]:
    """The units that part loads share."""
    aboard: dict[int, list[int]] = {}
    for number in choice.ways:
        way = None if number is None else pool.problem.ways[number]
        if number is not None and way is not None and (way.holds is not None or way.inside is not None):
            aboard.setdefault(number if way.inside is None else way.inside, []).append(number)
    types, found = {row.unit_type_id: row for row in dataset.unit_types}, []
    for leader, numbers in sorted(aboard.items()):
        candidate = pool.origins[leader].candidate
        rows = [pool.origins[number].candidate.shipment for number in (leader, *(one for one in numbers if one != leader))]
        unit = types[candidate.shipment.unit_type_id]
        legs = candidate.itinerary.legs
        found.append(
            BookUnit(
                unit_type_id=unit.unit_type_id, from_id=legs[0].from_id, to_id=legs[-1].to_id, leaves_on=legs[0].departure_on,
                shipment_ids=tuple(row.shipment_id for row in rows), mass_kg=sum(row.mass_kg or 0 for row in rows),
                max_payload_kg=unit.max_payload_kg, volume_m3=sum((row.volume_m3 or Decimal(0) for row in rows), Decimal(0)),
                max_volume_m3=dataset.find_volume_m3(unit.unit_type_id) or Decimal(0),
            )
        )  # fmt: skip
    return tuple(found)


def list_departures(pool: Pool, choice: Choice) -> tuple[BookDeparture, ...]:
    """Whole trains bought, and departures with limited room that are used, those that leave first before the others."""
    problem, found = pool.problem, []
    for number, (train, key, count) in enumerate(zip(problem.trains, pool.trains, choice.trains, strict=True)):
        if count:
            ids, teu = _users(problem, choice, [n for n, way in enumerate(problem.ways) if way.train == number])
            found.append(
                BookDeparture(
                    departure_id=train.name, kind=train.kind, name=key.offer.name, leaves_on=key.leaves_on, from_id=key.offer.from_place_id,
                    to_id=key.offer.to_place_id, units=count, capacity_teu=count * train.capacity, used_teu=teu,
                    cost_cents=round(count * train.cost), shipment_ids=ids,
                )
            )  # fmt: skip
    for number, (room, leg) in enumerate(zip(problem.rooms, pool.rooms, strict=True)):
        ids, teu = _users(problem, choice, [n for n, way in enumerate(problem.ways) if number in way.departures])
        if ids:
            bought = [(above, cents) for one, _, above, cents in choice.market if one == number]
            service = pool.capacities[number]
            found.append(
                BookDeparture(
                    departure_id=room.name, kind="scheduled", name=leg.service_id, leaves_on=leg.departure_on, from_id=leg.from_id,
                    to_id=leg.to_id, units=1, capacity_teu=service, used_teu=teu, cost_cents=round(sum(cents for _, cents in bought)),
                    shipment_ids=ids, allotted_teu=room.of(problem.payers), market_teu=sum(above for above, _ in bought),
                )
            )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.kind == "scheduled", one.leaves_on, one.departure_id)))


def _users(problem: BookProblem, choice: Choice, numbers: list[int]) -> tuple[tuple[str, ...], float]:
    used = [problem.ways[number] for number in choice.ways if number in set(numbers) and number is not None]
    return tuple(problem.shipments[way.shipment] for way in used), sum(way.teu for way in used)


def list_quotas(pool: Pool, choice: Choice) -> tuple[BookQuota, ...]:
    """The quotas and permits that are used."""
    found = []
    for number, (key, room) in enumerate(zip(pool.quotas, pool.problem.quotas, strict=True)):
        using = [way for n in choice.ways if n is not None for way in (pool.problem.ways[n],) if number in dict(way.uses)]
        if using:
            cents = sum(one[3] for one in choice.beyond if one[0] == number)
            found.append(
                BookQuota(
                    quota_id=key.quota_id, name=key.name, begins_on=key.begins_on, quota_left=round(room.of(pool.problem.payers)),
                    units=round(sum(dict(way.uses)[number] for way in using)), cost_cents=round(cents),
                    shipment_ids=tuple(pool.problem.shipments[way.shipment] for way in using),
                )
            )  # fmt: skip
    return tuple(found)


def list_rebates(pool: Pool, choice: Choice) -> tuple[BookRebate, ...]:
    """The volume rebates that are reached."""
    return tuple(
        BookRebate(tier_id=row.tier_id, name=row.name, used_teu=_tier_teu(pool, choice, number), cost_cents=-round(cents))
        for number, (row, cents) in enumerate(zip(pool.tiers, choice.rebates, strict=True))
        if cents > 0
    )


def _tier_teu(pool: Pool, choice: Choice, tier: int) -> float:
    used = [pool.problem.ways[number] for number in choice.ways if number is not None]
    return sum(way.teu for way in used if tier in way.volumes)


def list_paid(
    pool: Pool, choice: Choice, shipments: tuple[BookShipment, ...], departures: tuple[BookDeparture, ...], rebates: tuple[BookRebate, ...]
) -> dict[str, int]:
    """What each payer pays before settlement: its own shipments; a train, room bought or a rebate goes to whoever has most TEU in it, what
    is saved by using something again to whoever uses it.
    """
    paid = dict.fromkeys(sorted(set(pool.problem.payers)), 0)
    for row in shipments:
        if row.itinerary is not None:
            paid[row.payer_id] += row.cost_cents
    payer = {row.shipment_id: row.payer_id for row in shipments}
    teu = {pool.problem.shipments[pool.problem.ways[n].shipment]: pool.problem.ways[n].teu for n in choice.ways if n is not None}
    shares: tuple[BookDeparture | BookQuota, ...] = (*departures, *list_quotas(pool, choice))
    for shared in shares:
        if shared.cost_cents:
            paid[_greatest(shared.shipment_ids, payer, teu)] += shared.cost_cents
    numbers = {row.tier_id: number for number, row in enumerate(pool.tiers)}
    for rebate in rebates:
        tier = numbers[rebate.tier_id]
        ids = tuple(
            pool.problem.shipments[pool.problem.ways[n].shipment]
            for n in choice.ways
            if n is not None and tier in pool.problem.ways[n].volumes
        )
        paid[_greatest(ids, payer, teu)] += rebate.cost_cents
    for turn in list_turns(pool, choice):
        paid[payer[turn.to_shipment_id]] += turn.cost_cents
    rest = round(choice.objective) - sum(paid.values())  # rebates and turns are rounded one by one
    if paid:
        paid[min(paid)] += rest
    return paid


def _greatest(ids: tuple[str, ...], payer: Mapping[str, str], teu: Mapping[str, float]) -> str:
    volumes: dict[str, float] = {}
    for one in ids:
        volumes[payer[one]] = volumes.get(payer[one], 0.0) + teu[one]
    return min(volumes, key=lambda name: (-volumes[name], name))
