"""One search over the tables: what it adds to them, its bounds, its labels, and the way that each answer took."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landbridge.routing import search_state
from landbridge.routing.asking import Asking
from landbridge.routing.bounds import ALIGHTS, Edges, floor_edges, moves_of, restrict
from landbridge.routing.corridor import Outline, draw_outline, forward, in_open_region, narrow, reach, within_limit
from landbridge.routing.floors import floors_to, floors_with_risk
from landbridge.routing.groundwork import Groundwork, lay_groundwork
from landbridge.routing.kernel import search_labels, way_of
from landbridge.routing.living import between_living, stand_ins
from landbridge.routing.region import note_answer
from landbridge.routing.scene import Scene
from landbridge.routing.search_state import BOUND, COLUMNS, DONE, Moves, State, grown
from landbridge.routing.tables import I64, Ask, flatten_ask
from landbridge.terms.clock import MINUTES_PER_DAY

_FIRST_ROOM = 1 << 14
_BUCKETS = 1 << 16
_FIRST_FOUND = 1 << 12
_UNITS_OF_COST, _UNITS_OF_FALLS = 40, 20
"""Such a unit is the cost of the cheapest itinerary by this; a greater one where prices fall, since the falls come on top."""
_ORDER = 3
"""Place of the sum by which labels are followed."""
_FIRST_LIMIT = 1.4
"""Where no way is known yet, the first look is at ways whose bound is no more than so many times the least."""
_FASTEST, _FIRST_LABELS = (0.0, 1.0, 0.0), 5_000
"""A way by some vias is looked for with so many labels first; then the fastest one is asked for."""
_KEPT_NETWORKS = 6
_HASTE, _HASTY_LABELS = 1.3, 20_000
"""Many itineraries are found in haste before all are: as if every bound were so many times as high, with at most so many labels."""
_NONE = np.empty(0, np.int32)
_NO_MOVES = Moves(np.zeros(1, np.int64), np.empty(0, np.int64), _NONE, _NONE, _NONE, np.empty((0, 3)))
_PARTS = 6
"""Parts in which weights are told: 25 sums between the three pure ones."""


@dataclass(frozen=True, slots=True)
class Step:
    """One move of an answer: a ride with a departure, or an arc of a run."""

    is_ride: bool
    ref: int
    starts_at: int
    opens: bool
    """Whether a leg begins with it."""
    through: int
    """Leg of a through rate as which it is priced; -1: none."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One itinerary that a search has found."""

    cost: int
    minute: int
    emission: int
    legs: int
    steps: tuple[Step, ...]


class LabelSearch:
    """Searches of one question over the tables of its load."""

    def __init__(self, scene: Scene, groundwork: Groundwork | None = None) -> None:
        self._scene = scene
        found = groundwork or lay_groundwork(scene)
        self.tabulation, self.tables, self._flat = found.tabulation, found.tables, found.flat
        self._shared = found
        self._index = found.place_index
        self._asking = Asking(scene, found)
        self._proven: dict[tuple[Any, ...], list[int]] = {}
        self._reaches: dict[bool, np.ndarray] = {}

    def on(self, scene: Scene) -> LabelSearch:
        """The same tables for another scene of one load and day of asking: other things are closed, or the goods are elsewhere."""
        other = copy(self)
        other._scene = scene
        other._asking = self._asking.on(scene)
        other._proven, other._reaches = {}, {}
        return other

    def search(
        self,
        *,
        vias: tuple[str, ...] = (),
        with_unconfirmed: bool = False,
        weights: tuple[float, float, float] | None = None,
        known: Sequence[Answer] = (),
        max_labels: int | None = None,
    ) -> tuple[list[Answer], bool]:
        """All non-dominated itineraries, or with weights the one of least weighted sum; and whether the search went to its end.

        Parameters
        ----------
        vias
            Ids of places, borders or passages that must all be used.
        weights
            Of a cent, a minute and a gram.
        known
            Itineraries of the same question that are known already: the search has only to look for what they do not beat.
        """
        if self._scene.shipment_law.blocks:
            return [], True
        bits = {via: 1 << index for index, via in enumerate(dict.fromkeys(vias))}
        most = max_labels or self._scene.terms.query.max_labels
        proven = self._proven.setdefault((vias, with_unconfirmed), [-1, -1, -1])
        if weights is None:
            return self._search_all(bits, known, proven, most, with_unconfirmed=with_unconfirmed)
        found, is_done = self._search_one(bits, weights, known, most, with_unconfirmed=with_unconfirmed)
        if is_done and found and sum(weight > 0 for weight in weights) == 1:
            criterion = next(index for index, weight in enumerate(weights) if weight > 0)
            proven[criterion] = (found[0].cost, found[0].minute - self._scene.ready_at, found[0].emission)[criterion]
        return found, is_done

    def _search_one(
        self,
        bits: dict[str, int],
        weights: tuple[float, float, float],
        known: Sequence[Answer],
        most: int,
        *,
        with_unconfirmed: bool,
    ) -> tuple[list[Answer], bool]:
        """The itinerary of least weighted sum, looked for near the least bound first and then as far as what was found allows."""
        mixes = np.concatenate([np.eye(3), [weights]])
        ask = self._asking.ask(bits, with_unconfirmed=with_unconfirmed, is_single=True, mixes=len(mixes), risk_unit=0)
        flat = flatten_ask(ask)
        edges, outline = self._network(flat, with_unconfirmed=with_unconfirmed)
        ways = self._reach(outline, ask, with_unconfirmed=with_unconfirmed)
        least, used = ways.sum(axis=0), np.array(weights) > 0
        bound = max([mixes[_ORDER, used] @ least[used, ask.origin], *self._least_through(ask, bits, edges, outline, ways, mixes[_ORDER])])
        if bound == np.inf:
            return [], True
        limit = min([_FIRST_LIMIT * bound, *(self._weigh(one, weights) for one in known)])
        while True:
            inside = within_limit(outline.of_node, outline.is_kept, least, mixes[_ORDER], limit * (1 + 1e-9) + 1e-6)
            inside[self.tables.in_first[ask.origin]] = 1
            local_edges, local, refs = restrict(flat, edges, inside, outline.stands_in)
            floors, moves = self._floors(flat, mixes, local_edges, local, least[:, ask.origin]), moves_of(local_edges, refs)
            known = self._in_haste(flat, ask, bits, mixes, floors, local, moves, known, min(most, _HASTY_LABELS // 10))
            is_first = bool(bits) and not known and weights != _FASTEST
            room = min(most, _FIRST_LABELS) if is_first else most
            found, is_done = self._run(flat, self._begin(flat, ask, bits, floors, local, moves, known), known, room)
            value = min((self._weigh(one, weights) for one in found), default=np.inf)
            if is_done and (value <= limit or limit == np.inf):
                return found, True
            if is_first and not found:  # none is near: the fastest soon tells whether there is one, and how dear the best is at most
                known, is_done = self._search_one(bits, _FASTEST, (), most, with_unconfirmed=with_unconfirmed)
                if not known:
                    return [], is_done
                limit = min(self._weigh(one, weights) for one in known)
            elif is_done or room < most:
                known, limit = [*known, *(one for one in found if one not in known)], value
            else:
                return found, False

    def _search_all(
        self, bits: dict[str, int], known: Sequence[Answer], proven: list[int], most: int, *, with_unconfirmed: bool
    ) -> tuple[list[Answer], bool]:
        """All non-dominated itineraries.

        What is known may have a detour (docs/routing.md). So the search is told that each of them is a cent, a minute and a gram worse than
        it is, and must find them again. What it does not find is none of the answers, and may have hidden some: then all is done again.
        """
        per_minute = float(self._scene.terms.load.value_per_day_cents) / MINUTES_PER_DAY
        order = np.array([(1.0, max(per_minute, 0.5), 0.01)])
        mixes = np.concatenate([np.eye(3), order, _mixes(known)])
        unit = min((one.cost for one in known), default=0) // (_UNITS_OF_FALLS if self._prices_fall() else _UNITS_OF_COST)
        ask = self._asking.ask(bits, with_unconfirmed=with_unconfirmed, is_single=False, mixes=len(mixes), risk_unit=unit, proven=proven)
        flat = flatten_ask(ask)
        edges, outline = self._network(flat, with_unconfirmed=with_unconfirmed)
        ways = self._reach(outline, ask, with_unconfirmed=with_unconfirmed)
        hasty, is_first = flatten_ask(ask._replace(by_order=False)), True
        while True:
            told = _worse(known)
            state = self._begin(flat, ask, bits, mixes.ravel(), np.empty(0, np.int32), _NO_MOVES, told)
            local_edges, local, moves, plain = self._narrow(flat, edges, outline, ways, mixes, state)
            floors = self._floors(flat, mixes, local_edges, local, ways[1][:, ask.origin], plain)
            if is_first:
                known = self._in_haste(hasty, ask, bits, mixes, floors, local, moves, known, min(most, _HASTY_LABELS))
                told, is_first = _worse(known), False
            known_as = {id(worse): one for worse, one in zip(told, known, strict=True)}
            found, is_done = self._run(flat, self._begin(flat, ask, bits, floors, local, moves, told), told, most)
            lost = {id(one) for one in found if id(one) in known_as}
            if not is_done or not lost:
                return [known_as.get(id(one), one) for one in found], is_done
            known = [one for worse, one in known_as.items() if worse not in lost]

    def _in_haste(
        self,
        flat: I64,
        ask: Ask,
        bits: dict[str, int],
        mixes: np.ndarray,
        floors: np.ndarray,
        local: NDArray[np.int32],
        moves: Moves,
        known: Sequence[Answer],
        most: int,
    ) -> Sequence[Answer]:
        """What is known, and what a search finds that takes every bound for higher than it is: itineraries, but perhaps not the best."""
        hasty = floors.copy()
        hasty[mixes.size :] *= _HASTE
        return self._run(flat, self._begin(flat, ask, bits, hasty, local, moves, known), known, most)[0]

    def _begin(
        self,
        flat: I64,
        ask: Ask,
        bits: dict[str, int],
        floors: np.ndarray,
        local: NDArray[np.int32],
        moves: Moves,
        known: Sequence[Answer],
    ) -> State:
        """A search that knows some itineraries."""
        state = self._start(ask, bits, floors, local, moves)
        for index, one in enumerate(known):
            note_answer(flat, state, -1 - index, one.cost, one.minute, one.emission, one.legs)
            while state.counters[search_state.IS_FULL]:
                state.counters[search_state.IS_FULL] = 0
                state = grown(state)
                note_answer(flat, state, -1 - index, one.cost, one.minute, one.emission, one.legs)
        return state

    def _narrow(
        self, flat: I64, edges: Edges, outline: Outline, ways: np.ndarray, mixes: np.ndarray, state: State
    ) -> tuple[Edges, NDArray[np.int32], Moves, np.ndarray]:
        """The edges through which an itinerary may lead that the known ones do not beat; and (masks, nodes, mixes) bounds on them."""
        corners, count = state.corners, int(state.counters[search_state.N_CORNERS])
        inside = in_open_region(outline.of_node, outline.is_kept, ways.sum(axis=0), corners, count)
        origin = self._index[self._scene.terms.query.origin_id]
        inside[self.tables.in_first[origin]] = 1
        fores, least = (ways[0], forward(outline, mixes, origin)), ways[1][:, origin]
        for fore in fores:
            local_edges, local, _ = restrict(flat, edges, inside, outline.stands_in)
            plain = floors_to(self._flat, flat, local_edges, local, mixes[: len(fore)], _scale(mixes[: len(fore)], least))
            kept = narrow(inside, outline.of_node, outline.is_kept, fore, plain[-1], local, corners, count)
            plain, inside = plain[:, kept[inside > 0] > 0], kept
        local_edges, local, refs = restrict(flat, edges, inside, outline.stands_in)
        return local_edges, local, moves_of(local_edges, refs), plain

    def _run(self, flat: I64, state: State, known: Sequence[Answer], most: int) -> tuple[list[Answer], bool]:
        while True:
            status = search_labels(self._flat, flat, state, most)
            if status in (DONE, BOUND):
                break
            state = grown(state)
        found = [
            known[-1 - row[search_state.F_LABEL]] if row[search_state.F_LABEL] < 0 else self._answer(state, row)
            for row in state.found[: state.counters[search_state.N_FOUND]]
        ]
        found.sort(key=lambda row: (row.cost, row.minute, row.emission))
        self.made = int(state.counters[search_state.N_MADE])
        return found, status == DONE

    def _weigh(self, answer: Answer, weights: tuple[float, float, float]) -> float:
        return weights[0] * answer.cost + weights[1] * (answer.minute - self._scene.ready_at) + weights[2] * answer.emission

    # --- the network of a question -----------------------------------------------------------------------------------------------

    def _network(self, flat: I64, *, with_unconfirmed: bool) -> tuple[Edges, Outline]:
        """Moves at their least values and their outline; shared by all questions about a load that begin on one day.

        What a question bans is left out later: bounds on a network that is open are no more than those on what is left of it.
        """
        kept = self._shared.networks
        key = (self._scene.ready_at, self._scene.last_departure, with_unconfirmed)
        network = kept.get(key)
        if network is None:
            edges = floor_edges(self._flat, flat)
            stands_in = stand_ins(edges, self.tables.in_first)
            edges = between_living(edges, stands_in)
            network = edges, draw_outline(self.tables, edges, stands_in)
            if len(kept) >= _KEPT_NETWORKS:
                kept.clear()
            kept[key] = network
        return network

    def _reach(self, outline: Outline, ask: Ask, *, with_unconfirmed: bool) -> np.ndarray:
        """(2, 3, outline) the least of each criterion from the origin, and to the destination."""
        if with_unconfirmed not in self._reaches:
            fore = reach(outline.fore_first, outline.fore_end, outline.fore_values, ask.origin)
            back = reach(outline.back_first, outline.back_start, outline.back_values, ask.destination)
            self._reaches[with_unconfirmed] = np.stack([fore, back])
        return self._reaches[with_unconfirmed]

    def _least_through(
        self, ask: Ask, bits: dict[str, int], edges: Edges, outline: Outline, ways: np.ndarray, weights: np.ndarray
    ) -> list[float]:
        """For each via the least weighted sum of the ways that use it, by the outline; infinite where no way does."""
        if not bits:
            return []
        touch = np.zeros(len(edges.ref), np.int64)
        arcs, rides = edges.ref >= 0, edges.ref < ALIGHTS
        touch[arcs], touch[rides] = ask.arc_touch[edges.ref[arcs]], ask.ride_touch[-2 - edges.ref[rides]]
        end, least = np.repeat(outline.of_node, np.diff(edges.first)), []
        for via, bit in bits.items():
            if via == self._scene.terms.query.origin_id and via not in self._scene.ports:
                continue
            by = np.flatnonzero((touch & bit != 0) | (edges.is_through == 1))  # any place may lie within a through rate
            step = np.where(np.isfinite(edges.values[by]), edges.values[by], 0.0).T  # what a through rate alone prices costs nothing here
            sums = ways[0][:, outline.of_node[edges.start[by]]] + step + ways[1][:, end[by]]
            used = weights > 0
            least.append(float((weights[used] @ sums[used]).min(initial=np.inf)))
        return least

    def first_weights(self) -> list[tuple[float, float, float]]:
        """Weights of the cheapest, fastest, cleanest and balanced itinerary."""
        per_minute = float(self._scene.terms.load.value_per_day_cents) / MINUTES_PER_DAY
        return [(1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0), (1.0, per_minute, 0.0)]

    @staticmethod
    def mixed_weights(known: Sequence[Answer]) -> list[tuple[float, float, float]]:
        """Weights between the pure ones, a cent, a minute and a gram measured by how far the known itineraries lie apart."""
        return [(float(a), float(b), float(c)) for a, b, c in _mixes(known)]

    def _floors(
        self,
        flat: I64,
        weights: np.ndarray,
        edges: Edges,
        local: NDArray[np.int32],
        bounds: np.ndarray,
        plain: np.ndarray | None = None,
    ) -> np.ndarray:
        """Bounds of the pure sums, of the one by which labels are followed, and of the mixes.

        Where one itinerary is asked for, the pure sums serve open through rates and due dates alone. Bounds of what a lead may cost are
        dear: where all are asked for the pure sums have them, else the one sum that is followed.
        """
        risky = slice(0, _ORDER) if plain is not None else slice(_ORDER, _ORDER + 1)
        if plain is None:
            asked = slice(0, _ORDER + 1) if len(self.tables.through_ref) or self._scene.due_at is not None else risky
            found = floors_to(self._flat, flat, edges, local, weights[asked], _scale(weights[asked], bounds))
            plain = np.zeros((*found.shape[:2], len(weights)))
            plain[..., asked] = found
        told = floors_with_risk(self._flat, flat, edges, local, weights[risky], np.ascontiguousarray(plain[..., risky]))
        layers = np.full((*told.shape[:3], search_state.RISK_SUMS), -np.inf)
        layers[..., risky] = told
        return np.concatenate([weights.ravel(), plain.ravel(), layers.ravel()])

    def _prices_fall(self) -> bool:
        return any(table.any() for table in (self.tables.arc_gain, self.tables.ride_gain, self.tables.place_gain))

    # --- labels ----------------------------------------------------------------------------------------------------------------

    def _start(self, ask: Ask, bits: dict[str, int], floors: np.ndarray, local: NDArray[np.int32], moves: Moves) -> State:
        scene, words = self._scene, self.tables.change_bits.shape[-1]
        state = State(
            labels=np.empty((_FIRST_ROOM, COLUMNS), np.int64),
            bits=np.zeros((_FIRST_ROOM, words), np.int64),
            keys=np.empty((_FIRST_ROOM, 8), np.int64),
            heads=np.full(_BUCKETS, -1, np.int32),
            heap_key=np.empty(_FIRST_ROOM),
            heap_label=np.empty(_FIRST_ROOM, np.int64),
            found=np.empty((_FIRST_FOUND, 5), np.int64),
            counters=np.zeros(search_state.COUNTERS, np.int64),
            floors=floors,
            local=local,
            corners=np.full((_FIRST_FOUND, ask.mixes), np.inf),
            cuts=np.empty((3 * _FIRST_FOUND, ask.mixes)),
            marks=np.zeros(len(self._index), np.int64),
            least=np.empty(ask.mixes),
            run_key=np.empty(_FIRST_ROOM),
            run_label=np.empty(_FIRST_ROOM, np.int64),
            run_heads=np.zeros((len(self._index), 2), np.int64),
            open_corners=np.empty(_FIRST_FOUND, np.int64),
            moves=moves,
        )
        documents = {row.document_id for row, _ in scene.shipment_law.documents}
        row, query = state.labels[0], scene.terms.query
        row[:] = 0
        none = (
            search_state.PARENT,
            search_state.OFFER,
            search_state.LINE,
            search_state.DETENTION,
            search_state.LANDED,
            search_state.THROUGH,
        )
        row[list(none)] = -1
        row[search_state.PLACE] = ask.origin
        row[[search_state.MINUTE, search_state.BOUND_AT]] = scene.ready_at
        papers = sum(scene.document_cents.get(one, 0) for one in documents)
        row[search_state.COST] = sum(item.cost_cents for item in scene.shipment_fees) + papers
        row[search_state.NODE] = self.tables.in_first[ask.origin]
        if query.origin_id not in scene.ports:
            row[search_state.VIAS] = bits.get(query.origin_id, 0)
        state.bits[0] = self.tabulation.paper_words(documents)
        state.counters[[search_state.N_LABELS, search_state.N_HEAP, search_state.N_MADE]] = 1
        state.heap_key[0], state.heap_label[0] = 0.0, 0
        state.counters[search_state.N_CORNERS] = 1
        state.counters[search_state.N_INSIDE] = local.max(initial=-1) + 1
        state.corners[:, _ORDER] = _ORDER + 1
        return state

    @staticmethod
    def _answer(state: State, row: np.ndarray) -> Answer:
        steps = [
            Step(kind == search_state.BY_RIDE, ref, start, opens == 1, variant - 1)
            for kind, ref, start, opens, variant in way_of(state.labels, row[search_state.F_LABEL]).tolist()
        ]
        cost, minute, emission, legs, _ = (int(value) for value in row)
        return Answer(cost, minute, emission, legs, tuple(steps))


def _worse(known: Sequence[Answer]) -> list[Answer]:
    return [replace(one, cost=one.cost + 1, minute=one.minute + 1, emission=one.emission + 1) for one in known]


def _scale(weights: np.ndarray, least: np.ndarray) -> np.ndarray:
    """(sums,) what makes weighted sums of different units alike: 1 over the sum of the ``least`` cents, minutes and grams."""
    scale: np.ndarray = 1.0 / np.maximum(weights @ np.where(np.isfinite(least), least, 0.0), 1e-9)
    return scale


def _mixes(known: Sequence[Answer]) -> np.ndarray:
    """Weights of sums between cost, time and CO2e, each measured by how far the known itineraries lie apart."""
    if len(known) < 2:
        return np.empty((0, 3))
    values = np.array([(one.cost, one.minute, one.emission) for one in known], float)
    spread = np.maximum(values.max(axis=0) - values.min(axis=0), 1.0)
    parts = [(i, j, _PARTS - i - j) for i in range(_PARTS + 1) for j in range(_PARTS + 1 - i)]
    weights: np.ndarray = np.array([part for part in parts if max(part) < _PARTS], float) / _PARTS / spread
    return weights
