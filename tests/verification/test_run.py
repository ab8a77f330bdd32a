from dataclasses import replace
from datetime import date, timedelta

import pytest

from landbridge.domain.place import Hours
from landbridge.verification.case import Case
from landbridge.verification.dispatch import can_leave_late, dispatch, dispatch_late, find_start
from landbridge.verification.run import Driver, drive_run, list_hop_rows, resolve_run
from landbridge.verification.turning import is_turning_day
from tests.verification.corridor import DATASET, QUERY, RUN_1, SRC, H, add_rows, at, change_row, event, minutes

START = at("02-05T09:00")
DAY = date(2026, 2, 2)
EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)
THERE = (at("01-10T00:00"), at("01-10T00:00"))


def trip(dataset=DATASET, start=START, leg=RUN_1, papers=THERE):
    case = Case(dataset=dataset, query=QUERY)
    run = resolve_run(case, leg)
    return drive_run(case, run, list_hop_rows(case, run, DAY, papers), start)


def arrival(*args, **more):
    found = trip(*args, **more)
    return None if found is None else (found.arrives_at - START) / timedelta(hours=1)


@pytest.mark.parametrize(
    ("limit", "rest", "drives", "took"),
    [
        (8, 11, [8], [8]),  # used up, but no more driving follows
        (8, 16, [8, 1], [8, 1 + 2]),
        (8, 16, [17], [17 + 18]),
        (8, 16, [5, 5, 7], [5, 5 + 4, 7 + 14]),
        (8, 11, [16], [16 + 11]),
        (None, None, [100], [100]),
        (8, None, [9], [9]),
    ],
)
def test_a_driver_rests_in_proportion_to_what_goes_beyond_the_hours(limit, rest, drives, took):
    driver = Driver(replace(DATASET.haulage[0], drive_min=limit and limit * H, rest_min=rest and rest * H))
    assert [driver.drive(hours * H) for hours in drives] == [hours * H for hours in took]


def test_rest_is_rounded_up_per_link():
    driver = Driver(replace(DATASET.haulage[0], drive_min=540, rest_min=660))
    assert [driver.drive(minutes) for minutes in (600, 2, 600)] == [600 + 74, 2 + 3, 600 + 734]


def test_a_border_as_long_as_the_rest_makes_fresh():
    for wait_h, took in ((87, 5 + 87 + 4 + 11), (88, 5 + 88 + 4)):
        assert arrival(change_row("crossings", "crossing_id", "X-AB", wait_min=minutes(wait_h * H))) == took


def test_waiting_for_a_closure_does_not_make_fresh():
    # the border is reached at 14:00Z of the 5th; dates of events are UTC, so 34 h are left of the 5th and the 6th
    closed = add_rows("events", event("E", "closure", "2026-02-05", "2026-02-06", border_id="ab"))
    assert arrival(closed) == 22 + 34


def test_the_papers_of_a_link_are_waited_for_where_it_begins():
    # the border is reached at 14:00Z of the 5th, the papers are there ten hours later
    found = trip(papers=(THERE[0], at("02-06T00:00")))
    assert found.entered_at == (START, at("02-06T00:00"))
    assert (found.arrives_at - START) / timedelta(hours=1) == 22 + 10


def test_driving_time_is_rounded_up_per_link():
    odd = change_row("links", "link_id", "L1", distance_m=300_001)
    assert trip(odd).drive_min == 541


@pytest.mark.parametrize(
    "more",
    [
        {"border_id": "ab"},
        {"place_id": "BBPRT"},
        {"country": "BB"},
        {"haulage_id": "TRK", "border_id": "ab"},
        {"operator_id": "truckco", "place_id": "BBPRT", "modes": ("road",)},
        {"border_id": "ab", "from_country": "AA"},
        {"border_id": "ab", "origin_countries": ("AA",), "destination_countries": ("CC",)},
    ],
)
def test_a_closure_without_an_end_shuts_the_way(more):
    assert arrival(add_rows("events", event("E", "closure", "2026-02-01", **more))) is None


@pytest.mark.parametrize(
    "more",
    [
        {"border_id": "ab", "modes": ("rail",)},
        {"border_id": "ab", "from_country": "BB"},
        {"border_id": "ab", "origin_countries": ("BB",)},
        {"border_id": "ab", "destination_countries": ("AA",)},
        {"place_id": "BBPRT", "country": "CC"},
        {"service_id": "SEA1"},
        {"passage_id": "canal"},
    ],
)
def test_a_closure_of_something_else_does_not(more):
    assert arrival(add_rows("events", event("E", "closure", "2026-02-01", **more))) == 22


def test_a_closure_known_later_does_not():
    late = replace(event("E", "closure", "2026-02-01", border_id="ab"), known_from=date(2026, 1, 11))
    assert arrival(add_rows("events", late)) == 22


def test_the_greatest_delay_counts_but_no_more_than_the_rest_of_its_event():
    # the border is reached at 14:00Z of the 5th: 10 h are left of that day
    one = event("E1", "delay", "2026-02-05", "2026-02-05", border_id="ab", delay_min=minutes(12 * H))
    two = event("E2", "delay", "2026-02-01", border_id="ab", delay_min=minutes(3 * H))
    assert arrival(add_rows("events", two)) == 22 + 3
    assert arrival(add_rows("events", one, two)) == 22 + 10


def test_a_border_waits_for_its_hours_and_then_takes_its_time():
    hours = Hours(source_id=SRC, hours_id="x", border_id="ab", weekdays=EVERY_DAY, opens_min=18 * H, closes_min=19 * H)
    assert arrival(add_rows("hours", hours)) == 23  # reached at 17:00 local
    shut = replace(hours, weekdays=())
    assert arrival(add_rows("hours", shut)) is None


def test_links_are_followed_from_the_place_where_the_run_starts():
    case = Case(dataset=DATASET, query=QUERY)
    run = resolve_run(case, RUN_1)
    assert run.places == ("AAORG", "AABRD", "BBPRT")
    assert [hop.country for hop in run.hops] == ["AA", "AA"]  # L2 is filed under BB, but is a border link and driven from AA
    assert resolve_run(case, replace(RUN_1, link_ids=())) is None
    assert resolve_run(case, replace(RUN_1, link_ids=("L2",))) is None
    assert resolve_run(case, replace(RUN_1, link_ids=("L1",))) is None
    assert resolve_run(case, replace(RUN_1, service_id="none")) is None


# dispatch


def started(papers=lambda _: THERE, ordered_on=None, lead_min=0, dataset=DATASET):
    case = Case(dataset=dataset, query=QUERY)
    run = resolve_run(case, RUN_1)
    run = replace(run, haulage=replace(run.haulage, lead_min=lead_min))
    return find_start(case, run, at("02-02T00:00"), papers, ordered_on)


def test_the_earliest_minute_is_the_latest_of_goods_notice_and_papers():
    assert started() == at("02-02T00:00")
    assert started(lead_min=30 * 24 * H) == at("02-09T00:00")
    assert started(lambda _: (at("02-03T10:00"), THERE[1])) == at("02-03T10:00")
    assert started(lambda _: (THERE[0], at("02-03T10:00"))) == at("02-02T00:00")  # those of the second link are waited for there


def test_papers_are_those_of_the_day_of_ordering():
    def papers(day):
        return (at("02-20T00:00"), THERE[1]) if day <= date(2026, 2, 3) else THERE

    # asked for until the 3rd, local time, no longer from 21:00Z on
    assert started(papers) == at("02-03T21:00")


TURNING = change_row("tariffs", "tariff_id", "T-OPER", valid_from=date(2026, 2, 4), valid_to=date(2026, 2, 8))
FAR = change_row("tariffs", "tariff_id", "T-OPER", valid_from=date(2026, 2, 16), valid_to=date(2026, 2, 16))


@pytest.mark.parametrize(
    ("ordered_on", "start"),
    [
        (date(2026, 2, 2), "02-02T00:00"),
        (date(2026, 2, 3), "02-02T00:00"),  # no row turns
        (date(2026, 2, 4), "02-03T21:00"),  # 00:00 local time
        (date(2026, 2, 8), "02-02T00:00"),
        (date(2026, 2, 9), "02-08T21:00"),
        (date(2026, 2, 1), "02-02T00:00"),  # an event turns, but that is over
    ],
)
def test_a_run_may_start_with_a_later_turning_day(ordered_on, start):
    assert started(ordered_on=ordered_on, dataset=TURNING) == at(start)


def test_a_turning_day_is_waited_for_for_fourteen_days():
    assert started(ordered_on=date(2026, 2, 16), dataset=FAR) == at("02-15T21:00")
    assert started(ordered_on=date(2026, 2, 17), dataset=FAR) == at("02-02T00:00")


def test_a_turning_day_before_the_papers_are_there_is_none():
    def papers(day):
        return (at("02-06T00:00"), THERE[1]) if day == date(2026, 2, 4) else THERE

    assert started(papers, ordered_on=date(2026, 2, 4), dataset=TURNING) == at("02-02T00:00")


def test_turning_days_are_those_of_rows_but_hours_holidays_and_calendars():
    dataset = change_row("hours", "hours_id", "gate-b", valid_from=date(2026, 6, 1))
    dataset = change_row("calendars", "calendar_id", "K1", valid_to=date(2026, 6, 1), dataset=dataset)
    days = [date(2026, 1, 1) + timedelta(days=count) for count in range(365)]
    # T-SEA-2025 and ST-OLD end, E-PRICE begins and ends, the seasons of S-PEAK and S-SUMMER
    asked = date(2026, 11, 24)
    assert [str(day)[5:] for day in days if is_turning_day(dataset, day, asked)] == [
        "01-01",
        "02-01",
        "03-01",
        "04-01",
        "11-01",
    ]


def sent(dataset=DATASET, is_first=True, leg=RUN_1, by="02-06T09:00"):
    case = Case(dataset=dataset, query=QUERY)
    run = resolve_run(case, leg)
    soon = dispatch(case, run, at("02-02T00:00"), lambda _: THERE)
    return dispatch_late(case, run, soon, "sea", at(by)) if can_leave_late(case, run, is_first) else soon


def test_a_run_leaves_at_the_latest_minute_that_meets_the_cut_off():
    found = sent()
    assert (found.departs_at, found.gate_in_at) == (at("02-05T09:00"), at("02-06T07:00"))


@pytest.mark.parametrize(("is_first", "leaves"), [(True, "02-05T09:00"), (False, "02-02T00:00")])
def test_goods_wait_where_there_is_storage_but_at_the_origin(is_first, leaves):
    stored = change_row("storage", "storage_id", "Y-ANY", place_id="AAORG", valid_to=date(2000, 1, 1))
    assert sent(stored, is_first=is_first).departs_at == at(leaves)


def test_a_run_that_just_makes_it_is_gated_in_on_arrival():
    found = sent(by="02-02T21:59")  # less lifting: shut since 20:00 local, 17:00Z; it comes at 22:00Z
    assert (found.departs_at, found.gate_in_at) == (at("02-02T00:00"), None)


def test_of_starts_with_one_arrival_the_latest():
    # the border opens once a day, 02:00 to 03:00 local: reached at any time before, the run arrives at the same minute
    hours = Hours(source_id=SRC, hours_id="x", border_id="ab", weekdays=EVERY_DAY, opens_min=2 * H, closes_min=3 * H)
    found = sent(add_rows("hours", hours))
    # gate-in by 07:00Z of the 6th, 17 h after the border at the latest: 23:59Z of the 4th is the last open minute, 5 h after the start
    assert found.departs_at == at("02-04T18:59")
    assert found.gate_in_at == at("02-06T07:00")


def test_gate_in_counts_the_handling_of_its_own_day():
    slow = replace(DATASET.handling[1], handling_id="H-SLOW", valid_from=date(2026, 2, 6), duration_min=minutes(14 * H))
    fast = replace(DATASET.handling[1], handling_id="H-FAST", valid_to=date(2026, 2, 5))
    # on the 6th it would take 14 h, so it is the 5th, when it takes 2 h: its last open minute, 19:59 local
    found = sent(replace(DATASET, handling=(DATASET.handling[0], slow, fast)))
    assert found.gate_in_at == at("02-05T16:59")


def test_a_run_that_is_shut_does_not_leave():
    shut = add_rows("events", event("E", "closure", "2026-02-01", border_id="ab"))
    assert sent(shut).departs_at is None
