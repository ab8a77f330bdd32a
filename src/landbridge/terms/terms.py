"""The terms of one load, worked out once for each stretch of days."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from landbridge.domain.dataset import Dataset
from landbridge.domain.event import Event
from landbridge.domain.haulage import Haulage, Link
from landbridge.domain.plan import Item, Rejected
from landbridge.domain.query import Query
from landbridge.domain.rule import Document
from landbridge.domain.service import Service, Stop
from landbridge.domain.tariff import ThroughRate
from landbridge.terms.box import BoxPricer, duty_items
from landbridge.terms.change import Carrier, ChangePricer, ChangeTerms
from landbridge.terms.choice import Choice
from landbridge.terms.clock import MINUTES_PER_DAY, local_date
from landbridge.terms.law import Facts, Law, LawTerms
from landbridge.terms.leg import LegPricer, LegTerms, event_touches, fee_item
from landbridge.terms.link import LinkPricer
from landbridge.terms.load import load_of
from landbridge.terms.marks import Mark, Marks
from landbridge.terms.memory import Memory
from landbridge.terms.money import Market
from landbridge.terms.turning import LegTurns
from landbridge.terms.validity import Epochs, is_known, is_valid

ORIGIN = Carrier(carrier_id="origin", mode="origin")
DESTINATION = Carrier(carrier_id="destination", mode="destination")
_FIRST_DAY = date(1970, 1, 1).toordinal()


class Terms:
    """Terms of legs, changes, box and shipment for one load; cached. A question enters by its load, day of asking and ready date.

    What blocks is worked out for each day: the reasons may name it.
    """

    def __init__(self, dataset: Dataset, query: Query, memory: Memory | None = None) -> None:
        """``memory``: of other loads that differ from this one in their ends and days alone."""
        self.dataset, self.query, self.memory = dataset, query, memory or Memory()
        self.load = load_of(dataset, query)
        self.market = Market(dataset, query.as_of)
        self.choice = Choice(dataset, self.load, self.market, query.as_of)
        self.law = Law(dataset, query, self.load, self.market)
        self.legs = LegPricer(dataset, self.load, self.market, self.choice, self.law, query.as_of)
        self.links = LinkPricer(dataset, self.load, self.market, self.choice, self.law, query.as_of, self.legs)
        self.changes = ChangePricer(dataset, self.load, self.market, self.choice, self.law, self.legs.quantity)
        self.boxes = BoxPricer(self.load, self.market, self.choice)
        self.openings = self.memory.openings(dataset)
        self.asked_at = _utc_minute(query.as_of)
        self._epochs = Epochs(dataset, query.as_of, query.ready_on + timedelta(days=800))
        self._legs: dict[tuple[object, ...], LegTerms] = {}
        self._legs_by_epoch: dict[tuple[object, ...], LegTerms] = {}
        self._changes: dict[tuple[object, ...], ChangeTerms] = {}
        self._marks = Marks(self.law, self.choice, self.legs, self.links)
        self._turns: LegTurns | None = None
        self._mode_carriers: dict[str, Carrier] = {}
        self.throughs = tuple(
            row
            for row in dataset.through_rates
            if is_known(row, query.as_of)
            and row.unit_type_id in (None, query.unit_type_id)
            and (row.hs is None or (query.hs is not None and query.hs.startswith(row.hs)))
            and self.market.has_rate(row.currency)
        )

    def for_question(self, query: Query) -> Terms:
        """The same terms for another question about the same load, with what is worked out already.

        Its ends may lie in other countries, if their marks are the same (`landbridge.terms.ends.mark_ends`).
        """
        found = copy.copy(self)
        places = self.dataset.place_by_id
        origin, destination = places[query.origin_id].country, places[query.destination_id].country
        found.query, found.load = query, replace(self.load, origin_country=origin, destination_country=destination)
        return found

    def by_epoch(self) -> Terms:
        """The same terms, each worked out for its own stretch of days without regard to which rows can touch it.

        What is told by them does not rest on :mod:`landbridge.terms.turning`.
        """
        found = copy.copy(self)
        found._turns, found._legs = None, self._legs_by_epoch
        return found

    def turning_days(self, after: date, until: date) -> tuple[date, ...]:
        """Days after one and up to another on which some row begins or ceases to apply."""
        return self._epochs.turning_days(after, until)

    def leg_turns(self, days: Iterable[date]) -> LegTurns:
        """On which of some days the terms of single legs and links may change; from now on they are worked out once between two."""
        self._turns = LegTurns(self.law, self.choice, self.legs, self.links, self._marks, self.memory, days)
        return self._turns

    def day_before(self, on: date) -> date | None:
        """The last day before the present stretch of days, on which some row began or ceased to apply."""
        return self._epochs.day_before(on)

    def epoch(self, on: date) -> int:
        return self._epochs.index_of(on)

    def local_date(self, place_id: str, minute: int) -> date:
        return local_date(self.dataset.place_by_id[place_id].zone, minute)

    def scheduled_leg(self, service: Service, stops: tuple[Stop, ...], on: date) -> LegTerms:
        key = (service.service_id, stops[0].seq, stops[-1].seq, self.epoch(on))
        found = self._legs.get(key) or self._legs.get((*key, on))
        if found is None:
            what = (service.service_id, stops[0].seq, stops[-1].seq, self._marks.of_leg(service, stops))
            since = self._turns.since(self._turns.of_leg(service, stops), on) if self._turns else None
            found = self.memory.leg(what, since or self._epochs.start_of(on), on, lambda: self.legs.scheduled_leg(service, stops, on))
            self._legs[(*key, on) if found.blocks else key] = found
        return found

    def link(self, haulage: Haulage, link: Link, from_id: str, to_id: str, on: date) -> LegTerms:
        key = (haulage.haulage_id, link.link_id, from_id, self.epoch(on))
        found = self._legs.get(key) or self._legs.get((*key, on))
        if found is None:
            what = (haulage.haulage_id, link.link_id, from_id, self._marks.of_link(haulage, link, from_id, to_id))
            since = self._turns.since(self._turns.of_link(haulage, link, from_id, to_id), on) if self._turns else None
            make = partial(self.links.link, haulage, link, from_id, to_id, on)
            found = self.memory.leg(what, since or self._epochs.start_of(on), on, make)
            self._legs[(*key, on) if found.blocks else key] = found
        return found

    def mark_link(self, haulage: Haulage, link: Link, from_id: str, to_id: str) -> Mark:
        """The same for two loads of one memory if the terms of the link are, on whatever day."""
        return self._marks.of_link(haulage, link, from_id, to_id)

    def mark_leg(self, service: Service, stops: tuple[Stop, ...]) -> Mark:
        """The same for two loads of one memory if the terms of the scheduled leg are, on whatever day."""
        return self._marks.of_leg(service, stops)

    def change(self, place_id: str, before: Carrier, after: Carrier, on: date) -> ChangeTerms:
        if not self.law.transfers_by_carrier:
            before, after = self._mode_only(before), self._mode_only(after)
        key = (place_id, before.carrier_id, after.carrier_id, self.epoch(on))
        found = self._changes.get(key) or self._changes.get((*key, on))
        if found is None:
            found = self.changes.change(self.dataset.place_by_id[place_id], before, after, on)
            self._changes[(*key, on) if found.blocks else key] = found
        return found

    def _mode_only(self, carrier: Carrier) -> Carrier:
        """A carrier of which only the mode is known: all that a change depends on where no rule on transfers names carriers."""
        if carrier.mode not in self._mode_carriers:
            self._mode_carriers[carrier.mode] = Carrier(carrier_id=carrier.mode, mode=carrier.mode)
        return self._mode_carriers[carrier.mode]

    def through_item(self, through: ThroughRate, on: date) -> Item | None:
        """The item of a through rate whose first leg is on this date; None if it does not apply then."""
        if not is_valid(through, on):
            return None
        return self.market.item(
            kind="through",
            name=through.name,
            row=through,
            row_id=through.through_id,
            amount=through.amount,
            currency=through.currency,
            per=through.per,
            quantity=self.legs.quantity(through.per),
        )

    def shipment(self) -> tuple[LawTerms, tuple[Item, ...]]:
        """What the law asks of the shipment as a whole, and its fees."""
        facts = Facts(what="shipment")
        law = self.law.judge(("shipment",), facts, self.query.ready_on)
        return law, tuple(fee_item(rule, self.market, self.load, self.legs.quantity) for rule in law.fees)

    def document_item(self, document: Document) -> Item | None:
        """The item of a document; None if it costs nothing that the feed tells."""
        if document.amount is None or not self.market.has_rate(document.currency):
            return None
        quantity = Decimal(self.load.units if document.per == "unit" else 1)
        return self.market.item(
            kind="document",
            name=document.name,
            row=document,
            row_id=document.document_id,
            amount=document.amount,
            currency=document.currency,
            per=document.per,
            quantity=quantity,
        )

    def duties(self, on: date) -> tuple[Item, ...]:
        return duty_items(self.dataset, self.load, self.market, self.query.as_of, on)

    def events_of(self, kind: str, facts: Facts, from_country: str) -> tuple[Event, ...]:
        """Events of one kind that touch a link, or a stretch or leg of a service, whatever their dates."""
        return tuple(
            event
            for event in self.choice.events.get(kind, ())
            if event.from_country in (None, from_country) and event_touches(event, facts)
        )


def event_start(event: Event) -> int:
    """The first minute of an event: 00:00 UTC of its first day."""
    return _utc_minute(event.valid_from)


def event_end(event: Event) -> int | None:
    """The minute at which an event is over: 24:00 UTC of its last day; None if no end is known."""
    return None if event.valid_to is None else _utc_minute(event.valid_to + timedelta(days=1))


def rejected_by_event(what: str, event: Event) -> Rejected:
    return Rejected(what=what, reason=event.title, since=event.valid_from, until=event.valid_to, event_id=event.event_id)


def _utc_minute(on: date) -> int:
    return (on.toordinal() - _FIRST_DAY) * MINUTES_PER_DAY
