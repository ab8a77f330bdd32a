from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings

from landbridge.domain.book import AllWays, Proven, Spread
from landbridge.domain.errors import QueryError
from landbridge.optimization.book_model import solve_book
from landbridge.optimization.growth import ceiling_cost
from landbridge.planner import BookQuestion, ReachQuestion, ask_reach, find_reach
from landbridge.planner.book.candidates import Work, find_candidates
from landbridge.planner.book.joint_plan import ways_from
from landbridge.planner.book.reach import _latest, _most_saved, _of_clone
from landbridge.report.page import plain_text
from landbridge.report.reach import answer_text, reach_document, reach_markdown, render_reach
from tests.corridor import AS_OF, READY, place
from tests.optimization.test_book_model import problems
from tests.planner.test_book import back, book_of, charter, empties, shipment
from tests.planner.test_book_units import part, shared, stuffing

BOOK = BookQuestion(as_of=AS_OF, seconds=20, draws=3)


@pytest.fixture(scope="module")
def found():
    dataset = book_of(
        shipment(1, "one", units=5), back(2, "two", READY + timedelta(days=20), units=4), block_offers=(charter(),), reuses=(empties(),)
    )
    return find_reach(dataset, ReachQuestion(book=BOOK, target_percent=60.0, volumes=(1, 3, 6), starts=2))


def test_more_volume_saves_more(found):
    assert [one.payer_units for one in found.points] == [2, 6, 12]
    lows = [one.low_percent for one in found.points]
    assert lows[0] == 0.0 < lows[-1]
    for one in found.points:
        assert one.low_percent <= one.high_percent <= one.ceiling_percent + 0.01
        assert one.together.cost_cents <= one.alone.cost_cents


def test_what_is_not_reached_is_said_so(found):
    assert found.reached is None
    assert "60 % is not reached" in answer_text(found) or "no volume reaches 60 %" in answer_text(found)
    assert found.lever_sets[-1].low_percent == max(one.low_percent for one in found.lever_sets)
    assert [one.factor for one in found.prices][:1] == [0.75]


def test_what_is_reached_names_volume_and_levers():
    dataset = book_of(shipment(1, "one"), shipment(2, "two"), block_offers=(charter(),))
    found = find_reach(dataset, ReachQuestion(book=BOOK, target_percent=0.5, volumes=(1,), starts=1))
    assert found.reached is not None
    assert found.lever_sets[0].levers == ("part_charter",)
    assert found.lever_sets[0].low_percent >= 0.5
    assert "surely" in answer_text(found)


def test_it_can_be_read_and_written(found):
    document = reach_document(found, seconds=1.0)
    assert [one["copies"] for one in document["curve"]] == [1, 3, 6]
    assert document["reached_at"] is None
    assert "What reaches 60 %" in plain_text(render_reach(found))
    assert "# What reaches 60 %?" in reach_markdown(found, "command")


@settings(max_examples=40, deadline=None)
@given(problems())
def test_no_plan_is_below_the_ceiling(problem):
    best = solve_book(problem)
    assert best is not None
    assert ceiling_cost(problem) <= best.objective + 1


def test_bad_words_are_told_at_once():
    with pytest.raises(QueryError) as error:
        ask_reach(book_of(shipment(1, "one")), target=150, volumes="0,x", seconds=-1, as_of="soon")
    assert {row.code for row in error.value.findings} == {"TARGET", "VOLUMES", "SECONDS", "DATE"}


def test_a_clone_is_in_time_by_the_clock_of_its_destination():
    """In Kiritimati a day ends fourteen hours before it does in Greenwich; a price without a rate leaves the due date hard."""
    row = shipment(1, "one", due_on=READY + timedelta(days=20), late_per_day=Decimal(9), max_late_days=5, currency="XXX")
    dataset = book_of(row)
    far = tuple(replace(one, zone="Pacific/Kiritimati") if one.place_id == "BB" else one for one in dataset.places)
    latest = _latest(replace(dataset, places=far), ReachQuestion(book=BOOK), row)
    assert latest == datetime(2026, 12, 21, 10, tzinfo=UTC)
    (one,) = [one for one in find_candidates(Work(dataset, BOOK, None), [(row, "one")], ways_from(dataset, BOOK))[0]][:1]
    arrives = one.itinerary.arrives_at
    assert list(_of_clone(row, "one", [[one]], arrives))
    assert not list(_of_clone(row, "one", [[one]], arrives - timedelta(minutes=1)))


def test_a_part_load_that_only_the_shed_can_send_is_counted_at_every_volume():
    dataset = shared(part(1, "one", due_on=None, from_place_id="AQ"), part(2, "two", due_on=None), block_offers=(charter(),))
    dataset = replace(dataset, stuffings=(stuffing("a", "AA", serves=("AQ",)), stuffing("b", "BB")))
    dataset = replace(dataset, places=(*dataset.places, place("AQ", lon=0.1, lat=0.4)))
    found = find_reach(dataset, ReachQuestion(book=BOOK, target_percent=60.0, volumes=(1, 2), starts=2))
    assert found.notes == ()
    assert [one.shipment_units for one in found.points] == [2, 4]


def test_what_no_ways_reach_at_any_volume_is_said():
    dataset = book_of(shipment(1, "one", incoterm="CPT"), shipment(2, "two", incoterm="CPT"), block_offers=(charter(),))
    question = ReachQuestion(book=replace(BOOK, all_ways_seconds=30.0), target_percent=99.0, volumes=(1, 2), starts=2)
    found = find_reach(dataset, question)
    assert found.all_ways_percent is not None
    assert max(one.high_percent for one in found.points) <= found.all_ways_percent < 99
    assert reach_document(found, seconds=1.0)["all_ways_percent"] == found.all_ways_percent
    said = "99 % is out of reach at any volume of such shipments: no ways by confirmed services, looked at or not, save more than"
    assert f"{said} {found.all_ways_percent:.1f} %" in answer_text(found)
    assert "out of reach" not in answer_text(replace(found, target_percent=found.all_ways_percent / 2))


def test_the_most_that_any_ways_save_is_that_of_the_volume_at_which_it_is_most(found):
    """Each copy costs 60 at the least: of 2 x 100 alone 40 % are saved, of 6 x 120 (some copies are ready when ways are dearer) 50 %."""
    points = [
        replace(found.points[0], copies=copies, alone=Proven(cost_cents=cents, bound_cents=0)) for copies, cents in ((2, 200), (6, 720))
    ]
    bound = AllWays(together_cents=130, any_volume_cents=120)
    assert _most_saved(bound, points[:1]) == pytest.approx(40.0)
    assert _most_saved(bound, points) == pytest.approx(50.0)


@pytest.mark.parametrize(
    ("most", "low", "high", "said"),
    [
        (13.0, 15.3, 19.6, "save more than 13.0 %. Where prices are drawn that is not proven: with every train full"),
        (13.0, 9.0, 14.9, "save more than 13.0 %. Where prices are drawn the same is found: with every train full"),
        (None, 15.3, 19.6, "nothing proves that more would not reach it. Where prices are drawn: with every train full"),
    ],
)
def test_the_answer_says_whether_it_is_proven_where_prices_are_drawn(found, most: float | None, low: float, high: float, said: str):
    points = tuple(replace(one, ceiling_percent=16.0) for one in found.points)
    reach = replace(
        found, target_percent=15.0, all_ways_percent=most, points=points, prices=(),
        ceiling=Spread(p10_percent=low, p50_percent=low, p90_percent=high, units=20),
    )  # fmt: skip
    reach = replace(reach, points=tuple(replace(one, together=one.alone) for one in points))
    assert said in answer_text(reach)
    assert answer_text(reach).endswith("in eight of ten draws of uncertain prices, for the book as it is.")


def test_of_a_book_without_shipments_nothing_is_said_but_that():
    found = find_reach(book_of(), ReachQuestion(book=BOOK, volumes=(1, 2)))
    page = plain_text(render_reach(found))
    assert "no shipment that can be carried" in page
    assert "%" not in page.split("What reaches 15 %", 1)[1]
    assert "whole trade" not in page


def test_a_trifle_less_than_nothing_is_nothing(found):
    spread = Spread(p10_percent=-0.01, p50_percent=-0.02, p90_percent=0.04, units=3)
    reach = replace(found, points=tuple(replace(one, spread=spread) for one in found.points))
    assert "-0.0" not in plain_text(render_reach(reach))
    assert "(0.0 to 0.0 % in eight of ten draws" in answer_text(reach)
