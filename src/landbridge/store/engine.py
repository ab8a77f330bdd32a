"""The database of the server: SQLite in the folder of the store, or the one that ``LANDBRIDGE_DATABASE_URL`` names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, OperationalError, SQLAlchemyError

from landbridge.domain.errors import SettingError
from landbridge.store.home import VARIABLE, find_file

_WAIT_S = 30
_OPEN: dict[str, Engine] = {}
_OPENING = Lock()
_LOCK = 7_265_101
"""Number of the advisory lock under which one of many processes migrates a PostgreSQL database."""


def database_url() -> str:
    """Address of the database; a PostgreSQL one is spoken to by psycopg."""
    asked = os.environ.get(VARIABLE, "").strip()
    if not asked:
        return f"sqlite:///{find_file()}"
    try:
        url = make_url(asked)
    except ArgumentError:
        raise SettingError(f"{VARIABLE} is no database address; write it as postgresql://user:password@host/name") from None
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise SettingError(f"{VARIABLE} names {url.get_backend_name()}; SQLite and PostgreSQL are spoken to")
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    return url.render_as_string(hide_password=False)


def open_engine() -> Engine:
    """The engine of the database, its tables at the newest form.

    Raises
    ------
    SettingError
        If the database cannot be reached or written.
    """
    url = database_url()
    with _OPENING:
        if url not in _OPEN:
            _OPEN[url] = make_engine(url)
        return _OPEN[url]


def make_engine(url: str) -> Engine:
    """An engine of its own for a database, its tables at the newest form; ``open_engine`` keeps one for each address.

    Raises
    ------
    SettingError
        If the database cannot be reached or written.
    """
    shown, engine = make_url(url).render_as_string(hide_password=True), None
    try:
        if url.startswith("sqlite"):
            Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, pool_pre_ping=True, **_settings(url))
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_alone)
        else:
            event.listen(engine, "connect", _prepare_postgresql)
        _migrate(engine)
    except (OSError, SQLAlchemyError) as error:
        if engine is not None:
            engine.dispose()
        reason = str(error.__cause__ or error).splitlines()[0]
        raise SettingError(f"the database {shown} cannot be used: {reason}") from None
    return engine


def _settings(url: str) -> dict[str, Any]:
    return {"connect_args": {"timeout": _WAIT_S}} if url.startswith("sqlite") else {"pool_size": 5, "max_overflow": 10}


def _prepare_sqlite(connection: Any, _record: Any) -> None:  # noqa: ANN401  # the driver's own connection
    connection.isolation_level = None  # the driver begins nothing by itself
    for pragma in ("journal_mode = WAL", "synchronous = FULL", f"busy_timeout = {_WAIT_S * 1000}"):
        connection.execute(f"PRAGMA {pragma}")


def _prepare_postgresql(connection: Any, _record: Any) -> None:  # noqa: ANN401  # the driver's own connection
    """A server that hangs inside a transaction would hold its locks for as long as it hangs: the database ends such a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET idle_in_transaction_session_timeout = '{_WAIT_S}s'")
    connection.commit()


def _begin_alone(connection: Connection) -> None:
    """A transaction takes the right to write at its beginning, so that it never has to give up half-way."""
    if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
        connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def reading() -> Iterator[Connection]:
    with _telling(), open_engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield connection


@contextmanager
def changing() -> Iterator[Connection]:
    """One transaction: all of it reaches the disk, or nothing."""
    with _telling(), open_engine().begin() as connection:
        yield connection


@contextmanager
def _telling() -> Iterator[None]:
    """A database that fails on the way is said to, in one sentence."""
    try:
        yield
    except OperationalError as error:
        reason = str(error.orig or error).splitlines()[0]
        raise SettingError(f"the database cannot be used at the moment: {reason}") from None


def _migrate(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def forget_engines() -> None:
    """Close what is open; the next call opens anew."""
    with _OPENING:
        for engine in _OPEN.values():
            engine.dispose()
        _OPEN.clear()
