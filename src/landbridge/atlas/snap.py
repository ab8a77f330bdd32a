"""From a place to the network: the nodes at which a way may begin."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from landbridge.atlas import kernel

if TYPE_CHECKING:
    from landbridge.atlas.world import World
    from landbridge.domain.way import AtlasPlace, WayQuery

REACH_M = {"road": 60_000.0, "rail": 60_000.0, "sea": 60_000.0, "waterway": 60_000.0}
"""Nothing farther from a place than this serves it; by sea a port may be a little farther than the coast."""
SMALL_ISLAND_NODES = 300
SMALL_ISLAND_PENALTY_M = 12_000.0
"""A scrap of the network is taken only if the network proper is this much farther away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """A node near a place, and how far it is."""

    node: int
    island: int
    snap_m: int
    cost_m: float


Ends = tuple[End, ...]


def find_ends(world: World, place: AtlasPlace, query: WayQuery) -> Ends:
    """The nearest node of each island of the network within reach, best first; empty if there is none."""
    network = world.network(query.mode)
    if query.mode in ("sea", "waterway") and place.place_id in world.port_nodes:
        node = world.port_nodes[place.place_id]
        return (End(node=node, island=int(network.island[node]), snap_m=0, cost_m=0.0),)
    nodes, far = kernel.nodes_near(
        place.lon, place.lat, REACH_M[query.mode], network.lon, network.lat, network.cell_first, network.cell_node
    )
    found: dict[int, End] = {}
    sizes = world.island_sizes(query.mode)
    for node, gap in zip(nodes.tolist(), far.tolist(), strict=True):
        island = int(network.island[node])
        if island not in found:
            penalty = 0.0 if sizes[island] >= SMALL_ISLAND_NODES else SMALL_ISLAND_PENALTY_M
            found[island] = End(node=node, island=island, snap_m=round(gap), cost_m=gap + penalty)
    return tuple(sorted(found.values(), key=lambda end: (end.cost_m, end.node)))


def common_ends(origins: Ends, destinations: Ends) -> tuple[End, End] | None:
    """The pair of ends on one island that lies nearest to both places."""
    there = {end.island: end for end in destinations}
    pairs = [(end, there[end.island]) for end in origins if end.island in there]
    return min(pairs, key=lambda pair: (pair[0].cost_m + pair[1].cost_m, pair[0].node), default=None)


def distance_m(place: AtlasPlace, other: AtlasPlace) -> int:
    """The great circle between two places."""
    return math.floor(kernel.great_circle_m(place.lon, place.lat, other.lon, other.lat))
