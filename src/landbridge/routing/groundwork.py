"""What all questions about one load share: terms, timetables, times on the way and tables; worked out once and kept."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from threading import Lock
from typing import Any

from landbridge.domain.identity import PlaceId
from landbridge.domain.query import Query
from landbridge.graph.planning_graph import PlanningGraph
from landbridge.routing.scene import Scene, span_of
from landbridge.routing.tables import I64, Tables, flatten_tables
from landbridge.routing.tabulation import Tabulation, tabulate
from landbridge.terms.ends import mark_ends
from landbridge.terms.memory import Memory
from landbridge.terms.terms import Terms

_KEPT, _KEPT_MEMORIES = 4, 2


@dataclass(frozen=True, slots=True, eq=False)
class Groundwork:
    """Read only; made for the first question about a load, used by all later ones about it."""

    scene: Scene
    tabulation: Tabulation
    tables: Tables
    flat: I64
    place_index: dict[PlaceId, int]
    networks: dict[tuple[Any, ...], Any] = field(default_factory=dict)
    """Least values of all moves, kept by the first search that needs them, by days, use of unconfirmed services and what a minute costs."""
    lock: Lock = field(default_factory=Lock)
    """Of two threads that need one of the networks, the second waits for what the first makes."""


@dataclass(frozen=True, slots=True)
class _Key:
    """A load: everything that terms depend on, and the graph by identity."""

    graph: PlanningGraph
    load: tuple[Any, ...]
    query: Query

    def __hash__(self) -> int:
        return hash((id(self.graph), self.load))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.graph is self.graph and other.load == self.load


def lay_groundwork(scene: Scene) -> Groundwork:
    """Work out the tables of the load of a question."""
    tabulation = tabulate(scene)
    tables = tabulation.tables
    places = {row.place_id: index for index, row in enumerate(scene.graph.dataset.places)}
    return Groundwork(scene=scene, tabulation=tabulation, tables=tables, flat=flatten_tables(tables), place_index=places)


def set_scene(graph: PlanningGraph, query: Query) -> tuple[Scene, Groundwork]:
    """The scene of a question, on the groundwork of its load.

    Nothing that a question brings is kept but its load: ends enter by what rules and events see of their countries, the ready day by its
    month; what is to be avoided or used, due dates and bounds do not enter at all. Kept are the last four loads.
    """
    found = _groundwork(_Key(graph, _load_of(graph, query), query))
    return Scene(graph, found.scene.terms.for_question(query), found.scene), found


@lru_cache(maxsize=_KEPT)
def _groundwork(key: _Key) -> Groundwork:
    memory = _memory(_Key(key.graph, (replace(key.load[-1], ready_on=date.min),), key.query))
    return lay_groundwork(Scene(key.graph, Terms(key.graph.dataset, key.query, memory)))


@lru_cache(maxsize=_KEPT_MEMORIES)
def _memory(_key: _Key) -> Memory:
    """What loads share that differ in their ends and days alone."""
    return Memory()


def _load_of(graph: PlanningGraph, query: Query) -> tuple[Any, ...]:
    places = graph.dataset.place_by_id
    origin, destination = places[query.origin_id], places[query.destination_id]
    rest = replace(
        query,
        origin_id=PlaceId(""),
        destination_id=PlaceId(""),
        ready_on=span_of(query)[0],
        due_on=None,
        is_landed=False,
        avoid=(),
        via=(),
        max_legs=0,
        tolerance_percent=0,
        max_labels=0,
    )
    return mark_ends(graph.dataset, origin.country, destination.country), rest
