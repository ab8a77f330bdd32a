"""Checks of scheduled services: their stops, calendars, prices and the evidence that they run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from landbridge.domain.dataset import Dataset
from landbridge.domain.finding import Finding
from landbridge.domain.great_circle import measure_great_circle_m
from landbridge.domain.service import Calendar, Service, Stop
from landbridge.sources.provenance import make_row_finding

FASTEST_KMH = {"sea": 50, "ferry": 80, "waterway": 40, "rail": 120, "road": 100}
"""Mean speed between two stops that freight does not reach: above it a figure is wrong."""

_LOOK_AHEAD_DAYS = 4_000


def check_first_stops(dataset: Dataset) -> Iterator[Finding]:
    """SERVICE-FIRST-STOP: the clock of a service, and its distance, begin at the first stop."""
    for stops in dataset.stops_by_service.values():
        first = stops[0]
        if first.arrive_min.high or first.depart_min or first.distance_m:
            message = "arrive_h, depart_h and distance_km of the first stop are not all 0"
            yield make_row_finding("SERVICE-FIRST-STOP", first, "depart_h", message)


def check_time_order(dataset: Dataset) -> Iterator[Finding]:
    """SERVICE-BACK-IN-TIME: a stop is reached before the one before it is left, or left before it is reached."""
    for stops in dataset.stops_by_service.values():
        for stop in stops:
            if stop.depart_min < stop.arrive_min.typical:
                yield make_row_finding("SERVICE-BACK-IN-TIME", stop, "depart_h", f"stop {stop.seq} is left before it is reached")
        for before, stop in pairwise(stops):
            if stop.arrive_min.typical < before.depart_min:
                message = f"stop {stop.seq} is reached before stop {before.seq} is left"
                yield make_row_finding("SERVICE-BACK-IN-TIME", stop, "arrive_h", message)


def check_loops(dataset: Dataset) -> Iterator[Finding]:
    """SERVICE-LOOPS: a service calls at a place twice running or more than twice; a rotation that comes back once is no loop."""
    for stops in dataset.stops_by_service.values():
        calls: dict[str, int] = {}
        before = ""
        for stop in stops:
            calls[stop.place_id] = calls.get(stop.place_id, 0) + 1
            if stop.place_id == before or calls[stop.place_id] > 2:
                message = f"the service {stop.service_id} stops at {stop.place_id} again at stop {stop.seq}"
                yield make_row_finding("SERVICE-LOOPS", stop, "place_id", message)
            before = stop.place_id


def check_speeds(dataset: Dataset) -> Iterator[Finding]:
    """SERVICE-TOO-FAST: a service covers a distance, or the great circle, faster than its mode can."""
    for service_id, stops in dataset.stops_by_service.items():
        service = dataset.service_by_id.get(service_id)
        if service is None:
            continue
        for before, stop in pairwise(stops):
            minutes = stop.arrive_min.typical - before.depart_min
            metres = max(stop.distance_m, _measure(dataset, before, stop))
            limit = FASTEST_KMH[service.mode]
            if minutes >= 0 and metres * 60 > limit * 1000 * max(minutes, 1):
                shown = f"{metres / 1000:.0f} km in {minutes / 60:.1f} h; {service.mode} makes at most {limit} km/h"
                yield make_row_finding("SERVICE-TOO-FAST", stop, "arrive_h", f"{before.place_id} to {stop.place_id}: {shown}")


def check_stop_counts(dataset: Dataset) -> Iterator[Finding]:
    """SERVICE-WITHOUT-STOPS: a service has fewer than two stops."""
    for service in dataset.services:
        count = len(dataset.stops_by_service.get(service.service_id, ()))
        if count < 2:
            message = f"the service {service.service_id} has {count} stops; it needs two to carry anything"
            yield make_row_finding("SERVICE-WITHOUT-STOPS", service, "service_id", message)


def check_calendars_exist(dataset: Dataset) -> Iterator[Finding]:
    """SERVICE-WITHOUT-CALENDAR: nothing says when a service departs."""
    running = {calendar.service_id for calendar in dataset.calendars}
    running |= {exception.service_id for exception in dataset.calendar_exceptions if exception.exception == "added"}
    for service in dataset.services:
        if service.service_id not in running:
            message = f"the service {service.service_id} has no calendar"
            yield make_row_finding("SERVICE-WITHOUT-CALENDAR", service, "service_id", message)


def check_calendars_run(dataset: Dataset) -> Iterator[Finding]:
    """CALENDAR-NEVER-RUNS: no day fits a calendar within its own and its service's dates."""
    removed = {(row.service_id, row.on) for row in dataset.calendar_exceptions if row.exception == "removed"}
    for calendar in dataset.calendars:
        service = dataset.service_by_id.get(calendar.service_id)
        if service is None:
            continue
        days = _list_days(calendar, service, dataset.info.as_of)
        if not any((calendar.service_id, day) not in removed for day in days):
            message = f"the calendar {calendar.calendar_id} has no departure within its dates and those of the service"
            yield make_row_finding("CALENDAR-NEVER-RUNS", calendar, "kind", message)


def check_tariffs_exist(dataset: Dataset) -> Iterator[Finding]:
    """SERVICE-WITHOUT-TARIFF: no tariff and no through rate prices any leg of a service."""
    priced = {tariff.service_id for tariff in dataset.tariffs} | {leg.service_id for leg in dataset.through_legs}
    lanes = {(tariff.operator_id, tariff.from_place_id, tariff.to_place_id) for tariff in dataset.tariffs if tariff.service_id is None}
    for service in dataset.services:
        places = [stop.place_id for stop in dataset.stops_by_service.get(service.service_id, ())]
        by_operator = any((service.operator_id, start, end) in lanes for i, start in enumerate(places) for end in places[i + 1 :])
        if service.service_id not in priced and not by_operator:
            message = f"no tariff prices a leg of the service {service.service_id}: it cannot be used"
            yield make_row_finding("SERVICE-WITHOUT-TARIFF", service, "service_id", message)


def check_statuses_exist(dataset: Dataset) -> Iterator[Finding]:
    """STATUS-MISSING: nothing says whether a service or a haulage offer runs, so it counts as unconfirmed."""
    known = {row.service_id for row in dataset.statuses} | {row.haulage_id for row in dataset.statuses}
    for service in dataset.services:
        if service.service_id not in known:
            message = f"the service {service.service_id} has no status: it counts as unconfirmed"
            yield make_row_finding("STATUS-MISSING", service, "service_id", message)
    for haulage in dataset.haulage:
        if haulage.haulage_id not in known:
            message = f"the haulage {haulage.haulage_id} has no status: it counts as unconfirmed"
            yield make_row_finding("STATUS-MISSING", haulage, "haulage_id", message)


def check_evidence(dataset: Dataset) -> Iterator[Finding]:
    """STATUS-WITHOUT-EVIDENCE: a row says operating and names no day of evidence."""
    for status in dataset.statuses:
        if status.status == "operating" and status.evidence_on is None:
            message = "the status is operating, but no evidence_on says since when that is proven"
            yield make_row_finding("STATUS-WITHOUT-EVIDENCE", status, "evidence_on", message)


def _measure(dataset: Dataset, before: Stop, stop: Stop) -> float:
    start, end = dataset.place_by_id.get(before.place_id), dataset.place_by_id.get(stop.place_id)
    if start is None or end is None:
        return 0.0
    return 0.9 * measure_great_circle_m(start.lon, start.lat, end.lon, end.lat)


def _list_days(calendar: Calendar, service: Service, as_of: date) -> Iterator[date]:
    """Days on which a calendar runs, looking a bounded number of days ahead of its first day."""
    begins = [day for day in (calendar.valid_from, service.valid_from) if day is not None]
    ends = [day for day in (calendar.valid_to, service.valid_to) if day is not None]
    if calendar.kind == "dates":
        yield from (day for day in calendar.dates if max([day, *begins]) == day == min([day, *ends]))
        return
    end = min(ends, default=date.max)
    begin = max(begins, default=min(as_of, end - timedelta(days=_LOOK_AHEAD_DAYS)))
    for offset in range(_LOOK_AHEAD_DAYS):
        day = begin + timedelta(days=offset)
        if day > end:
            return
        if _runs_on(calendar, day):
            yield day


def _runs_on(calendar: Calendar, day: date) -> bool:
    if calendar.kind == "weekdays":
        return day.isoweekday() in calendar.weekdays
    if calendar.kind == "month_days":
        return day.day in calendar.month_days
    if calendar.every_days is None or calendar.anchor_on is None:
        return False
    return (day - calendar.anchor_on).days % calendar.every_days == 0
