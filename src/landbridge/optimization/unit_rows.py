"""Rows of the joint program for units that part loads share. Families are named as in docs/math.md; ``columns`` are those of the ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from landbridge.optimization.book_problem import BookProblem, Holds, Way
from landbridge.solver import ProgramMaker

_TONNE_KG = 1e3


def _riders(problem: BookProblem) -> dict[int, list[int]]:
    """By the way that leads a unit: the ways that ride in it."""
    found: dict[int, list[int]] = defaultdict(list)
    for number, way in enumerate(problem.ways):
        if way.inside is not None and way.inside >= 0:
            found[way.inside].append(number)
    return found


def add_riding(maker: ProgramMaker, problem: BookProblem, columns: Sequence[int]) -> None:
    """Way <= the way that leads its unit: nothing rides in a unit that does not go."""
    for leader, riders in sorted(_riders(problem).items()):
        for number in riders:
            maker.add_row(f"riding({leader},{number})", [(columns[number], 1.0), (columns[leader], -1.0)], upper=0.0)


def add_payload(maker: ProgramMaker, problem: BookProblem, columns: Sequence[int]) -> None:
    """Sum of mass * way over the ways that ride in a unit <= what the one that leads it leaves of its payload, in tonnes."""
    for leader, riders in sorted(_riders(problem).items()):
        room = _holds(problem, leader).most_kg - problem.ways[leader].mass_kg
        row = [(columns[number], problem.ways[number].mass_kg / _TONNE_KG) for number in riders]
        maker.add_row(f"payload({leader})", [*row, (columns[leader], -room / _TONNE_KG)], upper=0.0)


def add_cubage(maker: ProgramMaker, problem: BookProblem, columns: Sequence[int]) -> None:
    """Sum of volume * way over the ways that ride in a unit <= what the one that leads it leaves of its volume, in cubic metres."""
    for leader, riders in sorted(_riders(problem).items()):
        room = _holds(problem, leader).most_dm3 - problem.ways[leader].volume_dm3
        row = [(columns[number], problem.ways[number].volume_dm3 / _TONNE_KG) for number in riders]
        maker.add_row(f"cubage({leader})", [*row, (columns[leader], -room / _TONNE_KG)], upper=0.0)


def add_ballast(maker: ProgramMaker, problem: BookProblem, columns: Sequence[int]) -> None:
    """Sum of mass * way over the ways that ride in a unit >= what its price needs beside the one that leads it, in tonnes."""
    riders = _riders(problem)
    for leader, way in enumerate(problem.ways):
        least = 0 if way.holds is None else way.holds.least_kg - way.mass_kg
        if least > 0:
            row = [(columns[number], problem.ways[number].mass_kg / _TONNE_KG) for number in riders.get(leader, ())]
            maker.add_row(f"ballast({leader})", [*row, (columns[leader], -least / _TONNE_KG)], lower=0.0)


def add_segregation(maker: ProgramMaker, problem: BookProblem, columns: Sequence[int]) -> None:
    """Way + way <= the way that leads the unit, for two in it that are kept apart: one of them at most."""
    for leader, riders in sorted(_riders(problem).items()) if problem.apart else ():
        for one, other in combinations((leader, *riders), 2):
            pair = sorted((problem.ways[one].shipment, problem.ways[other].shipment))
            if (pair[0], pair[1]) in problem.apart:
                row = [(columns[one], 1.0), (columns[other], 1.0), (columns[leader], -1.0)]
                maker.add_row(f"segregation({leader},{one},{other})", row, upper=0.0)


def _holds(problem: BookProblem, leader: int) -> Holds:
    holds = problem.ways[leader].holds
    if holds is None:
        raise ValueError(f"way {leader} leads no unit and is ridden in")
    return holds


def is_stowed(problem: BookProblem, chosen: Sequence[int | None]) -> bool:
    """Whether every unit that is shared goes, holds what rides in it, and keeps apart what has to be."""
    aboard: dict[int, list[Way]] = defaultdict(list)
    for number in chosen:
        way = None if number is None else problem.ways[number]
        if way is not None and number is not None and (way.holds or way.inside is not None):
            aboard[number if way.inside is None else way.inside].append(way)
    for leader, ways in aboard.items():
        holds = problem.ways[leader].holds if leader >= 0 and leader in chosen else None
        mass, volume = sum(way.mass_kg for way in ways), sum(way.volume_dm3 for way in ways)
        if holds is None or not (holds.least_kg <= mass <= holds.most_kg and volume <= holds.most_dm3):
            return False
        ids = sorted(way.shipment for way in ways)
        if any(pair in problem.apart for pair in combinations(ids, 2)):
            return False
    return True
