"""Check a joint plan from the feed alone: every shipment, every train, every cent. Nothing of what made it is used here."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

from landbridge.domain.book import BookDeparture, BookPlan, BookShipment
from landbridge.domain.dataset import Dataset
from landbridge.domain.offer import Allotment, Quota, VolumeTier
from landbridge.domain.plan import Itinerary, Leg
from landbridge.domain.shipment import Shipment
from landbridge.verification.book_empties import empties_faults, hire_cents
from landbridge.verification.book_law import law_faults
from landbridge.verification.book_money import book_cents
from landbridge.verification.book_units import unit_faults

_CLOSE = 1e-6
_FREIGHT = ("freight", "fixed")


def check_book(dataset: Dataset, plan: BookPlan) -> tuple[str, ...]:
    """Find everything that is wrong with a joint plan.

    Recomputed from the feed and the plan's itineraries: that each shipment of the horizon goes once or has a reason, its ends, dates and
    items; that no law blocks its way, nor who takes part in it;
    what trains replace, carry and cost; rebates; room on departures; the objective, the shares and the settlements, to the cent.

    Returns
    -------
    tuple
        One sentence for each fault; empty: nothing is wrong.
    """
    return tuple(_Checker(dataset, plan).faults())


class _Checker:
    def __init__(self, dataset: Dataset, plan: BookPlan) -> None:
        self.dataset, self.plan = dataset, plan
        self.rows = {row.shipment_id: row for row in dataset.shipments}
        self.teu = {row.unit_type_id: float(row.teu) for row in dataset.unit_types}
        self.going = [
            (self.rows[row.shipment_id], row, row.itinerary) for row in plan.shipments if row.itinerary and row.shipment_id in self.rows
        ]
        self.moving = [one for one in self.going if one[1].lead_id in (None, one[0].shipment_id)]
        """Those with a unit of their own, or that lead one which others share."""

    def faults(self) -> Iterator[str]:
        yield from self._presence()
        for row, shipment, itinerary in self.going:
            yield from (f"{row.shipment_id}: {fault}" for fault in self._shipment(row, shipment, itinerary))
            yield from (f"{row.shipment_id}: {fault}" for fault in law_faults(self.dataset, row, itinerary, self.plan.as_of))
        for departure in self.plan.departures:
            check = self._scheduled if departure.kind == "scheduled" else self._train
            yield from (f"{departure.departure_id}: {fault}" for fault in check(departure))
        known = {one.departure_id for one in self.plan.departures}
        yield from (
            f"{row.shipment_id}: its train is not in the plan" for row, one, _ in self.going if one.train_id and one.train_id not in known
        )
        yield from unit_faults(self.dataset, self.plan, self.going)
        yield from self._rebates()
        yield from self._quotas()
        yield from empties_faults(self.dataset, self.plan, self.moving)
        yield from self._money()

    def _presence(self) -> Iterator[str]:
        counts = Counter(row.shipment_id for row in self.plan.shipments)
        for row in self.rows.values():
            begin, end = self.plan.horizon_from or date.min, self.plan.horizon_to or date.max
            if counts[row.shipment_id] != (begin <= row.ready_on <= end):
                yield f"{row.shipment_id}: stands {counts[row.shipment_id]} times in the plan"
        yield from (f"{one}: is not in the feed" for one in counts if one not in self.rows)
        yield from (
            f"{row.shipment_id}: neither itinerary nor reason" for row in self.plan.shipments if not row.itinerary and not row.reason
        )

    def _shipment(self, row: Shipment, shipment: BookShipment, itinerary: Itinerary) -> Iterator[str]:
        ends = itinerary.legs[0].from_id, itinerary.legs[-1].to_id
        if shipment.lead_id is None and ends != (row.from_place_id, row.to_place_id):
            yield "does not lead from its origin to its destination"
        if any(one.to_id != other.from_id or other.departs_at < one.arrives_at for one, other in pairwise(itinerary.legs)):
            yield "its legs do not follow each other"
        if (
            shipment.starts_on is None
            or shipment.starts_on < row.ready_on
            or itinerary.departs_at < self._begin(itinerary.legs[0].from_id, shipment.starts_on)
        ):
            yield "starts before it is ready"
        yield from self._times(row, shipment, itinerary)
        if sum(item.cost_cents for item in itinerary.items) != itinerary.cost_cents:
            yield "its items do not sum to its cost"
        if (shipment.train_id is None) != (shipment.train_leg is None):
            yield "names a train without a leg, or a leg without a train"
        freight = sum(item.cost_cents for item in itinerary.items if item.leg == shipment.train_leg and item.kind in _FREIGHT)
        if shipment.replaced_cents != (freight if shipment.train_leg is not None else 0):
            yield f"a train takes the place of {shipment.replaced_cents} cents where the leg's freight is {freight}"
        if abs(shipment.carbon_cents * 1_000_000 - itinerary.emission_g_co2e * self.plan.co2e_cents_per_t) > 500_000:
            yield f"pays {shipment.carbon_cents} cents for {itinerary.emission_g_co2e} g of CO2e at {self.plan.co2e_cents_per_t} a tonne"
        hire = hire_cents(self.dataset, self.plan, row, itinerary) if shipment.lead_id in (None, row.shipment_id) else 0
        if shipment.hire_cents != hire:
            yield f"hires its boxes for {shipment.hire_cents} cents where the feed says {hire}"

    def _times(self, row: Shipment, shipment: BookShipment, itinerary: Itinerary) -> Iterator[str]:
        """The due date, and what each day after it costs where it may be missed: day by day, as far as they have begun."""
        late, arrives_at = 0, shipment.delivered_at or itinerary.arrives_at
        while row.due_on is not None and arrives_at > self._begin(row.to_place_id, row.due_on + timedelta(days=late + 1)):
            late += 1
        most = 0 if row.late_per_day is None else row.max_late_days
        if most is not None and late > most:
            yield f"is due on {row.due_on} and arrives at {arrives_at}"
        cents = self._cents(row.late_per_day * late, row.currency or self.plan.currency) if row.late_per_day and late else 0
        if (shipment.late_days, shipment.late_cents) != (late if row.late_per_day is not None else 0, cents):
            yield f"is {late} days late for {cents} cents and states {shipment.late_days} for {shipment.late_cents}"

    def _begin(self, place_id: str, day: date) -> datetime:
        return datetime.combine(day, time(), ZoneInfo(self.dataset.get_place(place_id).zone))

    def _load(self, row: Shipment) -> float:
        return self.teu[row.unit_type_id] * row.units

    def _aboard(self, departure: BookDeparture, aboard: Sequence[Shipment]) -> Iterator[str]:
        if sorted(row.shipment_id for row in aboard) != sorted(departure.shipment_ids):
            yield "other shipments use it than it names"
        used = sum(self._load(row) for row in aboard)
        if abs(used - departure.used_teu) > _CLOSE:
            yield f"carries {used:g} TEU and states {departure.used_teu:g}"
        if used > departure.capacity_teu + departure.market_teu + _CLOSE:
            yield f"carries {used:g} TEU of {departure.capacity_teu:g}"

    def _train(self, departure: BookDeparture) -> Iterator[str]:
        offer = next((one for one in self.dataset.block_offers if departure.departure_id == f"{one.offer_id}@{departure.leaves_on}"), None)
        if offer is None:
            yield "no such offer"
            return
        joined = [
            (row, itinerary.legs[shipment.train_leg or 0])
            for row, shipment, itinerary in self.moving
            if shipment.train_id == departure.departure_id
        ]
        yield from self._aboard(departure, [row for row, _ in joined])
        if departure.capacity_teu != departure.units * offer.capacity_teu:
            yield "has another capacity than the offer"
        if departure.used_teu < departure.units * offer.min_fill_teu - _CLOSE:
            yield f"carries {departure.used_teu:g} TEU, at least {departure.units * offer.min_fill_teu} are needed"
        is_ordered = bool(set(departure.shipment_ids) & set(self.plan.committed_ids))
        if departure.leaves_on < self.plan.as_of + timedelta(days=offer.lead_days) and not is_ordered:
            yield f"would have to be ordered {offer.lead_days} days ahead"
        if any(
            (leg.from_id, leg.to_id, leg.departure_on) != (offer.from_place_id, offer.to_place_id, departure.leaves_on) for _, leg in joined
        ):
            yield "somebody joins it elsewhere or on another day"
        if any(leg.service_id not in (offer.service_id, *offer.haulage_ids) for _, leg in joined):
            yield "takes the place of a service that it is not offered for"
        if departure.cost_cents != departure.units * self._cents(offer.amount.typical, offer.currency):
            yield "costs something else than the offer says"

    def _scheduled(self, departure: BookDeparture) -> Iterator[str]:
        def uses(shipment: BookShipment, itinerary: Itinerary) -> bool:
            return any(
                f"{leg.service_id}@{leg.departure_on}" == departure.departure_id and number != shipment.train_leg
                for number, leg in enumerate(itinerary.legs)
            )

        yield from self._aboard(departure, [row for row, shipment, itinerary in self.moving if uses(shipment, itinerary)])
        service = self.dataset.service_by_id.get(departure.departure_id.split("@")[0])
        if service is None or departure.capacity_teu > (service.capacity_teu or 0) + _CLOSE:
            yield "has more room than the service"
        row = self._allotment(departure)
        allotted = departure.capacity_teu if row is None else min(departure.capacity_teu, row.allotted_teu)
        if departure.allotted_teu is None or abs(departure.allotted_teu - allotted) > _CLOSE:
            yield f"{allotted:g} TEU are allotted, {departure.allotted_teu} are stated"
        if abs(departure.market_teu - max(0.0, departure.used_teu - allotted)) > _CLOSE or (row is None and departure.market_teu):
            yield f"buys {departure.market_teu:g} TEU on the open market"
        price = 0 if row is None else self._cents(row.amount.typical, row.currency)
        if abs(departure.cost_cents - departure.market_teu * price) > 1:
            yield f"room on the open market costs {departure.cost_cents} cents"

    def _allotment(self, departure: BookDeparture) -> Allotment | None:
        service = departure.departure_id.split("@")[0]
        rows = [
            row
            for row in self.dataset.allotments
            if row.service_id in (service, None)
            and (row.known_from or date.min) <= self.plan.as_of
            and (row.valid_from or date.min) <= departure.leaves_on <= (row.valid_to or date.max)
        ]
        own = [row for row in rows if row.service_id]
        return min(own or rows, key=lambda row: row.allotment_id, default=None)

    def _quotas(self) -> Iterator[str]:
        """What passes each place and border in each period, the permits used, and the price of what lies above."""
        used: dict[tuple[str, date | None], dict[str, int]] = {}
        for row, _, itinerary in self.moving:
            for quota in self.dataset.quotas:
                for leg in itinerary.legs:
                    if (quota.known_from or date.min) <= self.plan.as_of and self._passes(quota, leg):
                        used.setdefault((quota.quota_id, _first_day(quota.per, leg.departure_on)), {})[row.shipment_id] = row.units
            for need in itinerary.documents:
                used.setdefault((need.document_id, None), {})[row.shipment_id] = row.units
        left: dict[str, int | None] = {row.document_id: row.quota_left for row in self.dataset.documents if row.kind == "permit"}
        rows = {row.quota_id: row for row in self.dataset.quotas}
        stated = {(one.quota_id, one.begins_on): one for one in self.plan.quotas}
        for key, by_shipment in used.items():
            row_of, count, one = rows.get(key[0]) if key[1] else None, sum(by_shipment.values()), stated.pop(key, None)
            most = row_of.units if row_of else left.get(key[0])
            if most is None:
                continue
            amount = row_of.amount if row_of else None
            price = self._cents(amount.typical, (row_of and row_of.currency) or self.plan.currency) if amount else None
            if count > most and price is None:
                yield f"{key[0]}: {count} units where {most} may pass"
            cents = max(0, count - most) * (price or 0)
            if one is None or (one.units, sorted(one.shipment_ids)) != (count, sorted(by_shipment)) or abs(one.cost_cents - cents) > 1:
                yield f"{key[0]}: {count} units use it for {cents} cents above the quota, another is stated"
        yield from (f"{key[0]}: stated and not used" for key in stated)

    @staticmethod
    def _passes(quota: Quota, leg: Leg) -> bool:
        is_there = quota.border_id in leg.borders if quota.border_id else quota.place_id in (leg.from_id, leg.to_id)
        in_time = (quota.valid_from or date.min) <= leg.departure_on <= (quota.valid_to or date.max)
        return is_there and in_time and (not quota.modes or leg.mode in quota.modes)

    def _rebates(self) -> Iterator[str]:
        given = {row.tier_id: row for row in self.plan.rebates}
        for tier in self.dataset.volume_tiers:
            if tier.known_from is not None and tier.known_from > self.plan.as_of:
                continue
            teu = sum(self._load(row) for row, shipment, itinerary in self.moving if self._counts(tier, shipment, itinerary.legs))
            counted = teu - tier.from_teu if tier.kind == "incremental" else teu
            cents = self._cents(tier.amount.typical, tier.currency) * counted if teu >= tier.from_teu - _CLOSE else 0.0
            stated = -given[tier.tier_id].cost_cents if tier.tier_id in given else 0
            if abs(cents - stated) > 1:
                yield f"{tier.tier_id}: {teu:g} TEU bring {cents:.0f} cents, {stated} are stated"
        yield from (f"{one}: no such rebate" for one in given if one not in {tier.tier_id for tier in self.dataset.volume_tiers})

    def _counts(self, tier: VolumeTier, shipment: BookShipment, legs: Sequence[Leg]) -> bool:
        first, last = tier.valid_from or date.min, tier.valid_to or date.max
        return any(
            first <= leg.departure_on <= last
            and (
                leg.service_id in (tier.service_id, tier.haulage_id)
                or (tier.operator_id is not None and leg.operator_id == tier.operator_id)
            )
            for number, leg in enumerate(legs)
            if number != shipment.train_leg
        )

    def _cents(self, amount: Decimal, currency: str) -> int:
        return book_cents(self.dataset, self.plan, amount, currency)

    def _money(self) -> Iterator[str]:
        plan = self.plan
        total = sum(shipment.cost_cents for _, shipment, _ in self.going)
        total += sum(one.cost_cents for one in plan.departures) + sum(one.cost_cents for one in plan.rebates)
        total += sum(one.cost_cents for one in plan.turns) + sum(one.cost_cents for one in plan.quotas)
        if abs(total - plan.together.cost_cents) > len(plan.rebates) + len(plan.turns) + len(plan.departures) + len(plan.quotas):
            yield f"costs {total} cents together and states {plan.together.cost_cents}"
        for proven in (plan.together, plan.alone, *(one for _, one in plan.alone_by_payer)):
            if proven.bound_cents > proven.cost_cents or not math.isfinite(proven.bound_cents):
                yield "a bound lies above its plan"
        if plan.all_ways is not None and not plan.all_ways.any_volume_cents <= plan.all_ways.together_cents <= plan.together.cost_cents:
            yield "the bound over all ways lies above the plan, or below the one at any volume"
        yield from self._divided()
        emitted = sum(itinerary.emission_g_co2e for _, _, itinerary in self.going)
        if plan.most_emission_g is not None and emitted > plan.most_emission_g:
            yield f"emits {emitted} g of CO2e, capped at {plan.most_emission_g}"
        if plan.together.cost_cents > plan.alone.cost_cents and plan.most_emission_g is None and not plan.committed_ids:
            yield "together costs more than apart"
        yield from (
            f"{one.method}: shares sum to {one.total_cents}" for one in plan.sharings if one.total_cents != plan.together.cost_cents
        )
        for settlement in plan.settlements:
            left = {row.party_id: row.balance_cents for row in settlement.balances}
            for payment in settlement.payments:
                left[payment.from_id] += payment.amount_cents
                left[payment.to_id] -= payment.amount_cents
            if any(left.values()):
                yield f"{settlement.method}: the payments leave something open"

    def _divided(self) -> Iterator[str]:
        """What is said of divided shipments: a bound that lies below the plan, and parts that make up the shipment."""
        one = self.plan.divided
        if one is None:
            return
        if not one.together.bound_cents <= min(one.together.cost_cents, self.plan.together.cost_cents):
            yield "the bound on divided shipments lies above a plan"
        units = {row.shipment_id: row.units for row in self.dataset.shipments}
        if any(len(parts) < 2 or min(parts) < 1 or sum(parts) != units.get(name) for name, parts in one.part_units):
            yield "the parts of a divided shipment do not make it up"


def _first_day(per: str, on: date) -> date:
    """The first day of a period."""
    starts = {"day": on, "week": date.fromordinal(on.toordinal() - on.isoweekday() + 1), "month": date(on.year, on.month, 1)}
    return starts.get(per, date(on.year, 1, 1))
