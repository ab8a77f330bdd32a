"""One itinerary simulated: quantiles, chances with their errors, transfers missed, what drives the spread, what buffer buys."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from landbridge.domain.dataset import Dataset
from landbridge.domain.milestone import Position
from landbridge.domain.plan import Item, Itinerary, Plan
from landbridge.domain.simulation import Buffer, Change, Driver, Simulation, TransferRisk
from landbridge.uncertainty.bill import list_price_risks, list_prices
from landbridge.uncertainty.course import Course, Mark, Meter, chart_course
from landbridge.uncertainty.draws import DrawPool
from landbridge.uncertainty.engine import (
    Block,
    BlockPart,
    Job,
    Outcome,
    Settings,
    join_outcomes,
    list_parts,
    run_course,
    run_parts,
    stuck_until,
)
from landbridge.uncertainty.forwarder import Choice, NewWay, State, loosen_course, replan_runs
from landbridge.uncertainty.position import leave_rest
from landbridge.verification.calendar import local_day

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from landbridge.uncertainty.spread import Draws

    Flags = NDArray[np.bool_]

QUANTILES = (0.1, 0.5, 0.9)
CERTAINTIES = (50, 80, 90, 95, 99)
MOST_DRIVERS = 12
MOST_PRICES = 6
DAY_MIN = 1440
RunBlocks = Callable[[Job, Sequence[BlockPart]], list[Block]]
FindWay = Callable[[str, datetime, tuple[str, ...]], Itinerary | None]


def simulate_itinerary(
    dataset: Dataset, plan: Plan, number: int, *, runs: int = 10_000, seed: int = 1, family: str = "pert", run: RunBlocks | None = None
) -> Simulation:
    """Simulate one itinerary of a plan; a missed departure waits for the next.

    Parameters
    ----------
    dataset
        The feed that the plan was made from.
    plan, number
        The plan, and which of its itineraries, from 0.
    runs, seed
        How often, and the seed: the same gives the same answer wherever the blocks are run.
    family
        ``pert``, ``triangular`` or ``lognormal``.
    run
        Runs the blocks of a job; None: here.
    """
    itinerary = plan.itineraries[number]
    course = chart_course(dataset, plan, itinerary)
    prices = list_prices(itinerary, dataset.info.settlement_currency)
    job = Job(course=course, prices=prices, rates=list_price_risks(dataset, prices), settings=Settings(family=family), seed=seed)
    outcome = join_outcomes([block.outcome for block in (run or run_parts)(job, list_parts(runs))])
    return summarise(plan, number, course, outcome, family=family, seed=seed)


def simulate_replanned(
    dataset: Dataset, plan: Plan, number: int, find: FindWay, *, value_per_day_cents: float, runs: int = 10_000, seed: int = 1,
    family: str = "pert", run: RunBlocks | None = None,
) -> Simulation:  # fmt: skip
    """Simulate one itinerary of a plan; where a departure is missed or something is closed, a forwarder looks for the best new way.

    Parameters
    ----------
    dataset, plan, number, runs, seed, family, run
        As for :func:`simulate_itinerary`.
    find
        The best way from a place, from a moment on, without the things named; None: there is none.
    value_per_day_cents
        Capital in the goods for a day, by which ways are weighed.
    """
    itinerary, settlement = plan.itineraries[number], dataset.info.settlement_currency
    course = chart_course(dataset, plan, itinerary)
    prices = list_prices(itinerary, settlement)
    job = Job(course=course, prices=prices, rates=list_price_risks(dataset, prices), settings=Settings(family=family), seed=seed)
    blocks = (run or run_parts)(job, list_parts(runs))

    def look(state: State) -> NewWay | None:
        ready_at = _at(course, state.ready)
        found = find(state.place_id, ready_at, () if state.reason == "missed" else _name_closed(state.reason))
        if found is None:
            return None
        place = dataset.get_place(state.place_id)
        query = replace(plan.query, origin_id=place.place_id, ready_on=local_day(place.zone, ready_at), via=())
        ways = list_prices(found, settlement)
        new = loosen_course(chart_course(dataset, replace(plan, query=query), found))
        return NewWay(
            course=new, prices=ways, rates=list_price_risks(dataset, ways),
            spent=list_prices(replace(itinerary, items=list_spent(dataset, itinerary, state)), settlement),
            legs=tuple((leg.service_id, leg.to_id) for leg in found.legs),
        )  # fmt: skip

    done = replan_runs(blocks, look, value_per_day_cents=value_per_day_cents)
    answer = summarise(plan, number, course, done.outcome, family=family, seed=seed)
    return replace(
        answer, policy="replan", changed_percent=100 * float(done.changed.mean()), rare_percent=100 * done.rare / runs,
        changes=tuple(_tell_change(course, one) for one in done.choices),
    )  # fmt: skip


def list_spent(dataset: Dataset, itinerary: Itinerary, state: State) -> tuple[Item, ...]:
    """Items of the legs that are over or under way, and handling of the place where goods stand that missed a departure: it was done."""
    legs = state.leg + 1 if state.is_begun else state.leg
    here = {row.handling_id for row in dataset.handling if row.place_id == state.place_id}

    def is_spent(item: Item) -> bool:
        if item.leg is None or item.leg < legs:
            return True
        return item.leg == state.leg and item.kind == "handling" and item.row_id in here

    return tuple(item for item in itinerary.items if is_spent(item))


def _name_closed(reason: str) -> tuple[str, ...]:
    """Ids of what an event closes, from its name: the thing, or the operator where it is closed for one alone."""
    thing, _, operator = reason.partition(" for ")
    return (operator or thing.split(" ", 1)[1],)


def _tell_change(course: Course, one: Choice) -> Change:
    legs = one.way.legs if one.way is not None else ()
    return Change(
        place_id=one.state.place_id, leg=one.state.leg, reason=one.state.reason, ready_at=_at(course, one.state.ready), runs=one.runs,
        service_ids=tuple(service for service, _ in legs), place_ids=tuple(place for _, place in legs), is_taken=one.is_taken,
        won_min=round(one.won_min), won_cents=round(one.won_cents),
    )  # fmt: skip


def simulate_rest(
    dataset: Dataset, plan: Plan, number: int, position: Position, *, runs: int = 10_000, seed: int = 1, family: str = "pert"
) -> Simulation:
    """Simulate what is left of an itinerary from where the goods stand; costs are those of the legs still ahead."""
    itinerary = plan.itineraries[number]
    course = leave_rest(chart_course(dataset, plan, itinerary), position, itinerary)
    ahead = replace(itinerary, items=list_open(itinerary, position), duty_items=())
    prices = list_prices(ahead, dataset.info.settlement_currency)
    rates = list_price_risks(dataset, prices)
    outcome = run_course(course, prices, rates, Settings(family=family), runs=runs, seed=seed)
    return summarise(plan, number, course, outcome, family=family, seed=seed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """What is left of a plan at typical times and prices; None: never, since something is shut without a known end.

    ``reaches_at`` is when the leg under way ends, ``leaves_at`` when the next one begins. ``box_cents`` tells detention and return of the
    line's box for goods that are delivered at some moment; 0 where it is not discharged by the end of the leg under way.
    """

    reaches_at: datetime | None
    leaves_at: datetime | None
    arrives_at: datetime | None
    cost_cents: int
    box_cents: Callable[[datetime], int]


def run_rest(dataset: Dataset, plan: Plan, number: int, position: Position) -> Rest:
    """Run what is left of an itinerary once, at typical times, departures that can still be met and closures that are known."""
    itinerary = plan.itineraries[number]
    course = leave_rest(chart_course(dataset, plan, itinerary), position, itinerary)
    ahead = replace(itinerary, items=list_open(itinerary, position), duty_items=())
    block = Block(course, list_prices(ahead, dataset.info.settlement_currency), (), Settings(is_planned=True), pool=DrawPool((0, 0), 1))
    done = block.run()

    def at(minute: float | None) -> datetime | None:
        return None if minute is None or not math.isfinite(minute) else _at(course, minute)

    marks = {name: float(values[0]) for name, values in block.marks.items()}
    is_there = position.kind == "arrive" and position.place_id == itinerary.legs[position.leg].to_id
    reached = course.start if is_there else marks.get(f"reached {position.leg}")
    return Rest(
        reaches_at=at(reached), leaves_at=at(marks.get(f"left {position.leg + 1}")), arrives_at=at(float(done.arrival[0])),
        cost_cents=round(float(done.cost[0])),
        box_cents=partial(_price_box, course, _box_since(course, reached, position.leg), ahead.items),
    )  # fmt: skip


def _box_since(course: Course, reached: float | None, leg: int) -> float | None:
    """Since when the line's box runs up detention where another way begins at the end of the leg under way; None: it does not."""
    if course.begun:
        return dict(course.begun).get("discharge")
    names = [one.name for one in course.elements if isinstance(one, Mark)]
    is_next = "discharge" in names and f"reached {leg}" in names and names.index("discharge") < names.index(f"reached {leg}")
    return reached if is_next else None


def _price_box(course: Course, since: float | None, items: Sequence[Item], until: datetime) -> int:
    """Cents at typical prices of the box from discharge until it is back, for goods that are delivered at a moment."""
    if since is None or not math.isfinite(since):
        return 0
    now = (until - course.zero_at).total_seconds() / 60
    cents = float(sum(item.cost_cents for item in items if item.kind == "box_return"))
    for meter in (one for one in course.elements if isinstance(one, Meter) and one.kind == "detention"):
        days = math.ceil(max(now - since + meter.extra_min, 0) / DAY_MIN)
        for first, last, _, typical, _ in meter.steps:
            cents += max(min(days, days if last is None else last) - first + 1, 0) * typical
    return round(cents)


def list_open(itinerary: Itinerary, position: Position) -> tuple[Item, ...]:
    """Items of the legs that have not begun: what is not spent yet."""
    return tuple(item for item in itinerary.items if item.leg is not None and item.leg > position.leg)


def summarise(
    plan: Plan, number: int, course: Course, outcome: Outcome, *, family: str, seed: int, is_brief: bool = False
) -> Simulation:  # fmt: skip
    """Quantiles, chances and their errors; and, unless brief, transfers, drivers and buffers."""
    import numpy as np

    itinerary = plan.itineraries[number]
    runs = len(outcome.arrival)
    fine = np.isfinite(outcome.arrival)
    arrival, cost = np.where(fine, outcome.arrival, stuck_until(course)), outcome.cost
    by = (course.by_at - course.zero_at).total_seconds() / 60
    share = float(np.mean(outcome.arrival <= by))
    points = np.quantile(arrival, QUANTILES)
    costs = [round(float(value)) for value in np.quantile(cost, QUANTILES)]
    worst = np.sort(cost)[-max(len(cost) // 20, 1) :]
    errors = [_quantile_error(arrival, point) for point in QUANTILES]
    return Simulation(
        dataset_digest=plan.dataset_digest, itinerary=number, policy="next", family=family, 
        destination_id=itinerary.legs[-1].to_id, planned_at=course.planned_at, by_at=course.by_at,
        is_due=course.is_due, arrival=(_at(course, points[0]), _at(course, points[1]), _at(course, points[2])),
        arrival_standard_error_min=(errors[0], errors[1], errors[2]), on_time_percent=100 * share,
        on_time_standard_error_percent=100 * math.sqrt(share * (1 - share) / runs), stuck_percent=100 * (1 - float(np.mean(fine))),
        currency=itinerary.currency, planned_cost_cents=itinerary.cost_cents, cost_cents=(costs[0], costs[1], costs[2]),
        mean_cost_cents=round(float(cost.mean())), worst_twentieth_cost_cents=round(float(worst.mean())),
        transfers=() if is_brief else tuple(_list_transfers(course, outcome)),
        drivers=() if is_brief else _rank_drivers(outcome, fine), buffers=() if is_brief else _list_buffers(course, outcome),
        runs=runs, seed=seed, as_of=plan.query.as_of,
    )  # fmt: skip


def _at(course: Course, minute: float) -> datetime:
    return course.zero_at + timedelta(minutes=round(float(minute)))


def _quantile_error(values: Draws, point: float) -> int:
    """Standard error of a quantile from the order statistics one binomial standard deviation to either side."""
    import numpy as np

    spread = math.sqrt(point * (1 - point) / len(values))
    low, high = np.quantile(values, [max(point - spread, 0), min(point + spread, 1)])
    return math.ceil(float(high - low) / 2)


def _list_transfers(course: Course, outcome: Outcome) -> list[TransferRisk]:
    import numpy as np

    found = []
    arrival = outcome.arrival
    fine = np.isfinite(arrival)
    for departure, missed in outcome.missed:
        share = float(missed.mean())
        caught, late = fine & ~missed, fine & missed
        both = bool(caught.any() and late.any())
        found.append(
            TransferRisk(
                place_id=departure.place_id, service_id=departure.service_id, planned_at=_at(course, departure.planned),
                missed_percent=100 * share, standard_error_percent=100 * math.sqrt(share * (1 - share) / len(missed)),
                delay_min=round(float(arrival[late].mean() - arrival[caught].mean())) if both else 0,
                cost_cents=round(float(outcome.cost[late].mean() - outcome.cost[caught].mean())) if both else 0,
            )
        )  # fmt: skip
    return found


def _rank_drivers(outcome: Outcome, fine: Flags) -> tuple[Driver, ...]:
    """Causes by how far arrival lies apart between their best and their worst tenth, then prices by how far cost does.

    What a price seems to do to the arrival is chance, and told as nothing.
    """
    import numpy as np

    if not fine.any():
        return ()
    arrival, cost = outcome.arrival[fine], outcome.cost[fine]
    found = []
    for cause, all_values in outcome.causes.items():
        values = all_values[fine]
        if values.std() == 0:
            continue
        order = np.argsort(values, kind="stable")
        tenth = max(len(order) // 10, 1)
        best, worst = order[:tenth], order[-tenth:]
        share = float(np.corrcoef(values, arrival)[0, 1] ** 2) if arrival.std() > 0 else 0.0
        found.append(
            Driver(
                cause=cause, share_percent=round(100 * share, 1), arrival_low_min=round(float(arrival[best].mean() - arrival.mean())),
                arrival_high_min=round(float(arrival[worst].mean() - arrival.mean())),
                cost_low_cents=round(float(cost[best].mean() - cost.mean())),
                cost_high_cents=round(float(cost[worst].mean() - cost.mean())),
            )
        )  # fmt: skip
    times = sorted((one for one in found if not one.is_price), key=lambda one: (one.arrival_low_min - one.arrival_high_min, one.cause))
    prices = [replace(one, share_percent=0.0, arrival_low_min=0, arrival_high_min=0) for one in found if one.is_price]
    prices.sort(key=lambda one: (one.cost_low_cents - one.cost_high_cents, one.cause))
    return (*times[:MOST_DRIVERS], *prices[:MOST_PRICES])


def _list_buffers(course: Course, outcome: Outcome) -> tuple[Buffer, ...]:
    import numpy as np

    planned = (course.planned_at - course.zero_at).total_seconds() / 60
    ordered = np.sort(outcome.arrival)
    buffers = []
    for percent in CERTAINTIES:
        reached = ordered[min(math.ceil(percent / 100 * len(ordered)), len(ordered)) - 1]
        if np.isfinite(reached):
            buffers.append(Buffer(certain_percent=percent, buffer_min=math.ceil(float(reached - planned))))
    return tuple(buffers)
