"""Names against lists, decisions of two people, the audit log, through the HTTP door."""


def test_blocked_is_blocked_through_this_door_too(client, small_feed):
    from landbridge.planner import tasks

    name = tasks.keep_feed(small_feed).watchlist[0].name
    answer = client.post("/v1/screen", json={"parties": [{"name": name}]}).json()["answers"][0]
    assert answer["verdict"] in ("blocked", "review")
    assert answer["matches"][0]["features"]


def test_two_people_clear_a_match(client, small_feed):
    from landbridge.planner import tasks

    name = tasks.keep_feed(small_feed).watchlist[0].name
    match = client.post("/v1/screen", json={"parties": [{"name": name}]}).json()["answers"][0]["matches"][0]["match_id"]
    entered = {"match_id": match, "verdict": "clear", "reason": "another one", "by": "Ann", "until": "2099-01-01"}
    assert client.post("/v1/decisions", json=entered).json()["confirmed_by"] is None
    assert client.post("/v1/decisions", json={"match_id": match, "confirm": True, "by": "Ann"}).status_code == 422
    assert client.post("/v1/decisions", json={"match_id": match, "confirm": True, "by": "Ben"}).json()["confirmed_by"] == "Ben"
    assert client.post("/v1/screen", json={"parties": [{"name": name}]}).json()["answers"][0]["verdict"] != "blocked"


def test_the_audit_log_holds(client):
    found = client.get("/v1/audit").json()
    assert found["is_intact"]
    assert client.get("/v1/audit", params={"head": found["head"]}).json()["is_intact"]
    assert not client.get("/v1/audit", params={"head": "1:" + "0" * 64}).json()["is_intact"]


def test_places_are_found_in_any_spelling(client, small_feed):
    from landbridge.planner import tasks

    place = tasks.keep_feed(small_feed).places[0]
    found = client.get("/v1/places", params={"q": place.name.upper()}).json()["places"]
    assert (found[0]["place_id"], found[0]["ask"]) == (place.place_id, place.name)


def test_places_of_the_world_come_before_guesses_of_the_feed(client):
    found = client.get("/v1/places", params={"q": "Варшава", "world": True}).json()["places"]
    assert (found[0]["place_id"], found[0]["ask"]) == ("PLWAW", "Warsaw, PL")
    assert [one["score"] for one in found] == sorted((one["score"] for one in found), reverse=True)


def test_lists_and_goods(client):
    assert client.get("/v1/lists").json()["lists"]
    assert "goods" in client.get("/v1/goods", params={"q": "a"}).json()
