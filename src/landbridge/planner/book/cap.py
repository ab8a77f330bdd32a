"""Joint plans beside the cheapest one: under a cap on CO2e, and close to an earlier plan."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from landbridge.domain.book import FrontierPoint, Proven
from landbridge.domain.book_state import KeptWay
from landbridge.optimization.book_model import price_choice, solve_book
from landbridge.optimization.book_pool import Origin, Pool
from landbridge.optimization.book_problem import BookProblem, Choice, Room
from landbridge.planner.book.solve import solve_all
from landbridge.solver import Limits

Settle = Callable[[Choice], tuple[Proven, int] | None]
LEAST_SECONDS = 10.0
_STEADY_SHARE = 0.002
"""What one change of an earlier plan must save, as a share of the way's cost, to be made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeastEmission:
    """The plan that was found to emit least, None where none was found in time; and what no plan over the ways can emit less than."""

    choice: Choice | None
    found_g: int | None
    bound_g: int

    def why_not(self, most_g: int, seconds: float) -> str:
        """Why there is no plan under a cap, told as a bound where it is proven and as a search that ended where it is not."""
        cap, bound = f"{most_g / 1e6:,.1f} t", f"{self.bound_g / 1e6:,.1f} t"
        if most_g < self.bound_g:
            return f"no joint plan emits {cap} of CO2e or less: over the ways that were found none can emit less than {bound}"
        found = "" if self.found_g is None else f"; the least that was found emits {self.found_g / 1e6:,.1f} t"
        more = f"that none emits less than {bound} is proven, that none emits {cap} is not"
        return f"no joint plan that emits {cap} of CO2e or less was found in {seconds:.0f} s{found}; {more}"


def find_least_emission(problem: BookProblem, seconds: float = LEAST_SECONDS) -> LeastEmission:
    """What all shipments of a book emit at least: one plan, and a proven bound."""
    ways = tuple(replace(way, cost=float(way.emission_g)) for way in problem.ways)
    free = replace(
        problem, ways=ways, tiers=(), yards=(), moves=(), trains=tuple(replace(train, cost=0.0) for train in problem.trains),
        rooms=_priceless(problem.rooms), quotas=_priceless(problem.quotas), most_emission_g=None,
    )  # fmt: skip
    found = solve_book(free, Limits(seconds=seconds))
    least: dict[int, int] = {}
    for way in problem.ways:
        least[way.shipment] = min(way.emission_g, least.get(way.shipment, way.emission_g))
    bound = sum(least.values())
    if found is None:
        return LeastEmission(choice=None, found_g=None, bound_g=bound)
    return LeastEmission(
        choice=price_choice(problem, found.ways), found_g=emission_of(problem, found), bound_g=max(bound, math.floor(found.bound))
    )


def _priceless(rooms: Sequence[Room]) -> tuple[Room, ...]:
    """Rooms whose market, where there is one, asks nothing."""
    return tuple(room if room.market_price is None else replace(room, market_price=0.0) for room in rooms)


def emission_of(problem: BookProblem, choice: Choice) -> int:
    """What a choice emits."""
    return sum(problem.ways[number].emission_g for number in choice.ways if number is not None)


def cap_choice(problem: BookProblem, most_g: int, seconds: float, start: Choice | None = None) -> Choice | None:
    """The cheapest choice that emits so much at most, begun from one that is known if that does; None if none was found."""
    known = start if start is not None and emission_of(problem, start) <= most_g else None
    capped = replace(problem, most_emission_g=float(most_g))
    found = solve_book(capped, Limits(seconds=seconds)) if known is None else solve_all(capped, seconds, start=known)
    return None if found is None or emission_of(problem, found) > most_g else found


def frontier_of(problem: BookProblem, count: int, seconds: float, settle: Settle) -> tuple[FrontierPoint, ...]:
    """The least cost for so many caps, from what the cheapest plan emits down to the least that one plan was found to emit.

    A lower cap never costs less, whatever the time was enough for: a plan under a cap is one under each higher cap, and a bound under a
    cap holds under each lower one.

    Parameters
    ----------
    problem
        The problem as it is solved, with straight lines for the prices of units that are shared.
    settle
        Gives for a choice what it costs to the cent, and what it emits; None if that cannot be told.
    """
    if count < 1 or not problem.ways:
        return ()
    cheapest = solve_book(problem, Limits(seconds=seconds))
    if cheapest is None:
        return ()
    least = find_least_emission(problem)
    most = emission_of(problem, cheapest)
    end = least.bound_g if least.found_g is None else least.found_g
    caps = [most, *(round(most - (most - end) * step / max(1, count - 1)) for step in range(1, count))]
    points, known = [], least.choice
    for cap in reversed(caps[1:]):
        known = cap_choice(problem, cap, seconds, known) or known
        points.append(_point_of(problem, cap, known, settle))
    points.append(_point_of(problem, most, cheapest, settle))
    return _never_cheaper([point for point in points if point is not None])


def _point_of(problem: BookProblem, cap: int, choice: Choice | None, settle: Settle) -> FrontierPoint | None:
    settled = None if choice is None or emission_of(problem, choice) > cap else settle(choice)
    if settled is None:
        return None
    proven, emitted = settled
    return FrontierPoint(cap_g_co2e=cap, emission_g_co2e=emitted, cost_cents=proven.cost_cents, bound_cents=proven.bound_cents)


def _never_cheaper(points: Sequence[FrontierPoint]) -> tuple[FrontierPoint, ...]:
    """Points from the lowest cap up, turned round: each has the cheapest plan of those not above its cap, and the best bound of those not
    below.
    """
    plans: list[FrontierPoint] = []
    for point in points:
        known = plans[-1] if plans else point
        cheaper = known if known.cost_cents < point.cost_cents else point
        plans.append(replace(point, cost_cents=cheaper.cost_cents, emission_g_co2e=cheaper.emission_g_co2e))
    told: list[FrontierPoint] = []
    for point in reversed(plans):
        bound = max([point.bound_cents, *(one.bound_cents for one in told[-1:])])
        told.append(replace(point, bound_cents=min(bound, point.cost_cents)))
    return tuple(told)


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
