"""Lists, decisions and the audit log in PostgreSQL: the statements of the SQLite file, spoken to psycopg."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from landbridge.domain.errors import SettingError
from landbridge.store.connection import Cursor
from landbridge.store.engine import open_engine

_WRITERS = 7_265_102
"""Number of the advisory lock that makes a writer alone, so that the records of the log hang on each other."""


@contextmanager
def open_server() -> Iterator[ServerConnection]:
    """A connection out of the pool of the engine, its tables at the newest form.

    Raises
    ------
    SettingError
        If the database cannot be reached.
    """
    try:
        pooled = open_engine().raw_connection()
    except SQLAlchemyError as error:
        raise SettingError(f"the database cannot be used at the moment: {str(error).splitlines()[0]}") from None
    driver: Any = pooled.driver_connection
    try:
        driver.autocommit = True
        yield ServerConnection(driver)
    except BaseException:
        pooled.invalidate()
        raise
    else:
        driver.autocommit = False
    finally:
        pooled.close()


class ServerConnection:
    """A connection of psycopg that takes the statements of the SQLite file."""

    def __init__(self, driver: Any) -> None:  # noqa: ANN401  # psycopg's own connection, an optional package
        self._driver = driver

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> Cursor:
        """Run one statement; ``BEGIN IMMEDIATE`` begins that of the only writer, ``BEGIN`` one that reads one moment."""
        if sql == "BEGIN IMMEDIATE":
            self._driver.execute("BEGIN")
            found: Cursor = self._driver.execute("SELECT pg_advisory_xact_lock(%s)", (_WRITERS,))
            return found
        if sql == "BEGIN":
            sql = "BEGIN ISOLATION LEVEL REPEATABLE READ"
        found = self._driver.execute(_spoken(sql), _kept(parameters)) if parameters else self._driver.execute(sql)
        return found

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]], /) -> object:
        """Run one statement for each set of values."""
        with self._driver.cursor() as cursor:
            return cursor.executemany(_spoken(sql), [_kept(one) for one in parameters])


def _spoken(sql: str) -> str:
    return sql.replace("?", "%s")


def _kept(parameters: Sequence[Any]) -> list[Any]:
    """Values as PostgreSQL keeps them: it knows no character of number 0."""
    return [one.replace("\x00", "\ufffd") if isinstance(one, str) else one for one in parameters]
