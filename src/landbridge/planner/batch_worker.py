"""What one process of a batch does: load the feed once, then plan rows."""

from __future__ import annotations

import json
import signal
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import FindingsError, LandbridgeError, UnknownIdError
from landbridge.domain.finding import Finding
from landbridge.planner.plan_record import demand_same_gate
from landbridge.planner.shipment_file import Row

if TYPE_CHECKING:
    from landbridge.domain.plan import Plan
    from landbridge.planner.question import Question


@dataclass(frozen=True, slots=True)
class Done:
    """One row that is done: what became of it, its JSON line, and what the audit log keeps of it."""

    row: int
    status: str
    line: str
    audit: dict[str, Any] | None


_feeds: list[Dataset] = []
"""At most one: what the initializer of a process, or the first task of a feed, leaves for those that follow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What all tasks on a cluster share: feed, file, form of lines, and the stamp of the lists and decisions of whoever asks."""

    dataset: Dataset
    file: str
    is_brief: bool
    stamp: tuple[str, ...]


def plan_task(office: Office, rows: tuple[Row, ...]) -> tuple[Done, ...]:
    """Plan rows on a worker of a cluster, which must be gated by the same lists and decisions as whoever asks.

    Raises
    ------
    ClusterError
        If they differ there.
    """
    demand_same_gate(office.stamp)
    if not _feeds or _feeds[0] is not office.dataset:
        _feeds[:] = [office.dataset]
    return tuple(plan_rows(rows, office.file, is_brief=office.is_brief))


def start_worker(feed: str, rates: str | None, *, is_child: bool = True) -> None:
    """Load the feed for all tasks of this process; a process of its own dies of Ctrl-C without words."""
    from landbridge.planner.feed import load_feed

    if is_child:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    _feeds[:] = [load_feed(feed, rates=rates)[0]]


def plan_rows(rows: Sequence[Row], file: str, *, is_brief: bool) -> list[Done]:
    """Plan rows one after the other; whatever is wrong with one stands in its line."""
    return [_plan_row(row, file, is_brief=is_brief) for row in rows]


def _plan_row(row: Row, file: str, *, is_brief: bool) -> Done:
    from landbridge.planner.plan_record import plan_record

    findings, plan, dataset = row.findings, None, None
    if row.question is not None:
        try:
            plan, dataset = _plan(row.question)
        except FindingsError as error:
            findings = tuple(_placed(one, file, row.row) for one in error.findings)
        except UnknownIdError as error:
            findings = (Finding(code="UNKNOWN-ID", file=file, row=row.row, message=str(error)),)
        except (LandbridgeError, MemoryError, RecursionError) as error:
            findings = (Finding(code="PLAN-FAILED", file=file, row=row.row, message=f"{type(error).__name__}: {error}"[:500]),)
    document = _document(row, plan, dataset, findings, is_brief=is_brief)
    line = json.dumps(document, ensure_ascii=False, allow_nan=False)
    return Done(row.row, document["status"], line, None if plan is None else plan_record(plan))


def _plan(question: Question) -> tuple[Plan, Dataset]:
    from landbridge.planner.joined_question import join_question
    from landbridge.planner.shipment import plan_shipment

    dataset, query = join_question(_feeds[0], question)
    return plan_shipment(dataset, query), dataset


def _placed(finding: Finding, file: str, row: int) -> Finding:
    """A finding of the question, told by the column of the file."""
    column = finding.column.removeprefix("--").lower().replace("-", "_")
    return replace(finding, file=file, row=row, column=column, fix=finding.fix.replace("--", ""))


def _document(row: Row, plan: Plan | None, dataset: Dataset | None, findings: tuple[Finding, ...], *, is_brief: bool) -> dict[str, Any]:
    from landbridge.report.batch_document import shipment_document

    return shipment_document(row.shipment, row.row, plan, dataset, findings, is_brief=is_brief)
