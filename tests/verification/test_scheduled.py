from dataclasses import replace
from datetime import date

import pytest

from landbridge.domain.place import Place
from landbridge.domain.service import Calendar, CalendarException
from landbridge.verification.case import Case
from landbridge.verification.scheduled import arrive, list_closures, list_departures, resolve_scheduled
from tests.verification.corridor import DATASET, QUERY, SAIL, SRC, H, add_rows, at, change_row, event, minutes


def ship(dataset=DATASET, **changes):
    case = Case(dataset=dataset, query=QUERY)
    return case, resolve_scheduled(case, replace(SAIL, **changes))


def test_a_departure_is_found_from_a_later_stop():
    _, part = ship(from_id="DDPRT", departs_at=at("02-12T21:00"), calls=("DDPRT", "CCPRT"))
    assert (part.has_departure, part.started_at) == (True, at("02-07T09:00"))
    assert part.day == date(2026, 2, 13)  # 01:00 in Dubai
    assert part.departs_at == part.gate_cutoff_at == part.document_cutoff_at == at("02-12T21:00")
    assert part.facts.distance_m == 1_500_000
    assert part.facts.passages == frozenset()


def test_not_against_the_order_of_stops():
    assert ship(from_id="CCPRT", to_id="BBPRT")[1] is None
    assert ship(service_id="none")[1] is None


def test_countries_entered_and_left():
    facts = ship()[1].facts
    assert (facts.enters, facts.leaves) == ({"DD", "CC"}, {"BB", "DD"})


@pytest.mark.parametrize(
    ("exceptions", "day", "found"),
    [
        ((), date(2026, 2, 7), (720,)),
        ((), date(2026, 2, 8), ()),
        (("added",), date(2026, 2, 8), (720,)),
        (("removed",), date(2026, 2, 7), ()),
        (("added", "removed"), date(2026, 2, 8), ()),
    ],
)
def test_departures_are_by_calendar_plus_added_less_removed(exceptions, day, found):
    rows = tuple(CalendarException(source_id=SRC, service_id="SEA1", on=day, exception=exception) for exception in exceptions)
    case = Case(dataset=add_rows("calendar_exceptions", *rows), query=QUERY)
    assert list_departures(case, DATASET.services[0], day) == found


def test_exceptions_are_those_of_the_service_and_the_day():
    row = CalendarException(source_id=SRC, service_id="SEA1", on=date(2026, 2, 14), exception="removed")
    for other in (row, replace(row, service_id="SEA2", on=date(2026, 2, 7))):
        case = Case(dataset=add_rows("calendar_exceptions", other), query=QUERY)
        assert list_departures(case, DATASET.services[0], date(2026, 2, 7)) == (720,)


def test_an_added_departure_leaves_at_the_hour_of_the_row_valid_then():
    second = Calendar(
        source_id=SRC, calendar_id="K2", service_id="SEA1", kind="weekdays", weekdays=(6,), departs_min=0, valid_to=date(2026, 1, 1)
    )
    added = CalendarException(source_id=SRC, service_id="SEA1", on=date(2026, 2, 8), exception="added")
    case = Case(dataset=add_rows("calendars", second, dataset=add_rows("calendar_exceptions", added)), query=QUERY)
    assert list_departures(case, DATASET.services[0], date(2026, 2, 8)) == (720,)


def test_a_place_called_at_twice_is_told_by_its_times():
    back = replace(DATASET.stops[2], seq=4, arrive_min=minutes(300 * H), depart_min=300 * H)
    dataset = add_rows("stops", back)
    assert len(ship(dataset)[1].stops) == 3
    _, far = ship(dataset, arrives_at=at("02-19T21:00"), calls=("BBPRT", "DDPRT", "CCPRT", "CCPRT"))
    assert len(far.stops) == 4


def test_two_departures_a_day():
    second = Calendar(source_id=SRC, calendar_id="K2", service_id="SEA1", kind="weekdays", weekdays=(6,), departs_min=18 * H)
    assert ship(add_rows("calendars", second), departs_at=at("02-07T15:00"))[1].has_departure


def test_the_greatest_delay_that_is_on_when_it_leaves():
    delays = (
        event("E1", "delay", "2026-02-07", "2026-02-07", passage_id="canal", delay_min=minutes(30)),
        event("E2", "delay", "2026-02-07", "2026-02-07", country="DD", delay_min=minutes(20)),
        event("E3", "delay", "2026-02-08", "2026-02-20", passage_id="canal", delay_min=minutes(90)),
    )
    assert arrive(*ship(add_rows("events", *delays))) == at("02-15T09:30")


@pytest.mark.parametrize(
    ("more", "day", "is_closed"),
    [
        ({"place_id": "BBPRT"}, "2026-02-07", True),
        ({"place_id": "BBPRT"}, "2026-02-08", False),
        ({"place_id": "CCPRT"}, "2026-02-15", True),
        ({"place_id": "CCPRT"}, "2026-02-14", False),
        ({"place_id": "DDPRT"}, "2026-02-12", True),  # reached and left
        ({"place_id": "DDPRT"}, "2026-02-13", False),  # left at 01:00 in Dubai, but dates of events are UTC
        ({"place_id": "DDPRT"}, "2026-02-11", False),
        ({"passage_id": "canal"}, "2026-02-09", True),
        ({"passage_id": "canal"}, "2026-02-14", False),  # that was before DDPRT
        ({"country": "BB"}, "2026-02-09", True),
        ({"country": "BB"}, "2026-02-14", False),
        ({"country": "CC"}, "2026-02-09", False),  # touched after DDPRT only
        ({"service_id": "SEA1"}, "2026-02-07", True),
        ({"service_id": "SEA1"}, "2026-02-09", True),
        ({"operator_id": "line"}, "2026-02-16", False),
        ({"modes": ("sea",)}, "2026-02-09", True),
        ({"operator_id": "line", "modes": ("rail",)}, "2026-02-07", False),
        ({"place_id": "CCPRT", "from_country": "DD"}, "2026-02-15", True),
        ({"place_id": "CCPRT", "from_country": "BB"}, "2026-02-15", False),
    ],
)
def test_closures_where_and_when_they_are_met(more, day, is_closed):
    dataset = add_rows("events", event("E", "closure", day, day, **more))
    assert bool(list_closures(*ship(dataset))) == is_closed


def test_borders_are_those_of_gateways_passed():
    dataset = change_row("links", "link_id", "L2", mode="sea")
    via = Place(source_id=SRC, place_id="AAGAT", name="", kind="border", country="AA", lon=0.0, lat=0.0, zone="UTC", gateway=True)
    dataset = add_rows("places", via, dataset=change_row("stops", "seq", 2, via=("AAGAT", "BBXXX"), dataset=dataset))
    dataset = add_rows("places", replace(via, place_id="BBXXX", country="BB", gateway=False), dataset=dataset)
    link = replace(dataset.links[1], link_id="gate", from_place_id="AAGAT", to_place_id="BBXXX")
    assert ship(add_rows("links", link, dataset=dataset))[1].facts.borders == {"ab"}
    assert ship(add_rows("links", replace(link, mode="rail"), dataset=dataset))[1].facts.borders == frozenset()
    assert ship(dataset)[1].facts.borders == frozenset()
