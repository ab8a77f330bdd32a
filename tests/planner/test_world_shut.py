"""Ways of the world lead around what is shut on the days of the question."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

import landbridge as lb
from landbridge.domain.event import Event
from landbridge.planner.world.chain import load_world_feed
from landbridge.planner.world.places import join_world_places
from landbridge.planner.world.shut import Days, list_shut
from tests.corridor import S

BERLIN_WARSAW = "road-DE-PL"


def closed(first, last=None, **told):
    return Event(event_id="x-closed", title="closed", kind="closure", border_id=BERLIN_WARSAW, valid_from=first, valid_to=last, **S, **told)


def days(asked, ready):
    return Days(as_of=date.fromisoformat(asked), ready_on=date.fromisoformat(ready))


def crossed(joined):
    return {row.border_id for row in joined.links if row.mode == "road" and row.border_id}


@pytest.fixture(scope="module")
def world():
    return load_world_feed()


def test_a_border_that_is_shut_when_the_goods_are_ready_is_not_drawn(world):
    """As a scenario would shut it: an event of the feed."""
    feed = replace(world, events=(*world.events, closed(date(2027, 3, 1))))
    ends = ("Berlin", "Warsaw")
    assert BERLIN_WARSAW in crossed(join_world_places(feed, ends, days=days("2026-11-24", "2027-02-28")))
    around = crossed(join_world_places(feed, ends, days=days("2026-11-24", "2027-03-01")))
    assert around
    assert BERLIN_WARSAW not in around


def test_what_opens_again_soon_is_gone_around_and_waited_for(world):
    feed = replace(world, events=(*world.events, closed(date(2027, 3, 1), date(2027, 3, 10))))
    found = crossed(join_world_places(feed, ("Berlin", "Warsaw"), days=days("2026-11-24", "2027-03-01")))
    assert BERLIN_WARSAW in found
    assert found - {BERLIN_WARSAW}


def test_a_closure_that_nobody_knew_of_is_none(world):
    feed = replace(world, events=(*world.events, closed(date(2027, 3, 1), known_from=date(2027, 2, 20))))
    assert "x-closed" not in list_shut(feed, feed, days("2027-02-19", "2027-03-05")).standing
    assert "x-closed" in list_shut(feed, feed, days("2027-02-20", "2027-03-05")).standing


def test_ways_are_made_once_for_days_on_which_the_same_is_shut(world):
    one, other = (join_world_places(world, ("Berlin", "Warsaw"), days=days("2026-11-24", day)) for day in ("2026-12-01", "2027-01-15"))
    assert one is other


def test_a_border_of_which_the_feed_shuts_each_crossing_is_gone_around():
    feed = lb.load("belarus-pakistan")
    roads = {row.border_id for row in feed.crossings if row.mode == "road" and {row.from_country, row.to_country} == {"KZ", "RU"}}
    assert roads
    shut = tuple(replace(closed(date(2026, 11, 1)), event_id=f"x-{one}", border_id=one) for one in sorted(roads))
    ends, asked = ("Hamburg", "Almaty"), days("2026-11-24", "2026-12-01")
    plain, barred = (join_world_places(one, ends, days=asked) for one in (feed, replace(feed, events=(*feed.events, *shut))))

    def by_road(joined):
        places, made = joined.place_by_id, {row.link_id for row in feed.links}
        return {
            frozenset((places[row.from_place_id].country, places[row.to_place_id].country))
            for row in joined.links
            if row.mode == "road" and row.border_id and row.link_id not in made
        }

    assert frozenset(("KZ", "RU")) in by_road(plain)
    assert frozenset(("KZ", "RU")) not in by_road(barred)


def test_the_days_of_the_question_decide_and_a_saved_plan_is_verified(world):
    from landbridge import planner

    feed = replace(world, events=(*world.events, closed(date(2027, 3, 1))))
    plan = lb.plan(feed, "Berlin", "Warsaw", ready="2027-03-05")
    ways = [*plan.itineraries, *(one.itinerary for one in plan.compared)]
    assert not any(BERLIN_WARSAW in leg.borders for way in ways for leg in way.legs)
    assert any(leg.mode == "road" and leg.borders for way in ways for leg in way.legs)
    assert planner.verify_plan(feed, plan) == ()


def test_the_latest_ready_day_has_the_ways_of_that_day(world):
    from landbridge import planner

    feed = replace(world, events=(*world.events, closed(date(2027, 3, 1))))
    _, asked = planner.join_question(feed, planner.Question(origin="Berlin", destination="Warsaw", ready="2027-02-20", due="2027-03-10"))
    joined, query, _ = planner.join_latest(feed, asked)
    assert query.ready_on > date(2027, 3, 1)
    assert BERLIN_WARSAW not in crossed(joined)
    plan = planner.plan_shipment(joined, query)
    assert plan.itineraries
    assert planner.verify_plan(feed, plan) == ()


def test_each_day_of_a_window_has_the_ways_of_that_day(world):
    from landbridge import planner

    feed = replace(world, events=(*world.events, closed(date(2027, 3, 1))))
    question = planner.Question(origin="Berlin", destination="Warsaw", ready="2027-02-27")
    _, asked = planner.join_question(feed, question)
    found = planner.find_profile(feed, asked, date(2027, 3, 3), join=planner.join_query_places)
    roads = {one.ready_on >= date(2027, 3, 1): leg.borders for one in found.departures for leg in one.itinerary.legs if leg.mode == "road"}
    assert roads[False] == (BERLIN_WARSAW,)
    assert roads[True]
    assert BERLIN_WARSAW not in roads[True]
