"""Leases of servers: what one leaves goes to another, once; on SQLite, and on PostgreSQL where there is one."""

import os
import subprocess
import sys
import threading

import pytest
from sqlalchemy import delete, update

from landbridge.planner import saved
from landbridge.store import engine, leases
from landbridge.store.engine import changing
from landbridge.store.schema import jobs, servers

AT = "2026-11-27T00:00:00+00:00"


@pytest.fixture
def clean(database):
    with changing() as connection:
        connection.execute(delete(jobs))
        connection.execute(delete(servers))
    return database


def let_end(server_id):
    """As if a server had not renewed its lease in time."""
    with changing() as connection:
        connection.execute(update(servers).where(servers.c.server_id == server_id).values(until_ms=0))


def test_jobs_of_a_living_server_stay_its_own_and_those_of_a_dead_one_wait_again(clean):
    first, second = leases.begin_lease(60), leases.begin_lease(60)
    running, waiting = (saved.add_job("me", "plan", "{}", AT, server_id=first)[0].job_id for _ in range(2))
    assert saved.begin_job(running, AT, first)
    assert leases.take_over(second, AT, "{}") == ()
    assert leases.renew_lease(first, 60) == {running, waiting}
    let_end(first)
    taken = leases.take_over(second, AT, "{}")
    assert [(one.job_id, one.state, one.server_id, one.attempts) for one in taken] == [
        (running, "queued", second, 1),
        (waiting, "queued", second, 0),
    ]
    assert leases.take_over(second, AT, "{}") == ()


def test_what_a_server_says_of_a_job_that_it_lost_is_not_noted(clean):
    first, second = leases.begin_lease(60), leases.begin_lease(60)
    job_id = saved.add_job("me", "plan", "{}", AT, server_id=first)[0].job_id
    assert saved.begin_job(job_id, AT, first)
    let_end(first)
    assert leases.take_over(second, AT, "{}")
    assert leases.renew_lease(first, 60) is None
    assert not saved.begin_job(job_id, AT, first)
    assert saved.begin_job(job_id, AT, second)
    saved.note_progress(job_id, '{"of": "first"}', first)
    assert not saved.finish_job(job_id, '{"of": "first"}', AT, server_id=first)
    assert not saved.fail_job(job_id, "{}", AT, first)
    assert saved.find_job(job_id).progress == "{}"
    assert saved.finish_job(job_id, '{"of": "second"}', AT, server_id=second)


def test_a_server_that_nobody_missed_goes_on(clean):
    """A machine that slept: its lease is over, but no other took what it holds."""
    server_id = leases.begin_lease(60)
    job_id = saved.add_job("me", "plan", "{}", AT, server_id=server_id)[0].job_id
    let_end(server_id)
    assert leases.renew_lease(server_id, 60) == {job_id}
    assert leases.take_over(leases.begin_lease(60), AT, "{}") == ()


def test_a_server_that_ends_leaves_its_jobs_at_once_and_jobs_of_before_leases_are_taken(clean):
    first, second = leases.begin_lease(60), leases.begin_lease(60)
    ids = [saved.add_job("me", "plan", "{}", AT, server_id=one)[0].job_id for one in (first, None)]
    leases.end_lease(first)
    assert [one.job_id for one in leases.take_over(second, AT, "{}")] == ids


@pytest.mark.parametrize("attempts", [1, 3])
def test_what_ran_when_its_server_died_is_begun_again_but_not_for_ever(clean, attempts):
    job_id = saved.add_job("local", "plan", "{}", AT)[0].job_id
    for _ in range(attempts):
        server_id = leases.begin_lease(60)
        taken = leases.take_over(server_id, AT, '{"status": 503}')
        assert saved.begin_job(job_id, AT, server_id)
        leases.end_lease(server_id)
    taken = leases.take_over(leases.begin_lease(60), AT, '{"status": 503}')
    found = saved.find_job(job_id)
    assert (found.state, len(taken)) == (("queued", 1) if attempts < 3 else ("failed", 0))


@pytest.mark.skipif(not os.path.exists("/proc/self/ns/pid"), reason="the system does not tell which processes live")  # noqa: PTH110
def test_a_process_of_this_machine_that_was_killed_is_not_waited_for(clean):
    script = "from landbridge.store import leases; import os; print(leases.begin_lease(600), flush=True); os.kill(os.getpid(), 9)"
    told = subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, check=False).stdout
    job_id = saved.add_job("me", "plan", "{}", AT, server_id=told.strip())[0].job_id
    assert [one.job_id for one in leases.take_over(leases.begin_lease(60), AT, "{}")] == [job_id]


def test_of_many_that_take_over_at_once_each_job_goes_to_one(clean):
    dead = leases.begin_lease(60)
    ids = {saved.add_job("me", "plan", "{}", AT, server_id=dead)[0].job_id for _ in range(12)}
    others = [leases.begin_lease(60) for _ in range(4)]
    let_end(dead)
    found: dict[str, tuple] = {}
    gate = threading.Barrier(4)

    def _take(server_id):
        gate.wait()
        found[server_id] = leases.take_over(server_id, AT, "{}")

    threads = [threading.Thread(target=_take, args=(one,)) for one in others]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    taken = [job.job_id for some in found.values() for job in some]
    assert sorted(taken) == sorted(ids)


def test_a_key_finds_its_job(clean):
    job, _ = saved.add_job("me", "plan", "{}", AT, "once")
    assert saved.find_keyed("me", "once").job_id == job.job_id
    assert saved.find_keyed("you", "once") is None
    engine.forget_engines()
