"""All useful departures of a window, and the latest day on which goods may be ready for a due date."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import QueryError
from landbridge.domain.finding import Finding
from landbridge.domain.inquiry import Departure, Profile
from landbridge.domain.plan import Itinerary
from landbridge.domain.query import Query
from landbridge.graph.planning_graph import PlanningGraph
from landbridge.planner.joined_question import join_query_places
from landbridge.planner.shipment import gated_graph
from landbridge.routing.answer import search_best, search_plans

MOST_DAYS = 184
"""A window of half a year."""
MOST_DAYS_BACK = 120
Join = Callable[[Dataset, Query], Dataset]
"""A feed with what is added to it for a question: ways of the world depend on what is shut on its days."""


class _Graphs:
    """Graphs of a feed for one question on several days, one for each feed that its days lead to."""

    def __init__(self, dataset: Dataset, join: Join | None) -> None:
        self._dataset, self._join = dataset, join
        self._last: tuple[Dataset, PlanningGraph] | None = None

    def find(self, query: Query) -> PlanningGraph:
        joined = self._dataset if self._join is None else self._join(self._dataset, query)
        if self._last is None or self._last[0] is not joined:
            self._last = joined, gated_graph(joined, query)
        return self._last[1]


def find_profile(
    dataset: Dataset, query: Query, last_on: date, heard: Callable[[int, int], None] = lambda done, of: None, join: Join | None = None
) -> Profile:
    """Find the useful departures of goods that may be ready on any day from ``query.ready_on`` to ``last_on``.

    Each day is planned as a question of its own, so that a departure is what :func:`plan_shipment` gives for that day. Goods that are ready
    earlier can be held back at no cost, so a way is of no use if one that leaves no earlier is no worse in arrival, cost and CO2e.
    ``join`` makes the feed of each day; None: it is the same on all of them.

    Raises
    ------
    QueryError
        If the window is empty or longer than ``MOST_DAYS``.
    """
    days = (last_on - query.ready_on).days + 1
    if not 1 <= days <= MOST_DAYS:
        raise QueryError(
            [
                Finding(
                    code="WINDOW",
                    column="--to",
                    message=f"the window from {query.ready_on} to {last_on} has {max(days, 0)} days",
                    fix=f"give 1 to {MOST_DAYS} days",
                )
            ]
        )
    found: list[Departure] = []
    is_complete = True
    graphs = _Graphs(dataset, join)
    for offset in range(days):
        ready_on = query.ready_on + timedelta(days=offset)
        asked = replace(query, ready_on=ready_on)
        itineraries, is_done = search_plans(graphs.find(asked), asked)
        found += [Departure(ready_on=ready_on, itinerary=one) for one in itineraries]
        is_complete = is_complete and is_done
        heard(offset + 1, days)
    return Profile(query=query, first_on=query.ready_on, last_on=last_on, departures=useful_departures(found), is_complete=is_complete)


def useful_departures(found: Iterable[Departure]) -> tuple[Departure, ...]:
    """Those that no departure that leaves no earlier makes useless, in order of leaving; of equal ones the last ready day."""
    rows = sorted(found, key=lambda one: (_leaves(one), one.ready_on), reverse=True)
    kept: list[Departure] = []
    for row in rows:
        if not any(_is_as_good(other.itinerary, row.itinerary) for other in kept):
            kept.append(row)
    kept = [row for row in kept if not any(_beats(other, row) for other in kept)]
    return tuple(sorted(kept, key=lambda one: (_leaves(one), one.itinerary.cost_cents)))


def _leaves(one: Departure) -> float:
    return one.itinerary.departs_at.timestamp()


def _values(one: Itinerary) -> tuple[float, int, int]:
    return one.arrives_at.timestamp(), one.cost_cents, one.emission_g_co2e


def _is_as_good(one: Itinerary, other: Itinerary) -> bool:
    return all(a <= b for a, b in zip(_values(one), _values(other), strict=True))


def _beats(one: Departure, other: Departure) -> bool:
    """Of departures that leave at the same time."""
    better = _leaves(one) >= _leaves(other) and _is_as_good(one.itinerary, other.itinerary)
    return better and (_leaves(one), *_values(one.itinerary)) != (_leaves(other), *_values(other.itinerary))


def find_latest(dataset: Dataset, query: Query, join: Join | None = None) -> date | None:
    """Find the latest day on which the goods may be ready and still arrive by the due date.

    Days are tried one by one from the due date backwards, down to ``query.ready_on``: that an earlier day is no
    worse is not assumed. A day on which nothing can arrive in time costs little: the bound of time ends its search at once.
    ``join`` makes the feed of each day; None: it is the same on all of them.

    Raises
    ------
    QueryError
        If the query has no due date, or the days between are too many.
    """
    due_on = query.due_on
    if due_on is None:
        raise QueryError(
            [Finding(code="LATEST-DUE", column="--latest", message="the latest ready day needs a due date", fix="add --due DATE")]
        )
    if (due_on - query.ready_on).days > MOST_DAYS_BACK:
        query = replace(query, ready_on=due_on - timedelta(days=MOST_DAYS_BACK))
    graphs = _Graphs(dataset, join)
    for offset in range((due_on - query.ready_on).days + 1):
        asked = replace(query, ready_on=due_on - timedelta(days=offset))
        if search_best(graphs.find(asked), asked, "time")[0] is not None:
            return asked.ready_on
    return None


def ask_latest(dataset: Dataset, query: Query, join: Join | None = None) -> tuple[Query, Finding]:
    """The question for the latest ready day, and what is to be said about it; the question as it was if no day is early enough."""
    found = find_latest(dataset, query, join)
    assert query.due_on is not None
    if found is None:
        first = max(query.ready_on, query.due_on - timedelta(days=MOST_DAYS_BACK))
        text = f"ready on no day from {first} to {query.due_on} do the goods arrive by {query.due_on}"
        return query, Finding(code="LATEST-NONE", severity="warning", message=text, fix="give a later due date")
    text = f"the goods may be ready on {found} at the latest; ready a day later nothing arrives by {query.due_on}"
    if found == query.due_on:
        text = f"the goods may be ready on the due date itself, {found}"
    return replace(query, ready_on=found), Finding(code="LATEST-READY", severity="info", message=text, fix="have them ready by then")


def join_latest(feed: Dataset, query: Query) -> tuple[Dataset, Query, Finding]:
    """What :func:`ask_latest` says with ways of the world made for each day; and the feed with those of the day found."""
    asked, said = ask_latest(feed, query, join_query_places)
    return join_query_places(feed, asked), asked, said
