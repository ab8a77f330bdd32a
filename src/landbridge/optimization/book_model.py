"""The joint problem of a book as a mixed-integer program. Families of rows are named as in docs/math.md."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from landbridge.domain.errors import SolverError
from landbridge.optimization.book_problem import BookProblem, Choice, Way
from landbridge.optimization.book_turns import match_turns
from landbridge.optimization.unit_rows import add_ballast, add_cubage, add_payload, add_riding, add_segregation, is_stowed
from landbridge.optimization.yard_rows import YardColumns, add_balance, add_freed, add_needed, add_stock, add_turns, point_turns
from landbridge.solver import Limits, Program, ProgramMaker, Progress, Solution, solve_program

_WHOLE = 0.5
_CENTS = 100.0
"""The program is written in whole currency units, for the tolerances of the solver."""
_CLOSE = 1e-7
_TONNE = 1e6


@dataclass(slots=True)
class _Columns:
    """Where the columns of one program stand."""

    ways: list[int] = field(default_factory=list)
    trains: list[int] = field(default_factory=list)
    reached: list[int] = field(default_factory=list)
    rebates: list[int] = field(default_factory=list)
    market: dict[tuple[int, str], int] = field(default_factory=dict)
    """By room and group of payers ("" for all)."""
    beyond: dict[tuple[int, str], int] = field(default_factory=dict)
    """By quota and group of payers."""
    yards: YardColumns = field(default_factory=YardColumns)


def make_book_program(problem: BookProblem) -> Program:
    """The whole program: families ``carried``, ``space``, ``fill``, ``joining``, ``room``, ``quota``, ``reaching``, ``rebate``,
    ``ceiling``, ``freed``, ``needed``, ``stock``, ``balance``, ``emission``, and of units that are
    shared ``riding``, ``payload``, ``cubage``, ``ballast`` and ``segregation``.
    """
    return _make(problem)[0]


def _make(problem: BookProblem) -> tuple[Program, _Columns]:
    maker, columns = ProgramMaker(), _Columns()
    columns.ways = [
        maker.add_column(f"way({number})", cost=way.cost / _CENTS, upper=float(way.inside != -1), is_integer=True)
        for number, way in enumerate(problem.ways)
    ]
    joined = _ways_by_train(problem)
    for number, train in enumerate(problem.trains):
        most = math.ceil(sum(problem.ways[way].teu for way in joined[number]) / train.capacity)
        columns.trains.append(maker.add_column(f"train({number})", cost=train.cost / _CENTS, upper=float(most), is_integer=True))
    for number, _ in enumerate(problem.tiers):
        columns.reached.append(maker.add_column(f"reached({number})", upper=1.0, is_integer=True))
        columns.rebates.append(maker.add_column(f"rebate({number})", cost=-1.0))
    _add_market(maker, problem, columns)
    columns.yards = add_turns(maker, problem)
    for add in (
        add_carried, add_space, add_fill, add_joining, add_room, add_quota, add_reaching, add_rebate, add_ceiling,
    ):  # fmt: skip
        add(maker, problem, columns)
    for add_yards in (add_freed, add_needed, add_stock, add_balance):
        add_yards(maker, problem, columns.ways, columns.yards)
    add_emission(maker, problem, columns)
    for add_units in (add_riding, add_payload, add_cubage, add_ballast, add_segregation):
        add_units(maker, problem, columns.ways)
    return maker.make(), columns


def _add_market(maker: ProgramMaker, problem: BookProblem, columns: _Columns) -> None:
    for number, room in enumerate(problem.rooms):
        for group in _groups(problem) if room.market_price is not None else ():
            name = f"market({number},{group or 'all'})"
            columns.market[number, group] = maker.add_column(name, cost=(room.market_price or 0.0) / _CENTS)
    for number, quota in enumerate(problem.quotas):
        for group in _groups(problem) if quota.market_price is not None else ():
            name = f"beyond({number},{group or 'all'})"
            columns.beyond[number, group] = maker.add_column(name, cost=(quota.market_price or 0.0) / _CENTS)


def _groups(problem: BookProblem) -> list[str]:
    return [""] if problem.is_room_shared else sorted(set(problem.payers))


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
    """Sum of teu * way over the ways by a departure - market <= what payers are allotted: all together where they share it, else each."""
    payers = sorted(set(problem.payers))
    for room, one in enumerate(problem.rooms):
        for group in _groups(problem):
            row = [
                (columns.ways[number], way.teu)
                for number, way in enumerate(problem.ways)
                if room in way.departures and group in ("", problem.payers[way.shipment])
            ]
            if row:
                market = [(columns.market[room, group], -1.0)] if (room, group) in columns.market else []
                maker.add_row(f"room({room},{group or 'all'})", [*row, *market], upper=one.of([group] if group else payers))


def add_quota(maker: ProgramMaker, problem: BookProblem, columns: _Columns) -> None:
    """Sum of units * way over the ways that use a quota or permit - beyond <= what payers are allotted: all together, or else each."""
    payers = sorted(set(problem.payers))
    used: dict[tuple[int, str], list[tuple[int, float]]] = defaultdict(list)
    for number, way in enumerate(problem.ways):
        for quota, units in way.uses:
            used[quota, "" if problem.is_room_shared else problem.payers[way.shipment]].append((columns.ways[number], units))
    for (quota, group), row in sorted(used.items()):
        more = [(columns.beyond[quota, group], -1.0)] if (quota, group) in columns.beyond else []
        maker.add_row(f"quota({quota},{group or 'all'})", [*row, *more], upper=problem.quotas[quota].of([group] if group else payers))


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


def add_emission(maker: ProgramMaker, problem: BookProblem, columns: _Columns) -> None:
    """Sum of emission * way <= cap, in tonnes."""
    if problem.most_emission_g is not None:
        row = [(columns.ways[number], way.emission_g / _TONNE) for number, way in enumerate(problem.ways) if way.emission_g]
        maker.add_row("emission()", row, upper=problem.most_emission_g / _TONNE)


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
    """What a choice of ways costs, with as few trains and as many rebates as there can be; None if some train is not filled enough, or a
    unit that is shared does not hold what rides in it.
    """
    used = [problem.ways[number] for number in chosen if number is not None]
    if not is_stowed(problem, chosen):
        return None
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
    market, beyond, turns = _price_market(problem, used), _price_beyond(problem, used), match_turns(problem, chosen)
    objective = sum(way.cost for way in used) + sum(n * train.cost for n, train in zip(trains, problem.trains, strict=True)) - sum(rebates)
    objective += sum(cents for *_, cents in (*market, *beyond)) - sum(turn.cents for turn in turns)
    return Choice(
        objective=objective, bound=-math.inf, ways=tuple(chosen), trains=tuple(trains), rebates=tuple(rebates), market=market, turns=turns,
        beyond=beyond,
    )  # fmt: skip


def _price_market(problem: BookProblem, used: Sequence[Way]) -> tuple[tuple[int, str, float, float], ...]:
    """Room above the allotments, by room and group of payers, where there is a market."""
    payers, found = sorted(set(problem.payers)), []
    for number, room in enumerate(problem.rooms):
        for group in _groups(problem) if room.market_price is not None else ():
            teu = sum(way.teu for way in used if number in way.departures and group in ("", problem.payers[way.shipment]))
            above = teu - room.of([group] if group else payers)
            if above > _CLOSE:
                found.append((number, group, above, above * (room.market_price or 0.0)))
    return tuple(found)


def _price_beyond(problem: BookProblem, used: Sequence[Way]) -> tuple[tuple[int, str, float, float], ...]:
    """Units above the quotas, by quota and group of payers, where more is to be had."""
    payers, counts = sorted(set(problem.payers)), dict[tuple[int, str], float]()
    for way in used:
        for quota, units in way.uses:
            group = "" if problem.is_room_shared else problem.payers[way.shipment]
            counts[quota, group] = counts.get((quota, group), 0.0) + units
    found = []
    for (quota, group), units in sorted(counts.items()):
        price, above = problem.quotas[quota].market_price, units - problem.quotas[quota].of([group] if group else payers)
        if price is not None and above > _CLOSE:
            found.append((quota, group, above, above * price))
    return tuple(found)


def _read(problem: BookProblem, columns: _Columns, found: Solution) -> Choice:
    priced = price_choice(problem, _chosen(problem, columns, found.values))
    if priced is None:
        raise SolverError("the solver's plan fills a train less than it must")
    bound = min(priced.objective, found.bound * _CENTS)
    return replace(priced, bound=bound)


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
    for room, group, teu, _ in start.market:
        point[columns.market[room, group]] = teu
    for quota, group, units, _ in start.beyond:
        point[columns.beyond[quota, group]] = units
    point_turns(point, columns.yards, problem, start)
    return point
