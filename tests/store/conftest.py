"""The databases that the store is tested on: SQLite, and PostgreSQL where ``LANDBRIDGE_TEST_POSTGRES`` names an empty database.

Workers of one test run have a database each, made beside that one: the tests of one would take over the jobs of another.
"""

import os
from functools import cache

import pytest
from sqlalchemy.engine import make_url

from landbridge.store import engine

POSTGRES = os.environ.get("LANDBRIDGE_TEST_POSTGRES")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, monkeypatch, tmp_path):
    monkeypatch.setenv("LANDBRIDGE_HOME", str(tmp_path))
    if request.param == "postgresql":
        if not POSTGRES:
            pytest.skip("the store on PostgreSQL was not tested: LANDBRIDGE_TEST_POSTGRES names no database (.ci/run starts one)")
        monkeypatch.setenv("LANDBRIDGE_DATABASE_URL", own_database())
    yield request.param
    engine.forget_engines()


@cache
def own_database():
    """Address of the database of this worker, made if it is not there."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if not worker:
        return POSTGRES
    import psycopg
    from psycopg import sql

    url = make_url(POSTGRES)
    name = f"{url.database}_{worker}"
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return url.set(database=name).render_as_string(hide_password=False)
