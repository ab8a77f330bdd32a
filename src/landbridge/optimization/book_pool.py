"""From shipments and the itineraries that routing found to the joint problem, and back."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from landbridge.domain.dataset import Dataset
from landbridge.domain.offer import Allotment, BlockOffer, EmptyMove, EmptyStock, Quota, Reuse, VolumeTier
from landbridge.domain.plan import FREIGHT_KINDS, Itinerary, Leg
from landbridge.domain.record import Range
from landbridge.domain.shipment import Shipment
from landbridge.optimization.book_problem import BookProblem, Room, Tier, Train, Way
from landbridge.optimization.book_quotas import QuotaKey, QuotaMaker
from landbridge.optimization.book_units import Part, Stowed, pairs_apart, stuffing_parts, volume_of
from landbridge.optimization.book_yards import YardMaker, hire_parts, make_moves
from landbridge.terms.money import Market
from landbridge.terms.validity import is_known, is_valid

_DAY_SECONDS = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One itinerary of one shipment, planned from ``starts_on``; ``capital_per_day_cents`` is the cost of the goods' value."""

    shipment: Shipment
    payer_id: str
    starts_on: date
    itinerary: Itinerary
    capital_per_day_cents: Decimal
    is_for_room: bool = False
    """It starts later than it could because what leaves before is full, not to go with others."""
    stowed: Stowed | None = None
    """With it a part load in a unit that it may share; a rider's itinerary holds its own items only."""

    @property
    def delivered_at(self) -> datetime:
        return self.itinerary.arrives_at if self.stowed is None else self.stowed.delivered_at

    @property
    def is_rider(self) -> bool:
        return self.stowed is not None and self.stowed.holds is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a way of the problem was made from. ``parts``: row, low, typical and high cents of each item that is paid; ``hire_cents`` of
    them are for boxes that no carrier provides.
    """

    candidate: Candidate
    train_leg: int | None
    capital_cents: int
    parts: tuple[Part, ...]
    hire_cents: int = 0
    carbon_cents: int = 0
    late_days: int = 0
    late_cents: int = 0
    stuffing_cents: int = 0

    @property
    def replaced_cents(self) -> int:
        paid = sum(typical for _, _, typical, _ in self.parts)
        return round(self.candidate.itinerary.cost_cents + self.hire_cents + self.stuffing_cents - paid)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainKey:
    """One offer on one day."""

    offer: BlockOffer
    leaves_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """The joint problem with what its numbers stand for."""

    problem: BookProblem
    origins: tuple[Origin, ...]
    trains: tuple[TrainKey, ...]
    rooms: tuple[Leg, ...]
    tiers: tuple[VolumeTier, ...]
    reuses: tuple[Reuse, ...]
    """The row of each yard of the problem."""
    allotments: tuple[Allotment | None, ...]
    """The row of each room of the problem."""
    capacities: tuple[float, ...]
    """Of the departure of each room, in TEU."""
    ranges: Mapping[str, Range[int]]
    moves: tuple[EmptyMove, ...] = ()
    """The row of each move of the problem."""
    stocks: tuple[EmptyStock, ...] = ()
    """What its payers hold: boxes of others are not theirs to use."""
    quotas: tuple[QuotaKey, ...] = ()
    """The quota or permit of each of the problem."""


def keep_pool(pool: Pool, numbers: list[int]) -> Pool:
    """The pool with some of its ways only, by their numbers."""
    return replace(pool, problem=pool.problem.keep(numbers), origins=tuple(pool.origins[number] for number in numbers))


def only_pool(pool: Pool, payer: str) -> Pool:
    """The pool of one payer alone."""
    ways = zip(pool.problem.ways, pool.origins, strict=True)
    own = tuple(origin for way, origin in ways if pool.problem.payers[way.shipment] == payer)
    return replace(pool, problem=pool.problem.only([payer]), origins=own)


class PoolMaker:
    """Makes the pool of one book.

    Parameters
    ----------
    dataset
        The feed: offers, rebates, capacities, rates.
    as_of
        The day of asking: what was not known then is not used, and lead days run from it.
    ordered
        Names of trains (``offer@day``) that are ordered already.
    co2e_cents_per_t
        Price of a tonne of CO2e, which every way pays.
    """

    def __init__(self, dataset: Dataset, as_of: date, *, ordered: frozenset[str] = frozenset(), co2e_cents_per_t: int = 0) -> None:
        self.co2e_cents_per_t = co2e_cents_per_t
        self.dataset, self.as_of, self.ordered = dataset, as_of, ordered
        self.market = Market(dataset, as_of)
        self.teu = {row.unit_type_id: float(row.teu) for row in dataset.unit_types}
        self.offers = [row for row in dataset.block_offers if self._is_usable(row)]
        self.tiers = [row for row in dataset.volume_tiers if self._is_usable(row)]
        self.allotments = [row for row in dataset.allotments if self._is_usable(row)]
        self.reuses = [row for row in dataset.reuses if self._is_usable(row)]
        self.empty_moves = [row for row in dataset.empty_moves if self._is_usable(row)]
        self.empty_stocks = [row for row in dataset.empty_stocks if is_known(row, as_of)]
        self.quotas = QuotaMaker(dataset, as_of, [row for row in dataset.quotas if self._is_usable(row)])
        self.ways: list[Way] = []
        self.origins: list[Origin] = []
        self.trains: dict[tuple[str, date], int] = {}
        self.train_keys: list[TrainKey] = []
        self.leaders: dict[str, list[int]] = {}
        """By unit that can be shared: the ways of its leader."""
        self.rooms: dict[tuple[str, date], int] = {}
        self.room_legs: list[Leg] = []

    def _is_usable(self, row: BlockOffer | VolumeTier | Allotment | Quota | Reuse | EmptyMove) -> bool:
        return is_known(row, self.as_of) and self.market.has_rate(row.currency)

    def make(self, shipments: Sequence[tuple[Shipment, str]], candidates: Iterable[Candidate]) -> Pool:
        """The pool of these shipments (with their payers) and candidates."""
        number = {shipment.shipment_id: index for index, (shipment, _) in enumerate(shipments)}
        rows = list(candidates)
        for candidate in (*(one for one in rows if not one.is_rider), *(one for one in rows if one.is_rider)):
            self._add(number[candidate.shipment.shipment_id], candidate)
        payers = {payer for _, payer in shipments}
        stocks = [row for row in self.empty_stocks if row.party_id in payers]
        yards = YardMaker(self.dataset, {row.reuse_id: self._cents(row) for row in self.reuses}, self._per_day(), stocks)
        rides = {number for number, origin in enumerate(self.origins) if origin.candidate.is_rider}
        found = [(one.candidate.itinerary, one.candidate.shipment, one.train_leg) for one in self.origins]
        yards.add(found, self.reuses, rides, {area for row in self.empty_moves for area in (row.from_reuse_id, row.to_reuse_id)})
        moved = {row.move_id: self._cents(row) for row in self.empty_moves}
        moves = list(make_moves(yards, self.empty_moves, moved))
        problem = BookProblem(
            shipments=tuple(shipment.shipment_id for shipment, _ in shipments),
            payers=tuple(payer for _, payer in shipments),
            ways=tuple(self.ways),
            trains=tuple(self._train(key) for key in self.train_keys),
            rooms=tuple(self._room(leg, shipments) for leg in self.room_legs),
            quotas=tuple(self._quota(key, shipments) for key in self.quotas.keys),
            tiers=tuple(
                Tier(
                    name=row.tier_id,
                    from_teu=row.from_teu,
                    amount=float(self._cents(row).typical),
                    is_incremental=row.kind == "incremental",
                )
                for row in self.tiers
            ),
            yards=tuple(yards.yards),
            moves=tuple(move for move, _ in moves),
            apart=pairs_apart(self.dataset, [shipment for shipment, _ in shipments]) if rides else frozenset(),
        )
        ranges = {row.offer_id: self._cents(row) for row in self.offers} | {row.tier_id: self._cents(row) for row in self.tiers}
        ranges |= {row.allotment_id: self._cents(row) for row in self.allotments} | {row.reuse_id: self._cents(row) for row in self.reuses}
        ranges |= moved
        ranges |= {key.quota_id: self._range(key.row) for key in self.quotas.keys if key.row is not None and key.row.amount is not None}
        return Pool(
            problem=problem, quotas=tuple(self.quotas.keys),
            origins=tuple(self.origins), trains=tuple(self.train_keys), rooms=tuple(self.room_legs),
            tiers=tuple(self.tiers), capacities=tuple(float(self._capacity(leg) or 0) for leg in self.room_legs),
            reuses=tuple(yards.rows), moves=tuple(row for _, row in moves), stocks=tuple(stocks),
            allotments=tuple(self._allotment(leg) for leg in self.room_legs), ranges=ranges,
        )  # fmt: skip

    def _add(self, shipment: int, candidate: Candidate) -> None:
        """The way as routing priced it, and one for each whole train that one of its legs could go by."""
        if candidate.is_rider:
            self._add_rider(shipment, candidate)
            return
        self._add_way(shipment, candidate, None, None)
        for index, leg in enumerate(candidate.itinerary.legs):
            for offer in self.offers:
                if leg.through_id is None and self._fits(offer, leg):
                    self._add_way(shipment, candidate, index, offer)

    def _add_rider(self, shipment: int, candidate: Candidate) -> None:
        """A way inside each way that leads its unit; it takes no room but in there."""
        stowed = candidate.stowed
        assert stowed is not None
        for leader in self.leaders.get(stowed.unit_key, ()):
            origin = self.origin_of(candidate, None, unit_leg=self.origins[leader].train_leg)
            self.ways.append(
                Way(
                    shipment=shipment, cost=cost_of(origin), teu=0.0, inside=leader, is_waiting=_is_waiting(candidate),
                    emission_g=_emission(candidate), mass_kg=candidate.shipment.mass_kg or 0, volume_dm3=volume_of(candidate.shipment),
                )
            )  # fmt: skip
            self.origins.append(origin)

    def origin_of(self, candidate: Candidate, train_leg: int | None, *, unit_leg: int | None = None) -> Origin:
        """What a way pays: by the rows of the feed, for time, and for CO2e. ``unit_leg``: of a rider, the leg on which its unit goes by a
        whole train.
        """
        itinerary, stowed, shipment = candidate.itinerary, candidate.stowed, candidate.shipment
        items = [item for item in itinerary.items if train_leg is None or item.leg != train_leg or item.kind not in FREIGHT_KINDS]
        parts = tuple((item.row_id, item.cost_low_cents, item.cost_cents, item.cost_high_cents) for item in items)
        ranges = {row.reuse_id: self._cents(row) for row in self.reuses}
        hires = () if candidate.is_rider else hire_parts(self.dataset, itinerary, shipment, self.reuses, ranges)
        stuffing = () if stowed is None else stuffing_parts((stowed.from_row, stowed.to_row), shipment, self._cents_of)
        replaced = unit_leg if candidate.is_rider else train_leg
        by_mass = () if stowed is None else tuple(one.part for one in stowed.parts if not one.is_replaced(replaced))
        late_days, late = self._late(candidate)
        grams = _emission(candidate)
        return Origin(
            candidate=candidate, train_leg=train_leg, capital_cents=self._capital(candidate), late_days=late_days, late_cents=late,
            parts=(*parts, *hires, *stuffing, *by_mass),
            carbon_cents=round(grams * self.co2e_cents_per_t / 1_000_000), hire_cents=sum(typical for _, _, typical, _ in hires),
            stuffing_cents=sum(typical for _, _, typical, _ in stuffing),
        )  # fmt: skip

    def _cents_of(self, amount: Decimal, currency: str) -> int:
        return round(100 * amount / self.market.rate(currency))

    def _add_way(self, shipment: int, candidate: Candidate, train_leg: int | None, offer: BlockOffer | None) -> None:
        itinerary, stowed, origin = candidate.itinerary, candidate.stowed, self.origin_of(candidate, train_leg)
        paid = [leg for index, leg in enumerate(itinerary.legs) if index != train_leg]
        train = None if offer is None or train_leg is None else self._train_number(offer, itinerary.legs[train_leg].departure_on)
        if stowed is not None:
            self.leaders.setdefault(stowed.unit_key, []).append(len(self.ways))
        self.ways.append(
            Way(
                shipment=shipment,
                cost=cost_of(origin),
                teu=self.teu[candidate.shipment.unit_type_id] * candidate.shipment.units,
                train=train,
                departures=tuple(dict.fromkeys(self._room_number(leg) for leg in paid if self._capacity(leg))),
                volumes=tuple(index for index, tier in enumerate(self.tiers) if any(_counts(tier, leg) for leg in paid)),
                uses=self.quotas.uses(itinerary, candidate.shipment),
                is_waiting=_is_waiting(candidate) and (train is not None or not candidate.is_for_room),
                emission_g=_emission(candidate),
                mass_kg=0 if stowed is None else candidate.shipment.mass_kg or 0,
                volume_dm3=0 if stowed is None else volume_of(candidate.shipment),
                holds=None if stowed is None else stowed.holds,
            )
        )
        self.origins.append(origin)

    def _capital(self, candidate: Candidate) -> int:
        """Cost of the capital in the goods from the ready date (00:00 UTC) to arrival: time has the same price in every plan."""
        ready = candidate.shipment.ready_on
        arrives = candidate.delivered_at
        days = Decimal((arrives.date() - ready).days) + Decimal(arrives.hour * 3600 + arrives.minute * 60) / _DAY_SECONDS
        return round(candidate.capital_per_day_cents * days)

    def _late(self, candidate: Candidate) -> tuple[int, int]:
        """Local days begun after the due date, and their price; an arrival at midnight ends the day before."""
        row = candidate.shipment
        if row.due_on is None or row.late_per_day is None or not self.market.has_rate(row.currency):
            return 0, 0
        arrives = candidate.delivered_at.astimezone(ZoneInfo(self.dataset.get_place(row.to_place_id).zone))
        days = max(0, (arrives.date() - row.due_on).days - (arrives.time() == time()))
        return days, round(100 * row.late_per_day * days / self.market.rate(row.currency))

    def _fits(self, offer: BlockOffer, leg: Leg) -> bool:
        if (leg.from_id, leg.to_id) != (offer.from_place_id, offer.to_place_id):
            return False
        if leg.service_id != offer.service_id and leg.service_id not in offer.haulage_ids:
            return False
        if f"{offer.offer_id}@{leg.departure_on}" in self.ordered:
            return True
        return is_valid(offer, leg.departure_on) and leg.departure_on >= self.as_of + timedelta(days=offer.lead_days)

    def _train_number(self, offer: BlockOffer, leaves_on: date) -> int:
        key = (offer.offer_id, leaves_on)
        if key not in self.trains:
            self.trains[key] = len(self.train_keys)
            self.train_keys.append(TrainKey(offer=offer, leaves_on=leaves_on))
        return self.trains[key]

    def _train(self, key: TrainKey) -> Train:
        offer = key.offer
        return Train(
            name=f"{offer.offer_id}@{key.leaves_on}", kind=offer.kind, cost=float(self._cents(offer).typical),
            capacity=float(offer.capacity_teu), min_fill=float(offer.min_fill_teu),
        )  # fmt: skip

    def _capacity(self, leg: Leg) -> int | None:
        service = self.dataset.service_by_id.get(leg.service_id) if leg.is_scheduled else None
        return service.capacity_teu if service is not None else None

    def _room_number(self, leg: Leg) -> int:
        key = (leg.service_id, leg.departure_on)
        if key not in self.rooms:
            self.rooms[key] = len(self.room_legs)
            self.room_legs.append(leg)
        return self.rooms[key]

    def _allotment(self, leg: Leg) -> Allotment | None:
        """The row for a departure: of its service, else the one for every service."""
        rows = [row for row in self.allotments if row.service_id in (leg.service_id, None) and is_valid(row, leg.departure_on)]
        return min(rows, key=lambda row: (row.service_id is None, row.allotment_id), default=None)

    def _room(self, leg: Leg, shipments: Sequence[tuple[Shipment, str]]) -> Room:
        """A departure's room, allotted to the payers in proportion to the TEU that each has in the book."""
        row, capacity = self._allotment(leg), float(self._capacity(leg) or 0)
        price = None if row is None else float(self._cents(row).typical)
        room = capacity if row is None else min(capacity, float(row.allotted_teu))
        return Room(name=f"{leg.service_id}@{leg.departure_on}", allotted=self._allot(room, shipments), market_price=price)

    def _quota(self, key: QuotaKey, shipments: Sequence[tuple[Shipment, str]]) -> Room:
        """A quota or permit, allotted like room."""
        row = key.row
        price = None if row is None or row.amount is None else float(self._range(row).typical)
        name = key.quota_id if key.begins_on is None else f"{key.quota_id}@{key.begins_on}"
        return Room(name=name, allotted=self._allot(float(key.units), shipments), market_price=price)

    def _allot(self, amount: float, shipments: Sequence[tuple[Shipment, str]]) -> tuple[tuple[str, float], ...]:
        """An amount divided among the payers in proportion to their TEU in the book."""
        volumes: dict[str, float] = {}
        for shipment, payer in shipments:
            volumes[payer] = volumes.get(payer, 0.0) + self.teu[shipment.unit_type_id] * shipment.units
        total = sum(volumes.values())
        return tuple((payer, amount * volume / total) for payer, volume in sorted(volumes.items()))

    def _per_day(self) -> dict[str, float]:
        return {row.reuse_id: float(100 * row.per_day / self.market.rate(row.currency)) for row in self.reuses}

    def _range(self, row: Quota) -> Range[int]:
        return self._in_cents(row.amount, row.currency) if row.amount is not None else Range(low=0, typical=0, high=0)

    def _cents(self, row: BlockOffer | VolumeTier | Allotment | Reuse | EmptyMove) -> Range[int]:
        return self._in_cents(row.amount, row.currency)

    def _in_cents(self, amount: Range[Decimal], currency: str | None) -> Range[int]:
        rate = self.market.rate(currency)
        low, typical, high = (round(100 * value / rate) for value in (amount.low, amount.typical, amount.high))
        return Range(low=low, typical=typical, high=high)


def _emission(candidate: Candidate) -> int:
    return candidate.itinerary.emission_g_co2e + (0 if candidate.stowed is None else candidate.stowed.emission_g)


def cost_of(origin: Origin) -> float:
    """Cents that a way costs, without what it shares with others."""
    paid = sum(typical for _, _, typical, _ in origin.parts)
    return float(paid + origin.capital_cents + origin.carbon_cents + origin.late_cents)


def _is_waiting(candidate: Candidate) -> bool:
    """Whether it starts later than it could, to go with others."""
    days = 0 if candidate.stowed is None else candidate.stowed.from_row.work_days
    return candidate.starts_on > candidate.shipment.ready_on + timedelta(days=days)


def _counts(tier: VolumeTier, leg: Leg) -> bool:
    named = (tier.service_id, tier.haulage_id)
    return (leg.service_id in named or (tier.operator_id is not None and leg.operator_id == tier.operator_id)) and is_valid(
        tier, leg.departure_on
    )


def draw_problem(pool: Pool, seed: int) -> BookProblem:
    """The problem under one draw of the uncertain figures.

    Each row of the feed is drawn once, from the triangle of its low, typical and high, and moves all items made from it together.
    """
    levels: dict[str, float] = {}

    def at(row_id: str, low: float, typical: float, high: float) -> float:
        if low == high:
            return typical
        if row_id not in levels:
            levels[row_id] = random.Random(f"{seed}:{row_id}").random()
        return triangular(levels[row_id], low, typical, high)

    ways = tuple(
        replace(way, cost=origin.capital_cents + origin.carbon_cents + origin.late_cents + sum(at(*part) for part in origin.parts))
        for way, origin in zip(pool.problem.ways, pool.origins, strict=True)
    )
    trains = tuple(
        replace(train, cost=at(key.offer.offer_id, *_ends(pool.ranges[key.offer.offer_id])))
        for train, key in zip(pool.problem.trains, pool.trains, strict=True)
    )
    tiers = tuple(replace(tier, amount=at(tier.name, *_ends(pool.ranges[tier.name]))) for tier in pool.problem.tiers)
    rooms = tuple(
        room if row is None else replace(room, market_price=at(row.allotment_id, *_ends(pool.ranges[row.allotment_id])))
        for room, row in zip(pool.problem.rooms, pool.allotments, strict=True)
    )
    quotas = tuple(
        room if room.market_price is None else replace(room, market_price=at(key.quota_id, *_ends(pool.ranges[key.quota_id])))
        for room, key in zip(pool.problem.quotas, pool.quotas, strict=True)
    )
    yards = tuple(
        replace(yard, saving=at(row.reuse_id, *_ends(pool.ranges[row.reuse_id])))
        for yard, row in zip(pool.problem.yards, pool.reuses, strict=True)
    )
    moves = tuple(
        replace(move, cost=at(row.move_id, *_ends(pool.ranges[row.move_id])))
        for move, row in zip(pool.problem.moves, pool.moves, strict=True)
    )
    return replace(pool.problem, ways=ways, trains=trains, tiers=tiers, rooms=rooms, quotas=quotas, yards=yards, moves=moves)


def _ends(one: Range[int]) -> tuple[float, float, float]:
    return float(one.low), float(one.typical), float(one.high)


def triangular(level: float, low: float, typical: float, high: float) -> float:
    """The quantile of a triangular distribution: ``low`` at level 0, ``high`` at level 1, also where that is the lesser of the two (what is
    taken off where a row is at its high end).
    """
    width = high - low
    if width < 0:
        return -triangular(level, -low, -typical, -high)
    if width == 0:
        return typical
    turn = (typical - low) / width
    if level < turn:
        return low + math.sqrt(level * width * (typical - low))
    return high - math.sqrt((1 - level) * width * (high - typical))
