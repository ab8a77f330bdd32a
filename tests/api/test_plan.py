"""Plan, explain, verify, and what a wrong question gets."""

import pytest

from landbridge.report.plan_document import parse_plan_document


@pytest.fixture(scope="module")
def answered(running, question, server_home):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LANDBRIDGE_HOME", server_home)
        found = running.post("/v1/plan", json=question)
    assert found.status_code == 200, found.text
    return found


def test_the_answer_is_the_plan_document(answered, question):
    plan = parse_plan_document(answered.json())
    assert plan.itineraries
    assert plan.query.origin_id == question["origin"]
    assert all(sum(item.cost_cents for item in one.items) == one.cost_cents for one in plan.itineraries)


def test_the_same_question_gives_the_saved_plan(client, answered, question):
    again = client.post("/v1/plan", json=question)
    assert again.headers["landbridge-plan"] == answered.headers["landbridge-plan"]
    assert client.get(again.headers["content-location"]).content == answered.content


def test_the_plans_alone_are_those_of_the_whole_answer_and_stand_in_no_list(client, question):
    asked = question | {"ready": "2027-03-03"}
    alone = client.post("/v1/plan", json=asked, params={"part": "plans"})
    assert "PLANS-ALONE" in [one["code"] for one in alone.json()["findings"]]
    assert client.post("/v1/plan", json=asked, params={"part": "plans"}).headers["landbridge-plan"] == alone.headers["landbridge-plan"]
    whole = client.post("/v1/plan", json=asked)
    assert whole.json()["itineraries"] == alone.json()["itineraries"] != []
    assert "PLANS-ALONE" not in [one["code"] for one in whole.json()["findings"]]
    listed = [one["plan_id"] for one in client.get("/v1/plans", params={"limit": 100}).json()["plans"]]
    assert whole.headers["landbridge-plan"] in listed
    assert alone.headers["landbridge-plan"] not in listed
    again = client.post("/v1/plan", json=asked, params={"part": "plans"})
    assert again.headers["landbridge-plan"] == whole.headers["landbridge-plan"]


def test_where_there_is_no_plan_the_answer_is_whole_at_once(client, question):
    asked = question | {"ready": "2026-12-01", "due": "2026-12-02"}
    found = client.post("/v1/plan", json=asked, params={"part": "plans"})
    assert (found.status_code, found.json()["itineraries"]) == (200, [])
    assert "PLANS-ALONE" not in [one["code"] for one in found.json()["findings"]]
    assert client.post("/v1/plan", json=asked).headers["landbridge-plan"] == found.headers["landbridge-plan"]


def test_no_other_part_is_known(client, question):
    assert client.post("/v1/plan", json=question, params={"part": "half"}).status_code == 422


def test_verifying_a_part_of_an_answer_tells_what_was_not_in_it(client, question):
    answer = client.post("/v1/plan?part=plans", json=question | {"ready": "2027-05-17"})
    assert "PLANS-ALONE" in [one["code"] for one in answer.json()["findings"]]
    for told in ({"plan_id": answer.headers["Landbridge-Plan"]}, {"plan": answer.json()}):
        found = client.post("/v1/verify", json=told).json()
        assert found["is_verified"]
        assert [one["code"] for one in found["findings"]] == ["PLANS-ALONE"]


def test_one_question_leaves_one_plan_and_its_first_address_leads_to_it(client, question):
    """Also where this server had served the part: what it keeps in memory of it is not given once the whole is there."""
    asked = question | {"ready": "2027-05-18"}
    part = client.post("/v1/plan?part=plans", json=asked).headers["Landbridge-Plan"]
    assert codes_at(client, part) == [True] * 3
    before = client.get(f"/v1/plans/{part}").headers["ETag"]
    assert client.get(f"/v1/plans/{part}", headers={"If-None-Match": before}).status_code == 304
    whole = client.post("/v1/plan", json=asked).headers["Landbridge-Plan"]
    assert whole != part
    for _ in range(2):
        answer = client.get(f"/v1/plans/{part}", headers={"If-None-Match": before})
        assert (answer.status_code, answer.headers["Landbridge-Plan"], answer.headers["ETag"]) == (200, whole, f'"{whole}"')
        assert answer.headers["Content-Location"] == f"/v1/plans/{whole}"
        assert codes_at(client, part) == [False] * 3
    listed = client.get("/v1/plans", params={"limit": 100}).json()["plans"]
    assert [one["plan_id"] for one in listed if one["question"].get("ready") == "2027-05-18"] == [whole]


def codes_at(client, plan_id):
    """Whether the plan, its check and its report say that they are of a part."""
    found = (
        client.get(f"/v1/plans/{plan_id}"),
        client.post("/v1/verify", json={"plan_id": plan_id}),
        client.get(f"/v1/plans/{plan_id}/report.json"),
    )
    return ["PLANS-ALONE" in one.text for one in found]


def test_explain_and_verify_a_saved_plan(client, answered):
    plan_id = answered.headers["landbridge-plan"]
    told = client.post("/v1/explain", json={"plan_id": plan_id}).json()
    assert told["itinerary"]["cost_cents"] == answered.json()["itineraries"][0]["cost_cents"]
    assert client.post("/v1/verify", json={"plan_id": plan_id}).json() == {"is_verified": True, "differences": [], "findings": []}


def test_a_plan_that_was_changed_is_not_verified(client, answered):
    document = answered.json()
    document["itineraries"][0]["cost_cents"] += 100
    found = client.post("/v1/verify", json={"plan": document}).json()
    assert not found["is_verified"]


def test_why_not_says_why(client, answered):
    place = answered.json()["itineraries"][0]["legs"][0]["to"]
    found = client.post("/v1/explain", json={"plan_id": answered.headers["landbridge-plan"], "why_not": place}).json()
    assert found["why_not"]["place_id"] == place
    assert found["why_not"]["text"]


def test_all_faults_of_a_question_come_at_once_and_by_field(client):
    found = client.post("/v1/plan", json={"origin": "Nowhereville", "destination": "", "units": "0x99", "ready": "soon"})
    assert found.status_code == 422
    assert found.headers["content-type"] == "application/problem+json"
    assert {one["column"] for one in found.json()["findings"]} == {"origin", "destination", "units", "ready"}


def test_no_job_is_begun_for_a_wrong_question(client):
    before = client.get("/v1/jobs").json()["jobs"][:1]
    client.post("/v1/jobs", json={"plan": {"origin": "Nowhereville", "destination": "x"}})
    assert client.get("/v1/jobs").json()["jobs"][:1] == before


@pytest.mark.parametrize(("form", "kind"), [("geojson", "application/geo+json"), ("json", "application/json"), ("ics", "text/calendar")])
def test_reports_of_a_saved_plan(client, answered, form, kind):
    found = client.get(f"/v1/plans/{answered.headers['landbridge-plan']}/report.{form}")
    assert found.status_code == 200
    assert found.headers["content-type"].startswith(kind)


def test_saved_plans_come_in_pages(client, answered, question):
    client.post("/v1/plan", json=question | {"units": "2x" + question["units"][2:]})
    first = client.get("/v1/plans", params={"limit": 1}).json()
    second = client.get(first["next"]).json()
    assert len(first["plans"]) == 1
    assert first["plans"][0]["plan_id"] != second["plans"][0]["plan_id"]


def test_a_decision_makes_the_question_a_new_one(client, question):
    first = client.post("/v1/plan", json=question).headers["landbridge-plan"]
    screened = client.post("/v1/screen", json={"parties": [{"name": "Nordwind Obscura"}]}).json()["answers"][0]
    assert client.post("/v1/plan", json=question).headers["landbridge-plan"] == first
    match = screened["matches"][0]["match_id"]
    decision = {"match_id": match, "verdict": "blocked", "reason": "it is", "by": "Ann", "until": "2099-01-01"}
    assert client.post("/v1/decisions", json=decision).status_code == 200
    assert client.post("/v1/plan", json=question).headers["landbridge-plan"] != first


def test_a_known_answer_comes_packed_with_its_etag(client, question):
    first = client.post("/v1/plan", json=question)
    plan_id = first.headers["Landbridge-Plan"]
    plain = client.get(f"/v1/plans/{plan_id}", headers={"Accept-Encoding": "identity"})
    packed = client.get(f"/v1/plans/{plan_id}", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.json() == plain.json() == first.json()
    again = client.get(f"/v1/plans/{plan_id}", headers={"If-None-Match": packed.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_what_somebody_else_asked_is_answered_by_a_plan_of_ones_own(client, question):
    from landbridge.planner import saved

    mine = client.post("/v1/plan", json=question).headers["Landbridge-Plan"]
    secret = saved.add_key("another-planner", "planner", "", "2026-11-26T00:00:00+00:00")
    other = client.post("/v1/plan", json=question, headers={"Authorization": f"Bearer {secret}"}).headers["Landbridge-Plan"]
    assert other != mine
    assert saved.find_plan(other).owner == "another-planner"
    assert saved.find_plan(other).document == saved.find_plan(mine).document


def test_a_quote_is_made_of_a_saved_plan_and_its_faults_are_told(client, question):
    plan_id = client.post("/v1/plan", json=question).headers["Landbridge-Plan"]
    for form, begin in (("html", b"<!doctype"), ("pdf", b"%PDF")):
        answer = client.get(f"/v1/plans/{plan_id}/quote.{form}", params={"margin": "12", "incoterm": "DAP", "valid_until": "2026-12-24"})
        assert answer.status_code == 200
        assert answer.content.startswith(begin)
    wrong = client.get(f"/v1/plans/{plan_id}/quote.html", params={"margin": "much", "incoterm": "FOC"})
    assert wrong.status_code == 422
    assert [one["code"] for one in wrong.json()["findings"]] == ["MARGIN", "INCOTERM"]


def test_a_map_of_one_way_has_its_legs_drawn(client, answered):
    address = f"/v1/plans/{answered.headers['landbridge-plan']}/map.geojson"
    found = client.get(address)
    legs = [one for one in found.json()["features"] if one["properties"]["role"] == "leg"]
    assert {one["properties"]["itinerary"] for one in legs} == {1}
    assert max(len(one["geometry"]["coordinates"]) for one in legs if one["geometry"]) > 5
    assert client.get(address, params={"itinerary": 9_999}).status_code == 404


@pytest.fixture
def on_own_feed(client, question, tmp_path):
    """The digest of an uploaded feed, and the id of a plan that was made from it."""
    from landbridge import planner

    folder = tmp_path / "own"
    planner.init_feed(str(folder))
    package = folder / "datapackage.json"
    package.write_text(package.read_text(encoding="utf-8").replace('"name": "own"', f'"name": "own-{tmp_path.name}"'), encoding="utf-8")
    planner.convert_feed(str(folder), str(tmp_path / "own.zip"))
    digest = client.post("/v1/feeds", content=(tmp_path / "own.zip").read_bytes()).json()["digest"]
    return digest, client.post("/v1/plan", json=question | {"feed": digest}).headers["Landbridge-Plan"]


def test_a_plan_on_an_uploaded_feed_outlives_the_file_that_was_laid_out(client, on_own_feed, server_home):
    from pathlib import Path

    from landbridge.planner import tasks

    digest, plan_id = on_own_feed
    Path(server_home, "feeds", f"{digest}.zip").unlink()
    tasks.keep_feed.cache_clear()
    found = client.get(f"/v1/plans/{plan_id}/report.html")
    assert found.status_code == 200
    assert "Varna" in found.text


def test_a_plan_whose_feed_is_gone_is_not_told_by_another_feed(client, on_own_feed, server_home):
    from pathlib import Path

    from sqlalchemy import delete

    from landbridge.api.problem import ProblemError
    from landbridge.api.routes_plan import open_saved
    from landbridge.planner import saved, tasks
    from landbridge.store.engine import changing
    from landbridge.store.schema import feeds

    digest, plan_id = on_own_feed
    Path(server_home, "feeds", f"{digest}.zip").unlink()
    with changing() as connection:
        connection.execute(delete(feeds).where(feeds.c.digest == digest))
    tasks.keep_feed.cache_clear()
    found = client.get(f"/v1/plans/{plan_id}/report.html")
    assert (found.status_code, found.json()["findings"][0]["code"]) == (404, "FEED-GONE")
    assert client.get(f"/v1/plans/{plan_id}").status_code == 200
    with pytest.raises(ProblemError, match="cannot be read any more"):
        open_saved(saved.find_plan(plan_id))
