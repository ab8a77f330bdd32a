"""The audit log: what is acknowledged is there, and no change goes unseen."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import date

import pytest

from landbridge.store.audit import append_answer, append_record, list_audit, verify_audit
from landbridge.store.database import FILE, find_home
from landbridge.store.decisions import confirm_decision, propose_narrowing

AT = "2026-11-26T10:00:00+00:00"


def fill(count=5):
    for number in range(count):
        append_record("screening", {"name": f"Имя {number}", "number": number}, AT)


def tamper(*statements):
    """Change the file as somebody would who has it: the triggers are no lock."""
    with closing(sqlite3.connect(find_home() / FILE)) as connection, connection:
        for name in ("audit_never_changes", "audit_never_shrinks"):
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)


def test_a_fresh_log_is_intact():
    fill()
    found = verify_audit()
    assert (found.records, found.faults) == (5, ())
    assert verify_audit((f"5:{found.head}", found.head)).faults == ()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE audit SET body = replace(body, '2', '7') WHERE seq = 3", "record 3 was altered"),
        ("UPDATE audit SET at = '2020' WHERE seq = 2", "record 2 was altered"),
        ("UPDATE audit SET kind = 'plan' WHERE seq = 5", "record 5 was altered"),
        ("DELETE FROM audit WHERE seq = 3", "record 3 is missing"),
        ("UPDATE audit SET seq = seq + 100 WHERE seq = 2", "record 2 is missing"),
        ("INSERT INTO audit SELECT 6, at, kind, body, previous, 'x' FROM audit WHERE seq = 4", "record 6"),
    ],
)
def test_every_change_is_found(change, told):
    fill()
    tamper(change)
    assert any(told in fault for fault in verify_audit().faults)


def test_two_records_that_changed_places_are_found():
    fill()
    tamper("UPDATE audit SET seq = 99 WHERE seq = 2", "UPDATE audit SET seq = 2 WHERE seq = 3", "UPDATE audit SET seq = 3 WHERE seq = 99")
    assert len(verify_audit().faults) >= 2


def test_only_an_anchor_shows_that_the_end_was_cut_off():
    fill()
    head = verify_audit().head
    tamper("DELETE FROM audit WHERE seq = 5")
    assert verify_audit().faults == ()
    assert "cut off" in verify_audit((f"5:{head}",)).faults[0]


def test_the_file_itself_refuses_changes():
    fill(1)
    with closing(sqlite3.connect(find_home() / FILE)) as connection, connection, pytest.raises(sqlite3.IntegrityError, match="only grows"):
        connection.execute("UPDATE audit SET kind = 'x'")
    with closing(sqlite3.connect(find_home() / FILE)) as connection, connection, pytest.raises(sqlite3.IntegrityError, match="only grows"):
        connection.execute("DELETE FROM audit")


WRITER = """
import sys
from landbridge.store.audit import append_record
for number in range(int(sys.argv[2])):
    record = append_record("screening", {"writer": sys.argv[1], "number": number}, "2026-11-26T10:00:00+00:00")
    print(record.seq, record.hash, flush=True)
"""


def start(name, count):
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, name, str(count)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ.copy()
    )


def test_writers_at_once_lose_nothing():
    writers = [start(str(number), 15) for number in range(4)]
    told = [line.split() for writer in writers for line in writer.communicate(timeout=60)[0].splitlines()]
    assert all(writer.returncode == 0 for writer in writers)
    found = verify_audit(tuple(f"{seq}:{digest}" for seq, digest in told))
    assert (found.records, found.faults, len(told)) == (60, (), 60)


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_a_killed_writer_loses_nothing_that_it_was_told_is_there():
    told = []
    for wait in (0.0, 0.02, 0.05):
        writer = start("x", 100_000)
        told.append(writer.stdout.readline())
        time.sleep(wait)
        writer.send_signal(signal.SIGKILL)
        told += [
            line for line in writer.communicate(timeout=30)[0].splitlines(keepends=True) if line.endswith("\n") and len(line.split()) == 2
        ]
    anchors = tuple(":".join(line.split()) for line in told)
    assert len(anchors) >= 3
    assert verify_audit(anchors).faults == ()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE decisions SET verdict = 'clear'", "decision 1"),
        ("UPDATE decisions SET until = '2099-01-01'", "decision 1"),
        ("UPDATE decisions SET confirmed_by = 'Boris'", "confirmation of decision 1 by Boris"),
        (
            "INSERT INTO decisions SELECT 2, match_id, entry_hash, 'clear', reason, 'X', decided_at, until, 'Y', decided_at FROM decisions",
            "decision 2",
        ),
        ("DELETE FROM audit WHERE kind = 'decision'", "decision 1"),
    ],
)
def test_a_decision_past_the_log_is_found(change, told):
    propose_narrowing("policy:UK", date(2026, 11, 1), "counsel", "Anna", date(2026, 12, 31), AT)
    assert verify_audit().faults == ()
    tamper(change)
    assert any(told in fault for fault in verify_audit().faults)


def test_decisions_and_confirmations_of_the_log_are_intact():
    propose_narrowing("policy:UK", date(2026, 11, 1), "counsel", "Anna", date(2026, 12, 31), AT)
    confirm_decision("policy:UK", "Boris", AT)
    assert verify_audit().faults == ()


def test_the_whole_answer_names_the_part_that_was_shown_before():
    """Two records of one question are two answers that were seen: the log says that they belong together."""
    append_answer({"itineraries": 3, "part": "plans"}, "2026-11-27T10:00:00+00:00", "q1")
    append_answer({"itineraries": 9}, "2026-11-27T10:00:01+00:00", "q2")
    append_answer({"itineraries": 3}, "2026-11-27T10:00:02+00:00", "q1")
    append_answer({"itineraries": 3}, "2026-11-27T10:00:03+00:00", "q1")  # asked again: nothing is left to complete
    append_answer({"itineraries": 3}, "2026-11-27T10:00:04+00:00", None)
    bodies = [json.loads(one.body) for one in reversed(list_audit(10))]
    assert [one.get("question") for one in bodies] == ["q1", "q2", "q1", "q1", None]
    assert [one.get("completes") for one in bodies] == [None, None, 1, None, None]
    assert [one.seq for one in list_audit(2)] == [5, 4]
    assert verify_audit().faults == ()
