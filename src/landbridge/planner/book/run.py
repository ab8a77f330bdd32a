"""A run of a book that goes on from its checkpoint."""

from __future__ import annotations

from dataclasses import replace

from landbridge.domain.book import BookPlan
from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import DataError
from landbridge.domain.headway import Headway, Hear, Stage
from landbridge.planner.book.candidates import BookQuestion
from landbridge.planner.book.joint_plan import plan_book, ways_from
from landbridge.planner.book.state import Checkpoint
from landbridge.planner.book.ways import Search, Ways


def plan_book_from(
    dataset: Dataset, question: BookQuestion, checkpoint: str | None, *, search: Search | None = None,
    tell: Hear | None = None,
) -> BookPlan:  # fmt: skip
    """Plan a book like :func:`plan_book`, keeping the ways that are found in a checkpoint, and taking from it those of an earlier run.

    Parameters
    ----------
    checkpoint
        A file that is written after each answer of routing and at the end; None: nothing is kept. Where it can no longer be written at
        the end (a disk without room), the plan is told with a note.

    Raises
    ------
    DataError
        If the file is there and is no checkpoint, or cannot be written.
    """
    if checkpoint is None:
        return plan_book(dataset, question, search=search, tell=tell)
    kept = Checkpoint(path=checkpoint, dataset=dataset, as_of=question.as_of)
    known = kept.load()
    if known and tell is not None:
        tell(Headway(stage=Stage.TAKEN, done=known, subject=checkpoint))
    ways = kept.wrap(ways_from(dataset, question, search))
    try:
        plan = plan_book(dataset, question, search=ways, tell=tell)
    except BaseException:
        ways.flush()
        raise
    try:
        kept.save(plan)
    except DataError as error:
        return replace(plan, notes=(*plan.notes, *(f"this plan is not in {checkpoint}: it {one.message}" for one in error.findings)))
    return plan


def keep_searches(dataset: Dataset, question: BookQuestion, checkpoint: str) -> Ways:
    """The ways of routing that are looked for in a checkpoint first and written to it as they are found."""
    kept = Checkpoint(path=checkpoint, dataset=dataset, as_of=question.as_of)
    kept.load()
    return kept.wrap(ways_from(dataset, question))
