"""Plan one shipment, and say why a way was not taken."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import QueryError
from landbridge.domain.finding import Finding
from landbridge.domain.identity import PlaceId
from landbridge.domain.plan import Itinerary, Plan
from landbridge.domain.query import Query
from landbridge.domain.version import VERSION
from landbridge.graph.planning_graph import PlanningGraph, compile_graph
from landbridge.planner.gate import find_gate_findings, gate_dataset, say_narrowings
from landbridge.planner.papers import find_late_papers, tell_leads
from landbridge.planner.plan_answer import Answer, WhyNot
from landbridge.planner.plan_findings import find_of_plan
from landbridge.planner.question import name_via
from landbridge.planner.same_feed import SameFeed
from landbridge.routing.answer import SearchResult, search_best_via, search_itineraries

_KEPT_GRAPHS = 4


@lru_cache(maxsize=_KEPT_GRAPHS)
def _graph_of(key: SameFeed) -> PlanningGraph:
    return compile_graph(key.dataset)


def gated_graph(dataset: Dataset, query: Query) -> PlanningGraph:
    """The graph of a feed behind the gate, as of the question's day; compiled once for the same feed, lists and decisions."""
    return _graph_of(SameFeed(gate_dataset(dataset, query)))


def plan_shipment(dataset: Dataset, query: Query, *, is_compared: bool = True) -> Answer:
    """Plan one shipment from door to door.

    Parameters
    ----------
    dataset
        A loaded feed.
    query
        The question, as made by :func:`landbridge.planner.ask`.
    is_compared
        False: the itineraries alone, soon, with a finding that says so; without an itinerary the answer is whole in any case.

    Returns
    -------
    Answer
        All non-dominated itineraries over cost, arrival and CO2e; what was compared; what was rejected and why. No itinerary is a valid
        answer.
    """
    graph = gated_graph(dataset, query)
    result = search_itineraries(graph, query, is_compared=is_compared)
    itineraries = tell_leads(dataset, result.itineraries, query.as_of)
    beside = tell_leads(dataset, (row.itinerary for row in result.compared), query.as_of)
    return Answer(
        query=query,
        dataset_name=dataset.info.name,
        dataset_digest=dataset.digest,
        dataset_as_of=dataset.info.as_of,
        policy_gates=result.gates,
        policy_text=_policy_text(dataset, query, result.gates),
        capital_percent=dataset.info.capital_percent,
        mass_kg=result.load.mass_kg,
        mass_grade=result.load.mass_grade,
        mass_source_id=result.load.mass_source_id,
        itineraries=itineraries,
        compared=tuple(replace(row, itinerary=told) for row, told in zip(result.compared, beside, strict=True)),
        rejected=result.rejected,
        matrix=result.matrix,
        findings=(
            *find_of_plan(graph, dataset, query, result),
            *find_gate_findings(dataset, query, _parties(dataset, result)),
            *find_late_papers(dataset, query, itineraries),
        ),
        code_version=VERSION,
        is_complete=result.is_complete,
    )


def _tell_apart(way: Itinerary, cheapest: Itinerary) -> str:
    """By how much a way costs more or less, and arrives later or earlier, than the cheapest plan; whole units of money, tenths of a day."""
    more = round((way.cost_cents - cheapest.cost_cents) / 100)
    days = round((way.arrives_at - cheapest.arrives_at).total_seconds() / 86400, 1)
    cost = f"costs {abs(more):,} {way.currency} {'more' if more > 0 else 'less'} than" if more else "costs as much as"
    if not days:
        return f"{cost} the cheapest plan and arrives with it"
    return f"{cost} the cheapest plan and arrives {abs(days):g} {'day' if abs(days) == 1 else 'days'} {'later' if days > 0 else 'earlier'}"


def _parties(dataset: Dataset, result: SearchResult) -> frozenset[str]:
    return frozenset(one for itinerary in result.itineraries for leg in itinerary.legs for one in dataset.list_parties(leg))


def why_not(dataset: Dataset, plan: Plan, place: str) -> WhyNot:
    """Explain why the plans do not go through a place, border or passage.

    Raises
    ------
    QueryError
        If it is not known, or an end of the shipment and no port: every way goes there. A port counts only by a ship that calls there.
    """
    place = name_via(dataset, place)
    known = dataset.place_by_id.get(PlaceId(place))
    if place in (plan.query.origin_id, plan.query.destination_id) and known is not None and known.kind != "port":
        end = "begins" if place == plan.query.origin_id else "ends"
        raise QueryError(
            [
                Finding(
                    code="VIA-END",
                    column="--why-not",
                    message=f"{place} is where the shipment {end}: every way goes there",
                    fix="name a port, border, passage or carrier between both ends",
                )
            ]
        )
    itinerary, rejected = search_best_via(gated_graph(dataset, plan.query), plan.query, place)
    lines: list[str] = []
    if itinerary is not None:
        if plan.itineraries:
            best = min(plan.itineraries, key=lambda row: row.cost_cents)
            lines.append(f"The best way through {place} {_tell_apart(itinerary, best)}.")
        lines += [
            f"Leg {leg.service_id} is unconfirmed: "
            + (f"last evidence {leg.evidence_on}" if leg.evidence_on else "no evidence that it runs")
            for leg in itinerary.legs
            if not leg.is_confirmed
        ]
    elif rejected:
        lines += [row.reason + (f" (since {row.since})" if row.since else "") for row in rejected]
    else:
        lines.append(f"The feed names no way through {place} between the two ends.")
    return WhyNot(place_id=place, text=tuple(lines), itinerary=itinerary, rejected=rejected)


def _policy_text(dataset: Dataset, query: Query, gates: tuple[str, ...]) -> str:
    added = tuple(gate for gate in query.gates if gate not in (dataset.info.gates or ()))
    base = "the feed states no policy, so all regimes gate" if dataset.info.gates is None else "policy of the feed"
    narrowed = say_narrowings(dataset, query)
    text = f"Designations of {', '.join(gates) or 'no regime'} block ({base}{f', narrowed: {narrowed}' if narrowed else ''}"
    return text + (f"; {', '.join(added)} added by the question)" if added and dataset.info.gates is not None else ")")
