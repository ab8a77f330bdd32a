"""The joint problem of a book as a mixed-integer program. Families of rows are named as in docs/math.md."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from landbridge.domain.errors import SolverError
from landbridge.optimization.book_problem import BookProblem, Choice
from landbridge.solver import Limits, Program, ProgramMaker, Progress, Solution, solve_program

_WHOLE = 0.5
_CENTS = 100.0
"""The program is written in whole currency units, for the tolerances of the solver."""
_CLOSE = 1e-7


@dataclass(slots=True)
class _Columns:
    """Where the columns of one program stand."""

    ways: list[int] = field(default_factory=list)
    trains: list[int] = field(default_factory=list)
    reached: list[int] = field(default_factory=list)
    rebates: list[int] = field(default_factory=list)


def make_book_program(problem: BookProblem) -> Program:
    """The whole program: families ``carried``, ``space``, ``fill``, ``joining``, ``room``, ``reaching``, ``rebate`` and ``ceiling``."""
    return _make(problem)[0]


def _make(problem: BookProblem) -> tuple[Program, _Columns]:
    maker, columns = ProgramMaker(), _Columns()
    columns.ways = [
        maker.add_column(f"way({number})", cost=way.cost / _CENTS, upper=1.0, is_integer=True) for number, way in enumerate(problem.ways)
    ]
    joined = _ways_by_train(problem)
    for number, train in enumerate(problem.trains):
        most = math.ceil(sum(problem.ways[way].teu for way in joined[number]) / train.capacity)
        columns.trains.append(maker.add_column(f"train({number})", cost=train.cost / _CENTS, upper=float(most), is_integer=True))
    for number, _ in enumerate(problem.tiers):
        columns.reached.append(maker.add_column(f"reached({number})", upper=1.0, is_integer=True))
        columns.rebates.append(maker.add_column(f"rebate({number})", cost=-1.0))
    for add in (add_carried, add_space, add_fill, add_joining, add_room, add_reaching, add_rebate, add_ceiling):
        add(maker, problem, columns)
    return maker.make(), columns


def _ways_by_train(problem: BookProblem) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in problem.trains]
    for number, way in enumerate(problem.ways):
        if way.train is not None:
            found[way.train].append(number)
    return found


def _volume(problem: BookProblem, columns: _Columns, tier: int) -> list[tuple[int, float]]:
    return [(columns.ways[number], way.teu) for number, way in enumerate(problem.ways) if tier in way.volumes]


def _most_volume(problem: BookProblem, tier: int) -> float:
    """The greatest volume a tier can come to: each shipment once."""
    most: dict[int, float] = defaultdict(float)
    for way in problem.ways:
        if tier in way.volumes:
            most[way.shipment] = max(most[way.shipment], way.teu)
    return sum(most.values())


def add_carried(maker: ProgramMaker, problem: BookProblem, columns: _Columns) -> None:
    """Sum of way over the ways of a shipment = 1: each shipment that has a way goes one of them."""
    entries: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for number, way in enumerate(problem.ways):
        entries[way.shipment].append((columns.ways[number], 1.0))
    for shipment, row in sorted(entries.items()):
        maker.add_row(f"carried({shipment})", row, 1.0, 1.0)


def add_space(maker: ProgramMaker, problem: BookProblem, columns: _Columns) -> None:
    """Sum of teu * way over the ways that join a train <= capacity * train."""
    for train, joined in enumerate(_ways_by_train(problem)):
        if joined:
            row = [(columns.ways[number], problem.ways[number].teu) for number in joined]
            maker.add_row(f"space({train})", [*row, (columns.trains[train], -problem.trains[train].capacity)], upper=0.0)


def add_fill(maker: ProgramMaker, problem: BookProblem, columns: _Columns) -> None:
    """Sum of teu * way over the ways that join a train >= min_fill * train: it is only sold when filled so far."""
    for train, joined in enumerate(_ways_by_train(problem)):
        if joined and problem.trains[train].min_fill > 0:
            row = [(columns.ways[number], problem.ways[number].teu) for number in joined]
            maker.add_row(f"fill({train})", [*row, (columns.trains[train], -problem.trains[train].min_fill)], lower=0.0)


def add_joining(maker: ProgramMaker, problem: BookProblem, columns: _Columns) -> None:
    """ceil(teu / capacity) * way <= train: implied by whole trains, and much stronger than space where they are fractions."""
    for train, joined in enumerate(_ways_by_train(problem)):
        for number in joined:
            needed = math.ceil(problem.ways[number].teu / problem.trains[train].capacity)
            maker.add_row(f"joining({train},{number})", [(columns.ways[number], float(needed)), (columns.trains[train], -1.0)], upper=0.0)


def add_room(maker: ProgramMaker, problem: BookProblem, columns: _Columns) -> None:
    """Sum of teu * way over the ways by a departure <= what payers are allotted on it: all together where they share it, else each."""
    payers = sorted(set(problem.payers))
    groups = [payers] if problem.is_room_shared else [[payer] for payer in payers]
    for room, one in enumerate(problem.rooms):
        for group in groups:
            row = [
                (columns.ways[number], way.teu)
                for number, way in enumerate(problem.ways)
                if room in way.departures and problem.payers[way.shipment] in group
            ]
            if row:
                maker.add_row(f"room({room},{'all' if problem.is_room_shared else group[0]})", row, upper=one.of(group))


def add_reaching(maker: ProgramMaker, problem: BookProblem, columns: _Columns) -> None:
    """Sum of teu * way over the volume of a tier >= from_teu * reached."""
    for tier, one in enumerate(problem.tiers):
        maker.add_row(f"reaching({tier})", [*_volume(problem, columns, tier), (columns.reached[tier], -one.from_teu)], lower=0.0)


def add_rebate(maker: ProgramMaker, problem: BookProblem, columns: _Columns) -> None:
    """Rebate <= amount * (volume - from_teu * reached) where incremental, <= amount * volume where on all units."""
    for tier, one in enumerate(problem.tiers):
        amount = one.amount / _CENTS
        row = [(column, -amount * teu) for column, teu in _volume(problem, columns, tier)]
        above = amount * one.from_teu if one.is_incremental else 0.0
        maker.add_row(f"rebate({tier})", [(columns.rebates[tier], 1.0), *row, (columns.reached[tier], above)], upper=0.0)


def add_ceiling(maker: ProgramMaker, problem: BookProblem, columns: _Columns) -> None:
    """Rebate <= most that it can be * reached: nothing below the tier."""
    for tier, one in enumerate(problem.tiers):
        most = max(0.0, _most_volume(problem, tier) - (one.from_teu if one.is_incremental else 0.0)) * one.amount / _CENTS
        maker.add_row(f"ceiling({tier})", [(columns.rebates[tier], 1.0), (columns.reached[tier], -most)], upper=0.0)


def solve_book(
    problem: BookProblem,
    limits: Limits | None = None,
    *,
    start: Choice | None = None,
    on_progress: Callable[[Progress], bool] | None = None,
    on_choice: Callable[[Choice], None] | None = None,
) -> Choice | None:
    """Choose a way for each shipment so that all together cost least.

    Parameters
    ----------
    problem
        Shipments without ways are left out; the others are all carried.
    limits
        Time and gap; None: to the proven optimum.
    start
        A choice for the same problem to begin from.
    on_progress
        Hears of plan, bound and seconds, in whole currency units; True ends the search.
    on_choice
        Hears of each better choice while the search goes on.

    Returns
    -------
    Choice or None
        Costs in cents, worked out from the choice itself; ``bound`` never above ``objective``. None if the rooms cannot hold all
        shipments, or
        the limits came before the first plan.
    """
    program, columns = _make(problem)
    point = _point(program, columns, problem, start) if start is not None else None

    def hear(values: Sequence[float]) -> None:
        priced = price_choice(problem, _chosen(problem, columns, values))
        if on_choice is not None and priced is not None:
            on_choice(priced)

    found = solve_program(program, limits, start=point, on_progress=on_progress, on_point=hear if on_choice is not None else None)
    if not found.has_point:
        return None
    return _read(problem, columns, found)


def price_choice(problem: BookProblem, chosen: Sequence[int | None]) -> Choice | None:
    """What a choice of ways costs, with as few trains and as many rebates as there can be; None if some train is not filled enough."""
    used = [problem.ways[number] for number in chosen if number is not None]
    trains, rebates = [], []
    for number, train in enumerate(problem.trains):
        teu = sum(way.teu for way in used if way.train == number)
        count = math.ceil(teu / train.capacity - _CLOSE)
        if teu < train.min_fill * count - _CLOSE:
            return None
        trains.append(count)
    for number, tier in enumerate(problem.tiers):
        teu = sum(way.teu for way in used if number in way.volumes)
        counted = teu - tier.from_teu if tier.is_incremental else teu
        rebates.append(tier.amount * counted if teu >= tier.from_teu - _CLOSE else 0.0)
    objective = sum(way.cost for way in used) + sum(n * train.cost for n, train in zip(trains, problem.trains, strict=True)) - sum(rebates)
    return Choice(objective=objective, bound=-math.inf, ways=tuple(chosen), trains=tuple(trains), rebates=tuple(rebates))


def _read(problem: BookProblem, columns: _Columns, found: Solution) -> Choice:
    priced = price_choice(problem, _chosen(problem, columns, found.values))
    if priced is None:
        raise SolverError("the solver's plan fills a train less than it must")
    bound = min(priced.objective, found.bound * _CENTS)
    return Choice(objective=priced.objective, bound=bound, ways=priced.ways, trains=priced.trains, rebates=priced.rebates)


def _chosen(problem: BookProblem, columns: _Columns, values: Sequence[float]) -> list[int | None]:
    chosen: list[int | None] = [None] * len(problem.shipments)
    for number, way in enumerate(problem.ways):
        if values[columns.ways[number]] > _WHOLE:
            chosen[way.shipment] = number
    return chosen


def _point(program: Program, columns: _Columns, problem: BookProblem, start: Choice) -> list[float]:
    point = [0.0] * len(program.cost)
    for number in start.ways:
        if number is not None:
            point[columns.ways[number]] = 1.0
    for column, count in zip(columns.trains, start.trains, strict=True):
        point[column] = float(count)
    for reached, column, cents in zip(columns.reached, columns.rebates, start.rebates, strict=True):
        point[reached], point[column] = float(cents > 0), cents / _CENTS
    return point
