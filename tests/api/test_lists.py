"""Published lists that come in through the door: checked, imported by whom, noted; broken ones change nothing."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest

from landbridge.api.caller import LOCAL
from landbridge.api.clock import read_clock
from landbridge.api.desk import Desk
from landbridge.api.problem import ProblemError
from landbridge.api.routes_screen import submit_lists
from landbridge.api.settings import ServerSettings
from landbridge.api.workers import Report
from landbridge.domain.errors import QueryError
from landbridge.planner import saved
from landbridge.store.baskets import find_basket, safe_name
from landbridge.store.engine import forget_engines, open_engine
from tests.api.test_jobs import wait_for

HEAD = "id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,phones,emails,program_ids,dataset,first_seen,last_seen,last_change\n"  # noqa: E501
ROW = 'x-1,Company,Blue Heron Shipping,,,ru,,,,,,EU-UKR,"EU Financial Sanctions Files (FSF)",2024-01-01,2026-11-20,2026-11-19\n'


def send(client, *files, **form):
    return client.post("/v1/lists", files=[("files", one) for one in files], data=form)


def test_a_list_is_imported_by_whom_and_noted(client, server_home):
    begun = send(client, ("../../opensanctions.csv", HEAD + ROW), published="2026-11-20")
    assert begun.status_code == 202
    job = wait_for(client, begun.json()["job_id"])
    assert job["state"] == "done", job
    (edition,) = job["result"]["lists"]
    assert (edition["published_on"], edition["entries"], edition["origin"]) == ("2026-11-20", 1, "opensanctions.csv")
    assert edition["list"] in [one["list"] for one in client.get("/v1/lists").json()["lists"]]
    answer = client.post("/v1/screen", json={"parties": [{"name": "Blue Heron Shipping"}]}).json()["answers"][0]
    assert answer["verdict"] == "blocked"
    assert client.get("/v1/audit").json()["is_intact"]
    with closing(sqlite3.connect(f"{server_home}/landbridge.sqlite3")) as connection, connection:
        told = [row[0] for row in connection.execute("SELECT body FROM audit WHERE kind = 'import'")]
    assert any('"by"' in one and "local" in one for one in told)


def test_all_faults_of_all_files_come_at_once_and_nothing_is_imported(client):
    before = client.get("/v1/lists").json()
    begun = send(client, ("one.csv", "nonsense"), ("two.xml", "<broken"), ("three.csv", HEAD + ROW), published="2026-11-20")
    job = wait_for(client, begun.json()["job_id"])
    assert job["state"] == "failed"
    assert {one["file"] for one in job["problem"]["findings"]} == {"one.csv", "two.xml"}
    assert "uploads" not in str(job["problem"])
    assert client.get("/v1/lists").json() == before


def test_the_same_key_with_the_same_files_gives_the_same_job_and_one_import(client, server_home):
    def begin(content, published="2026-11-20"):
        files = [("files", ("again.csv", content))]
        return client.post("/v1/lists", files=files, data={"published": published}, headers={"Idempotency-Key": "lists-once"})

    def count_imports():
        with closing(sqlite3.connect(f"{server_home}/landbridge.sqlite3")) as connection, connection:
            return connection.execute("SELECT count(*) FROM audit WHERE kind = 'import'").fetchone()[0]

    before = count_imports()
    content = HEAD + ROW.replace("x-1", "x-9").replace("Blue Heron", "Grey Heron")
    first, again = begin(content), begin(content)
    assert [first.status_code, again.status_code] == [202, 202]
    assert first.json()["job_id"] == again.json()["job_id"]
    assert wait_for(client, first.json()["job_id"])["state"] == "done"
    assert begin(content).json()["state"] == "done"
    for other in (begin(content + "\n"), begin(content, "2026-11-21")):
        assert (other.status_code, other.json()["title"]) == (409, "It was asked otherwise before")
    assert list(Path(server_home, "uploads").glob("*")) == []
    assert count_imports() == before + 1


def test_a_list_without_a_day_says_so(client):
    dayless = HEAD + ROW.replace(",2024-01-01,2026-11-20,2026-11-19", ",,,")
    job = wait_for(client, send(client, ("dayless.csv", dayless)).json()["job_id"])
    assert [one["code"] for one in job["problem"]["findings"]] == ["LIST-DAY"]


@pytest.mark.parametrize(
    ("files", "form", "status"),
    [
        ([], {"published": "2026-11-20"}, 422),
        ([("a.csv", "x"), ("a.csv", "y")], {}, 422),
        ([("a.csv", "")], {}, 422),
        ([("a.csv", "x")], {"published": "yesterday"}, 422),
        ([(f"{number}.csv", "x") for number in range(13)], {}, 400),
    ],
)
def test_what_is_no_upload_is_refused(client, files, form, status):
    assert send(client, *files, **form).status_code == status


def test_a_body_of_another_kind_is_refused(client):
    for headers in ({"Content-Type": "application/json"}, {"Content-Type": "multipart/form-data"}):
        answer = client.post("/v1/lists", content=b"{}", headers=headers)
        assert answer.status_code in (400, 422), answer.text


def test_entities_of_an_xml_file_are_not_expanded(client):
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><CONSOLIDATED_LIST>&b;</CONSOLIDATED_LIST>'
    job = wait_for(client, send(client, ("un.xml", bomb), published="2026-11-20").json()["job_id"])
    assert job["state"] == "failed"
    assert job["problem"]["status"] == 422
    assert [one["code"] for one in job["problem"]["findings"]] == ["LIST-UNSAFE"]


def test_a_long_name_of_a_file_is_cut_as_file_systems_count(client):
    name = safe_name("制" * 96 + ".xml")
    assert name.endswith("制.xml")
    assert len(name.encode()) <= 200
    assert send(client, ("制" * 96 + ".xml", "<broken"), published="2026-11-20").status_code == 202


def desk_of_no_processes(small_feed, monkeypatch, home, **settings):
    """A desk whose jobs wait."""
    monkeypatch.setenv("LANDBRIDGE_HOME", str(home))
    open_engine()
    return Desk(ServerSettings(feed=small_feed, planners=1, **settings))


def test_an_upload_is_gone_when_the_process_that_reads_it_is_ended(small_feed, monkeypatch, tmp_path):
    desk = desk_of_no_processes(small_feed, monkeypatch, tmp_path)
    job = submit_lists(desk, LOCAL, [("one.csv", BytesIO(b"x"))], "")
    assert len(list((tmp_path / "uploads").iterdir())) == 1
    desk._hear(Report(job.job_id, "begun"))
    desk._hear(Report(job.job_id, "failed", {"status": 503, "detail": "the process that did the job ended"}))
    assert saved.find_job(job.job_id).state == "failed"
    assert list((tmp_path / "uploads").iterdir()) == []
    forget_engines()


def test_where_too_much_waits_no_upload_is_written(small_feed, monkeypatch, tmp_path):
    desk = desk_of_no_processes(small_feed, monkeypatch, tmp_path, max_waiting=2)
    desk.submit(LOCAL, "screen", {"csv": "name\nA B\n", "file": "x.csv"})
    monkeypatch.setattr(saved, "keep_basket", lambda files: pytest.fail("an upload was written"))
    with pytest.raises(ProblemError, match="too many jobs"):
        submit_lists(desk, LOCAL, [("one.csv", BytesIO(b"x"))], "")
    forget_engines()


def test_a_fault_of_the_import_is_not_told_as_one_of_the_body(client, monkeypatch):
    def fail(*_):
        raise AssertionError("a fault of our own")

    monkeypatch.setattr("landbridge.api.routes_screen.submit_lists", fail)
    with pytest.raises(AssertionError, match="of our own"):
        send(client, ("one.csv", "x"))


def test_uploads_leave_their_folder_by_no_name(monkeypatch, tmp_path):
    monkeypatch.setenv("LANDBRIDGE_HOME", str(tmp_path))
    names = ("../../etc/passwd", "C:\\x\\sdn.csv", ".hidden", "a\x00b", "список.xml", "")
    assert [safe_name(one) for one in names] == ["passwd", "sdn.csv", "hidden", "a_b", "список.xml", "upload"]
    token, digest = saved.keep_basket([("../../sdn.csv", BytesIO(b"1"))])
    assert [one.parent.parent.parent for one in find_basket(token)] == [tmp_path]
    assert find_basket("../..") == ()
    again, same = saved.keep_basket([("sdn.csv", BytesIO(b"1"))])
    assert (again != token, same) == (True, digest)
    assert saved.keep_basket([("sdn.csv", BytesIO(b"2"))])[1] != digest
    later = (datetime.fromisoformat(read_clock()) + timedelta(days=2)).isoformat()
    saved.drop_old_baskets(later, frozenset((token,)))
    assert find_basket(token)
    saved.drop_old_baskets(later, frozenset())
    assert not find_basket(token)
    with pytest.raises(QueryError):
        saved.keep_basket([])
    assert list((tmp_path / "uploads").iterdir()) == []
