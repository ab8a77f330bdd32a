"""The answer to one question: plans, what they were compared with, what was rejected, and whose law says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from landbridge.domain.plan import Compared, Exposure, Itinerary, RegimeState, Rejected
from landbridge.domain.query import Query
from landbridge.graph.planning_graph import PlanningGraph
from landbridge.routing.abreast import abreast
from landbridge.routing.arrival import Arrival
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
from landbridge.terms.validity import is_valid

_HOURS_TOLD = 48
"""What is late by less is told in hours."""
_PERCENTS_TOLD, _TENTHS_TOLD = 100, 9.95
"""What is more by no more is told in percent, above that as a multiple, with a tenth below ten."""
_DAY = 1440
_COMPARED_LABELS = 30_000
"""Bound on the search for the best way through one gateway, which is shown beside the plans and not one of them."""
_UNCONFIRMED_LABELS = 2_000
"""The same by one service without evidence: of the shipped feed none of those tried leads to a way within 30,000 and not within these."""


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
    compared, rejected = _look_elsewhere(scene, search, maker, replay, arrivals, itineraries) if is_compared else ((), ())
    return SearchResult(
        itineraries=itineraries,
        compared=compared,
        rejected=rejected,
        matrix=_matrix(scene, itineraries, compared, rejected),
        gates=terms.law.gates,
        load=terms.load,
        is_complete=is_complete,
        is_compared=is_compared,
        far_round=far_round,
    )


def _look_elsewhere(
    scene: Scene, search: LabelSearch, maker: ItineraryMaker, replay: Replay, arrivals: list[Arrival], itineraries: tuple[Itinerary, ...]
) -> tuple[tuple[Compared, ...], tuple[Rejected, ...]]:
    """The best way through each gateway that no plan uses, and what forbids the others."""
    query = scene.terms.query
    used = frozenset(one for itinerary in itineraries for one in gateways_of(itinerary, scene.ports))
    best_ways, unfinished = _search_gateways(scene, search, query, used)
    through = {gateway: replay.arrival(best) for gateway, best in best_ways.items()}
    compared, rejected = _compare(scene, maker, query, itineraries, arrivals, through, unfinished)
    compared += tuple(_compare_unconfirmed(scene, search, maker, replay, arrivals, itineraries, compared))
    return tuple(sorted(compared, key=lambda row: (row.itinerary.cost_cents, row.gateway))), rejected


def _compare_unconfirmed(
    scene: Scene,
    search: LabelSearch,
    maker: ItineraryMaker,
    replay: Replay,
    arrivals: list[Arrival],
    itineraries: tuple[Itinerary, ...],
    compared: tuple[Compared, ...],
) -> Iterator[Compared]:
    """The best way by each service without evidence that passes no gateway and that no way shows so far.

    It is told if it passes no gateway elsewhere either but those of the plans.

    Where the plans themselves use such services, all of them were in the search for plans.
    """
    if not itineraries or not all(one.is_confirmed for one in itineraries):
        return
    query = scene.terms.query
    shown = {leg.service_id for way in (*itineraries, *(row.itinerary for row in compared)) for leg in way.legs}
    names = [one for one in list_unconfirmed(scene) if one not in shown]
    planned = frozenset(one for way in itineraries for one in gateways_of(way, scene.ports))
    others = frozenset(list_gateways(scene.graph)) - planned - {query.origin_id, query.destination_id}
    ways = abreast(partial(_best_via, scene, search, query, one, _UNCONFIRMED_LABELS) for one in names)
    for name, (best, _) in zip(names, ways, strict=True):
        if best is None:
            continue
        arrival = replay.arrival(best)
        way = maker.make(arrival)
        if not gateways_of(way, scene.ports) & others:
            beaten_by, reason = _why_lost(arrival, way, arrivals)
            yield Compared(gateway=name, itinerary=way, dominated_by=beaten_by, reason=reason)


def list_unconfirmed(scene: Scene) -> tuple[str, ...]:
    """Ids of services that pass no gateway and have no recent evidence that they run on the day on which the goods are ready."""
    on, gateways, dataset = scene.terms.query.ready_on, frozenset(list_gateways(scene.graph)), scene.graph.dataset
    found = []
    for row in dataset.services:
        passed = {one for stop in dataset.stops_by_service.get(row.service_id, ()) for one in (stop.place_id, *stop.passages)}
        evidence = scene.terms.legs.evidence(row.service_id, row.name, on)
        if is_valid(row, on) and not passed & gateways and not evidence.is_confirmed and evidence.block is None:
            found.append(row.service_id)
    return tuple(found)


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
    answers, is_complete = find()
    far_round = find_far_round(scene, search, answers) if answers else None
    if answers and far_round is None:
        return answers, is_complete, None
    wider, is_wider_complete = find(with_unconfirmed=True)
    if answers and not wider:  # the second search stopped at its bound
        return answers, False, None
    return wider, is_wider_complete, far_round


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
    best, _ = _best_via(scene, search, query, via)
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


def _best_via(
    scene: Scene, search: LabelSearch, query: Query, gateway: str, max_labels: int = _COMPARED_LABELS
) -> tuple[Answer | None, bool]:
    """The way of least generalised cost through a gateway, confirmed or not; and whether the search went to its end."""
    per_minute = float(scene.terms.load.value_per_day_cents) / _DAY
    found, is_complete = search.search(
        vias=(*query.via, gateway), with_unconfirmed=True, weights=(1.0, per_minute, 0.0), max_labels=max_labels
    )
    return (found[0] if found else None), is_complete


def _search_gateways(scene: Scene, search: LabelSearch, query: Query, used: frozenset[str]) -> tuple[dict[str, Answer], frozenset[str]]:
    """The best way through each gateway that no plan uses; and the gateways for which the bound was hit before a way was found."""
    ends = (query.origin_id, query.destination_id)
    gateways = [] if scene.shipment_law.blocks else [one for one in list_gateways(scene.graph) if one not in used and one not in ends]
    ways = abreast(partial(_best_via, scene, search, query, gateway) for gateway in gateways)
    found = {gateway: best for gateway, (best, _) in zip(gateways, ways, strict=True) if best is not None}
    unfinished = [gateway for gateway, (best, is_complete) in zip(gateways, ways, strict=True) if best is None and not is_complete]
    return found, frozenset(unfinished)


def _compare(
    scene: Scene,
    maker: ItineraryMaker,
    query: Query,
    itineraries: tuple[Itinerary, ...],
    arrivals: list[Arrival],
    through: dict[str, Arrival],
    unfinished: frozenset[str],
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
            if gateway in unfinished:
                late = f"no connection found within {_COMPARED_LABELS:,} labels; there may be one"
            found = (Rejected(what=gateway, reason=late, status="no_connection"),)
        rejected.extend(replace(row, gateway=gateway) for row in found)
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
        parts.append(f"beaten by plan {beaten_by + 1}: {_how_much_worse(best, arrivals[beaten_by])}")
    elif not parts:
        parts.append("not beaten, but another way through the same places is a plan")
    return beaten_by, "; ".join(parts)


def _how_much_worse(best: Arrival, winner: Arrival) -> str:
    """In what a way is worse than another, and how much; what rounds to nothing is left out."""
    hours = round((best.minute - winner.minute) / 60)
    later = round(hours / 24)
    late = f"{later} day{'' if later == 1 else 's'} later" if hours >= _HOURS_TOLD else f"{hours} h later" if hours else ""
    dearer = how_much_more(best.cost, winner.cost, "dearer", "as dear")
    told = (dearer, late, how_much_more(best.emission, winner.emission, "more CO2e", "the CO2e"))
    return ", ".join(one for one in told if one) or "hardly worse in anything, better in nothing"


def how_much_more(value: int, least: int, more: str, times: str) -> str:
    """By how much a value is more than another: ``67 % dearer``, and from above twice as much ``12 times as dear``; "" where nothing shows.

    Parameters
    ----------
    more, times
        Words after the percents and after the multiple.
    """
    percent = round(100 * (value - least) / least) if least else 0
    if percent > _PERCENTS_TOLD:
        ratio = value / least
        return f"{ratio:.0f} times {times}" if ratio >= _TENTHS_TOLD else f"{ratio:.1f} times {times}".replace(".0 ", " ")
    return f"{percent} % {more}" if percent else ""


def _matrix(
    scene: Scene, itineraries: tuple[Itinerary, ...], compared: tuple[Compared, ...], rejected: tuple[Rejected, ...]
) -> tuple[RegimeState, ...]:
    """Ways by regime: blocked, exposed or free, and since when; not free where nobody is named for a leg, so that nobody was screened."""
    dataset, unnamed = scene.graph.dataset, set[str]()
    ways: dict[str, tuple[list[Exposure], list[Rejected]]] = {}
    for index, itinerary in enumerate(itineraries):
        ways[f"plan {index + 1}"] = (list(itinerary.exposures), [])
        unnamed |= set() if all(map(dataset.is_named, itinerary.legs)) else {f"plan {index + 1}"}
    for row in compared:
        ways[row.gateway] = (list(row.itinerary.exposures), [])
        unnamed |= set() if all(map(dataset.is_named, row.itinerary.legs)) else {row.gateway}
    for block in rejected:
        if block.gateway:
            ways.setdefault(block.gateway, ([], []))[1].append(block)
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
