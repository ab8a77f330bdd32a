"""A copy of the whole store as one file, and back; while it is in use."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from landbridge.domain.errors import DataError, SettingError
from landbridge.domain.finding import Finding
from landbridge.store.database import open_file
from landbridge.store.home import find_file, names_server

_NEEDED = frozenset({"audit", "lists", "entries", "matches", "decisions"})


def back_up(path: str) -> int:
    """Copy the store into a file that is there whole or not at all; a server may go on writing meanwhile.

    Returns
    -------
    int
        Bytes written.

    Raises
    ------
    SettingError
        If there is no store, its database cannot be read, or the file cannot be written.
    """
    target = Path(path)
    if target.is_dir() or not target.parent.is_dir():
        reason = "it is a folder" if target.is_dir() else f"there is no folder {target.parent}"
        raise SettingError(f"the backup cannot be written to {path}: {reason}")
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        if names_server():
            from landbridge.store.server_backup import copy_out

            copy_out(part)
        else:
            _copy_file(part)
        os.replace(part, target)  # noqa: PTH105  # one rename, whole or not at all
    finally:
        for suffix in ("", "-wal", "-shm"):
            part.with_name(part.name + suffix).unlink(missing_ok=True)
    return target.stat().st_size


def _copy_file(part: Path) -> None:
    source = find_file()
    if not source.is_file():
        raise SettingError(f"there is no store at {source} yet, so there is nothing to back up")
    try:
        with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(part)) as copy:
            live.backup(copy)
            if copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'servers'").fetchone():
                copy.execute("DELETE FROM servers")  # who holds what ends with the moment of the copy
                copy.commit()
            copy.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        raise SettingError(f"the store cannot be copied from {source} to {part}: {error}") from None


def restore(path: str) -> int:
    """Put a backup in the place of the store, in one transaction; how many records its audit log holds.

    A backup of either kind of database comes back into either.

    Raises
    ------
    DataError
        If the file is no whole backup; the store stays as it was.
    SettingError
        If the database cannot be written.
    """
    with closing(_open_backup(path)) as backup:
        count = int(backup.execute("SELECT count(*) FROM audit").fetchone()[0])
        if names_server():
            from landbridge.store.server_backup import copy_in

            copy_in(Path(path))
            return count
        with open_file() as live:
            backup.backup(live)
            live.execute("PRAGMA journal_mode = WAL")
    return count


def _open_backup(path: str) -> sqlite3.Connection:
    if not Path(path).is_file():
        raise DataError([_fault(path, "there is no such file")])
    try:
        connection = sqlite3.connect(f"{Path(path).resolve().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error as error:
        raise DataError([_fault(path, f"it cannot be opened: {error}")]) from None
    try:
        _check_backup(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _check_backup(connection: sqlite3.Connection, path: str) -> None:
    try:
        verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.Error as error:
        raise DataError([_fault(path, f"it is no database: {error}")]) from None
    if verdict != "ok":
        raise DataError([_fault(path, f"the database is damaged: {verdict}")])
    if not tables >= _NEEDED:
        raise DataError([_fault(path, f"tables are missing: {', '.join(sorted(_NEEDED - tables))}")])


def _fault(path: str, message: str) -> Finding:
    return Finding(code="BACKUP", file=path, message=message, fix="give a file that landbridge backup wrote")
