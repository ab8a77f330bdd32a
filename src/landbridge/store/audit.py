"""The audit log: records that hang on each other by their hashes, so that none can be altered, removed or moved unseen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from landbridge.store.database import Connection, has_store, looking, open_store, writing

START = "0" * 64
_LOOKED_BACK = 1_000
"""Records of plans among which the part of an answer is looked for that another completes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRecord:
    """One record: its number from 1, the time that the door told, what happened, and the two hashes."""

    seq: int
    at: str
    kind: str
    body: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditCheck:
    """What a check of the log found: how many records, the hash of the last, and everything that is wrong."""

    records: int
    head: str
    faults: tuple[str, ...]


def append_record(kind: str, body: dict[str, Any], at: str) -> AuditRecord:
    """Append one record and return it once it has reached the disk.

    Parameters
    ----------
    kind
        ``import``, ``screening``, ``decision``, ``plan``, ...
    body
        What happened; JSON values only.
    at
        Time in UTC, ISO 8601, as the door read it.
    """
    with open_store() as connection, writing(connection):
        return append_in(connection, kind, body, at)


def append_answer(body: dict[str, Any], at: str, question: str | None) -> AuditRecord:
    """Append the record of a plan that was answered; ``question`` is the digest of what was asked, None where nothing is shown in parts.

    Two records of one question are right where the plans were shown first: each is an answer that left the house. The second names the
    first as ``completes``, if it is among the last thousand records.
    """
    with open_store() as connection, writing(connection):
        told = body if question is None else body | {"question": question}
        if question is not None and "part" not in body:
            shown = _find_part(connection, question)
            told |= {} if shown is None else {"completes": shown}
        return append_in(connection, "plan", told, at)


def _find_part(connection: Connection, question: str) -> int | None:
    """The record of the newest part of the answer to a question that no record completes yet."""
    rows = connection.execute("SELECT seq, body FROM audit WHERE kind = 'plan' ORDER BY seq DESC LIMIT ?", (_LOOKED_BACK,))
    for seq, text in rows:
        if question in text and (body := json.loads(text)).get("question") == question:
            return int(seq) if "part" in body else None
    return None


def list_audit(count: int) -> tuple[AuditRecord, ...]:
    """The newest records, the last one first; none where there is no store."""
    if not has_store():
        return ()
    with open_store() as connection, looking(connection):
        rows = connection.execute("SELECT seq, at, kind, body, previous, hash FROM audit ORDER BY seq DESC LIMIT ?", (count,))
        return tuple(
            AuditRecord(seq=seq, at=at, kind=kind, body=body, previous=previous, hash=digest)
            for seq, at, kind, body, previous, digest in rows
        )


def append_in(connection: Connection, kind: str, body: dict[str, Any], at: str) -> AuditRecord:
    """Append within a transaction that is already open, so that a change and its record stand or fall together."""
    row = connection.execute("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    seq, previous = (row[0] + 1, row[1]) if row else (1, START)
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hash_record(seq, at, kind, text, previous)
    connection.execute("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?)", (seq, at, kind, text, previous, digest))
    return AuditRecord(seq=seq, at=at, kind=kind, body=text, previous=previous, hash=digest)


def hash_record(seq: int, at: str, kind: str, body: str, previous: str) -> str:
    """SHA-256 of a record with the hash of the one before it."""
    text = json.dumps([seq, at, kind, body, previous], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def list_records(connection: Connection) -> Iterator[AuditRecord]:
    for seq, at, kind, body, previous, digest in connection.execute("SELECT seq, at, kind, body, previous, hash FROM audit ORDER BY seq"):
        yield AuditRecord(seq=seq, at=at, kind=kind, body=body, previous=previous, hash=digest)


def _forged_decisions(connection: Connection) -> Iterator[str]:
    """Decisions that do not stand in the log as they stand in their table: made, changed or confirmed without a record."""
    logged = list(_bodies(connection, "decision"))
    confirmed = {(body["decision"], body["by"]) for body in _bodies(connection, "confirmation")}
    rows = connection.execute(
        "SELECT decision_id, match_id, verdict, reason, decided_by, until, confirmed_by FROM decisions ORDER BY decision_id"
    )
    for number, (decision_id, match_id, verdict, reason, by, until, confirmed_by) in enumerate(rows):
        body = logged[number] if number < len(logged) else {}
        told = (body.get("match", body.get("policy")), body.get("verdict", "narrow"), body.get("reason"), body.get("by"), body.get("until"))
        if told != (match_id, verdict, reason, by, until):
            yield f"decision {decision_id} about {match_id} is not what the log says"
        if confirmed_by is not None and (decision_id, confirmed_by) not in confirmed:
            yield f"the confirmation of decision {decision_id} by {confirmed_by} is not in the log"


def _bodies(connection: Connection, kind: str) -> Iterator[dict[str, Any]]:
    return (json.loads(record.body) for record in list_records(connection) if record.kind == kind)


def verify_audit(anchors: tuple[str, ...] = ()) -> AuditCheck:
    """Check the whole log.

    Parameters
    ----------
    anchors
        Hashes of heads noted elsewhere earlier, as ``SEQ:HASH`` or ``HASH``: each must still stand in the log.

    Returns
    -------
    AuditCheck
        A record that was altered, removed or moved breaks its own hash, the number or the link; a log that was cut off at its end, or
        written anew as a whole, is only seen by an anchor. A decision that was made or confirmed past the log is seen too.
    """
    faults: list[str] = []
    head, expected = START, 1
    seen: dict[str, int] = {}
    with open_store() as connection, looking(connection):
        for record in list_records(connection):
            if record.seq != expected:
                faults.append(
                    f"record {expected} is missing: {record.seq} comes next"
                    if record.seq > expected
                    else f"record {record.seq} is out of order"
                )
            if record.previous != head:
                faults.append(f"record {record.seq} does not hang on the one before it")
            if hash_record(record.seq, record.at, record.kind, record.body, record.previous) != record.hash:
                faults.append(f"record {record.seq} was altered")
            head, expected = record.hash, record.seq + 1
            seen[record.hash] = record.seq
        faults += _forged_decisions(connection)
    for anchor in anchors:
        number, _, digest = anchor.rpartition(":")
        if digest not in seen:
            faults.append(f"the anchored head {digest[:16]}... is not in the log: it was cut off or written anew")
        elif number and int(number) != seen[digest]:
            faults.append(f"the anchored head {digest[:16]}... stands at {seen[digest]}, not at {number}")
    return AuditCheck(records=len(seen), head=head, faults=tuple(faults))
