"""One SQLite file: where it lies, how it is opened, its tables."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from landbridge.domain.errors import SettingError

FILE = "landbridge.sqlite3"
_WAIT_S = 60.0

_TABLES = """
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


def find_home() -> Path:
    """The folder of the store: ``LANDBRIDGE_HOME``, else the one that the system means for data of programs."""
    asked = os.environ.get("LANDBRIDGE_HOME")
    if asked:
        return Path(asked)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "landbridge"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "landbridge"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "landbridge"


def has_store() -> bool:
    """Whether there is a store already."""
    try:
        return (find_home() / FILE).is_file()
    except OSError:
        return False


def stamp_store() -> tuple[int, ...]:
    """Times and sizes of the store's file and its log: another stamp after every commit, the same while nothing is written."""
    found: list[int] = []
    for suffix in ("", "-wal"):
        try:
            status = (find_home() / (FILE + suffix)).stat()
        except OSError:
            continue
        found += [status.st_mtime_ns, status.st_size, status.st_ino]
    return tuple(found)


@contextmanager
def open_store() -> Iterator[sqlite3.Connection]:
    """Open the store, made if it is not there; what is committed has reached the disk.

    Raises
    ------
    SettingError
        If the folder cannot be written, or the file is no database.
    """
    home = find_home()
    try:
        home.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(home / FILE, timeout=_WAIT_S, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise SettingError(f"the store in {home} cannot be opened: {error}; set LANDBRIDGE_HOME to a folder that can be written") from None
    try:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.executescript(_TABLES)
        except sqlite3.Error as error:
            raise SettingError(f"the store in {home} cannot be used: {error}") from None
        yield connection
    finally:
        connection.close()


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """One transaction, alone among writers: all of it or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
