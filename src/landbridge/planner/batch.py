"""Plan a file of shipments in parallel, so that an interrupted run goes on where it stopped.

Rows that are done stand in ``OUT.part``, one JSON line each, as they were done; the last step writes ``OUT``, in the order
of the shipments, whole or not at all. What a row gives depends on the row, the feed, the lists and the version alone, never on the workers.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import DataError, LandbridgeError
from landbridge.domain.finding import Finding
from landbridge.domain.version import VERSION
from landbridge.planner.batch_part import open_part
from landbridge.planner.batch_worker import Done, Office, plan_rows, plan_task, start_worker
from landbridge.planner.question import Question
from landbridge.planner.shipment_file import Row, read_shipments
from landbridge.planner.sweep import Crew, Sweep, check_crew, list_finished

MOST_WORKERS = 256
_MOST_AT_ONCE = 8
"""Rows of one task: few, so that little is lost by an interruption and progress is seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchQuestion:
    """What a batch is asked for, in the words of the asker.

    Attributes
    ----------
    shipments, out
        Paths of the CSV file and of the JSON lines.
    feed, rates
        As :func:`landbridge.planner.load_feed` takes them: each worker loads them once.
    defaults
        What holds where a cell is empty.
    workers
        Processes; 0: as many as the machine has cores.
    cluster
        Address of a Dask cluster that plans instead; its workers must have the same lists and decisions.
    is_brief
        Whether a line holds a summary only, without the whole plan.
    """

    shipments: str
    out: str
    feed: str
    rates: str | None
    defaults: Question
    workers: int = 0
    is_brief: bool = False
    cluster: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchResult:
    """How many shipments were planned, have no route, are wrong; and how many of them an earlier run had done."""

    planned: int
    without_route: int
    wrong: int
    resumed: int


def plan_batch(
    dataset: Dataset, asked: BatchQuestion, *, at: str, heard: Callable[[int, int], None] = lambda done, of: None
) -> BatchResult:
    """Plan every row of a file.

    Parameters
    ----------
    dataset
        The feed as loaded here, for its digest; each worker loads its own.
    asked
        The question.
    at
        The time of the door, for the audit log.
    heard
        Told how many rows are done, and of how many, after each task.

    Raises
    ------
    DataError
        If the file of shipments cannot be used, or ``OUT.part`` is of another run.
    ClusterError
        If the cluster cannot be reached or goes away; what is done is kept in ``OUT.part``.
    """
    check_crew(Crew(workers=asked.workers or 1, cluster=asked.cluster))
    workers = _count_workers(asked.workers)
    rows = read_shipments(asked.shipments, asked.defaults)
    stamp = _stamp(dataset, asked)
    keys = {row.row: _key(row) for row in rows}
    with open_part(f"{asked.out}.part", stamp) as part:
        open_rows = [row for row in rows if keys[row.row] not in part]
        resumed = count = len(rows) - len(open_rows)
        heard(count, len(rows))
        for done in _run(dataset, open_rows, asked, workers):
            for one in done:
                part.append(keys[one.row], one.status, one.line)
            _note_in_audit(done, at)
            count += len(done)
            heard(count, len(rows))
        part.write(asked.out, keys.values())
        states = [part.status(key) for key in keys.values()]
    part.remove()
    return BatchResult(
        planned=states.count("planned"), without_route=states.count("no_route"), wrong=states.count("error"), resumed=resumed
    )


def _count_workers(asked: int) -> int:
    if not 0 <= asked <= MOST_WORKERS:
        raise DataError(
            [Finding(code="WORKERS", column="--workers", message=f"{asked} workers cannot be had", fix=f"give 0 to {MOST_WORKERS}")]
        )
    return asked or os.cpu_count() or 1


def _stamp(dataset: Dataset, asked: BatchQuestion) -> str:
    """What the answers depend on beside the rows themselves: feed, version, imported lists and decisions."""
    from landbridge.planner.plan_record import stamp_gate

    parts = [dataset.digest, VERSION, str(asked.is_brief), *stamp_gate()]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _key(row: Row) -> str:
    told = {"row": row.row, "shipment": row.shipment, "question": asdict(row.question) if row.question else None}
    told["findings"] = [asdict(one) for one in row.findings]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


# --- work ---------------------------------------------------------------------------------------------------------------------


def _tasks(rows: list[Row], workers: int) -> list[list[Row]]:
    """Rows of one load together, so that a worker finds the tables of the load made already; large groups are shared out."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(_load_of(row), []).append(row)
    size = max(1, min(_MOST_AT_ONCE, len(rows) // (4 * workers)))
    return [group[first : first + size] for group in groups.values() for first in range(0, len(group), size)]


def _load_of(row: Row) -> str:
    one = row.question
    return (
        "" if one is None else repr((one.units, one.goods, one.mass, one.value, one.as_of, one.ready, one.gate, one.shipper, one.consignee))
    )


def _run(dataset: Dataset, rows: list[Row], asked: BatchQuestion, workers: int) -> Iterator[Sequence[Done]]:
    tasks = _tasks(rows, workers)
    if asked.cluster is not None:
        yield from _run_on_cluster(dataset, tasks, asked)
        return
    if workers == 1 or len(tasks) == 1:
        start_worker(asked.feed, asked.rates, is_child=False)
        for task in tasks:
            yield plan_rows(task, asked.shipments, is_brief=asked.is_brief)
        return
    yield from _run_in_processes(tasks, asked, min(workers, len(tasks)))


def _run_on_cluster(dataset: Dataset, tasks: list[list[Row]], asked: BatchQuestion) -> Iterator[Sequence[Done]]:
    from landbridge.planner.plan_record import stamp_gate

    office = Office(dataset=dataset, file=asked.shipments, is_brief=asked.is_brief, stamp=stamp_gate())
    sweep = Sweep(name="batch", digest=dataset.digest, work=plan_task, form=tuple, shared=office)
    for _, done in list_finished(sweep, [tuple(task) for task in tasks], Crew(cluster=asked.cluster, keep=f"{asked.out}.part")):
        yield done


def _run_in_processes(tasks: list[list[Row]], asked: BatchQuestion, workers: int) -> Iterator[list[Done]]:
    others = set(multiprocessing.active_children())
    context = multiprocessing.get_context("spawn")  # the same on every platform; a fork would copy locks and compiled threads
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=start_worker, initargs=(asked.feed, asked.rates))
    waiting: set[Future[list[Done]]] = set()
    left = iter(tasks)
    try:
        while True:
            while len(waiting) < 2 * workers and (task := next(left, None)) is not None:
                waiting.add(pool.submit(plan_rows, task, asked.shipments, is_brief=asked.is_brief))
            if not waiting:
                break
            finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for future in finished:
                yield future.result()
    except BrokenProcessPool:
        pool.shutdown(wait=False, cancel_futures=True)
        message = "a worker process has ended by itself, perhaps for want of memory; what is done is kept: go on with fewer --workers"
        raise LandbridgeError(message) from None
    except BaseException:  # Ctrl-C above all: nobody waits for rows that nobody will write
        pool.shutdown(wait=False, cancel_futures=True)
        for child in set(multiprocessing.active_children()) - others:
            child.terminate()
        raise
    pool.shutdown()


def _note_in_audit(done: Iterable[Done], at: str) -> None:
    from landbridge.planner.plan_record import record_body

    for one in done:
        if one.audit is not None:
            record_body(one.audit, at)
