"""Signing in with an API key: nothing is shown before, the key is kept where no script reads it."""

import pytest
from starlette.testclient import TestClient

from landbridge.api.clock import read_clock
from landbridge.api.settings import ServerSettings
from landbridge.planner import saved
from landbridge.store.engine import forget_engines
from landbridge.web.app import build_app


@pytest.fixture
def keyed(small_feed):
    yield TestClient(build_app(ServerSettings(feed=small_feed, needs_key=True)), base_url="https://plans.example", follow_redirects=False)
    forget_engines()


def test_a_page_sends_strangers_to_the_login(keyed):
    found = keyed.get("/", headers={"Accept": "text/html"})
    assert (found.status_code, found.headers["location"]) == (303, "/login")
    assert "password" in keyed.get("/login").text
    assert keyed.get("/assets/theme.css").status_code == 200


def test_a_key_opens_the_pages_and_leaves_them(keyed):
    secret = saved.add_key("ann", "planner", "", read_clock())
    assert keyed.post("/login", data={"key": "lb_wrong"}).headers["location"] == "/login?wrong=1"
    entered = keyed.post("/login", data={"key": secret})
    cookie = entered.headers["set-cookie"].lower()
    assert all(word in cookie for word in ("httponly", "samesite=strict", "secure"))
    assert keyed.get("/v1/feeds").status_code == 200
    keyed.get("/logout")
    assert keyed.get("/v1/feeds").status_code == 401


def test_a_login_from_another_origin_is_refused(keyed):
    assert keyed.post("/login", data={"key": "x"}, headers={"Origin": "https://evil.example"}).status_code == 403
