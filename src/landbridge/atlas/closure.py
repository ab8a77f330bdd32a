"""What a question closes, as the weight of every edge."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from landbridge.atlas import kernel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from landbridge.atlas.network import Network
    from landbridge.atlas.world import World
    from landbridge.domain.way import WayQuery

CLOSED = -1
GAUGE_CHANGE = 1
GAUGE_CHANGE_COST_M = 1_000_000
"""A way by rail with fewer changes of gauge is taken unless it is 1,000 km longer for each: a change takes about a day (grade D)."""
AVOIDED_REACH_M = 25_000.0
POST_REACH_M = 12_000.0
"""So near to a post a road that crosses the border is the road by that post: the border of the atlas is drawn coarsely (assumed)."""
DEGREE_M = 111_195.0
"""Length of a degree of latitude on a sphere of 6,371 km."""
OPEN_SEA = 0
FERRY = 1
AVOID_FERRIES = "ferry"
_NO_EDGES = np.empty(0, np.int64)
COASTAL_M = 100_000
"""Ships of inland waterways cross no longer stretch of open water."""


def edge_weights(world: World, network: Network, query: WayQuery) -> NDArray[np.int64]:
    """Weight of every edge in metres, -1 where the question closes it. A new array for each question."""
    weight = network.length_m.astype(np.int64)
    if network.mode == "rail":
        weight[network.kind == GAUGE_CHANGE] += GAUGE_CHANGE_COST_M
        if query.gauge_mm is not None:
            weight[network.kind != query.gauge_mm] = CLOSED
    for code in query.avoid:
        if code in world.countries:
            weight[network.country == world.countries.index(code)] = CLOSED
    for codes in query.avoid_borders:
        weight[world.border_edges(query.mode).get(codes, _NO_EDGES)] = CLOSED
    for codes, points in query.posts:
        at_border = world.border_edges(query.mode).get(codes, _NO_EDGES)
        weight[at_border[~_lie_near(network, at_border, points)]] = CLOSED
    for codes, metres in query.border_m:
        at_border = world.border_edges(query.mode).get(codes, _NO_EDGES)
        weight[at_border] += np.where(weight[at_border] == CLOSED, 0, metres)
    if network.mode == "road" and AVOID_FERRIES in query.avoid:
        weight[network.kind == FERRY] = CLOSED
    if network.mode == "sea":
        edges, passages = world.passage_edges
        closed = [number for number, passage in enumerate(world.passages) if is_closed(passage, query)]
        weight[edges[np.isin(passages, closed)]] = CLOSED
        if query.mode == "waterway":
            weight[(network.kind == OPEN_SEA) & (network.length_m > COASTAL_M)] = CLOSED
    for lon, lat in query.avoid_points:
        nodes, _ = kernel.nodes_near(lon, lat, AVOIDED_REACH_M, network.lon, network.lat, network.cell_first, network.cell_node)
        near = np.zeros(network.size, np.bool_)
        near[nodes] = True
        weight[near[network.tail] | near[network.head]] = CLOSED
    return weight


def _lie_near(network: Network, edges: NDArray[np.int64], points: Iterable[tuple[float, float]]) -> NDArray[np.bool_]:
    """Which edges of a border have an end within reach of one of some posts; shape (n_edges,)."""
    near = np.zeros(len(edges), np.bool_)
    for lon, lat in points:
        for ends in (network.tail, network.head):
            nodes = ends[edges]
            north = (network.lat[nodes] - lat) * DEGREE_M
            east = (network.lon[nodes] - lon) * DEGREE_M * math.cos(math.radians(lat))
            near |= np.hypot(north, east) <= POST_REACH_M
    return near


def is_closed(passage: dict[str, object], query: WayQuery) -> bool:
    """Whether a passage is closed for a question: avoided, or closed by default, to all or to sea-going ships, and not allowed."""
    return passage["id"] in query.avoid or (is_opened_by_name(passage, query) and passage["id"] not in query.allow)


def is_opened_by_name(passage: dict[str, object], query: WayQuery) -> bool:
    """Whether a passage is closed unless a question allows it; canals of inland vessels are so by sea alone."""
    return bool(passage["closed"]) or (query.mode == "sea" and bool(passage.get("inland")))


def narrow_passages(world: World, query: WayQuery) -> dict[str, int]:
    """Passages that take the ships of short ways alone, and the longest such way (m); none that a question allows or avoids.

    The ships of ocean lanes are too large for the Kiel Canal: a longer way leads around it (``passages.csv``, assumed).
    """
    if query.mode != "sea":
        return {}
    told = {str(passage["id"]): passage.get("longest_m") for passage in world.passages}
    return {code: int(str(longest)) for code, longest in told.items() if longest and code not in query.allow | query.avoid}


def is_plain(query: WayQuery) -> bool:
    """Whether a question closes nothing beyond the defaults."""
    closed = query.avoid or query.avoid_borders or query.avoid_points or query.posts
    return not closed and not query.border_m and query.gauge_mm is None
