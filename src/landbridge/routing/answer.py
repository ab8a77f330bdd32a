"""The answer to one question: plans, what they were compared with, what was rejected, and whose law says so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from landbridge.domain.plan import Compared, Exposure, Itinerary, RegimeState, Rejected
from landbridge.domain.query import Query
from landbridge.graph.planning_graph import PlanningGraph
from landbridge.routing.arrival import Arrival
from landbridge.routing.extreme import ExtremeSearch
from landbridge.routing.itinerary import ItineraryMaker
from landbridge.routing.obstacle import Obstacles
from landbridge.routing.scene import Scene
from landbridge.routing.search import Search
from landbridge.terms.load import Load
from landbridge.terms.terms import Terms

_DAY = 1440
_COMPARED_LABELS = 4_000
"""Bound on the search for the best way through one gateway, which is shown beside the plans and not one of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """What the search found for one question."""

    itineraries: tuple[Itinerary, ...]
    compared: tuple[Compared, ...]
    rejected: tuple[Rejected, ...]
    matrix: tuple[RegimeState, ...]
    gates: tuple[str, ...]
    load: Load
    is_complete: bool


def search_itineraries(graph: PlanningGraph, query: Query) -> SearchResult:
    """Find every non-dominated itinerary for one load, the best way through each gateway, and what forbids the others.

    Parameters
    ----------
    graph
        Compiled dataset; read only.
    query
        The question; its exclusions act on this search alone.

    Returns
    -------
    SearchResult
        ``itineraries`` sorted by (cost_cents, arrives_at). None is a valid result: ``rejected`` says what closed the ways.

    Notes
    -----
    Exact under docs/model.md unless ``is_complete`` is False, which says that ``query.max_labels`` was hit.
    """
    terms = Terms(graph.dataset, query)
    scene = Scene(graph, terms)
    maker = ItineraryMaker(scene)
    arrivals, is_complete = _search_plans(scene, query, with_unconfirmed=False)
    if not arrivals:
        arrivals, is_complete = _search_plans(scene, query, with_unconfirmed=True)
    used = frozenset(one for arrival in arrivals for one in gateways_of(maker.make(arrival), scene.ports))
    through = _search_gateways(scene, query, used)
    arrivals = _with_gateways(arrivals, through)
    labels = label_arrivals(arrivals, terms.load.value_per_day_cents)
    itineraries = tuple(maker.make(arrival, names) for arrival, names in zip(arrivals, labels, strict=True))
    compared, rejected = _compare(scene, maker, query, itineraries, arrivals, through)
    return SearchResult(
        itineraries=itineraries,
        compared=compared,
        rejected=rejected,
        matrix=_matrix(scene, itineraries, compared, rejected),
        gates=terms.law.gates,
        load=terms.load,
        is_complete=is_complete,
    )


def _search_plans(scene: Scene, query: Query, *, with_unconfirmed: bool) -> tuple[list[Arrival], bool]:
    """The plans; with a tolerance the cheapest, fastest, cleanest and balanced one exactly, and those in between nearly."""
    search = Search(scene, vias=query.via, with_unconfirmed=with_unconfirmed)
    found = search.run()
    if not query.tolerance_percent:
        return found, search.is_complete
    pool, is_complete = list(found), search.is_complete
    per_minute = float(scene.terms.load.value_per_day_cents) / _DAY
    for weights in ((1, 0, 0), (0, 1, 0), (0, 0, 1), (1, per_minute, 0)):
        extreme = ExtremeSearch(scene, weights, vias=query.via, with_unconfirmed=with_unconfirmed)
        pool += extreme.run(pool)
        is_complete = is_complete and extreme.is_complete
        if not pool and extreme.is_complete:
            break
    return _front(pool), is_complete


def search_best_via(graph: PlanningGraph, query: Query, via: str) -> tuple[Itinerary | None, tuple[Rejected, ...]]:
    """The way of least generalised cost through one place, border or passage; and, without one, what forbids it."""
    terms = Terms(graph.dataset, query)
    scene = Scene(graph, terms)
    best = _best_via(scene, query, via)
    if best is not None:
        return ItineraryMaker(scene).make(best), ()
    return None, tuple(replace(row, gateway=via) for row in Obstacles(scene).through(via) or ())


def label_arrivals(arrivals: list[Arrival], cents_per_day: Decimal) -> list[tuple[str, ...]]:
    """Names of the plans: cheapest, fastest, cleanest, balanced; ties go to the first in order of cost."""
    names: list[list[str]] = [[] for _ in arrivals]
    if arrivals:
        per_minute = float(cents_per_day) / _DAY
        keys: dict[str, list[tuple[float, ...]]] = {
            "cheapest": [(row.cost, row.minute, row.emission) for row in arrivals],
            "fastest": [(row.minute, row.cost, row.emission) for row in arrivals],
            "cleanest": [(row.emission, row.cost, row.minute) for row in arrivals],
            "balanced": [(row.cost + per_minute * row.minute, row.minute, row.emission) for row in arrivals],
        }
        for name, values in keys.items():
            names[values.index(min(values))].append(name)
    return [tuple(found) for found in names]


def list_gateways(graph: PlanningGraph) -> tuple[str, ...]:
    """Ids of the places, borders and passages by which ways are compared."""
    dataset = graph.dataset
    places = [row.place_id for row in dataset.places if row.gateway]
    borders = [row.border_id for row in dataset.borders if row.gateway]
    passages = [row.passage_id for row in dataset.passages if row.gateway]
    return (*places, *borders, *passages)


def gateways_of(itinerary: Itinerary, ports: frozenset[str]) -> frozenset[str]:
    """Everything that an itinerary uses by which ways can be compared; a port counts only by a ship that calls there."""
    return frozenset(
        one
        for leg in itinerary.legs
        for one in (*leg.calls, *leg.borders, *leg.passages)
        if leg.mode in ("sea", "ferry") or one not in ports
    )


def _best_via(scene: Scene, query: Query, gateway: str) -> Arrival | None:
    """The way of least generalised cost through a gateway, confirmed or not."""
    vias = tuple(dict.fromkeys((*query.via, gateway)))
    per_day = scene.terms.load.value_per_day_cents
    found = Search(scene, vias=vias, with_unconfirmed=True, cents_per_day=per_day, max_labels=_COMPARED_LABELS).run()
    return found[0] if found else None


def _search_gateways(scene: Scene, query: Query, used: frozenset[str]) -> dict[str, Arrival]:
    """The best way through each gateway that no plan uses, by gateway."""
    if scene.shipment_law.blocks:
        return {}
    found = {}
    for gateway in list_gateways(scene.graph):
        if gateway in used or gateway in (query.origin_id, query.destination_id):
            continue
        best = _best_via(scene, query, gateway)
        if best is not None:
            found[gateway] = best
    return found


def _with_gateways(arrivals: list[Arrival], through: dict[str, Arrival]) -> list[Arrival]:
    """The plans, and the ways through gateways that are as confirmed as they are and beaten by none of them."""
    confirmed = all(is_confirmed(arrival) for arrival in arrivals)
    pool = list(arrivals)
    if arrivals:
        pool += [arrival for arrival in through.values() if is_confirmed(arrival) or not confirmed]
    return _front(pool)


def _front(pool: list[Arrival]) -> list[Arrival]:
    """Those that no other beats, in order of cost; of equal ones the first by its ways."""
    front: dict[tuple[int, int, int], Arrival] = {}
    for one in pool:
        values = (one.cost, one.minute, one.emission)
        if not any(_beats(other, one) for other in pool):
            old = front.get(values)
            front[values] = one if old is None or one.tie_break() < old.tie_break() else old
    return sorted(front.values(), key=lambda row: (row.cost, row.minute, row.emission, row.tie_break()))


def is_confirmed(arrival: Arrival) -> bool:
    """Whether all legs of an arrival are confirmed."""
    return all(move.terms.is_confirmed for move in arrival.label.moves())


def _beats(one: Arrival, other: Arrival) -> bool:
    values, others = (one.cost, one.minute, one.emission), (other.cost, other.minute, other.emission)
    return values != others and all(value <= against for value, against in zip(values, others, strict=True))


def _compare(
    scene: Scene,
    maker: ItineraryMaker,
    query: Query,
    itineraries: tuple[Itinerary, ...],
    arrivals: list[Arrival],
    through: dict[str, Arrival],
) -> tuple[tuple[Compared, ...], tuple[Rejected, ...]]:
    used = frozenset(one for itinerary in itineraries for one in gateways_of(itinerary, scene.ports))
    obstacles = Obstacles(scene)
    compared: list[Compared] = []
    rejected: list[Rejected] = [replace(row, what="shipment") for row in scene.shipment_law.blocks]
    ends = (query.origin_id, query.destination_id)
    for gateway in list_gateways(scene.graph):
        if gateway in used or gateway in ends:
            continue
        best = through.get(gateway)
        if best is not None:
            itinerary = maker.make(best)
            beaten_by, reason = _why_lost(best, itinerary, arrivals)
            compared.append(Compared(gateway=gateway, itinerary=itinerary, dominated_by=beaten_by, reason=reason))
            continue
        found = obstacles.through(gateway)
        if found is None:
            continue
        if not found:
            late = "no connection that keeps all times" if query.due_on is None else f"no connection that arrives by {query.due_on}"
            found = (Rejected(what=gateway, reason=late, status="no_connection"),)
        rejected.extend(replace(row, gateway=gateway) for row in found)
    compared.sort(key=lambda row: (row.itinerary.cost_cents, row.gateway))
    return tuple(compared), tuple(dict.fromkeys(rejected))


def _why_lost(best: Arrival, itinerary: Itinerary, arrivals: list[Arrival]) -> tuple[int | None, str]:
    beaten_by = None
    for index, arrival in enumerate(arrivals):
        if arrival.cost <= best.cost and arrival.minute <= best.minute and arrival.emission <= best.emission:
            beaten_by = index
            break
    unconfirmed = [leg for leg in itinerary.legs if not leg.is_confirmed]
    parts = []
    if unconfirmed:
        seen = "; ".join(
            f"{leg.service_id} ({'last evidence ' + leg.evidence_on.isoformat() if leg.evidence_on else 'no evidence'})"
            for leg in unconfirmed
        )
        parts.append(f"unconfirmed: {seen}")
    if beaten_by is not None:
        winner = arrivals[beaten_by]
        dearer = round(100 * (best.cost - winner.cost) / winner.cost) if winner.cost else 0
        later = round((best.minute - winner.minute) / _DAY)
        parts.append(f"beaten by plan {beaten_by + 1}: {dearer} % dearer, {later} days later")
    elif not parts:
        parts.append("not beaten, but another way through the same places is a plan")
    return beaten_by, "; ".join(parts)


def _matrix(
    scene: Scene, itineraries: tuple[Itinerary, ...], compared: tuple[Compared, ...], rejected: tuple[Rejected, ...]
) -> tuple[RegimeState, ...]:
    """Ways by regime: blocked, exposed or free, and since when."""
    ways: dict[str, tuple[list[Exposure], list[Rejected]]] = {}
    for index, itinerary in enumerate(itineraries):
        ways[f"plan {index + 1}"] = (list(itinerary.exposures), [])
    for row in compared:
        ways[row.gateway] = (list(row.itinerary.exposures), [])
    for block in rejected:
        if block.gateway:
            ways.setdefault(block.gateway, ([], []))[1].append(block)
    regimes = [regime.regime_id for regime in scene.graph.dataset.regimes]
    shown = [
        regime
        for regime in regimes
        if any(
            any(exposure.regime == regime for exposure in exposures) or any(block.regime == regime for block in blocks)
            for exposures, blocks in ways.values()
        )
    ]
    return tuple(_state(way, regime, *ways[way]) for way in ways for regime in shown)


def _state(way: str, regime: str, exposures: list[Exposure], blocks: list[Rejected]) -> RegimeState:
    hits = [(block.since, block.rule_id or block.permit_id) for block in blocks if block.regime == regime]
    state = "blocked"
    if not hits:
        hits, state = [(exposure.since, exposure.rule_id) for exposure in exposures if exposure.regime == regime], "exposed"
    if not hits:
        return RegimeState(gateway=way, regime=regime, state="free")
    since, rule_id = min(hits, key=lambda hit: (hit[0] is None, hit[0].isoformat() if hit[0] else "", hit[1] or ""))
    return RegimeState(gateway=way, regime=regime, state=state, since=since, rule_id=rule_id)
