"""No test writes into the store of whoever runs it."""

import pytest


@pytest.fixture(autouse=True)
def own_store(tmp_path_factory, monkeypatch):
    """A store of its own for each test."""
    monkeypatch.setenv("LANDBRIDGE_HOME", str(tmp_path_factory.mktemp("home") / "store"))
