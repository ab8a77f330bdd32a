"""What shared units cost to the cent: the program has a straight line over the mass, the plan the price of what lies in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from landbridge.optimization.book_model import price_choice
from landbridge.optimization.book_pool import Candidate, Origin, Pool, PoolMaker, cost_of, only_pool
from landbridge.optimization.book_problem import BookProblem, Choice
from landbridge.planner.book.candidates import Work
from landbridge.planner.book.units import UnitBook


class UnpricedUnitError(Exception):
    """The unit named by ``unit_key`` cannot go with just what the program put into it, though it can with less and with more."""

    def __init__(self, unit_key: str) -> None:
        super().__init__(f"no price for the unit {unit_key}")
        self.unit_key = unit_key


def settle_pool(work: Work, units: UnitBook, pool: Pool, choice: Choice) -> tuple[Pool, Choice]:
    """A pool and a choice in it with the units that are shared priced for what lies in them; UnpricedUnitError where one has no price."""
    problem, origins, exact = _settle(work, units, pool.problem, pool.origins, choice)
    return replace(pool, problem=problem, origins=origins), exact


def settle_payer(work: Work, units: UnitBook, pool: Pool, payer: str, choice: Choice) -> Choice:
    """The choice of one payer alone, likewise."""
    alone = only_pool(pool, payer)
    return _settle(work, units, alone.problem, alone.origins, choice)[2]


def _settle(
    work: Work, units: UnitBook, problem: BookProblem, origins: tuple[Origin, ...], choice: Choice
) -> tuple[BookProblem, tuple[Origin, ...], Choice]:
    numbers = [number for number in choice.ways if number is not None and problem.ways[number].holds is not None]
    riders = [number for number in choice.ways if number is not None and problem.ways[number].inside is not None]
    if not any(way.holds for way in problem.ways):
        return problem, origins, choice
    ways, made = list(problem.ways), list(origins)
    maker = PoolMaker(work.dataset, work.question.as_of, co2e_cents_per_t=work.question.co2e_cents_per_t)
    for number in (*numbers, *riders):
        candidate = _as_carried(units, problem, origins[number].candidate, number, riders)
        origin = maker.origin_of(candidate, origins[number].train_leg)
        ways[number] = replace(ways[number], cost=cost_of(origin), emission_g=candidate.itinerary.emission_g_co2e)
        made[number] = origin
    exact = replace(problem, ways=tuple(ways))
    priced = price_choice(exact, choice.ways)
    assert priced is not None  # the same ways as before
    bound = min(priced.objective, choice.bound - slack_of(units, problem))
    return exact, tuple(made), replace(priced, bound=bound)


def slack_of(units: UnitBook, problem: BookProblem) -> float:
    """Cents that the program of a problem may differ from the prices of its shared units."""
    return units.slack_of(problem.shipments[way.shipment] for way in problem.ways if way.holds is not None)


def _as_carried(units: UnitBook, problem: BookProblem, candidate: Candidate, number: int, riders: Sequence[int]) -> Candidate:
    """A leader with the itinerary for all that lies in its unit, a rider without any part of the unit's price; one that is booked already
    stays as it was booked.
    """
    stowed = candidate.stowed
    assert stowed is not None
    plain = replace(candidate, stowed=replace(stowed, parts=(), emission_g=0))
    if stowed.holds is None or stowed.unit_key not in units.units:
        return plain
    mass = problem.ways[number].mass_kg + sum(problem.ways[one].mass_kg for one in riders if problem.ways[one].inside == number)
    itinerary = units.price(stowed.unit_key, mass)
    if itinerary is None:
        raise UnpricedUnitError(stowed.unit_key)
    return replace(plain, itinerary=itinerary)
