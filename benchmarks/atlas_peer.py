"""The contraction hierarchy of scgraph 3.6 on the roads of the atlas; kept in ``.atlas`` under the checksum of the atlas."""

from __future__ import annotations

import json
import statistics
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

KEPT = Path(__file__).parents[1] / ".atlas"
QUESTIONS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """What the peer needs: median milliseconds for a path with its coordinates, seconds of preparation, and how many lengths equal ours."""

    path_ms: float
    preparation_s: float
    asked: int
    equal: int
    note: str


def measure_scgraph(network: Any, digest: str, pairs: list[tuple[int, int]], lengths_m: list[int]) -> Peer | None:
    """Ask the peer the same paths; None where scgraph is not installed."""
    try:
        from scgraph import Graph
        from scgraph.cpp import CHGraph
    except ImportError:
        return None
    KEPT.mkdir(exist_ok=True)
    stem = KEPT / f"scgraph-{digest[:16]}"
    kept, told = stem.with_suffix(".chjson"), stem.with_suffix(".json")
    if kept.exists() and told.exists():
        peer, told_s, note = (
            CHGraph.load_from_chjson(str(kept)),
            json.loads(told.read_text())["preparation_s"],
            "prepared in an earlier run",
        )
    else:
        graph = Graph(_as_dicts(network))
        start = perf_counter()
        peer = graph.create_contraction_hierarchy()
        told_s, note = perf_counter() - start, "peer prepared in this run"
        peer.save_as_chjson(str(kept))
        told.write_text(json.dumps({"preparation_s": told_s}))
    times, equal = [], 0
    for (origin, goal), length_m in list(zip(pairs, lengths_m, strict=True))[:QUESTIONS]:
        start = perf_counter()
        found = peer.get_shortest_path(origin, goal)
        nodes = np.array(found["path"])
        np.column_stack((network.lon[nodes], network.lat[nodes]))
        times.append(perf_counter() - start)
        equal += round(found["length"]) == length_m
    return Peer(path_ms=statistics.median(times) * 1000, preparation_s=told_s, asked=len(times), equal=equal, note=note)


def _as_dicts(network: Any) -> list[dict[int, int]]:
    graph: list[dict[int, int]] = [{} for _ in range(network.size)]
    for tail, head, length in zip(network.tail.tolist(), network.head.tolist(), network.length_m.tolist(), strict=True):
        graph[tail][head] = graph[head][tail] = min(length, graph[tail].get(head, length))
    return graph
