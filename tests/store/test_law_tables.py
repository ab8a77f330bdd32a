"""Lists, decisions and the audit log, on both databases."""

import secrets
from datetime import date
from threading import Thread

import pytest

from landbridge.domain.errors import QueryError
from landbridge.domain.screening import ListedEntry, ListEdition, Screening, ScreeningMatch
from landbridge.store.audit import append_record, verify_audit
from landbridge.store.database import open_store, stamp_store
from landbridge.store.decisions import confirm_decision, propose_decision, read_decisions, save_matches
from landbridge.store.lists import find_text, keep_text, read_editions, read_entries, save_list

AT = "2026-11-26T00:00:00+00:00"


def screened(name, match_id):
    match = ScreeningMatch(
        entry_id="e1", entry_name="Entry", matched_name="Entry", list_name="L", regime="EU", measure="freeze", program="", score=0.9,
        verdict="review", listed_on=None, delisted_on=None, features=(), content_hash="h", decision="",
    )  # fmt: skip
    found = Screening(
        name=name, kind="company", country="BY", as_of=date(2026, 11, 26), verdict="review", matches=(match,), lists=(), warnings=(),
    )  # fmt: skip
    save_matches(found, (match_id,), AT)


def test_the_log_hangs_together_and_only_grows(database):
    before = verify_audit().records
    for number in range(3):
        append_record("screening", {"name": f"Имя {number}"}, AT)
    found = verify_audit()
    assert (found.records >= before + 3, found.faults) == (True, ())  # tests on one PostgreSQL run side by side
    for statement in ("UPDATE audit SET body = 'x'", "DELETE FROM audit"):
        with pytest.raises(Exception, match="only grows"), open_store() as connection:
            connection.execute(statement)
    assert verify_audit().faults == ()


def test_writers_at_once_make_one_chain(database):
    before = verify_audit().records
    threads = [Thread(target=lambda: [append_record("plan", {"n": 1}, AT) for _ in range(10)]) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    found = verify_audit()
    assert (found.records >= before + 40, found.faults) == (True, ())


def test_a_decision_needs_its_second_person_and_its_match(database):
    match_id = secrets.token_hex(8)
    with pytest.raises(QueryError):
        propose_decision(match_id, "clear", "another", "Ann", date(2027, 1, 1), AT)
    for name in ("a name", "the name again \x00"):
        screened(name, match_id)
    made = propose_decision(match_id, "clear", "another", "Ann", date(2027, 1, 1), AT)
    with pytest.raises(QueryError, match="another person"):
        confirm_decision(match_id, "ann", AT)
    assert confirm_decision(match_id, "Bob", AT).confirmed_by == "Bob"
    assert [one.decision_id for one in read_decisions()[match_id]] == [made.decision_id]
    assert verify_audit().faults == ()


def test_an_edition_takes_the_place_of_the_one_before_and_changes_the_stamp(database):
    name = secrets.token_hex(6)
    before = stamp_store()
    for count in (2, 1):
        edition = ListEdition(list_name=name, regime="EU", published_on=date(2026, 11, 1), entries=count, origin="file", digest=f"d{count}")
        entries = [
            ListedEntry(entry_id=f"{name}-{number}", list_name=name, regime="EU", kind="company", names=("Имя",)) for number in range(count)
        ]
        rows = [(one, (("Имя", "k", False, ("x",), "[]"),)) for one in entries]
        save_list(edition, rows, AT)
    assert [one.digest for one in read_editions() if one.list_name == name] == ["d1"]
    assert sum(one.list_name == name for one, _ in read_entries()) == 1
    assert stamp_store() != before


def test_a_text_is_kept_and_replaced(database):
    for content in ("one", "two"):
        keep_text("key", content)
    assert find_text("key") == "two"


def test_the_log_is_whole_while_others_decide(database):
    match_id = secrets.token_hex(8)
    screened("a name", match_id)
    writer = Thread(target=lambda: [propose_decision(match_id, "blocked", "r", "Ann", date(2027, 1, 1), AT) for _ in range(15)])
    writer.start()
    while writer.is_alive():
        assert verify_audit().faults == ()
    writer.join()
