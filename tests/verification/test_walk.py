from dataclasses import replace
from datetime import date

import pytest

from landbridge.domain.place import Hours
from landbridge.verification import verify_plan
from landbridge.verification.case import Case
from landbridge.verification.walk import resolve_part, walk_way
from tests.verification.corridor import (
    DATASET,
    ITINERARY,
    PLAN,
    QUERY,
    RUN_1,
    SAIL,
    SRC,
    H,
    add_rows,
    at,
    change_row,
    drop_row,
    handling,
    money,
    stages,
    tariff,
    with_leg,
)


def walk(dataset, legs):
    case = Case(dataset=dataset, query=QUERY)
    return walk_way(case, legs, tuple(resolve_part(case, leg) for leg in legs))


# two trucks: the second, TR2, has 26 days of notice, so it starts at 00:00Z of the 5th
FIRST = replace(RUN_1, to_id="AABRD", link_ids=("L1",), departs_at=at("02-04T17:00"), arrives_at=at("02-04T22:00"))
SECOND = replace(RUN_1, service_id="TR2", from_id="AABRD", link_ids=("L2",), ordered_on=date(2026, 2, 5), departs_at=at("02-06T01:00"))
TR2 = replace(DATASET.haulage[0], haulage_id="TR2", lead_min=26 * 24 * H)
TR2_RATE = replace(DATASET.haulage_rates[0], rate_id="Q-TR2", haulage_id="TR2")
TWO_TRUCKS = add_rows(
    "handling",
    handling("H-SWAP", "AABRD", "transship", ("road", "road"), None, 2 * H),
    dataset=add_rows("haulage", TR2, dataset=add_rows("haulage_rates", TR2_RATE)),
)


def test_a_run_before_a_run_meets_its_start():
    first, second, _ = walk(TWO_TRUCKS, (FIRST, SECOND, SAIL)).steps
    # two hours of transshipment before 00:00Z of the 5th; five hours of driving before that
    assert (first.dispatch.departs_at, first.dispatch.gate_in_at) == (at("02-04T17:00"), at("02-04T22:00"))
    # border 2 h and 4 h of driving before gate-in at BBPRT; the start itself is not late
    assert (second.dispatch.start_at, second.dispatch.departs_at) == (at("02-05T00:00"), at("02-06T01:00"))
    assert second.dispatch.ordered_on == date(2026, 2, 5)


def test_a_run_before_a_run_that_starts_at_once_leaves_at_once():
    ready = change_row("haulage", "haulage_id", "TR2", lead_min=0, dataset=TWO_TRUCKS)
    first, second, _ = walk(ready, (replace(FIRST, arrives_at=at("02-02T05:00")), replace(SECOND, ordered_on=date(2026, 2, 2)), SAIL)).steps
    assert (first.dispatch.departs_at, first.dispatch.gate_in_at) == (at("02-02T00:00"), None)
    assert second.dispatch.start_at == at("02-02T07:00")


def test_a_run_comes_no_sooner_than_the_terminal_opens():
    # opens at 12:00 local, 09:00Z: gate-in then, although the truck could come at 05:00Z
    hours = Hours(source_id=SRC, hours_id="x", place_id="AABRD", weekdays=(1, 2, 3, 4, 5, 6, 7), opens_min=12 * H, closes_min=24 * H)
    ready = add_rows("hours", hours, dataset=change_row("haulage", "haulage_id", "TR2", lead_min=0, dataset=TWO_TRUCKS))
    first, second, _ = walk(ready, (replace(FIRST, arrives_at=at("02-02T09:00")), replace(SECOND, ordered_on=date(2026, 2, 2)), SAIL)).steps
    assert (first.dispatch.departs_at, first.dispatch.gate_in_at) == (at("02-02T04:00"), at("02-02T09:00"))
    assert second.dispatch.start_at == at("02-02T11:00")


def test_a_run_before_a_run_from_a_place_with_storage_leaves_at_once():
    stored = change_row("storage", "storage_id", "Y-ANY", place_id="AABRD", dataset=TWO_TRUCKS)
    _, second, _ = walk(stored, (FIRST, SECOND, SAIL)).steps
    assert second.dispatch.departs_at == at("02-05T00:00")


def test_lifting_alone_needs_no_working_day():
    dataset = drop_row("handling", "handling_id", "H-CLEAR")
    assert walk(dataset, ITINERARY.legs).steps[2].stay.handled_at == at("02-15T12:00")


def test_papers_are_needed_where_the_link_that_asks_for_them_begins():
    step = walk(DATASET, (replace(RUN_1, departs_at=at("02-05T21:00")), *ITINERARY.legs[1:])).steps[0]
    assert step.papers_by_hop == (frozenset(), {"CMR", "PERM"})
    assert step.needed_at("PERM") == at("02-06T02:00")
    assert step.needed_at("IMPORT") == at("02-05T21:00")


def test_two_runs_of_one_offer_in_a_row_are_found():
    dataset = add_rows("handling", handling("H-SWAP", "AABRD", "transship", ("road", "road"), None, 2 * H))
    legs = (FIRST, replace(SECOND, service_id="TRK"), *ITINERARY.legs[1:])
    found = [one.recomputed for one in verify_plan(dataset, replace(PLAN, itineraries=(replace(ITINERARY, legs=legs),)))]
    assert "two runs of one offer in a row" in found


def test_a_place_passed_twice_is_found():
    found = [one.recomputed for one in verify_plan(DATASET, with_leg(0, link_ids=("L1", "L1", "L1", "L2")))]
    assert "a place passed twice" in found


def test_a_plan_whose_run_starts_with_a_turning_day_is_right():
    cheap = tariff("T-LANE-2", ("AAORG", "AABRD"), money(250, 240, 270), haulage_id="TRK", valid_from=date(2026, 2, 4))
    dataset = add_rows("tariffs", cheap)
    legs = (replace(ITINERARY.legs[0], ordered_on=date(2026, 2, 4)), *ITINERARY.legs[1:])
    items = tuple(replace(one, row_id="T-LANE-2") if one.row_id == "T-LANE" else one for one in ITINERARY.items)
    later = replace(ITINERARY, legs=legs, items=items)
    assert verify_plan(dataset, PLAN) == ()
    assert verify_plan(dataset, replace(PLAN, itineraries=(later,))) == ()
    # with the tariff of the day of leaving it would be wrong
    mixed = replace(ITINERARY, items=items)
    assert {one.where for one in verify_plan(dataset, replace(PLAN, itineraries=(mixed,)))} == {"itineraries[0].items"}


def test_a_run_that_waits_outside_is_gated_in_later():
    dataset = change_row("crossings", "crossing_id", "X-AB", wait_min=change_wait(13))
    dataset = replace(dataset, haulage=(replace(DATASET.haulage[0], rest_min=11 * H), *DATASET.haulage[1:]))
    dataset = add_rows(
        "hours",
        Hours(source_id=SRC, hours_id="x", border_id="ab", weekdays=(1, 2, 3, 4, 5, 6, 7), opens_min=12 * H, closes_min=13 * H),
        dataset=dataset,
    )
    # border reached by 12:59 local, 09:59Z, of the 5th, 13 h, fresh, 4 h of driving: 02:59Z of the 6th, but gate-in is 07:00Z
    run = replace(
        RUN_1,
        departs_at=at("02-05T04:59"),
        arrives_at=at("02-06T02:59"),
        stages=stages(
            "02-01T21:00",
            ("handling", "02-02T00:00"),
            ("wait", "02-05T04:59"),
            ("drive", "02-05T09:59"),
            ("border", "02-05T22:59"),
            ("drive", "02-06T02:59"),
        ),
    )
    ship = replace(SAIL, ready_at=at("02-06T02:59"), stages=(stages("02-06T02:59", ("wait", "02-06T07:00"))[0], *SAIL.stages))
    waiting = replace(ITINERARY, legs=(run, ship, ITINERARY.legs[2]), departs_at=at("02-05T04:59"))
    assert verify_plan(dataset, replace(PLAN, itineraries=(waiting,))) == ()


def change_wait(hours):
    return replace(DATASET.crossings[0].wait_min, low=hours * H, typical=hours * H, high=hours * H)


@pytest.mark.parametrize("index", [0, 1, 2])
@pytest.mark.parametrize(
    "change",
    [
        {"service_id": "SEA1"},
        {"service_id": "LOR"},
        {"from_id": "nowhere"},
        {"to_id": "AAORG"},
        {"link_ids": ("L2", "L1")},
        {"stages": ()},
        {"calls": ()},
        {"departs_at": at("01-01T00:00")},
        {"arrives_at": at("12-31T00:00")},
        {"ready_at": at("12-31T00:00")},
        {"ordered_on": date(2026, 4, 1)},
        {"is_scheduled": True},
        {"is_scheduled": False},
        {"through_id": "TH1"},
        {"through_id": "none"},
    ],
)
def test_whatever_is_wrong_with_a_leg_is_a_difference_and_no_error(index, change):
    plan = with_leg(index, **change)
    assert bool(verify_plan(DATASET, plan)) == (plan != PLAN)
