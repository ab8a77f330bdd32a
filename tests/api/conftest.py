"""One server for all tests of the door, on the small feed of ``landbridge init``; its store is its own."""

from __future__ import annotations

import os

import pytest
from starlette.testclient import TestClient

from landbridge import planner
from landbridge.api.app import build_api
from landbridge.api.settings import ServerSettings
from landbridge.planner import tasks
from landbridge.store.engine import forget_engines


@pytest.fixture(scope="session")
def small_feed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("feeds") / "small"
    planner.init_feed(str(folder))
    row = "made-up,EU,Made-up list,NONE,Nordwind Obscura Trading,,,freeze,2024-01-15,,example-figures,for tests\n"
    with (folder / "watchlist.csv").open("a", encoding="utf-8") as lines:
        lines.write(row)
    return str(folder)


@pytest.fixture(scope="session")
def question(small_feed):
    """A question that the small feed answers with a way at least."""
    shipment = tasks.keep_feed(small_feed).shipments[0]
    return {"origin": shipment.from_place_id, "destination": shipment.to_place_id, "units": f"1x{shipment.unit_type_id}"}


@pytest.fixture(scope="session")
def server_home(tmp_path_factory):
    return str(tmp_path_factory.mktemp("server") / "store")


@pytest.fixture(scope="session")
def running(small_feed, server_home):
    before = os.environ.get("LANDBRIDGE_HOME")
    os.environ["LANDBRIDGE_HOME"] = server_home
    settings = ServerSettings(feed=small_feed, planners=1, lease_seconds=1e6)  # other tests name other stores meanwhile
    with TestClient(build_api(settings), base_url="http://localhost") as client:
        yield client
    forget_engines()
    os.environ.pop("LANDBRIDGE_HOME") if before is None else os.environ.__setitem__("LANDBRIDGE_HOME", before)


@pytest.fixture
def client(running, server_home, monkeypatch):
    monkeypatch.setenv("LANDBRIDGE_HOME", server_home)
    return running
