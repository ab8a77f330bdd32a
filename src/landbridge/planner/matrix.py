"""Best values between many places: one to many, or many to many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import QueryError
from landbridge.domain.finding import Finding
from landbridge.domain.identity import PlaceId
from landbridge.domain.inquiry import Matrix, Relation
from landbridge.domain.place import Place
from landbridge.domain.query import Query
from landbridge.graph.planning_graph import PlanningGraph
from landbridge.planner.joined_question import join_query_places, join_question
from landbridge.planner.namesake import find_namesakes
from landbridge.planner.plan_record import demand_same_gate, stamp_gate
from landbridge.planner.question import Question, name_places
from landbridge.planner.shipment import gated_graph
from landbridge.planner.sweep import Crew, Sweep, check_crew, run_sweep
from landbridge.planner.world.places import find_place_id
from landbridge.routing.answer import search_best

MEASURES = ("cost", "time", "co2e", "balanced")
MOST_RELATIONS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two places between which the best way is looked for."""

    origin_id: str
    destination_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What all pairs of a matrix share: the feed, its compiled graph behind the gate, the question, the measure, and the lists and
    decisions of whoever asks.
    """

    dataset: Dataset
    graph: PlanningGraph
    query: Query
    by: str
    stamp: tuple[str, ...]


def relate(table: Table, pair: Pair) -> Relation:
    """The best way between two places; one of the atlas is joined to the feed for its pair alone, as in a plan.

    Raises
    ------
    ClusterError
        On a worker whose lists or decisions are others than those of whoever asks, for such a pair.
    """
    query = replace(table.query, origin_id=PlaceId(pair.origin_id), destination_id=PlaceId(pair.destination_id))
    dataset = join_query_places(table.dataset, query)
    away = next((one for one in (pair.origin_id, pair.destination_id) if one not in dataset.place_by_id), None)
    if away is not None:
        reason = f"no way of the feed or of the world leads near {away}"
        return Relation(origin_id=pair.origin_id, destination_id=pair.destination_id, itinerary=None, reason=reason)
    if dataset is table.dataset:
        graph = table.graph
    else:
        demand_same_gate(table.stamp)
        graph = gated_graph(dataset, query)
    best, is_complete = search_best(graph, query, table.by)
    reason = "" if best else "no way is open, confirmed or not" if is_complete else f"none found within {query.max_labels:,} labels"
    touched = {pair.origin_id, pair.destination_id, *(one for leg in (best.legs if best else ()) for one in (leg.to_id, *leg.calls))}
    places = tuple(dataset.place_by_id[PlaceId(one)] for one in sorted(touched - table.dataset.place_by_id.keys()))
    return Relation(origin_id=query.origin_id, destination_id=query.destination_id, itinerary=best, reason=reason, places=places)


def find_matrix(
    dataset: Dataset,
    question: Question,
    origins: Sequence[str],
    destinations: Sequence[str],
    *,
    by: str = "cost",
    heard: Callable[[int, int], None] = lambda done, of: None,
    crew: Crew | None = None,
) -> Matrix:
    """Find the best way by one measure from every origin to every destination.

    Parameters
    ----------
    question
        Load and days; its ends are not used.
    origins, destinations
        Places as people write them, of the feed or of the atlas, as in a plan; no destination: every place of the feed.
    by
        One of ``MEASURES``.
    crew
        Who works; None: this process.

    Returns
    -------
    Matrix
        A place and itself have no relation. A name means one place in all pairs, whatever is near the other end; which, and what else it
        could mean, is told.

    Raises
    ------
    QueryError
        With everything that is wrong, at once.
    ClusterError
        If machines that share the work go away.
    """
    crew = crew or Crew()
    check_crew(crew)
    starts, goals = _name_ends(dataset, origins, destinations)
    pairs = [(a, b) for a in starts for b in goals or tuple(row.place_id for row in dataset.places) if a != b]
    _check(by, len(pairs))
    _, query = join_question(dataset, replace(question, origin=pairs[0][0], destination=pairs[0][1]))
    table = Table(dataset=dataset, graph=gated_graph(dataset, query), query=query, by=by, stamp=stamp_gate())
    sweep = Sweep(name=f"matrix {query!r} {by}", digest=dataset.digest, work=relate, form=Relation, shared=table)
    parts = [Pair(origin_id=a, destination_id=b) for a, b in pairs]
    relations = tuple(run_sweep(sweep, parts, crew, tell=heard))
    places = {place.place_id: place for one in relations for place in one.places}
    return Matrix(
        query=query,
        relations=relations,
        places=tuple(places.values()),
        findings=tuple(_find_namesakes(dataset, places, (("--from", origins), ("--to", destinations)))),
    )


def _name_ends(dataset: Dataset, origins: Sequence[str], destinations: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids of both ends; all that is wrong with either is told at once."""
    found, findings = list[tuple[str, ...]](), list[Finding]()
    for column, texts in (("--from", origins), ("--to", destinations)):
        try:
            found.append(name_places(dataset, column, texts, find_place_id))
        except QueryError as error:
            findings += error.findings
    if findings:
        raise QueryError(findings)
    return found[0], found[1]


def _find_namesakes(dataset: Dataset, places: Mapping[PlaceId, Place], asked: Iterable[tuple[str, Sequence[str]]]) -> Iterator[Finding]:
    """What else the names could mean."""
    for column, texts in asked:
        for text in dict.fromkeys(texts):
            place_id = find_place_id(dataset, text)
            taken = None if place_id is None else dataset.place_by_id.get(place_id) or places.get(place_id)
            finding = None if taken is None else find_namesakes(dataset, text, taken, column)
            if finding is not None:
                yield finding


def _check(by: str, pairs: int) -> None:
    findings = []
    if by not in MEASURES:
        findings.append(Finding(code="MEASURE", column="--by", message=f"no measure {by[:20]!r}", fix=f"take one of {', '.join(MEASURES)}"))
    if not 1 <= pairs <= MOST_RELATIONS:
        text = f"{pairs:,} pairs of places are asked for"
        findings.append(Finding(code="MATRIX-SIZE", column="--from", message=text, fix=f"name places for 1 to {MOST_RELATIONS:,} pairs"))
    if findings:
        raise QueryError(findings)
