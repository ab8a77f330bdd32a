"""What one search adds to the tables of its load: ends, days, what is banned and what must be used."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from copy import copy
from datetime import timedelta
from functools import cached_property

import numpy as np

from landbridge.routing.groundwork import Groundwork
from landbridge.routing.label import MAX_IDLE_MIN
from landbridge.routing.scene import MOST_DAYS_APART, Scene, touched_by
from landbridge.routing.search_state import NEVER, ORDER_SUM, RUN_NODES
from landbridge.routing.tables import Ask
from landbridge.terms.clock import MINUTES_PER_DAY

MOST_UNBOUND_MIN = 45 * MINUTES_PER_DAY
_RISKS = 6
"""Units in which bounds tell what a lead may cost; the first wait counts one."""


class Asking:
    """One question, told as arrays."""

    def __init__(self, scene: Scene, groundwork: Groundwork) -> None:
        self._scene = scene
        self._tabulation, self._tables, self._index = groundwork.tabulation, groundwork.tables, groundwork.place_index
        self._banned = self._arc_banned(), self._ride_banned()
        self._ends = self._destination_arrays()

    def on(self, scene: Scene) -> Asking:
        """The same question for another scene of one load, day of asking and destination."""
        other = copy(self)
        other._scene = scene
        other._banned = other._arc_banned(), other._ride_banned()
        return other

    def ask(
        self,
        bits: dict[str, int],
        *,
        with_unconfirmed: bool,
        is_single: bool,
        mixes: int,
        risk_unit: int,
        proven: Sequence[int] = (-1, -1, -1),
    ) -> Ask:
        """The arrays and numbers of one search: ``bits`` of the vias, ``proven`` the least of each criterion, -1 where it is not known."""
        scene, query = self._scene, self._scene.terms.query
        returns, minutes, duty = self._ends
        first_lead = max((row.lead_days for row, _ in scene.shipment_law.documents), default=0) * MINUTES_PER_DAY
        return Ask(
            nodes=int(self._tables.in_first[-1]) + RUN_NODES * self._tabulation.slots,
            origin=self._index[query.origin_id],
            destination=self._index[query.destination_id],
            ready_at=scene.ready_at,
            due_at=1 << 60 if scene.due_at is None else scene.due_at,
            last_departure=scene.last_departure,
            asked_at=scene.terms.asked_at,
            max_legs=query.max_legs,
            max_idle=MAX_IDLE_MIN,
            with_unconfirmed=with_unconfirmed,
            all_vias=(1 << len(bits)) - 1,
            first_lead=first_lead,
            arc_banned=self._banned[0],
            arc_touch=self._arc_touch(bits),
            ride_banned=self._banned[1],
            ride_touch=self._ride_touch(bits),
            is_single=is_single,
            return_cost=returns,
            return_min=minutes,
            duty_cost=duty - self.least_duty(),
            better_at_end=self._better_at_end(),
            mixes=mixes,
            most_unbound=MOST_UNBOUND_MIN,
            risk_unit=risk_unit if risk_unit and not is_single else 1 + int(self._tables.most_risk[0]),
            risks=2 if is_single else _RISKS,
            least_cost=proven[0],
            least_minutes=proven[1],
            least_emission=proven[2],
            first_epoch=self._first_epoch(),
            by_order=not is_single,
            sum=ORDER_SUM,
            ceiling=NEVER,
        )

    def least_duty(self) -> int:
        """Cents of duties that every itinerary pays, if they are part of the total; what one pays more is a part of the search."""
        return int(self._ends[2][self._first_epoch() :].min())

    def _first_epoch(self) -> int:
        """The epoch in which the search begins at the earliest place on earth."""
        first = self._scene.terms.query.ready_on - timedelta(days=MOST_DAYS_APART)
        return max(0, bisect_right(self._tabulation.days, first) - 1)

    def _arc_banned(self) -> np.ndarray:
        scene, dataset = self._scene, self._scene.graph.dataset
        offers = dataset.haulage_by_id
        if not scene.avoid:
            return np.zeros(len(self._tabulation.arcs), np.int8)
        banned = []
        names = list(self._tabulation.offer_index)
        for link, o in self._tabulation.arcs:
            offer = offers[names[o]]
            others = {offer.haulage_id, link.link.mode, link.link.border_id, *dataset.list_infrastructure(offer.haulage_id, link.link)}
            banned.append(scene.is_avoided(link.to_id) or bool(others & scene.avoid))
        return np.array(banned, np.int8)

    def _ride_banned(self) -> np.ndarray:
        scene, banned = self._scene, []
        if not scene.avoid:
            return np.zeros(len(self._tabulation.rides), np.int8)
        for ride in self._tabulation.rides:
            service = ride.boarding.service
            stops = ride.boarding.stops[1 : ride.position + 1]
            banned.append(
                bool({service.service_id, service.mode, service.operator_id} & scene.avoid)
                or any(scene.is_avoided(stop.place_id) or bool(scene.avoid & set(stop.passages)) for stop in stops)
                or any(scene.is_avoided(via) for stop in stops for via in stop.via)
                or scene.avoids_terminal(ride.boarding.stops[0], stops[-1])
            )
        return np.array(banned, np.int8)

    def _arc_touch(self, bits: dict[str, int]) -> np.ndarray:
        return _mark(len(self._tabulation.arcs), self._arcs_by, bits) if bits else np.zeros(len(self._tabulation.arcs), np.int64)

    def _ride_touch(self, bits: dict[str, int]) -> np.ndarray:
        return _mark(len(self._tabulation.rides), self._rides_by, bits) if bits else np.zeros(len(self._tabulation.rides), np.int64)

    @cached_property
    def _arcs_by(self) -> dict[str, list[int]]:
        """The arcs that use each place, border, offer and operator; a port is used by ships alone."""
        ports, offers = self._scene.ports, self._tabulation.offers
        found = defaultdict[str, list[int]](list)
        for index, (link, o) in enumerate(self._tabulation.arcs):
            for one in (None if link.to_id in ports else link.to_id, link.link.border_id, offers[o].haulage_id, offers[o].operator_id):
                if one:
                    found[one].append(index)
        return found

    @cached_property
    def _rides_by(self) -> dict[str, list[int]]:
        found = defaultdict[str, list[int]](list)
        for index, ride in enumerate(self._tabulation.rides):
            for one in touched_by(ride.boarding, ride.position, self._scene.ports):
                found[one].append(index)
        return found

    def _destination_arrays(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        terms, query = self._scene.terms, self._scene.terms.query
        lines, days = self._tabulation.lines, self._tabulation.days
        cost, minutes = np.zeros((len(lines), len(days)), np.int64), np.zeros((len(lines), len(days)), np.int64)
        for line, row in lines.items():
            for k, day in enumerate(days):
                items, minutes[row, k] = terms.boxes.return_of(line, query.destination_id, day)
                cost[row, k] = sum(item.cost_cents for item in items)
        duty = [sum(item.cost_cents for item in terms.duties(day)) if query.is_landed else 0 for day in days]
        return cost, minutes, np.array(duty, np.int64)

    def _better_at_end(self) -> np.ndarray:
        cost, minutes, duty = self._ends
        falls = (np.diff(duty) < 0) | (np.diff(cost, axis=1) < 0).any(axis=0) | (np.diff(minutes, axis=1) < 0).any(axis=0)
        return np.concatenate((np.zeros(1, bool), falls)).astype(np.int8)


def _mark(count: int, by: Mapping[str, list[int]], bits: dict[str, int]) -> np.ndarray:
    """(count,) the bits of everything that each of so many moves uses."""
    touch = np.zeros(count, np.int64)
    for name, bit in bits.items():
        touch[by.get(name, [])] |= bit
    return touch
