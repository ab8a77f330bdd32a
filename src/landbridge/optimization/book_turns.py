"""Boxes and vehicles used again: which of those set free go to which that are needed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from landbridge.optimization.book_moves import match_moves
from landbridge.optimization.book_problem import BookProblem, End, Turn, Yard


def match_turns(problem: BookProblem, chosen: Collection[int | None]) -> tuple[Turn, ...]:
    """The turns that save most for chosen ways.

    In yards that moves join this is a transportation problem. In the others, in order of days, each unit that is needed takes the one set
    free last, if that saves anything. Every unit of a yard saves the same but for the days that it waits, and waiting adds up over days: no
    other matching of the same units waits less, and taking the last leaves the pairs nested, so that a pair that does not pay can be left
    out without changing the others (tested against the linear program).
    """
    used = {number for number in chosen if number is not None}
    joined = problem.joined
    apart = [(number, yard) for number, yard in enumerate(problem.yards) if number not in joined]
    turns = tuple(turn for number, yard in apart for turn in _match_yard(problem, number, yard, used))
    return (*turns, *match_moves(problem, used)) if joined else turns


def _match_yard(problem: BookProblem, number: int, yard: Yard, used: Collection[int]) -> list[Turn]:
    events: dict[str, list[tuple[int, int, End]]] = defaultdict(list)
    for order, ends in enumerate((yard.freed, yard.needed)):
        for end in ends:
            if end.way in used:
                events[problem.owner_of(yard, end.way)].append((end.day, order, end))
    turns: list[Turn] = []
    for owner in sorted(events):
        stack: list[tuple[End, int]] = []
        for _, order, end in sorted(events[owner], key=lambda row: (row[0], row[1], row[2].way)):
            if order == 0:
                stack.append((end, end.units))
                continue
            turns += _take(number, yard, end, stack)
    return turns


def _take(number: int, yard: Yard, end: End, stack: list[tuple[End, int]]) -> list[Turn]:
    """What one end takes from the stack of units set free; units that would wait too long stay there."""
    turns, left = [], end.units
    while left and stack:
        source, units = stack[-1]
        days = end.day - source.day
        cents = yard.saving - yard.per_day * days
        if cents <= 0:
            break
        count = min(left, units)
        turns.append(Turn(yard=number, from_way=source.way, to_way=end.way, units=count, days=days, cents=cents * count))
        left -= count
        stack.pop()
        if units > count:
            stack.append((source, units - count))
    return turns
