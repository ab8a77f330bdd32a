"""Books through the door: rows that are typed, reports, statements, scenarios; a company sees its own alone."""

import json

import pytest

from landbridge import planner
from landbridge.api.caller import Caller
from landbridge.api.routes_book import list_statements, own_rows
from landbridge.planner import saved, tasks
from landbridge.planner.shipment_rows import show_rows

AT = "2026-11-26T00:00:00+00:00"
SCENARIO = """title = "Everything twice"
dated_on = 2026-11-24
source = "A test."
[[scale]]
table = "shipments"
columns = ["units"]
factor = 2
"""


def wait(client, job):
    for line in client.get(f"/v1/jobs/{job['job_id']}/events").text.splitlines():
        if line.startswith("data: "):
            job = json.loads(line[6:])
    return job


@pytest.fixture(scope="module")
def book(running, small_feed):
    first = show_rows(tasks.keep_feed(small_feed))[0]
    rows = [first, first | {"shipment_id": "another"}]
    answer = running.post("/v1/book", json={"seconds": 2, "levers": 0, "shares": 2, "draws": 0, "shipments": rows})
    assert answer.status_code == 202, answer.text
    job = wait(running, answer.json())
    assert job["state"] == "done", job
    return job


def test_a_book_of_typed_rows_is_planned(book):
    assert len(book["result"]["shipments"]) == 2
    assert book["result"]["statements"]


def test_a_typed_company_that_is_listed_carries_nothing_and_one_that_is_not_is_told(client, small_feed):
    row = show_rows(tasks.keep_feed(small_feed))[0]
    rows = [row | {"shipper_id": "Nordwind Obscura Trading"}, row | {"shipment_id": "b", "shipper_id": "Honest Farm"}]
    job = wait(client, client.post("/v1/book", json={"seconds": 2, "levers": 0, "shares": 0, "shipments": rows}).json())
    listed, plain = job["result"]["shipments"]
    assert listed["itinerary"] is None
    assert plain["itinerary"] is not None
    told = [one["message"] for one in job["result"]["findings"] if one["code"] == "PARTY-TYPED"]
    assert sorted(one.split(" is not")[0] for one in told) == ["Honest Farm", "Nordwind Obscura Trading"]


@pytest.mark.parametrize(("form", "begin"), [("html", b"<!doctype"), ("pdf", b"%PDF"), ("xlsx", b"PK"), ("json", b"{")])
def test_a_joint_plan_is_reported(client, book, form, begin):
    answer = client.get(f"/v1/jobs/{book['job_id']}/report.{form}")
    assert answer.status_code == 200
    assert answer.content.startswith(begin)


def test_a_statement_is_downloaded_and_an_unknown_payer_is_not_there(client, book):
    payer = next(iter(book["result"]["statements"]))
    answer = client.get(f"/v1/jobs/{book['job_id']}/statements/{payer}.csv")
    assert answer.text.startswith("what,of,name,cents")
    assert client.get(f"/v1/jobs/{book['job_id']}/statements/{payer}.xlsx").content.startswith(b"PK")
    assert client.get(f"/v1/jobs/{book['job_id']}/statements/nobody.csv").status_code == 404


def test_faults_are_told_by_row_and_column(client, small_feed):
    row = show_rows(tasks.keep_feed(small_feed))[0]
    answer = client.post("/v1/book", json={"shipments": [row | {"units": "many", "from_place_id": "Nowhereville"}, row]})
    assert answer.status_code == 422
    told = {(one["row"], one["column"]) for one in answer.json()["findings"]}
    assert {(1, "units"), (1, "from_place_id"), (2, "shipment_id")} <= told


def test_a_company_sees_its_own_rows_and_statements(small_feed, book, client):
    dataset = tasks.keep_feed(small_feed)
    payer = next(iter(book["result"]["statements"]))
    mine, other = (Caller(name="c", role="company", party=one) for one in (payer, "nobody"))
    assert own_rows(dataset, other).shipments == ()
    assert all(payer in (one.shipper_id, one.consignee_id) for one in own_rows(dataset, mine).shipments)
    assert {one["party_id"] for one in list_statements(mine)} == {payer}
    assert list_statements(other) == []
    secret = saved.add_key("company-of-a-test", "company", payer, AT)
    headers = {"Authorization": f"Bearer {secret}"}
    assert client.get(f"/v1/jobs/{book['job_id']}/statements/{payer}.csv", headers=headers).status_code == 200
    others = [one for one in book["result"]["statements"] if one != payer]
    for one in others:
        assert client.get(f"/v1/jobs/{book['job_id']}/statements/{one}.csv", headers=headers).status_code == 404
    assert client.get(f"/v1/jobs/{book['job_id']}", headers=headers).status_code == 404
    assert client.get(f"/v1/feeds/{dataset.digest}/feed.zip", headers=headers).status_code == 403


def test_scenarios_are_listed_and_compared_before_and_after(client, small_feed, question):
    from pathlib import Path

    folder = Path(small_feed) / "scenarios"
    folder.mkdir(exist_ok=True)
    (folder / "twice.toml").write_text(SCENARIO, encoding="utf-8")
    dearer = SCENARIO.replace("Everything twice", "Prices twice").replace("shipments", "tariffs").replace('["units"]', '["amount"]')
    (folder / "dearer.toml").write_text(dearer, encoding="utf-8")
    assert [one["name"] for one in client.get("/v1/scenarios").json()["scenarios"]] == ["dearer", "twice"]
    answer = client.post("/v1/compare", json={"scenarios": ["twice"], "question": question})
    job = wait(client, answer.json())
    assert job["state"] == "done", job
    before, after = job["result"]["cases"]
    assert before["best"]["cheapest"] == after["best"]["cheapest"]
    assert after["title"] == "Everything twice"
    job = wait(client, client.post("/v1/compare", json={"scenarios": ["dearer"], "question": question}).json())
    before, after = job["result"]["cases"]
    assert before["best"]["cheapest"]["cost_cents"] < after["best"]["cheapest"]["cost_cents"]


def test_a_scenario_that_is_no_scenario_of_the_feed_is_refused(client, question):
    answer = client.post("/v1/compare", json={"scenarios": ["/etc/passwd"], "question": question})
    assert answer.status_code == 422
    assert answer.json()["findings"][0]["code"] == "UNKNOWN-SCENARIO"


def test_an_uploaded_archive_brings_its_scenarios(client, tmp_path, question):
    folder, packed = tmp_path / "twice", tmp_path / "twice.zip"
    planner.init_feed(str(folder))
    (folder / "scenarios").mkdir()
    (folder / "scenarios" / "twice.toml").write_text(SCENARIO, encoding="utf-8")
    planner.convert_feed(str(folder), str(packed))
    digest = client.post("/v1/feeds", content=packed.read_bytes()).json()["digest"]
    assert [one["name"] for one in client.get("/v1/scenarios", params={"feed": digest}).json()["scenarios"]] == ["twice"]
    job = client.post("/v1/compare", json={"scenarios": ["twice"], "question": question, "feed": digest})
    assert wait(client, job.json())["state"] == "done"
    again = client.get(f"/v1/feeds/{digest}/feed.zip")
    assert b"scenarios/twice.toml" in again.content


def test_an_archive_whose_scenario_is_wrong_is_refused(client, tmp_path):
    folder, packed = tmp_path / "wrong", tmp_path / "wrong.zip"
    planner.init_feed(str(folder))
    (folder / "scenarios").mkdir()
    (folder / "scenarios" / "odd.toml").write_text("title = 3\n", encoding="utf-8")
    planner.convert_feed(str(folder), str(packed))
    answer = client.post("/v1/feeds", content=packed.read_bytes())
    assert answer.status_code == 422
    assert {one["code"] for one in answer.json()["findings"]} == {"SCENARIO-WRONG"}
