"""Goods under way: when they will arrive, and whether another way pays from where they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import QueryError
from landbridge.domain.finding import Finding
from landbridge.domain.milestone import Position, Replan
from landbridge.domain.plan import Itinerary, Plan
from landbridge.planner.shipment import gated_graph
from landbridge.planner.simulate import REPLAN_DAYS, check_question
from landbridge.planner.sound_plan import find_altered
from landbridge.routing.best_way import BestWays

if TYPE_CHECKING:
    from landbridge.uncertainty.simulate import Rest


def replan_goods(
    dataset: Dataset,
    plan: Plan,
    path: str,
    *,
    itinerary: int | None = None,
    runs: int = 10_000,
    seed: int = 1,
    has_search: bool = True,
) -> tuple[Replan, tuple[Finding, ...]]:
    """Update the arrival of goods under way, and look for a way that pays from the next place where they can change.

    Parameters
    ----------
    dataset, plan
        The feed, and the plan that the goods follow.
    path
        Milestones: events of DCSA Track & Trace as JSON or CSV.
    itinerary
        Which itinerary they follow, from 1; None: the balanced one.
    runs, seed
        Of the simulation.
    has_search
        Whether to look for another way; takes as long as a plan.

    Raises
    ------
    DataError, QueryError
        With everything that is wrong with the milestones, or the question.
    """
    from landbridge.sources.milestones import read_milestones
    from landbridge.uncertainty.position import check_milestones, find_position, list_obstacles
    from landbridge.uncertainty.simulate import list_open, run_rest, simulate_rest

    number, wrong = check_question(dataset, plan, itinerary=itinerary, runs=runs, seed=seed, family="pert")
    wrong += [] if wrong else find_altered(dataset, plan, (number,))
    if wrong:
        raise QueryError(wrong)
    way = plan.itineraries[number]
    milestones, findings = read_milestones(path, judge=partial(check_milestones, way))
    position = find_position(way, milestones)
    as_of = max(plan.query.as_of, min(position.at.date(), dataset.info.as_of))
    known = replace(plan, query=replace(plan.query, as_of=as_of))
    shut, blocked = list_obstacles(dataset, known, way, position)
    rest = run_rest(dataset, known, number, position)
    planned_cents = sum(item.cost_cents for item in list_open(way, position))
    bare = Replan(
        position=position, simulation=simulate_rest(dataset, known, number, position, runs=runs, seed=seed), as_of=as_of, shut=shut,
        blocked=blocked, expected_at=None if blocked else rest.arrives_at,
        open_cents=planned_cents if rest.arrives_at is None else rest.cost_cents,
    )  # fmt: skip
    if not has_search:
        return bare, findings
    return _look_around(dataset, known, way, bare, rest), findings


def _look_around(dataset: Dataset, plan: Plan, way: Itinerary, bare: Replan, rest: Rest) -> Replan:
    """Plan from where the goods can change next, as soon as they are expected there, and compare what is not spent yet.

    That is where the leg under way ends; where it never ends, since something ahead is shut, a run can be left where the goods were last
    seen. The law stays that of goods from where they came from, wherever they are by now.
    """
    stand = _find_change(way, bare, rest)
    if stand is None:
        return bare
    from_id, there_at = stand
    query = replace(
        plan.query, via=_list_ahead(plan.query.via, way, bare.position), due_on=None, horizon_days=plan.query.horizon_days + REPLAN_DAYS
    )
    ways = BestWays(gated_graph(dataset, query), query)
    best = ways.find_onward(way.legs[bare.position.leg], from_id, there_at)
    here = replace(bare, from_id=from_id, has_searched=True)
    if best is None or _is_same(way, bare.position, from_id, best):
        return here
    change_cents, saving = best.cost_cents + rest.box_cents(best.arrives_at), None
    if bare.expected_at is not None:
        days = Decimal((bare.expected_at - best.arrives_at).total_seconds()) / 86_400
        saving = round(bare.open_cents - change_cents + days * Decimal(ways.value_per_day_cents))
        if saving <= 0:
            return here
    last_at = [rest.leaves_at] if rest.leaves_at is not None and not bare.blocked else []
    decide_by = min([*list_deadlines(dataset, best), *last_at])
    return replace(here, alternative=best, change_cents=change_cents, saving_cents=saving, decide_by=decide_by)


def _find_change(way: Itinerary, bare: Replan, rest: Rest) -> tuple[str, datetime] | None:
    """Where and when the goods can take another way; None: nowhere before they arrive."""
    position, leg = bare.position, way.legs[bare.position.leg]
    if rest.reaches_at is not None:
        return None if position.leg + 1 >= len(way.legs) else (leg.to_id, rest.reaches_at)
    return None if leg.is_scheduled else (position.place_id, position.at)


def _list_ahead(vias: tuple[str, ...], way: Itinerary, position: Position) -> tuple[str, ...]:
    """What the goods must still pass of what the question asked for."""
    legs = way.legs[: position.leg + 1]
    passed = {one for leg in legs for one in (leg.service_id, leg.operator_id, *leg.calls, *leg.borders, *leg.passages)}
    return tuple(one for one in vias if one not in passed)


def list_deadlines(dataset: Dataset, way: Itinerary) -> list[datetime]:
    """By when a way has to be chosen: when its first leg leaves or closes for goods, and each day on which a paper is applied for."""
    first = way.legs[0]
    stops = dataset.stops_by_service.get(first.service_id, ()) if first.is_scheduled else ()
    cutoff_min = max((stop.gate_cutoff_min for stop in stops if stop.place_id == first.from_id), default=0)
    zone = ZoneInfo(dataset.get_place(first.from_id).zone)
    ends = [datetime.combine(one.apply_by + timedelta(days=1), time(), tzinfo=zone).astimezone(UTC) for one in way.documents]
    return [first.departs_at - timedelta(minutes=cutoff_min), *ends]


def _is_same(way: Itinerary, position: Position, from_id: str, best: Itinerary) -> bool:
    rest = [(leg.service_id, leg.to_id) for leg in way.legs[position.leg + 1 :]]
    return from_id == way.legs[position.leg].to_id and rest == [(leg.service_id, leg.to_id) for leg in best.legs]
