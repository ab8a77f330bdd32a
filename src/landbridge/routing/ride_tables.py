"""Tables of scheduled services: boardings, departures, and rides to each stop after them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from landbridge.graph.planning_graph import Boarding
from landbridge.routing.arrival import rate_includes, through_items
from landbridge.routing.register import Register, firsts_of, objects_of
from landbridge.routing.scene import gets_better
from landbridge.routing.tables import BLOCKED, CONFIRMED, HANDLES_DESTINATION, HANDLES_ORIGIN, HAS_BOX, UNCONFIRMED
from landbridge.routing.through_tables import ThroughTables
from landbridge.terms.change import Carrier
from landbridge.terms.clock import MINUTES_PER_DAY
from landbridge.terms.leg import LegTerms


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
            found = scene.timetable.departures(boarding.service.service_id, scene.ready_at - offset, scene.last_departure - offset)
            firsts = [minute for minute, _ in found]
            departs.append([minute + offset for minute in firsts])
            epochs.append([self._register.epoch_of(self._terms.local_date(place, minute + offset)) for minute in firsts])
            for position in range(1, len(boarding.stops)):
                if boarding.stops[position].alight:
                    days = self._register.turns.of_leg(boarding.service, boarding.stops[: position + 1])
                    rides.append(self._ride(boarding, position, carrier, firsts, self._register.stretches(days)))
            first_ride.append(len(rides))
        rank, priced = self._rank_rides(rides)
        place_of = [self._register.places[row.stops[0].place_id] for row in boardings]
        counts = np.bincount(np.array(place_of, np.int64), minlength=len(self._register.places))
        shape = (len(rides), len(self._register.days))

        def stack(values: list[Any], kind: Any, shape: tuple[int, ...]) -> Any:
            return np.array(values, kind).reshape(shape)

        return {
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
            "ride_cost": stack([rides[r].cost[row] for r, row in priced], np.int64, (len(priced), len(self._register.days))),
            "ride_includes": stack([rides[r].includes[row] for r, row in priced], np.int8, (len(priced), len(self._register.days))),
            "ride_emission": stack([row.emission for row in rides], np.int64, shape),
            "ride_state": stack([row.state for row in rides], np.int8, shape),
            "ride_priced": stack([row.priced for row in rides], np.int8, shape),
            "ride_lead": stack([row.lead for row in rides], np.int64, shape),
            "ride_turns": stack([row.turns for row in rides], np.int8, shape),
            "ride_bits": objects_of([row.bits for row in rides], shape),
            "ride_detention": np.array([row.detention for row in rides], np.int32),
            "arrive_first": firsts_of((len(row.arrives) for row in rides), np.int64)[:-1],
            "arrive_at": np.array([minute for row in rides for minute in row.arrives], np.int64),
        }

    def _list_boardings(self) -> list[Boarding]:
        unit = self._terms.load.unit_type.unit_type_id
        return [
            boarding
            for place in self._dataset.places
            for boarding in self._graph.boardings.get(place.place_id, ())
            if unit in boarding.service.unit_types
        ]

    def _ride(self, boarding: Boarding, position: int, carrier: Carrier, firsts: list[int], stretches: list[int]) -> Ride:
        scene, terms, end = self._scene, self._terms, boarding.stops[position]
        to, service = self._register.places[end.place_id], boarding.service
        throughs = self._throughs.of.get((service.service_id, boarding.stops[0].place_id, end.place_id), [])
        epochs, variants = len(self._register.days), 1 + len(throughs)
        new = Ride(
            boarding,
            position,
            to,
            self._register.come_in(to, carrier),
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
            leg = terms.scheduled_leg(service, boarding.stops[: position + 1], self._register.days[k])
            new.turns.append(before is not None and gets_better(before, leg))
            before = leg
            is_blocked = any(block.status != "no_price" for block in leg.blocks)
            new.state.append(BLOCKED if is_blocked else CONFIRMED if leg.is_confirmed else UNCONFIRMED)
            new.priced.append(not leg.blocks)
            new.emission.append(leg.emission_g)
            new.lead.append(leg.lead_days * MINUTES_PER_DAY)
            new.bits.append(self._register.paper_bits(leg.documents))
            new.cost[0, k], new.includes[0, k] = leg.cost_cents, _includes(leg.includes)
            for row, g in enumerate(throughs, 1):
                rate = self._throughs.legs[g][0]
                items, _ = through_items(leg, rate, terms.choice.surcharge_kinds)
                new.cost[row, k] = sum(item.cost_cents for item in items)
                new.includes[row, k] = _includes(rate_includes(rate))
        new.arrives = self._arrivals(boarding, position, firsts)
        if service.mode == "sea" and (service.operator_id, end.place_id) in scene.detention:
            new.detention = self.detentions.setdefault((service.operator_id, end.place_id), len(self.detentions))
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


@dataclass(slots=True)
class Ride:
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


def _includes(found: frozenset[str]) -> int:
    return (
        (HANDLES_ORIGIN if "handling_origin" in found else 0)
        | (HANDLES_DESTINATION if "handling_destination" in found else 0)
        | (HAS_BOX if "box" in found else 0)
    )
