"""Jobs: work that was asked for, how far it is, and what came out; an acknowledged job is on the disk."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, select, true, update
from sqlalchemy.exc import IntegrityError

from landbridge.store.engine import changing, reading
from landbridge.store.plans import SavedPlan, insert_plan
from landbridge.store.schema import jobs

OPEN_STATES = ("queued", "running")
MAX_ATTEMPTS = 3
"""A job that was running when its process died is begun again so often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One job. ``request``, ``progress``, ``result`` and ``problem`` are JSON texts.

    ``state`` is queued, running, done, failed or cancelled. ``server_id`` is the server that holds it, see
    :mod:`landbridge.store.leases`; what another one says of it is not noted.
    """

    seq: int
    job_id: str
    owner: str
    kind: str
    state: str
    request: str
    progress: str
    result: str | None
    problem: str | None
    attempts: int
    idempotency_key: str | None
    created_at: str
    started_at: str | None
    ended_at: str | None
    server_id: str | None = None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


def add_job(
    owner: str, kind: str, request: str, at: str, idempotency_key: str | None = None, *, server_id: str | None = None
) -> tuple[Job, bool]:
    """Enter a job that a server holds; with a key that was used before, the job of then.

    Returns
    -------
    tuple
        The job, and whether it is new.
    """
    values = {
        "job_id": secrets.token_hex(16), "owner": owner, "kind": kind, "state": "queued", "request": request, "created_at": at,
        "idempotency_key": idempotency_key, "server_id": server_id,
    }  # fmt: skip
    try:
        with changing() as connection:
            connection.execute(insert(jobs).values(**values))
    except IntegrityError:
        before = find_keyed(owner, idempotency_key) if idempotency_key is not None else None
        if before is None:
            raise
        return before, False
    found = find_job(str(values["job_id"]))
    if found is None:
        raise LookupError("the job that was just entered is not there")
    return found, True


def find_job(job_id: str) -> Job | None:
    with reading() as connection:
        row = connection.execute(select(jobs).where(jobs.c.job_id == job_id)).first()
    return read_job(row) if row is not None else None


def find_keyed(owner: str, idempotency_key: str) -> Job | None:
    """The job that an owner began with a key."""
    with reading() as connection:
        row = connection.execute(select(jobs).where(jobs.c.owner == owner, jobs.c.idempotency_key == idempotency_key)).first()
    return read_job(row) if row is not None else None


def list_jobs(owner: str | None, *, limit: int, before: int | None = None, kind: str | None = None) -> tuple[Job, ...]:
    """Jobs of an owner (None: of all) and of a kind, the newest first, those with a smaller number than ``before``."""
    wanted = select(jobs).order_by(jobs.c.seq.desc()).limit(limit)
    if owner is not None:
        wanted = wanted.where(jobs.c.owner == owner)
    if before is not None:
        wanted = wanted.where(jobs.c.seq < before)
    if kind is not None:
        wanted = wanted.where(jobs.c.kind == kind)
    with reading() as connection:
        return tuple(read_job(row) for row in connection.execute(wanted))


def list_open_ids(owner: str | None = None) -> frozenset[str]:
    """Ids of the open jobs of an owner (None: of all)."""
    wanted = select(jobs.c.job_id).where(jobs.c.state.in_(OPEN_STATES))
    with reading() as connection:
        return frozenset(connection.execute(wanted if owner is None else wanted.where(jobs.c.owner == owner)).scalars())


def begin_job(job_id: str, at: str, server_id: str | None = None) -> bool:
    """Whether the job was waiting, and held by the server if one is named, and now runs."""
    change = update(jobs).where(jobs.c.job_id == job_id, jobs.c.state == "queued", _is_held(server_id))
    with changing() as connection:
        return bool(connection.execute(change.values(state="running", started_at=at, attempts=jobs.c.attempts + 1)).rowcount)


def note_progress(job_id: str, progress: str, server_id: str | None = None) -> None:
    change = update(jobs).where(jobs.c.job_id == job_id, jobs.c.state == "running", _is_held(server_id))
    with changing() as connection:
        connection.execute(change.values(progress=progress))


def finish_job(job_id: str, result: str, at: str, plan: SavedPlan | None = None, server_id: str | None = None) -> bool:
    """Keep what came out, and the plan with it, in one transaction; False if the job was cancelled or taken over meanwhile."""
    with changing() as connection:
        is_kept = _end(connection, job_id, at, server_id, state="done", result=result)
        if is_kept and plan is not None:
            insert_plan(connection, plan)
        return is_kept


def fail_job(job_id: str, problem: str, at: str, server_id: str | None = None) -> bool:
    with changing() as connection:
        return _end(connection, job_id, at, server_id, state="failed", problem=problem)


def cancel_job(job_id: str, at: str) -> bool:
    """Whether the job was still open, and now is cancelled, whoever holds it."""
    with changing() as connection:
        return _end(connection, job_id, at, None, state="cancelled")


def _end(connection: Connection, job_id: str, at: str, server_id: str | None, **values: str) -> bool:
    change = update(jobs).where(jobs.c.job_id == job_id, jobs.c.state.in_(OPEN_STATES), _is_held(server_id))
    return bool(connection.execute(change.values(ended_at=at, **values)).rowcount)


def _is_held(server_id: str | None) -> ColumnElement[bool]:
    return true() if server_id is None else jobs.c.server_id == server_id


def read_job(row: Row[*tuple[Any, ...]]) -> Job:
    """A job from its row."""
    return Job(**row._mapping)
