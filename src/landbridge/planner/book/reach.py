"""What reaches a saving: the book grown to the whole trade and beyond, the smallest sets of levers, the price of trains."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import combinations
from zoneinfo import ZoneInfo

from landbridge.domain.book import AllWays, Proven
from landbridge.domain.dataset import Dataset
from landbridge.domain.headway import Headway, Hear, Stage
from landbridge.domain.reach import LeverSet, PricePoint, Reach, VolumePoint
from landbridge.domain.shipment import Shipment
from landbridge.domain.trade import TradeRecord
from landbridge.optimization.book_pool import Candidate, Pool, PoolMaker
from landbridge.optimization.book_problem import BookProblem, Choice
from landbridge.optimization.growth import ceiling_cost
from landbridge.planner.book.all_ways import bound_all_ways
from landbridge.planner.book.candidates import BookQuestion, Work, last_day, make_candidates, payer_of, query_of, value_of
from landbridge.planner.book.joint_plan import ways_from
from landbridge.planner.book.solve import proven_of, search_all, solve_all, union_of
from landbridge.planner.book.units import UnitBook, list_groups
from landbridge.planner.book.ways import Search, Ways
from landbridge.planner.book.worth import spread_of
from landbridge.terms.money import Market

START_STEP_DAYS = 14
"""Days between the ready dates that copies of a shipment may have, and the longest that one waits to travel with others."""
_FACTORS = (0.75, 0.5, 0.25, 0.0)
_FACTOR_STEP = 0.0625
_SET_SECONDS = 10.0
_JOINT_SECONDS = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachQuestion:
    """``volumes``: how many times over the book is taken; ``starts``: how many ready dates, two weeks apart, copies are spread over."""

    book: BookQuestion
    target_percent: float = 15.0
    volumes: tuple[int, ...] = (1, 2, 3, 6)
    starts: int = 3


_Dated = dict[tuple[str, date], list[Candidate]]


def find_reach(dataset: Dataset, question: ReachQuestion, *, search: Search | Ways | None = None, tell: Hear | None = None) -> Reach:
    """Answer what reaches a saving.

    Returns
    -------
    Reach
        The curve over volumes; at the largest one the smallest sets of levers that reach the target or, if none does, each by itself and
        all of them, and what cheaper trains would bring. All savings are against each company planning alone at the same prices.
    """
    say = tell or (lambda _: None)
    dated, notes = _route(dataset, question, ways_from(dataset, question.book, search), say)
    points, pool, ceiling, bound = list[VolumePoint](), None, None, None
    for copies in question.volumes:
        say(Headway(stage=Stage.VOLUME, done=copies))
        pool = _grow(dataset, question, dated, copies)
        point, together = _point(dataset, question, pool, copies, say)
        points.append(point)
        if len(points) == 1:
            work = Work(dataset, question.book, say, notes=notes)
            bound = bound_all_ways(work, pool, together)
        ceiling = ceiling or spread_of(pool, question.book.draws, question.book.seed, with_ceiling=True)
    value, days, source = _whole_trade(dataset)
    last = None if pool is None else pool.problem
    sets = tuple(_lever_sets(last, points[-1], question)) if last is not None else ()
    return Reach(
        dataset_name=dataset.info.name, dataset_digest=dataset.digest, as_of=question.book.as_of, currency=dataset.info.settlement_currency,
        target_percent=question.target_percent, points=tuple(points), lever_sets=sets,
        prices=tuple(_prices(last, question)) if last is not None else (), ceiling=ceiling,
        trade_cents=value, trade_days=days, trade_source=source,
        notes=tuple(notes), all_ways_percent=None if bound is None else _most_saved(bound, points),
    )  # fmt: skip


def _most_saved(bound: AllWays, points: Sequence[VolumePoint]) -> float:
    """The most that any ways save, percent, at the volumes that were looked at: copies that are ready later cost more or less alone."""
    each = bound.any_volume_cents / points[0].copies
    alone = [(one.copies, one.alone.cost_cents) for one in points if one.alone.cost_cents]
    return max((100 * (1 - min(each * copies, cents) / cents) for copies, cents in alone), default=0.0)


# --- the grown book -------------------------------------------------------------------------------------------------------------


def _route(dataset: Dataset, question: ReachQuestion, ways: Ways, say: Hear) -> tuple[_Dated, list[str]]:
    """Candidates of each shipment for each ready date that a copy may have; its due date moves along."""
    dated: _Dated = {}
    notes = []
    moves = [_move(row, step) for row in dataset.shipments for step in range(question.starts)]
    for headway in ways.prepare([query_of(dataset, question.book, row, row.ready_on) for row in moves], (), math.inf):
        say(headway)
    for row in dataset.shipments:
        for step in range(question.starts):
            moved = _move(row, step)
            found, _ = ways.find(query_of(dataset, question.book, moved, moved.ready_on))
            if found:
                dated[row.shipment_id, moved.ready_on] = make_candidates(dataset, question.book, moved, moved.ready_on, found)
    dated |= _by_themselves(Work(dataset, question.book, say), [row for row in moves if (row.shipment_id, row.ready_on) not in dated], ways)
    for row in dataset.shipments:
        if (row.shipment_id, row.ready_on) not in dated:
            notes.append(f"{row.shipment_id} has no way and is left out")
    return dated, notes


def _by_themselves(work: Work, rows: Sequence[Shipment], ways: Ways) -> _Dated:
    """Part loads that only stuffing places can send: each in a unit by itself."""
    found: _Dated = {}
    for ready_on in sorted({row.ready_on for row in rows}):
        dated = [(row, payer_of(row)) for row in rows if row.ready_on == ready_on]
        groups = list_groups(work, dated, is_alone=True)
        for one in UnitBook().find(work, groups, ways, {row.shipment_id for row, _ in dated}):
            if one.stowed is not None and one.stowed.holds is not None and one.stowed.holds.least_kg <= (one.shipment.mass_kg or 0):
                found.setdefault((one.shipment.shipment_id, ready_on), []).append(one)
    return found


def _move(row: Shipment, steps: int) -> Shipment:
    later = timedelta(days=START_STEP_DAYS * steps)
    return replace(row, ready_on=row.ready_on + later, due_on=None if row.due_on is None else row.due_on + later)


def _grow(dataset: Dataset, question: ReachQuestion, dated: _Dated, copies: int) -> Pool:
    """The pool of the book so many times over; the first copy is the book itself, the others draw their ready dates."""
    planned: list[tuple[Shipment, str]] = []
    candidates: list[Candidate] = []
    for row in dataset.shipments:
        steps = [step for step in range(question.starts) if (row.shipment_id, _move(row, step).ready_on) in dated]
        if 0 not in steps:
            continue
        for copy in range(copies):
            step = 0 if copy == 0 else random.Random(f"{question.book.seed}:{row.shipment_id}:{copy}").choice(steps)
            clone = replace(_move(row, step), shipment_id=f"{row.shipment_id}#{copy}")
            planned.append((clone, f"{payer_of(row)}#{copy}"))
            found = [dated.get((row.shipment_id, _move(row, one).ready_on), []) for one in (step, step + 1)]
            candidates += _of_clone(clone, planned[-1][1], found, _latest(dataset, question, clone))
    return PoolMaker(dataset, question.book.as_of).make(planned, candidates)


def _latest(dataset: Dataset, question: ReachQuestion, row: Shipment) -> datetime | None:
    """The end of the last day, there, on which a shipment may arrive."""
    last = last_day(dataset, question.book, row)
    zone = ZoneInfo(dataset.get_place(row.to_place_id).zone)
    return None if last is None else datetime.combine(last + timedelta(days=1), time(), zone)


def _of_clone(clone: Shipment, payer: str, found: Sequence[list[Candidate]], latest: datetime | None) -> Iterator[Candidate]:
    """Its candidates from its ready date, and from two weeks later as far as they arrive in time."""
    for one in (row for rows in found for row in rows):
        if latest is None or one.delivered_at <= latest:
            yield replace(one, shipment=clone, payer_id=payer)


def _point(dataset: Dataset, question: ReachQuestion, pool: Pool, copies: int, say: Hear) -> tuple[VolumePoint, Choice]:
    problem = pool.problem
    payers = sorted(set(problem.payers))
    each = [solve_all(problem.only([payer]), _SET_SECONDS) for payer in payers]
    together = search_all(problem, question.book.seconds, seed=question.book.seed, start=union_of(problem, each), tell=say)
    parts = [proven_of(one) for one in each]
    alone = Proven(cost_cents=sum(one.cost_cents for one in parts), bound_cents=sum(one.bound_cents for one in parts))
    rows = {origin.candidate.shipment.shipment_id: origin.candidate.shipment for origin in pool.origins}
    teu = {way.shipment: way.teu for way in problem.ways}
    point = VolumePoint(
        copies=copies, shipment_units=len(problem.shipments), payer_units=len(payers), used_teu=sum(teu.values()),
        value_cents=round(100 * sum(value_of(dataset, question.book, row) or 0 for row in rows.values())), alone=alone,
        together=proven_of(together),
        spread=spread_of(pool, question.book.draws, question.book.seed, together),
        ceiling_percent=100 * (1 - ceiling_cost(problem) / alone.cost_cents) if alone.cost_cents else 0.0,
    )  # fmt: skip
    return point, together


# --- levers and prices ----------------------------------------------------------------------------------------------------------


def _lever_sets(problem: BookProblem, point: VolumePoint, question: ReachQuestion) -> Iterator[LeverSet]:
    """The smallest sets that reach the target for sure. Where all levers together do not, no set does: then each by itself, and all of
    them.
    """
    names = problem.levers
    every = LeverSet(levers=names, low_percent=point.low_percent, high_percent=point.high_percent)
    is_reached = every.low_percent >= question.target_percent
    for size in range(1, len(names) if is_reached else 2):
        sets = [_with_levers(problem, chosen, question.book.seed) for chosen in combinations(names, size)]
        reaching = [one for one in sets if one.low_percent >= question.target_percent]
        if reaching or not is_reached:
            yield from sorted(reaching or sets, key=lambda one: -one.low_percent)
        if reaching:
            return
    yield every


def _with_levers(problem: BookProblem, chosen: tuple[str, ...], seed: int) -> LeverSet:
    """The saving where just these levers exist, for each company alone as for all together."""
    low, high = _saving(*_both(problem.without(set(problem.levers) - set(chosen)), seed))
    return LeverSet(levers=chosen, low_percent=low, high_percent=high)


def _both(problem: BookProblem, seed: int) -> tuple[Proven, Proven]:
    """What each alone and all together pay."""
    each = [solve_all(problem.only([payer]), _SET_SECONDS) for payer in sorted(set(problem.payers))]
    parts = [proven_of(one) for one in each]
    alone = Proven(cost_cents=sum(one.cost_cents for one in parts), bound_cents=sum(one.bound_cents for one in parts))
    return alone, proven_of(search_all(problem, _JOINT_SECONDS, seed=seed, start=union_of(problem, each)))


def _prices(problem: BookProblem, question: ReachQuestion) -> list[PricePoint]:
    """What cheaper trains would bring, down to trains for nothing; where the target is reached, narrowed to a sixteenth of the price."""
    points: list[PricePoint] = []
    if not problem.trains:
        return points

    def try_factor(factor: float) -> bool:
        cheaper = replace(problem, trains=tuple(replace(train, cost=train.cost * factor) for train in problem.trains))
        low, high = _saving(*_both(cheaper, question.book.seed))
        points.append(PricePoint(factor=factor, low_percent=low, high_percent=high))
        return low >= question.target_percent

    before = 1.0
    for factor in _FACTORS:
        if try_factor(factor):
            while before - factor > _FACTOR_STEP:
                middle = (before + factor) / 2
                before, factor = (before, middle) if try_factor(middle) else (middle, factor)  # narrowed on purpose
            break
        before = factor
    return sorted(points, key=lambda one: -one.factor)


def _saving(alone: Proven, together: Proven) -> tuple[float, float]:
    """Percent, proven low and high."""
    low, high = together.saved_of(alone)
    return 100 * low, 100 * high


# --- the whole trade ------------------------------------------------------------------------------------------------------------


def _whole_trade(dataset: Dataset) -> tuple[int | None, int, str]:
    """Value of the trade of both directions in the half years that the book is for, from the latest period that one country told
    in full, with the days of these half years.
    """
    ends = {dataset.get_place(place).country for row in dataset.shipments for place in (row.from_place_id, row.to_place_id)}
    found: dict[tuple[str, date, date], dict[str, TradeRecord]] = {}
    for record in dataset.trade_records:
        if not record.hs and {record.reporter, record.partner} == ends:
            found.setdefault((record.reporter, record.from_on, record.to_on), {})[record.flow] = record
    full = {key: rows for key, rows in found.items() if {"import", "export"} <= rows.keys()}
    if not full or not dataset.shipments:
        return None, 0, ""
    key = max(full, key=lambda one: (one[2], one[0]))
    rows = [full[key][flow] for flow in ("export", "import")]
    market = Market(dataset, dataset.info.as_of)
    total = sum((row.value.typical / market.rate(row.currency) for row in rows), Decimal(0))
    book_days = (max(row.ready_on for row in dataset.shipments) - min(row.ready_on for row in dataset.shipments)).days + 1
    book_days = 183 * -(-book_days // 183)
    days = (key[2] - key[1]).days + 1
    names = " and ".join(row.record_id for row in rows)
    return round(100 * total / days * book_days), book_days, f"{names} ({key[1]} to {key[2]})"
