"""What never reaches a route: strange hosts and origins, too much, too often, nobody's key."""

import asyncio
import io
import subprocess
import sys
import zipfile

import pytest
from starlette.testclient import TestClient

from landbridge import planner
from landbridge.api.app import build_api
from landbridge.api.clock import read_clock
from landbridge.api.settings import ServerSettings, is_loopback
from landbridge.planner import saved


@pytest.fixture
def keyed(client, small_feed):
    """An application that asks for keys, on the same store; nothing of it runs."""
    return TestClient(build_api(ServerSettings(feed=small_feed, host="0.0.0.0", needs_key=True)), base_url="http://plans.example")


def test_another_host_name_is_refused_without_keys(client):
    assert client.get("/v1/feeds", headers={"Host": "evil.example"}).status_code == 421


def test_a_page_of_another_origin_cannot_ask_for_changes(client, question):
    refused = client.post("/v1/plan", json=question, headers={"Origin": "http://evil.example"})
    assert refused.status_code == 403
    assert refused.json()["type"] == "urn:landbridge:problem:403"


def test_every_answer_carries_the_headers(client):
    for address in ("/v1/feeds", "/v1/nowhere", "/openapi.json"):
        headers = client.get(address).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "default-src 'self'" in headers["content-security-policy"]


def test_a_body_that_is_too_large_is_refused_early_and_while_it_comes(client):
    assert client.post("/v1/plan", content=b"x" * 1_100_000).status_code == 413
    chunks = (b" " * 100_000 for _ in range(20))
    assert client.post("/v1/plan", content=chunks, headers={"Content-Type": "application/json"}).status_code == 413


@pytest.mark.parametrize("body", [b"{", b"[" * 200_000, b"\xff\xfe", b'{"origin": NaN}', b"1" * 10_000, b'{"origin": "\\ud800"}'])
def test_broken_json_is_a_plain_problem(client, body):
    found = client.post("/v1/plan", content=body, headers={"Content-Type": "application/json"})
    assert 400 <= found.status_code < 500
    assert found.headers["content-type"] == "application/problem+json"


def zip_of(members):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return data.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        zip_of([("places.csv", b"0" * 250_000_000)]),
        zip_of([("../../etc/passwd", b"x")]),
        zip_of([(f"t{number}.csv", b"") for number in range(300)]),
        zip_of([("xl/workbook.xml", b"<a>" * 10)]),
        zip_of([("xl/workbook.xml", b"0" * 250_000_000), ("[Content_Types].xml", b"<a/>")]),
        b"PK\x03\x04 cut off",
        b"no archive",
    ],
    ids=["bomb", "path", "many", "workbook", "workbook-bomb", "broken", "text"],
)
def test_hostile_uploads_get_findings(client, content):
    found = client.post("/v1/feeds", content=content)
    assert found.status_code == 422
    assert found.json()["findings"]


def test_an_uploaded_feed_is_kept_and_asked(client, small_feed, tmp_path, question):
    from landbridge import planner

    path = tmp_path / "mine.zip"
    planner.convert_feed(small_feed, str(path))
    made = client.post("/v1/feeds", params={"name": "mine"}, content=path.read_bytes())
    assert made.status_code == 201, made.text
    digest = made.json()["digest"]
    assert client.post("/v1/feeds", content=path.read_bytes()).json()["is_new"] is False
    found = client.get(f"/v1/feeds/{digest}")
    assert found.json()["tables"]["places"] > 0
    assert client.get(f"/v1/feeds/{digest}", headers={"If-None-Match": found.headers["etag"]}).status_code == 304
    assert client.get("/v1/feeds/../../etc/passwd").status_code == 404


def test_without_a_key_nothing_is_told(keyed):
    found = keyed.get("/v1/feeds")
    assert found.status_code == 401
    assert found.headers["www-authenticate"] == "Bearer"
    assert keyed.get("/v1/feeds", headers={"Authorization": "Bearer lb_wrong"}).status_code == 401


def test_a_key_opens_what_its_role_may(keyed):
    secret = saved.add_key("looker", "viewer", "", read_clock())
    headers = {"Authorization": f"Bearer {secret}"}
    assert keyed.get("/v1/feeds", headers=headers).status_code == 200
    for address, body in (
        ("/v1/plan", {"origin": "a", "destination": "b"}),
        ("/v1/screen", {"parties": [{"name": "x"}]}),
        ("/v1/book", {}),
    ):
        assert keyed.post(address, json=body, headers=headers).status_code == 403, address
    assert keyed.get("/v1/audit", headers=headers).status_code == 403


def test_one_does_not_see_the_jobs_of_another(keyed):
    mine = saved.add_key("mine", "company", "acme", read_clock())
    job, _ = saved.add_job("somebody", "screen", "{}", read_clock())
    headers = {"Authorization": f"Bearer {mine}"}
    assert keyed.get(f"/v1/jobs/{job.job_id}", headers=headers).status_code == 404
    assert keyed.get("/v1/jobs", headers=headers).json()["jobs"] == []
    saved.cancel_job(job.job_id, read_clock())


def test_only_a_hash_of_a_key_is_kept(client, server_home):
    secret = saved.add_key("quiet", "planner", "", read_clock())
    # another process looks: whoever opens and closes the file in this one takes SQLite's locks away (a rule of POSIX)
    look = (
        "import pathlib, sys; files = [one for one in pathlib.Path(sys.argv[1]).iterdir() if one.is_file()]; "
        "sys.exit(any(sys.argv[2].encode() in one.read_bytes() for one in files))"
    )
    assert subprocess.run([sys.executable, "-c", look, server_home, secret], check=False).returncode == 0
    assert subprocess.run([sys.executable, "-c", look, server_home, "quiet"], check=False).returncode == 1
    assert saved.revoke_key("quiet", read_clock())
    assert saved.find_key(secret) is None


def test_too_many_requests_are_told_when_to_come_again(client, small_feed):
    few = TestClient(build_api(ServerSettings(feed=small_feed, requests_per_minute=3)), base_url="http://localhost")
    answers = [few.get("/v1/feeds") for _ in range(5)]
    assert [one.status_code for one in answers][:3] == [200, 200, 200]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) > 0


@pytest.mark.parametrize(
    ("host", "expected"), [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("plans.example", False)]
)
def test_what_is_this_machine_alone(host, expected):
    assert is_loopback(host) is expected


def test_the_server_refuses_a_public_address_without_keys(monkeypatch, tmp_path):
    from landbridge.cli.serve_command import serve
    from landbridge.domain.errors import SettingError

    monkeypatch.setenv("LANDBRIDGE_HOME", str(tmp_path))
    with pytest.raises(SettingError, match="no API key"):
        serve(host="0.0.0.0")


def test_a_websocket_of_another_origin_is_closed(client):
    told = []

    async def send(message):
        told.append(message)

    async def receive():
        return {"type": "websocket.connect"}

    scope = {
        "type": "websocket",
        "path": "/_nicegui_ws/socket.io/",
        "headers": [(b"host", b"localhost"), (b"origin", b"http://evil.example")],
    }
    asyncio.run(client.app(scope, receive, send))
    assert told == [{"type": "websocket.close", "code": 1008}]


def test_a_method_that_a_path_lacks_is_told_with_those_that_it_has(client):
    answer = client.put("/v1/plan", json={})
    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST"
    assert client.delete("/v1/nowhere").status_code == 404


def test_a_missing_body_is_called_by_its_name(client):
    answer = client.post("/v1/plan", content=b"", headers={"Content-Type": "application/json"})
    assert answer.json()["findings"][0]["column"] == "body"


def test_feeds_come_in_pages(client, tmp_path):
    for name in ("first", "second"):
        planner.init_feed(str(tmp_path / name))
        about = tmp_path / name / "datapackage.json"
        about.write_text(about.read_text(encoding="utf-8").replace(f'"name": "{name}"', f'"name": "paged-{name}"'), encoding="utf-8")
        planner.convert_feed(str(tmp_path / name), str(tmp_path / f"{name}.zip"))
        assert client.post("/v1/feeds", content=(tmp_path / f"{name}.zip").read_bytes()).status_code in (200, 201)
    first = client.get("/v1/feeds", params={"limit": 1}).json()
    assert first["feeds"][0]["is_served"]
    assert len(first["feeds"]) == 2
    second = client.get(first["next"]).json()
    assert not second["feeds"][0]["is_served"]
    assert second["feeds"][0]["digest"] != first["feeds"][1]["digest"]


def test_only_compliance_and_admin_import_lists():
    from landbridge.api.caller import MAY

    assert MAY["lists"] == {"compliance", "admin"}


def test_a_planner_imports_no_lists(keyed):
    for role, status in (("planner", 403), ("compliance", 422)):  # the second may, but sends no file
        headers = {"Authorization": f"Bearer {saved.add_key(f'{role} of lists', role, '', read_clock())}"}
        assert keyed.post("/v1/lists", data={"published": "2026-11-20"}, headers=headers).status_code == status


def test_a_feed_its_map_and_its_archive_are_sent_once(client, small_feed):
    from landbridge.planner import tasks

    digest = tasks.keep_feed(small_feed).digest
    for part in ("", "/map.geojson", "/feed.zip"):
        first = client.get(f"/v1/feeds/{digest}{part}")
        assert first.headers["etag"] == f'"{digest}"'
        again = client.get(f"/v1/feeds/{digest}{part}", headers={"If-None-Match": f'W/"old", "{digest}"'})
        assert (again.status_code, again.content) == (304, b"")
        assert client.get(f"/v1/feeds/{digest}{part}", headers={"If-None-Match": "*"}).status_code == 304


def test_whether_something_is_there_can_be_asked_without_its_body(client, keyed, small_feed):
    """``curl -I`` of a feed that is there was told 404."""
    from landbridge.planner import tasks

    path = f"/v1/feeds/{tasks.keep_feed(small_feed).digest}"
    got, asked = client.get(path), client.head(path)
    assert (asked.status_code, asked.content, asked.headers["etag"]) == (200, b"", got.headers["etag"])
    assert asked.headers["content-length"] == got.headers["content-length"]
    assert client.head("/v1/feeds/none").status_code == client.get("/v1/feeds/none").status_code == 404
    assert client.head("/v1/plan").status_code == client.get("/v1/plan").status_code == 405
    assert keyed.head(path).status_code == keyed.get(path).status_code == 401
