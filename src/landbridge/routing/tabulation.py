"""From the terms of one load to the arrays of the kernel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np

from landbridge.domain.dataset import Dataset
from landbridge.domain.event import Event
from landbridge.domain.haulage import Haulage
from landbridge.domain.place import Place
from landbridge.domain.plan import Item
from landbridge.domain.rule import Rule
from landbridge.domain.tariff import ThroughLeg, ThroughRate
from landbridge.domain.terminal import StorageStep
from landbridge.graph.planning_graph import Boarding, DirectedLink
from landbridge.routing.arrival import rate_includes, through_items
from landbridge.routing.outlook import outlook_of
from landbridge.routing.scene import Scene, gets_better
from landbridge.routing.tables import (
    BLOCKED,
    CONFIRMED,
    HANDLES_DESTINATION,
    HANDLES_ORIGIN,
    HAS_BOX,
    NO_END,
    UNCONFIRMED,
    Tables,
)
from landbridge.terms.change import Carrier, step_cents
from landbridge.terms.clock import MINUTES_PER_DAY, local_minute
from landbridge.terms.leg import LegTerms
from landbridge.terms.terms import DESTINATION, ORIGIN, event_end, event_start
from landbridge.terms.validity import listing_days, turning_days_of

_AFTER_DAYS = 180
"""Days after the last departure for which the clock is worked out."""
_BEFORE_DAYS = 62
_STAY_DAYS = 420
_WORD = 64


class Tabulation:
    """Works out the tables of one load; see :class:`landbridge.routing.tables.Tables` for what they hold."""

    def __init__(self, scene: Scene) -> None:
        self._scene, self._terms, self._graph = scene, scene.terms, scene.graph
        query, dataset = scene.terms.query, scene.graph.dataset
        self._dataset = dataset
        self._first = query.ready_on - timedelta(days=_BEFORE_DAYS)
        self._last = query.ready_on + timedelta(days=query.horizon_days + _AFTER_DAYS)
        self.days = (query.ready_on - timedelta(days=2), *scene.terms.turning_days(query.ready_on - timedelta(days=2), self._last))
        self._places: dict[str, int] = {row.place_id: index for index, row in enumerate(dataset.places)}
        self._zones = {zone: index for index, zone in enumerate(sorted({row.zone for row in dataset.places}))}
        self._openings: dict[tuple[str, str, bool], int] = {}
        self._spans: list[list[tuple[int, int]]] = []
        self._bits: dict[str, int] = {}
        self._bit_cents: dict[str, int] = {}
        self.offers: list[Haulage] = []
        self._in: list[dict[str, int]] = [{"origin": 0} for _ in dataset.places]
        self._out: list[dict[str, int]] = [{} for _ in dataset.places]
        self._in_carriers: list[list[Carrier]] = [[ORIGIN] for _ in dataset.places]
        self._out_carriers: list[list[Carrier]] = [[] for _ in dataset.places]
        self._by_carrier = scene.terms.law.transfers_by_carrier
        self.through_legs: list[tuple[ThroughRate, int, ThroughLeg]] = [
            (rate, position, leg)
            for rate in scene.terms.throughs
            for position, leg in enumerate(scene.graph.through_legs.get(rate.through_id, ()))
        ]
        self._through_of: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for g, (_, _, leg) in enumerate(self.through_legs):
            self._through_of[(leg.haulage_id,) if leg.haulage_id else (leg.service_id or "", leg.from_place_id, leg.to_place_id)].append(g)
        self._through_row = np.zeros(len(self.through_legs), np.int32)

    def compile(self) -> Tables:
        """Work out all tables."""
        self.arcs = self._list_arcs()
        parts = self._clock() | self._arc_arrays(self.arcs) | self._board_arrays(self._list_boardings())
        parts |= self._through_arrays()
        parts |= self._change_arrays()
        parts |= self._stay_arrays()
        parts |= self._opening_arrays()
        parts |= self._bit_arrays(parts)
        parts |= outlook_of(parts, self._scene)
        for name, table in parts.items():
            parts[name] = table = np.ascontiguousarray(table)
            table.flags.writeable = False
        return Tables(**parts)

    def paper_words(self, document_ids: Iterable[str]) -> Any:
        """Words of the papers that cost something."""
        bits = {self._bits[f"paper {one}"] for one in document_ids if f"paper {one}" in self._bits}
        return words_of(bits, self._words)

    # --- clock -----------------------------------------------------------------------------------------------------------------

    def _clock(self) -> dict[str, Any]:
        span = (self._last - self._first).days + 2
        starts = np.empty((len(self._zones), len(self.days) - 1), np.int64)
        days = np.empty((len(self._zones), span), np.int64)
        for zone, index in self._zones.items():
            starts[index] = [local_minute(zone, day, 0) for day in self.days[1:]]
            days[index] = [local_minute(zone, self._first + timedelta(days=offset), 0) for offset in range(span)]
        self._day_start = days
        zones = np.array([self._zones[row.zone] for row in self._dataset.places], np.int32)
        return {"zone": zones, "epoch_start": starts, "day_start": days}

    def _epoch_of(self, on: date) -> int:
        return sum(day <= on for day in self.days[1:])

    def _stretches(self, days: Set[date]) -> list[int]:
        """For each epoch the first one since which no row that matters has begun or ceased to apply."""
        found, last = [], 0
        for index, day in enumerate(self.days):
            if index and day in days:
                last = index
            found.append(last)
        return found

    def _turning_days(self, *tables: Iterable[object]) -> set[date]:
        return {day for rows in tables for day in turning_days_of(rows, self._first, self._last)}

    def _opening(self, subject_id: str, place: Place, *, on_working_days: bool) -> int:
        """Index of the open intervals of a place or border; -1 if it is always open."""
        key = (subject_id, place.zone, on_working_days)
        if not self._terms.openings.has_hours(subject_id) and not on_working_days:
            return -1
        if key not in self._openings:
            self._openings[key] = len(self._spans)
            self._spans.append(
                self._terms.openings.intervals(subject_id, place, self._first, self._last, needs_working_day=on_working_days)
            )
        return self._openings[key]

    def _opening_arrays(self) -> dict[str, Any]:
        spans = self._spans
        return {
            "open_first": _firsts(len(span) for span in spans),
            "open_start": np.array([start for span in spans for start, _ in span], np.int64),
            "open_end": np.array([end for span in spans for _, end in span], np.int64),
        }

    # --- papers and prices due once ---------------------------------------------------------------------------------------------

    def _paper_bits(self, documents: Iterable[Any]) -> set[int]:
        return {
            self._bit(f"paper {row.document_id}", cents)
            for row, _ in documents
            if (cents := self._scene.document_cents.get(row.document_id, 0))
        }

    def _once_bits(self, items: Iterable[Item]) -> set[int]:
        return {self._bit(f"once {item.row_id}", item.cost_cents) for item in items if item.cost_cents}

    def _bit(self, name: str, cents: int) -> int:
        if name not in self._bits:
            self._bits[name] = len(self._bits)
            self._bit_cents[name] = cents
        return self._bits[name]

    def _bit_arrays(self, parts: dict[str, Any]) -> dict[str, Any]:
        """Turn the sets of bits, which stand in object arrays until all are known, into words."""
        words = self._words = -(-max(len(self._bits), 1) // _WORD)
        for name in ("arc_bits", "ride_bits", "change_bits"):
            sets = parts[name]
            flat = np.zeros((sets.size, words), np.int64)
            for row, bits in enumerate(sets.ravel()):
                if bits:
                    flat[row] = words_of(bits, words)
            parts[name] = flat.reshape((*sets.shape, words))
        cost = np.zeros(words * _WORD, np.int64)
        for name, bit in self._bits.items():
            cost[bit] = self._bit_cents[name]
        papers = {bit for name, bit in self._bits.items() if name.startswith("paper ")}
        return {"bit_cost": cost, "paper_mask": words_of(papers, words)}

    # --- arcs ------------------------------------------------------------------------------------------------------------------

    def _come_in(self, place: int, carrier: Carrier) -> int:
        return _class_of(self._in[place], self._in_carriers[place], carrier, by_carrier=self._by_carrier)

    def _go_out(self, place: int, carrier: Carrier) -> int:
        return _class_of(self._out[place], self._out_carriers[place], carrier, by_carrier=self._by_carrier)

    def _list_arcs(self) -> list[tuple[DirectedLink, int]]:
        unit = self._terms.load.unit_type.unit_type_id
        slots: dict[str, int] = {}
        for row in self._dataset.haulage:
            if unit in row.unit_types:
                slots[row.haulage_id] = len(self.offers)
                self.offers.append(row)
        self.offer_index = slots
        found = []
        for place in self._dataset.places:
            for link in self._graph.links.get(place.place_id, ()):
                found += [(link, slots[offer.haulage_id]) for offer in link.offers if offer.haulage_id in slots]
        return found

    def _is_felt_elsewhere(self, rule: Rule) -> bool:
        """Whether a rule may change what those of another scope say: it lifts some, or is a licence."""
        return rule.effect == "licence" or any(rule.rule_id in row.unless_rule_ids for row in self._dataset.rules)

    def _arc_arrays(self, arcs: list[tuple[DirectedLink, int]]) -> dict[str, Any]:
        scene, terms, offers = self._scene, self._terms, self.offers
        epochs, count = len(self.days), len(arcs)
        rank, priced = self._rank_arcs(arcs)
        cost = np.zeros((len(priced), epochs), np.int64)
        emission, drive, wait, lead, once = (np.zeros((count, epochs), np.int64) for _ in range(5))
        state, fresh = np.full((count, epochs), BLOCKED, np.int8), np.zeros((count, epochs), np.int8)
        bits = np.full((len(priced), epochs), None, object)
        turns = np.zeros((len(offers), epochs), np.int8)
        closures, delays = [], []
        turns_of = terms.leg_turns(self.days)
        home = np.zeros((2, count), np.int8)
        in_class, out_class, opening = (np.full(count, -1, np.int32) for _ in range(3))
        for a, (link, o) in enumerate(arcs):
            offer = offers[o]
            start, end = self._places[link.from_id], self._places[link.to_id]
            carrier = scene.carrier(offer.haulage_id, offer.mode, offer.operator_id)
            in_class[a], out_class[a] = self._come_in(end, carrier), self._go_out(start, carrier)
            home[:, a] = [scene.is_home(offer, link.from_id), scene.is_home(offer, link.to_id)]
            if link.link.border_id:
                opening[a] = self._opening(link.link.border_id, scene.places[link.from_id], on_working_days=False)
            closures.append(self._spans_of(scene.travel.events_of_link(offer, link)[0]))
            delays.append(self._spans_of(scene.travel.events_of_link(offer, link)[1]))
            before: LegTerms | None = None
            throughs = self._through_of.get((offer.haulage_id,), ())
            own = [a, *(self._through_row[g] + rank[a] for g in throughs)]
            for k, source in enumerate(self._stretches(turns_of.of_link(offer, link.link, link.from_id, link.to_id))):
                if source != k:
                    continue
                leg = terms.link(offer, link.link, link.from_id, link.to_id, self.days[k])
                if before is not None and gets_better(before, leg):
                    turns[o, k] = 1
                if leg.blocks:
                    if before is not None and not before.blocks:
                        state[a, k:] = BLOCKED
                        for table in (emission, drive, wait, lead, once, fresh):
                            table[a, k:] = 0
                        cost[own, k:], bits[own, k:] = 0, None
                    before = leg
                    continue
                before = leg
                border_min = leg.border.wait_min.typical if leg.border else 0
                state[a, k:] = CONFIRMED if leg.is_confirmed else UNCONFIRMED
                emission[a, k:], drive[a, k:], lead[a, k:] = leg.emission_g, leg.drive_min, leg.lead_days * MINUTES_PER_DAY
                wait[a, k:] = border_min
                fresh[a, k:] = leg.border is not None and offer.rest_min is not None and border_min >= offer.rest_min
                paper_bits = self._paper_bits(leg.documents)
                cost[a, k:] = leg.cost_cents
                bits[a, k:] = paper_bits | self._once_bits(leg.once)
                once[a, k:] = sum(item.cost_cents for item in leg.once)
                for g, row in zip(throughs, own[1:], strict=True):
                    items, due_once = through_items(leg, self.through_legs[g][0], terms.choice.surcharge_kinds)
                    cost[row, k:] = sum(item.cost_cents for item in items)
                    bits[row, k:] = paper_bits | self._once_bits(due_once)
        place_of = [self._places[link.from_id] for link, _ in arcs]
        slots: dict[tuple[int, int], int] = {}
        slot_from = [slots.setdefault((place, o), len(slots)) for place, (_, o) in zip(place_of, arcs, strict=True)]
        slot_to = [slots.setdefault((self._places[link.to_id], o), len(slots)) for link, o in arcs]
        self.slots = len(slots)
        return {
            "arc_first": _firsts(np.bincount(place_of, minlength=len(self._places))) if arcs else np.zeros(len(self._places) + 1, np.int32),
            "arc_from": np.array(place_of, np.int32),
            "arc_to": np.array([self._places[link.to_id] for link, _ in arcs], np.int32),
            "arc_offer": np.array([o for _, o in arcs], np.int32),
            "arc_in": in_class,
            "arc_out": out_class,
            "arc_open": opening,
            "arc_home_from": home[0],
            "arc_home_to": home[1],
            "arc_slot_from": np.array(slot_from, np.int32),
            "arc_slot_to": np.array(slot_to, np.int32),
            "arc_rank": rank,
            "arc_of_price": np.array(priced, np.int32),
            "arc_cost": cost,
            "arc_emission": emission,
            "arc_state": state,
            "arc_drive": drive,
            "arc_wait": wait,
            "arc_fresh": fresh,
            "arc_lead": lead,
            "arc_once": once,
            "arc_bits": bits,
            "close_first": _firsts(len(spans) for spans in closures),
            "close_start": np.array([start for spans in closures for start, _, _ in spans], np.int64),
            "close_end": np.array([end for spans in closures for _, end, _ in spans], np.int64),
            "delay_first": _firsts(len(spans) for spans in delays),
            "delay_start": np.array([start for spans in delays for start, _, _ in spans], np.int64),
            "delay_end": np.array([end for spans in delays for _, end, _ in spans], np.int64),
            "delay_min": np.array([delay for spans in delays for _, _, delay in spans], np.int64),
            "offer_limit": np.array([row.drive_min or 0 for row in offers], np.int64),
            "offer_rest": np.array([row.rest_min or 0 for row in offers], np.int64),
            "offer_lead": np.array([row.lead_min for row in offers], np.int64),
            "offer_turns": turns,
        }

    def _rank_arcs(self, arcs: list[tuple[DirectedLink, int]]) -> tuple[Any, list[int]]:
        """Number of each arc among those of its offer; and the arc of each price, the ordinary ones first, then legs of through rates."""
        of_offer: list[list[int]] = [[] for _ in self.offers]
        rank = np.zeros(len(arcs), np.int32)
        for a, (_, o) in enumerate(arcs):
            rank[a] = len(of_offer[o])
            of_offer[o].append(a)
        priced = list(range(len(arcs)))
        for g, (_, _, leg) in enumerate(self.through_legs):
            if leg.haulage_id in self.offer_index:
                self._through_row[g] = len(priced)
                priced += of_offer[self.offer_index[leg.haulage_id]]
        return rank, priced

    def _spans_of(self, events: Sequence[Event]) -> list[tuple[int, int, int]]:
        """Start, end and delay of the events that are not over when the goods are ready."""
        found = []
        for event in events:
            end = event_end(event)
            if end is None or end > self._scene.ready_at:
                found.append((event_start(event), NO_END if end is None else end, event.delay_min.typical if event.delay_min else 0))
        return found

    # --- scheduled legs --------------------------------------------------------------------------------------------------------

    def _list_boardings(self) -> list[Boarding]:
        unit = self._terms.load.unit_type.unit_type_id
        return [
            boarding
            for place in self._dataset.places
            for boarding in self._graph.boardings.get(place.place_id, ())
            if unit in boarding.service.unit_types
        ]

    def _board_arrays(self, boardings: list[Boarding]) -> dict[str, Any]:
        scene, data = self._scene, self._dataset
        self._services = {row.service_id: index for index, row in enumerate(data.services)}
        self.lines = {line: index for index, line in enumerate(sorted({row.service.operator_id for row in boardings}))}
        self._detentions: dict[tuple[str, str], int] = {}
        turns_of = self._terms.leg_turns(self.days)
        rides: list[_Ride] = []
        departs, epochs, out_class, first_ride = [], [], [], [0]
        for boarding in boardings:
            place = boarding.stops[0].place_id
            carrier = scene.carrier(boarding.service.service_id, boarding.service.mode, boarding.service.operator_id)
            out_class.append(self._go_out(self._places[place], carrier))
            offset = boarding.stops[0].depart_min
            found = scene.timetable.departures(boarding.service.service_id, scene.ready_at - offset, scene.last_departure - offset)
            firsts = [minute for minute, _ in found]
            departs.append([minute + offset for minute in firsts])
            epochs.append([self._epoch_of(self._terms.local_date(place, minute + offset)) for minute in firsts])
            for position in range(1, len(boarding.stops)):
                if boarding.stops[position].alight:
                    days = turns_of.of_leg(boarding.service, boarding.stops[: position + 1])
                    rides.append(self._ride(boarding, position, carrier, firsts, self._stretches(days)))
            first_ride.append(len(rides))
        self.rides = rides
        rank, priced = self._rank_rides(rides)
        place_of = [self._places[row.stops[0].place_id] for row in boardings]
        counts = np.bincount(place_of, minlength=len(self._places)) if boardings else np.zeros(len(self._places), np.int64)
        shape = (len(rides), len(self.days))

        def stack(values: list[Any], kind: Any, shape: tuple[int, ...]) -> Any:
            return np.array(values, kind).reshape(shape)

        return {
            "board_first": _firsts(counts),
            "board_out": np.array(out_class, np.int32),
            "board_service": np.array([self._services[row.service.service_id] for row in boardings], np.int32),
            "board_cutoff": np.array([row.stops[0].gate_cutoff_min for row in boardings], np.int64),
            "board_papers": np.array([row.stops[0].document_cutoff_min for row in boardings], np.int64),
            "board_is_sea": np.array([row.service.mode == "sea" for row in boardings], np.int8),
            "board_line": np.array([self.lines[row.service.operator_id] for row in boardings], np.int32),
            "depart_first": _firsts(len(minutes) for minutes in departs),
            "depart_at": np.array([minute for minutes in departs for minute in minutes], np.int64),
            "depart_epoch": np.array([k for found in epochs for k in found], np.int32),
            "ride_first": np.array(first_ride, np.int32),
            "ride_board": np.repeat(np.arange(len(boardings), dtype=np.int32), np.diff(first_ride)),
            "ride_to": np.array([row.to for row in rides], np.int32),
            "ride_in": np.array([row.in_class for row in rides], np.int32),
            "ride_rank": rank,
            "ride_of_price": np.array([r for r, _ in priced], np.int32),
            "ride_cost": stack([rides[r].cost[row] for r, row in priced], np.int64, (len(priced), len(self.days))),
            "ride_includes": stack([rides[r].includes[row] for r, row in priced], np.int8, (len(priced), len(self.days))),
            "ride_emission": stack([row.emission for row in rides], np.int64, shape),
            "ride_state": stack([row.state for row in rides], np.int8, shape),
            "ride_priced": stack([row.priced for row in rides], np.int8, shape),
            "ride_lead": stack([row.lead for row in rides], np.int64, shape),
            "ride_turns": stack([row.turns for row in rides], np.int8, shape),
            "ride_bits": _objects([row.bits for row in rides], shape),
            "ride_detention": np.array([row.detention for row in rides], np.int32),
            "arrive_first": _firsts((len(row.arrives) for row in rides), np.int64)[:-1],
            "arrive_at": np.array([minute for row in rides for minute in row.arrives], np.int64),
        }

    def _ride(self, boarding: Boarding, position: int, carrier: Carrier, firsts: list[int], stretches: list[int]) -> _Ride:
        scene, terms, end = self._scene, self._terms, boarding.stops[position]
        to, service = self._places[end.place_id], boarding.service
        throughs = self._through_of.get((service.service_id, boarding.stops[0].place_id, end.place_id), [])
        epochs, variants = len(self.days), 1 + len(throughs)
        new = _Ride(
            boarding,
            position,
            to,
            self._come_in(to, carrier),
            throughs,
            np.zeros((variants, epochs), np.int64),
            np.zeros((variants, epochs), np.int8),
        )
        before: LegTerms | None = None
        for k, source in enumerate(stretches):
            if source != k:
                _repeat_last(new.emission, new.state, new.priced, new.lead, new.bits)
                new.turns.append(False)
                new.cost[:, k], new.includes[:, k] = new.cost[:, k - 1], new.includes[:, k - 1]
                continue
            leg = terms.scheduled_leg(service, boarding.stops[: position + 1], self.days[k])
            new.turns.append(before is not None and gets_better(before, leg))
            before = leg
            is_blocked = any(block.status != "no_price" for block in leg.blocks)
            new.state.append(BLOCKED if is_blocked else CONFIRMED if leg.is_confirmed else UNCONFIRMED)
            new.priced.append(not leg.blocks)
            new.emission.append(leg.emission_g)
            new.lead.append(leg.lead_days * MINUTES_PER_DAY)
            new.bits.append(self._paper_bits(leg.documents))
            new.cost[0, k], new.includes[0, k] = leg.cost_cents, _includes(leg.includes)
            for row, g in enumerate(throughs, 1):
                rate = self.through_legs[g][0]
                items, _ = through_items(leg, rate, terms.choice.surcharge_kinds)
                new.cost[row, k] = sum(item.cost_cents for item in items)
                new.includes[row, k] = _includes(rate_includes(rate))
        new.arrives = self._arrivals(boarding, position, firsts)
        if service.mode == "sea" and (service.operator_id, end.place_id) in scene.detention:
            new.detention = self._detentions.setdefault((service.operator_id, end.place_id), len(self._detentions))
        return new

    def _arrivals(self, boarding: Boarding, position: int, firsts: list[int]) -> list[int]:
        """Minute of arrival of each departure from the first stop; -1 where something is closed."""
        travel, starts = self._scene.travel, boarding.stops[0].depart_min
        typical = boarding.stops[position].arrive_min.typical
        if travel.is_undisturbed(boarding, position):
            return [first_at + typical for first_at in firsts]
        return [
            -1
            if travel.closure_of_leg(boarding, position, first_at) is not None
            else first_at + typical + travel.delay_of_leg(boarding, position, first_at + starts)
            for first_at in firsts
        ]

    def _rank_rides(self, rides: list[_Ride]) -> tuple[Any, list[tuple[int, int]]]:
        """Number of each ride among those of one service between two places; and ride and row of each price, like those of arcs."""
        rank = np.zeros(len(rides), np.int32)
        priced = [(r, 0) for r in range(len(rides))]
        as_leg: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for r, ride in enumerate(rides):
            for row, g in enumerate(ride.throughs, 1):
                rank[r] = len(as_leg[g])
                as_leg[g].append((r, row))
        for g in sorted(as_leg):
            self._through_row[g] = len(priced)
            priced += as_leg[g]
        return rank, priced

    def _through_arrays(self) -> dict[str, Any]:
        legs, epochs = self.through_legs, len(self.days)
        cost = np.zeros((len(legs), epochs), np.int64)
        ends = []
        firsts: list[list[int]] = [[] for _ in self._places]
        refs = []
        for g, (rate, position, leg) in enumerate(legs):
            if position == 0:
                firsts[self._places[leg.from_place_id]].append(g)
                for k, day in enumerate(self.days):
                    item = self._terms.through_item(rate, day)
                    cost[g, k] = -1 if item is None else item.cost_cents
            last = [part for other, _, part in legs if other is rate][-1]
            ends.append(self._rest_node(last))
            refs.append(self._services[leg.service_id] if leg.service_id else self.offer_index.get(leg.haulage_id or "", -1))
        return {
            "through_first": _firsts(len(found) for found in firsts),
            "through_leg": np.array([g for found in firsts for g in found], np.int32),
            "through_next": np.array(
                [g + 1 if g + 1 < len(legs) and legs[g + 1][0] is legs[g][0] else -1 for g in range(len(legs))], np.int32
            ),
            "through_is_run": np.array([leg.haulage_id is not None for _, _, leg in legs], np.int8),
            "through_ref": np.array(refs, np.int32),
            "through_from": np.array([self._places[leg.from_place_id] for _, _, leg in legs], np.int32),
            "through_to": np.array([self._places[leg.to_place_id] for _, _, leg in legs], np.int32),
            "through_covers": np.array([position > 0 and "handling" in rate.includes for rate, position, _ in legs], np.int8),
            "through_row": self._through_row,
            "through_cost": cost,
            "through_turns": np.concatenate(
                (np.zeros((len(legs), 1), bool), (cost[:, 1:] >= 0) & ((np.diff(cost) < 0) | (cost[:, :-1] < 0))), axis=1
            ),
            "through_end": np.array(ends, np.int32),
        }

    def _rest_node(self, leg: ThroughLeg) -> int:
        """Node of goods that a leg has brought to its end; the origin's where no such goods can come."""
        place = self._places[leg.to_place_id]
        if leg.service_id:
            service = self._dataset.service_by_id[leg.service_id]
            key = service.service_id if self._by_carrier else service.mode
        else:
            offer = self._dataset.haulage_by_id[leg.haulage_id or ""]
            key = offer.haulage_id if self._by_carrier else offer.mode
        return sum(len(found) for found in self._in[:place]) + self._in[place].get(key, 0)

    # --- changes, storage, detention ---------------------------------------------------------------------------------------------

    def _change_arrays(self) -> dict[str, Any]:
        data = self._dataset
        rules = [row for row in data.rules if row.scope == "transfer" or self._is_felt_elsewhere(row)]
        turning = self._turning_days(data.handling, data.documents, rules, data.emission_factors)
        stretches = self._stretches(turning | (listing_days(data) if self._by_carrier else set()))
        covered = _covered_places(data)
        cost: list[int] = []
        moving: list[int] = []
        duration: list[int] = []
        working: list[bool] = []
        emission: list[int] = []
        blocked: list[bool] = []
        lead: list[int] = []
        bits: list[set[int]] = []
        free: list[bool] = []
        firsts = []
        for p, place in enumerate(data.places):
            firsts.append(len(cost))
            for before in self._in_carriers[p]:
                for after in (*self._out_carriers[p], DESTINATION):
                    free.append(place.place_id in covered)
                    for k, source in enumerate(stretches):
                        if source != k:
                            _repeat_last(cost, moving, duration, working, emission, blocked, lead, bits)
                            continue
                        terms = self._terms.change(place.place_id, before, after, self.days[k])
                        cost.append(terms.cost_cents)
                        moving.append(terms.moving_cents)
                        duration.append(terms.duration_min)
                        working.append(terms.needs_working_day)
                        emission.append(terms.emission_g)
                        blocked.append(bool(terms.blocks))
                        lead.append(max((row.lead_days for row, _ in terms.documents), default=0) * MINUTES_PER_DAY)
                        bits.append(self._paper_bits(terms.documents))
        opening = [
            [self._opening(row.place_id, row, on_working_days=False), self._opening(row.place_id, row, on_working_days=True)]
            for row in data.places
        ]
        return {
            "in_first": _firsts(len(found) for found in self._in),
            "out_count": np.array([len(found) + 1 for found in self._out_carriers], np.int32),
            "change_first": np.array(firsts, np.int32),
            "change_cost": np.array(cost, np.int64),
            "change_moving": np.array(moving, np.int64),
            "change_duration": np.array(duration, np.int64),
            "change_working": np.array(working, np.int8),
            "change_emission": np.array(emission, np.int64),
            "change_blocked": np.array(blocked, np.int8),
            "change_lead": np.array(lead, np.int64),
            "change_free": np.array(free, np.int8),
            "change_bits": _objects([bits], (len(bits),)),
            "place_open": np.array(opening, np.int32).reshape(-1, 2),
        }

    def _stay_arrays(self) -> dict[str, Any]:
        terms, data, epochs = self._terms, self._dataset, len(self.days)
        days = terms.query.horizon_days + 3
        rows: dict[tuple[str, ...], int] = {}
        costs: list[list[int]] = []
        index = []
        stretches = self._stretches(self._turning_days(data.storage))
        for p, place in enumerate(data.places):
            for before in self._in_carriers[p]:
                for k in stretches:
                    steps: tuple[StorageStep, ...] = ()
                    if place.place_id in terms.choice.storage_places and before is not ORIGIN:
                        steps = terms.choice.list_storage(place.place_id, before.mode, self.days[k])
                    if not steps:
                        index.append(-1)
                        continue
                    key = tuple(step.storage_id for step in steps)
                    if key not in rows:
                        rows[key] = len(costs)
                        costs.append(step_cents(terms.market, terms.load, steps, days))
                    index.append(rows[key])
        detention = np.zeros((len(self._detentions), epochs, _STAY_DAYS + 1), np.int64)
        for (line, place_id), table in self._detentions.items():
            for k, source in enumerate(self._stretches(self._turning_days(data.detention))):
                if source != k:
                    detention[table, k] = detention[table, k - 1]
                else:
                    steps_of_line = terms.choice.list_detention(line, place_id, self.days[k])
                    detention[table, k] = step_cents(terms.market, terms.load, steps_of_line, _STAY_DAYS)
        return {
            "has_storage": np.array([row.place_id in terms.choice.storage_places for row in data.places], np.int8),
            "storage_row": np.array(index, np.int32),
            "storage_cost": np.array(costs, np.int64).reshape(-1, days + 1),
            "detention_cost": detention,
            "detention_slope": np.diff(detention, axis=2).max(axis=(1, 2), initial=0),
        }


@dataclass(slots=True)
class _Ride:
    """One boarding and one stop after it."""

    boarding: Boarding
    position: int
    to: int
    in_class: int
    throughs: list[int]
    """Legs of through rates that are this ride."""
    cost: Any
    """(1 + legs, K)"""
    includes: Any
    emission: list[int] = field(default_factory=list)
    state: list[int] = field(default_factory=list)
    priced: list[bool] = field(default_factory=list)
    lead: list[int] = field(default_factory=list)
    turns: list[bool] = field(default_factory=list)
    bits: list[set[int]] = field(default_factory=list)
    arrives: list[int] = field(default_factory=list)
    detention: int = -1


def _repeat_last(*tables: list[Any]) -> None:
    for values in tables:
        values.append(values[-1])


def words_of(bits: Iterable[int], words: int) -> Any:
    """Bits as words of 64."""
    value = 0
    for bit in bits:
        value |= 1 << bit
    return np.frombuffer(value.to_bytes(8 * words, "little"), np.int64)


def _firsts(counts: Iterable[int], kind: Any = np.int32) -> Any:
    return np.concatenate((np.zeros(1, kind), np.cumsum(np.fromiter(counts, np.int64)).astype(kind)))


def _objects(values: list[Any], shape: tuple[int, ...]) -> Any:
    """An array of sets; numpy would take a list of sets for something to look into."""
    found = np.full(shape, None, object)
    flat = found.ravel()
    for row, one in enumerate(one for inner in values for one in inner):
        flat[row] = one
    return flat.reshape(shape)


def _class_of(classes: dict[str, int], carriers: list[Carrier], carrier: Carrier, *, by_carrier: bool) -> int:
    key = carrier.carrier_id if by_carrier else carrier.mode
    if key not in classes:
        classes[key] = len(classes)
        carriers.append(carrier)
    return classes[key]


def _includes(found: frozenset[str]) -> int:
    return (
        (HANDLES_ORIGIN if "handling_origin" in found else 0)
        | (HANDLES_DESTINATION if "handling_destination" in found else 0)
        | (HAS_BOX if "box" in found else 0)
    )


def _covered_places(dataset: Dataset) -> frozenset[str]:
    """Places where some price includes the lift."""
    found: set[str] = set()
    whole = {row.service_id for row in dataset.services if any(part.startswith("handling") for part in row.includes)}
    for row in dataset.tariffs:
        if row.service_id in whole or any(part.startswith("handling") for part in row.includes):
            found.update((row.from_place_id, row.to_place_id))
    for leg in dataset.through_legs:
        found.update((leg.from_place_id, leg.to_place_id))
    return frozenset(found)
