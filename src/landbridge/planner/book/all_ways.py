"""What a book costs at the least by any ways that the feed allows, looked at or not: a bound beside that over the candidates.

The joint problem is taken apart by prices (Lagrangian relaxation). A box or vehicle has one price in each area where it may be used again,
whoever sets it free or takes it; a whole train is paid by the TEU as if it were full; a rebate is given in full if the volume of all could
reach it; room, quotas, papers on the way, waits and storage are free. Then each shipment is by itself, and the least that it can cost is a
shortest way over moves at their least values (:mod:`landbridge.routing.least_sum`). docs/math.md, "A bound over all ways".

References
----------
Geoffrion, A. M. (1974). Lagrangean relaxation for integer programming. Mathematical Programming Study 2, 82-114.
https://doi.org/10.1007/BFb0120690
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from itertools import combinations
from time import perf_counter

from landbridge.domain.book import AllWays
from landbridge.domain.dataset import Dataset
from landbridge.domain.headway import Headway, Stage
from landbridge.domain.offer import BlockOffer, Reuse, VolumeTier
from landbridge.domain.shipment import Shipment
from landbridge.optimization.book_pool import Pool
from landbridge.optimization.book_problem import Choice, End
from landbridge.optimization.book_yards import add_ends
from landbridge.planner.book.candidates import BookQuestion, Work, query_of
from landbridge.planner.book.columns import MOST_DAYS
from landbridge.planner.shipment import gated_graph
from landbridge.routing.least_sum import Allowances, LeastSum, LeastSums, TrainPrice
from landbridge.terms.clock import MINUTES_PER_DAY, to_minute

_MOST_TIERS = 3
"""With more volumes than so many, rebates that begin above a volume are given from the first TEU on."""
_TOLD_EACH = 5
_ROUNDED_CENTS = 10.0
"""Items of an itinerary are rounded to the cent one by one."""


@dataclass(frozen=True, slots=True)
class _Reach:
    """What may be reached together: volumes whose rebates are given, and whole trains. ``is_from_first``: rebates that begin above a volume
    are given from the first TEU on.
    """

    tiers: tuple[VolumeTier, ...]
    trains: tuple[BlockOffer, ...]
    is_from_first: bool

    def key(self) -> tuple[frozenset[str], frozenset[str]]:
        """What the legs of a shipment depend on."""
        return frozenset(row.tier_id for row in self.tiers), frozenset(row.offer_id for row in self.trains)


def bound_all_ways(work: Work, pool: Pool, together: Choice) -> AllWays | None:
    """A bound on what the shipments of a pool cost together by any ways.

    Parameters
    ----------
    work
        The run; its question says how many seconds this may take.
    pool, together
        The joint problem and its plan: from the latter come the prices of boxes and vehicles, which the bound may choose freely.

    Returns
    -------
    AllWays | None
        None where it was not asked for or nothing is carried; where something is committed, the time was too short, or there is no least
        sum, the run notes which.
    """
    if not work.question.all_ways_seconds or not pool.origins:
        return None
    if work.fixed:
        work.notes.append("no bound over all ways: what is committed costs what it was booked for, whatever the feed says today")
        return None
    bound = _Bound(work.dataset, work.question, pool, together)
    shipments = {origin.candidate.shipment.shipment_id: origin.candidate.shipment for origin in pool.origins}
    end = perf_counter() + work.question.all_ways_seconds
    for number, row in enumerate(shipments.values()):
        if perf_counter() > end:
            work.notes.append(f"no bound over all ways: {number} of {len(shipments)} shipments were looked at in the time given")
            return None
        if not bound.add(row):
            work.notes.append(f"no bound over all ways: what others may take off the legs of {row.shipment_id} pays for round trips")
            return None
        if number % _TOLD_EACH == 0:
            work.say(Headway(stage=Stage.BOUND, done=number, total=len(shipments)))
    if not math.isfinite(bound.least_at_any_volume()):
        work.notes.append("no bound over all ways: some shipment has none from its ready date")
        return None
    return AllWays(together_cents=math.floor(bound.least()), any_volume_cents=math.floor(bound.least_at_any_volume()))


class _Bound:
    """Sums of what each shipment costs at the least, by the volumes that are reached."""

    def __init__(self, dataset: Dataset, question: BookQuestion, pool: Pool, choice: Choice) -> None:
        self._dataset, self._question, self._pool = dataset, question, pool
        self._teu = {row.unit_type_id: float(row.teu) for row in dataset.unit_types}
        self._cents = {row_id: float(one.typical) for row_id, one in pool.ranges.items()}
        self._reuses = [row for row in dataset.reuses if row.reuse_id in self._cents]
        self._moves = [row for row in dataset.empty_moves if row.move_id in self._cents]
        candidates = [origin.candidate for origin in pool.origins]
        self._may_share = {one.shipment.shipment_id for one in candidates if one.stowed is not None}
        self._with_unconfirmed = {one.shipment.shipment_id for one in candidates if not all(leg.is_confirmed for leg in one.itinerary.legs)}
        self._cheapest = {
            one.shipment.shipment_id: one.itinerary for one in sorted(candidates, key=lambda one: -one.itinerary.cost_cents)
        }  # the last of each stays
        self._prices = self._find_prices(choice)
        self._trains = tuple(row for row in dataset.block_offers if row.offer_id in self._cents)
        self._reaches = tuple(self._list_reaches())
        self._at_any_volume = _Reach(pool.tiers, self._trains, is_from_first=True)
        self._sums = {one.key(): (one, 0.0) for one in (self._at_any_volume, *self._reaches)}
        prices = ((self._prices.get((row.reuse_id, row.unit_type_id), 0.0), row.units) for row in pool.stocks)
        self._stock_cents = sum(max(0.0, price) * units for price, units in prices)

    def least(self) -> float:
        """Cents of all shipments that were added, whatever is reached."""
        return min(self._sums[one.key()][1] + self._not_given(one) for one in self._reaches) - self._stock_cents

    def least_at_any_volume(self) -> float:
        """Cents of each copy where the shipments come as often as it takes to fill every train and reach every volume."""
        return self._sums[self._at_any_volume.key()][1] - self._stock_cents

    def _not_given(self, reach: _Reach) -> float:
        """Cents of rebates below the volumes at which they begin."""
        rows = () if reach.is_from_first else reach.tiers
        return sum(self._cents[row.tier_id] * float(row.from_teu) for row in rows if row.kind == "incremental")

    # --- what is shared -----------------------------------------------------------------------------------------------------------

    def _list_reaches(self) -> Iterator[_Reach]:
        """What the shipments could reach if all went one way. Only a rebate that begins above a volume may be better not reached; where
        there are too many of these, all are given from the first TEU on.
        """
        rows = {origin.candidate.shipment.shipment_id: origin.candidate.shipment for origin in self._pool.origins}
        teu = sum(self._teu[row.unit_type_id] * row.units for row in rows.values())
        trains = tuple(row for row in self._trains if teu >= row.min_fill_teu)
        tiers = tuple(row for row in self._pool.tiers if teu >= row.from_teu)
        above = [row for row in tiers if row.kind == "incremental"]
        if len(above) > _MOST_TIERS:
            yield _Reach(tiers, trains, is_from_first=True)
            return
        for size in range(len(above) + 1):
            for some in combinations(above, size):
                yield _Reach(tuple(row for row in tiers if row in some or row not in above), trains, is_from_first=False)

    def _find_prices(self, choice: Choice) -> dict[tuple[str, str], float]:
        """Cents of a box or vehicle in each area: half the saving where the plan needs more than it sets free, less than nothing where it
        is the other way round (where it does neither, as all ways do); and no more than what bringing it there from another area costs.
        """
        chosen, known = [number for number in choice.ways if number is not None], range(len(self._pool.origins))
        units = sorted({str(origin.candidate.shipment.unit_type_id) for origin in self._pool.origins})
        prices: dict[tuple[str, str], float] = {}
        for row in self._reuses:
            half, lacking = self._cents[row.reuse_id] / 2, self._lacking(row, chosen)
            if not all(lacking[unit] for unit in units):
                every = self._lacking(row, known)
                lacking = Counter({unit: lacking[unit] or every[unit] for unit in units})
            prices |= {(row.reuse_id, unit): math.copysign(half, lacking[unit]) if lacking[unit] else 0.0 for unit in units}
        is_less = True
        while is_less:
            is_less = False
            for move in self._moves:
                for (area, unit), price in list(prices.items()):
                    most = prices.get((move.from_reuse_id, unit), 0.0) + self._cents[move.move_id]
                    if area == move.to_reuse_id and price > most:
                        prices[area, unit], is_less = most, True
        return prices

    def _lacking(self, row: Reuse, numbers: Sequence[int]) -> Counter[str]:
        """By type, how many more units of an area some ways need than they set free."""
        lacking: Counter[str] = Counter()
        for number in numbers:
            freed, needed = list[End](), list[End]()
            origin = self._pool.origins[number]
            if not origin.candidate.is_rider:
                add_ends(
                    self._dataset, number, (origin.candidate.itinerary, origin.candidate.shipment, origin.train_leg), row, freed, needed
                )
            lacking[origin.candidate.shipment.unit_type_id] += sum(one.units for one in needed) - sum(one.units for one in freed)
        return lacking

    # --- shipments ----------------------------------------------------------------------------------------------------------------

    def add(self, row: Shipment) -> bool:
        """Add the least that a shipment can cost; False if there is none."""
        query = query_of(self._dataset, self._question, row, row.ready_on)
        query = replace(query, horizon_days=query.horizon_days + MOST_DAYS)
        sums = LeastSums(
            gated_graph(self._dataset, query),
            query,
            with_unconfirmed=row.shipment_id in self._with_unconfirmed,
            papers=self._papers_of(row),
        )
        per_minute = sums.value_per_day_cents / MINUTES_PER_DAY
        weights = (1.0, per_minute, self._question.co2e_cents_per_t / 1_000_000)
        before = per_minute * (sums.ready_at - to_minute(datetime.combine(row.ready_on, time(), UTC)))
        for key, (reach, before_it) in list(self._sums.items()):
            least = sums.find(weights, self._allowances(row, reach))
            if least is None:
                return False
            cents = self._with_boxes(row, least) + before - _ROUNDED_CENTS
            if row.shipment_id in self._may_share:
                cents = min(cents, self._least_shared(row))
            self._sums[key] = reach, before_it + cents
        return True

    def _least_shared(self, row: Shipment) -> float:
        """Cents of a part load in a unit that it shares: what it rides in is paid by another, who pays for all of it; and what it leads
        begins and ends at stuffing places, where its box may be worth something to others.
        """
        places = {one.place_id for one in self._dataset.stuffings}
        areas = (one for one in self._reuses if one.kind == "empty_box" and not places.isdisjoint(one.place_ids))
        return -row.units * sum(abs(self._prices.get((one.reuse_id, row.unit_type_id), 0.0)) for one in areas)

    def _papers_of(self, row: Shipment) -> list[str]:
        """The papers of the cheapest way that was found for a shipment, the dearest first."""
        papers = [item for item in self._cheapest[row.shipment_id].items if item.kind == "document"]
        return [item.row_id for item in sorted(papers, key=lambda item: (-item.cost_cents, item.row_id))]

    def _allowances(self, row: Shipment, reach: _Reach) -> Allowances:
        starts, ends = defaultdict[tuple[str, str], float](float), defaultdict[tuple[str, str], float](float)
        for reuse in self._reuses:
            if reuse.kind == "empty_box" or (reuse.unit_types and row.unit_type_id not in reuse.unit_types):
                continue
            half, price = self._cents[reuse.reuse_id] / 2, self._prices.get((reuse.reuse_id, row.unit_type_id), 0.0)
            for haulage in reuse.haulage_ids:
                for place in reuse.place_ids:
                    starts[haulage, place] += row.units * max(0.0, half - price)
                    ends[haulage, place] += row.units * max(0.0, half + price)
        teu = self._teu[row.unit_type_id] * row.units
        legs = defaultdict[str, float](float)
        for tier in reach.tiers:
            for name in self._counted(tier):
                legs[name] += self._cents[tier.tier_id] * teu
        trains = tuple(
            TrainPrice(
                from_id=one.from_place_id, to_id=one.to_place_id, haulage_ids=tuple(one.haulage_ids), service_id=one.service_id,
                cents=self._cents[one.offer_id] / float(one.capacity_teu) * teu,
            )
            for one in reach.trains
        )  # fmt: skip
        return Allowances(starts=starts, ends=ends, legs=legs, trains=trains)

    def _counted(self, tier: VolumeTier) -> set[str]:
        """Services and haulage whose legs count to a volume."""
        names = {str(one) for one in (tier.service_id, tier.haulage_id) if one is not None}
        if tier.operator_id is not None:
            names |= {str(row.service_id) for row in self._dataset.services if row.operator_id == tier.operator_id}
            names |= {str(row.haulage_id) for row in self._dataset.haulage if row.operator_id == tier.operator_id}
        return names

    def _with_boxes(self, row: Shipment, least: LeastSum) -> float:
        """By sea in boxes of the line; by land in hired ones at the prices of a box in the areas where the shipment begins and ends."""
        begins, ends = self._areas(row, row.from_place_id), self._areas(row, row.to_place_id)

        def price(area: Reuse) -> float:
            return self._prices.get((area.reuse_id, row.unit_type_id), 0.0)

        at_start = {area.reuse_id: self._or_none(area, min(self._cents[area.reuse_id] / 2, price(area))) for area in begins}
        at_end = {area.reuse_id: self._or_none(area, min(self._cents[area.reuse_id] / 2, -price(area))) for area in ends}
        saved: dict[str, float] = defaultdict(float)  # by area of the start: what the best hire from there saves
        for move in self._moves:
            begin, end = move.from_reuse_id, move.to_reuse_id
            if move.kind == "one_way_hire" and begin in at_start and end in at_end:
                saved[begin] = max(saved[begin], at_start[begin] + at_end[end] - self._cents[move.move_id])
        cents = sum(at_start.values()) + sum(at_end.values()) - sum(saved.values())
        return min(least.by_land + row.units * cents, least.by_sea)

    def _areas(self, row: Shipment, place_id: str) -> list[Reuse]:
        """Areas of empty boxes in which a place lies, for the unit of a shipment."""
        return [
            one
            for one in self._reuses
            if one.kind == "empty_box" and place_id in one.place_ids and (not one.unit_types or row.unit_type_id in one.unit_types)
        ]

    @staticmethod
    def _or_none(area: Reuse, cents: float) -> float:
        """A row that does not hold on all days may cost nothing."""
        return cents if area.valid_from is None and area.valid_to is None else min(cents, 0.0)
