"""Jobs, plans, feeds and keys on SQLite, and on PostgreSQL where ``LANDBRIDGE_TEST_POSTGRES`` names an empty database."""

import sqlite3
import subprocess
import sys

import pytest
from benchmarks.kill import find_lost, is_whole, kill_once

from landbridge.domain.errors import DataError, QueryError, SettingError
from landbridge.planner import saved
from landbridge.planner.store_file import back_up, restore
from landbridge.store import backup, engine

from .conftest import POSTGRES, own_database

AT = "2026-11-26T00:00:00+00:00"


def plan(number=0):
    return saved.SavedPlan(
        plan_id=saved.new_plan_id(), owner="me", question_digest=f"q{number}", feed_digest="d", title="t", request="{}", document="{}",
        created_at=AT,
    )  # fmt: skip


def test_a_job_and_its_plan_are_kept_together(database):
    job, is_new = saved.add_job("me", "plan", "{}", AT)
    assert is_new
    assert saved.begin_job(job.job_id, AT)
    made = plan()
    assert saved.finish_job(job.job_id, "{}", AT, made)
    assert saved.find_job(job.job_id).state == "done"
    assert saved.find_answer("me", "q0").plan_id == made.plan_id
    assert not saved.cancel_job(job.job_id, AT)


def test_a_cancelled_job_keeps_no_plan(database):
    job, _ = saved.add_job("me", "plan", "{}", AT)
    saved.begin_job(job.job_id, AT)
    assert saved.cancel_job(job.job_id, AT)
    made = plan()
    assert not saved.finish_job(job.job_id, "{}", AT, made)
    assert saved.find_plan(made.plan_id) is None


def test_a_job_is_begun_once(database):
    job, _ = saved.add_job("me", "plan", "{}", AT)
    assert [saved.begin_job(job.job_id, AT) for _ in range(2)] == [True, False]


def test_one_key_is_one_job_for_each_owner(database):
    key = saved.new_plan_id()
    first, _ = saved.add_job("me", "plan", "{}", AT, key)
    again, is_new = saved.add_job("me", "plan", "{}", AT, key)
    other, _ = saved.add_job("you", "plan", "{}", AT, key)
    assert (again.job_id, is_new) == (first.job_id, False)
    assert other.job_id != first.job_id


def test_lists_come_newest_first_and_in_pages(database):
    made = [plan(number) for number in range(3)]
    for one in made:
        saved.save_plan(one)
    page = saved.list_plans("me", limit=2)
    assert [one.plan_id for one in page] == [made[2].plan_id, made[1].plan_id]
    assert saved.list_plans("me", limit=1, before=page[-1].seq)[0].plan_id == made[0].plan_id


def test_a_feed_is_kept_once_and_laid_out(database):
    feed = saved.SavedFeed(digest=saved.new_plan_id(), name="f", owner="me", form="zip", created_at=AT, content=b"PK\x00\xff")
    assert [saved.save_feed(feed), saved.save_feed(feed)] == [True, False]
    from pathlib import Path

    assert Path(saved.unfold_feed(feed.digest)).read_bytes() == feed.content
    assert saved.unfold_feed("nothing") is None


def test_feeds_come_newest_first_and_in_pages_and_are_found_by_the_start_of_their_digest(database):
    start = saved.new_plan_id()[:12]
    for number in range(3):
        feed = saved.SavedFeed(digest=f"{start}-{number}", name="f", owner="me", form="zip", created_at=AT, content=b"PK")
        assert saved.save_feed(feed)
    page = saved.list_feeds(limit=2)
    assert [one.digest for one in page] == [f"{start}-2", f"{start}-1"]
    assert [one.digest for one in saved.list_feeds(limit=1, before=page[-1].seq)] == [f"{start}-0"]
    assert [one.digest for one in saved.find_feeds(f"{start.upper()}-1")] == [f"{start}-1"]
    assert len(saved.find_feeds(start)) == 2
    assert saved.find_feeds("%") == ()


def test_keys_are_checked_and_revoked(database):
    name = saved.new_plan_id()
    secret = saved.add_key(name, "planner", "", AT)
    assert saved.find_key(secret).role == "planner"
    assert saved.revoke_key(name, AT)
    assert saved.find_key(secret) is None
    with pytest.raises(QueryError) as caught:
        saved.add_key("", "boss", "", AT)
    assert [one.code for one in caught.value.findings] == ["KEY-NAME", "KEY-ROLE"]


def test_what_was_acknowledged_survives_being_killed(database):
    told = kill_once(f"{database}-killed", 1)
    assert told
    assert find_lost(told) == []
    assert is_whole()


def test_a_database_address_that_cannot_be_is_told_without_its_password(monkeypatch):
    monkeypatch.setenv("LANDBRIDGE_DATABASE_URL", "postgresql://me:secret@127.0.0.1:1/none?connect_timeout=1")
    with pytest.raises(SettingError) as caught:
        engine.open_engine()
    assert "secret" not in str(caught.value)
    monkeypatch.setenv("LANDBRIDGE_DATABASE_URL", "oracle://x")
    with pytest.raises(SettingError):
        engine.database_url()


def test_a_backup_comes_back_while_the_store_is_in_use(database, tmp_path):
    from landbridge.store.audit import append_record, verify_audit

    append_record("test", {}, AT)
    records = verify_audit().records
    before = plan()
    saved.save_plan(before)
    assert back_up(str(tmp_path / "copy.sqlite3")) > 0
    after = plan(1)
    saved.save_plan(after)
    append_record("test", {"after": "the backup"}, AT)
    assert restore(str(tmp_path / "copy.sqlite3")) == records
    assert saved.find_plan(before.plan_id)
    assert saved.find_plan(after.plan_id) is None
    assert (verify_audit().records, verify_audit().faults) == (records, ())
    append_record("test", {"on": "goes the log"}, AT)
    saved.save_plan(plan(2))
    assert not verify_audit().faults


def test_a_backup_of_a_file_comes_back_into_a_server_and_the_other_way(database, monkeypatch, tmp_path):
    from landbridge.store.audit import append_record, verify_audit

    kept = plan(3)
    saved.save_plan(kept)
    append_record("test", {"of": database}, AT)
    records = verify_audit().records
    back_up(str(tmp_path / "copy.sqlite3"))
    engine.forget_engines()
    monkeypatch.setenv("LANDBRIDGE_HOME", str(tmp_path / "another"))
    if database == "postgresql":
        monkeypatch.delenv("LANDBRIDGE_DATABASE_URL")
    elif POSTGRES:
        monkeypatch.setenv("LANDBRIDGE_DATABASE_URL", own_database())
    assert restore(str(tmp_path / "copy.sqlite3")) == records
    assert saved.find_plan(kept.plan_id)
    assert (verify_audit().records, verify_audit().faults) == (records, ())
    engine.forget_engines()


def test_the_log_refuses_changes_after_a_backup_came_back(database, tmp_path):
    from landbridge.store.audit import append_record
    from landbridge.store.database import open_store

    append_record("test", {}, AT)
    back_up(str(tmp_path / "copy.sqlite3"))
    restore(str(tmp_path / "copy.sqlite3"))
    with pytest.raises(Exception, match="only grows"), open_store() as connection:  # of either driver
        connection.execute("DELETE FROM audit")


@pytest.mark.parametrize("where", ["nowhere/copy.sqlite3", "folder"])
def test_a_backup_that_cannot_be_written_is_told(monkeypatch, tmp_path, where):
    monkeypatch.setenv("LANDBRIDGE_HOME", str(tmp_path / "home"))
    saved.save_plan(plan())
    (tmp_path / "folder").mkdir()
    with pytest.raises(SettingError, match="cannot be written"):
        back_up(str(tmp_path / where))
    engine.forget_engines()


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00" + b"\x00" * 100])
def test_what_is_no_backup_leaves_the_store_alone(monkeypatch, tmp_path, content):
    monkeypatch.setenv("LANDBRIDGE_HOME", str(tmp_path / "home"))
    kept = plan()
    saved.save_plan(kept)
    (tmp_path / "bad").write_bytes(content)
    opened, connect = [], sqlite3.connect
    with monkeypatch.context() as patch:
        patch.setattr(backup.sqlite3, "connect", lambda *what, **how: opened.append(connect(*what, **how)) or opened[-1])
        with pytest.raises(DataError):
            restore(str(tmp_path / "bad"))
    for connection in opened:  # an open file cannot be removed on every system
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")
    assert saved.find_plan(kept.plan_id)
    engine.forget_engines()


def test_two_processes_open_a_new_database_at_once(monkeypatch, tmp_path):
    monkeypatch.setenv("LANDBRIDGE_HOME", str(tmp_path))
    script = "from landbridge.store import engine, jobs; engine.open_engine(); print(len(jobs.list_open_ids()))"
    runs = [subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    assert [run.communicate()[0].strip() for run in runs] == ["0"] * 2


def test_a_whole_answer_takes_the_place_of_the_part_of_it(database):
    """One question leaves one plan: whoever has the address of the part gets the whole, and other questions and owners keep theirs."""
    from dataclasses import replace

    from landbridge.store.plans import mark_part

    digest, another = "0123456789abcdef" * 4, "f" * 64
    part = replace(plan(), question_digest=mark_part(digest), document='{"part": true}')
    others = [replace(part, plan_id=saved.new_plan_id(), owner="you"), replace(plan(), question_digest=mark_part(another))]
    for one in (part, *others):
        saved.save_plan(one)
    assert saved.find_plan(part.plan_id).document == '{"part": true}'
    job, _ = saved.add_job("me", "plan", "{}", AT)
    saved.begin_job(job.job_id, AT)
    whole = replace(plan(), question_digest=digest, document='{"whole": true}')
    assert saved.finish_job(job.job_id, "{}", AT, whole)
    assert [saved.find_plan(one.plan_id).plan_id for one in (part, whole)] == [whole.plan_id] * 2
    assert saved.find_plan(part.plan_id).document == '{"whole": true}'
    assert [saved.find_plan(one.plan_id).document for one in others] == ['{"part": true}', "{}"]
    assert saved.list_plans("me", limit=1)[0].plan_id == whole.plan_id


def test_a_job_that_was_cancelled_leaves_the_part_as_it_is(database):
    from dataclasses import replace

    from landbridge.store.plans import mark_part

    digest = "0123456789abcdef" * 4
    part = replace(plan(), question_digest=mark_part(digest), document='{"part": true}')
    saved.save_plan(part)
    job, _ = saved.add_job("me", "plan", "{}", AT)
    saved.cancel_job(job.job_id, AT)
    assert not saved.finish_job(job.job_id, "{}", AT, replace(plan(), question_digest=digest))
    assert saved.find_plan(part.plan_id).document == '{"part": true}'
