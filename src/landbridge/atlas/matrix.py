"""Distances between many places: one search from each origin, over the whole network."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from landbridge.atlas import kernel
from landbridge.atlas.closure import edge_weights, narrow_passages
from landbridge.atlas.snap import common_ends, find_ends

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from landbridge.atlas.world import World
    from landbridge.domain.way import AtlasPlace, WayQuery


_KEPT_STARTS, _KEPT_CLOSURES = 128, 2
"""Rows of 44,000 nodes by sea, and weights of its 535,000 edges, that a process keeps: 22 and 9 MB. Ports near two ends are asked for again
by each line between them, and those of a canal by every table."""


def measure_distances(
    world: World, origins: Sequence[AtlasPlace], destinations: Sequence[AtlasPlace], query: WayQuery
) -> NDArray[np.int64]:
    """Metres from every origin to every destination, shape (n_origins, n_destinations); -1 where there is no way.

    A long way by sea leads around passages that are too narrow for its ships, if anything does.
    """
    found = np.full((len(origins), len(destinations)), -1, np.int64)
    starts = [find_ends(world, place, query) for place in origins]
    goals = [find_ends(world, place, query) for place in destinations]
    cells: list[tuple[int, int]] = []
    ends: list[tuple[int, int]] = []
    for row, start in enumerate(starts):
        for column, goal in enumerate(goals):
            pair = common_ends(start, goal)
            if pair is not None:
                cells.append((row, column))
                ends.append((pair[0].node, pair[1].node))
    if cells:
        found[tuple(np.array(cells).T)] = _measure(world, np.array(ends, np.int32), query)
    return found


def _measure(world: World, ends: NDArray[np.int32], query: WayQuery) -> NDArray[np.int64]:
    """Metres between nodes, shape (n, 2): only ways that may lead through a passage too narrow for them are searched twice."""
    metres = _search(world, ends, query)
    for code, longest_m in narrow_passages(world, query).items():
        long = np.flatnonzero(metres > longest_m)
        narrow = long[_leads_through(world, code, ends[long], metres[long], query)]
        query = replace(query, avoid=query.avoid | {code})
        around = _search(world, ends[narrow], query)
        metres[narrow] = np.where(around >= 0, around, metres[narrow])
    return metres


def _search(world: World, ends: NDArray[np.int32], query: WayQuery) -> NDArray[np.int64]:
    """Metres between nodes, shape (n, 2): one search from each start; by sea what was found from a start is kept."""
    network, metres = world.network(query.mode), np.empty(len(ends), np.int64)
    weight = None if _is_at_sea(query) else edge_weights(world, network, query)
    order = np.argsort(ends[:, 0], kind="stable")
    for same in np.split(order, np.flatnonzero(np.diff(ends[order, 0])) + 1) if len(ends) else ():
        start, goals = int(ends[same[0], 0]), ends[same, 1]
        if weight is None:
            metres[same] = _measure_sea(world, query, start)[goals]
        else:
            metres[same] = kernel.distances_from(start, goals, weight, network.length_m, network.first, network.edge_of, network.other)
    return metres


def _is_at_sea(query: WayQuery) -> bool:
    return query.mode in ("sea", "waterway")


@lru_cache(maxsize=_KEPT_STARTS)
def _measure_sea(world: World, query: WayQuery, start: int) -> NDArray[np.int32]:
    """Metres by sea from one node to every other, -1 where there is no way."""
    network = world.network(query.mode)
    everywhere = np.arange(network.size, dtype=np.int32)
    weight = _weigh_sea(world, query)
    found = kernel.distances_from(start, everywhere, weight, network.length_m, network.first, network.edge_of, network.other)
    row = found.astype(np.int32)
    row.flags.writeable = False
    return row


@lru_cache(maxsize=_KEPT_CLOSURES)
def _weigh_sea(world: World, query: WayQuery) -> NDArray[np.int64]:
    return edge_weights(world, world.network(query.mode), query)


def _leads_through(world: World, code: str, ends: NDArray[np.int32], metres: NDArray[np.int64], query: WayQuery) -> NDArray[np.bool_]:
    """Whether a shortest way of so many metres meets a passage: it is as long as both ways from one of its edges together."""
    network, met = world.network(query.mode), np.zeros(len(ends), np.bool_)
    if not len(ends):
        return met
    edges, numbers = world.passage_edges
    number = next(at for at, passage in enumerate(world.passages) if passage["id"] == code)
    for node in np.unique(network.tail[edges[numbers == number]]).tolist():
        both = _search(world, np.column_stack((np.full(ends.size, node, np.int32), ends.ravel())), query)
        met |= both.reshape(ends.shape).sum(axis=1) == metres
    return met
