"""Terms of one link of a run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from landbridge.domain.border import Crossing
from landbridge.domain.dataset import Dataset
from landbridge.domain.emission import EmissionFactor
from landbridge.domain.event import Event
from landbridge.domain.haulage import Haulage, HaulageRate, Link
from landbridge.domain.plan import Item, Rejected
from landbridge.domain.rule import Rule
from landbridge.domain.tariff import Surcharge, Tariff
from landbridge.terms.choice import Choice
from landbridge.terms.law import Facts, Law, LawTerms
from landbridge.terms.leg import Evidence, LegPricer, LegTerms, joined
from landbridge.terms.load import Load
from landbridge.terms.money import Market, total_of
from landbridge.terms.validity import is_known, is_valid

_PER_LINK = frozenset({"percent", "km"})
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """What all links share that one haulage drives on one day in one country or over one border, whose ends the same rows name.

    Attributes
    ----------
    fees
        Fees of each link, in order: made already, or rules that go by the distance.
    once_fees, fixed, once_surcharges
        What is due once per run; the fixed price unless the whole run goes at lane prices.
    factors, surcharges
        What is added to the freight, or by the distance.
    """

    law: LawTerms
    blocks: tuple[Rejected, ...]
    evidence: Evidence
    rate: HaulageRate | None
    crossing: Crossing | None
    emission: EmissionFactor | None
    fees: tuple[Item | Rule, ...]
    once_fees: tuple[Item, ...]
    fixed: tuple[Item, ...]
    once_surcharges: tuple[Item, ...]
    factors: tuple[Event, ...]
    surcharges: tuple[Surcharge, ...]


class LinkPricer:
    """Works out the terms of links for one load, asked on one day."""

    def __init__(self, dataset: Dataset, load: Load, market: Market, choice: Choice, law: Law, as_of: date, legs: LegPricer) -> None:
        self._load, self._market, self._choice, self._law, self._as_of, self._legs = load, market, choice, law, as_of, legs
        self._dataset = dataset
        self._countries: dict[str, str] = {row.place_id: row.country for row in dataset.places}
        self._frames: dict[tuple[object, ...], _Frame] = {}

    def link(self, haulage: Haulage, link: Link, from_id: str, to_id: str, on: date) -> LegTerms:
        """Terms of one link of a run ordered for ``on``."""
        frame = self._frame(haulage, link, from_id, to_id, on)
        km = Decimal(link.distance_m) / 1000
        lane = self._choice.find_lane(haulage.haulage_id, from_id, to_id, on) if frame.rate else None
        freight = self._freight(haulage, frame.rate, lane, km)
        base = total_of(freight)
        items = [
            *freight,
            *(self._legs.event_item(event, base) for event in frame.factors),
            *(fee if isinstance(fee, Item) else self._legs.fee_item(fee, km) for fee in frame.fees),
            *(self._legs.surcharge_item(row, base, km) for row in frame.surcharges),
        ]
        speed = 0 if frame.rate is None else link.speed_m_per_h or frame.rate.speed_m_per_h
        return LegTerms(
            items=tuple(items),
            cost_cents=sum(item.cost_cents for item in items),
            emission_g=0 if frame.emission is None else self._legs.transport_g(frame.emission, link.distance_m),
            once=(*frame.once_fees, *(() if lane else frame.fixed), *frame.once_surcharges),
            documents=frame.law.documents,
            blocks=frame.blocks,
            exposures=frame.law.exposures,
            includes=frozenset(),
            is_confirmed=frame.evidence.is_confirmed,
            evidence=frame.evidence,
            lead_days=frame.law.lead_days,
            drive_min=-(-60 * link.distance_m // speed) if speed else 0,
            border=frame.crossing,
        )

    def _freight(self, haulage: Haulage, rate: HaulageRate | None, lane: Tariff | None, km: Decimal) -> list[Item]:
        if lane is not None:
            return [self._legs.freight_item(lane, haulage.name)]
        return [] if rate is None else [self._rate_item(haulage, rate, km)]

    def key(self, haulage: Haulage, link: Link, from_id: str, to_id: str) -> tuple[object, ...]:
        """The same for links whose terms differ by distance and lane price alone."""
        ends = tuple(place_id if place_id in self._choice.named_places else None for place_id in (from_id, to_id))
        rules = self._law.rules_at.get(from_id, _NONE) | self._law.rules_at.get(to_id, _NONE)
        countries = self._countries[from_id], self._countries[to_id]
        return haulage.haulage_id, countries, link.country, link.mode, link.border_id, rules, ends

    def _frame(self, haulage: Haulage, link: Link, from_id: str, to_id: str, on: date) -> _Frame:
        key = self.key(haulage, link, from_id, to_id), on
        found = self._frames.get(key)
        if found is None:
            found = self._frames[key] = self._make_frame(haulage, link, from_id, to_id, on)
        return found

    def facts(self, haulage: Haulage, link: Link, from_id: str, to_id: str) -> Facts:
        """What rules are held against on a link."""
        start, end = self._countries[from_id], self._countries[to_id]
        return Facts(
            what=haulage.haulage_id,
            modes=frozenset((haulage.mode,)),
            places=frozenset((from_id, to_id)),
            borders=frozenset((link.border_id,)) if link.border_id else frozenset(),
            countries=frozenset((start, end)),
            enters=frozenset((end,)) if start != end else frozenset(),
            registration=haulage.registration,
            operators=frozenset((haulage.operator_id,)) if haulage.operator_id else frozenset(),
            infrastructure=self._dataset.list_infrastructure(haulage.haulage_id, link),
            haulage=frozenset((haulage.haulage_id,)),
        )

    def _make_frame(self, haulage: Haulage, link: Link, from_id: str, to_id: str, on: date) -> _Frame:
        start, end = self._countries[from_id], self._countries[to_id]
        facts = self.facts(haulage, link, from_id, to_id)
        on_leg = self._law.judge(("leg",), facts, on)
        on_crossing = self._law.judge(("crossing",), facts, on) if facts.borders or facts.enters else LawTerms()
        country = start if link.border_id else link.country
        evidence = self._legs.evidence(haulage.haulage_id, haulage.name, on)
        rate = self._choice.find_rate(haulage.haulage_id, country, on)
        crossing = self._choice.find_crossing(link.border_id, link.mode, start, end, on) if link.border_id else None
        emission = self._choice.find_factor(
            is_move=False, mode=haulage.mode, country=country, service_id=None, haulage_id=haulage.haulage_id, on=on
        )
        blocks = [*on_leg.blocks, *self._legs.load_blocks(haulage.haulage_id, haulage.mode, haulage.unit_types, facts.countries, on)]
        blocks += [block for block in on_crossing.blocks if block not in blocks]
        if not is_valid(haulage, on) or not is_known(haulage, self._as_of):
            blocks.append(Rejected(what=haulage.haulage_id, reason="is not offered on this day", since=haulage.valid_to, status="ended"))
        if evidence.block:
            blocks.append(evidence.block)
        if rate is None:
            blocks.append(Rejected(what=haulage.haulage_id, reason=f"has no rate in {country} on {on}", status="no_price"))
        if link.border_id and crossing is None:
            blocks.append(Rejected(what=link.border_id, reason=f"cannot be crossed from {start} to {end} on {on}", status="closed"))
        if emission is None:
            blocks.append(Rejected(what=haulage.haulage_id, reason=f"no emission factor for {haulage.mode}", status="no_emission_factor"))
        surcharges = self._legs.surcharges(facts, frozenset(), (from_id, to_id), on)
        return _Frame(
            law=joined(on_leg, on_crossing),
            blocks=tuple(blocks),
            evidence=evidence,
            rate=rate,
            crossing=crossing,
            emission=emission,
            fees=(*self._link_fees(on_leg.fees, on_crossing.fees), *self._border_fees(crossing)),
            once_fees=tuple(self._legs.fee_item(rule, Decimal(0)) for rule in on_leg.fees if rule.per != "km"),
            fixed=() if rate is None else self._fixed_items(haulage),
            once_surcharges=tuple(self._legs.surcharge_item(row, (0, 0, 0), Decimal(0)) for row in surcharges if row.per not in _PER_LINK),
            factors=tuple(self._legs.price_factors(facts, on)),
            surcharges=tuple(row for row in surcharges if row.per in _PER_LINK),
        )

    def _link_fees(self, on_leg: Iterable[Rule], on_crossing: Iterable[Rule]) -> Iterable[Item | Rule]:
        yield from (rule for rule in on_leg if rule.per == "km")
        for rule in on_crossing:
            yield rule if rule.per == "km" else self._legs.fee_item(rule, Decimal(0))

    def _border_fees(self, crossing: Crossing | None) -> tuple[Item, ...]:
        if crossing is None or crossing.fee is None or not self._market.has_rate(crossing.currency):
            return ()
        return (
            self._market.item(
                kind="fee",
                name=f"{crossing.border_id}: fees",
                row=crossing,
                row_id=crossing.crossing_id,
                amount=crossing.fee,
                currency=crossing.currency,
                per=crossing.per,
                quantity=self._load.units if crossing.per == "unit" else 1,
            ),
        )

    def _fixed_items(self, haulage: Haulage) -> tuple[Item, ...]:
        if haulage.fixed is None or not self._market.has_rate(haulage.currency):
            return ()
        return (
            self._market.item(
                kind="fixed",
                name=haulage.name,
                row=haulage,
                row_id=haulage.haulage_id,
                amount=haulage.fixed,
                currency=haulage.currency,
                per="unit",
                quantity=self._load.units,
            ),
        )

    def _rate_item(self, haulage: Haulage, rate: HaulageRate, km: Decimal) -> Item:
        return self._market.item(
            kind="freight",
            name=haulage.name,
            row=rate,
            row_id=rate.rate_id,
            amount=rate.per_km,
            currency=rate.currency,
            per="km",
            quantity=self._load.units * km,
        )
