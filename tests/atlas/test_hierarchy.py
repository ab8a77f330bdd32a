"""The hierarchy and the compiled loops against plain twins, on small random networks."""

from __future__ import annotations

import heapq

import numpy as np
import pytest

from landbridge.atlas import hierarchy, kernel
from landbridge.atlas.network import Network


def network(seed: int, size: int = 40) -> Network:
    random = np.random.default_rng(seed)
    lon, lat = random.uniform(0, 1, size), random.uniform(0, 1, size)
    pairs = {tuple(sorted(pair)) for pair in random.integers(0, size, (3 * size, 2)).tolist() if pair[0] != pair[1]}
    tail, head = (np.array([pair[side] for pair in sorted(pairs)], np.int32) for side in (0, 1))
    length = np.ceil(kernel.great_circles_m(lon, lat, tail, head) * random.uniform(1, 1.5, len(tail))).astype(np.int32)
    first, edge_of, other = kernel.graph_by_tail(size, tail, head)
    cell_first, cell_node = kernel.cells(lon, lat)
    nothing = np.zeros(len(tail), np.int16)
    return Network(
        mode="road", lon=lon, lat=lat, tail=tail, head=head, length_m=length, country=nothing, kind=nothing,
        is_bridged=nothing.astype(bool),
        first=first, edge_of=edge_of, other=other, gauge=np.zeros(size, np.int16),
        island=kernel.islands(first, edge_of, other, np.ones(len(tail), np.bool_)),
        cell_first=cell_first, cell_node=cell_node,
    )  # fmt: skip


def plain_distances(net: Network, weight, start: int) -> dict[int, int]:
    """Dijkstra with dictionaries."""
    near: dict[int, list[tuple[int, int]]] = {}
    for a, b, w in zip(net.tail.tolist(), net.head.tolist(), weight.tolist(), strict=True):
        if w >= 0:
            near.setdefault(a, []).append((b, w))
            near.setdefault(b, []).append((a, w))
    done: dict[int, int] = {}
    queue = [(0, start)]
    while queue:
        far, node = heapq.heappop(queue)
        if node not in done:
            done[node] = far
            for other, w in near.get(node, ()):
                heapq.heappush(queue, (far + w, other))
    return done


@pytest.mark.parametrize("seed", range(12))
def test_hierarchy_and_a_star_equal_dijkstra_with_and_without_closures(seed):
    net = network(seed)
    weight = net.length_m.astype(np.int64)
    if seed % 2:
        weight[np.random.default_rng(seed).random(len(weight)) < 0.3] = -1
    topology = hierarchy.compile_topology(net)
    metric = hierarchy.customize(topology, net, weight)
    traveller = hierarchy.Traveller(metric)
    nodes = np.arange(net.size, dtype=np.int32)
    table = hierarchy.measure_table(metric, nodes, nodes)
    for start in range(0, net.size, 7):
        plain = plain_distances(net, weight, start)
        for goal in range(net.size):
            expected = plain.get(goal, -1)
            assert table[start, goal] == expected
            if goal == start:
                continue
            for cost, edges in (
                traveller.find_path(start, goal),
                kernel.shortest_path(start, goal, weight, net.lon, net.lat, net.first, net.edge_of, net.other),
            ):
                assert cost == expected
                if cost >= 0:
                    assert weight[edges].sum() == cost
                    node = start
                    for edge in edges.tolist():
                        assert node in (net.tail[edge], net.head[edge])
                        node = int(net.head[edge] if net.tail[edge] == node else net.tail[edge])
                    assert node == goal


def test_nodes_near_a_point_are_those_within_reach_nearest_first():
    net = network(3, 200)
    nodes, far = kernel.nodes_near(0.5, 0.5, 30_000.0, net.lon, net.lat, net.cell_first, net.cell_node)
    plain = sorted((kernel.great_circle_m(0.5, 0.5, net.lon[node], net.lat[node]), node) for node in range(net.size))
    expected = [node for gap, node in plain if gap <= 30_000]
    assert nodes.tolist() == expected
    assert (np.diff(far) >= 0).all()


@pytest.mark.parametrize("seed", range(6))
def test_what_is_closed_leaves_the_parts_within_which_there_are_ways(seed):
    net = network(seed)
    weight = net.length_m.astype(np.int64)
    weight[np.random.default_rng(seed).random(len(weight)) < 0.6] = -1
    parts = kernel.islands(net.first, net.edge_of, net.other, weight >= 0)
    assert parts.max() > 1
    for start in range(net.size):
        assert set(np.flatnonzero(parts == parts[start]).tolist()) == set(plain_distances(net, weight, start))
