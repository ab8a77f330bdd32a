"""One search over the tables: what it adds to them, its bounds, its labels, and the way that each answer took."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landbridge.routing import search_state
from landbridge.routing.asking import Asking
from landbridge.routing.bounds import moves_of
from landbridge.routing.corridor import in_open_region, within_limit
from landbridge.routing.floors import floors_with_risk
from landbridge.routing.groundwork import Groundwork, lay_groundwork
from landbridge.routing.kernel import search_labels, way_of
from landbridge.routing.network import Network, Survey
from landbridge.routing.region import note_answer
from landbridge.routing.scene import Scene
from landbridge.routing.search_state import BOUND, COLUMNS, DONE, NEVER, ORDER_SUM, Chart, Moves, State, grown
from landbridge.routing.steps import Answer
from landbridge.routing.tables import I64, Q_CEILING, Ask, flatten_ask
from landbridge.routing.terrain import Field, Terrain, bound_field, narrow_field

_FIRST_ROOM = 1 << 15
"""Rows for labels at first; rows that are never written to take no memory."""
_BUCKETS = 1 << 16
_FIRST_FOUND = 1 << 12
_UNITS_OF_COST, _UNITS_OF_FALLS = 40, 20
"""Such a unit is the cost of the cheapest itinerary by this; a greater one where prices fall, since the falls come on top."""
_FIRST_LIMIT = 1.4
"""Where no way is known yet, the first look is at ways whose bound is no more than so many times the least."""
_FASTEST, _FIRST_LABELS = (0.0, 1.0, 0.0), 5_000
"""A way by some vias is looked for with so many labels first; then the fastest one is asked for."""
_HASTE, _HASTY_LABELS = 1.3, 20_000
"""Many itineraries are found in haste before all are: as if every bound were so many times as high, with at most so many labels."""
_SIMPLE_LABELS = 1_000
"""A single sum is followed with so many labels before bounds are worked out on what a lead may cost."""
_NONE, _NO_LAYERS = np.empty(0, np.int32), np.empty(0)
_NO_MOVES = Moves(np.zeros(1, np.int64), np.empty(0, np.int64), _NONE, _NONE, _NONE, np.empty((0, 3)))
_PARTS = 6
"""Parts in which weights are told: 25 sums between the three pure ones."""


class LabelSearch:
    """Searches of one question over the tables of its load."""

    def __init__(self, scene: Scene, groundwork: Groundwork | None = None) -> None:
        self._scene = scene
        found = groundwork or lay_groundwork(scene)
        self.tabulation, self.tables, self._flat = found.tabulation, found.tables, found.flat
        self._groundwork = found
        self._index = found.place_index
        self._asking = Asking(scene, found)
        self._sunk = self._find_sunk()
        self._proven: dict[tuple[Any, ...], list[int]] = {}
        self._terrain = Terrain(scene, found)

    def on(self, scene: Scene) -> LabelSearch:
        """The same tables for another scene of one load and day of asking: other things are closed, or the goods are elsewhere."""
        other = copy(self)
        other._scene = scene
        other._asking = self._asking.on(scene)
        other._sunk = other._find_sunk()
        other._proven, other._terrain = {}, Terrain(scene, self._groundwork)
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
            proven[criterion] = (found[0].cost - self._sunk, found[0].minute - self._scene.ready_at, found[0].emission)[criterion]
        return found, is_done

    def least_sums(self, vias: tuple[str, ...]) -> tuple[float, float, float]:
        """Cents, minutes and grams that ways by some vias cost, take and emit at least, each by itself; infinite where none leads there.

        Bounds, confirmed services or not: none of them need be reached by any way.
        """
        bits = {via: 1 << index for index, via in enumerate(dict.fromkeys(vias))}
        ask = self._asking.ask(bits, with_unconfirmed=True, is_single=True, mixes=ORDER_SUM, risk_unit=0)
        flat = flatten_ask(ask)
        network = self._terrain.network(flat, with_unconfirmed=True)
        source = int(network.rank[self.tables.in_first[ask.origin]])
        survey = self._terrain.survey(network, flat, source, with_unconfirmed=True)
        through = self._terrain.least_through(ask, bits, network, survey, np.eye(3))
        cost, minutes, grams = np.max([survey.back[source, :ORDER_SUM], *through], axis=0).tolist()
        return cost + self._sunk, minutes, grams

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
        network = self._terrain.network(flat, with_unconfirmed=with_unconfirmed)
        source = int(network.rank[self.tables.in_first[ask.origin]])
        survey = self._terrain.survey(network, flat, source, with_unconfirmed=with_unconfirmed)
        fore, back = survey.along(network, mixes[ORDER_SUM])
        bound = max([back[source], *(least[0] for least in self._terrain.least_through(ask, bits, network, survey, mixes[ORDER_SUM:]))])
        if bound == np.inf:
            return [], True
        column = -1 if bits or self._scene.avoid else network.column_of(mixes[ORDER_SUM])
        simple = flatten_ask(ask._replace(risks=0, sum=ORDER_SUM if column < 0 else column))
        limit = min([_FIRST_LIMIT * bound, *(self._weigh(one, weights) for one in known)])
        while True:
            inside = within_limit(network.is_kept, source, fore + back, limit * (1 + 1e-9) + 1e-6)
            if column >= 0:
                chart = Chart(network.weights.ravel(), survey.back.ravel(), _NO_LAYERS, network.rank, network.moves)
            else:
                chart = self._chart(flat, network, inside, mixes, survey, has_risk=False)
            known = self._in_haste(simple, ask, bits, chart, known, min(most, _HASTY_LABELS // 10), limit)
            is_first = bool(bits) and not known and weights != _FASTEST
            room = min(most, _FIRST_LABELS) if is_first else most
            simple[Q_CEILING] = flat[Q_CEILING] = _ceiling_of(limit)
            found, is_done = self._run(simple, self._begin(simple, ask, bits, chart, known), known, min(room, _SIMPLE_LABELS))
            value = min((self._weigh(one, weights) for one in found), default=np.inf)
            if not is_done and room > _SIMPLE_LABELS:
                if value < np.inf:
                    inside = within_limit(network.is_kept, source, fore + back, min(limit, value) * (1 + 1e-9) + 1e-6)
                chart = self._chart(flat, network, inside, mixes, survey, has_risk=True)
                found, is_done = self._run(flat, self._begin(flat, ask, bits, chart, known), known, room)
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
        order = np.array([(1.0, max(self._terrain.per_minute, 0.5), 0.01)])
        mixes = np.concatenate([np.eye(3), order, _mixes(known)])
        unit = min((one.cost - self._sunk for one in known), default=0) // (_UNITS_OF_FALLS if self._prices_fall() else _UNITS_OF_COST)
        ask = self._asking.ask(bits, with_unconfirmed=with_unconfirmed, is_single=False, mixes=len(mixes), risk_unit=unit, proven=proven)
        flat = flatten_ask(ask)
        network = self._terrain.network(flat, with_unconfirmed=with_unconfirmed)
        source = int(network.rank[self.tables.in_first[ask.origin]])
        survey = self._terrain.survey(network, flat, source, with_unconfirmed=with_unconfirmed)
        hasty, is_first = flatten_ask(ask._replace(by_order=False, risks=0)), True
        while True:
            told = _worse(known)
            corners = self._corners(flat, ask, mixes, told)
            inside = in_open_region(network.is_kept, source, survey.fore, survey.back[:, :ORDER_SUM], np.eye(3), corners)
            field = bound_field(self._flat, flat, network, inside, mixes, survey)
            if is_first:
                chart = Chart(mixes.ravel(), field.plain.ravel(), _NO_LAYERS, field.local, moves_of(field.edges, field.refs))
                known = self._in_haste(hasty, ask, bits, chart, known, min(most, _HASTY_LABELS))
                told, is_first = _worse(known), False
                corners = self._corners(flat, ask, mixes, told)
            field = narrow_field(field, flat, network, source, mixes, survey, corners)
            layers = self._layers(flat, mixes, field, slice(0, ORDER_SUM))
            chart = Chart(mixes.ravel(), field.plain.ravel(), layers, field.local, moves_of(field.edges, field.refs))
            known_as = {id(worse): one for worse, one in zip(told, known, strict=True)}
            found, is_done = self._run(flat, self._begin(flat, ask, bits, chart, told), told, most)
            lost = {id(one) for one in found if id(one) in known_as}
            if not is_done or not lost:
                return [known_as.get(id(one), one) for one in found], is_done
            known = [one for worse, one in known_as.items() if worse not in lost]

    def _corners(self, flat: I64, ask: Ask, mixes: np.ndarray, known: Sequence[Answer]) -> np.ndarray:
        """Corners of the region that the known itineraries leave open."""
        chart = Chart(mixes.ravel(), _NO_LAYERS, _NO_LAYERS, _NONE, _NO_MOVES)
        state = self._begin(flat, ask, {}, chart, known)
        return state.corners[: state.counters[search_state.N_CORNERS]]

    def _in_haste(
        self, flat: I64, ask: Ask, bits: dict[str, int], chart: Chart, known: Sequence[Answer], most: int, limit: float = np.inf
    ) -> Sequence[Answer]:
        """What is known, and what a search finds that takes every bound for higher than it is: itineraries, but perhaps not the best."""
        flat[Q_CEILING] = _ceiling_of(_HASTE * limit)
        hasty = chart._replace(floors=_HASTE * chart.floors)
        return self._run(flat, self._begin(flat, ask, bits, hasty, known), known, most)[0]

    def _begin(self, flat: I64, ask: Ask, bits: dict[str, int], chart: Chart, known: Sequence[Answer]) -> State:
        """A search that knows some itineraries."""
        state = self._start(ask, bits, chart)
        for index, one in enumerate(known):
            note_answer(flat, state, -1 - index, one.cost - self._sunk, one.minute, one.emission, one.legs)
            while state.counters[search_state.IS_FULL]:
                state.counters[search_state.IS_FULL] = 0
                state = grown(state)
                note_answer(flat, state, -1 - index, one.cost - self._sunk, one.minute, one.emission, one.legs)
        return state

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

    def _find_sunk(self) -> int:
        """Cents that every itinerary pays: fees and papers of the shipment, and duties.

        The search does without them, so that its bounds on ways tell how near each comes to the others.
        """
        scene = self._scene
        papers = {row.document_id for row, _ in scene.shipment_law.documents}
        paid = sum(item.cost_cents for item in scene.shipment_fees) + sum(scene.document_cents.get(one, 0) for one in papers)
        return paid + self._asking.least_duty()

    def _weigh(self, answer: Answer, weights: tuple[float, float, float]) -> float:
        return weights[0] * (answer.cost - self._sunk) + weights[1] * (answer.minute - self._scene.ready_at) + weights[2] * answer.emission

    # --- sums ---------------------------------------------------------------------------------------------------------------------

    def first_weights(self) -> list[tuple[float, float, float]]:
        """Weights of the cheapest, fastest, cleanest and balanced itinerary."""
        return [(1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0), (1.0, self._terrain.per_minute, 0.0)]

    @staticmethod
    def mixed_weights(known: Sequence[Answer]) -> list[tuple[float, float, float]]:
        """Weights between the pure ones, a cent, a minute and a gram measured by how far the known itineraries lie apart."""
        return [(float(a), float(b), float(c)) for a, b, c in _mixes(known)]

    def _chart(
        self, flat: I64, network: Network, inside: NDArray[np.int8], weights: np.ndarray, survey: Survey, *, has_risk: bool
    ) -> Chart:
        """What a search of one sum, behind the pure ones, knows of the nodes that are inside.

        Pure sums serve through rates and due dates alone. One that nothing asks for is 0, which is no more than it can be.
        """
        used = {int(c) for c in np.flatnonzero(weights[ORDER_SUM])}
        needed = used if len(self.tables.through_ref) else set()
        needed = needed | {1} if self._scene.due_at is not None else needed
        asked = sorted(needed - used if len(used) == 1 else needed)
        asked.append(ORDER_SUM)
        field = bound_field(self._flat, flat, network, inside, weights[asked], survey, has_risk=has_risk)
        plain = np.zeros((*field.plain.shape[:2], len(weights)))
        plain[..., asked] = field.plain
        if len(used) == 1:
            pure = used.pop()
            plain[..., pure] = field.plain[..., -1] / weights[ORDER_SUM, pure]
        field = field._replace(plain=plain)
        layers = self._layers(flat, weights, field, slice(ORDER_SUM, ORDER_SUM + 1)) if has_risk else _NO_LAYERS
        return Chart(weights.ravel(), plain.ravel(), layers, field.local, moves_of(field.edges, field.refs))

    def _layers(self, flat: I64, weights: np.ndarray, field: Field, risky: slice) -> np.ndarray:
        """Bounds of some sums on ways on which a lead may cost so much, flat."""
        plain = np.ascontiguousarray(field.plain[..., risky])
        told = floors_with_risk(self._flat, flat, field.edges, field.local, weights[risky], plain)
        layers = np.full((*told.shape[:3], search_state.RISK_SUMS), -np.inf)
        layers[..., risky] = told
        return layers.ravel()

    def _prices_fall(self) -> bool:
        return any(table.any() for table in (self.tables.arc_gain, self.tables.ride_gain, self.tables.place_gain))

    # --- labels ----------------------------------------------------------------------------------------------------------------

    def _start(self, ask: Ask, bits: dict[str, int], chart: Chart) -> State:
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
            weights=chart.weights,
            floors=chart.floors,
            layers=chart.layers,
            local=chart.local,
            corners=np.empty((_FIRST_FOUND, ask.mixes)),
            cuts=np.empty((3 * _FIRST_FOUND, ask.mixes)),
            marks=np.zeros(len(self._index), np.int64),
            least=np.empty(ask.mixes),
            run_key=np.empty(_FIRST_ROOM),
            run_label=np.empty(_FIRST_ROOM, np.int64),
            run_heads=np.zeros((len(self._index), 2), np.int64),
            open_corners=np.empty(_FIRST_FOUND, np.int64),
            moves=chart.moves,
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
        row[search_state.NODE] = self.tables.in_first[ask.origin]
        if query.origin_id not in scene.ports:
            row[search_state.VIAS] = bits.get(query.origin_id, 0)
        state.bits[0] = self.tabulation.paper_words(documents)
        state.counters[[search_state.N_LABELS, search_state.N_HEAP, search_state.N_MADE]] = 1
        state.heap_key[0], state.heap_label[0] = 0.0, 0
        state.counters[search_state.N_CORNERS] = 1
        state.counters[search_state.N_INSIDE] = chart.local.max(initial=-1) + 1
        state.corners[0] = np.inf
        state.corners[0, ORDER_SUM] = ORDER_SUM + 1
        return state

    def _answer(self, state: State, row: np.ndarray) -> Answer:
        cost, minute, emission, legs, label = row.tolist()
        return Answer(cost + self._sunk, minute, emission, legs, way_of(state.labels, label).tobytes())


def _ceiling_of(limit: float) -> int:
    """A limit of a weighted sum as a number of the question."""
    return int(min(limit * (1 + 1e-9), float(NEVER))) + 1


def _worse(known: Sequence[Answer]) -> list[Answer]:
    return [replace(one, cost=one.cost + 1, minute=one.minute + 1, emission=one.emission + 1) for one in known]


def _mixes(known: Sequence[Answer]) -> np.ndarray:
    """Weights of sums between cost, time and CO2e, each measured by how far the known itineraries lie apart."""
    if len(known) < 2:
        return np.empty((0, 3))
    values = np.array([(one.cost, one.minute, one.emission) for one in known], float)
    spread = np.maximum(values.max(axis=0) - values.min(axis=0), 1.0)
    parts = [(i, j, _PARTS - i - j) for i in range(_PARTS + 1) for j in range(_PARTS + 1 - i)]
    weights: np.ndarray = np.array([part for part in parts if max(part) < _PARTS], float) / _PARTS / spread
    return weights
