"""Lists, decisions and the audit log: one SQLite file of the standard library, or the PostgreSQL database that everything is kept in.

The same statements are spoken to both; :class:`Connection` is what they need of either.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from landbridge.domain.errors import SettingError
from landbridge.store.connection import Connection
from landbridge.store.home import FILE, find_file, find_home, names_server

__all__ = ["FILE", "Connection", "find_home", "has_store", "looking", "open_store", "stamp_store", "writing"]
_WAIT_S = 60.0

TABLES = """
CREATE TABLE IF NOT EXISTS audit (
    seq INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL UNIQUE
);
CREATE TRIGGER IF NOT EXISTS audit_never_changes BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
CREATE TRIGGER IF NOT EXISTS audit_never_shrinks BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
CREATE TABLE IF NOT EXISTS lists (
    list_name TEXT PRIMARY KEY, regime TEXT NOT NULL, published_on TEXT, entries INTEGER NOT NULL, origin TEXT NOT NULL, digest TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS entries (
    list_name TEXT NOT NULL, entry_id TEXT NOT NULL, content TEXT NOT NULL, keys TEXT NOT NULL, PRIMARY KEY (list_name, entry_id)
);
CREATE TABLE IF NOT EXISTS matches (
    match_id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT NOT NULL, list_name TEXT NOT NULL, entry_id TEXT NOT NULL,
    entry_hash TEXT NOT NULL, entry_name TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS decisions (
    decision_id INTEGER PRIMARY KEY, match_id TEXT NOT NULL, entry_hash TEXT NOT NULL, verdict TEXT NOT NULL, reason TEXT NOT NULL,
    decided_by TEXT NOT NULL, decided_at TEXT NOT NULL, until TEXT NOT NULL, confirmed_by TEXT, confirmed_at TEXT
);
CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, content TEXT NOT NULL);
"""  # noqa: E501


def has_store() -> bool:
    """Whether there is a store already."""
    try:
        return names_server() or find_file().is_file()
    except OSError:
        return False


def stamp_store() -> tuple[int, ...]:
    """Another stamp after every change of lists, decisions and the log, the same while nothing is written."""
    if names_server():
        with open_store() as connection:
            return (int(connection.execute("SELECT coalesce(max(seq), 0) FROM audit").fetchone()[0]),)
    found: list[int] = []
    path = find_file()
    for suffix in ("", "-wal"):
        try:
            status = path.with_name(path.name + suffix).stat()
        except OSError:
            continue
        found += [status.st_mtime_ns, status.st_size, status.st_ino]
    return tuple(found)


@contextmanager
def open_store() -> Iterator[Connection]:
    """Open the store, made if it is not there; what is committed has reached the disk.

    Raises
    ------
    SettingError
        If the folder cannot be written, the file is no database, or the server cannot be reached.
    """
    if names_server():
        from landbridge.store.server import open_server

        with open_server() as connection:
            yield connection
    else:
        with open_file() as connection:
            yield connection


@contextmanager
def open_file() -> Iterator[sqlite3.Connection]:
    """Open the SQLite file of the store."""
    path = find_file()
    home = path.parent
    try:
        home.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise SettingError(f"the store in {home} cannot be opened: {error}; set LANDBRIDGE_HOME to a folder that can be written") from None
    try:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.executescript(TABLES)
        except sqlite3.Error as error:
            raise SettingError(f"the store in {home} cannot be used: {error}") from None
        yield connection
    finally:
        connection.close()


@contextmanager
def looking(connection: Connection) -> Iterator[Connection]:
    """All that is read inside is of one moment, whatever others write meanwhile."""
    connection.execute("BEGIN")
    try:
        yield connection
    finally:
        connection.execute("ROLLBACK")


@contextmanager
def writing(connection: Connection) -> Iterator[Connection]:
    """One transaction, alone among writers: all of it or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
