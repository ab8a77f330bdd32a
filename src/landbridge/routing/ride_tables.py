"""Tables of scheduled services: boardings, departures, and rides to each stop after them."""

from __future__ import annotations

from collections import defaultdict
from copy import copy
from dataclasses import dataclass
from typing import Any

import numpy as np

from landbridge.graph.planning_graph import Boarding
from landbridge.routing.arrival import rate_includes, through_items
from landbridge.routing.register import Register, firsts_of
from landbridge.routing.scene import gets_better
from landbridge.routing.strip import Dues, Sheet, Strip
from landbridge.routing.tables import BLOCKED, CONFIRMED, HANDLES_DESTINATION, HANDLES_ORIGIN, HAS_BOX, UNCONFIRMED
from landbridge.routing.through_tables import ThroughTables
from landbridge.terms.change import Carrier
from landbridge.terms.clock import MINUTES_PER_DAY

_COLUMNS = {"emission": np.int64, "state": np.int8, "priced": np.int8, "lead": np.int64}
"""What is told of each ride and epoch, beside prices."""
_PRICE_COLUMNS = {"cost": np.int64, "includes": np.int8}


class RideTables:
    """Works out when services leave, and what each ride costs and takes."""

    def __init__(self, register: Register, throughs: ThroughTables) -> None:
        self._register, self._throughs = register, throughs
        self._scene, self._terms, self._dataset, self._graph = register.scene, register.terms, register.dataset, register.scene.graph
        self.rides: list[Ride] = []
        self.lines: dict[str, int] = {}
        """Numbers of operators."""
        self.detentions: dict[tuple[str, str], int] = {}
        """Numbers of lines and places with detention of boxes."""

    def arrays(self) -> dict[str, Any]:
        """All tables of boardings and rides."""
        boardings = self._list_boardings()
        scene = self._scene
        self.lines |= {line: index for index, line in enumerate(sorted({row.service.operator_id for row in boardings}))}
        rides = self.rides
        departs, epochs, out_class, first_ride = [], [], [], [0]
        for boarding in boardings:
            place = boarding.stops[0].place_id
            carrier = scene.carrier(boarding.service.service_id, boarding.service.mode, boarding.service.operator_id)
            out_class.append(self._register.go_out(self._register.places[place], carrier))
            offset = boarding.stops[0].depart_min
            found = scene.timetable.departures(boarding.service.service_id, scene.tabled_from - offset, scene.tabled_until - offset)
            firsts = [minute for minute, _ in found]
            departs.append([minute + offset for minute in firsts])
            epochs.append([self._register.epoch_of(self._terms.local_date(place, minute + offset)) for minute in firsts])
            for position in range(1, len(boarding.stops)):
                if boarding.stops[position].alight:
                    rides.append(self._ride(boarding, position, carrier, firsts))
            first_ride.append(len(rides))
        rank, priced = self._rank_rides(rides)
        place_of = [self._register.places[row.stops[0].place_id] for row in boardings]
        counts = np.bincount(np.array(place_of, np.int64), minlength=len(self._register.places))
        self._facts = [self._terms.legs.facts(ride.boarding.service, ride.boarding.stops[: ride.position + 1]) for ride in rides]
        self._marks = [self._terms.law.mark(facts) for facts in self._facts]
        strips = [self._strip(ride) for ride in rides]
        self._sheet = Sheet(strips, priced, (_COLUMNS, _PRICE_COLUMNS), len(self._register.days), self._register.number_of)
        return self._written() | {
            "board_first": firsts_of(counts),
            "board_out": np.array(out_class, np.int32),
            "board_service": np.array([self._register.services[row.service.service_id] for row in boardings], np.int32),
            "board_cutoff": np.array([row.stops[0].gate_cutoff_min for row in boardings], np.int64),
            "board_papers": np.array([row.stops[0].document_cutoff_min for row in boardings], np.int64),
            "board_is_sea": np.array([row.service.mode == "sea" for row in boardings], np.int8),
            "board_line": np.array([self.lines[row.service.operator_id] for row in boardings], np.int32),
            "depart_first": firsts_of(len(minutes) for minutes in departs),
            "depart_at": np.array([minute for minutes in departs for minute in minutes], np.int64),
            "depart_epoch": np.array([k for found in epochs for k in found], np.int32),
            "ride_first": np.array(first_ride, np.int32),
            "ride_board": np.repeat(np.arange(len(boardings), dtype=np.int32), np.diff(first_ride)),
            "ride_to": np.array([row.to for row in rides], np.int32),
            "ride_in": np.array([row.in_class for row in rides], np.int32),
            "ride_rank": rank,
            "ride_of_price": np.array([r for r, _ in priced], np.int32),
            "ride_detention": np.array([row.detention for row in rides], np.int32),
            "arrive_first": firsts_of((len(row.arrives) for row in rides), np.int64)[:-1],
            "arrive_at": np.array([minute for row in rides for minute in row.arrives], np.int64),
        }

    def renewed(self, register: Register) -> tuple[RideTables, dict[str, Any]]:
        """The tables for another load that differs in its ends alone, and those of them that differ.

        Events must fit both loads or neither of them.
        """
        new = copy(self)
        new._register, new._scene, new._terms = register, register.scene, register.terms
        new._marks = [new._terms.law.mark(facts) for facts in self._facts]
        changed = [r for r, (mark, before) in enumerate(zip(new._marks, self._marks, strict=True)) if mark != before]
        if not changed:
            return new, {}
        new._sheet = self._sheet.renewed({r: new._strip(self.rides[r]) for r in changed}, register.number_of)
        return new, new._written()

    def let_go(self) -> None:
        """Keep no more than what the rides are."""
        del self._sheet, self._facts, self._marks

    def _written(self) -> dict[str, Any]:
        """What depends on the terms of the rides."""
        count = len(self.rides)
        turns = np.zeros((count, len(self._register.days)), np.int8)
        for r, strip in enumerate(self._sheet.strips):
            if strip.turns:
                turns[r, strip.turns] = 1
        told = self._sheet.values | self._sheet.prices | {"bits": self._sheet.dues[:count], "turns": turns}
        return {f"ride_{name}": table for name, table in told.items()}

    def _list_boardings(self) -> list[Boarding]:
        unit = self._terms.load.unit_type.unit_type_id
        return [
            boarding
            for place in self._dataset.places
            for boarding in self._graph.boardings.get(place.place_id, ())
            if unit in boarding.service.unit_types
        ]

    def _ride(self, boarding: Boarding, position: int, carrier: Carrier, firsts: list[int]) -> Ride:
        scene, end, service = self._scene, boarding.stops[position], boarding.service
        to = self._register.places[end.place_id]
        throughs = self._throughs.of.get((service.service_id, boarding.stops[0].place_id, end.place_id), [])
        detention = -1
        if service.mode == "sea" and (service.operator_id, end.place_id) in scene.detention:
            detention = self.detentions.setdefault((service.operator_id, end.place_id), len(self.detentions))
        arrives = self._arrivals(boarding, position, firsts)
        return Ride(boarding, position, to, self._register.come_in(to, carrier), throughs, arrives, detention)

    def _strip(self, ride: Ride) -> Strip:
        """One ride, from loads of other ends if nothing of it depends on them."""
        service, stops = ride.boarding.service, ride.boarding.stops[: ride.position + 1]
        what = (self._register.days, service.service_id, stops[0].seq, stops[-1].seq, self._terms.mark_leg(service, stops))
        return self._terms.memory.recall("ride strips", what, lambda: self._make_strip(ride))

    def _make_strip(self, ride: Ride) -> Strip:
        """Work out one ride, stretch by stretch: what is told of one epoch holds until the next in which something may change."""
        register, terms, before = self._register, self._terms, None
        service, stops = ride.boarding.service, ride.boarding.stops[: ride.position + 1]
        rates = [self._throughs.legs[g][0] for g in ride.throughs]
        firsts: list[int] = []
        values, turns = [], []
        prices: list[list[tuple[int, int]]] = [[] for _ in range(1 + len(rates))]
        dues: list[Dues] = []
        for k, source in enumerate(register.stretches(register.turns.of_leg(service, stops))):
            if source != k:
                continue
            firsts.append(k)
            leg = terms.scheduled_leg(service, stops, register.days[k])
            if before is not None and gets_better(before, leg):
                turns.append(k)
            before = leg
            is_blocked = any(block.status != "no_price" for block in leg.blocks)
            state = BLOCKED if is_blocked else CONFIRMED if leg.is_confirmed else UNCONFIRMED
            values.append((leg.emission_g, state, int(not leg.blocks), leg.lead_days * MINUTES_PER_DAY))
            dues.append(register.dues_of_papers(leg.documents))
            prices[0].append((leg.cost_cents, _includes(leg.includes)))
            for found, rate in zip(prices[1:], rates, strict=True):
                items, _ = through_items(leg, rate, terms.choice.surcharge_kinds)
                found.append((sum(item.cost_cents for item in items), _includes(rate_includes(rate))))
        return Strip(
            lengths=register.lengths_of(firsts),
            values=tuple(values),
            prices=tuple(tuple(found) for found in prices),
            dues=(tuple(dues),) * len(prices),
            turns=turns,
        )

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

    def _rank_rides(self, rides: list[Ride]) -> tuple[Any, list[tuple[int, int]]]:
        """Number of each ride among those of one service between two places; and ride and row of each price, like those of arcs."""
        rank = np.zeros(len(rides), np.int32)
        priced = [(r, 0) for r in range(len(rides))]
        as_leg: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for r, ride in enumerate(rides):
            for row, g in enumerate(ride.throughs, 1):
                rank[r] = len(as_leg[g])
                as_leg[g].append((r, row))
        for g in sorted(as_leg):
            self._throughs.rows[g] = len(priced)
            priced += as_leg[g]
        return rank, priced


@dataclass(frozen=True, slots=True)
class Ride:
    """One boarding and one stop after it."""

    boarding: Boarding
    position: int
    to: int
    in_class: int
    throughs: list[int]
    """Legs of through rates that are this ride."""
    arrives: list[int]
    """Minute of each departure's arrival; -1 where something is closed."""
    detention: int
    """Table of the line's boxes at the end; -1: none."""


def _includes(found: frozenset[str]) -> int:
    return (
        (HANDLES_ORIGIN if "handling_origin" in found else 0)
        | (HANDLES_DESTINATION if "handling_destination" in found else 0)
        | (HAS_BOX if "box" in found else 0)
    )
