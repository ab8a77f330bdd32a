"""A run of a book that goes on from its checkpoint."""

from __future__ import annotations

from collections.abc import Callable

from landbridge.domain.book import BookPlan
from landbridge.domain.dataset import Dataset
from landbridge.planner.book import BookQuestion, list_lanes, plan_book
from landbridge.planner.book_state import Checkpoint
from landbridge.planner.book_ways import Search, route_candidates


def plan_book_from(
    dataset: Dataset, question: BookQuestion, checkpoint: str | None, *, search: Search | None = None,
    tell: Callable[[str], None] | None = None,
) -> BookPlan:  # fmt: skip
    """Plan a book like :func:`plan_book`, keeping the ways that are found in a checkpoint, and taking from it those of an earlier run.

    Parameters
    ----------
    checkpoint
        A file that is written after each answer of routing and at the end; None: nothing is kept.

    Raises
    ------
    DataError
        If the file is there and is no checkpoint, or cannot be written.
    """
    routed = search or route_candidates(dataset, list_lanes(dataset))
    if checkpoint is None:
        return plan_book(dataset, question, search=routed, tell=tell)
    kept = Checkpoint(path=checkpoint, dataset=dataset, as_of=question.as_of)
    known = kept.load()
    if known and tell is not None:
        tell(f"{known} answers of routing are taken from {checkpoint}")
    plan = plan_book(dataset, question, search=kept.wrap(routed), tell=tell)
    kept.save(plan)
    return plan


def keep_searches(dataset: Dataset, question: BookQuestion, checkpoint: str) -> Search:
    """The search of routing that looks into a checkpoint first and writes what it finds there."""
    kept = Checkpoint(path=checkpoint, dataset=dataset, as_of=question.as_of)
    kept.load()
    return kept.wrap(route_candidates(dataset, list_lanes(dataset)))
