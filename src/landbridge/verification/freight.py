"""Freight of each leg, the events that change its price, and its surcharges; section 5."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from landbridge.domain.tariff import Surcharge, Tariff
from landbridge.verification.calendar import is_in_season
from landbridge.verification.case import Case
from landbridge.verification.choice import find_price, find_tariff
from landbridge.verification.event import list_events, list_on_day
from landbridge.verification.facts import Facts
from landbridge.verification.money import Cents, Charge, cents_of, share_of
from landbridge.verification.run import Hop, HopRows, Run
from landbridge.verification.scheduled import Scheduled
from landbridge.verification.step import Bundle, Step

NOTHING = Cents()
EVERY_SHARE = frozenset({"percent", "km"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What surcharges and events of price act on: a scheduled leg, or one link of a run.

    ``price`` is its freight, nothing under a through rate; ``includes`` are the parts that need not be paid again.
    """

    facts: Facts
    ends: tuple[str, str]
    price: Cents = NOTHING
    includes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Freight:
    """Freight of one leg: its items and its shares.

    ``has_price`` is False where nothing says what the leg costs; a leg under a through rate has no freight of its own.
    """

    charges: tuple[Charge, ...]
    shares: tuple[Share, ...]
    has_price: bool = True

    def has_at_start(self, part: str) -> bool:
        """Tell whether the price includes a part that is used where the leg starts."""
        return part in self.shares[0].includes

    def has_at_end(self, part: str) -> bool:
        """Tell whether the price includes a part that is used where the leg ends."""
        return part in self.shares[-1].includes


def freight_of(case: Case, step: Step, bundle: Bundle | None) -> Freight:
    """Give the freight of a leg."""
    freight = _scheduled_freight(case, step, step.part) if isinstance(step.part, Scheduled) else _run_freight(case, step, step.part)
    if bundle is None:
        return freight
    includes = frozenset(bundle.rate.includes)
    return Freight(charges=(), shares=tuple(replace(share, price=NOTHING, includes=includes) for share in freight.shares))


def _tariff_charge(case: Case, tariff: Tariff, index: int) -> Charge:
    price = find_price(case, tariff)
    cents = Cents() if price is None else cents_of(price.amount, case.quantity_of(tariff.per), price.rate, tariff.minimum)
    return Charge(kind="freight", row_id=tariff.tariff_id, leg=index, cents=cents)


def _scheduled_freight(case: Case, step: Step, part: Scheduled) -> Freight:
    tariff = find_tariff(case, part.service, part.ends, step.day)
    share = Share(facts=part.facts, ends=part.ends, includes=frozenset(part.service.includes))
    if tariff is None:
        return Freight(charges=(), shares=(share,), has_price=False)
    charge = _tariff_charge(case, tariff, step.index)
    share = replace(share, price=charge.cents, includes=frozenset(tariff.includes) or share.includes)
    return Freight(charges=(charge,), shares=(share,))


def _run_freight(case: Case, step: Step, run: Run) -> Freight:
    found = [_hop_charge(case, row, hop.link.distance_m, step.index) for hop, row in zip(run.hops, step.rows, strict=True)]
    charges = [charge for charge in found if charge is not None]
    has_price = len(charges) == len(found)
    if any(row.lane is None for row in step.rows) and run.haulage.fixed is not None:
        rate = case.find_rate(run.haulage.currency)
        has_price = has_price and rate is not None
        if rate is not None:
            cents = cents_of(run.haulage.fixed, case.quantity_of("unit"), rate)
            charges.append(Charge(kind="fixed", row_id=run.haulage.haulage_id, leg=step.index, cents=cents))
    shares = tuple(_hop_share(hop, row, charge) for hop, row, charge in zip(run.hops, step.rows, found, strict=True))
    return Freight(charges=tuple(charges), shares=shares, has_price=has_price)


def _hop_share(hop: Hop, row: HopRows, charge: Charge | None) -> Share:
    return Share(
        facts=hop.facts,
        ends=(hop.from_id, hop.to_id),
        price=charge.cents if charge is not None else NOTHING,
        includes=frozenset(row.lane.includes if row.lane is not None else ()),
    )


def _hop_charge(case: Case, row: HopRows, distance_m: int, index: int) -> Charge | None:
    if row.lane is not None:
        return _tariff_charge(case, row.lane, index)
    rate = case.find_rate(row.rate.currency) if row.rate is not None else None
    if row.rate is None or rate is None:
        return None
    cents = cents_of(row.rate.per_km, case.quantity_of("km", distance_m=distance_m), rate)
    return Charge(kind="freight", row_id=row.rate.rate_id, leg=index, cents=cents)


def list_event_charges(case: Case, step: Step, freight: Freight) -> Iterator[Charge]:
    """List what events of price put on the freight of a leg: one item each, of a run one per link that matches."""
    for share in freight.shares:
        for event in list_on_day(list_events(case, "price_factor"), share.facts, step.day):
            if event.factor is not None:
                yield Charge(kind="event", row_id=event.event_id, leg=step.index, cents=share_of(share.price, event.factor, less=1))


def list_surcharges(case: Case, step: Step, freight: Freight) -> Iterator[Charge]:
    """List the surcharges of a leg that its price does not include: percent and km of each share, others once, at the first."""
    for row in case.dataset.surcharges:
        met = [share for share in freight.shares if row.kind not in share.includes and _meets(case, row, step, share)]
        for share in met if row.per in EVERY_SHARE else met[:1]:
            cents = _surcharge_cents(case, row, share)
            if cents is not None:
                yield Charge(kind="surcharge", row_id=row.surcharge_id, leg=step.index, cents=cents)


def _meets(case: Case, row: Surcharge, step: Step, share: Share) -> bool:
    facts = share.facts
    named = (
        (row.service_id, facts.services),
        (row.haulage_id, facts.haulages),
        (row.operator_id, facts.operators),
        (row.mode, facts.modes),
        (row.passage_id, facts.passages),
        (row.country, facts.countries),
        (row.place_id, _ends(share, row.at)),
    )
    return (
        all(name is None or name in touched for name, touched in named)
        and case.is_of_unit(row.unit_type_id)
        and case.is_of_goods(row.hs)
        and is_in_season(step.day, row.season_from, row.season_to)
        and case.applies(row, step.day)
    )


def _ends(share: Share, at: str) -> frozenset[str]:
    start, end = share.ends
    return {"board": frozenset({start}), "alight": frozenset({end})}.get(at, frozenset({start, end}))


def _surcharge_cents(case: Case, row: Surcharge, share: Share) -> Cents | None:
    if row.per == "percent":
        return share_of(share.price, row.amount, per=100)
    rate = case.find_rate(row.currency)
    if rate is None:
        return None
    return cents_of(row.amount, case.quantity_of(row.per, distance_m=share.facts.distance_m), rate)
