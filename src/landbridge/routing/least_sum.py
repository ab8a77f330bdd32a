"""The least that a load can cost by any way and from any day, with what others may take off its legs: a bound, not a way.

Moves at their least values of all epochs (:mod:`landbridge.routing.bounds`) are walked forward from the origin. What waits, papers on the
way and storage cost is left out. What others may take off a leg (a rebate, a vehicle that goes back loaded, a whole train) is taken off in
full, wherever a way may use it; so values of moves may be negative, which Dijkstra's algorithm does not allow.

References
----------
Bellman, R. (1958). On a routing problem. Quarterly of Applied Mathematics 16(1), 87-90. https://doi.org/10.1090/qam/102435
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landbridge.domain.identity import PlaceId
from landbridge.domain.plan import FREIGHT_KINDS
from landbridge.domain.query import Query
from landbridge.graph.planning_graph import PlanningGraph
from landbridge.routing.asking import Asking
from landbridge.routing.bounds import ALIGHTS, floor_edges
from landbridge.routing.groundwork import set_scene
from landbridge.routing.register import WORD_BITS
from landbridge.routing.search_state import HOMES, RUN_NODES
from landbridge.routing.tables import BLOCKED, HAS_BOX, flatten_ask

_MOST_ROUNDS = 2_000
_MOST_PAPERS = 3
"""Each more doubles the work."""
_BY_SEA = 1
_Floats = NDArray[np.float64]
_Nodes = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainPrice:
    """What a load pays for its part of a whole train or ship between two places, in place of freight: ``cents``.

    Either haulage of one of ``haulage_ids`` or the service ``service_id`` goes as such a train.
    """

    from_id: str
    to_id: str
    haulage_ids: tuple[str, ...]
    service_id: str | None
    cents: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowances:
    """Cents that may be taken off the legs of a load.

    Attributes
    ----------
    starts, ends
        By haulage and place: off each leg of this haulage that begins, or ends, at this place.
    legs
        By haulage or service: off each leg.
    trains
        Whole trains and ships; nothing else is taken off legs that go by them.
    """

    starts: Mapping[tuple[str, str], float] = field(default_factory=dict)
    ends: Mapping[tuple[str, str], float] = field(default_factory=dict)
    legs: Mapping[str, float] = field(default_factory=dict)
    trains: tuple[TrainPrice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeastSum:
    """Least weighted sums of ways without and with a leg by sea; infinite where there is none."""

    by_land: float
    by_sea: float


@dataclass(slots=True)
class _Moves:
    """Moves between nodes; ``sums`` are their weighted sums, ``need`` bits of papers that a way has to have then, and of the sea."""

    start: _Nodes
    end: _Nodes
    sums: _Floats
    need: _Nodes

    def take(self, which: NDArray[Any]) -> _Moves:
        """Some of the moves, by their numbers or by a flag each."""
        return _Moves(self.start[which], self.end[which], self.sums[which], self.need[which])


def _join(parts: list[_Moves]) -> list[tuple[int, _Moves]]:
    """All moves by what they need, each set by the node where they end."""
    joined = _Moves(
        np.concatenate([one.start for one in parts]),
        np.concatenate([one.end for one in parts]),
        np.concatenate([one.sums for one in parts]),
        np.concatenate([one.need for one in parts]),
    )
    joined = joined.take(np.argsort(joined.end, kind="stable"))
    return [(int(need), joined.take(joined.need == need)) for need in np.unique(joined.need)]


class LeastSums:
    """Bounds on what one load can cost between two places.

    Parameters
    ----------
    graph, query
        As for a search. What the query bans is banned; a due date is not asked for.
    with_unconfirmed
        Whether services that nobody has confirmed may be used.
    papers
        Ids of documents; the first three that cost something are paid, once, by ways that need them. Others are not asked for.
    """

    def __init__(self, graph: PlanningGraph, query: Query, *, with_unconfirmed: bool = False, papers: Sequence[str] = ()) -> None:
        self._scene, groundwork = set_scene(graph, query)
        self._tabulation, self._tables = groundwork.tabulation, groundwork.tables
        self._index: dict[PlaceId, int] = groundwork.place_index
        self._ask = Asking(self._scene, groundwork).ask({}, with_unconfirmed=with_unconfirmed, is_single=True, mixes=1, risk_unit=0)
        edges, tables = floor_edges(groundwork.flat, flatten_ask(self._ask)), self._tables
        self._rests = int(tables.in_first[-1])
        ref, is_through = edges.ref.astype(np.int64), edges.is_through > 0
        is_banned = np.zeros(len(ref), np.bool_)
        is_banned[ref >= 0] = self._ask.arc_banned[ref[ref >= 0]] > 0
        is_banned[ref < ALIGHTS] = self._ask.ride_banned[-2 - ref[ref < ALIGHTS]] > 0
        kept = ~is_banned & np.isfinite(edges.values[:, 0])  # a leg that only a through rate prices costs nothing beside the rate
        ends = np.repeat(np.arange(len(edges.first) - 1, dtype=np.int64), np.diff(edges.first))
        start, end = self._without_hours(edges.start.astype(np.int64)[kept]), self._without_hours(ends[kept])
        self._nodes = self._without_hours(np.array([len(edges.first) - 1]))[0]
        self._place, self._offer = self._of_nodes()
        values, ref, is_through = np.where(np.isfinite(edges.values), edges.values, 0.0)[kept], ref[kept], is_through[kept]
        order = np.lexsort((is_through, ref, start, end))
        key = np.stack([end, start, ref, is_through])[:, order]
        first = np.flatnonzero(np.concatenate((np.ones(1, np.bool_), (key[:, 1:] != key[:, :-1]).any(axis=0)))[: len(order)])
        self._end, self._start, self._ref = key[:3, first]
        self._is_through = key[3, first] > 0
        self._values = np.minimum.reduceat(values[order], first, axis=0) if len(first) else values
        self._papers = self._bits_of(papers)
        self._need = self._needs()
        self._beside: dict[int, tuple[_Floats, _Floats, _Floats]] = {}
        """By offer that may go as a train, what its arcs cost without freight; the same whatever is taken off."""

    @property
    def value_per_day_cents(self) -> float:
        """What a day costs the capital in the goods."""
        return float(self._scene.terms.load.value_per_day_cents)

    @property
    def ready_at(self) -> int:
        """The minute from which the query is planned."""
        return self._scene.ready_at

    def find(self, weights: tuple[float, float, float], allowed: Allowances) -> LeastSum | None:
        """The least weighted sum of any way, fees of the shipment with it.

        Parameters
        ----------
        weights
            Of a cent, a minute and a gram.
        allowed
            What may be taken off legs.

        Returns
        -------
        LeastSum | None
            None if a round trip would pay for itself, so that there is no least sum.
        """
        if self._scene.shipment_law.blocks:
            return LeastSum(by_land=np.inf, by_sea=np.inf)
        moves = self._weigh(weights, allowed)
        nodes = 1 + max([int(self._nodes) - 1, *(int(max(one.start.max(), one.end.max())) for _, one in moves)])
        found = np.full((_BY_SEA + 1 << len(self._papers), nodes), np.inf)
        found[0, self._tables.in_first[self._ask.origin]] = 0.0
        paid = weights[0] * np.array([self._cents_of(mask) for mask in range(len(found))])
        least = _spread(moves, found, paid)
        if least is None:
            return None
        nodes_at_end, handling = self._at_end(weights)
        at_end = (least[:, nodes_at_end] + handling).min(axis=1, initial=np.inf) + weights[0] * self._paid_at_once()
        return LeastSum(by_land=float(at_end[::2].min()), by_sea=float(at_end[1::2].min()) + weights[0] * self._least_return())

    # --- moves --------------------------------------------------------------------------------------------------------------------

    def _weigh(self, weights: tuple[float, float, float], allowed: Allowances) -> list[tuple[int, _Moves]]:
        sums = self._values @ np.array(weights) - weights[0] * self._taken_off(allowed)
        moves = [_Moves(self._start, self._end, sums, self._need)]
        moves.append(moves[0].take(self._is_through))  # a through rate may have a leg by sea, or none
        moves[1].need = moves[1].need | _BY_SEA
        room = int(self._nodes)
        for train in allowed.trains:
            for name in train.haulage_ids:
                if name in self._tabulation.offer_index:
                    moves.append(self._train_moves(self._tabulation.offer_index[name], train, weights, room))
                    room += int(self._nodes)
            if train.service_id is not None:
                moves.append(self._service_moves(train, weights))
        return _join(moves)

    def _taken_off(self, allowed: Allowances) -> _Floats:
        """Cents off each move: where runs begin and end, on rides, and all that a through rate could bring on the rate."""
        off = np.zeros(len(self._start))
        names = [row.haulage_id for row in self._tabulation.offers]
        begins = (self._ref >= 0) & (self._start < self._rests)
        ends = (self._ref == ALIGHTS) & ~self._is_through
        for which, node, at, of in ((begins, self._start, self._end, allowed.starts), (ends, self._end, self._start, allowed.ends)):
            for (name, place), cents in of.items():
                if name in self._tabulation.offer_index and PlaceId(place) in self._index:
                    here = self._place[node] == self._index[PlaceId(place)]
                    off[which & here & (self._offer[at] == self._tabulation.offer_index[name])] += cents
        of_offer = np.array([allowed.legs.get(name, 0.0) for name in names] or [0.0])
        off[begins] += of_offer[self._offer[self._end[begins]]]
        by_ride = self._ref < ALIGHTS
        of_ride = np.array([allowed.legs.get(ride.boarding.service.service_id, 0.0) for ride in self._tabulation.rides] or [0.0])
        off[by_ride] += of_ride[-2 - self._ref[by_ride]]
        off[self._is_through] += self._most_through(allowed)
        return off

    def _most_through(self, allowed: Allowances) -> float:
        """The most that could be taken off all legs of any through rate."""
        most: dict[str, float] = {}
        for rate, _, leg in self._tabulation.through_legs:
            name = leg.haulage_id or leg.service_id or ""
            each = [allowed.legs.get(name, 0.0)]
            each += [max((cents for (one, _), cents in of.items() if one == name), default=0.0) for of in (allowed.starts, allowed.ends)]
            most[rate.through_id] = most.get(rate.through_id, 0.0) + sum(max(0.0, one) for one in each)
        return max(most.values(), default=0.0)

    def _needs(self) -> _Nodes:
        """Bits of what each move needs: the sea, and papers that it asks for in every epoch in which it can be made."""
        tables, tabulation = self._tables, self._tabulation
        need = np.zeros(len(self._start), np.int64)
        arcs, rides = self._ref >= 0, self._ref < ALIGHTS
        offers = np.array([row.mode == "sea" for row in tabulation.offers] or [False])
        sails = np.array([ride.boarding.service.mode == "sea" for ride in tabulation.rides] or [False])
        need[arcs] = offers[self._offer[self._end[arcs]]] * _BY_SEA
        need[rides] = sails[-2 - self._ref[rides]] * _BY_SEA
        for number, bit in enumerate(self._papers, 1):
            for which, at, bits, state in (
                (arcs, self._ref[arcs], tables.arc_bits, tables.arc_state),
                (rides, -2 - self._ref[rides], tables.ride_bits, tables.ride_state),
            ):
                has = (bits[: len(state), :, bit // WORD_BITS] >> (bit % WORD_BITS)) & 1 > 0
                need[which] |= (has | (state == BLOCKED)).all(axis=1)[at].astype(np.int64) << number
        return need

    def _bits_of(self, papers: Sequence[str]) -> list[int]:
        """Bits of papers that cost something and that the shipment has not anyway, as many as are asked for at the most."""
        has = {row.document_id for row, _ in self._scene.shipment_law.documents}
        found = []
        for paper in dict.fromkeys(papers):
            words = self._tabulation.paper_words([] if paper in has else [paper])
            found += [int(bit) for bit in np.flatnonzero(self._tables.bit_cost) if words[bit // WORD_BITS] >> (bit % WORD_BITS) & 1]
        return found[:_MOST_PAPERS]

    def _cents_of(self, mask: int) -> float:
        """Cents of the papers in a mask."""
        return float(sum(int(self._tables.bit_cost[bit]) for number, bit in enumerate(self._papers, 1) if mask >> number & 1))

    def _train_moves(self, offer: int, train: TrainPrice, weights: tuple[float, float, float], room: int) -> _Moves:
        """The run of a train between its ends, in nodes of its own from ``room`` on: all but freight is paid as by any run."""
        first, last = self._index[PlaceId(train.from_id)], self._index[PlaceId(train.to_id)]
        if offer not in self._beside:
            self._beside[offer] = self._without_freight(offer)
        beside, freight, once = self._beside[offer]
        runs = (self._ref >= 0) & (self._offer[self._end] == offer)
        begins = runs & (self._start < self._rests) & (self._place[self._start] == first)
        drives = runs & (self._start >= self._rests)
        alights = (self._ref == ALIGHTS) & ~self._is_through & (self._offer[self._start] == offer) & (self._place[self._end] == last)
        starts, ends, sums, needs = [], [], [], []
        for which, at_start, at_end in ((begins, 0, room), (drives, room, room), (alights, room, 0)):
            values = self._values[which].copy()
            if which is alights:
                values[:, 0] += train.cents
            else:
                arc = self._ref[which]
                change = np.maximum(values[:, 0] - freight[arc] - once[arc], 0.0) if which is begins else 0.0
                values[:, 0] = change + beside[arc]
            starts.append(self._start[which] + at_start)
            ends.append(self._end[which] + at_end)
            sums.append(values @ np.array(weights))
            needs.append(self._need[which])
        return _Moves(np.concatenate(starts), np.concatenate(ends), np.concatenate(sums), np.concatenate(needs))

    def _without_freight(self, offer: int) -> tuple[_Floats, _Floats, _Floats]:
        """By arc, of one offer: least cents beside the freight; least cents in a run; and the most that is due once where a run begins."""
        count = len(self._tabulation.arcs)
        beside, paid, once = np.zeros(count), np.zeros(count), np.zeros(count)
        drives = (self._ref >= 0) & (self._start >= self._rests)
        paid[self._ref[drives]] = self._values[drives, 0]
        for a, (link, o) in enumerate(self._tabulation.arcs):
            if o != offer:
                continue
            haulage, days = self._tabulation.offers[o], self._tabulation.days[self._ask.first_epoch :]
            legs = [self._scene.terms.link(haulage, link.link, link.from_id, link.to_id, day) for day in days]
            open_ones = [leg for leg in legs if not leg.blocks]
            beside[a] = min((sum(item.cost_cents for item in leg.items if item.kind not in FREIGHT_KINDS) for leg in open_ones), default=0)
            once[a] = max((sum(item.cost_cents for item in leg.once) for leg in open_ones), default=0)
        return beside, paid, once

    def _service_moves(self, train: TrainPrice, weights: tuple[float, float, float]) -> _Moves:
        """Rides of a service between the ends of a train, for the price of the train and no more."""
        first, last = self._index[PlaceId(train.from_id)], self._index[PlaceId(train.to_id)]
        named = np.array([ride.boarding.service.service_id == train.service_id for ride in self._tabulation.rides] or [False])
        rides = self._ref < ALIGHTS
        which = rides.copy()
        which[rides] = named[-2 - self._ref[rides]]
        which &= (self._place[self._start] == first) & (self._place[self._end] == last)
        values = self._values[which].copy()
        values[:, 0] = train.cents
        return _Moves(self._start[which], self._end[which], values @ np.array(weights), self._need[which])

    # --- ends ---------------------------------------------------------------------------------------------------------------------

    def _without_hours(self, nodes: _Nodes) -> _Nodes:
        """Nodes of goods in a run told apart by whether the vehicle was at home, and not by the hours driven."""
        run = nodes - self._rests
        return np.where(nodes < self._rests, nodes, self._rests + HOMES * (run // RUN_NODES) + run % HOMES)

    def _of_nodes(self) -> tuple[_Nodes, _Nodes]:
        """The place of each node; and the offer in whose run it is, -1 at rest."""
        tables = self._tables
        slots = (self._nodes - self._rests) // HOMES
        place, offer = np.zeros(slots, np.int64), np.zeros(slots, np.int64)
        for slot, at in ((tables.arc_slot_from, tables.arc_from), (tables.arc_slot_to, tables.arc_to)):
            place[slot], offer[slot] = at, tables.arc_offer
        at_rest = np.repeat(np.arange(len(tables.zone), dtype=np.int64), np.diff(tables.in_first))
        none = np.full(self._rests, -1, np.int64)
        return np.concatenate((at_rest, np.repeat(place, HOMES))), np.concatenate((none, np.repeat(offer, HOMES)))

    def _at_end(self, weights: tuple[float, float, float]) -> tuple[_Nodes, _Floats]:
        """The nodes at rest at the destination, and the least weighted sum of the handling there; infinite where it is never possible."""
        tables, place, epochs = self._tables, self._ask.destination, len(self._tabulation.days)
        nodes = np.arange(int(tables.in_first[place]), int(tables.in_first[place + 1]), dtype=np.int64)
        goes, handling = int(tables.out_count[place]), []
        for came in range(len(nodes)):
            first = int(tables.change_first[place]) + (came * goes + goes - 1) * epochs
            rows = slice(first + self._ask.first_epoch, first + epochs)
            usable = tables.change_blocked[rows] == 0
            parts = (tables.change_cost, tables.change_duration, tables.change_emission)
            least = [float(np.asarray(one)[rows][usable].min()) if usable.any() else np.inf for one in parts]
            handling.append(sum(weight * value for weight, value in zip(weights, least, strict=True) if weight > 0))
        return nodes, np.array(handling)

    def _paid_at_once(self) -> float:
        """Cents of fees and papers of the shipment, which every way pays."""
        scene = self._scene
        papers = {row.document_id for row, _ in scene.shipment_law.documents}
        return float(sum(item.cost_cents for item in scene.shipment_fees) + sum(scene.document_cents.get(one, 0) for one in papers))

    def _least_return(self) -> float:
        """Cents of the cheapest empty return of a line's box at the destination; nothing if some price includes the box."""
        costs = np.asarray(self._ask.return_cost)[:, self._ask.first_epoch :]
        lines = {ride.boarding.service.operator_id for ride in self._tabulation.rides if ride.boarding.service.mode == "sea"}
        if not lines or any(row.mode == "sea" for row in self._tabulation.offers) or (self._tables.ride_includes & HAS_BOX).any():
            return 0.0
        return float(min(costs[self._tabulation.lines[line]].min() for line in lines))


def _spread(moves: list[tuple[int, _Moves]], found: _Floats, paid: _Floats) -> _Floats | None:
    """The least values (masks, nodes), moves made as often as one becomes less; None where they become less for ever.

    ``paid`` (masks,): what the papers of a mask cost.
    """
    firsts = [np.flatnonzero(np.concatenate((np.ones(1, np.bool_), one.end[1:] != one.end[:-1]))) for _, one in moves]
    live = np.isfinite(found).any(axis=1)
    for _ in range(_MOST_ROUNDS):
        new = found.copy()
        for (need, one), first in zip(moves, firsts, strict=True):
            ends = one.end[first]
            for mask in np.flatnonzero(live):
                to = mask | need
                least = np.minimum.reduceat(found[mask, one.start] + one.sums, first) + (paid[to] - paid[mask])
                new[to, ends] = np.minimum(new[to, ends], least)
        if (new == found).all():
            return found
        found, live = new, np.isfinite(new).any(axis=1)
    return None
