"""Questions beyond one plan: departures of a window, the latest ready day, many places at once, alternatives."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from landbridge.domain.errors import QueryError
from landbridge.planner import (
    Question,
    ask,
    find_alternatives,
    find_latest,
    find_matrix,
    find_namesakes,
    find_profile,
    join_world_places,
    load_feed,
    plan_shipment,
)  # fmt: skip
from landbridge.planner.alternatives import MOST_SHARED, shared_percent
from landbridge.planner.profile import ask_latest
from landbridge.report.document_form import encode
from landbridge.report.inquiry_report import matrix_document, render_matrix
from landbridge.report.page import plain_text
from tests.corridor import READY, question, tiny_corridor
from tests.properties.random_feed import random_dataset, random_question

ASKED = Question(origin="AA", destination="BB", units="1x40HC", goods="8701", ready="2026-12-01", exact=True)


@pytest.fixture(scope="module")
def feed():
    return tiny_corridor()


def exact(**more):
    return question(tolerance_percent=0, **more)


def values(one):
    return one.departs_at, one.arrives_at, one.cost_cents, one.emission_g_co2e


def is_better(one, other):
    """Leaves no earlier, and no worse in the rest; not the same."""
    a, b = values(one), values(other)
    return a != b and a[0] >= b[0] and all(x <= y for x, y in zip(a[1:], b[1:], strict=True))


@pytest.mark.parametrize("seed", [3, 17])
def test_a_profile_holds_what_no_departure_of_any_day_makes_useless(seed):
    dataset, query = random_dataset(seed), replace(random_question(seed), due_on=None)
    days = [query.ready_on + timedelta(days=offset) for offset in range(6)]
    every = [one for day in days for one in plan_shipment(dataset, replace(query, ready_on=day)).itineraries]
    wanted = {values(one) for one in every if not any(is_better(other, one) for other in every)}
    found = find_profile(dataset, query, days[-1])
    assert {values(one.itinerary) for one in found.departures} == wanted
    assert len(found.departures) == len(wanted)
    assert [one.itinerary.departs_at for one in found.departures] == sorted(one.itinerary.departs_at for one in found.departures)


def test_each_departure_is_a_plan_of_its_ready_day(feed):
    """The ship leaves on Fridays: of the days between two of them only the last that still reaches it is named."""
    found = find_profile(feed, exact(), READY + timedelta(days=9))
    by_ship = [one for one in found.departures if len(one.itinerary.legs) == 3]
    assert [one.itinerary.legs[1].departure_on.isoweekday() for one in by_ship] == [5, 5]
    assert by_ship[0].itinerary in plan_shipment(feed, exact(ready_on=by_ship[0].ready_on)).itineraries
    day_later = plan_shipment(feed, exact(ready_on=by_ship[0].ready_on + timedelta(days=1))).itineraries
    assert values(by_ship[0].itinerary) not in {values(one) for one in day_later}


@pytest.mark.parametrize(("first", "last"), [(1, 0), (0, 400)])
def test_a_window_that_is_none_is_refused(feed, first, last):
    with pytest.raises(QueryError) as caught:
        find_profile(feed, exact(ready_on=READY + timedelta(days=first)), READY + timedelta(days=last))
    assert [one.code for one in caught.value.findings] == ["WINDOW"]


@pytest.mark.parametrize("seed", range(30, 34))
def test_the_latest_ready_day_is_that_of_trying_every_day(seed):
    dataset = random_dataset(seed)
    query = replace(random_question(seed), ready_on=READY, due_on=READY + timedelta(days=16))
    every = [READY + timedelta(days=offset) for offset in range(17)]
    feasible = [day for day in every if plan_shipment(dataset, replace(query, ready_on=day)).itineraries]
    assert find_latest(dataset, query) == max(feasible, default=None)


def test_the_latest_ready_day_is_told_and_planned(feed):
    query, said = ask_latest(feed, exact(due_on=READY + timedelta(days=20)))
    assert said.code == "LATEST-READY"
    assert query.ready_on > READY
    assert plan_shipment(feed, query).itineraries
    assert not plan_shipment(feed, replace(query, ready_on=query.ready_on + timedelta(days=1))).itineraries


def test_no_day_early_enough_is_an_answer_and_no_due_date_a_wrong_question(feed):
    query, said = ask_latest(feed, exact(due_on=READY))
    assert (query.ready_on, said.code) == (READY, "LATEST-NONE")
    with pytest.raises(QueryError):
        find_latest(feed, exact())


def test_a_matrix_holds_the_best_of_each_pair(feed):
    matrix = find_matrix(feed, ASKED, ["AA", "BB"], [], by="cost")
    query, found = matrix.query, matrix.relations
    assert {(one.origin_id, one.destination_id) for one in found} == {(a, b) for a in ("AA", "BB") for b in feed.place_by_id if a != b}
    for one in found:
        plan = plan_shipment(feed, replace(query, origin_id=one.origin_id, destination_id=one.destination_id))
        assert (one.itinerary is None) == (not plan.itineraries)
        if one.itinerary is not None:
            assert one.itinerary.cost_cents == min(way.cost_cents for way in plan.itineraries)


def test_everything_wrong_with_a_matrix_is_told(feed):
    with pytest.raises(QueryError) as caught:
        find_matrix(feed, ASKED, ["AA"], ["AA"], by="weight")
    assert [one.code for one in caught.value.findings] == ["MEASURE", "MATRIX-SIZE"]


def test_a_matrix_takes_places_of_the_atlas_as_a_plan_does():
    """Osh is in no table of the feed; a plan between the same places has the same best way, and its stops have names."""
    feed = load_feed("belarus-pakistan")[0]
    asked = Question(origin="", destination="", units="1x40HC", ready="2026-12-01")
    matrix = find_matrix(feed, asked, ["Lahore"], ["Minsk", "Osh"], by="cost")
    names = {row.place_id: row.name for row in (*feed.places, *matrix.places)}
    assert [names[one.destination_id] for one in matrix.relations] == ["Minsk", "Osh"]
    way = matrix.relations[1].itinerary
    joined = join_world_places(feed, ("Lahore", "Osh"))
    plan = plan_shipment(joined, ask(joined, replace(asked, origin="Lahore", destination="Osh")), is_compared=False)
    assert way.cost_cents in {one.cost_cents for one in (*plan.itineraries, *(row.itinerary for row in plan.compared))}
    text = plain_text(render_matrix(matrix, feed, "cost", width=120))
    assert "Osh (KGOSS)" in text
    assert not [leg.to_id for leg in way.legs if leg.to_id not in names]
    assert matrix_document(matrix, "cost")["findings"] == [encode(found) for found in matrix.findings]


def test_places_of_a_matrix_have_the_findings_of_a_plan():
    feed = load_feed("belarus-pakistan")[0]
    asked = Question(origin="", destination="", units="1x40HC", ready="2026-12-01")
    with pytest.raises(QueryError) as caught:
        find_matrix(feed, asked, ["Qqqqqqqq"], ["Lahore", "Zzzzzzzzz"])
    assert [(one.code, one.column) for one in caught.value.findings] == [("UNKNOWN-PLACE", "--from"), ("UNKNOWN-PLACE", "--to")]
    matrix = find_matrix(feed, asked, ["Minsk"], ["Hyderabad"])
    joined = join_world_places(feed, (matrix.query.origin_id, matrix.query.destination_id))
    told = find_namesakes(joined, "Hyderabad", joined.place_by_id[matrix.query.destination_id], "--to")
    assert told is not None
    assert matrix.findings == (told,)


def test_alternatives_share_little_and_begin_with_the_balanced_plan(feed):
    plan = plan_shipment(feed, exact())
    found = find_alternatives(feed, plan, 3)
    assert "balanced" in found[0].itinerary.labels
    assert [[leg.mode for leg in one.itinerary.legs] for one in found] == [["road", "sea", "road"], ["road"]]
    assert all(one.shared_percent <= MOST_SHARED for one in found)
    assert shared_percent(feed, found[0].itinerary, found[0].itinerary) == 100
    with pytest.raises(QueryError):
        find_alternatives(feed, plan, 99)


def test_the_commands_answer(tmp_path):
    import json

    from typer.testing import CliRunner

    from landbridge.cli.app import app

    def run(*words):
        found = CliRunner().invoke(app, [*words, "--feed", str(tmp_path / "small")])
        assert found.exit_code == 0, found.output
        return found.stdout

    CliRunner().invoke(app, ["init", str(tmp_path / "small")])
    ends = ["Varna", "Yerevan"]
    assert "DEPARTURES" in run("profile", *ends, "--from", "2026-12-01", "--to", "2026-12-08")
    document = json.loads(run("profile", *ends, "--from", "2026-12-01", "--to", "2026-12-08", "--json"))
    assert document["is_complete"]
    assert document["departures"][0]["ready_on"] >= "2026-12-01"
    assert "of 2 places reached" in run("matrix", "--from", "Varna", "--to", "Poti", "--to", "Yerevan")
    assert json.loads(run("matrix", "--from", "Varna", "--by", "time", "--json"))["by"] == "time"
    assert "ALTERNATIVES" in run("plan", *ends, "--alternatives", "2")
    late = json.loads(run("plan", *ends, "--due", "2026-12-30", "--latest", "--json"))
    assert date.fromisoformat(late["query"]["ready_on"]) > date(2026, 12, 1)


def test_the_words_of_the_asker_reach_the_question(feed):
    assert ask(feed, ASKED).tolerance_percent == 0
