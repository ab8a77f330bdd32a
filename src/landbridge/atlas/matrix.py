"""Distances between many places: one search from each origin, over the whole network, or by the hierarchy where it pays."""

from __future__ import annotations

from dataclasses import replace
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


def measure_distances(
    world: World, origins: Sequence[AtlasPlace], destinations: Sequence[AtlasPlace], query: WayQuery
) -> NDArray[np.int64]:
    """Metres from every origin to every destination, shape (n_origins, n_destinations); -1 where there is no way."""
    found = _shortest(world, origins, destinations, query)
    for code, longest_m in narrow_passages(world, query).items():
        if (found > longest_m).any():
            query = replace(query, avoid=query.avoid | {code})
            around = _shortest(world, origins, destinations, query)
            found = np.where((found > longest_m) & (around >= 0), around, found)
    return found


def _shortest(world: World, origins: Sequence[AtlasPlace], destinations: Sequence[AtlasPlace], query: WayQuery) -> NDArray[np.int64]:
    network = world.network(query.mode)
    weight = edge_weights(world, network, query)
    starts = [find_ends(world, place, query) for place in origins]
    goals = [find_ends(world, place, query) for place in destinations]
    found = np.full((len(origins), len(destinations)), -1, np.int64)
    wanted: dict[int, list[tuple[int, int, int]]] = {}
    for row, start in enumerate(starts):
        for column, goal in enumerate(goals):
            pair = common_ends(start, goal)
            if pair is not None:
                wanted.setdefault(pair[0].node, []).append((row, column, pair[1].node))
    for node, cells in wanted.items():
        nodes = np.array([cell[2] for cell in cells], np.int32)
        reach = kernel.distances_from(node, nodes, weight, network.length_m, network.first, network.edge_of, network.other)
        for (row, column, _), metres in zip(cells, reach.tolist(), strict=True):
            found[row, column] = metres
    return found
