"""Joint plans beside the cheapest one: under a cap on CO2e, and close to an earlier plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from landbridge.domain.book import FrontierPoint
from landbridge.domain.book_state import KeptWay
from landbridge.optimization.book_model import price_choice, solve_book
from landbridge.optimization.book_pool import Origin, Pool
from landbridge.optimization.book_problem import BookProblem, Choice, Room
from landbridge.planner.book_solve import proven_of
from landbridge.solver import Limits

_LEAST_SECONDS = 10.0
_STEADY_SHARE = 0.002
"""What one change of an earlier plan must save, as a share of the way's cost, to be made."""


def least_emission(problem: BookProblem, seconds: float = _LEAST_SECONDS) -> int:
    """What the shipments emit at least in one plan; where that is not found in time, what each emits at least by itself."""
    ways = tuple(replace(way, cost=float(way.emission_g)) for way in problem.ways)
    free = replace(
        problem, ways=ways, tiers=(), yards=(), trains=tuple(replace(train, cost=0.0) for train in problem.trains),
        rooms=_priceless(problem.rooms), quotas=_priceless(problem.quotas),
    )  # fmt: skip
    found = solve_book(free, Limits(seconds=seconds))
    if found is not None:
        return emission_of(problem, found)
    least: dict[int, int] = {}
    for way in problem.ways:
        least[way.shipment] = min(way.emission_g, least.get(way.shipment, way.emission_g))
    return sum(least.values())


def _priceless(rooms: Sequence[Room]) -> tuple[Room, ...]:
    """Rooms whose market, where there is one, asks nothing."""
    return tuple(room if room.market_price is None else replace(room, market_price=0.0) for room in rooms)


def emission_of(problem: BookProblem, choice: Choice) -> int:
    """What a choice emits."""
    return sum(problem.ways[number].emission_g for number in choice.ways if number is not None)


def cap_choice(problem: BookProblem, most_g: int, seconds: float) -> Choice | None:
    """The cheapest choice that emits so much at most; None if there is none."""
    found = solve_book(replace(problem, most_emission_g=float(most_g)), Limits(seconds=seconds))
    return None if found is None or emission_of(problem, found) > most_g else found


def frontier_of(problem: BookProblem, count: int, seconds: float) -> tuple[FrontierPoint, ...]:
    """The least cost for so many caps, from what the cheapest plan emits down to the least that the ways emit."""
    if count < 1 or not problem.ways:
        return ()
    cheapest = solve_book(problem, Limits(seconds=seconds))
    if cheapest is None:
        return ()
    most, least = emission_of(problem, cheapest), least_emission(problem)
    points = []
    for step in range(count):
        cap = most if step == 0 else round(most - (most - least) * step / max(1, count - 1))
        found = cheapest if step == 0 else cap_choice(problem, cap, seconds)
        if found is not None:
            proven = proven_of(found)
            points.append(
                FrontierPoint(
                    cap_g_co2e=cap, emission_g_co2e=emission_of(problem, found), cost_cents=proven.cost_cents,
                    bound_cents=proven.bound_cents,
                )
            )  # fmt: skip
    return tuple(points)


def steady_choice(pool: Pool, choice: Choice, earlier: tuple[KeptWay, ...], seconds: float) -> Choice:
    """The choice that keeps to an earlier plan where a change would save next to nothing; the bound is that of the free choice."""
    problem, before = pool.problem, {way.shipment_id: way for way in earlier}
    ways = []
    for way, origin in zip(problem.ways, pool.origins, strict=True):
        old = before.get(problem.shipments[way.shipment])
        train = None if way.train is None else problem.trains[way.train].name
        now = KeptWay(
            shipment_id="",
            starts_on=origin.candidate.starts_on,
            itinerary=origin.candidate.itinerary,
            train_id=train,
            lead_id=_lead_of(origin),
        ).key
        ways.append(way if old is None or old.key == now else replace(way, cost=way.cost * (1 + _STEADY_SHARE)))
    found = solve_book(replace(problem, ways=tuple(ways)), Limits(seconds=seconds))
    priced = None if found is None else price_choice(problem, found.ways)
    if priced is None:
        return choice
    return replace(priced, bound=min(choice.bound, priced.objective))


def _lead_of(origin: Origin) -> str | None:
    return None if origin.candidate.stowed is None else origin.candidate.stowed.lead_id
