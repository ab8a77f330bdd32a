"""Which shipments of a book stay behind where what is allotted does not hold all of them, and what is too small for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from landbridge.domain.dataset import Dataset
from landbridge.optimization.book_model import solve_book
from landbridge.optimization.book_pool import Pool
from landbridge.optimization.book_problem import BookProblem, Choice, Room, Way
from landbridge.solver import Limits

_NO_ROOM = "what is allotted to its payer of the room, quotas and permits that its ways need is too small"
_CLOSE = 1e-6


def find_left_out(problem: BookProblem, seconds: float, *, is_last: bool) -> tuple[str, ...]:
    """The shipments that stay behind, the greatest first: as few TEU as can be.

    The program of the book with one more way for each shipment, to stay behind, which costs its TEU; nothing else costs anything. Where
    the time is too short for it: of the shipments all of whose ways need allotted room the greatest, or with ``is_last`` all of them.
    """
    teu = _teu_of(problem)
    staying = tuple(Way(shipment=one, cost=100 * max(size, 1.0), teu=0.0) for one, size in sorted(teu.items()))
    first = len(problem.ways)
    free = replace(
        problem, ways=(*(replace(way, cost=0.0, volumes=()) for way in problem.ways), *staying), tiers=(), yards=(), moves=(),
        trains=tuple(replace(train, cost=0.0) for train in problem.trains), rooms=_free(problem.rooms), quotas=_free(problem.quotas),
    )  # fmt: skip
    choice = solve_book(free, Limits(seconds=seconds), start=_all_stay(free, first))
    left = [] if choice is None else [free.ways[n].shipment for n in choice.ways if n is not None and n >= first]
    is_proven = choice is not None and choice.bound >= choice.objective - 1
    if not left or (len(left) == len(teu) and not is_proven):  # nothing better than the start
        left = _tied(problem)[: None if is_last else 1]
    return tuple(problem.shipments[one] for one in sorted(left, key=lambda one: (-teu[one], one)))


def reasons_of(pool: Pool, problem: BookProblem, dataset: Dataset, names: Sequence[str]) -> Mapping[str, str]:
    """Why each of some shipments stays behind: what its cheapest way needs more of than its payer is allotted."""
    numbers = {name: number for number, name in enumerate(problem.shipments)}
    return {name: _reason(pool, problem, dataset, numbers[name]) for name in names}


def _reason(pool: Pool, problem: BookProblem, dataset: Dataset, shipment: int) -> str:
    ways = [way for way in problem.ways if way.shipment == shipment and way.inside is None]
    lacks = [lack for way in sorted(ways, key=lambda way: way.cost) if (lack := list(_lacks(pool, problem, dataset, way)))]
    if not ways or len(lacks) < len(ways):
        return f"{_NO_ROOM} for it beside its payer's other shipments"
    return f"{_NO_ROOM}: {'; '.join(lacks[0])}"


def _lacks(pool: Pool, problem: BookProblem, dataset: Dataset, way: Way) -> Iterator[str]:
    payer = problem.payers[way.shipment]
    payers = problem.payers if problem.is_room_shared else (payer,)
    for number in way.departures:
        room, service = problem.rooms[number], dataset.service_by_id[pool.rooms[number].service_id]
        if _is_short(room, payers, way.teu):
            yield f"{service.name}, {_figure(room.of(payers))} TEU allotted, {_figure(way.teu)} needed"
    for number, units in way.uses:
        quota = problem.quotas[number]
        if _is_short(quota, payers, units):
            yield f"{pool.quotas[number].name}, {_figure(quota.of(payers))} allotted, {_figure(units)} needed"


def _is_short(room: Room, payers: Sequence[str], needed: float) -> bool:
    return room.market_price is None and room.of(payers) < needed - _CLOSE


def _figure(amount: float) -> str:
    """Two digits behind the point where they are needed, never rounded up to what is enough."""
    return f"{int(amount * 100 + _CLOSE) / 100:g}"


def _teu_of(problem: BookProblem) -> dict[int, float]:
    """TEU of each shipment that has a way."""
    teu: dict[int, float] = {}
    for way in problem.ways:
        teu[way.shipment] = max(way.teu, teu.get(way.shipment, 0.0))
    return teu


def _free(rooms: Sequence[Room]) -> tuple[Room, ...]:
    return tuple(room if room.market_price is None else replace(room, market_price=0.0) for room in rooms)


def _all_stay(problem: BookProblem, first: int) -> Choice:
    own = {problem.ways[number].shipment: number for number in range(first, len(problem.ways))}
    ways = tuple(own.get(shipment) for shipment in range(len(problem.shipments)))
    cost = sum(way.cost for way in problem.ways[first:])
    return Choice(objective=cost, bound=0.0, ways=ways, trains=(0,) * len(problem.trains), rebates=())


def _tied(problem: BookProblem) -> list[int]:
    """The shipments all of whose ways need allotted room, by themselves or by the unit in which they ride, the greatest first."""
    needs = [bool(way.departures or way.uses) for way in problem.ways]
    open_ones = {way.shipment for way, need in zip(problem.ways, needs, strict=True) if not (need or _rides_with_need(way, needs))}
    teu = _teu_of(problem)
    return sorted(teu.keys() - open_ones or teu, key=lambda one: (-teu[one], one))


def _rides_with_need(way: Way, needs: Sequence[bool]) -> bool:
    """Whether a part load rides in a unit that needs room, or that is not there."""
    return way.inside is not None and (way.inside < 0 or needs[way.inside])
