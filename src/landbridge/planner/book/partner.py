"""Which other payers one payer would gain most with, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from landbridge.domain.book import Partner, Proven
from landbridge.optimization.book_pool import Pool
from landbridge.optimization.book_problem import BookProblem, Choice, Room, Turn, Way
from landbridge.planner.book.solve import proven_of, solve_all

_PAIR_SECONDS = 5.0
_LEAST = 1e-6
"""TEU or units that count as none."""


def find_partners(pool: Pool, payer: str, alone: dict[str, Proven]) -> tuple[Partner, ...]:
    """Every other payer with what both save together, the largest saving first.

    Only ways that routing gives behind the gate are looked at: a payer whose shipments are blocked is nobody's partner.
    """
    found = []
    for other in alone:
        if other == payer:
            continue
        problem = pool.problem.only([payer, other])
        choice = solve_all(problem, _PAIR_SECONDS)
        pair, own, theirs = proven_of(choice), alone[payer], alone[other]
        found.append(
            Partner(
                payer_id=other, saving_cents=own.cost_cents + theirs.cost_cents - pair.cost_cents,
                low_cents=own.bound_cents + theirs.bound_cents - pair.cost_cents,
                high_cents=own.cost_cents + theirs.cost_cents - pair.bound_cents, why=tuple(_why(problem, choice)),
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (-one.saving_cents, one.payer_id)))


def _why(problem: BookProblem, choice: Choice) -> Iterator[str]:
    """What the two share in their plan: trains, units of part loads, boxes and vehicles, rebates, room and quotas."""
    used = [(number, problem.ways[number], problem.payers[problem.ways[number].shipment]) for number in choice.ways if number is not None]
    owner = {number: payer for number, _, payer in used}
    for number, train in enumerate(problem.trains):
        if len({payer for _, way, payer in used if way.train == number}) > 1:
            yield f"same direction, same day: {train.name}"
    for _, way, payer in used:
        if way.inside is not None and owner.get(way.inside, payer) != payer:
            yield f"part loads in one unit: {problem.shipments[way.shipment]} and {problem.shipments[problem.ways[way.inside].shipment]}"
    for yard, one in enumerate(problem.yards):
        turns = [turn for turn in choice.turns if turn.yard == yard and _holder(problem, turn, owner) != owner[turn.to_way]]
        if turns:
            units = sum(turn.units for turn in turns)
            what = ("box", "boxes") if one.kind == "shared_empties" else ("vehicle", "vehicles")
            days = round(sum(turn.units * turn.days for turn in turns) / units)
            told = f"{units} {what[units != 1]} used again after {days} day{'' if days == 1 else 's'}"
            yield f"opposite directions: {told} ({one.name})"
    for number, tier in enumerate(problem.tiers):
        if choice.rebates[number] > 0 and len({payer for _, way, payer in used if number in way.volumes}) > 1:
            yield f"volume together: {tier.name}"
    yield from _list_lent(problem, [way for _, way, _ in used])


def _list_lent(problem: BookProblem, ways: list[Way]) -> Iterator[str]:
    """Room, quotas and permits of which one payer leaves what the other uses."""
    for number, room in enumerate(problem.rooms):
        if _is_lent(problem, room, [(way, way.teu) for way in ways if number in way.departures]):
            yield f"room of one that the other leaves empty: {room.name}"
    for number, quota in enumerate(problem.quotas):
        if _is_lent(problem, quota, [(way, count) for way in ways for one, count in way.uses if one == number]):
            yield f"quota or permits of one that the other leaves: {quota.name}"


def _is_lent(problem: BookProblem, room: Room, uses: Iterable[tuple[Way, float]]) -> bool:
    """Whether one payer uses more than it is allotted, and another less: ``uses`` are ways with how much each takes."""
    free = dict(room.allotted)
    for way, amount in uses:
        payer = problem.payers[way.shipment]
        free[payer] = free.get(payer, 0.0) - amount
    return min(free.values(), default=0.0) < -_LEAST and max(free.values(), default=0.0) > _LEAST


def _holder(problem: BookProblem, turn: Turn, owner: Mapping[int, str]) -> str:
    """Who sets free what is used again, or holds the stock that it comes from."""
    return owner[turn.from_way] if turn.stock is None else problem.yards[turn.yard].stocks[turn.stock].payer
