"""What a process of the server knows before its first question."""

from landbridge.domain.errors import QueryError
from landbridge.domain.finding import Finding
from landbridge.planner import question
from landbridge.planner.tasks import keep_feed, perform_task, read_ahead, warm
from landbridge.routing import arc_tables, groundwork
from landbridge.routing.arc_tables import ArcTables


def test_links_are_known_in_both_directions(monkeypatch):
    warm("belarus-pakistan")
    made = []
    make = ArcTables._make_strip
    monkeypatch.setattr(ArcTables, "_make_strip", lambda self, *rest: made.append(rest) or make(self, *rest))
    for origin, destination in (("BYMSQ", "PKKHI"), ("PKLHE", "BYBQT")):
        request = {"feed": "belarus-pakistan", "origin": origin, "destination": destination, "units": "1x40HC", "part": "plans"}
        assert perform_task("plan", request, at="2026-11-27T00:00:00Z", tell=lambda _: None).result["itineraries"]
    assert len(made) < 100


def test_a_process_that_rests_works_out_the_tables_between_all_countries(monkeypatch):
    groundwork._groundwork.cache_clear()
    groundwork._memory.cache_clear()
    warm("belarus-pakistan")
    made, make = [], ArcTables._make_strip
    monkeypatch.setattr(ArcTables, "_make_strip", lambda self, *rest: made.append(rest) or make(self, *rest))
    steps, ahead = sum(1 for _ in read_ahead("belarus-pakistan")), len(made)
    for origin, destination, ready in (("IRBND", "BYMSQ", None), ("AZBAK", "RULED", "2026-12-09"), ("PKISB", "IRBND", "2026-12-31")):
        request = {
            "feed": "belarus-pakistan",
            "origin": origin,
            "destination": destination,
            "units": "1x40HC",
            "part": "plans",
            "ready": ready,
        }
        assert perform_task("plan", request, at="2026-11-27T00:00:00Z", tell=lambda _: None).result["itineraries"]
    assert steps > 10
    assert len(made) - ahead < ahead / 10


def test_a_feed_without_shipments_is_read():
    keep_feed.cache_clear()
    warm("world")
    assert keep_feed.cache_info().currsize == 1


def test_a_feed_of_which_nothing_can_be_asked_is_served_all_the_same(monkeypatch):
    def refuse(*_):
        raise QueryError([Finding(code="UNITS", message="no such unit")])

    monkeypatch.setattr(question, "ask", refuse)
    warm("belarus-pakistan")
    assert not list(read_ahead("belarus-pakistan"))


def test_nothing_is_read_ahead_of_a_feed_whose_tables_take_long(monkeypatch):
    monkeypatch.setattr(arc_tables, "MOST_KEPT", 10)
    assert not list(read_ahead("belarus-pakistan"))
