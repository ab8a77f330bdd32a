"""Terms of a scheduled leg and of one link of a run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from landbridge.domain.border import Crossing
from landbridge.domain.dataset import Dataset
from landbridge.domain.emission import EmissionFactor
from landbridge.domain.event import Event
from landbridge.domain.identity import PlaceId
from landbridge.domain.plan import Exposure, Item, Rejected
from landbridge.domain.rule import Document, Rule
from landbridge.domain.service import Service, Stop
from landbridge.domain.tariff import Surcharge, Tariff
from landbridge.terms.choice import Choice
from landbridge.terms.law import Facts, Law, LawTerms
from landbridge.terms.load import Load
from landbridge.terms.money import Market, round_half_up, total_of
from landbridge.terms.validity import is_known, is_valid

_MILLION = Decimal(1_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Whether something runs on a day, as known on the day of asking."""

    status: str
    is_confirmed: bool
    evidence_on: date | None
    block: Rejected | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LegTerms:
    """Terms of one scheduled leg or of one link of a run, on one day.

    Attributes
    ----------
    items
        What it costs in any case; for a link without what is due once per run.
    cost_cents
        Sum of ``items``.
    once
        Items that are due once per run, by row id: fixed price, fees of scope leg.
    fixed
        The fixed price of the run, due once if any link has no lane price; None at a lane price.
    documents
        Documents with the rules that call for them.
    includes
        Inclusions of the price: ``handling_origin``, ``handling_destination``, ``box`` and surcharge kinds.
    drive_min, border
        For a link: driving time and the crossing at its start.
    """

    items: tuple[Item, ...]
    cost_cents: int
    emission_g: int
    once: tuple[Item, ...]
    documents: tuple[tuple[Document, Rule], ...]
    blocks: tuple[Rejected, ...]
    exposures: tuple[Exposure, ...]
    includes: frozenset[str]
    is_confirmed: bool
    evidence: Evidence
    lead_days: int
    drive_min: int = 0
    border: Crossing | None = None


class LegPricer:
    """Works out the terms of scheduled legs for one load, asked on one day, and what those of links are made of."""

    def __init__(self, dataset: Dataset, load: Load, market: Market, choice: Choice, law: Law, as_of: date) -> None:
        self._dataset, self._load, self._market, self._choice, self._law, self._as_of = dataset, load, market, choice, law, as_of
        self._evidence_window = timedelta(days=dataset.info.evidence_days)
        self._places = dataset.place_by_id

    def facts(self, service: Service, stops: tuple[Stop, ...]) -> Facts:
        """What rules are held against between the first and the last of ``stops``."""
        countries = self._countries(stops)
        return Facts(
            what=service.service_id,
            modes=frozenset((service.mode,)),
            places=frozenset(_places(stops)),
            passages=frozenset(passage for stop in stops[1:] for passage in stop.passages),
            countries=frozenset(countries),
            enters=frozenset(after for before, after in pairwise(countries) if before != after),
            registration=service.flag,
            flag=service.flag,
            operators=frozenset(party for party in (service.operator_id, service.vessel_id) if party),
            terminals=frozenset(stop.terminal_id for stop in (stops[0], stops[-1]) if stop.terminal_id),
            services=frozenset((service.service_id,)),
        )

    def _countries(self, stops: tuple[Stop, ...]) -> list[str]:
        return [self._places[place].country for place in _places(stops)]

    def scheduled_leg(self, service: Service, stops: tuple[Stop, ...], on: date) -> LegTerms:
        """Terms of a service between the first and the last of ``stops``, leaving on local date ``on``."""
        facts = self.facts(service, stops)
        countries = self._countries(stops)
        law = self._law.judge(("leg",), facts, on)
        for before, after in pairwise(countries):
            if before != after:
                law = joined(law, self._law.judge(("crossing",), replace(facts, enters=frozenset((after,))), on))
        evidence = self.evidence(service.service_id, service.name, on)
        from_id, to_id = stops[0].place_id, stops[-1].place_id
        tariff = self._choice.find_tariff(service.service_id, service.operator_id, from_id, to_id, on)
        distance_m = sum(stop.distance_m for stop in stops[1:])
        km = Decimal(distance_m) / 1000
        blocks = [*law.blocks, *self.load_blocks(service.service_id, service.mode, service.unit_types, facts.countries, on)]
        if not is_valid(service, on) or not is_known(service, self._as_of):
            blocks.append(Rejected(what=service.service_id, reason="does not run on this day", since=service.valid_to, status="ended"))
        if evidence.block:
            blocks.append(evidence.block)
        if tariff is None:
            blocks.append(Rejected(what=service.service_id, reason=f"no price from {from_id} to {to_id} on {on}", status="no_price"))
            items: list[Item] = []
            includes = frozenset(service.includes)
        else:
            includes = frozenset(tariff.includes or service.includes)
            freight = self.freight_item(tariff, service.name)
            base = total_of((freight,))
            items = [freight, *(self.event_item(event, base) for event in self.price_factors(facts, on))]
            items += [self.surcharge_item(row, base, km) for row in self.surcharges(facts, includes, (from_id, to_id), on)]
        items += [self.fee_item(rule, km) for rule in law.fees]
        factor = self._choice.find_factor(
            is_move=False, mode=service.mode, country=None, service_id=service.service_id, haulage_id=None, on=on
        )
        if factor is None:
            blocks.append(Rejected(what=service.service_id, reason=f"no emission factor for {service.mode}", status="no_emission_factor"))
        return LegTerms(
            items=tuple(items),
            cost_cents=sum(item.cost_cents for item in items),
            emission_g=0 if factor is None else self.transport_g(factor, distance_m),
            once=(),
            documents=law.documents,
            blocks=tuple(blocks),
            exposures=law.exposures,
            includes=includes,
            is_confirmed=evidence.is_confirmed,
            evidence=evidence,
            lead_days=law.lead_days,
        )

    def evidence(self, subject_id: str, name: str, on: date) -> Evidence:
        """Whether a service or haulage runs on a day, as known on the day of asking."""
        row = self._choice.find_status(subject_id, on)
        if row is None:
            return Evidence(status="unconfirmed", is_confirmed=False, evidence_on=None)
        seen = row.evidence_on
        if seen is not None and seen > self._as_of:
            seen = row.known_from
        if row.status not in ("operating", "unconfirmed"):
            reason = f"{name}: {row.status}" + (f" ({row.note})" if row.note else "")
            block = Rejected(what=subject_id, reason=reason, since=row.valid_from, until=row.valid_to, status=row.status)
            return Evidence(status=row.status, is_confirmed=False, evidence_on=seen, block=block)
        confirmed = row.status == "operating" and seen is not None and seen >= self._as_of - self._evidence_window
        return Evidence(status="operating" if confirmed else "unconfirmed", is_confirmed=confirmed, evidence_on=seen)

    def load_blocks(self, what: str, mode: str, unit_types: tuple[str, ...], countries: Iterable[str], on: date) -> Iterable[Rejected]:
        """What the unit type and the mass of the load forbid."""
        unit = self._load.unit_type.unit_type_id
        if unit not in unit_types:
            yield Rejected(what=what, reason=f"does not take {unit}", status="unit_type")
        for country in sorted(countries):
            limit = self._choice.find_limit(country, mode, on)
            if limit is not None and self._load.mass_per_unit_kg > limit.max_payload_kg:
                reason = f"{self._load.mass_per_unit_kg} kg a unit, {limit.max_payload_kg} allowed by {mode} in {country}"
                yield Rejected(what=what, reason=reason, since=limit.valid_from, until=limit.valid_to, status="overweight")

    def freight_item(self, tariff: Tariff, name: str) -> Item:
        """The item of a tariff."""
        assert tariff.amount is not None  # Choice keeps priced rows only
        return self._market.item(
            kind="freight",
            name=name,
            row=tariff,
            row_id=tariff.tariff_id,
            amount=tariff.amount,
            currency=tariff.currency,
            per=tariff.per,
            quantity=self.quantity(tariff.per),
            minimum=tariff.minimum,
            carried_from=tariff.basis_tariff_id,
        )

    def quantity(self, per: str, km: Decimal = Decimal(0)) -> Decimal:
        """How many of a basis the load has."""
        load = self._load
        return {
            "unit": Decimal(load.units),
            "shipment": Decimal(1),
            "tonne": Decimal(load.mass_kg) / 1000,
            "km": load.units * km,
        }[per]

    def fee_item(self, rule: Rule, km: Decimal) -> Item:
        """The item of a fee rule over a distance."""
        return fee_item(rule, self._market, self._load, self.quantity, km)

    def price_factors(self, facts: Facts, on: date) -> list[Event]:
        """Events that change the price of a leg or link on a day."""
        return [event for event in self._choice.price_factors_on(on) if event_touches(event, facts)]

    def event_item(self, event: Event, base: tuple[int, int, int]) -> Item:
        """The item of an event that changes a price; ``base`` is the freight, low, typical and high cents."""
        assert event.factor is not None  # Choice keeps those with a factor
        factor = event.factor
        percent = replace(factor, low=(factor.low - 1) * 100, typical=(factor.typical - 1) * 100, high=(factor.high - 1) * 100)
        return self._market.share_item(kind="event", name=event.title, row=event, row_id=event.event_id, base=base, percent=percent)

    def surcharges(self, facts: Facts, includes: frozenset[str], ends: tuple[str, str], on: date) -> list[Surcharge]:
        """Surcharges that a leg or link calls for on a day."""
        return [row for row in fitting_surcharges(self._choice.surcharges_on(facts.modes, on), facts, ends) if row.kind not in includes]

    def surcharge_item(self, row: Surcharge, base: tuple[int, int, int], km: Decimal) -> Item:
        """The item of a surcharge; ``base`` is the freight, low, typical and high cents."""
        if row.per == "percent":
            return self._market.share_item(kind="surcharge", name=row.name, row=row, row_id=row.surcharge_id, percent=row.amount, base=base)
        return self._market.item(
            kind="surcharge",
            name=row.name,
            row=row,
            row_id=row.surcharge_id,
            amount=row.amount,
            currency=row.currency,
            per=row.per,
            quantity=self.quantity(row.per, km),
        )

    def transport_g(self, factor: EmissionFactor, distance_m: int) -> int:
        """CO2e of the load over a distance, g."""
        grams = factor.amount_g.typical
        if factor.basis == "tkm":
            return round_half_up(grams * self._load.mass_kg * distance_m / _MILLION)
        return round_half_up(grams * self._load.units * self._load.unit_type.teu * distance_m / 1000)


def _places(stops: tuple[Stop, ...]) -> list[PlaceId]:
    """Places from the first to the last of some stops, in order."""
    return [stops[0].place_id, *(place for stop in stops[1:] for place in (*stop.via, stop.place_id))]


def joined(one: LawTerms, other: LawTerms) -> LawTerms:
    """What the law says of two things together; each fee stays, everything else stands once."""
    return LawTerms(
        blocks=tuple(dict.fromkeys((*one.blocks, *other.blocks))),
        exposures=tuple(dict.fromkeys((*one.exposures, *other.exposures))),
        documents=tuple(dict.fromkeys((*one.documents, *other.documents))),
        fees=(*one.fees, *other.fees),
    )


def fee_item(rule: Rule, market: Market, load: Load, quantity: Callable[[str, Decimal], Decimal], km: Decimal = Decimal(0)) -> Item:
    """The item of a fee rule; a percentage of the cargo value is nothing where no value is told."""
    assert rule.amount is not None  # checked when the feed is read
    if rule.per == "value_percent":
        cents = round_half_up((load.value or Decimal(0)) * 100)
        return market.share_item(
            kind="fee", name=rule.title, row=rule, row_id=rule.rule_id, percent=rule.amount, base=(cents, cents, cents), per="value_percent"
        )
    return market.item(
        kind="fee",
        name=rule.title,
        row=rule,
        row_id=rule.rule_id,
        amount=rule.amount,
        currency=rule.currency,
        per=rule.per,
        quantity=quantity(rule.per, km),
    )


def event_touches(event: Event, facts: Facts) -> bool:
    """Whether an event's conditions, all that it names, meet a leg or link."""
    return (
        (event.place_id is None or event.place_id in facts.places)
        and (event.border_id is None or event.border_id in facts.borders)
        and (event.passage_id is None or event.passage_id in facts.passages)
        and (event.service_id is None or event.service_id in facts.services)
        and (event.haulage_id is None or event.haulage_id in facts.haulage)
        and (event.operator_id is None or event.operator_id in facts.operators)
        and (event.country is None or event.country in facts.countries)
        and (not event.modes or bool(facts.modes & set(event.modes)))
    )


def fitting_surcharges(rows: Iterable[Surcharge], facts: Facts, ends: tuple[str, str]) -> list[Surcharge]:
    """Those of some surcharges that a leg or link between two places may call for, whatever their dates."""
    return [row for row in rows if _surcharge_fits(row, facts, ends)]


def _surcharge_fits(row: Surcharge, facts: Facts, ends: tuple[str, str]) -> bool:
    at = {"board": ends[:1], "alight": ends[1:], "either": ends}[row.at]
    return (
        (row.service_id is None or row.service_id in facts.services)
        and (row.haulage_id is None or row.haulage_id in facts.haulage)
        and (row.operator_id is None or row.operator_id in facts.operators)
        and (row.mode is None or row.mode in facts.modes)
        and (row.place_id is None or row.place_id in at)
        and (row.passage_id is None or row.passage_id in facts.passages)
        and (row.country is None or row.country in facts.countries)
    )
