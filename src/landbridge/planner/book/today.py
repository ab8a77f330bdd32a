"""What a book costs today, where it says by which chain each shipment goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from landbridge.domain.book import Proven, Spread
from landbridge.domain.dataset import Dataset
from landbridge.domain.shipment import Shipment
from landbridge.optimization.book_model import price_choice
from landbridge.optimization.book_pool import Candidate, Pool, PoolMaker, draw_problem
from landbridge.optimization.book_problem import BookProblem, Choice
from landbridge.planner.book.candidates import BookQuestion, Work, make_candidates, query_of
from landbridge.planner.book.solve import solve_all
from landbridge.planner.book.ways import route_candidates
from landbridge.planner.book.worth import spread_between


def find_today(work: Work, planned: Sequence[tuple[Shipment, str]]) -> Pool | None:
    """Ways by the chains that shipments use today, each by itself without trains and others' boxes.

    Returns
    -------
    Pool or None
        None where the book does not tell the chain of every shipment that is carried, or a chain is not found, which is noted: what is
        used today is never guessed.
    """
    dataset, question = work.dataset, work.question
    told = [row.shipment_id for row, _ in planned if row.today_via]
    if not planned or not told:
        return None
    if len(told) < len(planned):
        work.notes.append(f"as today is left out: the book tells the chain of {len(told)} of {len(planned)} shipments that are carried")
        return None
    known = _known_ids(dataset)
    lost = [row.shipment_id for row, _ in planned if not set(row.today_via) <= known]
    candidates: list[Candidate] = []
    search = route_candidates(dataset)
    for row, _ in planned if not lost else ():
        found, _ = search(replace(query_of(dataset, question, row, row.ready_on), via=row.today_via))
        candidates += make_candidates(dataset, question, row, row.ready_on, found)
        lost += [] if found else [row.shipment_id]
    if lost:
        work.notes.append(f"as today is left out: no way by the chain that is told for {', '.join(lost)}")
        return None
    maker = PoolMaker(replace(dataset, block_offers=(), volume_tiers=(), allotments=(), quotas=()), question.as_of,
    co2e_cents_per_t=question.co2e_cents_per_t)  # fmt: skip
    return maker.make(planned, candidates)


def cost_today(problem: BookProblem) -> float:
    """What the ways by today's chains cost: the cheapest of each, with room as it is sold and every box hired."""
    least: dict[int, float] = {}
    for way in problem.ways:
        least[way.shipment] = min(way.cost, least.get(way.shipment, way.cost))
    return sum(least.values())


def proven_today(pool: Pool | None) -> Proven | None:
    """The cost, which is its own bound: the chain is given."""
    if pool is None:
        return None
    cents = round(cost_today(pool.problem))
    return Proven(cost_cents=cents, bound_cents=cents)


def spread_today(today: Pool | None, pool: Pool, together: Choice | None, question: BookQuestion, seconds: float) -> Spread | None:
    """The saving against today under draws of the uncertain figures, the same for both sides; ``together`` is a plan to begin from."""
    if today is None or question.draws < 1:
        return None

    def costs_of(seed: int) -> tuple[float, float]:
        drawn = draw_problem(pool, seed)
        start = None if together is None else price_choice(drawn, together.ways)
        return cost_today(draw_problem(today, seed)), solve_all(drawn, seconds, start=start).objective

    return spread_between(costs_of, question.draws, question.seed)


def _known_ids(dataset: Dataset) -> frozenset[str]:
    """Everything that a chain can be told by."""
    return frozenset(
        (*dataset.place_by_id, *(row.border_id for row in dataset.borders), *(row.passage_id for row in dataset.passages),
        *dataset.service_by_id, *dataset.haulage_by_id, *dataset.party_by_id)
    )  # fmt: skip
