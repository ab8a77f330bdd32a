"""Tables of links with each offer of haulage."""

from __future__ import annotations

from typing import Any

import numpy as np

from landbridge.domain.haulage import Haulage
from landbridge.graph.planning_graph import DirectedLink
from landbridge.routing.arrival import through_items
from landbridge.routing.register import Register, firsts_of
from landbridge.routing.scene import gets_better
from landbridge.routing.tables import BLOCKED, CONFIRMED, UNCONFIRMED
from landbridge.routing.through_tables import ThroughTables
from landbridge.terms.clock import MINUTES_PER_DAY
from landbridge.terms.leg import LegTerms


class ArcTables:
    """Works out what each link costs and takes with each offer that may drive it."""

    def __init__(self, register: Register, throughs: ThroughTables) -> None:
        self._register, self._throughs = register, throughs
        self._scene, self._terms, self._dataset, self._graph = register.scene, register.terms, register.dataset, register.scene.graph
        self.offers: list[Haulage] = []
        self.arcs = self._list_arcs()

    def arrays(self) -> dict[str, Any]:
        """All tables of arcs: links with an offer each."""
        arcs = self.arcs
        scene, terms, offers = self._scene, self._terms, self.offers
        epochs, count = len(self._register.days), len(arcs)
        rank, priced = self._rank_arcs(arcs)
        cost = np.zeros((len(priced), epochs), np.int64)
        emission, drive, wait, lead, once = (np.zeros((count, epochs), np.int64) for _ in range(5))
        state, fresh = np.full((count, epochs), BLOCKED, np.int8), np.zeros((count, epochs), np.int8)
        bits = np.full((len(priced), epochs), None, object)
        turns = np.zeros((len(offers), epochs), np.int8)
        closures, delays = [], []
        turns_of = terms.leg_turns(self._register.days)
        home = np.zeros((2, count), np.int8)
        in_class, out_class, opening = (np.full(count, -1, np.int32) for _ in range(3))
        for a, (link, o) in enumerate(arcs):
            offer = offers[o]
            start, end = self._register.places[link.from_id], self._register.places[link.to_id]
            carrier = scene.carrier(offer.haulage_id, offer.mode, offer.operator_id)
            in_class[a], out_class[a] = self._register.come_in(end, carrier), self._register.go_out(start, carrier)
            home[:, a] = [scene.is_home(offer, link.from_id), scene.is_home(offer, link.to_id)]
            if link.link.border_id:
                opening[a] = self._register.opening(link.link.border_id, scene.places[link.from_id], on_working_days=False)
            closures.append(self._register.spans_of(scene.travel.events_of_link(offer, link)[0]))
            delays.append(self._register.spans_of(scene.travel.events_of_link(offer, link)[1]))
            before: LegTerms | None = None
            throughs = self._throughs.of.get((offer.haulage_id,), ())
            own = [a, *(self._throughs.rows[g] + rank[a] for g in throughs)]
            for k, source in enumerate(self._register.stretches(turns_of.of_link(offer, link.link, link.from_id, link.to_id))):
                if source != k:
                    continue
                leg = terms.link(offer, link.link, link.from_id, link.to_id, self._register.days[k])
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
                paper_bits = self._register.paper_bits(leg.documents)
                cost[a, k:] = leg.cost_cents
                bits[a, k:] = paper_bits | self._register.once_bits(leg.once)
                once[a, k:] = sum(item.cost_cents for item in leg.once)
                for g, row in zip(throughs, own[1:], strict=True):
                    items, due_once = through_items(leg, self._throughs.legs[g][0], terms.choice.surcharge_kinds)
                    cost[row, k:] = sum(item.cost_cents for item in items)
                    bits[row, k:] = paper_bits | self._register.once_bits(due_once)
        place_of = [self._register.places[link.from_id] for link, _ in arcs]
        counts = np.bincount(np.array(place_of, np.int64), minlength=len(self._register.places))
        slots: dict[tuple[int, int], int] = {}
        slot_from = [slots.setdefault((place, o), len(slots)) for place, (_, o) in zip(place_of, arcs, strict=True)]
        slot_to = [slots.setdefault((self._register.places[link.to_id], o), len(slots)) for link, o in arcs]
        self.slots = len(slots)
        return {
            "arc_first": firsts_of(counts),
            "arc_from": np.array(place_of, np.int32),
            "arc_to": np.array([self._register.places[link.to_id] for link, _ in arcs], np.int32),
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
            "close_first": firsts_of(len(spans) for spans in closures),
            "close_start": np.array([start for spans in closures for start, _, _ in spans], np.int64),
            "close_end": np.array([end for spans in closures for _, end, _ in spans], np.int64),
            "delay_first": firsts_of(len(spans) for spans in delays),
            "delay_start": np.array([start for spans in delays for start, _, _ in spans], np.int64),
            "delay_end": np.array([end for spans in delays for _, end, _ in spans], np.int64),
            "delay_min": np.array([delay for spans in delays for _, _, delay in spans], np.int64),
            "offer_limit": np.array([row.drive_min or 0 for row in offers], np.int64),
            "offer_rest": np.array([row.rest_min or 0 for row in offers], np.int64),
            "offer_lead": np.array([row.lead_min for row in offers], np.int64),
            "offer_turns": turns,
        }

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

    def _rank_arcs(self, arcs: list[tuple[DirectedLink, int]]) -> tuple[Any, list[int]]:
        """Number of each arc among those of its offer; and the arc of each price, the ordinary ones first, then legs of through rates."""
        of_offer: list[list[int]] = [[] for _ in self.offers]
        rank = np.zeros(len(arcs), np.int32)
        for a, (_, o) in enumerate(arcs):
            rank[a] = len(of_offer[o])
            of_offer[o].append(a)
        priced = list(range(len(arcs)))
        for g, (_, _, leg) in enumerate(self._throughs.legs):
            if leg.haulage_id in self.offer_index:
                self._throughs.rows[g] = len(priced)
                priced += of_offer[self.offer_index[leg.haulage_id]]
        return rank, priced
