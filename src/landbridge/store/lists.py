"""Imported lists: entries as JSON with the keys that they are found by."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from landbridge.domain.screening import ListedEntry, ListEdition
from landbridge.store.audit import append_in
from landbridge.store.database import has_store, open_store, writing

Keys = tuple[tuple[str, str, bool, tuple[str, ...], str], ...]
"""Of each name of an entry: the text, the kind, whether it is weak, its keys, and one line that says how it was read."""


_KEEP_ENTRY = """
INSERT INTO entries VALUES (?, ?, ?, ?) ON CONFLICT (list_name, entry_id) DO UPDATE SET content = excluded.content, keys = excluded.keys
"""


def save_list(edition: ListEdition, rows: Iterable[tuple[ListedEntry, Keys]], at: str, by: str = "") -> None:
    """Put an edition in the place of the one before, with a record of it and of who did it; all of it or nothing."""
    with open_store() as connection, writing(connection):
        connection.execute("DELETE FROM entries WHERE list_name = ?", (edition.list_name,))
        connection.executemany(
            _KEEP_ENTRY,
            (
                (edition.list_name, entry.entry_id, json.dumps(_encode(entry), ensure_ascii=False), _write_keys(keys))
                for entry, keys in rows
            ),
        )
        published = edition.published_on.isoformat() if edition.published_on else None
        values = (edition.list_name, edition.regime, published, edition.entries, edition.origin, edition.digest)
        connection.execute("DELETE FROM lists WHERE list_name = ?", (edition.list_name,))
        connection.execute("INSERT INTO lists VALUES (?, ?, ?, ?, ?, ?)", values)
        append_in(
            connection,
            "import",
            {"list": edition.list_name, "published_on": published, "entries": edition.entries, "digest": edition.digest}
            | ({"by": by} if by else {}),
            at,
        )


def read_editions() -> tuple[ListEdition, ...]:
    """Editions of all imported lists; none where there is no store."""
    if not has_store():
        return ()
    with open_store() as connection:
        rows = connection.execute(
            "SELECT list_name, regime, published_on, entries, origin, digest FROM lists ORDER BY list_name"
        ).fetchall()
    return tuple(
        ListEdition(
            list_name=name,
            regime=regime,
            published_on=date.fromisoformat(published) if published else None,
            entries=count,
            origin=origin,
            digest=digest,
        )
        for name, regime, published, count, origin, digest in rows
    )


def read_entries() -> tuple[tuple[ListedEntry, Keys], ...]:
    """Entries of all imported lists with their keys."""
    if not has_store():
        return ()
    with open_store() as connection:
        rows = connection.execute("SELECT content, keys FROM entries ORDER BY list_name, entry_id").fetchall()
    return tuple((_decode(json.loads(content)), _read_keys(keys)) for content, keys in rows)


def _write_keys(keys: Keys) -> str:
    """Keys as one line of JSON, and behind it one line a name that says how it was read, which is seldom looked at."""
    return "\n".join((json.dumps([row[:4] for row in keys], ensure_ascii=False), *(row[4] for row in keys)))


def _read_keys(text: str) -> Keys:
    first, *read = text.split("\n")
    rows = json.loads(first)
    read += [""] * (len(rows) - len(read))  # kept by a landbridge that did not write them
    return tuple((row[0], row[1], row[2], tuple(row[3]), line) for row, line in zip(rows, read, strict=True))


def replace_keys(rows: Iterable[tuple[ListedEntry, Keys]]) -> bool:
    """Put new keys in the place of those that entries had; whether all entries were still what they had been when they were read."""
    is_same = True
    with open_store() as connection, writing(connection):
        for entry, keys in rows:
            content = json.dumps(_encode(entry), ensure_ascii=False)
            done = connection.execute(
                "UPDATE entries SET keys = ? WHERE list_name = ? AND entry_id = ? AND content = ?",
                (_write_keys(keys), entry.list_name, entry.entry_id, content),
            )
            is_same = is_same and done.rowcount == 1
    return is_same


def keep_text(key: str, content: str) -> None:
    """Keep something that can be worked out again."""
    with open_store() as connection, writing(connection):
        connection.execute("DELETE FROM kept WHERE key = ?", (key,))
        connection.execute("INSERT INTO kept VALUES (?, ?)", (key, content))


def find_text(key: str) -> str | None:
    """What was kept under a key."""
    if not has_store():
        return None
    with open_store() as connection:
        row = connection.execute("SELECT content FROM kept WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else None


def _encode(entry: ListedEntry) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(entry).items()
        if value not in (None, "", ())
    }


def _decode(row: dict[str, Any]) -> ListedEntry:
    lists = ("names", "weak_names", "countries", "addresses", "births", "owners")
    values: dict[str, Any] = {name: tuple(value) if name in lists else value for name, value in row.items()}
    if "identifiers" in row:
        values["identifiers"] = tuple((kind, number) for kind, number in row["identifiers"])
    for name in ("listed_on", "delisted_on"):
        if row.get(name):
            values[name] = date.fromisoformat(row[name])
    return ListedEntry(**values)
