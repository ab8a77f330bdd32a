"""``python -m benchmarks.atlas [--json] [--sea-pairs FILE] [--peers]``: accuracy and speed of the atlas; one row a measure."""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks.accuracy import Accuracy, measure_held_out, measure_land, measure_sea
from benchmarks.atlas_peer import measure_scgraph

QUESTIONS, CHECKED, TABLE = 300, 30, 1_000
ROAD_TABLES = (
    ("road_world", "road, world"),
    ("road_world_blind", "road, world, kept blind"),
    ("road_fresh_b", "road, written down before 2026.11.9"),
    ("road_fresh_b_blind", "road, written down before 2026.11.9, kept blind"),
)
"""Tables of roads alone and the names of their rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure; ``ours`` is None where it was not run."""

    name: str
    ours: float | None
    unit: str
    goal: float | None = None
    peer: float | None = None
    peer_name: str = ""
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return None if not self.peer or not self.ours else round(self.peer / self.ours, 2)


def main() -> int:
    """Measure and print; a missed goal is told, not a failure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.atlas", description="Accuracy and speed of the atlas.")
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    parser.add_argument("--sea-pairs", metavar="FILE", help="CSV: from, from_lon, from_lat, to, to_lon, to_lat, nautical_miles")
    parser.add_argument("--peers", action="store_true", help="also measure scgraph 3.6 (needs scgraph, and 460 s at the first run)")
    asked = parser.parse_args()
    rows = [*land_rows(), *sea_rows(asked.sea_pairs), *speed_rows(with_peers=asked.peers)]
    if asked.json:
        print(json.dumps([asdict(row) | {"ratio": row.ratio} for row in rows], indent=2))
    else:
        for row in rows:
            ours = "not run" if row.ours is None else f"{row.ours:.2f} {row.unit}"
            peer = f"  {row.peer_name} {row.peer:.2f}, x {row.ratio}" if row.peer else ""
            print(f"{row.name:<44} {ours:>16}  goal {row.goal if row.goal is not None else '-'}{peer}  {row.note}")
    return 0


def land_rows() -> Iterator[Measure]:
    """Published distances of ``benchmarks/distances``; docs/accuracy.md says which of them lengths were fitted on."""
    for mode in ("rail", "road"):
        for table, name in (
            (mode, mode),
            (f"{mode}_more", f"{mode}, more pairs"),
            (f"{mode}_blind", f"{mode}, chosen before the last mends"),
            (f"{mode}_fresh", f"{mode}, written down before 2026.11.8"),
            *(ROAD_TABLES if mode == "road" else ()),
        ):
            found = measure_land(mode, table)
            yield from _accuracy_rows(found, name, 3.0)
            yield Measure(name=f"{name}: share within 8 %", ours=round(100 * found.within(8), 1), unit="%", goal=90.0)
            if table == mode:
                held = measure_held_out(found)
                note = "each half scaled by the median ratio of the other"
                yield Measure(name=f"{mode}: median error, held out", ours=round(held.median_percent, 2), unit="%", goal=3.0, note=note)
                share = round(100 * held.within(8), 1)
                yield Measure(name=f"{mode}: share within 8 %, held out", ours=share, unit="%", goal=90.0, note=note)


def sea_rows(path: str | None) -> Iterator[Measure]:
    """A table of port pairs, if there is one."""
    if path is None or not Path(path).exists():
        yield Measure(name="sea: median error", ours=None, unit="%", goal=1.0, note="not run: give --sea-pairs FILE")
        return
    found = measure_sea(Path(path))
    yield from _accuracy_rows(found, "sea", 1.0)
    yield Measure(name="sea: 90th percentile", ours=round(found.p90_percent, 2), unit="%", goal=4.0)


def _accuracy_rows(found: Accuracy, mode: str, goal: float) -> Iterator[Measure]:
    lost = sum(pair.ours_km is None for pair in found.pairs)
    note = f"{len(found.pairs)} pairs, {lost} without a way, bias {found.bias_percent:+.2f} %"
    yield Measure(name=f"{mode}: median error", ours=round(found.median_percent, 2), unit="%", goal=goal, note=note)


def speed_rows(*, with_peers: bool) -> Iterator[Measure]:
    """Road paths and tables on the shipped network."""
    from landbridge.atlas import hierarchy, kernel
    from landbridge.atlas.world import load_world

    world = load_world()
    network = world.network("road")
    weight = network.length_m.astype(np.int64)
    metric = hierarchy.customize(hierarchy.compile_topology(network), network, weight)  # compiles the loops
    start = perf_counter()
    metric = hierarchy.customize(hierarchy.compile_topology(network), network, weight)
    prepared = perf_counter() - start
    pairs = _joined_pairs(network, QUESTIONS)
    traveller = hierarchy.Traveller(metric)
    _path(network, traveller, *pairs[0])
    times, costs = [], []
    for origin, goal in pairs:
        start = perf_counter()
        cost, _ = _path(network, traveller, origin, goal)
        times.append(perf_counter() - start)
        costs.append(cost)
    exact = sum(
        kernel.shortest_path(a, b, weight, network.lon, network.lat, network.first, network.edge_of, network.other)[0] == cost
        for (a, b), cost in zip(pairs[:CHECKED], costs, strict=False)
    )
    nodes = np.array([pair[0] for pair in _joined_pairs(network, TABLE)], np.int32)
    hierarchy.measure_table(metric, nodes[:2], nodes[:2])
    start = perf_counter()
    hierarchy.measure_table(metric, nodes, nodes)
    table = perf_counter() - start
    peer = measure_scgraph(network, world.container.digest(), pairs, costs) if with_peers else None
    name = "scgraph 3.6 contraction hierarchy" if peer else ""
    asked = "" if with_peers else "; peer not run: --peers"
    yield Measure(
        name="road: one path with geometry", ours=statistics.median(times) * 1000, unit="ms", peer=peer and peer.path_ms, peer_name=name,
        note=f"{exact} of {CHECKED} equal to A*{asked}",
    )  # fmt: skip
    yield Measure(
        name="road: preparation", ours=prepared, unit="s", peer=peer and peer.preparation_s, peer_name=name, note=peer.note if peer else ""
    )
    if peer:
        yield Measure(
            name="road: lengths equal to the peer's", ours=100 * peer.equal / peer.asked, unit="%", goal=100.0, note=f"{peer.asked} paths"
        )
    yield Measure(name=f"road: table {TABLE} x {TABLE}", ours=table, unit="s", goal=2.0)
    yield from _look_up_rows(world)


def _path(network, traveller, origin: int, goal: int) -> tuple[int, np.ndarray]:
    """Length of a way and the coordinates of all its nodes, in order."""
    from landbridge.atlas import kernel

    cost, edges = traveller.find_path(origin, goal)
    nodes = kernel.nodes_along(origin, edges, network.tail, network.head)
    return cost, np.column_stack((network.lon[nodes], network.lat[nodes]))


def _joined_pairs(network, count: int) -> list[tuple[int, int]]:
    """Random pairs of nodes that reach each other."""
    random = np.random.default_rng(20261126)
    found: list[tuple[int, int]] = []
    while len(found) < count:
        a, b = (int(value) for value in random.integers(0, network.size, 2))
        if a != b and network.island[a] == network.island[b]:
            found.append((a, b))
    return found


def _look_up_rows(world) -> Iterator[Measure]:
    texts = ("Orsha", "Орша", "گوجرانوالہ", "上海", "Gujranwalla", "Tashkemt", "Chennai Central, IN", "PKLHE", "San", "Qujranwala")
    for text in texts:
        world.gazetteer.find(text)
    times = []
    for text in texts * 5:
        start = perf_counter()
        world.gazetteer.find(text)
        times.append(perf_counter() - start)
    yield Measure(name="place look-up, median", ours=statistics.median(times) * 1000, unit="ms", goal=5.0)
    yield Measure(name="place look-up, slowest", ours=max(times) * 1000, unit="ms", goal=5.0)


if __name__ == "__main__":
    sys.exit(main())
