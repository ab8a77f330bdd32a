"""Two servers on one database: what one leaves when it is killed or hangs is done by the other, once."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from landbridge.planner import saved
from landbridge.store import engine
from tests.store.conftest import database  # noqa: F401  # both databases

SERVER = """
import asyncio, sys, time
from landbridge.api import workers
from landbridge.api.caller import LOCAL
from landbridge.api.desk import Desk
from landbridge.api.settings import ServerSettings
from landbridge.planner.tasks import Outcome

class Hand:  # in the place of a process: takes as long as it is asked to, and writes down that it began
    def __init__(self, *_, **__):
        self.loads, self.is_ended = [], False
    def begin(self):
        self.is_ended = False
        return self, self
    def send(self, order):
        with open(sys.argv[2], "a") as lines:
            lines.write(f"{order[1]['name']} {sys.argv[1]}\\n")
        self.until = time.monotonic() + order[1]["seconds"]
    def poll(self, seconds):
        time.sleep(min(seconds, max(0.0, self.until - time.monotonic())))
        return self.is_ended or time.monotonic() >= self.until
    def recv(self):
        if self.is_ended:
            raise EOFError
        return "done", Outcome(result={"by": sys.argv[1]})
    def terminate(self):
        self.is_ended = True
    def is_full(self):
        return False
    def end(self):
        pass

workers._Hand = Hand

async def main():
    desk = Desk(ServerSettings(feed="none", planners=1, lease_seconds=float(sys.argv[3])))
    type(desk._crews).__iter__ = lambda crews: iter((crews.files,))
    await desk.open()
    if sys.argv[1] == "first":
        for name, seconds in (("running", float(sys.argv[3]) + 0.5), ("waiting", 0.0)):
            desk.submit(LOCAL, "screen", {"name": name, "seconds": seconds})
    print("open", flush=True)
    await asyncio.sleep(120)

asyncio.run(main())
"""


def start(name, notes, lease_s=2.0):
    server = subprocess.Popen([sys.executable, "-c", SERVER, name, str(notes), str(lease_s)], stdout=subprocess.PIPE, text=True)
    assert server.stdout.readline() == "open\n"
    return server


def wait_until(is_so, seconds=90):  # a server that is stopped inside a transaction loses its locks after 30 seconds
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.05)


def list_ended():
    return [one for one in reversed(saved.list_jobs(None, limit=2)) if one.state == "done"]


@pytest.fixture
def notes(database, tmp_path):  # noqa: F811
    engine.open_engine()
    return tmp_path / "notes"


def end(server, how):
    """Kill a server, or let it hang: between two transactions, since one that hangs inside of one keeps the file of SQLite locked."""
    os.kill(server.pid, how)
    while how == signal.SIGSTOP and is_locked():
        os.kill(server.pid, signal.SIGCONT)
        time.sleep(0.01)
        os.kill(server.pid, how)


def is_locked():
    """Whether somebody holds the right to write; PostgreSQL lets go of it by itself."""
    url = engine.open_engine().url
    if url.get_backend_name() != "sqlite":
        return False
    with closing(sqlite3.connect(url.database, timeout=0.2, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        connection.execute("ROLLBACK")
    return False


def list_notes(notes):
    return notes.read_text().splitlines() if notes.exists() else []


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_jobs_of_a_server_that_is_killed_or_hangs_are_done_by_the_other_once(notes, how):
    second, first = start("second", notes), start("first", notes)
    try:
        wait_until(lambda: list_notes(notes) == ["running first"])
        end(first, how)
        wait_until(lambda: len(list_ended()) == 2)
        assert list_notes(notes) == ["running first", "running second", "waiting second"]
        os.kill(first.pid, signal.SIGCONT)  # it wakes up, has done its job, and is not heard
        time.sleep(1.0)
        assert [(one.attempts, one.result) for one in list_ended()] == [(2, '{"by": "second"}'), (1, '{"by": "second"}')]
        assert list_notes(notes) == ["running first", "running second", "waiting second"]
        assert (first.poll() is None) == (how == signal.SIGSTOP)
    finally:
        for one in (first, second):
            one.kill()
            one.wait()
            one.stdout.close()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_servers_that_live_leave_each_other_their_jobs(notes):
    second, first = (start(name, notes, lease_s=8.0) for name in ("second", "first"))  # a busy machine may be late by seconds
    try:
        wait_until(lambda: len(list_ended()) == 2)
        assert list_notes(notes) == ["running first", "waiting first"]
    finally:
        for one in (first, second):
            one.kill()
            one.wait()
            one.stdout.close()
