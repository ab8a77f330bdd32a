"""A PostgreSQL database copied into one SQLite file of the same tables, and back: the form of every backup is the same."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, Table, func, insert, select, text
from sqlalchemy.exc import SQLAlchemyError

from landbridge.domain.errors import SettingError
from landbridge.store.database import TABLES
from landbridge.store.engine import make_engine, open_engine

_VERSIONS, _SERVERS = "alembic_version", "servers"
"""Who holds which jobs ends with a copy: a server that goes on takes all of them over anew."""
_ROWS_AT_ONCE = 500


def copy_out(part: Path) -> None:
    """Write all tables of the database into a new SQLite file, as they are at one moment.

    Raises
    ------
    SettingError
        If the database cannot be read.
    """
    with _file_engine(part) as file, _telling(), open_engine().connect() as told:
        source = told.execution_options(isolation_level="REPEATABLE READ")
        with file.begin() as target:
            for table, columns in _shared_tables(source, target):
                _copy(source, target, table, columns)
    with closing(sqlite3.connect(part)) as copy:
        copy.execute("PRAGMA journal_mode = DELETE")


def copy_in(path: Path) -> None:
    """Put the rows of a backup in the place of those of the database, in one transaction.

    The log refuses changes by triggers: they are off for this transaction alone, which only the owner of the tables may do.

    Raises
    ------
    SettingError
        If the database cannot be written; then it stays as it was.
    """
    with tempfile.TemporaryDirectory(prefix="landbridge-") as folder:
        copy = Path(folder) / "backup.sqlite3"
        shutil.copyfile(path, copy)
        with _file_engine(copy) as file, _telling(), file.connect() as source, open_engine().begin() as target:
            target.execute(text("LOCK TABLE audit IN ACCESS EXCLUSIVE MODE"))
            target.execute(text("ALTER TABLE audit DISABLE TRIGGER USER"))
            target.execute(text(f"DELETE FROM {_SERVERS}"))
            for table, columns in _shared_tables(source, target):
                target.execute(text(f'DELETE FROM "{table.name}"'))  # a name of our own tables
                _copy(source, target, table, columns)
                _move_sequence(target, table)
            target.execute(text("ALTER TABLE audit ENABLE TRIGGER USER"))


@contextmanager
def _file_engine(path: Path) -> Iterator[Engine]:
    """An SQLite file with all tables at the newest form."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(TABLES)
    engine = make_engine(f"sqlite:///{path}")
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _telling() -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        reason = str(error.__cause__ or error).splitlines()[0]
        raise SettingError(f"the database cannot be copied: {reason}") from None


def _shared_tables(source: Connection, target: Connection) -> list[tuple[Table, Sequence[str]]]:
    """Tables of both databases, with the columns that both have."""
    here, there = MetaData(), MetaData()
    here.reflect(source)
    there.reflect(target)
    names = sorted((here.tables.keys() & there.tables.keys()) - {_VERSIONS, _SERVERS})
    return [
        (there.tables[name], [one.name for one in here.tables[name].columns if one.name in there.tables[name].columns]) for name in names
    ]


def _copy(source: Connection, target: Connection, table: Table, columns: Sequence[str]) -> None:
    wanted = [table.c[name] for name in columns]
    rows = source.execute(select(*wanted).order_by(*table.primary_key.columns), execution_options={"stream_results": True})
    for some in rows.mappings().partitions(_ROWS_AT_ONCE):
        target.execute(insert(table), [{name: _kept(value) for name, value in row.items()} for row in some])


def _kept(value: Any) -> Any:  # noqa: ANN401  # a value of any column
    """PostgreSQL knows no character of number 0."""
    return value.replace("\x00", "\ufffd") if isinstance(value, str) else value


def _move_sequence(target: Connection, table: Table) -> None:
    """The next number that the database gives lies past those that came back."""
    key = next(iter(table.primary_key.columns))
    if key.type.python_type is int:
        last = select(func.max(key)).scalar_subquery()
        sequence = func.pg_get_serial_sequence(table.name, key.name)
        target.execute(select(func.setval(sequence, func.coalesce(last, 1), last.is_not(None))))
