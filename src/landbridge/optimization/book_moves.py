"""Empty boxes between yards: which of those set free go where, and which ways hire theirs one way, so that most is saved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from landbridge.optimization.book_problem import BookProblem, End, Turn
from landbridge.solver import ProgramMaker, solve_program

_CENTS = 100.0
_WHOLE = 0.5
_Side = tuple[int, int]
"""Number of a yard, and of an end in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edge:
    """Units of one end that is set free may go to one that is needed."""

    freed: _Side
    needed: _Side
    days: int
    cents: float
    move: int | None = None
    is_stock: bool = False
    """``freed`` is the number of a stock of the yard, not of an end."""


def match_moves(problem: BookProblem, used: Collection[int]) -> tuple[Turn, ...]:
    """The turns in the yards that moves join which save most for chosen ways: a transportation problem.

    Its vertices are whole, so that its linear program gives whole units.
    """
    edges = [edge for edge in _edges(problem, used) if edge.cents > 0]
    if not edges:
        return ()
    maker = ProgramMaker()
    freed: dict[tuple[bool, _Side], list[tuple[int, float]]] = defaultdict(list)
    needed: dict[_Side, list[tuple[int, float]]] = defaultdict(list)
    for number, edge in enumerate(edges):
        column = maker.add_column(f"turn({number})", cost=-edge.cents / _CENTS)
        freed[edge.is_stock, edge.freed].append((column, 1.0))
        needed[edge.needed].append((column, 1.0))
    for (is_stock, (yard, place)), row in freed.items():
        there = problem.yards[yard].stocks[place].units if is_stock else problem.yards[yard].freed[place].units
        maker.add_row(f"{'stock' if is_stock else 'freed'}({yard},{place})", row, upper=float(there))
    for (yard, place), row in needed.items():
        maker.add_row(f"needed({yard},{place})", row, upper=float(problem.yards[yard].needed[place].units))
    values = solve_program(maker.make()).values
    return tuple(_turn(problem, edge, round(units)) for edge, units in zip(edges, values, strict=True) if units > _WHOLE)


def _turn(problem: BookProblem, edge: _Edge, units: int) -> Turn:
    (yard, freed), (to_yard, needed) = edge.freed, edge.needed
    return Turn(
        yard=yard, to_yard=None if yard == to_yard else to_yard,
        from_way=-1 if edge.is_stock else problem.yards[yard].freed[freed].way, stock=freed if edge.is_stock else None,
        to_way=problem.yards[to_yard].needed[needed].way, units=units, days=edge.days, cents=edge.cents * units, move=edge.move,
    )  # fmt: skip


def _edges(problem: BookProblem, used: Collection[int]) -> Iterator[_Edge]:
    for number in sorted(problem.joined):
        yard = problem.yards[number]
        for freed, needed, days in _pairs(problem, used, number, number, 0):
            yield _Edge(freed=(number, freed), needed=(number, needed), days=days, cents=yard.saving - yard.per_day * days)
        for stock, needed in _stocked(problem, used, number, number):
            if yard.stocks[stock].day <= yard.needed[needed].day:
                yield _Edge(freed=(number, stock), needed=(number, needed), days=0, cents=yard.saving / 2, is_stock=True)
    for number, move in enumerate(problem.moves):
        one, other = problem.yards[move.from_yard], problem.yards[move.to_yard]
        saving = problem.saving_of(move)
        if move.is_hire:
            for freed, needed in _both_ends(problem, used, number):
                yield _Edge(freed=(move.to_yard, freed), needed=(move.from_yard, needed), days=0, cents=saving, move=number)
            continue
        for freed, needed, days in _pairs(problem, used, move.from_yard, move.to_yard, move.days):
            begin, end = one.freed[freed].day, other.needed[needed].day
            leaves = move.leaves(one, other, begin, end)
            if leaves is not None:
                waiting = one.per_day * (leaves - begin) + other.per_day * (end - move.days - leaves)
                sides = (move.from_yard, freed), (move.to_yard, needed)
                yield _Edge(freed=sides[0], needed=sides[1], days=days, cents=saving - waiting, move=number)
        yield from _stock_edges(problem, used, number)


def _stock_edges(problem: BookProblem, used: Collection[int], number: int) -> Iterator[_Edge]:
    """What a move brings from stocks: it leaves as late as it may, since it waits at no price before."""
    move = problem.moves[number]
    one, other = problem.yards[move.from_yard], problem.yards[move.to_yard]
    for stock, needed in _stocked(problem, used, move.from_yard, move.to_yard):
        end = other.needed[needed].day
        leaves = move.leaves_late(one.stocks[stock].day, end)
        if leaves is not None:
            days = end - move.days - leaves
            cents = other.saving / 2 - move.cost - other.per_day * days
            sides = (move.from_yard, stock), (move.to_yard, needed)
            yield _Edge(freed=sides[0], needed=sides[1], days=days, cents=cents, move=number, is_stock=True)


def _stocked(problem: BookProblem, used: Collection[int], from_yard: int, to_yard: int) -> Iterator[tuple[int, int]]:
    """Stocks of a yard with the ends of chosen ways of their holder that need something."""
    source, target = problem.yards[from_yard], problem.yards[to_yard]
    for number, stock in enumerate(source.stocks):
        for needed, end in _used(target.needed, used):
            if problem.holder_of(source, stock) == problem.owner_of(target, end.way):
                yield number, needed


def _pairs(problem: BookProblem, used: Collection[int], from_yard: int, to_yard: int, days: int) -> Iterator[tuple[int, int, int]]:
    """Ends of chosen ways of one owner that follow each other, with the days that a unit waits between them."""
    source, target = problem.yards[from_yard], problem.yards[to_yard]
    for freed, end in _used(source.freed, used):
        for needed, other in _used(target.needed, used):
            waits = other.day - end.day - days
            if waits >= 0 and problem.owner_of(source, end.way) == problem.owner_of(target, other.way):
                yield freed, needed, waits


def _both_ends(problem: BookProblem, used: Collection[int], move: int) -> Iterator[tuple[int, int]]:
    """Places of the two ends of the ways that a one-way hire is for."""
    one = problem.moves[move]
    fetched = {end.way: place for place, end in _used(problem.yards[one.from_yard].needed, used) if one.is_open(end.day)}
    for place, end in _used(problem.yards[one.to_yard].freed, used):
        if end.way in fetched:
            yield place, fetched[end.way]


def _used(ends: tuple[End, ...], used: Collection[int]) -> Iterator[tuple[int, End]]:
    return ((place, end) for place, end in enumerate(ends) if end.way in used)
