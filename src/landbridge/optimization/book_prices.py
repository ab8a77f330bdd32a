"""What scarce room and quotas are worth in the relaxation of a joint problem, and which new ways are worth having at these prices."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from landbridge.optimization.book_model import make_book_program
from landbridge.optimization.book_problem import BookProblem, Room
from landbridge.solver import Limits, Program, solve_program

_CENTS = 100.0
_DEAR = 10.0
"""Where there is no market, more is had in the relaxation at so many times the cost of the dearest way: it shows what is lacking."""
_FREE = 1e-6
_MORE = {"room": "market", "quota": "beyond"}
"""Families of rows, and the columns of what is bought beyond them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """Duals of a relaxed joint problem.

    Attributes
    ----------
    rows
        By the name of a row as in docs/math.md, in whole currency units; rows without a price are left out.
    cost, rent
        Cents of the relaxation, and what all that is used of scarce room and quotas is worth at their prices, allotted or bought.
    """

    rows: Mapping[str, float]
    cost: float
    rent: float

    def of(self, family: str, number: int) -> float:
        """Cents a unit of a room or quota: its price for everybody or, where it is not shared, the greatest for any payer."""
        begin = f"{family}({number},"
        return max((-price * _CENTS for name, price in self.rows.items() if name.startswith(begin)), default=0.0)

    def is_scarce(self, family: str, number: int, payer: str) -> bool:
        """Whether a room or quota has a price for everybody, or for a payer where it is not shared."""
        return bool(self.rows.get(f"{family}({number},all)") or self.rows.get(f"{family}({number},{payer})"))


def may_lack(problem: BookProblem) -> bool:
    """Whether some room or quota may be too small, everybody's greatest use of it taken together; else nothing of it has a price."""
    rooms: dict[int, dict[int, float]] = defaultdict(dict)
    quotas: dict[int, dict[int, float]] = defaultdict(dict)
    for way in problem.ways:
        for room in way.departures:
            rooms[room][way.shipment] = max(way.teu, rooms[room].get(way.shipment, 0.0))
        for quota, units in way.uses:
            quotas[quota][way.shipment] = max(units, quotas[quota].get(way.shipment, 0.0))
    payers = {problem.payers[way.shipment] for way in problem.ways}
    used = ((problem.rooms, rooms), (problem.quotas, quotas))
    return any(sum(of.values()) > rows[number].of(payers) for rows, found in used for number, of in found.items())


def price_problem(problem: BookProblem, seconds: float) -> Prices | None:
    """The prices of a joint problem whose ways may be divided; None if the time was too short.

    Room and quotas of which there is no market are to be had at a dear price, so that what does not fit is priced as well.
    """
    dear = _DEAR * max((way.cost for way in problem.ways), default=0.0)
    eased = replace(problem, rooms=_eased(problem.rooms, dear), quotas=_eased(problem.quotas, dear))
    program = make_book_program(eased)
    found = solve_program(_relaxed(program), Limits(seconds=seconds))
    if not found.prices:
        return None
    rows = {name: price for name, price in zip(program.row_names, found.prices, strict=True) if abs(price) > _FREE}
    limits = dict(zip(program.row_names, program.row_upper, strict=True))
    bought = dict(zip(program.column_names, found.values, strict=True))
    rent = 0.0
    for name, price in rows.items():
        family, _, which = name.partition("(")
        if family in _MORE:  # a row with a price is full: what is used is what is allotted and what is bought beyond
            rent -= price * (limits[name] + bought.get(f"{_MORE[family]}({which}", 0.0))
    return Prices(rows=rows, cost=(found.objective or 0.0) * _CENTS, rent=rent * _CENTS)


def _relaxed(program: Program) -> Program:
    """Whole numbers and the most of a way, which follows from the row that carries its shipment, given up: else that has a price too."""
    upper = tuple(
        math.inf if most > 0 and name.startswith("way(") else most for name, most in zip(program.column_names, program.upper, strict=True)
    )
    return replace(program, is_integer=(False,) * len(program.cost), upper=upper)


def _eased(rooms: tuple[Room, ...], dear: float) -> tuple[Room, ...]:
    return tuple(room if room.market_price is not None else replace(room, market_price=dear) for room in rooms)


def list_scarce(problem: BookProblem, prices: Prices) -> list[tuple[int, frozenset[int], frozenset[int]]]:
    """The ways without a train of their own that use scarce room or quotas, with the numbers of the rooms and of the quotas."""
    found = []
    for number, way in enumerate(problem.ways):
        payer = problem.payers[way.shipment]
        rooms = frozenset(one for one in way.departures if prices.is_scarce("room", one, payer))
        quotas = frozenset(one for one, _ in way.uses if prices.is_scarce("quota", one, payer))
        if (rooms or quotas) and way.train is None and way.inside is None:
            found.append((number, rooms, quotas))
    return found


def reduced_costs(problem: BookProblem, prices: Prices, numbers: Collection[int]) -> dict[int, float]:
    """What some ways of a problem cost more than what is paid for their shipments now, at the prices of what they use, in cents.

    A way below zero is worth having. ``prices`` may be those of the problem before these ways were added after all others: rows that are
    new have no price.
    """
    program = make_book_program(problem)
    columns = {f"way({number})": number for number in numbers}
    wanted = {column: columns[name] for column, name in enumerate(program.column_names) if name in columns}
    costs: dict[int, float] = defaultdict(float)
    for column, number in wanted.items():
        costs[number] += program.cost[column]
    for row, name in enumerate(program.row_names):
        price = prices.rows.get(name)
        if price is not None:
            for column, value in _entries(program, row):
                if column in wanted:
                    costs[wanted[column]] -= price * value
    return {number: cost * _CENTS for number, cost in costs.items()}


def _entries(program: Program, row: int) -> list[tuple[int, float]]:
    first, last = program.starts[row], program.starts[row + 1]
    return list(zip(program.index[first:last], program.value[first:last], strict=True))
