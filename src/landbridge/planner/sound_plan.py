"""Whether what a plan states is what the feed gives: asked before a plan that somebody may have changed is simulated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import QueryError
from landbridge.domain.finding import Finding
from landbridge.domain.plan import Plan

_MOST_TOLD = 10
_OF_THE_WHOLE = "itineraries"
"""Where a difference lies that is not in one itinerary but between them: labels, which is best."""


def find_altered(dataset: Dataset, plan: Plan, numbers: Iterable[int]) -> list[Finding]:
    """Everything in which some itineraries of a plan differ from what the feed gives, the first ten in full.

    Parameters
    ----------
    dataset
        The feed that the plan says it was made from.
    plan, numbers
        The plan, and which of its itineraries are walked again, from 0.
    """
    from landbridge.planner.verify import verify_plan

    chosen = tuple(numbers)
    picked = replace(plan, itineraries=tuple(plan.itineraries[one] for one in chosen), compared=())
    found = [one for one in verify_plan(dataset, picked) if one.where != _OF_THE_WHOLE]
    told = [
        _say(f"{_place(one.where, chosen)}: states {one.stated}, the feed gives {one.recomputed} ({one.rule})")
        for one in found[:_MOST_TOLD]
    ]
    if len(found) > _MOST_TOLD:
        told.append(_say(f"and {len(found) - _MOST_TOLD} more; landbridge verify shows them all"))
    return told


def demand_unaltered(dataset: Dataset, plan: Plan) -> None:
    """Walk all itineraries of a plan that came from a file again.

    Raises
    ------
    QueryError
        If the plan states figures that its feed does not give. A plan of another feed is left to those who use it.
    """
    found = find_altered(dataset, plan, range(len(plan.itineraries))) if plan.dataset_digest == dataset.digest else []
    if found:
        raise QueryError(found)


def _place(where: str, chosen: tuple[int, ...]) -> str:
    """A place in the plan that was picked, as its place in the plan."""
    head, bracket, rest = where.partition("[")
    number, closing, tail = rest.partition("]")
    return f"{head}[{chosen[int(number)]}]{tail}" if head == _OF_THE_WHOLE and bracket and closing and number.isdecimal() else where


def _say(message: str) -> Finding:
    return Finding(code="PLAN-ALTERED", message=message, fix="Take the file as landbridge plan wrote it, or plan again.")
