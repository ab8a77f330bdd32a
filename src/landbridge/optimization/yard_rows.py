"""Rows of the joint program for empty boxes and vehicles. Families are named as in docs/math.md."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from landbridge.optimization.book_problem import BookProblem, Choice, End, Turn
from landbridge.solver import ProgramMaker

_CENTS = 100.0
Days = dict[str, list[int]]
"""By owner the days on which something happens in a yard, in order."""


@dataclass(slots=True)
class YardColumns:
    """Where the columns of yards stand."""

    freed: dict[tuple[int, int], int] = field(default_factory=dict)
    """By yard and number of the end in it, as ``needed``."""
    needed: dict[tuple[int, int], int] = field(default_factory=dict)
    kept: dict[tuple[int, str, int], int] = field(default_factory=dict)
    """By yard, owner and day after which a unit is kept."""
    moved: dict[tuple[int, str, int], int] = field(default_factory=dict)
    """By move, owner and day on which a unit leaves."""
    stocked: dict[tuple[int, int, int], int] = field(default_factory=dict)
    """By yard, number of the stock in it, and day on which units of it are taken."""
    hired: dict[tuple[int, int], int] = field(default_factory=dict)
    """By one-way hire and way."""
    days: list[Days] = field(default_factory=list)
    """Of each yard."""


def add_turns(maker: ProgramMaker, problem: BookProblem) -> YardColumns:
    """Columns of what is set free, needed, kept from day to day, moved between yards and hired one way."""
    columns = YardColumns(days=_list_days(problem))
    for number, yard in enumerate(problem.yards):
        half = yard.saving / 2 / _CENTS
        for place, end in enumerate(yard.freed):
            columns.freed[number, place] = maker.add_column(f"freed({number},{place})", cost=-half, upper=float(end.units))
        for place, end in enumerate(yard.needed):
            columns.needed[number, place] = maker.add_column(f"needed({number},{place})", cost=-half, upper=float(end.units))
        for owner, days in columns.days[number].items():
            for day, following in pairwise(days):
                cost = yard.per_day * (following - day) / _CENTS
                columns.kept[number, owner, day] = maker.add_column(f"kept({number},{owner or 'all'},{day})", cost=cost)
        for place, stock in enumerate(yard.stocks):
            for day in columns.days[number].get(problem.holder_of(yard, stock), ()):
                if day >= stock.day:
                    columns.stocked[number, place, day] = maker.add_column(f"stocked({number},{place},{day})")
    _add_moves(maker, problem, columns)
    return columns


def _add_moves(maker: ProgramMaker, problem: BookProblem, columns: YardColumns) -> None:
    for number, move in enumerate(problem.moves):
        one, other = problem.yards[move.from_yard], problem.yards[move.to_yard]
        if move.is_hire:
            fetched = {end.way for end in one.needed if move.is_open(end.day)}
            saving = problem.saving_of(move) / _CENTS
            for end in other.freed:
                if end.way in fetched:
                    name = f"hired({number},{end.way})"
                    columns.hired[number, end.way] = maker.add_column(name, cost=-saving, upper=float(end.units))
            continue
        for owner, leaving in _leaving(problem, number).items():
            for day in leaving:
                name = f"moved({number},{owner or 'all'},{day})"
                columns.moved[number, owner, day] = maker.add_column(name, cost=move.cost / _CENTS)


def _by_owner(problem: BookProblem, yard: int, ends: Sequence[End]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for end in ends:
        found[problem.owner_of(problem.yards[yard], end.way)].add(end.day)
    return found


def _leaving(problem: BookProblem, number: int) -> Days:
    """By owner the days on which a unit may leave for another yard: as soon as it is set free, or to be there when it is needed, or on the
    first or last day on which units are moved.

    A unit waits where that costs less, so that no other day is better.
    """
    move = problem.moves[number]
    source = problem.yards[move.from_yard]
    freed = _by_owner(problem, move.from_yard, source.freed)
    for stock in source.stocks:
        freed[problem.holder_of(source, stock)].add(stock.day)
    needed = _by_owner(problem, move.to_yard, problem.yards[move.to_yard].needed)
    found: Days = {}
    for owner in sorted(freed.keys() & needed.keys()):
        first, last = min(freed[owner]), max(needed[owner]) - move.days
        days = (
            freed[owner] | {one - move.days for one in needed[owner]} | {day for day in (move.first_day, move.last_day) if day is not None}
        )
        found[owner] = sorted(day for day in days if first <= day <= last and move.is_open(day))
    return found


def _list_days(problem: BookProblem) -> list[Days]:
    days = [_by_owner(problem, number, (*yard.freed, *yard.needed)) for number, yard in enumerate(problem.yards)]
    for number, move in enumerate(problem.moves):
        for owner, leaving in _leaving(problem, number).items() if not move.is_hire else ():
            days[move.from_yard][owner].update(leaving)
            days[move.to_yard][owner].update(day + move.days for day in leaving)
    return [{owner: sorted(found) for owner, found in sorted(one.items())} for one in days]


def add_freed(maker: ProgramMaker, problem: BookProblem, ways: Sequence[int], columns: YardColumns) -> None:
    """Freed + hired <= units * way: what a chosen way sets free can be used again, unless it was hired one way and is left there."""
    for (yard, place), column in columns.freed.items():
        end = problem.yards[yard].freed[place]
        hired = [n for (move, way), n in columns.hired.items() if way == end.way and problem.moves[move].to_yard == yard]
        _add_end(maker, f"freed({yard},{place})", [column, *hired], end, ways)


def add_needed(maker: ProgramMaker, problem: BookProblem, ways: Sequence[int], columns: YardColumns) -> None:
    """Needed + hired <= units * way: only a chosen way uses anything again, or hires its boxes one way."""
    for (yard, place), column in columns.needed.items():
        end = problem.yards[yard].needed[place]
        hired = [n for (move, way), n in columns.hired.items() if way == end.way and problem.moves[move].from_yard == yard]
        _add_end(maker, f"needed({yard},{place})", [column, *hired], end, ways)


def _add_end(maker: ProgramMaker, name: str, columns: Sequence[int], end: End, ways: Sequence[int]) -> None:
    maker.add_row(name, [*((column, 1.0) for column in columns), (ways[end.way], -float(end.units))], upper=0.0)


def add_stock(maker: ProgramMaker, problem: BookProblem, ways: Sequence[int], columns: YardColumns) -> None:
    """Sum over days of stocked <= units of the stock."""
    rows: dict[tuple[int, int], list[tuple[int, float]]] = defaultdict(list)
    for (number, place, _), column in columns.stocked.items():
        rows[number, place].append((column, 1.0))
    for (number, place), row in rows.items():
        maker.add_row(f"stock({number},{place})", row, upper=float(problem.yards[number].stocks[place].units))


def add_balance(maker: ProgramMaker, problem: BookProblem, ways: Sequence[int], columns: YardColumns) -> None:
    """Kept from the day before + freed + stocked + moved here = needed + moved away + kept to the next day, for each yard, owner and day;
    else none is there before or after.
    """
    rows: dict[tuple[int, str, int], list[tuple[int, float]]] = {
        (number, owner, day): [] for number, days in enumerate(columns.days) for owner, found in days.items() for day in found
    }
    for number, owner, day, column, sign in (*_ends(problem, columns), *_moved(problem, columns)):
        rows[number, owner, day].append((column, sign))
    for number, days in enumerate(columns.days):
        for owner, found in days.items():
            for day, following in pairwise(found):
                rows[number, owner, day].append((columns.kept[number, owner, day], -1.0))
                rows[number, owner, following].append((columns.kept[number, owner, day], 1.0))
    for (number, owner, day), row in rows.items():
        maker.add_row(f"balance({number},{owner or 'all'},{day})", row, 0.0, 0.0)


def _ends(problem: BookProblem, columns: YardColumns) -> Iterator[tuple[int, str, int, int, float]]:
    for (number, place), column in columns.freed.items():
        end = problem.yards[number].freed[place]
        yield number, problem.owner_of(problem.yards[number], end.way), end.day, column, 1.0
    for (number, place), column in columns.needed.items():
        end = problem.yards[number].needed[place]
        yield number, problem.owner_of(problem.yards[number], end.way), end.day, column, -1.0
    for (number, place, day), column in columns.stocked.items():
        yard = problem.yards[number]
        yield number, problem.holder_of(yard, yard.stocks[place]), day, column, 1.0


def _moved(problem: BookProblem, columns: YardColumns) -> Iterator[tuple[int, str, int, int, float]]:
    for (number, owner, day), column in columns.moved.items():
        move = problem.moves[number]
        yield move.from_yard, owner, day, column, -1.0
        yield move.to_yard, owner, day + move.days, column, 1.0


def point_turns(point: list[float], columns: YardColumns, problem: BookProblem, start: Choice) -> None:
    """Enter the turns of a choice into a point of the program."""
    for turn in start.turns:
        if turn.move is not None and problem.moves[turn.move].is_hire:
            point[columns.hired[turn.move, turn.from_way]] += turn.units
        else:
            _point_turn(point, columns, problem, turn)


def _point_turn(point: list[float], columns: YardColumns, problem: BookProblem, turn: Turn) -> None:
    to_yard = turn.yard if turn.to_yard is None else turn.to_yard
    if turn.stock is not None:
        _point_stock(point, columns, problem, turn)
        return
    source, target = problem.yards[turn.yard], problem.yards[to_yard]
    first = next(place for place, end in enumerate(source.freed) if end.way == turn.from_way)
    last = next(place for place, end in enumerate(target.needed) if end.way == turn.to_way)
    owner, begin, end = problem.owner_of(source, turn.from_way), source.freed[first].day, target.needed[last].day
    point[columns.freed[turn.yard, first]] += turn.units
    point[columns.needed[to_yard, last]] += turn.units
    if turn.move is None:
        _point_kept(point, columns, (turn.yard, owner, begin, end), turn.units)
        return
    days = problem.moves[turn.move].days
    leaves = problem.moves[turn.move].leaves(source, target, begin, end)
    assert leaves is not None  # it was matched
    point[columns.moved[turn.move, owner, leaves]] += turn.units
    _point_kept(point, columns, (turn.yard, owner, begin, leaves), turn.units)
    _point_kept(point, columns, (to_yard, owner, leaves + days, end), turn.units)


def _point_stock(point: list[float], columns: YardColumns, problem: BookProblem, turn: Turn) -> None:
    """Units of a stock that are taken on the day on which they are needed, or leave for the yard where they are."""
    to_yard = turn.yard if turn.to_yard is None else turn.to_yard
    source, target = problem.yards[turn.yard], problem.yards[to_yard]
    assert turn.stock is not None
    stock = source.stocks[turn.stock]
    last = next(place for place, end in enumerate(target.needed) if end.way == turn.to_way)
    need = target.needed[last].day
    point[columns.needed[to_yard, last]] += turn.units
    if turn.move is None:
        point[columns.stocked[turn.yard, turn.stock, need]] += turn.units
        return
    move, owner = problem.moves[turn.move], problem.holder_of(source, stock)
    leaves = move.leaves_late(stock.day, need)
    assert leaves is not None  # it was matched
    point[columns.stocked[turn.yard, turn.stock, leaves]] += turn.units
    point[columns.moved[turn.move, owner, leaves]] += turn.units
    _point_kept(point, columns, (to_yard, owner, leaves + move.days, need), turn.units)


def _point_kept(point: list[float], columns: YardColumns, stay: tuple[int, str, int, int], units: int) -> None:
    """Units that wait in a yard from one day to another."""
    yard, owner, begin, end = stay
    for day in columns.days[yard][owner]:
        if begin <= day < end:
            point[columns.kept[yard, owner, day]] += units
