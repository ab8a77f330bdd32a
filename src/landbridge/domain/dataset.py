"""A corridor feed in memory: every table as a tuple of records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from landbridge.domain.border import Border, Crossing
from landbridge.domain.emission import EmissionFactor
from landbridge.domain.errors import UnknownIdError
from landbridge.domain.event import Event, EventDay
from landbridge.domain.goods import Duty, Goods, GoodsMass, PayloadLimit, UnitType, UnitVolume
from landbridge.domain.haulage import Haulage, HaulageRate, Link
from landbridge.domain.offer import Allotment, BlockOffer, EmptyMove, EmptyStock, Quota, Reuse, Separation, Stuffing, VolumeTier
from landbridge.domain.party import UNNAMED, Ownership, Party, Regime, WatchlistEntry
from landbridge.domain.place import Holiday, Hours, Passage, Place
from landbridge.domain.plan import Leg
from landbridge.domain.record import Record
from landbridge.domain.rule import Document, Rule
from landbridge.domain.service import Calendar, CalendarException, Service, ServiceStatus, Stop
from landbridge.domain.shipment import Shipment
from landbridge.domain.source import Source
from landbridge.domain.tariff import ExchangeRate, Surcharge, Tariff, ThroughLeg, ThroughRate
from landbridge.domain.terminal import BoxReturn, DetentionStep, Handling, StorageStep, Terminal
from landbridge.domain.trade import ClaimReading, ClaimTerm, TradeClaim, TradeMargin, TradeRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetInfo:
    """What ``datapackage.json`` says of the feed as a whole.

    Attributes
    ----------
    gates
        Regimes whose designations block; None where the feed states no policy, so that all of them do.
    evidence_days
        An operating service is taken as confirmed for this many days after its latest evidence.
    capital_percent
        Yearly cost of the capital that lies in the goods, for the balanced plan.
    other_days
        Days of other feeds whose rows stand in this one, by the name with which these rows begin: lists of theirs are as old as they are.
    """

    name: str
    title: str = ""
    version: str = "0"
    as_of: date
    settlement_currency: str = "USD"
    gates: tuple[str, ...] | None = None
    evidence_days: int = 450
    capital_percent: Decimal = Decimal(12)
    extends: str | None = None
    other_days: tuple[tuple[str, date], ...] = ()

    def find_feed(self, row: Record) -> tuple[str, date]:
        """The feed from which a row comes, by name, and its day."""
        name = row.row.partition("/")[0]
        day = dict(self.other_days).get(name)
        return (self.name, self.as_of) if day is None else (name, day)


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """All tables of one feed, checked. Read only; a scenario makes another one.

    ``digest`` is the SHA-256 of the feed's content and stands on every plan that is made from it.
    """

    info: DatasetInfo
    digest: str = ""
    sources: tuple[Source, ...] = ()
    places: tuple[Place, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    hours: tuple[Hours, ...] = ()
    passages: tuple[Passage, ...] = ()
    regimes: tuple[Regime, ...] = ()
    parties: tuple[Party, ...] = ()
    watchlist: tuple[WatchlistEntry, ...] = ()
    ownership: tuple[Ownership, ...] = ()
    unit_types: tuple[UnitType, ...] = ()
    unit_volumes: tuple[UnitVolume, ...] = ()
    payload_limits: tuple[PayloadLimit, ...] = ()
    goods: tuple[Goods, ...] = ()
    goods_masses: tuple[GoodsMass, ...] = ()
    duties: tuple[Duty, ...] = ()
    terminals: tuple[Terminal, ...] = ()
    services: tuple[Service, ...] = ()
    statuses: tuple[ServiceStatus, ...] = ()
    stops: tuple[Stop, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    calendar_exceptions: tuple[CalendarException, ...] = ()
    borders: tuple[Border, ...] = ()
    crossings: tuple[Crossing, ...] = ()
    links: tuple[Link, ...] = ()
    haulage: tuple[Haulage, ...] = ()
    haulage_rates: tuple[HaulageRate, ...] = ()
    tariffs: tuple[Tariff, ...] = ()
    surcharges: tuple[Surcharge, ...] = ()
    through_rates: tuple[ThroughRate, ...] = ()
    through_legs: tuple[ThroughLeg, ...] = ()
    exchange_rates: tuple[ExchangeRate, ...] = ()
    handling: tuple[Handling, ...] = ()
    storage: tuple[StorageStep, ...] = ()
    detention: tuple[DetentionStep, ...] = ()
    returns: tuple[BoxReturn, ...] = ()
    documents: tuple[Document, ...] = ()
    rules: tuple[Rule, ...] = ()
    events: tuple[Event, ...] = ()
    event_days: tuple[EventDay, ...] = ()
    emission_factors: tuple[EmissionFactor, ...] = ()
    block_offers: tuple[BlockOffer, ...] = ()
    volume_tiers: tuple[VolumeTier, ...] = ()
    allotments: tuple[Allotment, ...] = ()
    quotas: tuple[Quota, ...] = ()
    reuses: tuple[Reuse, ...] = ()
    empty_moves: tuple[EmptyMove, ...] = ()
    empty_stocks: tuple[EmptyStock, ...] = ()
    stuffings: tuple[Stuffing, ...] = ()
    separations: tuple[Separation, ...] = ()
    shipments: tuple[Shipment, ...] = field(default=())
    trade_records: tuple[TradeRecord, ...] = ()
    claims: tuple[TradeClaim, ...] = ()
    claim_readings: tuple[ClaimReading, ...] = ()
    claim_terms: tuple[ClaimTerm, ...] = ()
    trade_margins: tuple[TradeMargin, ...] = ()

    @cached_property
    def source_by_id(self) -> dict[str, Source]:
        return {source.source_id: source for source in self.sources}

    @cached_property
    def place_by_id(self) -> dict[str, Place]:
        return {place.place_id: place for place in self.places}

    @cached_property
    def party_by_id(self) -> dict[str, Party]:
        return {party.party_id: party for party in self.parties}

    @cached_property
    def terminal_by_id(self) -> dict[str, Terminal]:
        return {terminal.terminal_id: terminal for terminal in self.terminals}

    @cached_property
    def service_by_id(self) -> dict[str, Service]:
        return {service.service_id: service for service in self.services}

    @cached_property
    def haulage_by_id(self) -> dict[str, Haulage]:
        return {haulage.haulage_id: haulage for haulage in self.haulage}

    @cached_property
    def infrastructure(self) -> dict[tuple[str, str], frozenset[str]]:
        """Parties over whose tracks an offer of haulage goes, by offer and country; none where no rate names any."""
        found: dict[tuple[str, str], frozenset[str]] = {}
        for rate in self.haulage_rates:
            if rate.infrastructure_id is not None:
                key = str(rate.haulage_id), rate.country
                found[key] = found.get(key, frozenset()) | {str(rate.infrastructure_id)}
        return found

    def list_infrastructure(self, haulage_id: str, link: Link) -> frozenset[str]:
        """Parties over whose tracks an offer of haulage goes on a link; of a border, those of the country that the link names."""
        return self.infrastructure.get((haulage_id, link.country), frozenset())

    def list_terminal_operators(self, terminal_ids: Iterable[str | None]) -> frozenset[str]:
        """Parties that operate some terminals; those that the feed does not know, or that are not told, have none."""
        known = (self.terminal_by_id.get(one) for one in terminal_ids if one is not None)
        return frozenset(str(terminal.operator_id) for terminal in known if terminal is not None)

    def list_parties(self, leg: Leg) -> frozenset[str]:
        """Parties that take part in a leg: who carries, over whose tracks, at whose terminals."""
        told = (leg.operator_id, *(leg.infrastructure_ids or ()))
        return frozenset(one for one in told if one) | self.list_terminal_operators(leg.terminal_ids or ())

    def is_named(self, leg: Leg) -> bool:
        """Whether somebody is named who carries on a leg, so that he was screened; over whose tracks it goes says nothing of that."""
        return self.is_operator_named(leg.operator_id)

    def is_operator_named(self, operator_id: str | None) -> bool:
        """Whether an operator is somebody, so that he was screened, and does not stand for whoever is asked."""
        party = self.party_by_id.get(operator_id or "")
        return operator_id is not None and (party is None or party.kind != UNNAMED)

    @cached_property
    def stops_by_service(self) -> dict[str, tuple[Stop, ...]]:
        """Stops of each service in order of ``seq``."""
        found: dict[str, list[Stop]] = {}
        for stop in self.stops:
            found.setdefault(stop.service_id, []).append(stop)
        return {key: tuple(sorted(stops, key=lambda stop: stop.seq)) for key, stops in found.items()}

    def find_volume_m3(self, unit_type_id: str) -> Decimal | None:
        """Cubic metres of goods that a unit of a type holds; None where that is not told."""
        return next((row.volume_m3.typical for row in self.unit_volumes if row.unit_type_id == unit_type_id), None)

    def get_place(self, place_id: str) -> Place:
        try:
            return self.place_by_id[place_id]
        except KeyError:
            raise UnknownIdError("place", place_id) from None

    def get_source(self, source_id: str) -> Source:
        try:
            return self.source_by_id[source_id]
        except KeyError:
            raise UnknownIdError("source", source_id) from None
