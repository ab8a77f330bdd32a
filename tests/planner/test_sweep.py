"""Sweeps: in this process, and on a real scheduler with real worker processes that die, join late and vanish."""

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import replace

import pytest

from landbridge.domain.errors import ClusterError, DataError, QueryError
from landbridge.planner.sweep import Crew, Sweep, check_crew, list_finished, run_sweep, stand_by
from tests.planner.sweep_work import Done, Piece, add_up

SWEEP = Sweep(name="test", digest="d", work=add_up, form=Done, shared=(1, 2, 3))
PIECES = [Piece(number=number) for number in range(12)]


def totals(found):
    return [(one.number, one.total) for one in found]


ALONE = [(number, 6 * number) for number in range(12)]

# --- in this process ----------------------------------------------------------------------------------------------------------------


def test_in_this_process_without_dask():
    assert totals(run_sweep(SWEEP, PIECES)) == ALONE
    assert {one.pid for one in run_sweep(SWEEP, PIECES)} == {os.getpid()}


def test_one_a_core_and_parts_as_they_are_finished(monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    assert Crew(workers=0).is_alone
    assert totals(one for _, one in list_finished(SWEEP, PIECES, Crew(workers=0))) == ALONE


def test_the_order_is_that_of_the_parts():
    assert [one.number for one in run_sweep(SWEEP, PIECES[::-1])] == list(range(11, -1, -1))


def test_finished_parts_are_kept_and_gone_on_from(tmp_path):
    crew = Crew(keep=str(tmp_path / "parts"))
    with pytest.raises(ValueError, match="negative"):
        run_sweep(SWEEP, [*PIECES[:5], Piece(number=-1)], crew)
    told = []
    run_sweep(SWEEP, PIECES, crew, tell=lambda done, total: told.append((done, total)))
    assert told[0] == (6, 12)
    assert len((tmp_path / "parts").read_bytes().splitlines()) == 12


def test_ctrl_c_tells_what_is_kept(tmp_path):
    def stop(done, total):
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt, match=r"interrupted: 4 of 12 parts are finished and kept in .*parts; ask the same again"):
        run_sweep(SWEEP, PIECES, Crew(keep=str(tmp_path / "parts")), tell=stop)
    with pytest.raises(KeyboardInterrupt, match=r"^$"):
        run_sweep(SWEEP, PIECES, tell=stop)


def test_parts_of_another_sweep_are_not_taken(tmp_path):
    crew = Crew(keep=str(tmp_path / "parts"))
    run_sweep(SWEEP, PIECES, crew)
    other = replace(SWEEP, digest="e", shared=(10,))
    assert totals(run_sweep(other, PIECES, crew)) == [(number, 10 * number) for number in range(12)]


def test_parts_from_before_a_list_was_imported_are_not_taken(tmp_path, monkeypatch):
    """A way that was open then may be blocked now."""
    crew, told = Crew(keep=str(tmp_path / "parts")), []
    run_sweep(SWEEP, PIECES, crew)
    monkeypatch.setattr("landbridge.planner.sweep.stamp_gate", lambda: ("OFAC:of today",))
    run_sweep(SWEEP, PIECES, crew, tell=lambda done, total: told.append(done))
    assert told[0] == 1


def test_a_line_cut_off_is_worked_out_again(tmp_path):
    path = tmp_path / "parts"
    run_sweep(SWEEP, PIECES, Crew(keep=str(path)))
    whole = path.read_bytes()
    path.write_bytes(whole[:-9])
    assert totals(run_sweep(SWEEP, PIECES, Crew(keep=str(path)))) == ALONE
    assert path.read_bytes().count(b"\n") == whole.count(b"\n")


@pytest.mark.parametrize("content", ["not parts at all", '{"key": 1, "result": {}}\n', '["list"]\n{}\n'])
def test_a_file_that_is_something_else_is_left_alone(tmp_path, content):
    path = tmp_path / "letter.txt"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        run_sweep(SWEEP, PIECES, Crew(keep=str(path)))
    assert caught.value.findings[0].code == "PARTS-FILE"
    assert path.read_text(encoding="utf-8") == content


def test_a_part_with_another_form_is_worked_out_again(tmp_path):
    path = tmp_path / "parts"
    run_sweep(SWEEP, PIECES[:1], Crew(keep=str(path)))
    entry = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**entry, "result": {"number": "x"}}) + "\n", encoding="utf-8")
    assert totals(run_sweep(SWEEP, PIECES[:1], Crew(keep=str(path)))) == ALONE[:1]


def test_a_crew_that_cannot_be_is_told_all_at_once():
    with pytest.raises(QueryError) as caught:
        check_crew(Crew(workers=-1, cluster="nowhere"))
    assert [one.code for one in caught.value.findings] == ["WORKERS", "CLUSTER-ADDRESS", "CLUSTER-AND-WORKERS"]


# --- on a cluster -------------------------------------------------------------------------------------------------------------------

SCHEDULER = """
import asyncio, sys
from distributed import Scheduler
async def main():
    async with Scheduler(host="127.0.0.1", port=0, dashboard=False) as scheduler:
        print(scheduler.address, flush=True)
        await scheduler.finished()
asyncio.run(main())
"""
WORKER = """
import asyncio, sys
from distributed import Worker
async def main():
    async with Worker(sys.argv[1], nthreads=1, dashboard=False) as worker:
        print("up", flush=True)
        await worker.finished()
asyncio.run(main())
"""


@contextmanager
def started(code, *arguments):
    process = subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        process.first_line = process.stdout.readline().strip()
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        process.wait()
        process.stdout.close()


@pytest.fixture
def alarm():
    """A test on a cluster that hangs fails after a minute."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def ring(number, frame):
        raise TimeoutError("the test hangs")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.slow
@pytest.mark.usefixtures("alarm")
class TestCluster:
    """Needs Dask, an extra for users and a development package here."""

    distributed = pytest.importorskip("distributed")

    def test_the_same_numbers_when_workers_die_and_join_late(self, tmp_path):
        """One worker dies half-way; another joins only after the first is at work; nothing is lost or counted twice."""
        dead, joined = tmp_path / "dead", tmp_path / "joined"
        pieces = [Piece(number=number, sleep_ms=300, wait_file="" if number < 4 else str(joined)) for number in range(12)]
        pieces[0] = replace(pieces[0], die_file=str(dead))
        with (
            started(SCHEDULER) as scheduler,
            started(WORKER, scheduler.first_line) as first,
            started(WORKER, scheduler.first_line) as second,
        ):
            late = started(WORKER, scheduler.first_line)

            def tell(done, total):
                if done == 1:
                    pids.append(late.__enter__().pid)
                    joined.touch()

            pids = [first.pid, second.pid]
            try:
                found = run_sweep(SWEEP, pieces, Crew(cluster=scheduler.first_line), tell=tell)
            finally:
                late.__exit__(None, None, None)
            assert [first.poll(), second.poll()].count(None) == 1
        assert totals(found) == ALONE
        assert pids[2] in {one.pid for one in found}
        assert {one.pid for one in found} <= set(pids)

    def test_a_scheduler_that_goes_away_is_told_and_what_is_finished_is_kept(self, tmp_path, capfd):
        path = str(tmp_path / "parts")
        pieces = [Piece(number=number, sleep_ms=150) for number in range(12)]
        with started(SCHEDULER) as scheduler, started(WORKER, scheduler.first_line):

            def tell(done, total):
                if done == 4:
                    scheduler.send_signal(signal.SIGKILL)

            with pytest.raises(ClusterError, match=r"the scheduler went away.*finished and kept in"):
                run_sweep(SWEEP, pieces, Crew(cluster=scheduler.first_line, keep=path), tell=tell)
        assert not [
            one for one in ("client", "worker", "core", "comm") if logging.getLogger(f"distributed.{one}").isEnabledFor(logging.ERROR)
        ]
        assert "Traceback" not in capfd.readouterr().err
        told = []
        assert totals(run_sweep(SWEEP, pieces, Crew(keep=path), tell=lambda done, total: told.append(done))) == ALONE
        assert told[0] >= 5

    def test_a_scheduler_that_goes_away_before_the_work_was_sent_is_told(self):
        with started(SCHEDULER) as scheduler, started(WORKER, scheduler.first_line), stand_by(crew := Crew(cluster=scheduler.first_line)):
            run_sweep(SWEEP, PIECES[:1], crew)
            scheduler.kill()
            with pytest.raises(ClusterError, match="the scheduler went away: 0 of 12 parts"):
                run_sweep(replace(SWEEP, shared=(10,)), PIECES, crew)

    def test_a_scheduler_without_workers_is_told(self, monkeypatch):
        monkeypatch.setattr("landbridge.planner.sweep.CONNECT_SECONDS", 1)
        monkeypatch.setattr("landbridge.planner.sweep.GONE_SECONDS", 0.1)
        with started(SCHEDULER) as scheduler, pytest.raises(ClusterError, match="no worker of it can be sent the work"):
            run_sweep(SWEEP, PIECES, Crew(cluster=scheduler.first_line))

    def test_work_is_sent_anew_where_a_worker_dies_over_it(self, monkeypatch):
        from distributed import Client

        failed, scatter = [], Client.scatter

        def fail_once(*arguments, **options):
            if not failed:
                failed.append(True)
                raise OSError("in <TCP (closed)>: Stream is closed")
            return scatter(*arguments, **options)

        monkeypatch.setattr(Client, "scatter", fail_once)
        monkeypatch.setattr("landbridge.planner.sweep.GONE_SECONDS", 0.1)
        with started(SCHEDULER) as scheduler, started(WORKER, scheduler.first_line):
            assert totals(run_sweep(SWEEP, PIECES, Crew(cluster=scheduler.first_line))) == ALONE

    def test_what_fails_in_a_part_fails_here_as_it_would_alone(self):
        with started(SCHEDULER) as scheduler, started(WORKER, scheduler.first_line), pytest.raises(ValueError, match="a negative piece"):
            run_sweep(SWEEP, [Piece(number=-1)], Crew(cluster=scheduler.first_line))

    def test_a_crew_that_stands_by_stays_and_each_part_goes_where_its_like_went(self):
        near = replace(SWEEP, near=lambda piece: str(piece.number % 2))
        with stand_by(Crew(workers=2)):
            first = run_sweep(near, [Piece(number=number, sleep_ms=200) for number in (0, 1)], Crew(workers=2))
            again = run_sweep(near, [Piece(number=number, sleep_ms=200) for number in (0, 1)], Crew(workers=2))
        assert [one.pid for one in first] == [one.pid for one in again]
        assert first[0].pid != first[1].pid

    def test_a_worker_with_two_threads_gives_the_same_numbers(self):
        with started(SCHEDULER) as scheduler, started(WORKER.replace("nthreads=1", "nthreads=2"), scheduler.first_line):
            found = dict(list_finished(SWEEP, PIECES, Crew(cluster=scheduler.first_line)))
        assert [(number, found[number].total) for number in range(12)] == ALONE

    def test_processes_of_this_machine(self):
        found = run_sweep(SWEEP, PIECES, Crew(workers=2))
        assert totals(found) == ALONE
        assert os.getpid() not in {one.pid for one in found}


@pytest.mark.slow
def test_no_scheduler_there(monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr("landbridge.planner.sweep.CONNECT_SECONDS", 1)
    begun = time.perf_counter()
    with pytest.raises(ClusterError, match=r"no scheduler answers at tcp://127\.0\.0\.1:9"):
        run_sweep(SWEEP, PIECES, Crew(cluster="tcp://127.0.0.1:9"))
    assert time.perf_counter() - begun < 30


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "tcp://127.0.0.1:nine"])
def test_nobody_at_an_address_is_told_before_the_work(monkeypatch, address):
    monkeypatch.setattr("landbridge.planner.sweep.CONNECT_SECONDS", 0.1)
    with pytest.raises(ClusterError, match="no scheduler answers at tcp"), stand_by(Crew(cluster=address)):
        pytest.fail("the work began")


def test_a_scheduler_that_listens_is_found():
    with socket.create_server(("127.0.0.1", 0)) as server, stand_by(Crew(cluster=f"tcp://127.0.0.1:{server.getsockname()[1]}")):
        pass
