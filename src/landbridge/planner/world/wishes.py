"""Whether what a question avoids or asks for leaves a feed any way: geography alone, whatever law, closures and dates say of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from landbridge.domain.dataset import Dataset
from landbridge.domain.identity import ServiceId
from landbridge.domain.query import Query
from landbridge.graph.planning_graph import Boarding, PlanningGraph, compile_graph
from landbridge.planner.same_feed import SameFeed
from landbridge.planner.world.places import list_running

_KEPT = 4
"""Graphs of feeds that a process keeps: most questions are asked of one."""
Step = tuple[str, frozenset[str]]
"""The place that a step leads to, and what it touches of that which must be used."""


def leaves_way(dataset: Dataset, query: Query) -> bool:
    """Whether the feed names a way from end to end that uses what the question asks for and nothing that it avoids.

    Rules, designations, closures, permits and dates do not count: a way that one of them forbids is a way, and its reason is the answer.
    A service that the feed says has ended, rests or is to come is none.
    """
    network = _Network(dataset, query)
    first: Step = query.origin_id, network.wanted & {query.origin_id}
    pending, seen = [first], {first}
    while pending:
        here, used = pending.pop()
        if here == query.destination_id and used == network.wanted:
            return True
        for there, touched in network.list_steps(here):
            step = there, used | touched
            if step not in seen:
                seen.add(step)
                pending.append(step)
    return False


@lru_cache(maxsize=_KEPT)
def _compile_running(feed: SameFeed) -> tuple[PlanningGraph, frozenset[ServiceId]]:
    return compile_graph(feed.dataset), list_running(feed.dataset)


class _Network:
    def __init__(self, dataset: Dataset, query: Query) -> None:
        self.wanted, self._avoid = frozenset(query.via), frozenset(query.avoid)
        self._graph, self._running = _compile_running(SameFeed(dataset))
        self._places = dataset.place_by_id

    def list_steps(self, place_id: str) -> Iterator[Step]:
        """Where goods come from a place by a link or a ride, as far as nothing on the way is to be avoided."""
        for link in self._graph.links.get(place_id, ()):
            if not self._is_avoided(link.to_id, link.link.mode, link.link.border_id):
                offers = (row for row in link.offers if not {row.haulage_id, row.operator_id} & self._avoid)
                for row in offers:
                    yield link.to_id, self.wanted & {link.to_id, link.link.border_id, row.haulage_id, row.operator_id}
        for boarding in self._graph.boardings.get(place_id, ()):
            yield from self._list_rides(boarding)

    def _list_rides(self, boarding: Boarding) -> Iterator[Step]:
        service = boarding.service
        offered = {str(service.service_id), str(service.operator_id)}
        if service.service_id not in self._running or (offered | {service.mode}) & self._avoid:
            return
        touched: set[str] = set(offered)
        for stop in boarding.stops[1:]:
            if any(self._is_avoided(one) for one in (stop.place_id, *stop.via)) or self._avoid & set(stop.passages):
                return
            touched |= {stop.place_id, *stop.via, *stop.passages}
            if stop.alight:
                yield stop.place_id, self.wanted & touched

    def _is_avoided(self, place_id: str, *others: str | None) -> bool:
        return bool(self._avoid & {place_id, self._places[place_id].country, *(one for one in others if one)})
