"""Goods under way: when they will arrive, and whether another way pays from where they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import QueryError
from landbridge.domain.finding import Finding
from landbridge.domain.milestone import Position, Replan
from landbridge.domain.plan import Itinerary, Plan
from landbridge.planner.shipment import gated_graph
from landbridge.planner.simulate import REPLAN_DAYS, check_question
from landbridge.planner.sound_plan import find_altered
from landbridge.routing.best_way import BestWays


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
    from landbridge.uncertainty.position import check_milestones, find_position
    from landbridge.uncertainty.simulate import list_open, simulate_rest

    number, wrong = check_question(dataset, plan, itinerary=itinerary, runs=runs, seed=seed, family="pert")
    wrong += [] if wrong else find_altered(dataset, plan, (number,))
    if wrong:
        raise QueryError(wrong)
    way = plan.itineraries[number]
    milestones, findings = read_milestones(path, judge=partial(check_milestones, way))
    position = find_position(way, milestones)
    simulation = simulate_rest(dataset, plan, number, position, runs=runs, seed=seed)
    open_cents = sum(item.cost_cents for item in list_open(way, position))
    bare = Replan(
        position=position, simulation=simulation, from_id=None, open_cents=open_cents, alternative=None, saving_cents=0, decide_by=None,
        has_searched=False,
    )  # fmt: skip
    if not has_search or position.leg + 1 >= len(way.legs):
        return bare, findings
    return _look_around(dataset, plan, way, bare), findings


def _look_around(dataset: Dataset, plan: Plan, way: Itinerary, bare: Replan) -> Replan:
    """Plan from where the current leg ends, as soon as the goods are expected there, and compare what is not spent yet.

    The law stays that of goods from where they came from, wherever they are by now.
    """
    position = bare.position
    leg = way.legs[position.leg]
    there_at = max(leg.arrives_at + timedelta(minutes=position.late_min), position.at)
    asked_on = max(plan.query.as_of, min(position.at.date(), dataset.info.as_of))
    query = replace(plan.query, as_of=asked_on, via=(), due_on=None, horizon_days=plan.query.horizon_days + REPLAN_DAYS)
    ways = BestWays(gated_graph(dataset, query), query)
    best = ways.find(origin_id=leg.to_id, ready_at=there_at)
    per_day = Decimal(ways.value_per_day_cents)
    expected_at = way.arrives_at + timedelta(minutes=position.late_min)  # typical times, as those of the other way
    stay = bare.open_cents + _days(expected_at, there_at) * per_day
    saving = 0 if best is None else round(stay - best.cost_cents - _days(best.arrives_at, there_at) * per_day)
    if best is None or saving <= 0 or _is_same(way, position, best):
        return replace(bare, from_id=leg.to_id, has_searched=True)
    next_leg = way.legs[position.leg + 1].departs_at + timedelta(minutes=max(position.late_min, 0))
    return replace(
        bare, from_id=leg.to_id, alternative=best, saving_cents=saving, decide_by=min(best.legs[0].departs_at, next_leg), has_searched=True
    )


def _is_same(way: Itinerary, position: Position, best: Itinerary) -> bool:
    rest = [(leg.service_id, leg.to_id) for leg in way.legs[position.leg + 1 :]]
    return rest == [(leg.service_id, leg.to_id) for leg in best.legs]


def _days(later: datetime, earlier: datetime) -> Decimal:
    return Decimal((later - earlier).total_seconds()) / 86_400
