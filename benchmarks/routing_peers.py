"""``python -m benchmarks.routing_peers [--terminals 120] [--queries 10] [--json]``: other ways to the same answer, in the same run.

Both peers are asked about a bare continent (``strip_continent``), since neither knows storage, through rates, papers or drivers' hours.

``networkx``
    A generic multi-criteria label setting search (Martins 1984) over a networkx multigraph of places by mode of coming, with departures on
    the edges: cost, time, CO2e, and legs for their bound. No lower bounds. Its whole Pareto set must equal that of landbridge.
``milp``
    Arcs and departures as binaries, times as continuous variables, solved by HiGHS: the cheapest way by a due date, for several due dates
    of each question. Its cost must equal the cheapest of the Pareto set that arrives by then.

RAPTOR and CSA libraries find earliest arrivals in timetables without prices; none of them was found that takes haulage on demand and three
criteria, so they are not run.

References: Martins, E. Q. V. (1984), On a multicriteria shortest path problem, European Journal of Operational Research 16(2), 236-245.
"""

from __future__ import annotations

import argparse
import heapq
import json
import statistics
import sys
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import count
from time import perf_counter
from typing import Any

from benchmarks.continent import READY, draw_queries, generate_continent, strip_continent
from benchmarks.routing import Load
from landbridge.domain.dataset import Dataset
from landbridge.domain.query import Query
from landbridge.graph.planning_graph import compile_graph
from landbridge.graph.timetable import Timetable
from landbridge.routing.front import find_front
from landbridge.terms.clock import local_minute

Node = tuple[str, str]
Values = tuple[int, int, int]
ORIGIN = "origin"
MILP_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Edge:
    """One link by road, or one ride: what it takes, and when it leaves; a leg begins where ``opens``."""

    cents: int
    grams: int
    minutes: int
    opens: bool
    before: int
    """Minutes of handling and cut-off before a departure may be met; of handling before a run."""
    departures: tuple[int, ...] | None
    """When the ride leaves its first stop; None for a link."""
    leaves: int = 0
    """Minutes after the first stop at which the ride leaves where it is boarded; ``minutes`` is from the first stop to the last."""


class Network:
    """A bare continent as a networkx multigraph, worked out from the dataset by itself."""

    def __init__(self, dataset: Dataset, query: Query) -> None:
        import networkx

        self._dataset, self._query = dataset, query
        self._rates = {row.currency: row.rate for row in dataset.exchange_rates} | {"USD": Decimal(1)}
        self._factor = {row.factor_id: row.amount_g.typical for row in dataset.emission_factors}
        self._lift = {(row.place_id, row.from_mode, row.to_mode): row for row in dataset.handling}
        self._mass = Decimal(query.mass_kg or 0)
        self.graph = networkx.MultiDiGraph()
        self._add_links()
        self._add_rides()

    def _cents(self, amount: Decimal, currency: str, quantity: Decimal) -> int:
        return int((amount * quantity / self._rates[currency] * 100).quantize(Decimal(1), ROUND_HALF_UP))

    def _grams(self, mode: str, metres: int) -> int:
        return int((self._mass * metres / 10**6 * self._factor[mode]).quantize(Decimal(1), ROUND_HALF_UP))

    def _changes(self, place: str, mode: str) -> Iterator[tuple[str, int, int, int]]:
        """How goods may come to a place to leave it by a mode: mode of coming, cents, minutes, grams of the change."""
        yield ORIGIN, 0, 0, 0
        for come in ("road", "rail", "sea"):
            row = self._lift.get((place, come, mode))
            if row is not None and row.amount is not None and not come == mode == "road":
                cents = self._cents(row.amount.typical, row.currency or "USD", Decimal(self._query.units))
                yield come, cents, row.duration_min.typical, round(self._query.units * self._factor["move"])

    def _add_links(self) -> None:
        per_km = {row.country: row.per_km.typical for row in self._dataset.haulage_rates}
        speed = {row.country: row.speed_m_per_h for row in self._dataset.haulage_rates}
        wait = {(row.border_id, row.from_country): row.wait_min.typical for row in self._dataset.crossings}
        country = {row.place_id: row.country for row in self._dataset.places}
        for link in self._dataset.links:
            for a, b in ((link.from_place_id, link.to_place_id), (link.to_place_id, link.from_place_id)):
                where = country[a] if link.border_id else link.country
                cents = self._cents(per_km[where], "USD", Decimal(self._query.units) * Decimal(link.distance_m) / 1000)
                minutes = -(-60 * link.distance_m // speed[where]) + (wait[link.border_id, where] if link.border_id else 0)
                grams = self._grams("road", link.distance_m)
                self.graph.add_edge((a, "road"), (b, "road"), edge=Edge(cents, grams, minutes, opens=False, before=0, departures=None))
                for come, more, handled, moved in self._changes(a, "road"):
                    edge = Edge(cents + more, grams + moved, minutes, opens=True, before=handled, departures=None)
                    self.graph.add_edge((a, come), (b, "road"), edge=edge)

    def _add_rides(self) -> None:
        query = self._query
        table = Timetable(self._dataset, query.ready_on - timedelta(days=60), query.ready_on + timedelta(days=query.horizon_days + 1))
        prices = {(row.service_id, row.from_place_id, row.to_place_id): row for row in self._dataset.tariffs}
        for service in self._dataset.services:
            stops = self._dataset.stops_by_service[service.service_id]
            leaving = tuple(at for at, _ in table.departures(service.service_id, -(1 << 60), 1 << 60))
            for i, start in enumerate(stops[:-1]):
                metres = 0
                for end in stops[i + 1 :]:
                    metres += end.distance_m
                    row = prices.get((service.service_id, start.place_id, end.place_id))
                    if row is None or row.amount is None:
                        continue
                    cents = self._cents(row.amount.typical, "USD", Decimal(query.units))
                    for come, more, handled, moved in self._changes(start.place_id, service.mode):
                        edge = Edge(
                            cents + more, self._grams(service.mode, metres) + moved, end.arrive_min.typical, opens=True,
                            before=handled + start.gate_cutoff_min, departures=leaving, leaves=start.depart_min,
                        )  # fmt: skip
                        self.graph.add_edge((start.place_id, come), (end.place_id, service.mode), edge=edge)


def take(edge: Edge, minute: int, last: int) -> int | None:
    """When goods that come at a minute are at the end of an edge; None if nothing leaves in time."""
    if edge.departures is None:
        return minute + edge.before + edge.minutes
    index = bisect_left(edge.departures, minute + edge.before - edge.leaves)
    if index == len(edge.departures) or edge.departures[index] + edge.leaves > last:
        return None
    return edge.departures[index] + edge.minutes


def find_by_labels(network: Network, query: Query, ready_at: int) -> list[Values]:
    """Martins: labels in order of time, each kept if none at its node is as good in cost, CO2e and legs.

    No way comes to a place twice (docs/model.md, section 4): a truck that leaves a hub and comes back would else turn a change from train
    to train into a cheaper one from truck to train.
    """
    last = ready_at + query.horizon_days * 1440
    order = count()
    start = (ready_at, 0, 0, 0, next(order), (query.origin_id, ORIGIN), frozenset((query.origin_id,)))
    heap: list[tuple[int, int, int, int, int, Node, frozenset[str]]] = [start]
    kept: dict[Node, list[tuple[int, int, int]]] = {}
    found: list[Values] = []
    while heap:
        minute, cents, grams, legs, _, node, been = heapq.heappop(heap)
        bag = kept.setdefault(node, [])
        if any(a <= cents and b <= grams and c <= legs for a, b, c in bag):
            continue
        bag.append((cents, grams, legs))
        if node[0] == query.destination_id:
            found.append((cents, minute, grams))
            continue
        if node not in network.graph:
            continue
        for _, target, edge in network.graph.out_edges(node, data="edge"):
            arrival = take(edge, minute, last)
            if arrival is not None and legs + edge.opens <= query.max_legs and target[0] not in been:
                values = arrival, cents + edge.cents, grams + edge.grams, legs + edge.opens
                heapq.heappush(heap, (*values, next(order), target, been | {target[0]}))
    return sorted(one for one in set(found) if not any(other != one and all(map(int.__le__, other, one)) for other in found))


def find_by_milp(network: Network, query: Query, ready_at: int, due_at: int) -> int | None:
    """The least cost of a way that arrives by a due minute, cents; None if it is not proven within ``MILP_SECONDS``."""
    import highspy

    model = highspy.Highs()
    model.setOptionValue("log_to_console", False)
    model.setOptionValue("output_flag", False)
    model.setOptionValue("time_limit", MILP_SECONDS)
    model.setOptionValue("mip_rel_gap", 0.0)
    model.setOptionValue("mip_abs_gap", 0.5)
    span = due_at - ready_at
    times: dict[Node, Any] = {node: model.addVariable(0, span) for node in network.graph}
    balance: dict[Node, list[tuple[int, Any]]] = {node: [] for node in network.graph}
    comes: dict[str, list[Any]] = {node[0]: [] for node in network.graph}
    legs, costs = [], []
    for start, end, edge in network.graph.edges(data="edge"):
        if end[0] == query.origin_id or start[0] == query.destination_id:
            continue
        choices = [None] if edge.departures is None else [
            at - ready_at for at in edge.departures if at + edge.leaves >= ready_at + edge.before and at + edge.minutes <= due_at
        ]  # fmt: skip
        for at in choices:
            use = model.addBinary()
            costs.append(edge.cents * use)
            legs.append(int(edge.opens) * use)
            comes[end[0]].append(use)
            balance[start].append((-1, use))
            balance[end].append((1, use))
            if at is None:
                model.addConstr(times[end] >= times[start] + edge.before + edge.minutes - (span + edge.before + edge.minutes) * (1 - use))
            else:
                ready = at + edge.leaves - edge.before
                model.addConstr(times[start] <= ready + max(0, span - ready) * (1 - use))
                model.addConstr(times[end] >= (at + edge.minutes) * use)
    for uses in comes.values():
        if uses:
            model.addConstr(sum(uses) <= 1)
    for node, flows in balance.items():
        if node == (query.origin_id, ORIGIN):
            model.addConstr(sum(sign * use for sign, use in flows) == -1)
        elif node[0] != query.destination_id and flows:
            model.addConstr(sum(sign * use for sign, use in flows) == 0)
    model.addConstr(sum(legs) <= query.max_legs)
    model.minimize(sum(costs))
    if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return round(model.getObjectiveValue())


def measure(terminals: int, queries: int, seed: int, dues: int, note: Callable[[str], None]) -> dict[str, object]:
    """Times of each and whether all of them agree."""
    dataset = strip_continent(generate_continent(terminals, seed))
    asked = draw_queries(dataset, queries, seed, least_km=400.0)
    load = Load(compile_graph(dataset), asked[0])
    network = Network(dataset, asked[0])
    find_front(load.search(asked[0])[0])
    ours, theirs, solver = [], [], []
    differing, solved, fronts = 0, 0, []
    for number, query in enumerate(asked, 1):
        ready_at = local_minute(dataset.place_by_id[query.origin_id].zone, READY, 0)
        search, _ = load.search(query)
        start = perf_counter()
        front = sorted((one.cost, one.minute, one.emission) for one in find_front(search)[0])
        ours.append(perf_counter() - start)
        start = perf_counter()
        other = find_by_labels(network, query, ready_at)
        theirs.append(perf_counter() - start)
        differing += front != other
        fronts.append(len(front))
        minutes = sorted(minute for _, minute, _ in front)
        for due_at in minutes[:: max(1, len(minutes) // dues)][:dues] if dues and number <= 3 else ():
            start = perf_counter()
            cheapest = find_by_milp(network, query, ready_at, due_at)
            solver.append(perf_counter() - start)
            solved += cheapest is not None
            differing += cheapest not in (None, min(cents for cents, minute, _ in front if minute <= due_at))
        times = f"{1000 * ours[-1]:.0f} ms, networkx {1000 * theirs[-1]:.0f} ms"
        note(f"{number} of {queries}: {len(front)} plans, {times}, {differing} differing")
    return {
        "terminals": terminals,
        "queries": queries,
        "pareto_median": statistics.median(fronts),
        "landbridge_ms": round(1000 * statistics.median(ours), 1),
        "networkx_ms": round(1000 * statistics.median(theirs), 1),
        "milp_ms": round(1000 * statistics.median(solver), 1) if solver else None,
        "milp_asked": len(solver),
        "milp_solved": solved,
        "differing": differing,
    }


def main(arguments: list[str] | None = None) -> int:
    """Print one table or document; a difference ends with 1."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.routing_peers", description="The search beside other ways to its answer.")
    parser.add_argument("--terminals", type=int, default=120)
    parser.add_argument("--queries", type=int, default=10)
    parser.add_argument("--dues", type=int, default=1, help="due dates that the MILP is asked for, of the first three questions each")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    document = measure(asked.terminals, asked.queries, asked.seed, asked.dues, lambda text: print(text, file=sys.stderr, flush=True))
    print(json.dumps(document, indent=2) if asked.json else "\n".join(f"{name:<16} {value}" for name, value in document.items()))
    return 1 if document["differing"] else 0


if __name__ == "__main__":
    sys.exit(main())
