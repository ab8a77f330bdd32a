"""Jobs: followed, cancelled, asked twice, and begun again after the server died."""

import json
import time

import pytest


def wait_for(client, job_id, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        job = client.get(f"/v1/jobs/{job_id}").json()
        if job["state"] not in ("queued", "running"):
            return job
        time.sleep(0.05)
    raise AssertionError("the job did not end")


def test_a_job_ends_with_its_plan(client, question):
    begun = client.post("/v1/jobs", json={"plan": question | {"ready": "2026-12-20"}})
    assert begun.status_code == 202
    job = wait_for(client, begun.json()["job_id"])
    assert job["state"] == "done"
    assert client.get(f"/v1/plans/{job['result']['plan_id']}").json()["query"]["ready_on"] == "2026-12-20"


def test_events_end_with_the_job(client):
    begun = client.post("/v1/jobs", json={"screen": {"csv": "name\nNobody in Particular\nAnother One\n"}}).json()
    with client.stream("GET", f"/v1/jobs/{begun['job_id']}/events") as lines:
        told = [json.loads(line.removeprefix("data: ")) for line in lines.iter_lines() if line.startswith("data: ")]
    assert told[-1]["state"] == "done"
    assert sum(told[-1]["result"]["counts"].values()) == 2
    rows = client.get(f"/v1/jobs/{begun['job_id']}/answers.csv").text.splitlines()
    assert len(rows) == 3


def test_the_same_key_gives_the_same_job(client):
    body = {"screen": {"csv": "name\nA Company\n"}}
    first = client.post("/v1/jobs", json=body, headers={"Idempotency-Key": "once"}).json()
    assert client.post("/v1/jobs", json=body, headers={"Idempotency-Key": "once"}).json()["job_id"] == first["job_id"]
    other = client.post("/v1/jobs", json={"screen": {"csv": "name\nB\n"}}, headers={"Idempotency-Key": "once"})
    assert other.status_code == 409


def test_a_job_can_be_cancelled_while_it_waits_or_runs(client, small_feed):
    names = "name\n" + "".join(f"Company of Number {number}\n" for number in range(15_000))
    running = client.post("/v1/jobs", json={"screen": {"csv": names}}).json()
    waiting = client.post("/v1/jobs", json={"screen": {"csv": "name\nLast in line\n"}}).json()
    assert client.delete(f"/v1/jobs/{waiting['job_id']}").json()["state"] == "cancelled"
    assert client.delete(f"/v1/jobs/{running['job_id']}").json()["state"] == "cancelled"
    after = client.post("/v1/jobs", json={"screen": {"csv": "name\nAfterwards\n"}}).json()
    assert wait_for(client, after["job_id"])["state"] == "done"


def test_a_broken_file_fails_with_its_findings(client):
    begun = client.post("/v1/jobs", json={"screen": {"csv": "title\nNo such column\n"}}).json()
    job = wait_for(client, begun["job_id"])
    assert job["state"] == "failed"
    assert job["problem"]["findings"][0]["code"] == "PARTIES-COLUMN"


def test_the_same_question_asked_by_many_at_once_is_searched_once(client, question):
    from concurrent.futures import ThreadPoolExecutor

    asked = question | {"ready": "2027-01-11"}
    before = {one["job_id"] for one in client.get("/v1/jobs", params={"limit": 100}).json()["jobs"]}
    with ThreadPoolExecutor(5) as many:
        answers = list(many.map(lambda _: client.post("/v1/plan", json=asked), range(5)))
    assert [one.status_code for one in answers] == [200] * 5
    assert len({one.headers["landbridge-plan"] for one in answers}) == 1
    after = {one["job_id"] for one in client.get("/v1/jobs", params={"limit": 100}).json()["jobs"]}
    assert len(after - before) == 1


def test_whoever_will_not_wait_for_the_plan_of_another_gets_a_job(client, question):
    asked = question | {"ready": "2027-01-12"}
    answers = [client.post("/v1/plan", json=asked, params={"wait": 0}) for _ in range(2)]
    assert {one.status_code for one in answers} <= {200, 202}
    for one in answers:
        if one.status_code == 202:
            assert wait_for(client, one.json()["job_id"])["state"] == "done"


@pytest.fixture
def held(monkeypatch):
    """Orders that are held back from the processes until they are let go."""
    from landbridge.api.workers import Crew

    orders, add = [], Crew.add
    monkeypatch.setattr(Crew, "add", lambda crew, order: orders.append((crew, order)))

    def _let_go():
        monkeypatch.setattr(Crew, "add", add)
        for crew, order in orders:
            crew.add(order)
        return [order.job_id for _, order in orders]

    return _let_go


def test_many_who_will_not_wait_have_their_question_searched_once(client, question, held):
    """Their waits end before the answer: each has a job of its own, and one of them is done."""
    asked = question | {"ready": "2027-01-21"}
    jobs = [client.post("/v1/plan", json=asked, params={"wait": 0}) for _ in range(6)]
    jobs += [client.post("/v1/jobs", json={"plan": asked}) for _ in range(2)]
    assert [one.status_code for one in jobs] == [202] * 8
    ids = [one.json()["job_id"] for one in jobs]
    assert held() == ids[:1]
    ends = [wait_for(client, one) for one in ids]
    assert {one["state"] for one in ends} == {"done"}
    assert len({json.dumps(one["result"]) for one in ends}) == 1
    assert ends[0]["result"]["itineraries"] > 0


def test_a_job_that_waits_for_another_is_done_where_that_is_cancelled(client, question, held):
    asked = question | {"ready": "2027-01-22"}
    first, second, third = (client.post("/v1/jobs", json={"plan": asked}).json()["job_id"] for _ in range(3))
    assert [client.delete(f"/v1/jobs/{one}").json()["state"] for one in (second, first)] == ["cancelled"] * 2
    assert held() == [first, third]
    assert wait_for(client, third)["state"] == "done"
    assert [client.get(f"/v1/jobs/{one}").json()["state"] for one in (first, second)] == ["cancelled"] * 2


def test_a_process_that_holds_too_much_is_begun_anew(monkeypatch, client, question):
    from landbridge.api import workers

    assert workers.memory_mb(0) == 0
    monkeypatch.setattr(workers, "MOST_MB", 0)
    for day in ("2027-01-13", "2027-01-14"):
        assert client.post("/v1/plan", json=question | {"ready": day}).status_code == 200
