"""Ways for a whole book in seconds: searched once for each kind of load, then gone and priced for every shipment by itself."""

from __future__ import annotations

import math
import multiprocessing
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from statistics import median_low
from time import perf_counter, sleep

from landbridge.domain.dataset import Dataset
from landbridge.domain.great_circle import measure_great_circle_m
from landbridge.domain.headway import Headway, Stage
from landbridge.domain.plan import Itinerary
from landbridge.domain.query import Query
from landbridge.graph.planning_graph import PlanningGraph
from landbridge.planner.book.ways import MOST_DETOUR, Found, Lanes, route_candidates
from landbridge.planner.shipment import gated_graph
from landbridge.routing.arrival import Arrival
from landbridge.routing.front import front_of
from landbridge.routing.groundwork import Groundwork, lay_groundwork
from landbridge.routing.itinerary import ItineraryMaker
from landbridge.routing.label_search import LabelSearch
from landbridge.routing.scene import Scene
from landbridge.routing.steps import Answer
from landbridge.routing.trail import Trail, TrailPricer, splice_trails, trail_key, trail_of
from landbridge.terms.clock import MINUTES_PER_DAY
from landbridge.terms.load import load_of
from landbridge.terms.terms import Terms

_PRICES = ((0.0, 0.0), (1.0, 0.0), (4.0, 0.0), (1.0, 0.03))
"""Prices that trails are sought for: of a day, as a multiple of the capital cost of the goods, and of CO2e in cents a gram."""
_LANE_LABELS = 6_000
_STRAIGHT_DETOUR = 2.0
"""A lane is tried where the straight lines by it are no longer than so many times the straight line between the ends."""
_FORK_QUESTIONS = 8
"""With fewer questions a second process is not worth starting."""
_LOOK_SECONDS = 1.0
"""Between two looks whether the process that asked is still there."""
_AGAIN_DAYS = 28
"""Shipments between the same ends that are ready within so many days share their trails; later ones are searched anew."""

_MASS_RATIO = 1.8
"""Units of one kind differ in mass no more than so: freight by the tonne makes other ways best for heavy units than for light ones."""

_VALUE_RATIO = 4
"""Units of one kind lie between a power of this and the next in value, for fees by the value make other ways best for dear goods."""

_KindKey = tuple[int, str, str, str, int, int]
_Ends = tuple[str, str]


@dataclass(slots=True)
class _Kind:
    """Loads that are told apart by units, mass, value and goods alone: one set of tables, and the trails that were found over them."""

    graph: PlanningGraph
    queries: list[Query] = field(default_factory=list)
    groundwork: Groundwork | None = None
    trails: dict[_Ends, dict[tuple[object, ...], Trail]] = field(default_factory=dict)
    searched: dict[_Ends, list[Query]] = field(default_factory=dict)
    spliced: dict[_Ends, tuple[Trail, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class _Task:
    kind: _Kind
    first: list[Query] = field(default_factory=list)
    later: list[Query] = field(default_factory=list)


class KindWays:
    """Finds the ways of all shipments of a book.

    Parameters
    ----------
    dataset
        The feed; the gate of every question is put before it.
    lanes
        Pairs of places between which whole trains or ships can be bought.

    Notes
    -----
    Ways are searched by the prices of a load in the middle of its kind (countries, unit, mass and value of a unit), without its goods and
    parties. Each is then gone again for each shipment by every rule and price that holds for it: what is forbidden or late falls away,
    and what stays is right to the cent. A way that is best only for the goods, mass or value of one shipment may be missed. A shipment
    that may not go the cheapest way of its kind is searched by itself, exactly.
    """

    def __init__(self, dataset: Dataset, lanes: Lanes = ()) -> None:
        self._dataset, self._lanes = dataset, lanes
        self._exact = route_candidates(dataset, lanes)
        self._kinds: dict[_KindKey, _Kind] = {}
        self._found: dict[Query, Found] = {}

    def knows(self, query: Query) -> bool:
        return query in self._found

    def find(self, query: Query) -> Found:
        """The ways of one question; what stands in the way where there are none."""
        if query not in self._found:
            for _ in self.prepare((query,)):
                pass
        return self._found[query]

    def prepare(self, queries: Sequence[Query], later: Sequence[Query] = (), seconds: float = math.inf) -> Iterator[Headway]:
        """Look for the ways of many questions at once: tables are made for each kind of load, not for each question.

        Parameters
        ----------
        queries
            The questions.
        later
            Questions that start later, for which only the ways over a lane are wanted, along trails that are found for the others.
        seconds
            Nothing is waited for any longer.

        Yields
        ------
        Headway
            What is done, kind by kind. Nobody needs to wait for the rest: what is done is kept.
        """
        tasks = self._tasks(queries, later)
        counts = sum(len(task.first) for task in tasks)
        lost: list[_Task] = []
        is_shared = _may_fork(len(tasks), counts)
        work = _in_processes(self._run, tasks, seconds, lost) if is_shared else _one_by_one(self._run, tasks, seconds)
        is_told = False
        for done, found in enumerate(work, 1):
            self._found |= found
            if lost and not is_told:
                is_told = True
                yield Headway(stage=Stage.KILLED, total=len(lost))
            yield Headway(stage=Stage.KINDS, done=done, total=len(tasks))

    def _tasks(self, queries: Iterable[Query], later: Iterable[Query]) -> list[_Task]:
        tasks: dict[_KindKey, _Task] = {}
        for is_later, asked in ((False, queries), (True, later)):
            for query in sorted(dict.fromkeys(asked), key=lambda one: load_of(self._dataset, one).mass_per_unit_kg):
                graph = gated_graph(self._dataset, query)
                key = self._key(graph, query)
                if query in self._found:
                    continue
                task = tasks.setdefault(key, _Task(kind=self._kinds.setdefault(key, _Kind(graph=graph))))
                (task.later if is_later else task.first).append(query)
                task.kind.queries.append(query)
        return sorted(tasks.values(), key=lambda task: -len(task.first))

    def _run(self, task: _Task) -> dict[Query, Found]:
        """Everything that is asked about one kind of load."""
        kind, found = task.kind, dict[Query, Found]()
        kind.spliced.clear()
        for query in task.first:
            self._search(kind, query)
        for query in task.first:
            ways, is_first = self._price(kind, query)
            found[query] = (ways, ()) if is_first else self._exact(query)
        for query in task.later:
            if not kind.trails.get((query.origin_id, query.destination_id)):  # the others were answered by an earlier run
                self._search(kind, query)
                kind.spliced.clear()
            found[query] = (tuple(one for one in self._price(kind, query)[0] if self._uses_lane(one)), ())
        return found

    def _key(self, graph: PlanningGraph, query: Query) -> _KindKey:
        """The kind of a load: countries, unit, how dear a unit is, and the least mass of a unit of this kind."""
        load = load_of(self._dataset, query)
        ends = id(graph), load.origin_country, load.destination_country, query.unit_type_id, _value_class(query)
        mass = load.mass_per_unit_kg
        masses = [key[-1] for key in self._kinds if key[:-1] == ends and key[-1] <= mass <= _MASS_RATIO * key[-1]]
        return *ends, max(masses, default=mass)

    # --- trails ---------------------------------------------------------------------------------------------------------------

    def _search(self, kind: _Kind, query: Query) -> None:
        """Look for trails between the ends of a question, unless one that is ready in the same weeks has done so."""
        ends = (query.origin_id, query.destination_id)
        before = kind.searched.setdefault(ends, [])
        if any(abs((one.ready_on - query.ready_on).days) <= _AGAIN_DAYS for one in before):
            return
        before.append(query)
        groundwork = self._groundwork(kind, query)
        asked = replace(
            groundwork.scene.terms.query, origin_id=query.origin_id, destination_id=query.destination_id, ready_on=query.ready_on,
            horizon_days=query.horizon_days,
        )  # fmt: skip
        scene = Scene(kind.graph, groundwork.scene.terms.for_question(asked), groundwork.scene)
        search = LabelSearch(scene, groundwork)
        trails = kind.trails.setdefault(ends, {})
        for answer in self._answers(search, query, asked):
            trail = trail_of(groundwork.tabulation, answer)
            trails.setdefault(trail_key(trail), trail)

    def _answers(self, search: LabelSearch, query: Query, asked: Query) -> list[Answer]:
        """Best ways for several prices, told in units of the load that the tables were made for; and the best over each lane."""
        load, other = load_of(self._dataset, query), load_of(self._dataset, asked)
        units = other.units / load.units
        per_minute = float(load.value_per_day_cents) / MINUTES_PER_DAY * units
        grams = units * load.mass_kg / other.mass_kg
        known: list[Answer] = []
        for days, cents_a_gram in _PRICES:
            found, _ = search.search(weights=(1.0, days * per_minute, cents_a_gram * grams), known=known)
            known += [one for one in found if one not in known]
            if not known:
                return []
        most = MOST_DETOUR * min(one.cost + per_minute * one.minute for one in known)
        answers = front_of(known)
        for lane in self._lanes:
            if self._lies_between(query, lane):
                found, _ = search.search(vias=lane, weights=(1.0, per_minute, 0.0), max_labels=_LANE_LABELS)
                answers += [one for one in found if one not in answers and one.cost + per_minute * one.minute < most]
        return answers

    def _lies_between(self, query: Query, lane: _Ends) -> bool:
        def metres(*place_ids: str) -> float:
            points = [(row.lon, row.lat) for row in map(self._dataset.get_place, place_ids)]
            return sum(measure_great_circle_m(*one, *other) for one, other in pairwise(points))

        straight = metres(query.origin_id, query.destination_id)
        return metres(query.origin_id, *lane, query.destination_id) <= _STRAIGHT_DETOUR * max(straight, 1.0)

    def _groundwork(self, kind: _Kind, query: Query) -> Groundwork:
        """Tables for the load in the middle, from the first day on which one is ready to the last."""
        made = kind.groundwork
        if made is None or not _covers(made.scene.terms.query, query):
            first = min(one.ready_on for one in kind.queries)
            last = max(one.ready_on + timedelta(days=one.horizon_days) for one in kind.queries)
            middle = _middle(self._dataset, kind.queries)
            asked = replace(
                middle, ready_on=first, due_on=None, horizon_days=(last - first).days, hs=None, shipper_id=None, consignee_id=None
            )
            made = kind.groundwork = lay_groundwork(Scene(kind.graph, Terms(kind.graph.dataset, asked)))
        return made

    # --- prices ---------------------------------------------------------------------------------------------------------------

    def _price(self, kind: _Kind, query: Query) -> tuple[tuple[Itinerary, ...], bool]:
        """Every trail between the ends as this shipment can go it: those that no other beats, and those over a lane; and whether the one
        that came first, the cheapest of its kind, is among those that can be gone.
        """
        trails = self._trails(kind, query)
        scene = Scene(kind.graph, Terms(kind.graph.dataset, query))
        pricer, maker = TrailPricer(scene), ItineraryMaker(scene)
        priced = [pricer.arrival(trail) for trail in trails]
        arrivals = [one for one in priced if one is not None]
        made = [(one, maker.make(one)) for one in arrivals]
        front = _front(arrivals)
        kept = [itinerary for arrival, itinerary in made if arrival in front or self._uses_lane(itinerary)]
        ways = tuple(sorted(dict.fromkeys(kept), key=lambda row: (row.cost_cents, row.arrives_at)))
        return ways, bool(priced) and priced[0] is not None

    @staticmethod
    def _trails(kind: _Kind, query: Query) -> tuple[Trail, ...]:
        """Trails found between the ends of a question, then those that begin and end as trails of others do."""
        ends = query.origin_id, query.destination_id
        if ends not in kind.spliced:
            found = dict(kind.trails.get(ends, {}))
            starts = [trail for one, rows in kind.trails.items() if one[0] == ends[0] for trail in rows.values()]
            tails = [trail for one, rows in kind.trails.items() if one[1] == ends[1] for trail in rows.values()]
            for trail in splice_trails(starts, tails):
                found.setdefault(trail_key(trail), trail)
            kind.spliced[ends] = tuple(found.values())
        return kind.spliced[ends]

    def _uses_lane(self, itinerary: Itinerary) -> bool:
        return any((leg.from_id, leg.to_id) in self._lanes for leg in itinerary.legs)


def _front(arrivals: Sequence[Arrival]) -> list[Arrival]:
    def beats(one: Arrival, other: Arrival) -> bool:
        values, others = (one.cost, one.minute, one.emission), (other.cost, other.minute, other.emission)
        return values != others and all(value <= against for value, against in zip(values, others, strict=True))

    return [one for one in arrivals if not any(beats(other, one) for other in arrivals)]


def _value_class(query: Query) -> int:
    """The power of the ratio below which the value of a unit lies; 0 where it is not told or next to nothing."""
    power, left = 0, query.value or Decimal(0)
    while left >= query.units:
        power, left = power + 1, left / _VALUE_RATIO
    return power


def _middle(dataset: Dataset, queries: Sequence[Query]) -> Query:
    """A question with the middle mass and the middle value of a unit and the middle number of units: prices are by unit, by tonne, by value
    and by consignment.
    """
    masses = {load_of(dataset, query).mass_per_unit_kg: query for query in reversed(queries)}
    mass = median_low(masses)
    units = median_low(query.units for query in queries)
    values = sorted(query.value / query.units for query in queries if query.value is not None)
    value = median_low(values) * units if values else None
    return replace(masses[mass], units=units, mass_kg=mass * units, value=value)


def _covers(made: Query, query: Query) -> bool:
    last = made.ready_on + timedelta(days=made.horizon_days)
    return made.ready_on <= query.ready_on and query.ready_on + timedelta(days=query.horizon_days) <= last


# --- processes --------------------------------------------------------------------------------------------------------------------

_Run = Callable[[_Task], dict[Query, Found]]
_work: list[tuple[_Run, list[_Task]]] = []
"""At most one: what the processes that are forked find in their memory."""


def _may_fork(tasks: int, questions: int) -> bool:
    """Whether processes can share the memory of this one: on Linux, where no other thread might hold a lock."""
    is_alone = threading.active_count() == 1 and threading.current_thread() is threading.main_thread()
    return sys.platform == "linux" and is_alone and tasks > 1 and questions >= _FORK_QUESTIONS and (os.cpu_count() or 1) > 1


def _one_by_one(run: _Run, tasks: list[_Task], seconds: float) -> Iterator[dict[Query, Found]]:
    begin = perf_counter()
    for task in tasks:
        if perf_counter() - begin > seconds:
            return
        yield run(task)


def _in_processes(run: _Run, tasks: list[_Task], seconds: float, lost: list[_Task] | None = None) -> Iterator[dict[Query, Found]]:
    """Work on two kinds at once: tables are made by plain Python, which threads do not speed up.

    Where one of the processes is killed (a machine short of memory does so) its answer never comes; this process does then what is left,
    which stands in ``lost`` from then on.
    """
    begin, others = perf_counter(), set(multiprocessing.active_children())
    _work[:] = [(run, tasks)]
    crew = ProcessPoolExecutor(
        min(os.cpu_count() or 1, len(tasks)), multiprocessing.get_context("fork"), initializer=_be_quiet, initargs=(os.getpid(),)
    )
    open_ones: dict[Future[dict[Query, Found]], _Task] = {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 warns of threads of libraries, none of which is used there
            open_ones |= {crew.submit(_run_number, number): task for number, task in enumerate(tasks)}
        while open_ones:
            left = seconds - (perf_counter() - begin)
            ready = wait(open_ones, None if math.isinf(left) else max(0.0, left), FIRST_COMPLETED).done
            if not ready:
                return
            for future in ready:
                found = future.result()
                del open_ones[future]
                yield found
    except BrokenProcessPool:
        if lost is not None:
            lost += open_ones.values()
    finally:
        _work.clear()
        for process in set(multiprocessing.active_children()) - others:
            process.kill()
        crew.shutdown(cancel_futures=True)
    yield from _one_by_one(run, list(open_ones.values()), seconds - (perf_counter() - begin))


def _be_quiet(parent: int) -> None:
    """The process that asked ends this one; Ctrl-C is its affair. Where it is killed and can end nobody, this one ends by itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        sleep(_LOOK_SECONDS)
    os._exit(1)


def _run_number(number: int) -> dict[Query, Found]:
    run, tasks = _work[0]
    return run(tasks[number])
