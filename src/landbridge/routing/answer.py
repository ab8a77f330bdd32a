"""The answer to one question: plans, what they were compared with, what was rejected, and whose law says so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from landbridge.domain.plan import FAR_ROUND, Compared, Exposure, Itinerary, RegimeState, Rejected
from landbridge.domain.query import Query
from landbridge.graph.planning_graph import PlanningGraph
from landbridge.routing.arrival import Arrival
from landbridge.routing.elsewhere import Beside, Elsewhere, find_best_through
from landbridge.routing.far_round import FarRound, find_far_round
from landbridge.routing.front import find_front
from landbridge.routing.groundwork import set_scene
from landbridge.routing.itinerary import ItineraryMaker
from landbridge.routing.label_search import LabelSearch
from landbridge.routing.obstacle import Obstacles
from landbridge.routing.replay import Replay
from landbridge.routing.scene import Scene
from landbridge.routing.steps import Answer
from landbridge.terms.load import Load

_DAY = 1440


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
    is_compared: bool = True
    """Whether ``compared`` and ``rejected`` were looked for."""
    far_round: FarRound | None = None
    """What confirmed services cost and take at least, where they lead far round, so that others are among the plans."""


def search_itineraries(graph: PlanningGraph, query: Query, *, is_compared: bool = True) -> SearchResult:
    """Find every non-dominated itinerary for one load, the best way through each gateway, and what forbids the others.

    Parameters
    ----------
    graph
        Compiled dataset; read only.
    query
        The question; its exclusions act on this search alone.
    is_compared
        Whether to look for the other ways too. Where there is no itinerary they are looked for in any case: they are the reasons.

    Returns
    -------
    SearchResult
        ``itineraries`` sorted by (cost_cents, arrives_at). None is a valid result: ``rejected`` says what closed the ways.

    Notes
    -----
    Exact under docs/model.md, with the premises of docs/routing.md, unless ``query.tolerance_percent`` is set, or ``is_complete`` is False,
    which says that ``query.max_labels`` was hit.
    """
    scene, groundwork = set_scene(graph, query)
    terms, search = scene.terms, LabelSearch(scene, groundwork)
    maker, replay = ItineraryMaker(scene), Replay(scene, search)
    answers, is_complete, far_round = _find_plans(scene, search)
    arrivals, itineraries = _make_plans(scene, maker, replay, answers)
    is_compared = is_compared or not itineraries
    beside = Elsewhere(scene, search, maker, replay, arrivals, itineraries).look() if is_compared else Beside()
    return SearchResult(
        itineraries=itineraries,
        compared=beside.compared,
        rejected=beside.rejected,
        matrix=_matrix(scene, itineraries, beside),
        gates=terms.law.gates,
        load=terms.load,
        is_complete=is_complete,
        is_compared=is_compared,
        far_round=far_round,
    )


def search_plans(graph: PlanningGraph, query: Query) -> tuple[tuple[Itinerary, ...], bool]:
    """The plans of :func:`search_itineraries` alone, without what is compared or rejected; and whether the search went to its end."""
    scene, groundwork = set_scene(graph, query)
    search = LabelSearch(scene, groundwork)
    answers, is_complete, _ = _find_plans(scene, search)
    return _make_plans(scene, ItineraryMaker(scene), Replay(scene, search), answers)[1], is_complete


def _find_plans(scene: Scene, search: LabelSearch) -> tuple[list[Answer], bool, FarRound | None]:
    """The plans, of confirmed services where these do not lead far round; and whether the search went to its end."""
    query = scene.terms.query
    find = partial(find_front, search, vias=query.via, is_near_enough=query.tolerance_percent > 0)
    far_round = find_far_round(scene, search)
    if far_round is None:
        answers, is_complete = find()
        if answers:
            return answers, is_complete, None
    wider, is_wider_complete = find(with_unconfirmed=True)
    if wider or far_round is None:
        return wider, is_wider_complete, far_round
    return find()[0], False, None  # the second search stopped at its bound


def _make_plans(scene: Scene, maker: ItineraryMaker, replay: Replay, answers: list[Answer]) -> tuple[list[Arrival], tuple[Itinerary, ...]]:
    arrivals = [replay.arrival(answer) for answer in answers]
    labels = label_arrivals(arrivals, scene.terms.load.value_per_day_cents)
    return arrivals, tuple(maker.make(arrival, names) for arrival, names in zip(arrivals, labels, strict=True))


_TIES = {"time": (1e-9, 1.0, 0.0), "co2e": (1e-9, 0.0, 1.0)}
"""Of ways that are equally fast or clean the cheapest, as among plans: a billion cents weigh less than a minute and a gram, by which
itineraries are counted."""


def search_best(graph: PlanningGraph, query: Query, by: str) -> tuple[Itinerary | None, bool]:
    """The cheapest, fastest, cleanest or balanced of the plans alone; and whether the search ended.

    Parameters
    ----------
    by
        ``cost``, ``time``, ``co2e`` or ``balanced``.
    """
    scene, groundwork = set_scene(graph, query)
    search = LabelSearch(scene, groundwork)
    weights = dict(zip(("cost", "time", "co2e", "balanced"), search.first_weights(), strict=True))[by]
    is_complete = True
    for with_unconfirmed in (False, True):
        found, is_complete = search.search(vias=query.via, with_unconfirmed=with_unconfirmed, weights=weights)
        if found and (with_unconfirmed or find_far_round(scene, search) is None):
            if by in _TIES:
                told, is_done = search.search(vias=query.via, with_unconfirmed=with_unconfirmed, weights=_TIES[by], known=found)
                found = told if told and is_done else found
            return ItineraryMaker(scene).make(Replay(scene, search).arrival(found[0])), is_complete
    return None, is_complete


def search_best_via(graph: PlanningGraph, query: Query, via: str) -> tuple[Itinerary | None, tuple[Rejected, ...]]:
    """The way of least generalised cost through one place, border or passage; and, without one, what forbids it."""
    scene, groundwork = set_scene(graph, query)
    search = LabelSearch(scene, groundwork)
    best, _ = find_best_through(scene, search, query, via)
    if best is not None:
        return ItineraryMaker(scene).make(Replay(scene, search).arrival(best)), ()
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


def _matrix(scene: Scene, itineraries: tuple[Itinerary, ...], beside: Beside) -> tuple[RegimeState, ...]:
    """Ways by regime: blocked, exposed or free, and since when; not free where nobody is named for a leg, so that nobody was screened.

    Of a closed way the legs are looked at on which it was found closed, with the changes before them, and the shipment. Nothing is told of
    a gateway that is far round, since no way through it was looked for.
    """
    dataset, unnamed = scene.graph.dataset, set[str]()
    ways: dict[str, tuple[list[Exposure], list[Rejected]]] = {}
    for index, itinerary in enumerate(itineraries):
        ways[f"plan {index + 1}"] = (list(itinerary.exposures), [])
        unnamed |= set() if all(map(dataset.is_named, itinerary.legs)) else {f"plan {index + 1}"}
    for row in beside.compared:
        ways[row.gateway] = (list(row.itinerary.exposures), [])
        unnamed |= set() if all(map(dataset.is_named, row.itinerary.legs)) else {row.gateway}
    for block in beside.rejected:
        if block.gateway and block.status != FAR_ROUND:
            legs = beside.closed.get(block.gateway, ())
            exposures = [*scene.shipment_law.exposures, *(one for leg in legs for one in leg.exposures)]
            ways.setdefault(block.gateway, (exposures, []))[1].append(block)
            unnamed |= set() if all(leg.is_named for leg in legs) else {block.gateway}
    regimes = [regime.regime_id for regime in dataset.regimes]
    shown = [
        regime
        for regime in regimes
        if any(
            any(exposure.regime == regime for exposure in exposures) or any(block.regime == regime for block in blocks)
            for exposures, blocks in ways.values()
        )
    ]
    return tuple(_state(way, regime, *ways[way], is_named=way not in unnamed) for way in ways for regime in shown)


def _state(way: str, regime: str, exposures: list[Exposure], blocks: list[Rejected], *, is_named: bool) -> RegimeState:
    hits = [(block.since, block.rule_id or block.permit_id) for block in blocks if block.regime == regime]
    state = "blocked"
    if not hits:
        hits, state = [(exposure.since, exposure.rule_id) for exposure in exposures if exposure.regime == regime], "exposed"
    if not hits:
        return RegimeState(gateway=way, regime=regime, state="free" if is_named else "unnamed")
    since, rule_id = min(hits, key=lambda hit: (hit[0] is None, hit[0].isoformat() if hit[0] else "", hit[1] or ""))
    return RegimeState(gateway=way, regime=regime, state=state, since=since, rule_id=rule_id)
