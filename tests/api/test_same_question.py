"""One search for many who ask the same: who waits, who is counted, and what happens when somebody goes."""

import asyncio
import json
import threading
import time

import pytest

from landbridge.api.bells import Bells, hear
from landbridge.api.caller import LOCAL, Caller
from landbridge.api.desk import Desk
from landbridge.api.problem import ProblemError
from landbridge.api.settings import ServerSettings
from landbridge.api.workers import Report
from landbridge.domain.errors import SettingError
from landbridge.planner import saved
from landbridge.planner.tasks import Outcome
from landbridge.store.engine import forget_engines

ANNA, BORIS = (Caller(name=name, role="planner") for name in ("anna", "boris"))


class Crew:
    """Takes orders and does none."""

    def __init__(self):
        self.orders, self.dropped = [], []

    def add(self, order):
        self.orders.append(order.job_id)

    def drop(self, job_id):
        self.dropped.append(job_id)


@pytest.fixture
def desk(small_feed, tmp_path, monkeypatch):
    monkeypatch.setenv("LANDBRIDGE_HOME", str(tmp_path))
    found = Desk(ServerSettings(feed=small_feed, planners=1, max_waiting=4))
    found._quick = found._long = Crew()
    yield found
    forget_engines()


@pytest.fixture
def request_of(small_feed, question):
    return lambda day: question | {"feed": small_feed, "ready": day}


def done(desk, job_id):
    """Tell the desk that a job is over, with an empty plan."""
    job = saved.find_job(job_id)
    digest = desk._digest(json.loads(job.request))
    told = {"itineraries": 0, "compared": 0, "rejected": 0}
    outcome = Outcome(result=told, document=json.dumps({name: [] for name in told}), title="A plan", question_digest=digest)
    desk._hear(Report(job_id, "begun"))
    desk._hear(Report(job_id, "done", outcome))


def states(*ids):
    return [saved.find_job(one).state for one in ids]


def test_two_owners_get_the_answer_of_one_search_each_as_a_plan_of_their_own(desk, request_of):
    first, second = (desk.submit(who, "plan", request_of("2027-02-01")).job_id for who in (ANNA, BORIS))
    assert desk._quick.orders == [first]
    done(desk, first)
    assert states(first, second) == ["done", "done"]
    plans = [saved.find_plan(json.loads(saved.find_job(one).result)["plan_id"]) for one in (first, second)]
    assert [one.owner for one in plans] == ["anna", "boris"]
    assert desk._same.waiting_ids() == frozenset()


def test_where_the_search_fails_all_fail(desk, request_of):
    ids = [desk.submit(who, "plan", request_of("2027-02-02")).job_id for who in (ANNA, BORIS, ANNA)]
    desk._hear(Report(ids[0], "begun"))
    desk._hear(Report(ids[0], "failed", {"status": 503, "detail": "no luck"}))
    assert states(*ids) == ["failed"] * 3
    assert json.loads(saved.find_job(ids[2]).problem)["detail"] == "no luck"


@pytest.mark.parametrize("is_running", [True, False])
def test_where_who_searches_is_cancelled_the_next_searches_at_once(desk, request_of, is_running):
    ids = [desk.submit(who, "plan", request_of("2027-02-03")).job_id for who in (ANNA, BORIS, ANNA)]
    if is_running:
        desk._hear(Report(ids[0], "begun"))
    desk.cancel(ids[0], ANNA)
    assert desk._quick.orders == ids[:2]
    assert desk._same.waiting_ids() == {ids[2]}
    desk._hear(Report(ids[0], "gone"))
    done(desk, ids[1])
    assert states(*ids) == ["cancelled", "done", "done"]


def test_who_waits_and_is_cancelled_is_forgotten(desk, request_of):
    ids = [desk.submit(who, "plan", request_of("2027-02-04")).job_id for who in (ANNA, BORIS, ANNA)]
    desk.cancel(ids[1], BORIS)
    assert desk._same.waiting_ids() == {ids[2]}
    done(desk, ids[0])
    assert states(*ids) == ["done", "cancelled", "done"]
    assert desk._quick.orders == ids[:1]


def test_cancelled_jobs_make_no_room_for_more_than_may_wait(desk, request_of):
    for _ in range(6):
        desk.cancel(desk.submit(ANNA, "plan", request_of("2027-02-05")).job_id, ANNA)
    for _ in range(4):  # the same again costs no search
        desk.submit(ANNA, "plan", request_of("2027-02-06"))
    desk.submit(ANNA, "plan", request_of("2027-02-07"))
    with pytest.raises(ProblemError, match="too many jobs"):
        desk.submit(ANNA, "plan", request_of("2027-02-08"))
    desk.submit(BORIS, "plan", request_of("2027-02-08"))


def test_who_waits_without_a_search_has_a_limit_too(desk, request_of):
    for _ in range(20):
        desk.submit(ANNA, "plan", request_of("2027-02-09"))
    with pytest.raises(ProblemError, match="too many jobs"):
        desk.submit(ANNA, "plan", request_of("2027-02-09"))


def test_an_end_that_cannot_be_noted_is_noted_later(desk, request_of, monkeypatch):
    ids = [desk.submit(who, "plan", request_of("2027-02-10")).job_id for who in (ANNA, BORIS)]
    fails = iter([True, True, False])
    keep = desk._keep

    def _keep(*args):
        if next(fails, False):
            raise SettingError("the database is locked")
        keep(*args)

    monkeypatch.setattr(desk, "_keep", _keep)
    monkeypatch.setattr("landbridge.api.desk._MEND_S", 0.01)
    done(desk, ids[0])
    assert states(*ids) == ["running", "queued"]
    asyncio.run(run_until(desk._mend(), lambda: states(*ids) == ["done", "done"]))
    assert not desk._unnoted


def test_an_end_that_can_never_be_noted_is_a_failure(desk, request_of, monkeypatch):
    ids = [desk.submit(who, "plan", request_of("2027-02-11")).job_id for who in (ANNA, BORIS)]
    monkeypatch.setattr(desk, "_keep", lambda *args: 1 / 0)
    monkeypatch.setattr("landbridge.api.desk._MEND_S", 0.01)
    done(desk, ids[0])
    asyncio.run(run_until(desk._mend(), lambda: states(*ids) == ["failed", "failed"]))
    assert json.loads(saved.find_job(ids[0]).problem)["status"] == 503


async def run_until(work, is_so, seconds=10):
    task = asyncio.create_task(work)
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until
        await asyncio.sleep(0.01)
    task.cancel()


def test_jobs_of_before_go_on_and_one_that_cannot_fails_alone(desk, request_of):
    good = desk.submit(ANNA, "plan", request_of("2027-02-12")).job_id
    broken, _ = saved.add_job("anna", "plan", "[1]", "2026-11-27T00:00:00+00:00")
    desk._quick.orders.clear()
    later = saved.add_job("anna", "plan", json.dumps(request_of("2027-02-13")), "2999-01-01T00:00:00+00:00")[0]
    desk._same.leave(good)  # as a new server knows of nothing
    asyncio.run(desk._reopen("2998-01-01T00:00:00+00:00"))
    assert desk._quick.orders == [good]
    assert states(good, broken.job_id, later.job_id) == ["queued", "failed", "queued"]


def test_waiting_for_somebody_else_looks_seldom_and_leaves_nothing_behind(desk, request_of, monkeypatch):
    job_id = desk.submit(ANNA, "plan", request_of("2027-02-14")).job_id
    looks, find = [], saved.find_job
    monkeypatch.setattr(saved, "find_job", lambda one: looks.append(one) or find(one))

    async def _wait():
        desk._bells.open()
        return await desk._outlast(job_id, time.monotonic() + 1.0)

    assert asyncio.run(_wait()) is False
    assert len(looks) <= 6
    assert desk._bells.count() == 0


def test_a_bell_is_heard_from_another_thread_by_all_and_taken_away():
    async def _listen():
        bells = Bells()
        bells.open()
        with bells.listen("a") as one, bells.listen("a") as two:
            threading.Thread(target=bells.ring, args=("a",)).start()
            assert [await hear(one, 5), await hear(two, 5)] == [True, True]
            assert not await hear(one, 0.01)
        return bells.count()

    assert asyncio.run(_listen()) == 0


def test_a_wait_that_ends_before_the_job_leaves_no_bell(desk, request_of):
    job_id = desk.submit(LOCAL, "plan", request_of("2027-02-15")).job_id

    async def _wait():
        desk._bells.open()
        job = await desk.wait(job_id, LOCAL, 0.05)
        return job.state, desk._bells.count()

    assert asyncio.run(_wait()) == ("queued", 0)
