"""Best values between many places: one to many, or many to many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import QueryError
from landbridge.domain.finding import Finding
from landbridge.domain.identity import PlaceId
from landbridge.domain.inquiry import Relation
from landbridge.domain.query import Query
from landbridge.planner.question import Question, ask, name_places
from landbridge.planner.shipment import gated_graph
from landbridge.routing.answer import search_best

MEASURES = ("cost", "time", "co2e", "balanced")
MOST_RELATIONS = 100_000


def find_matrix(
    dataset: Dataset,
    question: Question,
    origins: Sequence[str],
    destinations: Sequence[str],
    *,
    by: str = "cost",
    heard: Callable[[int, int], None] = lambda done, of: None,
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

    Returns
    -------
    tuple[Query, tuple[Relation, ...]]
        The question of the first pair, and the relations row by row; a place and itself have none.

    Raises
    ------
    QueryError
        With everything that is wrong, at once.
    """
    starts = name_places(dataset, "--from", origins)
    goals = name_places(dataset, "--to", destinations) or tuple(row.place_id for row in dataset.places)
    pairs = [(a, b) for a in starts for b in goals if a != b]
    _check(by, len(pairs))
    query = ask(dataset, replace(question, origin=pairs[0][0], destination=pairs[0][1]))
    found = []
    for number, (a, b) in enumerate(pairs, 1):
        found.append(_relation(dataset, replace(query, origin_id=PlaceId(a), destination_id=PlaceId(b)), by))
        heard(number, len(pairs))
    return query, tuple(found)


def _check(by: str, pairs: int) -> None:
    findings = []
    if by not in MEASURES:
        findings.append(Finding(code="MEASURE", column="--by", message=f"no measure {by[:20]!r}", fix=f"take one of {', '.join(MEASURES)}"))
    if not 1 <= pairs <= MOST_RELATIONS:
        text = f"{pairs:,} pairs of places are asked for"
        findings.append(Finding(code="MATRIX-SIZE", column="--from", message=text, fix=f"name places for 1 to {MOST_RELATIONS:,} pairs"))
    if findings:
        raise QueryError(findings)


def _relation(dataset: Dataset, query: Query, by: str) -> Relation:
    best, is_complete = search_best(gated_graph(dataset, query), query, by)
    reason = "" if best else "no way is open, confirmed or not" if is_complete else f"none found within {query.max_labels:,} labels"
    return Relation(origin_id=query.origin_id, destination_id=query.destination_id, itinerary=best, reason=reason)
