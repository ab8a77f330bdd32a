"""The databases that the store is tested on: SQLite, and PostgreSQL where ``LANDBRIDGE_TEST_POSTGRES`` names an empty database."""

import os

import pytest

from landbridge.store import engine

POSTGRES = os.environ.get("LANDBRIDGE_TEST_POSTGRES")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, monkeypatch, tmp_path):
    monkeypatch.setenv("LANDBRIDGE_HOME", str(tmp_path))
    if request.param == "postgresql":
        if not POSTGRES:
            pytest.skip("the store on PostgreSQL was not tested: LANDBRIDGE_TEST_POSTGRES names no database (.ci/run starts one)")
        monkeypatch.setenv("LANDBRIDGE_DATABASE_URL", POSTGRES)
    yield request.param
    engine.forget_engines()
