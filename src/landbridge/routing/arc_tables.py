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


class ArcTables:
    """Works out what each link costs and takes with each offer that may drive it."""

    def __init__(self, register: Register, throughs: ThroughTables) -> None:
        self._register, self._throughs = register, throughs
        self._scene, self._terms, self._dataset, self._graph = register.scene, register.terms, register.dataset, register.scene.graph
        self.offers: list[Haulage] = []
        self.arcs = self._list_arcs()

    def arrays(self) -> dict[str, Any]:
        """All tables of arcs: links with an offer each."""
        return self._ends() | self._prices() | self._events() | self._offers()

    def _ends(self) -> dict[str, Any]:
        """Where arcs lead, and how goods come and go by them."""
        scene, register, count = self._scene, self._register, len(self.arcs)
        home = np.zeros((2, count), np.int8)
        in_class, out_class, opening = (np.full(count, -1, np.int32) for _ in range(3))
        for a, (link, o) in enumerate(self.arcs):
            offer = self.offers[o]
            carrier = scene.carrier(offer.haulage_id, offer.mode, offer.operator_id)
            in_class[a] = register.come_in(register.places[link.to_id], carrier)
            out_class[a] = register.go_out(register.places[link.from_id], carrier)
            home[:, a] = [scene.is_home(offer, link.from_id), scene.is_home(offer, link.to_id)]
            if link.link.border_id:
                opening[a] = register.opening(link.link.border_id, scene.places[link.from_id], on_working_days=False)
        start = [register.places[link.from_id] for link, _ in self.arcs]
        end = [register.places[link.to_id] for link, _ in self.arcs]
        slots: dict[tuple[int, int], int] = {}
        slot_from = [slots.setdefault((place, o), len(slots)) for place, (_, o) in zip(start, self.arcs, strict=True)]
        slot_to = [slots.setdefault((place, o), len(slots)) for place, (_, o) in zip(end, self.arcs, strict=True)]
        self.slots = len(slots)
        return {
            "arc_first": firsts_of(np.bincount(np.array(start, np.int64), minlength=len(register.places))),
            "arc_from": np.array(start, np.int32),
            "arc_to": np.array(end, np.int32),
            "arc_offer": np.array([o for _, o in self.arcs], np.int32),
            "arc_in": in_class,
            "arc_out": out_class,
            "arc_open": opening,
            "arc_home_from": home[0],
            "arc_home_to": home[1],
            "arc_slot_from": np.array(slot_from, np.int32),
            "arc_slot_to": np.array(slot_to, np.int32),
        }

    def _prices(self) -> dict[str, Any]:
        """What arcs cost and take by epoch, alone and as legs of through rates; and when an offer gets better."""
        epochs, count = len(self._register.days), len(self.arcs)
        rank, priced = self._rank_arcs(self.arcs)
        found = {name: np.zeros((count, epochs), np.int64) for name in ("emission", "drive", "wait", "lead", "once")}
        found |= {"cost": np.zeros((len(priced), epochs), np.int64), "bits": np.full((len(priced), epochs), None, object)}
        found |= {"state": np.full((count, epochs), BLOCKED, np.int8), "fresh": np.zeros((count, epochs), np.int8)}
        turns = np.zeros((len(self.offers), epochs), np.int8)
        for a in range(count):
            self._price(a, int(rank[a]), found, turns)
        return {f"arc_{name}": table for name, table in found.items()} | {
            "arc_rank": rank,
            "arc_of_price": np.array(priced, np.int32),
            "offer_turns": turns,
        }

    def _price(self, a: int, rank: int, found: dict[str, np.ndarray], turns: np.ndarray) -> None:
        """Fill in one arc, epoch by epoch: what is told of one holds until the next in which something may change."""
        (link, o), register, throughs = self.arcs[a], self._register, self._throughs
        offer, before = self.offers[o], None
        legs = throughs.of.get((offer.haulage_id,), [])
        own = [a, *(throughs.rows[g] + rank for g in legs)]
        for k, source in enumerate(register.stretches(register.turns.of_link(offer, link.link, link.from_id, link.to_id))):
            if source != k:
                continue
            leg = self._terms.link(offer, link.link, link.from_id, link.to_id, register.days[k])
            if before is not None and gets_better(before, leg):
                turns[o, k] = 1
            before = leg
            if leg.blocks:
                found["state"][a, k:] = BLOCKED
                found["cost"][own, k:], found["bits"][own, k:] = 0, None
                for name in ("emission", "drive", "wait", "lead", "once", "fresh"):
                    found[name][a, k:] = 0
                continue
            border_min = leg.border.wait_min.typical if leg.border else 0
            found["state"][a, k:] = CONFIRMED if leg.is_confirmed else UNCONFIRMED
            found["emission"][a, k:], found["drive"][a, k:], found["wait"][a, k:] = leg.emission_g, leg.drive_min, border_min
            found["lead"][a, k:] = leg.lead_days * MINUTES_PER_DAY
            found["fresh"][a, k:] = leg.border is not None and offer.rest_min is not None and border_min >= offer.rest_min
            found["once"][a, k:] = sum(item.cost_cents for item in leg.once)
            papers = register.paper_bits(leg.documents)
            found["cost"][a, k:], found["bits"][a, k:] = leg.cost_cents, papers | register.once_bits(leg.once)
            for g, row in zip(legs, own[1:], strict=True):
                items, due_once = through_items(leg, throughs.legs[g][0], self._terms.choice.surcharge_kinds)
                found["cost"][row, k:], found["bits"][row, k:] = (
                    sum(item.cost_cents for item in items),
                    papers | register.once_bits(due_once),
                )

    def _events(self) -> dict[str, Any]:
        """When arcs are closed, and when they are delayed."""
        events = [self._scene.travel.events_of_link(self.offers[o], link) for link, o in self.arcs]
        closures, delays = ([self._register.spans_of(one[kind]) for one in events] for kind in (0, 1))
        return {
            "close_first": firsts_of(len(spans) for spans in closures),
            "close_start": np.array([start for spans in closures for start, _, _ in spans], np.int64),
            "close_end": np.array([end for spans in closures for _, end, _ in spans], np.int64),
            "delay_first": firsts_of(len(spans) for spans in delays),
            "delay_start": np.array([start for spans in delays for start, _, _ in spans], np.int64),
            "delay_end": np.array([end for spans in delays for _, end, _ in spans], np.int64),
            "delay_min": np.array([delay for spans in delays for _, _, delay in spans], np.int64),
        }

    def _offers(self) -> dict[str, Any]:
        return {
            "offer_limit": np.array([row.drive_min or 0 for row in self.offers], np.int64),
            "offer_rest": np.array([row.rest_min or 0 for row in self.offers], np.int64),
            "offer_lead": np.array([row.lead_min for row in self.offers], np.int64),
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
