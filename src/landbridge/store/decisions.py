"""Decisions of two people about a match, bound to what the party and the entry said then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from landbridge.domain.errors import QueryError
from landbridge.domain.finding import Finding
from landbridge.domain.screening import Screening, ScreeningMatch
from landbridge.domain.spelling import fold
from landbridge.store.audit import append_in
from landbridge.store.database import has_store, open_store, writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided of a match: clear (another party) or blocked, why, by whom, until when, and who confirmed it."""

    decision_id: int
    match_id: str
    entry_hash: str
    verdict: str
    reason: str
    decided_by: str
    decided_at: str
    until: date
    confirmed_by: str | None
    confirmed_at: str | None

    def holds(self, match: ScreeningMatch, as_of: date) -> bool:
        """Whether it applies to a match on a day: the entry unchanged, not expired; to clear takes the second person."""
        return (
            self.entry_hash == match.content_hash and as_of <= self.until and (self.verdict == "blocked" or self.confirmed_by is not None)
        )


_KEEP_MATCH = """
INSERT INTO matches VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (match_id) DO UPDATE SET
    name = excluded.name, kind = excluded.kind, country = excluded.country, list_name = excluded.list_name, entry_id = excluded.entry_id,
    entry_hash = excluded.entry_hash, entry_name = excluded.entry_name
"""


_ENTER = """
INSERT INTO decisions (match_id, entry_hash, verdict, reason, decided_by, decided_at, until) VALUES (?, ?, ?, ?, ?, ?, ?)
RETURNING decision_id
"""


def save_matches(screening: Screening, match_ids: tuple[str, ...], at: str) -> None:
    """Keep the matches of a screening, so that they can be decided, with a record of the screening."""
    with open_store() as connection, writing(connection):
        for match, match_id in zip(screening.matches, match_ids, strict=True):
            connection.execute(
                _KEEP_MATCH,
                (
                    match_id,
                    screening.name,
                    screening.kind,
                    screening.country,
                    match.list_name,
                    match.entry_id,
                    match.content_hash,
                    match.entry_name,
                ),
            )
        append_in(
            connection,
            "screening",
            {
                "name": screening.name,
                "kind": screening.kind,
                "country": screening.country,
                "as_of": screening.as_of.isoformat(),
                "verdict": screening.verdict,
                "matches": [[match.list_name, match.entry_id, match.score, match.verdict] for match in screening.matches],
                "lists": [
                    [row.list_name, row.published_on.isoformat() if row.published_on else None, row.digest] for row in screening.lists
                ],
            },
            at,
        )


def save_batch(file: str, found: Sequence[Screening], match_ids: Sequence[tuple[str, ...]], at: str) -> None:
    """Keep all matches of a screened file, with one record that holds every verdict."""
    rows = [
        (match_id, row.name, row.kind, row.country, match.list_name, match.entry_id, match.content_hash, match.entry_name)
        for row, ids in zip(found, match_ids, strict=True)
        for match, match_id in zip(row.matches, ids, strict=True)
    ]
    verdicts = [[row.name, row.verdict, row.matches[0].entry_id if row.matches else None] for row in found]
    with open_store() as connection, writing(connection):
        connection.executemany(_KEEP_MATCH, rows)
        append_in(connection, "screening", {"file": file, "as_of": found[0].as_of.isoformat() if found else None, "verdicts": verdicts}, at)


def read_decisions() -> dict[str, tuple[Decision, ...]]:
    """All decisions by match, the newest last."""
    if not has_store():
        return {}
    with open_store() as connection:
        rows = connection.execute(
            "SELECT decision_id, match_id, entry_hash, verdict, reason, decided_by, decided_at, until, confirmed_by, confirmed_at FROM decisions ORDER BY decision_id"  # noqa: E501
        ).fetchall()
    found: dict[str, tuple[Decision, ...]] = {}
    for row in rows:
        found[row[1]] = (*found.get(row[1], ()), _make(row))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedMatch:
    """A decision with what it is about: the name that was screened, the entry and its list; empty for a policy."""

    decision: Decision
    name: str
    entry_name: str
    list_name: str


def list_decided(limit: int = 100) -> tuple[DecidedMatch, ...]:
    """Decisions with their matches, the newest first."""
    if not has_store():
        return ()
    with open_store() as connection:
        rows = connection.execute(_DECIDED, (limit,)).fetchall()
    return tuple(
        DecidedMatch(decision=_make(row[:10]), name=row[10] or "", entry_name=row[11] or "", list_name=row[12] or "") for row in rows
    )


_DECIDED = """
SELECT d.decision_id, d.match_id, d.entry_hash, d.verdict, d.reason, d.decided_by, d.decided_at, d.until, d.confirmed_by, d.confirmed_at,
    m.name, m.entry_name, m.list_name
FROM decisions d LEFT JOIN matches m ON m.match_id = d.match_id ORDER BY d.decision_id DESC LIMIT ?
"""


def propose_decision(match_id: str, verdict: str, reason: str, by: str, until: date, at: str) -> Decision:
    """Enter the decision of a first person.

    Raises
    ------
    QueryError
        If there is no such match.
    """
    with open_store() as connection, writing(connection):
        row = connection.execute("SELECT entry_hash, name, list_name, entry_id FROM matches WHERE match_id = ?", (match_id,)).fetchone()
        if row is None:
            raise QueryError(
                [
                    _fault(
                        "UNKNOWN-MATCH",
                        "MATCH",
                        f"no match {match_id[:40]!r} is known",
                        "screen the name first; the page shows the id of each match",
                    )
                ]
            )
        values = (match_id, row[0], verdict, reason, by, at, until.isoformat())
        (made_id,) = connection.execute(
            _ENTER,
            values,
        ).fetchone()
        body = {
            "match": match_id,
            "name": row[1],
            "list": row[2],
            "entry": row[3],
            "verdict": verdict,
            "reason": reason,
            "by": by,
            "until": until.isoformat(),
        }
        append_in(connection, "decision", body, at)
        made = connection.execute(_ONE, (made_id,)).fetchone()
    return _make(made)


def propose_narrowing(match_id: str, since: date, reason: str, by: str, until: date, at: str) -> Decision:
    """Enter the decision of a first person about a policy; ``entry_hash`` holds its first day."""
    with open_store() as connection, writing(connection):
        (made_id,) = connection.execute(
            _ENTER,
            (match_id, since.isoformat(), "narrow", reason, by, at, until.isoformat()),
        ).fetchone()
        body = {"policy": match_id, "since": since.isoformat(), "until": until.isoformat(), "reason": reason, "by": by}
        append_in(connection, "decision", body, at)
        made = connection.execute(_ONE, (made_id,)).fetchone()
    return _make(made)


def _is_same_person(one: str, other: str) -> bool:
    """Whether two names are one in any spelling: accents, signs, blanks and the order of words tell nobody apart."""
    words = sorted(fold(one).split()), sorted(fold(other).split())
    return words[0] == words[1] if words[0] and words[1] else one.split() == other.split()


def confirm_decision(match_id: str, by: str, at: str) -> Decision:
    """Confirm the latest decision of a match as the second person.

    Raises
    ------
    QueryError
        If nothing waits for it, or the same person would confirm.
    """
    with open_store() as connection, writing(connection):
        row = connection.execute(
            "SELECT decision_id, decided_by, confirmed_by FROM decisions WHERE match_id = ? ORDER BY decision_id DESC LIMIT 1", (match_id,)
        ).fetchone()
        if row is None or row[2] is not None:
            raise QueryError(
                [
                    _fault(
                        "NOTHING-TO-CONFIRM",
                        "--confirm",
                        f"no decision about {match_id[:40]!r} waits for a second person",
                        "enter one first with --verdict",
                    )
                ]
            )
        if _is_same_person(row[1], by):
            raise QueryError(
                [
                    _fault(
                        "SAME-PERSON", "--by", f"{by} decided already; another person has to confirm", "give the name of the second person"
                    )
                ]
            )
        connection.execute("UPDATE decisions SET confirmed_by = ?, confirmed_at = ? WHERE decision_id = ?", (by, at, row[0]))
        append_in(connection, "confirmation", {"match": match_id, "decision": row[0], "by": by}, at)
        made = connection.execute(_ONE, (row[0],)).fetchone()
    return _make(made)


_ONE = "SELECT decision_id, match_id, entry_hash, verdict, reason, decided_by, decided_at, until, confirmed_by, confirmed_at FROM decisions WHERE decision_id = ?"  # noqa: E501


def _make(row: tuple[int, str, str, str, str, str, str, str, str | None, str | None]) -> Decision:
    return Decision(
        decision_id=row[0],
        match_id=row[1],
        entry_hash=row[2],
        verdict=row[3],
        reason=row[4],
        decided_by=row[5],
        decided_at=row[6],
        until=date.fromisoformat(row[7]),
        confirmed_by=row[8],
        confirmed_at=row[9],
    )


def _fault(code: str, column: str, message: str, fix: str) -> Finding:
    return Finding(code=code, column=column, message=message, fix=fix)
