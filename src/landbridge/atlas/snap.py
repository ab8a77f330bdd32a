"""From a place to the network: the nodes at which a way may begin."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from landbridge.atlas import kernel

if TYPE_CHECKING:
    from landbridge.atlas.world import World
    from landbridge.domain.way import AtlasPlace, WayQuery

REACH_M = {"road": 60_000.0, "rail": 60_000.0, "sea": 60_000.0, "waterway": 60_000.0}
"""Nothing farther from a place than this serves it; by sea a port may be a little farther than the coast."""
SMALL_ISLAND_NODES = 300
OTHER_GAUGE_COST_M = 20_000.0
"""A station of the gauge of the other end is taken if it is at most this much farther away."""
_GAUGES = 10_000
SMALL_ISLAND_PENALTY_M = 12_000.0
"""A scrap of the network is taken only if the network proper is this much farther away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """A node near a place, and how far it is."""

    node: int
    island: int
    gauge_mm: int
    snap_m: int
    cost_m: float


Ends = tuple[End, ...]


def find_ends(world: World, place: AtlasPlace, query: WayQuery) -> Ends:
    """The nearest node of each island (and gauge) of the network within reach, best first; empty if there is none."""
    network = world.network(query.mode)
    if query.mode in ("sea", "waterway") and place.place_id in world.port_nodes:
        node = world.port_nodes[place.place_id]
        return (End(node=node, island=int(network.island[node]), gauge_mm=0, snap_m=0, cost_m=0.0),)
    nodes, far = kernel.nodes_near(
        place.lon, place.lat, REACH_M[query.mode], network.lon, network.lat, network.cell_first, network.cell_node
    )
    island, gauge = network.island[nodes].astype(np.int64), network.gauge[nodes].astype(np.int64)
    if query.gauge_mm is not None:
        kept = gauge == query.gauge_mm
        nodes, far, island, gauge = nodes[kept], far[kept], island[kept], gauge[kept]
    sizes = world.island_sizes(query.mode)
    found = []
    for at in np.unique(island * _GAUGES + gauge, return_index=True)[1].tolist():  # nodes come nearest first
        penalty = 0.0 if sizes[island[at]] >= SMALL_ISLAND_NODES else SMALL_ISLAND_PENALTY_M
        snap_m, cost_m = round(float(far[at])), float(far[at]) + penalty
        found.append(End(node=int(nodes[at]), island=int(island[at]), gauge_mm=int(gauge[at]), snap_m=snap_m, cost_m=cost_m))
    return tuple(sorted(found, key=lambda end: (end.cost_m, end.node)))


def is_served(world: World, place: AtlasPlace, query: WayQuery) -> bool:
    """Whether anything of the network lies within reach of a place."""
    return bool(find_ends(world, place, query))


def common_ends(origins: Ends, destinations: Ends) -> tuple[End, End] | None:
    """The pair of ends on one island that lies nearest to both places; tracks of one gauge go before those of two."""
    pairs = [(start, goal) for start in origins for goal in destinations if start.island == goal.island]
    return min(pairs, key=_cost, default=None)


def _cost(pair: tuple[End, End]) -> tuple[float, int, int]:
    start, goal = pair
    other_gauge = OTHER_GAUGE_COST_M if start.gauge_mm != goal.gauge_mm else 0.0
    return start.cost_m + goal.cost_m + other_gauge, start.node, goal.node


def distance_m(place: AtlasPlace, other: AtlasPlace) -> int:
    """The great circle between two places."""
    return math.floor(kernel.great_circle_m(place.lon, place.lat, other.lon, other.lat))
