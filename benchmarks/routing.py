"""The search on generated continents.

``python -m benchmarks.routing --terminals 5000 [--queries 200] [--seconds 600] [--seed N] [--roads everywhere] [--check 12] [--json]``

What is measured, all in this process:

``preparation_s``
    The graph of the dataset and the tables of the load: done once for all questions about one load.
``asked``
    Questions asked until ``--seconds`` were over; the two figures below are of these.
``median_ms``, ``p95_ms``
    One question: the exact Pareto set over cost, arrival and CO2e of confirmed services, as the numbers and steps of each itinerary.
    Not in it: the tables, the texts and items of the itineraries, ways that are only compared.
``checked``
    Questions for which the slow reference of the tests (``tests/routing/reference.py``: every move, nothing compared under way) was asked
    whether it knows an itinerary that the search missed, and each itinerary of the search was made again move by move. Such questions are
    about nearer pairs, with fewer legs and days, since the reference follows every label that is not yet beaten by a whole itinerary.
    Questions to which both say that there is no way are told apart.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from time import perf_counter

from tests.routing.reference import Enumeration

from benchmarks.continent import ROADS, count_legs, draw_queries, generate_continent
from landbridge.domain.dataset import Dataset
from landbridge.domain.query import Query
from landbridge.graph.planning_graph import PlanningGraph, compile_graph
from landbridge.routing.front import find_front
from landbridge.routing.groundwork import lay_groundwork
from landbridge.routing.label import Label
from landbridge.routing.label_search import LabelSearch
from landbridge.routing.replay import Replay
from landbridge.routing.scene import Scene
from landbridge.terms.terms import Terms

CHECK_LEGS, CHECK_DAYS = 3, 21
CHECK_KM = (150.0, 700.0)
MOST_REFERENCE_LABELS = 300_000
LEAST_FRONT, LEAST_CHECKED = 5, 10
GOALS = {5_000: (10.0, 50.0), 50_000: (200.0, None)}
"""Terminals: median and 95th percentile in milliseconds."""
Values = tuple[int, int, int]


class Load:
    """The tables of one load on one continent, shared by all questions about it."""

    def __init__(self, graph: PlanningGraph, query: Query) -> None:
        self._graph = graph
        self._groundwork = lay_groundwork(Scene(graph, Terms(graph.dataset, query)))

    def search(self, query: Query) -> tuple[LabelSearch, Scene]:
        """A search of another question on the same tables, between whatever countries: no rule of these datasets asks for the ends."""
        shared = self._groundwork.scene
        scene = Scene(self._graph, shared.terms.for_question(query), shared)
        return LabelSearch(scene, self._groundwork), scene


class Doubter(Enumeration):
    """The reference, asked for what another search has missed: a label that a whole itinerary beats already is not followed."""

    def __init__(self, scene: Scene, known: list[Values]) -> None:
        super().__init__(scene)
        self._known, self._made = known, 0

    def _push(self, label: Label) -> None:
        if _is_known((label.cost, label.minute, label.emission), self._known):
            return
        self._made += 1
        if self._made > MOST_REFERENCE_LABELS:
            raise TimeoutError
        super()._push(label)


def _is_known(values: Values, known: list[Values]) -> bool:
    """Whether something known is no worse in all three."""
    return any(all(a <= b for a, b in zip(one, values, strict=True)) for one in known)


@dataclass(frozen=True, slots=True)
class Check:
    """What the reference said of one question."""

    is_checked: bool
    is_equal: bool
    plans: int


def check_question(load: Load, query: Query) -> Check:
    """Ask the reference whether the search missed anything; not checked if the reference is not done within its bound."""
    search, scene = load.search(query)
    answers, is_done = find_front(search)
    replay = Replay(scene, search)
    values = [(one.cost, one.minute, one.emission) for one in answers]
    made = [replay.arrival(one) for one in answers]  # ends the program if a move is not allowed or a figure differs
    try:
        missed = [one for one in Doubter(scene, values).run() if not _is_known((one.cost, one.minute, one.emission), values)]
    except TimeoutError:
        return Check(is_checked=False, is_equal=False, plans=len(answers))
    return Check(is_checked=is_done, is_equal=not missed and len(made) == len(answers), plans=len(answers))


def measure(
    terminals: int, queries: int, checks: int, seed: int, roads: str, most_labels: int, seconds: float, note: Callable[[str], None]
) -> dict[str, object]:
    """Everything that is printed, as one document."""
    note(f"generating {terminals:,} terminals")
    dataset = generate_continent(terminals, seed, roads)
    begin = perf_counter()
    graph = compile_graph(dataset)
    asked = draw_queries(dataset, queries, seed)
    load = Load(graph, asked[0])
    preparation = perf_counter() - begin
    note(f"prepared in {preparation:.1f} s")
    find_front(load.search(asked[0])[0], max_labels=most_labels)  # loads the compiled code
    times, fronts, unfinished = _ask_all(load, asked, most_labels, seconds, note)
    peak = _peak_mb()
    checked = _check(load, dataset, checks, seed, note)
    return {
        "terminals": terminals,
        "service_legs": count_legs(dataset),
        "roads": roads,
        "links": len(dataset.links),
        "seed": seed,
        "queries": queries,
        "asked": len(times),
        "median_ms": round(statistics.median(times), 2),
        "p95_ms": round(_quantile(times, 0.95), 2),
        "preparation_s": round(preparation, 2),
        "peak_mb": peak,
        "pareto_median": statistics.median(fronts),
        "unfinished": unfinished,
        "most_labels": most_labels,
        "checked": sum(one.is_checked and one.plans > 0 for one in checked),
        "checked_without_way": sum(one.is_checked and not one.plans for one in checked),
        "differing": sum(one.is_checked and not one.is_equal for one in checked),
        "checked_pareto_median": statistics.median([one.plans for one in checked if one.plans] or [0]) if checked else None,
        "goals_ms": GOALS.get(terminals),
    }


def _ask_all(
    load: Load, asked: list[Query], most_labels: int, seconds: float, note: Callable[[str], None]
) -> tuple[list[float], list[int], int]:
    times: list[float] = []
    fronts: list[int] = []
    unfinished = 0
    for number, query in enumerate(asked, 1):
        if sum(times) > 1000 * seconds:
            note(f"{seconds:g} seconds are over")
            break
        search, _ = load.search(query)
        start = perf_counter()
        front, is_done = find_front(search, max_labels=most_labels)
        times.append(1000 * (perf_counter() - start))
        fronts.append(len(front))
        unfinished += not is_done
        if number % 10 == 0:
            note(f"{number} questions asked, median {statistics.median(times):.0f} ms")
    return times, fronts, unfinished


def _check(load: Load, dataset: Dataset, wanted: int, seed: int, note: Callable[[str], None]) -> list[Check]:
    near = draw_queries(dataset, 4 * wanted, seed + 1, least_km=CHECK_KM[0], most_km=CHECK_KM[1]) if wanted else []
    found: list[Check] = []
    for query in near:
        if sum(one.is_checked and one.plans > 0 for one in found) == wanted:
            break
        found.append(check_question(load, replace(query, max_legs=CHECK_LEGS, horizon_days=CHECK_DAYS)))
        note(f"checked {sum(one.is_checked for one in found)} of {len(found)}: {found[-1]}")
    return found


def _quantile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _peak_mb() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1 << 20) if sys.platform == "darwin" else peak / 1024)


def main(arguments: list[str] | None = None) -> int:
    """Print one table or one JSON document; a goal that is missed is told, a difference from the reference ends with 1."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.routing", description="The search on a generated continent.")
    parser.add_argument("--terminals", type=int, default=500)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--check", type=int, default=12, help="questions to compare with the reference")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--roads", choices=ROADS, default="access", help="where trucks go: about hubs and borders, or from hub to hub")
    parser.add_argument("--seconds", type=float, default=600, help="no further question is asked after so many seconds of asking")
    parser.add_argument("--max-labels", type=int, default=1_000_000, help="bound of each search; questions that hit it are counted")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    document = measure(
        asked.terminals,
        asked.queries,
        asked.check,
        asked.seed,
        asked.roads,
        asked.max_labels,
        asked.seconds,
        lambda text: print(text, file=sys.stderr, flush=True),
    )
    if asked.json:
        print(json.dumps(document, indent=2))
    else:
        print("\n".join(f"{name:<22} {value}" for name, value in document.items()))
        print(_verdict(document))
    return 1 if document["differing"] else 0


def _verdict(document: dict[str, object]) -> str:
    told = []
    goals = document["goals_ms"]
    if isinstance(goals, tuple):
        for name, goal in zip(("median_ms", "p95_ms"), goals, strict=True):
            value = document[name]
            if goal is not None and isinstance(value, float):
                told.append(f"{name}: goal {goal:g}, {'reached' if value <= goal else 'not reached'}")
    if isinstance(document["pareto_median"], int | float) and document["pareto_median"] < LEAST_FRONT:
        told.append(f"fronts of fewer than {LEAST_FRONT} plans in the median: the network is too easy")
    if isinstance(document["checked"], int) and document["checked"] < LEAST_CHECKED:
        told.append(f"fewer than {LEAST_CHECKED} questions checked")
    return "; ".join(told) or "no goal for this size"


if __name__ == "__main__":
    sys.exit(main())
