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
from landbridge.planner import saved, tasks
from landbridge.planner.tasks import Outcome
from landbridge.store.audit import append_record
from landbridge.store.backup import back_up, restore
from landbridge.store.engine import forget_engines

AT = "2026-11-27T00:00:00+00:00"
ANNA, BORIS = (Caller(name=name, role="planner") for name in ("anna", "boris"))


class Crew:
    """Takes orders and does none."""

    def __init__(self):
        self.orders, self.dropped = [], []

    def add(self, order):
        self.orders.append(order.job_id)

    def drop(self, job_id):
        self.dropped.append(job_id)

    def list_ids(self):
        return frozenset(self.orders) - frozenset(self.dropped)

    def tell_queue(self, job_id):
        return None


@pytest.fixture
def desk(small_feed, tmp_path, monkeypatch):
    monkeypatch.setenv("LANDBRIDGE_HOME", str(tmp_path))
    found = Desk(ServerSettings(feed=small_feed, planners=1, max_waiting=4))
    found._crews.answers = found._crews.books = Crew()
    yield found
    forget_engines()


@pytest.fixture
def request_of(small_feed, question):
    return lambda day: question | {"feed": small_feed, "ready": day}


def done(desk, job_id):
    """Tell the desk that a job is over, with an empty plan."""
    job = saved.find_job(job_id)
    digest = desk.answers.digest(json.loads(job.request))
    told = {"itineraries": 0, "compared": 0, "rejected": 0}
    outcome = Outcome(result=told, document=json.dumps({name: [] for name in told}), title="A plan", question_digest=digest)
    desk._hear(Report(job_id, "begun"))
    desk._hear(Report(job_id, "done", outcome))


def states(*ids):
    return [saved.find_job(one).state for one in ids]


def test_two_owners_get_the_answer_of_one_search_each_as_a_plan_of_their_own(desk, request_of):
    first, second = (desk.submit(who, "plan", request_of("2027-02-01")).job_id for who in (ANNA, BORIS))
    assert desk._crews.answers.orders == [first]
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
    assert desk._crews.answers.orders == ids[:2]
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
    assert desk._crews.answers.orders == ids[:1]


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


async def run_until(work, is_so, seconds=60):
    task = asyncio.create_task(work)
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until
        await asyncio.sleep(0.01)
    task.cancel()


def test_jobs_of_before_go_on_and_one_that_cannot_fails_alone(desk, request_of):
    desk._tenure.begin()
    good, broken = (saved.add_job("anna", "plan", text, AT)[0].job_id for text in (json.dumps(request_of("2027-02-12")), "[1]"))
    later = desk.submit(BORIS, "plan", request_of("2027-02-13")).job_id
    desk.keep_hold()
    assert desk._crews.answers.orders == [later, good]
    assert states(good, broken, later) == ["queued", "failed", "queued"]
    assert {saved.find_job(one).server_id for one in (good, later)} == {desk._tenure.server_id}


def test_a_server_that_others_took_for_dead_stops_and_begins_anew(desk, request_of):
    desk._tenure.begin()
    lost = desk.submit(ANNA, "plan", request_of("2027-02-16")).job_id
    desk._hear(Report(lost, "begun"))
    other = saved.begin_lease(60)
    before = desk._tenure.server_id
    saved.end_lease(before)
    assert [one.job_id for one in saved.take_over(other, AT, "{}")] == [lost]
    desk._hear(Report(lost, "failed", {"status": 503, "detail": "not heard"}))
    desk.keep_hold()
    assert desk._crews.answers.list_ids() == frozenset()
    assert desk._tenure.server_id != before
    assert (saved.find_job(lost).state, saved.find_job(lost).server_id) == ("queued", other)
    again = desk.submit(ANNA, "plan", request_of("2027-02-16")).job_id
    assert desk._crews.answers.list_ids() == {again}


def test_what_was_cancelled_by_way_of_another_server_is_stopped(desk, request_of):
    desk._tenure.begin()
    ids = [desk.submit(who, "plan", request_of("2027-02-17")).job_id for who in (ANNA, BORIS)]
    desk._hear(Report(ids[0], "begun"))
    assert saved.cancel_job(ids[0], AT)
    desk.keep_hold()
    assert desk._crews.answers.list_ids() == {ids[1]}


def test_after_a_backup_came_back_all_that_is_open_in_it_is_begun_again(desk, request_of, tmp_path):
    desk._tenure.begin()
    ids = [
        saved.add_job("anna", "plan", json.dumps(request_of(f"2027-02-{day}")), AT, server_id=desk._tenure.server_id)[0].job_id
        for day in (18, 20)
    ]
    assert saved.begin_job(ids[0], AT)
    append_record("test", {}, AT)
    back_up(str(tmp_path / "copy.sqlite3"))
    restore(str(tmp_path / "copy.sqlite3"))
    desk.keep_hold()
    assert desk._crews.answers.orders == ids
    assert states(*ids) == ["queued", "queued"]
    desk.keep_hold()
    assert desk._crews.answers.orders == ids


def test_nothing_is_begun_after_a_sleep_unless_the_lease_can_be_renewed(desk, request_of, monkeypatch):
    desk._tenure.begin()
    job_id = desk.submit(ANNA, "plan", request_of("2027-02-19")).job_id
    saved.end_lease(desk._tenure.server_id)
    later = time.monotonic() + 100
    monkeypatch.setattr("landbridge.api.tenure.monotonic", lambda: later)
    assert desk._hear(Report(job_id, "begun")) is False
    assert states(job_id) == ["queued"]


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


def test_plans_alone_wait_for_no_whole_answer(desk, request_of):
    """They go to processes of their own, and neither question waits for the other's answer."""
    desk._crews.plans = Crew()
    whole = request_of("2027-02-20")
    ids = [desk.submit(ANNA, "plan", one).job_id for one in (whole, whole | {"part": "plans"})]
    assert (desk._crews.answers.orders, desk._crews.plans.orders) == ([ids[0]], [ids[1]])
    assert desk._same.waiting_ids() == frozenset()
    assert desk.answers.digest(whole) != desk.answers.digest(whole | {"part": "plans"})
    assert tasks.whole_of(whole | {"part": "plans"}) == whole


def test_the_whole_answer_serves_whoever_asks_for_a_part(desk, request_of):
    whole = request_of("2027-02-21")
    job_id = desk.submit(ANNA, "plan", whole).job_id
    done(desk, job_id)
    plan_id = json.loads(saved.find_job(job_id).result)["plan_id"]
    assert desk.answers.find(ANNA, whole | {"part": "plans"}) == plan_id
