"""Tables of links with each offer of haulage."""

from __future__ import annotations

from copy import copy
from typing import Any

import numpy as np

from landbridge.domain.haulage import Haulage
from landbridge.graph.planning_graph import DirectedLink, PlanningGraph
from landbridge.routing.arrival import through_items
from landbridge.routing.register import Register, firsts_of
from landbridge.routing.scene import gets_better
from landbridge.routing.strip import Dues, Sheet, Strip
from landbridge.routing.tables import BLOCKED, CONFIRMED, UNCONFIRMED
from landbridge.routing.through_tables import ThroughTables
from landbridge.terms.clock import MINUTES_PER_DAY
from landbridge.terms.law import Facts

_COLUMNS = {
    "emission": np.int64, "drive": np.int64, "wait": np.int64, "lead": np.int64, "once": np.int64, "state": np.int8, "fresh": np.int8,
}  # fmt: skip
"""What is told of each arc and epoch, beside prices."""
_PRICE_COLUMNS = {"cost": np.int64}
MOST_KEPT = 24_000
"""A network with more arcs keeps none of them for other loads."""
_MOST_STRIPS = 2 * MOST_KEPT
"""Of loads between all countries in some months; some 120 MB."""


def shares_tables(graph: PlanningGraph) -> bool:
    """Whether tables of one load are soon made from those of another: a network may be so large that each is worked out by itself."""
    return sum(len(link.offers) for links in graph.links.values() for link in links) <= MOST_KEPT


class ArcTables:
    """Works out what each link costs and takes with each offer that may drive it."""

    def __init__(self, register: Register, throughs: ThroughTables) -> None:
        self._register, self._throughs = register, throughs
        self._scene, self._terms, self._dataset, self._graph = register.scene, register.terms, register.dataset, register.scene.graph
        self.are_kept = shares_tables(self._graph)
        """Whether what is worked out of arcs is kept for other loads."""
        self.offers: list[Haulage] = []
        self.arcs = self._list_arcs()

    def arrays(self) -> dict[str, Any]:
        """All tables of arcs: links with an offer each."""
        return self._ends() | self._prices() | self._events() | self._offers()

    def renewed(self, register: Register) -> tuple[ArcTables, dict[str, Any]]:
        """The tables for another load that differs in its ends alone, and those of them that differ.

        Events must fit both loads or neither of them.
        """
        new = copy(self)
        new._register, new._scene, new._terms = register, register.scene, register.terms
        marks = [new._terms.law.mark(facts) for facts, _ in self._kinds]
        kinds = zip(self._kinds, marks, self._marks, strict=True)
        changed = [a for (_, arcs), mark, before in kinds if mark != before for a in arcs]
        new._marks = marks
        if not changed:
            return new, {}
        new._sheet = self._sheet.renewed({a: new._strip(a) for a in changed}, register.number_of)
        return new, new._written()

    def let_go(self) -> None:
        """Keep no more than what the arcs are."""
        del self._sheet, self._kinds, self._marks

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
        count = len(self.arcs)
        rank, priced = self._rank_arcs(self.arcs)
        prices = [(a, 0) for a in range(count)] + [(0, 0)] * (len(priced) - count)
        for a, (_, o) in enumerate(self.arcs):
            for number, g in enumerate(self._legs_of(self.offers[o]), 1):
                prices[self._throughs.rows[g] + rank[a]] = a, number
        strips = [self._strip(a) for a in range(count)]
        self._sheet = Sheet(strips, prices, (_COLUMNS, _PRICE_COLUMNS), len(self._register.days), self._register.number_of)
        self._kinds = self._list_kinds()
        self._marks = [self._terms.law.mark(facts) for facts, _ in self._kinds]
        return self._written() | {"arc_rank": rank, "arc_of_price": np.array(priced, np.int32)}

    def _written(self) -> dict[str, Any]:
        """What depends on the terms of the arcs."""
        turns = np.zeros((len(self.offers), len(self._register.days)), np.int8)
        for (_, o), strip in zip(self.arcs, self._sheet.strips, strict=True):
            if strip.turns:
                turns[o, strip.turns] = 1
        told = self._sheet.values | self._sheet.prices | {"bits": self._sheet.dues}
        return {f"arc_{name}": table for name, table in told.items()} | {"offer_turns": turns}

    def _list_kinds(self) -> list[tuple[Facts, list[int]]]:
        """Arcs that rules cannot tell apart, with what rules see of them."""
        links = self._terms.links
        kinds: dict[tuple[object, ...], tuple[Facts, list[int]]] = {}
        for a, (link, o) in enumerate(self.arcs):
            what = self.offers[o], link.link, link.from_id, link.to_id
            kinds.setdefault(links.key(*what), (links.facts(*what), []))[1].append(a)
        return list(kinds.values())

    def _legs_of(self, offer: Haulage) -> list[int]:
        """Legs of through rates that are driven by an offer."""
        return self._throughs.of.get((offer.haulage_id,), [])

    def _strip(self, a: int) -> Strip:
        """One arc, from loads of other ends if nothing of it depends on them; a network with more arcs than are kept keeps none."""
        link, o = self.arcs[a]
        if not self.are_kept:
            return self._make_strip(link, self.offers[o])
        offer, mark = self.offers[o], self._terms.mark_link(self.offers[o], link.link, link.from_id, link.to_id)
        what = (self._register.days, offer.haulage_id, link.link.link_id, link.from_id, mark)
        return self._terms.memory.recall("strips", what, lambda: self._make_strip(link, offer), _MOST_STRIPS)

    def _make_strip(self, link: DirectedLink, offer: Haulage) -> Strip:
        """Work out one arc, stretch by stretch: what is told of one epoch holds until the next in which something may change."""
        register, before = self._register, None
        rates = [self._throughs.legs[g][0] for g in self._legs_of(offer)]
        firsts: list[int] = []
        values, turns = [], []
        prices: list[list[tuple[int, Dues]]] = [[] for _ in range(1 + len(rates))]
        for k, source in enumerate(register.stretches(register.turns.of_link(offer, link.link, link.from_id, link.to_id))):
            if source != k:
                continue
            firsts.append(k)
            leg = self._terms.link(offer, link.link, link.from_id, link.to_id, register.days[k])
            if before is not None and gets_better(before, leg):
                turns.append(k)
            before = leg
            papers_wait = leg.lead_days * MINUTES_PER_DAY
            if leg.blocks:  # a run that waits for papers may find the way open when they are there
                values.append((0, 0, 0, papers_wait, 0, BLOCKED, 0))
                for found in prices:
                    found.append((0, frozenset()))
                continue
            wait = leg.border.wait_min.typical if leg.border else 0
            state = CONFIRMED if leg.is_confirmed else UNCONFIRMED
            is_fresh = leg.border is not None and offer.rest_min is not None and wait >= offer.rest_min
            once = sum(item.cost_cents for item in leg.once)
            values.append((leg.emission_g, leg.drive_min, wait, papers_wait, once, state, int(is_fresh)))
            papers = register.dues_of_papers(leg.documents)
            prices[0].append((leg.cost_cents, papers | register.dues_of_items(leg.once)))
            for found, rate in zip(prices[1:], rates, strict=True):
                items, once_items = through_items(leg, rate, self._terms.choice.surcharge_kinds)
                found.append((sum(item.cost_cents for item in items), papers | register.dues_of_items(once_items)))
        return Strip(
            lengths=register.lengths_of(firsts),
            values=tuple(values),
            prices=tuple(tuple((cost,) for cost, _ in found) for found in prices),
            dues=tuple(tuple(dues for _, dues in found) for found in prices),
            turns=turns,
        )

    def _events(self) -> dict[str, Any]:
        """When arcs are closed, and when they are delayed."""
        events = [self._scene.travel.events_of_link(self.offers[o], link) for link, o in self.arcs]
        spans: dict[int, list[tuple[int, int, int]]] = {}
        for pair in events:
            for rows in pair:
                if id(rows) not in spans:
                    spans[id(rows)] = self._register.spans_of(rows)
        closures, delays = ([spans[id(pair[kind])] for pair in events] for kind in (0, 1))
        return {
            "close_first": firsts_of(len(rows) for rows in closures),
            "close_start": np.array([start for rows in closures for start, _, _ in rows], np.int64),
            "close_end": np.array([end for rows in closures for _, end, _ in rows], np.int64),
            "delay_first": firsts_of(len(rows) for rows in delays),
            "delay_start": np.array([start for rows in delays for start, _, _ in rows], np.int64),
            "delay_end": np.array([end for rows in delays for _, end, _ in rows], np.int64),
            "delay_min": np.array([delay for rows in delays for _, _, delay in rows], np.int64),
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
