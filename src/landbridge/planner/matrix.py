"""Best values between many places: one to many, or many to many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import QueryError
from landbridge.domain.finding import Finding
from landbridge.domain.identity import PlaceId
from landbridge.domain.inquiry import Relation
from landbridge.domain.query import Query
from landbridge.graph.planning_graph import PlanningGraph
from landbridge.planner.question import Question, ask, name_places
from landbridge.planner.shipment import gated_graph
from landbridge.planner.sweep import Crew, Sweep, check_crew, run_sweep
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
    """What all pairs of a matrix share: the compiled feed behind the gate, the question and the measure."""

    graph: PlanningGraph
    query: Query
    by: str


def relate(table: Table, pair: Pair) -> Relation:
    """The best way between two places."""
    query = replace(table.query, origin_id=PlaceId(pair.origin_id), destination_id=PlaceId(pair.destination_id))
    best, is_complete = search_best(table.graph, query, table.by)
    reason = "" if best else "no way is open, confirmed or not" if is_complete else f"none found within {query.max_labels:,} labels"
    return Relation(origin_id=query.origin_id, destination_id=query.destination_id, itinerary=best, reason=reason)


def find_matrix(
    dataset: Dataset,
    question: Question,
    origins: Sequence[str],
    destinations: Sequence[str],
    *,
    by: str = "cost",
    heard: Callable[[int, int], None] = lambda done, of: None,
    crew: Crew | None = None,
) -> tuple[Query, tuple[Relation, ...]]:
    """Find the best way by one measure from every origin to every destination.

    Parameters
    ----------
    question
        Load and days; its ends are not used.
    origins, destinations
        Places as people write them; no destination: every place of the feed.
    by
        One of ``MEASURES``.
    crew
        Who works; None: this process.

    Returns
    -------
    tuple[Query, tuple[Relation, ...]]
        The question of the first pair, and the relations row by row; a place and itself have none.

    Raises
    ------
    QueryError
        With everything that is wrong, at once.
    ClusterError
        If machines that share the work go away.
    """
    crew = crew or Crew()
    check_crew(crew)
    starts = name_places(dataset, "--from", origins)
    goals = name_places(dataset, "--to", destinations) or tuple(row.place_id for row in dataset.places)
    pairs = [(a, b) for a in starts for b in goals if a != b]
    _check(by, len(pairs))
    query = ask(dataset, replace(question, origin=pairs[0][0], destination=pairs[0][1]))
    table = Table(graph=gated_graph(dataset, query), query=query, by=by)
    sweep = Sweep(name=f"matrix {query!r} {by}", digest=dataset.digest, work=relate, form=Relation, shared=table)
    parts = [Pair(origin_id=a, destination_id=b) for a, b in pairs]
    return query, tuple(run_sweep(sweep, parts, crew, tell=heard))


def _check(by: str, pairs: int) -> None:
    findings = []
    if by not in MEASURES:
        findings.append(Finding(code="MEASURE", column="--by", message=f"no measure {by[:20]!r}", fix=f"take one of {', '.join(MEASURES)}"))
    if not 1 <= pairs <= MOST_RELATIONS:
        text = f"{pairs:,} pairs of places are asked for"
        findings.append(Finding(code="MATRIX-SIZE", column="--from", message=text, fix=f"name places for 1 to {MOST_RELATIONS:,} pairs"))
    if findings:
        raise QueryError(findings)
