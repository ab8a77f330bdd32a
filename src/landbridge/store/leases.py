"""Leases: which server does which job, and what becomes of the jobs of a server that is gone.

A server holds its jobs by a row of its own that it renews while it lives. A row that was not renewed in time is removed by another server,
in one transaction with taking over its jobs: a server whose row is gone has lost its jobs for good, so that nobody does what another does.
Times are those of the clock of the database, which all servers on it share.
"""

from __future__ import annotations

import os
import secrets
import socket
from pathlib import Path

from sqlalchemy import Connection, delete, insert, or_, select, text, update

from landbridge.store.engine import changing
from landbridge.store.jobs import MAX_ATTEMPTS, OPEN_STATES, Job, read_job
from landbridge.store.schema import jobs, servers

_TAKING = 7_265_103
"""Number of the advisory lock under which one of many servers takes over."""
_NOW_MS = {
    "sqlite": "SELECT CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)",
    "postgresql": "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)",
}


def begin_lease(seconds: float) -> str:
    """Enter a server that holds its jobs for some seconds from now; its id."""
    server_id = secrets.token_hex(16)
    with changing() as connection:
        until_ms = _read_now(connection) + round(1000 * seconds)
        connection.execute(insert(servers).values(server_id=server_id, machine=name_machine(), pid=os.getpid(), until_ms=until_ms))
    return server_id


def renew_lease(server_id: str, seconds: float) -> frozenset[str] | None:
    """Hold on for some seconds more; ids of the open jobs that the server holds, None where others have taken them over."""
    with changing() as connection:
        until_ms = _read_now(connection) + round(1000 * seconds)
        change = update(servers).where(servers.c.server_id == server_id).values(until_ms=until_ms)
        if not connection.execute(change).rowcount:
            return None
        held = select(jobs.c.job_id).where(jobs.c.server_id == server_id, jobs.c.state.in_(OPEN_STATES))
        return frozenset(connection.execute(held).scalars())


def end_lease(server_id: str) -> None:
    """Give up what a server holds, so that others take it over at once."""
    with changing() as connection:
        connection.execute(delete(servers).where(servers.c.server_id == server_id))


def take_over(server_id: str, at: str, problem: str) -> tuple[Job, ...]:
    """Open jobs that no living server holds are the server's now: all wait again, the oldest first.

    One that was begun too often fails with the problem.
    """
    with changing() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _TAKING})
        _remove_gone(connection, server_id)
        alive = select(servers.c.server_id).scalar_subquery()
        left = jobs.c.state.in_(OPEN_STATES) & or_(jobs.c.server_id.is_(None), jobs.c.server_id.not_in(alive))
        worn = left & (jobs.c.state == "running") & (jobs.c.attempts >= MAX_ATTEMPTS)
        connection.execute(update(jobs).where(worn).values(state="failed", problem=problem, ended_at=at))
        ids = connection.execute(select(jobs.c.job_id).where(left)).scalars().all()
        mine = jobs.c.job_id.in_(ids) & left
        connection.execute(update(jobs).where(mine).values(state="queued", progress="{}", server_id=server_id))
        rows = connection.execute(select(jobs).where(jobs.c.job_id.in_(ids)).order_by(jobs.c.seq)).all()
    return tuple(map(read_job, rows))


def _remove_gone(connection: Connection, server_id: str) -> None:
    """Remove servers whose time is over, and those of this machine whose process has ended."""
    now_ms, machine = _read_now(connection), name_machine()
    for row in connection.execute(select(servers).where(servers.c.server_id != server_id)).all():
        is_ended = bool(machine) and row.machine == machine and not _is_running(row.pid)
        if is_ended or row.until_ms <= now_ms:
            gone = servers.c.server_id == row.server_id
            connection.execute(delete(servers).where(gone if is_ended else gone & (servers.c.until_ms <= now_ms)))


def _is_running(pid: int) -> bool:
    """Whether a process of this machine is there, also one of somebody else that may not be looked at."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def name_machine() -> str:
    """Name of the machine since it was started, as far as its processes see each other; empty where the system does not tell."""
    try:
        started = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{socket.gethostname()[:100]} {started} {Path('/proc/self/ns/pid').stat().st_ino}"
    except OSError:
        return ""


def _read_now(connection: Connection) -> int:
    return int(connection.execute(text(_NOW_MS[connection.dialect.name])).scalar_one())
