"""Answers kept between commands: the same plans to the byte, and never across another feed, question, decision or code."""

import os
import pickle
import sys
from dataclasses import replace

import pytest
from tools.make_hallway import HALLWAY, renew

from landbridge.planner import recall_plan, recall_text
from landbridge.planner.plan_record import stamp_gate
from landbridge.report.plan_document import document_text, plan_document
from landbridge.store import kept
from landbridge.store.audit import append_record
from tests.corridor import question, tiny_corridor


def kept_files():
    return sorted(kept.find_kept().glob("*.kept"))


def test_the_second_answer_is_the_first_to_the_byte():
    feed = tiny_corridor()
    first, was_kept = recall_plan(feed, question())
    second, is_kept = recall_plan(feed, question())
    assert (was_kept, is_kept) == (False, True)
    assert document_text(plan_document(second, feed)) == document_text(plan_document(first, feed))
    assert second.itineraries


@pytest.mark.parametrize("other", ["feed", "question", "decision", "code", "fresh"])
def test_anything_else_is_searched_anew(other, monkeypatch):
    feed, query = tiny_corridor(), question()
    recall_plan(feed, query)
    if other == "feed":
        feed = replace(feed, digest="another")
    if other == "question":
        query = replace(query, avoid=("line",))
    if other == "decision":
        monkeypatch.setattr("landbridge.planner.kept_plan.stamp_gate", lambda: ("List:another",))
    if other == "code":
        monkeypatch.setattr(kept, "code_stamp", lambda: "another")
    assert recall_plan(feed, query, is_fresh=other == "fresh")[1] is False


def test_the_stamp_of_the_gate_names_lists_and_decisions(monkeypatch):
    before = stamp_gate()
    append_record("import", {}, "2026-11-26T10:00:00+00:00")  # a store with a log alone judges nothing
    assert stamp_gate() == before == ()


def test_a_broken_file_costs_time_and_nothing_else():
    feed = tiny_corridor()
    recall_plan(feed, question())
    for path in kept_files():
        path.write_bytes(path.read_bytes()[:100])
    answer, is_kept = recall_plan(feed, question())
    assert answer.itineraries
    assert not is_kept


@pytest.mark.skipif(sys.platform == "win32", reason="no modes of files")
def test_what_others_may_have_written_is_not_run(tmp_path):
    class Trap:
        def __reduce__(self):
            return os.mkdir, (str(tmp_path / "sprung"),)

    key = kept.key_of("plan", "x")
    kept.keep(key, "mine")
    path = kept_files()[0]
    path.write_bytes(pickle.dumps(Trap()))
    path.chmod(0o666)
    assert kept.recall(key) is None
    assert not (tmp_path / "sprung").exists()


def test_the_oldest_are_forgotten(monkeypatch):
    monkeypatch.setattr(kept, "MOST_FILES", 2)
    for number in range(4):
        kept.keep(kept.key_of("n", number), number)
        os.utime(kept.find_kept() / f"{kept.key_of('n', number)}.kept", (number, number))
    assert [kept.recall(kept.key_of("n", number)) for number in range(4)] == [None, None, 2, 3]


def test_a_folder_that_cannot_be_written_keeps_nothing(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("LANDBRIDGE_HOME", str(tmp_path / "file"))
    kept.keep(kept.key_of("n", 1), 1)
    assert kept.recall(kept.key_of("n", 1)) is None


def test_texts_are_kept_too():
    feed, made = tiny_corridor(), []
    for _ in range(2):
        text = recall_text("document", feed, question(), lambda: made.append(1) or "text")
    assert (text, len(made)) == ("text", 1)


def test_the_table_of_the_hallway_is_that_of_its_imports():
    text = HALLWAY.read_text(encoding="utf-8")
    assert renew(text) == text, "run python -m tools.make_hallway"
